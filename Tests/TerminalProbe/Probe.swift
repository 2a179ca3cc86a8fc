import Dispatch
import Drawing
import Foundation
import Terminal

/// The probe's screen and keys, on the same loop as the real program.
@MainActor
final class Probe {
  private let session: TerminalSession
  private let mode: String
  private let texts: [String]
  private let environment: [String: String]
  private var timer: (any DispatchSourceTimer)?
  private var events = 0
  private var keys = 0
  private var isThemeOther = false
  private var note = "ready"
  private var lines: [String] = []
  private var top = 0
  private var selected = 0

  struct Refusal: Error, CustomStringConvertible {
    var description = "refused as asked"
  }

  init(mode: String, file: String?) throws {
    environment = currentEnvironment()
    self.mode = mode
    texts = try file.map(Self.read) ?? []
    SignalSources.start { signal in Probe.current?.handle(signal) }
    session = try TerminalSession.open(environment: environment)
    Probe.current = self
  }

  private static var current: Probe?

  private static func read(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      var bytes: [UInt8] = []
      var rest = line.utf8[...]
      while rest.count >= 2, let byte = UInt8(Substring(rest.prefix(2)), radix: 16) {
        bytes.append(byte)
        rest = rest.dropFirst(2)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func run() -> Never {
    draw()
    MainLoop.run(reading: session.fileDescriptor) { readKeys() }
  }

  private func readKeys() {
    for event in session.readEvents() { handle(event) }
    if session.isLost { leave(9) }
    lookAgain()
    draw()
  }

  private func lookAgain() {
    timer?.cancel()
    timer = nil
    guard let wait = session.needsAnotherLook else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    let parts = wait.components
    timer.schedule(
      deadline: .now()
        + .nanoseconds(
          Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000)
        )
    )
    timer.setEventHandler { MainActor.assumeIsolated { Probe.current?.readKeys() } }
    timer.activate()
    self.timer = timer
  }

  private func handle(_ signal: TerminalSignal) {
    switch signal {
    case .resized: session.resize()
    case .terminate, .interrupt: leave(0)
    case .hangUp: leave(7)
    case .stop: session.suspend()
    case .resumed:
      session.resume()
      note = "resumed"
    case .child: break
    }
    draw()
  }

  private func leave(_ status: Int32) -> Never {
    session.close()
    let errors = session.capturedErrors
    if !errors.isEmpty { FileHandle.standardError.write(Data("captured: \(errors)".utf8)) }
    _exit(status)
  }

  private func handle(_ event: InputEvent) {
    events += 1
    switch event {
    case .key(let key):
      keys += 1
      if mode == "list" { return move(key) }
      lines.append(key.name)
      act(key)
    case .mouse(let mouse):
      lines.append("\(mouse.kind)@\(mouse.point.column),\(mouse.point.row)")
    case .paste(let text):
      lines.append("paste\(text.count)<\(text)>")
    case .focusGained, .focusLost, .resize:
      lines.append("\(event)")
    }
  }

  private func act(_ key: Key) {
    switch key {
    case .character("q"): leave(0)
    case .character("X"):
      session.close()
      complain("probe: \(Refusal())\n")
      exit(1)
    case .character("E"): exit(3)
    case .character(let fault) where "TASRO".contains(fault): provokeFault(fault)
    case .control("z"): session.suspend()
    case .control("l"): session.repaint()
    case .character("m"): session.setMouse(!session.reportsMouse)
    case .character("t"): isThemeOther.toggle()
    case .character("b"): session.bell()
    case .character("c"): note = "copy \(session.copy("secret, not"))"
    case .character("C"): note = "copy \(session.copy(String(repeating: "x", count: 60_000)))"
    case .character("s"): complain("noise\u{1B}[31m on stderr\n")
    case .character("i"): session.setTitle("In\u{1B}]0;x\u{07}cident \u{202E}7")
    case .character("e"): edit()
    default: break
    }
  }

  private func edit() {
    let words = (environment["PROBE_EDITOR"] ?? "/bin/true").split(separator: " ").map(String.init)
    do {
      note = "editor \(try session.runForeground(words, environment: environment))"
    } catch {
      note = "\(error)"
    }
  }

  private func move(_ key: Key) {
    let height = session.size.rows - 1
    switch key {
    case .character("q"): leave(0)
    case .character("j"), .down: selected += 1
    case .character("k"), .up: selected -= 1
    case .pageDown: (selected, top) = (selected + height, top + height)
    case .pageUp: (selected, top) = (selected - height, max(0, top - height))
    case .character("G"): selected = 999_999
    case .character("g"): selected = 0
    case .control("l"): session.repaint()
    default: break
    }
    selected = min(max(0, selected), 999_999)
    if selected < top { top = selected }
    if selected >= top + height { top = selected - height + 1 }
  }
}

// MARK: Drawing

extension Probe {
  private func draw() {
    var canvas = Canvas(session.size)
    switch mode {
    case "list": drawList(on: &canvas)
    case "texts": drawTexts(on: &canvas)
    default: drawScreen(on: &canvas)
    }
    let isOther = isThemeOther
    session.show(canvas) { role, emphasis in Self.look(role, emphasis, isOther: isOther) }
  }

  private static func look(_ role: Role, _ emphasis: Emphasis, isOther: Bool) -> Theme.Look {
    switch role {
    case .rowSelected: Theme.Look(attributes: [.reverse])
    case .danger:
      Theme.Look(
        foreground: .rgb(255, 80, 0),
        background: .indexed(isOther ? 4 : 236),
        attributes: .bold
      )
    case .textMuted: Theme.Look(foreground: .indexed(244))
    case .success: Theme.Look(foreground: .indexed(10), background: .indexed(0))
    default: Theme.Look(attributes: emphasis)
    }
  }

  private func drawScreen(on canvas: inout Canvas) {
    let size = canvas.size
    let all = canvas.bounds
    func line(_ row: Int, _ text: String, _ role: Role = .text, _ emphasis: Emphasis = []) {
      canvas.write(text, role, emphasis, at: Point(column: 0, row: row), clip: all)
    }
    line(0, "size \(size.columns)x\(size.rows) keys \(keys) \(note)")
    line(1, "danger", .danger, .bold)
    canvas.write("muted", .textMuted, at: Point(column: 8, row: 1), clip: all)
    canvas.write("good", .success, at: Point(column: 16, row: 1), clip: all)
    line(2, "┌──┬─┐ … ▶ Zürich 日本 e\u{301}t\u{E9} 🇩🇪 👩‍🚒 ❤\u{FE0F} |")
    let colours = session.capabilities.colours
    line(3, "\(session.capabilities.describedAs) \(colours) utf8 \(session.capabilities.isUTF8)")
    for (index, hint) in session.hints.enumerated() { line(4 + index, "hint: \(hint)") }
    line(7, "last: \(lines.suffix(5).joined(separator: " "))")
    canvas.write("end", at: Point(column: size.columns - 3, row: size.rows - 1), clip: all)
    canvas.cursor = Point(column: 0, row: 7)
  }

  private func drawTexts(on canvas: inout Canvas) {
    let pageSize = max(1, canvas.size.rows - 1)
    let page = keys
    for (row, text) in texts.dropFirst(page * pageSize).prefix(pageSize).enumerated() {
      let point = Point(column: 2, row: row)
      canvas.write(Untrusted(text), at: point, clip: canvas.bounds.inset(columns: 2))
      canvas.write("|", at: Point(column: 0, row: row), clip: canvas.bounds)
      let right = Point(column: canvas.size.columns - 1, row: row)
      canvas.write("|", at: right, clip: canvas.bounds)
    }
    canvas.write(
      "page \(page) of \(texts.count / pageSize)",
      at: Point(column: 0, row: canvas.size.rows - 1),
      clip: canvas.bounds
    )
  }

  /// The same made-up rows as the smallest C program that one measures against.
  private func drawList(on canvas: inout Canvas) {
    let size = canvas.size
    for row in 0..<(size.rows - 1) {
      let number = top + row + 1
      let text =
        "\(padded(number, 8, " "))  customer\(number)@example.com  \(letter(number))"
        + "\(letter(number / 26))  notified  2026-01-\(padded(1 + number % 28, 2, "0"))T"
        + "\(padded(number % 24, 2, "0")):\(padded(number % 60, 2, "0")):00Z"
      let style: Role = top + row == selected ? .rowSelected : .row
      canvas.fill(Rect(column: 0, row: row, columns: size.columns, rows: 1), Style(style))
      canvas.write(text, style, at: Point(column: 0, row: row), clip: canvas.bounds)
    }
    canvas.write(
      "row \(selected + 1) of 1000000",
      at: Point(column: 0, row: size.rows - 1),
      clip: canvas.bounds
    )
    canvas.cursor = Point(column: 0, row: selected - top)
  }

  private func letter(_ number: Int) -> Character {
    Character(Unicode.Scalar(UInt8(65 + number % 26)))
  }

  private func padded(_ number: Int, _ width: Int, _ filler: String) -> String {
    let text = String(number)
    return String(repeating: filler, count: max(0, width - text.count)) + text
  }
}

/// Dies as told: T a Swift trap, A an index out of bounds, S a segmentation fault, R abort, O a
/// stack that overflows.
func provokeFault(_ fault: Character) {
  switch fault {
  case "T":
    fatalError("as asked")
  case "A":
    let empty: [Int] = []
    print(empty[keysPressed()])
  case "S":
    UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
  case "R":
    abort()
  default:
    print(sink(1))
  }
}

@inline(never) private func keysPressed() -> Int { 3 }

@inline(never)
private func sink(_ depth: Int) -> Int {
  var room = (depth, depth, depth, depth, depth, depth, depth, depth)
  return withUnsafeBytes(of: &room) { depth == Int.min ? 0 : sink(depth + $0.count) + $0.count }
}
