/// The texts of a mailing as the journal says that they were written, edited and confirmed.
///
/// Shares nothing with what writes them, so that a store and a proof can be compared with it.
public struct TextReplay: Sendable {
  /// All versions of each text, oldest first.
  public private(set) var texts: [RecordID: [NoticeText]] = [:]
  private var count = 0

  /// Makes one that has seen nothing.
  public init() {}

  /// The versions of all texts, by number and version.
  public var versions: [NoticeText] {
    texts.values.flatMap(\.self).sorted { ($0.number, $0.version) < ($1.number, $1.version) }
  }

  /// The newest versions of the texts that are in the mailing, by number in it.
  public var current: [Int: NoticeText] {
    var current: [Int: NoticeText] = [:]
    for text in texts.values.compactMap(\.last) where !text.isRemoved {
      current[text.number] = text
    }
    return current
  }

  /// Takes the next entry about a text of the mailing; others are passed over.
  public mutating func take(_ change: JournalledChange) throws {
    let (entry, id) = (change.entry, change.entry.subject.id)
    guard entry.subject.kind == .notice else { return }
    switch entry.action {
    case AddNoticeText.name:
      let added = try change.read(AddNoticeText.self)
      count += 1
      texts[id] = [
        NoticeText(
          id: id,
          mailing: added.mailing,
          number: count,
          version: 1,
          facts: added.facts,
          writtenAt: entry.at,
          writtenBy: entry.actor.name
        )
      ]
    case EditNoticeText.name:
      guard var next = texts[id]?.last else { return }
      (next.version, next.facts) = (entry.version, try change.read(EditNoticeText.self).facts)
      (next.writtenAt, next.writtenBy) = (entry.at, entry.actor.name)
      next.confirmations = []
      texts[id]?.append(next)
    case RemoveNoticeText.name: set(id, isRemoved: true)
    case RestoreNoticeText.name: set(id, isRemoved: false)
    case ConfirmNotice.name: confirm(try change.read(ConfirmNotice.self), entry)
    default: return
    }
  }

  private mutating func set(_ id: RecordID, isRemoved: Bool) {
    for index in texts[id]?.indices ?? 0..<0 { texts[id]?[index].isRemoved = isRemoved }
  }

  private mutating func confirm(_ change: ConfirmNotice, _ entry: JournalEntry) {
    guard let index = texts[change.id]?.firstIndex(where: { $0.version == change.version }),
      var text = texts[change.id]?[index]
    else { return }
    text.confirmations.removeAll { $0.content == change.content && $0.item == change.item }
    if let verdict = change.verdict {
      text.confirmations.append(
        NoticeConfirmation(
          content: change.content,
          item: change.item,
          verdict: verdict,
          reason: change.reason,
          by: entry.actor.name,
          at: entry.at
        )
      )
      text.confirmations.sort { ($0.content, $0.item) < ($1.content, $1.item) }
    }
    texts[change.id]?[index] = text
  }
}
