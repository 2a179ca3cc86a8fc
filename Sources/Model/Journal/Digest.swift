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

/// SHA-256 over bytes that come in pieces.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  /// Makes a digest of nothing.
  public init() {}

  /// Takes in more bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// The digest of what came in so far, 32 bytes.
  public var bytes: [UInt8] { Array(hash.finalize()) }

  /// The digest of what came in so far, in hexadecimal.
  public var text: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}
