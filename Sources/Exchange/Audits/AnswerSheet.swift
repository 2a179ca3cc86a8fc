internal import Formats
public import Model

/// Why a file of answers cannot be read.
public struct UnreadableAnswers: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1; nil where the whole file is meant.
  public var line: Int?
  /// What is wrong.
  ///
  /// May quote foreign text.
  public var reason: String

  /// Makes an error.
  public init(line: Int? = nil, reason: String) { (self.line, self.reason) = (line, reason) }

  /// Place and reason.
  public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}

/// Items of an audit that somebody without an account answers: a file that goes out and comes back.
///
/// All texts in it are foreign.
public struct AnswerSheet: Sendable, Equatable {
  /// One item.
  public struct Item: Sendable, Equatable {
    /// The requirement's own name: by it the answer finds its item again.
    public var id: String
    /// What people call it.
    public var reference = ""
    /// What it says; only for the reader.
    public var text = ""
    /// What is asked, and the choices; only for the reader.
    public var questions: [String] = []
    /// What the audit before said; only for the reader.
    public var previous = ""
    /// The result; nil where it was left empty.
    public var result: AuditResult?
    /// Why it does not apply.
    public var reason = ""
    /// The score; nil where it was left empty.
    public var score: Int?
    /// What was observed.
    public var observation = ""
    /// Answers to the questions, by id.
    public var answers: [String: [String]] = [:]

    /// Makes an item without an answer.
    public init(id: String) { self.id = id }

    /// Whether something was filled in.
    public var isAnswered: Bool {
      result != nil || score != nil || !reason.isEmpty || !observation.isEmpty || !answers.isEmpty
    }
  }

  /// The audit's reference.
  public var audit: String
  /// Who answers.
  public var person: String
  /// The items.
  public var items: [Item]

  /// Makes a sheet.
  public init(audit: String, person: String, items: [Item]) {
    (self.audit, self.person, self.items) = (audit, person, items)
  }

  /// The most bytes that are read.
  public static let maximumBytes = 16 << 20
  /// The most items that are read.
  public static let maximumItems = 100_000
  /// The longest text that is read, in bytes.
  static let maximumText = 64 << 10

  /// The columns of a table, in order.
  static let columns = [
    "audit", "person", "id", "reference", "text", "questions", "previous", "result", "reason",
    "score", "observation", "answers",
  ]

  // MARK: Writing

  /// The sheet in YAML, with a word on how it is filled in.
  public var yaml: String {
    var out = YAMLText()
    out.text("audit", audit)
    out.text("person", person, evenEmpty: true)
    out.objects("items", items) { out, item in
      out.text("id", item.id)
      out.text("reference", item.reference)
      out.text("text", item.text)
      out.list("questions", item.questions)
      out.text("previous", item.previous)
      out.text("result", item.result?.rawValue ?? "", evenEmpty: true)
      out.text("reason", item.reason, evenEmpty: true)
      out.text("score", item.score.map(String.init) ?? "", evenEmpty: true)
      out.text("observation", item.observation, evenEmpty: true)
      if !item.questions.isEmpty {
        out.text("answers", AnswerSheet.text(item.answers), evenEmpty: true)
      }
    }
    return """
      # Fill in result, reason, score, observation and answers, and send the file back.
      # result: conforms, partly, does-not-conform or not-applicable (that one with a reason).
      # answers: question=choice, several with ; between them, several choices with | between.

      """ + out.text
  }

  /// The sheet as a table.
  public var csv: String {
    let writer = CSVWriter()
    return writer.row(AnswerSheet.columns)
      + items.map { item in
        writer.row([
          audit, person, item.id, item.reference, item.text, item.questions.joined(separator: "\n"),
          item.previous, item.result?.rawValue ?? "", item.reason,
          item.score.map(String.init) ?? "", item.observation, AnswerSheet.text(item.answers),
        ])
      }.joined()
  }

  private static func text(_ answers: [String: [String]]) -> String {
    answers.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value.joined(separator: "|"))" }.joined(separator: "; ")
  }

  // MARK: Reading

  /// Reads a sheet that came back.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: Its name, for errors; a name that ends in `.csv` is a table.
  /// - Returns: The sheet.
  /// - Throws: `UnreadableAnswers` for the first fault; nothing of a bad file is taken.
  public static func read(_ bytes: [UInt8], path: String) throws -> AnswerSheet {
    let sheet =
      path.lowercased().hasSuffix(".csv")
      ? try readTable(bytes) : try readYAML(bytes, path: path)
    var known: Set<String> = []
    for item in sheet.items where !known.insert(item.id).inserted {
      throw UnreadableAnswers(reason: "\(item.id) stands there twice")
    }
    guard sheet.items.count <= maximumItems else {
      throw UnreadableAnswers(reason: "more than \(maximumItems) items")
    }
    return sheet
  }

  private static func readYAML(_ bytes: [UInt8], path: String) throws -> AnswerSheet {
    do {
      let root = try StrictYAML(reading: bytes, file: path, maximumBytes: maximumBytes)
      try root.allow("audit", "person", "items")
      return AnswerSheet(
        audit: try root.words("audit"),
        person: try root.words("person"),
        items: try root.objects("items").map { node in
          try node.allow(
            "id",
            "reference",
            "text",
            "questions",
            "previous",
            "result",
            "reason",
            "score",
            "observation",
            "answers"
          )
          return try item(
            [
              "id": try node.words("id"), "result": try node.words("result"),
              "reason": try node.words("reason"), "score": try node.words("score"),
              "observation": try node.words("observation"), "answers": try node.words("answers"),
            ],
            { node.error($0) }
          )
        }
      )
    } catch let error as UnreadableYAML {
      throw UnreadableAnswers(line: error.line, reason: error.reason)
    }
  }

  private static func readTable(_ bytes: [UInt8]) throws -> AnswerSheet {
    var reader = CSVReader(
      MemorySource(bytes),
      limits: CSVLimits(maximumCell: maximumText, maximumColumns: 64),
      undoesNeutralising: true
    )
    var (titles, sheet): ([String]?, AnswerSheet) = (
      nil, AnswerSheet(audit: "", person: "", items: [])
    )
    while let row = try reader.next() {
      let cells: [String]
      switch row.cells {
      case .success(let found): cells = found
      case .failure(let error): throw UnreadableAnswers(line: row.line, reason: "\(error)")
      }
      func refuse(_ reason: String) -> any Error {
        UnreadableAnswers(line: row.line, reason: reason)
      }
      guard let titles else {
        let found = cells.map { $0.trimmed.lowercased() }
        for title in ["audit", "id", "result"] where !found.contains(title) {
          throw refuse("there is no column \(title)")
        }
        guard Set(found).count == found.count else { throw refuse("a column stands there twice") }
        if let strange = found.first(where: { !columns.contains($0) }) {
          throw refuse("there is no such column as \(strange)")
        }
        titles = found
        continue
      }
      guard cells.count == titles.count else {
        throw refuse("\(cells.count) cells under \(titles.count) titles")
      }
      guard sheet.items.count < maximumItems else {
        throw refuse("more than \(maximumItems) items")
      }
      let values = Dictionary(zip(titles, cells.map(\.trimmed))) { first, _ in first }
      let (audit, person) = (values["audit"] ?? "", values["person"] ?? "")
      if sheet.items.isEmpty { (sheet.audit, sheet.person) = (audit, person) }
      guard audit == sheet.audit, person == sheet.person else {
        throw refuse("one file is for one audit and one person")
      }
      sheet.items.append(try item(values, refuse))
    }
    return sheet
  }

  private static func item(
    _ values: [String: String],
    _ refuse: (String) -> any Error
  ) throws -> Item {
    func value(_ key: String) throws -> String {
      let text = values[key] ?? ""
      guard text.utf8.count <= maximumText, !text.utf8.contains(0) else {
        throw refuse("\(key) is longer than \(maximumText) bytes, or not text")
      }
      return text
    }
    var item = Item(id: try value("id"))
    guard !item.id.isEmpty else { throw refuse("an item has no id") }
    let word = try value("result")
    if !word.isEmpty {
      guard let result = AuditResult(rawValue: word.lowercased().replacingSpaces) else {
        let words = AuditResult.allCases.map(\.rawValue).joined(separator: ", ")
        throw refuse("\(word) is no result; there are \(words)")
      }
      item.result = result
    }
    let score = try value("score")
    if !score.isEmpty {
      guard let number = Int(score), (-999_999_999...999_999_999).contains(number) else {
        throw refuse("\(score) is no whole number")
      }
      item.score = number
    }
    (item.reason, item.observation) = (try value("reason"), try value("observation"))
    item.answers = try answers(try value("answers"), refuse)
    return item
  }

  /// Reads answers as they are written: `question=choice|choice; question=words`.
  public static func answers(
    _ text: String,
    _ refuse: (String) -> any Error = { UnreadableAnswers(reason: $0) }
  ) throws -> [String: [String]] {
    var answers: [String: [String]] = [:]
    for part in text.split(separator: ";") where !String(part).trimmed.isEmpty {
      guard let mark = part.firstIndex(of: "=") else {
        throw refuse("an answer is written as question=choice")
      }
      let key = String(part[..<mark]).trimmed
      let values = part[part.index(after: mark)...].split(separator: "|").map { String($0).trimmed }
      guard !key.isEmpty, answers.updateValue(values, forKey: key) == nil else {
        throw refuse("a question is answered twice, or has no name")
      }
    }
    return answers
  }
}

extension String {
  fileprivate var replacingSpaces: String { map { $0 == " " ? "-" : String($0) }.joined() }
}
