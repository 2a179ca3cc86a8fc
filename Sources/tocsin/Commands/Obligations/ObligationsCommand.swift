internal import App
internal import ArgumentParser
internal import Exchange
internal import Formats
internal import Model
internal import Rulebook

/// The command `tocsin obligations`.
struct ObligationsCommand: HeadlessCommand {
  static let origin = "obligations"
  static let configuration = CommandConfiguration(
    commandName: "obligations",
    abstract: "Work out every duty to notify, each with its deadline, reasons and provision.",
    discussion: """
      From a facts file, whose keys the manual page lists, or from a stored incident. What is not \
      stated is unknown, never false or zero. Exit status 0 also where something is overdue.
      """
  )

  @Argument(help: "An incident's reference.")
  var reference: String?

  @Option(help: ArgumentHelp("A facts file; - is standard input.", valueName: "file"))
  var facts: String?

  @Flag(help: "Also what does not arise on these facts, and why.")
  var all = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let book = try session.rulebook(rulebook)
    let (facts, found, incident) = try await answers(session, book)
    if format.json {
      try session.out.json(.array(found.map { JSON($0) }))
      return .done
    }
    let shown = all ? found : found.filter(\.state.isOpen)
    let report = ObligationReport(zone: facts.zone ?? .utc, now: session.now)
    if let incident { try session.out.sign(incident) }
    for line in report.lines(shown) { try session.out.line(line) }
    if !all, found.count > shown.count {
      session.out.note("\(found.count - shown.count) more do not arise; --all shows them and why")
    }
    return .done
  }

  private func answers(
    _ session: Session,
    _ book: Rulebook
  ) async throws -> (facts: Facts, found: [Obligation], incident: Incident?) {
    switch (reference, facts) {
    case (nil, let path?):
      let facts = try stated(path)
      try ObligationsCommand.checkSendings(facts, book.pack, path)
      try ObligationsCommand.checkSectors(facts, book.pack, path)
      let engine = ObligationEngine(pack: book.pack)
      return (facts, engine.obligations(for: facts, now: session.now), nil)
    case (let reference?, nil):
      let store = try session.open()
      let incident = try await session.incident(reference, in: store)
      guard let answer = try await session.keeper(store, book).answer(for: incident.id) else {
        throw Refusal("there is no incident \(reference)")
      }
      for fact in answer.unusable {
        session.out.note("not used: \(String(describing: fact))")
      }
      try ObligationsCommand.checkSectors(answer.facts, book.pack, nil)
      return (answer.facts, answer.obligations, incident)
    default:
      throw Refusal("name an incident, or a facts file with --facts; one of both", status: .usage)
    }
  }

  private func stated(_ path: String) throws -> Facts {
    do {
      return try FactsFile.facts(
        reading: try InputFile(path).bytes(maximumBytes: FactsFile.maximumBytes)
      )
    } catch let error as UnusableFact {
      throw Refusal(
        "\(path): \(String(describing: error))",
        advice: "the keys are listed by: tocsin rules facts"
      )
    } catch {
      throw Refusal("\(path): \(String(describing: error))")
    }
  }

  /// Refuses the sending of a notice that no rule asks for: a misspelt id would start no clock.
  private static func checkSendings(_ facts: Facts, _ pack: RulePack, _ path: String) throws {
    for key in facts.values.keys.sorted() where key.kind == .instants {
      let id = String(key.description.dropFirst("sent.".count))
      guard pack.rule(id) == nil else { continue }
      throw Refusal("\(path): \(key): there is no rule \(id)", advice: "see: tocsin rules list")
    }
  }

  /// Refuses a sector that no rule knows: a misspelt one would silently free from its duties.
  private static func checkSectors(_ facts: Facts, _ pack: RulePack, _ path: String?) throws {
    let known = Sector.known.union(pack.sectors)
    if let strange = facts.words(.sectors)?.first(where: { !known.contains($0) }) {
      throw Refusal(
        "\(path.map { "\($0): " } ?? "")org.sectors: no rule knows the sector \(strange)",
        advice: "the words are listed by: tocsin rules facts; your own rules may add more"
      )
    }
  }
}
