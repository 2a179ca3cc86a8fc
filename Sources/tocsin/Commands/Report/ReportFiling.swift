internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin report filing`.
struct ReportFiling: HeadlessCommand {
  static let origin = "report filing"
  static let configuration = CommandConfiguration(
    commandName: "filing",
    abstract: "Write the draft of a notice: what the record fills, and what is missing.",
    discussion: """
      Markdown to standard output, unless --html or --output say otherwise. Gaps are marked \
      [missing: ...] and never filled with made-up words; the draft needs counsel before it is sent.
      """
  )

  @Argument(help: "The incident, such as INC-2026-0042.")
  var reference: String

  @Option(help: ArgumentHelp("The duty, such as EU-GDPR-33-SA.", valueName: "id"))
  var obligation: String

  @Flag(help: "A self-contained HTML page instead of Markdown.")
  var html = false

  @Option(help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let book = try session.rulebook(rulebook)
    guard let place = book.pack.rule(obligation.uppercased()) else {
      throw Refusal("there is no rule \(obligation)", advice: "what there is: tocsin rules list")
    }
    let draft = try await draft(place, book, session)
    let text = html ? draft.html : draft.markdown
    guard let output else {
      try session.out.document(text)
      return .done
    }
    try OutputFile.write(Array(text.utf8), to: output, force: force)
    session.out.note("wrote \(output)")
    return .done
  }

  private func draft(
    _ place: (law: Law, rule: Rule),
    _ book: Rulebook,
    _ session: Session
  ) async throws -> FilingDraft {
    let store = try session.open()
    let incident = try await session.incident(reference, in: store)
    guard let answer = try await session.keeper(store, book).answer(for: incident.id) else {
      throw Refusal("there is no incident \(reference)")
    }
    for fact in answer.unusable { session.out.note("not used: \(String(describing: fact))") }
    let id = place.rule.id
    guard let obligation = answer.obligations.first(where: { $0.id == id }) else {
      throw Refusal(
        "\(id) reaches neither the people affected nor the organisation's seat",
        advice: "what is owed: tocsin obligations \(incident.reference)"
      )
    }
    return FilingDraft(
      rule: place,
      obligation: obligation,
      contents: place.rule.contents.compactMap { book.pack.contents[$0] },
      sources: NoticeSources(
        incident: answer.incident,
        organisation: try await store.answer(CurrentOrganisation()).organisation,
        rule: id,
        jurisdiction: obligation.jurisdiction,
        decisions: try await store.answer(IncidentDecisions(incident: incident.id)),
        tasks: try await store.answer(IncidentTasks(incident: incident.id)),
        timeline: try await store.answer(IncidentTimeline(incident: incident.id))
      ),
      sent: answer.facts.instant(.sent(id)),
      isDrill: incident.isExercise,
      now: session.now
    )
  }
}
