public import Drawing
import Foundation
public import Testing

/// Compares what is drawn with a screen that was looked at once and kept.
///
/// A screen is a text file: size and cursor, a block with the text, a block with the letter of
/// each cell's role (``Drawing/Role/letter``), and where anything stands out a block that says
/// how: 1 bold, 2 underlined, 4 reversed, 8 dim, summed as a hexadecimal digit. Blanks at
/// the end of a row are left out. `TOCSIN_RECORD_SCREENS=1` writes the files anew;
/// read the difference before it is committed.
public enum GoldenScreen {
  /// Draws on an empty canvas and compares with `fixtures/screens/<name>.txt`.
  ///
  /// - Parameters:
  ///   - name: The file without its ending, with its folder: `drawing/table-80x24`.
  ///   - size: The size of the canvas.
  ///   - sourceLocation: Where a difference is reported.
  ///   - draw: Draws the screen.
  public static func expect(
    _ name: String,
    size: Size,
    sourceLocation: SourceLocation = #_sourceLocation,
    draw: (inout Canvas) -> Void
  ) {
    var canvas = Canvas(size)
    draw(&canvas)
    expect(name, canvas, sourceLocation: sourceLocation)
  }

  /// Compares a canvas with `fixtures/screens/<name>.txt`.
  public static func expect(
    _ name: String,
    _ canvas: Canvas,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let file = folder.appending(path: "\(name).txt")
    let now = text(of: canvas)
    if ProcessInfo.processInfo.environment["TOCSIN_RECORD_SCREENS"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try Data(now.utf8).write(to: file, options: .atomic)
      } catch {
        Issue.record("\(file.path) could not be written: \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let data = try? Data(contentsOf: file) else {
      Issue.record(
        "There is no screen \(file.path); TOCSIN_RECORD_SCREENS=1 records it:\n\(now)",
        sourceLocation: sourceLocation
      )
      return
    }
    let kept = String(decoding: data, as: UTF8.self)
    guard kept != now else { return }
    Issue.record(
      "The screen \(name) is not what it was:\n\(difference(kept, now))",
      sourceLocation: sourceLocation
    )
  }

  /// The canvas as the text of a screen file.
  public static func text(of canvas: Canvas) -> String {
    var lines = ["size \(canvas.size.columns)x\(canvas.size.rows)"]
    if let cursor = canvas.cursor {
      lines[0] += ", cursor \(cursor.column),\(cursor.row)"
      if canvas.isCursorVisible { lines[0] += " visible" }
    }
    let rows = (0..<canvas.size.rows).map { row in
      canvas.cells[(row * canvas.size.columns)..<((row + 1) * canvas.size.columns)]
    }
    lines.append("--- text")
    lines += (0..<canvas.size.rows).map { trimmed(canvas.text(ofRow: $0), " ") }
    lines.append("--- roles")
    lines += rows.map { trimmed(String($0.map(\.role.letter)), ".") }
    if canvas.cells.contains(where: { !$0.emphasis.isEmpty }) {
      lines.append("--- emphasis")
      lines += rows.map { row in
        trimmed(
          row.map {
            $0.emphasis.isEmpty ? "." : String($0.emphasis.rawValue, radix: 16)
          }.joined(),
          "."
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The rows in which two screens differ, the kept one first.
  private static func difference(_ kept: String, _ now: String) -> String {
    let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let new = now.split(separator: "\n", omittingEmptySubsequences: false)
    var block = ""
    var result: [String] = []
    for index in 0..<max(old.count, new.count) {
      let before = index < old.count ? old[index] : "(no row)"
      let after = index < new.count ? new[index] : "(no row)"
      if after.hasPrefix("--- ") { block = "\(after) from line \(index + 2)" }
      guard before != after else { continue }
      result.append("\(block), line \(index + 1)\n  was \(before)\n  now \(after)")
    }
    return result.joined(separator: "\n")
  }

  private static func trimmed(_ text: String, _ blank: Character) -> String {
    var text = text
    while text.last == blank { text.removeLast() }
    return text
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "fixtures/screens")
}
