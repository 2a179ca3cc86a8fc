internal import GRDB
internal import Model

/// Work on many rows that goes a transaction at a time, each as long as it may be.
protocol StretchedWork: Sendable {
  /// How many rows one transaction looks at.
  var stretch: StretchLength { get set }
  /// Whether nothing is left to do.
  var isDone: Bool { get }
  /// How far it is.
  var progress: JobProgress { get }
  /// Does the next stretch, in the caller's transaction.
  mutating func perform(
    _ context: ChangeContext,
    _ journal: inout JournalWriter,
    in db: Database
  ) throws
}

/// How many rows one transaction looks at: as many as fit into the time that it may take.
struct StretchLength: Sendable {
  /// How many rows.
  private(set) var rows: Int
  private let bounds: ClosedRange<Int>

  /// What one transaction takes, commit and checkpoint included; the rest of the 50 ms is for what
  /// others do on the machine.
  private static let aim = Duration.milliseconds(32)

  init(_ rows: Int, within bounds: ClosedRange<Int>) { (self.rows, self.bounds) = (rows, bounds) }

  /// Makes the next transaction as long as it may be.
  mutating func adapt(to time: Duration) {
    let ratio = Self.aim / max(time, .microseconds(100))
    let wanted = Int(Double(rows) * min(2, max(0.2, ratio)))
    rows = min(max(wanted, bounds.lowerBound), bounds.upperBound)
  }
}

extension SQLiteStore {
  /// Performs work until nothing is left, or somebody holds it; what was done until then stays.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - origin: What the journal says of where it was asked for.
  ///   - progress: Told after each transaction; false holds the work.
  ///   - prepare: What is looked at first in each transaction.
  /// - Returns: The work as it stands, and whether it was held.
  /// - Throws: `StoreError`, or what the work refuses.
  func perform<Work: StretchedWork>(
    _ work: Work,
    origin: String,
    progress: (JobProgress) -> Bool,
    prepare: @escaping @Sendable (inout Work, Database) throws -> Void = { _, _ in }
  ) async throws -> (work: Work, isHeld: Bool) {
    var work = work
    let clock = ContinuousClock()
    while !work.isDone {
      let current = work
      let (next, start) = try await write(origin: origin, cache: 8192) { db, context, journal in
        var work = current
        let start = clock.now
        try prepare(&work, db)
        try work.perform(context, &journal, in: db)
        return (work, start)
      }
      work = next
      work.stretch.adapt(to: clock.now - start)
      guard progress(work.progress), !Task.isCancelled else { return (work, true) }
    }
    return (work, false)
  }
}
