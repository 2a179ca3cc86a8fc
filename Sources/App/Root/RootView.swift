import Drawing
import Model
import Panes

/// A view of the dashboard as the program sees it.
///
/// A further view is a pane, a case of ``ViewID``, its state in ``RootState``, its action in
/// ``RootAction``, and a line in ``of(_:)``.
struct RootView: Sendable {
  /// Draws it.
  let draw: @Sendable (RootState, inout Canvas, Rect, PaneContext) -> Void
  /// Its rows in the table of actions.
  let table: @Sendable (RootState, ActionQuery) -> [BoundAction<RootAction>]
  /// When something it shows by the clock will read differently.
  let nextTick: @Sendable (RootState, PaneContext) -> Instant?
  /// Whether it has yet to show what was just turned to.
  let isSettling: @Sendable (RootState) -> Bool
  /// Whether it would show rows that have not come yet.
  let lacksRows: @Sendable (RootState, PaneContext) -> Bool
  /// That it is on the screen.
  let appeared: RootAction
  /// That another one is turned to; nil where that alters nothing.
  let left: RootAction?
  /// That records were altered; none named means any.
  let recordChanged: @Sendable ([Subject]) -> RootAction
  /// Whether it is told of that while it is not on the screen.
  let listensUnseen: Bool
  /// That the cursor is to move.
  let moved: @Sendable (Motion) -> RootAction
  /// That the wheel was turned.
  let wheeled: @Sendable (Motion) -> RootAction
  /// That the mouse was pressed.
  let pressed: @Sendable (Point) -> RootAction
  /// Whether more rows may be wanted when the screen grows.
  let growsWithScreen: Bool

  private init<P: Pane & SendableMetatype>(
    _ pane: P.Type,
    _ state: @escaping @Sendable (RootState) -> P.State,
    _ wrap: @escaping @Sendable (P.Action) -> RootAction,
    appeared: P.Action,
    left: P.Action? = nil,
    recordChanged: @escaping @Sendable ([Subject]) -> P.Action,
    listensUnseen: Bool,
    moved: @escaping @Sendable (Motion) -> P.Action,
    wheeled: (@Sendable (Motion) -> P.Action)? = nil,
    pressed: @escaping @Sendable (Point) -> P.Action,
    growsWithScreen: Bool = true,
    isSettling: @escaping @Sendable (RootState) -> Bool,
    lacksRows: @escaping @Sendable (RootState, PaneContext) -> Bool = { _, _ in false }
  ) {
    draw = { P.draw(state($0), on: &$1, in: $2, $3) }
    table = { P.table(state($0), for: $1).map { $0.map(wrap) } }
    nextTick = { P.nextTick(state($0), $1) }
    self.appeared = wrap(appeared)
    self.left = left.map(wrap)
    self.recordChanged = { wrap(recordChanged($0)) }
    self.listensUnseen = listensUnseen
    self.moved = { wrap(moved($0)) }
    let wheel = wheeled ?? moved
    self.wheeled = { wrap(wheel($0)) }
    self.pressed = { wrap(pressed($0)) }
    self.growsWithScreen = growsWithScreen
    self.isSettling = isSettling
    self.lacksRows = lacksRows
  }

  /// The view with a number.
  static func of(_ id: ViewID) -> RootView {
    switch id {
    case .overview: overview
    case .incidents: incidents
    case .clocks: clocks
    case .audits: audits
    case .notices: notices
    case .privacy: privacy
    case .people: people
    case .statements: statements
    case .journal: journal
    }
  }

  private static let overview = RootView(
    OverviewPane.self,
    { $0.overview },
    RootAction.overview,
    appeared: .appeared,
    left: .left,
    recordChanged: { _ in .recordChanged },
    listensUnseen: true,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    growsWithScreen: false,
    isSettling: { $0.overview.numbers == nil && $0.overview.problem == nil }
  )

  private static let incidents = RootView(
    IncidentsPane.self,
    { $0.incidents },
    RootAction.incidents,
    appeared: .appeared,
    recordChanged: { .recordChanged($0) },
    listensUnseen: true,
    moved: { .moved($0) },
    wheeled: { .wheeled($0) },
    pressed: { .pressed($0) },
    isSettling: { IncidentsPane.isSettling($0.incidents) },
    lacksRows: { IncidentsPane.lacksRows($0.incidents, $1) }
  )

  private static let clocks = RootView(
    ClocksPane.self,
    { $0.clocks },
    RootAction.clocks,
    appeared: .appeared,
    recordChanged: { _ in .recordChanged },
    listensUnseen: false,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { !$0.clocks.table.isLoaded && $0.clocks.problem == nil }
  )

  private static let audits = RootView(
    AuditsPane.self,
    { $0.audits },
    RootAction.audits,
    appeared: .appeared,
    recordChanged: { _ in .recordChanged },
    listensUnseen: false,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { AuditsPane.isSettling($0.audits) }
  )

  private static let notices = RootView(
    NoticesPane.self,
    { $0.notices },
    RootAction.notices,
    appeared: .appeared,
    left: .left,
    recordChanged: { _ in .recordChanged },
    listensUnseen: false,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { NoticesPane.isSettling($0.notices) }
  )

  private static let privacy = RootView(
    PrivacyPane.self,
    { $0.privacy },
    RootAction.privacy,
    appeared: .appeared,
    recordChanged: { _ in .recordChanged },
    listensUnseen: false,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { PrivacyPane.isSettling($0.privacy) }
  )

  private static let people = RootView(
    PeoplePane.self,
    { $0.people },
    RootAction.people,
    appeared: .appeared,
    recordChanged: { _ in .recordChanged },
    listensUnseen: false,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { PeoplePane.isSettling($0.people) }
  )

  private static let statements = RootView(
    StatementsPane.self,
    { $0.statements },
    RootAction.statements,
    appeared: .appeared,
    recordChanged: { _ in .recordChanged },
    listensUnseen: false,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { StatementsPane.isSettling($0.statements) }
  )

  private static let journal = RootView(
    JournalPane.self,
    { $0.journal },
    RootAction.journal,
    appeared: .appeared,
    recordChanged: { _ in .recordChanged },
    listensUnseen: true,
    moved: { .moved($0) },
    pressed: { .pressed($0) },
    isSettling: { !$0.journal.table.isLoaded && $0.journal.problem == nil }
  )

  /// Tells the views that listen what was altered; the others read anew when they are turned to.
  static func tell(_ subjects: [Subject], _ state: inout RootState) -> [RootEffect] {
    ViewID.allCases.filter { $0 == state.view || of($0).listensUnseen }
      .flatMap { Root.reduce(&state, of($0).recordChanged(subjects)) }
  }
}
