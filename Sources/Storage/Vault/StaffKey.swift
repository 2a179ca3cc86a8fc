internal import Crypto
internal import Foundation
internal import GRDB
internal import Model

extension KeyFolder {
  /// The key that wraps data keys, for something new that is to be sealed; made where nothing is sealed
  /// yet.
  func forSealing(in db: Database) throws -> WrappingKey {
    let sealed = try db.number(
      """
      SELECT (SELECT count(*) FROM mailing WHERE wrappedKey IS NOT NULL)
        + (SELECT count(*) FROM request WHERE wrappedKey IS NOT NULL)
        + (SELECT count(*) FROM purpose WHERE wrappedKey IS NOT NULL)
        + (SELECT count(*) FROM staffKey)
      """
    )
    // A second key beside what is sealed would only hide that the first one is gone.
    return sealed == 0 ? try keyOrNew() : try key()
  }
}

/// What the data key of staff is used for: sealing who somebody is, and finding people blindly.
///
/// One key for all staff: a person is erased by taking their row's sealed text away, and what the
/// journal kept of it, for staff come and go one by one and not by mailing.
struct StaffKey: @unchecked Sendable {
  // @unchecked: the keyed state is a value that is only ever copied.
  private let sealing: SealingKey
  private let keyed: HMAC<SHA256>

  init(data: [UInt8]) {
    sealing = SealingKey(data, for: "tocsin.staff.seal.1")
    keyed = HMAC<SHA256>(
      key: HKDF<SHA256>.deriveKey(
        inputKeyMaterial: SymmetricKey(data: data),
        info: Array("tocsin.staff.index.1".utf8),
        outputByteCount: 32
      )
    )
  }

  private static let binding = Array("tocsin.data-key.1:staff".utf8)

  /// The key of a store; nil where nobody was ever brought in.
  static func find(_ keys: KeyFolder, in db: Database) throws -> StaffKey? {
    guard let row = try db.row("SELECT wrappedKey, wrappedBy FROM staffKey WHERE id = 1") else {
      return nil
    }
    let data = try keys.key().unwrap(
      try row.block(0),
      bound: binding,
      of: "the list of staff",
      wrappedBy: try row.text(1)
    )
    return StaffKey(data: data)
  }

  /// The key of a store, made where there is none.
  ///
  /// The journal keeps the digest of what was wrapped.
  static func findOrMake(
    _ keys: KeyFolder,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws -> StaffKey {
    if let key = try find(keys, in: db) { return key }
    let (wrapping, data) = (try keys.forSealing(in: db), MailingKey.newData(Kernel.randomBytes))
    let wrapped = try wrapping.wrap(data, bound: binding)
    try db.run(
      "INSERT INTO staffKey (id, wrappedKey, wrappedBy) VALUES (1, ?, ?)",
      [Data(wrapped), wrapping.id]
    )
    let change = MakeStaffKey(
      key: OpenMailing.Key(by: wrapping.id, digest: Digest.sha256(wrapped))
    )
    let before = try db.number(
      "SELECT count(*) FROM journal WHERE subjectKind = 'store' AND subject = 1"
    )
    _ = try journal.append(
      change,
      Performed(
        subject: change.subject,
        version: before + 1,
        reference: "",
        incident: nil,
        inverse: nil
      )
    )
    return StaffKey(data: data)
  }

  /// The blind index of a personnel number or address; empty where there is nothing to be found by.
  func tag(_ kind: ContactKey, _ text: String) -> String {
    let value = kind.normalised(text)
    guard !value.isEmpty else { return "" }
    return String(Hex.text(code("tag:\(kind.rawValue):", value)).prefix(24))
  }

  /// The pseudonym of a person: ten signs that cannot be mistaken for each other.
  func pseudonym(_ kind: ContactKey, _ text: String) -> String {
    let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let bytes = code("pseudonym:\(kind.rawValue):", kind.normalised(text))
    return "P-" + String(bytes.prefix(10).map { signs[Int($0 & 31)] })
  }

  private func code(_ purpose: String, _ value: [UInt8]) -> [UInt8] {
    var code = keyed
    code.update(data: Array(purpose.utf8) + value)
    return Array(code.finalize())
  }

  /// Seals who somebody is, bound to the pseudonym.
  func seal(_ identity: StaffIdentity, as pseudonym: String) throws -> String {
    let bytes = Array(try JSON.text(identity).utf8)
    return Data(try sealing.seal(bytes, bound: binding(pseudonym))).base64EncodedString()
  }

  /// Opens who somebody is; nil where the name is not kept, or is not the one that was sealed for it.
  func open(_ facts: StaffFacts) -> StaffIdentity? {
    guard let data = Data(base64Encoded: facts.sealed), !data.isEmpty,
      let open = sealing.open(data, bound: binding(facts.pseudonym))
    else { return nil }
    return try? JSON.value(String(decoding: open, as: UTF8.self))
  }

  private func binding(_ pseudonym: String) -> [UInt8] { Array("tocsin.staff.1:\(pseudonym)".utf8) }
}
