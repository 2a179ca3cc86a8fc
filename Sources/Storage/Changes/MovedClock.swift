internal import GRDB
internal import Model

/// What is not done under a clock that was given (`--now`).
///
/// An entry's time says when people were told, who approved what when, and until when something was kept:
/// in a store of a real organisation that is the host's clock, and nobody sets it on the command line. A
/// store that was begun under a given clock, and the sample, are a tour's or a test's: there all of it goes,
/// and its first entry says so to everybody who reads it.
enum MovedClock {
  /// The origin of the sample company's entries.
  static let sample = "sample"

  /// The changes whose time counts in law.
  static let refused: Set<String> = [
    // Told.
    MoveRecipients.name, StartSending.name, RecordDeliveries.name,
    OpenBatch.name, FixBatch.name, DiscloseBatch.name, ReopenBatchFiles.name, CloseBatch.name,
    ResumeBatch.name, GiveUpBatch.name, RecordReturns.name, TakeBounces.name, ReleaseMailing.name,
    // Approved.
    ProposeEdition.name, ApproveEdition.name, RefuseEdition.name, WithdrawEdition.name,
    ConfirmNotice.name, ConsentToContacts.name, RecordDecision.name, ApproveDecision.name,
    RefuseDecision.name, ReviewItem.name, SignAudit.name,
    // Proved.
    RecordProof.name, CloseProof.name,
    // Erased: a date of keeping has not passed because somebody says so.
    OrderErasure.name, EraseMailing.name, EraseRequest.name, EraseStaff.name,
    // Put back: from its time on mailings are held.
    RecordRestore.name,
  ]

  /// Refuses a change whose time counts in law, where it comes with a given clock into a real store.
  static func refuse(_ action: String, _ origin: String, in db: Database) throws {
    guard GivenClock.isNamed(in: origin), refused.contains(action) else { return }
    let first = try db.row("SELECT origin FROM journal ORDER BY id LIMIT 1")?.text(0) ?? ""
    guard first != sample, !GivenClock.isNamed(in: first) else { return }
    throw StoreError.refused(
      "the record would say that this was done at a time that was given: --now is for tours and tests, "
        + "and this store was begun by the host's clock; leave --now out"
    )
  }
}
