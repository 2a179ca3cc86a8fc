internal import Foundation
internal import GRDB
internal import Model

extension PurposeFacts: RegisterTable {
  static let table = "purpose"
  static let columns = ["slug", "name", "activity"]

  var values: [DatabaseValue] {
    [slug.databaseValue, name.databaseValue, activity.databaseValue]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    RegisterCheck.reference("PUR", id)
  }

  func check(_ context: ChangeContext, in db: Database) throws {
    try RegisterCheck.words(name, "a purpose needs a name")
    try RegisterCheck.size(self)
    guard PurposeFacts.isSlug(slug) else {
      throw StoreError.refused(
        "\(slug) is no short name: 1 to 40 of a-z, 0-9, hyphen and dot, a letter or digit first"
      )
    }
    if !activity.isEmpty { _ = try RegisterRecord<ActivityFacts>.present(activity, in: db) }
    try context.refuseFuture(ended, of: "ended")
  }

  func check(
    after old: RegisterEntry<PurposeFacts>,
    by change: any SQLChange,
    isRemoved: Bool,
    in db: Database
  ) throws {
    guard erasedAt == old.facts.erasedAt || change is ErasePurpose else {
      throw StoreError.refused("what was erased stays erased")
    }
    if !isRemoved {
      let other = try db.row(
        "SELECT reference FROM purpose WHERE slug = ? AND isRemoved = 0 AND id <> ?",
        [slug, old.id]
      )
      if let other { throw StoreError.refused("\(try other.text(0)) has the short name \(slug)") }
    }
    if isRemoved, !old.isRemoved, old.facts.erasedAt == nil,
      try db.number("SELECT records FROM purpose WHERE id = ?", [old.id]) > 0
    {
      throw StoreError.refused(
        "\(old.reference) has consent records; end it (tocsin consent purpose end) or erase them"
      )
    }
  }
}

extension ConsentVersionFacts: RegisterTable {
  static let table = "consentVersion"
  static let columns = ["purpose", "label", "digest"]

  var values: [DatabaseValue] {
    [purpose.databaseValue, label.databaseValue, digest.databaseValue]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    RegisterCheck.reference("CNV", id)
  }

  func check(_ context: ChangeContext, in db: Database) throws {
    try RegisterCheck.words(text, "a version needs the text that people read")
    try RegisterCheck.size(self)
    guard digest == Digest.sha256(Array(text.utf8)) else {
      throw StoreError.refused("its digest is not that of its text")
    }
    guard (1...60).contains(label.utf8.count),
      !label.contains(where: { $0.isWhitespace || $0 == "," })
    else {
      throw StoreError.refused(
        "a version is called by 1 to 60 bytes without spaces and commas, such as 2024-1"
      )
    }
    guard label.lowercased() != ConsentFilter.none else {
      throw StoreError.refused("\(label) stands for no version; call it otherwise")
    }
    if !language.isEmpty, LanguageTag.reading(language) == nil {
      throw StoreError.refused("\(language) is not a language tag such as de or pt-br")
    }
    _ = try RegisterRecord<PurposeFacts>.present(purpose, in: db)
    if let until, until.latest < from.earliest {
      throw StoreError.refused("it ends (\(until.text)) before it begins (\(from.text))")
    }
    guard flaw != nil || flawNote.isEmpty else {
      throw StoreError.refused("say in which way it is no longer right")
    }
    if !successor.isEmpty {
      guard successor.lowercased() != label.lowercased() else {
        throw StoreError.refused("a version does not come after itself")
      }
      let found = try db.row(
        "SELECT 1 FROM consentVersion WHERE purpose = ? AND label = ? AND isRemoved = 0",
        [purpose, successor]
      )
      guard found != nil else {
        throw StoreError.refused("\(purpose) has no version \(successor)")
      }
    }
  }

  func check(
    after old: RegisterEntry<ConsentVersionFacts>,
    by change: any SQLChange,
    isRemoved: Bool,
    in db: Database
  ) throws {
    if !isRemoved {
      let other = try db.row(
        """
        SELECT reference FROM consentVersion
        WHERE purpose = ? AND label = ? AND isRemoved = 0 AND id <> ?
        """,
        [purpose, label, old.id]
      )
      if let other { throw StoreError.refused("\(try other.text(0)) has the name \(label)") }
    }
    let before = old.facts
    let isSame =
      purpose == before.purpose && label == before.label && text == before.text
      && language == before.language
    guard !isSame || (isRemoved && !old.isRemoved) else { return }
    if try ConsentTallies.isNamed(version: old.id, in: db) {
      throw StoreError.refused(
        "people said what they said under \(old.reference): its text stays as they read it; add a "
          + "new version, and say of this one that it is no longer right"
      )
    }
  }
}

/// Reads what is beside the facts of purposes: the key, and how many records there are.
enum PurposeRecord {
  /// What was wrapped is bound to.
  private static func binding(_ purpose: RecordID) -> [UInt8] {
    Array("tocsin.data-key.1:purpose:\(purpose)".utf8)
  }

  /// The purpose that may take records.
  static func open(_ id: RecordID, in db: Database) throws -> ConsentPurpose {
    let found = try RegisterRecord<PurposeFacts>.existing(id, in: db)
    guard !found.isRemoved else { throw StoreError.refused("\(found.reference) was removed") }
    guard found.facts.erasedAt == nil else {
      throw StoreError.refused("those who consented to \(found.reference) were erased")
    }
    return found
  }

  /// How many records came in.
  static func records(_ id: RecordID, in db: Database) throws -> Int64 {
    try db.number("SELECT records FROM purpose WHERE id = ?", [id])
  }

  /// The key of a purpose's records; nil where there is none yet, or where it was destroyed.
  static func key(_ id: RecordID, _ keys: KeyFolder, in db: Database) throws -> ConsentKey? {
    guard let row = try db.row("SELECT wrappedKey, wrappedBy FROM purpose WHERE id = ?", [id])
    else { throw StoreError.notFound(Subject(.purpose, id)) }
    guard let wrapped: Data = row[0] else { return nil }
    let data = try keys.key().unwrap(
      [UInt8](wrapped),
      bound: binding(id),
      of: "the purpose",
      wrappedBy: try row.text(1)
    )
    return ConsentKey(data: data, purpose: id)
  }

  /// Keeps a data key that was made for a purpose without one; the journal says that it was made.
  ///
  /// Refuses where the purpose has got another one meanwhile.
  static func keep(
    _ data: [UInt8],
    of purpose: ConsentPurpose,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    guard
      try db.row("SELECT 1 FROM purpose WHERE id = ? AND wrappedKey IS NULL", [purpose.id]) != nil
    else {
      throw StoreError.refused("another import into \(purpose.reference) is under way; try again")
    }
    let wrapping = try context.keys.forSealing(in: db)
    let wrapped = try wrapping.wrap(data, bound: binding(purpose.id))
    try db.run(
      "UPDATE purpose SET wrappedKey = ?, wrappedBy = ? WHERE id = ?",
      [Data(wrapped), wrapping.id, purpose.id]
    )
    _ = try journal.append(
      OpenConsents(
        purpose: purpose.id,
        key: OpenMailing.Key(by: wrapping.id, digest: Digest.sha256(wrapped))
      ),
      performed(purpose)
    )
  }

  /// What a job did that leaves the purpose's own facts alone.
  static func performed(_ purpose: ConsentPurpose) -> Performed {
    Performed(
      subject: Subject(.purpose, purpose.id),
      version: purpose.version,
      reference: purpose.reference,
      incident: nil,
      inverse: nil
    )
  }
}
