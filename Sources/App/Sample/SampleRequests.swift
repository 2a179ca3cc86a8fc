internal import Model

/// The sample's requests by people, all invented: some open, one late, some that ended.
enum SampleRequests {
  /// A request and what was done with it; days are counted back from the present.
  private struct Sketch {
    var wanted: RightsKind
    var jurisdiction: String
    var ago: Int64
    var channel: RequestChannel
    var person: RequestPerson
    var activities: [String]
    var handler: SampleOfficer?
    /// What was done, and how many days ago.
    var steps: [(ago: Int64, step: RequestStep)] = []
    var isExtendedAfter: Int64?
    /// How it ended, how many days ago, and the text of the answer.
    var end: (ago: Int64, ground: RefusalGround?, note: String, text: String)?
  }

  private static let sketches = [
    Sketch(
      wanted: .access,
      jurisdiction: "EU-SE",
      ago: 90,
      channel: .email,
      person: RequestPerson(
        name: "Elsa Nyholm",
        contact: "elsa.nyholm@post.example",
        words: "Please send me all that you have about me."
      ),
      activities: ["ACT-0001", "ACT-0003"],
      handler: .ines,
      steps: [(89, .verify("order number and address of the last delivery"))],
      end: (
        70, nil, "Copy of orders and of the newsletter's record", "Here is a copy of your data."
      )
    ),
    Sketch(
      wanted: .objection,
      jurisdiction: "GB",
      ago: 60,
      channel: .web,
      person: RequestPerson(name: "Rhys Okonedo", contact: "rhys@letters.example"),
      activities: ["ACT-0003"],
      handler: .jonah,
      steps: [(59, .verify("mail from the address on the list"))],
      end: (58, nil, "Taken off all lists", "")
    ),
    Sketch(
      wanted: .erasure,
      jurisdiction: "EU-DE",
      ago: 55,
      channel: .post,
      person: RequestPerson(
        name: "Gerold Wittkamp",
        contact: "Lindenweg 4, 04109 Leipzig",
        words: "I demand that all of my invoices are destroyed at once."
      ),
      activities: ["ACT-0001"],
      handler: .ines,
      steps: [(54, .verify("customer number on the letter"))],
      end: (
        48, .legalObligation, "Invoices are kept ten years, § 147 AO; all else was deleted",
        "Your account is deleted. Invoices must be kept until the end of 2033."
      )
    ),
    Sketch(
      wanted: .erasure,
      jurisdiction: "EU-FR",
      ago: 40,
      channel: .email,
      person: RequestPerson(
        name: "Maëlle Garnier",
        contact: "m.garnier@courrier.example",
        words: "Je souhaite que toutes mes données soient effacées."
      ),
      activities: ["ACT-0001", "ACT-0002", "ACT-0004"],
      handler: .ines,
      steps: [
        (38, .verify("code sent to the address on file")),
        (38, .addTask("erase in the shop database")), (38, .addTask("erase in the club")),
        (38, .addTask("ask the payment provider")), (30, .task(1, isDone: true)),
        (20, .task(2, isDone: true)),
      ],
      isExtendedAfter: 25
    ),
    Sketch(
      wanted: .delete,
      jurisdiction: "US-CA",
      ago: 39,
      channel: .web,
      person: RequestPerson(name: "Dolores Ybarra", contact: "+1 415 555 0142"),
      activities: ["ACT-0004"],
      handler: nil,
      steps: [(35, .askIdentity("two data points that we hold"))]
    ),
    Sketch(
      wanted: .portability,
      jurisdiction: "EU-NL",
      ago: 34,
      channel: .email,
      person: RequestPerson(name: "Joost van Aken", contact: "joost@brief.example"),
      activities: ["ACT-0001"],
      handler: .tomas,
      steps: [
        (33, .verify("logged in to the account")), (33, .addTask("export orders as JSON")),
      ]
    ),
    Sketch(
      wanted: .access,
      jurisdiction: "EU-DE",
      ago: 21,
      channel: .email,
      person: RequestPerson(
        name: "Annika Brandt",
        contact: "a.brandt@mail.example",
        words: "Was wissen Sie über mich, und woher?"
      ),
      activities: ["ACT-0001", "ACT-0003", "ACT-0004"],
      handler: .ines,
      steps: [
        (20, .verify("code sent to the address on file")),
        (20, .addTask("collect orders and newsletter record")),
        (20, .addTask("ask the club for points and offers")), (12, .task(1, isDone: true)),
      ]
    ),
    Sketch(
      wanted: .limit,
      jurisdiction: "US-CA",
      ago: 3,
      channel: .web,
      person: RequestPerson(name: "Ernest Holloway", contact: "ernest@box.example"),
      activities: [],
      handler: nil
    ),
  ]

  /// What happens, by time.
  static func steps(now: Instant, _ pack: RulePack) -> [SampleAudits.Step] {
    var steps: [SampleAudits.Step] = []
    for (index, sketch) in sketches.enumerated() {
      let number = RecordID(index + 1)
      let shift = Duration.seconds(Int64(index) * 240)
      func moment(_ ago: Int64, _ later: Int64 = 0) -> Instant {
        now - SamplePrivacy.days(ago) + shift + .seconds(later)
      }
      let officer = sketch.handler ?? .ines
      let received = moment(sketch.ago)
      let clock = clock(sketch, received, pack, isExtended: false)
      steps.append(
        .init(at: received + .seconds(600)) { desk in
          var facts = RequestFacts(
            sketch.wanted,
            jurisdiction: sketch.jurisdiction,
            receivedAt: StatedTime(received),
            channel: sketch.channel
          )
          (facts.activities, facts.handler) = (sketch.activities, sketch.handler?.name)
          facts.clock = clock
          try await desk.perform(
            RequestIntake(facts, from: sketch.person),
            officer,
            received + .seconds(600)
          )
        }
      )
      for (place, (ago, step)) in sketch.steps.enumerated() {
        let at = moment(ago, 900 + Int64(place))
        steps.append(
          .init(at: at) { desk in
            let change = MoveRequest(id: number, basedOn: nil, step: step)
            try await desk.apply([change], officer, at)
          }
        )
      }
      if let ago = sketch.isExtendedAfter,
        let longer = Self.clock(sketch, received, pack, isExtended: true)
      {
        let at = moment(ago, 950)
        steps.append(
          .init(at: at) { desk in
            let delay = RequestExtension(
              reason: "Three systems and a provider abroad hold the data",
              told: StatedTime(at)
            )
            let step = RequestStep.extend(delay, longer)
            try await desk.apply([MoveRequest(id: number, basedOn: nil, step: step)], officer, at)
          }
        )
      }
      if let end = sketch.end {
        let at = moment(end.ago, 1000)
        steps.append(
          .init(at: at) { desk in
            let job = RequestAnswer(
              id: number,
              basedOn: nil,
              end: RequestEnd(
                at: StatedTime(at),
                channel: sketch.channel == .web ? .email : sketch.channel,
                ground: end.ground,
                note: end.note,
                recordedAt: at,
                by: ""
              ),
              text: end.text
            )
            try await desk.perform(job, officer, at)
          }
        )
      }
    }
    return steps
  }

  private static func clock(
    _ sketch: Sketch,
    _ received: Instant,
    _ pack: RulePack,
    isExtended: Bool
  ) -> RequestClock? {
    pack.rightsLaws(for: sketch.wanted, in: sketch.jurisdiction).first.flatMap { law in
      pack.clock(
        for: sketch.wanted,
        by: law,
        receivedAt: StatedTime(received),
        isExtended: isExtended,
        SampleDuties.organisation
      )
    }
  }
}
