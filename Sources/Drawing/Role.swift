/// What a cell means.
///
/// A theme gives each role its colours; nothing else names a colour.
/// The raw value is stable within a build only. `letter` stands for it in golden screens.
public enum Role: UInt8, CaseIterable, Sendable {
  // Text and ground
  case text, textMuted, textStrong, heading, link
  /// A key named in a text, away from the bar.
  case key
  // Frame of the screen
  case bar, barTitle, barKey, breadcrumb, border, borderFocused, tab, tabActive
  // Lists and fields
  case row, rowSelected, rowMarked, rowSelectedUnfocused, columnHeader, columnSorted
  case field, fieldFocused, fieldInvalid, placeholder, match
  // Meanings
  case severityCritical, severityHigh, severityMedium, severityLow, severityNone
  case stateOpen, stateProgress, stateDone, stateClosed
  case deadlineOverdue, deadlineSoon, deadlineLater, deadlineMet
  case success, warning, danger, information
  // Text from outside that could not be shown as it is
  case mark
  /// A person's own data, shown unmasked: no recording, picture or text of the screen has it.
  case personal
  // Charts
  case chart, chartTrack, chartAccent
  // Badges
  case badge, badgeRecording, badgeReadOnly, badgePaused

  /// The role's name in theme files: the case's name.
  public var name: String { String(describing: self) }

  /// One letter for the role in golden screens; the text's own is a point.
  ///
  /// A letter is never given to another role: old screens would lie.
  public var letter: Character {
    switch self {
    case .text: "."
    case .textMuted: "m"
    case .textStrong: "T"
    case .heading: "H"
    case .link: "l"
    case .key: "K"
    case .bar: "b"
    case .barTitle: "B"
    case .barKey: "k"
    case .breadcrumb: "c"
    case .border: "-"
    case .borderFocused: "="
    case .tab: "t"
    case .tabActive: "A"
    case .row: "r"
    case .rowSelected: "#"
    case .rowMarked: "*"
    case .rowSelectedUnfocused: "+"
    case .columnHeader: "h"
    case .columnSorted: "s"
    case .field: "f"
    case .fieldFocused: "F"
    case .fieldInvalid: "!"
    case .placeholder: "p"
    case .match: "/"
    case .severityCritical: "4"
    case .severityHigh: "3"
    case .severityMedium: "2"
    case .severityLow: "1"
    case .severityNone: "0"
    case .stateOpen: "o"
    case .stateProgress: "P"
    case .stateDone: "d"
    case .stateClosed: "C"
    case .deadlineOverdue: "O"
    case .deadlineSoon: "S"
    case .deadlineLater: "L"
    case .deadlineMet: "M"
    case .success: "y"
    case .warning: "w"
    case .danger: "D"
    case .information: "i"
    case .mark: "^"
    case .personal: "n"
    case .chart: "G"
    case .chartTrack: "g"
    case .chartAccent: "a"
    case .badge: "x"
    case .badgeRecording: "R"
    case .badgeReadOnly: "E"
    case .badgePaused: "Z"
    }
  }
}

/// How a cell stands out beside its role: what a theme cannot take away.
public struct Emphasis: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// Makes emphasis of its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Heavier strokes.
  public static let bold = Emphasis(rawValue: 1)
  /// A line below.
  public static let underline = Emphasis(rawValue: 2)
  /// Ground and text exchanged.
  public static let reverse = Emphasis(rawValue: 4)
  /// Weaker.
  public static let dim = Emphasis(rawValue: 8)
}

/// The look of a piece of text: its meaning and how it stands out.
public struct Style: Hashable, Sendable {
  /// What it means.
  public var role: Role
  /// How it stands out beside that.
  public var emphasis: Emphasis

  /// Makes a style.
  public init(_ role: Role, _ emphasis: Emphasis = []) {
    (self.role, self.emphasis) = (role, emphasis)
  }
}
