internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin report breach-register`.
struct ReportBreachRegister: HeadlessCommand {
  static let origin = "report breach-register"
  static let configuration = CommandConfiguration(
    commandName: "breach-register",
    abstract: "The register of breaches of GDPR art. 33(5), with every decision and its reasons.",
    discussion: """
      Every confirmed breach of personal data, also one of which nobody was told, and every \
      incident on which somebody has decided. CSV with a row for each decision, or --json. In CSV, \
      cells that a spreadsheet would run begin with a quote mark. Exercises are left out.
      """
  )

  @Option(help: "Only incidents that pass this filter.")
  var filter: String?

  @Option(help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let register = BreachRegister(needsSecondPerson: organisation.needsSecondPerson)
    let wanted = try session.filter(filter).withoutDrills
    let ids = try await store.answer(IncidentIDs(filter: wanted)).sorted()
    var text = format.json ? "[" : register.csvHeader
    var count = 0
    for id in ids {
      // One that was removed for good meanwhile is left out.
      guard let incident = try await store.answer(IncidentDetail(id: id)) else { continue }
      let entry = BreachRegister.Entry(
        incident: incident,
        decisions: try await store.answer(IncidentDecisions(incident: id)),
        filings: try await store.answer(IncidentFilings(incident: id)),
        tasks: try await store.answer(IncidentTasks(incident: id))
      )
      guard entry.belongs else { continue }
      text +=
        format.json
        ? "\(count == 0 ? "\n" : ",\n")\(register.json(entry).written())" : register.csv(entry)
      count += 1
    }
    if format.json { text += count == 0 ? "]\n" : "\n]\n" }
    guard let output else {
      try session.out.document(text)
      return .done
    }
    try OutputFile.write(Array(text.utf8), to: output, force: force)
    session.out.note("wrote \(output), breaches: \(count)")
    return .done
  }
}
