/// The editions of a mailing as the journal says that they were put up, approved and ended.
public struct EditionReplay: Sendable {
  /// An edition, as far as the journal tells.
  public struct Edition: Sendable {
    /// Its number in the store.
    public var id: RecordID
    /// The mailing.
    public var mailing: RecordID
    /// Its number in the mailing.
    public var number: Int
    /// Its version.
    public var version: Version
    /// What became of it; nil where nobody can tell whether a second person was needed.
    public var state: NoticeEdition.State?
    /// The digest of what was put up.
    public var digest: String
    /// What the texts were checked against.
    public var checks: [String]
    /// Who approved it, in order.
    public var approvals: [NoticeEdition.Approval]
    /// How it ended; nil while it waits or is in force.
    public var end: NoticeEdition.End?
    /// The texts of the mailing as they were when it was put up, by number.
    public var texts: [Int: NoticeText]
    /// Whether the journal of its time says of each edition when it became void.
    public var namesItsEnd: Bool
    /// The last entry about it.
    public var last: JournalSequence

    /// What is not as the journal says, in a sentence; nil where all is.
    ///
    /// That it became void was not written down in earlier times: then the state is left to others.
    public func problem(with stored: NoticeEdition) -> String? {
      let name = "E\(number)"
      guard stored.id == id, stored.mailing == mailing, stored.number == number,
        stored.digest == digest, stored.facts.digest == digest
      else { return "\(name) is not what was put up for approval" }
      for part in stored.facts.parts where texts[part.text.number] != part.text {
        return "\(part.text.versionName) in \(name) is not the text that was written"
      }
      guard stored.checks == checks else {
        return "the checks of \(name) are not those it was put up with"
      }
      guard stored.approvals == approvals else {
        return "\(name) was approved by others, or at another time"
      }
      if isLeft(to: stored) { return nil }
      guard stored.end == end else { return "\(name) ended otherwise: by whom, when or why" }
      guard state.map({ $0 == stored.state }) ?? [.waiting, .approved].contains(stored.state) else {
        return "\(name) is \(stored.state.rawValue), the journal says \(state?.rawValue ?? "not")"
      }
      return stored.version == version ? nil : "\(name) is of another version"
    }

    /// Whether an edition is void without an entry of its own, as all were in earlier times.
    public func isLeft(to stored: NoticeEdition) -> Bool {
      end == nil && !namesItsEnd && stored.state == .void && stored.end != nil
        && stored.version == version + 1
    }
  }

  /// The editions, oldest first.
  public private(set) var editions: [Edition] = []

  /// Makes one that has seen nothing.
  public init() {}

  /// Takes the next entry about an edition of the mailing; others are passed over.
  ///
  /// - Parameters:
  ///   - change: The entry.
  ///   - texts: The texts of the mailing, up to that entry.
  ///   - needsTwo: Whether a second person was needed then, where the entry does not say so; nil where
  ///     it is not known.
  /// - Throws: What reading the entry throws, and `needsTwo`.
  public mutating func take(
    _ change: JournalledChange,
    texts: TextReplay,
    needsTwo: () throws -> Bool? = { nil }
  ) throws {
    let entry = change.entry
    guard entry.subject.kind == .edition else { return }
    if entry.action == ProposeEdition.name {
      let put = try change.read(ProposeEdition.self)
      let isTwo = try put.needsTwo ?? needsTwo()
      editions.append(
        Edition(
          id: entry.subject.id,
          mailing: put.mailing,
          number: editions.count + 1,
          version: entry.version,
          state: isTwo.map { $0 ? .waiting : .approved },
          digest: put.digest,
          checks: put.checks,
          approvals: [Self.approval(entry)],
          texts: texts.current,
          namesItsEnd: put.needsTwo != nil,
          last: entry.sequence
        )
      )
      return
    }
    guard let index = editions.firstIndex(where: { $0.id == entry.subject.id }) else { return }
    func end(_ state: NoticeEdition.State, _ reason: String) {
      editions[index].state = state
      editions[index].end = .init(by: entry.actor.name, at: entry.at, reason: reason)
    }
    switch entry.action {
    case ApproveEdition.name:
      editions[index].state = .approved
      editions[index].approvals.append(Self.approval(entry))
    case RefuseEdition.name: end(.refused, try change.read(RefuseEdition.self).reason)
    case WithdrawEdition.name: end(.withdrawn, try change.read(WithdrawEdition.self).reason)
    case VoidEdition.name: end(.void, try change.read(VoidEdition.self).reason)
    default: return
    }
    (editions[index].version, editions[index].last) = (entry.version, entry.sequence)
  }

  private static func approval(_ entry: JournalEntry) -> NoticeEdition.Approval {
    NoticeEdition.Approval(uid: entry.actor.uid, by: entry.actor.name, at: entry.at)
  }
}
