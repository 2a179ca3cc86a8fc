internal import Foundation
internal import GRDB
internal import Model

extension PurposeFacts: KeptFacts {
  static let table = "purpose"
  static let columns = ["slug", "name", "activity"]

  var values: [DatabaseValue] {
    [slug.databaseValue, name.databaseValue, activity.databaseValue]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("PUR", id)
  }

  func check(
    _ id: RecordID,
    replacing old: PurposeFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    if erasedAt != old?.erasedAt {
      // Whoever erases destroys the key first.
      let erased = try db.row(
        "SELECT 1 FROM purpose WHERE id = ? AND wrappedKey IS NULL AND erasedAt IS NOT NULL",
        [id]
      )
      guard old?.erasedAt == nil, erased != nil else {
        throw StoreError.refused("what was erased stays erased")
      }
    }
    let other = try db.row(
      "SELECT reference FROM purpose WHERE slug = ? AND isRemoved = 0 AND id <> ?",
      [slug, id]
    )
    if let other { throw StoreError.refused("\(try other.text(0)) has the short name \(slug)") }
    guard !context.isUndo else { return }
    try refuseBlank(name, "a purpose needs a name")
    try refuseSize()
    guard PurposeFacts.isSlug(slug) else {
      throw StoreError.refused(
        "\(slug) is no short name: 1 to 40 of a-z, 0-9, hyphen and dot, a letter or digit first"
      )
    }
    if !activity.isEmpty { _ = try KeptTable<ActivityFacts>.present(activity, in: db) }
    try context.refuseFuture(ended, of: "ended")
  }

  static func checkRemoval(_ record: ConsentPurpose, in db: Database) throws {
    guard record.facts.erasedAt == nil, try PurposeRecord.records(record.id, in: db) > 0 else {
      return
    }
    throw StoreError.refused(
      "\(record.reference) has consent records; end it (tocsin consent purpose end) or erase them"
    )
  }
}

extension ConsentVersionFacts: KeptFacts {
  static let table = "consentVersion"
  static let columns = ["purpose", "label", "digest"]

  var values: [DatabaseValue] {
    [purpose.databaseValue, label.databaseValue, digest.databaseValue]
  }

  static func reference(_ id: RecordID, at openedAt: Instant, in db: Database) throws -> String {
    numbered("CNV", id)
  }

  func check(
    _ id: RecordID,
    replacing old: ConsentVersionFacts?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    let other = try db.row(
      """
      SELECT reference FROM consentVersion
      WHERE purpose = ? AND label = ? AND isRemoved = 0 AND id <> ?
      """,
      [purpose, label, id]
    )
    if let other { throw StoreError.refused("\(try other.text(0)) has the name \(label)") }
    if let old,
      purpose != old.purpose || label != old.label || text != old.text || language != old.language
    {
      try Self.refuseShown(id, in: db)
    }
    guard !context.isUndo else { return }
    try refuseBlank(text, "a version needs the text that people read")
    try refuseSize()
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
    _ = try KeptTable<PurposeFacts>.present(purpose, in: db)
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

  static func checkRemoval(_ record: ConsentVersion, in db: Database) throws {
    try refuseShown(record.id, in: db)
  }

  /// Refuses to alter what people read.
  private static func refuseShown(_ id: RecordID, in db: Database) throws {
    guard try ConsentTallies.isNamed(version: id, in: db) else { return }
    throw StoreError.refused(
      "people said what they said under \(numbered("CNV", id)): its text stays as they read it; add a "
        + "new version, and say of this one that it is no longer right"
    )
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
    let found = try KeptTable<PurposeFacts>.existing(id, in: db)
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
