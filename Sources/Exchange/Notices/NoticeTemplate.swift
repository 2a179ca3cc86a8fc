public import Model
internal import Mustache

/// The subject and body of a text, read once and filled in as often as there are people.
public struct NoticeTemplate: Sendable {
  private let subject: MustacheTemplate
  private let body: MustacheTemplate
  private let subjectTags: NoticeTags
  private let bodyTags: NoticeTags

  /// Reads a text.
  ///
  /// - Throws: `UnfitNotice` with all that is wrong, by line.
  public init(_ facts: NoticeTextFacts) throws(UnfitNotice) {
    subjectTags = NoticeTags(reading: facts.subject, from: 0)
    bodyTags = NoticeTags(reading: facts.body)
    let problems = subjectTags.problems + bodyTags.problems
    guard problems.isEmpty else { throw UnfitNotice(problems) }
    subject = try Self.compile(facts.subject, line: 0)
    body = try Self.compile(facts.body, line: nil)
  }

  private static func compile(
    _ text: String,
    line: Int?
  ) throws(UnfitNotice) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: text)
    } catch {
      throw UnfitNotice([NoticeProblem(line: line, "is no Mustache template")])
    }
  }

  /// All fields that it names, also as a condition.
  public var fields: Set<MergeField> { subjectTags.fields.union(bodyTags.fields) }

  /// The fields that it cannot do without.
  ///
  /// One that stands only where it has a value itself is none of them; one that stands where another
  /// has a value is.
  public var needs: Set<MergeField> {
    Set(
      (subjectTags.uses + bodyTags.uses).filter { use in
        !use.within.contains { $0.field == use.field && !$0.isInverted }
      }.map(\.field)
    )
  }

  /// The items that its remarks mark, with their lines.
  var marks: [NoticeTags.Mark] { bodyTags.marks }

  /// What is missing of what it needs where only some fields have a value.
  func gaps(having present: Set<MergeField>) -> [NoticeProblem] {
    let lines = subjectTags.uses.map { ($0, 0) } + bodyTags.uses.map { ($0, $0.line) }
    return lines.compactMap { use, line in
      let stands = use.within.allSatisfy { present.contains($0.field) != $0.isInverted }
      guard stands, !present.contains(use.field) else { return nil }
      return NoticeProblem(line: line, "\(use.field.rawValue) has no value")
    }
  }

  /// Subject and body with marks where fields stand, for people of whom some fields have a value.
  func laidOut(having present: Set<MergeField>) -> (subject: [NoticeRun], body: [NoticeBlock]) {
    var context: [String: Any] = [:]
    for field in fields.intersection(present) {
      let mark = "\(NoticeTags.opening)\(field.rawValue)\(NoticeTags.closing)"
      let path = field.rawValue.split(separator: ".").map(String.init)
      guard path.count == 2 else {
        context[field.rawValue] = mark
        continue
      }
      var inner = context[path[0]] as? [String: String] ?? [:]
      inner[path[1]] = mark
      context[path[0]] = inner
    }
    return (
      NoticeLayout.runs(subject.render(context)), NoticeLayout.blocks(body.render(context))
    )
  }
}
