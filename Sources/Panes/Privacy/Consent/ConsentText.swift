import Drawing
import Model

/// What is said of purposes, versions and consent records, in full.
enum ConsentText {
  private static func field(_ label: String, _ value: String, _ role: Role = .text) -> Line? {
    guard !value.isEmpty else { return nil }
    let padded = label + String(repeating: " ", count: max(1, 12 - label.count))
    return Line([Span(padded, .textMuted), Span(Untrusted(value), role)])
  }

  /// A purpose with its numbers and versions.
  static func lines(_ row: PurposeRow, columns: Int, _ context: PaneContext) -> [Line] {
    let facts = row.purpose.facts
    var lines = [
      Line([
        Span("\(row.purpose.reference)  ", .textStrong),
        Span(Untrusted(facts.name), .heading, .bold),
      ])
    ]
    lines += [
      field("what for", facts.text), field("activity", facts.activity),
      field("basis", "\(LegalBasis.consent.label), \(LegalBasis.consent.citation)"),
      field("ended", facts.ended?.plainWithZone ?? ""),
      field("erase from", row.dueAt.map { PrivacyText.day($0, in: context.dutyZone) } ?? ""),
    ].compactMap(\.self)
    if let at = facts.erasedAt {
      lines.append(Line("Who consented was erased \(Look.minute(at)) UTC.", .stateClosed))
    }
    lines.append(Line(""))
    lines.append(Line(ConsentMeter.bar(row, columns: max(8, min(40, columns - 4)))))
    lines += ConsentMeter.legend(row)
    lines += [Line(""), Line("Versions", .heading)]
    if row.versions.isEmpty { lines.append(Line("none; x a adds one", .warning)) }
    for version in row.versions.reversed() { lines += self.lines(version, row) }
    let channels = Dictionary(
      grouping: row.tallies.filter { $0.standing == .current && $0.state == .given },
      by: \.channel
    ).mapValues { $0.reduce(0) { $0 + $1.count } }
    guard !channels.isEmpty else { return lines }
    lines += [Line(""), Line("Given over", .heading)]
    for (channel, count) in channels.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      lines.append(
        Line([
          Span(Untrusted(channel.isEmpty ? "not said" : channel)),
          Span("  \(Look.count(Int64(count)))", .textStrong),
        ])
      )
    }
    return lines
  }

  private static func lines(_ version: ConsentVersion, _ row: PurposeRow) -> [Line] {
    let facts = version.facts
    let given = row.count(
      ConsentFilter(states: [.given], versions: [facts.label.lowercased()])
    )
    let first = Line([
      facts.flaw == nil ? Span("+ ", .stateDone) : Span("! ", .danger, .bold),
      Span(Untrusted(facts.label), .textStrong),
      Span(Untrusted(facts.language.isEmpty ? "" : "  \(facts.language)"), .textMuted),
      Span("  \(Look.count(Int64(given))) given", .text),
      Span(
        "  \(facts.from.plain) to \(facts.until?.plain ?? "now")",
        .textMuted
      ),
    ])
    guard let flaw = facts.flaw else { return [first] }
    return [
      first,
      Line([
        Span("  no longer right: \(flaw.label)", .danger),
        Span(Untrusted(facts.flawNote.isEmpty ? "" : ", \(facts.flawNote)"), .text),
      ]),
    ]
  }

  /// A version with its text as people read it.
  static func lines(_ version: ConsentVersion) -> [Line] {
    let facts = version.facts
    var lines = facts.named.compactMap { field($0.0, $0.1) }
    lines.append(Line(""))
    lines += facts.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      Line(Untrusted(String($0)))
    }
    return lines
  }

  /// A record with the version that was seen; who it is masked or not.
  static func lines(_ record: ConsentRecord, _ row: PurposeRow) -> [Line] {
    let version = row.version(record.version)
    var lines = [
      Line([
        Span("#\(record.number)  ", .heading, .bold),
        Span(Untrusted(row.purpose.facts.name), .textStrong),
      ]),
      ConsentMeter.state(record, isStale: version?.facts.flaw != nil),
    ]
    if record.standing != .current {
      let words =
        record.standing == .superseded
        ? "the same person has said something later" : "who it was is erased"
      lines.append(Line(words, .textMuted))
    }
    let role: Role = record.isRevealed ? .personal : .text
    lines += [
      field("said", "\(Look.minute(record.at)) UTC"),
      field("channel", record.channel.isEmpty ? "not said" : record.channel),
      field("version", version?.facts.label ?? "not said"),
      field("", version?.facts.flaw.map { "no longer right: \($0.label)" } ?? "", .danger),
      field("SHA-256", version?.facts.digest ?? ""),
    ].compactMap(\.self)
    if let subject = record.subject {
      lines += [
        field("who", subject.reference, role), field("stated", subject.when, role),
        field("zone", subject.zone), field("source", subject.source, role),
      ].compactMap(\.self)
      if !record.isRevealed {
        lines.append(Line("masked; x v shows it for a reason", .textMuted))
      }
    } else {
      lines.append(Line("Who it was is erased.", .stateClosed))
    }
    return lines
  }

  /// What one person said, with the texts that they read.
  static func proof(_ records: [ConsentRecord], _ row: PurposeRow) -> [Line] {
    var lines: [Line] = []
    for record in records { lines += self.lines(record, row) + [Line("")] }
    for version in row.versions where records.contains(where: { $0.version == version.id }) {
      lines += [Line([Span("Text of ", .heading), Span(Untrusted(version.facts.label), .heading)])]
      lines += self.lines(version) + [Line("")]
    }
    return lines
  }
}
