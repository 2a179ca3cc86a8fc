import Drawing
import Model

/// The forms for requests, and what becomes of their values.
enum RequestForms {
  typealias Action = RequestsTab.Action

  /// The form by which a request is written down; no draft of it is kept.
  static let log = FormRequest<Action>(
    title: "A request that came in",
    fields: [
      FormField.choice(
        "wanted",
        label: "Wanted",
        options: RightsKind.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.line(
        "jurisdiction",
        label: "Lives in",
        help: "Such as EU-DE or US-CA: whose law sets the time",
        isRequired: true,
        check: { Jurisdiction.problem(with: $0) }
      ),
      FormField.line("received", label: "Received", value: "now", isRequired: true),
      FormField.choice(
        "channel",
        label: "Came by",
        options: RequestChannel.allCases.map { ($0.rawValue, $0.label) }
      ),
      FormField.line("name", label: "Name", help: "Sealed; no draft is kept"),
      FormField.line("contact", label: "Contact", help: "E-mail, telephone, address; sealed"),
      FormField.text("words", label: "Words", help: "What they wrote or said; sealed"),
      FormField.line("handler", label: "Handler", help: "Who answers it"),
    ],
    isPersonal: true,
    submit: { .logSubmitted($0) }
  )

  /// The job that the values of that form make; throws what is wrong with them, in words.
  static func intake(_ values: [String: String], _ context: PaneContext) throws -> RequestIntake {
    func value(_ id: String) -> String { values[id] ?? "" }
    let receivedAt = try StatedTime(
      reading: value("received"),
      context.reading,
      source: context.actor.name
    )
    var facts = RequestFacts(
      RightsKind(rawValue: value("wanted")) ?? .access,
      jurisdiction: value("jurisdiction").uppercased(),
      receivedAt: receivedAt,
      channel: RequestChannel(rawValue: value("channel")) ?? .other
    )
    facts.handler = value("handler").isEmpty ? nil : value("handler")
    facts.clock = try clock(facts, context)
    return RequestIntake(
      facts,
      from: RequestPerson(
        name: value("name"),
        contact: value("contact"),
        words: value("words")
      )
    )
  }

  /// By when a request is due by the law of where the person lives; nil where none sets a time.
  private static func clock(_ facts: RequestFacts, _ context: PaneContext) throws -> RequestClock? {
    guard let pack = context.rules else {
      throw PrivacyForms.Unusable(description: "the rules are still being read; try again")
    }
    return pack.rightsLaws(for: facts.wanted, in: facts.jurisdiction)
      .compactMap { law in
        pack.clock(
          for: facts.wanted,
          by: law,
          receivedAt: facts.receivedAt,
          isExtended: false,
          context.organisation ?? Organisation()
        )
      }
      .min { $0.due < $1.due }
  }

  /// The form by which a matter of a mailing goes on as a request.
  static func take<Outer: Sendable>(
    _ mailing: Mailing,
    _ matter: MailingMatter,
    submit: @escaping @Sendable ([String: String]) -> Outer
  ) -> FormRequest<Outer> {
    FormRequest(
      title: "\(mailing.reference) · M\(matter.number) as a request",
      fields: [
        FormField.choice(
          "wanted",
          label: "Wanted",
          options: RightsKind.allCases.map { ($0.rawValue, $0.label) },
          help: "Contact and words go over sealed, read by nobody"
        ),
        FormField.line(
          "jurisdiction",
          label: "Lives in",
          help: "Such as EU-DE or US-CA: whose law sets the time",
          isRequired: true,
          check: { Jurisdiction.problem(with: $0) }
        ),
        FormField.line("handler", label: "Handler", help: "Who answers it"),
      ],
      submit: submit
    )
  }

  /// The job that the values of that form make; throws what is wrong with them, in words.
  static func taking(
    _ mailing: Mailing,
    _ matter: MailingMatter,
    _ values: [String: String],
    _ context: PaneContext
  ) throws -> RequestIntake {
    var facts = RequestFacts(
      RightsKind(rawValue: values["wanted"] ?? "") ?? .access,
      jurisdiction: (values["jurisdiction"] ?? "").uppercased(),
      receivedAt: matter.receivedAt,
      channel: .other
    )
    facts.handler = values["handler"].flatMap { $0.isEmpty ? nil : $0 }
    facts.clock = try clock(facts, context)
    return RequestIntake(
      facts,
      from: RequestPerson(name: ""),
      matter: RequestIntake.Matter(mailing: mailing.id, number: matter.number)
    )
  }

  /// The fields of a step.
  static func fields(_ step: RequestsTab.Step, _ request: RightsRequest) -> [FormField] {
    switch step {
    case .confirm: [at]
    case .assign:
      [FormField.line("handler", label: "Handler", value: request.facts.handler ?? "")]
    case .concern:
      [
        FormField.line(
          "activities",
          label: "Activities",
          value: request.facts.activities.joined(separator: ", "),
          help: "Such as ACT-0001, with commas"
        )
      ]
    case .identity: identity
    case .addTask:
      [FormField.line("title", label: "To be done", help: "Names nobody", isRequired: true)]
    case .delay: delay
    case .answer:
      [
        at, channel(of: request),
        FormField.line("note", label: "Done", help: "What was done; names nobody"), text, evidence,
      ]
    case .refuse:
      [
        ground, FormField.text("note", label: "Reasons", help: "Name nobody", isRequired: true), at,
        channel(of: request), text, evidence,
      ]
    case .withdraw: [at, FormField.line("note", label: "To be said", help: "Names nobody")]
    case .reopen: [FormField.line("reason", label: "Why", isRequired: true)]
    }
  }

  private static let at = FormField.line("at", label: "On", value: "now", isRequired: true)

  private static let text = FormField.text(
    "text",
    label: "Text",
    help: "What went to the person; sealed, no draft is kept; may be empty"
  )

  private static let evidence = FormField.line(
    "evidence",
    label: "Evidence",
    help: "Numbers of evidence, with commas"
  )

  private static let ground = FormField.choice(
    "ground",
    label: "Ground",
    options: RefusalGround.allCases.map { ground in
      let law = ground.citation.isEmpty ? "" : ", \(ground.citation)"
      return (ground.rawValue, ground.label + law)
    }
  )

  private static let identity = [
    FormField.choice(
      "state",
      label: "Identity",
      options: [
        ("verified", "it is known who asks"), ("asked", "further information was asked for"),
        ("failed", "it cannot be found out"),
      ]
    ),
    FormField.line(
      "how",
      label: "How",
      help: "How it was found out, or what was asked for; names nobody",
      isRequired: true
    ),
  ]

  private static let delay = [
    FormField.text("reason", label: "Why", help: "Names nobody", isRequired: true),
    FormField.line(
      "at",
      label: "Told on",
      value: "now",
      help: "The person is told within the first period, or nothing is put off",
      isRequired: true
    ),
  ]

  private static func channel(of request: RightsRequest) -> FormField {
    FormField.choice(
      "channel",
      label: "Went by",
      value: request.facts.channel.rawValue,
      options: RequestChannel.allCases.map { ($0.rawValue, $0.label) }
    )
  }

  /// What a step does; throws what is wrong with the values, in words.
  static func effect(
    _ step: RequestsTab.Step,
    _ request: RightsRequest,
    _ values: [String: String],
    _ context: PaneContext
  ) throws -> Effect<Action> {
    func value(_ id: String) -> String { values[id] ?? "" }
    func time() throws -> StatedTime { try StatedTime(reading: value("at"), context.reading) }
    func move(_ step: RequestStep) -> Effect<Action> {
      .apply([MoveRequest(id: request.id, basedOn: request.version, step: step)]) { .changed($0) }
    }
    func end(_ ground: RefusalGround? = nil, by channel: RequestChannel?) throws -> RequestEnd {
      RequestEnd(
        at: try time(),
        channel: channel,
        ground: ground,
        note: value("note"),
        evidence: try value("evidence").split(separator: ",").map { text in
          guard let number = RecordID(text.filter { $0 != " " }) else {
            throw PrivacyForms.Unusable(description: "evidence is named by numbers, with commas")
          }
          return number
        },
        recordedAt: context.now,
        by: ""
      )
    }
    func settle(_ end: RequestEnd) -> Effect<Action> {
      .work(
        RequestAnswer(
          id: request.id,
          basedOn: request.version,
          end: end,
          text: value("text")
        )
      ) { .ended($0) }
    }
    let channel = RequestChannel(rawValue: value("channel")) ?? .other
    switch step {
    case .confirm: return move(.acknowledge(try time()))
    case .assign: return move(.assign(value("handler").isEmpty ? nil : value("handler")))
    case .concern:
      return move(
        .concern(
          value("activities").split(separator: ",").map { $0.filter { $0 != " " }.uppercased() }
        )
      )
    case .identity:
      switch IdentityState(rawValue: value("state")) {
      case .asked: return move(.askIdentity(value("how")))
      case .failed: return move(.failIdentity(value("how")))
      default: return move(.verify(value("how")))
      }
    case .addTask: return move(.addTask(value("title")))
    case .delay:
      guard let pack = context.rules, let clock = request.facts.clock,
        let law = pack.rights.first(where: { $0.id == clock.law }),
        let longer = pack.clock(
          for: request.facts.wanted,
          by: law,
          receivedAt: request.facts.receivedAt,
          isExtended: true,
          context.organisation ?? Organisation()
        )
      else {
        throw PrivacyForms.Unusable(description: "no law lets this request be put off")
      }
      return move(.extend(RequestExtension(reason: value("reason"), told: try time()), longer))
    case .answer: return settle(try end(by: channel))
    case .refuse:
      return settle(try end(RefusalGround(rawValue: value("ground")) ?? .other, by: channel))
    case .withdraw: return move(.withdraw(try end(by: nil)))
    case .reopen: return move(.reopen(value("reason")))
    }
  }
}
