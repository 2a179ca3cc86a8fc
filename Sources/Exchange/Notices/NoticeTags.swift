internal import Model

/// The tags of a template, as far as a text may have them.
///
/// Taken are a field, a part that stands only where a field has a value or only where it has none,
/// and remarks. All else that Mustache knows is refused: partials, inheritance, lambdas and functions,
/// other delimiters, pragmas and values without escaping.
struct NoticeTags {
  /// One use of a field.
  struct Use: Hashable {
    /// Which field.
    var field: MergeField
    /// The line, from 1.
    var line: Int
    /// The parts that it stands in, outermost first.
    var within: [Part]
  }

  /// A part that stands only where a field has a value, or only where it has none.
  struct Part: Hashable {
    /// Which field.
    var field: MergeField
    /// Whether it stands where there is no value.
    var isInverted: Bool
  }

  /// A remark that marks what follows as an item that a law wants: `{{! item: nature }}`.
  struct Mark: Hashable {
    /// The item, alone or behind its list of contents: `gdpr-34-2/nature`.
    var item: String
    /// The line, from 1.
    var line: Int
  }

  /// The fields, in order.
  private(set) var uses: [Use] = []
  /// The items that remarks mark, in order.
  private(set) var marks: [Mark] = []
  /// What is wrong.
  private(set) var problems: [NoticeProblem] = []
  /// All fields that are named, also as a condition.
  private(set) var fields: Set<MergeField> = []

  /// Stand around the name of a field while structure is read; no text may hold them.
  static let opening: Character = "\u{E000}"
  static let closing: Character = "\u{E001}"

  private static let most = 1000
  private static let deepest = 8

  /// Reads a template whose first line has a number.
  init(reading text: String, from firstLine: Int = 1) {
    var rest = text[...]
    var line = firstLine
    var open: [(part: Part, line: Int)] = []
    var count = 0
    if let hidden = text.firstIndex(where: { $0 == Self.opening || $0 == Self.closing }) {
      problems.append(
        NoticeProblem(
          line: firstLine + text[..<hidden].count(where: \.isNewline),
          "holds a character that is for private use"
        )
      )
      return
    }
    while let start = rest.firstRange(of: "{{") {
      line += rest[..<start.lowerBound].count(where: \.isNewline)
      let inside = rest[start.upperBound...]
      guard let end = inside.firstRange(of: "}}") else {
        problems.append(NoticeProblem(line: line, "{{ is not closed by }}"))
        return
      }
      count += 1
      guard count <= Self.most else {
        problems.append(NoticeProblem(line: line, "more than \(Self.most) tags"))
        return
      }
      read(inside[..<end.lowerBound], line, &open)
      line += inside[..<end.lowerBound].count(where: \.isNewline)
      rest = inside[end.upperBound...]
    }
    for (part, line) in open {
      problems.append(
        NoticeProblem(line: line, "{{#\(part.field.rawValue)}} has no {{/\(part.field.rawValue)}}")
      )
    }
  }

  private mutating func read(
    _ tag: Substring,
    _ line: Int,
    _ open: inout [(part: Part, line: Int)]
  ) {
    func refuse(_ reason: String) { problems.append(NoticeProblem(line: line, reason)) }
    guard let sigil = tag.first else { return refuse("{{}} names no field") }
    switch sigil {
    case "!":
      if let item = Self.item(tag.dropFirst()) { marks.append(Mark(item: item, line: line)) }
    case "#", "^":
      guard let field = field(tag.dropFirst(), line) else { return }
      open.append((Part(field: field, isInverted: sigil == "^"), line))
      if open.count > Self.deepest { refuse("more than \(Self.deepest) parts within one another") }
    case "/":
      guard let field = field(tag.dropFirst(), line) else { return }
      guard open.popLast()?.part.field == field else {
        return refuse("{{/\(field.rawValue)}} closes nothing that is open there")
      }
    case "{", "&": refuse("values always stand as text; write {{name}}")
    case ">": refuse("a text takes in no other file ({{>)")
    case "<", "$": refuse("a text inherits from no other ({{< {{$)")
    case "=": refuse("the delimiters stay {{ and }}")
    case "%": refuse("pragmas are not taken ({{%)")
    default:
      guard let field = field(tag, line) else { return }
      uses.append(Use(field: field, line: line, within: open.map(\.part)))
    }
  }

  /// The field that a tag names; tells what is wrong where it names none.
  private mutating func field(_ text: Substring, _ line: Int) -> MergeField? {
    guard !text.contains(where: \.isNewline) else {
      problems.append(NoticeProblem(line: line, "a tag stands on one line"))
      return nil
    }
    let name = Self.trimmed(text)
    if let field = MergeField(rawValue: name) {
      fields.insert(field)
      return field
    }
    let shown = SinkText.line(String(name.prefix(40)))
    problems.append(
      NoticeProblem(
        line: line,
        name.contains("(")
          ? "functions are not taken: \(shown)"
          : "there is no field \(shown); there are "
            + MergeField.allCases.map(\.rawValue).joined(separator: ", ")
      )
    )
    return nil
  }

  /// The item that a remark marks; nil where it is any other remark.
  private static func item(_ remark: Substring) -> String? {
    let text = trimmed(remark)
    guard text.lowercased().hasPrefix("item:") else { return nil }
    let item = trimmed(text.dropFirst(5))
    return item.isEmpty ? nil : item
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
