internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing matter`.
struct MatterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matter",
    abstract: "Questions, complaints and requests that come back from people, sealed.",
    subcommands: [
      AddMatter.self, ListMatters.self, ShowMatter.self, AnswerMatterCommand.self,
      HandOverMatterCommand.self,
    ]
  )
}

/// The command `tocsin mailing matter add`.
struct AddMatter: HeadlessCommand {
  static let origin = "mailing matter add"
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Write down what came back from a person; its text is read from a file.",
    discussion: """
      Who it is: --recipient with a number, or --who with a reference, an e-mail address or a telephone \
      number. With --who - the first line of standard input is that, so that it stands in no list of \
      processes, and with - for the file the lines behind it are the text. Without either it is \
      somebody who is not on the list.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The text: a file, or - for standard input.", completion: .file())
  var file: String
  @Option(help: "What is wanted: question, complaint or rights-request.") var kind: MatterKind
  @Option(help: "Over which channel it came.") var over: MailingChannel
  @Option(help: "When it came in; now where it is not said.") var received: String?
  @Option(help: "The number of the recipient.") var recipient: Int64?
  @Option(help: "The person's reference, address or telephone number, or -.") var who: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if recipient != nil, who != nil {
      throw ValidationError("Give --recipient or --who, not both.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let receivedAt = try received.map(session.time) ?? StatedTime(session.now)
    var value = who
    if who == "-" { value = readLine() ?? "" }
    let text = file == "-" ? Self.rest() : try session.text(file, limit: MatterIntake.limit)
    var number = recipient
    if let value {
      let found = try await store.answer(FindRecipients(mailing: mailing.id, value: value))
      guard let only = found.first else {
        throw Refusal(
          "nobody in \(mailing.reference) has that",
          advice: "leave --who away for somebody who is not on the list"
        )
      }
      guard found.count == 1 else {
        let numbers = found.map { String($0.number) }.joined(separator: ", ")
        throw Refusal("several people have that: \(numbers); say which with --recipient")
      }
      number = only.number
    }
    let matter = try await store.perform(
      MatterIntake(
        into: mailing.id,
        kind,
        from: number,
        over: over,
        receivedAt: receivedAt,
        text: text
      ),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members([
          "matter": .integer(matter), "recipient": number.map { .integer($0) } ?? .null,
        ])
      )
    } else {
      try session.out.line("\(mailing.reference): matter \(matter)")
    }
    return .done
  }

  /// What is left of standard input.
  private static func rest() -> String {
    var text = ""
    while text.utf8.count <= MatterIntake.limit, let line = readLine(strippingNewline: false) {
      text += line
    }
    return text
  }
}

/// The command `tocsin mailing matter list`.
struct ListMatters: HeadlessCommand {
  static let origin = "mailing matter list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List matters, those that wait longest first, and count them."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "Only those that stand so; may be given more than once.")
  var state: [MatterState] = []
  @Option(help: "Only those of this recipient.") var recipient: Int64?
  @Option(help: "At most so many.") var limit = 100
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let page = try await store.answer(
      MailingMatters(
        of: mailing.id,
        states: state.isEmpty ? nil : Set(state),
        recipient: recipient,
        window: RowWindow(start: 0, count: limit)
      )
    )
    let counts = try await store.answer(MatterNumbers(of: mailing.id))
    if format.json {
      try session.out.json(
        .members([
          "total": .count(page.total), "matters": .array(page.rows.map { .matter($0) }),
          "counts": .array(
            counts.map {
              .members([
                "kind": .string($0.kind.rawValue), "state": .string($0.state.rawValue),
                "count": .count($0.count),
              ])
            }
          ),
        ])
      )
      return .done
    }
    let rows: [[Words]] = page.rows.map { matter in
      [
        "\(matter.number)", "\(matter.kind.label)", "\(matter.state.label)",
        matter.recipient.map { "\($0)" } ?? "not listed", "\(matter.channel.label)",
        "\(matter.receivedAt.plainWithZone)", "\(matter.handedTo)",
      ]
    }
    if !rows.isEmpty {
      let titles: [Words] = ["MATTER", "KIND", "STATE", "RECIPIENT", "BY", "RECEIVED", "HANDED TO"]
      for line in Table(titles: titles, rows: rows, right: [0]).lines(rows) {
        try session.out.row(line)
      }
    }
    for count in counts {
      session.out.note("\(count.count) \(count.kind.label), \(count.state.label)")
    }
    return .done
  }
}

/// The command `tocsin mailing matter show`.
struct ShowMatter: HeadlessCommand {
  static let origin = "mailing matter show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Read a matter and its answer; the journal keeps who looked, and why."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The number of the matter.") var number: RecordID
  @Option(help: "Why it is read.") var reason: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let matter = try await store.perform(
      MatterReveal(of: mailing.id, number, reason: reason),
      origin: session.origin
    )
    if format.json {
      try session.out.json(.matter(matter))
      return .done
    }
    let whom: Words = matter.recipient.map { "recipient \($0)" } ?? "somebody who is not listed"
    try session.out.line(
      """
      \(mailing.reference), matter \(matter.number): \(matter.kind.label) of \(whom), \
      \(matter.state.label)
      """
    )
    try session.out.line(
      "received \(matter.receivedAt.plainWithZone) by \(matter.channel.label)"
    )
    if let at = matter.settledAt {
      try session.out.line("settled \(at.words) by \(matter.settledBy)")
    }
    if !matter.handedTo.isEmpty { try session.out.line("handed to: \(matter.handedTo)") }
    try session.out.line()
    try print(matter.text ?? "", session.out)
    guard let answer = matter.answer else { return .done }
    try session.out.line("answer:")
    try print(answer, session.out)
    return .done
  }

  /// Prints a text by its lines; a line end behind the last one begins no other.
  private func print(_ text: String, _ out: Output) throws {
    let text = text.last?.isNewline == true ? text.dropLast() : text[...]
    for line in Words.lines(String(text)) { try out.line(line) }
  }
}

/// The command `tocsin mailing matter answer`.
struct AnswerMatterCommand: HeadlessCommand {
  static let origin = "mailing matter answer"
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Write down what somebody was answered; it is read from a file and sealed."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The number of the matter.") var number: RecordID
  @Argument(help: "The answer: a file, or - for standard input.", completion: .file())
  var file: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let text = try session.text(file, limit: MatterIntake.limit)
    _ = try await store.perform(
      MatterAnswer(of: mailing.id, number, text: text),
      origin: session.origin
    )
    return try session.settled(mailing, number, .answered, format)
  }
}

/// The command `tocsin mailing matter hand-over`.
struct HandOverMatterCommand: HeadlessCommand {
  static let origin = "mailing matter hand-over"
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: "Hand a matter to those who handle requests of people."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The number of the matter.") var number: RecordID
  @Option(help: "To whom, and under which name it goes on there; names nobody affected.")
  var to: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    _ = try await store.apply(
      HandOverMatter(mailing: mailing.id, number: number, handedTo: to),
      origin: session.origin
    )
    return try session.settled(mailing, number, .handedOver, format)
  }
}

extension Session {
  /// Says how a matter stands from now on.
  fileprivate func settled(
    _ mailing: Mailing,
    _ number: RecordID,
    _ state: MatterState,
    _ format: FormatOptions
  ) throws -> ExitStatus {
    if format.json {
      try out.json(
        .members(["matter": .integer(number), "state": .string(state.rawValue)])
      )
    } else {
      try out.line("\(mailing.reference), matter \(number): \(state.label)")
    }
    return .done
  }
}

extension JSON {
  /// A matter, with its texts where they were asked for.
  static func matter(_ matter: MailingMatter) -> JSON {
    .members([
      "matter": .integer(matter.number), "kind": .string(matter.kind.rawValue),
      "state": .string(matter.state.rawValue),
      "recipient": matter.recipient.map { .integer($0) } ?? .null,
      "channel": .string(matter.channel.rawValue),
      "received": .time(matter.receivedAt),
      "settled_at": matter.settledAt.map { .instant($0) } ?? .null,
      "settled_by": matter.settledBy.isEmpty ? .null : .string(matter.settledBy),
      "handed_to": matter.handedTo.isEmpty ? .null : .string(matter.handedTo),
      "text": matter.text.map { .string($0) } ?? .null,
      "answer": matter.answer.map { .string($0) } ?? .null,
    ])
  }
}
