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

  /// When something it shows by the clock will read differently; nil where nothing does.
  static func nextTick(_ state: State, _ context: PaneContext) -> Instant?
}

extension Pane {
  /// Nothing of it depends on the clock.
  public static func nextTick(_ state: State, _ context: PaneContext) -> Instant? { nil }
}

/// What every pane may know of the world: passed in, never asked for.
public struct PaneContext: Sendable {
  /// The present instant.
  public var now: Instant
  /// The officer's zone; times without a zone are read in it.
  public var zone: Zone
  /// The size of the whole screen.
  public var size: Size
  /// Who works here.
  public var actor: Actor
  /// Why nothing can be altered; nil where it can.
  public var readOnlyReason: String?
  /// Whether the pane takes the keys.
  public var isFocused: Bool

  /// Makes a context.
  public init(
    now: Instant, zone: Zone, size: Size, actor: Actor, readOnlyReason: String? = nil,
    isFocused: Bool = true
  ) {
    (self.now, self.zone, self.size, self.actor) = (now, zone, size, actor)
    (self.readOnlyReason, self.isFocused) = (readOnlyReason, isFocused)
  }

  /// How words for a time are read here.
  public var reading: TimeReading { TimeReading(now: now, zone: zone) }
}
