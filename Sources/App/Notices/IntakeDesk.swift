import Exchange
import Model
import Panes

/// Takes a file of many rows into a mailing for the dashboard: people, mails that came back, returns,
/// codes.
struct IntakeDesk: Sendable {
  let store: any Store
  /// What the journal says of where they come from.
  let origin: String

  /// Performs a job that reads a file, and says how far it is.
  ///
  /// - Parameters:
  ///   - path: The file; what cannot be read is told with its name.
  ///   - stopped: What is said where the officer stopped it.
  ///   - ticket: Takes how many rows are done, of how many as far as known.
  ///   - job: Makes the job that reads the file.
  /// - Returns: What the job did.
  func take<J: Job>(
    _ path: String,
    stopped: String,
    _ ticket: JobTicket,
    _ job: () throws -> J
  ) async -> Result<J.Outcome, ErrandFailure> {
    guard path != "-" else {
      return .failure(ErrandFailure("the keys come from there; give a file"))
    }
    do {
      return .success(
        try await store.perform(job(), origin: origin) {
          ticket.tell(Int64($0.done), Int64($0.total))
        }
      )
    } catch is CancellationError {
      return .failure(ErrandFailure(stopped))
    } catch let failure as ErrandFailure {
      return .failure(failure)
    } catch {
      return .failure(ErrandFailure("\(path): \(error)"))
    }
  }

  /// Brings recipients in: the file is read twice, once to see whether all of it is good.
  func recipients(_ order: IntakeOrder, _ ticket: JobTicket) async
    -> Result<RecipientImport, ErrandFailure>
  {
    await take(
      order.path,
      stopped: "stopped; bring the same file in again to go on, or give the import up",
      ticket
    ) {
      let reader = try RecipientReader(
        InputFile(order.path),
        columns: RecipientColumns(
          named: try pairs(order.columns),
          jurisdiction: order.jurisdiction,
          language: order.language
        ),
        spool: "/"
      )
      return RecipientIntake(
        into: order.mailing,
        from: reader,
        skipsBad: order.skipsBad,
        expecting: reader.expected ?? 1 << 20
      )
    }
  }

  /// Takes mails in that came back, to the people they speak of.
  func bounces(_ order: BounceOrder, _ ticket: JobTicket) async
    -> Result<BounceImport, ErrandFailure>
  {
    await take(
      order.path,
      stopped: "stopped; what was taken in stays, the same input goes on",
      ticket
    ) {
      BounceIntake(
        into: order.mailing,
        from: BounceFiles([order.path]),
        takesAddresses: order.takesAddresses,
        isDryRun: order.isDryRun
      )
    }
  }

  /// Takes in what became of batches.
  func returns(_ order: RowsOrder, _ ticket: JobTicket) async
    -> Result<ReturnImport, ErrandFailure>
  {
    await take(
      order.path,
      stopped: "stopped; what was taken in stays, the same file goes on",
      ticket
    ) {
      let columns = ReturnColumns(named: try pairs(order.columns), words: try words(order.words))
      let reader = try ReturnReader(InputFile(order.path), columns: columns, spool: "/")
      return ReturnIntake(
        into: order.mailing.id,
        from: reader,
        batch: order.batch,
        skipsBad: order.skipsBad
      )
    }
  }

  /// Brings codes of support into a pool.
  func codes(_ order: RowsOrder, _ ticket: JobTicket) async -> Result<OfferImport, ErrandFailure> {
    await take(order.path, stopped: "stopped; what came in stays", ticket) {
      OfferIntake(
        into: order.mailing.id,
        pool: order.pool,
        from: try OfferReader(InputFile(order.path), spool: "/"),
        skipsBad: order.skipsBad
      )
    }
  }

  // MARK: What columns and words mean

  private func pairs<Meaning: RawRepresentable & CaseIterable & Hashable>(_ pairs: [String]) throws
    -> [Meaning: String] where Meaning.RawValue == String
  {
    var named: [Meaning: String] = [:]
    for pair in pairs {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let meaning = Meaning(rawValue: parts[0]) else {
        let fields = Meaning.allCases.map(\.rawValue).joined(separator: ", ")
        throw ErrandFailure("\(pair) is no column; write field=column, the fields are \(fields)")
      }
      named[meaning] = parts[1]
    }
    return named
  }

  private func words(_ pairs: [String]) throws -> [String: ReturnOutcome] {
    var words: [String: ReturnOutcome] = [:]
    for pair in pairs {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2,
        let outcome = ReturnOutcome(rawValue: parts[1]) ?? ReturnOutcome(reading: parts[1])
      else {
        let known = ReturnOutcome.allCases.map(\.rawValue).joined(separator: ", ")
        throw ErrandFailure("\(pair) does not say what a word means; the outcomes are \(known)")
      }
      words[parts[0]] = outcome
    }
    return words
  }
}
