internal import Crypto
internal import Foundation
internal import Model

/// A key that seals short texts beside the record: AES-256-GCM, each bound to what it belongs to.
struct SealingKey {
  private let key: SymmetricKey

  /// Derives the key for a purpose from a data key.
  init(_ data: [UInt8], for purpose: String) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: data),
      info: Array(purpose.utf8),
      outputByteCount: 32
    )
  }

  /// Seals bytes: nonce, ciphertext, tag.
  func seal(_ bytes: [UInt8], bound binding: [UInt8]) throws -> [UInt8] {
    let box = try AES.GCM.seal(
      bytes,
      using: key,
      nonce: try AES.GCM.Nonce(data: Kernel.randomBytes(12)),
      authenticating: binding
    )
    guard let combined = box.combined else {
      throw StoreError.failed("what is to be sealed could not be sealed")
    }
    return [UInt8](combined)
  }

  /// Opens sealed bytes; nil where they are not those that were sealed with this binding.
  func open(_ sealed: Data, bound binding: [UInt8]) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let open = try? AES.GCM.open(box, using: key, authenticating: binding)
    else { return nil }
    return [UInt8](open)
  }
}
