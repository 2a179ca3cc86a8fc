internal import GRDB
internal import Model

/// What the tables of kept records refuse in the same words.
extension KeptFacts {
  /// Refuses a text without a word in it.
  func refuseBlank(_ text: String, _ sentence: String) throws {
    guard text.contains(where: { !$0.isWhitespace }) else { throw StoreError.refused(sentence) }
  }

  /// Refuses facts that are longer than a record may be.
  func refuseSize() throws {
    let limit = 256 << 10
    guard try JSON.text(self).utf8.count <= limit else {
      throw StoreError.refused("a record of the register has at most \(limit >> 10) KiB")
    }
  }

  /// Refuses a value that another record of the kind has; the words say what to do.
  ///
  /// Whatever the letter case, unless it is `exact`: the collation must be that of the column's index, or
  /// every row is looked at for every row of a list.
  func refuseTaken(
    _ column: String,
    _ value: String,
    exact: Bool = false,
    by id: RecordID,
    _ words: @autoclosure () -> String,
    in db: Database
  ) throws {
    guard !value.isEmpty else { return }
    let row = try db.row(
      """
      SELECT 1 FROM \(Self.table)
      WHERE \(column) = ? COLLATE \(exact ? "BINARY" : "NOCASE") AND isRemoved = 0
        AND \(column) <> '' AND id <> ?
      """,
      [value, id]
    )
    if row != nil { throw StoreError.refused(words()) }
  }

  /// Refuses evidence that is not there.
  func refuseUnknown(evidence: [RecordID], in db: Database) throws {
    for number in evidence {
      guard try db.row("SELECT 1 FROM evidence WHERE id = ?", [number]) != nil else {
        throw StoreError.notFound(Subject(.evidence, number))
      }
    }
  }

  /// A reference of letters and a number: `ACT-0001`.
  static func numbered(_ letters: String, _ id: RecordID) -> String {
    let digits = String(id)
    return "\(letters)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
