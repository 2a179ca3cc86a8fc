internal import ArgumentParser
internal import Exchange
internal import Formats
internal import Model
internal import Rulebook

/// The command `tocsin rules facts`.
struct ListFacts: HeadlessCommand {
  static let origin = "rules facts"
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "List the facts that rules can ask for: key, type, meaning, allowed words.",
    discussion: "Also the words for sectors, those of your own rules included, and jurisdictions."
  )

  @Argument(help: "Only those whose key or meaning has this text.")
  var text: String?

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let sectors = Sector.known.union(try session.rulebook(rulebook).pack.sectors).sorted()
    let wanted = text?.lowercased()
    let entries = FactCatalogue.entries.filter { entry in
      wanted.map { entry.name.contains($0) || entry.meaning.lowercased().contains($0) } ?? true
    }
    func words(_ entry: FactCatalogue.Entry) -> [String] {
      entry.name == FactKey.sectors.description ? sectors : entry.words
    }
    let objects = entries.map { entry -> JSON in
      .members([
        "key": .string(entry.name), "type": .string(entry.type), "values": .string(entry.values),
        "meaning": .string(entry.meaning), "words": .texts(words(entry)),
      ])
    }
    if format.csv {
      try session.out.csv(objects, ["key", "type", "values", "meaning", "words"])
      return .done
    }
    if format.json {
      try session.out.json(
        .members([
          "facts": .array(objects),
          "sectors": .texts(sectors), "jurisdictions": .texts(Jurisdiction.listed),
        ])
      )
      return .done
    }
    let rows = entries.map { [Words($0.name), Words($0.type), Words($0.meaning)] }
    let table = Table(titles: ["key", "type", "asks"], rows: rows)
    for line in table.lines(rows) { try session.out.line(line) }
    for entry in entries where !words(entry).isEmpty {
      try session.out.line()
      try session.out.line(
        "\(entry.name): \(words(entry).joined(separator: ", "))"
      )
    }
    guard wanted == nil else { return .done }
    try session.out.line()
    try session.out.line("jurisdictions: \(Jurisdiction.listed.joined(separator: ", "))")
    return .done
  }
}
