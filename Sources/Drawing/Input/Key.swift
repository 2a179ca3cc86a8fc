/// A key as it is meant, whatever bytes a terminal sent for it.
public enum Key: Hashable, Sendable {
  /// A printable character, with Shift already in it.
  case character(Character)
  /// Control with a letter, lower case: `^D` is `.control("d")`.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// A function key; an alias only, never the sole way.
  case function(Int)

  /// The key as it is written in help and hints: `j`, `^D`, `Enter`, `PgUp`.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^\(character.uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}

/// What a mouse did.
public struct MouseEvent: Hashable, Sendable {
  /// The kinds of event.
  public enum Kind: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }
  /// What happened.
  public var kind: Kind
  /// Where.
  public var point: Point

  /// Makes an event.
  public init(_ kind: Kind, at point: Point) { (self.kind, self.point) = (kind, point) }
}

/// What comes in from the terminal.
public enum InputEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text that was pasted in brackets: only ever goes into a text field.
  case paste(String)
  case resize(Size)
  case focusGained, focusLost
}
