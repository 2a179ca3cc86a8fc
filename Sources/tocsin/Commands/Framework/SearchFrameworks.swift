internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin framework search`.
struct SearchFrameworks: HeadlessCommand {
  static let origin = "framework search"
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the texts of all requirements, in all their languages; best hits first."
  )

  @Argument(help: "The words; all must stand in the texts, the last may be unfinished.")
  var words: [String]

  @Option(help: "Only in this framework.")
  var framework: String?

  @Option(help: "At most so many.")
  var limit = 100

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit counts from 0.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    var only: RecordID?
    if let framework { only = try await session.framework(framework, in: store).id }
    let page = try await store.answer(
      RequirementSearch(
        words.joined(separator: " "),
        framework: only,
        window: RowWindow(start: 0, count: limit)
      )
    )
    guard !format.json, !format.csv else {
      let names = Dictionary(
        uniqueKeysWithValues: try await store.answer(FrameworkList()).map { ($0.id, $0.identifier) }
      )
      let hits = page.rows.map { hit -> JSON in
        .members([
          "framework": .string(names[hit.framework] ?? ""),
          "reference": .string(hit.row.reference), "position": .count(hit.row.position),
          "headline": .string(hit.row.headline), "excerpt": .string(hit.excerpt),
        ])
      }
      if format.csv {
        try session.out.csv(
          hits,
          ["framework", "reference", "position", "headline", "excerpt"]
        )
      } else {
        try session.out.json(.members(["total": .count(page.total), "hits": .array(hits)]))
      }
      return .done
    }
    for hit in page.rows {
      try session.out.line("\(hit.name)  \(hit.row.reference)  \(hit.excerpt)")
    }
    if page.total > page.rows.count {
      session.out.note("\(page.rows.count) of \(page.total) hits; more with --limit")
    } else if page.total == 0 {
      session.out.note("Nothing was found.")
    }
    return .done
  }
}
