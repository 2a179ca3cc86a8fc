internal import Model

/// The rows of a proof against its journal, and the counts against the rows.
struct BundlePeople {
  private var journal: BundleJournal
  private(set) var count = 0
  private(set) var faults: [BundleFault] = []
  private var tallies: [Tally: Int] = [:]
  private var days: [MailingDays.Row: Int] = [:]
  private var times: [Int64: (text: String, day: String)] = [:]
  private var listing = 0
  private var messages: BundleMessages?

  private struct Tally: Hashable {
    var jurisdiction: String
    var language: String
    var state: RecipientState
  }

  /// The row that a person says is theirs, and what it must hold.
  private let named: Named?

  /// What the row of the person who is named must hold, and what is said of the steps.
  struct Named {
    var number: Int64
    var person: String
    var state: String
    var jurisdiction: String
    var language: String
    /// What is said of each step, oldest first.
    var history: [Event]
    /// The versions of texts that are shown as sent; nil in a proof that shows others too.
    var sent: [String]?
    /// The digests of messages, oldest first.
    var messages: [String]

    /// What is said of one step.
    struct Event: Equatable {
      var at: String
      var by: String
      var state: String
      var channel: String
      var text: String
      var cause: String
    }
  }

  /// Whether a version stands in the column of texts only where it was sent.
  private let isClosed: Bool

  init(_ journal: BundleJournal, _ named: Named?, isClosed: Bool) {
    (self.journal, self.named, self.isClosed) = (journal, named, isClosed)
  }

  /// Reads all rows; the first bad one ends it.
  mutating func read(_ path: String, _ progress: (Int) -> Bool) throws {
    var reader = CSVReader(
      try BundleVerifier.open(path, BundleLayout.states),
      undoesNeutralising: true
    )
    func fault(_ line: Int, _ problem: String) -> BundleFault {
      BundleFault(BundleLayout.states, "line \(line)", problem)
    }
    guard let header = try reader.next(), case .success(BundleLayout.stateColumns) = header.cells
    else { return faults.append(fault(1, "its columns are others")) }
    messages = try BundleMessages(path)
    while let row = try reader.next() {
      guard case .success(let cells) = row.cells, cells.count == BundleLayout.stateColumns.count
      else { return faults.append(fault(row.line, "it cannot be read")) }
      if let problem = try take(cells) { return faults.append(fault(row.line, problem)) }
      count += 1
      if count % 16_384 == 0, !progress(count) { throw CancellationError() }
    }
    if let named, named.number < 1 || named.number > Int64(count) {
      faults.append(fault(count + 1, "it has no recipient \(named.number), who is named"))
    }
    let listed = journal.listings.reduce(0) { $0 + $1.change.count }
    if listed != count {
      faults.append(fault(count + 1, "recipient \(count + 1) is missing: \(listed) were listed"))
    }
    try messages?.finish()
    for (number, step) in journal.messages.sorted(by: { $0.key < $1.key })
    where step.count != step.change.count || step.digest.text != step.change.messages {
      return faults.append(
        BundleFault(
          BundleLayout.messages,
          "step \(number)",
          "the messages are not those in the journal"
        )
      )
    }
    for (number, step) in journal.steps.sorted(by: { $0.key < $1.key })
    where step.count != step.change.count || step.digest.text != step.change.events {
      return faults.append(
        BundleFault(
          BundleLayout.states,
          "step \(number)",
          "those who took it are not those in the journal"
        )
      )
    }
  }

  /// Takes a row; says what is wrong with it.
  private mutating func take(_ cells: [String]) throws -> String? {
    let number = Int64(count) + 1
    guard cells[0] == String(number) else { return "recipient \(number) is missing" }
    guard let steps = BundleLayout.steps(cells[9]), let first = steps.first else {
      return "its steps cannot be read"
    }
    while listing < journal.listings.count,
      number >= journal.listings[listing].change.first
        + Int64(journal.listings[listing].change.count)
    {
      listing += 1
    }
    guard listing < journal.listings.count, number >= journal.listings[listing].change.first,
      first == .init(journal.listings[listing].change.step, .pending)
    else { return "no entry of the journal has listed recipient \(number) with its first step" }
    var (channel, text, sent) = (nil as MailingChannel?, "", SentText())
    var (before, last) = (first, journal.listings[listing].at)
    for step in steps.dropFirst() {
      guard step.step > before.step,
        journal.note(step.step, number, from: before.state, to: step.state),
        let known = journal.steps[step.step]
      else { return "step \(step.step) of recipient \(number) is not in the journal" }
      last = known.at
      channel = known.change.what.channel ?? channel
      if !known.change.what.text.isEmpty { text = known.change.what.text }
      sent.take(step.state, over: known.change.what.channel, known.change.what.text)
      note(step, known, cells[2])
      before = step
    }
    guard cells[1] == before.state.rawValue else {
      return "the state of recipient \(number) is not the one its last step led to"
    }
    guard cells[4] == self.text(of: before.step, last).text,
      cells[5] == channel?.rawValue ?? "", cells[6] == (isClosed ? sent.text : text)
    else { return "time, channel or text of recipient \(number) are not those in the journal" }
    guard cells[8].isEmpty || (cells[8].utf8.count == 64 && HexText.bytes(cells[8]) != nil) else {
      return "what stands for the person of recipient \(number) is no digest"
    }
    var digests: [String] = []
    for message in try messages?.of(number) ?? [] {
      guard steps.contains(.init(message.step, .handedOver)), journal.note(message, of: number)
      else { return "a message to recipient \(number) is of no step" }
      digests.append(HexText.text(message.digest))
    }
    guard cells[7] == digests.last ?? "" else {
      return "the message of recipient \(number) is not the last one that was handed over"
    }
    if let named, named.number == number {
      guard cells[8] == named.person, cells[1] == named.state, cells[2] == named.jurisdiction,
        cells[3] == named.language, digests == named.messages
      else { return "recipient \(number) is not the person who is named" }
      guard history(steps) == named.history else {
        return "what is said to have happened to recipient \(number) is not what the journal says"
      }
      guard named.sent.map({ $0 == sent.sent }) ?? true else {
        return "the texts that recipient \(number) is said to have been sent are others"
      }
    }
    tallies[
      Tally(jurisdiction: cells[2], language: cells[3], state: before.state),
      default: 0
    ] += 1
    return nil
  }

  /// What the journal says of somebody's steps, oldest first.
  private func history(_ steps: [ProofRow.Step]) -> [Named.Event] {
    let listed = journal.listings[listing]
    let first = Named.Event(
      at: listed.at.description,
      by: listed.by,
      state: RecipientState.pending.rawValue,
      channel: "",
      text: "",
      cause: "listed"
    )
    return [first]
      + steps.dropFirst().compactMap { step in
        journal.steps[step.step].map { known in
          Named.Event(
            at: known.at.description,
            by: known.by,
            state: step.state.rawValue,
            channel: known.change.what.channel?.rawValue ?? "",
            text: known.change.what.text,
            cause: known.change.what.cause
          )
        }
      }
  }

  private mutating func note(
    _ step: ProofRow.Step,
    _ known: BundleJournal.Step,
    _ jurisdiction: String
  ) {
    days[
      MailingDays.Row(
        day: text(of: step.step, known.at).day,
        state: step.state,
        channel: known.change.what.channel,
        jurisdiction: jurisdiction,
        count: 0
      ),
      default: 0
    ] += 1
  }

  /// The time of a step as it is written; there are few.
  private mutating func text(of step: Int64, _ at: Instant) -> (text: String, day: String) {
    if let known = times[step] { return known }
    let text = at.description
    let made = (text: text, day: String(text.prefix(10)))
    times[step] = made
    return made
  }

  /// The counts of a proof against its rows.
  func compare(_ path: String, _ manifest: BundleManifest) throws -> [BundleFault] {
    var faults: [BundleFault] = []
    if manifest.people != Int64(count) {
      faults.append(
        BundleFault(BundleLayout.manifest, "", "it counts \(manifest.people) people, not \(count)")
      )
    }
    for state in RecipientState.allCases {
      let found = tallies.reduce(0) { $1.key.state == state ? $0 + $1.value : $0 }
      if manifest.count(state) != Int64(found) {
        faults.append(
          BundleFault(
            BundleLayout.manifest,
            "",
            "it says that \(manifest.count(state)) are \(state.rawValue), not \(found)"
          )
        )
      }
    }
    let stated = try rows(path, BundleLayout.tallies, BundleLayout.tallyColumns) { cells in
      RecipientState(rawValue: cells[2]).map {
        Tally(jurisdiction: cells[0], language: cells[1], state: $0)
      }
    }
    if stated != tallies {
      faults.append(BundleFault(BundleLayout.tallies, "", "it is not what the rows come to"))
    }
    let days = try rows(path, BundleLayout.days, BundleLayout.dayColumns) { cells in
      let channel = MailingChannel(rawValue: cells[1])
      guard let state = RecipientState(rawValue: cells[3]), cells[1].isEmpty || channel != nil
      else { return nil as MailingDays.Row? }
      return MailingDays.Row(
        day: cells[0],
        state: state,
        channel: channel,
        jurisdiction: cells[2],
        count: 0
      )
    }
    if days != self.days {
      faults.append(BundleFault(BundleLayout.days, "", "it is not what the rows come to"))
    }
    return faults
  }

  /// A file of counts.
  private func rows<Key: Hashable>(
    _ path: String,
    _ name: String,
    _ columns: [String],
    _ key: ([String]) -> Key?
  ) throws -> [Key: Int] {
    var reader = CSVReader(try BundleVerifier.open(path, name), undoesNeutralising: true)
    guard let header = try reader.next(), case .success(columns) = header.cells else {
      throw BundleFault(name, "line 1", "its columns are others")
    }
    var found: [Key: Int] = [:]
    while let row = try reader.next() {
      guard case .success(let cells) = row.cells, cells.count == columns.count,
        let key = key(cells), let count = Int(cells[cells.count - 1]), count > 0,
        found.updateValue(count, forKey: key) == nil
      else { throw BundleFault(name, "line \(row.line)", "it cannot be read") }
    }
    return found
  }
}
