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
    case .undo(let entries, let then): .undo(entries, then: { wrap(then($0)) })
    case .send(let action): .send(wrap(action))
    case .present(let overlay): .present(overlay.map(wrap))
    case .perform(let errand): .perform(errand.map(wrap))
    case .toast(let toast): .toast(toast)
    case .go(let destination): .go(destination)
    }
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
  case journal = 9

  /// The view's name.
  public var title: String {
    switch self {
    case .overview: "Overview"
    case .incidents: "Incidents"
    case .clocks: "Clocks"
    case .audits: "Audits"
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
