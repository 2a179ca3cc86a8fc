internal import GRDB
internal import Model

extension AuditItemTies: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Ties? {
    guard
      let row = try db.row(
        "SELECT requirement FROM auditItem WHERE id = ? AND isHeading = 0",
        [item]
      )
    else { return nil }
    let here = Subject(.auditItem, item)
    let requirement = Subject(.requirement, try row.number(0))
    var links = try LinkRecord.rows(of: here, in: db)
    links += try LinkRecord.rows(of: requirement, in: db).filter { !links.contains($0) }
    var evidence = try EvidenceList(of: here).fetch(in: db, context)
    let known = Set(evidence.map(\.id))
    evidence += try EvidenceList(of: requirement).fetch(in: db, context)
      .filter { !known.contains($0.id) }
    return Ties(
      findings: try FindingRecord.list(
        where: "isRemoved = 0 AND item = ?",
        [item],
        RowWindow(start: 0, count: 10_000),
        in: db
      ),
      evidence: evidence.sorted { $0.id < $1.id },
      links: links.filter { $0.link.relation != RecordLink.proves },
      requirement: requirement
    )
  }
}

extension NamedRecord: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Subject? {
    switch name {
    case .record(let subject): return subject
    case .incident(let reference):
      return try IncidentByReference(reference).fetch(in: db, context)
        .map { Subject(.incident, $0.id) }
    case .finding(let reference):
      return try FindingRecord.named(reference, in: db).map { Subject(.finding, $0.id) }
    case .course(let code):
      return try CourseByCode(code).fetch(in: db, context).map { Subject(.course, $0.id) }
    case .auditItem(let audit, let reference):
      let row = try db.row(
        "SELECT id FROM audit WHERE reference = ? AND isRemoved = 0",
        [audit]
      )
      guard let row else { return nil }
      let id = try row.number(0)
      guard let place = try AuditPlace(audit: id, reference: reference).fetch(in: db, context)
      else { return nil }
      return try AuditItemRecord.find(id, place: place, in: db).map { Subject(.auditItem, $0.id) }
    case .requirement(let framework, let reference):
      let found = try FrameworkList().fetch(in: db, context).filter { row in
        let short = row.identifier.split { $0 == ":" }.last.map(String.init) ?? ""
        return ([row.identifier, short] + row.aliases).contains {
          $0 == framework || "\($0)@\(row.edition)" == framework
        }
      }
      guard let row = found.first else { return nil }
      guard found.count == 1 else {
        let names = found.map { "\($0.identifier)@\($0.edition)" }.joined(separator: ", ")
        throw StoreError.refused("\(framework) means \(found.count) frameworks: \(names)")
      }
      let position = try RequirementPosition(framework: row.id, reference: reference)
        .fetch(in: db, context)
      guard let position else { return nil }
      return try db.row(
        "SELECT id FROM requirement WHERE framework = ? AND position = ?",
        [row.id, position]
      ).map { Subject(.requirement, try $0.number(0)) }
    }
  }
}

extension RecordNames: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [String] {
    try subjects.map { try LinkRecord.end($0, in: db).name }
  }
}
