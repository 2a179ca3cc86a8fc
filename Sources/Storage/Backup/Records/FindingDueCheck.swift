internal import GRDB
internal import Model

/// The day a finding is due where the organisation's rule gave it.
///
/// What the rule was stands in the journal, so the day is worked out again from it; of findings that a scan
/// opened the journal does not keep the facts, and their day is not compared. Where the bounds of a day lie
/// apart by what a zone's clock may have been altered since, they are taken for the same.
enum FindingDueCheck: RecordCheck {
  /// `FindingCheck` names the table.
  static let tables: [CheckedTable] = []

  /// A finding, and the entries at which the rule may have been asked for its day.
  private struct Asked {
    var first: KeptEntry
    /// Nil where they are not known.
    var facts: FindingFacts?
    var entries: [JournalSequence] = []

    mutating func take(_ entry: KeptEntry) {
      if entry.action == OpenFinding.name {
        facts = (try? entry.read(OpenFinding.self))?.facts
        entries = [entry.sequence]
        return
      }
      guard let old = facts else { return }
      facts = (try? entry.read(EditFinding.self))?.facts
      // Of earlier programs each edit asked the rule.
      if facts?.severity != old.severity || facts?.due != old.due { entries = [] }
      entries.append(entry.sequence)
    }
  }

  static func run(in db: Database, _ note: (Subject, String, String) throws -> Void) throws {
    var rules: [(entry: JournalSequence, organisation: Organisation?)] = [(0, Organisation())]
    try KeptEntry.each(of: .organisation, [SetOrganisation.name], in: db) { entry in
      rules.append((entry.sequence, (try? entry.read(SetOrganisation.self))?.organisation))
    }
    var asked: Asked?
    func compare() throws {
      guard let asked, let facts = asked.facts, facts.due == nil,
        // What cannot be read was said already.
        let finding = try? FindingRecord.fetch(asked.first.subject, in: db)
      else { return }
      for entry in asked.entries {
        guard let rule = rules.last(where: { $0.entry < entry })?.organisation else { return }
        let wanted = (rule.findingDays ?? .usual).due(
          facts.severity,
          openedAt: asked.first.at,
          zone: rule.zone ?? .utc
        )
        if isSame(finding.due, wanted) { return }
      }
      try note(
        Subject(.finding, finding.id),
        finding.reference,
        "its day is not the one that the rule of then gives"
      )
    }
    try KeptEntry.each(of: .finding, [OpenFinding.name, EditFinding.name], in: db) { entry in
      if asked?.first.subject != entry.subject {
        try compare()
        asked = Asked(first: entry)
      }
      asked?.take(entry)
    }
    try compare()
  }

  private static func isSame(_ stored: StatedTime?, _ wanted: StatedTime?) -> Bool {
    guard let stored, let wanted else { return stored == wanted }
    func isNear(_ one: Instant, _ other: Instant) -> Bool {
      let apart = abs(one.milliseconds - other.milliseconds)
      return apart <= 2 * 3_600_000 && apart % 900_000 == 0
    }
    return stored.text == wanted.text && stored.zone.name == wanted.zone.name
      && stored.precision == wanted.precision && stored.source == wanted.source
      && isNear(stored.earliest, wanted.earliest) && isNear(stored.latest, wanted.latest)
  }
}
