import Drawing

/// Turns the bytes of a terminal into events.
///
/// ncurses' own reader waits for the rest of a sequence inside of `wget_wch`, hands unknown
/// sequences on as letters, and keeps 137 bytes at most; this one is a value without a clock: who
/// reads says when too much time has passed (`timeOut`). What is not known is swallowed.
struct InputDecoder: Sendable {
  /// What is being waited for, and so how long.
  enum Waiting: Sendable {
    case nothing
    /// The bytes so far may be the Escape key, or begin a sequence.
    case escape
    /// In a sequence: the rest may be held up on a slow line.
    case sequence
    /// In a pasted text, whose end has not come.
    case paste
  }

  /// A longer paste loses its end.
  static let largestPaste = 1 << 20

  private enum State: Sendable {
    case ground
    case escape(doubled: Bool)
    case control(doubled: Bool)
    case application
    case console
    case oldMouse
    case string(escapeSeen: Bool)
    case paste
  }

  private var state = State.ground
  private var sequence: [UInt8] = []
  private var scalarBytes: [UInt8] = []
  private var scalarLength = 0
  private var pasted: [UInt8] = []
  private var followsLateEscape = false
  private let table: KeyTable

  init(table: KeyTable) { self.table = table }

  /// What the decoder waits for.
  var waiting: Waiting {
    switch state {
    case .ground: scalarBytes.isEmpty ? .nothing : .sequence
    case .escape: .escape
    case .paste: .paste
    default: .sequence
    }
  }

  /// Takes bytes that were read together and appends what they mean.
  mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, into events: inout [InputEvent]) {
    var index = 0
    if case .ground = state { index = strayTail(bytes) }
    followsLateEscape = false
    while index < bytes.count {
      if case .paste = state {
        index = takePaste(bytes, from: index, into: &events)
      } else {
        take(bytes[index], into: &events)
        index += 1
      }
    }
  }

  /// Says that no byte came for as long as `waiting` allows.
  mutating func timeOut(into events: inout [InputEvent]) {
    switch state {
    case .escape(let doubled):
      events.append(.key(.escape))
      if doubled { events.append(.key(.escape)) }
      followsLateEscape = true
    case .paste:
      endPaste(into: &events)
    default:
      break
    }
    state = .ground
    sequence.removeAll(keepingCapacity: true)
    scalarBytes.removeAll(keepingCapacity: true)
  }

  private mutating func take(_ byte: UInt8, into events: inout [InputEvent]) {
    switch state {
    case .ground, .paste: takeGround(byte, into: &events)
    case .escape(let doubled): takeEscape(byte, doubled: doubled, into: &events)
    case .control(let doubled): takeControl(byte, doubled: doubled, into: &events)
    case .application:
      state = .ground
      sequence.append(byte)
      guard !restarts(byte) else { return }
      emit(table.described(sequence) ?? table.applicationKey(byte), into: &events)
    case .console:
      state = .ground
      guard !restarts(byte) else { return }
      if (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(byte) {
        emit(.function(Int(byte - UInt8(ascii: "A")) + 1), into: &events)
      }
    case .oldMouse:
      sequence.append(byte)
      guard sequence.count == 6 else { return }
      state = .ground
      let (button, column, row) = (sequence[3], sequence[4], sequence[5])
      guard button >= 32, column >= 33, row >= 33 else { return }
      emitMouse(Int(button) - 32, Int(column) - 32, Int(row) - 32, released: false, into: &events)
    case .string(let escapeSeen):
      takeString(byte, escapeSeen: escapeSeen, into: &events)
    }
  }

  // MARK: Characters

  private mutating func takeGround(_ byte: UInt8, into events: inout [InputEvent]) {
    if !scalarBytes.isEmpty {
      if byte & 0xC0 == 0x80 {
        scalarBytes.append(byte)
        if scalarBytes.count == scalarLength { endScalar(into: &events) }
        return
      }
      scalarBytes.removeAll(keepingCapacity: true)
    }
    switch byte {
    case 0x1B:
      state = .escape(doubled: false)
      sequence.removeAll(keepingCapacity: true)
      sequence.append(byte)
    case 0x0D, 0x0A: events.append(.key(.enter))
    case 0x09: events.append(.key(.tab))
    case 0x08, 0x7F: events.append(.key(.backspace))
    case 0x00: events.append(.key(.control("@")))
    case 0x01...0x1A: events.append(.key(.control(Character(Unicode.Scalar(byte + 96)))))
    case 0x1C...0x1F: events.append(.key(.control(Character(Unicode.Scalar(byte + 64)))))
    case 0x20...0x7E: events.append(.key(.character(Character(Unicode.Scalar(byte)))))
    case 0xC2...0xDF: beginScalar(byte, length: 2)
    case 0xE0...0xEF: beginScalar(byte, length: 3)
    case 0xF0...0xF4: beginScalar(byte, length: 4)
    default: break
    }
  }

  private mutating func beginScalar(_ byte: UInt8, length: Int) {
    scalarBytes.append(byte)
    scalarLength = length
  }

  private mutating func endScalar(into events: inout [InputEvent]) {
    let text = String(decoding: scalarBytes, as: UTF8.self)
    scalarBytes.removeAll(keepingCapacity: true)
    let scalars = text.unicodeScalars
    guard let scalar = scalars.first, scalars.count == 1, scalar != "\u{FFFD}",
      !(0x80...0x9F).contains(scalar.value)
    else { return }
    // An accent or a joined emoji comes as several scalars: together they are one character.
    if case .key(.character(let before)) = events.last, scalar.value >= 0x300 {
      let joined = String(before) + text
      if joined.count == 1, let character = joined.first {
        events[events.count - 1] = .key(.character(character))
        return
      }
    }
    events.append(.key(.character(Character(scalar))))
  }

  // MARK: Sequences

  private mutating func takeEscape(
    _ byte: UInt8,
    doubled: Bool,
    into events: inout [InputEvent]
  ) {
    sequence.append(byte)
    switch byte {
    case 0x1B:
      if doubled { events.append(.key(.escape)) }
      sequence = [byte]
      state = .escape(doubled: true)
    case UInt8(ascii: "["):
      state = .control(doubled: doubled)
    case UInt8(ascii: "O"):
      state = .application
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      state = .string(escapeSeen: false)
    default:
      // Alt with a key, which nothing of ours depends on, or a key of an old terminal.
      state = .ground
      emit(table.described(sequence), into: &events)
    }
  }

  private mutating func takeControl(
    _ byte: UInt8,
    doubled: Bool,
    into events: inout [InputEvent]
  ) {
    switch byte {
    case 0x20...0x3F:
      if byte == UInt8(ascii: "$"), let last = sequence.last, isDigit(last),
        !sequence.contains(UInt8(ascii: "?")), !sequence.contains(UInt8(ascii: ";"))
      {
        sequence.append(byte)  // rxvt ends a shifted key with what is elsewhere no end
        endControl(byte, into: &events)
      } else if sequence.count < 64 {
        sequence.append(byte)
      }
    case 0x40...0x7E:
      sequence.append(byte)
      endControl(byte, into: &events)
    default:
      state = .ground
      if !restarts(byte) { takeGround(byte, into: &events) }
    }
  }

  private mutating func endControl(_ final: UInt8, into events: inout [InputEvent]) {
    state = .ground
    if let key = table.described(sequence) { return emit(key, into: &events) }
    let body = sequence[2..<(sequence.count - 1)]
    if final == UInt8(ascii: "["), body.isEmpty { return state = .console }
    if final == UInt8(ascii: "M"), body.isEmpty { return state = .oldMouse }
    let isMouse = body.first == UInt8(ascii: "<")
    guard let parameters = parameters(of: isMouse ? body.dropFirst() : body) else { return }
    switch final {
    case UInt8(ascii: "M") where parameters.count == 3, UInt8(ascii: "m") where isMouse:
      guard parameters.count == 3 else { return }
      emitMouse(
        isMouse ? parameters[0] : parameters[0] - 32,
        parameters[1],
        parameters[2],
        released: final == UInt8(ascii: "m"),
        into: &events
      )
    case _ where isMouse: break
    case UInt8(ascii: "I") where body.isEmpty: events.append(.focusGained)
    case UInt8(ascii: "O") where body.isEmpty: events.append(.focusLost)
    case UInt8(ascii: "~") where parameters == [200]:
      state = .paste
      pasted.removeAll(keepingCapacity: true)
    default: emit(table.key(final: final, parameters: parameters), into: &events)
    }
  }

  /// Numbers of a sequence; nil where it is not one that a key has.
  private func parameters(of body: ArraySlice<UInt8>) -> [Int]? {
    guard !body.isEmpty else { return [] }
    var numbers = [0]
    for byte in body {
      if isDigit(byte) {
        numbers[numbers.count - 1] = min(
          numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0")),
          99_999
        )
      } else if byte == UInt8(ascii: ";") {
        numbers.append(0)
      } else if byte != UInt8(ascii: "$") {
        return nil
      }
    }
    return numbers
  }

  /// Replies to questions that were asked of the terminal, however late: swallowed to their end.
  private mutating func takeString(
    _ byte: UInt8,
    escapeSeen: Bool,
    into events: inout [InputEvent]
  ) {
    if escapeSeen {
      state = .ground
      if byte == UInt8(ascii: "\\") { return }
      sequence = [0x1B]
      return takeEscape(byte, doubled: false, into: &events)
    }
    sequence.append(byte)
    if byte == 0x1B {
      state = .string(escapeSeen: true)
    } else if byte == 0x07 || sequence.count > 8_192 {
      state = .ground
    }
  }

  private mutating func restarts(_ byte: UInt8) -> Bool {
    guard byte == 0x1B else { return false }
    state = .escape(doubled: false)
    sequence = [byte]
    return true
  }

  private func emit(_ key: Key?, into events: inout [InputEvent]) {
    if let key { events.append(.key(key)) }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Mouse and paste

  private func emitMouse(
    _ code: Int,
    _ column: Int,
    _ row: Int,
    released: Bool,
    into events: inout [InputEvent]
  ) {
    let point = Point(column: max(0, column - 1), row: max(0, row - 1))
    let button = code & ~0b1_1100  // without Shift, Meta, Control
    let kind: MouseEvent.Kind? =
      switch button {
      case 0: released ? .release : .press
      case 3: .release  // the old reports do not say which button
      case 32: .drag
      case 64: released ? nil : .wheelUp
      case 65: released ? nil : .wheelDown
      default: nil
      }
    if let kind { events.append(.mouse(MouseEvent(kind, at: point))) }
  }

  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private mutating func takePaste(
    _ bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    into events: inout [InputEvent]
  ) -> Int {
    var index = start
    while index < bytes.count {
      pasted.append(bytes[index])
      index += 1
      if pasted.last == UInt8(ascii: "~"), pasted.suffix(6).elementsEqual(Self.pasteEnd) {
        pasted.removeLast(6)
        endPaste(into: &events)
        return index
      }
      if pasted.count > Self.largestPaste + 6 {
        pasted.remove(at: Self.largestPaste)  // the end mark still passes through the last six
      }
    }
    return index
  }

  private mutating func endPaste(into events: inout [InputEvent]) {
    state = .ground
    if pasted.count > Self.largestPaste { pasted.removeLast(pasted.count - Self.largestPaste) }
    let text = String(decoding: pasted, as: UTF8.self)
    pasted = []
    var lines = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {  // a terminal sends the end of a line as CR
      if scalar == "\r" {
        lines.append("\n")
      } else if scalar != "\n" || !afterReturn {
        lines.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    if !lines.isEmpty { events.append(.paste(String(lines))) }
  }

  // MARK: Tails

  /// Number of bytes at the start that are a tail (`[A`, `[<0;3;4M`) whose Escape came too early.
  ///
  /// Or was lost. Tails come in one piece, which typed letters do not.
  private func strayTail(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard scalarBytes.isEmpty, bytes.count >= 2 else { return 0 }
    if followsLateEscape, bytes[0] == UInt8(ascii: "O"), bytes.count == 2 {
      return table.applicationKey(bytes[1]) == nil ? 0 : 2
    }
    guard bytes[0] == UInt8(ascii: "["), followsLateEscape || bytes[1] == UInt8(ascii: "<")
    else { return 0 }
    var end = 1
    while end < bytes.count, (0x20...0x3F).contains(bytes[end]) { end += 1 }
    guard end < bytes.count, (0x40...0x7E).contains(bytes[end]) else { return 0 }
    if bytes[1] == UInt8(ascii: "<") {
      return bytes[end] | 0x20 == UInt8(ascii: "m") && end >= 7 ? end + 1 : 0
    }
    return end + 1
  }
}
