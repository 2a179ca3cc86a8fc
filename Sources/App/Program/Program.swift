import Dispatch
import Drawing
import Model
import Panes

/// The dashboard without a terminal: state, effects, and what is waited for.
///
/// Runs on the main thread; whatever takes time leaves it as a task and comes back as an action.
@MainActor
final class Program {
  private(set) var state: RootState
  let store: any Store
  private let shelf: any DraftShelf
  let files: any EvidenceFiles
  let clock: @Sendable () -> Instant
  /// What the journal says of where changes come from.
  let origin: String
  /// What programs that are started here find around them.
  let environment: [String: String]
  weak var host: (any ProgramHost)?
  /// How many questions, changes and errands are under way: 0 is idle, exactly.
  private(set) var pending = 0
  /// Keys that were typed ahead, in order.
  private var held: [RootAction] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var questions: [String: AskedQuestion] = [:]
  /// The long job that is running.
  private var ticket: JobTicket?
  /// Whether the program ends as soon as that job has.
  private var isQuitting = false
  /// The last question of a slot.
  private struct AskedQuestion {
    var generation: Int
    var task: Task<Void, Never>
  }

  /// Keeps clocks up to date; nil where there are no rules.
  let clocks: ClockService?
  /// How many passes in the background are under way; keys do not wait for them.
  private var passes = 0

  init(
    state: RootState,
    store: any Store,
    shelf: any DraftShelf,
    files: any EvidenceFiles,
    origin: String = "dashboard",
    environment: [String: String] = [:],
    rulebook: RulebookSource? = nil,
    patience: Duration = .milliseconds(300),
    clock: @escaping @Sendable () -> Instant
  ) {
    (self.state, self.store, self.shelf, self.files) = (state, store, shelf, files)
    (self.origin, self.environment, self.clock) = (origin, environment, clock)
    clocks = rulebook.map {
      ClockService(
        store: store,
        origin: origin,
        isReadOnly: state.world.readOnlyReason != nil,
        now: clock,
        patience: patience,
        source: $0
      )
    }
    shelf.watch { [weak self] failure in
      Task { @MainActor in self?.draftsFailed(failure) }
    }
  }

  /// Tells the officer that unsaved texts cannot be kept.
  func draftsFailed(_ failure: ErrandFailure) {
    receive([.draftsFailed(failure.reason)])
  }

  /// Whether nothing is under way: what a tape waits for.
  var isIdle: Bool { pending == 0 }

  /// Returns when nothing is under way.
  func idle() async {
    while !isIdle || passes > 0 {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// Reduces all that has come in, then does what is wanted.
  ///
  /// Of several questions in one slot only the last is asked: two thousand keys at once make one
  /// question, not two thousand. Keys that were typed ahead wait until the view that they are
  /// meant for shows something.
  func receive(_ actions: [RootAction]) {
    state.world.now = clock()
    var effects: [RootEffect] = []
    for (index, action) in actions.enumerated() {
      if case .input = action, state.isSettling, pending > 0 || !effects.isEmpty {
        held += actions[index...]
        break
      }
      effects += Root.settle(&state, Root.reduce(&state, action))
    }
    effects += Root.settle(&state, RootReminders.passAndRead(&state))
    var asked: Set<String> = []
    let kept = effects.reversed().filter { effect in
      guard case .pane(.ask(let asking)) = effect else { return true }
      return asked.insert(asking.slot).inserted
    }
    for effect in kept.reversed() { perform(effect) }
    if RootRules.areWanted(state) { clocks?.read() }
    host?.stateChanged()
  }

  /// How long views wait at least between two looks at a record that goes on changing.
  private static let lookInterval = Duration.milliseconds(300)
  private var lastLook: ContinuousClock.Instant?
  private var isLookDue = false

  /// Looks at the record, which has changed: at once, but only a few times a second.
  func recordTouched() {
    guard !isLookDue else { return }
    let clock = ContinuousClock()
    let wait = lastLook.map { $0 + Self.lookInterval - clock.now } ?? .zero
    guard wait > .zero else { return look() }
    isLookDue = true
    DispatchQueue.main.asyncAfter(
      deadline: .now() + .milliseconds(Int(wait.wholeMilliseconds) + 1)
    ) { [weak self] in
      MainActor.assumeIsolated { self?.look() }
    }
  }

  private func look() {
    (isLookDue, lastLook) = (false, ContinuousClock().now)
    receive([.recordTouched])
  }

  /// Looks at the clock: something may read differently now.
  func tick() { receive([.ticked(clock())]) }

  func draw() -> Canvas {
    var canvas = Canvas(state.world.size)
    RootDrawing.draw(state, on: &canvas)
    return canvas
  }

  /// Whether a frame drawn now would show rows that are about to come.
  var lacksRows: Bool {
    !isIdle && state.overlays.isEmpty
      && RootView.of(state.view).lacksRows(state, state.context(state.paneArea))
  }

  /// What the terminal's window is called.
  var title: String { RootReminders.title(state) }

  /// When something that is shown by the clock will read differently; nil for never.
  var nextTick: Instant? { RootDrawing.nextTick(state) }

  /// Keeps what was typed and not saved; called when the program ends, however it ends.
  ///
  /// - Returns: Why something could not be kept; nil where all is.
  @discardableResult
  func keepDrafts() -> ErrandFailure? {
    var failure: ErrandFailure?
    for (key, fields) in RootDrawing.unsavedDrafts(state) {
      failure = shelf.saveNow(key: key, fields: fields) ?? failure
    }
    return failure
  }

  /// Reads the rules and brings the clocks up to date; called once the first screen is painted.
  func startClocks() { clocks?.start(for: self) }

  /// Does work off the main thread that nobody waits for, then on it what the work gives.
  func inBackground(_ work: @escaping @Sendable () async -> @MainActor @Sendable () -> Void) {
    passes += 1
    Task { [weak self] in
      let end = await Workers.run(work)
      end()
      self?.passEnded()
    }
  }

  private func passEnded() {
    passes -= 1
    if isIdle, passes == 0 { resumeWaiting() }
  }

  private func resumeWaiting() {
    let resumed = waiting
    waiting = []
    for continuation in resumed { continuation.resume() }
  }

  // MARK: Effects

  private func perform(_ effect: RootEffect) {
    switch effect {
    case .pane(let effect): perform(effect)
    case .quit: quit()
    case .suspend: host?.suspend()
    case .repaint: host?.repaint()
    case .setMouse(let isOn): host?.setMouse(isOn)
    case .ring: host?.ring()
    case .setTheme(let name):
      switch host?.setTheme(name) {
      case .success(let name): receive([.themeLoaded(name)])
      case .failure(let failure): receive([.toasted(Toast(.failure, failure.reason))])
      case nil: break
      }
    case .saveDraft(let key, let fields):
      state.drafts[key] = fields
      shelf.save(key: key, fields: fields)
    case .dropDraft(let key):
      state.drafts[key] = nil
      shelf.drop(key: key)
    case .savePicture(let path): report(host?.savePicture(to: path))
    case .cancelJob: ticket?.stop()
    case .stopClocks: clocks?.stop()
    case .resumeClocks: clocks?.resume()
    case .updateClocks: clocks?.update()
    case .adoptRules: clocks?.adopt()
    }
  }

  /// Ends the program, a job that is running first: what it has in hand is brought to its end.
  private func quit() {
    guard let ticket, !isQuitting else {
      host?.quit()
      return
    }
    isQuitting = true
    ticket.stop()
    receive([.toasted(Toast(.notice, "ending the job that is running; q once more does not wait"))])
  }

  private func perform(_ effect: Effect<RootAction>) {
    switch effect {
    case .ask(let asking): ask(asking)
    case .apply(let changes, let then): apply(changes, then)
    case .undo(let entries, let then):
      run { [store, origin] in then(await result { try await store.undo(entries, origin: origin) })
      }
    case .work(let working): work(working)
    case .perform(let errand): perform(errand)
    case .send, .present, .toast, .go:
      preconditionFailure("what concerns the state alone was done by Root.settle")
    }
  }

  /// Answers a question off the main thread; an answer to an older question of the slot is dropped.
  private func ask(_ asking: Asking<RootAction>) {
    let generation = (questions[asking.slot]?.generation ?? 0) + 1
    questions[asking.slot]?.task.cancel()
    pending += 1
    let asked = clock()
    let task = Task { [store, weak self] in
      let action = await Workers.run { await asking.run(store) }
      guard let self else { return }
      finish(generation == questions[asking.slot]?.generation ? action : nil, since: asked)
    }
    questions[asking.slot] = AskedQuestion(generation: generation, task: task)
  }

  /// Brings changes into the record; a conflict is shown before anybody is told that it failed.
  private func apply(
    _ changes: [any Change],
    _ then: @escaping @Sendable (Result<[Receipt], StoreError>) -> RootAction
  ) {
    run { [store, origin] in
      let outcome = await result { try await store.apply(changes, origin: origin) }
      switch outcome {
      case .success(let receipts):
        let entries = receipts.filter(\.isReversible).map(\.entry)
        return .sequence([.applied(entries), then(outcome)])
      case .failure(.conflict(let conflict)):
        let mine = changes.map { Program.rebase($0, conflict) }
        return .conflicted(
          conflict,
          retry: .retried(mine, then: then),
          give: then(outcome)
        )
      case .failure: return then(outcome)
      }
    }
  }

  /// The same change, made for the version that the record has now.
  private nonisolated static func rebase(_ change: any Change, _ conflict: Conflict) -> any Change {
    guard change.subject == conflict.subject, var alteration = change as? any Alteration else {
      return change
    }
    alteration.basedOn = conflict.current
    return alteration
  }

  func run(_ work: @escaping @Sendable () async -> RootAction) {
    pending += 1
    let asked = clock()
    Task { [weak self] in
      let action = await Workers.run(work)
      self?.finish(action, since: asked)
    }
  }

  /// Takes what came of work that was asked for at an instant.
  ///
  /// A question to the officer that comes up much later than the key that led to it comes unasked:
  /// it cannot be answered in its first moments.
  private func finish(_ action: RootAction?, since asked: Instant) {
    pending -= 1
    let overlays = state.overlays.count
    receive(action.map { [$0] } ?? [])
    if state.overlays.count > overlays, state.world.now - asked >= RootState.surprise,
      case .dialog? = state.overlays.last
    {
      state.guardUppermost()
    }
    if !held.isEmpty, isIdle || !state.isSettling {
      let typed = held
      held = []
      receive(typed)
    }
    if isIdle { resumeWaiting() }
  }

  // MARK: Long work

  /// Performs a job; a long one with progress.
  private func work(_ working: Working<RootAction>) {
    guard let title = working.title else {
      return run { [store, origin] in await working.run(store, origin) { _ in true } }
    }
    long(title: title) { [store, origin] ticket in
      await working.run(store, origin) { ticket.tell(Int64($0.done), Int64($0.total)) }
    }
  }

  /// Runs work that takes long, with progress; `^C` cancels it.
  func long(
    title: String,
    _ work: @escaping @Sendable (JobTicket) async -> RootAction
  ) {
    guard ticket == nil else {
      receive([.toasted(Toast(.notice, "another job is running; ^C cancels it"))])
      return
    }
    pending += 1
    let asked = clock()
    state.job = .init(title: title, done: 0, total: 0)
    let ticket = JobTicket { [weak self] done, total in
      let job = RootState.Job(title: title, done: done, total: total)
      Task { @MainActor in self?.progressed(job) }
    }
    self.ticket = ticket
    Task { [weak self] in
      let action = await Workers.run(on: .long) { await work(ticket) }
      self?.ended(action, since: asked)
    }
  }

  /// Takes what came of a long job; a program that waited for it ends now.
  private func ended(_ action: RootAction, since asked: Instant) {
    (ticket, state.job) = (nil, nil)
    finish(action, since: asked)
    if isQuitting { host?.quit() }
  }

  private func progressed(_ job: RootState.Job) {
    guard ticket != nil else { return }
    receive([.jobProgressed(job)])
  }

  private func report(_ outcome: Result<String, ErrandFailure>?) {
    switch outcome {
    case .success(let text): receive([.toasted(Toast(.done, text))])
    case .failure(let failure): receive([.toasted(Toast(.failure, failure.reason))])
    case nil: break
    }
  }
}

/// Runs something that throws and keeps what it threw as a store's error.
private func result<Value: Sendable>(_ work: () async throws -> Value) async
  -> Result<Value, StoreError>
{
  do {
    return .success(try await work())
  } catch let error as StoreError {
    return .failure(error)
  } catch {
    return .failure(.failed("\(error)"))
  }
}
