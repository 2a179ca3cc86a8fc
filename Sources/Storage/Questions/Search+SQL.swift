internal import Foundation
internal import GRDB
internal import Model

extension Search: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Hit> {
    guard let words = FullText.expression(text) else { return Page(window: window, rows: [], total: 0) }
    let total = Int(
      try db.number("SELECT count(*) FROM search \(Self.join) WHERE search MATCH ?", [words])
    )
    var places: [(Subject.Kind, RecordID)] = []
    try db.rows(
      """
      SELECT search.rowid FROM search \(Self.join) WHERE search MATCH ?
      ORDER BY search.rank LIMIT ? OFFSET ?
      """,
      [words, window.count, window.start]
    ) { row in
      let number = try row.number(0)
      places.append((Self.kinds[Int(number & 3)], number >> 2))
    }
    let needles = FullText.words(text)
    return Page(
      window: window,
      rows: try places.map { try hit($0, $1, needles, in: db) },
      total: total
    )
  }

  /// What the last two bits of a row number in the index mean (M0009).
  private static let kinds: [Subject.Kind] = [.incident, .timelineEntry, .task, .evidence]

  /// Leaves out what belongs to a removed incident.
  private static let join = """
    LEFT JOIN timelineEntry ON search.rowid & 3 = 1 AND timelineEntry.id = search.rowid >> 2
    LEFT JOIN task ON search.rowid & 3 = 2 AND task.id = search.rowid >> 2
    LEFT JOIN evidence ON search.rowid & 3 = 3 AND evidence.id = search.rowid >> 2
    JOIN incident ON incident.isRemoved = 0 AND incident.id = CASE search.rowid & 3
      WHEN 0 THEN search.rowid >> 2 WHEN 1 THEN timelineEntry.incident
      WHEN 2 THEN task.incident ELSE evidence.incident END
    """

  private func hit(
    _ kind: Subject.Kind,
    _ id: RecordID,
    _ needles: [String],
    in db: Database
  ) throws -> Hit {
    let sql =
      switch kind {
      case .incident: "SELECT id, title || char(10) || summary || char(10) || tags FROM incident"
      case .timelineEntry: "SELECT incident, text || char(10) || source FROM timelineEntry"
      case .task: "SELECT incident, title || char(10) || coalesce(owner, '') FROM task"
      default: "SELECT incident, title || char(10) || path || char(10) || note FROM evidence"
      }
    guard let row = try db.row(sql + " WHERE id = ?", [id]) else {
      throw StoreError.notFound(Subject(kind, id))
    }
    let (incident, whole) = (try row.number(0), try row.text(1))
    let head = try IncidentRecord.head(incident, in: db)
    return Hit(
      subject: Subject(kind, id),
      incident: incident,
      reference: head.reference,
      excerpt: Excerpt.around(needles, in: whole),
      isExercise: head.isExercise
    )
  }
}

/// What was typed into a search, as FTS5 understands it.
enum FullText {
  static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The words as FTS5 strings, all of which must occur, the last one as a beginning; nil where
  /// none has a letter or digit.
  ///
  /// Quoted, so nothing in them is ever an operator.
  static func expression(_ text: String) -> String? {
    let words = words(text).filter { word in
      word.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    }
    guard !words.isEmpty else { return nil }
    let quoted = words.map { word in
      "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        + "\""
    }
    return quoted.joined(separator: " ") + " *"
  }
}

/// A stretch of a text around what was searched for.
enum Excerpt {
  /// Cuts some 80 characters around the first of the words, in one line.
  static func around(_ words: [String], in text: String) -> String {
    let characters = Array(text.prefix(20_000))
    let folded = characters.map { String($0).searchFolded }
    var start = 0
    search: for word in words {
      let needle = word.map { String($0).searchFolded }
      guard let first = needle.first, needle.count <= folded.count else { continue }
      for index in 0...(folded.count - needle.count)
      where folded[index] == first && folded[index..<index + needle.count].elementsEqual(needle) {
        start = index
        break search
      }
    }
    let from = start > 30 ? start - 30 : 0
    let to = min(characters.count, from + 80)
    let line = characters[from..<to].map { $0.isNewline ? " " : $0 }
    return (from > 0 ? "…" : "") + String(line) + (to < characters.count ? "…" : "")
  }
}

extension String {
  /// The text without letter case and accents, as the search index compares it.
  fileprivate var searchFolded: String {
    String(
      String.UnicodeScalarView(
        lowercased().decomposed.unicodeScalars.filter {
          $0.properties.canonicalCombiningClass == .notReordered
        }
      )
    )
  }

  private var decomposed: String { decomposedStringWithCanonicalMapping }
}
