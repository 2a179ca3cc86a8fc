internal import Model

/// The sample's consents: three purposes, five versions of their notices of which one is no longer right,
/// and some two thousand records of invented customers.
enum SampleConsents {
  private typealias Step = SampleAudits.Step

  private static func days(_ count: Int64) -> Duration { SamplePrivacy.days(count) }

  private static func day(_ instant: Instant) -> StatedTime {
    let civil = CivilTime(instant)
    return StatedTime(year: civil.year, month: civil.month, day: civil.day) ?? StatedTime(instant)
  }

  private static let purposes = [
    PurposeFacts(
      slug: "newsletter",
      name: "Newsletter",
      text: "Write to you of offers, twice a month",
      activity: "ACT-0003"
    ),
    PurposeFacts(
      slug: "birthday",
      name: "Birthday greeting",
      text: "Send you a code on your birthday",
      activity: "ACT-0003"
    ),
    PurposeFacts(
      slug: "sizing",
      name: "Sizing advice",
      text: "Propose sizes from body measurements (art. 9(2)(a) GDPR)",
      activity: "ACT-0005"
    ),
  ]

  /// A version: purpose, label, language, text, how many days ago it was first shown, what came after.
  private static let versions:
    [(purpose: Int, label: String, language: String, text: String, ago: Int64, next: String)] = [
      (
        0, "2023-2", "de",
        "Ja, schreiben Sie mir zweimal im Monat von Angeboten. Ich kann das jederzeit in jeder Mail "
          + "oder an datenschutz@lindgren-vale.example widerrufen.\n", 900, "2024-1"
      ),
      (
        0, "2024-1", "en",
        "Yes, write to me of offers twice a month. The mails are sent by Mailhaus Inc in the USA under "
          + "standard clauses; what I open is not counted. I can withdraw in every mail.\n", 500,
        "2025-1"
      ),
      (
        0, "2025-1", "en",
        "Yes, write to me of offers twice a month. The mails are sent by Mailhaus Inc in the USA under "
          + "standard clauses, and it is counted which I open. I can withdraw in every mail.\n",
        160, ""
      ),
      (
        1, "2024-1", "en",
        "Yes, send me a code on my birthday. My date of birth is used for nothing else.\n", 480, ""
      ),
      (
        2, "2025-1", "en",
        "Yes, propose sizes from the measurements that I give, which may tell of my health. Fitwell Ltd "
          + "in Dublin works them out; they are deleted after a year. I can withdraw at any time.\n",
        300, ""
      ),
    ]

  /// What happens, by time; `start` is when the register has its activities.
  static func steps(now: Instant, start: Instant) -> [SampleAudits.Step] {
    let opened = start + days(3)
    var steps = [
      Step(at: opened) { desk in
        try await desk.apply(purposes.map { AddPurpose($0) }, .ines, opened)
        var changes: [any Change] = []
        for version in versions.reversed() {
          var facts = ConsentVersionFacts(
            purpose: "PUR-000\(version.purpose + 1)",
            label: version.label,
            language: version.language,
            text: version.text,
            from: day(now - days(version.ago))
          )
          facts.successor = version.next
          if let next = versions.first(where: {
            $0.purpose == version.purpose && $0.label == version.next
          }) {
            facts.until = day(now - days(next.ago))
          }
          changes.append(AddConsentVersion(facts))
        }
        try await desk.apply(changes, .ines, opened)
      }
    ]
    let brought = max(opened + days(1), now - days(60))
    steps.append(
      Step(at: brought) { desk in
        try await intake(SampleConsentRows.given(now: now, until: brought, in: desk), desk, brought)
      }
    )
    let withdrawn = max(brought + days(1), now - days(12))
    steps.append(
      Step(at: withdrawn) { desk in
        let rows = try await SampleConsentRows.withdrawn(now: now, until: withdrawn, in: desk)
        try await intake(rows, desk, withdrawn)
      }
    )
    let flawed = max(withdrawn + days(1), now - days(9))
    steps.append(
      Step(at: flawed) { desk in
        let rows = try await desk.ask(ConsentBoard())
        guard let version = rows.first?.version(labelled: "2024-1") else { return }
        var facts = version.facts
        (facts.flaw, facts.flawNote) = (
          .wrong, "it said that opens are not counted; Mailhaus has counted them since the start"
        )
        try await desk.apply(
          [EditConsentVersion(id: version.id, basedOn: version.version, facts: facts)],
          .ines,
          flawed
        )
      }
    )
    let asked = max(flawed + days(1), now - days(5))
    steps.append(
      Step(at: asked) { desk in
        let rows = try await desk.ask(ConsentBoard())
        guard let first = rows.first?.id else { return }
        _ = try await desk.perform(
          ConsentStatement(
            of: SampleConsentRows.reference(3),
            purpose: first,
            at: StatedTime(asked),
            channel: "phone",
            source: "call to the shop"
          ),
          .jonah,
          asked
        )
        _ = try await desk.perform(
          ConsentErasure(of: SampleConsentRows.reference(5), reason: "asked for erasure by post"),
          .ines,
          asked
        )
      }
    )
    return steps
  }

  private static func intake(
    _ source: SampleConsentRows,
    _ desk: SampleDesk,
    _ at: Instant
  ) async throws {
    _ = try await desk.perform(ConsentIntake(from: source, expecting: 4000), .ines, at)
  }
}

/// Consent records of the sample's customers, the same for the same present.
final class SampleConsentRows: ConsentSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private struct Row {
    var person: Int
    var facts: ConsentRows.Facts
    var source: String
  }

  let catalogue: ConsentCatalogue
  let words = ["web", "shop", "phone", "mail"]
  let refused: [ImportProblem] = []
  let refusedCount = 0
  let digest: [UInt8] = []
  private var rows: [Row] = []
  private var position = 0

  private init(_ catalogue: ConsentCatalogue) { self.catalogue = catalogue }

  /// What a customer is called in the shop.
  static func reference(_ person: Int) -> String { "LV-\(200_000 + person)" }

  /// What customers consented to, by form and in shops.
  static func given(now: Instant, until: Instant, in desk: SampleDesk) async throws
    -> SampleConsentRows
  {
    let source = SampleConsentRows(ConsentCatalogue(try await desk.ask(ConsentBoard())))
    var random = SplitMix64(seed: 0x0C05_5E47)
    func add(_ person: Int, _ purpose: Int, _ label: String, _ from: Int64, _ to: Int64) {
      let at = now - .seconds(random.number(to * 86_400...from * 86_400))
      guard at < until, source.catalogue.purposes.indices.contains(purpose) else { return }
      let channel = Int(random.number(0...9))
      source.rows.append(
        Row(
          person: person,
          facts: ConsentRows.Facts(
            line: source.rows.count + 2,
            purpose: purpose,
            version: source.catalogue.purposes[purpose].versions[label] ?? 0,
            state: .given,
            channel: channel < 7 ? 0 : channel < 9 ? 1 : 2,
            at: at.milliseconds
          ),
          source: channel < 7 ? "form on the web, double opt-in" : "paper slip, scanned"
        )
      )
    }
    for person in 1...1240 {
      switch person % 10 {
      case 0...3: add(person, 0, "2023-2", 890, 505)
      case 4...6: add(person, 0, "2024-1", 495, 165)
      case 7...8: add(person, 0, "2025-1", 158, 61)
      default: add(person, 0, "", 1200, 905)
      }
      if person % 3 == 0 { add(person, 1, "2024-1", 470, 61) }
      if person % 5 == 0 { add(person, 2, "2025-1", 290, 61) }
    }
    return source
  }

  /// Who withdrew, as the programs for mails and sizes tell it.
  static func withdrawn(now: Instant, until: Instant, in desk: SampleDesk) async throws
    -> SampleConsentRows
  {
    let source = SampleConsentRows(ConsentCatalogue(try await desk.ask(ConsentBoard())))
    var random = SplitMix64(seed: 0x0C05_5E48)
    for person in 1...1240 {
      let wanted = person % 45 == 10 ? 2 : person % 9 == 1 ? 0 : person % 42 == 0 ? 1 : nil
      guard let purpose = wanted else { continue }
      let at = min(now - .seconds(random.number(13 * 86_400...58 * 86_400)), until - .seconds(60))
      guard source.catalogue.purposes.indices.contains(purpose) else { continue }
      source.rows.append(
        Row(
          person: person,
          facts: ConsentRows.Facts(
            line: source.rows.count + 2,
            purpose: purpose,
            version: 0,
            state: .withdrawn,
            channel: 3,
            at: at.milliseconds
          ),
          source: "link in a mail"
        )
      )
    }
    return source
  }

  func rewind() { position = 0 }

  func fill(_ into: ConsentRows) throws {
    into.removeAll()
    while into.count < into.capacity, position < rows.count {
      let row = rows[position]
      position += 1
      into.beginRow(row.facts)
      let at = Instant(milliseconds: row.facts.at)
      for field in [Self.reference(row.person), at.description, "UTC", row.source] {
        var field = field
        field.withUTF8 { into.append(UnsafeRawBufferPointer($0)) }
      }
    }
  }
}
