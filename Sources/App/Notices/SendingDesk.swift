import Foundation
import Model
import Panes
import Storage

/// Hands the e-mails of a mailing over for the dashboard, as `tocsin mailing send` does.
struct SendingDesk: Sendable {
  let store: any Store
  /// What the journal says of where it was asked for.
  let origin: String
  /// What the mail program finds around it.
  let environment: [String: String]
  let now: @Sendable () -> Instant

  /// Queues all who are approved and sends until nobody is left, or something ends it.
  func send(_ mailing: Mailing, _ ticket: JobTicket) async -> Result<SendingSummary, ErrandFailure>
  {
    do {
      let sending = try await store.answer(MailingSending(mailing: mailing.id))
      let plan = sending.plan ?? SendingPlan()
      if let gap = plan.gaps.first {
        return .failure(ErrandFailure("it cannot be sent: \(gap.prefix { $0 != ":" }); e sets it"))
      }
      guard let edition = try await store.answer(EditionInForce(mailing: mailing.id)) else {
        return .failure(ErrandFailure("no texts are approved, or the approval is void"))
      }
      if mailing.facts.channels.first == .email {
        try await store.perform(
          RecipientMove(
            of: mailing.id,
            LedgerFilter(states: [.approved]),
            to: RecipientStep(
              to: .queued,
              channel: .email,
              cause: "approved, waits for its e-mail"
            )
          ),
          origin: origin
        ) { ticket.tell(Int64($0.done), Int64($0.total)) }
        if ticket.isStopped { return .failure(ErrandFailure("stopped before anything was sent")) }
      }
      let run = SendingRun(
        SendingRun.Order(
          mailing: mailing,
          plan: plan,
          process: .current,
          environment: environment,
          origin: origin
        ),
        store: store,
        texts: EditionTexts(edition),
        clock: .host(now: now)
      )
      let (end, progress) = try await run.run(isCancelled: { ticket.isStopped }) {
        _ = ticket.tell(Int64($0.counts.handedOver), Int64($0.total))
      }
      return .success(summary(end, progress))
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }

  private func summary(_ end: SendingRun.End, _ progress: SendingRun.Progress) -> SendingSummary {
    let counts = progress.counts
    let ending =
      switch end {
      case .done: counts.handedOver > 0 ? "sent" : "nothing was sent"
      case .limit: "sent as many as were to be"
      case .stopped: "stopped"
      case .quiet: "quiet hours"
      case .paused: "paused"
      case .notApproved: "ended: the approval of the texts is void"
      case .replaced: "ended: another process sends"
      case .failures(let count): "ended after \(count) failures in a row"
      }
    var words = "\(ending); \(counts.handedOver) handed over"
    if counts.refused > 0 { words += ", \(counts.refused) refused" }
    if counts.unfit > 0 { words += ", \(counts.unfit) without an address" }
    if counts.uncertain > 0 { words += ", \(counts.uncertain) uncertain" }
    if progress.withoutText > 0 { words += ", \(progress.withoutText) without a text" }
    if progress.withoutConsent > 0 {
      words += ", \(progress.withoutConsent) corrected contacts wait for a second person"
    }
    let needsCare =
      switch end {
      case .failures, .notApproved, .replaced: true
      default: counts.refused + counts.uncertain > 0
      }
    return SendingSummary(words: words, needsCare: needsCare)
  }
}
