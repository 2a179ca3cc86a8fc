import Glibc
import Model
import Panes

/// What the dashboard remembers of an officer between sessions; nothing of the record itself.
///
/// Kept as lines of a word and a value in `$XDG_STATE_HOME/tocsin/dashboard.conf`, mode 0600. Plain
/// text rather than JSON: it is read before the first screen, and a decoder costs more than the
/// rest of the start. A line that is not understood is left out.
struct Preferences: Equatable, Sendable {
  var theme: String?
  var isMouseOn = true
  var isBellOn = true
  var order: IncidentOrder?
  var hiddenColumns: Set<String> = []
  var filterText = ""
  /// By store path: the journal entry up to which the officer has seen everything.
  var lastSeen: [String: JournalSequence] = [:]

  init() {}

  /// Reads the lines of a file's text.
  init(reading text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      read(parts[0], parts[1])
    }
  }

  private mutating func read(_ word: String, _ value: String) {
    switch word {
    case "theme": theme = value
    case "mouse": isMouseOn = value != "off"
    case "bell": isBellOn = value != "off"
    case "hidden": hiddenColumns = Set(value.split(separator: ",").map(String.init))
    case "filter": filterText = value
    case "order":
      let words = value.split(separator: " ")
      guard let column = words.first.flatMap({ IncidentOrder.Column(rawValue: String($0)) }) else {
        return
      }
      order = IncidentOrder(column, descending: words.last == "descending")
    case "seen":
      let words = value.split(separator: " ", maxSplits: 1).map(String.init)
      if words.count == 2, let entry = JournalSequence(words[0]) { lastSeen[words[1]] = entry }
    default: break
    }
  }

  /// The lines of the file.
  var text: String {
    var lines: [String] = []
    if let theme { lines.append("theme \(theme)") }
    lines.append("mouse \(isMouseOn ? "on" : "off")")
    if !isBellOn { lines.append("bell off") }
    if let order {
      lines.append(
        "order \(order.column.rawValue) \(order.isDescending ? "descending" : "ascending")"
      )
    }
    if !hiddenColumns.isEmpty {
      lines.append("hidden \(hiddenColumns.sorted().joined(separator: ","))")
    }
    if !filterText.isEmpty { lines.append("filter \(filterText)") }
    for (path, entry) in lastSeen.sorted(by: { $0.key < $1.key }) where !path.contains("\n") {
      lines.append("seen \(entry) \(path)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads the preferences; defaults where there are none.
  static func read(from path: String) -> Preferences {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return Preferences() }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    return Preferences(reading: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
  }

  /// Writes the preferences, replacing the file whole; a failure loses nothing of the record and is
  /// not reported.
  func write(to path: String) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    var parent = ""
    for part in folder.split(separator: "/") {
      parent += "/\(part)"
      mkdir(parent, 0o700)
    }
    let draft = "\(path).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    let bytes = Array(text.utf8)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
    if written == bytes.count { rename(draft, path) } else { unlink(draft) }
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
    (state.isMouseOn, state.isBellOn) = (isMouseOn, isBellOn)
    if let order {
      state.incidents.order = order
      state.incidents.column = order.column.rawValue
    }
    state.incidents.hiddenColumns = hiddenColumns
    if !filterText.isEmpty,
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
    (isMouseOn, isBellOn) = (state.isMouseOn, state.isBellOn)
    order = state.incidents.order
    hiddenColumns = state.incidents.hiddenColumns
    filterText = state.incidents.filterText
    lastSeen[storePath] = max(state.seenHead ?? 0, state.overview.lastSeen)
  }
}
