internal import Foundation
internal import GRDB
internal import Model

/// Compares what is kept beside requests by people with the journal: what is sealed, its keys, and the
/// reminders that went out.
enum RequestVerifier {
  /// Compares it; nothing in a store from before there were requests.
  static func check(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    guard try db.tableExists("request") else { return }
    try sealed(db, &report)
    try answers(db, &report)
    try reminders(db, &report)
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

  /// Answers of requests that say of none: one may be left of an answer that was taken back.
  private static func answers(_ db: Database, _ report: inout RecordVerifier.Report) throws {
    var kept: [(id: RecordID, reference: String, digest: String)] = []
    try db.rows("SELECT id, reference, answer FROM request WHERE answer IS NOT NULL ORDER BY id") {
      let answer = try $0.decode(Data.self, atIndex: 2)
      kept.append((try $0.number(0), try $0.text(1), Digest.sha256([UInt8](answer))))
    }
    for (id, reference, digest) in kept {
      var isKnown = false
      try db.rows(
        """
        SELECT change FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
        WHERE action = ? AND subjectKind = ? AND subject = ?
        """,
        [MoveRequest.name, Subject.Kind.request.rawValue, id]
      ) { row in
        // What an erased entry said of an answer is not known.
        let change = try row.optionalText(0)
        isKnown = isKnown || change?.contains(digest) ?? true
      }
      if !isKnown {
        report.add(Subject(.request, id), reference, "its sealed answer was never given")
      }
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
      guard let request = try? KeptTable<RequestFacts>.existing(id, in: db) else { continue }
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
