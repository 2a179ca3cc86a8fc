/// How long fields of consent records may be, in bytes.
public enum ConsentLimits {
  /// The reference of a person.
  public static let reference = 254
  /// A time as it was given.
  public static let when = 80
  /// Where a record comes from.
  public static let source = 500
  /// A channel.
  public static let channel = 40
  /// How many channels one file may name.
  public static let channels = 200
}
