internal import GRDB
internal import Model

extension WithdrawScan: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    guard context.isUndo else { throw StoreError.refused("a scan is taken back by undo alone") }
    var audit = try AuditRecord.answerable(id, in: db)
    guard let kept = try AuditScanRecord.fetch(scan, in: db), kept.audit == id else {
      throw StoreError.refused("the scan was taken back already")
    }
    guard try AuditScanRecord.list(of: id, in: db).first?.id == scan else {
      throw StoreError.refused("a later scan stands on this one: take that one back first")
    }
    let results = try AuditScanRecord.results(
      of: id,
      where: "AND auditScanResult.scan = ? ORDER BY auditScanResult.id",
      [scan],
      in: db
    )
    let before = Dictionary(self.before.map { ($0.result.key, $0) }) { first, _ in first }
    for known in results {
      if let old = before[known.result.key] {
        try AuditScanRecord.update(known, to: old.result, audit: id, scan: old.scan, in: db)
      } else {
        try AuditScanRecord.delete(known, in: db)
      }
    }
    try AuditScanRecord.remove(scan, in: db)
    let scale = try FrameworkRecord.document(audit.framework, in: db)?.scale
    for answer in answers { try takeBack(answer, scale, context, in: db) }
    let removed = try findings.compactMap { try takeBack($0, context, in: db) }
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: ImportScan(
        id: id,
        basedOn: audit.version,
        scan: kept.facts,
        results: results.map(\.result),
        findings: removed
      )
    )
  }

  /// Sets an item back, unless somebody has altered it since.
  private func takeBack(
    _ answer: Answer,
    _ scale: ScoreScale?,
    _ context: ChangeContext,
    in db: Database
  ) throws {
    var item = try AuditItemRecord.existing(answer.item, in: db)
    if let version = answer.version {
      guard item.version == version else { return }
      for edit in answer.edits { item.apply(edit) }
      try AuditItemRecord.update(&item, scale, context, in: db)
    }
    try AuditScanRecord.remember(answer.before, of: item.id, in: db)
  }

  /// Sets a finding back, unless somebody has altered it since; gives one that was taken away.
  private func takeBack(
    _ moved: Moved,
    _ context: ChangeContext,
    in db: Database
  ) throws -> ImportScan.Restored? {
    // A scan onto another audit may have heard of the rule since.
    guard try ScanFindingRecord.fetch(moved.key, in: db) == moved.after else { return nil }
    var finding = try FindingRecord.existing(moved.after.finding, in: db)
    if let version = moved.version {
      guard finding.version == version else { return nil }
      if let standing = moved.standing {
        finding.standing = standing
      } else {
        finding.isRemoved = true
      }
      finding.version += 1
      try FindingRecord.update(finding, context, in: db)
    }
    try ScanFindingRecord.remember(moved.before, of: moved.key, in: db)
    return moved.before == nil
      ? ImportScan.Restored(key: moved.key, finding: finding.id) : nil
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let scans = try AuditScanRecord.list(of: subject.id, in: db)
    guard let last = scans.first, last.id > scan else { return [] }
    return [Conflict.Difference(field: "scan", theirs: last.facts.file, ours: "taken back")]
  }
}
