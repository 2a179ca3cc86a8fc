internal import App
internal import Dispatch
internal import Exchange
internal import Foundation
internal import Model
internal import Storage
internal import Synchronization

extension SendingDesk {
  /// Queues all who are approved and sends until nobody is left, or something ends it.
  func send(limit: Int?, waits: Bool) async throws -> ExitStatus {
    if let reason = store.readOnlyReason { throw StoreError.readOnly(reason) }
    try mailing.requirePeople()
    let sending = try await current()
    let plan = sending.plan ?? SendingPlan()
    if let gap = plan.gaps.first {
      throw Refusal("\(mailing.reference) cannot be sent: \(gap)")
    }
    guard mailing.facts.channels.contains(.email) else {
      throw Refusal("the people of \(mailing.reference) are told by no e-mail")
    }
    guard let edition = try await store.answer(EditionInForce(mailing: mailing.id)) else {
      throw Refusal(
        "no texts of \(mailing.reference) are approved, or the approval is void",
        advice: "approve them first: tocsin mailing approve \(mailing.reference)"
      )
    }
    if let lease = sending.lease, lease.isActive {
      throw Refusal(
        "\(mailing.reference) is being sent already, by process \(lease.process.id) of "
          + "\(lease.actor)",
        advice: "how far it is: tocsin mailing send \(mailing.reference) --status"
      )
    }
    try await queue()
    let stop = StopRequest()
    let out = session.out
    let order = SendingRun.Order(
      mailing: mailing,
      plan: plan,
      process: .current,
      environment: session.environment,
      waits: waits,
      limit: limit,
      origin: session.origin
    )
    let fixed = session.options.now
    let run = SendingRun(
      order,
      store: store,
      texts: EditionTexts(edition),
      clock: .host(now: { fixed ?? Instant.system })
    )
    let (end, progress) = try await run.run(isCancelled: { stop.isAsked }) { progress in
      out.progress(SendingWords.line(progress))
    }
    out.progress(nil)
    return try await tell(end, progress)
  }

  /// Queues all who are approved, where e-mail is the first way in which they are told.
  private func queue() async throws {
    guard mailing.facts.channels.first == .email else { return }
    let out = session.out
    let queued = try await store.perform(
      RecipientMove(
        of: mailing.id,
        LedgerFilter(states: [.approved]),
        to: RecipientStep(to: .queued, channel: .email, cause: "approved, waits for its e-mail")
      ),
      origin: session.origin
    ) { progress in
      out.progress("queueing: \(progress.done) of \(progress.total)")
      return true
    }
    out.progress(nil)
    if queued > 0, !format.json { out.note("queued: \(queued)") }
  }

  /// Says how it ended.
  private func tell(
    _ end: SendingRun.End,
    _ progress: SendingRun.Progress
  ) async throws -> ExitStatus {
    let left = try await counts([.queued]).reduce(0) { $0 + $1.1 }
    let uncertain = try await current().uncertain
    let counts = progress.counts
    if format.json {
      try session.out.json(
        .members([
          "mailing": .string(mailing.reference), "end": .string(SendingWords.name(end)),
          "handed_over": .count(counts.handedOver), "refused": .count(counts.refused),
          "without_address": .count(counts.unfit),
          "without_text": .count(progress.withoutText),
          "without_consent": .count(progress.withoutConsent), "uncertain": .count(uncertain),
          "queued": .count(left), "problem": .string(progress.problem),
        ])
      )
    } else {
      try session.out.line(
        """
        \(mailing.reference): \(SendingWords.words(end, counts)); handed over \(counts.handedOver), \
        refused \(counts.refused), without an address \(counts.unfit), uncertain \(uncertain), \
        still queued \(left)
        """
      )
    }
    if !progress.problem.isEmpty, end != .stopped {
      session.out.note("last problem: \(progress.problem)")
    }
    if progress.withoutText > 0 {
      session.out.note(
        "\(progress.withoutText) wait because no text is for them; children, those who died and "
          + "those who are represented get only one that is written for them"
      )
    }
    if progress.withoutConsent > 0 {
      session.out.note(ConsentWords.waiting(progress.withoutConsent, mailing.reference))
    }
    if uncertain > 0 { session.out.note(SendingWords.uncertain(uncertain, mailing)) }
    switch end {
    case .failures, .notApproved, .replaced: return .failed
    // Ended in order, by somebody's wish: what is left is left on purpose.
    case .stopped: return left > 0 || uncertain > 0 ? .found : .done
    case .done, .limit, .quiet, .paused:
      return counts.refused + progress.withoutConsent > 0 || uncertain > 0 ? .found : .done
    }
  }
}

/// Whether the process was asked to end: by `^C`, by its terminal going away, by the system.
///
/// The first asks, and a message in hand is finished and settled; the second ends the process at once,
/// with what is in hand uncertain.
final class StopRequest: @unchecked Sendable {
  // @unchecked: the sources are made once and never touched again.
  private var sources: [any DispatchSourceSignal] = []
  private let asked = Mutex(false)

  init() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        let isAgain = asked.withLock { asked in
          defer { asked = true }
          return asked
        }
        guard isAgain else { return }
        signal(number, SIG_DFL)
        raise(number)
      }
      source.resume()
      sources.append(source)
    }
  }

  /// Whether it was asked.
  var isAsked: Bool { asked.withLock { $0 } }
}
