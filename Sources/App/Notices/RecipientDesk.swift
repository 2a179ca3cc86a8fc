import Exchange
import Model
import Panes

/// Brings recipients in from a file for the dashboard.
struct RecipientDesk: Sendable {
  let store: any Store
  /// What the journal says of where they come from.
  let origin: String

  /// Reads the file twice, once to see whether all of it is good, and brings its rows in.
  ///
  /// - Parameters:
  ///   - order: Which file, into which mailing.
  ///   - ticket: Takes how many rows are done, of how many as far as known.
  /// - Returns: What was done; a stopped import is gone on with by bringing the same file in again.
  func perform(
    _ order: IntakeOrder,
    _ ticket: JobTicket
  ) async -> Result<RecipientImport, ErrandFailure> {
    guard order.path != "-" else {
      return .failure(ErrandFailure("the keys come from there; give a file"))
    }
    do {
      let reader = try RecipientReader(
        InputFile(order.path),
        columns: try columns(order),
        spool: "/"
      )
      let job = RecipientIntake(
        into: order.mailing,
        from: reader,
        skipsBad: order.skipsBad,
        expecting: reader.expected ?? 1 << 20
      )
      return .success(
        try await store.perform(job, origin: origin) {
          ticket.tell(Int64($0.done), Int64($0.total))
        }
      )
    } catch is CancellationError {
      return .failure(
        ErrandFailure("stopped; bring the same file in again to go on, or give the import up")
      )
    } catch let failure as ErrandFailure {
      return .failure(failure)
    } catch {
      return .failure(ErrandFailure("\(order.path): \(error)"))
    }
  }

  private func columns(_ order: IntakeOrder) throws -> RecipientColumns {
    var named: [RecipientColumns.Meaning: String] = [:]
    for pair in order.columns {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let meaning = RecipientColumns.Meaning(rawValue: parts[0]) else {
        let fields = RecipientColumns.Meaning.allCases.map(\.rawValue).joined(separator: ", ")
        throw ErrandFailure("\(pair) is no column; write field=column, the fields are \(fields)")
      }
      named[meaning] = parts[1]
    }
    return RecipientColumns(
      named: named,
      jurisdiction: order.jurisdiction,
      language: order.language
    )
  }
}
