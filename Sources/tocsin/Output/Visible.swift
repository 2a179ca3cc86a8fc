/// Foreign text as it may be printed on one line: what acts on a terminal is a visible mark.
func visible(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x20...0x7E: out.unicodeScalars.append(scalar)
    case 0..<0x20: out += "^\(Character(UnicodeScalar(UInt8(scalar.value + 64))))"
    case 0x7F: out += "^?"
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        out += "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
      default: out.unicodeScalars.append(scalar)
      }
    }
  }
  return out
}

/// How many cells a terminal gives to a text that holds only what `visible` lets through.
func displayWidth(_ text: String) -> Int { text.count }
