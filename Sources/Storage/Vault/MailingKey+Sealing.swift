internal import Crypto
internal import Foundation
internal import Model

/// What is sealed under a mailing's key beside the contacts that people were listed with.
///
/// The numbers are part of what sealed bytes are bound to; never another.
enum SealedKind: Int64 {
  /// A contact that was corrected; bound to its version and its recipient.
  case contact = 0x7463_6E63_7665_0001
  /// A code of support; bound to its number.
  case offer = 0x7463_6E6F_6666_0001
  /// What came back from a person; bound to the number of the matter.
  case matter = 0x7463_6E6D_6174_0001
  /// What was answered to it; bound to the number of the matter.
  case answer = 0x7463_6E61_6E73_0001
}

extension MailingKey {
  /// Seals bytes: nonce, ciphertext, tag.
  ///
  /// They open only as the same kind with the same numbers.
  func seal(_ bytes: [UInt8], as kind: SealedKind, _ number: Int64, _ other: Int64 = 0) throws
    -> [UInt8]
  {
    let nonce = try AES.GCM.Nonce(data: Kernel.randomBytes(12))
    let box = try AES.GCM.seal(
      bytes,
      using: sealing,
      nonce: nonce,
      authenticating: binding(kind, number, other)
    )
    guard let combined = box.combined else {
      throw StoreError.failed("what is to be sealed could not be sealed")
    }
    return [UInt8](combined)
  }

  /// Opens sealed bytes; nil where they are not those that were sealed for this.
  func open(_ sealed: Data, as kind: SealedKind, _ number: Int64, _ other: Int64 = 0) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let open = try? AES.GCM.open(
        box,
        using: sealing,
        authenticating: binding(kind, number, other)
      )
    else { return nil }
    return [UInt8](open)
  }

  /// The blind index of a code of support: 64 bits of HMAC-SHA256.
  func blind(offer code: String) -> Int64 {
    name(of: Array("offer:\(code)".utf8)).withUnsafeBytes {
      Int64(bitPattern: $0.loadUnaligned(as: UInt64.self).bigEndian)
    }
  }

  /// What sealed bytes are bound to: their kind, the mailing and their numbers.
  private func binding(_ kind: SealedKind, _ number: Int64, _ other: Int64) -> [UInt8] {
    var parts = (kind.rawValue.bigEndian, mailing.bigEndian, number.bigEndian, other.bigEndian)
    return withUnsafeBytes(of: &parts) { Array($0) }
  }
}

extension RecipientContact {
  /// The fields in the order in which they are sealed.
  var fields: [String] { [reference, name, email, phone, address, categories, offer] }

  /// The bytes that are sealed: each field behind its length.
  ///
  /// - Throws: `StoreError.refused` for a field that is too long for its length.
  func packed() throws -> [UInt8] {
    var bytes: [UInt8] = []
    for field in fields {
      let text = Array(field.utf8)
      guard text.count <= 0xFFFF else {
        throw StoreError.refused("a field of a contact is longer than 65 535 bytes")
      }
      bytes.append(UInt8(text.count >> 8))
      bytes.append(UInt8(text.count & 0xFF))
      bytes += text
    }
    return bytes
  }

  /// The contact that was packed.
  init(packed bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { bytes in
      RecipientContact(
        RecipientField.allCases.map {
          String(decoding: RecipientRows.field($0, of: bytes), as: UTF8.self)
        }
      )
    }
  }
}
