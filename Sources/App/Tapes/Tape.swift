public import Drawing
import Foundation

/// A script that plays the dashboard: the subset of VHS tape syntax that needs no browser.
///
/// `Type "text"`, `Enter`, `Tab`, `Space`, `Backspace`, `Delete`, `Insert`, `Escape`, `Up` ...
/// `PageDown` (each with an optional count), `Ctrl+x`, `Sleep 500ms`, `Wait /text/`, `Hide`,
/// `Show`, `Set Width|Height|TypingSpeed`, `Mark "chapter"`, `Screenshot file.svg|file.txt`.
/// `#` begins a comment.
public struct Tape: Sendable, Equatable {
  /// One step of the script.
  public enum Step: Sendable, Equatable {
    case key(Key)
    /// Lets recorded time pass; playing never waits for time.
    case sleep(milliseconds: Int64)
    /// The screen must show this text once everything is idle.
    case expect(String)
    case hide, show
    case mark(String)
    /// Writes the screen to a file: `.svg` as a picture, anything else as text with roles.
    case screenshot(String)
  }

  /// The steps with the line each stands on, from 1.
  public var steps: [(line: Int, step: Step)]
  /// Columns of the screen, from `Set Width`; nil takes the default.
  public var columns: Int?
  /// Rows of the screen, from `Set Height`.
  public var rows: Int?
  /// Recorded milliseconds between two keys, from `Set TypingSpeed`.
  public var typingSpeed: Int64 = 50

  /// Compares what matters.
  public static func == (left: Tape, right: Tape) -> Bool {
    left.steps.map(\.step) == right.steps.map(\.step) && left.columns == right.columns
      && left.rows == right.rows && left.typingSpeed == right.typingSpeed
  }
}

/// A line of a tape that is not understood.
public struct TapeError: Error, Equatable, CustomStringConvertible {
  /// The tape's file.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// What is wrong and what would do.
  public let reason: String
  /// File, line and reason.
  public var description: String { "\(file):\(line): \(reason)" }
}

extension Tape {
  /// Reads a tape's file; throws `TapeError` where it cannot be read or understood.
  init(file path: String) throws {
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20 else {
      throw TapeError(file: path, line: 0, reason: "the tape cannot be read")
    }
    try self.init(reading: String(decoding: data, as: UTF8.self), file: path)
  }

  /// Reads a tape; throws `TapeError` at the first line that is not understood.
  public init(reading text: String, file: String) throws {
    steps = []
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      do {
        try read(TapeWords.split(String(raw)), line: index + 1)
      } catch let fault as TapeWords.Fault {
        throw TapeError(file: file, line: index + 1, reason: fault.reason)
      }
    }
  }

  private mutating func read(_ words: [String], line: Int) throws {
    guard let command = words.first else { return }
    let rest = Array(words.dropFirst())
    func add(_ step: Step) { steps.append((line, step)) }
    func only() throws -> String {
      guard rest.count == 1 else { throw TapeWords.Fault("\(command) takes one word or \"text\"") }
      return rest[0]
    }
    if let key = TapeWords.keys[command] {
      let count = try rest.isEmpty ? 1 : TapeWords.count(only())
      for _ in 0..<count { add(.key(key)) }
      return
    }
    if command.hasPrefix("Ctrl+"), command.count == 6, let letter = command.lowercased().last {
      add(.key(.control(letter)))
      return
    }
    switch command {
    case "Type":
      for letter in try only() { add(.key(letter == "\n" ? .enter : .character(letter))) }
    case "Sleep": add(.sleep(milliseconds: try TapeWords.duration(only())))
    case "Wait": add(.expect(try TapeWords.pattern(only())))
    case "Hide": add(.hide)
    case "Show": add(.show)
    case "Mark": add(.mark(try only()))
    case "Screenshot": add(.screenshot(try only()))
    case "Set": try set(rest)
    case "Output", "Require", "Source", "Env", "Copy", "Paste":
      throw TapeWords.Fault("\(command) is not played here; --record names the output")
    default:
      throw TapeWords.Fault(
        "\(command) is not a command: Type, a key such as Enter or Ctrl+p, Sleep, Wait, Hide, Show, "
          + "Mark, Screenshot or Set"
      )
    }
  }

  private mutating func set(_ words: [String]) throws {
    guard words.count == 2 else { throw TapeWords.Fault("Set takes a name and a value") }
    switch words[0] {
    case "Width": columns = try TapeWords.count(words[1])
    case "Height": rows = try TapeWords.count(words[1])
    case "TypingSpeed": typingSpeed = try TapeWords.duration(words[1])
    default: throw TapeWords.Fault("Set knows Width and Height (in cells) and TypingSpeed")
    }
  }
}

/// The words of a tape's line.
enum TapeWords {
  struct Fault: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  static let keys: [String: Key] = [
    "Enter": .enter, "Tab": .tab, "Space": .character(" "), "Backspace": .backspace,
    "Delete": .delete, "Insert": .insert, "Escape": .escape, "Up": .up, "Down": .down,
    "Left": .left, "Right": .right, "Home": .home, "End": .end, "PageUp": .pageUp,
    "PageDown": .pageDown,
  ]

  /// Splits a line into words; quotes of one kind hold a word together, `#` ends the line.
  static func split(_ line: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    // What Wait waits for may hold blanks between its slashes.
    let isWait = line.drop { $0 == " " || $0 == "\t" }.hasPrefix("Wait")
    for letter in line {
      if let open = quote {
        if letter == open {
          words.append(word ?? "")
          (word, quote) = (nil, nil)
        } else {
          word = (word ?? "") + String(letter)
        }
      } else if word == nil, letter == "#" {
        break
      } else if word == nil, "\"'`".contains(letter) || (isWait && letter == "/") {
        (word, quote) = ("", letter)
      } else if letter == " " || letter == "\t" || letter == "\r" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    guard quote == nil else { throw Fault("a quote is not closed") }
    if let word { words.append(word) }
    return words
  }

  static func count(_ word: String) throws -> Int {
    guard let count = Int(word), (1...10_000).contains(count) else {
      throw Fault("\(word) is not a number from 1 to 10000")
    }
    return count
  }

  /// Reads `500ms`, `2s`, `1.5s` as milliseconds.
  static func duration(_ word: String) throws -> Int64 {
    let isMilliseconds = word.hasSuffix("ms")
    let digits = word.dropLast(isMilliseconds ? 2 : word.hasSuffix("s") ? 1 : 0)
    guard let value = Double(digits), value >= 0, value <= 3_600_000 else {
      throw Fault("\(word) is not a length of time such as 500ms or 2s")
    }
    return Int64((value * (isMilliseconds ? 1 : 1000)).rounded())
  }

  /// Reads the text that the screen must show; no regular expression.
  static func pattern(_ word: String) throws -> String {
    guard !word.isEmpty else { throw Fault("Wait takes the text that the screen must show") }
    return word
  }
}
