internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Rulebook
internal import Storage

extension DrillCommand {
  /// The command `tocsin drill end`.
  struct End: HeadlessCommand {
    static let origin = "drill end"
    static let configuration = CommandConfiguration(
      abstract: "End an exercise: it is closed, and its score is kept as it stands.",
      discussion: "What happens after the end does not count. tocsin undo takes the end back."
    )

    @Argument(help: "The exercise, such as INC-2026-0042.")
    var reference: String

    @OptionGroup var base: BaseOptions
    @OptionGroup var rulebook: RulebookOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var options: StoreOptions

    func perform(in session: Session) async throws -> ExitStatus {
      let store = try session.open()
      let incident = try await session.exercise(reference, in: store)
      if incident.exercise?.end == nil, !options.readOnly {
        try await session.bringUpToDate(incident, rulebook, store)
      }
      let receipt = try await store.apply(
        EndExercise(id: incident.id, basedOn: base.version ?? incident.version),
        origin: session.origin
      )
      let score = try await store.answer(ExerciseScore(incident: incident.id))
      return try session.report(
        receipt,
        format,
        "\(receipt.reference): exercise ended, \(score?.summary ?? "")"
      )
    }
  }
}

extension Session {
  /// The exercise that has a reference.
  ///
  /// - Throws: `Refusal` where there is none, or where it is a real incident.
  func exercise(_ reference: String, in store: any Store) async throws -> Incident {
    let incident = try await incident(reference, in: store)
    guard incident.isExercise else {
      throw Refusal(
        "\(incident.reference) is a real incident, no exercise",
        advice: "\(Exercise.whyFixed)"
      )
    }
    return incident
  }

  /// Works an exercise's clocks out where they do not know of its last change.
  func bringUpToDate(
    _ incident: Incident,
    _ options: RulebookOptions,
    _ store: any Store
  ) async throws {
    let inputs = try await store.answer(ObligationInputs(incident: incident.id, basis: ""))
    guard !inputs.isCurrent else { return }
    try await keeper(store, try rulebook(options))
      .updateAfterChange(incident.id, cause: "facts changed")
  }
}
