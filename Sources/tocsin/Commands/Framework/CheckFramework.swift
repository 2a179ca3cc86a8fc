internal import ArgumentParser
internal import Exchange
internal import Model

/// The command `tocsin framework check`.
struct CheckFramework: HeadlessCommand {
  static let origin = "framework check"
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read checklist files of your own; say what is wrong with file and line.",
    discussion: """
      The form is described in docs/checklists.md. Exit status 2 where something is wrong.
      """
  )

  @Argument(help: "Checklist files, or - for standard input.", completion: .file())
  var files: [String]

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let outcomes = files.map { CheckFramework.outcome($0) }
    let isSound = outcomes.allSatisfy { $0.fault == nil }
    if format.json {
      try session.out.json(.array(outcomes.map { JSON($0) }))
      return isSound ? .done : .found
    }
    for outcome in outcomes {
      if let fault = outcome.fault {
        let place: Words = fault.line.map { "\(outcome.file):\($0)" } ?? Words(outcome.file)
        let at: Words = fault.line == nil && !fault.at.isEmpty ? "\(fault.at): " : ""
        try session.out.line("\(place): \(at)\(fault.reason)")
      } else if let framework = outcome.framework {
        try session.out.line(
          """
          \(outcome.file): \(framework.texts.name), version \(framework.version): \
          \(framework.requirements.count) lines, \(framework.assessable) to answer
          """
        )
      }
    }
    return isSound ? .done : .found
  }

  fileprivate struct Outcome {
    var file: String
    var framework: Framework?
    var fault: (line: Int?, at: String, reason: String)?
  }

  private static func outcome(_ file: String) -> Outcome {
    do {
      let bytes = try InputFile(file).bytes(maximumBytes: 64 << 20)
      let framework = try ChecklistReader.read(bytes, path: file)
      try framework.check()
      return Outcome(file: file, framework: framework)
    } catch let error as UnreadableFramework {
      let line = error.at.hasPrefix("line ") ? Int(error.at.dropFirst(5)) : nil
      return Outcome(file: file, fault: (line, error.at, error.reason))
    } catch let error as UnusableFramework {
      return Outcome(file: file, fault: (nil, error.requirement ?? "", error.reason))
    } catch {
      return Outcome(file: file, fault: (nil, "", "\(error)"))
    }
  }
}

extension JSON {
  fileprivate init(_ outcome: CheckFramework.Outcome) {
    self = .members([
      "file": .string(outcome.file), "sound": .bool(outcome.fault == nil),
      "id": outcome.framework.map { .string($0.identifier) } ?? .null,
      "nodes": outcome.framework.map { .count($0.requirements.count) } ?? .null,
      "assessable": outcome.framework.map { .count($0.assessable) } ?? .null,
      "line": outcome.fault?.line.map { .count($0) } ?? .null,
      "reason": outcome.fault.map { .string($0.reason) } ?? .null,
    ])
  }
}
