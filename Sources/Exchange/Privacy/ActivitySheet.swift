public import Model

/// Activities as CSV: a column for each field, named as in the shell, and a row for each activity.
public enum ActivitySheet {
  /// The columns that are written.
  public static let columns =
    ["reference"] + ActivityField.allCases.map(\.rawValue) + ["source"]

  /// The header and a row for each activity; `read` gives the same facts back.
  public static func text(_ activities: some Sequence<Activity>) -> String {
    let writer = CSVWriter()
    return activities.reduce(into: writer.row(columns)) { text, activity in
      let fields = ActivityField.allCases.map { $0.text(activity.facts) }
      text += writer.row([activity.reference] + fields + [activity.facts.source])
    }
  }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - map: Which column is what, where the header does not name a field itself.
  ///   - reading: In which zone days are meant.
  /// - Returns: The activities; bad rows are refused one by one.
  /// - Throws: `UnreadableActivities` for a header that says nothing of use.
  static func read(
    _ bytes: [UInt8],
    map: [ActivityField: String],
    _ reading: TimeReading
  ) throws(UnreadableActivities) -> ActivityFile {
    do {
      return try rows(bytes, map: map, reading)
    } catch let error as UnreadableActivities {
      throw error
    } catch {
      throw UnreadableActivities(reason: "\(error)")
    }
  }

  /// How many rows are read.
  private static let most = 20_000

  private static func rows(
    _ bytes: [UInt8],
    map: [ActivityField: String],
    _ reading: TimeReading
  ) throws -> ActivityFile {
    var reader = CSVReader(
      MemorySource(bytes),
      separator: separator(of: bytes),
      limits: CSVLimits(maximumCell: 64 << 10, maximumColumns: 200),
      undoesNeutralising: isOwn(bytes)
    )
    guard let first = try reader.next() else {
      throw UnreadableActivities(reason: "the file is empty")
    }
    let header = try first.cells.get().map { $0.trimmed.lowercased() }
    let columns = try Columns(header, map)
    var file = ActivityFile()
    file.omitted = columns.strange.map { "column \($0)" }
    while let row = try reader.next() {
      guard file.activities.count < most else {
        throw UnreadableActivities(at: "line \(row.line)", reason: "more than \(most) rows")
      }
      switch row.cells {
      case .failure(let error):
        file.refused.append(UnreadableActivities(at: error.at, reason: error.reason))
      case .success(let cells):
        let at = "line \(row.line)"
        if cells.allSatisfy({ $0.trimmed.isEmpty }) { continue }
        do throws(FieldProblem) {
          file.activities.append(try columns.activity(cells, at: at, reading))
        } catch {
          file.refused.append(UnreadableActivities(at: at, reason: error.description))
        }
      }
    }
    return file
  }

  /// Semicolons where the header has more of them than commas, as spreadsheets of some countries write.
  private static func separator(of bytes: [UInt8]) -> Unicode.Scalar {
    let line = bytes.prefix(4096).prefix { $0 != 10 }
    let commas = line.count { $0 == UInt8(ascii: ",") }
    return line.count { $0 == UInt8(ascii: ";") } > commas ? ";" : ","
  }

  /// Whether the file was written by this program, which alone puts quote marks in front of formulas.
  private static func isOwn(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: Array(columns.joined(separator: ",").utf8))
  }

  /// Where each field stands.
  private struct Columns {
    var places: [ActivityField: Int] = [:]
    var reference: Int?
    var source: Int?
    var strange: [String] = []

    init(_ header: [String], _ map: [ActivityField: String]) throws {
      for (field, name) in map.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        guard let place = header.firstIndex(of: name.lowercased()) else {
          throw UnreadableActivities(
            at: "line 1",
            reason: "there is no column \(name); there are \(header.joined(separator: ", "))"
          )
        }
        places[field] = place
      }
      let mapped = Set(places.values)
      for (place, name) in header.enumerated() where !mapped.contains(place) {
        if name == "reference" {
          reference = place
        } else if name == "source" {
          source = place
        } else if let field = ActivityField(rawValue: name), map[field] == nil {
          guard places[field] == nil else {
            throw UnreadableActivities(at: "line 1", reason: "the column \(name) stands twice")
          }
          places[field] = place
        } else if !name.isEmpty {
          strange.append(name)
        }
      }
      guard places[.name] != nil else {
        throw UnreadableActivities(
          at: "line 1",
          reason: "no column is the name; say which with --map name=COLUMN"
        )
      }
    }

    func activity(
      _ cells: [String],
      at: String,
      _ reading: TimeReading
    ) throws(FieldProblem) -> ReadActivity {
      func cell(_ place: Int?) -> String {
        place.flatMap { $0 < cells.count ? cells[$0].trimmed : nil } ?? ""
      }
      var facts = ActivityFacts(name: "")
      for field in ActivityField.allCases {
        guard let place = places[field] else { continue }
        try field.set(CisoWords.known(cell(place), for: field), on: &facts, reading)
      }
      facts.source = cell(source)
      return ReadActivity(
        at: at,
        reference: cell(reference).uppercased(),
        fields: Set(places.keys),
        facts: facts
      )
    }
  }
}
