public import Drawing
public import Model

/// What an audit as a whole says, and its way from open over review to signed.
public enum SignOffTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The audit with its signatures; nil until it was read.
    public var audit: AuditDetails.Details?
    /// The first line on the screen.
    public var top = 0

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: CursorAction {
    case shown(AuditDetails.Details)
    case moved(Motion)
    case editPressed
    case edited(Audit, [String: String])
    case statePressed(AuditState)
    case submitPressed, submitConfirmed
    case signPressed, signConfirmed
    case reopenPressed
    case reopenGiven(String)
    case removePressed, removeConfirmed
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    if case .shown(let details) = action {
      state.audit = details
      return []
    }
    guard let details = state.audit else { return [] }
    let audit = details.row.audit
    switch action {
    case .shown: return []
    case .moved(let motion):
      var scroll = ScrollText(lines(details, context))
      scroll.move(.to(state.top), size: context.area)
      scroll.move(motion, size: context.area)
      state.top = scroll.top
      return []
    case .editPressed:
      return [
        .present(
          .form(
            FormRequest(
              title: "\(audit.reference) · Audit",
              fields: AuditForms.fields(audit.facts),
              draftKey: "audit.\(audit.id)",
              submit: { .edited(audit, $0) }
            )
          )
        )
      ]
    case .edited(let before, let values):
      let edits = AuditForms.edits(values, before)
      guard !edits.isEmpty else { return [.toast(Toast(.notice, "nothing was altered"))] }
      return [apply(EditAudit(id: before.id, basedOn: before.version, edits: edits))]
    case .statePressed(let wanted):
      return [apply(EditAudit(id: audit.id, basedOn: audit.version, edits: [.state(wanted)]))]
    case .submitPressed:
      return [
        confirm(
          "Submit \(audit.reference) for review",
          [
            Line("Every assessed item that is not done goes into review."),
            Line(details.row.tally.score.text, .textMuted),
          ],
          "Submit",
          .submitConfirmed
        )
      ]
    case .submitConfirmed:
      return [apply(SubmitForReview(id: audit.id, basedOn: audit.version))]
    case .signPressed: return [confirmSigning(details)]
    case .signConfirmed:
      return [
        apply(SignAudit(id: audit.id, basedOn: audit.version, digest: details.digest))
      ]
    case .reopenPressed:
      return [
        .present(
          .prompt(
            PromptRequest(label: "opened again because", submit: { .reopenGiven($0) })
          )
        )
      ]
    case .reopenGiven(let reason):
      guard !reason.isEmpty else {
        return [.toast(Toast(.notice, "opening again needs a reason"))]
      }
      return [apply(ReopenAudit(id: audit.id, basedOn: audit.version, reason: reason))]
    case .removePressed:
      return [
        confirm(
          "Take \(audit.reference) off the lists",
          [
            Line(Untrusted(audit.facts.title)),
            Line("Nothing is deleted; u brings it back.", .textMuted),
          ],
          "Remove",
          .removeConfirmed
        )
      ]
    case .removeConfirmed:
      return [apply(RemoveAudit(id: audit.id, basedOn: audit.version))]
    case .changed(.success(let receipts)):
      let canUndo = receipts.contains(where: \.isReversible)
      return [.toast(Toast(.done, canUndo ? "saved · u undoes" : "recorded"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func apply(_ change: any Change) -> Effect<Action> {
    .apply([change]) { .changed($0) }
  }

  private static func confirm(
    _ title: String,
    _ lines: [Line],
    _ label: String,
    _ action: Action
  ) -> Effect<Action> {
    .present(
      .confirm(Confirmation(title: title, lines: lines, doLabel: label, action: action))
    )
  }

  private static func confirmSigning(_ details: AuditDetails.Details) -> Effect<Action> {
    let tally = details.row.tally
    let open = tally.count(.notAssessed)
    let review = tally.count(AuditWork.inReview)
    var lines = [
      Line(tally.score.text), Line([Span("content ", .textMuted), Span(details.digest)]),
    ]
    if open > 0 {
      lines.append(Line("! \(open) of \(tally.items) items are not assessed", .warning, .bold))
    }
    if review > 0 {
      lines.append(Line("! \(review) answers are still in review", .warning, .bold))
    }
    lines.append(
      Line("Nothing in it can be altered then, unless it is opened again.", .textMuted)
    )
    return confirm("Sign \(details.row.audit.reference)", lines, "Sign", .signConfirmed)
  }

  // MARK: Drawing

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    guard let details = state.audit else { return }
    let area = rect.inset(columns: 1)
    var scroll = ScrollText(lines(details, context))
    scroll.move(.to(state.top), size: Size(columns: area.columns, rows: area.rows))
    scroll.draw(on: &canvas, in: area)
  }

  static func lines(_ details: AuditDetails.Details, _ context: PaneContext) -> [Line] {
    let (row, audit) = (details.row, details.row.audit)
    func fact(_ label: String, _ spans: [Span]) -> Line {
      Line([Span(label.padded(to: 12), .textMuted)] + spans)
    }
    func words(_ label: String, _ text: String) -> Line {
      fact(label, [text.isEmpty ? Span("not said", .textMuted) : Span(Untrusted(text))])
    }
    let period =
      audit.facts.from.isEmpty && audit.facts.until.isEmpty
      ? "" : "\(audit.facts.from) to \(audit.facts.until)"
    var lines = [
      fact("State", [Look.audit(audit.state)]),
      fact("Score", [Span(row.tally.score.text)]),
      words("Framework", "\(row.name), edition \(row.edition)"),
      words("Scope", audit.facts.scope),
    ]
    if !audit.facts.groups.isEmpty {
      lines.append(words("Groups", audit.facts.groups.joined(separator: ", ")))
    }
    lines += [
      words("Period", period), words("Auditor", audit.facts.auditor),
      words("Reviewers", audit.facts.reviewers.joined(separator: ", ")),
      fact("Next due", [Look.day(row.nextDue, now: context.now)]),
      Line(""), Line("Signatures", .heading),
    ]
    if details.signatures.isEmpty { lines.append(Line("none yet", .textMuted)) }
    for signature in details.signatures {
      let holds = signature.isComplete && signature.reopening == nil
      let sign =
        holds
        ? Span("+ holds  ", .success)
        : signature.isComplete
          ? Span("x opened ", .stateClosed) : Span("? waits  ", .warning)
      var spans = [
        sign, Span(Untrusted(signature.by), .textStrong),
        Span(", \(Look.minute(signature.at)) UTC"),
      ]
      if let second = signature.second {
        spans += [
          Span(" and "), Span(Untrusted(second.by), .textStrong),
          Span(", \(Look.minute(second.at)) UTC"),
        ]
      } else if !signature.isComplete {
        spans.append(Span("; another account must sign too", .warning))
      }
      lines.append(Line(spans))
      lines.append(Line("  \(signature.digest)", .textMuted))
      if holds, signature.digest != details.digest {
        lines.append(Line("! the content is another one now: tocsin verify", .danger, .bold))
      }
      if let reopening = signature.reopening {
        lines.append(
          Line([
            Span("  opened again by "), Span(Untrusted(reopening.by)),
            Span(", \(Look.minute(reopening.at)) UTC: "), Span(Untrusted(reopening.reason)),
          ])
        )
      }
    }
    lines += [
      Line(""), Line("Content now", .heading), Line("  \(details.digest)", .textMuted),
      Line(""), Line(next(audit.state), .textMuted),
    ]
    return lines
  }

  private static func next(_ state: AuditState) -> String {
    switch state {
    case .planned: "x o opens it: from then on it is answered."
    case .open: "x s submits it for review, x g signs it."
    case .inReview: "x g signs it, x o opens it again."
    case .signed: "Locked. x r opens it again, for a reason."
    }
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "audit.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Set title, scope, period, auditor, reviewers, and when the next is due",
        section: .change,
        hint: 1,
        availability: when([.planned, .open, .inReview]),
        action: { _ in .editPressed }
      ),
      ActionRow(
        "audit.submit",
        label: "submit",
        help: "Hand everything that is assessed over for review",
        section: .change,
        hint: 2,
        menuKey: "s",
        availability: when([.open]),
        action: { _ in .submitPressed }
      ),
      ActionRow(
        "audit.sign",
        label: "sign",
        help: "Sign it: it is locked with the hash of its content",
        section: .change,
        hint: 3,
        menuKey: "g",
        availability: when([.open, .inReview]),
        action: { _ in .signPressed }
      ),
      ActionRow(
        "audit.reopen",
        label: "reopen …",
        help: "Open a signed audit again, for a reason; its signatures stay in the record",
        section: .change,
        hint: 4,
        menuKey: "r",
        availability: when([.signed]),
        action: { _ in .reopenPressed }
      ),
      ActionRow(
        "audit.open",
        label: "open",
        help: "Begin a planned audit, or take one back from review",
        section: .change,
        menuKey: "o",
        availability: when([.planned, .inReview]),
        action: { _ in .statePressed(.open) }
      ),
      ActionRow(
        "audit.plan",
        label: "plan",
        help: "Say that it is only planned",
        section: .change,
        menuKey: "p",
        availability: when([.open]),
        action: { _ in .statePressed(.planned) }
      ),
      ActionRow(
        "audit.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the audit off the lists; nothing is deleted, u brings it back",
        section: .change,
        availability: when([.planned, .open, .inReview]),
        action: { _ in .removePressed }
      ),
    ]

  private static func when(_ states: Set<AuditState>) -> @Sendable (State) -> Availability {
    { state in
      guard let now = state.audit?.row.audit.state else {
        return .disabled("the audit is being read")
      }
      return .when(states.contains(now), otherwise: "the audit is \(now.label)")
    }
  }
}

extension String {
  /// The text with blanks behind it up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
