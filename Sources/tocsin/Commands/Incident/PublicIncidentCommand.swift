internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin incident public`.
struct PublicIncidentCommand: HeadlessCommand {
  static let origin = "incident public"
  static let configuration = CommandConfiguration(
    commandName: "public",
    abstract: "Mark an incident as public, with what the public is told; or take that back.",
    discussion: """
      Only what is marked so stands in a statement: its reference, title and summary given here, when it \
      happened, was discovered and contained, categories of data, and numbers of people, small ones hidden. \
      The incident's own title and summary are never published.
      """
  )

  @Argument(help: "The incident, such as INC-2026-0001.") var reference: String
  @Option(help: "What it is called in public.") var title: String?
  @Option(help: "What happened and what was done, for everybody: a file, or - for standard input.")
  var summary: String?
  @Option(help: "Why it is made public, or why not any more.") var reason: String?
  @Flag(name: .customLong("not"), help: "Take back that it is public.") var isNot = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if isNot, title != nil || summary != nil || reason != nil {
      throw ValidationError("--not goes alone.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let incident = try await session.incident(reference, in: store)
    let found = try await store.answer(DisclosureList())
      .first { $0.facts.incident == incident.id }
    if isNot {
      guard let found else { throw Refusal("\(incident.reference) is not public") }
      let receipt = try await store.apply(
        RemoveDisclosure(id: found.id, basedOn: found.version),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(incident.reference): not public any more")
    }
    let words = try summary.map { try session.text($0, limit: 64 << 10) }
    if let found {
      var facts = found.facts
      if let title { facts.title = title }
      if let words { facts.summary = words }
      if let reason { facts.reason = reason }
      let receipt = try await store.apply(
        EditDisclosure(id: found.id, basedOn: found.version, facts: facts),
        origin: session.origin
      )
      return try session.report(
        receipt,
        format,
        "\(incident.reference): version \(receipt.version)"
      )
    }
    guard let title, let reason else {
      throw Refusal(
        "say what it is called in public and why it is made public",
        advice: "--title and --reason",
        status: .usage
      )
    }
    let receipt = try await store.apply(
      AddDisclosure(
        DisclosureFacts(
          incident: incident.id,
          reference: incident.reference,
          title: title,
          summary: words ?? "",
          reason: reason
        )
      ),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(incident.reference): public")
  }
}
