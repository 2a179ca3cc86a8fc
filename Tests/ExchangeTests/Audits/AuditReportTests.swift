import Exchange
import Foundation
import Model
import TestSupport
import Testing

struct `The report of an audit` {
  let report = AuditReport(AuditReportFixture.content)

  @Test func `reads as it did when somebody read it`() {
    GoldenText.expect("reports/audit.md", report.markdown)
    GoldenText.expect("reports/audit.html", report.html)
    GoldenText.expect("reports/audit.csv", report.csv)
  }

  @Test func `says nothing of when it was made`() {
    var later = AuditReportFixture.content
    // Nothing runs out in this minute.
    later.now = later.now + .seconds(60)
    let other = AuditReport(later)
    #expect(other.markdown == report.markdown)
    #expect(other.html == report.html)
    #expect(other.csv == report.csv)
  }

  @Test func `loads nothing, runs nothing and shows foreign text as text`() {
    let html = report.html
    #expect(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
    for word in ["<script", "<img", "<b>", "url(", "@import"] { #expect(!html.contains(word)) }
    // No attribute of a tag names an address or runs something.
    #expect(html.firstMatch(of: /<[a-z][^>]*\s(src|href|on[a-z]+)=/) == nil)
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    for text in [html, report.markdown] {
      #expect(text.contains("U+202E") && text.contains("U+001B"))
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }
  }

  @Test func `has headings that leave no level out, and a chart that is told in words as well`() {
    let html = report.html
    let levels = html.matches(of: /<h([1-6])>/).compactMap { Int($0.1) }
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
    for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1) }
    #expect(html.contains("role=\"img\" aria-labelledby=\"chart-title chart-words\""))
    #expect(html.contains("A  Access &lt;&amp;&gt; &quot;doors&quot;: score 50.0 %, 3 of 3"))
    #expect(html.contains("<th scope=\"col\">"))
    #expect(html.contains("<span lang=\"fr\">"))
  }

  @Test func `leaves no tag open`() throws {
    var open: [Substring] = []
    for tag in report.html.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
      if ["meta", "br"].contains(tag.2) || !tag.3.isEmpty { continue }
      if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
    }
    #expect(open.isEmpty)
  }

  @Test func `leaves no formula in a table`() throws {
    var content = AuditReportFixture.content
    content.lines[1].item?.observation = "=HYPERLINK(\"x\")"
    let csv = AuditReport(content).csv
    #expect(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""))
  }

  @Test func `charts the outermost headings of which there are several`() {
    func content(_ depths: [Int]) -> AuditReportContent.Content {
      var content = AuditReportFixture.content
      content.lines = depths.enumerated().map { index, depth in
        var line = AuditReportFixture.content.lines[0]
        (line.row.depth, line.row.place) = (depth, index)
        return line
      }
      return content
    }
    #expect(content([1, 2, 3, 2]).chapters.map(\.place) == [1, 3])
    #expect(content([1, 2, 1]).chapters.map(\.place) == [0, 2])
    #expect(content([1, 2, 3]).chapters.map(\.place) == [2])
    #expect(content([]).chapters.isEmpty)
  }
}

struct `A table of objects` {
  @Test func `has a column for each named member, and no formula`() {
    let table = JSONTable(["name", "score.of", "list", "flag", "gone"])
    let object = JSON.members([
      "name": .string("=1+1"), "score": .members(["of": .integer(3)]),
      "list": .array([.string("a"), .string("b,c"), .null]), "flag": .bool(true),
      "other": .string("x"),
    ])
    #expect(
      table.text([object, .members(["flag": .null])]) == """
        name,score.of,list,flag,gone\r
        "'=1+1",3,"a; b,c; ",yes,\r
        ,,,,\r

        """
    )
  }
}
