internal import Model

/// The facts of an incident after its edits, of which only those are read that still show.
///
/// Most edits set what a later one sets again: which field an edit sets can be told from its text without
/// reading it, a hundred times faster.
enum EditedFacts {
  /// Fields that an edit sets as a whole.
  private static let whole: Set<String> = [
    "title", "summary", "severity", "outcome", "actions", "data", "assets", "tags",
  ]

  /// The facts; nil where an edit cannot be read.
  static func facts(_ opened: IncidentFacts, _ edits: [String]) -> IncidentFacts? {
    var shown: [String] = []
    var set: Set<String> = []
    for edit in edits.reversed() {
      let fields = fields(of: edit)
      guard !fields.isEmpty, fields.allSatisfy(set.contains) else {
        shown.append(edit)
        set.formUnion(fields.filter(whole.contains))
        continue
      }
    }
    var facts = opened
    for edit in shown.reversed() {
      guard let change = try? JSON.value(edit, as: EditIncident.self) else { return nil }
      for edit in change.edits { _ = facts.apply(edit) }
    }
    return facts.normalized
  }

  /// The fields that an edit sets, from its text: the keys of the objects in its list of edits.
  static func fields(of change: String) -> [String] {
    var (change, fields) = (change, [String]())
    change.withUTF8 { bytes in
      var (place, depth, isInEdits) = (0, 0, false)
      while place < bytes.count {
        switch bytes[place] {
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: "\""):
          let start = place + 1
          place = start
          while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
          }
          guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: ":") else { break }
          guard depth == 1 || (depth == 3 && isInEdits) else { break }
          let key = String(decoding: bytes[start..<place], as: UTF8.self)
          if depth == 1 { isInEdits = key == "edits" } else { fields.append(key) }
        default: break
        }
        place += 1
      }
    }
    return fields
  }
}
