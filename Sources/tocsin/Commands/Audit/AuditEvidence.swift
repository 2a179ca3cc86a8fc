internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin audit evidence`.
struct AuditEvidence: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "What proves answers and remedies: files, outputs of commands, links.",
    subcommands: [
      Add.self, List.self, Attach.self, Edit.self, Remove.self, Verify.self,
    ],
    defaultSubcommand: Add.self
  )

  /// What time a piece of evidence speaks of.
  struct Dates: ParsableArguments {
    @Option(help: "From when it holds.") var effective: String?
    @Option(help: "Where the period that it covers begins.") var coversFrom: String?
    @Option(help: "Where the period that it covers ends.") var coversUntil: String?
    @Option(help: "Until when it may be relied on.") var expires: String?

    /// The dates with what was typed set in them; nil where nothing was typed.
    func read(over known: EvidenceDates?, in session: Session) throws -> EvidenceDates? {
      guard effective != nil || coversFrom != nil || coversUntil != nil || expires != nil else {
        return nil
      }
      var dates = known ?? EvidenceDates()
      if let effective { dates.effective = try session.optionalTime(effective) }
      if let coversFrom { dates.coveredFrom = try session.optionalTime(coversFrom) }
      if let coversUntil { dates.coveredUntil = try session.optionalTime(coversUntil) }
      if let expires { dates.expires = try session.optionalTime(expires) }
      return dates
    }
  }

  /// The command `tocsin audit evidence add`.
  struct Add: HeadlessCommand {
    static let origin = "audit evidence add"
    static let configuration = CommandConfiguration(
      abstract: "Take on a file, a command's output or a link; prints its id and SHA-256.",
      discussion: """
        A file's copy is kept beside the store, under the name of its content. With --run the \
        program behind -- is run as it stands, without a shell, and its output is kept, up to \
        16 MiB, with arguments, status, host and time: tocsin audit evidence --run -- sshd -T
        """
    )

    @Argument(help: "The file; not a link.", completion: .file()) var path: String?
    @Flag(help: "Run the command behind -- and keep its output.") var run = false
    @Option(help: "An address instead of a file.") var link: String?
    @Option(
      name: .customLong("for"),
      help: """
        What it proves: AUD-2026-0001/A.1, FND-2026-0001, gdpr/Art. 30; may be given more than \
        once.
        """
    )
    var proves: [String] = []
    @Flag(help: "Keep a file's hash only, no copy.") var noCopy = false
    @Option(help: "What it is; the file's name, the command or the address, if not given.")
    var title: String?
    @Option(help: "Where it comes from, how it was taken.") var note = ""
    @OptionGroup var dates: Dates
    @Argument(parsing: .postTerminator, help: "The command for --run.") var command: [String] = []
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      guard [path != nil, link != nil, run].count(where: \.self) == 1 else {
        throw ValidationError("Name a file, or --link ADDRESS, or --run -- COMMAND.")
      }
      guard run == !command.isEmpty else {
        throw ValidationError("--run and a command behind -- go together.")
      }
      if let link, link.isEmpty { throw ValidationError("--link needs an address.") }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      if let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
      var subjects: [Subject] = []
      for text in proves { subjects.append(try await session.record(text, in: store)) }
      let dates = try dates.read(over: nil, in: session)
      let facts = try await facts(dates, EvidenceFolder(storePath: store.path), session)
      let receipt = try await store.apply(
        AddEvidence(facts: facts, proves: subjects),
        origin: session.origin
      )
      guard !format.json else {
        var object = JSON.receipt(receipt).object ?? JSONObject()
        object["sha256"] = .string(facts.sha256)
        object["size"] = .integer(facts.size)
        object["status"] = .number(facts.run?.status)
        try session.out.json(.object(object))
        return .done
      }
      if let run = facts.run {
        let cut: Words = run.isCut ? ", cut at the limit" : ""
        session.out.note("ended with status \(run.status); \(facts.size) bytes kept\(cut)")
      }
      let digest = facts.sha256.isEmpty ? "-" : facts.sha256
      try session.out.line("\(receipt.subject.id)  \(digest)")
      return .done
    }

    private func facts(
      _ dates: EvidenceDates?,
      _ folder: EvidenceFolder,
      _ session: Session
    ) async throws -> EvidenceFacts {
      if let link {
        return EvidenceFacts(title: title ?? link, link: link, note: note, dates: dates)
      }
      if run {
        let capture = CommandCapture(arguments: command, environment: session.environment)
        let now = session.now
        let result = try await offMain { try capture.run(now: now) }
        let digest = try await offMain { try folder.add(content: result.output) }
        return EvidenceFacts(
          title: title ?? command.joined(separator: " "),
          path: result.program,
          sha256: digest.hex,
          size: digest.size,
          isCopied: true,
          note: note,
          dates: dates,
          run: result.run
        )
      }
      let file = URL(fileURLWithPath: path ?? "")
      let progress = HashingProgress(session.out, file.lastPathComponent)
      let (path, copy) = (file.path, !noCopy)
      let digest = try await offMain {
        try copy
          ? folder.add(path) { progress.tell($0, of: $1) }
          : FileDigest.sha256(path: path) { progress.tell($0, of: $1) }
      }
      session.out.progress(nil)
      return EvidenceFacts(
        title: title ?? file.lastPathComponent,
        path: path,
        sha256: digest.hex,
        size: digest.size,
        isCopied: copy,
        note: note,
        dates: dates
      )
    }
  }

  /// The command `tocsin audit evidence list`.
  struct List: HeadlessCommand {
    static let origin = "audit evidence list"
    static let configuration = CommandConfiguration(
      abstract: "List evidence that proves something beside an incident, oldest first."
    )

    @Option(name: .customLong("for"), help: "Only what proves this: AUD-2026-0001/A.1.")
    var proves: String?
    @Flag(help: "Only what has expired or expires within 30 days, soonest first.")
    var expiring = false
    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    /// The members that are columns of CSV.
    private static let columns = [
      "id", "title", "kind", "path", "sha256", "size", "copied", "note", "recorded_at",
      "effective.text", "covers_from.text", "covers_until.text", "expires.text",
      "expires.latest", "run.arguments", "run.status", "run.host", "run.started_at",
      "proves_names", "version",
    ]

    /// What people call the records that evidence proves, by the names that numbers give them.
    private func names(
      of pieces: [Evidence],
      in store: any Store
    ) async throws -> [String: String] {
      var seen: Set<String> = []
      let subjects = pieces.flatMap(\.proves).filter { seen.insert($0.name).inserted }
      let names = try await store.answer(RecordNames(of: subjects))
      return Dictionary(zip(subjects.map(\.name), names)) { first, _ in first }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      var subject: Subject?
      if let proves { subject = try await session.record(proves, in: store) }
      let days = Int64(OverviewNumbers.Care.evidenceDays)
      let pieces = try await store.answer(
        EvidenceList(
          of: subject,
          expiringBefore: expiring ? session.now + .seconds(days * 86_400) : nil
        )
      )
      let names = try await names(of: pieces, in: store)
      if format.json || format.csv {
        let objects = pieces.map { piece -> JSON in
          var object = JSON.evidence(piece).object ?? JSONObject()
          object["proves_names"] = .texts(piece.proves.map { names[$0.name] ?? $0.name })
          return .object(object)
        }
        if format.csv {
          try session.out.csv(objects, Self.columns)
        } else {
          try session.out.json(.array(objects))
        }
      } else if !pieces.isEmpty {
        let rows: [[Words]] = pieces.map { piece in
          let expires = piece.facts.dates?.expires
          let mark: Words = expires.map { $0.latest < session.now } == true ? " expired" : ""
          return [
            "\(piece.id)", "\(piece.facts.kind.label)",
            "\(piece.facts.run.map { String($0.status) } ?? "-")",
            "\(expires?.plainWithZone ?? "-")\(mark)",
            "\(piece.custody.last?.kind.label ?? "-")",
            "\(Self.short(piece.proves.map { names[$0.name] ?? $0.name }))",
            "\(piece.facts.title)",
          ]
        }
        let titles: [Words] = ["ID", "KIND", "STATUS", "EXPIRES", "CUSTODY", "FOR", "TITLE"]
        let table = Table(titles: titles, rows: rows, right: [0, 2])
        for line in table.lines(rows) { try session.out.line(line) }
      }
      return .done
    }

    /// What a piece proves; of many the first three, JSON has all.
    private static func short(_ names: [String]) -> String {
      guard !names.isEmpty else { return "-" }
      let rest = names.count > 4 ? names.count - 3 : 0
      let named = names.prefix(names.count - rest).joined(separator: ", ")
      return rest > 0 ? "\(named) and \(rest) more" : named
    }
  }

  /// The command `tocsin audit evidence attach`.
  struct Attach: HeadlessCommand {
    static let origin = "audit evidence attach"
    static let configuration = CommandConfiguration(
      abstract: "Say what else a piece of evidence proves; one piece serves many."
    )

    @Argument(help: "The piece's id.") var id: RecordID
    @Argument(help: "What it proves: AUD-2026-0001/A.1, FND-2026-0001, gdpr/Art. 30.")
    var subjects: [String]
    @Flag(help: "It does not prove them after all.") var remove = false
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let piece = try await session.evidence(id, in: store)
      var changes: [any Change] = []
      for text in subjects {
        let link = RecordLink(
          evidence: piece.id,
          proves: try await session.record(text, in: store)
        )
        changes.append(remove ? RemoveLink(link) : AddLink(link))
      }
      try await store.apply(changes, origin: session.origin)
      return .done
    }
  }

  /// The command `tocsin audit evidence edit`.
  struct Edit: HeadlessCommand {
    static let origin = "audit evidence edit"
    static let configuration = CommandConfiguration(
      abstract: "Correct title, note or dates; the content never changes.",
      discussion: "An empty date takes it back."
    )

    @Argument(help: "The piece's id.") var id: RecordID
    @Option(help: "What it is.") var title: String?
    @Option(help: "Where it comes from, how it was taken.") var note: String?
    @OptionGroup var dates: Dates
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let piece = try await session.evidence(id, in: store)
      let dates = try dates.read(over: piece.facts.dates, in: session)
      guard title != nil || note != nil || dates != nil else {
        throw Refusal("nothing was named that is to be set", status: .usage)
      }
      let receipt = try await store.apply(
        EditEvidence(
          id: piece.id,
          basedOn: piece.version,
          title: title ?? piece.facts.title,
          note: note ?? piece.facts.note,
          dates: dates
        ),
        origin: session.origin
      )
      return try session.report(receipt, format, "evidence \(piece.id): set")
    }
  }

  /// The command `tocsin audit evidence remove`.
  struct Remove: HeadlessCommand {
    static let origin = "audit evidence remove"
    static let configuration = CommandConfiguration(
      abstract: "Take a piece of evidence off the list; nothing is deleted."
    )

    @Argument(help: "The piece's id.") var id: RecordID
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let piece = try await session.evidence(id, in: store)
      let receipt = try await store.apply(
        RemoveEvidence(id: piece.id, basedOn: piece.version),
        origin: session.origin
      )
      return try session.report(receipt, format, "evidence \(piece.id): removed")
    }
  }

  /// The command `tocsin audit evidence verify`.
  struct Verify: HeadlessCommand {
    static let origin = "audit evidence verify"
    static let configuration = CommandConfiguration(
      abstract: "Hash evidence again and write what was found into its custody.",
      discussion: """
        Exit status 2 where a file is missing or altered. With --read-only nothing is written. \
        Links have no content here and are only named.
        """
    )

    @Argument(help: "Ids of evidence; all that audit evidence list shows, if none is given.")
    var ids: [RecordID] = []
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      var pieces: [Evidence] = []
      if ids.isEmpty { pieces = try await store.answer(EvidenceList()) }
      for id in ids { pieces.append(try await session.evidence(id, in: store)) }
      return try await session.verify(pieces, in: store, format)
    }
  }
}

extension Session {
  /// The piece of evidence that has a number.
  ///
  /// - Throws: `Refusal` where there is none.
  fileprivate func evidence(_ id: RecordID, in store: any Store) async throws -> Evidence {
    guard let piece = try await store.answer(EvidenceByID(id: id)) else {
      throw Refusal(
        "there is no evidence \(id)",
        advice: "what there is: tocsin audit evidence list"
      )
    }
    return piece
  }
}
