internal import Foundation
internal import Model

/// Runs a program as it is named, and keeps what it writes.
///
/// No shell is ever involved: each argument reaches the program as it was typed. Its standard input
/// is empty; standard output and standard error are kept in the order in which they came.
struct CommandCapture: Sendable {
  /// The most that is kept of an output, in bytes.
  static let limit = 16 << 20

  /// What came of a run.
  struct Result: Sendable {
    /// How it was run.
    var run: CommandRun
    /// The program's file.
    var program: String
    /// What it wrote, as far as it was kept.
    var output: [UInt8]
  }

  /// The program and its arguments.
  let arguments: [String]
  /// The environment that the program gets, and in whose PATH it is looked for.
  let environment: [String: String]
  /// What to do where there is no such program.
  var advice: Words = "name its path: tocsin audit evidence --run -- /usr/bin/program argument"

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - now: The present, for when it was started.
  ///   - watch: Is given what it writes, as it comes.
  /// - Returns: How it ended and what it wrote.
  /// - Throws: `Refusal` where there is no such program or it cannot be started.
  func run(now: Instant, watch: ([UInt8]) -> Void = { _ in }) throws -> Result {
    guard let name = arguments.first, let program = path(of: name) else {
      throw Refusal(
        "there is no program \(arguments.first ?? "")",
        advice: advice
      )
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = Array(arguments.dropFirst())
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      try process.run()
    } catch {
      throw Refusal("\(program) could not be started: \(error.localizedDescription)")
    }
    try? pipe.fileHandleForWriting.close()
    var (output, isCut) = ([UInt8](), false)
    // What goes beyond the limit is read and dropped, so that the program never waits for us.
    while let block = try pipe.fileHandleForReading.read(upToCount: 1 << 16), !block.isEmpty {
      watch([UInt8](block))
      let room = Self.limit - output.count
      isCut = isCut || block.count > room
      output.append(contentsOf: block.prefix(max(0, room)))
    }
    process.waitUntilExit()
    let status = Int64(process.terminationStatus)
    return Result(
      run: CommandRun(
        arguments: arguments,
        status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
        host: Self.host,
        startedAt: now,
        milliseconds: max(0, (clock.now - start).wholeMilliseconds),
        isCut: isCut
      ),
      program: program,
      output: output
    )
  }

  /// Where a program lies: at its path, or in a folder of PATH.
  private func path(of name: String) -> String? {
    guard !name.isEmpty else { return nil }
    if name.contains("/") {
      let path = URL(fileURLWithPath: name).path
      return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }
    return (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
      .filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The host's own name.
  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
