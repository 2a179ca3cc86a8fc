internal import App
internal import ArgumentParser
internal import Foundation
internal import Model
internal import Storage

/// A command that prints and ends.
protocol HeadlessCommand: ParsableCommand {
  /// What the journal calls it: `incident add`.
  static var origin: String { get }
  /// Which store it works on.
  var options: StoreOptions { get }
  /// Does it.
  func perform(in session: Session) async throws -> ExitStatus
}

/// What a command works with: its words' way out, the environment, the present.
struct Session {
  /// Where words go.
  let out = Output()
  /// The process's environment.
  let environment: [String: String]
  /// The options that every command has.
  let options: StoreOptions
  /// What the journal will say about where a change came from.
  let origin: String
  /// Who acts.
  let actor: Actor

  /// Makes a command's session.
  init(_ command: any HeadlessCommand, environment: [String: String]) {
    self.init(command.options, origin: type(of: command).origin, environment: environment)
  }

  /// Makes a session of what the command line said.
  init(_ options: StoreOptions, origin: String, environment: [String: String]) {
    (self.options, self.environment) = (options, environment)
    self.origin = options.now == nil ? origin : "\(origin) --now"
    actor = KernelIdentity.current(environment: environment)
  }

  /// The present: the clock's, or the one that was given.
  var now: Instant { options.now ?? Instant.system }

  /// The present and the zone in which words about time are read.
  var reading: TimeReading { TimeReading(now: now, zone: HostZone.find(environment: environment)) }

  /// The path of the store.
  var storePath: String { StorePath.resolve(option: options.store, environment: environment) }

  /// Opens the store, or makes it.
  func open() throws -> SQLiteStore {
    try SQLiteStore(path: storePath, options: storeOptions)
  }

  /// Opens a store that is there: a check of a store that nobody ever wrote would always pass.
  ///
  /// - Throws: `Refusal` where there is no file.
  func openExisting() throws -> SQLiteStore {
    try requireStore()
    return try open()
  }

  /// Refuses to go on where there is no store.
  func requireStore() throws {
    guard FileManager.default.fileExists(atPath: storePath) else {
      throw Refusal(
        "there is no store \(storePath)",
        advice: "name it with --store or TOCSIN_STORE; what writes makes one"
      )
    }
  }

  /// How stores are opened: who acts, the present, whether anything may be altered.
  var storeOptions: SQLiteStore.Options {
    let fixed = options.now
    return SQLiteStore.Options(
      isReadOnly: options.readOnly,
      now: { fixed ?? Instant.system },
      actor: actor,
      keys: environment["TOCSIN_KEYS"].flatMap { $0.isEmpty ? nil : $0 }
    )
  }

  /// The incident that has a reference.
  ///
  /// - Throws: `Refusal` where there is none.
  func incident(_ reference: String, in store: any Store) async throws -> Incident {
    guard let incident = try await store.answer(IncidentByReference(reference)) else {
      throw Refusal(
        "there is no incident \(reference)",
        advice: "what there is: tocsin incident list"
      )
    }
    return incident
  }

  /// Reads a time as it was typed.
  func time(_ text: String) throws -> StatedTime {
    do {
      return try StatedTime(reading: text, reading)
    } catch let error as UnreadableTime {
      throw Refusal("\(text): \(error)", status: .usage)
    }
  }

  /// Reads a filter as it was typed.
  func filter(_ text: String?) throws -> Filter {
    do {
      return try Filter(parsing: text ?? "", reading)
    } catch let error as UnreadableFilter {
      throw Refusal("the filter, \(error)", status: .usage)
    }
  }
}
