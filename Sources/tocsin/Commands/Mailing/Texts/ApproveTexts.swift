internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing approve`.
struct ApproveTexts: HeadlessCommand {
  static let origin = "mailing approve"
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Show what would be sent, and approve it by its digest.",
    discussion: """
      Without --digest it shows the texts as somebody gets them (masked), their digests and how many \
      people get them where; nothing is altered. With --digest exactly that is approved. Where the \
      organisation wants a second person, another account looks and approves in the same way. \
      Whatever is altered later of texts, channels, merged facts, recipients, or of who writes the \
      e-mails voids it. Once in \
      force, those whom it covers go from pending to approved; the same command goes on where that \
      broke off. Exit status 2 where something stops approval.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "Approve what has this digest; its first twelve digits do.") var digest: String?
  @Option(help: "The day of the notice, such as 2026-03-13; today without it.") var date: String?
  @Flag(help: "Let those stay behind who lack what their text needs.") var leaveIncomplete = false
  @Flag(help: "As the second person, refuse what waits; with --reason.") var refuse = false
  @Flag(help: "Take back what waits or is in force; with --reason.") var withdraw = false
  @Option(help: "Why it is refused or withdrawn.") var reason: String?
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if [digest != nil, refuse, withdraw].count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --digest, --refuse and --withdraw.")
    }
    if (refuse || withdraw) != (reason != nil) {
      throw ValidationError("--reason goes with --refuse or --withdraw.")
    }
    if let date, StatedDay.reading(date) == nil {
      throw ValidationError("--date is a day such as 2026-03-13.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let desk = try session.noticeDesk(store, rules)
    if refuse || withdraw { return try await end(mailing, desk, store, session) }
    guard mailing.erasedAt == nil else {
      throw Refusal("the recipients of \(mailing.reference) were erased: nothing can be approved")
    }
    guard let digest else { return try await show(mailing, desk, session) }
    let edition: NoticeEdition
    do {
      edition = try await desk.approve(
        mailing,
        digest: digest,
        date: date,
        allowsGaps: leaveIncomplete
      )
    } catch let stopped as NoticeDesk.Stopped {
      for stopper in stopped.stoppers { session.out.note("\(stopper)") }
      return .found
    }
    return try await release(edition, mailing, desk, session)
  }

  /// Refuses or takes back the edition that waits or is in force.
  private func end(
    _ mailing: Mailing,
    _ desk: NoticeDesk,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    guard let live = try await desk.live(of: mailing) else {
      throw Refusal("\(mailing.reference) has nothing that waits or is in force")
    }
    let reason = reason ?? ""
    let change: any Change =
      refuse
      ? RefuseEdition(id: live.id, basedOn: live.version, reason: reason)
      : WithdrawEdition(id: live.id, basedOn: live.version, reason: reason)
    let receipts = try await store.apply([change], origin: session.origin)
    guard let receipt = receipts.first else { return .failed }
    return try session.report(
      receipt,
      format,
      "\(mailing.reference) \(live.name): \(refuse ? "refused" : "withdrawn")"
    )
  }

  /// Approves the people, where the edition is in force.
  private func release(
    _ edition: NoticeEdition,
    _ mailing: Mailing,
    _ desk: NoticeDesk,
    _ session: Session
  ) async throws -> ExitStatus {
    let out = session.out
    var outcome: EditionRelease.Outcome?
    if edition.isInForce {
      outcome = try await desk.release(edition) { progress in
        out.progress("approving people: \(progress.done) of \(progress.total)")
        return true
      }
      out.progress(nil)
    }
    if format.json {
      try out.json(
        .members([
          "edition": .edition(edition),
          "people": outcome.map {
            .members([
              "approved": .count($0.approved), "returned": .count($0.returned),
              "uncovered": .count($0.uncovered), "incomplete": .count($0.incomplete),
              "altered": .count($0.altered),
            ])
          } ?? .null,
        ])
      )
      return .done
    }
    try out.line("\(mailing.reference) \(edition.name): \(edition.state.label)")
    guard let outcome else {
      out.note(
        """
        another account approves it: tocsin mailing approve \(mailing.reference) --digest \
        \(edition.digest.prefix(12))
        """
      )
      return .done
    }
    try out.line("approved: \(outcome.approved) people")
    if outcome.returned > 0 { try out.line("back to pending: \(outcome.returned)") }
    if outcome.uncovered > 0 { try out.line("pending, no text for them: \(outcome.uncovered)") }
    if outcome.incomplete > 0 {
      try out.line("pending, they lack what their text needs: \(outcome.incomplete)")
    }
    if outcome.altered > 0 {
      try out.line("altered meanwhile by somebody else and left as they are: \(outcome.altered)")
    }
    return .done
  }

  /// Shows what would be approved, or what waits or is in force.
  private func show(
    _ mailing: Mailing,
    _ desk: NoticeDesk,
    _ session: Session
  ) async throws -> ExitStatus {
    let review = try await desk.review(mailing, date: date, countsGaps: !leaveIncomplete)
    let live = try await desk.live(of: mailing)
    let facts = live?.facts ?? review.facts
    var samples: [NoticeDesk.Sample] = []
    for part in facts.parts {
      samples.append(try await desk.sample(part.text, of: facts, in: mailing))
    }
    if format.json {
      try session.out.json(.proposal(review, live, samples))
      return review.stoppers.isEmpty ? .done : .found
    }
    let out = session.out
    for sample in samples { try tell(sample, out) }
    for line in NoticeWords.shares(facts.shares) { try out.line(line) }
    try out.line("")
    for row in facts.byJurisdiction {
      try out.line("\(row.jurisdiction): \(row.covered) of \(row.listed) people get a text")
    }
    for note in review.notes { try out.line("to know: \(note)") }
    if facts.channels.contains(.email) {
      let sender = facts.sender?.lines ?? ["from: nobody said yet who writes the e-mails"]
      for line in sender { try out.line("\(line)") }
    }
    try out.line("day of the notice: \(facts.date)")
    try out.line("digest: \(live?.digest ?? facts.digest)")
    if let live {
      try out.line("\(live.name): \(live.state.label)")
      for approval in live.approvals {
        try out.line("approved by \(approval.by), \(approval.at.description)")
      }
    }
    guard review.stoppers.isEmpty else {
      try out.line("")
      try out.line("Stops approval")
      for stopper in review.stoppers { try out.line("  \(stopper)") }
      return .found
    }
    if live?.isInForce != true {
      let seen = (live?.digest ?? facts.digest).prefix(12)
      try out.line("to approve: tocsin mailing approve \(mailing.reference) --digest \(seen)")
    }
    return .done
  }

  private func tell(_ sample: NoticeDesk.Sample, _ out: Output) throws {
    let who = sample.recipient.map { "as recipient \($0) gets it, masked" } ?? "nobody gets it yet"
    try out.line("\(sample.text.versionName)  \(NoticeWords.reach(sample.text.facts)); \(who)")
    try out.line("text digest \(sample.text.digest)")
    switch sample.outcome {
    case .failure(let unfit): try out.line("  cannot be rendered: \(unfit.description)")
    case .success(let notice):
      try out.line("  | Subject: \(notice.subject)")
      try out.line("  |")
      for line in Words.lines(notice.plain).dropLast() { try out.line("  | \(line)") }
    }
    try out.line("")
  }
}

/// A day as an option gives it.
enum StatedDay {
  /// The day as `2026-03-13`; nil where it is none.
  static func reading(_ text: String) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    return CivilTime(year: year, month: month, day: day)?.isoDate
  }
}

extension JSON {
  /// What would be approved, with how it looks.
  fileprivate static func proposal(
    _ review: MailingReview,
    _ live: NoticeEdition?,
    _ samples: [NoticeDesk.Sample]
  ) -> JSON {
    .members([
      "digest": .string(live?.digest ?? review.facts.digest),
      "sender": .texts((live?.facts ?? review.facts).sender?.lines ?? []),
      "review": .review(review, live),
      "samples": .array(
        samples.map { sample in
          let notice = try? sample.outcome.get()
          return .members([
            "text": .string(sample.text.versionName), "text_digest": .string(sample.text.digest),
            "recipient": sample.recipient.map { .integer($0) } ?? .null,
            "subject": notice.map { .string($0.subject) } ?? .null,
            "plain": notice.map { .string($0.plain) } ?? .null,
          ])
        }
      ),
    ])
  }
}
