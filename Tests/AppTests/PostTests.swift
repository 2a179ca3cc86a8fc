import Drawing
import Foundation
import Model
import Panes
import Storage
import TestSupport
import Testing

@testable import App

/// Batches, support and public notices in the dashboard, from the key to the record.
@MainActor
struct `Those whom no e-mail tells` {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func mailing(_ dashboard: TestDashboard, _ name: String) async throws -> Mailing {
    let page = try await dashboard.store.answer(
      MailingBoard(window: RowWindow(start: 0, count: 20))
    )
    return try #require(page.rows.first { $0.mailing.facts.name.contains(name) }?.mailing)
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = folder.file(name)
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  /// The French mailing at its batches, with those who bounced queued for post.
  private func french() async throws -> (TestDashboard, Mailing) {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    let mailing = try await mailing(dashboard, "boutique")
    try await dashboard.store.perform(MailingRetry(of: mailing.id), origin: "test")
    await dashboard.type("5j\n]]]]]")
    return (dashboard, mailing)
  }

  private func export(_ dashboard: TestDashboard, into folder: String) async {
    await dashboard.type("c")
    await dashboard.press(.down)
    await dashboard.type(folder)
    await dashboard.press(.down)
    await dashboard.type("Letters, Druck AG")
    await dashboard.press(.control("x"))
  }

  @Test func `are handed over as a batch of files, and the same files are written again`()
    async throws
  {
    let (dashboard, mailing) = try await french()
    #expect(dashboard.shows("No batch yet"))
    let first = folder.file("first")
    await export(dashboard, into: first)
    #expect(dashboard.shows("Files, SHA-256"))
    let batch = try #require(
      try await dashboard.store.answer(MailingBatches(of: mailing.id)).first
    )
    #expect(batch.state == .closed)
    #expect(batch.reason == "Letters, Druck AG")
    #expect(dashboard.shows(batch.files.first?.sha256 ?? "a file"))
    for file in batch.files {
      let bytes = try Data(contentsOf: URL(filePath: "\(first)/\(file.name)"))
      #expect(Digest.sha256(Array(bytes)) == file.sha256)
    }
    await dashboard.press(.escape)
    await dashboard.type("R")
    #expect(dashboard.shows("+ closed"))
    let second = folder.file("second")
    await dashboard.type("xw\(second)")
    await dashboard.press(.down)
    await dashboard.type("the printer lost it")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("the same as before"))
    for file in batch.files {
      #expect(
        try Data(contentsOf: URL(filePath: "\(second)/\(file.name)"))
          == Data(contentsOf: URL(filePath: "\(first)/\(file.name)"))
      )
    }
  }

  @Test func `and what became of a batch is taken in from a file, once`() async throws {
    let (dashboard, mailing) = try await french()
    await export(dashboard, into: folder.file("out"))
    await dashboard.press(.escape)
    await dashboard.type("R")
    let people = try await dashboard.store.answer(
      LedgerPage(
        mailing: mailing.id,
        filter: LedgerFilter(states: [.handedOver]),
        place: .first,
        count: 2000
      )
    ).rows
    var posted: [Int64] = []
    for person in people where posted.count < 3 {
      let history = try await dashboard.store.answer(
        RecipientHistory(mailing: mailing.id, number: person.number)
      )
      if history.last?.channel == .post { posted.append(person.number) }
    }
    let rows = zip(posted, ["angekommen", "returned", "delivered"]).map { "\($0),\($1)\n" }
    let path = try file("back.csv", "number,outcome\n" + rows.joined())
    await dashboard.type("xt\(path)")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("Nothing was taken."))
    #expect(dashboard.shows("line 2"))
    await dashboard.press(.escape)
    // The form comes back as it was typed.
    await dashboard.type("xt")
    await dashboard.press(.down, .down, .down)
    await dashboard.type("angekommen=delivered")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("only noted"))
    await dashboard.press(.escape)
    let board = try await dashboard.store.answer(BatchBoard(of: mailing.id))
    #expect(board.first?.returns == [.delivered: 2, .returned: 1])
    #expect(board.first?.areReturnsCut == false)
    let cut = try await dashboard.store.answer(BatchBoard(of: mailing.id, most: 2))
    #expect(cut.first?.areReturnsCut == true)
  }

  @Test func `say why nothing is handed over`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    await dashboard.type("5\n]]]]]")
    await export(dashboard, into: folder.file("out"))
    #expect(dashboard.shows("are approved; the tab Text puts them up"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
  }

  @Test func `are offered support, and each gets a code of the pool`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    let mailing = try await mailing(dashboard, "Web shop")
    await dashboard.type("5\n]]]")
    #expect(dashboard.shows("short; import more codes"))
    let codes = (1...300).map { "MORE-\($0)" }.joined(separator: "\n")
    await dashboard.type("xt\(try file("codes.txt", codes))")
    await dashboard.press(.control("x"))
    await dashboard.type("R")
    #expect(dashboard.shows("people have no support code of the pool us-12-months yet"))
    await dashboard.type("xa")
    await dashboard.type("R")
    #expect(dashboard.shows("everybody who is offered support has a code"))
    let numbers = try await dashboard.store.answer(OfferNumbers(of: mailing.id))
    #expect(numbers.pools.first?.imported == 600)
    #expect(numbers.places.filter { $0.pool != nil }.allSatisfy { $0.people == $0.assigned })
    // Another offer, for those who are offered nothing; and it goes again, and comes back.
    await dashboard.type("cothers")
    await dashboard.press(.down, .down)
    await dashboard.type("Watchful Ltd")
    await dashboard.press(.control("x"))
    #expect(try await plan(dashboard, mailing).map(\.pool) == ["others", "us-12-months"])
    await dashboard.type("gD")
    #expect(try await plan(dashboard, mailing).map(\.pool) == ["us-12-months"])
    await dashboard.type("u")
    #expect(try await plan(dashboard, mailing).map(\.pool) == ["others", "us-12-months"])
  }

  private func plan(_ dashboard: TestDashboard, _ mailing: Mailing) async throws -> [OfferLine] {
    try await dashboard.store.answer(OfferNumbers(of: mailing.id)).plan.lines
  }

  @Test func `are told in public, from a day until a day, and what was wrong is corrected`()
    async throws
  {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    let mailing = try await mailing(dashboard, "Web shop")
    await dashboard.type("5\n]]]]]]c")
    await dashboard.press(.down)
    await dashboard.type("https://example.org/notice")
    await dashboard.press(.control("x"))
    #expect(dashboard.shows("> 0 days, open"))
    await dashboard.type("xt")
    for _ in 0..<5 { await dashboard.press(.backspace) }
    await dashboard.type("2026-10-21\n")
    var facts = try await publications(dashboard, mailing).map(\.facts)
    #expect(facts.map(\.days) == [30])
    #expect(dashboard.shows("> day 0 of 30"))
    await dashboard.type("e")
    await dashboard.press(.down)
    await dashboard.type("/de")
    await dashboard.press(.control("x"))
    facts = try await publications(dashboard, mailing).map(\.facts)
    #expect(facts.map(\.place) == ["https://example.org/notice/de"])
    await dashboard.type("D")
    #expect(try await publications(dashboard, mailing).isEmpty)
    await dashboard.type("u")
    #expect(try await publications(dashboard, mailing).count == 1)
  }

  private func publications(_ dashboard: TestDashboard, _ mailing: Mailing) async throws
    -> [Publication]
  { try await dashboard.store.answer(MailingPublications(mailing: mailing.id)) }
}

/// How a text begins.
@MainActor
struct `A new text` {
  @Test func `begins as a draft that was looked at, and says which`() async throws {
    let dashboard = try await TestDashboard(columns: 120, rows: 40)
    await dashboard.type("5\n]]c")
    #expect(dashboard.shows("every draft needs counsel"))
    #expect(dashboard.shows("gdpr-34-de"))
    let names = dashboard.program.state.notices.open?.text.picker?.table.rows.map(\.id) ?? []
    #expect(names.last == "", "the empty text")
    let row = try #require(names.firstIndex(of: "gdpr-34-de"))
    for _ in 0..<row { await dashboard.type("j") }
    #expect(dashboard.shows("Datenschutz") || dashboard.shows("Ihre"))
    await dashboard.press(.enter)
    #expect(dashboard.shows("New text, from gdpr-34-de"))
    await dashboard.press(.control("x"))
    let mailing = try #require(dashboard.program.state.notices.open?.mailing)
    let texts = try await dashboard.store.answer(MailingTexts(mailing: mailing.id))
    #expect(texts.map(\.facts.draft) == ["gdpr-34-en", "gdpr-34-de"])
    #expect(texts.last?.facts.language == "de")
    #expect(texts.last?.facts.body.contains("[[") == true)
  }

  @Test func `can be empty, and the choice can be left again`() async throws {
    let dashboard = try await TestDashboard()
    await dashboard.type("5\n]]c")
    await dashboard.press(.escape)
    #expect(dashboard.program.state.notices.open?.text.picker == nil)
    await dashboard.type("cG\n")
    #expect(dashboard.shows("New text"))
    await dashboard.press(.escape)
    #expect(dashboard.program.state.notices.open != nil)
  }
}

/// The sample's mailings have gone the whole way.
@MainActor
struct `The sample's texts` {
  @Test func `stand up to what laws want of them, and two officers approved them`() async throws {
    let dashboard = try await TestDashboard()
    let store = dashboard.store
    let desk = NoticeDesk(store: store, rulebook: try Sample.rules.get(), origin: "test") {
      TestDashboard.now
    }
    var approved = 0
    for row in try await store.answer(MailingBoard(window: RowWindow(start: 0, count: 20))).rows {
      for edition in try await store.answer(MailingEditions(mailing: row.id)) {
        #expect(Set(edition.approvals.map(\.uid)).count == 2)
        approved += 1
        // Erasing people voids what was approved for them.
        guard edition.isInForce else { continue }
        let review = try await desk.review(row.mailing)
        #expect(review.stoppers == [], "\(row.mailing.facts.name)")
        #expect(review.facts.digest == edition.digest)
        let laws = review.record.filter { line in edition.checks.contains(line) }
        #expect(laws == edition.checks, "\(row.mailing.facts.name)")
      }
    }
    #expect(approved == 3)
  }

  @Test func `were sent with their edition, one message each that can be proved`() async throws {
    let dashboard = try await TestDashboard()
    let store = dashboard.store
    for row in try await store.answer(MailingBoard(window: RowWindow(start: 0, count: 20))).rows {
      let sending = try await store.answer(MailingSending(mailing: row.id))
      guard row.coverage.counts[.handedOver] != nil else { continue }
      #expect(sending.lease.map { $0.activity == .ended } ?? true)
      #expect(sending.uncertain == 0)
      for number in [1, 60] as [Int64] {
        let sent = try await store.answer(
          RecipientDeliveries(mailing: row.id, number: number)
        )
        #expect(sent.count == (sending.lease == nil ? 0 : 1))
        let history = try await store.answer(
          RecipientHistory(mailing: row.id, number: number)
        )
        let texts = history.map(\.text).filter { !$0.isEmpty && $0 != "E1" }
        #expect(!texts.isEmpty && texts.allSatisfy { $0.hasPrefix("E1/T") }, "\(texts)")
      }
    }
  }
}
