/// What each role looks like.
///
/// A theme is a file in `themes/`, read by ``init(yaml:file:)``; ``builtIn`` needs none. Meaning never
/// rests on its colours alone: words and signs carry it as well.
public struct Theme: Sendable, Equatable {
  /// A colour as a theme names it; a terminal with fewer shows the nearest.
  public enum Colour: Hashable, Sendable {
    /// The terminal's own.
    case standard
    /// One of the 256: 0-7 normal, 8-15 bright, then a cube and greys.
    case indexed(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)
  }

  /// How many colours there are to show a theme with.
  public enum Depth: Int, Sendable, Comparable, CaseIterable {
    case mono, eight, sixteen, indexed256, direct

    /// Whether one has fewer colours than another.
    public static func < (left: Depth, right: Depth) -> Bool { left.rawValue < right.rawValue }
  }

  /// The look of one role.
  public struct Look: Hashable, Sendable {
    /// Colour of the text.
    public var foreground: Colour
    /// Colour of the ground.
    public var background: Colour
    /// How it stands out.
    public var attributes: Emphasis

    /// Makes a look.
    public init(
      foreground: Colour = .standard,
      background: Colour = .standard,
      attributes: Emphasis = []
    ) {
      (self.foreground, self.background, self.attributes) = (foreground, background, attributes)
    }
  }

  /// Names it in settings: the file's name.
  public let id: String
  /// What it is called.
  public let title: String
  /// The looks, by the raw values of the roles; all roles have one.
  private let looks: [Look]

  /// Makes a theme; a role that is not named looks like plain text.
  public init(id: String, title: String, looks: [Role: Look]) {
    (self.id, self.title) = (id, title)
    self.looks = Role.allCases.map { looks[$0] ?? looks[.text] ?? Look() }
  }

  /// The same without hashing, for the theme that the program starts with.
  init(id: String, title: String, pairs: KeyValuePairs<Role, Look>) {
    (self.id, self.title) = (id, title)
    var looks = [Look?](repeating: nil, count: Role.allCases.count)
    for (role, look) in pairs { looks[Int(role.rawValue)] = look }
    let plain = looks[Int(Role.text.rawValue)] ?? Look()
    self.looks = looks.map { $0 ?? plain }
  }

  /// The look of a cell.
  ///
  /// Colours come as the theme names them, and whoever paints takes the nearest it has. Without
  /// colours (`.mono`) they are gone, and what stood on a ground of its own is reversed.
  public func resolve(
    _ role: Role,
    _ emphasis: Emphasis = [],
    _ depth: Depth = .direct
  ) -> Look {
    var look = looks[Int(role.rawValue)]
    look.attributes.formUnion(emphasis)
    guard depth == .mono else { return look }
    let hasGround = look.background != .standard && look.background != looks[0].background
    let attributes = hasGround ? look.attributes.union(.reverse) : look.attributes
    return Look(attributes: attributes)
  }
}

extension Theme.Colour {
  /// Red, green and blue, as xterm shows the colour; nil for the terminal's own.
  public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
    switch self {
    case .standard: return nil
    case .rgb(let red, let green, let blue): return (red, green, blue)
    case .indexed(let index) where index < 16:
      let value = Self.named[Int(index)]
      return (UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    case .indexed(let index) where index < 232:
      let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
      let cube = Int(index) - 16
      return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    case .indexed(let index):
      let grey = 8 + (index - 232) * 10
      return (grey, grey, grey)
    }
  }

  private static let named: [UInt32] = [
    0x00_0000, 0xCD_0000, 0x00_CD00, 0xCD_CD00, 0x00_00EE, 0xCD_00CD, 0x00_CDCD, 0xE5_E5E5,
    0x7F_7F7F, 0xFF_0000, 0x00_FF00, 0xFF_FF00, 0x5C_5CFF, 0xFF_00FF, 0x00_FFFF, 0xFF_FFFF,
  ]

  /// The names of the first sixteen, in order.
  static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue",
    "bright-magenta", "bright-cyan", "bright-white",
  ]
}
