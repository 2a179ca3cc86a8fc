internal import Model

/// The sample's mailings: one of last year whose people were erased, one that reached whom it could, one
/// half done, and one whose people are still being listed.
///
/// Each went the whole way: people, texts, what laws want of them, two officers' consent, sending, what
/// came back, the next channel. The messages of the newest sending are written and kept by their digests;
/// those of the two before went out before Tocsin sent, and are recorded as told.
enum SampleMailings {
  /// What happens, by time.
  static func steps(now: Instant) -> [SampleCourse.Step] {
    (rule(now) + careers(now) + bucket(now) + payment(now) + breach(now))
      .sorted { $0.at < $1.at }
  }

  /// Two officers consent to whatever is told; tonight one is alone on duty, and the rule rests.
  private static func rule(_ now: Instant) -> [SampleCourse.Step] {
    [(true, hours(8_300, before: now)), (false, hours(29, before: now))].map { isAsked, at in
      SampleCourse.Step(at: at) { desk in
        var organisation = SampleDuties.organisation
        organisation.needsSecondPerson = isAsked
        try await desk.apply(
          [SetOrganisation(basedOn: nil, organisation: organisation)],
          .sanne,
          at
        )
      }
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

  private static let noMailbox = RecipientStep(
    to: .bouncedHard,
    channel: .email,
    cause: "no such mailbox"
  )

  private static func careers(_ now: Instant) -> [SampleCourse.Step] {
    var course = SampleCourse(title: "Applicants of two weeks", officer: .sanne)
    func at(_ hour: Int64) -> Instant { hours(8_300 - hour, before: now) }
    course.open(
      "careers site",
      MailingFacts(
        name: course.title,
        obligations: ["EU-GDPR-34-DS"],
        channels: [.email, .telephone],
        keepUntil: day(hours(2_100, before: now))
      ),
      at(60)
    )
    course.list(
      [
        group("EU-DE", "de", 212).grown, group("EU-FR", "fr", 98).grown,
        group("US-VA", "en", 17).grown,
      ],
      seed: 41,
      "dob, email, name, phone",
      at(61),
      from: 40_000
    )
    course.write(SampleNotices.applicants, at(62))
    course.confirm(SampleNotices.applicants, at(63))
    course.approve(SampleNotices.applicants, at(64), then: .mira, at(66))
    course.tell(["EU-DE": "E1/T1.1", "EU-FR": "E1/T2.1", "US-VA": "E1/T3.1"], at(67), at(68))
    let bounced = Array(stride(from: 5, through: 327, by: 61))
    course.move(bounced, from: .handedOver, noMailbox, at(90))
    course.retry(at(98))
    course.export(.telephone, "Call centre Nord, contract 8", at(100))
    course.move(
      stride(from: 3, through: 327, by: 7).filter { !bounced.contains($0) },
      from: .handedOver,
      RecipientStep(to: .acknowledged, channel: .email, cause: "answered the mail"),
      at(140)
    )
    course.returns(.spoke, of: bounced, at(190))
    let erased = hours(2_040, before: now)
    course.add(erased) {
      MailingErasure(EraseMailing(id: $0.id, basedOn: $0.version, isOrdered: false))
    }
    return course.steps
  }

  private static func bucket(_ now: Instant) -> [SampleCourse.Step] {
    var course = SampleCourse(title: "Customers named in the order export", officer: .ines)
    func at(_ hour: Int64) -> Instant { hours(1_050 - hour, before: now) }
    course.open(
      "public bucket",
      MailingFacts(
        name: course.title,
        obligations: ["US-CA-IND", "US-WA-IND", "US-CO-IND", "US-IL-IND"],
        channels: [.email, .post],
        keepUntil: day(now + .seconds(400 * 86_400))
      ),
      at(50)
    )
    course.list(
      [
        group("US-CA", "en", 640).grown, group("US-WA", "en", 212).grown,
        group("US-CO", "en", 101).grown, group("US-IL", "en", 95).grown,
      ],
      seed: 42,
      "name, orders, postal_address",
      at(52),
      from: 20_000
    )
    course.write(SampleNotices.customers, at(54))
    course.confirm(SampleNotices.customers, at(60))
    course.approve(SampleNotices.customers, at(66), then: .jonah, at(70))
    course.tell(
      ["US-CA": "E1/T1.1", "US-WA": "E1/T2.1", "US-CO": "E1/T2.1", "US-IL": "E1/T2.1"],
      at(72),
      at(73)
    )
    let bounced = Array(stride(from: 11, through: 1_048, by: 34))
    course.move(bounced, from: .handedOver, noMailbox, at(75))
    course.retry(at(140))
    course.export(.post, "Registered letters, Druck AG", at(150))
    course.returns(.delivered, of: bounced, first: 24, at(320))
    course.returns(.returned, of: bounced, at(330))
    course.retry(at(340))
    publish(&course, at(345))
    course.move(
      stride(from: 6, through: 1_048, by: 9).filter { !bounced.contains($0) },
      from: .handedOver,
      RecipientStep(to: .acknowledged, channel: .email, cause: "followed the link"),
      at(400)
    )
    return course.steps
  }

  /// A notice on the web site for those whom neither mail nor letter reached.
  private static func publish(_ course: inout SampleCourse, _ at: Instant) {
    guard let from = day(at), let until = day(at + .seconds(90 * 86_400)) else { return }
    course.act(at) { desk, mailing, officer in
      let picture = EvidenceFacts(
        title: "Notice on the web site",
        path: "/srv/evidence/notice.png",
        sha256: String(repeating: "5b3a90c17e42d86f", count: 4),
        size: 412_870,
        isCopied: false
      )
      let kept = try await desk.apply(
        [AddEvidence(incident: mailing.incident, facts: picture)],
        officer,
        at
      )
      let facts = PublicationFacts(
        mailing: mailing.id,
        means: .website,
        place: "https://lindgren-vale.example/notice",
        from: from,
        until: until,
        text: "E1/T2.1",
        telephone: "+1 800 555 0100",
        evidence: kept.first?.subject.id
      )
      try await desk.apply([AddPublication(incident: mailing.incident, facts: facts)], officer, at)
    }
  }

  private static func payment(_ now: Instant) -> [SampleCourse.Step] {
    var course = SampleCourse(title: "Clients de la boutique française", officer: .ines)
    func at(_ hour: Int64) -> Instant { hours(hour, before: now) }
    course.open(
      "Payment page",
      MailingFacts(
        name: course.title,
        obligations: ["EU-GDPR-34-DS"],
        channels: [.email, .post],
        keepUntil: day(now + .seconds(730 * 86_400))
      ),
      at(40)
    )
    course.list(
      [group("EU-FR", "fr", 1_346), group("EU-FR", "en", 52)],
      seed: 43,
      "card_number, email, name",
      at(39),
      from: 90_000
    )
    course.plan(at(38))
    course.move(
      [17, 402, 811],
      from: .pending,
      RecipientStep(to: .exempt, cause: "a test account of the shop"),
      at(37)
    )
    course.write(SampleNotices.french, at(36))
    course.confirm(SampleNotices.french, at(33))
    course.approve(SampleNotices.french, at(31), then: .sanne, at(30))
    let told = 1...420
    course.send(told, at(24), at(23))
    course.bounce(
      stride(from: 4, through: 420, by: 23),
      .bounce,
      .userUnknown,
      MailStatus(5, 1, 1),
      at(22)
    )
    course.bounce(
      stride(from: 9, through: 420, by: 56),
      .bounce,
      .mailboxFull,
      MailStatus(4, 2, 2),
      at(21)
    )
    course.bounce([30, 320], .complaint, .unknown, nil, at(19))
    course.move(
      stride(from: 10, through: 420, by: 14),
      from: .handedOver,
      RecipientStep(to: .acknowledged, channel: .email, cause: "followed the link"),
      at(12)
    )
    matters(&course, at)
    return course.steps
  }

  /// What customers of the French shop wrote back.
  private static func matters(_ course: inout SampleCourse, _ at: (Int64) -> Instant) {
    let texts: [(kind: MatterKind, from: Int64, over: MailingChannel, hour: Int64, text: String)] =
      [
        (.question, 38, .email, 16, "Ma banque demande la date exacte. Pouvez-vous me la donner ?"),
        (
          .complaint, 620, .telephone, 14,
          "Appelle pour la seconde fois ; veut parler à une personne."
        ),
        (.rightsRequest, 122, .email, 9, "Je demande l'effacement de mon compte."),
      ]
    for (number, matter) in texts.enumerated() {
      let came = at(matter.hour)
      course.add(came) {
        MatterIntake(
          into: $0.id,
          matter.kind,
          from: matter.from,
          over: matter.over,
          receivedAt: StatedTime(came),
          text: matter.text
        )
      }
      if number == 0 {
        course.add(at(matter.hour - 1)) {
          MatterAnswer(of: $0.id, 1, text: "Nous vous l'avons donnée par téléphone.")
        }
      }
    }
    let handed = at(8)
    course.act(handed) { desk, mailing, officer in
      let change = HandOverMatter(mailing: mailing.id, number: 3, handedTo: "Privacy, request 88")
      try await desk.apply([change], officer, handed)
    }
  }

  private static func breach(_ now: Instant) -> [SampleCourse.Step] {
    var course = SampleCourse(title: "Web shop, first pages of the access log", officer: .mira)
    func at(_ hour: Int64) -> Instant { hours(hour, before: now) }
    course.open(
      "staging API",
      MailingFacts(
        name: course.title,
        obligations: ["EU-GDPR-34-DS", "US-CA-IND", "US-NY-IND"],
        channels: [.email, .post, .publicNotice]
      ),
      at(4)
    )
    course.list(
      [
        group("EU-SE", "sv", 1_310), group("GB", "en", 1_044), group("US-CA", "en", 402),
        group("US-OR", "en", 96), group("US-NV", "en", 14),
      ],
      seed: 44,
      "email, name, orders, password_hash, postal_address",
      at(2),
      from: 310_000
    )
    let offered = at(2) + .seconds(600)
    course.act(offered) { desk, mailing, officer in
      let plan = OfferPlan([
        OfferLine(
          pool: "us-12-months",
          provider: "Watchful Ltd",
          months: 12,
          jurisdictions: ["US-CA", "US-NV", "US-OR"]
        )
      ])
      let change = SetOfferPlan(mailing: mailing.id, basedOn: nil, plan: plan)
      try await desk.apply([change], officer, offered)
    }
    course.add(at(2) + .seconds(900)) {
      OfferIntake(into: $0.id, pool: "us-12-months", from: SampleCodes(300))
    }
    course.write(SampleNotices.english, at(1))
    return course.steps
  }
}

extension SamplePeople.Group {
  /// The same group, of people who are all written to like others.
  fileprivate var grown: SamplePeople.Group {
    var copy = self
    copy.isProtected = false
    return copy
  }
}
