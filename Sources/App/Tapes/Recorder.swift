import Drawing
import Foundation
import Model

/// Writes what is shown on a terminal into a recording, frame by frame.
@MainActor
final class Recorder {
  private var cast: Asciicast?
  private let file: FileHandle
  private let version: Asciicast.Version
  private let start = ContinuousClock.now

  /// Begins a recording in a file that must not exist yet, mode 0600.
  ///
  /// Throws `TapeError` where the file cannot be made.
  init(path: String, _ version: Asciicast.Version) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "it exists already" : String(cString: strerror(errno))
      throw TapeError(file: path, line: 0, reason: "the recording cannot be written: \(reason)")
    }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    self.version = version
  }

  /// Adds a frame at the time that has passed.
  ///
  /// The first one says how large the screen is.
  func show(_ canvas: Canvas, _ theme: Theme) {
    var cast =
      self.cast
      ?? Asciicast(version, size: canvas.size) { theme.sequence($0.role, $0.emphasis) }
    cast.show(canvas, at: (ContinuousClock.now - start).wholeMilliseconds)
    let lines = cast.drain()
    self.cast = cast
    guard !lines.isEmpty else { return }
    try? file.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
  }
}
