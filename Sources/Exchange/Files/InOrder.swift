/// Works on items in parallel and takes the outcomes in the items' order.
///
/// At most four stretches of items are under way or wait to be taken, so memory stays flat.
///
/// - Parameters:
///   - items: What is worked on.
///   - length: How many items make a stretch: one task.
///   - work: Makes the outcome of an item, on any thread.
///   - then: Takes the next outcome.
/// - Throws: What `work` or `then` throws, or `CancellationError`; then no more is begun.
func inOrder<Item: Sendable, Outcome: Sendable>(
  _ items: [Item],
  by length: Int,
  _ work: @escaping @Sendable (Item) async throws -> Outcome,
  then: (Outcome) throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: (Int, [Outcome]).self) { group in
    var (begun, taken) = (0, 0)
    var done: [Int: [Outcome]] = [:]
    func begin() {
      let start = begun * length
      guard start < items.count else { return }
      let index = begun
      begun += 1
      group.addTask {
        var outcomes: [Outcome] = []
        for item in items[start..<min(start + length, items.count)] {
          try Task.checkCancellation()
          outcomes.append(try await work(item))
        }
        return (index, outcomes)
      }
    }
    for _ in 0..<4 { begin() }
    while let (index, outcomes) = try await group.next() {
      done[index] = outcomes
      while let next = done.removeValue(forKey: taken) {
        for outcome in next { try then(outcome) }
        taken += 1
        begin()
      }
    }
  }
}
