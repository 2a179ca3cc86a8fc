internal import Model

/// Incidents out of a register's CSV file, row by row, by a mapping.
///
/// The first row names the columns; one that the mapping needs and the file lacks refuses the file. A
/// row is kept whole as a JSON object of its cells.
struct RegisterReader {
  /// A row that was read, with its line.
  typealias Row = Result<(line: Int, change: OpenIncident), UnreadableCSV>

  private var reader: CSVReader
  private let mapping: RegisterMapping
  private var header: [String]?
  private var isAtEnd = false

  init(_ source: any ByteSource, _ mapping: RegisterMapping, limits: CSVLimits) {
    (reader, self.mapping) = (CSVReader(source, limits: limits), mapping)
  }

  mutating func next() throws -> Row? {
    guard !isAtEnd else { return nil }
    guard let header else {
      if let problem = try readHeader() {
        isAtEnd = true
        return .failure(problem)
      }
      return try next()
    }
    guard let row = try reader.next() else { return nil }
    switch row.cells {
    case .failure(let error): return .failure(error)
    case .success(let cells):
      guard cells.count == header.count else {
        return .failure(
          UnreadableCSV(
            line: row.line,
            column: 0,
            reason: "\(cells.count) cells under \(header.count) columns"
          )
        )
      }
      do throws(UnreadableCSV) {
        return .success((row.line, try Self.change(cells, header, row.line, mapping)))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Reads the names of the columns; gives what is wrong with them.
  private mutating func readHeader() throws -> UnreadableCSV? {
    guard let row = try reader.next() else {
      return UnreadableCSV(line: 1, column: 0, reason: "the file is empty")
    }
    switch row.cells {
    case .failure(let error): return error
    case .success(let names):
      header = names
      if Set(names).count < names.count {
        return UnreadableCSV(line: row.line, column: 0, reason: "two columns have the same name")
      }
      let lacking = mapping.neededColumns.subtracting(names).sorted()
      guard !lacking.isEmpty else { return nil }
      return UnreadableCSV(
        line: row.line,
        column: 0,
        reason: "the mapping \(mapping.id) needs the columns \(lacking.joined(separator: ", "))"
      )
    }
  }

  /// Reads a row again that was kept as a document; nil where the mapping does not fit it any more.
  static func change(_ document: JSON, _ mapping: RegisterMapping) -> OpenIncident? {
    guard let members = document.object?.members,
      mapping.neededColumns.isSubset(of: members.map(\.key))
    else { return nil }
    let cells = members.map { $0.value.text ?? "" }
    return try? change(cells, members.map(\.key), 0, mapping)
  }

  private static func change(
    _ cells: [String],
    _ header: [String],
    _ line: Int,
    _ mapping: RegisterMapping
  ) throws(UnreadableCSV) -> OpenIncident {
    func number(of name: String) -> Int { (header.firstIndex(of: name) ?? 0) }
    var facts = IncidentFacts(
      title: "",
      severity: mapping.constant.severity,
      outcome: mapping.constant.outcome,
      data: DataExposure(
        categories: mapping.constant.data,
        disclosure: mapping.constant.disclosure
      ),
      tags: mapping.constant.tags
    )
    var row = RowFacts(facts: facts)
    for column in mapping.columns {
      let index = number(of: column.name)
      let cell = cells[index]
      do throws(RowFacts.Problem) {
        try row.add(mapping.missing.contains(cell) ? nil : cell, column, mapping)
      } catch {
        throw UnreadableCSV(
          line: line,
          column: index + 1,
          reason: "\(column.name): \(error.reason)"
        )
      }
    }
    facts = row.facts
    facts.assets = Set(facts.assets).sorted()
    facts.tags = Set(facts.tags).sorted()
    facts.data.categories = Set(facts.data.categories).sorted()
    guard !facts.title.isEmpty else {
      throw UnreadableCSV(line: line, column: 0, reason: "no title in this row")
    }
    let key = mapping.key.map { cells[number(of: $0)] }
    guard key.contains(where: { !mapping.missing.contains($0) }) else {
      throw UnreadableCSV(
        line: line,
        column: 0,
        reason: "\(mapping.key.joined(separator: ", ")) names no row"
      )
    }
    // Joined as JSON, so that no two different keys become one.
    let id = key.count == 1 ? key[0] : JSON.array(key.map(JSON.string)).written()
    let document = JSON.object(
      JSONObject(unique: zip(header, cells).map { ($0, JSON.string($1)) })
    )
    return OpenIncident(
      facts: facts,
      state: mapping.constant.state,
      source: ImportSource(
        format: mapping.id,
        externalID: id,
        digest: Digest.sha256(document.canonical),
        document: document.written()
      ),
      openedAt: row.openedAt,
      timeline: row.timeline
    )
  }
}

/// The facts of a row while its cells come in.
private struct RowFacts {
  struct Problem: Error {
    var reason: String
  }

  var facts: IncidentFacts
  var openedAt: Instant?
  var timeline: [TimelineFacts] = []

  /// Takes in a cell; nil is one that says nothing.
  mutating func add(
    _ cell: String?,
    _ column: RegisterMapping.Column,
    _ mapping: RegisterMapping
  ) throws(Problem) {
    guard let cell else {
      if case .affected(let jurisdiction, let quality, true) = column.fact {
        let people = AffectedPeople(jurisdiction: jurisdiction, count: nil, quality: quality)
        _ = facts.apply(.affected(jurisdiction: jurisdiction, people: people))
      }
      return
    }
    let values =
      column.split.map { cell.split(separator: $0).map { oneLine(String($0)) } } ?? [cell]
    switch column.fact {
    case .title: facts.title = oneLine(cell)
    case .summary: facts.summary = cell
    case .asset: facts.assets += values.map(oneLine).filter { !$0.isEmpty }
    case .tag(let prefix): facts.tags += values.map { prefix + oneLine($0) }
    case .actions(let words):
      for word in try RowFacts.words(values, words) {
        if let action = VerisAction(rawValue: word) { facts.actions.insert(action) }
      }
    case .data(let words): facts.data.categories += try RowFacts.words(values, words)
    case .affected(let jurisdiction, let quality, _):
      guard cell.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int64(cell) else {
        throw Problem(reason: "a whole number, 0 or more, should stand here")
      }
      let people = AffectedPeople(jurisdiction: jurisdiction, count: count, quality: quality)
      _ = facts.apply(.affected(jurisdiction: jurisdiction, people: people))
    case .instant(let instant, let dates):
      facts.instants[instant] = try RowFacts.time(cell, dates, column.name, mapping)
    case .opened(let dates):
      openedAt = try RowFacts.time(cell, dates, column.name, mapping).earliest
    case .event(let text, let dates):
      let time = try RowFacts.time(cell, dates, column.name, mapping)
      timeline.append(TimelineFacts(happened: time, text: text, source: time.source))
    }
  }

  private static func words(
    _ values: [String],
    _ words: RegisterMapping.Values
  ) throws(Problem) -> [String] {
    var found: [String] = []
    for value in values {
      guard let list = words.words[value] ?? words.words[oneLine(value)] ?? words.otherwise else {
        throw Problem(reason: "\"\(value)\" is none of the mapping's values")
      }
      found += list
    }
    return found
  }

  private static func time(
    _ cell: String,
    _ dates: RegisterMapping.Dates,
    _ column: String,
    _ mapping: RegisterMapping
  ) throws(Problem) -> StatedTime {
    for pattern in dates.patterns {
      let source = "\(mapping.id) \(column)"
      if let time = pattern.read(
        cell,
        zone: mapping.zone,
        atMost: dates.precision,
        source: source
      ) {
        return time
      }
    }
    throw Problem(reason: "\"\(cell)\" is not a date as the mapping describes it")
  }
}
