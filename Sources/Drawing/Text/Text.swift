/// Text from outside: imported, typed or stored.
///
/// It can only be drawn, never printed. The text sink decides scalar by scalar what is shown as it is and what as a visible mark.
public struct Untrusted: Hashable, Sendable {
  /// The text, unchanged.
  public var raw: String

  /// Wraps text from outside.
  public init(_ raw: String) { self.raw = raw }
}

/// A piece of text with one look: the program's own words, or foreign text.
public struct Span: Hashable, Sendable {
  /// The text; goes through the text sink whoever wrote it.
  public var text: String
  /// Its look.
  public var style: Style
  /// Whether the text came from outside: marks then stand in the role `.mark`.
  public var isForeign: Bool

  /// Makes a span of the program's own words.
  public init(_ text: String, _ role: Role = .text, _ emphasis: Emphasis = []) {
    (self.text, self.style, self.isForeign) = (text, Style(role, emphasis), false)
  }

  /// Makes a span of foreign text.
  public init(_ text: Untrusted, _ role: Role = .text, _ emphasis: Emphasis = []) {
    (self.text, self.style, self.isForeign) = (text.raw, Style(role, emphasis), true)
  }
}

/// A line of text made of spans.
public struct Line: Hashable, Sendable {
  /// The spans, from left to right.
  public var spans: [Span]

  /// Makes a line of spans.
  public init(_ spans: [Span] = []) { self.spans = spans }

  /// Makes a line of one span of the program's own words.
  public init(_ text: String, _ role: Role = .text, _ emphasis: Emphasis = []) {
    spans = [Span(text, role, emphasis)]
  }

  /// Makes a line of one span of foreign text.
  public init(_ text: Untrusted, _ role: Role = .text, _ emphasis: Emphasis = []) {
    spans = [Span(text, role, emphasis)]
  }

  /// Joins two lines.
  public static func + (left: Line, right: Line) -> Line { Line(left.spans + right.spans) }
}

/// Where text stands in its width.
public enum Alignment: Sendable {
  case left, right, centre
}
