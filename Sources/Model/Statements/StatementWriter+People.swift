extension StatementWriter {
  /// Which incidents are public, each with a page of its own.
  mutating func publicIncidents() -> [StatementBlock] {
    guard !sources.incidents.isEmpty else {
      let none = fact("incidents/none", "Incidents", "none is public", source: "incidents")
      return [.paragraph([StatementRun("No incident has been made public.", source: none.source)])]
    }
    return sources.incidents.map { incident in
      let title = incident.disclosure?.title ?? "Public notice of \(incident.reference)"
      incidents.append(
        StatementIncident(
          reference: incident.reference,
          title: title,
          blocks: said(of: incident, title)
        )
      )
      return .incident(incident.reference, title: title)
    }
  }

  /// All that is said of an incident.
  private mutating func said(of incident: PublicIncident, _ title: String) -> [StatementBlock] {
    let (key, source) = ("incident/\(incident.reference)", "incident \(incident.reference)")
    var blocks: [StatementBlock] = []
    _ = fact(key, incident.reference, title, source: source)
    if let summary = incident.disclosure?.summary, !summary.isEmpty {
      _ = fact("\(key)/summary", "What happened", summary, source: source)
      for part in summary.split(whereSeparator: \.isNewline)
      where part.contains(where: { !$0.isWhitespace }) {
        blocks.append(.paragraph([StatementRun(String(part), source: source)]))
      }
    }
    var lines: [StatementFact] = []
    func add(_ name: String, _ label: String, _ text: String) {
      lines.append(fact("\(key)/\(name)", label, text, source: source))
    }
    // Of one that is public by a notice alone, nothing but that notice is said.
    if incident.disclosure != nil {
      let writer = NoticeDate(language: "en")
      for (instant, label) in [
        (IncidentInstant.occurred, "Happened"), (.discovered, "Discovered"),
        (.contained, "Contained"),
      ] {
        if let time = incident.instants[instant] { add(instant.rawValue, label, writer.text(time)) }
      }
      if !incident.data.isEmpty {
        add("data", "Data", incident.data.map(words).joined(separator: "; "))
      }
      let affected = self.affected(incident)
      add("affected", "People affected", noted(affected, "\(key)/affected", "People affected"))
      // Of a version that said nothing of it, what was told since stands in the next.
      let isNew = sources.version.map { $0[key] != nil && $0["\(key)/told"] == nil } ?? false
      if let told = incident.told, !isNew {
        let shown = kept(self.told(incident, told), "\(key)/told")
        add("told", "People told", noted(shown, "\(key)/told", "People told"))
      }
    }
    for (index, notice) in incident.notices.enumerated() {
      let writer = NoticeDate(language: "en")
      let until = notice.until.map { " to \(writer.text($0))" } ?? ""
      add(
        "notice/\(index + 1)",
        "Public notice",
        "\(notice.means.label), \(notice.place), from \(writer.text(notice.from))\(until)"
      )
    }
    if !lines.isEmpty { blocks.append(.facts(lines)) }
    return blocks
  }

  /// A number of people in words; one that is hidden is noted.
  private mutating func noted(
    _ shown: SmallNumbers.Shown,
    _ key: String,
    _ label: String
  ) -> String {
    let text = small.text(shown)
    switch shown {
    case .few, .withheld, .held:
      omissions.append(StatementOmission(.small, key, "\(label): \(text)"))
    case .unknown: omissions.append(StatementOmission(.gap, key, "\(label): not known"))
    case .number: break
    }
    return text
  }

  /// What people can ask, and how.
  mutating func rights() -> [StatementBlock] {
    let bases = Set(shown.compactMap(\.facts.basis))
    var points = [
      ("access", "to know what we hold about you, and get a copy (GDPR art. 15)"),
      ("rectification", "to have it put right (art. 16)"),
      ("erasure", "to have it erased where nothing obliges us to keep it (art. 17)"),
      ("restriction", "to have its use limited (art. 18)"),
    ]
    if !bases.isDisjoint(with: [.consent, .contract]) {
      points.append(("portability", "to take along what you gave us (art. 20)"))
    }
    let interests = [
      bases.contains(.legitimateInterests) ? "legitimate interests" : nil,
      bases.contains(.publicTask) ? "a task in the public interest" : nil,
    ].compactMap(\.self).joined(separator: " or ")
    if !interests.isEmpty {
      points.append(
        (
          "objection",
          "to object, for reasons that lie in your situation, to what rests on \(interests) "
            + "(art. 21(1))"
        )
      )
    }
    if bases.contains(.legitimateInterests) {
      points.append(
        ("marketing", "to object to direct marketing at any time, without a reason (art. 21(2))")
      )
    }
    points.append(
      (
        "automation",
        "not to be subject to a decision made by machines alone that has legal or similar effects "
          + "for you (art. 22)"
      )
    )
    if bases.contains(.consent) {
      points.append(("consent", "to withdraw your consent at any time (art. 7(3))"))
    }
    points.append(("complaint", "to complain to a supervisory authority (art. 77)"))
    let source = "privacy register: legal bases"
    var blocks: [StatementBlock] = [
      .paragraph([StatementRun("You have the right", source: source)]),
      .list(
        points.map { name, text in
          _ = fact("rights/\(name)", "Right", text, source: source)
          return [StatementRun(text, source: source)]
        }
      ),
    ]
    let how = sources.organisation.opennessInForce.rights
    if how.contains(where: { !$0.isWhitespace }) {
      let said = fact("rights/how", "How to ask", how, source: "organisation")
      blocks.append(.facts([said]))
    } else {
      omissions.append(
        StatementOmission(.gap, "how to ask", "nobody has said how people ask (organisation)")
      )
    }
    return blocks
  }

  /// Whom to ask.
  mutating func contact() -> [StatementBlock] {
    let organisation = sources.organisation
    var lines: [StatementFact] = []
    for (name, label, text) in [
      ("name", "Controller", organisation.name), ("contact", "Contact", organisation.contact),
      ("officer", "Data protection officer", organisation.officer),
      (
        "security", "Weaknesses in our systems",
        organisation.opennessInForce.securityContacts.joined(separator: "; ")
      ),
    ] {
      if text.contains(where: { !$0.isWhitespace }) {
        lines.append(fact("contact/\(name)", label, text, source: "organisation"))
      } else {
        omissions.append(StatementOmission(.gap, label.lowercased(), "not known (organisation)"))
      }
    }
    return lines.isEmpty ? [said("Nobody is named yet.", source: "organisation")] : [.facts(lines)]
  }
}
