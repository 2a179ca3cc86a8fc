internal import App
internal import ArgumentParser
internal import Foundation
internal import Model
internal import Storage

/// A command that prints and ends.
protocol HeadlessCommand: ParsableCommand {
  /// What the journal calls it: `incident add`.
  static var origin: String { get }
  /// Whether it makes a store that is named on the command line and not there.
  ///
  /// Others refuse, so that a mistyped name is seen; the usual store is made by whoever comes first.
  static var makesStore: Bool { get }
  /// Which store it works on.
  var options: StoreOptions { get }
  /// Does it.
  func perform(in session: Session) async throws -> ExitStatus
}

extension HeadlessCommand {
  static var makesStore: Bool { false }
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
  private let makesStore: Bool

  /// Makes a command's session.
  init(_ command: any HeadlessCommand, environment: [String: String]) {
    let type = type(of: command)
    self.init(
      command.options,
      origin: type.origin,
      makesStore: type.makesStore,
      environment: environment
    )
  }

  /// Makes a session of what the command line said.
  init(
    _ options: StoreOptions,
    origin: String,
    makesStore: Bool = true,
    environment: [String: String]
  ) {
    (self.options, self.environment, self.makesStore) = (options, environment, makesStore)
    self.origin = options.now == nil ? origin : origin + GivenClock.mark
    actor = KernelIdentity.current(environment: environment)
  }

  /// The present: the clock's, or the one that was given.
  var now: Instant { options.now ?? Instant.system }

  /// The present and the zone in which words about time are read.
  var reading: TimeReading { TimeReading(now: now, zone: HostZone.find(environment: environment)) }

  /// The path of the store.
  var storePath: String { StorePath.resolve(option: options.store, environment: environment) }

  /// Opens the store, or makes it where it may.
  ///
  /// - Throws: `Refusal` where a store is named that is not there, and the command makes none.
  func open() throws -> SQLiteStore {
    if options.store != nil, !makesStore { try requireStore() }
    return try SQLiteStore(path: storePath, options: storeOptions)
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
        advice: "name it with --store or TOCSIN_STORE; tocsin incident add makes one"
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
