public import Drawing
public import Model

/// One person of a mailing: contact, what happened to them, and what they were sent.
///
/// Contacts are masked until somebody says why they must be seen; that is journalled. What was revealed
/// is hidden again when the card goes on to another person, is closed or left, and after a while.
public enum PersonCard {
  /// What it shows.
  public struct State: Sendable {
    /// The person's number; nil before the first.
    public var number: Int64?
    /// What happened to the person, oldest first; nil until it was read.
    public var history: [RecipientEvent]?
    /// What mails that came back said of the person, oldest first.
    public var bounces: [BounceNote] = []
    /// The messages that were handed over to a mail program, oldest first.
    public var deliveries: [Delivery] = []
    /// The person unmasked; nil while masked.
    public private(set) var revealed: Recipient?
    /// When what was revealed is hidden by itself.
    public private(set) var until: Instant?
    /// The first line on the screen.
    public var top = 0
    /// Whether the history must be read again.
    var isStale = true
    /// Why it could not be read.
    public var problem: String?

    /// Makes the card as it opens.
    init() {}

    /// Hides what was revealed.
    mutating func hide() { (revealed, until) = (nil, nil) }

    /// Shows a person unmasked for a while.
    mutating func reveal(_ person: Recipient, now: Instant) {
      (revealed, until) = (person, now + PersonCard.revealTime)
    }

    /// Turns to the person under the cursor.
    mutating func follow(_ person: Recipient, now: Instant) -> [Effect<Action>] {
      if let until, until <= now { hide() }
      if number != person.number {
        hide()
        (number, history, top, isStale) = (person.number, nil, 0, true)
        (bounces, deliveries) = ([], [])
      }
      guard isStale else { return [] }
      isStale = false
      let (mailing, number) = (person.mailing, person.number)
      return [
        .ask(RecipientHistory(mailing: mailing, number: number), slot: "ledger.history") {
          .historyAnswered(number, $0)
        },
        .ask(RecipientBounces(mailing: mailing, number: number), slot: "ledger.bounces") {
          .bouncesAnswered(number, $0)
        },
        .ask(RecipientDeliveries(mailing: mailing, number: number), slot: "ledger.deliveries") {
          .deliveriesAnswered(number, $0)
        },
      ]
    }
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case historyAnswered(Int64, Result<[RecipientEvent], StoreError>)
    case bouncesAnswered(Int64, Result<[BounceNote], StoreError>)
    case deliveriesAnswered(Int64, Result<[Delivery], StoreError>)
    case moved(Motion)
    case textPressed
    case textChosen(String)
    case editionsAnswered(String, Result<[NoticeEdition], StoreError>)
    case sampled(Result<NoticeSample, ErrandFailure>)
    case revealPressed
    case reasonTyped(Int64, String)
    case revealed(Int64, Result<[Recipient], StoreError>)
    case correctPressed
    case correctSubmitted(Int64, [String: String])
    case corrected(Int64, Result<Bool, StoreError>)
    case waitingAnswered(Int64, Result<WaitingContacts.Answer, StoreError>)
    case consentPressed
    case consentConfirmed(Int64)
    case consented(Result<ContactConsent.Outcome, StoreError>)
  }

  /// How long what was revealed is shown.
  static let revealTime: Duration = .seconds(120)

  /// Says how the state alters, and what else is wanted.
  static func reduce(
    _ state: inout State,
    _ action: Action,
    _ person: Recipient,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    switch action {
    case .historyAnswered(let number, .success(let history)):
      guard number == state.number else { return [] }
      (state.history, state.problem) = (history, nil)
      return []
    case .bouncesAnswered(let number, .success(let bounces)):
      if number == state.number { state.bounces = bounces }
      return []
    case .deliveriesAnswered(let number, .success(let deliveries)):
      if number == state.number { state.deliveries = deliveries }
      return []
    case .historyAnswered(_, .failure(let error)), .bouncesAnswered(_, .failure(let error)),
      .deliveriesAnswered(_, .failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      var text = ScrollText(lines(state, person, context))
      let size = Size(columns: max(1, context.area.columns - 2), rows: context.area.rows)
      text.move(.to(state.top), size: size)
      text.move(motion, size: size)
      state.top = text.top
      return []
    case .textPressed, .textChosen, .editionsAnswered, .sampled:
      return text(state, action, person)
    case .correctPressed, .correctSubmitted, .corrected, .waitingAnswered, .consentPressed,
      .consentConfirmed, .consented:
      // What was revealed shows what was there before: it is hidden once that is not so.
      let shown = state.revealed?.number == person.number ? state.revealed : nil
      if case .corrected(_, .success(true)) = action { state.hide() }
      return contact(action, person, shown)
    case .revealPressed:
      guard state.revealed == nil else {
        state.hide()
        return []
      }
      let number = person.number
      let prompt = PromptRequest<Action>(
        label: "why must this person be seen",
        submit: { .reasonTyped(number, $0) }
      )
      return [.present(.prompt(prompt))]
    case .reasonTyped(let number, let reason):
      guard reason.contains(where: { !$0.isWhitespace }) else {
        return [.toast(Toast(.notice, "say why: it stands in the journal with your name"))]
      }
      return [
        .work(RecipientReveal(of: person.mailing, [number], reason: reason)) {
          .revealed(number, $0)
        }
      ]
    case .revealed(let number, .success(let people)):
      guard number == state.number, let person = people.first else { return [] }
      state.reveal(person, now: context.now)
      let time = TimeWords.length(revealTime)
      return [.toast(Toast(.done, "shown for \(time); the journal has who looked and why"))]
    case .revealed(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    }
  }

  // MARK: The text as it was sent

  /// The versions of texts that the person was sent, or is to be sent; newest first, each once.
  static func versions(_ state: State) -> [String] {
    (state.history ?? []).reversed().map(\.text).reduce(into: []) { versions, text in
      // A text of an edition, such as `E1/T3.2`; an edition alone approved nobody's text in particular.
      if text.contains("/"), !versions.contains(text) { versions.append(text) }
    }
  }

  private static func text(_ state: State, _ action: Action, _ person: Recipient)
    -> [Effect<Action>]
  {
    switch action {
    case .textPressed:
      let versions = versions(state)
      guard let first = versions.first else {
        return [.toast(Toast(.notice, "no text was sent to this person"))]
      }
      guard versions.count > 1 else { return [.send(.textChosen(first))] }
      let entries = zip("123456789", versions).map { key, version in
        MenuRequest<Action>.Entry(key: key, label: version, action: .textChosen(version))
      }
      return [.present(.menu(MenuRequest(title: "Which text", entries: entries)))]
    case .textChosen(let version):
      return [
        .ask(MailingEditions(mailing: person.mailing), slot: "ledger.editions") {
          .editionsAnswered(version, $0)
        }
      ]
    case .editionsAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .editionsAnswered(let version, .success(let editions)):
      for edition in editions {
        for part in edition.facts.parts where edition.reference(of: part.text) == version {
          let shown = state.revealed?.number == person.number ? state.revealed : nil
          return [
            .perform(
              .notice(
                .sample(nil, part.text, edition.facts, shown ?? person, named: version) {
                  .sampled($0)
                }
              )
            )
          ]
        }
      }
      return [.toast(Toast(.notice, "no edition of this mailing has a text \(version)"))]
    case .sampled(.failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .sampled(.success(let sample)):
      return [.present(.reader(title: sample.title, lines: sample.lines))]
    default: return []
    }
  }

  // MARK: Drawing

  /// The card in full, to be wrapped to any width.
  static func lines(_ state: State, _ person: Recipient, _ context: PaneContext) -> [Line] {
    let isShown = state.until.map { $0 > context.now } ?? false
    let shown = isShown && state.revealed?.number == person.number ? state.revealed : nil
    func field(_ label: String, _ value: String?) -> Line? {
      guard let value, !value.isEmpty else { return nil }
      let padded = label + String(repeating: " ", count: max(1, 11 - label.count))
      return Line([
        Span(padded, .textMuted),
        Span(Untrusted(value), shown == nil ? .text : .personal),
      ])
    }
    var lines = [
      Line([
        Span("#\(person.number)  ", .heading, .bold), Look.recipient(person.state),
        Span("  since \(Look.minute(person.changedAt)) UTC", .textMuted),
      ]),
      Line(
        [Span(Untrusted(person.jurisdiction), .textStrong)]
          + (person.language.isEmpty ? [] : [Span(Untrusted("  \(person.language)"), .text)])
          + (person.protection == .none
            ? [] : [Span("  \(person.protection.label)", .warning, .bold)])
      ),
    ]
    if let contact = (shown ?? person).contact {
      lines += [
        field("name", contact.name), field("reference", contact.reference),
        field("e-mail", contact.email), field("telephone", contact.phone),
        field(
          "address",
          contact.address.split(whereSeparator: \.isNewline).joined(separator: ", ")
        ),
        field("exposed", contact.categories), field("offer", contact.offer),
      ].compactMap(\.self)
      lines.append(
        Line(
          shown == nil
            ? "masked; x v shows it for a reason" : "unmasked: in no recording; x v hides it",
          shown == nil ? .textMuted : .warning
        )
      )
    } else {
      lines.append(Line("The contact was erased.", .stateClosed))
    }
    lines += [Line(""), Line("History", .heading)]
    if let problem = state.problem { lines.append(Line(Untrusted(problem), .danger)) }
    guard let history = state.history else { return lines }
    for event in history.reversed() { lines += self.lines(event) }
    return lines + self.lines(state.bounces) + self.lines(state.deliveries)
  }

  /// What mails that came back said, newest first.
  private static func lines(_ bounces: [BounceNote]) -> [Line] {
    guard !bounces.isEmpty else { return [] }
    return [Line(""), Line("Mails that came back", .heading)]
      + bounces.reversed().map { note in
        Line([
          Span("\(Look.minute(note.at))  ", .textMuted),
          Span(note.kind.label, note.kind == .bounce ? .danger : .text),
          Span("  \(note.reason.label)"), Span(Untrusted("  \(note.status)"), .textMuted),
          Span("  by \(note.match.label)", .textMuted),
        ])
      }
  }

  /// What was handed over to a mail program, newest first.
  private static func lines(_ deliveries: [Delivery]) -> [Line] {
    guard !deliveries.isEmpty else { return [] }
    return [Line(""), Line("Messages", .heading)]
      + deliveries.reversed().flatMap { delivery in
        [
          Line([
            Span("\(Look.minute(delivery.at))  ", .textMuted),
            Span(Untrusted(delivery.text), .key), Span(Untrusted("  <\(delivery.messageID)>")),
          ]),
          Line("  SHA-256 \(delivery.digest)", .textMuted),
        ]
      }
  }

  private static func lines(_ event: RecipientEvent) -> [Line] {
    var line = [Span("\(Look.minute(event.at))  ", .textMuted), Look.recipient(event.after)]
    if event.before == nil { line[1] = Span("· listed", .stateOpen) }
    if let channel = event.channel { line.append(Span("  \(channel.label)", .textStrong)) }
    if !event.text.isEmpty { line.append(Span(Untrusted("  \(event.text)"), .key)) }
    var second = [Span("  ")]
    if !event.cause.isEmpty, event.before != nil {
      second += [Span(Untrusted(event.cause)), Span(" · ", .textMuted)]
    }
    second += [Span("by ", .textMuted), Span(Untrusted(event.by), .textMuted)]
    return [Line(line), Line(second)]
  }

  static func draw(
    _ state: State,
    _ person: Recipient,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    let area = rect.inset(columns: 1)
    var text = ScrollText(lines(state, person, context))
    let size = Size(columns: area.columns, rows: area.rows)
    text.move(.to(state.top), size: size)
    let cursor = canvas.cursor
    text.draw(on: &canvas, in: area)
    if !context.isFocused { canvas.cursor = cursor }
    let below = text.below(size)
    guard below > 0 else { return }
    let words = context.isFocused ? " \(below) more below " : " \(below) more: Tab "
    let last = area.splitBottom(1).bottom
    let corner = last.splitLeft(last.columns - min(last.columns, words.count)).rest
    canvas.fill(corner)
    canvas.write(Line(words, .textMuted), in: corner, alignment: .right)
  }
}
