public import ArgumentParser
public import Model

/// Which store a command works on, and how: the options that every command has.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store's file.",
      discussion: "Default: $TOCSIN_STORE, else tocsin/tocsin.sqlite in $XDG_DATA_HOME.",
      valueName: "path"
    ),
    completion: .file()
  )
  var store: String?

  @Option(
    help: ArgumentHelp(
      "The present, for tests and tours: 2026-05-18T14:40:00Z. The journal says that it was given.",
      valueName: "instant"
    )
  )
  var now: Instant?

  @Flag(help: "Alter nothing.")
  var readOnly = false

  /// The options as they are typed.
  var arguments: [String] {
    var arguments: [String] = []
    if let store { arguments += ["--store", store] }
    if let now { arguments += ["--now", now.description] }
    if readOnly { arguments.append("--read-only") }
    return arguments
  }
}

extension Instant: ExpressibleByArgument {
  /// Reads RFC 3339 text.
  public init?(argument: String) { self.init(rfc3339: argument) }
}

/// Whether a command answers a person or a program.
struct FormatOptions: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false
}
