public import Drawing
public import Model

/// What the notice of one duty must say, and what of it the record fills.
public struct Checklist: Sendable {
  /// The duty, by its rule's id.
  public var rule: String
  /// The incident's tasks; nil until they were read.
  var tasks: [IncidentTask]?
  /// The incident's timeline; nil until it was read.
  var timeline: [TimelineEntry]?
  /// Who reports; nil until it was read.
  var organisation: CurrentOrganisation.Answer?
  /// The required contents, filled; empty until all was read, or where the rulebook lists none.
  var lists: [NoticeChecklist] = []
  /// The rows made of them.
  var table = VirtualTable<Row>()

  /// A row: the title of a list, a required item, or what must not be said.
  public struct Row: Identifiable, Sendable, Equatable {
    /// Its place.
    public var id: Int
    /// What it shows.
    public var content: Content

    /// What a row shows.
    public enum Content: Sendable, Equatable {
      case title(String, citation: String)
      case item(NoticeChecklist.Item)
      case forbidden(NoticeContent.Item)
    }

    /// The required item; nil for other rows.
    var item: NoticeChecklist.Item? {
      if case .item(let item) = content { item } else { nil }
    }
  }

  /// Makes the view of a duty's contents.
  public init(rule: String) { self.rule = rule }

  /// Whether everything that fills it was read.
  var isRead: Bool { tasks != nil && timeline != nil && organisation != nil }

  /// The first gap, for the cursor; the first row where there is none.
  fileprivate var firstGap: Int {
    table.rows.firstIndex { $0.item.map { $0.state != .filled } ?? false } ?? 0
  }
}

/// What can happen to the view of a duty's contents.
public indirect enum ChecklistEvent: Sendable {
  case opened, closed
  case moved(Motion)
  case tasksAnswered(Result<[IncidentTask], StoreError>)
  case timelineAnswered(Result<[TimelineEntry], StoreError>)
  case organisationAnswered(Result<CurrentOrganisation.Answer, StoreError>)
  case fillPressed, readPressed
  case fillChosen(NoticeContent.Fill)
  case facts(FactsTab.Action)
  case summarySubmitted([String: String])
  case organisationSubmitted([String: String])
  case draftPressed
  case draftSubmitted([String: String])
  case draftWritten(Result<String, ErrandFailure>)
}

extension ObligationsTab {
  static func reduce(
    _ state: inout State,
    _ event: ChecklistEvent,
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    switch event {
    case .opened:
      guard let rule = state.selectedDuty?.obligation.id else { return [] }
      guard context.rules != nil else {
        return [.toast(Toast(.notice, "the rules are still being read"))]
      }
      state.checklist = Checklist(rule: rule)
      return refresh(state)
    case .closed:
      state.checklist = nil
      return []
    case .moved(let motion):
      state.checklist?.table.move(motion, height: height(context.area))
      return []
    case .tasksAnswered(.success(let tasks)): state.checklist?.tasks = tasks
    case .timelineAnswered(.success(let timeline)): state.checklist?.timeline = timeline
    case .organisationAnswered(.success(let answer)): state.checklist?.organisation = answer
    case .tasksAnswered(.failure(let error)), .timelineAnswered(.failure(let error)),
      .organisationAnswered(.failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .draftWritten(.success(let path)):
      return [.toast(Toast(.done, "wrote \(path); it needs counsel before it is sent"))]
    case .draftWritten(.failure(let failure)):
      return [.toast(Toast(.failure, failure.reason))]
    default: return reduce(state, event, incident, context)
    }
    fill(&state, incident, context)
    return []
  }

  /// What alters nothing here.
  private static func reduce(
    _ state: State,
    _ event: ChecklistEvent,
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    guard let checklist = state.checklist else { return [] }
    switch event {
    case .readPressed:
      return [
        .present(.reader(title: "Contents of \(checklist.rule)", lines: lines(checklist)))
      ]
    case .fillPressed:
      guard let item = checklist.table.selectedRow?.item else {
        return [.toast(Toast(.notice, "nothing fills this row; K reads all of them"))]
      }
      return begin(item, state, incident, context)
    case .fillChosen(let fill): return begin(fill, state, incident, context)
    case .facts(let action):
      var tab = FactsTab.State()
      tab.incident = incident
      return FactsTab.reduce(&tab, action, context).map { $0.map { .checklist(.facts($0)) } }
    case .summarySubmitted(let values):
      let edit = IncidentEdit.summary(values["summary"] ?? "")
      return [apply(EditIncident(id: incident.id, basedOn: incident.version, edits: [edit]))]
    case .organisationSubmitted(let values):
      guard let known = checklist.organisation else { return [] }
      var organisation = known.organisation
      organisation.name = values["name"]?.trimmed ?? organisation.name
      organisation.contact = values["contact"]?.trimmed ?? organisation.contact
      organisation.officer = values["officer"]?.trimmed ?? organisation.officer
      return [apply(SetOrganisation(basedOn: known.version, organisation: organisation))]
    case .draftPressed: return [draftForm(checklist, incident)]
    case .draftSubmitted(let values):
      let order = DraftOrder(
        incident: incident.id,
        rule: checklist.rule,
        isHTML: values["format"] == "html",
        path: values["path"]?.trimmed ?? "",
        replaces: values["replace"] == "yes"
      )
      return [.perform(.draft(order) { .checklist(.draftWritten($0)) })]
    default: return []
    }
  }

  /// Reads anew what fills the contents that are looked at.
  static func refresh(_ state: State) -> [Effect<Action>] {
    guard state.checklist != nil, let id = state.incident?.id else { return [] }
    return [
      .ask(IncidentTasks(incident: id), slot: "detail.checklist.tasks") {
        .checklist(.tasksAnswered($0))
      },
      .ask(IncidentTimeline(incident: id), slot: "detail.checklist.timeline") {
        .checklist(.timelineAnswered($0))
      },
      .ask(CurrentOrganisation(), slot: "detail.checklist.organisation") {
        .checklist(.organisationAnswered($0))
      },
    ]
  }

  /// Fills the contents from what was read.
  private static func fill(_ state: inout State, _ incident: Incident, _ context: PaneContext) {
    guard var checklist = state.checklist, checklist.isRead,
      let duty = state.duties.first(where: { $0.obligation.id == checklist.rule }),
      let rules = context.rules
    else { return }
    let sources = NoticeSources(
      incident: incident,
      organisation: checklist.organisation?.organisation ?? Organisation(),
      rule: checklist.rule,
      jurisdiction: duty.obligation.jurisdiction,
      decisions: state.decisions,
      tasks: checklist.tasks ?? [],
      timeline: checklist.timeline ?? []
    )
    let isFirst = checklist.lists.isEmpty
    checklist.lists = (rules.rule(checklist.rule)?.rule.contents ?? [])
      .compactMap { rules.contents[$0] }.map { NoticeChecklist($0, sources) }
    var contents: [Checklist.Row.Content] = []
    for list in checklist.lists {
      if checklist.lists.count > 1 {
        contents.append(.title(list.content.title, citation: list.content.citation))
      }
      contents += list.items.map { .item($0) } + list.content.forbidden.map { .forbidden($0) }
    }
    checklist.table.reload(contents.enumerated().map { .init(id: $0.offset, content: $0.element) })
    if isFirst, checklist.table.total > 0 {
      checklist.table.select(id: checklist.firstGap, at: checklist.firstGap)
    }
    state.checklist = checklist
  }

  private static func draftForm(_ checklist: Checklist, _ incident: Incident) -> Effect<Action> {
    .present(
      .form(
        FormRequest(
          title: "Draft of \(checklist.rule)",
          fields: [
            FormField.choice(
              "format",
              label: "Format",
              value: "markdown",
              options: [("markdown", "Markdown"), ("html", "HTML")]
            ),
            FormField.line(
              "path",
              label: "File",
              value: "\(incident.reference)-\(checklist.rule).md",
              help: "On this host; gaps are marked in it, and it needs counsel",
              isRequired: true
            ),
            FormField.choice(
              "replace",
              label: "Replace it",
              value: "no",
              options: [("no", "no"), ("yes", "yes")],
              help: "Where a file stands there already"
            ),
          ],
          submit: { .checklist(.draftSubmitted($0)) }
        )
      )
    )
  }

  // MARK: Filling

  /// Asks for what an item lacks: at once where it is one thing, else by a menu.
  private static func begin(
    _ item: NoticeChecklist.Item,
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    let fills = item.lacking.isEmpty ? item.required.fills : item.lacking
    let known = fills.filter { $0 != .consequences }
    guard let first = known.first else {
      return [.toast(Toast(.notice, "no fact says this; write it into the draft (w)"))]
    }
    guard known.count > 1 else { return begin(first, state, incident, context) }
    let entries = known.enumerated().map { index, fill in
      MenuRequest<Action>.Entry(
        key: index < 9 ? Character("\(index + 1)") : nil,
        label: fill.words,
        action: .checklist(.fillChosen(fill))
      )
    }
    return [.present(.menu(MenuRequest(title: item.required.text, entries: entries)))]
  }

  /// Opens what fills it: a form over this view, or another tab.
  private static func begin(
    _ fill: NoticeContent.Fill,
    _ state: State,
    _ incident: Incident,
    _ context: PaneContext
  ) -> [Effect<Action>] {
    if let kind = fill.factKind {
      return FactEditing.begin(kind, incident).map { $0.map { .checklist(.facts($0)) } }
    }
    switch fill {
    case .summary:
      return [
        .present(
          .form(
            FormRequest(
              title: "\(incident.markedReference) · Summary",
              fields: [
                FormField.text("summary", label: "Summary", value: incident.facts.summary)
              ],
              draftKey: "incident.\(incident.id).summary",
              submit: { .checklist(.summarySubmitted($0)) }
            )
          )
        )
      ]
    case .measures, .tasks: return [.go(.item(Subject(.task, 0), of: incident.id))]
    case .timeline: return [.go(.item(Subject(.timelineEntry, 0), of: incident.id))]
    case .reasons:
      let duty = state.duties.first { $0.obligation.id == state.checklist?.rule }
      return [decisionForm(duty?.obligation.id ?? "", state, incident, context)]
    case .contact, .officerContact, .organisation:
      let known = state.checklist?.organisation?.organisation ?? Organisation()
      return [
        .present(
          .form(
            FormRequest(
              title: "The organisation in notices",
              fields: [
                FormField.line("name", label: "Name", value: known.name),
                FormField.line(
                  "contact",
                  label: "Contact",
                  value: known.contact,
                  help: "Whom people and authorities ask: name, telephone, address"
                ),
                FormField.line(
                  "officer",
                  label: "Data protection officer",
                  value: known.officer
                ),
              ],
              draftKey: "organisation.notices",
              submit: { .checklist(.organisationSubmitted($0)) }
            )
          )
        )
      ]
    default: return []
    }
  }
}

extension NoticeContent.Fill {
  /// The fact that fills it; nil where something else does.
  fileprivate var factKind: FactKind? {
    switch self {
    case .title: .title
    case .kind: .actions
    case .severity: .severity
    case .occurred: .instant(.occurred)
    case .discovered: .instant(.discovered)
    case .aware: .awareness
    case .determined: .instant(.determined)
    case .contained: .instant(.contained)
    case .affected: .answer(.affected)
    case .categories, .encrypted: .data
    case .assets: .assets
    case .hold: .answer(.known("law_enforcement_hold.active"))
    case .summary, .measures, .tasks, .timeline, .reasons, .contact, .officerContact,
      .organisation, .consequences:
      nil
    }
  }

  /// What it is, in a menu.
  var words: String {
    switch self {
    case .title: "Title of the incident"
    case .summary: "Summary of the incident"
    case .kind: "Kind of incident"
    case .severity: "Severity"
    case .occurred: "When it occurred"
    case .discovered: "When it was discovered"
    case .aware: "The decision on awareness"
    case .determined: "When it was determined"
    case .contained: "When it was contained"
    case .affected: "People affected"
    case .categories: "Kinds of data"
    case .encrypted: "Encryption of the data"
    case .assets: "Systems affected"
    case .measures: "Tasks that are done"
    case .tasks: "Tasks that are open"
    case .consequences: "Likely consequences"
    case .contact: "Contact of the organisation"
    case .officerContact: "Data protection officer"
    case .organisation: "Name of the organisation"
    case .hold: "Delay asked for by law enforcement"
    case .reasons: "Reasons of a decision"
    case .timeline: "Timeline"
    }
  }
}
