internal import Drawing
internal import Panes

/// The keys of the dashboard, as the manual lists them: out of the same tables as the help page.
public enum ManualKeys {
  /// An action with its keys.
  public struct Row: Hashable, Sendable {
    /// The part of the program that it belongs to.
    public let place: String
    /// Its keys, the usual one first.
    public let keys: [String]
    /// A sentence that says what it does.
    public let help: String
  }

  /// All actions that have a key, place by place; in a place each key is listed once.
  public static var all: [Row] {
    rows("Everywhere", RootTable.program)
      + rows("Overview", OverviewPane.actions)
      + rows("Incidents", IncidentsPane.actions)
      + rows("An incident", IncidentDetailPane.actions)
      + rows("An incident: facts", FactsTab.actions)
      + rows("An incident: duties", ObligationsTab.actions)
      + rows("An incident: timeline", TimelineItems.rows)
      + rows("An incident: tasks", TaskItems.rows)
      + rows("An incident: people and data", PeopleTab.actions)
      + rows("An incident: evidence", EvidenceItems.rows)
      + rows("Clocks", ClocksPane.actions)
      + rows("Audits", AuditsPane.actions + AuditsPane.tabs)
      + rows("An audit", AuditPane.actions)
      + rows("An audit: items", AuditItemsTab.actions)
      + rows("An audit: answering", AuditItemsTab.answers)
      + rows("An audit: heatmap", HeatmapTab.actions)
      + rows("An audit: differences", DifferencesTab.actions)
      + rows("An audit: sign-off", SignOffTab.actions)
      + rows("Findings", FindingsTab.actions)
      + rows("Frameworks", FrameworksTab.actions)
      + rows("A framework", FrameworkPane.actions)
      + rows("Notices", NoticesPane.actions)
      + rows("A mailing", MailingPane.actions)
      + rows("A mailing: numbers", CoverageTab.actions)
      + rows("A mailing: people", LedgerTab.actions)
      + rows("A mailing: texts", TextTab.actions)
      + rows("A mailing: drafts of texts", DraftPicker.actions)
      + rows("A mailing: support", SupportItems.rows)
      + rows("A mailing: channels", ChannelsTab.actions)
      + rows("A mailing: batches", BatchItems.rows)
      + rows("A mailing: public notices", PublicItems.rows)
      + rows("A mailing: bounces", BouncesTab.actions)
      + rows("A mailing: matters", MattersTab.actions)
      + rows("Privacy", PrivacyPane.actions)
      + rows("Privacy: activities", ActivitiesTab.actions)
      + rows("Privacy: due for deletion", DueTab.actions)
      + rows("Privacy: unjustified", UnjustifiedTab.actions)
      + rows("Privacy: requests", RequestsTab.actions)
      + rows("People", PeoplePane.actions)
      + rows("People: staff and plans", StaffTab.actions)
      + rows("People: courses and protocols", CoursesTab.actions)
      + rows("People: exercises", ExercisesTab.actions)
      + rows("Statements", StatementsPane.actions)
      + rows("Statements: the list", StatementList.actions)
      + rows("Journal", JournalPane.actions)
  }

  private static func rows<State, Action>(
    _ place: String,
    _ actions: [ActionRow<State, Action>]
  ) -> [Row] {
    actions.filter { !$0.keys.isEmpty }
      .map { Row(place: place, keys: $0.keys.map(\.name), help: $0.help) }
  }
}
