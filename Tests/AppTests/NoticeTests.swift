import Drawing
import Foundation
import Model
import Panes
import Storage
import TestSupport
import Testing

@testable import App

/// Notices in the dashboard, from the key to the record.
@MainActor
struct `Notices in the dashboard` {
  private func mailing(_ dashboard: TestDashboard, _ name: String) async throws -> MailingBoard.Row
  {
    let page = try await dashboard.store.answer(
      MailingBoard(window: RowWindow(start: 0, count: 20))
    )
    return try #require(page.rows.first { $0.mailing.facts.name.contains(name) })
  }

  /// A file of people, apart from the store.
  private func file(_ text: String) throws -> (path: String, folder: TemporaryDirectory) {
    let folder = try TemporaryDirectory()
    let path = folder.file("people.csv")
    try Data(text.utf8).write(to: URL(filePath: path))
    return (path, folder)
  }

  @Test(arguments: [(80, 24), (40, 10), (120, 40)])
  func `open a mailing for an incident and bring people in from a file`(columns: Int, rows: Int)
    async throws
  {
    let (path, folder) = try file("id,name,email,country\n1,Ada,a@example.org,FR\n2,Ben,,FR\n")
    let dashboard = try await TestDashboard(columns: columns, rows: rows)
    await dashboard.type("2fstaging\n\nx5c")
    await dashboard.type("Everybody in France")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("Everybody in Fra"))
    let opened = try await mailing(dashboard, "France")
    #expect(opened.mailing.facts.channels == [.email, .post])
    #expect(opened.mailing.facts.obligations.contains("EU-GDPR-34-DS"))
    await dashboard.type("xi\(path)")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("brought in"))
    await dashboard.press(.escape)
    let filled = try await mailing(dashboard, "France")
    #expect(filled.coverage.counts == [.pending: 2])
    #expect(dashboard.program.state.job == nil)
    withExtendedLifetime(folder) {}
  }

  @Test func `say which rows of a file are bad, and bring nobody in`() async throws {
    let (path, folder) = try file("id,email\n1,a@example.org\n,b@example.org\n")
    let dashboard = try await TestDashboard()
    let before = try await mailing(dashboard, "Web shop").mailing.recipients
    await dashboard.type("5\nxi\(path)")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("Nobody was brought in"))
    #expect(dashboard.shows("line 3"))
    #expect(try await mailing(dashboard, "Web shop").mailing.recipients == before)
    withExtendedLifetime(folder) {}
  }

  @Test func `refuse a file that is not there in words that name it`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("5\nxi/nowhere/people.csv")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("/nowhere/people.csv: No such file"))
  }

  @Test func `begin at a duty in the view of clocks, and fulfil it`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("3fUS-CA-IND\nxm")
    await dashboard.type("Californians")
    await dashboard.press(.control("x"))
    #expect(try await mailing(dashboard, "Californians").mailing.facts.obligations == ["US-CA-IND"])
  }

  @Test func `reveal one person for a reason, which the journal has`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    await dashboard.type("5j\n]\nxv")
    await dashboard.type("the person called\n")
    #expect(dashboard.shows("LV-90000"))
    let canvas = dashboard.program.draw()
    #expect(!ScreenText.text(of: canvas).contains("LV-90000"))
    #expect(!SVGPicture.text(of: canvas, theme: .builtIn).contains("LV-90000"))
    let lines = try await dashboard.store.answer(
      JournalWindow(JournalFilter(), RowWindow(start: 0, count: 1_000_000))
    )
    #expect(lines.rows.contains { $0.headline == "revealed 1 recipients: the person called" })
    // Another view and back: hidden.
    await dashboard.type("15")
    #expect(!dashboard.shows("LV-90000"))
  }

  @Test func `move people to another state after a look at who goes`() async throws {
    let dashboard = try await TestDashboard()
    let before = try await mailing(dashboard, "boutique").coverage
    let pending = try #require(before.counts[.pending])
    await dashboard.type("5j\n]Fbaxmm")
    await dashboard.type("test accounts")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("\(pending)"))
    await dashboard.type("\(pending)")
    await dashboard.press(.enter)
    let after = try await mailing(dashboard, "boutique").coverage
    #expect(after.counts[.pending] == nil)
    #expect(after.counts[.exempt] == (before.counts[.exempt] ?? 0) + pending)
  }

  @Test func `read a text as a person was sent it, masked until they are revealed`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    await dashboard.type("5j\n]\nxs")
    #expect(dashboard.shows("Vos données de paiement"))
    #expect(dashboard.shows("Bonjour N••• D•••"))
    #expect(dashboard.shows("T1.1 · as #1 gets it, masked"))
    await dashboard.press(.escape)
    await dashboard.type("xvthey called\n")
    await dashboard.type("xs")
    #expect(dashboard.shows("Bonjour"))
    #expect(!dashboard.shows("Bonjour N•••"))
    let kept = ScreenText.text(of: dashboard.program.draw())
    #expect(!kept.contains("Bonjour"))
  }

  @Test func `show what stops the approval of texts, and approve by their hash`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    await dashboard.type("5\n]]")
    #expect(dashboard.shows("things stop approval"))
    await dashboard.type("xh")
    #expect(dashboard.shows("What stops approval"))
    await dashboard.press(.escape)
    await dashboard.type("xa")
    #expect(dashboard.shows("things stop it"))
    let shop = try await mailing(dashboard, "boutique").mailing
    let live = try #require(
      try await dashboard.store.answer(EditionInForce(mailing: shop.id))
    )
    try await dashboard.store.apply(
      WithdrawEdition(id: live.id, basedOn: live.version, reason: "once more"),
      origin: "test"
    )
    await dashboard.press(.escape, .escape, .escape)
    await dashboard.type("5j\n]]xa")
    #expect(dashboard.shows("SHA-256"))
    let review = try #require(dashboard.program.state.notices.open?.text.review)
    await dashboard.type(String(review.facts.digest.prefix(6)))
    await dashboard.press(.enter)
    let edition = try #require(
      try await dashboard.store.answer(EditionInForce(mailing: shop.id))
    )
    #expect(edition.name == "E2")
    #expect(dashboard.shows("E2 is in force"))
  }

  @Test func `erase people only where the mailing's name was typed`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("5jD")
    await dashboard.type("no")
    await dashboard.press(.enter, .escape)
    #expect(try await mailing(dashboard, "boutique").mailing.state != .erased)
    await dashboard.type("D")
    await dashboard.type("Clients de la boutique française")
    await dashboard.press(.enter)
    #expect(try await mailing(dashboard, "boutique").mailing.state == .erased)
  }

  @Test func `find a person by address, and keep the address out of what is recorded`() async throws
  {
    let dashboard = try await TestDashboard()
    await dashboard.type("5j\n]/")
    await dashboard.type("lv-90041")
    let canvas = dashboard.program.draw()
    #expect(dashboard.shows("lv-90041"))
    #expect(!ScreenText.text(of: canvas).contains("lv-90041"))
    await dashboard.press(.escape)
    await dashboard.type("/LV-90041\n")
    #expect(dashboard.program.state.notices.open?.people.table.selectedRow?.number == 42)
  }

  @Test func `lead from a jurisdiction to those of it who have not been told`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("5")
    await dashboard.press(.tab)
    await dashboard.type("j\n")
    let people = dashboard.program.state.notices.open?.people
    #expect(people?.filter.jurisdictions?.count == 1)
    #expect(people?.filter.states == LedgerFilter.toldStill)
  }

  @Test func `are altered by nobody where the record may only be read`() async throws {
    let dashboard = try await TestDashboard()
    var state = dashboard.program.state
    state.world.readOnlyReason = "the store was opened to be read"
    state.view = .notices
    let rows = RootTable.bound(state, for: .key(.character("c")))
    #expect(rows.first?.availability.isEnabled == false)
  }
}

extension LedgerFilter {
  fileprivate static let toldStill: Set<RecipientState> = [
    .uncertain, .bouncedSoft, .bouncedHard, .complaint, .pending, .approved, .queued,
  ]
}
