internal import Exchange
internal import Model

/// The sample's public account: one that was published and is not true any more, and a draft.
enum SampleStatements {
  private static func days(_ count: Int64, before now: Instant) -> Instant {
    now - .seconds(count * 86_400)
  }

  /// What happens, by time.
  static func steps(now: Instant) -> [SampleAudits.Step] {
    let (begun, marked) = (days(31, before: now), days(30, before: now))
    let (proposed, approved) = (days(29, before: now), days(29, before: now) + .seconds(7_200))
    let (published, corrected) = (days(28, before: now), days(12, before: now))
    return [
      SampleAudits.Step(at: begun) { desk in
        try await desk.apply(
          [AddStatement(StatementFacts(title: "How we handle your data"))],
          .mira,
          begun
        )
      },
      SampleAudits.Step(at: marked) { desk in
        guard let id = desk.incident("public bucket"),
          let incident = try await desk.ask(IncidentDetail(id: id))
        else { return }
        let facts = DisclosureFacts(
          incident: id,
          reference: incident.reference,
          title: "A list of orders could be read by anybody",
          summary: """
            An export of orders lay in a store of files that needed no password. We closed it on the \
            day on which we were told, found out who is named in it, and wrote to them.
            No passwords and no card numbers were in it.
            """,
          reason: "letters went out to people in four states; the press asked"
        )
        try await desk.apply([AddDisclosure(facts)], .mira, marked)
      },
      SampleAudits.Step(at: proposed) { desk in
        guard let details = try await desk.ask(StatementDetails(id: 1, date: day(proposed))) else {
          return
        }
        let change = ProposeStatement(
          statement: 1,
          date: details.draft.content.date,
          digest: details.draft.content.digest
        )
        try await desk.apply([change], .mira, proposed)
      },
      SampleAudits.Step(at: approved) { desk in
        guard let edition = try await desk.ask(StatementDetails(id: 1))?.current else { return }
        let step = StatementEditionStep.approve(digest: edition.facts.digest, uid: nil)
        try await desk.apply(
          [MoveStatement(id: edition.id, basedOn: edition.version, step: step)],
          .sanne,
          approved
        )
      },
      SampleAudits.Step(at: published) { desk in
        guard let edition = try await desk.ask(StatementDetails(id: 1))?.current else { return }
        let manifest = StatementSite(edition.facts).manifestDigest
        try await desk.apply(
          [
            MoveStatement(
              id: edition.id,
              basedOn: edition.version,
              step: .publish(manifest: manifest)
            )
          ],
          .sanne,
          published
        )
      },
      SampleAudits.Step(at: corrected) { desk in
        guard let statement = try await desk.ask(StatementByReference("STM-0001")) else { return }
        let correction = StatementCorrection(
          version: 1,
          was: "We closed it on the day on which we were told",
          now: "We closed it on the day after we were told",
          on: day(corrected),
          by: "Privacy office"
        )
        var changes: [any Change] = [
          CorrectStatement(id: 1, basedOn: statement.version, correction: correction)
        ]
        if let account = try await desk.ask(DisclosureList()).first {
          var facts = account.facts
          facts.summary = facts.summary.replacing(
            "on the day on which we were told",
            with: "on the day after we were told"
          )
          changes.append(EditDisclosure(id: account.id, basedOn: account.version, facts: facts))
        }
        try await desk.apply(changes, .ines, corrected)
      },
      SampleAudits.Step(at: days(3, before: now)) { desk in
        let body = """
          Whoever finds a weakness in our shop can tell us; we answer within three days.

          ## What stands
          {{figure:measures}} measures were found in force.

          {{measures}}

          ## Whom to tell
          {{contact}}
          """
        try await desk.apply(
          [AddStatement(StatementFacts(title: "Security of our shop", body: body))],
          .tomas,
          days(3, before: now)
        )
      },
    ]
  }

  private static func day(_ instant: Instant) -> DayNumber {
    DayNumber(instant, in: SampleDuties.organisation.zone ?? .utc)
  }
}
