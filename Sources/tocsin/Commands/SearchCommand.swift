internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin search`.
struct SearchCommand: HeadlessCommand {
  static let origin = "search"
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract:
      "Search all texts: incidents, timelines, tasks, evidence, filings, decisions, contacts."
  )

  @Argument(help: "The words; all must stand in the text, the last may be unfinished.")
  var words: [String]

  @Option(help: "At most so many.")
  var limit = 100

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit counts from 0.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let page = try await store.answer(
      Search(words.joined(separator: " "), window: RowWindow(start: 0, count: limit))
    )
    let hits = page.rows.map { hit -> JSON in
      .members([
        "reference": .string(hit.reference),
        "kind": .string(hit.subject.kind.rawValue), "id": .integer(hit.subject.id),
        "excerpt": .string(hit.excerpt), "exercise": .bool(hit.isExercise),
      ])
    }
    if format.csv {
      try session.out.csv(hits, ["reference", "kind", "id", "excerpt", "exercise"])
      return .done
    }
    guard !format.json else {
      try session.out.json(.members(["total": .count(page.total), "hits": .array(hits)]))
      return .done
    }
    for hit in page.rows {
      let excerpt = Exercise.marked(hit.excerpt, hit.isExercise)
      try session.out.line("\(hit.reference)  \(hit.subject.kind.rawValue)  \(excerpt)")
    }
    if page.total > page.rows.count {
      session.out.note("\(page.rows.count) of \(page.total) hits; more with --limit")
    } else if page.total == 0 {
      session.out.note("Nothing was found.")
    }
    return .done
  }
}
