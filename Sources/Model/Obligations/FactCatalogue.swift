/// Every key that can be stated, what stands under it and what it asks; what the manual, the command
/// `rules facts` and the advice of errors are made of.
public enum FactCatalogue {
  /// One key, or one family of keys.
  public struct Entry: Sendable, Equatable {
    /// The key, or a pattern such as `affected.<jurisdiction>`.
    public var name: String
    /// The kind of value, in a word.
    public var type: String
    /// What may stand there, in a few words.
    public var values: String
    /// What it asks.
    public var meaning: String
    /// The words that are allowed; empty where any are, or none.
    public var words: [String]
  }

  /// All of them, sorted by name.
  public static let entries: [Entry] = {
    let families: [(String, FactKey.Kind, String)] = [
      (
        "affected.<jurisdiction>", .people,
        "How many people of a jurisdiction are affected? A stated list of them is complete."
      ),
      ("sent.<obligation>", .instants, "When was the notice of an obligation sent?"),
    ]
    let fixed = FactKey.fixed.map { ($0.key, $0.value, FactKey.known($0.key).question) }
    return (fixed + families).map { name, kind, meaning in
      Entry(
        name: name,
        type: kind.type,
        values: kind.words,
        meaning: meaning,
        words: kind.allowed(name)
      )
    }
    .sorted { $0.name < $1.name }
  }()

  /// The key that is written most like a misspelt one; nil where none is near.
  public static func nearest(to name: String) -> String? {
    let wanted = Array(name.lowercased().utf8)
    guard (1...80).contains(wanted.count) else { return nil }
    let names = FactKey.fixed.keys.sorted()
    // A key without its group is near, however long the group is.
    let tail = names.filter { $0.hasSuffix(".\(name.lowercased())") }
    if let only = tail.first, tail.count == 1 { return only }
    let ranked = names.map { (distance(wanted, Array($0.utf8)), $0) }
    guard let best = ranked.min(by: { $0 < $1 }), best.0 <= max(2, wanted.count / 4) else {
      return nil
    }
    return best.1
  }

  /// How many letters must be put in, taken out or replaced to make one word of another.
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var row = Array(0...other.count)
    for (index, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, found) in other.enumerated() {
        let replaced = diagonal + (letter == found ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}

extension FactKey.Kind {
  /// The kind in a word.
  public var type: String {
    switch self {
    case .flag: "flag"
    case .word: "word"
    case .words: "words"
    case .instant: "instant"
    case .instants: "instants"
    case .people: "people"
    case .country: "country"
    case .zone: "zone"
    case .days: "days"
    }
  }

  /// What stands under such a key.
  public var words: String {
    switch self {
    case .flag: "true or false"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .words: "a list of words, complete"
    case .instant: "an instant with its offset, such as 2026-05-15T16:40:00+02:00"
    case .instants: "an instant, or a list of instants in order"
    case .people: "a whole number, 0 or more; null under affected where nobody knows how many"
    case .country: "a country of ISO 3166-1, such as DE"
    case .zone: "a zone, such as Europe/Berlin"
    case .days: "a list of days, such as 2026-12-24"
    }
  }

  fileprivate func allowed(_ name: String) -> [String] {
    switch self {
    case .word(let words), .words(let words?): words
    case .words where name == FactKey.sectors.description: Sector.known.sorted()
    default: []
    }
  }
}

extension Jurisdiction {
  /// Every code that is listed: countries as people state them, Member States and states of the US;
  /// provinces and cantons are taken besides, as `CA-QC`.
  public static let listed: [String] = {
    let others = countries.subtracting(memberStates)
    let union = memberStates.union(associated).map { "EU-\($0)" }
    return (["EU"] + others + union + states.map { "US-\($0)" }).sorted()
  }()

  /// What to do about a code that no rule and no list knows.
  public static let advice =
    "codes are EU-DE, GB, CH, US-CA, CA-QC, BR: no rule would find another one"
}
