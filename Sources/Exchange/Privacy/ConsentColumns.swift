internal import Model

/// Which column of a file of consent records means what.
public struct ConsentColumns: Sendable, Hashable {
  /// What a column can mean.
  public enum Meaning: String, Sendable, CaseIterable, ColumnName {
    case reference, purpose, state, at, zone, channel, version, source

    /// What columns that mean this are called, in lower case without spaces and marks.
    var names: Set<String> {
      switch self {
      case .reference:
        [
          "reference", "ref", "id", "customerid", "customer", "subject", "subjectid", "email",
          "person",
        ]
      case .purpose: ["purpose", "slug", "topic"]
      case .state: ["state", "status", "consent", "action"]
      case .at:
        ["at", "when", "time", "timestamp", "date", "consentedat", "givenat", "withdrawnat"]
      case .zone: ["zone", "timezone", "tz"]
      case .channel: ["channel", "medium", "via"]
      case .version: ["version", "noticeversion", "notice", "textversion", "policyversion"]
      case .source: ["source", "origin", "proof", "evidence", "form"]
      }
    }
  }

  /// The columns that were named for a meaning; the others go by their names.
  public var named: [Meaning: String]
  /// The purpose of rows that name none; nil where all must.
  public var purpose: String?
  /// What rows say that do not say it; nil where all must.
  public var state: String?
  /// The channel of rows that name none.
  public var channel: String
  /// The version of rows that name none.
  public var version: String
  /// Where rows come from that do not say it.
  public var source: String

  /// Makes a mapping.
  public init(
    named: [Meaning: String] = [:],
    purpose: String? = nil,
    state: String? = nil,
    channel: String = "",
    version: String = "",
    source: String = ""
  ) {
    (self.named, self.purpose, self.state) = (named, purpose, state)
    (self.channel, self.version, self.source) = (channel, version, source)
  }

  /// The place of each meaning's column in a header.
  ///
  /// - Throws: `UnreadableCSV` in words that quote no cell of a person.
  func places(in header: [String], line: Int) throws(UnreadableCSV) -> [Meaning: Int] {
    let places = try ColumnPlaces.find(Meaning.self, named: named, in: header, line: line)
    func need(_ meaning: Meaning, _ isGiven: Bool, _ what: String) throws(UnreadableCSV) {
      guard places[meaning] == nil, !isGiven else { return }
      throw UnreadableCSV(
        line: line,
        column: 0,
        reason: "no column is called \(meaning.rawValue); \(what)"
      )
    }
    try need(.reference, false, "say which names a person with --map reference=COLUMN")
    try need(.at, false, "say which has the time with --map at=COLUMN")
    try need(.purpose, purpose != nil, "say which with --map purpose=COLUMN, or give --purpose")
    try need(.state, state != nil, "say which with --map state=COLUMN, or give --state")
    return places
  }
}

/// What columns of a file can mean, each with the names they go by.
protocol ColumnName: RawRepresentable, CaseIterable, Hashable where RawValue == String {
  /// What columns that mean this are called, in lower case without spaces and marks.
  var names: Set<String> { get }
}

/// Finds out which column of a header means what.
enum ColumnPlaces {
  /// The place of each meaning's column; those that were named go first, the others by their names.
  static func find<Meaning: ColumnName>(
    _ type: Meaning.Type,
    named: [Meaning: String],
    in header: [String],
    line: Int
  ) throws(UnreadableCSV) -> [Meaning: Int] {
    func problem(_ reason: String) -> UnreadableCSV {
      UnreadableCSV(line: line, column: 0, reason: reason)
    }
    let plain = header.map { name in
      name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
    var places: [Meaning: Int] = [:]
    for meaning in Meaning.allCases {
      if let name = named[meaning] {
        let found = header.indices.filter { header[$0] == name }
        guard let place = found.first else {
          throw problem("there is no column \(name), which was named for \(meaning.rawValue)")
        }
        guard found.count == 1 else { throw problem("two columns are called \(name)") }
        places[meaning] = place
      } else {
        let taken = Set(named.values)
        let found = plain.indices.filter {
          meaning.names.contains(plain[$0]) && !taken.contains(header[$0])
        }
        guard found.count < 2 else {
          throw problem(
            "columns \(found.map { String($0 + 1) }.joined(separator: " and ")) can both mean "
              + "\(meaning.rawValue); say which with --map \(meaning.rawValue)=COLUMN"
          )
        }
        places[meaning] = found.first
      }
    }
    return places
  }
}
