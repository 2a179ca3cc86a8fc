internal import Exchange
internal import Model

/// Statements in words.
enum StatementWords {
  /// Where the register no longer supports what is published.
  static func differences(_ differences: [StatementDifference]) -> [Words] {
    var lines: [Words] = []
    for difference in differences {
      lines.append("\(difference.key)  \(difference.label)")
      if let published = difference.published { lines.append("  - \(published)") }
      if let now = difference.now { lines.append("  + \(now)") }
    }
    return lines
  }

  /// What is left out, for the approver.
  static func omissions(_ omissions: [StatementOmission]) -> [Words] {
    omissions.map { "\($0.kind.label)  \($0.subject)  \($0.text)" }
  }

  /// Text that was made safe for Markdown, line by line.
  static func text(_ content: StatementContent) -> [Words] {
    Array(Words.lines(StatementMarkdown.text(content)).dropLast())
  }

  /// A version in a line.
  static func edition(_ edition: StatementEdition) -> Words {
    let facts = edition.facts
    let by = facts.approvals.map(\.by).joined(separator: ", ")
    return """
      version \(facts.number) of \(facts.content.date.iso)  \(facts.state.label)  \
      \(facts.digest.prefix(12))  approved by \(by)
      """
  }
}

extension JSON {
  /// How a statement stands.
  static func statement(_ row: StatementRow) -> JSON {
    func mark(_ mark: StatementRow.Mark?) -> JSON {
      mark.map {
        .members([
          "number": .count($0.number), "date": .string($0.date.iso),
          "state": .string($0.state.rawValue), "digest": .string($0.digest),
        ])
      } ?? .null
    }
    let statement = row.statement
    return .members([
      "reference": .string(statement.reference), "id": .integer(statement.id),
      "version": .integer(statement.version), "title": .string(statement.facts.title),
      "language": .string(statement.facts.language), "state": .string(row.state),
      "published": mark(row.published), "live": mark(row.live),
      "unsupported": .count(row.unsupported), "additions": .count(row.additions),
      "problems": .texts(row.problems.map(\.description)),
      "security_expires": .text(row.securityExpires?.description),
      "removed": .bool(statement.isRemoved),
    ])
  }

  /// A line in which published and present differ.
  static func difference(_ difference: StatementDifference) -> JSON {
    .members([
      "key": .string(difference.key), "label": .string(difference.label),
      "published": .text(difference.published), "now": .text(difference.now),
      "untrue": .bool(difference.isUntrue),
    ])
  }

  /// Something that is left out.
  static func omission(_ omission: StatementOmission) -> JSON {
    .members([
      "kind": .string(omission.kind.rawValue), "subject": .string(omission.subject),
      "text": .string(omission.text),
    ])
  }

  /// A correction.
  static func correction(_ correction: StatementCorrection) -> JSON {
    .members([
      "on": .string(correction.on.iso),
      "version": correction.version.map { .count($0) } ?? .null,
      "was": .string(correction.was), "now": .string(correction.now),
      "by": .string(correction.by),
    ])
  }

  /// A version.
  static func edition(_ edition: StatementEdition) -> JSON {
    let facts = edition.facts
    func act(_ act: StatementEditionFacts.Act?) -> JSON {
      act.map {
        .members(["by": .string($0.by), "at": .instant($0.at), "note": .string($0.note)])
      } ?? .null
    }
    return .members([
      "number": .count(facts.number), "date": .string(facts.content.date.iso),
      "digest": .string(facts.digest), "state": .string(facts.state.rawValue),
      "needs_two": .bool(facts.needsTwo),
      "approvals": .array(
        facts.approvals.map {
          .members([
            "by": .string($0.by), "uid": .integer(Int64($0.uid)), "at": .instant($0.at),
          ])
        }
      ),
      "published": act(facts.published), "end": act(facts.end),
    ])
  }

  /// What would be put up, with what is left out.
  static func draft(_ draft: StatementWriter.Outcome) -> JSON {
    .members([
      "digest": .string(draft.content.digest), "date": .string(draft.content.date.iso),
      "text": .string(StatementMarkdown.text(draft.content)),
      "facts": .array(
        draft.content.facts.map {
          .members([
            "key": .string($0.key), "label": .string($0.label), "text": .string($0.text),
            "source": .string($0.source),
          ])
        }
      ),
      "left_out": .array(draft.omissions.map { .omission($0) }),
      "problems": .texts(draft.problems.map(\.description)),
    ])
  }
}
