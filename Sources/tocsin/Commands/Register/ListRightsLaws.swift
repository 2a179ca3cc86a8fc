internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook

/// The command `tocsin register request laws`.
struct ListRightsLaws: HeadlessCommand {
  static let origin = "register request laws"
  static let configuration = CommandConfiguration(
    commandName: "laws",
    abstract: "List the laws by which requests are timed: periods, provision, source."
  )

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let laws = try session.rulebook(rulebook).pack.rights
    if format.json {
      try session.out.json(.array(laws.map(JSON.law)))
      return .done
    }
    let rows: [[Words]] = laws.flatMap { law in
      law.terms.map { term in
        [
          "\(law.id)", "\(term.kinds.map(\.rawValue).joined(separator: ", "))",
          "\(term.within.text)", "\(term.extended?.text ?? "-")",
          "\(term.acknowledge?.text ?? "-")", "\(term.citation)",
        ]
      }
    }
    let titles: [Words] = ["LAW", "WANTED", "WITHIN", "PUT OFF TO", "CONFIRM IN", "PROVISION"]
    for line in Table(titles: titles, rows: rows).lines(rows) { try session.out.line(line) }
    return .done
  }
}

extension JSON {
  /// A law of rights as an object.
  fileprivate static func law(_ law: RightsLaw) -> JSON {
    .members([
      "id": .string(law.id), "title": .string(law.title),
      "jurisdiction": .string(law.jurisdiction), "people": .texts(law.people),
      "version": .integer(Int64(law.version)), "source": .string(law.source),
      "retrieved": .string(law.retrieved), "verified": .string(law.verified),
      "calendar": .text(law.calendar), "tolerance": .string(law.tolerance.rawValue),
      "terms": .array(
        law.terms.map { term in
          .members([
            "wanted": .texts(term.kinds.map(\.rawValue)), "citation": .string(term.citation),
            "within": .string(term.within.text), "extended": .text(term.extended?.text),
            "extension": .string(term.extensionCitation),
            "acknowledge": .text(term.acknowledge?.text),
            "acknowledgement": .string(term.acknowledgeCitation),
          ])
        }
      ), "notes": .string(law.notes),
    ])
  }
}
