public import Drawing
public import Model

/// Data protection impact assessments, those that need somebody first, then activities that have none.
public enum ImpactTab: Pane {
  /// A line of the list.
  public enum Row: Identifiable, Sendable, Equatable {
    case assessment(ImpactRow)
    case gap(ImpactGap)

    /// Tells the lines apart.
    public var id: String {
      switch self {
      case .assessment(let row): "dpia.\(row.id)"
      case .gap(let gap): "activity.\(gap.id)"
      }
    }
  }

  /// What it shows.
  public typealias State = PrivacyRows<Row>

  /// What is set by a form of its own.
  public enum Form: Sendable, Equatable {
    case subject
    case question(ThresholdQuestion)
    /// Nil for a new one.
    case risk(Int?)
    case measure(Int?)
    case opinion, views, consult, decide, reopen, review
  }

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case answered(Result<ImpactList.Answer, StoreError>)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case detailsAnswered(Result<ImpactDetails.Details?, StoreError>)
    case goPressed
    case createPressed
    case created([String: String])
    case questionsPressed, risksPressed, measuresPressed
    case formWanted(Form)
    case submitted(Form, ImpactAssessment, [String: String])
    case approvePressed, removePressed
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [.ask(ImpactList(), slot: "privacy.impacts") { .answered($0) }]
    case .answered(let answer):
      state.take(answer.map { $0.rows.map(Row.assessment) + $0.gaps.map(Row.gap) })
      return []
    case .moved(let motion):
      state.move(motion, context)
      return []
    case .pressed(let point):
      guard let position = PrivacyLayout.position(of: state.table, at: point, context) else {
        return []
      }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .createPressed:
      guard case .gap(let gap)? = state.table.selectedRow else { return create("", "") }
      return create(gap.name, gap.reference)
    case .created(let values):
      let facts = ImpactFacts(
        title: values["title"] ?? "",
        activities: ImpactForms.list(values["activities"] ?? "")
      )
      return [.apply([AddImpact(facts)]) { .changed($0) }]
    case .submitted(let form, let assessment, let values):
      do {
        let change = try ImpactForms.change(form, assessment, values, context)
        return [.apply([change]) { .changed($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .detailsAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .detailsAnswered(.success(let details)):
      guard let details else {
        return [.toast(Toast(.failure, "the assessment is not in the record any more"))]
      }
      let lines =
        ImpactText.lines(details.row)
        + PrivacyText.history(details.history, context.dutyZone)
      return [.present(.reader(title: details.row.assessment.reference, lines: lines))]
    default:
      switch state.table.selectedRow {
      case .assessment(let row): return work(row, action)
      case .gap(let gap): return work(gap, action)
      case nil: return []
      }
    }
  }

  private static func create(_ title: String, _ activity: String) -> [Effect<Action>] {
    [
      .present(
        .form(
          FormRequest(
            title: "New impact assessment",
            fields: [
              FormField.line("title", label: "Title", value: title, isRequired: true),
              FormField.line(
                "activities",
                label: "Activities",
                value: activity,
                help: "Such as ACT-0001, with commas",
                isRequired: true
              ),
            ],
            draftKey: "dpia.new",
            submit: { .created($0) }
          )
        )
      )
    ]
  }

  /// What is done with an activity that has no assessment.
  private static func work(_ gap: ImpactGap, _ action: Action) -> [Effect<Action>] {
    switch action {
    case .readPressed, .goPressed: [.go(.activity(gap.reference))]
    default: [.toast(Toast(.notice, "\(gap.reference) has no assessment; c begins one"))]
    }
  }

  /// What is done with the assessment under the cursor.
  private static func work(_ row: ImpactRow, _ action: Action) -> [Effect<Action>] {
    let (assessment, facts) = (row.assessment, row.assessment.facts)
    let letters = Array("abcdefghijklmnoprstuvwyz")
    func menu(_ title: String, _ entries: [(label: String, note: String, form: Form)])
      -> [Effect<Action>]
    {
      let entries = entries.enumerated().map { index, entry in
        MenuRequest<Action>.Entry(
          key: index < letters.count ? letters[index] : nil,
          label: entry.label,
          note: entry.note,
          action: .formWanted(entry.form)
        )
      }
      return [.present(.menu(MenuRequest(title: title, entries: entries)))]
    }
    switch action {
    case .readPressed:
      return [
        .ask(ImpactDetails(assessment.reference), slot: "privacy.impact") { .detailsAnswered($0) }
      ]
    case .goPressed:
      return facts.activities.first.map { [.go(.activity($0))] } ?? []
    case .questionsPressed:
      return menu(
        "Which question?",
        ThresholdQuestion.allCases.map { question in
          let answer = facts.threshold.answer(to: question)
          return (
            question.label, answer.map { $0.isYes ? "yes" : "no" } ?? "open", .question(question)
          )
        }
      )
    case .risksPressed:
      return menu(
        "Which risk?",
        [("a new one", "", .risk(nil))]
          + facts.risks.map { ($0.what, $0.residual.level.label, .risk($0.number)) }
      )
    case .measuresPressed:
      return menu(
        "Which measure?",
        [("a new one", "", .measure(nil))]
          + facts.measures.map { ($0.what, $0.state.label, .measure($0.number)) }
      )
    case .formWanted(let form):
      return [
        .present(
          .form(
            FormRequest(
              title: "\(assessment.reference) · \(ImpactForms.title(form))",
              fields: ImpactForms.fields(form, facts),
              draftKey: form == .subject ? "dpia.\(assessment.id)" : nil,
              submit: { .submitted(form, assessment, $0) }
            )
          )
        )
      ]
    case .approvePressed:
      return [
        .apply([ApproveImpact(id: assessment.id, basedOn: assessment.version)]) { .changed($0) }
      ]
    case .removePressed:
      return [
        .apply([RemoveImpact(id: assessment.id, basedOn: assessment.version)]) { .changed($0) }
      ]
    default: return []
    }
  }
}
