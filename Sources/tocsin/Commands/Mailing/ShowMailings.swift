internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin mailing list`.
struct ListMailings: HeadlessCommand {
  static let origin = "mailing list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List mailings, newest first."
  )

  @Option(help: "Only those of this incident.") var incident: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var id: RecordID?
    if let incident { id = try await session.incident(incident, in: store).id }
    let page = try await store.answer(
      MailingList(incident: id, window: RowWindow(start: 0, count: 10_000))
    )
    if format.json {
      try session.out.json(
        .members([
          "total": .count(page.total), "mailings": .array(page.rows.map { .mailing($0) }),
        ])
      )
      return .done
    }
    guard !page.rows.isEmpty else { return .done }
    let rows: [[Words]] = page.rows.map { mailing in
      [
        "\(mailing.reference)", "\(mailing.incidentReference)",
        mailing.isHeld
          ? "HELD" : mailing.hasUnfinishedImport ? "INCOMPLETE" : "\(mailing.state.rawValue)",
        "\(mailing.recipients)", "\(mailing.facts.name)",
      ]
    }
    let titles: [Words] = ["MAILING", "INCIDENT", "STATE", "RECIPIENTS", "NAME"]
    for line in Table(titles: titles, rows: rows, right: [3]).lines(rows) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin mailing show`.
struct ShowMailing: HeadlessCommand {
  static let origin = "mailing show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a mailing, or with --recipient what happened in the telling of one person."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "The number of a recipient.") var recipient: Int64?
  @OptionGroup var revealing: RevealOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    if let recipient { return try await person(recipient, mailing, store, session) }
    if format.json {
      try session.out.json(.mailing(mailing))
      return .done
    }
    let facts = mailing.facts
    try session.out.line("\(mailing.reference)  \(facts.name)")
    try session.out.line("incident: \(mailing.incidentReference)")
    try session.out.line("state: \(mailing.state.rawValue)")
    try session.out.line("channels: \(facts.channels.map(\.label).joined(separator: ", "))")
    if !facts.obligations.isEmpty {
      try session.out.line("fulfils: \(facts.obligations.joined(separator: ", "))")
    }
    if let until = facts.keepUntil { try session.out.line("kept until: \(until.plainWithZone)") }
    try session.out.line("recipients: \(mailing.recipients)")
    if let erasedAt = mailing.erasedAt { try session.out.line("erased: \(erasedAt.words)") }
    if mailing.hasUnfinishedImport { try session.out.line(Self.unfinished) }
    for hold in try await store.answer(MailingHolds(of: mailing.id)) {
      for line in HoldWords.lines(hold) { try session.out.line(line) }
    }
    if mailing.erasedAt == nil,
      let order = try await store.answer(ErasureOutlook(of: mailing.id)).order
    {
      try session.out.line(
        "to be erased: \(order.by) ordered it \(order.at.words); another account must erase it"
      )
    }
    return .done
  }

  /// What stands wherever somebody could take a part of the people for all of them.
  static let unfinished: Words =
    "INCOMPLETE: an import broke off; import the same file again to go on with it"

  private func person(
    _ number: Int64,
    _ mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let page = try await store.answer(
      LedgerPage(mailing: mailing.id, place: .after(number - 1), count: 1)
    )
    guard page.rows.first?.number == number else {
      throw Refusal("\(mailing.reference) has no recipient \(number)")
    }
    let people = try await revealing.revealed(page.rows, of: mailing, store, session)
    let events = try await store.answer(RecipientHistory(mailing: mailing.id, number: number))
    let bounces = try await store.answer(RecipientBounces(mailing: mailing.id, number: number))
    let returns = try await store.answer(RecipientReturns(mailing: mailing.id, number: number))
    guard let person = people.first else { return .failed }
    if format.json {
      try session.out.json(
        .members([
          "recipient": .recipient(person),
          "events": .array(
            events.map { event in
              .members([
                "at": .instant(event.at), "by": .string(event.by),
                "before": event.before.map { .string($0.rawValue) } ?? .null,
                "after": .string(event.after.rawValue),
                "channel": event.channel.map { .string($0.rawValue) } ?? .null,
                "text": .string(event.text), "cause": .string(event.cause),
              ])
            }
          ), "bounces": .array(bounces.map { .bounce($0) }),
          "returns": .array(
            returns.map { note in
              .members([
                "at": .instant(note.at), "by": .string(note.by), "batch": .integer(note.batch),
                "channel": .string(note.channel.rawValue),
                "outcome": .string(note.outcome.rawValue),
              ])
            }
          ),
        ])
      )
      return .done
    }
    for line in RecipientWords.lines([person]) { try session.out.line(line) }
    if let contact = person.contact {
      if !contact.address.isEmpty { try session.out.line("address: \(contact.address)") }
      if !contact.categories.isEmpty { try session.out.line("data: \(contact.categories)") }
      if !contact.offer.isEmpty { try session.out.line("offer: \(contact.offer)") }
    }
    try session.out.line()
    for event in events {
      let channel: Words = event.channel.map { ", \($0.label)" } ?? ""
      let text: Words = event.text.isEmpty ? "" : ", text \(event.text)"
      let cause: Words = event.cause.isEmpty ? "" : ": \(event.cause)"
      try session.out.line(
        "\(event.at.words)  \(event.after.label)\(channel)\(text)\(cause) (\(event.by))"
      )
    }
    if !bounces.isEmpty { try session.out.line() }
    for note in bounces {
      let status: Words = note.status.isEmpty ? "" : " (\(note.status))"
      try session.out.line(
        "\(note.at.words)  came back: \(note.kind.label), \(note.reason.label)\(status), "
          + "by \(note.match.label)"
      )
    }
    if !returns.isEmpty { try session.out.line() }
    for note in returns {
      try session.out.line(
        "\(note.at.words)  return of batch \(note.batch), \(note.channel.label): "
          + "\(note.outcome.label) (\(note.by))"
      )
    }
    return .done
  }
}

/// The command `tocsin mailing status`.
struct MailingStatusCommand: HeadlessCommand {
  static let origin = "mailing status"
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show who was told and who was not, by state and jurisdiction.",
    discussion: """
      Beside it what the incident says: how many are affected there and not listed, or listed and \
      not stated as affected; who has not been told, and how long is left by the clock of the duty to \
      tell the people there. For all of them that is the clock of the duties which the mailing \
      fulfils. Where a clock cannot run, the fact that is missing is named.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let status = try await store.answer(MailingStatus(id: mailing.id))
    let now = session.now
    // Worked out here and now: what the record has may be of before the last fact.
    let rulebook = try session.rulebook(rules)
    let answer = try await session.keeper(store, rulebook).answer(for: mailing.incident)
    let places = TellingPlace.list(
      status,
      NoticeClocks(
        answer?.records(at: now) ?? [],
        fulfilling: mailing.facts.obligations,
        rulebook.pack,
        now: now
      ),
      now: now
    )
    if format.json {
      try session.out.json(MailingStatusCommand.json(status, places, now))
      return .done
    }
    try session.out.line("\(mailing.reference)  \(mailing.facts.name)")
    if mailing.hasUnfinishedImport { try session.out.line(ShowMailing.unfinished) }
    for hold in try await store.answer(MailingHolds(of: mailing.id)) {
      for line in HoldWords.lines(hold) { try session.out.line(line) }
    }
    try session.out.line("\(status.total) recipients")
    for state in RecipientState.allCases {
      let count = status.count([state])
      if count > 0 { try session.out.line("  \(state.label): \(count)") }
    }
    if let all = places.first {
      let least: Words = all.coverage.isAffectedPartial ? "at least " : ""
      let notListed: Words =
        TellingPlace.notListed(in: places).map { "\(least)\($0) not listed" }
        ?? "not known how many are not listed"
      try session.out.line("not told: \(all.coverage.notTold) listed, \(notListed)")
      try session.out.line("time left: \(TimeLeft.words(all, mailing, now))")
    }
    let rows: [[Words]] = places.dropFirst().map { place in
      let row = place.coverage
      let reached = Set(RecipientState.allCases.filter(\.isReached))
      let gap: Words =
        switch row.gap {
        case nil: "not known"
        case 0?: "none"
        case let gap? where gap > 0: "\(gap) not listed"
        case let gap?: "\(-gap) more listed than affected"
        }
      return [
        "\(place.id)", row.affected.map { "\($0)" } ?? "-", "\(row.listed)", "\(row.notTold)",
        "\(row.count(reached))", "\(row.count([.unreachable]))", gap,
        TimeLeft.words(place, mailing, now),
      ]
    }
    guard !rows.isEmpty else { return .done }
    let titles: [Words] = [
      "WHERE", "AFFECTED", "LISTED", "NOT TOLD", "REACHED", "UNREACHABLE", "GAP", "TIME LEFT",
    ]
    try session.out.line()
    for line in Table(titles: titles, rows: rows, right: [1, 2, 3, 4, 5]).lines(rows) {
      try session.out.line(line)
    }
    return .done
  }

  /// How far a mailing is, with each state's name once.
  private static func json(
    _ status: MailingStatus.Answer,
    _ places: [TellingPlace],
    _ now: Instant
  ) -> JSON {
    let all = places.first
    let clocks = Dictionary(places.map { ($0.id, $0) }) { first, _ in first }
    func counts(_ places: some Sequence<(String, Int)>) -> JSON {
      .object(places.reduce(into: JSONObject()) { $0[$1.0] = .count($1.1) })
    }
    func states(in place: String?) -> JSON {
      counts(
        RecipientState.allCases.map { ($0.rawValue, status.count([$0], in: place)) }
          .filter { $0.1 > 0 }
      )
    }
    let reached = Set(RecipientState.allCases.filter(\.isReached))
    var languages: [String: Int] = [:]
    for tally in status.tallies { languages[tally.language, default: 0] += tally.count }
    return .members([
      "mailing": .mailing(status.mailing), "total": .count(status.total),
      "byState": states(in: nil),
      "byJurisdiction": counts(
        status.coverage.filter { $0.listed > 0 }.map { ($0.jurisdiction, $0.listed) }
      ),
      "byLanguage": counts(
        languages.sorted { $0.key < $1.key }.map { ($0.key.isEmpty ? "unknown" : $0.key, $0.value) }
      ),
      "reached": .count(status.count(reached)),
      "notTold": .count(all?.coverage.notTold ?? 0),
      "notListed": TellingPlace.notListed(in: places).map { .integer($0) } ?? .null,
      "affectedPartial": .bool(all?.coverage.isAffectedPartial ?? false),
      "clock": TimeLeft.json(all?.clock, now),
      "coverage": .array(
        status.coverage.map { row in
          .members([
            "jurisdiction": .string(row.jurisdiction),
            "affected": row.affected.map { .integer($0) } ?? .null, "listed": .count(row.listed),
            "gap": row.gap.map { .integer($0) } ?? .null, "byState": states(in: row.jurisdiction),
            "notTold": .count(clocks[row.jurisdiction]?.coverage.notTold ?? 0),
            "notListed": clocks[row.jurisdiction]?.coverage.notListed.map { .integer($0) } ?? .null,
            "clock": TimeLeft.json(clocks[row.jurisdiction]?.clock, now),
          ])
        }
      ),
    ])
  }
}

extension JSON {
  /// What is kept of a mail that came back.
  static func bounce(_ note: BounceNote) -> JSON {
    .members([
      "at": .instant(note.at), "kind": .string(note.kind.rawValue),
      "reason": .string(note.reason.rawValue), "status": .string(note.status),
      "matched_by": .string(note.match.rawValue), "outcome": .string(note.outcome.word),
    ])
  }
}
