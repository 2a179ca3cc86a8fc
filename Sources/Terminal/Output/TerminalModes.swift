/// The modes that we switch ourselves, because ncurses does not manage them, as bytes.
struct TerminalModes: Sendable {
  let capabilities: Capabilities

  /// Switches paste marks on, and has the terminal keep its window's title.
  var on: String {
    (capabilities.hasBracketedPaste ? "\u{1B}[?2004h" : "")
      + (capabilities.hasTitle ? "\u{1B}[22;2t" : "")
  }

  /// Switches reports of clicks, drags and the wheel on, in the form that has no largest column.
  var mouseOn: String { capabilities.hasMouse ? "\u{1B}[?1002h\u{1B}[?1006h" : "" }

  /// Switches reports of the mouse off.
  var mouseOff: String { capabilities.hasMouse ? "\u{1B}[?1006l\u{1B}[?1002l" : "" }

  /// Switches reports of the focus on and off.
  var focusOn: String { capabilities.hasMouse ? "\u{1B}[?1004h" : "" }
  /// Switches reports of the focus off.
  var focusOff: String { capabilities.hasMouse ? "\u{1B}[?1004l" : "" }

  /// Switches everything off that may be on, and gives the window back the title that was kept.
  func off(mouse: Bool, focus: Bool) -> String {
    (capabilities.hasBracketedPaste ? "\u{1B}[?2004l" : "")
      + (mouse ? mouseOff : "") + (focus ? focusOff : "")
      + (capabilities.hasTitle ? "\u{1B}[23;2t" : "")
  }

  /// What a dying program sends: everything off, whatever is on, and then the description's own way
  /// out of the screen.
  func farewell(_ capability: (String) -> [UInt8]?) -> [UInt8] {
    var bytes = Array((off(mouse: true, focus: capabilities.hasMouse)).utf8)
    for name in ["sgr0", "rmir", "cnorm", "rmkx", "rmcup"] {
      bytes += Self.withoutDelays(capability(name) ?? [])
    }
    let end = capability("rmcup") == nil ? "\r\n" : "\r"
    return bytes + Array(end.utf8)
  }

  /// What takes the screen again after a farewell: the description's own way.
  static func greeting(_ capability: (String) -> [UInt8]?) -> [UInt8] {
    ["smcup", "smkx"].flatMap { withoutDelays(capability($0) ?? []) }
  }

  /// A capability without the marks for delays, which only `tputs` understands: `$<5/>`.
  static func withoutDelays(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "<"),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
      {
        index = end + 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
