internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin dpia risk`.
struct RiskCommand: HeadlessCommand {
  static let origin = "dpia risk"
  static let configuration = CommandConfiguration(
    commandName: "risk",
    abstract: "Add a risk to people, or set what is known of one that has a number.",
    discussion: """
      Likelihood and severity go from 1 negligible to 4 maximum and are given together, such as 3x4; their \
      product says how high the risk is: to 3 low, to 6 medium, from 8 high. What is left with the \
      measures is --after: where that is high, the authority is consulted first (art. 36).
      """
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "The risk's number; a new one is added, if not given.") var number: Int?
  @Option(help: "What may happen.") var what: String?
  @Option(help: "From where it comes.") var source: String?
  @Option(help: "Whom it hits; name nobody.") var whom: String?
  @Option(help: ArgumentHelp("Without measures, such as 3x4.", valueName: "likelihood x severity"))
  var before: String?
  @Option(
    help: ArgumentHelp(
      "With the measures, such as 2x4; none takes it away.",
      valueName: "likelihood x severity"
    )
  )
  var after: String?
  @Option(help: "The number of a measure against it; again for each; 0 takes them away.")
  var measure: [Int] = []
  @Flag(help: "Take the risk away.") var remove = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard number != nil || (!remove && what != nil && before != nil) else {
      throw ValidationError("A new risk needs --what and --before.")
    }
  }

  /// A rating as it was typed.
  static func rating(_ text: String, _ option: Words) throws -> RiskRating {
    let parts = text.lowercased().split(separator: "x").map { Int($0.filter { $0 != " " }) }
    guard parts.count == 2, let likelihood = parts[0], let severity = parts[1],
      RiskRating(likelihood: likelihood, severity: severity).isUsable
    else {
      throw Refusal("\(option) \(text): give two numbers from 1 to 4, such as 3x4", status: .usage)
    }
    return RiskRating(likelihood: likelihood, severity: severity)
  }

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.edit(reference, format) { facts in
      var risk = ImpactRisk(
        number: facts.nextRisk,
        what: "",
        before: RiskRating(likelihood: 1, severity: 1)
      )
      if let number {
        guard let known = facts.risks.first(where: { $0.number == number }) else {
          throw Refusal("there is no risk \(number)")
        }
        risk = known
      }
      facts.risks.removeAll { $0.number == risk.number }
      if remove { return "risk \(risk.number) taken away" }
      if let what { risk.what = what }
      if let source { risk.source = source }
      if let whom { risk.whom = whom }
      if let before { risk.before = try Self.rating(before, "--before") }
      if let after { risk.after = after == "none" ? nil : try Self.rating(after, "--after") }
      if !measure.isEmpty { risk.measures = measure.filter { $0 != 0 } }
      facts.risks.append(risk)
      facts.risks.sort { $0.number < $1.number }
      let consult = facts.needsConsultation ? "; a high risk is left: art. 36" : ""
      return "risk \(risk.number) \(risk.residual.text)\(consult)"
    }
  }
}

/// The command `tocsin dpia measure`.
struct MeasureCommand: HeadlessCommand {
  static let origin = "dpia measure"
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Add a measure against risks, or set what is known of one that has a number.",
    discussion: """
      A measure may be the same as an item of an audit (--tie 'AUD-2026-0001 A.8.24') or as a measure of \
      an activity (--tie 'ACT-0001 encrypted at rest'). Owner, day and state may be set after a decision.
      """
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "The measure's number; a new one is added, if not given.") var number: Int?
  @Option(help: "What is done.") var what: String?
  @Option(help: "Who does it; empty for nobody.") var owner: String?
  @Option(help: "By when; none takes the day away.") var due: String?
  @Option(help: "How far it is: planned, in-place or dropped.") var state: MeasureState?
  @Option(help: "What it is the same as; again for each; empty takes them away.")
  var tie: [String] = []
  @Flag(help: "Take the measure away.") var remove = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard number != nil || (!remove && what != nil) else {
      throw ValidationError("A new measure needs --what.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.edit(reference, format) { facts in
      var measure = ImpactMeasure(number: facts.nextMeasure, what: "")
      if let number {
        guard let known = facts.measures.first(where: { $0.number == number }) else {
          throw Refusal("there is no measure \(number)")
        }
        measure = known
      }
      facts.measures.removeAll { $0.number == measure.number }
      if remove { return "measure \(measure.number) taken away" }
      if let what { measure.what = what }
      if let owner { measure.owner = owner.isEmpty ? nil : owner }
      if let due { measure.due = due == "none" ? nil : try session.time(due) }
      if let state { measure.state = state }
      if !tie.isEmpty { measure.ties = tie.filter { !$0.isEmpty } }
      facts.measures.append(measure)
      facts.measures.sort { $0.number < $1.number }
      return "measure \(measure.number) \(measure.state.label)"
    }
  }
}

/// The command `tocsin dpia opinion`.
struct OpinionCommand: HeadlessCommand {
  static let origin = "dpia opinion"
  static let configuration = CommandConfiguration(
    commandName: "opinion",
    abstract: "Say what the data protection officer advised: art. 35(2)."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "Who; the organisation's officer, if not given.") var officer: String?
  @Option(help: "When; today, if not given.") var on: String?
  @Option(help: "The advice.") var advice: String?
  @Option(help: "Why the advice is not followed; it is, if not given.") var notFollowed: String?
  @Option(help: "Why the organisation has no officer to be asked.") var noOfficer: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard (advice == nil) != (noOfficer == nil) else {
      throw ValidationError("Give --advice, or --no-officer with the reason.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let known = try await store.answer(CurrentOrganisation()).organisation.officer
    let name = officer ?? known
    guard noOfficer != nil || !name.isEmpty else {
      throw Refusal(
        "say who advised",
        advice: "--officer NAME, or for all: tocsin organisation set --officer NAME",
        status: .usage
      )
    }
    let on = try session.time(on ?? "today")
    return try await session.edit(reference, format) { facts in
      let opinion =
        noOfficer.map { OfficerOpinion(name: "", on: nil, advice: $0) }
        ?? OfficerOpinion(
          name: name,
          on: on,
          advice: advice ?? "",
          isFollowed: notFollowed == nil,
          whyNot: notFollowed ?? ""
        )
      facts.opinion = opinion
      return "\(opinion.text)"
    }
  }
}

/// The command `tocsin dpia views`.
struct ViewsCommand: HeadlessCommand {
  static let origin = "dpia views"
  static let configuration = CommandConfiguration(
    commandName: "views",
    abstract: "Say what the people concerned said, or why they were not asked: art. 35(9)."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "What they said and how they were asked; name nobody.") var said: String?
  @Option(help: "When; today, if not given.") var on: String?
  @Option(help: "Why they were not asked.") var notSought: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard (said == nil) != (notSought == nil) else {
      throw ValidationError("Give --said, or --not-sought with the reason.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let on = try session.time(on ?? "today")
    return try await session.edit(reference, format) { facts in
      let views =
        notSought.map { PeopleViews(isSought: false, text: $0) }
        ?? PeopleViews(isSought: true, text: said ?? "", on: on)
      facts.views = views
      return "\(views.line)"
    }
  }
}

/// The command `tocsin dpia consult`.
struct ConsultCommand: HeadlessCommand {
  static let origin = "dpia consult"
  static let configuration = CommandConfiguration(
    commandName: "consult",
    abstract: "Say that the authority was consulted, and what it answered: art. 36.",
    discussion: """
      It has eight weeks, and six more where it says so (art. 36(2)). Where they pass without advice, that \
      is what --advice says.
      """
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "Which authority.") var authority: String?
  @Option(help: "When it was asked; today, if not given.") var asked: String?
  @Option(help: "What it advised.") var advice: String?
  @Option(help: "When it answered; today, if not given.") var answered: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard authority != nil || advice != nil else {
      throw ValidationError("Give --authority for a question, --advice for an answer.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.edit(reference, format) { facts in
      var consultation = facts.consultation
      if let authority {
        consultation = PriorConsultation(
          authority: authority,
          asked: try session.time(asked ?? "today")
        )
      }
      if let advice {
        consultation?.advice = advice
        consultation?.answered = try session.time(answered ?? "today")
      }
      guard let consultation else {
        throw Refusal("no authority was asked yet", advice: "first: --authority NAME")
      }
      facts.consultation = consultation
      return "\(consultation.text)"
    }
  }
}
