internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension IncidentCommand {
  /// The command `tocsin incident severity`.
  struct Gravity: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "severity",
      abstract: "Assess the risk to people: ENISA's worksheet, the EDPB's risk factors.",
      discussion: """
        The result is a recommendation: a person decides (tocsin incident decision), and what was \
        recommended is frozen with the decision. Each assessment is kept; a later one stands beside it.
        """,
      subcommands: [Enisa.self, Edpb.self, List.self]
    )

    /// The command `tocsin incident severity enisa`.
    struct Enisa: HeadlessCommand {
      static let origin = "incident severity enisa"
      static let configuration = CommandConfiguration(
        abstract: "ENISA's worksheet of 2013: context x identification + circumstances.",
        discussion: Guide.discussion
      )

      @OptionGroup var answers: AnswerOptions
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        try await Guide(method: .enisa, options: answers, format: format).perform(in: session)
      }
    }

    /// The command `tocsin incident severity edpb`.
    struct Edpb: HeadlessCommand {
      static let origin = "incident severity edpb"
      static let configuration = CommandConfiguration(
        abstract:
          "The risk factors of EDPB Guidelines 9/2022, weighed by a rule that is written down.",
        discussion: Guide.discussion
      )

      @OptionGroup var answers: AnswerOptions
      @OptionGroup var format: FormatOptions
      @OptionGroup var options: StoreOptions

      func perform(in session: Session) async throws -> ExitStatus {
        try await Guide(method: .edpb, options: answers, format: format).perform(in: session)
      }
    }

    /// The command `tocsin incident severity list`.
    struct List: ItemListing {
      static let origin = "incident severity list"
      static let configuration = CommandConfiguration(
        abstract: "List every assessment, newest first."
      )

      @Argument(help: "The incident, such as INC-2026-0042.")
      var reference: String

      @OptionGroup var format: ListFormatOptions
      @OptionGroup var options: StoreOptions

      static let titles: [Words] = ["ID", "METHOD", "EDITION", "RECORDED", "BY", "RISK", "RESULT"]
      static let numbers: Set<Int> = [0, 2]
      static let columns = [
        "id", "method", "edition", "recorded_at", "recorded_by", "risk", "result",
      ]

      static func question(_ incident: RecordID) -> IncidentAssessments {
        IncidentAssessments(incident: incident)
      }

      static func json(_ assessment: Assessment) -> JSON { JSON(assessment) }

      static func row(_ assessment: Assessment) -> [Words] {
        let facts = assessment.facts
        return [
          "\(assessment.id)", "\(facts.method.rawValue)", "\(assessment.edition)",
          "\(assessment.recordedAt.words)", "\(assessment.recordedBy)", "\(facts.risk.label)",
          "\(facts.result)",
        ]
      }
    }
  }
}

/// What an assessment is answered with.
struct AnswerOptions: ParsableArguments {
  @Argument(help: "The incident, such as INC-2026-0042.")
  var reference: String

  @Option(help: ArgumentHelp("An answer; then it is recorded.", valueName: "question=choice"))
  var set: [String] = []

  @Flag(help: "Record it with the answers as they stand.")
  var save = false

  @Flag(help: "Record it, and answer the fact risk with the result: the rules reckon with it.")
  var adopt = false
}

/// Asks the questions of a method in the shell.
private struct Guide {
  static let discussion = """
    Without --set it shows the questions, their choices and the answers that the incident's facts \
    and the assessment before give, and records nothing. With --set it records a new assessment, \
    once all questions are answered.
    """

  let method: AssessmentMethod
  let options: AnswerOptions
  let format: FormatOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let incident = try await session.incident(options.reference, in: store)
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let before = try await store.answer(IncidentAssessments(incident: incident.id))
      .current(method)
    var answers = incident.prefilled(method, organisation, before: before)
    for pair in options.set { try set(pair, on: &answers) }
    try check(answers)
    guard !options.set.isEmpty || options.save || options.adopt else {
      try show(answers, before, session)
      return .done
    }
    guard let facts = AssessmentFacts(method, answers.choices, sources: answers.sources) else {
      let missing = method.outcome(answers.choices).missing
      throw Refusal(
        "not answered yet: \(missing.joined(separator: ", "))",
        advice: "the choices: tocsin incident severity \(method.rawValue) \(incident.reference)"
      )
    }
    var changes: [any Change] = [
      RecordAssessment(incident: incident.id, follows: before?.edition ?? 0, facts: facts)
    ]
    if options.adopt {
      let edit = IncidentEdit.answer(.known("risk"), facts.risk.rawValue)
      changes.append(EditIncident(id: incident.id, basedOn: nil, edits: [edit]))
    }
    let receipts = try await store.apply(changes, origin: session.origin)
    guard format.json else {
      try session.out.line("\(facts.text)")
      try session.out.line("\(facts.reason) A recommendation, not the law.")
      return .done
    }
    let all = try await store.answer(IncidentAssessments(incident: incident.id))
    let made = all.first { $0.id == receipts.first?.subject.id }
    try session.out.json(made.map { JSON($0) } ?? .null)
    return .done
  }

  private func set(_ pair: String, on answers: inout PrefilledAnswers) throws {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, method.step(String(parts[0])) != nil else {
      throw Refusal(
        "--set \(pair): not question=choice",
        advice: "questions: \(method.steps.map(\.id).joined(separator: ", "))",
        status: .usage
      )
    }
    answers.choices[String(parts[0])] = String(parts[1])
    answers.sources[String(parts[0])] = nil
  }

  /// Refuses a choice that its question does not offer; those given by hand only.
  private func check(_ answers: PrefilledAnswers) throws {
    let given = Set(options.set.compactMap { $0.split(separator: "=").first.map(String.init) })
    for step in method.steps where given.contains(step.id) && step.choice(answers.choices) == nil {
      let choices = step.choices(answers.choices).map(\.value)
      throw Refusal(
        "--set \(step.id)=\(answers.choices[step.id] ?? ""): no such choice",
        advice: choices.isEmpty
          ? "an earlier question comes first" : "choices: \(choices.joined(separator: ", "))",
        status: .usage
      )
    }
  }

  private func show(_ answers: PrefilledAnswers, _ before: Assessment?, _ session: Session) throws {
    let outcome = method.outcome(answers.choices)
    if format.json {
      try session.out.json(json(answers, outcome, before))
      return
    }
    try session.out.line("\(method.label), \(method.citation)")
    for step in method.steps {
      try session.out.line("")
      try session.out.line("\(step.id): \(step.question)")
      let chosen = step.choice(answers.choices)
      for choice in step.choices(answers.choices) {
        let mark = choice == chosen ? "*" : " "
        let weight = choice.mark.isEmpty ? "" : " (\(choice.mark))"
        try session.out.line(
          "  \(mark) \(choice.value)\(weight): \(choice.label). \(choice.meaning)"
        )
      }
      if chosen != nil, let source = answers.sources[step.id] {
        try session.out.line("    from \(source)")
      }
    }
    try session.out.line("")
    try session.out.line("\(outcome.risk?.label ?? "not complete"): \(outcome.result)")
    if let before {
      try session.out.line(
        "stands at \(before.edition), by \(before.recordedBy): \(before.facts.risk.label)"
      )
    }
  }

  private func json(
    _ answers: PrefilledAnswers,
    _ outcome: AssessmentOutcome,
    _ before: Assessment?
  ) -> JSON {
    .members([
      "method": .string(method.rawValue), "risk": .text(outcome.risk?.rawValue),
      "result": .string(outcome.result), "missing": .texts(outcome.missing),
      "questions": .array(
        method.steps.map { step in
          .members([
            "id": .string(step.id), "question": .string(step.question),
            "choice": .text(step.choice(answers.choices)?.value),
            "source": .text(answers.sources[step.id]),
            "choices": .array(
              step.choices(answers.choices).map {
                .members([
                  "value": .string($0.value), "label": .string($0.label),
                  "mark": .string($0.mark), "meaning": .string($0.meaning),
                ])
              }
            ),
          ])
        }
      ),
      "standing": before.map { JSON($0) } ?? .null,
    ])
  }
}

extension JSON {
  /// An assessment for programs.
  init(_ assessment: Assessment) {
    let facts = assessment.facts
    self = .members([
      "id": .integer(assessment.id), "method": .string(facts.method.rawValue),
      "edition": .count(assessment.edition), "risk": .string(facts.risk.rawValue),
      "result": .string(facts.result), "reason": .string(facts.reason),
      "answers": .array(
        facts.answers.map {
          .members([
            "question": .string($0.step), "choice": .string($0.choice),
            "source": $0.source.isEmpty ? .null : .string($0.source),
          ])
        }
      ),
      "recorded_at": .instant(assessment.recordedAt),
      "recorded_by": .string(assessment.recordedBy),
    ])
  }
}
