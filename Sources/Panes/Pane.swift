public import Drawing
public import Model

/// A part of the screen with state of its own: reads from top to bottom as state, action, reduce,
/// draw and its rows in the table of actions.
public protocol Pane {
  /// Everything the pane shows, and nothing that could be derived from it.
  associatedtype State: Sendable
  /// What can happen to it; named by what happened.
  associatedtype Action: Sendable

  /// Says how the state alters, and what else is wanted. Total and pure.
  static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]

  /// Draws the state; has no memory.
  static func draw(_ state: State, on canvas: inout Canvas, in rect: Rect, _ context: PaneContext)

  /// Its rows in the table of actions.
  static var actions: [ActionRow<State, Action>] { get }

  /// The rows that apply now; all of them unless the pane has parts with rows of their own.
  static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>]

  /// When something it shows by the clock will read differently; nil where nothing does.
  static func nextTick(_ state: State, _ context: PaneContext) -> Instant?
}

extension Pane {
  /// All rows, bound to the state.
  public static func table(_ state: State, for query: ActionQuery) -> [BoundAction<Action>] {
    actions.bound(to: state, for: query)
  }

  /// Nothing of it depends on the clock.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? { nil }
}

/// What every pane may know of the world: passed in, never asked for.
public struct PaneContext: Sendable {
  /// The present instant.
  public var now: Instant
  /// The officer's zone; times without a zone are read in it.
  public var zone: Zone
  /// The size of the pane's own area: what it lays itself out in.
  public var area: Size
  /// Who works here.
  public var actor: Actor
  /// Why nothing can be altered; nil where it can.
  public var readOnlyReason: String?
  /// Whether the pane takes the keys.
  public var isFocused: Bool
  /// The rules that deadlines are worked out by; nil until they were read.
  public var rules: RulePack?
  /// What is known of the organisation that reports; nil until it was read.
  public var organisation: Organisation?

  /// Makes a context.
  public init(
    now: Instant,
    zone: Zone,
    area: Size,
    actor: Actor,
    readOnlyReason: String? = nil,
    isFocused: Bool = true,
    rules: RulePack? = nil,
    organisation: Organisation? = nil
  ) {
    (self.now, self.zone, self.area, self.actor) = (now, zone, area, actor)
    (self.readOnlyReason, self.isFocused) = (readOnlyReason, isFocused)
    (self.rules, self.organisation) = (rules, organisation)
  }

  /// The same world seen from a part of the pane.
  public func part(_ rect: Rect, isFocused: Bool) -> PaneContext {
    var copy = self
    copy.area = Size(columns: rect.columns, rows: rect.rows)
    copy.isFocused = self.isFocused && isFocused
    return copy
  }

  /// Whether the record can be altered, and if not, why.
  public var canAlter: Availability {
    readOnlyReason.map { .disabled($0) } ?? .enabled
  }

  /// How words for a time are read here.
  public var reading: TimeReading { TimeReading(now: now, zone: zone) }
}
