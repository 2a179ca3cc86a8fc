internal import Foundation

/// Where a command's words go: data to standard output, words for people to standard error.
///
/// Buffered, so that a list of any length costs few system calls. A reader that went away ends the
/// process by SIGPIPE like any Unix filter; any other failure to write is thrown.
final class Output {
  private var buffer: [UInt8] = []

  /// Writes a line for people to standard output.
  func line(_ words: Words = "") throws {
    try bytes(Array(words.text.utf8))
    try bytes([UInt8(ascii: "\n")])
  }

  /// Writes a JSON value and a newline to standard output.
  func json(_ value: JSONText) throws {
    try bytes(value.pretty)
    try bytes([UInt8(ascii: "\n")])
  }

  /// Writes bytes that are safe already, such as JSON, to standard output.
  func bytes(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= 65_536 { try flush() }
  }

  /// Hands everything to the operating system.
  func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try Output.write(buffer, to: STDOUT_FILENO)
  }

  /// Writes a line for people to standard error, at once.
  func note(_ words: Words) {
    // A failure here has nowhere to be told.
    try? Output.write(Array("\(words.text)\n".utf8), to: STDERR_FILENO)
  }

  /// Shows how far something has come on standard error, in place; nothing where nobody watches.
  func progress(_ words: Words?) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    try? Output.write(Array("\r\u{1B}[K\(words?.text ?? "")".utf8), to: STDERR_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { unistd_write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        throw Refusal(
          "standard output cannot be written: \(String(cString: strerror(errno)))",
          advice: "make room where the output goes, and run the command again")
      }
    }
  }
}

/// `write(2)`, apart from the methods of that name.
private func unistd_write(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
