internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin export oscal-results`.
struct ExportOscalResults: HeadlessCommand {
  static let origin = "export oscal-results"
  static let configuration = CommandConfiguration(
    commandName: "oscal-results",
    abstract: "Write an audit as assessment results of OSCAL 1.1.2 in JSON.",
    discussion: """
      What is assessed becomes a finding with its observation; what is not applicable an \
      observation; findings become risks. The same record gives the same bytes. tocsin show-scan \
      reads it.
      """
  )

  @Argument(help: "The audit, such as AUD-2026-0001.")
  var reference: String

  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let content = try await session.auditReport(reference, in: try session.open())
    let text = OscalResults(content).json.written(.indented) + "\n"
    return try session.write(text, to: output, force: force)
  }
}

/// The command `tocsin export oscal-poam`.
struct ExportOscalPlan: HeadlessCommand {
  static let origin = "export oscal-poam"
  static let configuration = CommandConfiguration(
    commandName: "oscal-poam",
    abstract: "Write findings as a plan of action and milestones of OSCAL 1.1.2 in JSON.",
    discussion: """
      Without an audit all findings of the record are written that are not closed; with one, those \
      from its items. The same record gives the same bytes.
      """
  )

  @Argument(help: "Only findings from items of this audit, such as AUD-2026-0001.")
  var reference: String?

  @Flag(help: "Closed findings too.")
  var all = false

  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let audit: Audit? =
      if let reference { try await session.audit(reference, in: store).row.audit } else { nil }
    let filter = FindingFilter(
      states: all ? nil : Set(FindingState.allCases).subtracting([.closed]),
      audit: audit?.id
    )
    let window = RowWindow(start: 0, count: .max / 2)
    var findings: [FindingDetails.Details] = []
    for finding in try await store.answer(FindingList(filter, window: window)).rows {
      guard let details = try await store.answer(FindingDetails(id: finding.id)) else { continue }
      findings.append(details)
    }
    guard !findings.isEmpty else {
      throw Refusal(
        "there is no finding to plan for: OSCAL has no empty plan",
        advice: all ? nil : "closed ones too: --all"
      )
    }
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let plan = OscalMilestones(
      title: audit.map { "Plan of action for \($0.reference): \($0.facts.title)" }
        ?? "Plan of action and milestones",
      organisation: organisation.name,
      auditor: audit?.facts.auditor ?? "",
      findings: findings,
      now: session.now
    )
    return try session.write(plan.json.written(.indented) + "\n", to: output, force: force)
  }
}
