internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing offers`.
struct OffersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offers",
    abstract: "Support that people are offered: who gets what, pools of codes, who has which.",
    subcommands: [
      ShowOffers.self, PlanOffers.self, ImportOffers.self, AssignOffersCommand.self,
      RemoveOffersCommand.self,
    ],
    defaultSubcommand: ShowOffers.self
  )
}

/// The command `tocsin mailing offers show`.
struct ShowOffers: HeadlessCommand {
  static let origin = "mailing offers show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show offers, codes left, and who is without. Exit status 2: codes are missing."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let numbers = try await store.answer(OfferNumbers(of: mailing.id))
    if format.json {
      try session.out.json(.offers(numbers))
    } else {
      try tell(numbers, session.out)
    }
    return numbers.problems.isEmpty ? .done : .found
  }

  private func tell(_ numbers: OfferNumbers.Answer, _ out: Output) throws {
    for line in numbers.plan.lines {
      let whom: Words =
        line.jurisdictions.isEmpty
        ? "all others" : "\(line.jurisdictions.joined(separator: ", "))"
      try out.line("\(whom): \(line.months) months of \(line.provider), pool \(line.pool)")
    }
    let rows: [[Words]] = numbers.pools.map { pool in
      [
        "\(pool.name)", "\(pool.imported)", "\(pool.assigned)", "\(pool.free)", "\(pool.waiting)",
        pool.missing > 0 ? "\(pool.missing) MISSING" : "",
      ]
    }
    if !rows.isEmpty {
      let titles: [Words] = ["POOL", "CODES", "ASSIGNED", "FREE", "WAITING", ""]
      for line in Table(titles: titles, rows: rows, right: [1, 2, 3, 4]).lines(rows) {
        try out.line(line)
      }
    }
    if numbers.own > 0 { try out.line("codes of their own: \(numbers.own)") }
    for problem in numbers.problems { out.note("\(problem)") }
    out.remind(numbers)
  }
}

/// The command `tocsin mailing offers plan`.
struct PlanOffers: HeadlessCommand {
  static let origin = "mailing offers plan"
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say who is offered what; all of it, in place of what was said before.",
    discussion: """
      Each --offer is POOL:MONTHS:PROVIDER or POOL:MONTHS:PROVIDER:JURISDICTION,JURISDICTION; one \
      without jurisdictions is for all others. Such as --offer ct:24:"Watchful Ltd":US-CT --offer \
      ma:18:"Watchful Ltd":US-MA. Some laws ask for a length; what is below it is said.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "An offer; may be given more than once.") var offer: [String] = []
  @Flag(help: "Offer nothing.") var none = false
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard offer.isEmpty == none else { throw ValidationError("Give --offer, or --none.") }
    for offer in offer where Self.line(offer) == nil {
      throw ValidationError("\(offer) is not POOL:MONTHS:PROVIDER[:JURISDICTION,...].")
    }
  }

  private static func line(_ text: String) -> OfferLine? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (3...4).contains(parts.count), let months = Int(parts[1]) else { return nil }
    let jurisdictions = parts.count == 4 ? parts[3].split(separator: ",").map(String.init) : []
    return OfferLine(
      pool: parts[0],
      provider: parts[2],
      months: months,
      jurisdictions: jurisdictions
    )
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let receipt = try await store.apply(
      SetOfferPlan(
        mailing: mailing.id,
        basedOn: base.version ?? mailing.version,
        plan: OfferPlan(offer.compactMap(Self.line))
      ),
      origin: session.origin
    )
    let numbers = try await store.answer(OfferNumbers(of: mailing.id))
    session.out.remind(numbers)
    let count = numbers.plan.lines.count
    return try session.report(receipt, format, "\(mailing.reference): \(count) support offers")
  }
}

/// The command `tocsin mailing offers import`.
struct ImportOffers: HeadlessCommand {
  static let origin = "mailing offers import"
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring codes of support into a pool; sealed, each code once.",
    discussion: """
      One code on each line, or a CSV file with a column code. A code that the mailing has already, or \
      that stands there twice, is told by its line, and then none is taken, unless --skip-bad.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String
  @Option(help: "The pool; may be left out where there is one only.") var pool: String?
  @Flag(help: "Take the good rows of a file that has bad ones.") var skipBad = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let plan = try await store.answer(OfferNumbers(of: mailing.id)).plan
    guard let pool = pool ?? (plan.lines.count == 1 ? plan.lines.first?.pool : nil) else {
      throw Refusal(
        "say which pool the codes come into: --pool",
        advice: "what there is: tocsin mailing offers show \(mailing.reference)",
        status: .usage
      )
    }
    let out = session.out
    let words = Session.IntakeWords(taking: "sealing", rows: "codes")
    let summary = try await session.take(file, words, into: store) { input, spool in
      let reader = try OfferReader(input, spool: spool)
      return OfferIntake(into: mailing.id, pool: pool, from: reader, skipsBad: skipBad)
    }
    if format.json {
      try out.json(
        .members([
          "added": .count(summary.added), "pool": .string(pool),
          "refused_total": .count(summary.refusedCount),
          "refused": .array(
            summary.refused.map {
              .members([
                "file": .string(file), "at": .string($0.at), "reason": .string($0.reason),
              ])
            }
          ),
        ])
      )
    } else {
      try out.line("codes added to \(pool): \(summary.added), refused \(summary.refusedCount)")
      out.tell(
        refused: summary.refused,
        summary.refusedCount,
        isCutOff: summary.isCutOff,
        of: file,
        skipsBad: skipBad,
        "No code was taken"
      )
    }
    return summary.refusedCount == 0 || skipBad ? .done : .failed
  }
}

/// The command `tocsin mailing offers assign`.
struct AssignOffersCommand: HeadlessCommand {
  static let origin = "mailing offers assign"
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Give everybody who is offered support a code: each person one, each code once.",
    discussion: """
      Only those get one who are to be told still. Who came in with a code keeps it; where a pool has \
      the same and nobody was given it, nobody else gets it. Broken off, the same command goes on. Exit \
      status 2: a pool ran out and people are without, or two have the same code.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let out = session.out
    let outcome = try await store.perform(
      OfferAssignment(of: mailing.id),
      origin: session.origin
    ) { progress in
      out.progress("assigning: \(progress.done) of \(progress.total)")
      return true
    }
    out.progress(nil)
    if format.json {
      try out.json(
        .members([
          "assigned": .count(outcome.assigned), "own": .count(outcome.own),
          "without": .count(outcome.without), "shared": .count(outcome.sharedCount),
          "shared_recipients": .array(outcome.shared.map { .integer($0) }),
        ])
      )
    } else {
      try out.line(
        "assigned \(outcome.assigned), of their own \(outcome.own), without \(outcome.without)"
      )
      for number in outcome.shared {
        out.note(
          "recipient \(number) came in with a code that somebody else was given out of a pool before"
        )
      }
      let more = outcome.sharedCount - outcome.shared.count
      if more > 0 { out.note("and \(more) more such recipients") }
    }
    return outcome.without + outcome.sharedCount == 0 ? .done : .found
  }
}

extension Output {
  /// Says where less is offered than laws ask for.
  fileprivate func remind(_ numbers: OfferNumbers.Answer) {
    let told = Set(numbers.places.filter { $0.people > 0 }.map(\.jurisdiction))
    for short in numbers.plan.short(for: told) {
      let what: Words = short.offered == 0 ? "nothing" : "\(short.offered) months"
      note(
        """
        \(short.jurisdiction): \(what) offered; its law asks for \(short.asked) months where social \
        security numbers or the like were exposed (not verified by counsel)
        """
      )
    }
  }
}

extension JSON {
  /// The numbers of offers.
  static func offers(_ numbers: OfferNumbers.Answer) -> JSON {
    let free = numbers.pools.reduce(0) { $0 + $1.free }
    let assigned = numbers.pools.reduce(0) { $0 + $1.assigned }
    return .members([
      "offers": .array(
        numbers.plan.lines.map { line in
          .members([
            "pool": .string(line.pool), "months": .count(line.months),
            "provider": .string(line.provider), "jurisdictions": .texts(line.jurisdictions),
          ])
        }
      ),
      "pools": .array(
        numbers.pools.map { pool in
          .members([
            "pool": .string(pool.name), "codes": .count(pool.imported),
            "assigned": .count(pool.assigned), "free": .count(pool.free),
            "waiting": .count(pool.waiting), "missing": .count(pool.missing),
          ])
        }
      ),
      "byState": .members(["free": .count(free), "assigned": .count(assigned)]),
      "byJurisdiction": .array(
        numbers.places.map { place in
          .members([
            "jurisdiction": .string(place.jurisdiction),
            "pool": place.pool.map { .string($0) } ?? .null, "people": .count(place.people),
            "assigned": .count(place.assigned),
          ])
        }
      ),
      "own": .count(numbers.own),
      "problems": .texts(numbers.problems.map(\.description)),
    ])
  }
}
