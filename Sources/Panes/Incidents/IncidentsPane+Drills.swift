import Drawing
public import Model

extension IncidentsPane {
  /// What can happen to exercises.
  public enum DrillEvent: Sendable {
    case newPressed
    case submitted([String: String])
    case copied([String: String], Result<Incident?, StoreError>)
    case endPressed
    case endConfirmed(RecordID, Version)
    case ended(Result<[Receipt], StoreError>)
    case scorePressed
    case scoreAnswered(reference: String, Result<DrillScore?, StoreError>)
  }

  /// The incident that an action means: the open one where it has the keys, else that of the cursor.
  struct Meant {
    var id: RecordID
    var reference: String
    var version: Version
    var isExercise: Bool
    var isEnded: Bool
  }

  static func meant(_ state: State) -> Meant? {
    if state.focus == .detail, let detail = state.detail {
      return detail.incident.map {
        Meant(
          id: $0.id,
          reference: $0.reference,
          version: $0.version,
          isExercise: $0.isExercise,
          isEnded: $0.exercise?.end != nil
        )
      }
    }
    return state.list.selectedRow.map {
      Meant(
        id: $0.id,
        reference: $0.reference,
        version: $0.version,
        isExercise: $0.isExercise,
        isEnded: false
      )
    }
  }

  static func reduceDrill(_ state: State, _ event: DrillEvent, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch event {
    case .newPressed: return [.present(.form(newDrillForm(state)))]
    case .submitted(let values):
      guard let id = values["from"].flatMap(RecordID.init) else {
        return start(values, copyOf: nil, context)
      }
      return [
        .ask(IncidentDetail(id: id), slot: "incidents.drill") { .drill(.copied(values, $0)) }
      ]
    case .copied(let values, .success(let incident?)):
      return start(values, copyOf: incident, context)
    case .copied(_, .success(nil)):
      return [.toast(Toast(.failure, "the incident to copy is not in the record any more"))]
    case .endPressed: return meant(state).map { [.present(.confirm(endQuestion($0)))] } ?? []
    case .endConfirmed(let id, let version):
      return [.apply([EndExercise(id: id, basedOn: version)]) { .drill(.ended($0)) }]
    case .ended(.success(let receipts)):
      guard let receipt = receipts.first else { return [] }
      return [
        .toast(Toast(.done, "exercise ended, its score is kept · u undoes")),
        score(receipt.subject.id, receipt.reference),
      ]
    case .scorePressed: return meant(state).map { [score($0.id, $0.reference)] } ?? []
    case .scoreAnswered(let reference, .success(let score?)):
      return [
        .present(
          .reader(
            title: "\(Exercise.marked(reference, true)) · Score",
            lines: DrillText.lines(score, in: context.dutyZone)
          )
        )
      ]
    case .scoreAnswered(let reference, .success(nil)):
      return [.toast(Toast(.notice, "\(reference) is a real incident, it has no score"))]
    case .copied(_, .failure(let error)), .ended(.failure(let error)),
      .scoreAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func score(_ id: RecordID, _ reference: String) -> Effect<Action> {
    .ask(ExerciseScore(incident: id), slot: "incidents.score") {
      .drill(.scoreAnswered(reference: reference, $0))
    }
  }

  private static func start(
    _ values: [String: String],
    copyOf source: Incident?,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let text = values["aware"] ?? ""
    guard let aware = try? StatedTime(reading: text, context.reading, source: context.actor.name)
    else { return [.toast(Toast(.failure, "\(text) is not a time that is understood"))] }
    let title = values["title"] ?? ""
    var facts =
      source?.exerciseFacts(title: title, aware: aware)
      ?? IncidentFacts(title: title, instants: [.aware: aware])
    if let lead = values["lead"], !lead.isEmpty { facts.roles[.lead] = lead }
    return [
      .apply([StartExercise(facts: facts, from: source?.reference ?? "")]) { .created($0) }
    ]
  }

  private static func newDrillForm(_ state: State) -> FormRequest<Action> {
    var sources = [("", "nothing yet")]
    if let row = state.list.selectedRow {
      sources.append(("\(row.id)", "the facts of \(row.reference)"))
    }
    return FormRequest(
      title: "New exercise",
      fields: [
        FormField.line("title", label: "Title", help: "One line that names it", isRequired: true),
        FormField.choice("from", label: "Begins with", options: sources),
        FormField.line(
          "aware",
          label: "Aware",
          value: "now",
          help: "When it begins to count: now, 14:30, 2026-05-18 14:30 +02:00",
          isRequired: true
        ),
        FormField.line("lead", label: "Lead", help: "Who leads the handling"),
      ],
      draftKey: "drill.new",
      submit: { .drill(.submitted($0)) }
    )
  }

  private static func endQuestion(_ meant: Meant) -> Confirmation<Action> {
    Confirmation(
      title: "End the exercise \(meant.reference)?",
      lines: [
        Line("It is closed, its clocks stop, and its score is kept as it stands."),
        Line("What happens after the end does not count. u takes it back.", .textMuted),
      ],
      doLabel: "End it",
      action: .drill(.endConfirmed(meant.id, meant.version))
    )
  }

  // MARK: Rows in the table of actions

  /// The row that opens an exercise; the list has it.
  static let newDrillRow = ActionRow<State, Action>(
    "drill.start",
    label: "new exercise …",
    help: "Open an exercise: marked everywhere, its clocks real, kept out of all counts",
    section: .change,
    menuKey: "x",
    action: { _ in .drill(.newPressed) }
  )

  /// The rows about the exercise under the cursor, or the open one.
  static let drillRows: [ActionRow<State, Action>] = [
    ActionRow(
      "drill.score",
      label: "score",
      help: "Read how the exercise goes, or went: clocks met and missed, and the team's times",
      section: .find,
      menuKey: "c",
      availability: { isDrill($0) },
      action: { _ in .drill(.scorePressed) }
    ),
    ActionRow(
      "drill.end",
      label: "end exercise …",
      help: "End the exercise: it is closed, and its score is kept",
      section: .change,
      menuKey: "e",
      availability: {
        guard meant($0)?.isEnded == false else {
          return meant($0) == nil ? isDrill($0) : .disabled("the exercise has ended")
        }
        return isDrill($0)
      },
      action: { _ in .drill(.endPressed) }
    ),
  ]

  private static func isDrill(_ state: State) -> Availability {
    guard let meant = meant(state) else {
      return .disabled("there is no incident under the cursor")
    }
    return .when(meant.isExercise, otherwise: "\(meant.reference) is a real incident, no exercise")
  }
}
