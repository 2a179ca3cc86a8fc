/// A piece of text that is drawn as one: some bytes of the source, and what stands for them.
struct Glyph {
  /// What is drawn.
  enum Kind: UInt8 {
    /// One scalar, as it is.
    case scalar
    /// Several scalars that share the columns of the first.
    case cluster
    /// Blanks up to the next tab stop.
    case tab
    /// The visible mark of a line break.
    case newline
    /// A control in caret form: `^[`.
    case caret
    /// A scalar named by its number: `<U+202E>`.
    case number
    /// How many combining marks did not fit into the cell before: `<+92>`.
    case overflow
  }

  var kind: Kind
  /// First byte of the source.
  var start: Int
  /// The byte after the last.
  var end: Int
  /// Columns; 0 for a tab, whose columns depend on where it stands.
  var width: Int
  /// The first scalar, or the count of an overflow.
  var value: UInt32
  /// Whether text should not be cut before it: it belongs to the glyph before.
  var isAttached = false

  /// Columns when drawn so many columns after the start of the text.
  func columns(at column: Int) -> Int {
    kind == .tab ? GlyphScanner.tabStop - column % GlyphScanner.tabStop : width
  }
}

/// Reads text glyph by glyph and decides, scalar by scalar, what may be drawn.
///
/// This is the allow-list of the text sink. A scalar is drawn as it is only where the width table
/// knows it as visible, and joins the one before it only where that is spelling: combining
/// marks, conjoining Hangul, emoji sequences, joiners inside cursive and Indic words. All
/// else becomes a visible mark. A glyph costs a bounded number of steps, whatever the
/// text: nothing is looked at beyond what is drawn.
struct GlyphScanner {
  /// Tab stops, counted from the start of the text.
  static let tabStop = 4
  /// Combining scalars kept on one base: what ncurses keeps in a cell beside the base
  /// (`CCHARW_MAX` is 5), and less than the eight that the rules allow.
  static let marksPerCell = 4
  /// Combining scalars named by one overflow mark; more get another, so a step stays bounded.
  static let marksPerOverflow = 999
  /// Scalars of the longest emoji sequence in use, which is the most that one cell holds.
  static let scalarsPerEmoji = 10

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var isOverflowing = false
  private var afterRegionalIndicator = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) {
    self.bytes = bytes
    position = start
  }

  /// The next glyph, or nil at the end of the text.
  mutating func next() -> Glyph? {
    guard position < bytes.count else { return nil }
    let start = position
    let byte = bytes[start]
    if byte < 0x80 {
      if byte >= 0x20, byte < 0x7F, start + 1 == bytes.count || bytes[start + 1] < 0x80 {
        position = start + 1
        isOverflowing = false
        afterRegionalIndicator = false
        return Glyph(
          kind: .scalar,
          start: start,
          end: start + 1,
          width: 1,
          value: UInt32(byte)
        )
      }
      if byte < 0x20 || byte == 0x7F { return control(byte, start) }
    }
    let (value, length) = decode(start)
    position = start + length
    let traits = ScalarTraits(value)
    switch traits.kind {
    case .combining:
      if isOverflowing { return overflow(from: start) }
      return named(value, start)
    case .hidden, .jamo:
      return named(value, start)
    case .narrow, .wide, .spacing:
      return base(value, traits, start)
    }
  }

  // MARK: Marks

  private mutating func control(_ byte: UInt8, _ start: Int) -> Glyph {
    position = start + 1
    isOverflowing = false
    afterRegionalIndicator = false
    switch byte {
    case 0x09:
      return Glyph(kind: .tab, start: start, end: position, width: 0, value: 0x20)
    case 0x0A:
      return Glyph(kind: .newline, start: start, end: position, width: 1, value: 0x21B5)
    default:
      return Glyph(kind: .caret, start: start, end: position, width: 2, value: UInt32(byte))
    }
  }

  private mutating func named(_ value: UInt32, _ start: Int) -> Glyph {
    isOverflowing = false
    afterRegionalIndicator = false
    let digits = value > 0xF_FFFF ? 6 : value > 0xFFFF ? 5 : 4
    return Glyph(kind: .number, start: start, end: position, width: digits + 4, value: value)
  }

  private mutating func overflow(from start: Int) -> Glyph {
    var count = 1
    while count < Self.marksPerOverflow, let (value, length) = peek(),
      ScalarTraits(value).kind == .combining
    {
      position += length
      count += 1
    }
    let digits = count > 99 ? 3 : count > 9 ? 2 : 1
    return Glyph(
      kind: .overflow,
      start: start,
      end: position,
      width: digits + 3,
      value: UInt32(count),
      isAttached: true
    )
  }

  // MARK: Bases and what they carry

  private mutating func base(_ value: UInt32, _ traits: ScalarTraits, _ start: Int) -> Glyph {
    let isIndicator = (0x1F1E6...0x1F1FF).contains(value)
    let isSecondIndicator = isIndicator && afterRegionalIndicator
    isOverflowing = false
    let plain = drawn(value)
    var cluster = Cluster(value, traits)
    while let (next, length) = peek(), extend(&cluster, with: next, length) {}
    afterRegionalIndicator = isIndicator && !isSecondIndicator && cluster.count == 1
    return Glyph(
      kind: cluster.count == 1 ? .scalar : .cluster,
      start: start,
      end: position,
      width: traits.width,
      value: plain,
      isAttached: traits.kind == .spacing || isSecondIndicator
    )
  }

  /// Blanks of other widths become plain ones: only their number of columns is known for certain.
  private func drawn(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x00A0, 0x2000...0x200A, 0x205F: 0x20
    default: value
    }
  }

  /// Takes one more scalar into the cluster if it may stand there, and says whether it did.
  private mutating func extend(_ cluster: inout Cluster, with value: UInt32, _ length: Int) -> Bool
  {
    if value < 0x300 { return false }
    let end = position + length
    switch value {
    case 0x200D where cluster.endsInPictograph:
      // Only a whole emoji sequence is joined: pictograph, joiner, pictograph.
      guard let (following, more) = peek(at: end), ScalarTraits(following).isPictographic,
        cluster.count + 2 <= Self.scalarsPerEmoji
      else { return false }
      cluster.join(following)
      position = end + more
      return true
    case 0x200C, 0x200D:
      guard let (following, _) = peek(at: end),
        JoiningFamily.isSpelling(value, between: cluster.last, and: following),
        cluster.takeMark(value)
      else { return false }
    case 0xFE0E, 0xFE0F:
      guard cluster.takesSelector, cluster.count < Self.scalarsPerEmoji else { return false }
      if cluster.last < 0x80 {
        guard let (following, _) = peek(at: end), following == 0x20E3 else { return false }
      }
      cluster.select(value)
    case 0xFE00...0xFE0D, 0xE0100...0xE01EF:
      guard cluster.count == 1, isIdeograph(cluster.last) else { return false }
      cluster.select(value)
    case 0x180B...0x180D, 0x180F:
      guard cluster.count == 1, (0x1820...0x18AA).contains(cluster.last) else { return false }
      cluster.select(value)
    case 0x1F3FB...0x1F3FF:
      guard cluster.takesModifier, cluster.count < Self.scalarsPerEmoji else { return false }
      cluster.tone(value)
    case 0xE0061...0xE007A where cluster.count == 1 && cluster.last == 0x1F3F4:
      guard let flagEnd = regionalFlag(from: position) else { return false }
      cluster.close()
      position = flagEnd
      return true
    default:
      switch ScalarTraits(value).kind {
      case .combining:
        guard cluster.takeMark(value) else {
          isOverflowing = true
          return false
        }
      case .jamo:
        guard cluster.takesJamo(value), cluster.takeMark(value, keepsHangul: true) else {
          return false
        }
      default: return false
      }
    }
    position = end
    return true
  }

  /// The end of one of the three flags that are spelt with tag characters, if it stands here.
  private func regionalFlag(from start: Int) -> Int? {
    for name in ["gbeng", "gbsct", "gbwls"] {
      var at = start
      var matches = true
      for letter in name.utf8 {
        guard let (value, length) = peek(at: at), value == 0xE0000 + UInt32(letter) else {
          matches = false
          break
        }
        at += length
      }
      if matches, let (value, length) = peek(at: at), value == 0xE007F { return at + length }
    }
    return nil
  }

  // MARK: Bytes

  private func peek() -> (value: UInt32, length: Int)? { peek(at: position) }

  private func peek(at offset: Int) -> (value: UInt32, length: Int)? {
    offset < bytes.count ? decode(offset) : nil
  }

  /// Decodes one scalar; a Swift string's bytes are always whole.
  private func decode(_ offset: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(bytes[offset])
    func next(_ index: Int) -> UInt32 {
      offset + index < bytes.count ? UInt32(bytes[offset + index]) & 0x3F : 0
    }
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | next(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
    return ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
  }
}

/// What a base has taken so far.
private struct Cluster {
  private(set) var count = 1
  private(set) var last: UInt32
  private var traits: ScalarTraits
  private var marks = 0
  private var isDirect = true
  private var joinable: Bool
  private var hangul: Hangul

  init(_ value: UInt32, _ traits: ScalarTraits) {
    (last, self.traits) = (value, traits)
    joinable = traits.isPictographic
    hangul = Hangul(value)
  }

  var endsInPictograph: Bool { joinable }
  var takesSelector: Bool { isDirect && traits.isEmoji }
  var takesModifier: Bool { traits.takesModifier && (isDirect || last == 0xFE0F) }

  func takesJamo(_ value: UInt32) -> Bool { hangul.takes(Hangul(value)) }

  mutating func takeMark(_ value: UInt32, keepsHangul: Bool = false) -> Bool {
    guard marks < GlyphScanner.marksPerCell, count < GlyphScanner.scalarsPerEmoji else {
      return false
    }
    marks += 1
    take(value)
    hangul = keepsHangul ? Hangul(value) : .none
    return true
  }

  mutating func join(_ pictograph: UInt32) {
    traits = ScalarTraits(pictograph)
    count += 1
    take(pictograph)
    isDirect = true
  }

  mutating func select(_ selector: UInt32) { take(selector) }
  mutating func tone(_ modifier: UInt32) { take(modifier) }

  /// Ends the cluster: nothing is joined to it.
  mutating func close() {
    take(0xE007F)
    joinable = false
  }

  private mutating func take(_ value: UInt32) {
    count += 1
    last = value
    isDirect = false
  }
}

/// The parts of a conjoining Hangul syllable.
private enum Hangul {
  case none, leading, vowel, trailing

  init(_ value: UInt32) {
    switch value {
    case 0x1100...0x115E, 0xA960...0xA97C: self = .leading
    case 0x1161...0x11A7, 0xD7B0...0xD7C6: self = .vowel
    case 0x11A8...0x11FF, 0xD7CB...0xD7FB: self = .trailing
    case 0xAC00...0xD7A3: self = (value - 0xAC00) % 28 == 0 ? .vowel : .trailing
    default: self = .none
    }
  }

  func takes(_ next: Hangul) -> Bool {
    switch (self, next) {
    case (.leading, .vowel), (.vowel, .vowel), (.vowel, .trailing), (.trailing, .trailing): true
    default: false
    }
  }
}
