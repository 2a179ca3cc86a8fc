internal import Drawing
public import Model

/// Facts of an incident tried in a scratch copy, and what the rules would say.
public struct Trial: Sendable {
  /// What was tried, in order; nothing of it is in the record.
  public var edits: [IncidentEdit]
  /// What the rules say; nil until they were asked.
  public var answer: DutyAnswer?

  /// One duty that would be otherwise.
  public struct Difference: Sendable, Equatable {
    /// The rule's id.
    public var rule: String
    /// What stands now; nil where it does not arise.
    public var before: Obligation.State?
    /// What would stand; nil where it would not arise.
    public var after: Obligation.State?
  }

  /// The duties that would be otherwise, by what they would become, then by rule.
  public var differences: [Difference] {
    guard let answer else { return [] }
    func open(_ duties: [Obligation]) -> [String: Obligation.State] {
      Dictionary(duties.filter(\.state.isOpen).map { ($0.id, $0.state) }) { first, _ in first }
    }
    let (before, after) = (open(answer.duties), open(answer.tried))
    return Set(before.keys).union(after.keys)
      .filter { before[$0] != after[$0] }
      .map { Difference(rule: $0, before: before[$0], after: after[$0]) }
      .sorted { ($0.rank, $0.rule) < ($1.rank, $1.rule) }
  }
}

extension Trial.Difference {
  fileprivate var rank: Int { before == nil ? 0 : after == nil ? 1 : 2 }
}

/// What can happen to a trial.
public enum TrialEvent: Sendable {
  case pressed
  case readPressed
  case asked(FactKey)
  case questionsPressed
  case submitted(FactKey, [String: String])
  case answered(Result<DutyAnswer, ErrandFailure>)
  case savePressed, discardPressed
}

extension ObligationsTab {
  static func reduce(
    _ state: inout State,
    _ event: TrialEvent,
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let facts = tried(state, incident)
    switch event {
    case .pressed: return [.present(.menu(menu(state, context)))]
    case .readPressed:
      return state.trial.map {
        [.present(.reader(title: "What if", lines: lines($0, context)))]
      } ?? []
    case .questionsPressed:
      let entries = LegalAnswers.questions.map { key in
        MenuRequest<Action>.Entry(
          label: key.label,
          note: key.question,
          action: .trial(.asked(key))
        )
      }
      return [.present(.menu(MenuRequest(title: "What if: answer", entries: entries)))]
    case .asked(let key):
      return [
        AnswerForms.ask(key, facts, title: "What if · \(key.question)") {
          .trial(.submitted(key, $0))
        }
      ]
    case .submitted(let key, let values):
      do {
        let edits = try AnswerForms.edits(key, values, facts, context.reading)
        var trial = state.trial ?? Trial(edits: [])
        trial.edits.removeAll { old in edits.contains { $0.field == old.field } }
        trial.edits += edits
        state.trial = trial
        return [
          .perform(.duties(of: incident.id, trying: trial.edits) { .trial(.answered($0)) })
        ]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .answered(.success(let answer)):
      state.trial?.answer = answer
      return []
    case .answered(.failure(let failure)):
      return [.toast(Toast(.failure, failure.reason))]
    case .savePressed:
      guard let edits = state.trial?.edits, !edits.isEmpty else { return [] }
      state.trial = nil
      return [apply(EditIncident(id: incident.id, basedOn: incident.version, edits: edits))]
    case .discardPressed:
      state.trial = nil
      return [.toast(Toast(.notice, "what was tried is thrown away; the record is as it was"))]
    }
  }

  /// The facts with what was tried.
  private static func tried(_ state: State, _ incident: Incident) -> IncidentFacts {
    var facts = incident.facts
    for edit in state.trial?.edits ?? [] { _ = facts.apply(edit) }
    return facts
  }

  private static func menu(_ state: State, _ context: PaneContext) -> MenuRequest<Action> {
    var entries: [MenuRequest<Action>.Entry] = [
      .init(
        key: "p",
        label: "People …",
        note: "another number, another jurisdiction",
        action: .trial(.asked(.affected))
      ),
      .init(
        key: "d",
        label: "Data …",
        note: "categories, encrypted, key taken",
        action: .trial(.asked(.categories))
      ),
      .init(
        key: "q",
        label: "A question …",
        note: "risk, harm, hold and the like",
        action: .trial(.questionsPressed)
      ),
    ]
    entries += (state.selectedDuty?.obligation.state.missing ?? []).prefix(5).enumerated().map {
      .init(
        key: Character("\($0.offset + 1)"),
        label: $0.element.label,
        note: "the duty under the cursor waits for it",
        action: .trial(.asked($0.element))
      )
    }
    let isTrying: Availability = .when(state.trial != nil, otherwise: "nothing was tried yet")
    entries += [
      .init(
        key: "s",
        label: "Save what was tried",
        note: "puts it into the record",
        availability: isTrying.isEnabled ? context.canAlter : isTrying,
        action: .trial(.savePressed)
      ),
      .init(
        key: "t",
        label: "Throw it away",
        note: "the record stays as it is",
        availability: isTrying,
        action: .trial(.discardPressed)
      ),
    ]
    return MenuRequest(title: "What if", entries: entries)
  }

  static let trialRows: [ActionRow<State, Action>] = [
    ActionRow(
      "duty.what-if",
      keys: [.character("W")],
      label: "what if",
      help: "Try other facts in a scratch copy and see which duties would change",
      section: .find,
      hint: 5,
      menuKey: "i",
      action: { _ in .trial(.pressed) }
    ),
    ActionRow(
      "duty.what-if-save",
      label: "save what was tried",
      help: "Put the facts of the scratch copy into the record",
      section: .change,
      menuKey: "s",
      availability: isTrying,
      action: { _ in .trial(.savePressed) }
    ),
    ActionRow(
      "duty.what-if-discard",
      label: "throw away what was tried",
      help: "Leave the scratch copy; the record stays as it is",
      section: .find,
      menuKey: "t",
      availability: isTrying,
      action: { _ in .trial(.discardPressed) }
    ),
  ]

  /// The rows while facts are tried: what is below the scratch copy takes no keys.
  static let rowsWhileTrying: [ActionRow<State, Action>] =
    trialRows + [
      ActionRow(
        "duty.what-if-read",
        keys: [.enter, .character("K")],
        label: "read all",
        help: "Read all that would change",
        section: .find,
        hint: 1,
        action: { _ in .trial(.readPressed) }
      ),
      ActionRow(
        "duty.what-if-leave",
        keys: [.escape, .character("q")],
        label: "leave",
        help: "Save what was tried, or throw it away",
        section: .find,
        hint: 2,
        action: { _ in .trial(.pressed) }
      ),
    ]

  /// The rows that apply now.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    let rows =
      state.trial != nil ? rowsWhileTrying : state.checklist != nil ? rowsWhileChecking : actions
    return rows.bound(to: state, for: query)
  }

  private static let isTrying: @Sendable (State) -> Availability = {
    .when($0.trial != nil, otherwise: "nothing is being tried; W does")
  }

  // MARK: Drawing

  static func drawTrial(
    _ trial: Trial,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    DutyText.draw(lines(trial, context), more: "Enter shows all", on: &canvas, in: rect)
  }

  /// What was tried, and what would change.
  static func lines(_ trial: Trial, _ context: PaneContext) -> [Line] {
    var lines = [
      Line([
        Span(" WHAT IF ", .badge, .bold),
        Span(" nothing of this is in the record; W saves or throws away", .warning),
      ])
    ]
    lines += trial.edits.map {
      Line([Span("\($0.field): ", .textMuted), Span(Untrusted($0.text), .textStrong)])
    }
    lines.append(Line(""))
    if trial.answer == nil {
      lines.append(Line("working it out …", .information))
    } else {
      let differences = trial.differences
      lines.append(
        Line(
          differences.isEmpty
            ? "No duty would change." : "\(differences.count) duties would change",
          .heading
        )
      )
      lines += differences.map { line($0, context) }
      lines += (trial.answer?.unusable ?? []).map {
        Line([Span("! ", .warning), Span(Untrusted("\($0)"))])
      }
    }
    return lines
  }

  /// What would become of a duty, told by sign and word.
  static func line(_ difference: Trial.Difference, _ context: PaneContext) -> Line {
    func words(_ state: Obligation.State?) -> String {
      guard let state else { return "not owed" }
      if let due = state.deadline?.due { return "due \(Look.minute(due, in: context.dutyZone))" }
      return Look.duty(state, now: context.now).text
        .split(separator: " ").dropFirst().joined(separator: " ")
    }
    switch (difference.before, difference.after) {
    case (nil, let after):
      return Line([
        Span("+ appears  ", .warning, .bold), Span("\(difference.rule)  ", .textStrong),
        Span(words(after)),
      ])
    case (let before, nil):
      return Line([
        Span("x vanishes ", .success, .bold), Span("\(difference.rule)  ", .textStrong),
        Span("was \(words(before))", .textMuted),
      ])
    case (let before, let after):
      return Line([
        Span("~ moves    ", .information, .bold), Span("\(difference.rule)  ", .textStrong),
        Span("\(words(before)) -> \(words(after))"),
      ])
    }
  }
}
