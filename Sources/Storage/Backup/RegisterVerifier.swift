internal import Foundation
internal import GRDB
internal import Model

/// Works out every record of the privacy register again from the journal, and compares.
///
/// A row must say what its last change left it saying, and its columns what its document says. Where the
/// details of an entry were erased, the rows of that record are compared with nothing.
enum RegisterVerifier {
  /// Compares all of the register; nothing in a store from before there was one.
  static func check(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    guard try db.tableExists("activity") else { return }
    try check(ActivityFacts.self, db, &report)
    try check(RetentionFacts.self, db, &report)
    try check(HoldFacts.self, db, &report)
    try check(DeletionFacts.self, db, &report)
    try check(RequestFacts.self, db, &report)
    if try db.tableExists("statement") {
      try check(StatementFacts.self, db, &report)
      try check(StatementEditionFacts.self, db, &report)
      try check(DisclosureFacts.self, db, &report)
    }
    try sealed(db, &report)
    try reminders(db, &report)
  }

  /// What the journal says of one record.
  private struct Told<Facts: RegisterTable> {
    var state: RegisterState<Facts>?
    var version: Version = 0
    var reference = ""
    var openedAt: Instant?
    var isErased = false
    var problem: String?
  }

  private static func check<Facts: RegisterTable>(
    _ type: Facts.Type,
    _ db: Database,
    _ report: inout RecordVerifier.Report
  ) throws {
    var told: [RecordID: Told<Facts>] = [:]
    try db.rows(
      """
      SELECT journal.subject, action, version, at, actor, change, reference
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE subjectKind = ? ORDER BY journal.id
      """,
      [Facts.kind.rawValue]
    ) { row in
      let id = try row.number(0)
      var entry = told[id] ?? Told()
      if entry.openedAt == nil { entry.openedAt = try row.instant(3) }
      entry.version = try row.number(2)
      if let reference = try row.optionalText(6) { entry.reference = reference }
      if let text = try row.optionalText(5), entry.problem == nil, !entry.isErased {
        do {
          let change = try ChangeCatalogue.change(named: try row.text(1), text)
          guard let change = change as? any RegisterSQLChange else {
            throw UnknownWord(type: "RegisterChange")
          }
          entry.state =
            try change.folded(
              entry.state,
              at: try row.instant(3),
              by: try row.text(4)
            ) as? RegisterState<Facts>
        } catch {
          entry.problem = "an entry of the journal cannot have been made of what it said before"
        }
      } else {
        entry.isErased = true
      }
      told[id] = entry
    }
    var seen: Set<RecordID> = []
    try db.rows("SELECT id, reference FROM \(Facts.table) ORDER BY id") { row in
      let (id, reference) = (try row.number(0), try row.text(1))
      seen.insert(id)
      report.register += 1
      let problem: String?
      do {
        problem = try compare(id, told[id], in: db)
      } catch is RowDecodingError {
        problem = "a field does not have the type it was written with"
      } catch is UnknownWord {
        problem = "a field holds a word that was never written"
      } catch is DecodingError {
        problem = "a field holds what was never written"
      }
      if let problem { report.add(Subject(Facts.kind, id), reference, problem) }
    }
    for (id, entry) in told.sorted(by: { $0.key < $1.key }) where !seen.contains(id) {
      report.add(Subject(Facts.kind, id), entry.reference, "it was deleted")
    }
  }

  private static func compare<Facts: RegisterTable>(
    _ id: RecordID,
    _ told: Told<Facts>?,
    in db: Database
  ) throws -> String? {
    guard let told else { return "no entry of the journal has added it" }
    let entry = try RegisterRecord<Facts>.existing(id, in: db)
    if let problem = told.problem { return problem }
    if entry.version != told.version { return "its version is not the one in the journal" }
    if entry.openedAt != told.openedAt { return "it was not opened when it says" }
    let columns = Facts.columns.joined(separator: ", ")
    if let row = try db.row("SELECT \(columns) FROM \(Facts.table) WHERE id = ?", [id]),
      try Array(row.databaseValues) != entry.facts.values
    {
      return "what it is found by is not what it says"
    }
    guard !told.isErased else { return nil }
    if entry.reference != told.reference { return "its reference is not the one in the journal" }
    guard let state = told.state else { return "no entry of the journal has added it" }
    if entry.isRemoved != state.isRemoved {
      return "whether it was removed is not as in the journal"
    }
    guard entry.facts != state.facts else { return nil }
    let first = zip(entry.facts.named, state.facts.named).first { $0.0.1 != $0.1.1 }
    return "it does not say what the journal says"
      + (first.map { ": \($0.0.0)" } ?? "")
  }

  /// Reminders that went out, by the entries that recorded them; an erased entry counts as any.
  private static func reminders(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    var (told, kept) = ([RecordID: [RemindRequest?]](), [RecordID: [RemindRequest]]())
    try db.rows(
      """
      SELECT subject, change FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE action = ? AND subjectKind = ?
      """,
      [RemindRequest.name, Subject.Kind.request.rawValue]
    ) { row in
      let change = try row.optionalText(1).flatMap {
        try? ChangeCatalogue.change(named: RemindRequest.name, $0) as? RemindRequest
      }
      told[try row.number(0), default: []].append(change)
    }
    try db.rows("SELECT request, due, hours, meantAt FROM requestReminder") { row in
      let id = try row.number(0)
      kept[id, default: []].append(
        RemindRequest(
          id: id,
          due: try row.instant(1),
          hours: Int(try row.number(2)),
          meantAt: try row.instant(3)
        )
      )
    }
    for id in Set(told.keys).union(kept.keys).sorted() {
      let (told, kept) = (told[id] ?? [], kept[id] ?? [])
      let known = Set(kept)
      guard told.count != kept.count || told.contains(where: { $0.map(known.contains) == false })
      else { continue }
      let reference = try db.row("SELECT reference FROM request WHERE id = ?", [id])?.text(0) ?? ""
      report.add(
        Subject(.request, id),
        reference,
        "its reminders are not those that the journal says went out"
      )
    }
  }

  /// What the journal says of the keys of requests; nothing of one whose entry was erased.
  private static func keys(in db: Database) throws -> [RecordID: OpenMailing.Key] {
    var keys: [RecordID: OpenMailing.Key] = [:]
    try db.rows(
      """
      SELECT subject, change FROM journal JOIN journalDetail ON journalDetail.id = journal.id
      WHERE action = ? AND subjectKind = ? AND change IS NOT NULL
      """,
      [LogRequest.name, Subject.Kind.request.rawValue]
    ) { row in
      keys[try row.number(0)] = try JSON.value(try row.text(1), as: LogRequest.self).key
    }
    return keys
  }

  /// What is sealed of requests, by its digests.
  private static func sealed(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    var requests: [RightsRequest] = []
    var ids: [RecordID] = []
    try db.rows("SELECT id FROM request ORDER BY id") { ids.append(try $0.number(0)) }
    for id in ids {
      // What cannot be read was said already.
      guard let request = try? RegisterRecord<RequestFacts>.existing(id, in: db) else { continue }
      requests.append(request)
    }
    let keys = try keys(in: db)
    for request in requests {
      let (person, answer) = try RequestVault.sealed(request.id, in: db)
      let row = try db.row(
        "SELECT wrappedKey, wrappedBy, erasedAt FROM request WHERE id = ?",
        [request.id]
      )
      guard let row else { continue }
      let (wrapped, by) = (try row.decode(Data?.self, atIndex: 0), try row.text(1))
      let erasedAt = try row.optionalNumber(2)
      let problem: String? =
        if Digest.sha256([UInt8](person)) != request.facts.sealed {
          "what is sealed of who made it is not what was sealed"
        } else if let end = request.facts.end, !end.sealed.isEmpty,
          answer.map({ Digest.sha256([UInt8]($0)) }) != end.sealed
        {
          "the sealed answer is not the one that was given"
        } else if (wrapped == nil) != (request.facts.erasedAt != nil)
          || erasedAt != request.facts.erasedAt?.milliseconds
        {
          "the key to who made it is gone, or there, against what it says"
        } else if let key = keys[request.id],
          by != key.by || wrapped.map({ Digest.sha256([UInt8]($0)) }) ?? key.digest != key.digest
        {
          "the key to who made it is not the one it was sealed with"
        } else {
          nil
        }
      if let problem { report.add(Subject(.request, request.id), request.reference, problem) }
    }
  }
}
