internal import Crypto

/// UUIDs that follow from names: the same name in the same space is always the same UUID.
///
/// Version 5 of RFC 9562 (5.5), over SHA-1; that hash is an address here, and protects nothing.
public enum NameUUID {
  /// The space of all that Tocsin names, drawn once at random.
  public static let tocsin = "6f0c1c1e-8f1f-4a5c-9e0b-3d7a52c4be91"

  /// The UUID of a name in a space, in lower-case hexadecimal.
  public static func of(_ name: String, in space: String = tocsin) -> String {
    of(Array(name.utf8), in: space)
  }

  /// The UUID of a name that is bytes.
  public static func of(_ name: [UInt8], in space: String = tocsin) -> String {
    let digits = space.filter(\.isHexDigit)
    precondition(digits.count == 32, "a space of names is a UUID")
    var bytes: [UInt8] = []
    var rest = Substring(digits)
    while !rest.isEmpty {
      bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    var hash = Array(Insecure.SHA1.hash(data: bytes + name).prefix(16))
    hash[6] = hash[6] & 0x0F | 0x50
    hash[8] = hash[8] & 0x3F | 0x80
    let text = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    var parts: [Substring] = []
    var left = Substring(text)
    for length in [8, 4, 4, 4, 12] {
      parts.append(left.prefix(length))
      left = left.dropFirst(length)
    }
    return parts.joined(separator: "-")
  }
}
