import Foundation
import Model
import TestSupport
import Testing

@testable import Exchange

/// Frameworks as tests want them.
enum FrameworkFixture {
  /// A framework in which everything occurs that a framework can have.
  static let rich: Framework = {
    func texts(_ word: String) -> FrameworkTexts {
      FrameworkTexts(
        name: "\(word): a \"name\", with marks # and 'quotes'",
        text: "First line of \(word).\n  - moved in\n\nAfter an empty line: \u{2028}\ttab \\ é 漢",
        guidance: "One long line without a break, which a file folds where it would be too wide "
          + "for a terminal, and which comes back as it was, word for word, even so.",
        evidence: "yes"
      )
    }
    let translations = ["fr": texts("français"), "no": FrameworkTexts(text: "null")]
    return Framework(
      identifier: "urn:test:rich",
      aliases: ["rich", "~"],
      version: "1.0",
      language: "en",
      texts: FrameworkTexts(name: "Rich", text: "- not a list\n# not a comment"),
      licence: "CC0",
      source: "https://example.org/a?b=c&d=*e",
      provider: "& Sons",
      published: "2026-01-02",
      groups: [
        RequirementGroup(id: "1", texts: FrameworkTexts(name: "One", text: "first")),
        RequirementGroup(
          id: "no",
          texts: FrameworkTexts(name: "No"),
          isDefault: true,
          translations: ["de": FrameworkTexts(name: "Nein")]
        ),
      ],
      scale: ScoreScale(
        minimum: -1,
        maximum: 3,
        levels: [ScoreLevel(score: 0, texts: FrameworkTexts(name: "None"))]
      ),
      requirements: [
        Requirement(identifier: "a", depth: 1, isAssessable: false, texts: texts("a")),
        Requirement(
          identifier: "urn:test:rich:A.1",
          reference: "A.1",
          depth: 2,
          isAssessable: true,
          texts: texts("b"),
          citations: ["Art. 5(1)(f): integrity", "Recital 39"],
          groups: ["1", "no"],
          weight: 3,
          questions: [
            RequirementQuestion(
              id: "q",
              kind: .choices,
              text: "Which?",
              choices: [
                RequirementChoice(
                  id: "1",
                  text: "This: one",
                  note: "a note",
                  score: -2,
                  result: .doesNotConform,
                  groups: ["1"],
                  translations: ["de": "Dies"]
                )
              ],
              dependency: .init(question: "p", answers: ["x", "y"], needsAll: true),
              translations: ["de": "Welche?", "fr": ""]
            ),
            RequirementQuestion(id: "r", kind: .yesNo, text: "Sure?"),
          ],
          controls: ["c1"],
          threats: ["t1"],
          translations: translations
        ),
        // A requirement that can be answered and has others below it.
        Requirement(
          identifier: "x",
          reference: "A.2",
          depth: 2,
          isAssessable: true,
          texts: FrameworkTexts(text: "whole")
        ),
        Requirement(
          identifier: "y",
          reference: "A.2.a",
          depth: 3,
          isAssessable: false,
          isWithdrawn: true,
          texts: FrameworkTexts(name: "true")
        ),
        Requirement(identifier: "z", reference: "B", depth: 1, isAssessable: false, texts: .init()),
      ],
      controls: [
        ReferenceControl(
          id: "c1",
          reference: "C1",
          texts: texts("c"),
          category: "technical",
          function: "protect",
          translations: translations
        )
      ],
      threats: [ReferenceThreat(id: "t1", reference: "T", texts: FrameworkTexts(name: "Fire"))],
      translations: translations
    )
  }()

  /// The libraries of the shared folder, unpacked; nil where they are absent.
  static func libraries() throws -> TemporaryDirectory? {
    let archive = "frameworks-ciso-assistant/ciso-assistant-libraries-shared.tar.gz"
    guard SharedData.exists(archive) else { return nil }
    let directory = try TemporaryDirectory()
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-xzf", SharedData.url(archive).path, "-C", directory.file("")]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
    return directory
  }

  /// Reads a file of the shared folder in a format.
  static func shared(_ path: String, _ format: FrameworkFormat) throws -> FrameworkFile {
    let file = InputFile(SharedData.url(path).path)
    let bytes = try file.openUnpacked().all(maximumBytes: 64 << 20)
    return try format.read(bytes, path: file.path)
  }
}
