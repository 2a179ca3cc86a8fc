/// Something that is wrong with the text of a statement.
public struct StatementProblem: Error, Hashable, Codable, Sendable, CustomStringConvertible {
  /// The line of the text, from 1; nil for the whole.
  public var line: Int?
  /// What is wrong; may quote the text, never a value.
  public var reason: String

  /// Makes a problem.
  public init(line: Int? = nil, _ reason: String) { (self.line, self.reason) = (line, reason) }

  /// Where and what.
  public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}

/// The text of a statement, read once: prose with fields, and derived parts between it.
///
/// `#`, `##`, `###` and a blank begin a heading, `-` or `*` and a blank a point of a list, an empty line ends a
/// paragraph. `{{field}}` is filled in; `{{#field}}` to `{{/field}}` stands only where the field has a value,
/// `{{^field}}` only where it has none; `{{! }}` is a remark; the name of a part stands alone on its line.
/// Structure is read while values stand as wholes, so none can become a heading or a point. Nothing else of
/// Mustache is taken, as in the texts of mailings.
public struct StatementTemplate: Sendable {
  /// What is wrong, by line.
  public private(set) var problems: [StatementProblem] = []
  /// The fields that it names, also as a condition.
  public private(set) var fields: Set<StatementField> = []
  /// The parts that it names.
  public private(set) var parts: Set<StatementPart> = []
  private var nodes: [Node] = []

  private indirect enum Node: Sendable {
    case text(String)
    case field(StatementField, line: Int)
    case part(StatementPart, line: Int)
    case section(StatementField, isInverted: Bool, [Node])
  }

  private static let most = 1000
  private static let deepest = 8

  /// Reads a text.
  public init(reading text: String) {
    guard text.utf8.count <= StatementFacts.longestBody else {
      problems = [StatementProblem("longer than \(StatementFacts.longestBody >> 10) KiB")]
      return
    }
    var rest = text[...]
    var (line, count) = (1, 0)
    var open: [(field: StatementField, isInverted: Bool, line: Int, nodes: [Node])] = []
    func put(_ node: Node) {
      if open.isEmpty { nodes.append(node) } else { open[open.count - 1].nodes.append(node) }
    }
    while let start = rest.firstRange(of: "{{") {
      put(.text(String(rest[..<start.lowerBound])))
      line += rest[..<start.lowerBound].count(where: \.isNewline)
      let inside = rest[start.upperBound...]
      guard let end = inside.firstRange(of: "}}") else {
        problems.append(StatementProblem(line: line, "{{ is not closed by }}"))
        return
      }
      count += 1
      guard count <= Self.most else {
        problems.append(StatementProblem(line: line, "more than \(Self.most) tags"))
        return
      }
      let tag = inside[..<end.lowerBound]
      let name = Self.trimmed(
        tag.first.map { "#^/!".contains($0) } ?? false ? tag.dropFirst() : tag
      )
      func refuse(_ reason: String) { problems.append(StatementProblem(line: line, reason)) }
      switch tag.first {
      case "!": break
      case "#", "^":
        if let field = named(name, line) {
          open.append((field, tag.first == "^", line, []))
          if open.count > Self.deepest { refuse("more than \(Self.deepest) parts in one another") }
        }
      case "/":
        if let last = open.popLast(), last.field.rawValue == name {
          put(.section(last.field, isInverted: last.isInverted, last.nodes))
        } else {
          refuse("{{/\(Self.shown(name))}} closes nothing that is open there")
        }
      case "{", "&", ">", "<", "$", "=", "%":
        refuse(
          "of Mustache only {{field}}, {{#field}}, {{^field}}, {{/field}} and {{! remark}} are taken"
        )
      default:
        if let part = StatementPart(rawValue: name) {
          parts.insert(part)
          put(.part(part, line: line))
        } else if let field = named(name, line) {
          put(.field(field, line: line))
        }
      }
      line += tag.count(where: \.isNewline)
      rest = inside[end.upperBound...]
    }
    put(.text(String(rest)))
    for section in open {
      problems.append(
        StatementProblem(
          line: section.line,
          "{{#\(section.field.rawValue)}} has no {{/\(section.field.rawValue)}}"
        )
      )
    }
  }

  private mutating func named(_ name: String, _ line: Int) -> StatementField? {
    if let field = StatementField(rawValue: name) {
      fields.insert(field)
      return field
    }
    problems.append(
      StatementProblem(
        line: line,
        "there is no field \(Self.shown(name)); there are "
          + (StatementField.allCases.map(\.rawValue) + StatementPart.allCases.map(\.rawValue))
          .joined(separator: ", ")
      )
    )
    return nil
  }

  private static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.prefix(40).filter { $0.value >= 32 }))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  // MARK: Layout

  /// A part of the text as it is laid out, before derived parts are written.
  enum Piece {
    case block(StatementBlock)
    case part(StatementPart, depth: Int)
  }

  private enum Item {
    case run(StatementRun)
    case part(StatementPart)
  }

  /// The pieces of the text, with what its fields are.
  ///
  /// - Parameters:
  ///   - values: What stands for each field; what is not known is absent.
  ///   - holds: Whether a field counts as having a value, for parts that stand on that.
  ///   - problems: What is wrong is added to it.
  /// - Returns: The pieces in order.
  func laidOut(
    _ values: [StatementField: String],
    holds: (StatementField) -> Bool,
    _ problems: inout [StatementProblem]
  ) -> [Piece] {
    var lines: [[Item]] = [[]]
    func write(_ nodes: [Node]) {
      for node in nodes {
        switch node {
        case .text(let text):
          let pieces = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
          for (index, piece) in pieces.enumerated() {
            if index > 0 { lines.append([]) }
            if !piece.isEmpty { lines[lines.count - 1].append(.run(StatementRun(String(piece)))) }
          }
        case .field(let field, let line):
          if let value = values[field] {
            lines[lines.count - 1].append(.run(StatementRun(value, source: field.source)))
          } else {
            problems.append(StatementProblem(line: line, "\(field.rawValue) has no value"))
          }
        case .part(let part, _): lines[lines.count - 1].append(.part(part))
        case .section(let field, let isInverted, let nodes):
          if holds(field) != isInverted { write(nodes) }
        }
      }
    }
    write(nodes)
    return Self.pieces(lines, &problems)
  }

  private static func pieces(_ lines: [[Item]], _ problems: inout [StatementProblem]) -> [Piece] {
    var pieces: [Piece] = []
    var (paragraph, points): ([StatementRun], [[StatementRun]]) = ([], [])
    var depth = 1
    func end() {
      if !paragraph.isEmpty { pieces.append(.block(.paragraph(paragraph))) }
      if !points.isEmpty { pieces.append(.block(.list(points))) }
      (paragraph, points) = ([], [])
    }
    for line in lines {
      let items = trimmed(line)
      if items.isEmpty {
        end()
        continue
      }
      var runs: [StatementRun] = []
      var part: StatementPart?
      for item in items {
        switch item {
        case .run(let run): runs.append(run)
        case .part(let named): part = named
        }
      }
      if let part {
        if items.count > 1 {
          problems.append(StatementProblem("{{\(part.rawValue)}} stands alone on its line"))
        }
        end()
        pieces.append(.part(part, depth: depth))
      } else if let first = runs.first, first.source.isEmpty, let heading = heading(first.text) {
        end()
        if heading.depth > depth + 1 {
          problems.append(
            StatementProblem("a heading is skipped before \"\(shown(String(heading.rest)))\"")
          )
        }
        depth = heading.depth
        let all = [StatementRun(String(heading.rest))] + runs.dropFirst()
        pieces.append(.block(.heading(heading.depth, all.filter { !$0.text.isEmpty })))
      } else if let first = runs.first, first.source.isEmpty,
        first.text.hasPrefix("- ") || first.text.hasPrefix("* ")
      {
        if !paragraph.isEmpty { end() }
        let all = [StatementRun(String(first.text.dropFirst(2)))] + runs.dropFirst()
        points.append(all.filter { !$0.text.isEmpty })
      } else if points.isEmpty {
        paragraph += (paragraph.isEmpty ? [] : [StatementRun(" ")]) + runs
      } else {
        points[points.count - 1] += [StatementRun(" ")] + runs
      }
    }
    end()
    return pieces
  }

  /// A line without blanks at its start; none of it where nothing but blanks is there.
  private static func trimmed(_ line: [Item]) -> [Item] {
    var items = line
    while case .run(let run)? = items.first, run.source.isEmpty {
      let text = String(run.text.drop(while: \.isWhitespace))
      guard text.isEmpty else {
        items[0] = .run(StatementRun(text))
        break
      }
      items.removeFirst()
    }
    while case .run(let run)? = items.last, run.source.isEmpty, run.text.allSatisfy(\.isWhitespace)
    {
      items.removeLast()
    }
    return items
  }

  /// The depth of a heading and what follows: `#` and `##` are of depth 2, for the title is the first.
  private static func heading(_ text: String) -> (depth: Int, rest: Substring)? {
    let count = text.prefix { $0 == "#" }.count
    guard (1...4).contains(count), text.dropFirst(count).first == " " else { return nil }
    return (max(2, count), text.dropFirst(count + 1).drop(while: \.isWhitespace))
  }
}
