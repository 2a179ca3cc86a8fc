internal import CNcursesW
import Drawing
import Glibc

/// Turns a cell into what ncurses can put on the terminal in exactly as many columns.
///
/// The width of the canvas is that of our own table, ncurses believes the C library. Where the two
/// disagree the terminal's idea is open as well, and one column of error would shift the rest of the
/// row. So such a glyph is replaced by parts whose width nobody doubts, filled up with spaces.
struct GlyphFitter {
  /// ncurses keeps so many scalars in a cell.
  static let scalarsPerCell = Int(CCHARW_MAX)

  let isUTF8: Bool

  /// One column's or glyph's worth: the scalars of one ncurses cell.
  typealias Piece = [Unicode.Scalar]

  /// The width the C library gives a scalar; -1 where it knows none.
  private func width(_ scalar: Unicode.Scalar) -> Int {
    Int(wcwidth(scalar.wide))
  }

  /// The pieces of a cell with one scalar.
  ///
  /// The usual case, one piece, is told by nil.
  func fit(_ scalar: Unicode.Scalar, columns: Int) -> [Piece]? {
    if !isUTF8 {
      return padded([PlainGlyphs.character(for: scalar)], columns)
    }
    let width = width(scalar)
    if width == columns { return nil }
    return padded([width == 1 ? scalar : "\u{FFFD}"], columns)
  }

  /// The pieces of a cell with several scalars.
  func fit(_ cluster: String, columns: Int) -> [Piece] {
    let scalars = Array(cluster.unicodeScalars)
    guard let base = scalars.first else { return padded([" "], columns) }
    if let letters = flag(scalars) { return padded(letters, columns) }
    guard isUTF8 else { return padded([PlainGlyphs.character(for: base)], columns) }
    let width = width(base)
    guard width >= 1, width <= columns else { return padded(["\u{FFFD}"], columns) }
    var piece = [base]
    for mark in scalars.dropFirst() where piece.count < Self.scalarsPerCell {
      if self.width(mark) == 0, isMark(mark) || isJoiner(mark, after: base) { piece.append(mark) }
    }
    return [piece] + Array(repeating: [" "], count: columns - width)
  }

  private func padded(_ pieces: [Unicode.Scalar], _ columns: Int) -> [Piece] {
    let shown = pieces.prefix(columns).map { [$0] }
    return shown + Array(repeating: [" "], count: columns - shown.count)
  }

  /// A flag as its two letters: terminals do not agree on anything about flags.
  private func flag(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard scalars.count == 2 else { return nil }
    let letters = scalars.compactMap { scalar in
      (0x1F1E6...0x1F1FF).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41) : nil
    }
    return letters.count == 2 ? letters : nil
  }

  /// Whether a joiner belongs to a word, as in Persian and Sinhala, and not to a picture.
  private func isJoiner(_ scalar: Unicode.Scalar, after base: Unicode.Scalar) -> Bool {
    (scalar == "\u{200C}" || scalar == "\u{200D}")
      && base.properties.generalCategory == .otherLetter
  }

  private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark:
      !scalar.properties.isVariationSelector
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// The scalar as C's wide character, which is signed on some processors.
  var wide: wchar_t { wchar_t(truncatingIfNeeded: value) }
}
