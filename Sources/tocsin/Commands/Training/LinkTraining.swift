internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin training link`.
struct LinkTraining: HeadlessCommand {
  static let origin = "training link"
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract:
      "Tie an incident that somebody's mistake caused to the training that should have prevented it.",
    discussion: "Both show it: tocsin incident show, and tocsin training course show."
  )

  @Argument(help: "The incident, such as INC-2026-0042.") var incident: String
  @Argument(help: "The course or protocol, such as PHISH-1.") var code: String
  @Flag(help: "Take the connection away.") var remove = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.incident(incident, in: store)
    let course = try await session.course(code, in: store)
    let link = RecordLink.prevention(by: course.id, of: found.id)
    let receipt =
      remove
      ? try await store.apply(RemoveLink(link), origin: session.origin)
      : try await store.apply(AddLink(link), origin: session.origin)
    let words: Words = remove ? "not tied to" : "tied to"
    return try session.report(
      receipt,
      format,
      "\(course.facts.code): \(words) \(found.markedReference)"
    )
  }
}
