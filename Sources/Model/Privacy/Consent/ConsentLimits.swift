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

  /// What is wrong with a word for a channel; nil where nothing is.
  ///
  /// Channels are kept as they are, beside the sealed text: no address belongs there.
  public static func problem(ofChannel word: [UInt8]) -> String? {
    if word.contains(where: { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: ",") }) {
      return "a control character or a comma inside a channel"
    }
    return word.contains(UInt8(ascii: "@"))
      ? "an @ inside a channel: it names a way, such as web or phone, and no address" : nil
  }
}
