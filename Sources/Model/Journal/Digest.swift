internal import Crypto

/// SHA-256 as the record writes it: lower-case hexadecimal.
public enum Digest {
  /// The hash of bytes, 64 characters.
  public static func sha256(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}
