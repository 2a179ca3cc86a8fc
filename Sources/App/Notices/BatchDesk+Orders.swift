import Model
import Panes

extension BatchDesk {
  /// Hands people over for the dashboard.
  func export(_ order: BatchOrder, _ ticket: JobTicket) async
    -> Result<BatchExport.Outcome, ErrandFailure>
  {
    await shown {
      try await export(
        Order(
          over: order.channel,
          into: order.folder,
          reason: order.reason,
          takesApproved: order.takesApproved,
          jurisdictions: order.jurisdictions,
          limit: order.limit,
          writesTexts: order.writesTexts,
          isRegistered: order.isRegistered
        ),
        of: order.mailing
      ) { ticket.tell(Int64($0.done), Int64($0.total)) }
    }
  }

  /// Writes a batch again for the dashboard.
  func rewrite(_ order: BatchOrder, _ ticket: JobTicket) async
    -> Result<MailingBatch, ErrandFailure>
  {
    await shown {
      guard let batch = order.batch else { throw ErrandFailure("no batch was named") }
      return try await rewrite(
        batch,
        of: order.mailing,
        into: order.folder,
        reason: order.reason
      ) { ticket.tell(Int64($0.done), Int64($0.total)) }
    }
  }

  /// Gives a batch up for the dashboard.
  func giveUp(_ order: BatchOrder, _ ticket: JobTicket) async
    -> Result<BatchGivingUp.Outcome, ErrandFailure>
  {
    await shown {
      guard let batch = order.batch else { throw ErrandFailure("no batch was named") }
      return try await giveUp(batch, of: order.mailing, reason: order.reason) {
        ticket.tell(Int64($0.done), Int64($0.total))
      }
    }
  }

  private func shown<Value: Sendable>(_ work: () async throws -> Value) async
    -> Result<Value, ErrandFailure>
  {
    do {
      return .success(try await work())
    } catch let failure as ErrandFailure {
      return .failure(failure)
    } catch is CancellationError {
      return .failure(ErrandFailure("stopped; the next batch of the channel goes on with it"))
    } catch let missing as NothingApproved {
      return .failure(ErrandFailure("\(missing); the tab Text puts them up"))
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }
}
