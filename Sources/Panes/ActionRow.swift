public import Drawing

/// One row of the table of actions: keys, hint line, `?` help, `x` menu, `^P` palette, `:`
/// completion and the manual are all made from it.
///
/// A class, never altered: each key looks through all rows, and a reference costs less to pass by
/// than eleven values.
public final class ActionRow<State: Sendable, Action: Sendable>: Sendable {
  /// The action's name in palette, tapes and manual, noun first: `incident.edit`.
  public let id: String
  /// The keys that do it; the first is the one that is shown.
  ///
  /// May be empty.
  public let keys: [Key]
  /// One or two words for the hint line and the menu.
  public let label: String
  /// A sentence for the help.
  public let help: String
  /// Where the help puts it.
  public let section: ActionSection
  /// Its place in the hint line, 1 first; nil keeps it out of the line.
  public let hint: Int?
  /// Its letter in the `x` menu; nil keeps it out of the menu.
  public let menuKey: Character?
  /// Whether it can be used now.
  public let availability: @Sendable (State) -> Availability
  /// What is done.
  public let action: @Sendable (State) -> Action

  /// Makes a row.
  public init(
    _ id: String,
    keys: [Key] = [],
    label: String,
    help: String,
    section: ActionSection,
    hint: Int? = nil,
    menuKey: Character? = nil,
    availability: @escaping @Sendable (State) -> Availability = { _ in .enabled },
    action: @escaping @Sendable (State) -> Action
  ) {
    (self.id, self.keys, self.label, self.help) = (id, keys, label, help)
    (self.section, self.hint, self.menuKey) = (section, hint, menuKey)
    (self.availability, self.action) = (availability, action)
  }

  /// The row for a state of a larger whole.
  public func bound<Outer: Sendable>(
    to state: State,
    _ wrap: @escaping @Sendable (Action) -> Outer
  ) -> BoundAction<Outer> {
    BoundAction(
      id: id,
      keys: keys,
      label: label,
      help: help,
      section: section,
      hint: hint,
      menuKey: menuKey,
      availability: availability(state),
      make: { [action] in wrap(action(state)) }
    )
  }
}

/// Which rows of the table are asked for: a key press needs one, not all sixty.
public enum ActionQuery: Hashable, Sendable {
  /// All of them: help, palette, completion.
  case all
  /// Those that a key does.
  case key(Key)
  /// Those that the hint line shows.
  case hints
  /// Those that stand in the `x` menu.
  case menu
}

extension ActionRow {
  /// Whether the row is asked for.
  @inlinable func answers(_ query: ActionQuery) -> Bool {
    switch query {
    case .all: true
    case .key(let key): keys.contains(key)
    case .hints: hint != nil
    case .menu: menuKey != nil
    }
  }
}

extension Array {
  /// The rows that are asked for, bound to a state.
  ///
  /// Inlinable, because each key looks through the program's rows with the state of the root.
  @inlinable public func bound<State: Sendable, Action: Sendable>(
    to state: State,
    for query: ActionQuery
  ) -> [BoundAction<Action>] where Element == ActionRow<State, Action> {
    var bound: [BoundAction<Action>] = []
    for row in self where row.answers(query) { bound.append(row.bound(to: state) { $0 }) }
    return bound
  }
}

/// The groups of the help page, in its order.
public enum ActionSection: String, CaseIterable, Sendable {
  case move = "Move"
  case find = "Find and filter"
  case mark = "Mark and act"
  case change = "Change"
  case view = "View"
  case system = "Program"
}

/// Whether an action can be used now, and if not, why.
public enum Availability: Hashable, Sendable {
  case enabled
  /// The reason, as a sentence without a full stop.
  case disabled(String)

  /// Whether the action can be used.
  public var isEnabled: Bool { self == .enabled }

  /// Enabled where a condition holds.
  public static func when(_ condition: Bool, otherwise reason: String) -> Availability {
    condition ? .enabled : .disabled(reason)
  }
}

/// A row of the table for the present state: what keys, hints, help, menu and palette read.
public struct BoundAction<Action: Sendable>: Sendable {
  /// Its name, noun first.
  public let id: String
  /// The keys that do it.
  public let keys: [Key]
  /// One or two words for hints and menu.
  public let label: String
  /// A sentence for the help.
  public let help: String
  /// Where the help puts it.
  public let section: ActionSection
  /// Its place in the hint line; nil keeps it out.
  public let hint: Int?
  /// Its letter in the menu; nil keeps it out.
  public let menuKey: Character?
  /// Whether it can be used now.
  public let availability: Availability
  /// What is done when it is chosen.
  public let make: @Sendable () -> Action

  /// The same row, forbidden for a reason.
  public func forbidden(_ reason: String) -> BoundAction {
    BoundAction(
      id: id,
      keys: keys,
      label: label,
      help: help,
      section: section,
      hint: hint,
      menuKey: menuKey,
      availability: .disabled(reason),
      make: make
    )
  }
}

extension BoundAction {
  /// The same row, its action turned into another type.
  public func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer)
    -> BoundAction<Outer>
  {
    BoundAction<Outer>(
      id: id,
      keys: keys,
      label: label,
      help: help,
      section: section,
      hint: hint,
      menuKey: menuKey,
      availability: availability,
      make: { [make] in wrap(make()) }
    )
  }
}
