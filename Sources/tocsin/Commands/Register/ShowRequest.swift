internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin register request show`.
struct ShowRequest: HeadlessCommand {
  static let origin = "register request show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a request with its clock, tasks and history; who made it stays masked."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let request = try await session.request(reference, in: store)
    guard let details = try await store.answer(RequestDetails(id: request.id)) else {
      throw Refusal("there is no request \(reference)")
    }
    guard !format.json else {
      var object = JSON.request(request, now: session.now).object ?? JSONObject()
      object["history"] = .array(
        details.history.map { line in
          .members([
            "entry": .integer(line.id), "at": .instant(line.entry.at),
            "by": .string(line.entry.actor.name), "what": .string(line.headline),
          ])
        }
      )
      try session.out.json(.object(object))
      return .done
    }
    let zone = try await session.organisationZone(in: store)
    for line in lines(details, session.now, zone) { try session.out.line(line) }
    return .done
  }

  private func lines(
    _ details: RequestDetails.Details,
    _ now: Instant,
    _ zone: Zone
  ) -> [Words] {
    let (request, facts) = (details.request, details.request.facts)
    let removed: Words = request.isRemoved ? " (removed)" : ""
    let late: Words = facts.isOverdue(at: now) ? ", overdue" : ""
    var lines: [Words] = ["\(request.reference)  \(facts.title)\(removed)"]
    lines.append("state: \(facts.state.label)\(late)")
    lines.append(
      "who: \(facts.erasedAt.map { "erased \($0)" } ?? "sealed; tocsin register request reveal")"
    )
    lines.append("came by: \(facts.channel.label)")
    if let clock = facts.clock {
      lines.append("due: \(clock.due.words), \(clock.citation)")
      lines += clock.reckoning.explanation(in: zone).map { "  \($0)" }
      if let receipt = facts.confirmBy {
        let late: Words = facts.isConfirmOverdue(at: now) ? ", late" : ""
        lines.append("confirm receipt by: \(receipt.words)\(late)")
      }
    } else {
      lines.append("due: no law is known that sets a time")
    }
    if let delay = facts.delay {
      lines.append("put off: \(delay.reason), told \(delay.told.plainWithZone)")
    }
    if let told = facts.acknowledged { lines.append("receipt confirmed: \(told.plainWithZone)") }
    let how: Words = facts.identity.how.isEmpty ? "" : ", \(facts.identity.how)"
    lines.append("identity: \(facts.identity.state.label)\(how)")
    if let handler = facts.handler { lines.append("handler: \(handler)") }
    if !facts.activities.isEmpty {
      lines.append("activities: \(facts.activities.joined(separator: ", "))")
    }
    if !facts.matter.isEmpty { lines.append("from matter: \(facts.matter)") }
    if let end = facts.end {
      lines.append("ended: \(end.text)")
      if let ground = end.ground, !ground.citation.isEmpty {
        lines.append("ground in law: \(ground.citation)")
      }
    }
    if !facts.tasks.isEmpty {
      lines += ["", "Tasks"]
      lines += facts.tasks.enumerated().map { index, task -> Words in
        "\(task.doneAt == nil ? "[ ]" : "[x]") \(index + 1)  \(task.title)"
      }
    }
    lines += ["", "History"]
    for line in details.history {
      lines.append("\(line.entry.at.words)  \(line.entry.actor.name)  \(line.headline)")
    }
    return lines
  }
}

/// The command `tocsin register request reveal`.
struct RevealRequestCommand: HeadlessCommand {
  static let origin = "register request reveal"
  static let configuration = CommandConfiguration(
    commandName: "reveal",
    abstract: "Show who made a request, and the answer; the journal keeps that and why."
  )

  @Argument(help: "The request, such as REQ-2026-0001.") var reference: String
  @Option(help: "Why it is read.") var reason: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let request = try await session.request(reference, in: store)
    let found = try await store.perform(
      RequestReveal(id: request.id, reason: reason),
      origin: session.origin
    )
    if format.json {
      try session.out.json(
        .members([
          "reference": .string(request.reference), "name": .string(found.person.name),
          "contact": .string(found.person.contact), "words": .string(found.person.words),
          "answer": .text(found.answer),
        ])
      )
      return .done
    }
    try session.out.line("name: \(found.person.name)")
    try session.out.line("contact: \(found.person.contact)")
    for line in Words.lines(found.person.words) { try session.out.line("> \(line)") }
    if let answer = found.answer {
      try session.out.line("answer:")
      for line in Words.lines(answer) { try session.out.line("> \(line)") }
    }
    return .done
  }
}
