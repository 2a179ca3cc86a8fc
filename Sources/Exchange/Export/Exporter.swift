public import Model

/// Writes incidents of the record as VERIS documents, one after the other, memory flat.
public struct VerisExporter: Sendable {
  private let store: any Store
  /// Whether exercises are written too; statistics want none.
  private let drills: Bool

  /// Makes an exporter; exercises are left out unless asked for.
  public init(_ store: any Store, drills: Bool = false) {
    (self.store, self.drills) = (store, drills)
  }

  /// Hands out the pieces of one JSON array of all incidents that pass a filter.
  ///
  /// - Parameters:
  ///   - filter: Which incidents.
  ///   - progress: Is told how many of how many are done.
  ///   - sink: Takes the next bytes; called off the caller's thread, in order.
  /// - Returns: How many incidents were written.
  /// - Throws: `StoreError`, `CancellationError`, or what the sink throws.
  @concurrent public func writeArray(
    of filter: Filter,
    progress: @Sendable (Int, Int) -> Void = { _, _ in },
    to sink: @Sendable ([UInt8]) throws -> Void
  ) async throws -> Int {
    try sink(Array("[".utf8))
    let count = try await each(of: filter, progress) { incident in
      var out: [UInt8] = []
      try ExportVeris.document(incident).write(to: &out)
      return out
    } then: { position, document in
      try sink(Array((position == 0 ? "\n" : ",\n").utf8) + document)
    }
    try sink(Array((count == 0 ? "]\n" : "\n]\n").utf8))
    return count
  }

  /// Writes one file for each incident that passes a filter: its id, then `.json`.
  ///
  /// - Parameters:
  ///   - filter: Which incidents.
  ///   - folder: Where the files go; it is made where none is.
  ///   - force: Whether files that stand there are replaced.
  ///   - progress: Is told how many of how many are done.
  /// - Returns: How many incidents were written.
  /// - Throws: `StoreError`, `CancellationError` or `UnwritableOutput`; files written before stay.
  @concurrent public func writeFiles(
    of filter: Filter,
    into folder: String,
    force: Bool,
    progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Int {
    try OutputFile.makeFolder(folder)
    return try await each(of: filter, progress) { incident in
      let id = incident.source?.externalID ?? incident.reference
      var out: [UInt8] = []
      try ExportVeris.document(incident).write(to: &out, .indented)
      out.append(10)
      return (name: OutputFile.name(for: id), text: out)
    } then: { _, file in
      try OutputFile.write(file.text, to: "\(folder)/\(file.name).json", force: force)
    }
  }

  /// Reads incidents in stretches, makes a piece of each on any thread, and takes them by id.
  private func each<Piece: Sendable>(
    of filter: Filter,
    _ progress: @Sendable (Int, Int) -> Void,
    _ make: @escaping @Sendable (Incident) throws -> Piece,
    then: (Int, Piece) throws -> Void
  ) async throws -> Int {
    let wanted = drills ? filter : filter.withoutDrills
    let ids = try await store.answer(IncidentIDs(filter: wanted)).sorted()
    let stretches = stride(from: 0, to: ids.count, by: Self.stretch).map { start in
      Array(ids[start..<min(start + Self.stretch, ids.count)])
    }
    var (written, done) = (0, 0)
    try await inOrder(stretches, by: 1) { [store] ids in
      // One that was removed for good meanwhile is left out.
      try await store.answer(IncidentDetails(ids: ids)).map { try make($0) }
    } then: { pieces in
      for piece in pieces {
        try then(written, piece)
        written += 1
      }
      done += 1
      progress(min(done * Self.stretch, ids.count), ids.count)
    }
    return written
  }

  private static let stretch = 128
}
