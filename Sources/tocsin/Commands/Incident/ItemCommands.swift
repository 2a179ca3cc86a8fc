internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

/// A command that lists one kind of record of an incident.
protocol ItemListing: HeadlessCommand {
  /// The question for an incident's records.
  associatedtype Asked: Question
  /// One record.
  associatedtype Item where Asked.Answer == [Item]

  /// The incident, by its reference.
  var reference: String { get }
  /// Whether a person or a program reads.
  var format: ListFormatOptions { get }
  /// The question for an incident's records, in the order of the list.
  static func question(_ incident: RecordID) -> Asked
  /// A record for programs.
  static func json(_ item: Item) -> JSON
  /// The members of that which are columns of CSV.
  static var columns: [String] { get }
  /// What stands above the columns.
  static var titles: [Words] { get }
  /// Which columns hold numbers.
  static var numbers: Set<Int> { get }
  /// A record for people.
  static func row(_ item: Item) -> [Words]
}

extension ItemListing {
  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let incident = try await session.incident(reference, in: store)
    let items = try await store.answer(Self.question(incident.id))
    if format.json {
      try session.out.json(.array(items.map(Self.json)))
    } else if format.csv {
      try session.out.csv(items.map(Self.json), Self.columns)
    } else if !items.isEmpty {
      try session.out.sign(incident)
      let rows = items.map(Self.row)
      let table = Table(titles: Self.titles, rows: rows, right: Self.numbers)
      for line in table.lines(rows) { try session.out.line(line) }
    }
    return .done
  }
}

/// Which record of an incident a command means.
struct ItemArguments: ParsableArguments {
  @Argument(help: "The incident, such as INC-2026-0042.")
  var reference: String

  @Argument(help: "Its id, as the list shows it.")
  var id: RecordID

  /// Finds the record among those that a question answers with; `name` says what it is.
  ///
  /// - Throws: `Refusal` where the incident has no such record.
  func find<Q: Question, Item: Identifiable>(
    _ question: (RecordID) -> Q,
    _ name: String,
    in session: Session,
    _ store: any Store
  ) async throws -> Item where Q.Answer == [Item], Item.ID == RecordID {
    let incident = try await session.incident(reference, in: store)
    let items = try await store.answer(question(incident.id))
    return try items.named(id, name, of: incident)
  }
}

extension Array where Element: Identifiable, Element.ID == RecordID {
  /// The record with an id.
  ///
  /// - Throws: `Refusal` where there is none; it says what lists those that there are.
  func named(_ id: RecordID, _ name: String, of incident: Incident) throws -> Element {
    guard let item = first(where: { $0.id == id }) else {
      throw Refusal(
        "\(incident.reference) has no \(name) \(id)",
        advice: "what it has: tocsin incident \(name) list \(incident.reference)"
      )
    }
    return item
  }
}

extension Session {
  /// Brings a change of an incident, or of what hangs from it, into the record, and tells what it did.
  func alter(
    _ reference: String,
    _ format: FormatOptions,
    _ change: (Incident) throws -> any Change,
    saying words: (Incident, Receipt) -> Words
  ) async throws -> ExitStatus {
    let store = try open()
    let incident = try await incident(reference, in: store)
    let receipt = try await store.apply(try change(incident), origin: origin)
    return try report(receipt, format, words(incident, receipt))
  }
}
