import Foundation
import Model

/// What the dashboard remembers of an officer between sessions; nothing of the record itself.
///
/// Kept as JSON in `$XDG_STATE_HOME/tocsin/dashboard.json`, mode 0600. A file that cannot be read
/// is left alone and the defaults are used.
struct Preferences: Codable, Equatable, Sendable {
  var theme: String?
  var isMouseOn = true
  var order: IncidentOrder?
  var hiddenColumns: Set<String>?
  var filterText: String?
  /// By store path: the journal entry up to which the officer has seen everything.
  var lastSeen: [String: JournalSequence] = [:]

  /// Reads the preferences; defaults where there are none.
  static func read(from path: String) -> Preferences {
    guard let data = FileManager.default.contents(atPath: path),
      let preferences = try? JSONDecoder().decode(Preferences.self, from: data)
    else { return Preferences() }
    return preferences
  }

  /// Writes the preferences; a failure loses nothing of the record and is not reported.
  func write(to path: String) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(self) else { return }
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try? data.write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}

/// Where a program keeps what belongs to its user, by the XDG base directory specification.
enum StatePath {
  /// `$XDG_STATE_HOME/tocsin`, or `~/.local/state/tocsin`; nil without a home.
  static func folder(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return "\(state)/tocsin" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/tocsin"
  }
}
