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

/// A SHA-256 of bytes that come in pieces.
public struct RunningDigest {
  private var hash = SHA256()

  /// Makes the hash of nothing yet.
  public init() {}

  /// Takes the next bytes in.
  public mutating func take(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// The hash of all that was taken in, in lower-case hexadecimal.
  public var text: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}
