public import Drawing

/// What the terminal of a session can do.
public struct Capabilities: Hashable, Sendable {
  /// Kind of terminal, as `TERM` names it.
  public var kind: String
  /// Kind whose description is used: another one where the host does not know `kind`.
  public var describedAs: String
  /// How many colours it shows.
  public var colours: Theme.Depth
  /// Whether more than ASCII may be sent.
  public var isUTF8: Bool
  /// Whether it can report the mouse.
  public var hasMouse: Bool
  /// Whether it marks pasted text.
  public var hasBracketedPaste: Bool
  /// How long an Escape waits for the rest of a key.
  public var escapeDelay: Duration
  /// Whether text can be sent to its clipboard.
  public var clipboard: Clipboard

  /// Whether its window can be named, and keeps the name it had: GNU screen would show it in a line
  /// of its own and never take it back.
  public var hasTitle: Bool { hasBracketedPaste && clipboard != .screen }

  /// The way to a terminal's clipboard.
  public enum Clipboard: Hashable, Sendable {
    case none, plain
    /// Through tmux: plain for its own clipboard, and wrapped for the terminal around it.
    case tmux
    /// Through GNU screen, which passes on only what is wrapped.
    case screen
  }
}

extension Capabilities {
  /// Families of terminals that understand the modes of xterm for mouse and paste.
  private static let xtermFamilies = [
    "xterm", "screen", "tmux", "rxvt", "alacritty", "foot", "kitty", "ghostty", "wezterm",
    "konsole", "vte", "gnome", "st-", "contour", "mintty", "putty", "iterm", "ms-terminal",
  ]

  /// Whether a kind of terminal takes xterm's private modes.
  static func understandsXtermModes(_ kind: String) -> Bool {
    xtermFamilies.contains { kind.hasPrefix($0) } || kind == "st"
  }

  /// The kinds of terminal to try in turn, and the first is what `TERM` says.
  static func kinds(for term: String) -> [String] {
    var kinds = ["xterm-256color", "xterm", "vt100"]
    kinds.removeAll { $0 == term }
    return term.isEmpty ? kinds : [term] + kinds
  }

  /// How long an Escape waits, in milliseconds: `ESCDELAY` where it is sane; longer over SSH, where
  /// the bytes of a key may come apart.
  static func escapeDelay(in environment: [String: String]) -> Duration {
    if let text = environment["ESCDELAY"], let value = Int(text), (1...5_000).contains(value) {
      return .milliseconds(value)
    }
    let isRemote = environment["SSH_CONNECTION"] != nil || environment["SSH_TTY"] != nil
    return .milliseconds(isRemote ? 75 : 25)
  }

  /// The way to the clipboard of a kind of terminal.
  static func clipboard(kind: String, in environment: [String: String]) -> Clipboard {
    if kind == "dumb" || kind.isEmpty { return .none }
    if environment["TMUX"].map({ !$0.isEmpty }) == true || kind.hasPrefix("tmux") { return .tmux }
    if environment["STY"].map({ !$0.isEmpty }) == true || kind.hasPrefix("screen") {
      return .screen
    }
    return understandsXtermModes(kind) ? .plain : .none
  }

  /// The depth of colour for what a description says and what the officer wants.
  static func depth(colours: Int32, isDirect: Bool, environment: [String: String]) -> Theme.Depth {
    if let wish = environment["NO_COLOR"], !wish.isEmpty { return .mono }
    switch colours {
    case ..<8: return .mono
    case 8..<16: return .eight
    case 16..<256: return .sixteen
    default: return isDirect && colours > 256 ? .direct : .indexed256
    }
  }
}
