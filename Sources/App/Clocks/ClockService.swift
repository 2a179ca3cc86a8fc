import Exchange
import Model
import Panes
import Rulebook

/// Keeps the dashboard's clocks up to date in the background: reads the rulebook after the first
/// paint, then works out what has new facts, one pass at a time.
@MainActor
final class ClockService {
  /// Reads the rulebook; takes long enough to be kept off the main thread.
  typealias Loader = @Sendable () throws -> Rulebook

  private let store: any Store
  private let loader: Loader
  private let origin: String
  private let now: @Sendable () -> Instant
  private let isReadOnly: Bool
  private weak var program: Program?
  private var keeper: ClockKeeper?
  private var isRunning = false
  private var isWanted = false

  init(
    store: any Store,
    origin: String,
    isReadOnly: Bool,
    now: @escaping @Sendable () -> Instant,
    loader: @escaping Loader
  ) {
    (self.store, self.origin, self.now) = (store, origin, now)
    (self.isReadOnly, self.loader) = (isReadOnly, loader)
  }

  /// Reads the rulebook, then brings all clocks up to date.
  func start(for program: Program) {
    self.program = program
    program.inBackground { [loader] in
      do {
        let rulebook = try loader()
        return { self.loaded(rulebook) }
      } catch {
        let reason = "\(error)"
        return { self.program?.receive([.rulesFaulty(reason)]) }
      }
    }
  }

  private func loaded(_ rulebook: Rulebook) {
    keeper = ClockKeeper(store: store, rulebook: rulebook, origin: origin, now: now)
    program?.receive([.rulesLoaded(rulebook.pack)])
    pass(looksAtRules: true)
  }

  /// Works out what has new facts; while a pass is running, once more when it has ended.
  func update() {
    guard keeper != nil else { return }
    guard !isRunning else {
      isWanted = true
      return
    }
    pass(looksAtRules: false)
  }

  /// Works out the clocks that rest on other rules by these.
  func adopt() { pass(looksAtRules: true, adopting: true) }

  private func pass(looksAtRules: Bool, adopting: Bool = false) {
    guard let keeper, let program else { return }
    isRunning = true
    program.inBackground { [store, isReadOnly] in
      let action: RootAction
      do {
        let organisation = try await store.answer(CurrentOrganisation()).organisation
        if !isReadOnly { try await keeper.updateAll(adopting: adopting) }
        let differences =
          looksAtRules ? try await Self.differences(keeper, store, isReadOnly) : nil
        action = .clocksUpdated(organisation, differences)
      } catch {
        action = .clocksFailed("\(error)")
      }
      return { self.ended(action) }
    }
  }

  /// What edited rules would change; where that is nothing, the clocks rest on them from now on.
  private nonisolated static func differences(
    _ keeper: ClockKeeper,
    _ store: any Store,
    _ isReadOnly: Bool
  ) async throws -> [ClockKeeper.Difference] {
    let stale = try await store.answer(StaleClocks(basis: keeper.basis, limit: 1))
    guard stale.total > 0 else { return [] }
    let differences = try await keeper.differences()
    if differences.isEmpty, !isReadOnly { try await keeper.updateAll(adopting: true) }
    return differences
  }

  private func ended(_ action: RootAction) {
    isRunning = false
    program?.receive([action])
    guard isWanted else { return }
    isWanted = false
    update()
  }

  // MARK: Errands

  /// Works out an incident's duties, and again with facts tried otherwise; records nothing.
  func duties(of id: RecordID, trying edits: [IncidentEdit], aware: AwarenessDecision?)
    -> @Sendable () async
    -> Result<DutyAnswer, ErrandFailure>
  {
    guard let keeper else { return { .failure(Self.notYet) } }
    return { await Self.answer(keeper, id, edits, aware) }
  }

  /// Brings an incident's clocks up to date, and says what the rules answer.
  func workOut(_ id: RecordID) -> @Sendable () async -> Result<DutyAnswer, ErrandFailure> {
    guard let keeper else { return { .failure(Self.notYet) } }
    return {
      do {
        try await keeper.update(id, cause: "asked for")
      } catch {
        return .failure(ErrandFailure("\(error)"))
      }
      return await Self.answer(keeper, id, [])
    }
  }

  /// Writes the draft of a duty's notice into a file.
  func draft(_ order: DraftOrder) -> @Sendable () async -> Result<String, ErrandFailure> {
    guard let keeper else { return { .failure(Self.notYet) } }
    return {
      do {
        let draft = try await keeper.draft(of: order.rule, for: order.incident).draft
        let text = order.isHTML ? draft.html : draft.markdown
        try OutputFile.write(Array(text.utf8), to: order.path, force: order.replaces)
        return .success(order.path)
      } catch UnwritableOutput.exists(let path) {
        return .failure(ErrandFailure("\(path) exists already; name another, or replace it"))
      } catch {
        return .failure(ErrandFailure("\(error)"))
      }
    }
  }

  private nonisolated static let notYet = ErrandFailure(
    "the rules are not read: wait a moment, or see :rules for what is wrong with them"
  )

  private nonisolated static func answer(
    _ keeper: ClockKeeper,
    _ id: RecordID,
    _ edits: [IncidentEdit],
    _ aware: AwarenessDecision? = nil
  ) async -> Result<DutyAnswer, ErrandFailure> {
    do {
      guard let now = try await keeper.answer(for: id) else {
        return .failure(ErrandFailure("this incident is not in the record"))
      }
      guard !edits.isEmpty || aware != nil else {
        return .success(
          DutyAnswer(duties: now.obligations, tried: now.obligations, unusable: now.unusable)
        )
      }
      let tried = try await keeper.answer(for: id) { incident in
        for edit in edits { _ = incident.facts.apply(edit) }
        if let aware { incident.awareness = aware }
      }
      return .success(
        DutyAnswer(
          duties: now.obligations,
          tried: tried?.obligations ?? [],
          unusable: tried?.unusable ?? []
        )
      )
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }
}
