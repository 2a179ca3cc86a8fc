internal import App
internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Storage

/// The command `tocsin mailing export-post`.
struct ExportBatch: HeadlessCommand {
  static let origin = "mailing export-post"
  static let configuration = CommandConfiguration(
    commandName: "export-post",
    abstract: "Hand those who wait for post, telephone or SMS to a printer or call centre.",
    discussion: """
      Writes a batch into a folder: a CSV file with what is needed and no more, a manifest with count \
      and SHA-256 and without personal data, and with --texts each text in a file of its own. When all \
      of it is on the disk its recipients are handed over and the batch is closed. Broken off, the \
      next export for the channel goes on with the same batch, byte for byte, as long as the approval \
      that it was begun under is in force; --give-up puts those in it back into the queue. The journal \
      keeps to whom contacts went, and why, for every run. docs/post.md has the details.
      """
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Option(help: "The channel: post, telephone or sms.") var channel: MailingChannel?
  @Option(help: "The folder; made where there is none.", completion: .directory) var out: String?
  @Option(help: "To whom it goes, and why, or why it is given up; the journal keeps it.")
  var reason: String
  @Flag(help: "Take those who are approved too, if this is the first channel that reaches them.")
  var approved = false
  @Option(help: "Only those of this jurisdiction; may be given more than once.")
  var jurisdiction: [String] = []
  @Option(help: "At most so many; the others wait for the next batch.") var limit: Int?
  @Flag(help: "Write each text into a file of its own beside it.") var texts = false
  @Flag(help: "It goes as registered post: a return that says delivered proves who was reached.")
  var registered = false
  @Option(help: "Write this closed batch again; it comes out as it was.") var batch: BatchNumber?
  @Option(help: "Give this unfinished batch up: who has not left goes back into the queue.")
  var giveUp: BatchNumber?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--reason says to whom the contacts go, and why.")
    }
    guard limit ?? 1 > 0 else { throw ValidationError("--limit is a number from 1.") }
    let isPlain =
      channel == nil && !approved && jurisdiction.isEmpty && limit == nil && !texts && !registered
    if giveUp != nil {
      guard isPlain, batch == nil, out == nil else {
        throw ValidationError("--give-up writes nothing: give only --give-up and --reason.")
      }
      return
    }
    guard out != nil else { throw ValidationError("--out is the folder for the files.") }
    if batch != nil {
      guard isPlain else {
        throw ValidationError("A batch that is written again is as it was: give only --batch.")
      }
    } else {
      guard let channel, MailingChannel.exported.contains(channel) else {
        throw ValidationError("--channel is post, telephone or sms.")
      }
      guard channel == .post || !registered else {
        throw ValidationError("--registered goes with --channel post.")
      }
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    try mailing.requirePeople()
    if let giveUp { return try await give(giveUp.number, up: mailing, store, session) }
    let out = out ?? ""
    let desk = BatchDesk(store: store, origin: session.origin)
    let words = session.out
    let progress: @Sendable (JobProgress) -> Bool = { progress in
      let of: Words = progress.total > 0 ? " of \(progress.total)" : ""
      let what: Words = progress.stage == .checking ? "gathering" : "writing"
      words.progress("\(what): \(progress.done)\(of)")
      return true
    }
    do {
      if let batch {
        let again = try await desk.rewrite(
          batch.number,
          of: mailing,
          into: out,
          reason: reason,
          progress: progress
        )
        words.progress(nil)
        return try report(again, nil, out, session)
      }
      let outcome = try await desk.export(
        BatchDesk.Order(
          over: channel ?? .post,
          into: out,
          reason: reason,
          takesApproved: approved,
          jurisdictions: jurisdiction.isEmpty ? nil : Set(jurisdiction),
          limit: limit,
          writesTexts: texts,
          isRegistered: registered
        ),
        of: mailing,
        progress: progress
      )
      words.progress(nil)
      return try report(outcome.batch, outcome, out, session)
    } catch let missing as BatchDesk.NothingApproved {
      words.progress(nil)
      throw Refusal(
        "\(missing.description)",
        advice: "put them up: tocsin mailing approve \(mailing.reference)"
      )
    } catch {
      words.progress(nil)
      throw error
    }
  }

  /// Puts those in an unfinished batch back into the queue.
  private func give(
    _ number: RecordID,
    up mailing: Mailing,
    _ store: SQLiteStore,
    _ session: Session
  ) async throws -> ExitStatus {
    let out = session.out
    defer { out.progress(nil) }
    let desk = BatchDesk(store: store, origin: session.origin)
    let outcome = try await desk.giveUp(number, of: mailing, reason: reason) { progress in
      out.progress("giving back: \(progress.done) of \(progress.total)")
      return true
    }
    out.progress(nil)
    if format.json {
      var json = JSON.batch(outcome.batch)
      json[path: ["returned"]] = .count(outcome.returned)
      try out.json(json)
      return .done
    }
    try out.line(
      """
      \(mailing.reference): batch \(number) was given up; \(outcome.returned) wait for \
      \(outcome.batch.channel.label) again
      """
    )
    if outcome.batch.handedOver > 0 {
      out.note("\(outcome.batch.handedOver) of it were handed over before and stay so")
    }
    return .done
  }

  private func report(
    _ batch: MailingBatch,
    _ outcome: BatchExport.Outcome?,
    _ out: String,
    _ session: Session
  ) throws -> ExitStatus {
    if format.json {
      var json = JSON.batch(batch)
      if let outcome {
        json[path: ["resumed"]] = .bool(outcome.isResumed)
        json[path: ["without_address"]] = .count(outcome.withoutAddress)
        json[path: ["without_text"]] = .count(outcome.withoutText)
        json[path: ["without_consent"]] = .count(outcome.withoutConsent)
      }
      json[path: ["folder"]] = .string(out)
      try session.out.json(json)
      return .done
    }
    try session.out.line(
      """
      \(batch.mailingReference): batch \(BatchName.text(of: batch.number)) for \(batch.channel.label), \(batch.count) \
      recipients
      """
    )
    for file in batch.files { try session.out.line("\(file.sha256)  \(file.name)") }
    guard let outcome else { return .done }
    if outcome.isResumed {
      session.out.note("gone on with a batch that had been broken off; it takes nobody more")
    }
    if outcome.withoutAddress > 0 {
      let what: Words = batch.channel == .post ? "postal address" : "telephone number"
      session.out.note("\(outcome.withoutAddress) wait for the channel and have no \(what)")
    }
    if outcome.withoutConsent > 0 {
      session.out.note(ConsentWords.waiting(outcome.withoutConsent, batch.mailingReference))
    }
    if outcome.withoutText > 0 {
      session.out.note("\(outcome.withoutText) wait for the channel and no text is for them")
    }
    return .done
  }
}

/// The command `tocsin mailing batches`.
struct ListBatches: HeadlessCommand {
  static let origin = "mailing batches"
  static let configuration = CommandConfiguration(
    commandName: "batches",
    abstract: "List batches for printers and call centres, with what came back, oldest first."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let board = try await store.answer(BatchBoard(of: mailing.id, most: nil))
    if format.json {
      let batches = board.map { row in
        var json = JSON.batch(row.batch)
        json[path: ["returns"]] = .object(
          ReturnOutcome.allCases.reduce(into: JSONObject()) { object, outcome in
            object[outcome.rawValue] = row.returns[outcome].map { .count($0) }
          }
        )
        return json
      }
      try session.out.json(
        .members(["total": .count(batches.count), "batches": .array(batches)])
      )
      return .done
    }
    guard !board.isEmpty else { return .done }
    let rows: [[Words]] = board.map { row in
      let batch = row.batch
      return [
        "\(batch.number)", "\(batch.channel.label)",
        batch.state == .closed || batch.isGivenUp ? "\(batch.label)" : "UNFINISHED",
        "\(batch.count)", "\(batch.handedOver)", "\(row.returns.values.reduce(0, +))",
        "\(batch.openedAt.words)", "\(batch.openedBy)",
        batch.isRegistered ? "registered: \(batch.reason)" : "\(batch.reason)",
      ]
    }
    let titles: [Words] = [
      "BATCH", "CHANNEL", "STATE", "IN IT", "HANDED OVER", "RETURNS", "BEGUN", "BY", "WHY",
    ]
    for line in Table(titles: titles, rows: rows, right: [0, 3, 4, 5]).lines(rows) {
      try session.out.row(line)
    }
    return .done
  }
}

extension JSON {
  /// A batch.
  static func batch(_ batch: MailingBatch) -> JSON {
    .members([
      "batch": .integer(batch.number), "mailing": .string(batch.mailingReference),
      "channel": .string(batch.channel.rawValue), "state": .string(batch.state.rawValue),
      "count": .count(batch.count), "handed_over": .count(batch.handedOver),
      "columns": .texts(batch.columns.map(\.rawValue)), "reason": .string(batch.reason),
      "opened_at": .instant(batch.openedAt), "opened_by": .string(batch.openedBy),
      "fixed_at": batch.fixedAt.map { .instant($0) } ?? .null,
      "closed_at": batch.closedAt.map { .instant($0) } ?? .null,
      "registered": .bool(batch.isRegistered), "given_up": .bool(batch.isGivenUp),
      "files": .array(
        batch.files.map { file in
          .members([
            "name": .string(file.name), "sha256": .string(file.sha256),
            "bytes": .count(file.bytes),
          ])
        }
      ),
    ])
  }
}
