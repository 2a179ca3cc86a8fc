extension AuditItemFilter {
  /// The fields of a filter with the words that they can have; empty where any word will do.
  private static let fields: [(name: String, words: [String])] = [
    ("result", AuditResult.allCases.map(\.rawValue)),
    ("work", AuditWork.allCases.map(\.rawValue)),
    ("grade", AuditGrade.allCases.map(\.rawValue)),
    ("assignee", []),
    ("has", ["finding", "proposal"]),
    ("is", ["below-target"]),
  ]

  /// Reads a filter as it is typed: `result:partly work:to-do grade:major has:finding` and words.
  ///
  /// What is no field is a word, or the beginning of a reference. Empty text passes every line.
  ///
  /// - Throws: `UnreadableFilter`.
  public init(parsing text: String) throws(UnreadableFilter) {
    self.init()
    var words: [String] = []
    var position = 0
    for term in text.split(separator: " ", omittingEmptySubsequences: false) {
      defer { position += term.count + 1 }
      guard let colon = term.firstIndex(of: ":") else {
        if !term.isEmpty { words.append(String(term)) }
        continue
      }
      let (name, value) = (term[..<colon].lowercased(), String(term[term.index(after: colon)...]))
      guard let field = Self.fields.first(where: { $0.name == name }) else {
        throw UnreadableFilter(
          position: position,
          problem: "there is no field \(name)",
          advice: "there are \(Self.fields.map(\.name).joined(separator: ", "))"
        )
      }
      guard set(field.name, value.lowercased(), value) else {
        throw UnreadableFilter(
          position: position + name.count + 1,
          problem: value.isEmpty ? "a word is missing" : "\(name) cannot be \(value)",
          advice: field.words.isEmpty
            ? "write a name" : "it can be \(field.words.joined(separator: ", "))"
        )
      }
    }
    self.text = words.isEmpty ? nil : words.joined(separator: " ")
  }

  private mutating func set(_ field: String, _ word: String, _ value: String) -> Bool {
    switch (field, word) {
    case ("has", "finding"): hasFinding = true
    case ("has", "proposal"): hasProposal = true
    case ("is", "below-target"): isBelowTarget = true
    case ("result", _):
      result = AuditResult(rawValue: word)
      return result != nil
    case ("work", _):
      work = AuditWork(rawValue: word)
      return work != nil
    case ("grade", _):
      grade = AuditGrade(rawValue: word)
      return grade != nil
    case ("assignee", _):
      assignee = value
      return !value.isEmpty
    default: return false
    }
    return true
  }

  /// What the text before the cursor could become: the whole text, its last term completed.
  public static func completions(for text: String) -> [String] {
    let start = text.lastIndex(of: " ").map { text.index(after: $0) } ?? text.startIndex
    let (kept, typed) = (text[..<start], text[start...].lowercased())
    let options = fields.flatMap { field -> [String] in
      typed.hasPrefix(field.name + ":")
        ? field.words.map { "\(field.name):\($0)" } : [field.name + ":"]
    }
    return options.filter { $0.hasPrefix(typed) && $0 != typed }.map { kept + $0 }
  }
}
