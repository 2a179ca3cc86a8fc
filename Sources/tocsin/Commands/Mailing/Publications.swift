internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing publication`.
struct PublicationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publication",
    abstract: "Public notices that stand in for people who cannot be told one by one.",
    subcommands: [List.self, Add.self, Edit.self, Remove.self]
  )

  /// The command `tocsin mailing publication list`.
  struct List: HeadlessCommand {
    static let origin = "mailing publication list"
    static let configuration = CommandConfiguration(
      abstract: "List a mailing's public notices, by when they began."
    )

    @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    private static let columns = [
      "id", "means", "place", "from.text", "from.earliest", "until.text", "until.latest",
      "jurisdictions", "text", "telephone", "evidence", "recorded_at", "version",
    ]

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let mailing = try await session.mailing(reference, in: store)
      let found = try await store.answer(MailingPublications(mailing: mailing.id))
      if format.json {
        try session.out.json(.array(found.map { .publication($0) }))
      } else if format.csv {
        try session.out.csv(found.map { .publication($0) }, Self.columns)
      } else if !found.isEmpty {
        let rows: [[Words]] = found.map { publication in
          let facts = publication.facts
          let places = facts.jurisdictions
          return [
            "\(publication.id)", "\(facts.from.plainWithZone)",
            "\(facts.until?.plainWithZone ?? "open")", "\(facts.means.label)",
            "\(places.isEmpty ? "everywhere" : places.joined(separator: " "))",
            "\(facts.text.isEmpty ? "-" : facts.text)", "\(facts.place)",
          ]
        }
        let titles: [Words] = ["ID", "FROM", "UNTIL", "IN", "FOR", "TEXT", "WHERE"]
        for line in Table(titles: titles, rows: rows, right: [0]).lines(rows) {
          try session.out.line(line)
        }
      }
      return .done
    }
  }

  /// The command `tocsin mailing publication add`.
  struct Add: HeadlessCommand {
    static let origin = "mailing publication add"
    static let configuration = CommandConfiguration(
      abstract: "Record that a notice stands in public; prints its id."
    )

    @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
    @Option(help: "In what it stands.") var means: PublicationMeans
    @Option(help: "The address, the paper, the station.") var place: String
    @Option(parsing: .unconditional, help: "Since when.") var from: String
    @Option(parsing: .unconditional, help: "Until when; may lie ahead.") var until: String?
    @Option(help: "For people of this jurisdiction only; may be given more than once.")
    var jurisdiction: [String] = []
    @Option(help: "The text as it was approved, such as E1/T4.1.") var text = ""
    @Option(help: "Whom people can call.") var telephone = ""
    @Option(help: "The evidence that keeps how it stood there, by its id.") var evidence: RecordID?
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let mailing = try await session.mailing(reference, in: store)
      let receipt = try await store.apply(
        AddPublication(
          incident: mailing.incident,
          facts: PublicationFacts(
            mailing: mailing.id,
            means: means,
            place: place,
            from: try session.time(from),
            until: try until.map(session.time),
            jurisdictions: jurisdiction,
            text: text,
            telephone: telephone,
            evidence: evidence
          )
        ),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.subject.id)")
    }
  }

  /// The command `tocsin mailing publication edit`.
  struct Edit: HeadlessCommand {
    static let origin = "mailing publication edit"
    static let configuration = CommandConfiguration(
      abstract: "Correct what is said of a public notice; what is not named stays."
    )

    @OptionGroup var which: PublicationArguments
    @Option(help: "In what it stands.") var means: PublicationMeans?
    @Option(help: "The address, the paper, the station.") var place: String?
    @Option(parsing: .unconditional, help: "Since when.") var from: String?
    @Option(parsing: .unconditional, help: "Until when; empty for open.") var until: String?
    @Option(help: "The text as it was approved; empty for none.") var text: String?
    @Option(help: "Whom people can call; empty for nobody.") var telephone: String?
    @Option(help: "The evidence that keeps how it stood there, by its id.") var evidence: RecordID?
    @OptionGroup var base: BaseOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let found = try await which.find(in: session, store)
      var facts = found.facts
      if let means { facts.means = means }
      if let place { facts.place = place }
      if let from { facts.from = try session.time(from) }
      if let until { facts.until = try session.optionalTime(until) }
      if let text { facts.text = text }
      if let telephone { facts.telephone = telephone }
      if let evidence { facts.evidence = evidence }
      let receipt = try await store.apply(
        EditPublication(id: found.id, basedOn: base.version ?? found.version, facts: facts),
        origin: session.origin
      )
      return try session.report(receipt, format, "public notice \(found.id): edited")
    }
  }

  /// The command `tocsin mailing publication remove`.
  struct Remove: HeadlessCommand {
    static let origin = "mailing publication remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a public notice off the list; nothing is deleted."
    )

    @OptionGroup var which: PublicationArguments
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let found = try await which.find(in: session, store)
      let receipt = try await store.apply(
        RemovePublication(id: found.id, basedOn: found.version),
        origin: session.origin
      )
      return try session.report(receipt, format, "public notice \(found.id): removed")
    }
  }
}

/// Which public notice of a mailing a command means.
struct PublicationArguments: ParsableArguments {
  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "Its id, as the list shows it.") var id: RecordID

  /// Finds it.
  ///
  /// - Throws: `Refusal` where the mailing has no such public notice.
  func find(in session: Session, _ store: any Store) async throws -> Publication {
    let mailing = try await session.mailing(reference, in: store)
    let all = try await store.answer(MailingPublications(mailing: mailing.id))
    guard let found = all.first(where: { $0.id == id }) else {
      throw Refusal(
        "\(mailing.reference) has no public notice \(id)",
        advice: "what there is: tocsin mailing publication list \(mailing.reference)"
      )
    }
    return found
  }
}

extension JSON {
  /// A public notice.
  static func publication(_ publication: Publication) -> JSON {
    let facts = publication.facts
    return .members([
      "id": .integer(publication.id), "means": .string(facts.means.rawValue),
      "place": .string(facts.place), "from": .time(facts.from), "until": .time(facts.until),
      "jurisdictions": .texts(facts.jurisdictions), "text": .string(facts.text),
      "telephone": .string(facts.telephone), "evidence": .number(facts.evidence),
      "recorded_at": .instant(publication.recordedAt), "version": .integer(publication.version),
    ])
  }
}
