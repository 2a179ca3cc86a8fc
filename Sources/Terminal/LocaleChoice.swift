internal import CNcursesW
import Glibc

/// Which character encoding the screen is drawn in.
///
/// Officers come over SSH with the name of a locale that the host does not have, or with none at
/// all; their terminals understand UTF-8 all the same. So `C.UTF-8` stands in, unless somebody
/// has asked for something else: a locale of another encoding, or plain C by `LC_ALL` or
/// `LC_CTYPE`.
struct LocaleChoice: Hashable, Sendable {
  /// Whether characters beyond ASCII may be sent.
  var isUTF8: Bool
  /// What the officer is told, if the choice is not what was set.
  var hint: String?

  /// The locale that the environment names, as `setlocale` finds it; empty where none is named.
  static func named(in environment: [String: String]) -> (name: String, isMeant: Bool) {
    for variable in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = environment[variable], !value.isEmpty { return (value, variable != "LANG") }
    }
    return ("", false)
  }

  /// Whether a name of a locale leaves it open what the terminal understands.
  static func leavesEncodingOpen(_ name: String, isMeant: Bool) -> Bool {
    if name.isEmpty { return true }
    if name == "C" || name == "POSIX" { return !isMeant }
    let upper = name.uppercased()
    return upper.contains("UTF-8") || upper.contains("UTF8") || !name.contains(".")
  }

  /// Sets the locale of characters for the process.
  static func make(in environment: [String: String]) -> LocaleChoice {
    let (name, isMeant) = named(in: environment)
    if !name.isEmpty, setlocale(LC_CTYPE, name) != nil, isCodesetUTF8 {
      return LocaleChoice(isUTF8: true, hint: nil)
    }
    if leavesEncodingOpen(name, isMeant: isMeant) {
      for stand in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, stand) != nil {
        guard isCodesetUTF8 else { continue }
        let plain = name.isEmpty || name == "C" || name == "POSIX"
        return LocaleChoice(
          isUTF8: true,
          hint: plain ? nil : "This host has no locale \(name): \(stand) is used."
        )
      }
    }
    setlocale(LC_CTYPE, "C")
    return LocaleChoice(
      isUTF8: false,
      hint: "The locale is not UTF-8: lines and signs are drawn in plain ASCII."
    )
  }

  private static var isCodesetUTF8: Bool {
    tcn_codeset().map { String(cString: $0) } == "UTF-8"
  }
}
