internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// The command `tocsin status`.
struct StatusCommand: HeadlessCommand {
  static let origin = "status"
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "How we stand: six themes, each with state, trend and what would improve it most.",
    discussion: """
      One screen of text; with --json one object, with --line one line of less than 100 columns for a \
      prompt, tmux or the message of the day. A theme is good, attention, bad or unknown by the rules \
      of docs/posture.md; what is not known is never counted as good. Exit status 0; with --check 2 \
      where a theme is bad.
      """
  )

  @Flag(help: "Print one line.")
  var line = false

  @Flag(help: "Print all three things that would improve each theme, and every measure.")
  var all = false

  @Flag(help: "Exit with status 2 where a theme is bad.")
  var check = false

  @OptionGroup var rulebook: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if line, format.json { throw ValidationError("--line and --json exclude each other.") }
    if all, line || format.json { throw ValidationError("--all goes with text alone.") }
  }

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    try await keepClocks(store, session)
    let posture = Posture(try await store.answer(PostureReadings(now: session.now)))
    if format.json {
      let clocks = try await store.answer(nextClocks)
      let head = try await store.answer(JournalHead())
      let verified = try await store.answer(LastVerification())
      var object = JSON.posture(posture, at: session.now).object ?? JSONObject()
      object["next_clocks"] = .array(
        clocks.rows.map { row in
          .members([
            "incident": .string(row.reference), "rule": .string(row.record.obligation.id),
            "due": .text(row.record.obligation.state.deadline?.due.description),
            "exercise": .bool(row.isExercise),
          ])
        }
      )
      object["journal_head"] = .integer(head.sequence)
      object["verified"] =
        verified.map { mark in
          .members([
            "at": .string(mark.at.description), "sound": .bool(mark.isSound),
            "head": .integer(mark.head), "head_hash": .string(mark.headHash),
          ])
        } ?? .null
      try session.out.json(.object(object))
    } else if line {
      try session.out.line(Words(PostureLine(posture).text))
    } else {
      let clocks = try await store.answer(nextClocks)
      for line in lines(posture, clocks.rows, now: session.now) { try session.out.line(line) }
    }
    return check && posture.state == .bad ? .found : .done
  }

  /// Works out the clocks that have new facts; where that cannot be kept they count as unknown.
  private func keepClocks(_ store: SQLiteStore, _ session: Session) async throws {
    guard store.readOnlyReason == nil else { return }
    let stale = try await store.answer(StaleClocks(basis: "", limit: 1))
    guard stale.total > 0 else { return }
    let out = session.out
    do {
      try await session.keeper(store, try session.rulebook(rulebook)).updateAll { done, total in
        out.progress("working out clocks: incident \(done) of \(total)")
        return true
      }
      out.progress(nil)
    } catch let error as StoreError {
      out.progress(nil)
      out.note("these clocks could not be kept: \(error)")
    }
  }

  /// The clocks that run out next.
  private var nextClocks: ClockList {
    ClockList(window: RowWindow(start: 0, count: 3), withoutDate: false)
  }

  private func lines(
    _ posture: Posture,
    _ clocks: [ClockList.Row],
    now: Instant
  ) -> [Words] {
    var lines: [Words] = ["Posture at \(now.words): \(posture.state.label)"]
    let rows: [[Words]] = posture.themes.map { theme in
      [
        StatusCommand.sign(theme.state), "\(theme.theme.label)", "\(theme.state.label)",
        "\(theme.trend.label)", "\(theme.reason)",
      ]
    }
    lines += Table(titles: ["", "THEME", "STATE", "TREND", "WHY"], rows: rows).lines(rows)
    let steps = posture.themes.filter { $0.state != .good }
      .flatMap { theme in theme.steps.prefix(all ? Posture.steps : 1).map { (theme.theme, $0) } }
    if !steps.isEmpty {
      lines += ["", "What would improve it most"]
      lines += steps.map { theme, step in "  \(theme.rawValue): \(step.text)" }
    }
    if all { lines += measures(posture) }
    if !clocks.isEmpty {
      lines += ["", "Next clocks"]
      lines += clocks.map { row in
        let due = row.record.obligation.state.deadline?.due
        let sign: Words = row.isExercise ? "\(Exercise.sign) " : ""
        return
          "  \(due.map(\.words) ?? "-")  \(row.record.obligation.id)  \(sign)\(row.reference)"
      }
    }
    return lines
  }

  /// Every measure, theme by theme.
  private func measures(_ posture: Posture) -> [Words] {
    let rows: [[Words]] = posture.themes.flatMap { theme in
      theme.readings.map { reading in
        [
          reading.verdict.state.map(StatusCommand.sign) ?? "-", "\(theme.theme.rawValue)",
          "\(reading.title)", "\(reading.verdict.state?.label ?? "nothing to judge")",
          "\(reading.verdict.words)", "\(reading.verdict.before)",
        ]
      }
    }
    let titles: [Words] = ["", "THEME", "MEASURE", "STATE", "FIGURE", "BEFORE"]
    return ["", "Measures"] + Table(titles: titles, rows: rows).lines(rows)
  }

  /// A state in one sign, beside its word.
  static func sign(_ state: PostureState) -> Words {
    switch state {
    case .good: "+"
    case .unknown: "?"
    case .attention: "!"
    case .bad: "!!"
    }
  }
}
