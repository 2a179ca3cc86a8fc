internal import Foundation
internal import Model

/// A request's data key: seals who made it, and what was answered.
struct RequestKey {
  /// What is sealed; the number is part of what sealed bytes are bound to.
  enum Kind: Int64 {
    case person = 0x7463_6E72_7065_0001
    case answer = 0x7463_6E72_616E_0001
  }

  private let sealing: SealingKey
  private let request: RecordID

  init(data: [UInt8], request: RecordID) {
    sealing = SealingKey(data, for: "tocsin.request.seal.1:\(request)")
    self.request = request
  }

  /// Seals bytes: nonce, ciphertext, tag; they open only as the same kind of the same request.
  func seal(_ bytes: [UInt8], as kind: Kind) throws -> [UInt8] {
    try sealing.seal(bytes, bound: binding(kind))
  }

  /// Opens sealed bytes; nil where they are not those that were sealed for this.
  func open(_ sealed: Data, as kind: Kind) -> [UInt8]? {
    sealing.open(sealed, bound: binding(kind))
  }

  private func binding(_ kind: Kind) -> [UInt8] {
    var parts = (kind.rawValue.bigEndian, request.bigEndian)
    return withUnsafeBytes(of: &parts) { Array($0) }
  }
}
