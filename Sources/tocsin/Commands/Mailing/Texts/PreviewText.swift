internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin mailing text preview`.
struct PreviewText: HeadlessCommand {
  static let origin = "mailing text preview"
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show a text as a person would get it, contacts masked.",
    discussion:
      "With --reveal contacts are shown as they are; the journal keeps who looked, and why."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The text, such as T1; without one what this person gets over the first channel.")
  var text: String?
  @Option(help: "The number of a recipient; without one somebody who gets it.")
  var recipient: Int64?
  @Option(help: "The day of the notice, such as 2026-03-13; today without it.") var date: String?
  @Flag(help: "The HTML part instead of the plain text.") var html = false
  @OptionGroup var revealing: RevealOptions
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if text == nil, recipient == nil { throw ValidationError("Give a text or --recipient.") }
    if revealing.reveal, recipient == nil {
      throw ValidationError("--reveal goes with --recipient.")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let desk = try session.noticeDesk(store, rules)
    let facts = try await desk.review(mailing, date: date).facts
    let sample: NoticeDesk.Sample
    if let recipient {
      let page = try await store.answer(
        LedgerPage(mailing: mailing.id, place: .after(recipient - 1), count: 1)
      )
      guard let found = page.rows.first, found.number == recipient else {
        throw Refusal("\(mailing.reference) has no recipient \(recipient)")
      }
      let people = try await revealing.revealed([found], of: mailing, store, session)
      sample = desk.sample(
        try await chosen(for: found, facts, mailing, store, session),
        of: facts,
        for: people.first ?? found
      )
    } else {
      let found = try await session.notice(text ?? "", of: mailing, in: store)
      sample = try await desk.sample(found, of: facts, in: mailing)
    }
    switch sample.outcome {
    case .failure(let unfit):
      for problem in unfit.problems { session.out.note("\(problem.description)") }
      return .failed
    case .success(let notice): try print(notice, sample, session)
    }
    return .done
  }

  /// The text that was named, or that this person gets.
  private func chosen(
    for person: Recipient,
    _ facts: NoticeEditionFacts,
    _ mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> NoticeText {
    if let text { return try await session.notice(text, of: mailing, in: store) }
    for channel in facts.channels {
      if let found = facts.texts.text(for: person, over: channel) { return found }
    }
    throw Refusal(
      "no text is for recipient \(person.number)",
      advice: "who gets what: tocsin mailing check \(mailing.reference)"
    )
  }

  private func print(
    _ notice: RenderedNotice,
    _ sample: NoticeDesk.Sample,
    _ session: Session
  ) throws {
    if format.json {
      try session.out.json(
        .members([
          "text": .string(sample.text.versionName),
          "recipient": sample.recipient.map { .integer($0) } ?? .null,
          "subject": .string(notice.subject), "plain": .string(notice.plain),
          "html": .string(notice.html), "digest": .string(notice.digest),
        ])
      )
    } else if html {
      try session.out.document(notice.html)
    } else {
      try session.out.line("Subject: \(notice.subject)")
      try session.out.line("")
      for line in Words.lines(notice.plain).dropLast() { try session.out.line(line) }
    }
  }
}
