internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin register request`.
struct RequestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: "Requests by people about their data, each with its clock.",
    discussion: """
      Who asks is sealed and masked: reveal shows it for a reason that is journalled. The time is worked \
      out by the law of where the person lives; its running clocks stand in tocsin clocks too.
      """,
    subcommands: [
      ListRequests.self, ShowRequest.self, AddRequest.self, TakeRequest.self,
      RevealRequestCommand.self, AcknowledgeRequest.self, AssignRequest.self, ConcernRequest.self,
      IdentifyRequest.self, TaskRequest.self, ExtendRequest.self, AnswerRequest.self,
      RefuseRequest.self, WithdrawRequest.self, ReopenRequest.self, CorrectRequest.self,
      EraseRequestCommand.self, RemoveRequestCommand.self,
      ListRightsLaws.self,
    ]
  )
}

extension Session {
  /// The request that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func request(_ reference: String, in store: any Store) async throws -> RightsRequest {
    guard let request = try await store.answer(RequestByReference(reference)) else {
      throw Refusal(
        "there is no request \(reference)",
        advice: "what there is: tocsin register request list"
      )
    }
    return request
  }

  /// The clock of a request by the law that is named, or by that of where the person lives.
  ///
  /// - Returns: The clock; nil where no law is known that sets a time.
  /// - Throws: `Refusal` for a law that is not known or does not know what is wanted.
  func clock(
    for kind: RightsKind,
    in jurisdiction: String,
    receivedAt: StatedTime,
    law name: String?,
    isExtended: Bool = false,
    _ pack: RulePack,
    in store: any Store
  ) async throws -> RequestClock? {
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    func clock(_ law: RightsLaw) -> RequestClock? {
      pack.clock(
        for: kind,
        by: law,
        receivedAt: receivedAt,
        isExtended: isExtended,
        organisation
      )
    }
    guard let name else {
      return pack.rightsLaws(for: kind, in: jurisdiction).compactMap(clock).min { $0.due < $1.due }
    }
    guard let law = pack.rights.first(where: { $0.id == name }) else {
      throw Refusal(
        "no law of rights is called \(name)",
        advice: "known: \(pack.rights.map(\.id).joined(separator: ", "))",
        status: .usage
      )
    }
    guard let found = clock(law) else {
      throw Refusal("\(name) sets no time for \(kind.rawValue)", status: .usage)
    }
    return found
  }

  /// Takes a request a step further and says where it stands.
  func step(
    _ reference: String,
    _ format: FormatOptions,
    _ step: (RightsRequest) throws -> RequestStep
  ) async throws -> ExitStatus {
    let store = try open()
    let found = try await request(reference, in: store)
    let receipt = try await store.apply(
      MoveRequest(id: found.id, basedOn: found.version, step: try step(found)),
      origin: origin
    )
    return try report(receipt, format, "\(found.reference): version \(receipt.version)")
  }
}

/// The command `tocsin register request list`.
struct ListRequests: HeadlessCommand {
  static let origin = "register request list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List requests: open ones by due time, then those that ended."
  )

  @Option(help: "Only those that stand so; may be given more than once.")
  var state: [RequestState] = []
  @Option(help: "Only these kinds; may be given more than once.") var kind: [RightsKind] = []
  @Flag(help: "Only those whose answer or confirmation of receipt is overdue.") var overdue = false
  @Flag(help: "Exit status 2 where one is overdue.") var check = false
  @Flag(help: "Ended ones too.") var all = false
  @Option(help: "At most so many.") var limit = 1000
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let states: Set<RequestState>? = !state.isEmpty ? Set(state) : all ? nil : [.open]
    let page = try await store.answer(
      RequestList(
        RequestFilter(
          states: states,
          kinds: kind.isEmpty ? nil : Set(kind),
          isOverdue: overdue
        ),
        window: RowWindow(start: 0, count: limit)
      )
    )
    let isLate = page.rows.contains {
      $0.facts.isOverdue(at: session.now) || $0.facts.isConfirmOverdue(at: session.now)
    }
    let status: ExitStatus = check && isLate ? .found : .done
    let objects = page.rows.map { JSON.request($0, now: session.now) }
    if format.csv {
      try session.out.csv(
        objects,
        [
          "reference", "wanted", "jurisdiction", "state", "received.text", "due_at", "overdue",
          "identity.state", "handler", "activities", "matter", "ended.at.text", "ended.ground",
          "confirm_by", "confirm_overdue",
        ]
      )
      return status
    }
    if format.json {
      try session.out.json(
        .members(["total": .count(page.total), "requests": .array(objects)])
      )
      return status
    }
    guard !page.rows.isEmpty else {
      session.out.note("No request passes\(all ? "" : "; --all lists those that ended too").")
      return status
    }
    let rows: [[Words]] = page.rows.map { request in
      let facts = request.facts
      let late: Words =
        facts.isOverdue(at: session.now)
        ? " overdue" : facts.isConfirmOverdue(at: session.now) ? " confirm receipt: late" : ""
      return [
        "\(request.reference)", "\(facts.wanted.label)", "\(facts.jurisdiction)",
        "\(facts.state.label)", "\(facts.receivedAt.plain)",
        "\(facts.clock.map { $0.due.words.text } ?? "-")\(late)",
        "\(facts.identity.state.label)", "\(facts.handler ?? "-")",
      ]
    }
    let titles: [Words] = [
      "REQUEST", "WANTED", "WHERE", "STATE", "RECEIVED", "DUE", "IDENTITY", "HANDLER",
    ]
    for line in Table(titles: titles, rows: rows).lines(rows) { try session.out.line(line) }
    if page.total > page.rows.count {
      session.out.note("\(page.rows.count) of \(page.total) requests; more with --limit")
    }
    return status
  }
}

extension JSON {
  /// A request, without who made it.
  static func request(_ request: RightsRequest, now: Instant) -> JSON {
    let facts = request.facts
    func reckoning(_ reckoning: Reckoning?) -> JSON {
      guard let reckoning else { return .null }
      return .members([
        "due": .instant(reckoning.due), "latest": .instant(reckoning.latest),
        "period": .string(reckoning.period.text), "zone": .text(reckoning.zone?.name),
        "arithmetic": .texts(reckoning.explanation(in: .utc)),
      ])
    }
    return .members([
      "reference": .string(request.reference), "id": .integer(request.id),
      "version": .integer(request.version), "wanted": .string(facts.wanted.rawValue),
      "jurisdiction": .string(facts.jurisdiction), "state": .string(facts.state.rawValue),
      "received": .time(facts.receivedAt), "channel": .string(facts.channel.rawValue),
      "handler": .text(facts.handler), "activities": .texts(facts.activities),
      "matter": .text(facts.matter.isEmpty ? nil : facts.matter),
      "due_at": .text(facts.clock?.due.description),
      "overdue": .bool(facts.isOverdue(at: now)),
      "confirm_by": .text(facts.confirmBy?.description),
      "confirm_overdue": .bool(facts.isConfirmOverdue(at: now)),
      "law": .text(facts.clock?.law), "citation": .text(facts.clock?.citation),
      "clock": reckoning(facts.clock?.reckoning),
      "acknowledge": reckoning(facts.clock?.acknowledge),
      "extended": .bool(facts.clock?.isExtended ?? false),
      "extension_reason": .text(facts.delay?.reason), "extension_told": .time(facts.delay?.told),
      "acknowledged": .time(facts.acknowledged),
      "identity": .members([
        "state": .string(facts.identity.state.rawValue), "how": .string(facts.identity.how),
        "at": .text(facts.identity.at?.description), "by": .string(facts.identity.by),
      ]),
      "tasks": .array(
        facts.tasks.enumerated().map { index, task in
          .members([
            "number": .count(index + 1), "title": .string(task.title),
            "done_at": .text(task.doneAt?.description), "done_by": .string(task.doneBy),
          ])
        }
      ),
      "ended": facts.end.map {
        .members([
          "at": .time($0.at), "channel": .text($0.channel?.rawValue),
          "ground": .text($0.ground?.rawValue), "citation": .text($0.ground?.citation),
          "note": .string($0.note), "evidence": .array($0.evidence.map { .integer($0) }),
          "has_text": .bool(!$0.sealed.isEmpty), "by": .string($0.by),
        ])
      } ?? .null,
      "erased_at": .text(facts.erasedAt?.description), "removed": .bool(request.isRemoved),
    ])
  }
}
