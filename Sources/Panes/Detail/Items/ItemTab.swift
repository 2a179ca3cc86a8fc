public import Drawing
public import Model

/// What a tab needs to know of one kind of record that hangs from an incident.
///
/// ``ItemTab`` makes a whole tab of it: reading, cursor, forms with drafts, adding, editing,
/// removing, links, and their rows in the table of actions. A further tab is a further conformance.
public protocol ItemKind: Sendable {
  /// One record of the kind.
  associatedtype Item: Identifiable, Equatable, Sendable where Item.ID == RecordID
  /// What can happen to an item beyond what happens in every tab.
  associatedtype Event: Sendable = Never
  /// Asks for an incident's items.
  associatedtype Asked: Question where Asked.Answer == [Item]

  /// The kind of record, as journal and links name it.
  static var subject: Subject.Kind { get }
  /// What is said where there are none, with the key that adds one.
  static var empty: String { get }
  /// What is said where a change was saved.
  static var saved: String { get }
  /// The question for an incident's items, in the order of the tab.
  static func question(_ incident: RecordID) -> Asked
  /// The form for an item, or for a new one.
  static func form(_ item: Item?, of incident: Incident) -> ItemForm
  /// What becomes of the form's values; throws what is wrong with them, in words.
  static func submitted(_ values: [String: String], _ item: Item?, _ scene: ItemScene) throws
    -> [ItemEffect<Self>]
  /// The change that takes an item off the list.
  static func removal(of item: Item) -> any Change
  /// The item in full, to read; nil where the table shows all there is.
  static func reader(_ item: Item) -> ItemText?
  /// What follows from an event of the kind's own.
  static func reduce(_ event: Event, _ selected: Item?, _ scene: ItemScene) -> [ItemEffect<Self>]
  /// The columns of the table.
  static func columns(_ context: PaneContext) -> [TableColumn<Item>]
  /// The tab's rows in the table of actions; made once, by ``ItemTab/rows(_:own:)``.
  static var rows: [ItemRow<Self>] { get }
}

extension ItemKind {
  /// Says that it was saved and how it is taken back.
  public static var saved: String { "saved · u undoes" }
  /// The table shows all there is.
  public static func reader(_ item: Item) -> ItemText? { nil }
}

extension ItemKind where Event == Never {
  /// Nothing happens to the items beyond what happens in every tab.
  public static func reduce(_ event: Never, _ selected: Item?, _ scene: ItemScene)
    -> [ItemEffect<Self>]
  {}
}

/// An effect of a tab of items.
public typealias ItemEffect<Kind: ItemKind> = Effect<ItemTab<Kind>.Action>
/// A row of such a tab in the table of actions.
public typealias ItemRow<Kind: ItemKind> = ActionRow<ItemTab<Kind>.State, ItemTab<Kind>.Action>

/// The incident whose items are shown, and the world around the tab.
public struct ItemScene: Sendable {
  /// The incident.
  public let incident: Incident
  /// What the tab may know of the world.
  public let context: PaneContext
}

/// A form for an item.
public struct ItemForm: Sendable {
  /// What stands after the incident's reference in its title.
  public var title: String
  /// The fields, with their present values.
  public var fields: [FormField]
}

/// An item in full.
public struct ItemText: Sendable {
  /// What stands above it.
  public var title: String
  /// The text.
  public var lines: [Line]
}

/// A tab of an incident that lists one kind of record: the shape that all such tabs share.
public enum ItemTab<Kind: ItemKind>: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// The items, in the order of the question.
    public var table = VirtualTable<Kind.Item>()
    /// The links of the incident and of what hangs from it.
    public var links: [IncidentLinks.Row] = []
    /// The item to go to when the items have been read.
    public var wanted: RecordID?
    /// Why the items could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}

    /// The record under the cursor.
    var subject: Subject? { table.selectedRow.map { Subject(Kind.subject, $0.id) } }
    /// The links of the item under the cursor.
    var selectedLinks: [IncidentLinks.Row] {
      guard let subject else { return [] }
      return links.filter { $0.link.from == subject || $0.link.to == subject }
    }
  }

  /// What can happen to it.
  public enum Action: CursorAction {
    case shown(Incident)
    case answered(Result<[Kind.Item], StoreError>)
    case linksAnswered(Result<[IncidentLinks.Row], StoreError>)
    case itemWanted(RecordID)
    case moved(Motion)
    case createPressed, editPressed, removePressed, readPressed
    case submitted(Kind.Item?, [String: String])
    case link(LinkEvent)
    case own(Kind.Event)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let incident):
      if state.incident?.id != incident.id { (state.table, state.links) = (VirtualTable(), []) }
      state.incident = incident
      let id = incident.id
      return [
        .ask(Kind.question(id), slot: "detail.\(Kind.subject.rawValue)") { .answered($0) },
        .ask(IncidentLinks(incident: id), slot: "detail.links") { .linksAnswered($0) },
      ]
    case .answered(.success(let items)):
      state.problem = nil
      state.table.reload(items)
      select(&state)
      guard state.wanted != nil else { return [] }
      state.wanted = nil
      return [.toast(Toast(.notice, "what was linked is not on this list any more"))]
    case .linksAnswered(.success(let links)):
      state.links = links
      return []
    case .answered(.failure(let error)), .linksAnswered(.failure(let error)):
      state.problem = error.description
      return []
    case .itemWanted(let id):
      state.wanted = id
      select(&state)
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(0, context.area.rows - 1))
      return []
    case .changed(.success): return [.toast(Toast(.done, Kind.saved))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    case .createPressed, .editPressed, .removePressed, .readPressed, .submitted, .link, .own:
      guard let incident = state.incident else { return [] }
      return reduce(state, action, ItemScene(incident: incident, context: context))
    }
  }

  /// What needs the incident, and alters nothing here: it goes into the record.
  private static func reduce(_ state: State, _ action: Action, _ scene: ItemScene)
    -> [Effect<Action>]
  {
    let item = state.table.selectedRow
    switch action {
    case .createPressed: return [present(nil, scene.incident)]
    case .editPressed: return item.map { [present($0, scene.incident)] } ?? []
    case .submitted(let item, let values):
      do {
        return try Kind.submitted(values, item, scene)
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .removePressed: return item.map { [apply(Kind.removal(of: $0))] } ?? []
    case .readPressed:
      guard let item, var text = Kind.reader(item) else { return [] }
      let links = state.selectedLinks
      if !links.isEmpty, let subject = state.subject {
        text.lines += [Line(""), Line("Links", .heading)]
        text.lines += links.map { Line(RecordLinks.words($0, seenFrom: subject)) }
      }
      return [.present(.reader(title: text.title, lines: text.lines))]
    case .link(let event):
      guard let subject = state.subject else { return [] }
      let owner = RecordLinks.Owner(
        subject: subject,
        incident: scene.incident,
        links: state.selectedLinks
      )
      return RecordLinks.reduce(event, owner, wrap: Action.link) { .changed($0) }
    case .own(let event): return Kind.reduce(event, item, scene)
    default: return []
    }
  }

  /// Brings a change into the record.
  static func apply(_ change: any Change) -> Effect<Action> { .apply([change]) { .changed($0) } }

  private static func present(_ item: Kind.Item?, _ incident: Incident) -> Effect<Action> {
    let form = Kind.form(item, of: incident)
    let kind = Kind.subject.rawValue
    return .present(
      .form(
        FormRequest(
          title: "\(incident.markedReference) · \(form.title)",
          fields: form.fields,
          draftKey: item.map { "\(kind).\($0.id)" } ?? "\(kind).new.\(incident.id)",
          submit: { .submitted(item, $0) }
        )
      )
    )
  }

  /// Puts the cursor on the item that was wanted, once it is there.
  private static func select(_ state: inout State) {
    guard let wanted = state.wanted,
      let index = state.table.rows.firstIndex(where: { $0.id == wanted })
    else { return }
    state.table.select(id: wanted, at: index)
    state.wanted = nil
  }

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    ItemList.draw(
      state.table,
      columns: Kind.columns(context) + linkColumn(state),
      problem: state.problem,
      empty: Kind.empty,
      isFocused: context.isFocused,
      on: &canvas,
      in: rect
    )
  }

  /// How many links an item has; the column is there only where one of them has any.
  private static func linkColumn(_ state: State) -> [TableColumn<Kind.Item>] {
    var counts: [RecordID: Int] = [:]
    for row in state.links {
      for end in Set([row.link.from, row.link.to]) where end.kind == Kind.subject {
        counts[end.id, default: 0] += 1
      }
    }
    guard state.table.rows.contains(where: { counts[$0.id] != nil }) else { return [] }
    return [
      TableColumn("links", title: "Links", width: .fixed(5), alignment: .right, priority: 2) {
        [counts] in counts[$0.id].map { Line("\($0)", .key) } ?? Line("")
      }
    ]
  }

  /// Its rows in the table of actions.
  public static var actions: [ActionRow<State, Action>] { Kind.rows }
}
