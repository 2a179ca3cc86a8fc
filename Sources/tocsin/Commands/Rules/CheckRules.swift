internal import App
internal import ArgumentParser
internal import Exchange
internal import Formats
internal import Model
internal import Rulebook

/// The command `tocsin rules check`.
struct CheckRules: HeadlessCommand {
  static let origin = "rules check"
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the rules and work every case of theirs; say what is wrong with file and line.",
    discussion: """
      Exit status 1 where a file cannot be used, a case does not come out as it was worked by hand, \
      or a shipped rule has no case. An own rule without a case is named; it is used, and says so.
      """
  )

  @Argument(help: "A folder to check alone, in place of the shipped and own rules.")
  var folder: String?

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    do {
      let book =
        if let folder {
          try Rulebook(shipped: folder, withCases: true)
        } else {
          try session.rulebook(rulebook, withCases: true)
        }
      let failures = book.failedCases()
      let caseless = CheckRules.withoutCase(book)
      try report(failures, book, caseless, session)
      let shipped = caseless.filter { book.pack.rule($0)?.law.isOwn == false }
      return failures.isEmpty && shipped.isEmpty ? .done : .failed
    } catch let error as Rulebook.Faults {
      try report(error.faults, nil, [], session)
      return .failed
    }
  }

  /// The rules that no case of the same folder expects anything of.
  private static func withoutCase(_ book: Rulebook) -> [String] {
    let tested = Set(book.laws.flatMap { $0.cases.flatMap { $0.expected.map(\.id) } })
    return book.pack.rules.map(\.rule.id).filter { !tested.contains($0) }
  }

  private func report(
    _ faults: [UnreadableYAML],
    _ book: Rulebook?,
    _ caseless: [String],
    _ session: Session
  ) throws {
    let cases = book?.laws.map { $0.cases.reduce(0) { $0 + $1.expected.count } }.reduce(0, +) ?? 0
    let rules = book?.pack.rules.count ?? 0
    if format.json {
      try session.out.json(
        .members([
          "laws": .integer(Int64(book?.pack.laws.count ?? 0)), "rules": .integer(Int64(rules)),
          "cases": .integer(Int64(cases)), "overridden": .texts(book?.overridden ?? []),
          "without_case": .texts(caseless),
          "faults": .array(
            faults.map {
              .members([
                "file": .string($0.file), "line": .integer(Int64($0.line)),
                "reason": .string($0.reason),
              ])
            }
          ),
        ])
      )
      return
    }
    for fault in faults { try session.out.line("\(fault)") }
    for id in caseless { try session.out.line("\(id): no case tests this rule") }
    if let book {
      try session.out.line(
        "\(book.pack.laws.count) laws, \(rules) rules, \(cases) worked answers, \(faults.count) wrong"
      )
      if !book.overridden.isEmpty {
        try session.out.line("overridden: \(book.overridden.joined(separator: ", "))")
      }
    }
  }
}
