internal import GRDB
internal import Model

/// What one recomputation has answered to duties of an incident that wait for facts, as one line of
/// the history keeps it.
struct WaitingAnswers {
  /// The rule under which such lines stand.
  static let rule = "*"

  /// One answer, by the numbers of the texts that it shares with others.
  typealias Item = [Int64]

  /// Each the rule, the answer without its reasons, then each reason; sorted by rule.
  var items: [Item]

  init(_ items: [Item]) { self.items = items }

  /// Reads a line's document.
  init(document: String) throws {
    items = try JSON.value(document)
    guard items.allSatisfy({ $0.count >= 2 }) else { throw UnknownWord(type: "WaitingAnswers") }
  }

  /// The document of the line.
  var document: String {
    let lists = items.map { "[" + $0.map(String.init).joined(separator: ",") + "]" }
    return "[" + lists.joined(separator: ",") + "]"
  }

  /// The answer to a rule of which the number is known; nil where the line has none.
  func item(of rule: Int64) -> Item? { items.first { $0[0] == rule } }

  /// The answer of an item.
  static func obligation(_ item: Item, in db: Database) throws -> Obligation {
    var obligation = try JSON.value(try text(item[1], in: db), as: Obligation.self)
    obligation.because = try item.dropFirst(2).map { try text($0, in: db) }
    return obligation
  }

  private static func text(_ phrase: Int64, in db: Database) throws -> String {
    guard let row = try db.row("SELECT text FROM obligationPhrase WHERE id = ?", [phrase]) else {
      throw UnknownWord(type: "obligationPhrase")
    }
    return try row.text(0)
  }

  /// The number of a text; nil where no answer has it.
  static func number(_ text: String, in db: Database) throws -> Int64? {
    try db.row("SELECT id FROM obligationPhrase WHERE text = ?", [text])?.number(0)
  }
}

/// The numbers of texts that answers share, found or given within one transaction.
final class PhraseNumbers {
  private var numbers: [String: Int64] = [:]

  /// The number of a text.
  func number(_ text: String, in db: Database) throws -> Int64 {
    if let known = numbers[text] { return known }
    let number = try WaitingAnswers.number(text, in: db) ?? PhraseNumbers.add(text, in: db)
    numbers[text] = number
    return number
  }

  private static func add(_ text: String, in db: Database) throws -> Int64 {
    try db.run("INSERT INTO obligationPhrase (text) VALUES (?)", [text])
    return db.lastInsertedRowID
  }

  /// An answer by the numbers of its texts.
  func item(_ obligation: Obligation, in db: Database) throws -> WaitingAnswers.Item {
    var head = obligation
    head.because = []
    return try ([obligation.id, try JSONBytes.text(head)] + obligation.because).map {
      try number($0, in: db)
    }
  }
}
