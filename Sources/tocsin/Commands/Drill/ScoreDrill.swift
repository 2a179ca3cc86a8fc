internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

extension DrillCommand {
  /// The command `tocsin drill score`.
  struct Score: HeadlessCommand {
    static let origin = "drill score"
    static let configuration = CommandConfiguration(
      abstract: "How an exercise went: every clock that ran, and how fast the team was.",
      discussion: """
        Worked out from the record and its journal alone; while the exercise runs as it stands now, \
        afterwards as it stood at its end.
        It begins with its awareness: as decided, else as stated, else when it was opened.
        A clock is a duty that is owed by the facts as they stand; it counts when it has a deadline \
        that no request of law enforcement holds. It is met when its first notice was sent by the \
        deadline, late when it was sent after it, missed when nothing was sent and the deadline has \
        passed, else running. A notice counts from the time it says it was sent; one that is dated \
        after the end does not count.
        The first decision, the first severity assessment (the severity is set, or a decision has a \
        worksheet) and the first note or step (a note on the timeline, or the handling moved) count \
        from when they were written down; what was taken back does not count. Containment counts as \
        stated, to the minute. A duty was never decided where there is no decision on it or on the \
        whole incident, and no notice.
        """
    )

    @Argument(help: "The exercise, such as INC-2026-0042.")
    var reference: String

    @OptionGroup var rulebook: RulebookOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let incident = try await session.exercise(reference, in: store)
      if incident.exercise?.end == nil, !options.readOnly {
        try await session.bringUpToDate(incident, rulebook, store)
      }
      guard let score = try await store.answer(ExerciseScore(incident: incident.id)) else {
        throw Refusal("\(incident.reference) is not in the record any more")
      }
      if format.json {
        try session.out.json(DrillWords.json(score, of: incident))
      } else {
        let zone = try await store.answer(CurrentOrganisation()).organisation.zone ?? .utc
        for line in DrillWords.lines(score, of: incident, zone) { try session.out.line(line) }
      }
      return .done
    }
  }
}
