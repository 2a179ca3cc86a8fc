public import Model

/// Writes incidents of the record as VERIS documents, one after the other, memory flat.
public struct VerisExporter: Sendable {
  private let store: any Store

  /// Makes an exporter.
  public init(_ store: any Store) { self.store = store }

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
    let count = try await each(of: filter, progress) { position, incident in
      var out = Array((position == 0 ? "\n" : ",\n").utf8)
      try ExportVeris.document(incident).write(to: &out)
      try sink(out)
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
    return try await each(of: filter, progress) { _, incident in
      let id = incident.source?.externalID ?? incident.reference
      var out: [UInt8] = []
      try ExportVeris.document(incident).write(to: &out, .indented)
      out.append(10)
      try OutputFile.write(out, to: "\(folder)/\(OutputFile.name(for: id)).json", force: force)
    }
  }

  private func each(
    of filter: Filter,
    _ progress: @Sendable (Int, Int) -> Void,
    _ body: (Int, Incident) throws -> Void
  ) async throws -> Int {
    let ids = try await store.answer(IncidentIDs(filter: filter))
    var written = 0
    for (index, id) in ids.sorted().enumerated() {
      try Task.checkCancellation()
      // One that was removed for good meanwhile is left out.
      guard let incident = try await store.answer(IncidentDetail(id: id)) else { continue }
      try body(written, incident)
      written += 1
      if index & 63 == 63 { progress(index + 1, ids.count) }
    }
    progress(ids.count, ids.count)
    return written
  }
}
