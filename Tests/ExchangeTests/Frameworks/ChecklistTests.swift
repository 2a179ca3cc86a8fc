import Foundation
import Model
import Testing

@testable import Exchange

struct `A checklist file` {
  private static let yaml = """
    id: own:demo
    version: "2"
    name: Demo
    groups:
      - id: core
        name: Core
    requirements:
      - reference: "1"
        name: Chapter
        requirements:
          - reference: "1.1"
            text: >-
              A text
              over two lines.
            citations: [GDPR art. 5]
            groups: [core]
          - reference: "1.2"
            text: Another.
            questions:
              - id: a
                ask: yes-no
                text: Sure?
    """

  private func read(_ yaml: String) throws -> Framework {
    try ChecklistReader.read(Array(yaml.utf8), path: "demo.yaml")
  }

  @Test func `is read as it stands`() throws {
    let framework = try read(Self.yaml)
    #expect(
      framework.requirements.map(\.identifier) == ["own:demo:1", "own:demo:1.1", "own:demo:1.2"]
    )
    #expect(framework.requirements.map(\.isAssessable) == [false, true, true])
    #expect(framework.requirements[1].texts.text == "A text over two lines.")
    #expect(framework.requirements[1].citations == ["GDPR art. 5"])
    #expect(framework.requirements[2].questions.map(\.kind) == [.yesNo])
  }

  @Test func `that was exported reads as the same framework`() throws {
    let text = ChecklistWriter.text(FrameworkFixture.rich)
    let back = try read(text)
    #expect(back == FrameworkFixture.rich)
    #expect(ChecklistWriter.text(back) == text)
    try back.check()
  }

  @Test(
    arguments: [
      ("version: \"2\"", "versoin: \"2\"", 2, "unknown key versoin"),
      ("name: Demo", "name: ''", 3, "a text should stand here"),
      ("[core]", "[cor]", 16, "cor is none of core"),
      ("\"1.2\"", "\"1.1\"", 17, "own:demo:1.1 stands here twice"),
      ("reference: \"1.2\"", "weight: 2", 17, "a reference or an id"),
      ("ask: yes-no", "ask: maybe", 21, "one of choice, choices, text, number, date, yes-no"),
      ("ask: yes-no", "ask: choice", 20, "choices belong to the kinds"),
      ("text: Another.", "weight: -1", 17, "a weight is not negative"),
      ("text: Another.", "text: &a Another.", 18, "anchors and aliases"),
      ("id: own:demo", "id: [own]", 1, "text should stand here"),
    ]
  )
  func `with a fault is refused with its line`(
    old: String,
    new: String,
    line: Int,
    reason: String
  ) throws {
    let yaml = Self.yaml.replacingOccurrences(of: old, with: new)
    try #require(yaml != Self.yaml)
    let error = try #require(throws: UnreadableFramework.self) { try read(yaml) }
    #expect(error.at == "line \(line)")
    #expect(error.reason.contains(reason))
  }
}

struct `A table of requirements` {
  private func read(
    _ text: String,
    _ map: [String],
    about: ChecklistTable.About = .init(),
    path: String = "in/my list.csv"
  ) throws -> Framework {
    let table = try ChecklistTable(map: map, about: about)
    let file = try FrameworkFormat.table(table).read(Array(text.utf8), path: path)
    return try #require(file.frameworks.first)
  }

  private static let map = [
    "reference=No", "text=What it asks", "heading=Part", "heading=Sec,Title", "group=Level",
    "group:mobile=M", "weight=W",
  ]

  @Test(arguments: [",", ";", "\t"])
  func `becomes a framework by its map, whatever stands between cells`(separator: String) throws {
    let rows = [
      ["No", "What it asks", "Part", "Sec", "Title", "Level", "M", "W"],
      ["1", "First", "A", "A.1", "One", "low", "x", "2"],
      ["2", "Second", "B", "", "", "", "", ""],
      ["3", "Third", "A", "A.1", "One", "high", "", ""],
    ]
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\r\n")
    let framework = try read(text, Self.map)
    #expect(framework.identifier == "checklist:my list")
    #expect(framework.version == "1")
    let lines = framework.requirements
    #expect(lines.map(\.reference) == ["", "A.1", "1", "3", "", "2"])
    #expect(lines.map(\.texts.headline) == ["A", "One", "First", "Third", "B", "Second"])
    #expect(lines.map(\.depth) == [1, 2, 3, 3, 1, 2])
    #expect(lines.map(\.groups) == [[], [], ["low", "mobile"], ["high"], [], []])
    #expect(lines[2].weight == 2)
    #expect(framework.groups.map(\.id) == ["high", "low", "mobile"])
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", ["text=c"], "", "there is no column c; the columns are a, b"),
      ("a,b\n1,2\n", [], "", "say which column is what"),
      ("a,b\n1,2\n1,3\n", ["reference=a", "text=b"], "line 3", "1 stands in two rows"),
      ("a,b\n1,\n", ["reference=a", "text=b"], "line 2", "neither name nor text"),
      ("a,b\n1,2,3\n", ["reference=a", "text=b"], "line 2", "3 cells; there are 2 columns"),
      ("a,a\n1,2\n", ["text=a"], "line 1", "two columns have the same name"),
      ("a,b\n1,\"2\n", ["text=b"], "line 2, column 2", "no end"),
      ("", ["text=b"], "", "no row"),
      ("[1]", ["text=b"], "$[0]", "an object should stand here"),
      ("{\"a\":1}", ["text=b"], "", "a list of requirements"),
    ]
  )
  func `with a fault is refused with its place`(
    text: String,
    map: [String],
    at: String,
    reason: String
  ) throws {
    let error = try #require(throws: UnreadableFramework.self) { try read(text, map) }
    #expect(error.at == at)
    #expect(error.reason.contains(reason))
  }

  @Test func `may call a chapter and a requirement by the same number`() throws {
    let framework = try read("n,t,c\n1,First,1\n", ["reference=n", "text=t", "heading=c"])
    #expect(framework.requirements.count == 2)
  }

  @Test(arguments: ["text", "colour=a", "text=", "reference=a"])
  func `has a map that says what is what`(pair: String) {
    #expect(throws: ChecklistTable.UnusableMap.self) {
      try ChecklistTable(map: [pair], about: .init())
    }
  }

  private static let asvs =
    "frameworks-owasp/OWASP_Application_Security_Verification_Standard_5.0.0_en"

  @Test(.enabled(if: SharedData.exists(asvs + ".csv")))
  func `of OWASP ASVS is the same framework in all three renderings`() throws {
    let table = try ChecklistTable(map: [], about: .init())
    let frameworks = try [".csv", ".json", ".flat.json"].map {
      try #require(try FrameworkFixture.shared(Self.asvs + $0, .table(table)).frameworks.first)
    }
    #expect(frameworks.map(\.requirements.count) == [442, 442, 442])
    #expect(frameworks.map(\.assessable) == [345, 345, 345])
    #expect(frameworks.map(\.version) == ["5.0.0", "5.0.0", "5.0.0"])
    #expect(Set(frameworks.map(\.digest)).count == 1)
    let levels = Dictionary(grouping: frameworks[0].requirements.filter(\.isAssessable)) {
      $0.groups.count
    }
    #expect(levels[3]?.allSatisfy { $0.groups == ["1", "2", "3"] } == true)
  }
}
