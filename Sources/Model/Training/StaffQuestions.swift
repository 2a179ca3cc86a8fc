/// A member of staff as lists show them.
public struct StaffLine: Codable, Sendable, Hashable, Identifiable {
  /// The record.
  public var staff: Staff
  /// The name of the group.
  ///
  /// Foreign text.
  public var group: String
  /// How many duties of theirs are not fulfilled, by state.
  public var standing: DutyTally

  /// Its number in the store.
  public var id: RecordID { staff.id }

  /// Makes a line.
  public init(staff: Staff, group: String, standing: DutyTally) {
    (self.staff, self.group, self.standing) = (staff, group, standing)
  }
}

/// Asks for staff by group and pseudonym, without names.
public struct StaffList: Question {
  /// What comes back.
  public typealias Answer = Page<StaffLine>
  /// Only this group; nil for all.
  public var group: RecordID?
  /// Whether those who have left are shown too.
  public var withFormer: Bool
  /// Which stretch of them.
  public var window: RowWindow

  /// Makes the question.
  public init(in group: RecordID? = nil, withFormer: Bool = false, window: RowWindow) {
    (self.group, self.withFormer, self.window) = (group, withFormer, window)
  }
}

/// Asks for the member of staff whom a pseudonym, `staff:12`, a personnel number or an e-mail address
/// names.
public struct FindStaff: Question {
  /// What comes back; nil where there is none, or none any more.
  public typealias Answer = Staff?
  /// What names the person; never written down.
  public var text: String

  /// Makes the question.
  public init(_ text: String) { self.text = text }
}
