internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin statement propose`.
struct ProposeStatementCommand: HeadlessCommand {
  static let origin = "statement propose"
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract: "Show what would be published and what is left out; put it up by its digest.",
    discussion: """
      Without --digest nothing is altered. With --digest exactly that is put up as a version, and approved \
      by you; where the organisation wants a second person, another account approves it. Whatever is altered \
      later of the text or of what it rests on voids it. Exit status 2 where something stands against it.
      """
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(help: "Put up what has this digest; its first twelve digits do.") var digest: String?
  @Option(help: "The day as of which it is, such as 2026-03-13; today without it.")
  var date: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.statementDetails(reference, date: date, in: store)
    let (draft, statement) = (details.draft, details.row.statement)
    guard let digest else {
      let status: ExitStatus = draft.problems.isEmpty ? .done : .found
      if format.json {
        try session.out.json(.draft(draft))
        return status
      }
      for line in StatementWords.text(draft.content) { try session.out.line(line) }
      try session.show(draft)
      if status == .done {
        try session.out.line(
          "to put it up: tocsin statement propose \(statement.reference) --date \(draft.content.date.iso) --digest \(draft.content.digest.prefix(12))"
        )
      }
      return status
    }
    let receipt = try await store.apply(
      ProposeStatement(
        statement: statement.id,
        date: draft.content.date,
        digest: try session.whole(digest, draft.content.digest)
      ),
      origin: session.origin
    )
    let edition = try await session.statementDetails(reference, in: store).current
    if format.json {
      try session.out.json(edition.map { .edition($0) } ?? .receipt(receipt))
      return .done
    }
    guard let edition else { return .done }
    try session.out.line(
      "\(statement.reference) version \(edition.facts.number): \(edition.facts.state.label)"
    )
    if edition.facts.state == .waiting {
      session.out.note(
        "another account approves it: tocsin statement approve \(statement.reference) --digest \(edition.facts.digest.prefix(12))"
      )
    }
    return .done
  }
}

/// The command `tocsin statement approve`.
struct ApproveStatementCommand: HeadlessCommand {
  static let origin = "statement approve"
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract:
      "As the second person, see the version that waits; approve it by its digest, or refuse it."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(help: "Approve what has this digest; its first twelve digits do.") var digest: String?
  @Option(help: "Refuse it, and say why.") var refuse: String?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if digest != nil, refuse != nil { throw ValidationError("Give --digest or --refuse.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.statementDetails(reference, in: store)
    let name = details.row.statement.reference
    guard let edition = details.editions.first(where: { $0.facts.state.isLive }) else {
      throw Refusal(
        "\(name) has no version that waits",
        advice: "tocsin statement propose \(name)"
      )
    }
    let content = edition.facts.content
    let step: StatementEditionStep
    if let digest {
      step = .approve(digest: try session.whole(digest, edition.facts.digest), uid: nil)
    } else if let refuse {
      step = .refuse(reason: refuse)
    } else {
      // What is left out is worked out for the day of the version, as it was put up.
      let dated = try await session.statementDetails(reference, date: content.date.iso, in: store)
      let shown = StatementWriter.Outcome(
        content: content,
        omissions: dated.draft.omissions,
        problems: []
      )
      if format.json {
        try session.out.json(.draft(shown))
        return .done
      }
      for line in StatementWords.text(content) { try session.out.line(line) }
      try session.show(shown)
      try session.out.line(StatementWords.edition(edition))
      return .done
    }
    let receipt = try await store.apply(
      MoveStatement(id: edition.id, basedOn: edition.version, step: step),
      origin: session.origin
    )
    return try session.report(
      receipt,
      format,
      "\(name) version \(edition.facts.number): \(refuse == nil ? "approved" : "refused")"
    )
  }
}

/// The command `tocsin statement withdraw`.
struct WithdrawStatement: HeadlessCommand {
  static let origin = "statement withdraw"
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Take back the version that waits or is approved, else the one that is published.",
    discussion: "The site itself is taken off by whoever keeps it; Tocsin cannot reach it."
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(help: "Why.") var reason: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let details = try await session.statementDetails(reference, in: store)
    let name = details.row.statement.reference
    guard let edition = details.current else {
      throw Refusal("\(name) has nothing that waits, is approved or is published")
    }
    let receipt = try await store.apply(
      MoveStatement(id: edition.id, basedOn: edition.version, step: .withdraw(reason: reason)),
      origin: session.origin
    )
    if edition.facts.state == .published {
      session.out.note("the site is still where it was put; take it off there")
    }
    return try session.report(
      receipt,
      format,
      "\(name) version \(edition.facts.number): withdrawn"
    )
  }
}

/// The command `tocsin statement publish`.
struct PublishStatement: HeadlessCommand {
  static let origin = "statement publish"
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Write the approved version as a site, and say in the record that it is published.",
    discussion: """
      A folder of plain files: pages without scripts that load nothing, the same as Markdown, security.txt \
      (RFC 9116) and a manifest with SHA-256 of each. It appears whole or not at all. Where nothing new is \
      approved the published version is written again, the same to the byte; after a newer one came to \
      nothing only with --again. Where the folder cannot be put in its place nothing is recorded.
      """
  )

  @Argument(help: "The statement, such as STM-0001.") var reference: String
  @Option(name: .long, help: "The folder of the site.", completion: .directory) var out: String
  @Flag(help: "Replace a statement's site that stands there; nothing else is ever replaced.")
  var force = false
  @Flag(
    help: "Put out the published version again though a newer one is void, withdrawn or refused."
  )
  var again = false
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out needs the name of a folder.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let found = try await session.statement(reference, in: store)
    let outcome: StatementDesk.Outcome
    do {
      outcome = try await StatementDesk(store, origin: session.origin)
        .publish(found.id, to: out, force: force, isAgain: again)
    } catch let refused as StatementDesk.Refused {
      throw Refusal("\(refused)", advice: refused.advice.isEmpty ? nil : "\(refused.advice)")
    }
    if outcome.unsupported > 0 {
      session.out.note(
        "version \(outcome.edition.facts.number) was put out again though \(outcome.unsupported) of its lines are not true any more: tocsin statement diff \(found.reference)"
      )
    }
    if format.json {
      try session.out.json(
        .members([
          "statement": .string(found.reference),
          "version": .count(outcome.edition.facts.number), "folder": .string(out),
          "files": .count(outcome.files), "manifest_sha256": .string(outcome.manifest),
          "digest": .string(outcome.edition.facts.digest), "again": .bool(outcome.isAgain),
        ])
      )
      return .done
    }
    try session.out.line(
      "\(found.reference) version \(outcome.edition.facts.number): \(outcome.files) files in \(out), manifest \(outcome.manifest.prefix(12))"
    )
    return .done
  }
}

extension Session {
  /// The whole digest that the first digits name.
  ///
  /// - Throws: `Refusal` where they name another.
  fileprivate func whole(_ digits: String, _ digest: String) throws -> String {
    guard digits.count >= 12, digest.hasPrefix(digits.lowercased()) else {
      throw Refusal(
        "what stands now has the digest \(digest.prefix(12)), not \(digits)",
        advice: "look at it, then give that; at least twelve digits"
      )
    }
    return digest
  }
}
