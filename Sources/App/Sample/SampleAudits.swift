internal import Exchange
internal import Foundation
internal import Model

/// The sample's audits of the duties of a controller: last year's, signed, and this year's, half done;
/// with the findings that came of them.
struct SampleAudits {
  /// Something that happens at a time.
  struct Step {
    var at: Instant
    var act: (SampleDesk) async throws -> Void
  }

  /// The checklists that Tocsin ships, by name.
  static func checklists(in rulebook: String) throws -> [Framework] {
    let names = ["gdpr-controller", "breach-readiness", "customer-data-baseline"]
    return try names.map { name in
      let path = "\(rulebook)/Frameworks/\(name).yaml"
      let bytes = try Data(contentsOf: URL(filePath: path))
      return try ChecklistReader.read([UInt8](bytes), path: path)
    }
  }

  /// What was found out about a requirement; all others of the audit conform.
  private struct Answer {
    var reference: String
    var result: AuditResult
    var grade: AuditGrade?
    var text: String
  }

  private static let lastYear: [Answer] = [
    Answer(
      reference: "1.5",
      result: .doesNotConform,
      grade: .major,
      text: "Orders of 2011 are still in the warehouse; no job deletes anything."
    ),
    Answer(
      reference: "2.3",
      result: .notApplicable,
      text: "The shops do not sell to children and ask for an age."
    ),
    Answer(
      reference: "3.3",
      result: .partly,
      grade: .minor,
      text: "Three of twenty requests were answered in the fifth week."
    ),
    Answer(reference: "3.6", result: .doesNotConform, text: "No system can mark data."),
    Answer(
      reference: "4.3",
      result: .notApplicable,
      text: "The controller sits in Germany."
    ),
    Answer(
      reference: "4.4",
      result: .partly,
      grade: .minor,
      text: "Two of thirty contracts miss the list of sub-processors."
    ),
    Answer(
      reference: "4.6",
      result: .partly,
      text: "The record knows nothing of the loyalty app."
    ),
    Answer(
      reference: "6.4",
      result: .doesNotConform,
      grade: .major,
      text: "The last test of a restore was in 2023."
    ),
    Answer(reference: "6.8", result: .conforms, text: "Compared with twelve tickets."),
    Answer(
      reference: "7.3",
      result: .partly,
      text: "One assessment of four names no source."
    ),
  ]

  private static let thisYear: [Answer] = [
    Answer(
      reference: "1.5",
      result: .partly,
      grade: .minor,
      text: "A job deletes orders after ten years; the mail archive has none."
    ),
    Answer(reference: "2.2", result: .partly, text: "Withdrawing takes four clicks more."),
    Answer(
      reference: "2.3",
      result: .notApplicable,
      text: "The shops do not sell to children and ask for an age."
    ),
    Answer(
      reference: "3.5",
      result: .doesNotConform,
      grade: .major,
      text: "A deletion of May came back with the restore of June."
    ),
    Answer(reference: "3.6", result: .conforms, text: "The shop marks data since April."),
    Answer(reference: "4.1", result: .partly, text: "The app shares contacts by default."),
  ]

  /// Last year's findings: title, item, severity, owner.
  private static let oldFindings:
    [(title: String, item: String, severity: Severity, owner: String?)] =
      [
        ("Nothing deletes old orders", "1.5", .high, "Tomas Vale"),
        ("Restores are not tested", "6.4", .medium, "Jonah Okafor"),
        ("Contracts without sub-processors", "4.4", .low, nil),
      ]

  /// All steps in the order of time.
  static func steps(_ checklists: [Framework], now: Instant) -> [Step] {
    guard let gdpr = checklists.first else { return [] }
    func days(_ count: Double) -> Instant { now - .seconds(Int64(count * 86_400)) }
    func day(_ count: Double) -> String { CivilTime(days(count)).isoDate }
    var steps = [
      Step(at: days(399)) { desk in
        for framework in checklists {
          try await desk.apply(
            [AddFramework(framework: framework, format: "checklist")],
            .mira,
            days(399)
          )
        }
      },
      Step(at: days(398)) { desk in
        try await start("GDPR \(day(380).prefix(4))", gdpr, day(745), day(380), days(398), desk)
      },
    ]
    steps.append(
      Step(at: days(390)) { desk in
        try await answer(lastYear, upTo: nil, of: 0, days(390), desk)
        try await found(days(389), now, desk)
      }
    )
    steps.append(
      Step(at: days(372)) { desk in
        guard let row = try await desk.ask(AuditList()).first,
          let details = try await desk.ask(AuditDetails(row.audit.reference))
        else { return }
        try await desk.apply(
          [SignAudit(id: row.id, basedOn: row.audit.version, digest: details.digest)],
          .sanne,
          days(372)
        )
      }
    )
    steps.append(
      Step(at: days(30)) { desk in
        try await start("GDPR \(day(15).prefix(4))", gdpr, day(380), day(15), days(30), desk)
      }
    )
    steps.append(
      Step(at: days(12)) { desk in
        try await answer(thisYear, upTo: "4.2", of: 1, days(12), desk)
        let items = try await items(of: 1, desk)
        let facts = FindingFacts(
          title: "Deleted data comes back with a restore",
          text: "The restore of June brought a deleted customer back; nobody deletes again.",
          severity: .high,
          grade: .major,
          owner: "Jonah Okafor",
          actions: [
            CorrectiveAction(title: "Delete again after each restore", owner: "Jonah Okafor")
          ]
        )
        let item = items["3.5"]?.id ?? 0
        try await desk.apply(
          [OpenFinding(facts: facts, item: Subject(.auditItem, item))],
          .ines,
          days(11)
        )
      }
    )
    return steps
  }

  private static func start(
    _ title: String,
    _ framework: Framework,
    _ from: String,
    _ until: String,
    _ at: Instant,
    _ desk: SampleDesk
  ) async throws {
    let frameworks = try await desk.ask(FrameworkList())
    guard let row = frameworks.first(where: { $0.identifier == framework.identifier }) else {
      return
    }
    let facts = AuditFacts(
      title: title,
      scope: "All shops, the app and the warehouse",
      from: from,
      until: until,
      auditor: SampleOfficer.ines.name,
      reviewers: [SampleOfficer.sanne.name],
      months: 12
    )
    let previous = try await desk.ask(AuditList()).first?.id
    try await desk.apply(
      [StartAudit(framework: row.id, facts: facts, previous: previous)],
      .ines,
      at
    )
  }

  /// The items of an audit, the oldest being 0, by reference.
  private static func items(of number: Int, _ desk: SampleDesk) async throws
    -> [String: AuditTreeRow.Item]
  {
    let audits = try await desk.ask(AuditList()).reversed().map(\.id)
    guard audits.indices.contains(number) else { return [:] }
    let tree = AuditTree(audit: audits[number], window: RowWindow(start: 0, count: 1000))
    let rows = try await desk.ask(tree).rows
    return Dictionary(
      rows.compactMap { row in row.item.map { (row.reference, $0) } }
    ) { first, _ in first }
  }

  private static func answer(
    _ answers: [Answer],
    upTo last: String?,
    of number: Int,
    _ at: Instant,
    _ desk: SampleDesk
  ) async throws {
    let items = try await items(of: number, desk)
    let order = items.keys.sorted { $0.localizedStandardCompare($1) == .orderedAscending }
    for reference in order {
      guard let item = items[reference] else { continue }
      let given = answers.first { $0.reference == reference }
      var edits: [AuditItemEdit] = [.result(given?.result ?? .conforms)]
      if let given {
        edits += given.result == .notApplicable ? [.reason(given.text)] : [.observation(given.text)]
        if let grade = given.grade { edits.append(.grade(grade)) }
      }
      edits.append(.work(last == nil ? .done : .inReview))
      try await desk.apply(
        [AnswerItem(id: item.id, basedOn: item.version, edits: edits)],
        .ines,
        at
      )
      if reference == last { break }
    }
  }

  private static func found(_ at: Instant, _ now: Instant, _ desk: SampleDesk) async throws {
    let items = try await items(of: 0, desk)
    var made: [RecordID] = []
    for finding in oldFindings {
      guard let item = items[finding.item] else { continue }
      let facts = FindingFacts(
        title: finding.title,
        severity: finding.severity,
        grade: finding.severity == .high ? .major : .minor,
        owner: finding.owner
      )
      let receipts = try await desk.apply(
        [OpenFinding(facts: facts, item: Subject(.auditItem, item.id))],
        .ines,
        at
      )
      made += receipts.map(\.subject.id)
    }
    guard made.count == 3 else { return }
    // The first was mended and closed, the second is late, the third was accepted for a time.
    func move(_ id: RecordID, _ version: Version, _ step: FindingStep) -> any Change {
      MoveFinding(id: id, basedOn: version, step: step)
    }
    try await desk.apply(
      [
        move(made[0], 1, .remedy),
        move(made[0], 2, .check(isEffective: true, note: "The oldest order is of 2016.")),
        move(made[0], 3, .close(reason: "")), move(made[1], 1, .begin),
        move(
          made[2],
          1,
          .accept(
            by: SampleOfficer.mira.name,
            reason: "The contracts end next spring.",
            expires: StatedTime(now + .seconds(120 * 86_400))
          )
        ),
      ],
      .sanne,
      at + .seconds(7200)
    )
  }
}
