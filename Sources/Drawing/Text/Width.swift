/// What the text sink has to know of a scalar: its columns, and what it may join.
///
/// The table behind it is our own (Unicode 15.0): libc's, the terminal's and tmux's disagree, and
/// a row must not shift with them. Ambiguous width counts as one column.
struct ScalarTraits {
  /// How a scalar is drawn.
  enum Class: UInt8 {
    /// One column.
    case narrow = 0
    /// Two columns.
    case wide = 1
    /// No column of its own; belongs on the scalar before it (Mn, Me).
    case combining = 2
    /// Never drawn as it is: control, format, private use, unassigned, or blank by nature.
    case hidden = 3
    /// A vowel or final consonant of conjoining Hangul; belongs on the one before it.
    case jamo = 4
    /// One column, and part of what stands before it when text is cut (Mc).
    case spacing = 5
  }

  private let bits: UInt8

  /// How it is drawn.
  var kind: Class { Class(rawValue: bits & 7) ?? .hidden }
  /// Whether an emoji selector may follow.
  var isEmoji: Bool { bits & 8 != 0 }
  /// Whether a joiner may tie it to another pictograph.
  var isPictographic: Bool { bits & 16 != 0 }
  /// Whether a skin tone may follow.
  var takesModifier: Bool { bits & 32 != 0 }
  /// Its columns where it stands on its own: 0, 1 or 2.
  var width: Int {
    switch kind {
    case .narrow, .spacing: 1
    case .wide: 2
    case .combining, .hidden, .jamo: 0
    }
  }

  /// Looks a scalar up.
  init(_ value: UInt32) {
    switch value {
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3: bits = Class.wide.rawValue
    case 0x00AF...0x02FF, 0x0400...0x0482: bits = Class.narrow.rawValue
    case 0x0300...0x034E, 0x0350...0x036F: bits = Class.combining.rawValue
    default: bits = ScalarTraits.search(value)
    }
  }

  private static func search(_ value: UInt32) -> UInt8 {
    WidthTable.runs.withUnsafeBufferPointer { runs in
      var (low, high) = (0, runs.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if runs[middle] & 0xFF_FFFF <= value { low = middle } else { high = middle }
      }
      return UInt8(truncatingIfNeeded: runs[low] >> 24)
    }
  }
}

/// The families of letters in which a joiner or non-joiner has a meaning.
enum JoiningFamily {
  /// Letters that change shape beside each other: a joiner between two of them is spelling.
  case cursive
  /// Letters that form conjuncts: a joiner at a virama is spelling.
  case indic

  /// The family of a letter or of a sign on it; nil for digits, punctuation and all other scripts.
  init?(_ value: UInt32) {
    switch value {
    case 0x0620...0x065F, 0x066E...0x06D3, 0x06D5...0x06DC, 0x06EE...0x06EF, 0x06FA...0x06FC,
      0x06FF, 0x0710...0x077F, 0x07CA...0x07F5, 0x0840...0x085B, 0x0860...0x08FF, 0x1820...0x18AA,
      0xFB50...0xFBB1, 0xFBD3...0xFD3D, 0xFE70...0xFEFC, 0x1E900...0x1E94B:
      self = .cursive
    case 0x0900...0x0DFF:
      // Digits and the two dandas stand at the same places of each block.
      if (0x64...0x6F).contains(value & 0x7F) { return nil }
      self = .indic
    case 0x0F40...0x0FBC, 0x1000...0x103F, 0x1050...0x108F, 0x1780...0x17D3, 0x1A20...0x1A7C,
      0x1B00...0x1B4C, 0xA840...0xA873, 0xA8F2...0xA8F7, 0xA980...0xA9C0, 0x11000...0x11046,
      0x11080...0x110BA, 0x11100...0x11134, 0x11180...0x111C4, 0x11300...0x11374,
      0x11400...0x11447, 0x11480...0x114C5:
      self = .indic
    default: return nil
    }
  }

  /// Whether a joiner or non-joiner is spelling between two scalars, and not a way to hide.
  ///
  /// In cursive scripts it must stand between two letters; in Indic ones beside a virama, as in
  /// RFC 5892, appendix A.
  static func isSpelling(_ joiner: UInt32, between left: UInt32, and right: UInt32) -> Bool {
    guard let family = JoiningFamily(left), JoiningFamily(right) == family else { return false }
    return family == .cursive || viramas.contains(left) || viramas.contains(right)
  }

  private static let viramas: Set<UInt32> = [
    0x94D, 0x9CD, 0xA4D, 0xACD, 0xB4D, 0xBCD, 0xC4D, 0xCCD, 0xD4D, 0xDCA, 0xF84, 0x1039, 0x103A,
    0x17D2, 0x1A60, 0x1B44, 0xA8C4, 0xA953, 0xA9C0, 0x11046, 0x110B9, 0x11133, 0x111C0, 0x1134D,
    0x11442, 0x114C2,
  ]
}

/// Whether a scalar is an ideograph, which may carry one variation selector.
func isIdeograph(_ value: UInt32) -> Bool {
  switch value {
  case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: true
  default: false
  }
}
