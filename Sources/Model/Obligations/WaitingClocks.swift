/// Asks for the duties of open incidents that are or may be owed and whose clocks cannot run, because
/// a fact is missing or not known well enough.
///
/// First those that are owed, then those of which nobody can say; of each by incident, then by rule. In
/// the stretch that was asked for, clocks that ran once stand first.
///
/// A duty that was met is not among them.
public struct WaitingClocks: Question {
  /// A duty that waits, and what its clock said when it last ran.
  public struct Row: Codable, Sendable, Equatable {
    /// The duty and the incident it stands in.
    public var clock: ClockList.Row
    /// What stood there while its clock ran; nil where it never did.
    public var stopped: Stopped?

    /// Makes a row.
    public init(clock: ClockList.Row, stopped: Stopped?) {
      (self.clock, self.stopped) = (clock, stopped)
    }
  }

  /// A clock that ran and was stopped by a fact that was taken away or is known less well.
  public struct Stopped: Codable, Sendable, Equatable {
    /// By when the duty was due.
    public var due: Instant
    /// When the clock was stopped.
    public var at: Instant
    /// What stopped it: the cause of the answer that did.
    public var cause: String

    /// Makes it of its parts.
    public init(due: Instant, at: Instant, cause: String) {
      (self.due, self.at, self.cause) = (due, at, cause)
    }

    /// What the history of a duty says; nil where its clock never ran, or ended otherwise.
    ///
    /// - Parameter history: Every answer to the duty, newest first.
    public init?(_ history: some Sequence<ObligationRecord>) {
      var stopping: ObligationRecord?
      for record in history {
        if record.obligation.state.isWaiting {
          stopping = record
        } else if let due = record.obligation.state.deadline?.due, let stopping {
          self.init(due: due, at: stopping.computedAt, cause: stopping.cause)
          return
        } else {
          return nil
        }
      }
      return nil
    }
  }

  /// What comes back.
  public typealias Answer = Page<Row>
  /// Which stretch.
  public var window: RowWindow
  /// Only those whose rule, recipient, law, reference or title has this text; empty for all.
  public var text: String

  /// Makes the question.
  public init(window: RowWindow, text: String = "") { (self.window, self.text) = (window, text) }
}

extension WaitingClocks.Row {
  /// What is missing, in a few words: `when aware, risk to people`; of many the first three.
  public var missingWords: String {
    let labels = clock.record.obligation.state.missing.map(\.label)
    let more = labels.count > 3 ? " and \(labels.count - 3) more" : ""
    return labels.prefix(3).joined(separator: ", ") + more
  }
}

extension Obligation.State {
  /// Whether the duty is or may be owed and its clock cannot run for want of a fact.
  public var isWaiting: Bool {
    switch self {
    case .clockNotStarted, .undetermined: true
    case .due, .noFixedDeadline, .held, .none: false
    }
  }
}
