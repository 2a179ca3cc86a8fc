import Foundation
import Model
import Panes
import Storage
import Synchronization
import TestSupport
import Testing

@testable import App

@MainActor
struct `A draft that cannot be kept` {
  private static func set(_ mode: Int, _ folder: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder)
  }

  /// Waits for something that another thread brings about.
  private static func wait(until isTrue: () -> Bool) async {
    let end = ContinuousClock.now + .seconds(300)
    while !isTrue(), ContinuousClock.now < end { await Task.yield() }
  }

  @Test func `is told once, and again only when drafts were kept in between`() async throws {
    let directory = try TemporaryDirectory()
    let folder = directory.path
    let shelf = FolderShelf(path: folder, delay: .nanoseconds(0))
    let told = Mutex<[String]>([])
    shelf.watch { failure in told.withLock { $0.append(failure.reason) } }

    // Open to others: nothing is written there.
    try Self.set(0o755, folder)
    shelf.save(key: "a", fields: ["x": "1"])
    await Self.wait { !told.withLock(\.isEmpty) }
    #expect(told.withLock { $0.first }?.contains("chmod 700") == true)
    for text in ["2", "3", "4"] { shelf.save(key: "a", fields: ["x": text]) }
    #expect(shelf.saveNow(key: "a", fields: ["x": "5"]) != nil)
    #expect(told.withLock(\.count) == 1)

    try Self.set(0o700, folder)
    #expect(shelf.saveNow(key: "a", fields: ["x": "6"]) == nil)
    #expect(shelf.all() == ["a": ["x": "6"]])

    try Self.set(0o755, folder)
    shelf.save(key: "a", fields: ["x": "7"])
    await Self.wait { told.withLock(\.count) == 2 }
    #expect(told.withLock(\.count) == 2)
  }

  @Test func `reaches the officer who types`() async throws {
    let directory = try TemporaryDirectory()
    try Self.set(0o755, directory.path)
    let dashboard = try await TestDashboard(
      columns: 120,
      isEmpty: true,
      shelf: FolderShelf(path: directory.path, delay: .nanoseconds(0))
    )
    await dashboard.type("2c")
    await dashboard.type("Phishing")
    await Self.wait { dashboard.shows("what you type is not kept") }
    #expect(
      dashboard.shows("what you type is not kept"),
      "\(dashboard.screen.joined(separator: "\n"))"
    )
    #expect(dashboard.program.keepDrafts() != nil)
  }
}
