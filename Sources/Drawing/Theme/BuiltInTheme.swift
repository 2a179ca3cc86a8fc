extension Theme {
  /// The theme the program starts with: it needs no file, and so no time to read one.
  ///
  /// The same as `themes/dark.yaml`; a test keeps both equal.
  public static let builtIn = Theme(
    id: "dark",
    title: "Dark",
    pairs: [
      .text: look(),
      .textMuted: look(245),
      .textStrong: look(.bold),
      .heading: look(117, .bold),
      .link: look(75, .underline),
      .key: look(222),
      .bar: look(252, on: 236),
      .barTitle: look(231, on: 24, .bold),
      .barKey: look(222, on: 236),
      .breadcrumb: look(252, on: 236),
      .border: look(240),
      .borderFocused: look(75),
      .tab: look(245),
      .tabActive: look(231, on: 24, .bold),
      .row: look(),
      .rowSelected: look(231, on: 25),
      .rowMarked: look(221, .bold),
      .rowSelectedUnfocused: look(252, on: 238),
      .columnHeader: look(250, .bold),
      .columnSorted: look(117, .bold),
      .field: look(252, on: 235),
      .fieldFocused: look(231, on: 238),
      .fieldInvalid: look(217, on: 52),
      .placeholder: look(243),
      .match: look(16, on: 221),
      .severityCritical: look(203, .bold),
      .severityHigh: look(215),
      .severityMedium: look(221),
      .severityLow: look(150),
      .severityNone: look(245),
      .stateOpen: look(117),
      .stateProgress: look(221),
      .stateDone: look(150),
      .stateClosed: look(245),
      .deadlineOverdue: look(231, on: 160, .bold),
      .deadlineSoon: look(221, .bold),
      .deadlineLater: look(117),
      .deadlineMet: look(150),
      .success: look(114),
      .warning: look(221),
      .danger: look(203, .bold),
      .information: look(117),
      .mark: look(231, on: 90),
      .personal: look(231, on: 53),
      .chart: look(75),
      .chartTrack: look(238),
      .chartAccent: look(215),
      .badge: look(16, on: 250),
      .badgeRecording: look(231, on: 160, .bold),
      .badgeReadOnly: look(16, on: 221, .bold),
      .badgePaused: look(16, on: 117, .bold),
    ]
  )

  /// Whether the bytes of a file are those of `themes/dark.yaml`, which says what ``builtIn`` says: it
  /// need not be parsed.
  ///
  /// Most screens begin with it. Compares FNV-1a hashes; a test keeps ours in step with the file.
  public static func isBuiltIn(_ file: some Sequence<UInt8>) -> Bool {
    let hash = file.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return hash == 0x177B_B323_F2BA_64DA
  }

  private static func look(
    _ foreground: UInt8? = nil,
    on background: UInt8? = nil,
    _ attributes: Emphasis = []
  ) -> Look {
    Look(
      foreground: foreground.map { .indexed($0) } ?? .standard,
      background: background.map { .indexed($0) } ?? .standard,
      attributes: attributes
    )
  }

  private static func look(_ attributes: Emphasis) -> Look { Look(attributes: attributes) }
}
