/// A statement as it was worked out at one time: all that is published, and nothing else.
///
/// Approval is of its digest. A published one is a frozen copy, never a window on the record.
public struct StatementContent: Codable, Sendable, Hashable {
  /// What it is called.
  ///
  /// Foreign text.
  public var title: String
  /// Its language as a tag.
  public var language: String
  /// The organisation's name.
  ///
  /// Foreign text.
  public var organisation: String
  /// The day as of which it is.
  public var date: DayNumber
  /// What it says.
  public var blocks: [StatementBlock]
  /// What it says of each public incident.
  public var incidents: [StatementIncident]
  /// What in it the record supports, in the order in which it stands there.
  public var facts: [StatementFact]
  /// What was corrected in versions before it.
  public var corrections: [StatementCorrection]
  /// What stands in `security.txt`; nil where the organisation names no contact.
  public var security: SecurityText?

  /// Makes content.
  public init(
    title: String,
    language: String,
    organisation: String,
    date: DayNumber,
    blocks: [StatementBlock],
    incidents: [StatementIncident],
    facts: [StatementFact],
    corrections: [StatementCorrection],
    security: SecurityText?
  ) {
    (self.title, self.language, self.organisation) = (title, language, organisation)
    (self.date, self.blocks, self.incidents) = (date, blocks, incidents)
    (self.facts, self.corrections, self.security) = (facts, corrections, security)
  }

  /// SHA-256 over all that is published, in hexadecimal.
  public var digest: String {
    var out = Bytes(tag: "tocsin.statement.1")
    for text in [title, language, organisation, date.iso] { out.append(text) }
    add(blocks, to: &out)
    out.append(Int64(incidents.count))
    for incident in incidents {
      out.append(incident.reference)
      out.append(incident.title)
      add(incident.blocks, to: &out)
    }
    add(facts, to: &out)
    out.append(Int64(corrections.count))
    for correction in corrections {
      out.append(Int64(correction.version ?? 0))
      for text in [correction.was, correction.now, correction.on.iso, correction.by] {
        out.append(text)
      }
    }
    out.append(security?.text ?? "")
    return Digest.sha256(out.bytes)
  }

  private func add(_ runs: [StatementRun], to out: inout Bytes) {
    out.append(Int64(runs.count))
    for run in runs {
      out.append(run.text)
      out.append(run.source)
    }
  }

  private func add(_ facts: [StatementFact], to out: inout Bytes) {
    out.append(Int64(facts.count))
    for fact in facts {
      for text in [fact.key, fact.label, fact.text, fact.source] { out.append(text) }
    }
  }

  private func add(_ blocks: [StatementBlock], to out: inout Bytes) {
    out.append(Int64(blocks.count))
    for block in blocks {
      switch block {
      case .heading(let depth, let runs):
        out.append("heading")
        out.append(Int64(depth))
        add(runs, to: &out)
      case .paragraph(let runs):
        out.append("paragraph")
        add(runs, to: &out)
      case .list(let points):
        out.append("list")
        out.append(Int64(points.count))
        for point in points { add(point, to: &out) }
      case .facts(let facts):
        out.append("facts")
        add(facts, to: &out)
      case .incident(let reference, let title):
        out.append("incident")
        out.append(reference)
        out.append(title)
      }
    }
  }
}

/// A line in which what was published and what the record supports now differ.
public struct StatementDifference: Codable, Sendable, Hashable {
  /// What names the fact.
  public var key: String
  /// What is said.
  public var label: String
  /// What was published; nil where it says nothing of it.
  ///
  /// Foreign text.
  public var published: String?
  /// What the record says now; nil where it does not say it any more.
  ///
  /// Foreign text.
  public var now: String?

  /// Makes a difference.
  public init(key: String, label: String, published: String?, now: String?) {
    (self.key, self.label, self.published, self.now) = (key, label, published, now)
  }

  /// Whether what was published is not true any more; else it could only say more.
  ///
  /// A figure that counts what the register holds was true of its day and stays so while it only grows;
  /// one that said there is nothing does not.
  public var isUntrue: Bool {
    guard let published else { return false }
    guard Self.growing.contains(key), let then = Int64(published), then > 0,
      let now = now.flatMap({ Int64($0) })
    else { return true }
    return now < then
  }

  private static let growing = Set(
    [
      StatementField.activities, .categories, .processors, .countries, .retention, .measures,
      .incidents,
    ].map(\.rawValue)
  )
}

extension StatementContent {
  /// What it says otherwise than the record supports by now, in the order in which it stands there;
  /// what is new behind it.
  public func differences(from now: StatementContent) -> [StatementDifference] {
    let (old, new) = (Self.lines(facts), Self.lines(now.facts))
    let texts = Dictionary(new) { first, _ in first }
    let known = Set(old.map(\.0))
    var found: [StatementDifference] = []
    for (key, fact) in old where texts[key]?.text != fact.text {
      found.append(
        StatementDifference(
          key: key,
          label: fact.label,
          published: fact.text,
          now: texts[key]?.text
        )
      )
    }
    for (key, fact) in new where !known.contains(key) {
      found.append(
        StatementDifference(key: key, label: fact.label, published: nil, now: fact.text)
      )
    }
    return found
  }

  /// The facts that can alter, each once; the day of the version is none.
  private static func lines(_ facts: [StatementFact]) -> [(String, StatementFact)] {
    var seen: Set<String> = []
    return facts.filter {
      $0.key != StatementField.statementDate.rawValue && seen.insert($0.key).inserted
    }.map { ($0.key, $0) }
  }
}
