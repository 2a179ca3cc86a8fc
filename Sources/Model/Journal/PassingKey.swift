internal import Crypto
public import Foundation

/// A key that is only ever in memory: what it seals is lost with the process.
public struct PassingKey: Sendable {
  private let key = SymmetricKey(size: .bits256)

  /// Makes a new key.
  public init() {}

  /// Seals bytes (AES-256-GCM) under a nonce of their own.
  ///
  /// - Returns: Nonce, ciphertext and tag: 28 bytes more than there were; nil where it cannot be done.
  public func seal(_ bytes: UnsafeRawBufferPointer) -> Data? {
    (try? AES.GCM.seal(bytes, using: key))?.combined
  }

  /// Opens what this key has sealed; nil for anything else.
  public func open(_ sealed: Data) -> Data? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
    return try? AES.GCM.open(box, using: key)
  }
}
