internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing check`.
struct CheckTexts: HeadlessCommand {
  static let origin = "mailing check"
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold the texts against the law: what each must and must not say, who gets which.",
    discussion: """
      A machine sees tags, titles, headings, marks, fields and words; whether a sentence says what \
      the law asks is for a person: --text T1 --confirm gdpr-34-2/nature, or --confirm seen for all \
      that was seen in that text. What is confirmed counts for that version of the text and stands \
      in the journal. Exit status 2 where something stops approval.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "The text that is confirmed, such as T1.") var text: String?
  @Option(help: "An item that was read and found to hold; may be given more than once.")
  var confirm: [String] = []
  @Option(help: "An item that the law does not ask for here, with --reason.")
  var notApplicable: [String] = []
  @Option(help: "Take back what was said of an item.") var takeBack: [String] = []
  @Option(help: "Why.") var reason = ""
  @Flag(help: "Read every recipient for what their text needs; seconds for a million.")
  var people = false
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    let isConfirming = !confirm.isEmpty || !notApplicable.isEmpty || !takeBack.isEmpty
    if isConfirming != (text != nil) {
      throw ValidationError("--text goes with --confirm, --not-applicable or --take-back.")
    }
    if !notApplicable.isEmpty, reason.allSatisfy(\.isWhitespace) {
      throw ValidationError("--not-applicable needs --reason.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let desk = try session.noticeDesk(store, rules)
    if let text {
      let review = try await desk.review(mailing)
      let changes = try confirmations(
        try await session.notice(text, of: mailing, in: store),
        review
      )
      try await store.apply(changes, origin: session.origin)
    }
    let review = try await desk.review(mailing, countsGaps: people)
    let live = try await desk.live(of: mailing)
    if format.json {
      try session.out.json(.review(review, live))
    } else {
      try tell(review, mailing, live, session)
    }
    return review.stoppers.isEmpty ? .done : .found
  }

  /// What is said of items, as changes.
  private func confirmations(
    _ text: NoticeText,
    _ review: MailingReview
  ) throws -> [any Change] {
    guard let found = review.texts.first(where: { $0.text.number == text.number }) else {
      return []
    }
    let items = found.laws.flatMap { law in law.items.map { (law.content, $0) } }
    func named(_ name: String) throws -> [(String, NoticeReview.Item)] {
      let named = items.filter { name == "\($0.0)/\($0.1.id)" || name == $0.1.id }
      guard !named.isEmpty else {
        throw Refusal(
          "no law asks for \(name) in \(text.name)",
          advice: "items: tocsin mailing check \(reference)"
        )
      }
      return named
    }
    func change(
      _ item: (String, NoticeReview.Item),
      _ verdict: NoticeConfirmation.Verdict?
    ) -> any Change {
      ConfirmNotice(
        id: text.id,
        version: text.version,
        content: item.0,
        item: item.1.id,
        verdict: verdict,
        reason: verdict == nil ? "" : reason
      )
    }
    var changes: [any Change] = []
    for name in confirm {
      let meant =
        name == "seen"
        ? items.filter { $0.1.state == .seen || $0.1.state == .clear } : try named(name)
      for item in meant where item.1.isForbidden && !item.1.sights.isEmpty {
        guard reason.contains(where: { !$0.isWhitespace }) else {
          throw Refusal(
            "\(item.0)/\(item.1.id): \(item.1.sights[0].text) speaks of it",
            advice: "where it does not, say with --reason why"
          )
        }
      }
      changes += meant.map { change($0, .holds) }
    }
    for name in notApplicable { changes += try named(name).map { change($0, .notApplicable) } }
    for name in takeBack { changes += try named(name).map { change($0, nil) } }
    return changes
  }

  private func tell(
    _ review: MailingReview,
    _ mailing: Mailing,
    _ live: NoticeEdition?,
    _ session: Session
  ) throws {
    let out = session.out
    try out.line("\(mailing.reference)  \(mailing.facts.name)")
    if let live { try out.line("\(live.name) \(live.state.label), \(live.digest.prefix(12))") }
    for text in review.texts { try tell(text, out) }
    if !review.facts.shares.isEmpty {
      try out.line("")
      for line in NoticeWords.shares(review.facts.shares) { try out.line(line) }
    }
    if !review.notes.isEmpty {
      try out.line("")
      try out.line("To know")
      for note in review.notes { try out.line("  \(note)") }
    }
    let stoppers = review.stoppers
    try out.line("")
    if stoppers.isEmpty {
      try out.line("Nothing stops approval: tocsin mailing approve \(mailing.reference)")
    } else {
      try out.line("Stops approval")
      for stopper in stoppers { try out.line("  \(stopper)") }
    }
  }

  private func tell(_ review: NoticeReview, _ out: Output) throws {
    try out.line("")
    try out.line(
      """
      \(review.text.versionName)  \(NoticeWords.reach(review.text.facts)), \(review.people) \
      \(review.people == 1 ? "person" : "people")
      """
    )
    try out.line("  digest \(review.text.digest)")
    try out.line("  \(review.ease?.text ?? "no measure of plain language for this text")")
    for law in review.laws {
      try out.line(
        """
          \(law.content): \(law.title) (\(law.citation)), for \
        \(law.jurisdictions.joined(separator: ", ")) by \(law.rules.joined(separator: ", "))
        """
      )
      for fault in law.faults { try out.line("    FAULT  \(fault)") }
      for item in law.items {
        try out.line("    \(pad(item.state.label)) \(item.id): \(item.text) (\(item.citation))")
        for sight in item.sights { try out.line("                     \(sight.text)") }
        if let said = item.confirmation {
          try out.line(
            """
                                 \(said.verdict.label) by \(said.by), \(said.at.description)\
            \(said.reason.isEmpty ? "" : ": \(said.reason)")
            """
          )
        }
      }
    }
  }

  private func pad(_ label: String) -> String {
    label + String(repeating: " ", count: max(0, 16 - label.count))
  }
}

extension JSON {
  /// What was seen of the texts of a mailing.
  static func review(_ review: MailingReview, _ live: NoticeEdition?) -> JSON {
    .members([
      "digest": .string(review.facts.digest), "date": .string(review.facts.date),
      "texts": .array(review.texts.map { .review($0) }),
      "people": .array(review.facts.shares.map { .share($0) }),
      "uncovered": .count(review.uncovered.reduce(0) { $0 + $1.count }),
      "by_jurisdiction": .array(
        review.facts.byJurisdiction.map { row in
          .members([
            "jurisdiction": .string(row.jurisdiction), "listed": .count(row.listed),
            "covered": .count(row.covered),
          ])
        }
      ),
      "gaps": review.gaps.map { gaps in
        .array(
          gaps.map {
            .members([
              "text": .string($0.text), "field": .string($0.field.rawValue),
              "people": .count($0.count),
            ])
          }
        )
      } ?? .null,
      "notes": .texts(review.notes), "stoppers": .texts(review.stoppers),
      "edition": live.map { .edition($0) } ?? .null,
    ])
  }

  fileprivate static func review(_ review: NoticeReview) -> JSON {
    .members([
      "text": .notice(review.text, withBody: false), "people": .count(review.people),
      "needs": .texts(review.needs.map(\.rawValue)),
      "problems": .texts(review.problems.map(\.description)),
      "ease": review.ease.map { ease in
        .members([
          "formula": .string(ease.formula.rawValue), "score": .number("\(ease.score)"),
          "grade": .string(ease.grade.rawValue), "words": .count(ease.words),
          "sentences": .count(ease.sentences),
        ])
      } ?? .null,
      "laws": .array(
        review.laws.map { law in
          .members([
            "content": .string(law.content), "citation": .string(law.citation),
            "rules": .texts(law.rules), "jurisdictions": .texts(law.jurisdictions),
            "faults": .texts(law.faults),
            "items": .array(law.items.map { .item($0) }),
          ])
        }
      ),
    ])
  }

  private static func item(_ item: NoticeReview.Item) -> JSON {
    .members([
      "id": .string(item.id), "state": .string(item.state.rawValue),
      "forbidden": .bool(item.isForbidden), "citation": .string(item.citation),
      "seen": .texts(item.sights.map(\.text)),
      "confirmed_by": item.confirmation.map { .string($0.by) } ?? .null,
      "reason": item.confirmation.map { .string($0.reason) } ?? .null,
    ])
  }
}
