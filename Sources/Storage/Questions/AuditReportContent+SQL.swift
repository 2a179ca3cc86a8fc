internal import GRDB
internal import Model

extension AuditReportContent: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Content? {
    guard let details = try AuditDetails(reference).fetch(in: db, context),
      let framework = try FrameworkRecord.document(details.row.audit.framework, in: db)
    else { return nil }
    let audit = details.row.audit
    let window = RowWindow(start: 0, count: .max / 2)
    let items = Dictionary(
      uniqueKeysWithValues: try AuditItemRecord.list(of: audit.id, in: db).map { ($0.place, $0) }
    )
    let findings = try FindingRecord.list(
      where: "isRemoved = 0 AND item IN (SELECT id FROM auditItem WHERE audit = ?)",
      [audit.id],
      window,
      in: db
    )
    let proofs = try Proofs(audit.id, in: db)
    let lines = try AuditTree(audit: audit.id, window: window).fetch(in: db, context).rows
      .map { row in
        let item = items[row.place]
        return Line(
          row: row,
          item: item,
          findings: item.map { item in
            findings.filter { $0.item?.id == item.id }.map(\.reference).sorted()
          } ?? [],
          evidence: item.flatMap { proofs.ofItems[$0.id] }?.sorted() ?? []
        )
      }
    let previous = try audit.previous.flatMap { id in
      try db.row("SELECT reference FROM audit WHERE id = ?", [id])?.text(0)
    }
    return Content(
      details: details,
      framework: framework,
      organisation: try OrganisationRecord.current(in: db).organisation.name,
      lines: lines,
      findings: findings,
      evidence: try proofs.evidence(in: db),
      difference: try audit.previous.flatMap {
        try AuditComparison(old: $0, new: audit.id).fetch(in: db, context)
      },
      previous: previous ?? "",
      countsAt: try AuditRecord.counting(audit, now: context.now, in: db),
      now: context.now
    )
  }
}

/// Which evidence proves what in an audit.
private struct Proofs {
  /// The numbers of evidence, by the item that it or whose requirement it proves.
  var ofItems: [RecordID: Set<RecordID>] = [:]
  private var all: Set<RecordID> = []

  init(_ audit: RecordID, in db: Database) throws {
    let ends = [
      """
      SELECT auditItem.id, link.fromRecord FROM link
      JOIN auditItem ON link.toKind = 'auditItem' AND auditItem.id = link.toRecord
      """,
      """
      SELECT auditItem.id, link.fromRecord FROM link
      JOIN auditItem ON link.toKind = 'requirement' AND auditItem.requirement = link.toRecord
      """,
      """
      SELECT auditItem.id, link.fromRecord FROM link
      JOIN finding ON link.toKind = 'finding' AND finding.id = link.toRecord
        AND finding.isRemoved = 0
      JOIN auditItem ON auditItem.id = finding.item
      """,
    ]
    for (index, sql) in ends.enumerated() {
      try db.rows(
        """
        \(sql)
        WHERE auditItem.audit = ? AND auditItem.isHeading = 0 AND link.fromKind = 'evidence'
          AND link.relation = ?
          AND link.fromRecord IN (SELECT id FROM evidence WHERE isRemoved = 0)
        """,
        [audit, RecordLink.proves]
      ) { row in
        let evidence = try row.number(1)
        all.insert(evidence)
        // What proves a finding mended does not prove the item.
        if index < 2 { ofItems[try row.number(0), default: []].insert(evidence) }
      }
    }
  }

  func evidence(in db: Database) throws -> [Evidence] {
    try all.sorted().compactMap { id in
      try EvidenceRecord.list(where: "id = ?", [id], in: db).first
    }
  }
}
