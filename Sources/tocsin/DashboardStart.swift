internal import App
internal import ArgumentParser
internal import Foundation
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
  ///   - screen: Tape, recording, picture.
  ///   - storeName: What the bar calls the store; nil is its file's name.
  ///   - environment: The process's environment.
  static func run(
    _ options: StoreOptions,
    _ screen: ScreenOptions,
    storeName: String? = nil,
    environment: [String: String]
  ) -> Never {
    do {
      let overview = try Overview.parse(options.arguments)
      if !screen.isOffscreen {
        switch TerminalFacts.find(environment: environment) {
        case .screen: break
        case .lines(let hint):
          if let hint { Output().note(Words(hint)) }
          Runner.run(overview, environment: environment)
        }
      }
      let session = Session(overview, environment: environment)
      let store = try session.open()
      let name =
        storeName ?? URL(fileURLWithPath: store.path).deletingPathExtension().lastPathComponent
      var dashboard = DashboardOptions(
        store: store,
        storeName: name,
        actor: session.actor,
        environment: environment
      )
      dashboard.now = options.now
      dashboard.themeFolder = DataFiles(environment: environment).folder(of: .theme)
      (dashboard.tape, dashboard.recording) = (screen.play, screen.record)
      dashboard.recordingVersion = screen.castVersion
      dashboard.picture = screen.svg
      dashboard.size = screen.size.map { ($0.columns, $0.rows) }
      if screen.isOffscreen { Dashboard.play(dashboard) }
      do {
        try Dashboard.run(dashboard)
      } catch {
        // The terminal cannot be drawn on after all: the overview as text is better than nothing.
        try? store.close()
        Output().note("\(Refusal(error).reason); this is the overview as text.")
        Runner.run(overview, environment: environment)
      }
    } catch {
      Runner.fail(error)
    }
  }
}
