internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension AuditCommand {
  /// The command `tocsin audit submit`.
  struct Submit: HeadlessCommand {
    static let origin = "audit submit"
    static let configuration = CommandConfiguration(
      abstract: "Hand answers over for review: the named items, or the whole audit.",
      discussion: "Every assessed item among them that is not done goes into review."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Argument(help: "Items, by their requirements' references.")
    var items: [String] = []

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      var places: [Int] = []
      for item in items {
        places.append(try await session.item(item, of: audit, in: store).item.place)
      }
      let receipt = try await store.apply(
        SubmitForReview(
          id: audit.row.id,
          basedOn: audit.row.audit.version,
          places: items.isEmpty ? nil : places
        ),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.reference): submitted for review")
    }
  }

  /// The command `tocsin audit review`.
  struct Review: HeadlessCommand {
    static let origin = "audit review"
    static let configuration = CommandConfiguration(
      abstract: "Accept answers that are in review, or send them back.",
      discussion: """
        A proposal that was handed in becomes the answer when it is accepted, and is dropped when it \
        is sent back. Where the organisation asks for two people, another account than the one \
        that handed the answer over must accept it.
        """
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Argument(help: "Items, by their requirements' references.")
    var items: [String]

    @Flag(help: "Accept the answers.")
    var accept = false

    @Option(help: ArgumentHelp("Send the answers back, and say why.", valueName: "reason"))
    var sendBack: String?

    @Option(help: "What is said beside an acceptance.")
    var note = ""

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func validate() throws {
      guard accept != (sendBack != nil) else {
        throw ValidationError("Give --accept, or --send-back with the reason.")
      }
    }

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      var changes: [any Change] = []
      for item in items {
        let found = try await session.item(item, of: audit, in: store).item
        changes.append(
          ReviewItem(
            id: found.id,
            basedOn: found.version,
            isAccepted: accept,
            note: sendBack ?? note
          )
        )
      }
      let receipts = try await store.apply(changes, origin: session.origin)
      if format.json {
        try session.out.json(.array(receipts.map { .receipt($0) }))
      } else {
        try session.out.line(
          "\(audit.row.audit.reference): \(receipts.count) \(accept ? "accepted" : "sent back")"
        )
      }
      return .done
    }
  }

  /// The command `tocsin audit sign`.
  struct Sign: HeadlessCommand {
    static let origin = "audit sign"
    static let configuration = CommandConfiguration(
      abstract: "Sign an audit: it is locked with the hash of its content.",
      discussion: """
        Every later change is refused until it is opened again. Where the organisation asks for two \
        people, the first signature waits for that of another account. With --digest it is refused \
        where the content is not the one whose hash was seen. tocsin verify recomputes the hash.
        """
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Option(help: ArgumentHelp("The hash of the content that was seen.", valueName: "sha256"))
    var digest: String?

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store)
      let receipt = try await store.apply(
        SignAudit(
          id: audit.row.id,
          basedOn: audit.row.audit.version,
          digest: digest ?? audit.digest
        ),
        origin: session.origin
      )
      let now = try await session.audit(reference, in: store)
      let waits: Words =
        now.row.audit.state == .signed ? "" : "; another account must sign too"
      return try session.report(
        receipt,
        format,
        "\(receipt.reference): signed, content \(now.digest)" + waits
      )
    }
  }

  /// The command `tocsin audit reopen`.
  struct Reopen: HeadlessCommand {
    static let origin = "audit reopen"
    static let configuration = CommandConfiguration(
      abstract: "Open a signed audit again; its signatures stay in the record."
    )

    @Argument(help: "The audit, such as AUD-2026-0001.")
    var reference: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let audit = try await session.audit(reference, in: store).row.audit
      let receipt = try await store.apply(
        ReopenAudit(id: audit.id, basedOn: audit.version, reason: reason),
        origin: session.origin
      )
      return try session.report(receipt, format, "\(receipt.reference): opened again")
    }
  }
}
