import Foundation
import Pty
import Testing

struct `Text that means harm` {
  struct Entry: Decodable, CustomStringConvertible {
    var id: String
    var text: String?
    var bytes: String?
    var `repeat`: Int?
    var expect: String
    var `class`: String

    var description: String { id }

    /// The text that would be drawn; raw bytes as they come out of decoding.
    var drawn: String {
      if let bytes, let data = Data(base64Encoded: bytes) {
        return String(decoding: data, as: UTF8.self)
      }
      return String(repeating: text ?? "", count: min(`repeat` ?? 1, 20_000))
    }
  }

  struct File: Decodable {
    var strings: [Entry]
  }

  /// The entries of the shared collection; empty where it is absent.
  static let entries: [Entry] = {
    let shared =
      ProcessInfo.processInfo.environment["TOCSIN_SHARED"]
      ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared").path()
    let path = shared + "/data/hostile/terminal.json"
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return (try? JSONDecoder().decode(File.self, from: data))?.strings ?? []
  }()

  static let environments = [
    [:], ["LC_ALL": "C"], ["TERM": "linux"], ["TERM": "tmux-256color"], ["TERM": "vt100"],
  ]

  @Test(.enabled(if: !entries.isEmpty), arguments: environments)
  func `reaches the terminal as visible signs only, and shifts no column`(
    environment: [String: String]
  ) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).hex")
    let lines = Self.entries.map { entry in
      entry.drawn.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
    // An empty line is no entry for the probe: a blank stands in.
    let text = lines.map { $0.isEmpty ? "20" : $0 }.joined(separator: "\n")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let probe = try startProbe(
      ["texts", file.path()],
      environment: environment,
      columns: 100,
      rows: 40,
      waitFor: "page 0 of"
    )
    let pages = (Self.entries.count + 38) / 39
    for page in 0..<pages {
      try probe.wait(forText: "page \(page) of")
      #expect(probe.screen.violations == [], "page \(page)")
      for (row, entry) in Self.entries.dropFirst(page * 39).prefix(39).enumerated() {
        #expect(probe.screen.place(column: 0, row: row).text == "|", "\(entry)")
        #expect(probe.screen.place(column: 99, row: row).text == "|", "\(entry)")
      }
      try probe.type("n")
    }
    try probe.type("q")
    #expect(try probe.waitForEnd() == .exited(0))
    #expect(probe.leftovers == [])
  }

  @Test(.enabled(if: !entries.isEmpty))
  func `is told from text that does not, which is shown as it is`() throws {
    let benign = Self.entries.filter { $0.class == "benign" && $0.drawn.unicodeScalars.count < 90 }
    #expect(!benign.isEmpty)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).hex")
    let lines = benign.map { entry in
      entry.drawn.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let probe = try startProbe(
      ["texts", file.path()],
      columns: 200,
      rows: benign.count + 1,
      waitFor: "page 0 of"
    )
    for (row, entry) in benign.enumerated() {
      let shown = probe.screen.text(ofRow: row).dropFirst().dropLast()
        .trimmingCharacters(in: .whitespaces)
      // The end of a line is a sign where there is room for one line only, and of joined
      // pictures the first stands for all: terminals disagree on the width of the others.
      let wanted = entry.drawn.trimmingCharacters(in: .whitespaces).replacing("\n", with: "↵")
        .replacing("\u{1F469}\u{200D}\u{2695}\u{FE0F}", with: "\u{1F469}")
      #expect(shown == wanted, "\(entry)")
    }
  }
}
