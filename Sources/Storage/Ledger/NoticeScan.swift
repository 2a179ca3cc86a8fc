internal import Foundation
internal import GRDB
internal import Model

/// Walks through those of a mailing who are pending or approved, and tells who gets a text and lacks
/// nothing that it needs.
struct NoticeScan {
  /// Something that somebody lacks.
  struct Lack: Hashable {
    var text: String
    var field: MergeField
  }

  /// A person, as far as it matters here.
  struct Found {
    var number: Int64
    var state: RecipientState
    /// Whether some channel has a text for the person.
    var isCovered: Bool
    /// What the first of these texts lacks; empty where one of them lacks nothing.
    var lacks: [Lack]
  }

  /// The texts of a kind, each with what it needs.
  private struct Wanted {
    var texts: [(name: String, needs: [MergeField])]
    /// Whether a contact must be opened to know whether something is lacking.
    var needsContact: Bool
  }

  private struct Kind: Hashable {
    var jurisdiction: Int64
    var language: Int64
    var protection: Int64
  }

  private let texts: NoticeTexts
  private let channels: [MailingChannel]
  private let needs: [String: [MergeField]]
  private let key: MailingKey?
  private let mailing: Mailing
  private let words: [Int64: String]
  private let statement: RawStatement
  /// Opens contacts that were corrected, and codes of support; nil where the mailing has neither.
  private let reader: LedgerReader?
  private var kinds: [Kind: Wanted] = [:]
  private var seen = 0

  /// Begins behind a number.
  init(
    _ mailing: Mailing,
    _ texts: NoticeTexts,
    channels: [MailingChannel],
    _ needs: [String: [MergeField]],
    _ keys: KeyFolder?,
    after number: Int64 = 0,
    in db: Database
  ) throws {
    guard let keys else { throw StoreError.failed("the folder of keys is not known") }
    (self.mailing, self.texts, self.channels, self.needs) = (mailing, texts, channels, needs)
    key = try MailingRecord.key(mailing.id, keys, in: db)
    words = try LedgerTallies.words(in: db)
    let range = LedgerID.range(mailing.id)
    let isPlain =
      try db.row(
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM contactVersion WHERE person BETWEEN ?1 AND ?2)
          OR EXISTS (SELECT 1 FROM offerCode WHERE person BETWEEN ?1 AND ?2)
        """,
        [range.lowerBound, range.upperBound]
      ) == nil
    var reader = isPlain ? nil : try LedgerReader(mailing.id, keys, in: db)
    reader?.isRevealed = true
    self.reader = reader
    statement = try RawStatement(
      """
      SELECT id, slot, language, protection, sealed FROM recipient WHERE id BETWEEN ? AND ?
      ORDER BY id
      """,
      in: db
    )
    statement.bind(1, LedgerID.recipient(mailing.id, number + 1))
    statement.bind(2, LedgerID.range(mailing.id).upperBound)
  }

  /// The next person who is pending or approved; nil at the end.
  mutating func next() throws -> Found? {
    while try statement.next() {
      seen += 1
      if seen & 0xFFF == 0, Task.isCancelled { throw CancellationError() }
      let (id, slot) = (statement.number(0), statement.number(1))
      let state = try LedgerID.state(slot)
      guard state == .pending || state == .approved else { continue }
      let kind = Kind(
        jurisdiction: LedgerID.jurisdiction(slot),
        language: statement.number(2),
        protection: statement.number(3)
      )
      let wanted = try wanted(by: kind)
      var found = Found(
        number: LedgerID.number(id),
        state: state,
        isCovered: !wanted.texts.isEmpty,
        lacks: []
      )
      if wanted.needsContact { found.lacks = try lacks(found.number, wanted) }
      return found
    }
    return nil
  }

  private mutating func wanted(by kind: Kind) throws -> Wanted {
    if let known = kinds[kind] { return known }
    guard let jurisdiction = words[kind.jurisdiction], let language = words[kind.language],
      let protection = RecipientProtection(rawValue: Int(kind.protection))
    else { throw UnknownWord(type: "RecipientKind") }
    let person = RecipientKind(
      jurisdiction: jurisdiction,
      language: language,
      protection: protection
    )
    var names: [(name: String, needs: [MergeField])] = []
    for channel in channels {
      guard let text = texts.text(for: person, over: channel),
        !names.contains(where: { $0.name == text.name })
      else { continue }
      names.append((text.name, needs[text.name] ?? []))
    }
    let wanted = Wanted(
      texts: names,
      needsContact: !names.isEmpty && names.allSatisfy { !$0.needs.isEmpty }
    )
    kinds[kind] = wanted
    return wanted
  }

  private func lacks(_ number: Int64, _ wanted: Wanted) throws -> [Lack] {
    guard let key else {
      throw StoreError.refused("the recipients of \(mailing.reference) were erased")
    }
    let id = LedgerID.recipient(mailing.id, number)
    let contact =
      if let reader {
        try reader.recipients([id]).first?.contact
      } else {
        key.open(Data(statement.bytes(4)), of: number)
      }
    guard let contact else {
      throw StoreError.refused(
        "recipient \(number) of \(mailing.reference) was altered: what is sealed does not open; "
          + "see tocsin verify"
      )
    }
    var first: [Lack]?
    for (name, needs) in wanted.texts {
      let lacks = needs.filter { field in
        field.value(of: contact)?.allSatisfy(\.isWhitespace) ?? false
      }
      if lacks.isEmpty { return [] }
      if first == nil { first = lacks.map { Lack(text: name, field: $0) } }
    }
    return first ?? []
  }
}
