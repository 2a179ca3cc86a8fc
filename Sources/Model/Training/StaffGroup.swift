/// What is known of a group of staff: a team or department, to which each person belongs once.
///
/// Statistics are made by groups and never by persons, so no person is in two of them: what a small
/// group hides could otherwise be worked out from the others. Whom a plan asks beyond its group is a
/// matter of roles.
public struct StaffGroupFacts: RecordFacts, Hashable {
  /// Its kind among records.
  public static var kind: Subject.Kind { .staffGroup }
  /// What the journal's actions begin with.
  public static var word: String { "staff-group" }
  /// What people call it.
  public static var noun: String { "group" }

  /// What it is called; another than all others'.
  ///
  /// Foreign text; not empty.
  public var name: String

  /// Makes facts.
  public init(name: String) { self.name = name }

  /// How people name it in a line.
  public var title: String { name }
  /// The facts by name, as texts.
  public var named: [(String, String)] { [("name", name)] }
}

/// A group of staff, as the record keeps it.
public typealias StaffGroup = KeptRecord<StaffGroupFacts>
