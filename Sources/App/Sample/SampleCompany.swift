public import Model
internal import Storage
internal import Synchronization

/// The sample company: an invented retailer with customers in six countries of the EU, the United
/// Kingdom and twelve states of the USA.
///
/// Forty incidents, two audits, four mailings, eight activities and as many requests, and staff with
/// training and phishing exercises, with their histories, made through the same changes as everything
/// else, each at its own time before the present that is given. The same present gives the same content.
public enum SampleCompany {
  /// Its name.
  public static let name = "Lindgren & Vale"

  /// Writes the sample into a store that must not exist yet.
  ///
  /// - Parameters:
  ///   - path: Where the store is to be made.
  ///   - now: The present of which the newest breach is nine hours old.
  ///   - rulebook: The folder of the shipped rulebook, whose checklists are audited by;
  ///     without one there are no audits.
  /// - Throws: `StoreError`, or what is wrong with a checklist.
  public static func write(to path: String, now: Instant, rulebook: String?) async throws {
    var random = SplitMix64(seed: 0x70C5_14)
    let histories = SampleIncidents.all
      .map { SampleHistory(of: $0, now: now, &random) }
      .sorted { $0.openedAt < $1.openedAt }
    let desk = try SampleDesk(path: path, seed: random.next())
    defer { desk.close() }
    // Everything happens in the order of time, as it would have.
    var numbers = [RecordID?](repeating: nil, count: histories.count)
    var events: [(at: Instant, history: Int, step: Int)] = []
    for (index, history) in histories.enumerated() {
      events.append((history.openedAt, index, -1))
      for (step, done) in history.steps.enumerated() {
        events.append((max(done.at, history.openedAt), index, step))
      }
    }
    events.sort { ($0.at, $0.history, $0.step) < ($1.at, $1.history, $1.step) }
    let audits = SampleAudits.steps(
      try rulebook.map { try SampleAudits.checklists(in: $0) } ?? [],
      now: now
    )
    // What is filled into texts stands before they are approved.
    if let first = events.first?.at {
      let organisation = SampleDuties.organisation
      try await desk.apply(
        [SetOrganisation(basedOn: nil, organisation: organisation)],
        .mira,
        first - .seconds(3600)
      )
    }
    let mailings = SampleMailings.steps(now: now)
    let privacy = try SamplePrivacy.steps(now: now, rulebook: rulebook)
    let staff = SampleStaff.steps(now: now)
    let statements = SampleStatements.steps(now: now)
    let verified = SampleVerification.steps(now: now)
    var others = (audits + mailings + privacy + staff + statements + verified).enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)[...]
    for event in events {
      while let step = others.first, step.at <= event.at {
        try await step.act(desk)
        others.removeFirst()
      }
      let history = histories[event.history]
      if event.step < 0 {
        let receipt = try await desk.apply([history.opening], history.opener, event.at).first
        numbers[event.history] = receipt?.subject.id
        desk.note(history.opening.facts.title, receipt?.subject.id)
      } else if let number = numbers[event.history] {
        let step = history.steps[event.step]
        try await desk.apply(step.changes(number), step.officer, event.at)
      }
    }
    for step in others { try await step.act(desk) }
    try await link(numbers.compactMap(\.self), histories, desk, now)
    try await SampleDuties.write(numbers.compactMap(\.self), histories, now) {
      try await desk.apply($0, .mira, $1)
    }
  }

  /// Ties together what belongs together.
  private static func link(
    _ numbers: [RecordID],
    _ histories: [SampleHistory],
    _ desk: SampleDesk,
    _ now: Instant
  ) async throws {
    func number(_ word: String) -> RecordID? {
      histories.firstIndex { $0.opening.facts.title.contains(word) }.map { numbers[$0] }
    }
    guard let first = number("Phishing mail"), let second = number("Supplier mailbox"),
      let breach = number("staging API"), let hole = number("image service")
    else { return }
    let links = [
      RecordLink(
        from: Subject(.incident, first),
        to: Subject(.incident, second),
        relation: "same sender"
      ),
      RecordLink(
        from: Subject(.incident, breach),
        to: Subject(.incident, hole),
        relation: "same network"
      ),
    ]
    try await desk.apply(links.map { AddLink($0) }, .mira, now - .seconds(60))
  }
}

/// The officers of the sample at their desks: one store for each, all on one file and one clock.
struct SampleDesk: Sendable {
  private let clock: SampleClock
  /// Where the store is.
  let path: String
  private let stores: [SQLiteStore]
  private let incidents = Incidents()

  /// The incidents by their titles as they were opened.
  private final class Incidents: Sendable {
    let numbers = Mutex<[String: RecordID]>([:])
  }

  init(path: String, seed: UInt64) throws {
    let clock = SampleClock(seed: seed)
    (self.clock, self.path) = (clock, path)
    stores = try SampleOfficer.allCases.map { officer in
      try SQLiteStore(
        path: path,
        options: .init(
          now: { clock.now },
          actor: officer.account,
          randomBytes: { clock.bytes($0) }
        )
      )
    }
  }

  @discardableResult
  func apply(_ changes: [any Change], _ officer: SampleOfficer, _ at: Instant) async throws
    -> [Receipt]
  {
    clock.now = at
    return try await stores[officer.rawValue].apply(changes, origin: "sample")
  }

  /// Performs a job.
  @discardableResult
  func perform<J: Job>(_ job: J, _ officer: SampleOfficer, _ at: Instant) async throws
    -> J.Outcome
  {
    clock.now = at
    return try await stores[officer.rawValue].perform(job, origin: "sample")
  }

  /// Gives an officer's store to what commands and dashboard share.
  func with(
    _ officer: SampleOfficer,
    _ at: Instant,
    _ body: (any Store) async throws -> Void
  ) async throws {
    clock.now = at
    try await body(stores[officer.rawValue])
  }

  /// The numbers of those of a mailing who stand somewhere, in order.
  func numbers(of mailing: Mailing, _ states: Set<RecipientState>) async throws -> [Int64] {
    let page = LedgerPage(
      mailing: mailing.id,
      filter: LedgerFilter(states: states),
      place: .first,
      count: mailing.recipients
    )
    return try await ask(page).rows.map(\.number)
  }

  /// Keeps the number of an incident.
  func note(_ title: String, _ number: RecordID?) {
    incidents.numbers.withLock { $0[title] = number }
  }

  /// The incident whose title has a word.
  func incident(_ word: String) -> RecordID? {
    incidents.numbers.withLock { $0.first { $0.key.contains(word) }?.value }
  }

  /// The mailing of a name.
  func mailing(_ name: String) async throws -> Mailing? {
    try await ask(MailingList(window: RowWindow(start: 0, count: 50))).rows
      .first { $0.facts.name == name }
  }

  /// Asks the record.
  func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
    try await stores[0].answer(question)
  }

  func close() {
    for store in stores { try? store.close() }
  }
}

/// The sample's clock, and what it uses for salt: the same each time.
private final class SampleClock: Sendable {
  private let present = Mutex(Instant(milliseconds: 0))
  private let random: Mutex<SplitMix64>

  init(seed: UInt64) { random = Mutex(SplitMix64(seed: seed)) }

  var now: Instant {
    get { present.withLock { $0 } }
    set { present.withLock { $0 = newValue } }
  }

  func bytes(_ count: Int) -> [UInt8] {
    random.withLock { random in
      (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
  }
}
