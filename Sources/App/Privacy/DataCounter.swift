internal import Exchange
internal import Foundation
public import Model

/// Counts what is due for deletion, by the command that its owner has configured.
///
/// The command is started as it is written down, without a shell, with nothing on its standard input, in
/// a process group of its own. Its time and what is kept of its output are limited; when its time is over
/// the whole group is killed.
public struct DataCounter: Sendable {
  /// Why nothing was counted.
  public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, in a sentence; may quote what the command wrote.
    public var description: String
  }

  /// The environment that the command gets, and in whose PATH it is looked for.
  public let environment: [String: String]

  /// Makes a counter.
  public init(environment: [String: String]) { self.environment = environment }

  /// Runs the command of a rule and reads its answer: a number, and behind it the day of the oldest event
  /// where it says it.
  ///
  /// Blocks the calling thread until the command has ended.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - now: The present.
  ///   - zone: Where days are counted.
  /// - Returns: What was counted; the store fills in who counted it and when.
  /// - Throws: `Failure`.
  public func count(_ rule: RetentionRule, now: Instant, zone: Zone) throws(Failure)
    -> RetentionStock
  {
    guard let count = rule.facts.count else {
      throw Failure(description: "\(rule.reference) has no command that counts")
    }
    guard let upTo = rule.facts.lastOver(at: now, in: zone) else {
      throw Failure(description: "\(rule.reference): nothing can be due before the calendar begins")
    }
    let arguments = count.filled(upTo: upTo)
    guard let name = arguments.first, let program = path(of: name) else {
      throw Failure(description: "there is no program \(arguments.first ?? "")")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let result = MailProgramCall(
      arguments: [program] + arguments.dropFirst(),
      environment: environment.map { "\($0)=\($1)" }.sorted(),
      input: [],
      timeout: .seconds(count.seconds)
    ).run()
    let milliseconds = max(0, (clock.now - start).wholeMilliseconds)
    switch result.end {
    case .exit(0, _): break
    case .exit(let status, _):
      throw Failure(
        description: "\(name) ended with status \(status): \(Self.words(result.output))"
      )
    case .signal(let number):
      throw Failure(description: "\(name) was ended by signal \(number)")
    case .timeout:
      throw Failure(description: "\(name) was ended after its \(count.seconds) seconds")
    case .notStarted(let code):
      throw Failure(description: "\(name) could not be started: \(String(cString: strerror(code)))")
    }
    guard let answer = RetentionCount.answer(Array(result.output.utf8)) else {
      throw Failure(
        description: "\(name) answered \(Self.words(result.output)); it must write one line: a "
          + "number, and the day of the oldest event behind it where that is known"
      )
    }
    // The oldest of what is due cannot have begun behind the last day whose period is over.
    if let oldest = answer.oldest, oldest > upTo {
      throw Failure(
        description: "\(name) answered \(Self.words(result.output)); but nothing that began after "
          + "\(upTo) is due, and the oldest of what is due cannot be of \(oldest)"
      )
    }
    let oldest = answer.oldest.flatMap {
      try? StatedTime(reading: $0, TimeReading(now: now, zone: zone))
    }
    return RetentionStock(
      triggered: oldest,
      count: answer.count,
      asOf: now,
      by: "",
      run: CommandRun(
        arguments: arguments,
        status: 0,
        host: Self.host,
        startedAt: now,
        milliseconds: milliseconds,
        isCut: false
      ),
      upTo: upTo
    )
  }

  private static func words(_ output: String) -> String {
    let line = firstLine(output)
    return line.isEmpty ? "nothing" : String(line.prefix(200))
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

  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
