import Foundation
import Model
import Storage
import TestSupport
import Testing

@testable import Exchange

struct `A library of CISO Assistant` {
  private static let yaml = """
    urn: urn:x:risk:library:demo
    locale: en
    ref_id: demo
    name: Demo library
    description: null
    copyright: CC0
    version: 3
    provider: Someone
    packager: packers
    objects:
      framework:
        urn: urn:x:risk:framework:demo
        ref_id: demo
        name: Demo
        description: ~
        min_score: 1
        max_score: 4
        scores_definition:
        - score: 2
          name: Two
          description: null
        - score: 1
          name: One
        implementation_groups_definition:
        - ref_id: '1'
          name: Level 1
          default_selected: true
        requirement_nodes:
        - urn: urn:x:n:2
          assessable: true
          depth: 2
          parent_urn: urn:x:N:1
          ref_id: A.1
          description: "  * Ask & check  "
          annotation: How
          typical_evidence: What
          implementation_groups: ['1', extra]
          weight: 2
          display_mode: splash
          questions:
            urn:x:q:1:
              type: unique_choice
              text: Do you?
              depends_on: {question: urn:x:q:0, answers: [a, b], condition: all}
              choices:
              - {urn: urn:x:c:1, value: 'Yes', add_score: 5, compute_result: compliant}
              - {urn: urn:x:c:2, value: 'No', compute_result: non_compliant}
          translations:
            fr: {description: Demander}
        - urn: urn:x:n:1
          assessable: false
          depth: 1
          name: Chapter
        - urn: urn:x:n:3
          assessable: true
          depth: 1
          description: |
            * a list
            & more
      risk_matrix:
      - urn: urn:x:m
    """

  private func read(_ yaml: String) throws -> FrameworkFile {
    try FrameworkFormat.ciso.read(Array(yaml.utf8), path: "demo.yaml")
  }

  @Test func `is read with tree, groups, scores, questions and translations`() throws {
    let file = try read(Self.yaml)
    #expect(file.omitted == ["risk_matrix (1)", "of requirements: display_mode"])
    let framework = try #require(file.frameworks.first)
    #expect(framework.identifier == "urn:x:risk:library:demo")
    #expect(framework.aliases == ["urn:x:risk:framework:demo"])
    #expect(framework.version == "3")
    #expect(framework.language == "en")
    #expect(framework.texts == FrameworkTexts(name: "Demo"))
    #expect(framework.groups.map(\.id) == ["1", "extra"])
    #expect(framework.groups.map(\.isDefault) == [true, false])
    #expect(framework.scale?.minimum == 1)
    #expect(framework.scale?.levels.map(\.texts.name) == ["One", "Two"])
    #expect(framework.requirements.map(\.identifier) == ["urn:x:n:1", "urn:x:n:2", "urn:x:n:3"])
    #expect(framework.requirements.map(\.depth) == [1, 2, 1])
    #expect(framework.assessable == 2)
    let first = framework.requirements[1]
    let texts = FrameworkTexts(text: "* Ask & check", guidance: "How", evidence: "What")
    #expect(first.texts == texts)
    #expect(first.weight == 2)
    #expect(first.translations == ["fr": FrameworkTexts(text: "Demander")])
    let question = try #require(first.questions.first)
    #expect(question.kind == .choice)
    #expect(question.choices.map(\.result) == [.conforms, .doesNotConform])
    #expect(question.choices.map(\.score) == [5, nil])
    let dependency = RequirementQuestion.Dependency(
      question: "urn:x:q:0",
      answers: ["a", "b"],
      needsAll: true
    )
    #expect(question.dependency == dependency)
    #expect(framework.requirements[2].texts.text == "* a list\n& more")
  }

  @Test(
    arguments: [
      ("urn:x:n:3\n", "urn:x:n:1\n", "line 54", "two requirements have this urn"),
      ("urn:x:N:1", "urn:x:n:9", "line 32", "no requirement has the urn that stands here"),
      ("parent_urn: urn:x:N:1", "parent_urn: urn:x:n:2", "line 12", "a ring"),
      ("name: Chapter", "name: &a Chapter", "line 53", "anchors and aliases"),
      ("name: Chapter", "name: *a", "line 53", "anchors and aliases"),
      ("name: Chapter", "assessable: true", "line 53", "assessable stands here twice"),
      ("type: unique_choice", "type: riddle", "line 42", "an unknown kind of question: riddle"),
      ("weight: 2", "weight: heavy", "line 38", "a whole number should stand here"),
      ("min_score: 1", "min_score: 4", "", "its least score is not below its greatest"),
      ("objects:", "objekte:", "line 1", "no library of CISO Assistant"),
    ]
  )
  func `with a fault is refused with its line`(
    old: String,
    new: String,
    at: String,
    reason: String
  ) throws {
    let yaml = Self.yaml.replacingOccurrences(of: old, with: new)
    try #require(yaml != Self.yaml)
    let error = try #require(throws: UnreadableFramework.self) { try read(yaml) }
    #expect(error.at == at)
    #expect(error.reason.contains(reason))
  }

  @Test(
    arguments: [
      (String(repeating: "[", count: 100_000), 1),
      ("a:\n" + (0..<300).map { String(repeating: " ", count: $0 + 1) + "a:\n" }.joined(), 102),
      ("a: \u{1}", 1),
      ("a: \"\\ud800\"", 1),
      ("---\na: b\n---\nc: d\n", 3),
    ]
  )
  func `that is a bomb or no YAML is refused`(yaml: String, line: Int) throws {
    let error = try #require(throws: UnreadableFramework.self) { try read(yaml) }
    #expect(error.at == "line \(line)")
  }

  @Test(.enabled(if: SharedData.exists("frameworks-ciso-assistant/INDEX.tsv")))
  func `has the counts that the index states, for all that are shared`() async throws {
    let directory = try #require(try FrameworkFixture.libraries())
    let fixture = try StoreFixture()
    let importer = FrameworkImporter(fixture.store, format: .ciso)
    let summary = try await importer.apply(try await importer.plan([directory.file("")]))
    #expect(summary.created == 46)
    #expect(summary.refused == [])
    #expect(summary.conflicts == [])
    let bytes = try SharedData.bytes("frameworks-ciso-assistant/INDEX.tsv")
    var wanted: [[String]] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells[5].split(separator: ",").contains("framework") else { continue }
      wanted.append([cells[1], cells[2], cells[3], cells[6], cells[7]])
    }
    let rows = try await fixture.store.answer(FrameworkList())
    let found = rows.map {
      [$0.identifier, $0.edition, $0.language, String($0.nodes), String($0.assessable)]
    }
    #expect(Set(found) == Set(wanted))
    #expect(rows.count == 43)
    let again = try await importer.plan([directory.file("")])
    #expect(again.changes.isEmpty)
    #expect(again.summary.unchanged == 46)
    for row in rows {
      let whole = try #require(try await fixture.store.answer(WholeFramework(id: row.id)))
      #expect(whole.digest == row.digest)
      let text = ChecklistWriter.text(whole)
      #expect(try ChecklistReader.read(Array(text.utf8), path: "-") == whole)
    }
  }
}
