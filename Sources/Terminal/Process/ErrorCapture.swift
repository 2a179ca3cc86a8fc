internal import CNcursesW
import Glibc

/// Standard error, kept away from the screen while it is on.
///
/// A library or a child that complains on descriptor 2 would write into the middle of the screen.
/// What comes meanwhile goes to a file in memory that has no name.
struct ErrorCapture {
  /// The real standard error; -1 while nothing is captured.
  private(set) var original: Int32 = -1
  /// The file in memory; -1 while nothing is captured.
  private(set) var file: Int32 = -1

  /// More than this is cut at the front.
  static let limit = 65_536

  /// Puts the file in the place of standard error.
  mutating func begin() {
    guard original < 0 else { return }
    if file < 0 { file = tcn_memory_file() }
    guard file >= 0 else { return }
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard original >= 0 else { return }
    dup2(file, STDERR_FILENO)
  }

  /// Puts standard error back.
  mutating func end() {
    guard original >= 0 else { return }
    dup2(original, STDERR_FILENO)
    close(original)
    original = -1
  }

  /// What was captured so far, as text without control characters other than the line's end.
  func text() -> String {
    guard file >= 0 else { return "" }
    let size = lseek(file, 0, SEEK_END)
    guard size > 0 else { return "" }
    let start = max(0, size - off_t(Self.limit))
    var bytes = [UInt8](repeating: 0, count: Int(size - start))
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, start) }
    guard count > 0 else { return "" }
    return Self.harmless(String(decoding: bytes[..<count], as: UTF8.self))
  }

  /// Text in which every control character is replaced by a visible one.
  static func harmless(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n" && scalar != "\t": result.append("\u{FFFD}")
      case .format: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
