import Drawing
import Foundation
import Model

/// The clock of a tape: time passes only where the tape says so.
final class TapeClock: Sendable {
  private let start: Instant
  private nonisolated(unsafe) var passed: Int64 = 0
  private let lock = NSLock()

  init(start: Instant) { self.start = start }

  /// Milliseconds since the tape began.
  var elapsed: Int64 { lock.withLock { passed } }

  /// The instant that the program is told.
  var now: Instant { start + .milliseconds(elapsed) }

  func advance(by milliseconds: Int64) { lock.withLock { passed += milliseconds } }
}

/// Plays a tape to a program: each step waits until the program is idle, never for time.
@MainActor
final class TapePlayer {
  private let tape: Tape
  private let file: String
  private let program: Program
  private let clock: TapeClock
  /// Lets time pass where somebody watches; without a watcher it returns at once.
  private let pace: (Int64) async -> Void
  /// Shows each frame.
  private let onFrame: (Canvas, Int64) async -> Void
  private let onMark: (String, Int64) -> Void
  private let onHide: (Bool) -> Void
  private let onScreenshot: (String, Canvas) throws -> Void

  init(
    _ tape: Tape,
    file: String,
    program: Program,
    clock: TapeClock,
    pace: @escaping (Int64) async -> Void = { _ in },
    onFrame: @escaping (Canvas, Int64) async -> Void,
    onMark: @escaping (String, Int64) -> Void,
    onHide: @escaping (Bool) -> Void,
    onScreenshot: @escaping (String, Canvas) throws -> Void
  ) {
    (self.tape, self.file, self.program, self.clock) = (tape, file, program, clock)
    self.pace = pace
    (self.onFrame, self.onMark) = (onFrame, onMark)
    (self.onHide, self.onScreenshot) = (onHide, onScreenshot)
  }

  /// Plays all steps; throws `TapeError` where the screen does not show what it must.
  func play() async throws {
    await program.idle()
    await onFrame(program.draw(), clock.elapsed)
    for (line, step) in tape.steps {
      try await play(step, line)
    }
  }

  private func play(_ step: Tape.Step, _ line: Int) async throws {
    switch step {
    case .key(let key):
      clock.advance(by: tape.typingSpeed)
      await pace(tape.typingSpeed)
      program.receive([.input(.key(key))])
      await program.idle()
      await onFrame(program.draw(), clock.elapsed)
    case .sleep(let milliseconds):
      clock.advance(by: milliseconds)
      await pace(milliseconds)
      program.receive([.ticked(clock.now)])
      await program.idle()
      await onFrame(program.draw(), clock.elapsed)
    case .expect(let text):
      let canvas = program.draw()
      let screen = (0..<canvas.size.rows).map { canvas.text(ofRow: $0) }
      guard screen.contains(where: { $0.contains(text) }) else {
        throw TapeError(
          file: file,
          line: line,
          reason:
            "the screen does not show \"\(text)\"; it shows\n\(screen.joined(separator: "\n"))"
        )
      }
    case .hide: onHide(true)
    case .show:
      onHide(false)
      await onFrame(program.draw(), clock.elapsed)
    case .mark(let name): onMark(name, clock.elapsed)
    case .screenshot(let path): try onScreenshot(path, program.draw())
    }
  }
}
