internal import Crypto
internal import Foundation
internal import Model

/// What a mailing's data key is used for: sealing contacts, finding them blindly, and proving that a
/// bounce answers a message of ours.
///
/// The three uses have keys of their own, derived from the data key (HKDF-SHA256).
struct MailingKey: @unchecked Sendable {
  // @unchecked: the keyed state is a value that is only ever copied.
  let sealing: SymmetricKey
  /// Seals the contacts of recipients.
  private let rows: RowSeal
  private let keyed: HMAC<SHA256>
  /// For tags in return paths and Message-IDs.
  let tagging: HMAC<SHA256>
  let mailing: RecordID

  init(data: [UInt8], mailing: RecordID) {
    let key = SymmetricKey(data: data)
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: key,
        info: Array("tocsin.mailing.\(purpose).1:\(mailing)".utf8),
        outputByteCount: 32
      )
    }
    sealing = derived("seal")
    rows = RowSeal(key: sealing, format: 0x7463_6E63_6F6E_0001, owner: mailing)
    keyed = HMAC<SHA256>(key: derived("index"))
    tagging = HMAC<SHA256>(key: derived("tag"))
    self.mailing = mailing
  }

  /// A new data key.
  static func newData(_ randomBytes: (Int) -> [UInt8]) -> [UInt8] { randomBytes(32) }

  /// The blind index of a normalised value: 64 bits of HMAC-SHA256.
  func blind(_ kind: ContactKey, _ value: UnsafeRawBufferPointer) -> Int64 {
    BlindIndex(keyed).number(UInt8(truncatingIfNeeded: kind.rawValue), value)
  }

  /// The name of an input that says nothing about it without the key.
  func name(of digest: [UInt8]) -> [UInt8] {
    var code = keyed
    code.update(data: Array("input".utf8))
    code.update(data: digest)
    return Array(code.finalize())
  }

  /// What opens the place of a person in a proof: 32 bytes that say nothing about another person's.
  func opening(of number: Int64) -> [UInt8] {
    var code = keyed
    code.update(data: Array("proof:\(number)".utf8))
    return Array(code.finalize())
  }

  /// Seals a contact for a recipient: nonce, ciphertext, tag.
  ///
  /// The nonce is 12 bytes that were never used with this key.
  func seal(
    _ contact: UnsafeRawBufferPointer,
    for number: Int64,
    nonce: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws {
    try rows.seal(contact, for: number, nonce: nonce, body)
  }

  /// Opens the contact of a recipient; nil where it is not the one that was sealed for it.
  func open(_ sealed: Data, of number: Int64) -> RecipientContact? {
    rows.open(sealed, of: number)?.withUnsafeBytes { bytes in
      RecipientContact(
        RecipientField.allCases.map {
          String(decoding: RecipientRows.field($0, of: bytes), as: UTF8.self)
        }
      )
    }
  }
}
