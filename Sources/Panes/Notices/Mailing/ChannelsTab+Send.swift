import Drawing
import Model

extension ChannelsTab {
  /// Starting, pausing and ending a sending, and a person's word on those who are uncertain.
  static func send(_ state: State, _ action: Action) -> [Effect<Action>] {
    guard let mailing = state.mailing else { return [] }
    switch action {
    case .startPressed: return [.present(.confirm(question(state, mailing)))]
    case .startConfirmed: return [.perform(.send(mailing) { .ended($0) })]
    case .ended(.success(let summary)):
      return [.toast(Toast(summary.needsCare ? .failure : .done, summary.words))]
    case .ended(.failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .wished(let wish):
      let change = DirectSending(mailing: mailing.id, wish: wish)
      return [.apply([change]) { .directed(wish, $0) }]
    case .uncertainPressed:
      let count = Look.count(Int64(state.sending?.uncertain ?? 0))
      return [
        .present(
          .menu(
            MenuRequest(
              title: "\(count) uncertain: see the mail program's log",
              entries: [
                .init(
                  key: "s",
                  label: "they were sent",
                  note: "count as handed over",
                  action: .uncertainChosen(isSent: true)
                ),
                .init(
                  key: "a",
                  label: "send again",
                  note: "queued: some may get it twice",
                  action: .uncertainChosen(isSent: false)
                ),
              ]
            )
          )
        )
      ]
    case .uncertainChosen(let isSent):
      let prompt = PromptRequest<Action>(
        label: "from what is that known",
        submit: { .uncertainReasoned(isSent: isSent, $0) }
      )
      return [.present(.prompt(prompt))]
    case .uncertainReasoned(let isSent, let reason):
      let count = state.sending?.uncertain ?? 0
      return [
        .present(
          .confirm(
            Confirmation(
              title: isSent ? "They were sent" : "Send again",
              lines: [
                Line([
                  Span(Look.count(Int64(count)), .textStrong, .bold),
                  Span(isSent ? " people count as handed over." : " people are queued again."),
                ]),
                Line(
                  isSent
                    ? "Who of them got nothing is not tried any more."
                    : "Who of them got it gets it once more.",
                  .warning
                ),
              ],
              typedWord: String(count),
              doLabel: isSent ? "Were sent" : "Send again",
              action: .uncertainConfirmed(isSent: isSent, reason)
            )
          )
        )
      ]
    case .uncertainConfirmed(let isSent, let reason):
      let job = UncertainResolution(mailing: mailing.id, isSent: isSent, reason: reason)
      return [.work(job) { .resolved(isSent: isSent, $0) }]
    default: return []
    }
  }

  /// What is asked before anything goes out.
  private static func question(_ state: State, _ mailing: Mailing) -> Confirmation<Action> {
    let (approved, queued) = (state.count([.approved]), state.count([.queued]))
    let plan = state.sending?.plan ?? SendingPlan()
    let count = (mailing.facts.channels.first == .email ? approved : 0) + queued
    func row(_ label: String, _ words: String) -> Line {
      Line([Span(label.padded(to: 12), .textMuted), Span(Untrusted(words))])
    }
    var lines = [
      Line([
        Span(Look.count(Int64(count)), .textStrong, .bold),
        Span(" people wait: \(Look.count(Int64(approved))) approved, "),
        Span("\(Look.count(Int64(queued))) queued."),
      ]),
      row("texts", state.edition.map { "\($0.name), \($0.digest.prefix(12))" } ?? "none approved"),
      row("from", plan.sender.isEmpty ? "nobody said" : plan.sender),
      row("program", plan.program.joined(separator: " ")),
      row(
        "pace",
        (plan.perMinute.map { "\($0) a minute" } ?? "as fast as it goes")
          + (plan.quiet.map { ", quiet \($0)" } ?? "")
      ),
    ]
    if let uncertain = state.sending?.uncertain, uncertain > 0 {
      lines.append(
        Line("\(uncertain) are uncertain; nobody of them is written to again.", .warning)
      )
    }
    lines.append(Line("What was handed over cannot be taken back.", .warning))
    return Confirmation(
      title: "\(mailing.reference) · Send",
      lines: lines,
      typedWord: String(count),
      doLabel: "Send",
      action: .startConfirmed
    )
  }

  /// Why nothing can be sent now; nil where it can.
  static func obstacle(_ state: State) -> String? {
    guard let sending = state.sending, let mailing = state.mailing else {
      return "it is yet to be read"
    }
    if mailing.isHeld { return "it is held after a restore; x k says what was sent since" }
    if let lease = sending.lease, lease.isActive { return "it is being sent by \(lease.actor)" }
    if !mailing.facts.channels.contains(.email) { return "nobody is told by e-mail here" }
    if state.edition == nil { return "no texts are approved" }
    if sending.plan?.sender.isEmpty ?? true { return "nobody said who writes; e says it" }
    let waiting =
      state.count([.queued])
      + (mailing.facts.channels.first == .email ? state.count([.approved]) : 0)
    return waiting > 0 ? nil : "nobody is approved or queued"
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "sending.plan",
        keys: [.character("e")],
        label: "plan",
        help: "Say who writes, how fast, when and through which program",
        section: .change,
        hint: 1,
        menuKey: "l",
        action: { _ in .planPressed }
      ),
      ActionRow(
        "sending.start",
        label: "send …",
        help: "Hand the e-mails over to the mail program, from here",
        section: .change,
        hint: 2,
        menuKey: "s",
        availability: { state in obstacle(state).map { .disabled($0) } ?? .enabled },
        action: { _ in .startPressed }
      ),
      wish(
        "pause",
        "pause",
        "Let whoever sends wait after the message in hand",
        "p",
        .pause
      ) { $0.isActive && $0.wish == .run },
      wish("resume", "go on", "Let a paused sending go on", "r", .run) {
        $0.isActive && $0.wish == .pause
      },
      wish("stop", "stop", "End the sending after the message in hand", "t", .stop) {
        $0.isActive && $0.wish != .stop
      },
      ActionRow(
        "sending.uncertain",
        label: "uncertain …",
        help: "Say whether those of whom nobody knows were written to",
        section: .change,
        menuKey: "u",
        availability: { state in
          guard let sending = state.sending, sending.uncertain > 0 else {
            return .disabled("nobody is uncertain")
          }
          return .when(
            sending.lease?.isActive != true,
            otherwise: "whoever sends has them in hand"
          )
        },
        action: { _ in .uncertainPressed }
      ),
    ]

  private static func wish(
    _ id: String,
    _ label: String,
    _ help: String,
    _ menuKey: Character,
    _ wish: SendingWish,
    _ fits: @escaping @Sendable (SendingLease) -> Bool
  ) -> ActionRow<State, Action> {
    ActionRow(
      "sending.\(id)",
      label: label,
      help: help,
      section: .change,
      menuKey: menuKey,
      availability: { state in
        guard let lease = state.sending?.lease, lease.isActive else {
          return .disabled("nobody sends")
        }
        return .when(fits(lease), otherwise: "it is asked to \(lease.wish.rawValue) already")
      },
      action: { _ in .wished(wish) }
    )
  }
}
