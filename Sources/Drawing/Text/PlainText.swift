extension Text {
  /// Foreign text as it may be printed on one line of any output that a terminal could show.
  ///
  /// Decides as the screen does, scalar by scalar: controls stand as `^[`, whatever could mislead
  /// as `<U+202E>`, a line break as `↵`, tabs as blanks; combining marks beyond what a cell holds
  /// are counted, `<+92>`.
  public static func plain(_ text: Untrusted) -> String {
    var raw = text.raw
    return raw.withUTF8 { bytes in
      // Nearly all text is printable ASCII: then it stands as it is.
      if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) {
        return String(decoding: bytes, as: UTF8.self)
      }
      var out = ""
      var columns = 0
      var scanner = GlyphScanner(bytes)
      while let glyph = scanner.next() {
        let width = glyph.columns(at: columns)
        switch glyph.kind {
        case .scalar, .cluster:
          out += String(
            decoding: UnsafeBufferPointer(rebasing: bytes[glyph.start..<glyph.end]),
            as: UTF8.self
          )
        case .tab: out += String(repeating: " ", count: width)
        case .newline, .caret, .number, .overflow: out += glyph.markText
        }
        columns += width
      }
      return out
    }
  }
}
