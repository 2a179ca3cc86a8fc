import Drawing
import Foundation
#if canImport(FoundationXML)
import FoundationXML
#endif
import Testing

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "themes")

private let files: [String] =
  ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

private func text(_ name: String) throws -> String {
  String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
}

private func theme(_ name: String) throws -> Theme {
  try Theme(yaml: text("\(name).yaml"), file: "\(name).yaml")
}

private func error(_ yaml: String) -> ThemeError? {
  do {
    _ = try Theme(yaml: yaml, file: "t.yaml")
    return nil
  } catch { return error }
}

struct `A theme file` {
  @Test func `is there for every need`() {
    let needed = [
      "colour-vision-safe.yaml", "dark.yaml", "high-contrast.yaml", "light.yaml", "monochrome.yaml",
    ]
    #expect(Set(needed).isSubset(of: Set(files)))
  }

  @Test(arguments: files)
  func `is read whole, and is named like its file`(name: String) throws {
    let theme = try Theme(yaml: text(name), file: name)
    #expect("\(theme.id).yaml" == name)
    #expect(!theme.title.isEmpty)
  }

  @Test func `dark is the theme that is built in`() throws {
    #expect(try theme("dark") == Theme.builtIn)
    #expect(Theme.isBuiltIn(try text("dark.yaml").utf8))
    #expect(!Theme.isBuiltIn(try text("light.yaml").utf8))
    #expect(!Theme.isBuiltIn((try text("dark.yaml") + " ").utf8))
  }

  @Test(
    arguments: [
      ("  text: {}", "  text: {}\n  txet: {}", "there is no role txet", 1),
      ("  link: {fg: 75, attributes: [underline]}\n", "", "the role link is missing", nil),
      ("fg: 245}", "fg: gray}", "there is no colour gray", 0),
      ("fg: 245}", "fg: 256}", "there is no colour 256", 0),
      ("fg: 245}", "fg: -1}", "there is no colour -1", 0),
      ("fg: 245}", "fg: \"#12345\"}", "there is no colour #12345", 0),
      ("fg: 245}", "foreground: 245}", "textMuted has no foreground; it has fg, bg, attributes", 0),
      ("[underline]", "[blink]", "there is no attribute blink", 0),
      ("[underline]", "underline", "attributes must be a list", 0),
      (
        "title: Dark", "title: Dark\nauthor: x",
        "a theme has no author; it has id, title, version, roles", 1
      ),
      ("version: 1", "version: 2", "version must be 1", 0),
      ("title: Dark\n", "", "title is missing", nil),
      ("  text: {}", "  text: 7", "text must be a mapping", 0),
      ("fg: 245}", "fg: &a 245}", "anchors and aliases (& and *) are refused", 0),
      ("fg: 245}", "fg: *a}", "anchors and aliases (& and *) are refused", 0),
    ] as [(String, String, String, Int?)]
  )
  func `that is wrong says where and what`(
    part: String,
    replacement: String,
    reason: String,
    offset: Int?
  ) throws {
    let good = try text("dark.yaml")
    let range = try #require(good.range(of: part))
    let found = try #require(error(good.replacingCharacters(in: range, with: replacement)))
    #expect(found.reason == reason)
    #expect(found.description.hasPrefix("t.yaml:\(found.line): "))
    if let offset {
      let line = good[..<range.lowerBound].split(
        separator: "\n",
        omittingEmptySubsequences: false
      ).count
      #expect(found.line == line + offset)
    }
  }

  @Test(arguments: [
    ("", 1), ("- a", 1), ("id: [", 1), ("id: x\nid: y", 1), ("a: b: c", 1), ("\u{0}", 1),
    ("id: !!python/object x", 1),
  ])
  func `that is no theme at all is refused`(yaml: String, line: Int) {
    #expect(error(yaml) != nil)
  }

  @Test func `that stands twice in a role is refused`() throws {
    let good = try text("dark.yaml")
    let range = try #require(good.range(of: "  text: {}"))
    let found = error(good.replacingCharacters(in: range, with: "  text: {}\n  text: {}"))
    #expect(found?.reason.contains("text") == true)
  }

  @Test func `cannot be a bomb`() {
    var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for letter in "bcdefghij" { bomb += "\(letter): &\(letter) [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" }
    #expect(error(bomb)?.line == 1)
  }
}

struct `A theme` {
  @Test func `gives every role the colours of its file`() throws {
    let theme = try theme("high-contrast")
    #expect(theme.resolve(.rowSelected).background == .rgb(255, 255, 0))
    #expect(theme.resolve(.rowSelected, .underline).attributes == [.bold, .underline])
    #expect(Theme.builtIn.resolve(.textMuted).foreground == .indexed(245))
  }

  @Test(arguments: files)
  func `without colours still tells the selected row, marks and what is late`(name: String) throws {
    let theme = try Theme(yaml: text(name), file: name)
    let plain = theme.resolve(.text, [], .mono)
    for role: Role in [.rowSelected, .mark, .deadlineOverdue, .bar, .match, .badgeRecording] {
      let look = theme.resolve(role, [], .mono)
      #expect(look.foreground == .standard && look.background == .standard)
      #expect(look.attributes != plain.attributes, "\(role.name)")
    }
    #expect(
      theme.resolve(.rowSelected, [], .mono) != theme.resolve(.rowMarked, [], .mono)
    )
  }

  @Test(arguments: [
    ("dark", 4.5), ("light", 4.5), ("high-contrast", 7.0), ("colour-vision-safe", 4.5),
  ])
  func `can be read: its colours are far enough apart`(name: String, ratio: Double) throws {
    let theme = try theme(name)
    let ground: Theme.Colour = name == "light" ? .rgb(255, 255, 255) : .rgb(0, 0, 0)
    let ink: Theme.Colour = name == "light" ? .rgb(28, 28, 28) : .rgb(216, 216, 216)
    for role in Role.allCases where ![.border, .chartTrack, .chart].contains(role) {
      let look = theme.resolve(role)
      let text = luminance(look.foreground == .standard ? ink : look.foreground)
      let back = luminance(look.background == .standard ? ground : look.background)
      let found = (max(text, back) + 0.05) / (min(text, back) + 0.05)
      #expect(found >= ratio, "\(role.name) has \(found)")
    }
  }

  /// Relative luminance as WCAG 2.2 defines it.
  private func luminance(_ colour: Theme.Colour) -> Double {
    guard let (red, green, blue) = colour.components else { return 0 }
    func part(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
  }

  @Test(arguments: [
    (UInt8(16), 0, 0, 0), (231, 255, 255, 255), (196, 255, 0, 0), (232, 8, 8, 8),
    (255, 238, 238, 238),
    (67, 95, 135, 175), (1, 205, 0, 0),
  ])
  func `knows the 256 colours`(index: UInt8, red: UInt8, green: UInt8, blue: UInt8) throws {
    let found = try #require(Theme.Colour.indexed(index).components)
    #expect(found == (red, green, blue))
  }
}

struct `A role's letter` {
  @Test func `is its own`() {
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    #expect(Role.allCases.allSatisfy { $0.letter.isASCII && $0.letter != " " })
  }
}

struct `An SVG picture` {
  private func picture() -> String {
    var canvas = Canvas(Size(columns: 12, rows: 2))
    canvas.write(
      Line([Span("a<b>&\"'", .heading), Span(" 王é", .text), Span("!", .danger, .underline)]),
      in: canvas.bounds
    )
    canvas.fill(Rect(column: 2, row: 1, columns: 4, rows: 1), Style(.rowSelected))
    return SVGPicture.text(of: canvas, theme: .builtIn)
  }

  @Test func `is well formed, and shows the text`() throws {
    final class Reader: NSObject, XMLParserDelegate {
      var text = ""
      var elements: Set<String> = []
      func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
      func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
      ) { elements.insert(name) }
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(picture().utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.text.filter { $0 != "\n" } == "a<b>&\"'王é!")
    #expect(reader.elements == ["svg", "rect", "g", "text"])
  }

  @Test func `is the same every time`() {
    #expect(picture() == picture())
  }

  @Test func `puts each run at its column, on its ground`() {
    let picture = picture()
    #expect(picture.contains("<text x=\"110\" y=\"25\""), "é stands after the wide glyph")
    #expect(
      picture.contains("<rect x=\"30\" y=\"30\" width=\"40\" height=\"20\" fill=\"#005faf\"/>")
    )
    #expect(picture.contains("width=\"140\" height=\"60\""))
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: HostileString.all)
  func `holds no control character, whatever was drawn`(entry: HostileString) {
    var canvas = Canvas(Size(columns: 100, rows: 1))
    canvas.write(Untrusted(entry.content), in: canvas.bounds)
    let picture = SVGPicture.text(of: canvas, theme: .builtIn)
    #expect(picture.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(!picture.contains("<script"))
    #expect(XMLParser(data: Data(picture.utf8)).parse())
  }
}
