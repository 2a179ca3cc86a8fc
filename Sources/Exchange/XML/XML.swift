/// How much of an XML document is read before it is refused.
public struct XMLLimits: Sendable, Hashable {
  /// How deeply elements may be nested.
  public var maximumDepth: Int
  /// The most attributes of one element.
  public var maximumAttributes: Int
  /// The most bytes of one tag.
  public var maximumTag: Int
  /// The most bytes of text between two tags; text that is skipped does not count.
  public var maximumText: Int

  /// Makes limits.
  public init(
    maximumDepth: Int = 256,
    maximumAttributes: Int = 256,
    maximumTag: Int = 1 << 20,
    maximumText: Int = 4 << 20
  ) {
    (self.maximumDepth, self.maximumAttributes) = (maximumDepth, maximumAttributes)
    (self.maximumTag, self.maximumText) = (maximumTag, maximumText)
  }
}

/// A place in an XML document at which it is not what XML 1.0 or the limits allow.
public struct UnreadableXML: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// What is wrong there.
  ///
  /// Quotes foreign text as it stands.
  public var reason: String

  /// Place and reason.
  public var description: String { "line \(line): \(reason)" }
}

/// The beginning of an element.
public struct XMLTag: Sendable, Equatable {
  /// An attribute, named without its prefix.
  public struct Attribute: Sendable, Equatable {
    /// Its name behind the colon, where there is one.
    public var name: String
    /// Its value, entities replaced.
    ///
    /// Foreign text.
    public var value: String
  }

  /// Its name behind the colon, where there is one.
  ///
  /// Foreign text.
  public var name: String
  /// Its attributes, in order; declarations of name spaces are left out.
  public var attributes: [Attribute]
  /// The line on which it begins, from 1.
  public var line: Int

  /// The value of the first attribute of a name.
  public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
}

extension XMLTag {
  /// Whether HTML starts a new line for such an element.
  var isBlock: Bool {
    switch name {
    case "p", "br", "li", "div", "pre", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4": true
    default: false
    }
  }
}

/// What stands next in an XML document.
public enum XMLEvent: Sendable, Equatable {
  /// An element begins.
  case start(XMLTag)
  /// Text; never blanks alone, never empty.
  case text(String)
  /// The innermost element that is open ends.
  case end
}
