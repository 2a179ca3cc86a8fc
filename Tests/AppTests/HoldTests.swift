import Drawing
import Foundation
import Model
import Panes
import Storage
import Testing

@testable import App

/// A mailing that is held after a restore, in the dashboard.
@MainActor
struct `A held mailing in the dashboard` {
  /// The dashboard on a store that was put back from its own backup.
  private func restored() async throws -> TestDashboard {
    let dashboard = try await TestDashboard()
    let backup = dashboard.store.path + ".backup"
    _ = try Backup.write(from: dashboard.store.path, to: backup)
    _ = try await Backup.restore(
      from: backup,
      to: dashboard.store.path,
      options: .init(now: { TestDashboard.now }, actor: Actor(uid: 4001, name: "mira"))
    )
    await dashboard.type("1")
    return dashboard
  }

  @Test func `says so in the list, and is released with a reason`() async throws {
    let dashboard = try await restored()
    await dashboard.type("5j")
    #expect(dashboard.shows("! held"))
    #expect(dashboard.shows("held after a restore: x k"))
    let id = try #require(dashboard.program.state.notices.table.selectedRow?.id)
    await dashboard.type("xk")
    #expect(dashboard.shows("What was sent since the backup"))
    await dashboard.press(.tab)
    await dashboard.type("nothing in the mail log")
    await dashboard.press(.control("x"))
    #expect(try await dashboard.store.answer(MailingHolds(of: id)).isEmpty)
    #expect(try await dashboard.store.answer(MailingHolds()).count > 0)
  }

  @Test func `is not sent`() async throws {
    let dashboard = try await restored()
    let page = try await dashboard.store.answer(
      MailingBoard(window: RowWindow(start: 0, count: 20))
    )
    for row in page.rows where row.mailing.state != .erased { #expect(row.mailing.isHeld) }
    // In the mailing itself it is said beside how far it is, and sending says why it cannot be.
    await dashboard.type("5\n]]]]")
    #expect(dashboard.shows("held after a restore: x k"))
    await dashboard.type("x")
    #expect(dashboard.shows("sent since"))
  }
}
