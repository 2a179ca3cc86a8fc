internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension DrillCommand {
  /// The command `tocsin drill list`.
  struct List: HeadlessCommand {
    static let origin = "drill list"
    static let configuration = CommandConfiguration(
      abstract: "List exercises with their scores, the newest first."
    )

    @OptionGroup var format: ListFormatOptions
    @OptionGroup var options: StoreOptions

    /// The members that are columns of CSV.
    private static let columns = [
      "incident", "title", "opened_at", "aware_at", "until", "ended_by", "final", "summary",
      "counted", "met", "late", "missed", "running", "never_decided",
    ]

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let filter = Filter(terms: [Filter.Term(.field(.is, "drill"))])
      let ids = try await store.answer(IncidentIDs(filter: filter)).sorted(by: >)
      var drills: [(incident: Incident, score: DrillScore)] = []
      for id in ids {
        guard let incident = try await store.answer(IncidentDetail(id: id)),
          let score = try await store.answer(ExerciseScore(incident: id))
        else { continue }
        drills.append((incident, score))
      }
      guard !format.json else {
        try session.out.json(.array(drills.map { DrillWords.json($0.score, of: $0.incident) }))
        return .done
      }
      guard !format.csv else {
        try session.out.csv(drills.map { DrillWords.json($0.score, of: $0.incident) }, Self.columns)
        return .done
      }
      let rows: [[Words]] = drills.map { incident, score in
        [
          "\(incident.reference)", incident.openedAt.words,
          incident.exercise?.end.map { $0.at.words } ?? "running", "\(score.summary)",
          "\(incident.markedTitle)",
        ]
      }
      if rows.isEmpty {
        session.out.note("There are no exercises yet: tocsin drill start opens one.")
      } else {
        let table = Table(titles: ["REFERENCE", "OPENED", "ENDED", "SCORE", "TITLE"], rows: rows)
        for line in table.lines(rows) { try session.out.line(line) }
      }
      return .done
    }
  }
}
