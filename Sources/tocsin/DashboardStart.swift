internal import App
internal import ArgumentParser
internal import Model
internal import Storage
internal import Terminal

/// Opens the dashboard, or prints the overview where there is no terminal.
@MainActor
enum DashboardStart {
  /// Opens the dashboard on a store and ends the process when it is left.
  ///
  /// - Parameters:
  ///   - options: Which store, and the present.
  ///   - screen: Tape, recording, picture; nil for none of them.
  ///   - rulebook: The organisation's own rules; nil where the command line names none.
  ///   - storeName: What the bar calls the store; nil is its file's name.
  ///   - environment: The process's environment.
  static func run(
    _ options: StoreOptions,
    _ screen: ScreenOptions?,
    _ rulebook: RulebookOptions? = nil,
    storeName: String? = nil,
    environment: [String: String]
  ) -> Never {
    ProcessMemory.keepInOneArena()
    let hasTerminal = TerminalFacts.isInteractive(environment: environment)
    let isOffscreen = screen?.isOffscreen(hasTerminal: hasTerminal) ?? false
    if !isOffscreen, case .lines(let hint) = TerminalFacts.find(environment: environment) {
      printOverview(options, because: hint.map { Words($0) }, environment: environment)
    }
    do {
      let session = Session(options, origin: "dashboard", environment: environment)
      let store = try session.open()
      var dashboard = DashboardOptions(
        store: store,
        storeName: storeName ?? name(of: store.path),
        actor: session.actor,
        environment: environment
      )
      dashboard.now = options.now
      dashboard.themeFolder = DataFiles(environment: environment).folder(of: .theme)
      let rules = rulebook ?? .unsaid
      // A folder that was named and is not there is told before the screen is taken.
      _ = try session.ownRules(rules)
      dashboard.rulebook = RulebookSource(
        digest: { try session.rulebookDigest(rules) },
        read: { try session.rulebook(rules) }
      )
      if let screen {
        (dashboard.tape, dashboard.recording) = (screen.play, screen.record)
        dashboard.recordingVersion = screen.castVersion
        dashboard.picture = screen.svg
        dashboard.isSilent = screen.noBell
        dashboard.size = screen.size.map { ($0.columns, $0.rows) }
      }
      if isOffscreen { Dashboard.play(dashboard) }
      do {
        try Dashboard.run(dashboard)
      } catch let error as TapeError {
        throw error
      } catch {
        // The terminal cannot be drawn on after all: the overview as text is better than nothing.
        try? store.close()
        let reason = Refusal(error).reason
        printOverview(
          options,
          because: "\(reason): this is the overview as text.",
          environment: environment
        )
      }
    } catch {
      Runner.fail(error)
    }
  }

  private static func printOverview(
    _ options: StoreOptions,
    because hint: Words?,
    environment: [String: String]
  ) -> Never {
    if let hint { Output().note(hint) }
    do {
      Runner.run(try Overview.parse(options.arguments), environment: environment)
    } catch {
      Runner.fail(error)
    }
  }

  /// The file's name without folder and ending: a path has no place on a screen that is recorded.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.split(separator: ".").first ?? file)
  }
}
