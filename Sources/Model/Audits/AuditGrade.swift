/// How much a finding on an item weighs, as auditors grade it.
public enum AuditGrade: String, Vocabulary {
  case major, minor, observation
  case goodPractice = "good-practice"

  /// The grade as it is shown to people.
  public var label: String { self == .goodPractice ? "good practice" : rawValue }
}
