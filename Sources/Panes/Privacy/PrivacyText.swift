import Drawing
import Model

/// What is said of records of the privacy register, in full.
enum PrivacyText {
  /// A day in a zone.
  static func day(_ instant: Instant, in zone: Zone) -> String {
    CivilTime(instant, offset: zone.offset(at: instant)).isoDate
  }

  /// An activity with what it lacks.
  static func lines(_ row: ActivityRow) -> [Line] {
    let facts = row.activity.facts
    var lines = [
      Line([
        Span("\(row.activity.reference)  ", .textStrong), Span(facts.role.label, .badge),
        Span("  "), Span(Untrusted(facts.name), .heading, .bold),
      ])
    ]
    if !row.gaps.isEmpty {
      lines.append(
        Line([Span("! lacks ", .warning, .bold), Span(Untrusted(row.gaps.joined(separator: "; ")))])
      )
    }
    let skipped: Set<ActivityField> = [.name, .role, .data]
    for field in ActivityField.allCases where !skipped.contains(field) {
      let text = field.text(facts)
      guard !text.isEmpty else { continue }
      let law =
        field == .basis
        ? facts.basis?.citation : field == .condition ? facts.condition?.citation : nil
      lines.append(
        Line(
          [Span("\(field.label)  ", .textMuted), Span(Untrusted(text))]
            + (law.map { [Span("  \($0)", .textMuted)] } ?? [])
        )
      )
    }
    return lines
  }

  /// The data of an activity, each with why it is held.
  static func data(_ row: ActivityRow, _ missing: Set<String>) -> [Line] {
    guard !row.activity.facts.data.isEmpty else { return [] }
    return [Line(""), Line("Data", .heading)]
      + row.activity.facts.data.map { held in
        let isMissing = missing.contains(held.category)
        return Line([
          Span(isMissing ? "! " : "  ", .warning, .bold),
          Span(Untrusted(held.category), .textStrong),
          Span("  "),
          held.why.isEmpty ? Span("nobody said why", .warning) : Span(Untrusted(held.why)),
          Span(
            held.justified.map { "  justified \($0.plain)" } ?? "  never justified",
            isMissing ? .warning : .textMuted
          ),
        ])
      }
  }

  /// All of an activity.
  static func lines(_ details: ActivityDetails.Details, _ context: PaneContext) -> [Line] {
    let zone = context.dutyZone
    var lines = self.lines(details.row)
    lines += data(details.row, Set(details.unjustified.map(\.category)))
    if !details.rules.isEmpty {
      lines += [Line(""), Line("Retention", .heading)]
      lines += details.rules.map { rule in
        Line([
          Span("\(rule.reference)  ", .textStrong), Span(rule.facts.text), Span("  "),
          Span(Untrusted(rule.facts.ground), .textMuted), Span("  "),
          Span(Untrusted(rule.facts.title)),
        ])
      }
    }
    if !details.due.isEmpty {
      lines += [Line(""), Line("Due for deletion", .heading)]
      lines += details.due.map { row in
        Line([
          state(row, context.now), Span("  \(row.rule)  "),
          Span(Look.count(row.count), .textStrong),
          Span(row.dueAt.map { "  since \(day($0, in: zone))" } ?? "", .textMuted),
        ])
      }
    }
    return lines + history(details.history, zone)
  }

  /// What the journal says, newest first.
  static func history(_ lines: [JournalLine], _ zone: Zone) -> [Line] {
    [Line(""), Line("History", .heading)]
      + lines.map { line in
        Line([
          Span("\(Look.minute(line.entry.at, in: zone))  ", .textMuted),
          Span(Untrusted(line.entry.actor.name)), Span("  "), Span(Untrusted(line.headline)),
        ])
      }
  }

  /// Where data stand that are due, told by a sign as well.
  static func state(_ row: DueData, _ now: Instant) -> Span {
    switch row.state(at: now) {
    case .due: Span("! due", .deadlineOverdue, .bold)
    case .held: Span("= on hold", .stateProgress)
    case .running: Span("  kept", .deadlineLater)
    case .unknown: Span("? not counted", .warning)
    }
  }

  /// What is due, and why.
  static func lines(_ row: DueData, _ context: PaneContext) -> [Line] {
    let zone = context.dutyZone
    var lines = [
      Line([
        state(row, context.now), Span("  \(row.reference)  ", .textStrong),
        Span(Untrusted(row.title), .heading, .bold),
      ]),
      Line([Span("Kept  ", .textMuted), Span(row.words), Span("  \(row.rule)", .textMuted)]),
    ]
    if !row.ground.isEmpty {
      lines.append(Line([Span("Ground  ", .textMuted), Span(Untrusted(row.ground))]))
    }
    if !row.categories.isEmpty {
      lines.append(
        Line([
          Span("Data  ", .textMuted), Span(Untrusted(row.categories.joined(separator: ", "))),
        ])
      )
    }
    lines.append(
      Line([
        Span("Number  ", .textMuted),
        row.count == nil ? Span("not known", .warning) : Span(Look.count(row.count), .textStrong),
        Span(row.asOf.map { "  as of \(Look.minute($0, in: zone))" } ?? "", .textMuted),
      ])
    )
    lines.append(
      Line([
        Span("Due  ", .textMuted),
        row.dueAt.map { Span("since \(day($0, in: zone))") }
          ?? Span(
            row.target == .activity
              ? "nobody has said how much there is, and since when"
              : "no rule says until when they are kept: tocsin register rule add \(row.target.rawValue)",
            .warning
          ),
      ])
    )
    lines += row.holds.map { hold in
      Line([Span("= legal hold ", .stateProgress, .bold), Span(Untrusted(hold))])
    }
    return lines
  }

  /// Data that nobody has justified.
  static func lines(_ row: UnjustifiedData, _ context: PaneContext) -> [Line] {
    [
      Line([
        Span("\(row.reference)  ", .textStrong), Span(Untrusted(row.name), .heading, .bold),
      ]),
      Line([Span("Data  ", .textMuted), Span(Untrusted(row.category), .textStrong)]),
      Line([
        Span("Why  ", .textMuted),
        row.why.isEmpty ? Span("nobody said why", .warning) : Span(Untrusted(row.why)),
      ]),
      Line([
        Span("Justified  ", .textMuted),
        row.last.map { Span($0.plain) } ?? Span("never", .warning),
        Span("  owed since \(day(row.since, in: context.dutyZone))", .textMuted),
      ]),
      Line([
        Span("Owner  ", .textMuted),
        row.owner.map { Span(Untrusted($0)) } ?? Span("nobody", .warning),
      ]),
    ]
  }
}
