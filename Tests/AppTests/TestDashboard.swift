import Drawing
import Foundation
import Model
import Panes
import Rulebook
import Storage

@testable import App

/// A dashboard on the sample company, without a terminal: what a key does can be looked at.
@MainActor
final class TestDashboard: ProgramHost {
  /// The present of all tests: a Monday morning.
  nonisolated static let now: Instant = Instant(seconds: 1_790_000_000)

  let program: Program
  let store: SQLiteStore
  /// The same record as the program sees it: what it keeps of clocks can be made to wait.
  let held: HeldStore
  private let folder: String
  private let clock = TapeClock(start: TestDashboard.now)
  var copied: [String] = []
  var hasQuit = false
  /// How often the bell rang.
  var rings = 0
  /// What the editor would make of a text.
  var editor: (String) -> Result<String?, ErrandFailure> = { _ in .success(nil) }

  /// Opens the sample company, or an empty store, at a size.
  init(
    columns: Int = 80,
    rows: Int = 24,
    isEmpty: Bool = false,
    shelf: any DraftShelf = NoShelf(),
    rulebook: @escaping @Sendable () throws -> Rulebook = { try Sample.rules.get() }
  ) async throws {
    folder = NSTemporaryDirectory() + "tocsin-app-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let path = "\(folder)/t.sqlite"
    if !isEmpty { try FileManager.default.copyItem(atPath: try await Sample.path(), toPath: path) }
    let actor = Actor(uid: 4001, name: "mira")
    let keys = isEmpty ? nil : try await Sample.keys()
    store = try SQLiteStore(path: path, options: .init(now: { Self.now }, actor: actor, keys: keys))
    held = HeldStore(store)
    let world = RootState.World(
      now: Self.now,
      zone: .utc,
      size: Size(columns: columns, rows: rows),
      actor: actor,
      storeName: "sample",
      readOnlyReason: nil,
      themes: ["dark", "light"],
      theme: "dark"
    )
    program = Program(
      state: RootState(world: world, lastSeen: 0),
      store: held,
      shelf: shelf,
      files: StoreFiles(folder: EvidenceFolder(storePath: path)),
      rulebook: RulebookSource(digest: { try rulebook().digest }, read: rulebook),
      patience: .zero,
      clock: { [clock] in clock.now }
    )
    program.host = self
    program.receive([.started(drafts: [:])])
    program.startClocks()
    await program.idle()
  }

  isolated deinit {
    try? store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The same record as another account sees it.
  func store(as account: String) throws -> SQLiteStore {
    try SQLiteStore(
      path: "\(folder)/t.sqlite",
      options: .init(now: { Self.now }, actor: Actor(uid: 4002, name: account))
    )
  }

  /// Presses keys one after the other, each when the program is idle.
  func press(_ keys: Key...) async {
    for key in keys { await send(.key(key)) }
  }

  /// Types text, a key for each character.
  func type(_ text: String) async {
    for character in text { await send(.key(character == "\n" ? .enter : .character(character))) }
  }

  func send(_ event: InputEvent) async {
    program.receive([.input(event)])
    await program.idle()
  }

  /// Lets time pass for the program.
  func pass(milliseconds: Int64) { clock.advance(by: milliseconds) }

  var screen: [String] {
    let canvas = program.draw()
    return (0..<canvas.size.rows).map { canvas.text(ofRow: $0) }
  }

  func shows(_ text: String) -> Bool { screen.contains { $0.contains(text) } }

  // MARK: ProgramHost

  func stateChanged() {}
  func quit() { hasQuit = true }
  func suspend() {}
  func repaint() {}
  func setMouse(_ isOn: Bool) {}
  func ring() { rings += 1 }
  func setTheme(_ name: String) -> Result<String, ErrandFailure> { .success(name) }
  func edit(_ text: String, name: String) -> Result<String?, ErrandFailure> { editor(text) }
  func copy(_ text: String) -> Result<String, ErrandFailure> {
    copied.append(text)
    return .success("copied")
  }
  func savePicture(to path: String) -> Result<String, ErrandFailure> { .success("saved") }
}

/// The sample company as a file, made once for all tests.
actor Sample {
  /// The shipped rules, read once for all tests.
  static let rules = Result { try Rulebook(shipped: rulesFolder) }

  /// Where they lie.
  static let rulesFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Rulebook").path
  private static let shared = Sample()
  private var made: Task<String, any Error>?

  static func path() async throws -> String { try await shared.make() }

  /// The folder with the key to the people of its mailings.
  static func keys() async throws -> String {
    URL(filePath: try await path()).deletingLastPathComponent().appending(path: "keys").path
  }

  private func make() async throws -> String {
    let task =
      made
      ?? Task {
        let folder = NSTemporaryDirectory() + "tocsin-sample-\(getpid())"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
          atPath: folder,
          withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700]
        )
        try await SampleCompany.write(
          to: "\(folder)/t.sqlite",
          now: TestDashboard.now,
          rulebook: Self.rulesFolder
        )
        try await workOut("\(folder)/t.sqlite")
        return "\(folder)/t.sqlite"
      }
    made = task
    return try await task.value
  }

  /// Works the clocks out once, so that not every test has to.
  private func workOut(_ path: String) async throws {
    let actor = Actor(uid: 4001, name: "mira")
    let store = try SQLiteStore(
      path: path,
      options: .init(now: { TestDashboard.now }, actor: actor)
    )
    defer { try? store.close() }
    let keeper = ClockKeeper(store: store, rulebook: try Self.rules.get(), origin: "test") {
      TestDashboard.now
    }
    try await keeper.updateAll()
  }
}
