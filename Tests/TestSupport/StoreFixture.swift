public import Model
public import Storage
import Synchronization

/// A clock that stands still until it is told to go on.
public final class FixedClock: Sendable {
  private let instant: Mutex<Instant>

  /// Makes a clock; without words it shows 18 May 2026, 12:40:00 UTC.
  public init(_ instant: Instant = Instant(seconds: 1_779_108_000)) {
    self.instant = Mutex(instant)
  }

  /// What it shows.
  public var now: Instant { instant.withLock { $0 } }

  /// Moves it on.
  public func advance(by length: Duration) { instant.withLock { $0 = $0 + length } }
}

/// A store in a directory of its own, with a fixed clock and a made-up officer.
public final class StoreFixture: Sendable {
  /// Where everything lies.
  public let directory: TemporaryDirectory
  /// What the store takes for the present.
  public let clock: FixedClock
  /// The store.
  public let store: SQLiteStore

  /// The store's path.
  public var path: String { directory.file("tocsin.sqlite") }

  /// Opens a new store.
  public init(actor: String = "meyer") throws {
    directory = try TemporaryDirectory()
    let clock = FixedClock()
    self.clock = clock
    store = try SQLiteStore(
      path: directory.file("tocsin.sqlite"),
      options: Self.options(clock, actor: actor)
    )
  }

  /// Opens the same file a second time, as another officer's process would.
  public func another(
    actor: String = "okafor",
    uid: UInt32 = 4711,
    isReadOnly: Bool = false
  ) throws -> SQLiteStore {
    var options = Self.options(clock, actor: actor)
    options.actor.uid = uid
    options.isReadOnly = isReadOnly
    return try SQLiteStore(path: path, options: options)
  }

  /// The options of a made-up officer.
  public static func options(_ clock: FixedClock, actor: String = "meyer") -> SQLiteStore.Options {
    SQLiteStore.Options(now: { clock.now }, actor: Actor(uid: 4711, name: actor))
  }

  /// Opens an incident of which only the title matters.
  public func open(_ title: String, severity: Severity? = nil) async throws -> Receipt {
    try await store.apply(
      OpenIncident(facts: IncidentFacts(title: title, severity: severity)),
      origin: "test"
    )
  }
}
