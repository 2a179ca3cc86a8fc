internal import Model

/// What an import saw of its input while it looked it through, to compare with what it takes then.
///
/// Each stretch of rows has a hash under a key that is this process's alone, so that an input which somebody
/// alters in between is refused before a row of that stretch is taken. Eight bytes for each stretch are
/// kept, and no row.
struct ImportWatch: Sendable {
  private var stretches: [Int] = []
  private var position = 0

  /// Remembers the next stretch.
  mutating func remember(_ rows: some Sequence<some Hashable>) { stretches.append(Self.hash(rows)) }

  /// Goes to the beginning.
  mutating func rewind() { position = 0 }

  /// Refuses the next stretch where it is another one than was remembered; an empty one is the end.
  ///
  /// - Parameters:
  ///   - rows: The stretch.
  ///   - taken: Whether rows before it were taken.
  /// - Throws: `StoreError.refused`.
  mutating func compare(_ rows: some Collection<some Hashable>, taken: Bool) throws {
    let isSame =
      rows.isEmpty
      ? position == stretches.count
      : position < stretches.count && stretches[position] == Self.hash(rows)
    guard isSame else {
      throw StoreError.refused(
        "the input was altered while it was read: "
          + (taken
            ? "what stands before that was taken, nothing behind it; import what it says now"
            : "nothing was taken; import what it says now")
      )
    }
    position += 1
  }

  private static func hash(_ rows: some Sequence<some Hashable>) -> Int {
    var hasher = Hasher()
    for row in rows { hasher.combine(row) }
    return hasher.finalize()
  }
}

extension RowSource {
  /// Refuses a source of which a row took the rest with it, skipping bad rows or not.
  ///
  /// - Parameter nothing: What was not done therefore.
  /// - Throws: `StoreError.refused` that names the row.
  func refuseCutOff(_ nothing: String) throws {
    guard let cutOff else { return }
    throw StoreError.refused(
      "\(cutOff.at): \(cutOff.reason); what stands behind it cannot be read, so it cannot be skipped; "
        + nothing
    )
  }
}
