internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin clocks`.
struct ClocksCommand: HeadlessCommand {
  static let origin = "clocks"
  static let configuration = CommandConfiguration(
    commandName: "clocks",
    abstract: "List all running clocks, soonest first; remind of them; check that none is late.",
    discussion: """
      Behind them stand the duties whose clocks cannot run because a fact is missing, the open \
      requests by people, and the recurring audits whose next pass nobody has started. \
      With --check the exit status is 2 where a clock is overdue, or due within the time that \
      --within gives, or ran once and stands still because a fact was taken away or made vague, or \
      where a recurring audit is as late; clocks of exercises bear \(Exercise.sign) and fail it only with --drills. \
      --remind prints what is to be done now and has not been said yet, so that a \
      cron job or a timer can mail it; each reminder is said once.
      """
  )

  @Argument(help: "Only those whose rule, recipient, law, reference or title has this text.")
  var text: String?

  @Flag(help: "One line for a prompt, a message of the day or a status bar.")
  var line = false

  @Option(
    help: ArgumentHelp(
      "Write a calendar (RFC 5545) with alarms; - is standard output.",
      valueName: "file"
    ),
    completion: .file()
  )
  var ics: String?

  @Flag(help: "With --ics: replace the file.")
  var force = false

  @Flag(help: "Exit with status 2 where a clock is overdue.")
  var check = false

  @Flag(help: "With --check: clocks of exercises too.")
  var drills = false

  @Option(help: "With --check and --line: also what is due within this time: 6h, 2d.")
  var within: TimeSpan?

  @Flag(help: "Print the reminders that are due now, once.")
  var remind = false

  @Option(help: "With --remind: mail them to this address, again for each.")
  var to: [String] = []

  @Option(
    help: ArgumentHelp("With --to: the mail program; it takes a message.", valueName: "path"),
    completion: .file()
  )
  var sendmail: String = "/usr/sbin/sendmail"

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if drills, !check { throw ValidationError("--drills needs --check") }
    if !to.isEmpty, !remind { throw ValidationError("--to needs --remind") }
    if let strange = to.first(where: { !MailMessage.isAddress($0) }) {
      throw ValidationError("\(strange) is no address such as officer@example.org")
    }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try check || line || remind ? session.openExisting() : session.open()
    let unkept = try await bringUpToDate(store, session)
    if remind { return try await remind(store, session) }
    if line, !check, ics == nil, !format.json, !format.csv, text == nil, unkept.incidents.isEmpty {
      return try await tellLine(store, session)
    }
    var rows = try await ClocksCommand.rows(text ?? "", in: store)
    var waiting = try await ClocksCommand.waiting(text ?? "", in: store)
    if !unkept.incidents.isEmpty {
      rows.removeAll { unkept.incidents.contains($0.record.incident) }
      rows += unkept.running.filter(matches)
      let last = Instant.range.upperBound
      rows.sort {
        ($0.record.obligation.state.due ?? last, $0.record.obligation.id)
          < ($1.record.obligation.state.due ?? last, $1.record.obligation.id)
      }
      waiting.removeAll { unkept.incidents.contains($0.clock.record.incident) }
      waiting += unkept.waiting.filter { matches($0.clock) }
    }
    waiting = waiting.filter { $0.stopped != nil } + waiting.filter { $0.stopped == nil }
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let audits = try await store.answer(DueAudits()).filter { $0.has(text ?? "") }
    let requests = try await requests(in: store)
    try print(rows, waiting, audits, requests, organisation, session)
    return check
      ? checked(rows, waiting, audits, requests, organisation.zone ?? .utc, session) : .done
  }

  /// The open requests by people that have a clock and the text that is asked for.
  private func requests(in store: any Store) async throws -> [RightsRequest] {
    let requests = try await store.answer(RequestClocks())
    guard let text = text?.lowercased() else { return requests }
    return requests.filter { request in
      [
        request.reference, request.facts.wanted.label, request.facts.jurisdiction,
        request.facts.clock?.citation ?? "",
      ].contains { $0.lowercased().contains(text) }
    }
  }

  /// Prints the one line from counts alone: a prompt asks for it again and again.
  private func tellLine(_ store: SQLiteStore, _ session: Session) async throws -> ExitStatus {
    let near = try await store.answer(NearClocks(now: session.now, limit: 10_000))
    let zone = try await store.answer(CurrentOrganisation()).organisation.zone ?? .utc
    let audits = try await store.answer(DueAudits())
    let span = (within ?? TimeSpan(hours: 12)).duration
    let words = [
      near.line(now: session.now, within: span),
      ClockWords.line(audits, now: session.now, zone: zone),
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    if !words.isEmpty { try session.out.line("\(words)") }
    return .done
  }

  private func print(
    _ rows: [ClockList.Row],
    _ waiting: [WaitingClocks.Row],
    _ audits: [DueAudit],
    _ requests: [RightsRequest],
    _ organisation: Organisation,
    _ session: Session
  ) throws {
    let (out, now, zone) = (session.out, session.now, organisation.zone ?? .utc)
    if let ics {
      let calendar = ClockCalendar(
        rows,
        reminderHours: organisation.reminderHours,
        audits: audits,
        requests: requests
      )
      try write(calendar, to: ics, session)
    } else if format.json || format.csv {
      let objects =
        rows.map { JSON(clock: $0) } + waiting.map { JSON(waiting: $0) }
        + requests.map { JSON(clock: $0, now: now) }
        + audits.map { JSON(due: $0, now: now, zone: zone) }
      try format.csv ? out.csv(objects, ClockWords.columns) : out.json(.array(objects))
    } else if line {
      let span = within ?? TimeSpan(hours: 12)
      let words = [
        ClockWords.line(rows, waiting: waiting, requests: requests, now: now, within: span),
        ClockWords.line(audits, now: now, zone: zone),
      ].filter { !$0.isEmpty }.joined(separator: ", ")
      if !words.isEmpty { try out.line("\(words)") }
    } else {
      let lines = rows.map { ClockWords.cells($0, now: now, zone: zone).map { Words($0) } }
      let table = Table(titles: ["IN", "DUE", "DUTY", "INCIDENT", "TELL"], rows: lines)
      for line in table.lines(lines) { try out.row(line) }
      if !waiting.isEmpty {
        try out.line()
        try out.line("Waiting for a fact: \(waiting.count)")
        let waits = waiting.map { ClockWords.cells($0, zone: zone).map { Words($0) } }
        let titles: [Words] = ["DUTY", "INCIDENT", "WAITS FOR", "TELL"]
        for line in Table(titles: titles, rows: waits).lines(waits) { try out.row(line) }
      }
      if !requests.isEmpty {
        try out.line()
        try out.line("Requests by people: \(requests.count)")
        let cells = requests.map { ClockWords.cells($0, now: now, zone: zone).map { Words($0) } }
        let titles: [Words] = ["IN", "DUE", "WANTED", "REQUEST", "HANDLER"]
        for line in Table(titles: titles, rows: cells).lines(cells) { try out.row(line) }
      }
      guard !audits.isEmpty else { return }
      try out.line()
      try out.line("Recurring audits: \(audits.count)")
      let cells = audits.map { ClockWords.cells($0, now: now, zone: zone).map { Words($0) } }
      let titles: [Words] = ["IN", "DUE", "AFTER", "FRAMEWORK", "TITLE"]
      for line in Table(titles: titles, rows: cells).lines(cells) { try out.row(line) }
    }
  }

  /// Whether a clock is late or near, or one that ran stands still: nobody can say that it is not late.
  private func checked(
    _ rows: [ClockList.Row],
    _ waiting: [WaitingClocks.Row],
    _ audits: [DueAudit],
    _ requests: [RightsRequest],
    _ zone: Zone,
    _ session: Session
  ) -> ExitStatus {
    let limit = session.now + (within?.duration ?? .zero)
    let isUrgent = rows.contains { row in
      guard drills || !row.isExercise else { return false }
      return row.record.obligation.state.due.map { $0 <= limit } ?? false
    }
    let stopped = waiting.filter { drills || !$0.clock.isExercise }
      .compactMap { ClockWords.stopped($0) }
    for reason in stopped { session.out.note("this clock does not run any more: \(reason)") }
    // An audit is late when its day is over.
    let late = audits.filter { $0.end(in: zone) < limit }
    for audit in late {
      session.out.note("the next audit after \(audit.reference) is due \(audit.day)")
    }
    let asked = requests.filter { $0.facts.clock.map { $0.due <= limit } ?? false }
    for request in asked {
      session.out.note("\(request.reference) is due \(request.facts.clock?.due.description ?? "")")
    }
    return isUrgent || !stopped.isEmpty || !late.isEmpty || !asked.isEmpty ? .found : .done
  }

  /// Clocks that could not be kept, because nothing may be altered or the disk is full: they are shown
  /// all the same.
  private struct Unkept {
    var incidents: Set<RecordID> = []
    var running: [ClockList.Row] = []
    var waiting: [WaitingClocks.Row] = []
  }

  /// Works out what has new facts.
  ///
  /// - Returns: What could not be kept.
  private func bringUpToDate(_ store: SQLiteStore, _ session: Session) async throws -> Unkept {
    let stale = try await store.answer(StaleClocks(basis: "", limit: 100_000))
    guard stale.total > 0 else { return Unkept() }
    let keeper = session.keeper(store, try session.rulebook(rulebook))
    let out = session.out
    if !options.readOnly {
      do {
        try await keeper.updateAll { done, total in
          out.progress("working out clocks: incident \(done) of \(total)")
          return true
        }
        out.progress(nil)
        return Unkept()
      } catch let error as StoreError {
        out.progress(nil)
        out.note("these clocks could not be kept: \(error)")
      }
    }
    var unkept = Unkept(incidents: Set(stale.incidents))
    for id in stale.incidents {
      guard let answer = try await keeper.answer(for: id) else { continue }
      unkept.running += answer.runningClocks(at: session.now)
      var history: [String: [ObligationRecord]] = [:]
      for kept in try await store.answer(IncidentObligations(incident: id)) {
        let rule = kept.obligation.id
        history[rule] = try await store.answer(ObligationHistory(incident: id, rule: rule))
      }
      unkept.waiting += answer.waitingClocks(at: session.now, history: history)
    }
    return unkept
  }

  /// Whether a clock that is not in the record has the text that is asked for.
  private func matches(_ row: ClockList.Row) -> Bool {
    guard let text = text?.lowercased() else { return true }
    let obligation = row.record.obligation
    return [obligation.id, obligation.recipient, obligation.law, row.reference, row.title]
      .contains { $0.lowercased().contains(text) }
  }

  private func write(_ calendar: ClockCalendar, to path: String, _ session: Session) throws {
    let text = calendar.written(now: session.now)
    guard path != "-" else { return try session.out.document(text) }
    do {
      try OutputFile.write(Array(text.utf8), to: path, force: force)
    } catch {
      throw Refusal("\(path): \(String(describing: error))")
    }
  }

  /// How many rows are asked for at once: each question counts all of them anew.
  private static let windowLength = 20_000

  /// All rows of the list.
  static func rows(_ text: String, in store: any Store) async throws -> [ClockList.Row] {
    var rows: [ClockList.Row] = []
    while true {
      let window = RowWindow(start: rows.count, count: windowLength)
      let page = try await store.answer(ClockList(window: window, text: text))
      rows += page.rows
      if page.rows.isEmpty || rows.count >= page.total { return rows }
    }
  }

  /// All duties that wait for a fact.
  static func waiting(_ text: String, in store: any Store) async throws -> [WaitingClocks.Row] {
    var rows: [WaitingClocks.Row] = []
    while true {
      let window = RowWindow(start: rows.count, count: windowLength)
      let page = try await store.answer(WaitingClocks(window: window, text: text))
      rows += page.rows
      if page.rows.isEmpty || rows.count >= page.total { return rows }
    }
  }

  private func remind(_ store: SQLiteStore, _ session: Session) async throws -> ExitStatus {
    let organisation = try await store.answer(CurrentOrganisation()).organisation
    let reminders =
      Reminder.due(
        try await ClocksCommand.rows(text ?? "", in: store),
        hours: organisation.reminderHours,
        sent: Set(try await store.answer(SentReminders())),
        now: session.now
      )
      + Reminder.due(
        try await requests(in: store),
        hours: organisation.reminderHours,
        sent: Set(try await store.answer(SentRequestReminders())),
        now: session.now
      )
    guard !reminders.isEmpty else { return .done }
    let lines = reminders.map { $0.words(now: session.now, zone: organisation.zone ?? .utc) }
    if to.isEmpty {
      for line in lines { try session.out.line("\(line)") }
      try session.out.flush()
    } else {
      // What acts on a terminal is shown as a mark in a mail too.
      let message = MailMessage(
        to: to.map { MailMessage.Party($0) },
        subject: Reminder.subject(reminders),
        text: lines.map { "\(Words($0).text)\n" }.joined(),
        date: session.now
      )
      try MailProgram(path: sendmail).send(message)
    }
    for change in reminders.flatMap(\.changes) {
      try await store.apply(change, origin: session.origin)
    }
    return .done
  }
}
