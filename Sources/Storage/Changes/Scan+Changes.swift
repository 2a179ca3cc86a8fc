internal import GRDB
internal import Model

extension ImportScan: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    var audit = try AuditRecord.existing(id, in: db)
    try checkVersion(audit.version, of: subject, context, in: db) { [] }
    audit = try AuditRecord.answerable(id, in: db)
    let latest = results.compactMap(\.at).max()
    if !context.isUndo, let latest, latest > context.now + ChangeContext.skew {
      throw StoreError.refused(
        "\(scan.file): a result of \(latest) is still to come (now is \(context.now)): no later one "
          + "would count; set the scanned host's clock right and scan again"
      )
    }
    let plan = try plan(audit, at: context.now, in: db)
    guard !plan.isIdle else {
      return Performed(
        subject: subject,
        version: audit.version,
        reference: audit.reference,
        incident: nil,
        inverse: nil,
        isIdle: true
      )
    }
    let number = try AuditScanRecord.insert(scan, audit: id, plan.effect, context, in: db)
    for result in plan.created {
      try AuditScanRecord.insert(result, audit: id, scan: number, in: db)
    }
    for update in plan.updates {
      try AuditScanRecord.update(
        update.known,
        to: update.result,
        audit: id,
        scan: number,
        in: db
      )
    }
    let answers = try answer(plan, audit, context, in: db)
    let moved = try plan.findings.map { try move($0, context, in: db) }
    try AuditRecord.update(&audit, at: context.now, in: db)
    return Performed(
      subject: subject,
      version: audit.version,
      reference: audit.reference,
      incident: nil,
      inverse: WithdrawScan(
        id: id,
        basedOn: audit.version,
        scan: number,
        before: plan.updates.map { .init(scan: $0.known.scan, result: $0.known.result) },
        answers: answers,
        findings: moved
      )
    )
  }

  /// Works out what the import does; refused where the results cannot be the audit's.
  func plan(_ audit: Audit, at now: Instant, in db: Database) throws -> ScanPlan {
    let standing = try standing(in: db)
    let places = Set(standing.items.map(\.place))
    guard digest == ImportScan(id: id, scan: scan, results: results).digest else {
      throw StoreError.refused("the results of \(scan.file) are not whole")
    }
    guard Set(results.map(\.key)).count == results.count else {
      throw StoreError.refused("a rule stands twice among the results of \(scan.file)")
    }
    for result in results {
      guard !result.tool.isEmpty, !result.rule.isEmpty, places.isSuperset(of: result.places) else {
        throw StoreError.refused("the rule \(result.rule) speaks of no item of \(audit.reference)")
      }
      let texts = [
        result.tool, result.target, result.rule, result.title, result.word, result.message,
        result.advice,
      ]
      guard !texts.contains(where: { $0.utf8.contains(0) }) else { throw JSONBytes.refusal }
    }
    return ScanPlan(results, on: standing, at: now)
  }

  private func standing(in db: Database) throws -> ScanPlan.Standing {
    var led: [AuditScanResult.Key: ScanPlan.Led] = [:]
    for result in results {
      guard let memory = try ScanFindingRecord.fetch(result.key, in: db),
        let finding = try FindingRecord.fetch(memory.finding, in: db)
      else { continue }
      led[result.key] = ScanPlan.Led(memory: memory, finding: finding)
    }
    return ScanPlan.Standing(
      known: try AuditScanRecord.results(of: id, in: db),
      items: try AuditItemRecord.list(of: id, in: db),
      answers: try AuditScanRecord.answers(of: id, in: db),
      led: led
    )
  }

  private func answer(
    _ plan: ScanPlan,
    _ audit: Audit,
    _ context: ChangeContext,
    in db: Database
  ) throws -> [WithdrawScan.Answer] {
    let scale = try FrameworkRecord.document(audit.framework, in: db)?.scale
    return try plan.answers.map { work in
      var item = work.item
      let back = work.edits.map { item.apply($0) }
      if !back.isEmpty { try AuditItemRecord.update(&item, scale, context, in: db) }
      try AuditScanRecord.remember(work.after, of: item.id, in: db)
      return WithdrawScan.Answer(
        item: item.id,
        version: back.isEmpty ? nil : item.version,
        edits: back.reversed(),
        before: work.before
      )
    }
  }

  /// Does what is to be done with the finding of a rule.
  private func move(
    _ work: ScanPlan.FindingWork,
    _ context: ChangeContext,
    in db: Database
  ) throws -> WithdrawScan.Moved {
    let result = work.result
    guard let led = work.led else { return try open(work, context, in: db) }
    var finding = led.finding
    let old = finding.standing
    switch work.move {
    case .close: finding.standing = .closed(by: result, at: context.now)
    case .reopen: finding.standing = .reopened(by: result)
    case .stay, .hold: break
    }
    let isMoved = finding.standing != old
    if isMoved {
      finding.version += 1
      try FindingRecord.update(finding, context, in: db)
    }
    let memory = ScanFinding(finding: finding.id, outcome: result.outcome, at: result.at)
    try ScanFindingRecord.remember(memory, of: result.key, in: db)
    return WithdrawScan.Moved(
      key: result.key,
      before: led.memory,
      after: memory,
      standing: isMoved ? old : nil,
      version: isMoved ? finding.version : nil
    )
  }

  private func open(
    _ work: ScanPlan.FindingWork,
    _ context: ChangeContext,
    in db: Database
  ) throws -> WithdrawScan.Moved {
    let result = work.result
    let known = context.isUndo ? findings.first { $0.key == result.key } : nil
    let (id, version): (RecordID, Version)
    if let known, var finding = try FindingRecord.fetch(known.finding, in: db), finding.isRemoved {
      finding.isRemoved = false
      finding.version += 1
      try FindingRecord.update(finding, context, in: db)
      (id, version) = (finding.id, finding.version)
    } else {
      id = try FindingRecord.insert(
        FindingFacts(result),
        item: work.item.map { Subject(.auditItem, $0) },
        context,
        in: db
      ).id
      version = 1
    }
    let memory = ScanFinding(finding: id, outcome: result.outcome, at: result.at)
    try ScanFindingRecord.remember(memory, of: result.key, in: db)
    return WithdrawScan.Moved(
      key: result.key,
      before: nil,
      after: memory,
      standing: nil,
      version: version
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    // A later scan stands on this one: it is taken back first.
    let scans = try AuditScanRecord.list(of: subject.id, in: db)
    guard let last = scans.first, last.facts != scan else { return [] }
    return [Conflict.Difference(field: "scan", theirs: last.facts.file, ours: scan.file)]
  }

  var journalled: ImportScan {
    var change = self
    change.results = []
    return change
  }

  var lines: [String] {
    let counts = scan.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return [
      ("file", scan.file), ("sha256", scan.sha256), ("format", scan.format), ("tool", scan.tool),
      ("target", scan.target), ("benchmark", scan.benchmark), ("started", scan.startedAt),
      ("results", counts.joined(separator: ", ")), ("content", digest),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}
