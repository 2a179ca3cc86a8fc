extension RecordLink {
  /// What the link from a course to an incident means: the training that should have prevented it.
  public static let shouldHavePrevented = "should have prevented"

  /// Ties a course to an incident that it should have prevented.
  public static func prevention(by course: RecordID, of incident: RecordID) -> RecordLink {
    RecordLink(
      from: Subject(.course, course),
      to: Subject(.incident, incident),
      relation: shouldHavePrevented
    )
  }
}
