import Foundation
import Model
import Synchronization

/// Takes the time of something.
func measure(_ body: () async throws -> Void) async throws -> Duration {
  let start = ContinuousClock.now
  try await body()
  return ContinuousClock.now - start
}

/// Takes the time of something.
func measure(_ body: () throws -> Void) throws -> Duration {
  let start = ContinuousClock.now
  try body()
  return ContinuousClock.now - start
}

/// The median of several times.
func repeated(_ count: Int, _ body: () async throws -> Void) async throws -> Duration {
  var times: [Duration] = []
  for _ in 0..<count { times.append(try await measure(body)) }
  return times.median
}

extension [Duration] {
  /// The time in the middle.
  var median: Duration { sorted()[count / 2] }

  /// The slow end.
  var tail: String {
    let sorted = sorted()
    return [sorted[count * 95 / 100], sorted[count * 99 / 100], sorted[count - 1]]
      .map { milliseconds($0) }.joined(separator: " / ")
  }
}

/// A time in milliseconds, as printed.
func milliseconds(_ time: Duration) -> String {
  let microseconds =
    time.components.seconds * 1_000_000
    + time.components.attoseconds / 1_000_000_000_000
  return "\(microseconds / 1000).\(String(microseconds % 1000 / 10 + 100).dropFirst()) ms"
}

/// A time in seconds, as printed.
func seconds(_ time: Duration) -> String {
  let milliseconds = time.wholeMilliseconds
  return "\(milliseconds / 1000).\(String(milliseconds % 1000 / 10 + 100).dropFirst())"
}

/// How many in a second.
func rate(_ count: Int, _ time: Duration) -> Int {
  let milliseconds = Swift.max(1, time.wholeMilliseconds)
  return Int(Int64(count) * 1000 / milliseconds)
}

/// Prints one figure, at once.
func row(_ name: String, _ value: String) {
  let name = name.padding(toLength: Swift.max(47, name.count), withPad: " ", startingAt: 0)
  FileHandle.standardOutput.write(Data("\(name) \(value)\n".utf8))
}

/// A clock that goes on by a minute at each look.
final class SteppingClock: Sendable {
  private let seconds = Mutex<Int64>(1_767_225_600)

  /// The next minute.
  func next() -> Instant {
    seconds.withLock { seconds in
      seconds += 60
      return Instant(seconds: seconds)
    }
  }
}

/// Facts of made-up incidents, each a little different.
enum BenchFacts {
  static func facts(_ number: Int) -> IncidentFacts {
    let places = ["EU-DE", "EU-FR", "GB", "US-CA", "US-NY"]
    let things = ["staging server", "laptop", "warehouse", "mail archive", "till", "backup tape"]
    return IncidentFacts(
      title: "Incident number \(number): \(things[number % things.count]) in \(places[number % 5])",
      summary: "Found by the weekly review number \(number % 997); being looked into.",
      severity: number % 9 == 0 ? nil : Severity.allCases[number / 10 % 4],
      outcome: Outcome.allCases[number % 8],
      actions: [VerisAction.allCases[number % 8]],
      affected: [AffectedPeople(jurisdiction: places[number % 5], count: Int64(number % 1200))],
      tags: ["bench"]
    )
  }

  /// One in ten is open.
  static func state(_ number: Int) -> IncidentState {
    number % 10 == 0 ? IncidentState.allCases[number / 10 % 7] : .closed
  }
}

/// Other programs.
enum Shell {
  /// It ended badly.
  struct Failed: Error {
    let program: String
    let status: Int32
  }

  /// Runs a program to its end; its output goes nowhere.
  static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(program: program, status: process.terminationStatus)
    }
  }

  /// Runs a program to its end and tells its peak memory in kilobytes.
  ///
  /// Read from the kernel while it writes; what `getrusage` tells includes the process that
  /// started it.
  static func peak(_ program: String, _ arguments: [String]) throws -> Int {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var peak = 0
    while !pipe.fileHandleForReading.availableData.isEmpty {
      let status =
        (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8))
        ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let number = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
      peak = max(peak, number.flatMap { Int($0) } ?? 0)
    }
    process.waitUntilExit()
    return peak
  }
}
