internal import Crypto
internal import Foundation
internal import Model

/// A request's data key: seals who made it, and what was answered.
struct RequestKey {
  /// What is sealed; the number is part of what sealed bytes are bound to.
  enum Kind: Int64 {
    case person = 0x7463_6E72_7065_0001
    case answer = 0x7463_6E72_616E_0001
  }

  private let sealing: SymmetricKey
  private let request: RecordID

  init(data: [UInt8], request: RecordID) {
    sealing = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: data),
      info: Array("tocsin.request.seal.1:\(request)".utf8),
      outputByteCount: 32
    )
    self.request = request
  }

  /// Seals bytes: nonce, ciphertext, tag; they open only as the same kind of the same request.
  func seal(_ bytes: [UInt8], as kind: Kind) throws -> [UInt8] {
    let box = try AES.GCM.seal(
      bytes,
      using: sealing,
      nonce: try AES.GCM.Nonce(data: Kernel.randomBytes(12)),
      authenticating: binding(kind)
    )
    guard let combined = box.combined else {
      throw StoreError.failed("what is to be sealed could not be sealed")
    }
    return [UInt8](combined)
  }

  /// Opens sealed bytes; nil where they are not those that were sealed for this.
  func open(_ sealed: Data, as kind: Kind) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let open = try? AES.GCM.open(box, using: sealing, authenticating: binding(kind))
    else { return nil }
    return [UInt8](open)
  }

  private func binding(_ kind: Kind) -> [UInt8] {
    var parts = (kind.rawValue.bigEndian, request.bigEndian)
    return withUnsafeBytes(of: &parts) { Array($0) }
  }
}
