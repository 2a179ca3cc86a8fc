import Drawing
import Model

extension ClocksPane {
  /// The requests that stand among the running clocks: none while these are grouped.
  static func shownRequests(_ state: State) -> [RightsRequest] {
    guard state.grouping == .time, let requests = state.requests else { return [] }
    let text = state.filterText.lowercased()
    guard !text.isEmpty else { return requests }
    return requests.filter { request in
      [
        request.reference, request.facts.wanted.label, request.facts.jurisdiction,
        request.facts.clock?.citation ?? "", request.facts.handler ?? "",
      ].contains { $0.lowercased().contains(text) }
    }
  }

  /// Puts requests among a stretch of running clocks by their due time; gives the place of the first row
  /// in the whole list.
  static func merge(
    _ requests: [RightsRequest],
    into rows: inout [Row],
    isFirst: Bool,
    isLast: Bool,
    _ start: Int
  ) -> Int {
    guard !requests.isEmpty else { return start }
    func due(_ request: RightsRequest) -> Instant {
      request.facts.clock?.due ?? Instant.range.upperBound
    }
    func due(_ row: Row) -> Instant {
      row.request.map(due) ?? row.clock?.due ?? Instant.range.upperBound
    }
    // Those before the stretch stand above it, those behind it further down.
    let head = rows.first.map(due)
    let foot = rows.last.map(due)
    let before = isFirst ? 0 : requests.count { due($0) <= head ?? Instant.range.upperBound }
    let behind = isLast ? 0 : requests.dropFirst(before).count { due($0) > foot ?? due($0) }
    for request in requests.dropFirst(before).dropLast(behind) {
      let place = rows.firstIndex { due($0) > due(request) } ?? rows.count
      rows.insert(Row(kind: .request(request)), at: place)
    }
    return start + before
  }
}
