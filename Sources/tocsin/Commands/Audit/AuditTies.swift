internal import Exchange
internal import Model

// What hangs from an item: findings, evidence, links.
extension AuditWords {
  /// What hangs from an item, as lines for people; none where nothing does.
  static func lines(_ ties: AuditItemTies.Ties, of item: AuditItem, now: Instant) -> [Words] {
    var lines: [Words] = []
    if !ties.findings.isEmpty {
      lines += ["", "Findings"]
      lines += ties.findings.map { finding in
        """
        \(finding.reference)  \(finding.facts.severity.label)  \(finding.stateText(at: now))  \
        \(finding.facts.title)
        """
      }
    }
    if !ties.evidence.isEmpty {
      lines += ["", "Evidence"]
      lines += ties.evidence.map { piece in
        let expires = piece.facts.dates?.expires
        let mark: Words =
          expires.map { time in
            time.latest < now
              ? "  expired \(time.plainWithZone)" : "  expires \(time.plainWithZone)"
          } ?? ""
        return "\(piece.id)  \(piece.facts.kind.label)  \(piece.facts.title)\(mark)"
      }
    }
    if !ties.links.isEmpty {
      lines += ["", "Links"]
      lines += ties.links.map { row in
        let other = other(of: row, ties, item)
        let relation = row.link.relation.isEmpty ? "linked" : row.link.relation
        return "\(relation)  \(other.name)  \(other.title)"
      }
    }
    return lines
  }

  /// What hangs from an item, as members of its object.
  static func members(_ ties: AuditItemTies.Ties, now: Instant) -> [(String, JSON)] {
    [
      (
        "findings",
        .array(
          ties.findings.map { finding in
            .members([
              "reference": .string(finding.reference), "title": .string(finding.facts.title),
              "severity": .string(finding.facts.severity.rawValue),
              "state": .string(finding.state(at: now).rawValue),
            ])
          }
        )
      ), ("evidence", .array(ties.evidence.map { JSON.evidence($0) })),
      (
        "links",
        .array(
          ties.links.map { row in
            .members([
              "from": .string(row.fromName), "to": .string(row.toName),
              "relation": .string(row.link.relation), "from_title": .string(row.fromTitle),
              "to_title": .string(row.toTitle),
            ])
          }
        )
      ),
    ]
  }

  /// The end of a link that is neither the item nor its requirement.
  private static func other(
    of row: IncidentLinks.Row,
    _ ties: AuditItemTies.Ties,
    _ item: AuditItem
  ) -> (name: String, title: String) {
    let isHere = [Subject(.auditItem, item.id), ties.requirement].contains(row.link.from)
    return row.other(from: isHere ? row.link.from : row.link.to)
  }
}
