import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

/// Statements for tests, with text that tries to be markup.
enum StatementFixture {
  static let hostile = "<script>alert(1)</script> & \"x\" 'y' [a](http://e.example) \u{202E}txt"

  static func content(_ title: String = hostile) -> StatementContent {
    let day = DayNumber(count: 20_591)
    let fact = StatementFact("a", hostile, "first\n\(hostile)", source: "s")
    return StatementContent(
      title: title,
      language: "en",
      organisation: "Lindgren & Vale",
      date: day,
      blocks: [
        .paragraph([StatementRun("Prose "), StatementRun(hostile, source: "s")]),
        .heading(2, [StatementRun("What")]), .facts([fact]),
        .heading(3, [StatementRun(hostile)]),
        .list([[StatementRun("- one")], [StatementRun("1. \(hostile)")]]),
        .incident("INC-2026-0001", title: hostile),
      ],
      incidents: [
        StatementIncident(
          reference: "INC-2026-0001",
          title: hostile,
          blocks: [.paragraph([StatementRun("It happened.")]), .facts([fact])]
        )
      ],
      facts: [fact],
      corrections: [
        StatementCorrection(version: 1, was: hostile, now: "right", on: day, by: "Privacy office")
      ],
      security: SecurityText(
        Openness(securityContacts: ["mailto:security@example.org"]),
        date: day
      )
    )
  }

  static func edition(_ number: Int, _ content: StatementContent = content())
    -> StatementEditionFacts
  {
    var facts = StatementEditionFacts(
      statement: 1,
      reference: "STM-0001",
      number: number,
      content: content,
      needsTwo: false,
      approval: .init(uid: 1, by: "secret account", at: Instant(seconds: 0))
    )
    facts.published = .init(by: "secret account", at: Instant(seconds: 5), note: "m")
    facts.state = .published
    return facts
  }

  static func text(_ path: String, in site: StatementSite) -> String {
    site.files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }
}

struct `The site of a statement` {
  private let site = StatementSite(
    StatementFixture.edition(2),
    earlier: [StatementFixture.edition(1, StatementFixture.content("Old"))]
  )

  @Test func `has a page for all that is published, Markdown, security.txt and a manifest`() throws
  {
    #expect(
      site.files.map(\.path) == [
        ".well-known/security.txt", "incidents/INC-2026-0001.html", "index.html", "statement.md",
        "versions.html", "versions/v1.html", "versions/v1.md", "versions/v2.md", "manifest.json",
      ]
    )
    let manifest = try JSON(reading: try #require(site.files.last).bytes)
    for entry in try #require(manifest["files"]?.elements) {
      let path = try #require(entry["path"]?.text)
      let file = try #require(site.files.first { $0.path == path })
      #expect(entry["sha256"]?.text == Digest.sha256(file.bytes))
    }
    #expect(site.manifestDigest == Digest.sha256(try #require(site.files.last).bytes))
    #expect(manifest["digest"]?.text == StatementFixture.edition(2).digest)
  }

  @Test func `is the same bytes however often it is made`() {
    let again = StatementSite(
      StatementFixture.edition(2),
      earlier: [StatementFixture.edition(1, StatementFixture.content("Old"))]
    )
    #expect(site.files == again.files)
  }

  @Test func `runs nothing, loads nothing, and tells no account`() {
    for file in site.files {
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(!text.contains("secret account"))
      guard file.path.hasSuffix(".html") else { continue }
      #expect(!text.contains("<script"))
      #expect(!text.contains("src="))
      #expect(!text.contains("http://") || text.contains("&#39;y&#39; [a](http://e.example)"))
      #expect(!text.contains("\u{202E}"))
      #expect(text.contains("default-src 'none'; style-src 'unsafe-inline'"))
      for match in text.matches(of: /href="([^"]*)"/) {
        #expect(!match.1.contains("://"), "\(match.1)")
      }
    }
  }

  @Test func `has a language, one first heading, headings in order, and closed tags`() throws {
    for file in site.files where file.path.hasSuffix(".html") {
      let page = String(decoding: file.bytes, as: UTF8.self)
      #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
      #expect(page.contains("<a class=\"skip\" href=\"#main\">"))
      #expect(page.contains("<main id=\"main\""))
      let levels = page.matches(of: /<h([1-6])>/).compactMap { Int($0.1) }
      #expect(levels.filter { $0 == 1 }.count == 1, "\(file.path)")
      #expect(levels.first == 1)
      for (before, after) in zip(levels, levels.dropFirst()) {
        #expect(after <= before + 1, "\(file.path): h\(before), h\(after)")
      }
      try Self.balanced(page, file.path)
    }
  }

  /// Every tag that is opened is closed in order.
  private static func balanced(_ page: String, _ path: String) throws {
    let void: Set<Substring> = ["meta", "br", "!DOCTYPE"]
    var open: [Substring] = []
    for tag in page.matches(of: /<(\/?)([a-zA-Z!][a-zA-Z0-9]*)[^>]*>/) where !void.contains(tag.2) {
      if tag.1.isEmpty {
        open.append(tag.2)
      } else {
        #expect(open.popLast() == tag.2, "\(path): </\(tag.2)>")
      }
    }
    #expect(open.isEmpty, "\(path): \(open)")
  }

  @Test func `leads only to what is there`() {
    let paths = Set(site.files.map(\.path))
    for file in site.files where file.path.hasSuffix(".html") {
      let page = String(decoding: file.bytes, as: UTF8.self)
      let folder = file.path.split(separator: "/").dropLast().map(String.init)
      for match in page.matches(of: /href="([^"#]+)"/) {
        var parts = folder
        for part in match.1.split(separator: "/") {
          if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        #expect(paths.contains(parts.joined(separator: "/")), "\(file.path): \(match.1)")
      }
    }
  }

  @Test(arguments: [("light", StatementStyle.light), ("dark", StatementStyle.dark)])
  func `has colours that can be read`(name: String, colours: StatementStyle.Colours) throws {
    for pair in colours.pairs {
      let ratio = try Self.contrast(pair.upper, pair.lower)
      #expect(ratio >= pair.least, "\(name): \(pair.name) \(ratio)")
    }
    // The colours that were measured are those that the pages have.
    for colour in [colours.text, colours.paper, colours.link, colours.visited, colours.line] {
      #expect(StatementStyle.css.contains(colour))
    }
    let used = Set(StatementStyle.css.matches(of: /#[0-9a-fA-F]{3,8}/).map { String($0.0) })
    #expect(
      used.isSubset(
        of: [StatementStyle.light, StatementStyle.dark].flatMap {
          [$0.text, $0.paper, $0.link, $0.visited, $0.line, $0.quiet, $0.band]
        }
      )
    )
  }

  /// The contrast of two colours: WCAG 2.2, relative luminance.
  private static func contrast(_ one: String, _ other: String) throws -> Double {
    func luminance(_ colour: String) throws -> Double {
      let number = try #require(UInt32(colour.dropFirst(), radix: 16))
      let parts = [16, 8, 0].map { shift -> Double in
        let part = Double((number >> UInt32(shift)) & 0xFF) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (first, second) = (try luminance(one), try luminance(other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  @Test func `is Markdown in which nothing of the record is markup`() {
    let text = StatementFixture.text("statement.md", in: site)
    #expect(text.hasPrefix("# \\<script\\>alert(1)\\</script\\> \\&"))
    #expect(text.contains("- \\- one\n- 1\\. "))
    #expect(!text.contains("](http:"))
  }
}

struct `The folder of a site` {
  private let site = StatementSite(StatementFixture.edition(1))

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }

  @Test func `appears whole, can be read by all, and is written again only with force`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("site")
    try SiteFolder(site, to: path + "/", force: false).place()
    #expect(try names(path).contains(".well-known/security.txt"))
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/index.html")
    #expect(attributes[.posixPermissions] as? Int == 0o644)
    #expect(throws: UnwritableOutput.exists(path)) { try SiteFolder(site, to: path, force: false) }
    let other = StatementSite(StatementFixture.edition(3))
    try SiteFolder(other, to: path, force: true).place()
    #expect(try names(path).contains("versions/v3.md"))
    #expect(try names(path).contains("versions/v1.md") == false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["site"])
  }

  @Test(arguments: ["index.html", "mine.txt"])
  func `is never put in the place of something else`(name: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("site")
    if name == "mine.txt" { try SiteFolder(site, to: path, force: false).place() }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: "\(path)/\(name)"))
    #expect(throws: UnwritableOutput.self) { try SiteFolder(site, to: path, force: true) }
    #expect(FileManager.default.contents(atPath: "\(path)/\(name)") == Data("mine".utf8))
  }

  @Test func `follows no link`() throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: directory.file("real"),
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("site"),
      withDestinationPath: directory.file("real")
    )
    #expect(throws: UnwritableOutput.self) {
      try SiteFolder(site, to: directory.file("site"), force: true)
    }
  }

  @Test func `takes the place of the one before in one step`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("site")
    try SiteFolder(site, to: path, force: false).place()
    // Whoever has the old folder open keeps what it reads; the name is another folder's at once.
    let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    try SiteFolder(StatementSite(StatementFixture.edition(2)), to: path, force: true).place()
    let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    #expect(before != after)
    #expect(try names(path).contains("versions/v2.md"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["site"])
  }

  @Test func `is taken back, and what stood there before stands there again`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("site")
    do {
      let folder = try SiteFolder(site, to: path, force: false)
      try folder.place()
      folder.takeBack()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
    try SiteFolder(site, to: path, force: false).place()
    do {
      let other = StatementSite(StatementFixture.edition(3))
      let folder = try SiteFolder(other, to: path, force: true)
      try folder.place()
      #expect(try names(path).contains("versions/v3.md"))
      folder.takeBack()
    }
    #expect(try names(path).contains("versions/v1.md"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["site"])
    #expect(throws: UnwritableOutput.failed("", "a folder has a name")) {
      try SiteFolder(site, to: "", force: false)
    }
  }

  @Test func `leaves nothing behind where it is given up`() throws {
    let directory = try TemporaryDirectory()
    do { _ = try SiteFolder(site, to: directory.file("site"), force: false) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }
}
