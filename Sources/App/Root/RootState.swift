import Drawing
import Model
import Panes

/// The whole state of the dashboard: the views, what lies over them, and what the program keeps.
struct RootState: Sendable {
  var view: ViewID = .overview
  var overview: OverviewPane.State
  var incidents = IncidentsPane.State()
  var clocks = ClocksPane.State()
  var audits = AuditsPane.State()
  var notices = NoticesPane.State()
  var privacy = PrivacyPane.State()
  var people = PeoplePane.State()
  var statements = StatementsPane.State()
  var journal = JournalPane.State()
  /// What lies over the view, the uppermost last.
  var overlays: [OverlayState] = []
  /// Views one came from, for going back.
  var history: [ViewID] = []
  var toast: ShownToast?
  var world: World
  /// The newest journal entry that the views have been told of; nil until the first answer.
  var seenHead: JournalSequence?
  /// Journal entries that `u` takes back, a group a step, the newest last.
  var undoSteps: [[JournalSequence]] = []
  /// Journal entries that `U` takes back again.
  var redoSteps: [[JournalSequence]] = []
  /// While a dialog that came up unasked is not to be answered: what is typed in these first
  /// moments was meant for what stood there before.
  var unanswerable: Range<Instant>?
  /// Unsaved texts of earlier sessions, by draft key.
  var drafts: [String: [String: String]] = [:]
  /// The draft whose text was submitted and is not in the record yet.
  var submittedDraft: String?
  /// A long job that is running, such as hashing a file.
  var job: Job?
  /// How far the clocks are that are worked out in the background; keys do not wait for them.
  var clockJob: Job?
  /// Whether the officer has stopped that work: then some clocks do not know of everything.
  var areClocksStopped = false
  var isMouseOn = true
  var isBellOn = true
  /// Watches the clocks for the steps before their deadlines.
  var reminders = ReminderWatch()
  /// What passed before the dashboard was opened, until there is room to say it.
  var greeting: Toast?
  var isRecording = false

  /// What surrounds the program; given from outside, never asked for.
  struct World: Sendable {
    var now: Instant
    var zone: Zone
    var size: Size
    var actor: Actor
    var storeName: String
    var readOnlyReason: String?
    var themes: [String]
    var theme: String
    /// The rules that deadlines are worked out by; nil until they were read.
    var rules: RulePack?
    /// What is known of the organisation that reports; nil until it was read.
    var organisation: Organisation?
    /// What is wrong with the rules, a fault a line; nil where nothing is.
    var rulesProblem: String?
    /// The clocks that edited rules would change.
    var differences: [ClockKeeper.Difference] = []
    /// Hints of the terminal, each one line; shown once.
    var hints: [String] = []
  }

  struct ShownToast: Sendable, Equatable {
    var toast: Toast
    var until: Instant
    /// Whether it stays for its time while keys are pressed, so that it is read amid typing.
    var outlastsKeys = false
  }

  struct Job: Sendable, Equatable {
    var title: String
    var done: Int64
    var total: Int64
  }

  init(world: World, lastSeen: JournalSequence) {
    self.world = world
    overview = OverviewPane.State(lastSeen: lastSeen)
  }

  /// The context that a pane in an area of the screen sees.
  func context(_ area: Rect) -> PaneContext {
    PaneContext(
      now: world.now,
      zone: world.zone,
      area: Size(columns: area.columns, rows: area.rows),
      actor: world.actor,
      readOnlyReason: world.readOnlyReason,
      isFocused: overlays.isEmpty,
      rules: world.rules,
      organisation: world.organisation
    )
  }

  /// Whether the view has yet to show what was just turned to: keys typed ahead are meant for that.
  var isSettling: Bool {
    overlays.isEmpty && RootView.of(view).isSettling(self)
  }

  /// How long what came up unasked cannot be answered.
  static let surprise: Duration = .milliseconds(300)

  /// Keeps what lies uppermost from being answered before it can have been seen.
  mutating func guardUppermost() { unanswerable = world.now..<(world.now + Self.surprise) }

  /// The area between the bar above and the hints below.
  var paneArea: Rect {
    Rect(world.size).splitTop(1).rest.splitBottom(1).rest
  }
}

/// What can happen to the dashboard.
indirect enum RootAction: Sendable {
  /// Several in order.
  case sequence([RootAction])
  case started(drafts: [String: [String: String]])
  case input(InputEvent)
  case moused(MouseEvent)
  case ticked(Instant)
  case overview(OverviewPane.Action)
  case incidents(IncidentsPane.Action)
  case clocks(ClocksPane.Action)
  case audits(AuditsPane.Action)
  case notices(NoticesPane.Action)
  case privacy(PrivacyPane.Action)
  case people(PeoplePane.Action)
  case statements(StatementsPane.Action)
  case journal(JournalPane.Action)
  case went(Destination)
  case overlayClosed
  case toasted(Toast)
  /// Unsaved texts cannot be kept, for a reason.
  case draftsFailed(String)
  // The record
  case recordTouched
  case changesAnswered(Result<ChangesSince.Answer, StoreError>)
  case applied([JournalSequence])
  case draftSubmitted(key: String)
  case conflicted(Conflict, retry: RootAction, give: RootAction)
  case retried([any Change], then: @Sendable (Result<[Receipt], StoreError>) -> RootAction)
  case undoPressed, redoPressed
  case undone(Result<[Receipt], StoreError>, [JournalSequence], isRedo: Bool)
  case organisation(RootOrganisation.Event)
  // The rules
  case rulesLoaded(RulePack)
  case rulesFaulty(String)
  /// The clocks are up to date; with what edited rules would change, where that was looked at.
  case clocksUpdated(Organisation, [ClockKeeper.Difference]?)
  case clocksFailed(String)
  case clocksProgressed(RootState.Job?)
  case clocksStopped
  case rulesPressed, adoptPressed, adoptConfirmed
  case nearClocksAnswered(Result<NearClocks.Answer, StoreError>)
  // The program
  case bellPressed
  case helpPressed, menuPressed, palettePressed, commandPressed
  case commandTyped(String)
  case refreshPressed, repaintPressed, suspendPressed, mousePressed
  case themePressed, themeChosen(String), themeLoaded(String)
  case picturePressed, pictureNamed(String)
  case jobProgressed(RootState.Job?)
  case jobCancelled
  case quitPressed, quitConfirmed
}

/// What the dashboard wants of the program around it.
enum RootEffect: Sendable {
  case pane(Effect<RootAction>)
  case quit
  case suspend
  case repaint
  case setMouse(Bool)
  case ring
  case setTheme(String)
  case saveDraft(key: String, fields: [String: String])
  case dropDraft(key: String)
  case savePicture(path: String)
  case cancelJob
  case stopClocks
  case resumeClocks
  /// Bring clocks with new facts up to date, in the background.
  case updateClocks
  case adoptRules
}
