internal import GRDB
internal import Model

/// How connections to a store are set up, and the proof that they are.
enum Connections {
  /// How many questions are answered at the same time.
  static let readers = 3

  static func configuration(isReadOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.label = "tocsin.store"
    configuration.readonly = isReadOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      guard let connection = db.sqliteConnection, DefensiveMode.turnOn(connection) else {
        throw StoreError.failed("SQLite did not accept its defensive mode")
      }
      try db.execute(
        sql: """
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          PRAGMA mmap_size = 0;
          PRAGMA secure_delete = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA cache_size = -4096;
          """
      )
    }
    return configuration
  }

  /// What must be in force on the writer: pragma and value.
  static let required: [(name: String, value: String)] = [
    ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"),
    ("trusted_schema", "0"), ("cell_size_check", "1"), ("mmap_size", "0"),
    ("secure_delete", "1"), ("application_id", String(Schema.applicationID)),
  ]

  /// The pragmas in force on a connection, by name.
  static func pragmas(in db: Database) throws -> [String: String] {
    var found: [String: String] = [:]
    for name in required.map(\.name) + ["busy_timeout", "cache_size", "temp_store", "page_size"] {
      let value = try Row.fetchOne(db, sql: "PRAGMA \(name)")?[0] as DatabaseValue?
      switch value?.storage {
      case .string(let text): found[name] = text
      case .int64(let number): found[name] = String(number)
      default: found[name] = ""
      }
    }
    return found
  }

  /// Whether SQLite's defensive mode is in force on a connection.
  static func isDefensive(_ db: Database) -> Bool {
    db.sqliteConnection.map(DefensiveMode.isOn) ?? false
  }

  /// Sets log and durability on the writer, and checks all settings.
  static func secureWriter(_ db: Database) throws {
    try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    let found = try pragmas(in: db)
    for (name, value) in required where found[name] != value {
      throw StoreError.failed(
        "SQLite did not accept the setting \(name) = \(value) (it says \(found[name] ?? "nothing"))"
      )
    }
  }
}
