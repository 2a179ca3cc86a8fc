internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin framework export`.
struct ExportFramework: HeadlessCommand {
  static let origin = "framework export"
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a framework as a checklist file, which can be edited and imported.",
    discussion: "Without --output it is printed. See docs/checklists.md for the form."
  )

  @Argument(help: "The framework, or the name of one that Tocsin ships.")
  var id: String

  @Option(help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let framework: Framework
    do {
      framework = try await session.wholeFramework(id, in: store)
    } catch let refusal as Refusal {
      guard let shipped = try session.shippedFrameworks().first(where: { $0.name == id }) else {
        throw refusal
      }
      framework = shipped.framework
    }
    let text = ChecklistWriter.text(framework)
    if let output {
      try OutputFile.write(Array(text.utf8), to: output, force: force)
      try session.out.line("\(framework.requirements.count) lines in \(output)")
    } else {
      try session.out.document(text)
    }
    return .done
  }
}
