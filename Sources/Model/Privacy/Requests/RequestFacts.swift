/// Work on a request that is to be done before it is answered.
public struct RequestTask: Codable, Sendable, Hashable {
  /// What is to be done.
  ///
  /// Foreign text; not empty; names nobody.
  public var title: String
  /// When it was done; nil while it is not.
  public var doneAt: Instant?
  /// Who said so; empty while it is not done.
  public var doneBy: String

  /// Makes a task.
  public init(_ title: String, doneAt: Instant? = nil, doneBy: String = "") {
    (self.title, self.doneAt, self.doneBy) = (title, doneAt, doneBy)
  }
}

/// How the identity of somebody who asks was looked at.
public struct IdentityCheck: Codable, Sendable, Hashable {
  /// How far it is known.
  public var state: IdentityState
  /// How, or what was asked for.
  ///
  /// Foreign text; names nobody.
  public var how: String
  /// When that was recorded; nil while nothing was done.
  public var at: Instant?
  /// Who recorded it.
  public var by: String

  /// Makes a check; one begins with nothing done.
  public init(
    state: IdentityState = .unchecked,
    how: String = "",
    at: Instant? = nil,
    by: String = ""
  ) {
    (self.state, self.how, self.at, self.by) = (state, how, at, by)
  }
}

/// How a request ended.
public struct RequestEnd: Codable, Sendable, Hashable {
  /// When the answer went out, or the request was withdrawn.
  public var at: StatedTime
  /// By what the answer went out; nil for one that was withdrawn.
  public var channel: RequestChannel?
  /// Why it was not followed; nil where it was.
  public var ground: RefusalGround?
  /// What was done, or why not.
  ///
  /// Foreign text; names nobody.
  public var note: String
  /// The evidence that proves it, by number.
  public var evidence: [RecordID]
  /// SHA-256 of the sealed text of the answer; empty where none is kept.
  public var sealed: String
  /// When it was recorded.
  public var recordedAt: Instant
  /// Who recorded it.
  public var by: String

  /// Makes an end.
  public init(
    at: StatedTime,
    channel: RequestChannel?,
    ground: RefusalGround? = nil,
    note: String = "",
    evidence: [RecordID] = [],
    sealed: String = "",
    recordedAt: Instant,
    by: String
  ) {
    (self.at, self.channel, self.ground, self.note) = (at, channel, ground, note)
    (self.evidence, self.sealed) = (evidence, sealed)
    (self.recordedAt, self.by) = (recordedAt, by)
  }
}

/// That a request takes longer, and that the person was told so.
public struct RequestExtension: Codable, Sendable, Hashable {
  /// Why.
  ///
  /// Foreign text; not empty; names nobody.
  public var reason: String
  /// When the person was told.
  public var told: StatedTime

  /// Makes an extension.
  public init(reason: String, told: StatedTime) { (self.reason, self.told) = (reason, told) }
}

/// What is known of a request by somebody about their data, without who it is.
///
/// Name, contact and words of the person are sealed beside it and never stand here.
public struct RequestFacts: RecordFacts {
  /// Its kind.
  public static let kind = Subject.Kind.request
  /// How the journal names its changes.
  public static let word = "request"
  /// What people call it.
  public static let noun = "request"

  /// What is wanted.
  public var wanted: RightsKind
  /// Where the person lives: `EU-DE`, `US-CA`.
  public var jurisdiction: String
  /// When it came in.
  public var receivedAt: StatedTime
  /// By what it came in.
  public var channel: RequestChannel
  /// Who answers it; nil where nobody does yet.
  ///
  /// Foreign text.
  public var handler: String?
  /// The activities it concerns, by reference.
  public var activities: [String] = []
  /// The matter of a mailing it was handed over from: `MLG-2026-0001/3`; empty for none.
  public var matter = ""
  /// By when it is due; nil where no law is known that sets a time.
  public var clock: RequestClock?
  /// Where it stands.
  public var state = RequestState.open
  /// When receipt was confirmed; nil while it was not.
  public var acknowledged: StatedTime?
  /// How far it is known who asks.
  public var identity = IdentityCheck()
  /// That it takes longer; nil where it does not.
  public var delay: RequestExtension?
  /// The work on it, in order; counted from 1.
  public var tasks: [RequestTask] = []
  /// How it ended; nil while it is open.
  public var end: RequestEnd?
  /// SHA-256 of what is sealed of the person.
  public var sealed = ""
  /// When the key to the person was destroyed; nil where it is there.
  public var erasedAt: Instant?

  /// One line that says what it is, and names nobody.
  public var title: String {
    "\(wanted.label) \(jurisdiction), received \(receivedAt.plain)"
  }

  /// Makes the facts of a request that came in.
  public init(
    _ wanted: RightsKind,
    jurisdiction: String,
    receivedAt: StatedTime,
    channel: RequestChannel
  ) {
    (self.wanted, self.jurisdiction) = (wanted, jurisdiction)
    (self.receivedAt, self.channel) = (receivedAt, channel)
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [
      ("wanted", wanted.label), ("jurisdiction", jurisdiction),
      ("received", receivedAt.plainWithZone), ("by", channel.label), ("handler", handler ?? ""),
      ("activities", activities.joined(separator: ", ")), ("matter", matter),
      ("due", clock.map { "\($0.due), \($0.citation)" } ?? ""), ("state", state.label),
      ("acknowledged", acknowledged?.plainWithZone ?? ""),
      ("identity", FieldList.pair(identity.state.label, ": ", identity.how)),
      ("extended", delay.map { "\($0.reason) (told \($0.told.plainWithZone))" } ?? ""),
      (
        "tasks",
        FieldList.joined(tasks.map { $0.doneAt == nil ? $0.title : "\($0.title) (done)" })
      ),
      ("ended", end.map(\.text) ?? ""), ("sealed", sealed),
    ]
  }

  /// Whether it is open though its time has passed.
  public func isOverdue(at now: Instant) -> Bool {
    state.isOpen && clock.map { $0.due < now } == true
  }

  /// By when receipt is still to be confirmed; nil where that was done, the request ended, or no law wants it.
  public var confirmBy: Instant? {
    state.isOpen && acknowledged == nil ? clock?.acknowledge?.due : nil
  }

  /// Whether receipt was not confirmed though its time has passed.
  public func isConfirmOverdue(at now: Instant) -> Bool { confirmBy.map { $0 < now } == true }

  /// The tasks that are not done.
  public var openTasks: [RequestTask] { tasks.filter { $0.doneAt == nil } }
}

extension RequestEnd {
  /// How it ended, in words.
  public var text: String {
    let how = [channel?.label, ground?.label, note.isEmpty ? nil : note].compactMap(\.self)
    return FieldList.pair(at.plainWithZone, ": ", how.joined(separator: ", "))
  }
}

/// A request as the record keeps it.
public typealias RightsRequest = KeptRecord<RequestFacts>
/// Takes a request off the list; nothing is deleted.
public typealias RemoveRequest = RemoveRecord<RequestFacts>
/// Puts a request back on the list.
public typealias RestoreRequest = PutBackRecord<RequestFacts>

/// Who made a request, and in which words: what is sealed.
public struct RequestPerson: Codable, Sendable, Hashable {
  /// Their name; may be empty.
  public var name: String
  /// How they are reached: e-mail, telephone, address; may be empty.
  public var contact: String
  /// What they wrote or said; may be empty.
  public var words: String

  /// Makes a person.
  public init(name: String, contact: String = "", words: String = "") {
    (self.name, self.contact, self.words) = (name, contact, words)
  }

  /// The most bytes of all fields together.
  public static let limit = 64 << 10
}
