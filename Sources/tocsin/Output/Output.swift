internal import Exchange
internal import Foundation
internal import Model
internal import Synchronization

/// Where a command's words go: data to standard output, words for people to standard error.
///
/// Buffered, so that a list of any length costs few system calls. A reader that went away ends the
/// process by SIGPIPE like any Unix filter; any other failure to write is thrown.
final class Output: Sendable {
  private let buffer = Mutex<[UInt8]>([])

  /// Writes a line for people to standard output.
  func line(_ words: Words = "") throws { try bytes("\(words.text)\n".utf8) }

  /// Writes that what follows belongs to an exercise; nothing for a real incident.
  func sign(_ incident: Incident) throws {
    guard incident.isExercise else { return }
    try line("\(incident.markedReference) is an exercise, no real incident")
  }

  /// Writes a row of a table: cut at the edge of the terminal that shows it, whole for a program or a
  /// file.
  func row(_ words: Words) throws { try line(Output.columns.map { words.cut(to: $0) } ?? words) }

  /// Columns of the terminal that standard output is; nil where it is none, or does not say.
  private static let columns: Int? = {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }()

  /// Writes a JSON value and a newline to standard output.
  func json(_ value: JSON) throws { try bytes("\(value.written(.indented))\n".utf8) }

  /// Writes bytes that are safe already, such as JSON, to standard output.
  func bytes(_ bytes: some Sequence<UInt8>) throws {
    try buffer.withLock { buffer in
      buffer += bytes
      if buffer.count >= 65_536 { try Output.drain(&buffer) }
    }
  }

  /// Writes a document of another format: unchanged for a program or a file, every line through the
  /// sink for foreign text where a terminal would read it.
  func document(_ text: String) throws {
    guard isatty(STDOUT_FILENO) == 1 else { return try bytes(text.utf8) }
    // A line end may be of two signs, which are one character.
    for words in Words.lines(text.last?.isNewline == true ? String(text.dropLast()) : text) {
      try line(words)
    }
  }

  /// Hands everything to the operating system.
  func flush() throws { try buffer.withLock { try Output.drain(&$0) } }

  /// Writes a line for people to standard error, at once.
  func note(_ words: Words) {
    // A failure here has nowhere to be told.
    try? Output.write(Array("\(words.text)\n".utf8), to: STDERR_FILENO)
  }

  /// Shows how far something has come on standard error, in place; nil takes it away.
  ///
  /// Nothing happens where nobody watches.
  func progress(_ words: Words?) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    try? Output.write(Array("\r\u{1B}[K\(words?.text ?? "")".utf8), to: STDERR_FILENO)
  }

  private static func drain(_ buffer: inout [UInt8]) throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try write(buffer, to: STDOUT_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { posixWrite(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        throw Refusal(
          "standard output cannot be written: \(String(cString: strerror(errno)))",
          advice: "make room where the output goes, and run the command again"
        )
      }
    }
  }
}

/// `write(2)`, apart from the methods of that name.
private func posixWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
