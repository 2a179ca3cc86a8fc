internal import Crypto
internal import Foundation
internal import Model

/// What a purpose's data key is used for: sealing who consented, and finding people blindly.
///
/// The two uses have keys of their own, derived from the data key (HKDF-SHA256).
struct ConsentKey: @unchecked Sendable {
  // @unchecked: the keyed state is a value that is only ever copied.
  private let rows: RowSeal
  private let index: BlindIndex
  let purpose: RecordID

  init(data: [UInt8], purpose: RecordID) {
    let key = SymmetricKey(data: data)
    func derived(_ use: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: key,
        info: Array("tocsin.consent.\(use).1:\(purpose)".utf8),
        outputByteCount: 32
      )
    }
    rows = RowSeal(key: derived("seal"), format: 0x7463_6E63_6E73_0001, owner: purpose)
    index = BlindIndex(key: derived("index"))
    self.purpose = purpose
  }

  /// The blind index of a normalised reference: 64 bits of HMAC-SHA256, never 0.
  func tag(_ reference: UnsafeRawBufferPointer) -> Int64 {
    let tag = index.number(UInt8(truncatingIfNeeded: ContactKey.reference.rawValue), reference)
    return tag == 0 ? 1 : tag
  }

  /// The blind index of a reference as it was typed; nil where there is nothing to be found by.
  func tag(_ reference: String) -> Int64? {
    let normalised = ContactKey.reference.normalised(reference)
    guard !normalised.isEmpty else { return nil }
    return normalised.withUnsafeBytes { tag($0) }
  }

  /// Seals a subject for a record: nonce, ciphertext, tag.
  ///
  /// The nonce is 12 bytes that were never used with this key.
  func seal(
    _ subject: UnsafeRawBufferPointer,
    for number: Int64,
    nonce: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws {
    try rows.seal(subject, for: number, nonce: nonce, body)
  }

  /// Opens the subject of a record; nil where it is not the one that was sealed for it.
  func open(_ sealed: Data, of number: Int64) -> ConsentSubject? {
    rows.open(sealed, of: number)?.withUnsafeBytes {
      ConsentSubject(PackedFields.texts(ConsentSubject.fieldCount, of: $0))
    }
  }
}

/// Numbers by which values are found without being told: 64 bits of HMAC-SHA256.
struct BlindIndex: @unchecked Sendable {
  // @unchecked: the keyed state is a value that is only ever copied.
  private let keyed: HMAC<SHA256>

  init(key: SymmetricKey) { keyed = HMAC<SHA256>(key: key) }

  init(_ keyed: HMAC<SHA256>) { self.keyed = keyed }

  /// The number of a normalised value of a kind.
  func number(_ kind: UInt8, _ value: UnsafeRawBufferPointer) -> Int64 {
    var code = keyed
    // In one piece: each call of the generic update costs as much as the hashing.
    withUnsafeTemporaryAllocation(byteCount: value.count + 1, alignment: 1) { bytes in
      bytes[0] = kind
      UnsafeMutableRawBufferPointer(rebasing: bytes[1...]).copyMemory(from: value)
      code.update(data: UnsafeRawBufferPointer(bytes))
    }
    return code.finalize().withUnsafeBytes { bytes in
      Int64(bitPattern: bytes.loadUnaligned(as: UInt64.self).bigEndian)
    }
  }
}
