import Foundation
import Model
import Testing

@testable import Exchange

struct `The shipped checklists` {
  private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..")
    .standardized
  private static let folder = root.appendingPathComponent("Sources/Rulebook/Frameworks")

  private static let files: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private static func read(_ name: String) throws -> Framework {
    let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    let framework = try ChecklistReader.read(bytes, path: name)
    try framework.check()
    return framework
  }

  @Test func `are the five that are promised, the baseline with its six themes`() throws {
    #expect(
      Self.files == [
        "breach-readiness.yaml", "ccpa-business.yaml", "customer-data-baseline.yaml",
        "gdpr-controller.yaml", "phishing-and-training.yaml",
      ]
    )
    let baseline = try Self.read("customer-data-baseline.yaml")
    #expect((60...100).contains(baseline.assessable))
    #expect(
      baseline.requirements.filter { $0.depth == 1 }.map(\.texts.name)
        == ["Trust", "Law", "Threats", "Privacy by design", "Staff", "Openness"]
    )
  }

  @Test(arguments: files)
  func `say of each line what it asks, how to check it, what to see, and where it stands`(
    name: String
  ) throws {
    let framework = try Self.read(name)
    #expect(framework.identifier == "tocsin:\(name.dropLast(5))")
    for requirement in framework.requirements where requirement.isAssessable {
      let texts = requirement.texts
      let reference = Comment(rawValue: requirement.reference)
      #expect(!requirement.reference.isEmpty)
      for text in [texts.name, texts.text, texts.guidance, texts.evidence] {
        #expect(!text.isEmpty, reference)
      }
      #expect(texts.text.hasSuffix("."), reference)
      #expect(!requirement.citations.isEmpty, reference)
    }
    let text = ChecklistWriter.text(framework)
    #expect(try ChecklistReader.read(Array(text.utf8), path: name) == framework)
  }

  @Test func `are described by an example that is one`() throws {
    let guide = try String(
      contentsOf: Self.root.appendingPathComponent("docs/checklists.md"),
      encoding: .utf8
    )
    let start = try #require(guide.range(of: "```yaml\n"))
    let end = try #require(guide.range(of: "```", range: start.upperBound..<guide.endIndex))
    let yaml = String(guide[start.upperBound..<end.lowerBound])
    let framework = try ChecklistReader.read(Array(yaml.utf8), path: "docs/checklists.md")
    try framework.check()
    #expect(framework.assessable == 2)
  }
}
