import Dispatch
import Exchange
public import Model
import Storage

/// Sends the e-mails of a mailing: marks people, hands their messages to the mail program, and writes
/// down what became of them.
///
/// Safe to kill at any moment: whoever was marked and not settled stays uncertain. What is wanted of the
/// sender stands in the record, where any process can say it; it is read before every hand-over.
public struct SendingRun: Sendable {
  /// What is sent, and how.
  public struct Order: Sendable {
    /// The mailing.
    public var mailing: Mailing
    /// How it is sent.
    public var plan: SendingPlan
    /// The process that sends.
    public var process: SendingProcess
    /// The mail program's environment.
    public var environment: [String: String]
    /// Whether the end of quiet hours and of a pause is waited for; else it ends there.
    public var waits: Bool
    /// How many are handed over at most; nil for all.
    public var limit: Int?
    /// What the journal says where it was asked for.
    public var origin: String

    /// Makes an order.
    public init(
      mailing: Mailing,
      plan: SendingPlan,
      process: SendingProcess,
      environment: [String: String],
      waits: Bool = true,
      limit: Int? = nil,
      origin: String
    ) {
      (self.mailing, self.plan, self.process) = (mailing, plan, process)
      (self.environment, self.waits, self.limit) = (environment, waits, limit)
      self.origin = origin
    }
  }

  /// How far it is.
  public struct Progress: Sendable, Equatable {
    /// What it is doing.
    public var activity = SendingActivity.sending
    /// What it has done.
    public var counts = SendingCounts()
    /// How many were queued when it began.
    public var total = 0
    /// How many it left out because no text is for them.
    public var withoutText = 0
    /// How many it left out because their contact was corrected and waits for a second person.
    public var withoutConsent = 0
    /// Until when it waits.
    public var waitsUntil: Instant?
    /// What the mail program last said; addresses masked.
    ///
    /// Foreign text.
    public var problem = ""
    /// The same without what the mail program said: what is kept for good.
    public var cause = ""
  }

  /// How it ended.
  public enum End: Sendable, Equatable {
    /// Nobody is left to be written to.
    case done
    /// So many were handed over as it was to be.
    case limit
    /// Somebody asked it to stop, or its process to end.
    case stopped
    /// It is quiet wherever somebody is left, and it was not to wait.
    case quiet(until: Instant)
    /// Paused, and it was not to wait.
    case paused
    /// The approval of the texts is void.
    case notApproved
    /// Another process took the lease.
    case replaced
    /// So many hand-overs failed in a row.
    case failures(Int)
  }

  let order: Order
  let store: any Store
  let texts: any SendingTexts
  let clock: SendingClock
  let lanes: [DispatchQueue]

  /// Makes a sender.
  public init(
    _ order: Order,
    store: any Store,
    texts: any SendingTexts,
    clock: SendingClock = .host()
  ) {
    (self.order, self.store, self.texts, self.clock) = (order, store, texts, clock)
    // A thread each: a hand-over waits for a program, which Swift's own threads must not.
    lanes = (0..<order.plan.lanes).map { DispatchQueue(label: "tocsin.sending.\($0)") }
  }

  /// Sends until nobody is left, or something ends it.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked between two hand-overs: true ends it there.
  ///   - progress: Called now and then, from any thread.
  /// - Returns: How it ended and what it did.
  /// - Throws: `StoreError`; those that were marked and not settled are uncertain then.
  @concurrent public func run(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> (end: End, progress: Progress) {
    let floor = try await store.perform(
      SendingStart(
        mailing: order.mailing.id,
        process: order.process,
        program: order.plan.program
      ),
      origin: order.origin
    )
    var turn = SendingTurn(self, floor: floor, isCancelled: isCancelled, tell: progress)
    let end: End
    do {
      end = try await turn.untilEnd()
    } catch {
      // What was marked stays marked. The lease falls with the process where it cannot be given back.
      turn.progress.problem = "the record could not be written"
      turn.progress.cause = turn.progress.problem
      _ = try? await turn.report(.ended)
      throw error
    }
    if case .replaced = end { return (end, turn.progress) }
    if turn.progress.problem.isEmpty || end == .done {
      turn.progress.problem = Self.words(end)
      turn.progress.cause = turn.progress.problem
    }
    try await turn.report(.ended)
    return (end, turn.progress)
  }

  /// Why it ended, for the record; empty where it was done.
  private static func words(_ end: End) -> String {
    switch end {
    case .done, .limit, .replaced: ""
    case .stopped: "asked to stop"
    case .quiet: "quiet hours"
    case .paused: "paused"
    case .notApproved: "the approval of the texts is void"
    case .failures(let count): "\(count) hand-overs in a row failed"
    }
  }
}
