internal import ArgumentParser
internal import Model

/// Which incidents a command works on: a filter, a saved one, or both together.
struct FilterOptions: ParsableArguments {
  @Option(help: "Only incidents that pass this filter.")
  var filter: String?

  @Option(help: "Only incidents that pass the filter saved under this name.")
  var saved: String?

  /// The filter that was asked for; one that passes everything where none was.
  ///
  /// - Throws: `Refusal` where no filter has the name, or where one cannot be read.
  func filter(_ session: Session, _ store: any Store) async throws -> Filter {
    var filter = try session.filter(filter)
    guard let saved else { return filter }
    guard let row = try await store.answer(SavedFilters()).first(where: { $0.name == saved }) else {
      throw Refusal(
        "there is no saved filter \(saved)",
        advice: "what there is: tocsin incident filters list"
      )
    }
    filter.terms += try session.filter(row.text).terms
    return filter
  }
}
