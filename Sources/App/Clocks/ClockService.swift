import Exchange
import Model
import Panes
import Rulebook
import Synchronization

/// Keeps the dashboard's clocks up to date in the background: works out what has new facts, one pass
/// at a time.
///
/// The rulebook is read when something asks for it: a clock that is not up to date, or a screen that
/// tells what rules say. A dashboard whose clocks are all in order opens without.
@MainActor
final class ClockService {
  private let store: any Store
  private let source: RulebookSource
  private let origin: String
  private let now: @Sendable () -> Instant
  private let isReadOnly: Bool
  /// How long a pass runs before the screen tells of it.
  private let patience: Duration
  private weak var program: Program?
  private var keeper: ClockKeeper?
  private var rulebook: Rulebook?
  private var isReading = false
  /// Errands that wait for the rules.
  private var errands: [CheckedContinuation<ClockKeeper?, Never>] = []
  private var isRunning = false
  private var isWanted = false
  /// Set when the officer stops a pass; read by the pass.
  private let isStopped = Flag()

  private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool {
      get { value.withLock { $0 } }
      set { value.withLock { $0 = newValue } }
    }
  }

  init(
    store: any Store,
    origin: String,
    isReadOnly: Bool,
    now: @escaping @Sendable () -> Instant,
    patience: Duration,
    source: RulebookSource
  ) {
    (self.store, self.origin, self.now) = (store, origin, now)
    (self.isReadOnly, self.patience, self.source) = (isReadOnly, patience, source)
  }

  /// Brings all clocks up to date, where they are not.
  func start(for program: Program) {
    self.program = program
    program.inBackground { [source, store] in
      do {
        let basis = try source.digest()
        let stale = try await store.answer(StaleClocks(basis: basis, limit: 1))
        guard stale.total == 0 else { return { self.read() } }
        let organisation = try await store.answer(CurrentOrganisation()).organisation
        return { self.program?.receive([.clocksUpdated(organisation, nil)]) }
      } catch {
        // The same fault comes up once more, with file and line, where the rules are read.
        return { self.read() }
      }
    }
  }

  /// Reads the rulebook unless that was done, then brings all clocks up to date.
  func read() {
    guard keeper == nil, !isReading, let program else { return }
    isReading = true
    program.inBackground { [source] in
      do {
        let rulebook = try source.read()
        return { self.loaded(rulebook) }
      } catch {
        let reason = "\(error)"
        return {
          self.program?.receive([.rulesFaulty(reason)])
          self.goOn(nil)
        }
      }
    }
  }

  private func loaded(_ rulebook: Rulebook) {
    let keeper = ClockKeeper(store: store, rulebook: rulebook, origin: origin, now: now)
    (self.keeper, self.rulebook) = (keeper, rulebook)
    program?.receive([.rulesLoaded(rulebook.pack)])
    goOn(keeper)
    pass(looksAtRules: true)
  }

  private func goOn(_ keeper: ClockKeeper?) {
    let waiting = errands
    errands = []
    for errand in waiting { errand.resume(returning: keeper) }
  }

  /// What works clocks out, once the rules were read; nil where they are faulty.
  private func ready() async -> ClockKeeper? {
    if let keeper { return keeper }
    guard !isReading || program?.state.world.rulesProblem == nil else { return nil }
    return await withCheckedContinuation { errand in
      errands.append(errand)
      read()
    }
  }

  /// Works out what has new facts; while a pass is running, once more when it has ended.
  func update() {
    guard keeper != nil else { return read() }
    guard !isStopped.isSet else { return }
    guard !isRunning else {
      isWanted = true
      return
    }
    pass(looksAtRules: false)
  }

  /// Works out the clocks that rest on other rules by these.
  func adopt() {
    isStopped.isSet = false
    pass(looksAtRules: true, adopting: true)
  }

  /// Stops a pass between two transactions; what it has worked out stays.
  func stop() { isStopped.isSet = true }

  /// Goes on with what was stopped.
  func resume() {
    isStopped.isSet = false
    update()
  }

  private func pass(looksAtRules: Bool, adopting: Bool = false) {
    guard let keeper, let program else { return }
    isRunning = true
    let report = ProgressReport(after: patience, isStopped: { [isStopped] in isStopped.isSet }) {
      [weak self] job in
      guard let self, isRunning else { return }
      self.program?.receive([.clocksProgressed(job)])
    }
    program.inBackground { [store, isReadOnly] in
      let action: RootAction
      do {
        let organisation = try await store.answer(CurrentOrganisation()).organisation
        if !isReadOnly {
          try await keeper.updateAll(adopting: adopting, progress: report.progressed)
        }
        if report.wasStopped { return { self.ended(.clocksStopped) } }
        let differences =
          looksAtRules ? try await Self.differences(keeper, store, isReadOnly, report) : nil
        action = report.wasStopped ? .clocksStopped : .clocksUpdated(organisation, differences)
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
    _ isReadOnly: Bool,
    _ report: ProgressReport
  ) async throws -> [ClockKeeper.Difference] {
    let stale = try await store.answer(StaleClocks(basis: keeper.basis, limit: 1))
    guard stale.total > 0 else { return [] }
    let differences = try await keeper.differences(progress: report.progressed)
    if differences.isEmpty, !isReadOnly, !report.wasStopped {
      try await keeper.updateAll(adopting: true, progress: report.progressed)
    }
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
    {
      guard let keeper = await self.ready() else { return .failure(Self.faulty) }
      return await Self.answer(keeper, id, edits, aware)
    }
  }

  /// Brings an incident's clocks up to date, and says what the rules answer.
  func workOut(_ id: RecordID) -> @Sendable () async -> Result<DutyAnswer, ErrandFailure> {
    {
      guard let keeper = await self.ready() else { return .failure(Self.faulty) }
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
    {
      guard let keeper = await self.ready() else { return .failure(Self.faulty) }
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

  /// Where texts are checked against the rules, and approved.
  func texts() -> TextDesk {
    TextDesk { [store, origin, now] in
      guard await self.ready() != nil, let rulebook = await self.rulebook else { return nil }
      return NoticeDesk(store: store, rulebook: rulebook, origin: origin, now: now)
    }
  }

  private nonisolated static let faulty = ErrandFailure(
    "the rules cannot be used: see :rules for what is wrong with them"
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

/// Tells the screen how far a pass is, a few times a second and only where it takes its time.
private final class ProgressReport: Sendable {
  private let isStopped: @Sendable () -> Bool
  private let show: @MainActor @Sendable (RootState.Job) -> Void
  private let state: Mutex<State>

  private struct State {
    var next: ContinuousClock.Instant
    var wasStopped = false
  }

  init(
    after patience: Duration,
    isStopped: @escaping @Sendable () -> Bool,
    show: @escaping @MainActor @Sendable (RootState.Job) -> Void
  ) {
    (self.isStopped, self.show) = (isStopped, show)
    state = Mutex(State(next: ContinuousClock().now + patience))
  }

  /// Whether the officer has stopped the pass.
  var wasStopped: Bool { state.withLock(\.wasStopped) }

  /// Says how many incidents are done of how many; returns whether to go on.
  func progressed(_ done: Int, _ total: Int) -> Bool {
    if isStopped() {
      state.withLock { $0.wasStopped = true }
      return false
    }
    let now = ContinuousClock().now
    let isDue = state.withLock { state in
      guard now >= state.next else { return false }
      state.next = now + .milliseconds(250)
      return true
    }
    if isDue {
      let job = RootState.Job(
        title: "working out clocks",
        done: Int64(done),
        total: Int64(total)
      )
      Task { @MainActor [show] in show(job) }
    }
    return true
  }
}
