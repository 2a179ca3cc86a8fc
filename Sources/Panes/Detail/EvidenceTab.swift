public import Drawing
public import Model

/// The tab of an incident's evidence, with its chain of custody.
public enum EvidenceTab: Pane {
  /// What it shows.
  public struct State: Sendable {
    /// The incident; nil until it was read.
    public var incident: Incident?
    /// The evidence, oldest first.
    public var table = VirtualTable<Evidence>()
    /// Why the evidence could not be read.
    public var problem: String?

    /// Makes the empty tab.
    public init() {}
  }

  /// What can happen to it.
  public enum Action: Sendable {
    case shown(Incident)
    case answered(Result<[Evidence], StoreError>)
    case moved(Motion)
    case createPressed, editPressed, removePressed, verifyPressed, custodyPressed, readPressed
    case pathSubmitted([String: String])
    case digested([String: String], Result<FileFacts, ErrandFailure>)
    case verified(Evidence, Result<FileFacts, ErrandFailure>)
    case edited(Evidence, [String: String])
    case custodySubmitted(Evidence, [String: String])
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown(let incident):
      if state.incident?.id != incident.id { state.table = VirtualTable() }
      state.incident = incident
      return [
        .ask(IncidentEvidence(incident: incident.id), slot: "detail.evidence") { .answered($0) }
      ]
    case .answered(.success(let evidence)):
      state.problem = nil
      state.table.reload(evidence)
      return []
    case .answered(.failure(let error)):
      state.problem = error.description
      return []
    case .moved(let motion):
      state.table.move(motion, height: max(0, context.area.rows - 1))
      return []
    case .createPressed: return [.present(.form(addForm(state)))]
    case .pathSubmitted(let values):
      let copy = values["copy"] == "yes"
      return [
        .perform(
          .digest(path: values["path"] ?? "", copy: copy) { .digested(values, $0) }
        )
      ]
    case .digested(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .digested(let values, .success(let file)): return add(values, file, state)
    case .verifyPressed:
      return state.table.selectedRow.map { piece in
        [.perform(.verify(piece) { .verified(piece, $0) })]
      } ?? []
    case .verified(let piece, let result): return record(piece, result)
    case .editPressed: return state.table.selectedRow.map { [.present(.form(editForm($0)))] } ?? []
    case .edited(let piece, let values):
      let change = EditEvidence(
        id: piece.id,
        basedOn: piece.version,
        title: values["title"] ?? "",
        note: values["note"] ?? ""
      )
      return [.apply([change]) { .changed($0) }]
    case .custodyPressed:
      return state.table.selectedRow.map { [.present(.form(custodyForm($0)))] } ?? []
    case .custodySubmitted(let piece, let values):
      let kind = values["kind"].flatMap(CustodyKind.init(rawValue:)) ?? .accessed
      let change = RecordCustody(
        id: piece.id,
        basedOn: piece.version,
        kind: kind,
        note: values["note"] ?? ""
      )
      return [.apply([change]) { .changed($0) }]
    case .removePressed:
      guard let piece = state.table.selectedRow else { return [] }
      return [.apply([RemoveEvidence(id: piece.id, basedOn: piece.version)]) { .changed($0) }]
    case .readPressed: return state.table.selectedRow.map { [.present(reader($0))] } ?? []
    case .changed(.success): return [.toast(Toast(.done, "saved"))]
    case .changed(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func add(_ values: [String: String], _ file: FileFacts, _ state: State)
    -> [Effect<Action>]
  {
    guard let incident = state.incident else { return [] }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let title = values["title"] ?? ""
    let facts = EvidenceFacts(
      title: title.isEmpty ? name : title,
      path: file.path,
      sha256: file.sha256,
      size: file.size,
      isCopied: values["copy"] == "yes",
      note: values["note"] ?? ""
    )
    return [.apply([AddEvidence(incident: incident.id, facts: facts)]) { .changed($0) }]
  }

  /// Writes what a verification found into the chain of custody, whatever it is.
  private static func record(_ piece: Evidence, _ result: Result<FileFacts, ErrandFailure>)
    -> [Effect<Action>]
  {
    let (kind, note): (CustodyKind, String) =
      switch result {
      case .success(let file) where file.sha256 == piece.facts.sha256:
        (.verified, "SHA-256 is the same")
      case .success(let file): (.altered, "SHA-256 is now \(file.sha256)")
      case .failure(let failure): (.missing, failure.reason)
      }
    let change = RecordCustody(id: piece.id, basedOn: piece.version, kind: kind, note: note)
    let toast =
      kind == .verified
      ? Toast(.done, "the file is unaltered")
      : Toast(.failure, "the file is \(kind.label): \(note)")
    return [.apply([change]) { .changed($0) }, .toast(toast)]
  }

  // MARK: Forms

  private static func addForm(_ state: State) -> FormRequest<Action> {
    FormRequest(
      title: "\(state.incident?.reference ?? "") · New evidence",
      fields: [
        FormField.line("path", label: "File", help: "The path on this host", isRequired: true),
        FormField.line("title", label: "What it is", help: "Empty takes the file's name"),
        FormField.text("note", label: "How it was taken"),
        FormField.choice(
          "copy",
          label: "Keep a copy",
          value: "no",
          options: [("no", "no"), ("yes", "yes")],
          help: "A copy goes into the store's own folder, named by its hash"
        ),
      ],
      draftKey: state.incident.map { "evidence.new.\($0.id)" },
      submit: { .pathSubmitted($0) }
    )
  }

  private static func editForm(_ piece: Evidence) -> FormRequest<Action> {
    FormRequest(
      title: "Evidence",
      fields: [
        FormField.line(
          "title",
          label: "What it is",
          value: piece.facts.title,
          isRequired: true
        ),
        FormField.text("note", label: "Note", value: piece.facts.note),
      ],
      draftKey: "evidence.\(piece.id)",
      submit: { .edited(piece, $0) }
    )
  }

  private static func custodyForm(_ piece: Evidence) -> FormRequest<Action> {
    FormRequest(
      title: "Chain of custody",
      fields: [
        FormField.choice(
          "kind",
          label: "What happened",
          value: CustodyKind.accessed.rawValue,
          options: CustodyKind.allCases.map { ($0.rawValue, $0.label) }
        ),
        FormField.text("note", label: "To whom, why, how"),
      ],
      submit: { .custodySubmitted(piece, $0) }
    )
  }

  private static func reader(_ piece: Evidence) -> Overlay<Action> {
    .reader(
      title: "Evidence \(piece.id)",
      lines: [
        Line(Untrusted(piece.facts.title), .textStrong),
        Line([Span("file     ", .textMuted), Span(Untrusted(piece.facts.path))]),
        Line([Span("SHA-256  ", .textMuted), Span(piece.facts.sha256)]),
        Line([Span("size     ", .textMuted), Span("\(Look.count(piece.facts.size)) bytes")]),
        Line([
          Span("copy     ", .textMuted),
          Span(piece.facts.isCopied ? "kept in the store's folder" : "none"),
        ]),
        Line([Span("note     ", .textMuted), Span(Untrusted(piece.facts.note))]), Line(""),
        Line("Chain of custody", .heading),
      ]
        + piece.custody.map { entry in
          Line([
            Span("\(Look.minute(entry.at)) UTC  "), Span(entry.kind.label, .textStrong),
            Span(" by "), Span(Untrusted(entry.by)), Span("  "), Span(Untrusted(entry.note)),
          ])
        }
    )
  }

  // MARK: Drawing

  static let columns: [TableColumn<Evidence>] = [
    TableColumn("title", title: "Evidence", width: .flexible(minimum: 12, weight: 3), priority: 8) {
      Line(Untrusted($0.facts.title))
    },
    TableColumn("size", title: "Bytes", width: .fixed(13), alignment: .right, priority: 4) {
      Line(Look.count($0.facts.size), .textMuted)
    },
    TableColumn("hash", title: "SHA-256", width: .fixed(14), priority: 5) {
      Line("\($0.facts.sha256.prefix(12))…", .textMuted)
    },
    TableColumn("custody", title: "Last", width: .fixed(26), priority: 7) { piece in
      guard let last = piece.custody.last else { return Line("") }
      let role: Role = last.kind == .altered || last.kind == .missing ? .danger : .text
      return Line([Span(last.kind.label, role), Span(" \(Look.minute(last.at))", .textMuted)])
    },
  ]

  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    ItemList.draw(
      state.table,
      columns: columns,
      problem: state.problem,
      empty: "No evidence yet; c adds a file.",
      isFocused: context.isFocused,
      on: &canvas,
      in: rect
    )
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "evidence.read",
        keys: [.enter],
        label: "read",
        help: "Read all about it, with its chain of custody",
        section: .find,
        hint: 1,
        availability: hasPiece,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "evidence.create",
        keys: [.character("c")],
        label: "create",
        help: "Add a file as evidence; it is hashed in a stream",
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "evidence.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Correct title or note; hash and size never change",
        section: .change,
        availability: hasPiece,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "evidence.verify",
        label: "verify",
        help: "Hash the file again and compare",
        section: .change,
        hint: 3,
        menuKey: "v",
        availability: hasPiece,
        action: { _ in .verifyPressed }
      ),
      ActionRow(
        "evidence.custody",
        label: "custody …",
        help: "Write a line into the chain of custody",
        section: .change,
        menuKey: "k",
        availability: hasPiece,
        action: { _ in .custodyPressed }
      ),
      ActionRow(
        "evidence.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take it off the list; u takes it back",
        section: .change,
        menuKey: "r",
        availability: hasPiece,
        action: { _ in .removePressed }
      ),
    ]

  private static let hasPiece: @Sendable (State) -> Availability = {
    .when($0.table.selectedRow != nil, otherwise: "there is no evidence under the cursor")
  }
}
