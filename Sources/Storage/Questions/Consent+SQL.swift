internal import GRDB
internal import Model

extension ConsentBoard: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [PurposeRow] {
    let purposes: [ConsentPurpose] = try KeptTable.list(in: db)
    return try purposes.map { try ConsentBoardRows.row($0, in: db) }
  }
}

/// Puts together what is known of a purpose.
enum ConsentBoardRows {
  static func row(_ purpose: ConsentPurpose, in db: Database) throws -> PurposeRow {
    let words = try LedgerTallies.words(in: db)
    return PurposeRow(
      purpose: purpose,
      versions: try ConsentVersions.all(of: purpose, in: db),
      tallies: try ConsentTallies.all(of: purpose.id, in: db).map {
        try ConsentTallies.tally($0.slot, $0.count, words)
      },
      dueAt: try OwnData.due(of: purpose, in: db)
    )
  }
}

extension ConsentPage: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Answer {
    let reader = try ConsentReader(purpose, context.keys, in: db)
    let all = Int(try PurposeRecord.records(purpose, in: db))
    let isFiltered = filter != .everything
    let slots = try isFiltered ? ConsentTallies.slots(of: reader.purpose, filter, in: db) : [:]
    let total = isFiltered ? slots.values.reduce(0, +) : all
    guard count > 0, total > 0 else { return Answer(rows: [], total: total) }
    let (ends, isBackward) = place.bounds(all: all, total: total)
    guard ends.lowerBound <= ends.upperBound else { return Answer(rows: [], total: total) }
    let ids =
      (ConsentID.consent(purpose, ends.lowerBound)...ConsentID.consent(purpose, ends.upperBound))
    guard total < all else {
      return Answer(rows: try reader.stretch(ids, isBackward: isBackward, count), total: total)
    }
    var merge = SlotMerge(
      slots.keys.sorted(),
      of: .consents,
      from: isBackward ? ids.upperBound + 1 : ids.lowerBound - 1,
      isBackward: isBackward,
      count: count,
      in: db
    )
    var found: [Int64] = []
    while found.count < count, let next = try merge.next() { found.append(next.id) }
    return Answer(
      rows: try reader.records(isBackward ? found.reversed() : found),
      total: total
    )
  }
}

extension FindConsents: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> [ConsentRecord] {
    var found: [ConsentRecord] = []
    for id in try ConsentSearch.purposes(purpose, in: db) {
      let reader = try ConsentReader(id, context.keys, in: db)
      found += try reader.records(try reader.find(reference, atMost: 1000)).sorted {
        ($0.at, $0.number) < ($1.at, $1.number)
      }
    }
    return found
  }
}

/// Where a person is sought.
enum ConsentSearch {
  /// The purposes that have records still, one or all.
  ///
  /// Of one that is named it is said where nobody can be found any more.
  static func purposes(_ wanted: RecordID?, in db: Database) throws -> [RecordID] {
    if let wanted {
      let purpose = try KeptTable<PurposeFacts>.existing(wanted, in: db)
      guard purpose.facts.erasedAt == nil else {
        throw StoreError.refused(
          "those who consented to \(purpose.reference) were erased; nobody can be found any more"
        )
      }
      return [wanted]
    }
    var ids: [RecordID] = []
    try db.rows("SELECT id FROM purpose WHERE wrappedKey IS NOT NULL ORDER BY id") {
      ids.append(try $0.number(0))
    }
    return ids
  }
}
