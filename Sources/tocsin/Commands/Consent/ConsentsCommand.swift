public import ArgumentParser
internal import Exchange
public import Model
internal import Storage

/// The command `tocsin consent`.
struct ConsentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent",
    abstract: "Consents: purposes, versions of notices, and who said what to which of them.",
    discussion: """
      Who consented is sealed and found by whole reference alone. What a person said last counts; what \
      was said before stays beside it. Of a version that is no longer right tocsin consent stale says at \
      once how many consents rest on it. docs/consent.md tells it from the beginning.
      """,
    subcommands: [
      PurposeCommand.self, ConsentVersionCommand.self, ImportConsents.self, ListConsents.self,
      ShowConsent.self, WithdrawConsent.self, StaleConsents.self, ExportConsentsCommand.self,
      EraseConsent.self,
    ]
  )
}

extension Session {
  /// The purpose of a short name or a reference, with versions and numbers.
  ///
  /// - Throws: `Refusal` where there is none.
  func purpose(_ text: String, in store: any Store) async throws -> PurposeRow {
    let rows = try await store.answer(ConsentBoard())
    let wanted = text.lowercased()
    guard
      let row = rows.first(where: {
        $0.purpose.facts.slug == wanted || $0.purpose.reference.lowercased() == wanted
      })
    else {
      throw Refusal(
        "there is no purpose \(text)",
        advice: "what there is: tocsin consent purpose list"
      )
    }
    return row
  }

  /// The version of a purpose by its label.
  ///
  /// - Throws: `Refusal` where there is none.
  func version(_ label: String, of row: PurposeRow) throws -> ConsentVersion {
    guard let version = row.version(labelled: label) else {
      throw Refusal(
        "\(row.purpose.facts.slug) has no version \(label)",
        advice: "what there is: tocsin consent version list \(row.purpose.facts.slug)"
      )
    }
    return version
  }

  /// A reference of a person as it was typed; `-` reads it from standard input, so that it stands in no
  /// list of processes.
  func person(_ text: String) throws -> String {
    let reference = text == "-" ? readLine() ?? "" : text
    guard reference.contains(where: { !$0.isWhitespace }) else {
      throw Refusal("name the person by their whole reference", status: .usage)
    }
    return reference
  }

  /// A filter of consent records as it was typed.
  func consents(_ words: [String]) throws -> ConsentFilter {
    do {
      return try ConsentFilter(parsing: words.joined(separator: " "))
    } catch {
      throw Refusal("\(error.description)", status: .usage)
    }
  }
}

extension ConsentState: ExpressibleByArgument {}
extension ConsentFlaw: ExpressibleByArgument {}

extension JSON {
  /// A purpose with its numbers.
  static func purpose(_ row: PurposeRow) -> JSON {
    let facts = row.purpose.facts
    return .members([
      "reference": .string(row.purpose.reference), "id": .integer(row.purpose.id),
      "version": .integer(row.purpose.version), "slug": .string(facts.slug),
      "name": .string(facts.name), "what_for": .string(facts.text),
      "activity": .string(facts.activity), "legal_basis": .string(LegalBasis.consent.rawValue),
      "ended": .time(facts.ended), "erased_at": facts.erasedAt.map { .instant($0) } ?? .null,
      "erase_due": row.dueAt.map { .instant($0) } ?? .null,
      "given": .count(row.count(.given)), "withdrawn": .count(row.count(.withdrawn)),
      "expired": .count(row.count(.expired)), "stale": .count(row.stale),
      "records": .count(row.total),
      "tallies": .array(
        row.tallies.map { tally in
          .members([
            "standing": .string(tally.standing.rawValue), "state": .string(tally.state.rawValue),
            "channel": .string(tally.channel),
            "version": row.version(tally.version).map { .string($0.facts.label) } ?? .null,
            "count": .count(tally.count),
          ])
        }
      ),
    ])
  }

  /// A version of a notice with its numbers; the text only where it is wanted.
  static func version(_ version: ConsentVersion, of row: PurposeRow, isWhole: Bool) -> JSON {
    let facts = version.facts
    var object = JSONObject()
    object["reference"] = .string(version.reference)
    object["id"] = .integer(version.id)
    object["version"] = .integer(version.version)
    object["purpose"] = .string(row.purpose.facts.slug)
    object["label"] = .string(facts.label)
    object["language"] = .string(facts.language)
    object["sha256"] = .string(facts.digest)
    object["from"] = .time(facts.from)
    object["until"] = .time(facts.until)
    object["superseded_by"] = .string(facts.successor)
    object["no_longer_right"] = facts.flaw.map { .string($0.rawValue) } ?? .null
    object["because"] = .string(facts.flawNote)
    for state in ConsentState.allCases {
      object[state.rawValue] = .count(
        row.count(ConsentFilter(states: [state], versions: [facts.label.lowercased()]))
      )
    }
    if isWhole { object["text"] = .string(facts.text) }
    return .object(object)
  }

  /// A record, masked or not.
  static func consent(_ record: ConsentRecord, of row: PurposeRow) -> JSON {
    let version = row.version(record.version)
    return .members([
      "purpose": .string(row.purpose.facts.slug), "number": .integer(record.number),
      "state": .string(record.state.rawValue), "standing": .string(record.standing.rawValue),
      "at": .instant(record.at), "channel": .string(record.channel),
      "version": version.map { .string($0.facts.label) } ?? .null,
      "version_sha256": version.map { .string($0.facts.digest) } ?? .null,
      "no_longer_right": version?.facts.flaw.map { .string($0.rawValue) } ?? .null,
      "reference": record.subject.map { .string($0.reference) } ?? .null,
      "stated": record.subject.map { .string($0.when) } ?? .null,
      "zone": record.subject.map { .string($0.zone) } ?? .null,
      "source": record.subject.map { .string($0.source) } ?? .null,
      "revealed": .bool(record.isRevealed),
    ])
  }
}

/// Consent records as commands print them.
enum ConsentLines {
  static func lines(_ records: [(record: ConsentRecord, row: PurposeRow)]) -> [Words] {
    let rows: [[Words]] = records.map { record, row in
      let version = row.version(record.version)?.facts
      let label: Words = version.map { "\($0.label)" } ?? "-"
      let flaw: Words = version?.flaw == nil ? "" : " !"
      return [
        "\(record.number)", "\(row.purpose.facts.slug)", "\(record.state.rawValue)",
        record.standing == .current ? "now" : "\(record.standing.rawValue)",
        "\(record.at.description)", "\(record.channel.isEmpty ? "-" : record.channel)",
        "\(label)\(flaw)", "\(record.subject?.reference ?? "erased")",
        "\(record.subject?.source ?? "erased")",
      ]
    }
    let titles: [Words] = [
      "NUMBER", "PURPOSE", "STATE", "COUNTS", "AT", "CHANNEL", "VERSION", "REFERENCE", "SOURCE",
    ]
    return Table(titles: titles, rows: rows, right: [0]).lines(rows)
  }
}

extension RevealOptions {
  /// The same records unmasked, where that was asked for; the journal says so first.
  func revealed(
    _ records: [ConsentRecord],
    _ store: any Store,
    _ session: Session
  ) async throws -> [ConsentRecord] {
    let readable = records.filter { $0.standing != .erased && $0.subject != nil }
    guard reveal, !readable.isEmpty else { return records }
    let shown = try await store.perform(
      ConsentReveal(readable, reason: reason ?? ""),
      origin: session.origin
    )
    return records.map { record in
      shown.first { $0.purpose == record.purpose && $0.number == record.number } ?? record
    }
  }
}
