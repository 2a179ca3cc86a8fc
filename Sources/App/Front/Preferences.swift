import Foundation
import Model
import Panes

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
      atPath: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
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

extension Preferences {
  /// Gives the dashboard back what it was left with.
  func restore(into state: inout RootState) {
    state.isMouseOn = isMouseOn
    if let order {
      state.incidents.order = order
      state.incidents.column = order.column.rawValue
    }
    if let hiddenColumns { state.incidents.hiddenColumns = hiddenColumns }
    if let filterText,
      let filter = try? Filter(
        parsing: filterText,
        TimeReading(now: state.world.now, zone: state.world.zone)
      )
    {
      (state.incidents.filterText, state.incidents.filter) = (filterText, filter)
    }
  }

  /// What is to be remembered of a session that ends.
  @MainActor
  init(keeping state: RootState, _ theme: String, _ storePath: String, _ before: Preferences) {
    self = before
    self.theme = theme
    isMouseOn = state.isMouseOn
    order = state.incidents.order
    hiddenColumns = state.incidents.hiddenColumns
    filterText = state.incidents.filterText
    lastSeen[storePath] = max(state.seenHead, state.overview.lastSeen)
  }
}
