internal import Crypto
internal import Foundation
internal import GRDB
internal import Model

extension RestoredCopy {
  /// An entry by which a person was erased from consent records in the replaced store.
  private struct Erased {
    let entry: JournalSequence
    /// nil where the entry's details are gone.
    let change: EraseConsents?
    /// What stands in place of what was sealed, by the record's number.
    var left: [Int64: Data] = [:]
  }

  /// Takes people out of consent records again, of whom the replaced store was rid.
  ///
  /// The replaced store keeps a digest of what was sealed: by that it is the same record, whatever number
  /// it has in a backup of another line.
  func eraseConsents(
    _ outcome: inout Outcome,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    for (id, _) in erasures(EraseConsents.name, of: .purpose, in: db) {
      let purpose = try KeptTable<PurposeFacts>.existing(id, in: db)
      guard purpose.facts.erasedAt == nil else { continue }
      guard let entries = replaced?.read({ try Self.erased(from: id, in: $0) }) else {
        outcome.kept.append(
          "people were erased from \(purpose.reference) since, and whom cannot be read: erase them "
            + "again by reference (tocsin consent erase)"
        )
        continue
      }
      var count = 0
      for entry in entries {
        guard let change = entry.change else {
          outcome.kept.append(
            "entry \(entry.entry) of the replaced store erased a person from \(purpose.reference), and "
              + "its details are gone: erase them again by reference (tocsin consent erase)"
          )
          continue
        }
        var ids: [Int64] = []
        var others = 0
        for number in change.numbers {
          let record = ConsentID.consent(id, number)
          // One that came in after the backup is not here.
          guard
            let row = try db.row("SELECT slot, tag, sealed FROM consent WHERE id = ?", [record]),
            ConsentSlot(raw: try row.number(0)).standing != .erased
          else { continue }
          let (tag, sealed) = (try row.number(1), try row.decode(Data.self, atIndex: 2))
          let digest = Data(sealed.withUnsafeBytes { ConsentDigest.commitment($0, tag) })
          if digest == entry.left[number] { ids.append(record) } else { others += 1 }
        }
        if others > 0 {
          outcome.kept.append(
            "entry \(entry.entry) of the replaced store erased a person from \(purpose.reference), and "
              + "\(others) of those records \(others == 1 ? "is another" : "are others") here: erase "
              + "them again by reference (tocsin consent erase)"
          )
        }
        guard !ids.isEmpty else { continue }
        try ConsentWriter.erase(ids, in: db)
        let again = EraseConsents(
          purpose: id,
          numbers: ids.map(ConsentID.number),
          reason: "again after a restore: \(change.reason)"
        )
        _ = try journal.append(again, PurposeRecord.performed(purpose))
        count += ids.count
      }
      if count > 0 {
        outcome.erased.append(
          "\(count) consent record\(count == 1 ? "" : "s") of \(purpose.reference)"
        )
      }
    }
  }

  /// What the replaced store erased from a purpose, oldest first.
  private static func erased(from purpose: RecordID, in old: Database) throws -> [Erased] {
    var entries: [Erased] = []
    try old.rows(
      """
      SELECT journal.id, change FROM journal
      LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = 'purpose' AND subject = ? AND action = ? ORDER BY journal.id
      """,
      [purpose, EraseConsents.name]
    ) { row in
      let change = try row.optionalText(1).map { try JSON.value($0, as: EraseConsents.self) }
      entries.append(Erased(entry: try row.number(0), change: change))
    }
    for index in entries.indices {
      for number in entries[index].change?.numbers ?? [] {
        let row = try old.row(
          "SELECT sealed FROM consent WHERE id = ?",
          [ConsentID.consent(purpose, number)]
        )
        entries[index].left[number] = try row?.decode(Data.self, atIndex: 0)
      }
    }
    return entries
  }

  /// Destroys the keys again of purposes that the replaced store had erased as a whole.
  func erasePurposes(
    _ outcome: inout Outcome,
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws {
    for (id, _) in erasures(ErasePurpose.name, of: .purpose, in: db) {
      let purpose = try KeptTable<PurposeFacts>.existing(id, in: db)
      guard purpose.facts.erasedAt == nil else { continue }
      let change = ErasePurpose(id: id, basedOn: purpose.version, isOrdered: true)
      _ = try journal.append(change, try change.destroyKey(context, in: db))
      outcome.erased.append("who consented to \(purpose.reference)")
    }
  }
}
