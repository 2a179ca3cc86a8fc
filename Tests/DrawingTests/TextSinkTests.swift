import Foundation
import Testing

@testable import Drawing

/// One entry of the collection of hostile strings.
struct HostileString: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var `class`: String
  var text: String?
  var bytes: String?
  var `repeat`: Int?
  var expect: String
  var note: String

  var testDescription: String { "\(id): \(note)" }

  /// The text as a store would hold it: broken bytes decoded to U+FFFD.
  var content: String {
    let once =
      text
      ?? bytes.flatMap { Data(base64Encoded: $0) }.map { String(decoding: $0, as: UTF8.self) } ?? ""
    return String(repeating: once, count: `repeat` ?? 1)
  }

  static let all: [HostileString] = {
    struct File: Decodable { var strings: [HostileString] }
    guard let data = try? SharedData.data("hostile/terminal.json") else { return [] }
    return (try? JSONDecoder().decode(File.self, from: data).strings) ?? []
  }()
}

/// What no cell may hold, decided by the standard library's tables and not by ours.
func forbidden(in text: String) -> [Unicode.Scalar] {
  let scalars = Array(text.unicodeScalars)
  return scalars.indices.compactMap { index in
    let scalar = scalars[index]
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return scalar
    case .format:
      let isInside = index > 0 && (index < scalars.count - 1 || scalar.value == 0x200C)
      let isJoiner = scalar.value == 0x200D || scalar.value == 0x200C
      let isFlag = (0xE0061...0xE007F).contains(scalar.value) && scalars[0].value == 0x1F3F4
      return isJoiner && index > 0 || isInside && isFlag || isFlag && index > 0 ? nil : scalar
    default:
      let isSelector = scalar.properties.isVariationSelector
      let isBlankLetter = [0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x34F].contains(scalar.value)
      return isSelector && index == 0 || isBlankLetter ? scalar : nil
    }
  }
}

struct `The text sink` {
  static func row(_ text: String, columns: Int = 400) -> Canvas {
    var canvas = Canvas(Size(columns: columns, rows: 1))
    canvas.write(Untrusted(text), at: Point(column: 0, row: 0), clip: canvas.bounds)
    return canvas
  }

  static func shown(_ text: String, columns: Int = 400) -> String {
    let canvas = row(text, columns: columns)
    let whole = canvas.text(ofRow: 0)
    return String(whole.reversed().drop { $0 == " " }.reversed())
  }

  @Test(.enabled(if: SharedData.isPresent), arguments: HostileString.all)
  func `lets nothing through that could mislead`(entry: HostileString) throws {
    let content = entry.content
    let canvas = Self.row(content)
    for cell in canvas.cells {
      let text = canvas.text(of: cell)
      #expect(forbidden(in: text).isEmpty)
      #expect(text.unicodeScalars.count <= GlyphScanner.scalarsPerEmoji)
      if !text.unicodeScalars.contains(where: { $0.properties.isEmoji && $0.value > 0xFF }) {
        #expect(text.unicodeScalars.count <= 1 + GlyphScanner.marksPerCell)
      }
    }
    if entry.expect == "visible", !content.contains("\t") {
      #expect(canvas.cells.contains { $0.role == .mark }, "a mark shows what was hidden")
      // Nothing is dropped: taking the marks back gives the text again.
      if Text.width(of: Untrusted(content)) <= 400 {
        #expect(Self.restored(content) == Array(content.unicodeScalars))
      }
    }
    if entry.expect == "preserve" {
      for line in content.split(separator: "\n") {
        #expect(Self.shown(String(line)) == line)
        #expect(!Self.row(String(line)).cells.contains { $0.role == .mark })
      }
    }
    if entry.expect == "literal", content.unicodeScalars.allSatisfy({ (0x20..<0x7F) ~= $0.value }) {
      #expect(
        Self.shown(content).hasPrefix(content.trimmingCharacters(in: .whitespaces).prefix(400))
      )
    }
  }

  /// The scalars of a text, glyph by glyph, marks read back.
  private static func restored(_ text: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    let bytes = Array(text.utf8)
    for glyph in `Column width`.glyphs(text) {
      let name = glyph.markText.dropFirst(3).dropLast()
      if glyph.kind == .number, let value = UInt32(name, radix: 16) {
        if let scalar = Unicode.Scalar(value) { result.append(scalar) }
      } else {
        let part = String(decoding: bytes[glyph.start..<glyph.end], as: UTF8.self)
        result += Array(part.unicodeScalars)
      }
    }
    return result
  }

  @Test(arguments: [
    ("a\u{1B}[31mb", "a^[[31mb"), ("a\u{7F}b", "a^?b"), ("a\u{0}b", "a^@b"),
    ("a\u{9B}b", "a<U+009B>b"),
    ("a\u{202E}b", "a<U+202E>b"), ("a\u{E0041}b", "a<U+E0041>b"), ("a\u{10FFFD}", "a<U+10FFFD>"),
    ("jo\u{200D}hn", "jo<U+200D>hn"), ("jo\u{200C}hn", "jo<U+200C>hn"), ("a\nb", "a↵b"),
    ("a\r\nb", "a^M↵b"), ("a\tb", "a   b"), ("\u{301}a", "<U+0301>a"), ("a\u{FE0F}", "a<U+FE0F>"),
    ("🔥\u{200D}", "🔥<U+200D>"), ("\u{200D}🔥", "<U+200D>🔥"), ("a\u{A0}b", "a b"),
    ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}x", "e\u{301}\u{301}\u{301}\u{301}<+2>x"),
    ("<U+202E>", "<U+202E>"),
  ])
  func `shows what it cannot draw as a mark`(text: String, shown: String) {
    #expect(Self.shown(text) == shown)
  }

  @Test func `gives marks a role of their own, so that they cannot be forged`() {
    let real = Self.row("a\u{202E}b")
    let forged = Self.row("a<U+202E>b")
    #expect(real.cells[1].role == .mark)
    #expect(real.cells[0].role == .text)
    #expect(!forged.cells.contains { $0.role == .mark })
    #expect(real.text(ofRow: 0) == forged.text(ofRow: 0))
  }

  @Test func `does not let a span change the one before it`() {
    var canvas = Canvas(Size(columns: 20, rows: 1))
    let line = Line([Span("ok:"), Span(Untrusted("\u{338}no"))])
    canvas.write(line, at: Point(column: 0, row: 0), clip: canvas.bounds)
    #expect(canvas.text(ofRow: 0).hasPrefix("ok:<U+0338>no"))
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("王小明", 6, "王小明"), ("王小明", 5, "王小…"),
    ("王小明", 4, "王 …"), ("a\u{202E}b", 5, "a<U+…"), ("abc", 0, ""), ("x", 1, "x"), ("xy", 1, "…"),
  ])
  func `cuts with an ellipsis what is too long`(text: String, columns: Int, shown: String) {
    var canvas = Canvas(Size(columns: columns, rows: 1))
    canvas.write(Untrusted(text), in: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == shown)
  }

  @Test(arguments: [
    (Alignment.left, "ab  "), (.right, "  ab"), (.centre, " ab "),
  ])
  func `aligns`(alignment: Alignment, shown: String) {
    var canvas = Canvas(Size(columns: 4, rows: 1))
    canvas.write("ab", in: canvas.bounds, alignment: alignment)
    #expect(canvas.text(ofRow: 0) == shown)
  }

  @Test func `never leaves half of a wide glyph`() {
    var canvas = Canvas(Size(columns: 6, rows: 1))
    canvas.write("王小明", at: Point(column: 0, row: 0), clip: canvas.bounds)
    canvas.write("x", at: Point(column: 1, row: 0), clip: canvas.bounds)
    canvas.write("y", at: Point(column: 2, row: 0), clip: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == " xy 明")
    canvas.write("王", at: Point(column: 5, row: 0), clip: canvas.bounds)
    #expect(canvas.text(ofRow: 0) == " xy 明")
  }

  @Test func `cuts at the left of the clip as well`() {
    var canvas = Canvas(Size(columns: 6, rows: 1))
    let clip = Rect(column: 2, row: 0, columns: 3, rows: 1)
    let used = canvas.write("a王bcdef", at: Point(column: 0, row: 0), clip: clip)
    #expect(canvas.text(ofRow: 0) == "   bc ")
    #expect(used == 5)
  }

  @Test(arguments: [
    String(repeating: "A", count: 1_000_000), "e" + String(repeating: "\u{301}", count: 100_000),
    String(repeating: "🔥", count: 100_000), String(repeating: "\t", count: 65_536),
    String(repeating: "👨\u{200D}", count: 100_000), String(repeating: "\u{202E}", count: 100_000),
  ])
  func `costs no more than the columns it draws`(text: String) {
    var longest = 0
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var scanner = GlyphScanner(bytes)
      var columns = 0
      while columns < 80, let glyph = scanner.next() {
        columns += glyph.columns(at: columns)
        longest = glyph.end
      }
    }
    #expect(longest <= 80 * 2 * GlyphScanner.marksPerOverflow)
    #expect(Self.shown(text, columns: 80).count <= 80)
  }
}
