internal import ArgumentParser
internal import Model
internal import Storage

/// The command `tocsin dpia decide`.
struct DecideImpactCommand: HeadlessCommand {
  static let origin = "dpia decide"
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Decide on an impact assessment: go, go-with-measures, stop, consult, not-needed.",
    discussion: """
      What is missing is named and nothing is decided. The decision keeps what the activities say now: \
      where that alters, the assessment is stale. Where the organisation wants a second person, another \
      account approves it.
      """
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Argument(help: "What is decided.") var outcome: ImpactOutcome
  @Option(help: "Why.") var because: String
  @Option(help: "Who decided; you, if not given.") var by: String?
  @Option(help: "When; now, if not given.") var on: String?
  @OptionGroup var base: BaseOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.impact(reference, in: store).row.assessment
    let missing = found.facts.missing(for: outcome)
    guard missing.isEmpty || found.facts.decision != nil else {
      for sentence in missing.dropFirst() { session.out.note("also: \(sentence)") }
      throw Refusal("\(found.reference) cannot be decided so: \(missing[0])")
    }
    let decision = ImpactDecision(
      outcome,
      reason: because,
      decidedBy: by ?? session.actor.name,
      decidedAt: try session.time(on ?? "now")
    )
    let receipt = try await store.apply(
      DecideImpact(
        id: found.id,
        basedOn: base.version ?? found.version,
        decision: decision
      ),
      origin: session.origin
    )
    let now = try await session.impact(found.reference, in: store).row
    return try session.report(receipt, format, "\(found.reference): \(now.state.label)")
  }
}

/// The command `tocsin dpia approve`.
struct ApproveImpactCommand: HeadlessCommand {
  static let origin = "dpia approve"
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve a decision as a second person; dpia reopen refuses it."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.impact(reference, in: store).row.assessment
    let receipt = try await store.apply(
      ApproveImpact(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): approved")
  }
}

/// The command `tocsin dpia reopen`.
struct ReopenImpactCommand: HeadlessCommand {
  static let origin = "dpia reopen"
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract:
      "Open a decided assessment again, or refuse its decision; the decision stays beside it."
  )

  @Argument(help: "The assessment, such as DPIA-0001.") var reference: String
  @Option(help: "Why.") var because: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.impact(reference, in: store).row.assessment
    let receipt = try await store.apply(
      ReopenImpact(id: found.id, basedOn: found.version, reason: because),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(found.reference): open again")
  }
}
