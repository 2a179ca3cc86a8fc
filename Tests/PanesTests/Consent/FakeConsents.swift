import Drawing

@testable import Model
@testable import Panes

/// Consents in memory that answer as the store does.
struct FakeConsents {
  var records: [ConsentRecord]
  var asked = 0
  var performed: [String] = []

  /// So many people: every fifth withdrew, every third under the text that is wrong.
  init(_ count: Int) {
    records = (1...Int64(max(1, count))).prefix(count).map { number in
      ConsentRecord(
        purpose: 1,
        number: number,
        state: number % 5 == 0 ? .withdrawn : .given,
        standing: number % 7 == 0 ? .superseded : .current,
        channel: number % 2 == 0 ? "web" : "",
        version: number % 3 == 0 ? 1 : 2,
        at: DutyFixture.now - .seconds(number % 700 * 86_400),
        subject: ConsentSubject(
          reference: "ada\(number)@example.org",
          when: "2025-01-01",
          zone: "UTC",
          source: "form"
        ).masked
      )
    }
  }

  static func purpose(_ id: RecordID, _ slug: String, _ name: String) -> ConsentPurpose {
    ConsentPurpose(
      id: id,
      reference: "PUR-000\(id)",
      version: 1,
      facts: PurposeFacts(slug: slug, name: name, text: "Write of offers", activity: "ACT-0003"),
      openedAt: DutyFixture.now,
      updatedAt: DutyFixture.now,
      isRemoved: false
    )
  }

  static func version(_ id: RecordID, _ label: String) -> ConsentVersion {
    var facts = ConsentVersionFacts(
      purpose: "PUR-0001",
      label: label,
      language: "en",
      text: "Yes, write to me.",
      from: StatedTime(year: 2024, month: 2, day: 1) ?? StatedTime(DutyFixture.now)
    )
    if id == 1 { (facts.flaw, facts.flawNote) = (.wrong, "opens were counted") }
    return ConsentVersion(
      id: id,
      reference: "CNV-000\(id)",
      version: 1,
      facts: facts,
      openedAt: DutyFixture.now,
      updatedAt: DutyFixture.now,
      isRemoved: false
    )
  }

  var rows: [PurposeRow] {
    var counts: [ConsentTally: Int] = [:]
    for record in records {
      let kind = ConsentTally(
        purpose: 1,
        standing: record.standing,
        state: record.state,
        channel: record.channel,
        version: record.version,
        count: 0
      )
      counts[kind, default: 0] += 1
    }
    let tallies = counts.map { kind, count in
      var tally = kind
      tally.count = count
      return tally
    }
    return [
      PurposeRow(
        purpose: Self.purpose(1, "newsletter", "Newsletter"),
        versions: [Self.version(1, "2024-1"), Self.version(2, "2025-1")],
        tallies: tallies
      ),
      PurposeRow(purpose: Self.purpose(2, "sizing", "Sizing advice"), versions: [], tallies: []),
    ]
  }

  func passing(_ filter: ConsentFilter) -> [ConsentRecord] {
    let row = rows[0]
    return records.filter { record in
      let tally = ConsentTally(
        purpose: 1,
        standing: record.standing,
        state: record.state,
        channel: record.channel,
        version: record.version,
        count: 1
      )
      return filter.passes(tally, row.version(record.version)?.facts)
    }
  }

  /// What the store would answer.
  func answer(_ page: ConsentPage) -> ConsentPage.Answer {
    guard page.purpose == 1 else { return ConsentPage.Answer(rows: [], total: 0) }
    let all = passing(page.filter)
    let rows: [ConsentRecord]
    switch page.place {
    case .first: rows = Array(all.prefix(page.count))
    case .last: rows = Array(all.suffix(page.count))
    case .after(let number): rows = Array(all.filter { $0.number > number }.prefix(page.count))
    case .before(let number): rows = Array(all.filter { $0.number < number }.suffix(page.count))
    case .at(let position):
      let place = max(0, min(position, all.count - 1))
      let first = Int64(place * records.count / max(1, all.count)) + 1
      rows = Array(all.filter { $0.number >= first }.prefix(page.count))
    }
    return ConsentPage.Answer(rows: rows, total: all.count)
  }

  /// Sends an action, answers what is asked, and says what else was wanted.
  @discardableResult
  mutating func send(
    _ action: ConsentTab.Action,
    _ state: inout ConsentTab.State,
    _ context: PaneContext
  ) async -> [Effect<ConsentTab.Action>] {
    var others: [Effect<ConsentTab.Action>] = []
    var waiting = ConsentTab.reduce(&state, action, context)
    while let effect = waiting.first {
      waiting.removeFirst()
      guard case .ask(let asking) = effect else {
        others.append(effect)
        continue
      }
      asked += 1
      waiting += ConsentTab.reduce(&state, await asking.run(FakeStore(consents: self)), context)
    }
    return others
  }
}

/// A store that knows consents and nothing else.
private struct FakeStore: Store {
  let consents: FakeConsents

  func apply(_ changes: [any Change], origin: String) async throws -> [Receipt] { [] }

  func answer<Q: Question>(_ question: Q) async throws -> Q.Answer {
    let answer: any Sendable =
      switch question {
      case let page as ConsentPage: consents.answer(page)
      case is ConsentBoard: consents.rows
      case let find as FindConsents:
        consents.records.filter { find.reference == "ada\($0.number)@example.org" }
      default: throw StoreError.refused("not known here")
      }
    guard let answer = answer as? Q.Answer else { throw StoreError.refused("not known here") }
    return answer
  }

  func perform<J: Job>(
    _ job: J,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> J.Outcome {
    throw StoreError.refused("not known here")
  }

  func undo(_ entries: [JournalSequence], origin: String) async throws -> [Receipt] { [] }
}
