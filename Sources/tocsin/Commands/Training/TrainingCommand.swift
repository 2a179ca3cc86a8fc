internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin training`.
struct TrainingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: "Staff, what they must have learned and read, and phishing exercises.",
    discussion: """
      Names are sealed under a key outside the store, or not kept at all (tocsin organisation set \
      --staff-names pseudonyms); lists show pseudonyms, and --reveal with a reason shows names and \
      writes into the journal who looked and why. A person is named by pseudonym, personnel number, \
      e-mail address or staff:NUMBER; - reads it from standard input, so that it stands in no list \
      of processes. docs/training.md has the details.
      """,
    subcommands: [
      StaffCommand.self, StaffGroupCommand.self, CourseCommand.self, TrainingPlanCommand.self,
      CompleteTraining.self, AcknowledgeProtocol.self, CompletionCommand.self,
      TrainingStatusCommand.self, LinkTraining.self, PhishingCommand.self,
    ]
  )
}

extension Session {
  /// The course or handling protocol that has a code.
  ///
  /// - Throws: `Refusal` where there is none.
  func course(_ code: String, in store: any Store) async throws -> Course {
    guard let course = try await store.answer(CourseByCode(code)) else {
      throw Refusal(
        "there is no course \(code)",
        advice: "what there is: tocsin training course list"
      )
    }
    return course
  }

  /// The group of staff that has a name or number.
  ///
  /// - Throws: `Refusal` where there is none.
  func staffGroup(_ name: String, in store: any Store) async throws -> StaffGroup {
    let all = try await store.answer(RecordList<StaffGroupFacts>())
    let found =
      all.first { $0.facts.name.lowercased() == name.lowercased() }
      ?? all.first { String($0.id) == name }
    guard let found else {
      throw Refusal(
        "there is no group \(name)",
        advice: "what there is: tocsin training group list"
      )
    }
    return found
  }

  /// The member of staff whom a text names; `-` reads it from standard input.
  ///
  /// - Throws: `Refusal` that does not repeat the text, which may be personal.
  func member(_ text: String, in store: any Store) async throws -> Staff {
    let text = text == "-" ? readLine() ?? "" : text
    guard let staff = try await store.answer(FindStaff(text)) else {
      throw Refusal(
        "nobody on the list of staff has that pseudonym, number or address",
        advice: "who there is: tocsin training staff list"
      )
    }
    return staff
  }

  /// Reads a day as it was typed.
  func day(_ text: String) throws -> DayNumber {
    guard let day = try time(text).day else {
      throw Refusal("\(text) names no day; write it as 2026-05-14", status: .usage)
    }
    return day
  }

  /// Reads a day, or nothing where the text is empty.
  func optionalDay(_ text: String) throws -> DayNumber? { text.isEmpty ? nil : try day(text) }

  /// Today where the organisation counts its days.
  func today(in store: any Store) async throws -> DayNumber {
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    return DayNumber(now, in: organisation.zone ?? .utc)
  }

  /// Tells which rows of a file were refused.
  func tellRefused(_ file: String, _ refused: [ImportProblem], count: Int) {
    for problem in refused { out.note("refused: \(file), \(problem.at): \(problem.reason)") }
    if count > refused.count { out.note("refused: \(count - refused.count) more bad rows") }
  }
}

/// Why names are looked at, and whether they are.
struct StaffRevealOptions: ParsableArguments {
  @Flag(help: "Show names; the journal keeps who looked, and why.")
  var reveal = false

  @Option(help: "Why names are looked at.")
  var reason: String?

  func validate() throws {
    if reveal, reason?.contains(where: { !$0.isWhitespace }) != true {
      throw ValidationError("--reveal needs --reason: why names are looked at.")
    }
    if reason != nil, !reveal { throw ValidationError("--reason goes with --reveal.") }
  }

  /// The names of some people, where that was asked for; the journal says so first.
  func names(
    of staff: some Sequence<RecordID>,
    _ store: any Store,
    _ session: Session
  ) async throws -> [RecordID: StaffIdentity] {
    guard reveal else { return [:] }
    return try await store.perform(
      StaffReveal(of: Set(staff).sorted(), reason: reason ?? ""),
      origin: session.origin
    )
  }
}
