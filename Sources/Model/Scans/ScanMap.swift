/// An officer's own word on which requirements the rules of scanners speak of.
public struct ScanMap: Sendable, Equatable {
  /// What is looked for, and the requirements that it stands for.
  public struct Entry: Sendable, Equatable {
    /// A rule's id or a tag; `*` stands for any letters, `?` for one.
    public var pattern: String
    /// References or identifiers of requirements; none says that the rule speaks of none.
    public var requirements: [String]
    /// The line of the map, from 1.
    public var line: Int

    /// Makes an entry.
    public init(pattern: String, requirements: [String], line: Int) {
      (self.pattern, self.requirements, self.line) = (pattern, requirements, line)
    }
  }

  /// What is looked for among rule ids.
  public var rules: [Entry]
  /// What is looked for among tags.
  public var tags: [Entry]

  /// Makes a map.
  public init(rules: [Entry] = [], tags: [Entry] = []) { (self.rules, self.tags) = (rules, tags) }

  /// The most entries with `*` or `?` in them.
  public static let maximumPatterns = 1_000

  /// Whether a text fits a pattern, in any letter case; takes no longer than their product.
  public static func fits(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (place, mark) = (0, 0)
    // Where the last star stands, and up to where it has taken the text.
    var (star, taken): (Int?, Int) = (nil, 0)
    while place < text.count {
      if mark < pattern.count, pattern[mark] == UInt8(ascii: "*") {
        (star, taken) = (mark, place)
        mark += 1
      } else if mark < pattern.count,
        pattern[mark] == UInt8(ascii: "?") || pattern[mark] == text[place]
      {
        (place, mark) = (place + 1, mark + 1)
      } else if let star {
        taken += 1
        (place, mark) = (taken, star + 1)
      } else {
        return false
      }
    }
    return pattern[mark...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
