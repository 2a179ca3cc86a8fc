/// The batches of a mailing as the journal says that they were begun, fixed, written and closed.
public struct BatchReplay: Sendable {
  /// The batches, by number.
  public private(set) var batches: [RecordID: MailingBatch] = [:]
  /// The digests over their lines, of those that were fixed.
  public private(set) var fixed: [RecordID: (entry: JournalSequence, change: FixBatch)] = [:]

  /// Makes one that has seen nothing.
  public init() {}

  /// The entries that say something of batches.
  public static let actions = [
    OpenBatch.name, FixBatch.name, DiscloseBatch.name, GiveUpBatch.name, CloseBatch.name,
    MoveRecipients.name,
  ]

  /// Takes the next entry of the mailing; those that say nothing of a batch are passed over.
  public mutating func take(_ change: JournalledChange) throws {
    let entry = change.entry
    guard entry.subject.kind == .mailing else { return }
    switch entry.action {
    case OpenBatch.name:
      let opened = try change.read(OpenBatch.self)
      batches[opened.number] = MailingBatch(
        mailing: opened.mailing,
        mailingReference: change.reference,
        number: opened.number,
        channel: opened.channel,
        state: .gathering,
        columns: opened.columns,
        hasTexts: opened.hasTexts,
        reason: opened.reason,
        count: 0,
        handedOver: 0,
        openedAt: entry.at,
        openedBy: entry.actor.name,
        fixedAt: nil,
        closedAt: nil,
        files: [],
        isRegistered: opened.isRegistered ?? false
      )
    case FixBatch.name:
      let fix = try change.read(FixBatch.self)
      fixed[fix.number] = (entry.sequence, fix)
      batches[fix.number]?.state = .fixed
      batches[fix.number]?.fixedAt = entry.at
      if let columns = fix.columns { batches[fix.number]?.columns = columns }
    case DiscloseBatch.name:
      let disclosed = try change.read(DiscloseBatch.self)
      batches[disclosed.number]?.files = disclosed.files
      if batches[disclosed.number]?.state == .fixed { batches[disclosed.number]?.state = .written }
    case GiveUpBatch.name:
      batches[try change.read(GiveUpBatch.self).number]?.isGivenUp = true
    case CloseBatch.name:
      let closed = try change.read(CloseBatch.self)
      batches[closed.number]?.state = .closed
      batches[closed.number]?.closedAt = entry.at
    case MoveRecipients.name: try move(try change.read(MoveRecipients.self))
    default: return
    }
  }

  /// Counts those who are claimed for a batch, and those whom its export has handed over; returns name
  /// the batch too, with other words.
  private mutating func move(_ change: MoveRecipients) throws {
    guard let number = change.what.batch else { return }
    switch change.what.state {
    case .uncertain: batches[number]?.count &+= change.count
    case .handedOver where change.what.cause == "batch \(number)":
      batches[number]?.handedOver &+= change.count
    default: return
    }
  }
}
