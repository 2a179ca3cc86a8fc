internal import GRDB
internal import Model

/// Compares records that hang from no other with the journal: each row must say what its entries last
/// made it say, and each must have been added.
///
/// Where the details of an entry were erased, what it said is not known; the entries after it count.
enum KeptCheck<Facts: KeptFacts> {
  /// What the journal says of one record.
  private struct Known {
    var facts: Facts?
    var isRemoved = false
    var version: Version = 0
  }

  /// The rows that are not what the journal says; none in a store from before there were any.
  static func problems(in db: Database) throws -> [RecordVerifier.BadRecord] {
    guard try db.tableExists(Facts.table) else { return [] }
    var known = try entries(in: db)
    var bad: [RecordVerifier.BadRecord] = []
    func note(_ id: RecordID, _ problem: String) {
      bad.append(
        .init(subject: Subject(Facts.kind, id), reference: "", problem: problem)
      )
    }
    try db.rows(
      """
      SELECT \(([KeptTable<Facts>.columns] + Facts.repeated).joined(separator: ", "))
      FROM \(Facts.table) ORDER BY id
      """
    ) { row in
      let id = try row.number(0)
      guard let entry = known.removeValue(forKey: id) else {
        note(id, "no entry of the journal has added it")
        return
      }
      // A row that cannot be read is an altered one, not a broken file.
      guard let record = try? KeptTable<Facts>.read(row) else {
        note(id, "it holds what was never written")
        return
      }
      let repeated = record.facts.repeatedValues.map(\.databaseValue)
      if let facts = entry.facts, facts != record.facts {
        note(id, "it does not say what the journal says")
      } else if repeated != (0..<repeated.count).map({ row[5 + $0] as DatabaseValue }) {
        note(id, "its columns do not say what it says itself")
      } else if record.isRemoved != entry.isRemoved {
        note(id, record.isRemoved ? "nobody removed it" : "it was removed, and stands on the lists")
      } else if record.version != entry.version {
        note(id, "its version is not the one in the journal")
      }
    }
    for id in known.keys.sorted() { note(id, "it was deleted") }
    return bad
  }

  private static func entries(in db: Database) throws -> [RecordID: Known] {
    var known: [RecordID: Known] = [:]
    let names = [
      AddRecord<Facts>.name, EditRecord<Facts>.name, RemoveRecord<Facts>.name,
      PutBackRecord<Facts>.name, EraseStaff.name,
    ]
    try db.rows(
      """
      SELECT subject, action, version, change FROM journal
      LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = ? AND action IN (SELECT value FROM json_each(?)) ORDER BY journal.id
      """,
      [Facts.kind.rawValue, try JSON.text(names)]
    ) { row in
      let (id, action) = (try row.number(0), try row.text(1))
      var entry = known[id] ?? Known()
      entry.version = try row.number(2)
      let text = try row.optionalText(3)
      switch action {
      case RemoveRecord<Facts>.name: entry.isRemoved = true
      case PutBackRecord<Facts>.name: entry.isRemoved = false
      case AddRecord<Facts>.name:
        entry.facts = try text.map { try JSON.value($0, as: AddRecord<Facts>.self).facts }
      case EditRecord<Facts>.name:
        entry.facts = try text.map { try JSON.value($0, as: EditRecord<Facts>.self).facts }
      default:
        entry.facts = try text.map { try JSON.value($0, as: EraseStaff.self).facts } as? Facts
      }
      known[id] = entry
    }
    return known
  }
}
