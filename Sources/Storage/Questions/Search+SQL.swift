internal import Foundation
internal import GRDB
internal import Model

extension Search: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Page<Hit> {
    guard let words = FullText.expression(text) else {
      return Page(window: window, rows: [], total: 0)
    }
    let total = Int(
      try db.number("SELECT count(*) FROM search \(Self.join) search MATCH ?", [words])
    )
    var places: [(Subject.Kind, RecordID)] = []
    try db.rows(
      """
      SELECT search.rowid FROM search \(Self.join) search MATCH ?
      ORDER BY search.rank LIMIT ? OFFSET ?
      """,
      [words, window.count, window.start]
    ) { row in
      let number = try row.number(0)
      let kind = SearchIndex.sources[Int(number % SearchIndex.stride)].kind
      places.append((kind, number / SearchIndex.stride))
    }
    let needles = FullText.words(text)
    return Page(
      window: window,
      rows: try places.map { try hit($0, $1, needles, in: db) },
      total: total
    )
  }

  /// Leaves out what belongs to a removed incident; what belongs to none stays.
  private static let join: String = {
    let owners = SearchIndex.sources.enumerated().map { number, source -> String in
      let id = "search.rowid / \(SearchIndex.stride)"
      return source.kind == .incident
        ? "WHEN \(number) THEN \(id)"
        : "WHEN \(number) THEN (SELECT \(source.incident) FROM \(source.table) WHERE id = \(id))"
    }.joined(separator: " ")
    let owner = "CASE search.rowid % \(SearchIndex.stride) \(owners) END"
    return """
      LEFT JOIN incident ON incident.id = \(owner) AND incident.isRemoved = 0
      WHERE (incident.id IS NOT NULL OR \(owner) IS NULL) AND
      """
  }()

  /// The texts of which a stretch is shown: an incident's reference stands beside them already.
  private static func shown(_ source: SearchIndex.Source) -> String {
    switch source.kind {
    case .incident: "title || char(10) || summary || char(10) || tags"
    case .finding:
      "title || char(10) || text || char(10) || owner || char(10) || rootCause || char(10) || actions"
    case .activity: "words"
    default: source.text
    }
  }

  /// What the user calls a record that belongs to no incident; empty where it has no such name.
  private static func reference(
    _ kind: Subject.Kind,
    _ id: RecordID,
    in db: Database
  ) throws -> String {
    switch kind {
    case .authority:
      try db.row("SELECT key FROM authority WHERE id = ?", [id])?.text(0) ?? ""
    case .finding:
      try db.row("SELECT reference FROM finding WHERE id = ?", [id])?.text(0) ?? ""
    case .activity:
      try db.row("SELECT reference FROM activity WHERE id = ?", [id])?.text(0) ?? ""
    default: ""
    }
  }

  private func hit(
    _ kind: Subject.Kind,
    _ id: RecordID,
    _ needles: [String],
    in db: Database
  ) throws -> Hit {
    guard let source = SearchIndex.sources.first(where: { $0.kind == kind }),
      let row = try db.row(
        "SELECT \(source.incident), \(Self.shown(source)) FROM \(source.table) WHERE id = ?",
        [id]
      )
    else { throw StoreError.notFound(Subject(kind, id)) }
    let (incident, whole) = (try row.optionalNumber(0), try row.text(1))
    let head = try incident.map { try IncidentRecord.head($0, in: db) }
    let reference = try head?.reference ?? Self.reference(kind, id, in: db)
    return Hit(
      subject: Subject(kind, id),
      incident: incident,
      reference: reference,
      excerpt: Excerpt.around(needles, in: whole),
      isExercise: head?.isExercise ?? false
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
