extension StatementWriter {
  /// Notes what does not stand in the statement: for the approver, who is to see that as well.
  ///
  /// Of a part that the text does not have, only that it is not there.
  mutating func omit(_ template: StatementTemplate) {
    if template.parts.contains(.activities) { omitActivities() }
    if template.parts.contains(.measures) { omitMeasures() }
    if template.parts.contains(.incidents) {
      for (reference, title) in sources.hidden {
        omissions.append(StatementOmission(.incident, reference, title))
      }
    }
    for part in StatementPart.allCases where !template.parts.contains(part) {
      omissions.append(
        StatementOmission(.gap, part.rawValue, "the text does not have {{\(part.rawValue)}}")
      )
    }
  }

  private mutating func omitActivities() {
    for activity in sources.activities where !activity.facts.isPublic {
      omissions.append(
        StatementOmission(
          .activity,
          activity.reference,
          "\(activity.facts.name): \(activity.facts.internalReason ?? "")"
        )
      )
    }
    let now = sources.date.civil.instant()
    for activity in shown {
      let hasRule = sources.rules.contains { $0.facts.activity == activity.reference }
      for gap in activity.facts.gaps(at: now, hasRetention: hasRule) where gap.isOfStatement {
        omissions.append(
          StatementOmission(.gap, activity.reference, "\(activity.facts.name): \(gap.text)")
        )
      }
    }
  }

  private mutating func omitMeasures() {
    for audit in sources.audits where !audit.unmet.isEmpty {
      omissions.append(
        StatementOmission(
          .measure,
          audit.audit,
          "\(audit.framework): \(audit.unmet.count) not met or in part: "
            + audit.unmet.joined(separator: ", ")
        )
      )
    }
  }
}

extension ActivityGap {
  /// Whether it leaves a hole in what is published, and is no matter of the house alone.
  fileprivate var isOfStatement: Bool {
    switch self {
    case .owner, .review, .contract: false
    default: true
    }
  }
}
