internal import GRDB
internal import Model

/// Recomputes the hashes of signed audits.
///
/// What was signed stands in two places: the signature, and the journal's entry, which its chain
/// protects. Both must agree with the answers and the framework as they stand now.
enum AuditVerifier {
  /// Checks every audit that is or ought to be locked, and notes those that were altered.
  static func check(_ db: Database, _ report: inout VerificationReport) throws {
    guard try db.tableExists("auditSignature") else { return }
    var ids: [RecordID] = []
    try db.rows("SELECT id FROM audit ORDER BY referenceOrder") { ids.append(try $0.number(0)) }
    var frameworks: [RecordID: String] = [:]
    let signed = try signedInJournal(db)
    for id in ids {
      let row = try db.row("SELECT reference, state, framework FROM audit WHERE id = ?", [id])
      guard let row else { continue }
      let (reference, state) = (try row.text(0), try row.text(1))
      let framework = try row.number(2)
      guard state == "signed" || signed[id] != nil else { continue }
      report.audits += 1
      do {
        if frameworks[framework] == nil, var whole = try FrameworkRecord.document(framework, in: db)
        {
          whole.requirements = try RequirementRecord.list(of: framework, in: db)
          frameworks[framework] = whole.digest
        }
        guard
          let problem = try problem(id, state, signed[id], frameworks[framework] ?? "", in: db)
        else { continue }
        report.badAudits.append(.init(reference: reference, problem: problem))
      } catch is RowDecodingError {
        report.badAudits.append(
          .init(reference: reference, problem: "a field does not have the type it was written with")
        )
      } catch is UnknownWord {
        report.badAudits.append(
          .init(reference: reference, problem: "a field holds a word that was never written")
        )
      } catch StoreError.notFound(let missing) {
        report.badAudits.append(
          .init(
            reference: reference,
            problem: "\(missing.kind.rawValue) \(missing.id) is not there"
          )
        )
      } catch is DecodingError {
        report.badAudits.append(
          .init(reference: reference, problem: "a field holds what was never written")
        )
      }
    }
    for id in signed.keys.sorted() where !ids.contains(id) {
      report.badAudits.append(.init(reference: "number \(id)", problem: "it was deleted"))
    }
  }

  private static func problem(
    _ id: RecordID,
    _ state: String,
    _ journalled: String?,
    _ framework: String,
    in db: Database
  ) throws -> String? {
    let content = try AuditRecord.content(of: id, in: db)
    guard let last = try AuditRecord.signatures(of: id, in: db).last, last.reopening == nil else {
      return "its signature is not there any more"
    }
    guard last.isComplete == (state == "signed") else {
      return "it is \(state) although its signature says otherwise"
    }
    // A first signature locks nothing yet: the answers may have changed since.
    guard last.isComplete else { return nil }
    guard content.digest == last.digest else {
      return "its content is not what was signed by \(last.by)"
    }
    if let journalled, journalled != last.digest {
      return "its signature is not the one in the journal"
    }
    return framework == content.frameworkDigest ? nil : "its framework was altered"
  }

  /// The hashes that the journal's last word on audits says were signed, by audit.
  private static func signedInJournal(_ db: Database) throws -> [RecordID: String] {
    var signed: [RecordID: String] = [:]
    try db.rows(
      """
      SELECT journal.subject, journal.action, journalDetail.change
      FROM journal LEFT JOIN journalDetail ON journalDetail.id = journal.id
      WHERE journal.subjectKind = 'audit' AND journal.action IN ('audit.sign', 'audit.reopen')
      ORDER BY journal.id
      """
    ) { row in
      let id = try row.number(0)
      signed[id] = nil
      guard try row.text(1) == SignAudit.name, let text = try row.optionalText(2) else { return }
      signed[id] = (try? JSON.value(text, as: SignAudit.self))?.digest
    }
    return signed
  }
}
