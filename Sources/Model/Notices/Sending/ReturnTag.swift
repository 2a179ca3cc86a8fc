/// What names a mailing and a person in an address or an id, without a word about either.
///
/// `m7.r42.abcdefgh` in a return path, `m7.r42.s123.abcdefgh` in a Message-ID, where 123 is the step
/// with which the person was marked for this hand-over. The eight letters at the end are a code under
/// the mailing's key (40 bits of HMAC-SHA256, in base 32): nobody else can make a tag, so nobody can
/// forge a bounce for a person. Case does not count; some mail servers alter it.
public struct ReturnTag: Hashable, Sendable, Codable {
  /// The mailing.
  public var mailing: RecordID
  /// The person's number in it.
  public var number: Int64
  /// The step of the hand-over; nil in a return path.
  public var step: Int64?
  /// Eight letters and digits that prove where it comes from.
  public var check: String

  /// Makes a tag.
  public init(mailing: RecordID, number: Int64, step: Int64? = nil, check: String) {
    (self.mailing, self.number, self.step, self.check) = (mailing, number, step, check)
  }

  /// Reads a tag; whether its check is right only the store can say.
  ///
  /// - Returns: Nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 4,
      let mailing = Self.number(parts[0], "m"), let number = Self.number(parts[1], "r"),
      mailing <= Int64(Int32.max), number <= Int64(UInt32.max),
      let check = parts.last, check.utf8.count == 8,
      check.utf8.allSatisfy({ Self.letters.contains($0) })
    else { return nil }
    if parts.count == 4 {
      guard let step = Self.number(parts[2], "s") else { return nil }
      self.step = step
    }
    (self.mailing, self.number, self.check) = (mailing, number, String(check))
  }

  /// Finds the tag in an address or an id: in front of the `@`, behind the last `+` if there is one.
  ///
  /// Brackets around an id are passed over.
  public init?(in address: some StringProtocol) {
    let plain = address.drop { $0 == "<" || $0 == " " }
    guard let at = plain.lastIndex(of: "@") else { return nil }
    let local = plain[..<at]
    let tag = local.lastIndex(of: "+").map { local[local.index(after: $0)...] } ?? local
    self.init(tag)
  }

  /// The tag as it is written.
  public var text: String { "\(stem).\(check)" }

  /// What the check is made of.
  public var stem: String {
    "m\(mailing).r\(number)" + (step.map { ".s\($0)" } ?? "")
  }

  /// The letters of base 32 (RFC 4648), in lower case.
  private static let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// The check that stands for a code: its first 40 bits.
  public static func check(_ code: [UInt8]) -> String {
    let bits = code.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return String(
      decoding: (0..<8).map { letters[Int(bits >> UInt64(35 - $0 * 5) & 31)] },
      as: UTF8.self
    )
  }

  private static func number(_ text: Substring, _ prefix: Character) -> Int64? {
    guard text.first == prefix, text.dropFirst().first != "0",
      text.dropFirst().utf8.allSatisfy({ 48...57 ~= $0 }), text.utf8.count <= 19
    else { return nil }
    return Int64(text.dropFirst())
  }
}
