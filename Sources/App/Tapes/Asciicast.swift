import Drawing

/// A recording in the asciicast format, made from canvases: no host, user, path or input is in it.
///
/// Version 2 counts seconds since the start, version 3 since the event before. The same frames
/// give the same bytes: there is no time stamp, and times come from the recorded clock alone.
/// Source: docs.asciinema.org/manual/asciicast/v2 and v3, read 2026-11-19.
struct Asciicast {
  enum Version: Int { case two = 2, three = 3 }

  private let version: Version
  private let look: (Cell) -> String
  private var last: Canvas?
  private var lastAt: Int64 = 0
  private var isHidden = false
  /// The lines written so far, the header first.
  private(set) var lines: [String]

  /// Begins a recording of a size; `look` gives the SGR sequence of a cell.
  init(_ version: Version, size: Size, look: @escaping (Cell) -> String) {
    (self.version, self.look) = (version, look)
    let term = "\"cols\":\(size.columns),\"rows\":\(size.rows),\"type\":\"xterm-256color\""
    lines =
      version == .two
      ? [
        "{\"version\":2,\"width\":\(size.columns),\"height\":\(size.rows),\"env\":{\"TERM\":\"xterm-256color\"}}"
      ]
      : ["{\"version\":3,\"term\":{\(term)}}"]
  }

  /// Adds a frame shown at a time, in milliseconds since the start; only what changed is written.
  ///
  /// A frame of another size comes after an event that says so, and is written whole.
  mutating func show(_ canvas: Canvas, at time: Int64) {
    guard !isHidden else { return }
    let canvas = canvas.withoutPersonal
    if let last, last.size != canvas.size {
      add("r", "\(canvas.size.columns)x\(canvas.size.rows)", time)
    }
    let text = difference(to: canvas)
    last = canvas
    guard !text.isEmpty else { return }
    add("o", text, time)
  }

  /// Adds a chapter.
  mutating func mark(_ name: String, at time: Int64) { add("m", name, time) }

  /// Leaves out what comes until `show()`.
  mutating func hide() { isHidden = true }
  mutating func unhide() { isHidden = false }

  /// The lines that were not taken yet; they are held no longer.
  mutating func drain() -> [String] {
    defer { lines = [] }
    return lines
  }

  /// The whole recording, lines ended by newlines.
  var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func add(_ code: String, _ data: String, _ time: Int64) {
    let stamp = version == .two ? time : time - lastAt
    lastAt = time
    lines.append("[\(stamp / 1000).\(padded3(stamp % 1000)), \"\(code)\", \(Asciicast.json(data))]")
  }

  private func padded3(_ number: Int64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// The bytes that turn the last frame into this one.
  private func difference(to canvas: Canvas) -> String {
    var out = ""
    let isFirst = last?.size != canvas.size
    if isFirst { out += "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" }
    for row in 0..<canvas.size.rows {
      var column = 0
      var style: String?
      while column < canvas.size.columns {
        let point = Point(column: column, row: row)
        let cell = canvas[point]
        let isSame = !isFirst && last.map { same($0, canvas, point) } == true
        if isSame || cell.width == 0 {
          style = isSame ? nil : style
          column += 1
          continue
        }
        let look = look(cell)
        if style == nil { out += "\u{1B}[\(row + 1);\(column + 1)H" }
        if style != look { out += look }
        style = look
        out += canvas.text(of: cell)
        column += 1
      }
    }
    return out
  }

  private func same(_ old: Canvas, _ new: Canvas, _ point: Point) -> Bool {
    let (before, after) = (old[point], new[point])
    guard before.role == after.role, before.emphasis == after.emphasis, before.width == after.width
    else { return false }
    return old.text(of: before) == new.text(of: after)
  }

  /// A JSON string; controls and everything that could act on a terminal as `\u` escapes.
  static func json(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case let scalar where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
