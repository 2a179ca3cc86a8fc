import Drawing
import Model

extension StaffTab {
  /// Records what somebody did, moves people between groups, and renames groups.
  static func alter(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .donePressed:
      guard let row = state.duties.selectedRow else { return [] }
      return [
        .ask(RecordList<CourseFacts>(), slot: "people.form") { .coursesAnswered(row, $0) }
      ]
    case .coursesAnswered(let row, .success(let courses)):
      guard let course = courses.first(where: { $0.id == row.course }) else {
        return [.toast(Toast(.failure, "the course is not in the record any more"))]
      }
      let today = DayNumber(context.now, in: context.organisation?.zone ?? .utc)
      return [
        .present(
          .form(
            FormRequest(
              title: "\(row.pseudonym) · \(row.code)",
              fields: PeopleForms.completion(course.facts, on: today),
              submit: { .doneSubmitted(row, $0) }
            )
          )
        )
      ]
    case .doneSubmitted(let row, let values):
      do {
        return [
          .apply([
            AddRecord(
              CompletionFacts(
                staff: row.staff,
                course: row.course,
                version: values["version"] ?? "",
                on: try PeopleForms.day(values["on"] ?? "", context),
                source: values["source"] ?? ""
              )
            )
          ]) { .changed($0) }
        ]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .memberPressed:
      guard let row = state.duties.selectedRow else { return [] }
      return [.ask(FindStaff("staff:\(row.staff)"), slot: "people.form") { .memberAnswered($0) }]
    case .memberAnswered(.success(let staff)):
      guard let staff else {
        return [.toast(Toast(.failure, "the person is not on the list any more"))]
      }
      return [
        .present(
          .form(
            FormRequest(
              title: staff.facts.pseudonym,
              fields: PeopleForms.member(staff.facts, state.status?.groups ?? []),
              submit: { .memberSubmitted(staff, $0) }
            )
          )
        )
      ]
    case .memberSubmitted(let staff, let values):
      do {
        let facts = try PeopleForms.member(values, staff.facts, context)
        guard facts != staff.facts else { return [] }
        return [
          .apply([EditRecord(id: staff.id, basedOn: staff.version, facts: facts)]) { .changed($0) }
        ]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .renamePressed:
      return [.ask(RecordList<StaffGroupFacts>(), slot: "people.form") { .groupsAnswered($0) }]
    case .groupsAnswered(.success(let groups)):
      guard let group = groups.first(where: { $0.id == state.groups.selectedRow?.id }) else {
        return []
      }
      return [
        .present(
          .form(
            FormRequest(
              title: "Group",
              fields: [
                FormField.line("name", label: "Name", value: group.facts.name, isRequired: true)
              ],
              submit: { .renamed(group, $0) }
            )
          )
        )
      ]
    case .renamed(let group, let values):
      let facts = StaffGroupFacts(name: values["name"] ?? "")
      guard facts != group.facts else { return [] }
      return [
        .apply([EditRecord(id: group.id, basedOn: group.version, facts: facts)]) { .changed($0) }
      ]
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .changed(.failure(let error)), .coursesAnswered(_, .failure(let error)),
      .memberAnswered(.failure(let error)),
      .groupsAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    default: return []
    }
  }

  /// Shows what one person must do, and a name for a reason.
  static func reveal(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .personAnswered(let row, .success(let page)):
      return [.present(.reader(title: row.pseudonym, lines: lines(row, page.rows)))]
    case .revealPressed:
      guard state.duties.selectedRow != nil else { return [] }
      let prompt = PromptRequest<Action>(
        label: "why is the name looked at",
        submit: { .revealed($0) }
      )
      return [.present(.prompt(prompt))]
    case .revealed(let reason):
      guard let row = state.duties.selectedRow else { return [] }
      guard reason.contains(where: { !$0.isWhitespace }) else {
        return [.toast(Toast(.failure, "say why; nothing was shown"))]
      }
      return [
        .work(Working(StaffReveal(of: [row.staff], reason: reason)) { .namesAnswered(row, $0) })
      ]
    case .namesAnswered(let row, .success(let names)):
      guard let name = names[row.staff] else {
        return [.toast(Toast(.notice, "no name is kept of this person"))]
      }
      let lines = [("Name", name.name), ("Number", name.number), ("E-mail", name.email)]
        .filter { !$0.1.isEmpty }
        .map { Line([Span("\($0.0)  ", .textMuted), Span(Untrusted($0.1), .personal)]) }
      return [.present(.reader(title: row.pseudonym, lines: lines))]
    case .namesAnswered(_, .failure(let error)), .personAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    default: return []
    }
  }

  private static func lines(_ row: TrainingDuties.Row, _ duties: [TrainingDuties.Row]) -> [Line] {
    [Line([Span("Group  ", .textMuted), Span(Untrusted(row.group), .textStrong)]), Line()]
      + duties.map { duty in
        Line(
          [
            Look.duty(duty.standing.state), Span("  "), Span(Untrusted(duty.code), .textStrong),
            Span("  "),
          ] + StaffTab.words(duty.standing, duty.form)
        )
      }
  }

  /// Where somebody stands, in words.
  static func words(_ standing: TrainingRule.Standing, _ form: CourseKind) -> [Span] {
    let done = form == .course ? "done" : "acknowledged"
    let last = standing.last.map { mark in
      [Span("\(done) \(mark.on.iso) ("), Span(Untrusted(mark.version)), Span(")")]
    }
    let until = standing.until.map { "until \($0.iso)" } ?? "without end"
    let words =
      switch standing.state {
      case .done: "holds \(until)"
      case .due: "due \(until)"
      case .overdue, .expired: "since \(standing.until?.iso ?? "?")"
      }
    return [Span("\(words), ", .textMuted)] + (last ?? [Span("never \(done)")])
  }
}
