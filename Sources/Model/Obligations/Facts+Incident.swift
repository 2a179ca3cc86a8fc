extension Facts {
  /// What the engine is told of a stored incident.
  ///
  /// Of a time that is known to the day or better the earliest instant counts, the reading that never
  /// makes a deadline later; a month or a year alone starts no clock.
  ///
  /// - Parameters:
  ///   - incident: The incident.
  ///   - organisation: Who reports.
  ///   - sent: When notices were sent, by obligation id.
  ///   - unusable: Receives what stands in the record and no rule can read.
  public init(
    _ incident: Incident,
    _ organisation: Organisation,
    sent: [String: [Instant]] = [:],
    unusable: inout [UnusableFact]
  ) {
    self.init()
    state(organisation, &unusable)
    let facts = incident.facts
    for instant in IncidentInstant.allCases {
      var time = facts.instants[instant]
      if instant == .aware { time = incident.awareness?.awareAt ?? time }
      guard let time, let key = FactKey("events.\(instant.rawValue)") else { continue }
      if time.precision >= .day {
        self[key] = .instants([time.earliest])
      } else {
        unusable.append(
          UnusableFact(key: key.description, reason: "\(time.text) names no day to count from")
        )
      }
    }
    for people in facts.affected {
      let key =
        people.jurisdiction.isEmpty
        ? FactKey.total.description
        : "affected.\(people.jurisdiction)"
      add(key, people.count.map(FactInput.integer) ?? .null, &unusable)
    }
    let data = facts.data
    if !data.categories.isEmpty { self[.categories] = .words(data.categories) }
    for (name, flag) in [
      ("data.encrypted", data.isEncrypted), ("data.key_compromised", data.isKeyTaken),
      ("data.backup_restored", data.isRestored), ("data.recovered", data.isRecovered),
    ] {
      if let flag { add(name, .flag(flag), &unusable) }
    }
    for (name, text) in facts.answers.values { answer(name, text, &unusable) }
    if facts.outcome == .notPersonalData, self[FactKey.known("personal_data")] == nil {
      add("personal_data", .flag(false), &unusable)
    }
    for (rule, instants) in sent where !instants.isEmpty {
      self[.sent(rule)] = .instants(instants.sorted())
    }
  }

  fileprivate mutating func state(_ organisation: Organisation, _ unusable: inout [UnusableFact]) {
    if let country = organisation.country { add("org.country", .text(country), &unusable) }
    if let zone = organisation.zone { self[.zone] = .zone(zone) }
    if let role = organisation.role { add("org.role", .text(role), &unusable) }
    if let sectors = organisation.sectors { self[.sectors] = .words(sectors) }
    if !organisation.holidays.isEmpty {
      add("org.holidays", .list(organisation.holidays), &unusable)
    }
    for (name, text) in organisation.answers.values { answer(name, text, &unusable) }
  }

  private mutating func answer(
    _ name: String,
    _ text: String,
    _ unusable: inout [UnusableFact]
  ) {
    guard let key = FactKey(name) else {
      unusable.append(UnusableFact(key: name, reason: "there is no fact of this name"))
      return
    }
    do {
      try state(name, try LegalAnswers.input(text, for: key))
    } catch {
      unusable.append(error)
    }
  }

  private mutating func add(
    _ name: String,
    _ input: FactInput,
    _ unusable: inout [UnusableFact]
  ) {
    do {
      try state(name, input)
    } catch {
      unusable.append(error)
    }
  }
}

extension Organisation {
  /// What stands in it and no rule can read; empty where all can be used.
  public var unusable: [UnusableFact] {
    var (facts, unusable) = (Facts(), [UnusableFact]())
    facts.state(self, &unusable)
    return unusable
  }
}
