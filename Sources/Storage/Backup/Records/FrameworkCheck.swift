internal import GRDB
internal import Model

/// Frameworks: what was brought in, by its digest, and what of it is repeated to be found by.
///
/// The journal keeps a framework without its lines, and the digest of the whole, which is worked out again
/// from what stands in the store.
enum FrameworkCheck: FoldedCheck {
  static let kind = Subject.Kind.framework
  static let table = "framework"
  static let tables = [
    CheckedTable("framework", .none, ["*"]), CheckedTable("requirement", .none, ["*"]),
  ]
  static let actions = (
    adding: [AddFramework.name], others: [RemoveFramework.name, RestoreFramework.name]
  )

  /// A framework as its row has it, without its document.
  struct Stored {
    var row: FrameworkRow
    var isRemoved: Bool
  }

  static func fold(_ told: inout ToldRecord<AddFramework>, _ entry: KeptEntry) throws {
    switch entry.action {
    case AddFramework.name: told.facts = try entry.read()
    default: told.isRemoved = entry.action == RemoveFramework.name
    }
  }

  static func stored(_ ids: [RecordID], in db: Database) throws -> [RecordID: Stored] {
    var found: [RecordID: Stored] = [:]
    try db.rows(
      """
      SELECT \(FrameworkRecord.columns), isRemoved FROM framework
      WHERE id IN (SELECT value FROM json_each(?))
      """,
      ["[\(ids.map(String.init).joined(separator: ","))]"]
    ) {
      found[try $0.number(0)] = Stored(
        row: try FrameworkRecord.read($0),
        isRemoved: try $0.flag(13)
      )
    }
    return found
  }

  static func problem(
    _ told: ToldRecord<AddFramework>,
    _ stored: Stored,
    _ id: RecordID,
    in db: Database
  ) throws -> String? {
    var differences = Differences()
    differences.note(stored.row.version == told.version, "version is")
    differences.note(stored.isRemoved == told.isRemoved, "place on the lists is")
    differences.note(stored.row.addedAt == told.first.at, "time of coming in is")
    if let added = told.facts {
      differences.note(stored.row.digest == added.digest, "digest is")
      differences.note(stored.row.format == added.format, "format is")
    }
    if let first = differences.first { return first }
    do {
      return try content(told.facts, stored.row, in: db)
    } catch let error as DatabaseError {
      throw error
    } catch {
      return "it holds what was never written"
    }
  }

  /// What is wrong with its document or its lines.
  private static func content(
    _ added: AddFramework?,
    _ row: FrameworkRow,
    in db: Database
  ) throws -> String? {
    guard var whole = try FrameworkRecord.document(row.id, in: db) else { return "it was deleted" }
    if let added, added.framework != whole { return "its document is not what was brought in" }
    whole.requirements = try RequirementRecord.list(of: row.id, in: db)
    guard whole.digest == row.digest else {
      return "its document or its lines are not what was brought in"
    }
    guard row.identifier == whole.identifier, row.edition == whole.version,
      row.name == whole.texts.name, row.language == whole.language,
      row.provider == whole.provider, row.aliases == whole.aliases,
      row.nodes == whole.requirements.count, row.assessable == whole.assessable
    else { return "what it is found by is not what its document says" }
    return try places(RequirementPlaces(whole.requirements), of: row.id, in: db)
      ? nil : "its lines do not stand where they stood"
  }

  /// Whether its lines have the numbers and places that they came in with: one after the other.
  private static func places(
    _ wanted: RequirementPlaces,
    of framework: RecordID,
    in db: Database
  ) throws -> Bool {
    var (index, first, isSame) = (0, Int64(0), true)
    try db.rows(
      """
      SELECT id, position, subtreeEnd, parent FROM requirement WHERE framework = ? ORDER BY position
      """,
      [framework]
    ) { row in
      if index == 0 { first = try row.number(0) }
      isSame =
        try isSame && index < wanted.ends.count && row.number(0) == first &+ Int64(index)
        && row.number(1) == Int64(index) && row.number(2) == Int64(wanted.ends[index])
        && row.optionalNumber(3) == wanted.parents[index].map(Int64.init)
      index += 1
    }
    return isSame && index == wanted.ends.count
  }
}
