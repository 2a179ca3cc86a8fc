internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin dpia`.
struct ImpactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dpia",
    abstract: "Data protection impact assessments: threshold, risks, measures, opinions, decision.",
    discussion: """
      GDPR art. 35 and 36. Each assessment is about activities of the register; dpia list names those of \
      which nobody has asked whether they need one. docs/dpia.md tells it from the beginning.
      """,
    subcommands: [
      CreateImpact.self, ListImpacts.self, ShowImpact.self, EditImpactCommand.self,
      ThresholdCommand.self, RiskCommand.self, MeasureCommand.self, OpinionCommand.self,
      ViewsCommand.self, ConsultCommand.self, DecideImpactCommand.self, ApproveImpactCommand.self,
      ReopenImpactCommand.self, ReviewImpact.self, PrintImpact.self, RemoveImpactCommand.self,
    ]
  )
}

extension Session {
  /// The impact assessment that has a reference, with what belongs to it.
  ///
  /// - Throws: `Refusal` where there is none.
  func impact(_ reference: String, in store: any Store) async throws -> ImpactDetails.Details {
    guard let details = try await store.answer(ImpactDetails(reference)) else {
      throw Refusal(
        "there is no impact assessment \(reference)",
        advice: "what there is: tocsin dpia list"
      )
    }
    return details
  }

  /// Alters what is known of an impact assessment and says what became of it.
  func edit(
    _ reference: String,
    _ format: FormatOptions,
    basedOn version: Version? = nil,
    _ alter: (inout ImpactFacts) throws -> Words
  ) async throws -> ExitStatus {
    let store = try open()
    let found = try await impact(reference, in: store).row.assessment
    var facts = found.facts
    let words = try alter(&facts)
    let receipt = try await store.apply(
      EditImpact(id: found.id, basedOn: version ?? found.version, facts: facts),
      origin: origin
    )
    return try report(receipt, format, "\(found.reference): \(words)")
  }
}

/// The command `tocsin dpia create`.
struct CreateImpact: HeadlessCommand {
  static let origin = "dpia create"
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Begin an impact assessment of activities; prints its reference."
  )

  @Argument(help: "What it is called.") var title: String
  @Option(help: "An activity it is about, such as ACT-0001; again for each.")
  var activity: [String]
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var references: [String] = []
    for reference in activity {
      references.append(try await session.activity(reference, in: store).reference)
    }
    let receipt = try await store.apply(
      AddImpact(ImpactFacts(title: title, activities: references)),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(receipt.reference)")
  }
}

/// The command `tocsin dpia edit`.
struct EditImpactCommand: HeadlessCommand {
  static let origin = "dpia edit"
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Say what an impact assessment is about, and why that is necessary.",
    discussion: "What is named is replaced; - reads a text from standard input."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "What it is called.") var title: String?
  @Option(help: "The activities it is about, all of them; again for each.")
  var activity: [String] = []
  @Option(help: "The processing and its purposes: art. 35(7)(a).") var description: String?
  @Option(help: "Why it is necessary and proportionate: art. 35(7)(b).") var necessity: String?
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard title != nil || !activity.isEmpty || description != nil || necessity != nil else {
      throw ValidationError("Nothing was named that is to be set.")
    }
    guard description != "-" || necessity != "-" else {
      throw ValidationError("Standard input can be read once.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    func text(_ text: String) throws -> String {
      text == "-" ? try session.text("-", limit: 64 << 10) : text
    }
    return try await session.edit(reference, format, basedOn: base.version) { facts in
      if let title { facts.title = title }
      if !activity.isEmpty { facts.activities = activity.map { $0.uppercased() } }
      if let description { facts.description = try text(description) }
      if let necessity { facts.necessity = try text(necessity) }
      return "\(facts.title)"
    }
  }
}

/// The command `tocsin dpia threshold`.
struct ThresholdCommand: HeadlessCommand {
  static let origin = "dpia threshold"
  static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract: "List the threshold questions with their answers, or answer one.",
    discussion: """
      A yes to art. 35(3) or to the authority's list says that an assessment must be made; two or more of \
      the nine criteria of WP248 that one is to be made. Each answer says why: \
      tocsin dpia threshold DPIA-0001 large-scale yes --why '184 000 customers'
      """
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Argument(help: "The question; all are listed, if not given.") var question: ThresholdQuestion?
  @Argument(help: "yes, no, or open to take an answer back.") var answer: String?
  @Option(help: "Why it is so.") var why = ""
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard question == nil || ["yes", "no", "open"].contains(answer ?? "") else {
      throw ValidationError("Answer yes, no or open.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    guard let question else { return try await list(in: session) }
    return try await session.edit(reference, format) { facts in
      if answer == "open" {
        facts.threshold.removeAll { $0.question == question }
      } else {
        facts.answer(ThresholdAnswer(question, answer == "yes", why: why))
      }
      return "\(facts.threshold.result.text)"
    }
  }

  private func list(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.impact(reference, in: store)
    let facts = details.row.assessment.facts
    if format.json {
      try session.out.json(.threshold(facts))
      return .done
    }
    let rows: [[Words]] = ThresholdQuestion.allCases.map { question in
      let answer = facts.threshold.answer(to: question)
      let hints = details.activities.compactMap { activity in
        question.hint(activity.facts).map { "\(activity.reference): \($0)" }
      }
      let hint = hints.isEmpty ? "" : "? \(hints.joined(separator: "; "))"
      return [
        "\(question.rawValue)", "\(answer.map { $0.isYes ? "yes" : "no" } ?? "open")",
        "\(question.citation)", "\(question.label)", "\(answer?.why ?? hint)",
      ]
    }
    let titles: [Words] = ["QUESTION", "ANSWER", "BY", "ASKS", "WHY"]
    for line in Table(titles: titles, rows: rows).lines(rows) { try session.out.line(line) }
    try session.out.line("result: \(facts.threshold.result.text)")
    return .done
  }
}

/// The command `tocsin dpia review`.
struct ReviewImpact: HeadlessCommand {
  static let origin = "dpia review"
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Say when an impact assessment is to be looked at again; none takes the day away."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Argument(help: "The day, such as 2027-05-01; or none.") var day: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    try await session.edit(reference, format) { facts in
      facts.review = day == "none" ? nil : try session.time(day)
      return "next review \(facts.review?.plain ?? "on no day")"
    }
  }
}

/// The command `tocsin dpia remove`.
struct RemoveImpactCommand: HeadlessCommand {
  static let origin = "dpia remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take an impact assessment off the list; undo brings it back."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.impact(reference, in: store).row.assessment
    let receipt = try await store.apply(
      RemoveImpact(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): removed")
  }
}

/// The command `tocsin dpia print`.
struct PrintImpact: HeadlessCommand {
  static let origin = "dpia print"
  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "Write an impact assessment as a document.",
    discussion: """
      Markdown to standard output, unless options say otherwise. The HTML page is self-contained: it loads \
      nothing and runs nothing.
      """
  )

  /// The form of the document.
  enum Form: String, EnumerableFlag {
    case markdown, html, json

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .markdown: "Markdown."
      case .html: "A self-contained HTML page."
      case .json: "JSON."
      }
    }
  }

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Flag var form = Form.markdown
  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?
  @Flag(help: "Replace the file where it is there already.") var force = false
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.impact(reference, in: store)
    let report = ImpactReport(details)
    let text =
      switch form {
      case .markdown: report.markdown
      case .html: report.html
      case .json: JSON.impact(details.row).written(.indented) + "\n"
      }
    return try session.write(text, to: output, force: force)
  }
}
