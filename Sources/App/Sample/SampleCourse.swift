internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// One mailing of the sample as it goes on: a step at a time, through the same changes and jobs as
/// everybody's.
struct SampleCourse {
  /// Something that happens at a time.
  typealias Step = SampleAudits.Step

  /// The mailing's name, by which it is found.
  let title: String
  /// Who does what no other officer does.
  let officer: SampleOfficer
  private(set) var steps: [Step] = []

  init(title: String, officer: SampleOfficer) { (self.title, self.officer) = (title, officer) }

  /// Opens it for the incident whose title has a word.
  mutating func open(_ word: String, _ facts: MailingFacts, _ at: Instant) {
    let officer = officer
    steps.append(
      Step(at: at) { desk in
        guard let incident = desk.incident(word) else { return }
        try await desk.apply([OpenMailing(incident: incident, facts: facts)], officer, at)
      }
    )
  }

  /// Does something with the mailing.
  mutating func act(
    _ at: Instant,
    as officer: SampleOfficer? = nil,
    _ body: @escaping @Sendable (SampleDesk, Mailing, SampleOfficer) async throws -> Void
  ) {
    let (title, officer) = (title, officer ?? self.officer)
    steps.append(
      Step(at: at) { desk in
        guard let mailing = try await desk.mailing(title) else { return }
        try await body(desk, mailing, officer)
      }
    )
  }

  /// Performs a job on it.
  mutating func add<J: Job>(_ at: Instant, _ job: @escaping @Sendable (Mailing) -> J) {
    act(at) { desk, mailing, officer in try await desk.perform(job(mailing), officer, at) }
  }

  // MARK: People

  /// Brings people in.
  mutating func list(
    _ groups: [SamplePeople.Group],
    seed: UInt64,
    _ categories: String,
    _ at: Instant,
    from number: Int
  ) {
    add(at) { mailing in
      RecipientIntake(
        into: mailing.id,
        from: SamplePeople(groups, seed: seed, categories: categories, from: number)
      )
    }
  }

  /// Takes those of some numbers who stand somewhere to a state.
  mutating func move(
    _ numbers: some Sequence<Int>,
    from state: RecipientState,
    _ step: RecipientStep,
    _ at: Instant
  ) {
    let wanted = Set(numbers.map(Int64.init))
    act(at) { desk, mailing, officer in
      let numbers = try await desk.numbers(of: mailing, [state]).filter { wanted.contains($0) }
      try await desk.perform(
        RecipientMove(of: mailing.id, numbers: numbers, to: step),
        officer,
        at
      )
    }
  }

  // MARK: Texts

  /// Writes the texts that are told.
  mutating func write(_ texts: [SampleText], _ at: Instant) {
    act(at) { desk, mailing, officer in
      try await desk.apply(
        texts.map { AddNoticeText(mailing: mailing.id, facts: $0.facts) },
        officer,
        at
      )
    }
  }

  /// Says of each thing that laws want how it stands in the texts.
  mutating func confirm(_ texts: [SampleText], _ at: Instant) {
    act(at) { desk, mailing, officer in
      let written = try await desk.ask(MailingTexts(mailing: mailing.id))
      let changes = zip(written, texts).flatMap { written, text in
        text.verdicts.map { verdict in
          ConfirmNotice(
            id: written.id,
            version: written.version,
            content: verdict.content,
            item: verdict.item,
            verdict: verdict.reason.isEmpty ? .holds : .notApplicable,
            reason: verdict.reason
          )
        }
      }
      try await desk.apply(changes, officer, at)
    }
  }

  /// Puts the texts up; a second officer sees them and consents, and those whom they cover are approved.
  mutating func approve(
    _ texts: [SampleText],
    _ at: Instant,
    then second: SampleOfficer,
    _ consent: Instant
  ) {
    act(at) { desk, mailing, officer in
      let date = CivilTime(at).isoDate
      let draft = try await desk.ask(EditionDraft(mailing: mailing.id, date: date))
      let change = ProposeEdition(
        mailing: mailing.id,
        date: date,
        digest: draft.digest,
        checks: texts.enumerated().flatMap { $1.checks("T\($0 + 1).1") }
      )
      try await desk.apply([change], officer, at)
    }
    act(consent, as: second) { desk, mailing, officer in
      guard
        let edition = try await desk.ask(MailingEditions(mailing: mailing.id))
          .first(where: { $0.end == nil })
      else { return }
      let change = ApproveEdition(
        id: edition.id,
        basedOn: edition.version,
        digest: edition.digest
      )
      try await desk.apply([change], officer, consent)
      let needs = NoticeDesk.needs(of: edition)
      try await desk.perform(EditionRelease(edition: edition.id, needs: needs), officer, consent)
    }
  }

  // MARK: Sending

  /// Says how e-mails are sent.
  mutating func plan(_ at: Instant) {
    var plan = SendingPlan()
    plan.sender = "security@lindgren-vale.example"
    plan.senderName = SampleCompany.name
    plan.returnPath = "bounces@lindgren-vale.example"
    plan.perMinute = 300
    plan.quiet = QuietHours("21:00-08:00")
    plan.zone = .named("Europe/Berlin")
    act(at) { [plan] desk, mailing, officer in
      let change = SetSendingPlan(id: mailing.id, basedOn: nil, plan: plan)
      try await desk.apply([change], officer, at)
    }
  }

  /// Queues all who are approved and hands their e-mails over, each with the text of the jurisdiction.
  mutating func tell(_ texts: KeyValuePairs<String, String>, _ queued: Instant, _ told: Instant) {
    for (place, text) in texts {
      for (from, to, at) in [
        (RecipientState.approved, RecipientState.queued, queued), (.queued, .handedOver, told),
      ] {
        add(at) {
          RecipientMove(
            of: $0.id,
            LedgerFilter(states: [from], jurisdictions: [place]),
            to: RecipientStep(to: to, channel: .email, text: text)
          )
        }
      }
    }
  }

  /// Queues those of some numbers who are approved, and sends to all who are queued.
  mutating func send(_ numbers: some Sequence<Int>, _ queued: Instant, _ sent: Instant) {
    move(
      numbers,
      from: .approved,
      RecipientStep(to: .queued, channel: .email, cause: "approved, waits for its e-mail"),
      queued
    )
    act(sent) { desk, mailing, officer in
      try await SampleSending.send(mailing, desk, officer, sent)
    }
  }

  // MARK: What comes back

  /// Takes mails in that came back of some numbers.
  mutating func bounce(
    _ numbers: some Sequence<Int>,
    _ kind: BounceKind,
    _ reason: BounceReason,
    _ status: MailStatus?,
    _ at: Instant
  ) {
    let numbers = numbers.map(Int64.init)
    act(at) { desk, mailing, officer in
      let source = SampleBounces()
      for number in numbers {
        let sent = try await desk.ask(RecipientDeliveries(mailing: mailing.id, number: number))
        guard let id = sent.last?.messageID else { continue }
        source.add(id, kind, reason, status)
      }
      try await desk.perform(BounceIntake(into: mailing.id, from: source), officer, at)
    }
  }

  /// Takes those who came back to the next channel, by the rule.
  mutating func retry(_ at: Instant) { add(at) { MailingRetry(of: $0.id) } }

  /// Hands those who wait for a channel over, as a batch of files that nobody keeps.
  mutating func export(_ channel: MailingChannel, _ reason: String, _ at: Instant) {
    act(at) { desk, mailing, officer in
      let folder = desk.path + ".batch"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      var order = BatchDesk.Order(over: channel, into: folder, reason: reason)
      order.isRegistered = channel == .post
      try await desk.with(officer, at) { store in
        _ = try await BatchDesk(store: store, origin: "sample")
          .export(order, of: mailing) { _ in true }
      }
    }
  }

  /// Takes in what became of those of a batch: of the first so many of some numbers that nobody has
  /// heard of yet, or of all of them.
  mutating func returns(
    _ outcome: ReturnOutcome,
    of numbers: [Int],
    first count: Int = .max,
    _ at: Instant
  ) {
    let wanted = Set(numbers.map(Int64.init))
    act(at) { desk, mailing, officer in
      let open = try await desk.numbers(of: mailing, [.handedOver]).filter { wanted.contains($0) }
      let source = SampleReturns(open.prefix(count).map { ($0, outcome) })
      try await desk.perform(ReturnIntake(into: mailing.id, from: source), officer, at)
    }
  }
}
