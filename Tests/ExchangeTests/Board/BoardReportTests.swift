import Foundation
import Model
import Testing

@testable import Exchange

struct `A report to the board` {
  private static func content(
    _ name: String = "Lindgren & Vale",
    _ alter: (inout BoardFigures) -> Void = { _ in }
  ) throws -> BoardContent.Answer {
    var now = BoardFigures()
    now.opened = [1, 2, 3, 0, 1]
    now.breaches = 2
    now.filings.onTime = 3
    now.filings.late = 1
    now.mailings.count = 1
    (now.mailings.listed, now.mailings.told) = (400, 380)
    now.people = 182
    (now.training.done, now.training.overdue) = (90, 10)
    alter(&now)
    return BoardContent.Answer(
      organisation: name,
      zone: .utc,
      period: try #require(BoardPeriod("2026-Q3")),
      soFar: nil,
      least: 10,
      now: now,
      before: BoardFigures()
    )
  }

  private static func figure(_ title: String, _ content: BoardContent.Answer) throws -> String {
    let report = BoardReport(content)
    let rows = (report.first + report.second).flatMap(\.rows)
    return try #require(rows.first { $0.title == title }).now
  }

  @Test func `says with each figure what it is a part of`() throws {
    let content = try Self.content()
    #expect(try Self.figure("Filed in time", content) == "3 of 4 (75 %)")
    #expect(try Self.figure("People told", content) == "380 of 400 (95 %), 1 mailing")
    #expect(try Self.figure("Training in order", content) == "90 of 100 duties (90 %), 182 people")
    #expect(try Self.figure("Of them severe", content) == "1 critical, 2 high of 7")
    #expect(try Self.figure("Time to aware", content) == "no incident")
  }

  @Test(arguments: [
    (5, 5, "not shown"), (400, 397, "not shown"),
    (400, 4, "not shown"), (400, 400, "400 of 400 (100 %), 1 mailing"),
    (5, 0, "not shown"), (400, 0, "0 of 400 (0 %), 1 mailing"),
  ])
  func `shows no number of few people, nor what it could be worked out from`(
    listed: Int,
    told: Int,
    expected: String
  ) throws {
    let content = try Self.content {
      ($0.mailings.listed, $0.mailings.told) = (listed, told)
    }
    #expect(try Self.figure("People told", content) == expected)
  }

  @Test func `tells of no longer period what a month of it withholds`() throws {
    let content = try Self.content { $0.mailings.isWithheld = true }
    #expect(try Self.figure("People told", content) == "not shown")
  }

  @Test func `counts duties of which nothing was filed among those that were to be`() throws {
    let content = try Self.content { ($0.filings.missed, $0.lateDuties) = (4, 5) }
    #expect(try Self.figure("Filed in time", content) == "3 of 8 (37 %), 4 not filed at all")
    #expect(try Self.figure("Duties late at the end", content) == "5 duties not filed")
    #expect(BoardReport(content).html.contains("3 of 8 (37 %)"))
  }

  @Test func `does not tell of the training of a few`() throws {
    let content = try Self.content { $0.people = 9 }
    let expected = "not shown"
    #expect(try Self.figure("Training in order", content) == expected)
    #expect(!BoardReport(content).html.contains("90 of 100"))
  }

  @Test func `reads nothing in text from outside as markup`() throws {
    let content = try Self.content("<script>x</script>\u{202E}|`*") {
      $0.audits = [
        BoardFigures.Audited(
          reference: "AUD-2026-0001",
          name: "<img src=x onerror=y> | `code`",
          score: 8_214,
          assessed: 4,
          items: 5,
          before: 7_000,
          isNew: true
        )
      ]
    }
    let report = BoardReport(content)
    // In Markdown a backslash takes its meaning from what follows.
    for text in [report.html, report.markdown.replacing("\\<", with: "")] {
      #expect(!text.contains("<script"))
      #expect(!text.contains("<img"))
      #expect(!text.contains("\u{202E}"))
    }
    #expect(report.html.contains("82.1 %"))
    #expect(report.json.written(.indented).contains("82.1 %"))
  }

  @Test func `compares with the period before, and says nothing where there is nothing`() throws {
    let report = BoardReport(try Self.content())
    #expect(report.scope.hasPrefix("2026-Q3 compared with 2026-Q2; days as in UTC"))
    let rows = (report.first + report.second).flatMap(\.rows)
    #expect(rows.first { $0.title == "Incidents opened" }?.change == "worse")
    #expect(rows.first { $0.title == "Filed in time" }?.change == "")
  }

  @Test func `draws bars that say their figures in words, with names of their own`() throws {
    let html = BoardReport(try Self.content()).html
    for id in ["times", "severity", "shares"] {
      #expect(html.components(separatedBy: "id=\"\(id)-title\"").count == 2)
    }
    #expect(html.contains("Critical: 1 of 7, before: 0 of 0"))
  }
}
