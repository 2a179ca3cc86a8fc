import Exchange
import Model
import Panes

/// Takes mails in that came back, for the dashboard.
struct BounceDesk: Sendable {
  let store: any Store
  /// What the journal says of where they come from.
  let origin: String

  /// Reads the mails and takes them to the people they speak of.
  func perform(_ order: BounceOrder, _ ticket: JobTicket) async
    -> Result<BounceImport, ErrandFailure>
  {
    guard order.path != "-" else {
      return .failure(ErrandFailure("the keys come from there; give a file or folder"))
    }
    let job = BounceIntake(
      into: order.mailing,
      from: BounceFiles([order.path]),
      takesAddresses: order.takesAddresses,
      isDryRun: order.isDryRun
    )
    do {
      return .success(
        try await store.perform(job, origin: origin) {
          ticket.tell(Int64($0.done), Int64($0.total))
        }
      )
    } catch is CancellationError {
      return .failure(ErrandFailure("stopped; what was taken in stays, the same input goes on"))
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }
}
