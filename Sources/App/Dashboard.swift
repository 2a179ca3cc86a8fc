import Drawing
import Foundation
public import Model
import Panes
public import Storage
import Terminal

/// What the dashboard is started with.
public struct DashboardOptions {
  /// The record.
  public var store: SQLiteStore
  /// The store's name as the bar shows it; never a path.
  public var storeName: String
  /// Who works here.
  public var actor: Actor
  /// The environment, given from outside.
  public var environment: [String: String]
  /// The instant at which the clock stands; nil for the host's clock.
  public var now: Instant?
  /// Where the theme files are; nil where none were found: the built-in theme is used.
  public var themeFolder: String?
  /// The tape that is played instead of keys.
  public var tape: String?
  /// Where a recording is written.
  public var recording: String?
  /// Version of the recording's format: 2 or 3.
  public var recordingVersion = 2
  /// Where a picture of the screen is written: after the tape, or else of the first full screen.
  public var picture: String?
  /// Whether the bell is silent in this session, whatever the officer's preference.
  public var isSilent = false
  /// Size of the screen where no terminal is used; nil takes the tape's, else 80x24.
  public var size: (columns: Int, rows: Int)?

  /// Where the rules come from that clocks rest on; asked off the main thread, after the first screen.
  public var rulebook: RulebookSource?

  /// What the journal says of where changes come from: a clock that was given is named.
  var origin: String { now == nil ? "dashboard" : "dashboard" + GivenClock.mark }

  /// Makes options for a store; everything else as usual.
  public init(
    store: SQLiteStore,
    storeName: String,
    actor: Actor,
    environment: [String: String]
  ) {
    (self.store, self.storeName) = (store, storeName)
    (self.actor, self.environment) = (actor, environment)
  }
}

/// The dashboard, from its start to the end of the process.
@MainActor
public enum Dashboard {
  /// Opens the dashboard on the terminal; ends the process.
  ///
  /// Throws where the terminal cannot be opened: then print the overview as text. Throws `TapeError`
  /// where a tape cannot be read or a recording not be written, before the terminal is touched.
  public static func run(_ options: DashboardOptions) throws -> Never {
    let tape = try tape(options)
    let recorder = try recorder(options)
    let session = try TerminalSession.open(environment: options.environment)
    let themes = ThemeShelf(folder: options.themeFolder)
    let statePath = StatePath.folder(options.environment)
    let preferencesPath = statePath.map { "\($0)/dashboard.conf" }
    let preferences = preferencesPath.map { Preferences.read(from: $0) } ?? Preferences()
    if let name = preferences.theme { _ = themes.use(name) }
    let now = options.now
    let tapeClock = TapeClock(start: now ?? .system)
    let isTape = tape != nil
    let clock: @Sendable () -> Instant = { isTape ? tapeClock.now : now ?? .system }
    var state = RootState(
      world: world(options, session.size, clock(), themes, hints: session.hints),
      lastSeen: preferences.lastSeen[options.store.path] ?? 0
    )
    if tape == nil { preferences.restore(into: &state) }
    if options.isSilent { state.isBellOn = false }
    state.isRecording = recorder != nil && tape == nil
    let shelf: any DraftShelf =
      tape == nil
      ? statePath.map { FolderShelf(path: "\($0)/drafts") } ?? NoShelf() : NoShelf()
    let program = Program(
      state: state,
      store: options.store,
      shelf: shelf,
      files: StoreFiles(folder: EvidenceFolder(storePath: options.store.path)),
      origin: options.origin,
      environment: options.environment,
      rulebook: options.rulebook,
      clock: clock
    )
    let front = TerminalFront(
      session: session,
      program: program,
      themes: themes,
      environment: options.environment,
      isClockFixed: now != nil || tape != nil
    ) {
      if let preferencesPath, tape == nil {
        var kept = Preferences(
          keeping: program.state,
          themes.name,
          options.store.path,
          preferences
        )
        // What was asked for this session alone is no preference.
        if options.isSilent { kept.isBellOn = preferences.isBellOn || program.state.isBellOn }
        kept.write(to: preferencesPath)
      }
      try? options.store.close()
    }
    if !preferences.isMouseOn { session.setMouse(false) }
    front.recorder = recorder
    front.start(storePath: options.store.path, drafts: shelf.all())
    if let tape { front.play(tape, file: options.tape ?? "", clock: tapeClock) }
    front.run()
  }

  private static func tape(_ options: DashboardOptions) throws -> Tape? {
    guard let path = options.tape else { return nil }
    return try Tape(file: path)
  }

  private static func recorder(_ options: DashboardOptions) throws -> Recorder? {
    guard let path = options.recording else { return nil }
    return try Recorder(path: path, Asciicast.Version(rawValue: options.recordingVersion) ?? .two)
  }

  /// Plays a tape, or draws one screen, without a terminal; ends the process.
  public static func play(_ options: DashboardOptions) -> Never {
    Task { @MainActor in
      do {
        try await Offscreen(options).play()
        try? options.store.close()
        exit(0)
      } catch {
        FileHandle.standardError.write(Data("tocsin: \(error)\n".utf8))
        exit(1)
      }
    }
    RunLoop.main.run()
    exit(0)
  }

  static func world(
    _ options: DashboardOptions,
    _ size: Size,
    _ now: Instant,
    _ themes: ThemeShelf,
    hints: [String] = []
  ) -> RootState.World {
    RootState.World(
      now: now,
      zone: HostZone.find(environment: options.environment),
      size: size,
      actor: options.actor,
      storeName: options.storeName,
      readOnlyReason: options.store.readOnlyReason,
      themes: themes.names,
      theme: themes.name,
      hints: hints
    )
  }
}
