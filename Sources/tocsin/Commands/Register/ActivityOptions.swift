internal import ArgumentParser
internal import Model

/// What `register add` and `register edit` state of an activity; an empty text takes a thing away.
struct ActivityOptions: ParsableArguments {
  @Option(help: "Whose processing it is: controller, joint or processor.") var role: String?
  @Option(help: "For whom a processor does it, or with whom; again for each.")
  var controller: [String] = []
  @Option(help: "What it is for.") var purpose: String?
  @Option(help: ArgumentHelp("What makes it lawful: consent, contract, legal-obligation, ..."))
  var basis: String?
  @Option(help: "The statute, the contract or the interest that is meant.") var basisNote: String?
  @Option(help: "What lets special categories be processed: explicit-consent, health-care, ...")
  var condition: String?
  @Option(help: "A category of people, such as customers; again for each.")
  var people: [String] = []
  @Option(
    help: ArgumentHelp("How many people: EU-DE=900, US-CA=unknown; again for each.")
  )
  var number: [String] = []
  @Option(
    help: ArgumentHelp(
      "A category of data and why it is held; again for each. Replaces what was there.",
      valueName: "category=why"
    )
  )
  var data: [String] = []
  @Option(
    help: ArgumentHelp("A system and where it runs; again for each.", valueName: "name@place")
  )
  var system: [String] = []
  @Option(help: "Who else is given the data; again for each.") var recipient: [String] = []
  @Option(
    help: ArgumentHelp(
      "Who processes for us, where, and the contract: 'Druck AG@DE [2024-01-01 to 2026-12-31]'.",
      valueName: "name@place [from to until]"
    )
  )
  var processor: [String] = []
  @Option(
    help: ArgumentHelp(
      "To whom and where data go outside, and on what that rests: Mailhaus@US=clauses.",
      valueName: "name@country=mechanism"
    )
  )
  var transfer: [String] = []
  @Option(help: "A security measure; again for each.") var measure: [String] = []
  @Option(help: "Who answers for it.") var owner: String?
  @Option(help: "When it is to be looked at again.") var review: String?
  @Option(
    name: .customLong("internal"),
    help: "Why it stands in no public statement; an empty text lets it stand there."
  )
  var internalReason: String?

  /// Whether anything was named.
  var isEmpty: Bool { given.allSatisfy { $0.1 == nil } }

  private var given: [(ActivityField, String?)] {
    func list(_ values: [String]) -> String? {
      values.isEmpty ? nil : values.map { $0.replacing(";", with: "\\;") }.joined(separator: "; ")
    }
    return [
      (.role, role), (.controllers, list(controller)), (.purpose, purpose), (.basis, basis),
      (.basisNote, basisNote), (.condition, condition), (.people, list(people)),
      (.numbers, list(number)), (.data, list(data)), (.systems, list(system)),
      (.recipients, list(recipient)), (.processors, list(processor)),
      (.transfers, list(transfer)), (.measures, list(measure)), (.owner, owner),
      (.review, review), (.isInternal, internalReason),
    ]
  }

  /// Sets what was named.
  ///
  /// - Throws: `Refusal` with wrong usage, naming the field and what would be understood.
  func apply(to facts: inout ActivityFacts, in session: Session) throws {
    for case (let field, let text?) in given {
      do throws(FieldProblem) {
        try field.set(text, on: &facts, session.reading)
      } catch {
        throw Refusal("\(error.description)", status: .usage)
      }
    }
  }
}
