import Drawing

@testable import Model
@testable import Panes

/// A ledger in memory that answers as the store does.
struct FakeLedger {
  var people: [Recipient]
  var asked = 0

  /// So many people: every third of `EU-FR`, every fifth handed over.
  init(_ count: Int) {
    people = (1...Int64(max(1, count))).prefix(count).map { number in
      Recipient(
        mailing: 1,
        number: number,
        state: number % 5 == 0 ? .handedOver : .pending,
        jurisdiction: number % 3 == 0 ? "EU-FR" : "EU-DE",
        language: "de",
        protection: number % 50 == 0 ? .child : .none,
        changedAt: DutyFixture.now - .seconds(number % 7 * 3600),
        contact: RecipientContact([
          "C-\(1000 + number)", "Ada Nr\(number)", "ada\(number)@example.org",
          "+49 30 23125 0\(number)",
          "Weg \(number)", "contact", "",
        ]).masked,
        isRevealed: false
      )
    }
  }

  var mailing: Mailing {
    Mailing(
      id: 1,
      reference: "MLG-2026-0001",
      version: 1,
      incident: 30,
      incidentReference: "INC-2026-0030",
      facts: MailingFacts(
        name: "Customers",
        obligations: ["EU-GDPR-34"],
        channels: [.email, .post]
      ),
      state: .draft,
      recipients: people.count,
      openedAt: DutyFixture.now - .seconds(86_400),
      erasedAt: nil,
      hasUnfinishedImport: false,
      isRemoved: false
    )
  }

  var status: MailingStatus.Answer {
    var counts: [String: [RecipientState: Int]] = [:]
    for person in people {
      counts[person.jurisdiction, default: [:]][person.state, default: 0] += 1
    }
    let tallies = counts.flatMap { place, states in
      states.map {
        MailingStatus.Tally(jurisdiction: place, language: "de", state: $0.key, count: $0.value)
      }
    }.sorted { ($0.jurisdiction, $0.state.code) < ($1.jurisdiction, $1.state.code) }
    return MailingStatus.Answer(
      mailing: mailing,
      tallies: tallies,
      coverage: [
        .init(
          jurisdiction: "EU-DE",
          affected: 900,
          listed: counts["EU-DE"]?.values.reduce(0, +) ?? 0
        ),
        .init(
          jurisdiction: "EU-FR",
          affected: 100,
          listed: counts["EU-FR"]?.values.reduce(0, +) ?? 0
        ),
        .init(jurisdiction: "US-OR", affected: nil, listed: 0),
      ]
    )
  }

  func passing(_ filter: LedgerFilter) -> [Recipient] {
    people.filter { filter.passes($0.state, $0.jurisdiction) }
  }

  /// What the store would answer.
  func answer(_ page: LedgerPage) -> LedgerPage.Answer {
    let all = passing(page.filter)
    let rows: [Recipient]
    switch page.place {
    case .first: rows = Array(all.prefix(page.count))
    case .last: rows = Array(all.suffix(page.count))
    case .after(let number): rows = Array(all.filter { $0.number > number }.prefix(page.count))
    case .before(let number): rows = Array(all.filter { $0.number < number }.suffix(page.count))
    case .at(let position):
      let place = max(0, min(position, all.count - 1))
      let first = Int64(place * people.count / max(1, all.count)) + 1
      rows = Array(all.filter { $0.number >= first }.prefix(page.count))
    }
    return LedgerPage.Answer(rows: rows, total: all.count)
  }

  /// Sends an action, answers what is asked, and says what else was wanted.
  @discardableResult
  mutating func send(
    _ action: LedgerTab.Action,
    _ state: inout LedgerTab.State,
    _ context: PaneContext
  ) async -> [Effect<LedgerTab.Action>] {
    var others: [Effect<LedgerTab.Action>] = []
    var waiting = LedgerTab.reduce(&state, action, context)
    while let effect = waiting.first {
      waiting.removeFirst()
      guard case .ask(let asking) = effect else {
        others.append(effect)
        continue
      }
      asked += 1
      let next = await asking.run(FakeStore(ledger: self))
      waiting += LedgerTab.reduce(&state, next, context)
    }
    return others
  }
}

/// A store that knows a ledger and nothing else.
private struct FakeStore: Store {
  let ledger: FakeLedger

  func apply(_ changes: [any Change], origin: String) async throws -> [Receipt] { [] }

  func answer<Q: Question>(_ question: Q) async throws -> Q.Answer {
    let answer: any Sendable =
      switch question {
      case let page as LedgerPage: ledger.answer(page)
      case is RecipientHistory: [RecipientEvent]()
      case is RecipientBounces: [BounceNote]()
      case is RecipientDeliveries: [Delivery]()
      case let find as FindRecipients:
        ledger.people.filter { find.value == "ada\($0.number)@example.org" }
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
