public import Drawing
public import Model

/// The tab of an incident's evidence, with its chain of custody.
public typealias EvidenceTab = ItemTab<EvidenceItems>

/// An incident's evidence, oldest first.
public enum EvidenceItems: ItemKind {
  /// What can happen to a piece beyond adding and correcting it.
  public enum Event: Sendable {
    case digested([String: String], Result<FileFacts, ErrandFailure>)
    case verifyPressed, custodyPressed
    case verified(Evidence, Result<FileFacts, ErrandFailure>)
    case custodySubmitted(Evidence, [String: String])
  }

  /// A piece of evidence.
  public static let subject = Subject.Kind.evidence
  /// What is said where there is none.
  public static let empty = "No evidence yet; c adds a file."
  /// What is said where a change was saved: a line of custody cannot be taken back.
  public static let saved = "saved"
  /// The question for an incident's evidence.
  public static func question(_ incident: RecordID) -> IncidentEvidence {
    IncidentEvidence(incident: incident)
  }

  /// The form for a new piece, or for what may be corrected of one.
  public static func form(_ piece: Evidence?, of incident: Incident) -> ItemForm {
    guard let piece else {
      return ItemForm(
        title: "New evidence",
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
        ]
      )
    }
    return ItemForm(
      title: "Evidence \(piece.id)",
      fields: [
        FormField.line("title", label: "What it is", value: piece.facts.title, isRequired: true),
        FormField.text("note", label: "Note", value: piece.facts.note),
      ]
    )
  }

  /// Corrects a piece, or has a new one's file hashed first.
  public static func submitted(
    _ values: [String: String],
    _ piece: Evidence?,
    _ scene: ItemScene
  ) -> [ItemEffect<EvidenceItems>] {
    guard let piece else {
      return [
        .perform(
          .digest(path: values["path"] ?? "", copy: values["copy"] == "yes") {
            .own(.digested(values, $0))
          }
        )
      ]
    }
    return [
      EvidenceTab.apply(
        EditEvidence(
          id: piece.id,
          basedOn: piece.version,
          title: values["title"] ?? "",
          note: values["note"] ?? ""
        )
      )
    ]
  }

  /// Takes a piece off the list.
  public static func removal(of piece: Evidence) -> any Change {
    RemoveEvidence(id: piece.id, basedOn: piece.version)
  }

  /// Adds what was hashed, hashes again, or writes into the chain of custody.
  public static func reduce(_ event: Event, _ selected: Evidence?, _ scene: ItemScene)
    -> [ItemEffect<EvidenceItems>]
  {
    switch event {
    case .digested(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .digested(let values, .success(let file)): return [add(values, file, scene.incident)]
    case .verifyPressed:
      guard let piece = selected else { return [] }
      return [.perform(.verify(piece) { .own(.verified(piece, $0)) })]
    case .verified(let piece, let result): return record(piece, result)
    case .custodyPressed:
      guard let piece = selected else { return [] }
      return [.present(.form(custodyForm(piece)))]
    case .custodySubmitted(let piece, let values):
      let kind = values["kind"].flatMap(CustodyKind.init(rawValue:)) ?? .accessed
      return [custody(piece, kind, values["note"] ?? "")]
    }
  }

  private static func add(_ values: [String: String], _ file: FileFacts, _ incident: Incident)
    -> ItemEffect<EvidenceItems>
  {
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
    return EvidenceTab.apply(AddEvidence(incident: incident.id, facts: facts))
  }

  /// Writes what a verification found into the chain of custody, whatever it is.
  private static func record(_ piece: Evidence, _ result: Result<FileFacts, ErrandFailure>)
    -> [ItemEffect<EvidenceItems>]
  {
    let (kind, note): (CustodyKind, String) =
      switch result {
      case .success(let file) where file.sha256 == piece.facts.sha256:
        (.verified, "SHA-256 is the same")
      case .success(let file): (.altered, "SHA-256 is now \(file.sha256)")
      case .failure(let failure): (.missing, failure.reason)
      }
    let toast =
      kind == .verified
      ? Toast(.done, "the file is unaltered")
      : Toast(.failure, "the file is \(kind.label): \(note)")
    return [custody(piece, kind, note), .toast(toast)]
  }

  private static func custody(_ piece: Evidence, _ kind: CustodyKind, _ note: String)
    -> ItemEffect<EvidenceItems>
  {
    EvidenceTab.apply(
      RecordCustody(id: piece.id, basedOn: piece.version, kind: kind, note: note)
    )
  }

  private static func custodyForm(_ piece: Evidence) -> FormRequest<EvidenceTab.Action> {
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
      submit: { .own(.custodySubmitted(piece, $0)) }
    )
  }

  /// The piece with its hash and its chain of custody.
  public static func reader(_ piece: Evidence) -> ItemText? {
    ItemText(
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

  /// Title, size, hash and the last line of the chain of custody.
  public static func columns(_ context: PaneContext) -> [TableColumn<Evidence>] { table }

  private static let table: [TableColumn<Evidence>] = [
    TableColumn("title", title: "Evidence", width: .flexible(minimum: 30, weight: 3), priority: 8) {
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

  private static let none = "there is no evidence under the cursor"

  /// Its rows in the table of actions.
  public static let rows: [ItemRow<EvidenceItems>] = EvidenceTab.rows(
    ItemWords(
      id: "evidence",
      item: "the evidence",
      none: none,
      read: "Read all about it, with its chain of custody",
      create: "Add a file as evidence; it is hashed in a stream",
      edit: "Correct title or note; hash and size never change",
      remove: "Take it off the list; u takes it back"
    ),
    own: [
      ActionRow(
        "evidence.verify",
        label: "verify",
        help: "Hash the file again and compare",
        section: .change,
        hint: 4,
        menuKey: "v",
        availability: EvidenceTab.has(none),
        action: { _ in .own(.verifyPressed) }
      ),
      ActionRow(
        "evidence.custody",
        label: "custody …",
        help: "Write a line into the chain of custody",
        section: .change,
        menuKey: "k",
        availability: EvidenceTab.has(none),
        action: { _ in .own(.custodyPressed) }
      ),
    ]
  )
}
