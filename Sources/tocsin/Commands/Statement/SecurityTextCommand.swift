internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin statement security-txt`.
struct SecurityTextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "security-txt",
    abstract: "Check a security.txt (RFC 9116), or show the one that would be published.",
    subcommands: [CheckSecurityText.self, ShowSecurityText.self]
  )
}

/// The command `tocsin statement security-txt check`.
struct CheckSecurityText: HeadlessCommand {
  static let origin = "statement security-txt check"
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with a security.txt, by line; exit status 2 where anything is.",
    discussion: "Of a signed one the signature is not checked."
  )

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let text = try session.text(file, limit: SecurityTextCheck.limit)
    let check = SecurityTextCheck(reading: text, at: session.now)
    let status: ExitStatus = check.problems.isEmpty ? .done : .found
    if format.json {
      try session.out.json(
        .members([
          "valid": .bool(check.problems.isEmpty), "signed": .bool(check.isSigned),
          "expires": .text(check.read?.expires.description),
          "contacts": .texts(check.read?.contacts ?? []),
          "problems": .array(
            check.problems.map {
              .members([
                "line": $0.line.map { .count($0) } ?? .null, "reason": .string($0.reason),
              ])
            }
          ),
        ])
      )
      return status
    }
    for problem in check.problems { try session.out.line("\(file): \(problem)") }
    if check.problems.isEmpty, let read = check.read {
      try session.out.line("\(file): valid until \(read.expires)")
    }
    return status
  }
}

/// The command `tocsin statement security-txt show`.
struct ShowSecurityText: HeadlessCommand {
  static let origin = "statement security-txt show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the security.txt that a version of today would have."
  )

  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let openness = organisation.opennessInForce
    guard !openness.securityContacts.isEmpty else {
      throw Refusal(
        "the organisation names nobody to whom weaknesses are reported",
        advice: "tocsin organisation set --security-contact mailto:security@example.org"
      )
    }
    let zone = organisation.zone ?? .utc
    let text = SecurityText(openness, date: DayNumber(session.now, in: zone), in: zone).text
    for line in Words.lines(text).dropLast() {
      try session.out.line(line)
    }
    return .done
  }
}
