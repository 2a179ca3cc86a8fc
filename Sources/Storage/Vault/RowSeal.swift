internal import Crypto
internal import Foundation
internal import Model

/// What seals the rows of a ledger: AES-256-GCM, each row bound to its format, its owner and its number.
///
/// Sealed bytes open only under the same owner with the same number, so no row can take another's place.
struct RowSeal {
  private let key: SymmetricKey
  /// The format and the owner that a row is bound to.
  private let format: Int64
  private let owner: RecordID

  /// Makes a seal.
  ///
  /// - Parameters:
  ///   - key: The key; derived for this use alone.
  ///   - format: Names what is sealed, and how; never another for the same.
  ///   - owner: The record that the rows belong to.
  init(key: SymmetricKey, format: Int64, owner: RecordID) {
    (self.key, self.format, self.owner) = (key, format, owner)
  }

  /// Seals the bytes of a row: nonce, ciphertext, tag.
  ///
  /// The nonce is 12 bytes that were never used with this key.
  func seal(
    _ bytes: UnsafeRawBufferPointer,
    for number: Int64,
    nonce: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws {
    let nonce = try AES.GCM.Nonce(data: nonce)
    let box = try withBinding(number) {
      try AES.GCM.seal(bytes, using: key, nonce: nonce, authenticating: $0)
    }
    guard let combined = box.combined else {
      throw StoreError.failed("a row could not be sealed")
    }
    combined.withUnsafeBytes(body)
  }

  /// Opens the bytes of a row; nil where they are not those that were sealed for it.
  func open(_ sealed: Data, of number: Int64) -> Data? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
    return try? withBinding(number) { try AES.GCM.open(box, using: key, authenticating: $0) }
  }

  private func withBinding<Result>(
    _ number: Int64,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    var parts: (Int64, Int64, Int64) = (format, owner.bigEndian, number.bigEndian)
    return try withUnsafeBytes(of: &parts, body)
  }
}
