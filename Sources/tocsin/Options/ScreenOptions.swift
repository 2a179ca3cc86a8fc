internal import ArgumentParser
internal import Drawing

/// What else the dashboard does while it runs: plays a tape, records, draws a picture.
struct ScreenOptions: ParsableArguments {
  @Option(help: "Play a tape instead of reading keys.", completion: .file(extensions: ["tape"]))
  var play: String?

  @Option(
    help: "Record the screen as an asciicast; no key, path or host is in it.",
    completion: .file(extensions: ["cast"])
  )
  var record: String?

  @Option(help: "Version of the recording's format: 2 or 3.")
  var castVersion = 2

  @Option(
    help: "Write the screen as an SVG picture: after the tape, else of the first full screen.",
    completion: .file(extensions: ["svg"])
  )
  var svg: String?

  @Flag(help: "Do not ring the bell when a step before a deadline passes.")
  var noBell = false

  @Option(
    help: ArgumentHelp(
      "Size of the screen where no terminal is used.",
      valueName: "columns x rows"
    )
  )
  var size: ScreenSize?

  func validate() throws {
    guard castVersion == 2 || castVersion == 3 else {
      throw ValidationError("--cast-version is 2 or 3.")
    }
  }

  /// Whether the screen is drawn without a terminal: for a picture, a recorded tape, a given size, or
  /// where there is no terminal to show a tape on.
  func isOffscreen(hasTerminal: Bool) -> Bool {
    svg != nil || size != nil || play != nil && (record != nil || !hasTerminal)
  }
}

/// A size such as `120x40`.
struct ScreenSize: ExpressibleByArgument {
  /// Columns, 1 to 1 000.
  let columns: Int
  /// Rows, 1 to 500.
  let rows: Int

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...1000).contains(columns), (1...500).contains(rows)
    else { return nil }
    (self.columns, self.rows) = (columns, rows)
  }
}
