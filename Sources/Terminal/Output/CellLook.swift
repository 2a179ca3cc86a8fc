public import Drawing

/// How a cell looks on a terminal: what a theme makes of a role.
public struct CellLook: Hashable, Sendable {
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

  /// A colour as a theme names it; a terminal with fewer shows the nearest.
  public enum Colour: Hashable, Sendable {
    /// The terminal's own.
    case standard
    /// One of the 256: 0-7 normal, 8-15 bright, then a cube and greys.
    case indexed(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)
  }
}
