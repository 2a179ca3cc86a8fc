import Exchange
import Foundation
import Model
import Storage

extension Bench {
  /// How long frameworks of growing length take to be added, opened and searched.
  func frameworks() async throws {
    for chapters in [369, 1476] {
      let path = "\(folder)/frameworks-\(chapters).sqlite"
      for suffix in ["", "-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      let store = try SQLiteStore(path: path)
      let framework = Bench.framework(chapters: chapters)
      let count = framework.requirements.count
      let adding = try await measure {
        let change = AddFramework(framework: framework, format: "bench")
        try await store.apply(change, origin: "bench")
      }
      row("\(count) lines of a framework added", milliseconds(adding))
      row(
        "a window of its folded tree",
        milliseconds(
          try await measure {
            _ = try await store.answer(
              RequirementTree(
                framework: 1,
                folded: Array(stride(from: 0, to: count, by: 32)),
                window: RowWindow(start: count / 3, count: 60)
              )
            )
          }
        )
      )
      row(
        "a search over its texts",
        milliseconds(
          try await measure {
            let window = RowWindow(start: 0, count: 60)
            _ = try await store.answer(RequirementSearch("encryption requi", window: window))
          }
        )
      )
      row(
        "the whole of it",
        milliseconds(try await measure { _ = try await store.answer(WholeFramework(id: 1)) })
      )
      let text = ChecklistWriter.text(framework)
      row(
        "the same as a checklist file, read",
        milliseconds(
          try measure { _ = try ChecklistReader.read(Array(text.utf8), path: "bench") }
        )
      )
      try await audit(of: count, in: store)
      try store.close()
    }
  }

  /// How long the windows of an audit's tree take that the dashboard asks for.
  private func audit(of lines: Int, in store: SQLiteStore) async throws {
    let starting = try await measure {
      let change = StartAudit(framework: 1, facts: AuditFacts(title: "Bench"))
      try await store.apply(change, origin: "bench")
    }
    row("an audit of \(lines) lines started", milliseconds(starting))
    let window = RowWindow(start: lines / 3, count: 150)
    let folded = Set(stride(from: 0, to: lines, by: 32))
    row(
      "a window of its tree",
      milliseconds(
        try await measure { _ = try await store.answer(AuditTree(audit: 1, window: window)) }
      )
    )
    row(
      "the same, folded",
      milliseconds(
        try await measure {
          _ = try await store.answer(AuditTree(audit: 1, folded: folded, window: window))
        }
      )
    )
    row(
      "the same, filtered",
      milliseconds(
        try await measure {
          let filter = AuditItemFilter(result: .notAssessed, text: "encryption")
          _ = try await store.answer(AuditTree(audit: 1, filter: filter, window: window))
        }
      )
    )
    row(
      "its chapters",
      milliseconds(try await measure { _ = try await store.answer(AuditChapters(audit: 1)) })
    )
    guard
      let item = try await store.answer(AuditTree(audit: 1, window: window)).rows
        .compactMap(\.item).first
    else { return }
    row(
      "an answer",
      milliseconds(
        try await measure {
          try await store.apply(
            AnswerItem(id: item.id, basedOn: nil, edits: [.result(.conforms)]),
            origin: "bench"
          )
        }
      )
    )
  }

  /// Chapters of three sections with four requirements each: 16 lines a chapter.
  private static func framework(chapters: Int) -> Framework {
    var lines: [Requirement] = []
    func add(_ reference: String, _ depth: Int) {
      lines.append(
        Requirement(
          identifier: "bench:\(reference)",
          reference: reference,
          depth: depth,
          isAssessable: depth == 3,
          texts: FrameworkTexts(
            name: "Line \(reference)",
            text: "Requirement \(reference) asks for encryption of what is at rest.",
            guidance: String(repeating: "Look at it, and ask who did it. ", count: 6)
          )
        )
      )
    }
    for chapter in 1...chapters {
      add("\(chapter)", 1)
      for section in 1...3 {
        add("\(chapter).\(section)", 2)
        for item in 1...4 { add("\(chapter).\(section).\(item)", 3) }
      }
    }
    return Framework(
      identifier: "bench",
      version: "1",
      language: "en",
      texts: FrameworkTexts(name: "Bench"),
      requirements: lines
    )
  }
}
