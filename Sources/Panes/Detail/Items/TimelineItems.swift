public import Drawing
public import Model

/// The tab of an incident's timeline: when it happened, and when it was recorded.
public typealias TimelineTab = ItemTab<TimelineItems>

/// An incident's timeline: pinned entries first, then by when they happened.
public enum TimelineItems: ItemKind {
  /// What can happen to an entry beyond editing in a form.
  public enum Event: Sendable {
    case pinPressed, summaryPressed, editorPressed
    case editorReturned(TimelineEntry, Result<String?, ErrandFailure>)
  }

  /// A timeline entry.
  public static let subject = Subject.Kind.timelineEntry
  /// What is said where there are none.
  public static let empty = "Nothing on the timeline yet; c writes an entry."
  /// The question for an incident's timeline.
  public static func question(_ incident: RecordID) -> IncidentTimeline {
    IncidentTimeline(incident: incident)
  }

  /// The form for an entry.
  public static func form(_ entry: TimelineEntry?, of incident: Incident) -> ItemForm {
    let facts = entry?.facts
    return ItemForm(
      title: entry.map { "Note \($0.id)" } ?? "New entry",
      fields: [
        FormField.text("text", label: "What happened", value: facts?.text ?? "", isRequired: true),
        FormField.line(
          "time",
          label: "When",
          value: entry == nil ? "now" : facts?.happened?.text ?? "",
          help: "now, 14:30, -3h, 2026-05-18 14:30 +02:00, March 2025; empty for not known"
        ),
        FormField.line(
          "source",
          label: "Source",
          value: facts?.source ?? "",
          help: "Who or what says so"
        ),
      ]
    )
  }

  /// Adds or edits an entry.
  public static func submitted(
    _ values: [String: String],
    _ entry: TimelineEntry?,
    _ scene: ItemScene
  ) throws -> [ItemEffect<TimelineItems>] {
    let when = values["time"] ?? ""
    var facts =
      entry?.facts ?? TimelineFacts(happened: nil, text: "", source: scene.context.actor.name)
    facts.happened = when.isEmpty ? nil : try StatedTime(reading: when, scene.context.reading)
    facts.text = values["text"] ?? ""
    facts.source = values["source"] ?? ""
    if let entry { return [alter(entry, facts)] }
    return [TimelineTab.apply(AddTimelineEntry(incident: scene.incident.id, facts: facts))]
  }

  private static func alter(_ entry: TimelineEntry, _ facts: TimelineFacts)
    -> ItemEffect<TimelineItems>
  {
    TimelineTab.apply(EditTimelineEntry(id: entry.id, basedOn: entry.version, facts: facts))
  }

  /// Takes an entry off the timeline.
  public static func removal(of entry: TimelineEntry) -> any Change {
    RemoveTimelineEntry(id: entry.id, basedOn: entry.version)
  }

  /// Pins an entry, puts it into the summary, or has its text edited in the editor.
  public static func reduce(_ event: Event, _ selected: TimelineEntry?, _ scene: ItemScene)
    -> [ItemEffect<TimelineItems>]
  {
    switch event {
    case .editorReturned(let entry, .success(let text?)):
      var facts = entry.facts
      facts.text = text
      return [alter(entry, facts)]
    case .editorReturned(_, .success(nil)): return [.toast(Toast(.notice, "nothing was altered"))]
    case .editorReturned(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .editorPressed:
      guard let entry = selected else { return [] }
      return [
        .perform(
          .edit(text: entry.facts.text, name: "timeline-\(entry.id).txt") {
            .own(.editorReturned(entry, $0))
          }
        )
      ]
    case .pinPressed, .summaryPressed:
      guard let entry = selected else { return [] }
      var facts = entry.facts
      if case .pinPressed = event { facts.isPinned.toggle() } else { facts.isInSummary.toggle() }
      return [alter(entry, facts)]
    }
  }

  /// The entry with both of its times.
  public static func reader(_ entry: TimelineEntry) -> ItemText? {
    ItemText(
      title: "Note \(entry.id)",
      lines: [
        Line([Span("happened  ", .textMuted), Look.time(entry.facts.happened)]),
        Line([
          Span("recorded  ", .textMuted), Span("\(Look.minute(entry.recordedAt)) UTC by "),
          Span(Untrusted(entry.recordedBy)),
        ]),
        Line([Span("source    ", .textMuted), Span(Untrusted(entry.facts.source))]),
      ] + flags(entry) + [Line("")]
        + entry.facts.text.split(separator: "\n", omittingEmptySubsequences: false).map {
          Line(Untrusted(String($0)))
        }
    )
  }

  /// What the signs before the entry mean, where it has any.
  private static func flags(_ entry: TimelineEntry) -> [Line] {
    let words = [
      entry.facts.isPinned ? "^ pinned to the top" : nil,
      entry.facts.isInSummary ? "S in the summary for executives" : nil,
    ].compactMap(\.self)
    return words.isEmpty
      ? [] : [Line([Span("marked    ", .textMuted), Span(words.joined(separator: ", "), .key)])]
  }

  /// Flags, both times, text and source.
  public static func columns(_ context: PaneContext) -> [TableColumn<TimelineEntry>] { table }

  private static let table: [TableColumn<TimelineEntry>] = [
    TableColumn("flags", title: "", width: .fixed(2), priority: 6) {
      Line(($0.facts.isPinned ? "^" : " ") + ($0.facts.isInSummary ? "S" : " "), .key)
    },
    TableColumn("happened", title: "Happened", width: .fixed(20), priority: 7) {
      Line([Look.brief($0.facts.happened)])
    },
    TableColumn("text", title: "What", width: .flexible(minimum: 16, weight: 4), priority: 8) {
      Line(Untrusted(firstLine($0.facts.text)))
    },
    TableColumn("source", title: "Source", width: .flexible(minimum: 24, weight: 1), priority: 3) {
      Line(Untrusted($0.facts.source), .textMuted)
    },
    TableColumn("recorded", title: "Recorded UTC", width: .fixed(16), priority: 4) {
      Line(Look.minute($0.recordedAt), .textMuted)
    },
  ]

  private static let none = "there is no entry under the cursor"

  /// Its rows in the table of actions.
  public static let rows: [ItemRow<TimelineItems>] = TimelineTab.rows(
    ItemWords(
      id: "timeline",
      item: "the entry",
      none: none,
      read: "Read the whole entry",
      create: "Write an entry on the timeline",
      edit: "Edit the entry",
      remove: "Take the entry off the timeline; u takes it back"
    ),
    own: [
      ActionRow(
        "timeline.editor",
        keys: [.character("E")],
        label: "edit in $EDITOR",
        help: "Edit the entry's text in $EDITOR",
        section: .change,
        availability: TimelineTab.has(none),
        action: { _ in .own(.editorPressed) }
      ),
      ActionRow(
        "timeline.pin",
        label: "pin",
        help: "Keep the entry at the top, or let it go",
        section: .change,
        menuKey: "p",
        availability: TimelineTab.has(none),
        action: { _ in .own(.pinPressed) }
      ),
      ActionRow(
        "timeline.summary",
        label: "in summary",
        help: "Put the entry into the summary, or take it out",
        section: .change,
        menuKey: "m",
        availability: TimelineTab.has(none),
        action: { _ in .own(.summaryPressed) }
      ),
    ]
  )
}
