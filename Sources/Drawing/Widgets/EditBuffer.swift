/// Text that is being edited: characters as a reader counts them, a cursor between them, and what
/// can be undone.
struct EditBuffer: Sendable, Equatable {
  /// The text, character by character.
  private(set) var characters: [Character]
  /// How many characters stand before the cursor.
  private(set) var cursor: Int
  private var undoable: [Moment] = []
  private var redoable: [Moment] = []
  private var lastEdit = Edit.other

  /// The text and cursor of a moment.
  private struct Moment: Sendable, Equatable {
    var characters: [Character]
    var cursor: Int
  }

  /// Kinds of edit; typing on is one step to undo up to the next blank.
  private enum Edit: Sendable { case typing, erasing, other }

  /// How many steps can be undone.
  private static let undoLimit = 200

  init(_ text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  /// The byte of the text before which the cursor stands.
  var cursorByte: Int { characters[..<cursor].reduce(0) { $0 + $1.utf8.count } }

  // MARK: Moving

  mutating func move(to position: Int) {
    cursor = min(max(0, position), characters.count)
    lastEdit = .other
  }

  /// The start of the line that the cursor is in.
  var lineStart: Int {
    characters[..<cursor].lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
  }

  /// The end of the line that the cursor is in.
  var lineEnd: Int { characters[cursor...].firstIndex(where: \.isNewline) ?? characters.count }

  /// The start of the word before the cursor.
  var wordStart: Int {
    var position = cursor
    while position > 0, characters[position - 1].isWhitespace { position -= 1 }
    while position > 0, !characters[position - 1].isWhitespace { position -= 1 }
    return position
  }

  // MARK: Changing

  /// Puts text in at the cursor.
  mutating func insert(_ text: String) {
    guard !text.isEmpty else { return }
    let isTyping = text.count == 1 && !text.contains(where: \.isWhitespace)
    remember(isTyping ? .typing : .other)
    // A mark or joiner may join the characters beside it, so those are divided anew.
    let start = max(0, cursor - 4)
    let end = min(characters.count, cursor + 4)
    let before = String(characters[start..<cursor]) + text
    let around = Array(before + String(characters[cursor..<end]))
    characters.replaceSubrange(start..<end, with: around)
    let byte = before.utf8.count
    var count = 0
    var used = 0
    while used < byte, count < around.count {
      used += around[count].utf8.count
      count += 1
    }
    cursor = start + count
  }

  /// Takes characters away and leaves the cursor there.
  mutating func remove(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<characters.count)
    guard !range.isEmpty else { return }
    remember(range.count == 1 ? .erasing : .other)
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  /// Replaces all of the text.
  mutating func replace(with text: String) {
    guard text != self.text else { return }
    remember(.other)
    characters = Array(text)
    cursor = characters.count
  }

  /// Takes back the last step.
  mutating func undo() { step(from: \.undoable, to: \.redoable) }

  /// Does again what was taken back.
  mutating func redo() { step(from: \.redoable, to: \.undoable) }

  private mutating func step(
    from source: WritableKeyPath<EditBuffer, [Moment]>,
    to target: WritableKeyPath<EditBuffer, [Moment]>
  ) {
    guard let moment = self[keyPath: source].popLast() else { return }
    self[keyPath: target].append(Moment(characters: characters, cursor: cursor))
    (characters, cursor, lastEdit) = (moment.characters, moment.cursor, .other)
  }

  private mutating func remember(_ edit: Edit) {
    redoable = []
    defer { lastEdit = edit }
    if edit == lastEdit, edit != .other { return }
    undoable.append(Moment(characters: characters, cursor: cursor))
    if undoable.count > Self.undoLimit { undoable.removeFirst() }
  }

  // MARK: Keys

  /// Takes a key that edits within a line; says whether it was one.
  ///
  /// `^A` `^E` line ends, `^B` `^F` by a character, `^U` `^K` `^W` cut to the start, to the end and
  /// the word before, `^_` undoes, `^R` does again.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .left, .control("b"): move(to: cursor - 1)
    case .right, .control("f"): move(to: cursor + 1)
    case .home, .control("a"): move(to: lineStart)
    case .end, .control("e"): move(to: lineEnd)
    case .backspace, .control("h"): remove((cursor - 1)..<cursor)
    case .delete, .control("d"): remove(cursor..<(cursor + 1))
    case .control("u"): remove(lineStart..<cursor)
    case .control("k"):
      // At the end of a line the line break goes.
      remove(cursor..<max(lineEnd, min(cursor + 1, characters.count)))
    case .control("w"): remove(wordStart..<cursor)
    case .control("_"), .control("/"): undo()
    case .control("r"): redo()
    default: return false
    }
    return true
  }
}

extension Text {
  /// The column of a byte of a text, as the sink draws it.
  static func column(ofByte byte: Int, in text: String) -> Int {
    Span(text).withBytes { bytes in
      var scanner = GlyphScanner(bytes)
      var columns = 0
      while let glyph = scanner.next(), glyph.start < byte {
        columns += glyph.columns(at: columns)
      }
      return columns
    }
  }
}
