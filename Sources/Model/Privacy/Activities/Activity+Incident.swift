extension IncidentFacts {
  /// What an incident takes over from the activities it hit: their categories of data, and how many people
  /// of each jurisdiction there are at most.
  ///
  /// What is stated stays: categories are added, and a number is taken only where none is stated. Of
  /// several activities the largest number counts, since nobody knows whether they are the same people;
  /// it is an estimate.
  ///
  /// - Parameter activities: The activities it hit.
  /// - Returns: The edits; none where nothing is new.
  public func taking(from activities: [ActivityFacts]) -> [IncidentEdit] {
    var edits: [IncidentEdit] = []
    var people: [String: Int64?] = [:]
    for number in activities.flatMap(\.numbers) {
      let known = people[number.jurisdiction] ?? nil
      people[number.jurisdiction] = [known, number.count].compactMap(\.self).max()
    }
    let stated = Set(affected.filter { $0.count != nil }.map(\.jurisdiction))
    for (jurisdiction, count) in people.sorted(by: { $0.key < $1.key }) {
      guard !stated.contains(jurisdiction) else { continue }
      let taken = AffectedPeople(jurisdiction: jurisdiction, count: count)
      guard !affected.contains(where: { $0.jurisdiction == jurisdiction && $0.count == count })
      else { continue }
      edits.append(.affected(jurisdiction: jurisdiction, people: taken))
    }
    var exposure = data
    exposure.categories = Set(
      data.categories + activities.flatMap { $0.data.map(\.category) }
    ).sorted()
    if exposure != data { edits.append(.data(exposure)) }
    return edits
  }
}
