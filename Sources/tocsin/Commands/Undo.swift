internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin undo`.
struct Undo: HeadlessCommand {
  static let origin = "undo"
  static let configuration = CommandConfiguration(
    abstract: "Take changes back by their inverses; the journal keeps both.",
    discussion: """
      Without an entry: the account's newest change that can be undone. Where people of a mailing were \
      moved since, such as by a retry, that is said and nothing is undone: who was moved is moved on.
      """
  )

  @Argument(help: "Journal entries, as tocsin journal shows them.")
  var entries: [JournalSequence] = []

  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let entries = entries.isEmpty ? [try await newest(in: store, session)] : entries
    let receipts = try await store.undo(entries, origin: session.origin)
    if format.json {
      try session.out.json(.array(receipts.map(JSON.receipt)))
    } else {
      for (entry, receipt) in zip(Set(entries).sorted(by: >), receipts) {
        let name: Words = receipt.reference.isEmpty ? "" : " on \(receipt.reference)"
        try session.out.line("entry \(entry)\(name) undone by entry \(receipt.entry)")
      }
    }
    return .done
  }

  /// The newest entry of this account that can be undone and is no undo itself.
  private func newest(in store: SQLiteStore, _ session: Session) async throws -> JournalSequence {
    let page = try await store.answer(
      JournalWindow(JournalFilter(actor: session.actor.name), RowWindow(start: 0, count: 200))
    )
    let line = page.rows.first { $0.isReversible && $0.entry.undoes == nil }
    // Whoever has just moved people or handed something out means that, and not what was done before.
    let undone = Set(page.rows.compactMap(\.entry.undoes))
    let newest = page.rows.first {
      $0.entry.undoes == nil && !undone.contains($0.id)
        && $0.entry.action != RevealRecipients.name
    }
    if let newest, !newest.isReversible, [.mailing, .edition].contains(newest.entry.subject.kind) {
      let before: Words =
        line.map {
          "; what was done before: tocsin undo \($0.entry.sequence) (\($0.headline))"
        } ?? ""
      throw Refusal(
        "entry \(newest.entry.sequence) (\(newest.headline)) cannot be undone: what happened to "
          + "people stays, and each is moved on",
        advice: "to move them: tocsin mailing mark\(before)"
      )
    }
    guard let line else {
      throw Refusal(
        "there is nothing of yours to undo",
        advice: "what was done: tocsin journal"
      )
    }
    return line.entry.sequence
  }
}
