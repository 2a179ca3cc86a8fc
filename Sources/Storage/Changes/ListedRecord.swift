internal import GRDB
internal import Model

/// A record that has lists of its own: taken off them it stays, and is put back.
protocol ListedRecord {
  /// Its facts by name as they stand, and whether it was taken off its lists.
  static func standing(_ id: RecordID, in db: Database) throws -> Standing
}

/// How a record stands beside a change that somebody made of an earlier version of it.
struct Standing {
  /// The facts by name, as texts.
  var named: [(String, String)]
  /// Whether it was taken off its lists.
  var isRemoved: Bool
}

/// A change that sets the facts of a listed record, of a new one or of one that is there.
protocol ListedFacts: SQLChange {
  associatedtype Listed: ListedRecord
  /// The facts that it sets, by name.
  var named: [(String, String)] { get }
}

/// A change that takes a listed record off its lists, or puts it back.
protocol ListedMove: SQLChange {
  associatedtype Listed: ListedRecord
  /// Whether it takes it off.
  static var takesOff: Bool { get }
}

extension ListedFacts {
  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try Listed.standing(subject.id, in: db)
    return Conflict.differences(theirs: now.named, ours: named)
      + Removal.overtaken(isRemoved: now.isRemoved, wanted: false)
  }

  var lines: [String] { named.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" } }
}

extension ListedMove {
  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let isRemoved = try Listed.standing(subject.id, in: db).isRemoved
    return Removal.overtaken(isRemoved: isRemoved, wanted: Self.takesOff)
  }
}
