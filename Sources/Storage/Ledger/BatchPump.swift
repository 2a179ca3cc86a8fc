/// What is filled by one task while another of its kind is written.
protocol SealedBatch: AnyObject, Sendable {
  /// Whether the input is at its end.
  var isLast: Bool { get }
}

/// Fills one batch while the other is written, until the input is at its end.
enum BatchPump {
  /// Pumps two batches.
  ///
  /// - Parameters:
  ///   - front: The batch that is filled first.
  ///   - back: The other one.
  ///   - fill: Fills a batch; called by one task at a time.
  ///   - write: Writes a batch; called in turn.
  /// - Throws: What filling or writing throws; then nothing more is written.
  static func run<Batch: SealedBatch>(
    _ front: Batch,
    _ back: Batch,
    fill: @escaping @Sendable (Batch) throws -> Void,
    write: (Batch) async throws -> Void
  ) async throws {
    var (front, back) = (front, back)
    try fill(front)
    while true {
      let (writing, filling) = (front, back)
      let isLast = writing.isLast
      async let filled: Void = Self.fill(isLast ? nil : filling, fill)
      try await write(writing)
      try await filled
      if isLast { return }
      swap(&front, &back)
    }
  }

  @concurrent private static func fill<Batch: SealedBatch>(
    _ batch: Batch?,
    _ fill: @Sendable (Batch) throws -> Void
  ) async throws {
    guard let batch else { return }
    try fill(batch)
  }
}
