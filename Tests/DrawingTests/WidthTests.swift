import Foundation
import Testing

@testable import Drawing

struct `Column width` {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Zoë", 3), ("Zoe\u{308}", 3), ("王小明", 6), ("김민수", 6), ("ｶﾅ", 2),
    ("सुनीता", 5), ("ศิริพร", 4), ("\u{1100}\u{1161}\u{11A8}", 2), ("±α─", 3), ("👍🏽", 2),
    ("👩‍⚕️ on call", 10), ("🇩🇪", 2), ("#️⃣", 1),
    ("\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2),
    ("می‌خواهم", 7), ("ශ්‍රී", 2), ("\u{1b}", 2), ("a\u{202E}b", 10), ("\t", 4), ("abc\td", 5),
  ])
  func `is what the cells take`(text: String, columns: Int) {
    #expect(Text.width(of: text) == columns)
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `agrees with EastAsianWidth for every scalar of Unicode 15`() throws {
    var wrong: [String] = []
    var listed = Set<UInt32>()
    for (fields, comment) in try SharedData.unicodeFile("EastAsianWidth.txt") {
      let range = try #require(SharedData.range(fields[0]))
      let category = comment.prefix(2)
      for value in range {
        listed.insert(value)
        let traits = ScalarTraits(value)
        if traits.kind == .hidden || traits.kind == .jamo { continue }
        let expected =
          switch category {
          case "Mn", "Me": 0
          case "Mc": 1
          default: fields[1] == "W" || fields[1] == "F" ? 2 : 1
          }
        if traits.width != expected { wrong.append(String(value, radix: 16)) }
      }
    }
    #expect(wrong.isEmpty)
    for value in UInt32(0)...0x10FFFF where !listed.contains(value) {
      #expect(ScalarTraits(value).kind == .hidden, "U+\(String(value, radix: 16)) is unassigned")
    }
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `hides controls, formats and private use, and no letter but the fillers`() throws {
    let byHand: Set<UInt32> = [
      0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x34F, 0x17B4, 0x17B5, 0x202F, 0xFFFC, 0x1D159,
    ]
    var wrong: [String] = []
    for (fields, comment) in try SharedData.unicodeFile("EastAsianWidth.txt") {
      let category = comment.prefix(2)
      let isHiddenKind = ["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"].contains(category)
      for value in try #require(SharedData.range(fields[0])) {
        let isSelector =
          (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
          || (0x180B...0x180F).contains(value)
        let expected = isHiddenKind || isSelector || byHand.contains(value)
        if (ScalarTraits(value).kind == .hidden) != expected {
          wrong.append(String(value, radix: 16))
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `gives what is emoji by itself two columns`() throws {
    for (fields, _) in try SharedData.unicodeFile("emoji-data.txt")
    where fields[1] == "Emoji_Presentation" {
      for value in try #require(SharedData.range(fields[0]))
      where !(0x1F1E6...0x1F1FF).contains(value) {
        #expect(ScalarTraits(value).width == 2)
      }
    }
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `keeps every joined emoji in one cell of bounded width`() throws {
    for (fields, _) in try SharedData.unicodeFile("emoji-zwj-sequences.txt") {
      let text = try #require(Self.text(fields[0].split(separator: " ")))
      let glyphs = Self.glyphs(text)
      #expect(glyphs.count == 1, "\(fields[0])")
      #expect(glyphs.allSatisfy { $0.width == 1 || $0.width == 2 }, "\(fields[0])")
    }
  }

  @Test(.enabled(if: SharedData.isPresent && FileManager.default.fileExists(atPath: "/bin/gzip")))
  func `never marks an emoji that is in use`() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = [
      "-dc",
      SharedData.folder?.appending(path: "data/unicode-tests/emoji-test.txt.gz").path ?? "",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    var seen = 0
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: ";")
      guard fields.count > 1, !line.hasPrefix("#") else { continue }
      let text = try #require(Self.text(fields[0].split(separator: " ")))
      let glyphs = Self.glyphs(text)
      #expect(glyphs.allSatisfy { !$0.kind.isMark }, "\(fields[0])")
      #expect(glyphs.reduce(0) { $0 + $1.width } <= 2, "\(fields[0])")
      seen += 1
    }
    #expect(seen > 4000)
  }

  @Test(.enabled(if: SharedData.isPresent))
  func `never joins in a cell what Unicode keeps apart`() throws {
    for (fields, _) in try SharedData.unicodeFile("GraphemeBreakTest.txt") {
      let parts = fields[0].split(separator: " ")
      let text = try #require(Self.text(parts.filter { $0 != "÷" && $0 != "×" }))
      var breaks = Set<Int>()
      var offset = 0
      for part in parts {
        if part == "÷" {
          breaks.insert(offset)
        } else if let value = UInt32(part, radix: 16), let scalar = Unicode.Scalar(value) {
          offset += UTF8.width(scalar)
        }
      }
      let starts = Set(Self.glyphs(text).map(\.start)).union([text.utf8.count])
      #expect(breaks.isSubset(of: starts), "\(fields[0])")
    }
  }

  static func glyphs(_ text: String) -> [Glyph] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var scanner = GlyphScanner(bytes)
      var result: [Glyph] = []
      while let glyph = scanner.next() { result.append(glyph) }
      return result
    }
  }

  private static func text(_ numbers: [Substring]) -> String? {
    var text = ""
    for number in numbers {
      guard let value = UInt32(number, radix: 16), let scalar = Unicode.Scalar(value) else {
        return nil
      }
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
