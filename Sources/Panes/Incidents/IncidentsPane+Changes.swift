import Drawing
import Model

extension IncidentsPane {
  static func reduceChanges(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .createPressed:
      return [.present(.form(createForm()))]
    case .createSubmitted(let values):
      return [.apply([OpenIncident(facts: facts(values, context))]) { .created($0) }]
    case .created(.success(let receipts)):
      guard let receipt = receipts.first else { return [] }
      return [
        .toast(Toast(.done, "opened \(receipt.reference)")), .send(.opened(receipt.subject.id)),
      ]
    case .bulkPressed(let kind):
      return choose(kind, state)
    case .bulkChosen(let edit):
      let targets = targets(state)
      guard !targets.isEmpty else { return [] }
      state.lastBulk = edit
      return [
        .ask(IncidentRows(ids: targets), slot: "incidents.bulk") { .bulkPrepared(edit, $0) }
      ]
    case .bulkPrepared(let edit, .success(let rows)):
      return prepare(edit, rows, hidden: hiddenMarks(state, rows))
    case .bulkConfirmed(let edits, let moves, let removals):
      return [.apply(edits as [any Change] + moves + removals) { .changed($0) }]
    case .repeatPressed:
      guard let last = state.lastBulk else {
        return [.toast(Toast(.notice, "there is nothing to repeat yet"))]
      }
      return reduceChanges(&state, .bulkChosen(last), context)
    case .changed(.success(let receipts)):
      let what = receipts.count == 1 ? receipts[0].reference : "\(receipts.count) incidents"
      return receipts.isEmpty
        ? [] : [.toast(Toast(.done, "changed \(what.isEmpty ? "the record" : what) · u undoes"))]
    case .changed(.failure(let error)), .created(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .copyPressed:
      return copyMenu(state)
    case .copyChosen(let text, let what):
      return [.perform(.copy(text, what: what))]
    default: return []
    }
  }

  /// The marked incidents, or the one under the cursor.
  static func targets(_ state: State) -> [RecordID] {
    state.list.marks.isEmpty
      ? [state.list.selectedID].compactMap(\.self) : state.list.marks.sorted()
  }

  private static func hiddenMarks(_ state: State, _ rows: [IncidentRow]) -> Int {
    max(0, state.list.marks.count - rows.count)
  }

  // MARK: Opening

  private static func createForm() -> FormRequest<Action> {
    FormRequest(
      title: "New incident",
      fields: [
        FormField.line("title", label: "Title", help: "One line that names it", isRequired: true),
        FormField.choice(
          "severity",
          label: "Severity",
          options: [("", "not assessed")] + Severity.allCases.map { ($0.rawValue, $0.label) }
        ),
        FormField.line(
          "discovered",
          label: "Discovered",
          value: "now",
          help: "now, 14:30, yesterday 22:10, 2026-05-18 14:30 +02:00, March 2025"
        ),
        FormField.line("lead", label: "Lead", help: "Who leads the handling"),
        FormField.text("summary", label: "Summary", help: "What is known so far"),
      ],
      draftKey: "incident.new",
      submit: { .createSubmitted($0) }
    )
  }

  private static func facts(_ values: [String: String], _ context: PaneContext) -> IncidentFacts {
    var facts = IncidentFacts(
      title: values["title"] ?? "",
      summary: values["summary"] ?? "",
      severity: values["severity"].flatMap(Severity.init(rawValue:))
    )
    if let lead = values["lead"], !lead.isEmpty { facts.roles[.lead] = lead }
    if let text = values["discovered"], !text.isEmpty,
      let time = try? StatedTime(reading: text, context.reading, source: context.actor.name)
    {
      facts.instants[.discovered] = time
    }
    return facts
  }

  // MARK: Changing one or many

  private static func choose(_ kind: BulkKind, _ state: State) -> [Effect<Action>] {
    switch kind {
    case .severity:
      let severities: [Severity?] = [.critical, .high, .medium, .low, nil]
      return menu(
        "Severity",
        severities.map {
          ($0.map { $0.label.first } ?? "n", $0?.label ?? "not assessed", .severity($0))
        }
      )
    case .outcome:
      return menu("Outcome", Outcome.allCases.map { (nil, $0.label, .outcome($0)) })
    case .state:
      let entries = IncidentState.allCases.enumerated().map { index, target in
        MenuRequest<Action>.Entry(
          key: Character("\(index + 1)"),
          label: target.label,
          action: askReason(target)
        )
      }
      return [.present(.menu(MenuRequest(title: "Move to", entries: entries)))]
    case .lead:
      return [
        .present(
          .prompt(
            PromptRequest(
              label: "lead (empty clears)",
              text: state.list.selectedRow?.lead ?? "",
              submit: { .bulkChosen(.lead($0.isEmpty ? nil : $0)) }
            )
          )
        )
      ]
    case .tag:
      return [
        .present(
          .prompt(
            PromptRequest(label: "add tag", submit: { .bulkChosen(.addTag($0)) })
          )
        )
      ]
    case .remove:
      return [
        .present(
          .prompt(
            PromptRequest(
              label: "why remove",
              submit: { .bulkChosen(.remove(reason: $0)) }
            )
          )
        )
      ]
    }
  }

  private static func askReason(_ target: IncidentState) -> Action {
    .presentPrompt(
      PromptRequest(
        label: "why move to \(target.label)",
        submit: { .bulkChosen(.state(target, reason: $0)) }
      )
    )
  }

  private static func menu(_ title: String, _ entries: [(Character?, String, BulkEdit)])
    -> [Effect<Action>]
  {
    [
      .present(
        .menu(
          MenuRequest(
            title: title,
            entries: entries.map { .init(key: $0.0, label: $0.1, action: .bulkChosen($0.2)) }
          )
        )
      )
    ]
  }

  private static func prepare(_ edit: BulkEdit, _ rows: [IncidentRow], hidden: Int)
    -> [Effect<Action>]
  {
    let plan = BulkPlan(edit, on: rows)
    let action = Action.bulkConfirmed(plan.edits, plan.moves, plan.removals)
    if plan.count == 0 {
      let reason = plan.refused.first ?? "nothing to change: it is so already"
      return [.toast(Toast(.notice, reason))]
    }
    var isRemoval = false
    if case .remove = edit { isRemoval = true }
    if rows.count == 1 && !isRemoval { return [.send(action)] }
    var lines = [
      Line([Span("\(plan.count) will change", .textStrong), Span(": \(edit.label)")])
    ]
    let changing = rows.filter { !plan.unchanged.contains($0.reference) }.prefix(5)
    lines += changing.map { Line([Span("  \($0.reference)  "), Span(Untrusted($0.title))]) }
    if plan.count > 5 { lines.append(Line("  and \(plan.count - 5) more", .textMuted)) }
    if !plan.unchanged.isEmpty {
      lines.append(Line("\(plan.unchanged.count) are so already", .textMuted))
    }
    lines += plan.refused.prefix(3).map { Line("not changed: \($0)", .warning) }
    if hidden > 0 { lines.append(Line("\(hidden) marked are gone from the record", .warning)) }
    lines.append(Line("u takes it back.", .textMuted))
    return [
      .present(
        .confirm(
          Confirmation(
            title: edit.label.prefix(1).uppercased() + edit.label.dropFirst(),
            lines: lines,
            typedWord: isRemoval && plan.count > 1 ? "remove \(plan.count)" : nil,
            doLabel: "Change \(plan.count)",
            action: action
          )
        )
      )
    ]
  }

  // MARK: Copying

  private static func copyMenu(_ state: State) -> [Effect<Action>] {
    guard let row = state.list.selectedRow else { return [] }
    let json =
      "{\"reference\":\"\(row.reference)\",\"state\":\"\(row.state.rawValue)\","
      + "\"severity\":\(row.severity.map { "\"\($0.rawValue)\"" } ?? "null"),"
      + "\"exercise\":\(row.isExercise)}"
    return [
      .present(
        .menu(
          MenuRequest(
            title: "Copy",
            entries: [
              .init(
                key: "r",
                label: "Reference",
                note: row.reference,
                action: .copyChosen(row.reference, what: "the reference")
              ),
              .init(
                key: "t",
                label: "Reference and title",
                action: .copyChosen(
                  "\(row.reference) \(Exercise.marked(row.title, row.isExercise))",
                  what: "reference and title"
                )
              ),
              .init(
                key: "j",
                label: "State as JSON",
                action: .copyChosen(json, what: "JSON")
              ),
              .init(
                key: "c",
                label: "Command that shows it",
                action: .copyChosen(
                  "tocsin incident show \(row.reference)",
                  what: "the command"
                )
              ),
            ]
          )
        )
      )
    ]
  }
}
