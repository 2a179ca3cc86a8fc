internal import CSQLite

/// SQLite's defensive mode: SQL alone, even in a file that was tampered with, cannot write into the
/// tables behind the full-text index or into the schema, and so not damage the file.
enum DefensiveMode {
  /// Turns it on for a connection; says whether it is on now.
  static func turnOn(_ connection: OpaquePointer) -> Bool {
    tcn_sqlite_defensive(connection, 1) == 1
  }

  /// Whether it is on for a connection.
  static func isOn(_ connection: OpaquePointer) -> Bool {
    tcn_sqlite_defensive(connection, -1) == 1
  }
}
