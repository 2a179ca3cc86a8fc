internal import Model
internal import Storage

/// The sample's mailings: one of last year whose people were erased, one that reached whom it could, one
/// half done, and one whose people are still being listed.
enum SampleMailings {
  /// Something that happens at a time.
  typealias Step = SampleAudits.Step

  /// What happens, by time.
  static func steps(now: Instant) -> [Step] {
    (careers(now) + bucket(now) + payment(now) + breach(now)).sorted { $0.at < $1.at }
  }

  /// One mailing as it goes on.
  private struct Writer {
    var title: String
    var officer: SampleOfficer
    var steps: [Step] = []

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

    /// Takes every so many of some numbers to a state.
    mutating func move(
      _ numbers: some Sequence<Int>,
      _ step: RecipientStep,
      _ at: Instant
    ) {
      let numbers = numbers.map(Int64.init)
      add(at) { RecipientMove(of: $0.id, numbers: numbers, to: step) }
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
        let page = try await desk.ask(
          LedgerPage(
            mailing: mailing.id,
            filter: LedgerFilter(states: [state]),
            place: .first,
            count: mailing.recipients
          )
        )
        let numbers = page.rows.map(\.number).filter { wanted.contains($0) }
        try await desk.perform(
          RecipientMove(of: mailing.id, numbers: numbers, to: step),
          officer,
          at
        )
      }
    }

    /// Takes all who stand somewhere to a state.
    mutating func moveAll(_ from: RecipientState, _ step: RecipientStep, _ at: Instant) {
      add(at) { RecipientMove(of: $0.id, LedgerFilter(states: [from]), to: step) }
    }

    /// Approves all with a text, queues them and hands their e-mails over, at an instant each.
    mutating func tellByMail(
      _ text: String,
      _ approved: Instant,
      _ queued: Instant,
      _ told: Instant
    ) {
      moveAll(.pending, RecipientStep(to: .approved, text: text), approved)
      moveAll(.approved, RecipientStep(to: .queued, channel: .email, text: text), queued)
      moveAll(.queued, RecipientStep(to: .handedOver, channel: .email, text: text), told)
    }

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

    /// Writes the text that is told.
    mutating func write(_ facts: NoticeTextFacts, _ at: Instant) {
      act(at) { desk, mailing, officer in
        try await desk.apply([AddNoticeText(mailing: mailing.id, facts: facts)], officer, at)
      }
    }

    /// Confirms what a law wants of the first text.
    mutating func confirm(_ content: String, _ items: [String], _ at: Instant) {
      act(at) { desk, mailing, officer in
        guard let text = try await desk.ask(MailingTexts(mailing: mailing.id)).first else { return }
        try await desk.apply(
          items.map {
            ConfirmNotice(
              id: text.id,
              version: text.version,
              content: content,
              item: $0,
              verdict: .holds
            )
          },
          officer,
          at
        )
      }
    }

    /// Approves the texts, and those whom they cover.
    mutating func approve(_ checks: [String], _ at: Instant) {
      act(at) { desk, mailing, officer in
        let date = CivilTime(at).isoDate
        let draft = try await desk.ask(EditionDraft(mailing: mailing.id, date: date))
        let change = ProposeEdition(
          mailing: mailing.id,
          date: date,
          digest: draft.digest,
          checks: checks
        )
        guard let edition = try await desk.apply([change], officer, at).first?.subject.id else {
          return
        }
        try await desk.perform(EditionRelease(edition: edition, needs: [:]), officer, at)
      }
    }

    private mutating func act(
      _ at: Instant,
      _ body: @escaping @Sendable (SampleDesk, Mailing, SampleOfficer) async throws -> Void
    ) {
      let (title, officer) = (title, officer)
      steps.append(
        Step(at: at) { desk in
          guard let mailing = try await desk.mailing(title) else { return }
          try await body(desk, mailing, officer)
        }
      )
    }

    mutating func add<J: Job>(_ at: Instant, _ job: @escaping @Sendable (Mailing) -> J) {
      let (title, officer) = (title, officer)
      steps.append(
        Step(at: at) { desk in
          guard let mailing = try await desk.mailing(title) else { return }
          try await desk.perform(job(mailing), officer, at)
        }
      )
    }
  }

  private static func group(_ jurisdiction: String, _ language: String, _ count: Int)
    -> SamplePeople.Group
  {
    SamplePeople.Group(jurisdiction: jurisdiction, language: language, count: count)
  }

  private static func hours(_ hours: Int64, before now: Instant) -> Instant {
    now - .seconds(hours * 3600)
  }

  private static func day(_ instant: Instant) -> StatedTime? {
    let civil = CivilTime(instant)
    return StatedTime(year: civil.year, month: civil.month, day: civil.day)
  }

  private static func careers(_ now: Instant) -> [Step] {
    var writer = Writer(title: "Applicants of two weeks", officer: .sanne)
    func at(_ hour: Int64) -> Instant { hours(8_300 - hour, before: now) }
    writer.open(
      "careers site",
      MailingFacts(
        name: writer.title,
        obligations: ["EU-GDPR-34-DS"],
        channels: [.email, .telephone],
        keepUntil: day(hours(2_100, before: now))
      ),
      at(60)
    )
    writer.list(
      [group("EU-DE", "de", 212), group("EU-FR", "fr", 98), group("US-VA", "en", 17)],
      seed: 41,
      "dob, email, name, phone",
      at(61),
      from: 40_000
    )
    writer.tellByMail("T1.1", at(66), at(67), at(68))
    let bounced = Array(stride(from: 5, through: 327, by: 61))
    writer.move(
      bounced,
      RecipientStep(to: .bouncedHard, channel: .email, cause: "no such mailbox"),
      at(90)
    )
    writer.move(bounced, RecipientStep(to: .queued, channel: .telephone, text: "T1.1"), at(100))
    writer.move(
      stride(from: 3, through: 327, by: 7).filter { !bounced.contains($0) },
      RecipientStep(to: .acknowledged, channel: .email, cause: "answered the mail"),
      at(140)
    )
    writer.move(
      bounced,
      RecipientStep(to: .spokeByPhone, channel: .telephone, text: "T1.1", cause: "called back"),
      at(190)
    )
    let erased = hours(2_040, before: now)
    writer.add(erased) {
      MailingErasure(EraseMailing(id: $0.id, basedOn: $0.version, isOrdered: false))
    }
    return writer.steps
  }

  private static func bucket(_ now: Instant) -> [Step] {
    var writer = Writer(title: "Customers named in the order export", officer: .ines)
    func at(_ hour: Int64) -> Instant { hours(1_050 - hour, before: now) }
    writer.open(
      "public bucket",
      MailingFacts(
        name: writer.title,
        obligations: ["US-CA-IND", "US-WA-IND", "US-CO-IND", "US-IL-IND"],
        channels: [.email, .post],
        keepUntil: day(now + .seconds(400 * 86_400))
      ),
      at(50)
    )
    writer.list(
      [
        group("US-CA", "en", 640), group("US-WA", "en", 212), group("US-CO", "en", 101),
        group("US-IL", "en", 95),
      ],
      seed: 42,
      "name, orders, postal_address",
      at(52),
      from: 20_000
    )
    writer.tellByMail("T1.2", at(70), at(72), at(73))
    let bounced = Array(stride(from: 11, through: 1_048, by: 34))
    writer.move(
      bounced,
      RecipientStep(to: .bouncedHard, channel: .email, cause: "no such mailbox"),
      at(75)
    )
    writer.move(bounced, RecipientStep(to: .queued, channel: .post, text: "T1.2"), at(140))
    writer.move(bounced, RecipientStep(to: .handedOver, channel: .post, text: "T1.2"), at(150))
    writer.move(
      bounced.prefix(24),
      RecipientStep(to: .deliveredByPost, channel: .post, cause: "advice of receipt"),
      at(320)
    )
    writer.move(
      bounced.dropFirst(24),
      RecipientStep(to: .unreachable, channel: .post, cause: "moved, address unknown"),
      at(330)
    )
    writer.move(
      stride(from: 6, through: 1_048, by: 9).filter { !bounced.contains($0) },
      RecipientStep(to: .acknowledged, channel: .email, cause: "followed the link"),
      at(400)
    )
    return writer.steps
  }

  private static func payment(_ now: Instant) -> [Step] {
    var writer = Writer(title: "Clients de la boutique française", officer: .ines)
    func at(_ hour: Int64) -> Instant { hours(hour, before: now) }
    writer.open(
      "Payment page",
      MailingFacts(
        name: writer.title,
        obligations: ["EU-GDPR-34-DS"],
        channels: [.email, .post],
        keepUntil: day(now + .seconds(730 * 86_400))
      ),
      at(40)
    )
    writer.list(
      [group("EU-FR", "fr", 1_346), group("EU-FR", "en", 52)],
      seed: 43,
      "card_number, email, name",
      at(39),
      from: 90_000
    )
    let exempt: Set = [17, 402, 811]
    writer.move(
      exempt,
      RecipientStep(to: .exempt, cause: "a test account of the shop"),
      at(37)
    )
    writer.plan(at(38))
    writer.write(SampleNotices.french, at(36))
    writer.confirm(
      "gdpr-34-2",
      ["nature", "contact", "consequences", "measures", "advice"],
      at(33)
    )
    writer.approve(["T1.1: gdpr-34-2: 5 confirmed"], at(30))
    let (text, told) = ("E1/T1.1", 1...1_278)
    writer.move(
      told,
      from: .approved,
      RecipientStep(to: .queued, channel: .email, text: text),
      at(24)
    )
    writer.moveAll(.queued, RecipientStep(to: .handedOver, channel: .email, text: text), at(23))
    writer.move(
      stride(from: 4, through: 1_278, by: 23),
      from: .handedOver,
      RecipientStep(to: .bouncedHard, channel: .email, cause: "no such mailbox"),
      at(22)
    )
    writer.move(
      stride(from: 9, through: 1_278, by: 56),
      from: .handedOver,
      RecipientStep(to: .bouncedSoft, channel: .email, cause: "mailbox full"),
      at(21)
    )
    writer.move(
      [30, 620],
      from: .handedOver,
      RecipientStep(to: .complaint, channel: .email, cause: "taken for abuse"),
      at(19)
    )
    writer.move(
      stride(from: 10, through: 1_278, by: 14),
      from: .handedOver,
      RecipientStep(to: .acknowledged, channel: .email, cause: "followed the link"),
      at(12)
    )
    return writer.steps
  }

  private static func breach(_ now: Instant) -> [Step] {
    var writer = Writer(title: "Web shop, first pages of the access log", officer: .mira)
    func at(_ hour: Int64) -> Instant { hours(hour, before: now) }
    writer.open(
      "staging API",
      MailingFacts(
        name: writer.title,
        obligations: ["EU-GDPR-34-DS", "US-CA-IND", "US-NY-IND"],
        channels: [.email, .post, .publicNotice]
      ),
      at(4)
    )
    writer.list(
      [
        group("EU-SE", "sv", 1_310), group("GB", "en", 1_044), group("US-CA", "en", 402),
        group("US-OR", "en", 96), group("US-NV", "en", 14),
      ],
      seed: 44,
      "email, name, orders, password_hash, postal_address",
      at(2),
      from: 310_000
    )
    writer.write(SampleNotices.english, at(1))
    return writer.steps
  }
}
