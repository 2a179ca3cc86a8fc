/// What a cell means. A theme gives each role its colours; nothing else names a colour.
///
/// The raw value is stable within a build only. `letter` stands for it in golden screens.
public enum Role: UInt8, CaseIterable, Sendable {
  // Text and ground
  case text, textMuted, textStrong, heading, link
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
  // Charts
  case chart, chartTrack, chartAccent
  // Badges
  case badge, badgeRecording, badgeReadOnly, badgePaused

  /// The role's name in theme files: the case's name.
  public var name: String { String(describing: self) }
}

/// How a cell stands out beside its role: what a theme cannot take away.
public struct Emphasis: OptionSet, Hashable, Sendable {
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
