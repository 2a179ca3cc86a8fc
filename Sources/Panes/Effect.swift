public import Model

/// What a pane wants done.
///
/// Reducers only say it; App does it, off the thread that draws.
///
/// `Action` is the pane's own action type: results come back as one.
public enum Effect<Action: Sendable>: Sendable {
  /// Answer a question. A later question in the same slot makes this one's answer late, and a late
  /// answer is dropped.
  case ask(Asking<Action>)
  /// Bring changes into the record, all or none.
  case apply([any Change], then: @Sendable (Result<[Receipt], StoreError>) -> Action)
  /// Perform a job: work on the record that gives something back or takes long.
  case work(Working<Action>)
  /// Take journal entries back.
  case undo([JournalSequence], then: @Sendable (Result<[Receipt], StoreError>) -> Action)
  /// Send this action to the pane again in this turn of the loop.
  case send(Action)
  /// Put something over the pane that takes the keys until it is done.
  case present(Overlay<Action>)
  /// Do something outside the record: run the editor, copy, hash a file.
  case perform(Errand<Action>)
  /// Show a short message that goes away by itself.
  case toast(Toast)
  /// Go somewhere else in the program.
  case go(Destination)

  /// The same effect, its results turned into another action type.
  public func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> Effect<Outer> {
    switch self {
    case .ask(let asking): .ask(asking.map(wrap))
    case .apply(let changes, let then): .apply(changes, then: { wrap(then($0)) })
    case .work(let working): .work(working.map(wrap))
    case .undo(let entries, let then): .undo(entries, then: { wrap(then($0)) })
    case .send(let action): .send(wrap(action))
    case .present(let overlay): .present(overlay.map(wrap))
    case .perform(let errand): .perform(errand.map(wrap))
    case .toast(let toast): .toast(toast)
    case .go(let destination): .go(destination)
    }
  }
}

/// A job with what becomes of its outcome; the job's type is sealed inside.
public struct Working<Action: Sendable>: Sendable {
  /// What it is called while it runs, with its progress and a way to stop it; nil where it is over
  /// before anybody could read that.
  public let title: String?
  /// The job, for tests and logs.
  public let job: any Job
  /// Performs it and turns the outcome into an action.
  public let run:
    @Sendable (any Store, String, @escaping @Sendable (JobProgress) -> Bool) async
      -> Action

  /// Makes work of a job.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - title: What it is called while it runs; nil for what is over at once.
  ///   - then: What becomes of the outcome; a job that the officer stopped is refused.
  public init<J: Job>(
    _ job: J,
    title: String? = nil,
    then: @escaping @Sendable (Result<J.Outcome, StoreError>) -> Action
  ) {
    (self.title, self.job) = (title, job)
    run = { store, origin, progress in
      do {
        return then(.success(try await store.perform(job, origin: origin, progress: progress)))
      } catch let error as StoreError {
        return then(.failure(error))
      } catch is CancellationError {
        return then(.failure(.refused("stopped; what was done until then stays")))
      } catch {
        return then(.failure(.failed("\(error)")))
      }
    }
  }

  private init(
    title: String?,
    job: any Job,
    run:
      @escaping @Sendable (any Store, String, @escaping @Sendable (JobProgress) -> Bool) async
      -> Action
  ) {
    (self.title, self.job, self.run) = (title, job, run)
  }

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> Working<Outer> {
    Working<Outer>(title: title, job: job, run: { wrap(await run($0, $1, $2)) })
  }
}

/// A question with what becomes of its answer; the answer's type is sealed inside.
public struct Asking<Action: Sendable>: Sendable {
  /// Questions of one slot supersede each other.
  public let slot: String
  /// The question, for tests and logs.
  public let question: any Question
  /// Asks a store and turns the answer into an action.
  public let run: @Sendable (any Store) async -> Action

  /// Makes an asking.
  public init<Q: Question>(
    _ question: Q,
    slot: String,
    then: @escaping @Sendable (Result<Q.Answer, StoreError>) -> Action
  ) {
    self.slot = slot
    self.question = question
    run = { store in
      do {
        return then(.success(try await store.answer(question)))
      } catch let error as StoreError {
        return then(.failure(error))
      } catch {
        return then(.failure(.failed("\(error)")))
      }
    }
  }

  private init(
    slot: String,
    question: any Question,
    run: @escaping @Sendable (any Store) async -> Action
  ) {
    (self.slot, self.question, self.run) = (slot, question, run)
  }

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> Asking<Outer> {
    Asking<Outer>(slot: slot, question: question, run: { wrap(await run($0)) })
  }
}

extension Effect {
  /// Performs a job.
  public static func work<J: Job>(
    _ job: J,
    title: String? = nil,
    then: @escaping @Sendable (Result<J.Outcome, StoreError>) -> Action
  ) -> Effect {
    .work(Working(job, title: title, then: then))
  }

  /// Asks a question in a slot.
  public static func ask<Q: Question>(
    _ question: Q,
    slot: String,
    then: @escaping @Sendable (Result<Q.Answer, StoreError>) -> Action
  ) -> Effect {
    .ask(Asking(question, slot: slot, then: then))
  }
}

/// Somewhere in the program.
public enum Destination: Hashable, Sendable {
  /// One of the views `1` to `9`.
  case view(ViewID)
  /// An incident, opened in the view of incidents.
  case incident(RecordID)
  /// A record that hangs from an incident, in the incident's own tab for it.
  case item(Subject, of: RecordID)
  /// The incidents that pass a filter.
  case incidents(filterText: String)
  /// An audit by its reference, opened in the view of audits.
  case audit(String)
  /// A mailing by its number, opened in the view of notices.
  case mailing(RecordID)
  /// An activity by its reference, in the view of privacy.
  case activity(String)
  /// A request by its reference, in the view of privacy.
  case request(String)
  /// A purpose that people consent to by its reference, in the view of privacy.
  case purpose(String)
  /// What is due for deletion, by the name of its row, in the view of privacy.
  case dueData(String)
  /// A finding by its number, in the view of audits.
  case finding(RecordID)
  /// A phishing exercise by its number, in the view of people.
  case exercise(RecordID)
  /// The form for a new mailing of an incident, which fulfils these duties.
  case newMailing(RecordID, obligations: [String])
  /// A course or handling protocol by its number, in the view of people.
  case course(RecordID)
  /// A statement by its number, in the view of statements.
  case statement(RecordID)
  /// The journal of one record.
  case journal(Subject)
  /// Back to where one came from; at the root it asks whether to quit.
  case back
}

/// The views, by their number keys.
public enum ViewID: Int, Hashable, Sendable, CaseIterable {
  case overview = 1
  case incidents = 2
  case clocks = 3
  case audits = 4
  case notices = 5
  case privacy = 6
  case people = 7
  case statements = 8
  case journal = 9

  /// The view's name.
  public var title: String {
    switch self {
    case .overview: "Overview"
    case .incidents: "Incidents"
    case .clocks: "Clocks"
    case .audits: "Audits"
    case .notices: "Notices"
    case .privacy: "Privacy"
    case .people: "People"
    case .statements: "Statements"
    case .journal: "Journal"
    }
  }
}

/// A short message.
public struct Toast: Hashable, Sendable {
  /// How it is meant.
  public enum Kind: Hashable, Sendable {
    case done, notice, failure
  }
  /// How it is meant.
  public var kind: Kind
  /// The words; drawn through the text sink like everything.
  public var text: String

  /// Makes a message.
  public init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }
}
