internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin report filing`.
struct ReportFiling: HeadlessCommand {
  static let origin = "report filing"
  static let configuration = CommandConfiguration(
    commandName: "filing",
    abstract: "Write the draft of a notice: what the record fills, and what is missing.",
    discussion: """
      Markdown to standard output, unless --html or --output say otherwise. Gaps are marked \
      [missing: ...] and never filled with made-up words; the draft needs counsel before it is sent. \
      With --checklist only what must be said, what is there and what is missing is printed; exit \
      status 2 where something is missing.
      """
  )

  @Argument(help: "The incident, such as INC-2026-0042.")
  var reference: String

  @Option(help: ArgumentHelp("The duty, such as EU-GDPR-33-SA.", valueName: "id"))
  var obligation: String

  @Flag(help: "A self-contained HTML page instead of Markdown.")
  var html = false

  @Flag(help: "Only what the notice must say, and how far the record fills it.")
  var checklist = false

  @Option(help: "Write it into this file.", completion: .file())
  var output: String?

  @Flag(help: "Replace the file where it is there already.")
  var force = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if checklist, html || output != nil {
      throw ValidationError("--checklist goes without --html and --output.")
    }
    if format.json, !checklist { throw ValidationError("--json goes with --checklist.") }
    if force, output == nil { throw ValidationError("--force goes with --output.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let book = try session.rulebook(rulebook)
    let draft = try await draft(book, session)
    if checklist {
      try tell(draft, session)
      return draft.checklists.allSatisfy(\.isReady) ? .done : .found
    }
    let text = html ? draft.html : draft.markdown
    guard let output else {
      try session.out.document(text)
      return .done
    }
    try OutputFile.write(Array(text.utf8), to: output, force: force)
    session.out.note("wrote \(output)")
    return .done
  }

  private func draft(_ book: Rulebook, _ session: Session) async throws -> FilingDraft {
    let id = obligation.uppercased()
    guard book.pack.rule(id) != nil else {
      throw Refusal("there is no rule \(obligation)", advice: "what there is: tocsin rules list")
    }
    let store = try session.open()
    let incident = try await session.incident(reference, in: store)
    do {
      let found = try await session.keeper(store, book).draft(of: id, for: incident.id)
      for fact in found.unusable { session.out.note("not used: \(String(describing: fact))") }
      return found.draft
    } catch let fault as UndraftedNotice {
      throw Refusal(
        "\(fault)",
        advice: "what is owed: tocsin obligations \(incident.reference)"
      )
    }
  }

  // MARK: Checklist

  private func tell(_ draft: FilingDraft, _ session: Session) throws {
    guard !format.json else {
      try session.out.json(.array(draft.checklists.map(Self.json)))
      return
    }
    if draft.isDrill { try session.out.line("\(FilingDraft.drillMark)") }
    if draft.checklists.isEmpty {
      session.out.note("the rulebook lists no required contents for this notice")
    }
    for list in draft.checklists {
      try session.out.line(
        """
        \(list.content.title) (\(list.content.citation)): \(list.count(.filled)) of \
        \(list.items.count) ready
        """
      )
      for item in list.items {
        try session.out.line(
          "  \(item.state.word)  \(item.required.text) (\(item.citation))"
        )
        for entry in item.entries {
          let text = entry.lines.joined(separator: ", ")
          try session.out.line(
            entry.label.isEmpty ? "             \(text)" : "             \(entry.label): \(text)"
          )
        }
        for missing in item.missing { try session.out.line("             missing: \(missing)") }
      }
      for item in list.content.forbidden {
        try session.out.line("  x never    \(item.text)")
      }
    }
  }

  private static func json(_ list: NoticeChecklist) -> JSON {
    .members([
      "content": .string(list.content.id), "title": .string(list.content.title),
      "citation": .string(list.content.citation), "source": .string(list.content.source),
      "ready": .count(list.count(.filled)), "required": .count(list.items.count),
      "items": .array(
        list.items.map { item in
          .members([
            "id": .string(item.required.id), "text": .string(item.required.text),
            "citation": .string(item.citation), "state": .string(item.state.rawValue),
            "filled_by": .array(
              item.entries.map {
                .members(["label": .string($0.label), "lines": .texts($0.lines)])
              }
            ), "missing": .texts(item.missing),
            "facts": .texts(item.required.fills.map(\.rawValue)),
          ])
        }
      ),
      "forbidden": .array(
        list.content.forbidden.map {
          .members([
            "id": .string($0.id), "text": .string($0.text), "citation": .string($0.citation),
          ])
        }
      ),
    ])
  }
}

extension NoticeChecklist.State {
  /// How far an item is filled, by sign and word of one width.
  fileprivate var word: Words {
    switch self {
    case .filled: "+ ready  "
    case .partly: "~ in part"
    case .open: "! missing"
    }
  }
}
