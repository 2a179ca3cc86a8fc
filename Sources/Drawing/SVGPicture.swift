/// Pictures of a canvas.
public enum SVGPicture {
  /// Width of a cell in the picture's units; the height is 20, the font's size 16.
  private static let cell = (width: 10, height: 20, baseline: 15)
  private static let margin = 10

  /// The canvas as an SVG document: text on a grid, in the theme's colours, without scripts or links.
  ///
  /// The same canvas and theme give the same bytes. What the terminal would choose itself is drawn light
  /// on dark, or dark on light where the theme is made for that.
  ///
  /// - Parameters:
  ///   - canvas: What is pictured; its cursor is left out, and personal data is shown as dots.
  ///   - theme: The colours.
  ///   - isDark: Whether the ground is dark; by default as the theme's id says.
  /// - Returns: The document, ending with a line feed.
  public static func text(of canvas: Canvas, theme: Theme, isDark: Bool? = nil) -> String {
    let canvas = canvas.withoutPersonal
    let isDark = isDark ?? (theme.id != "light")
    let paper = Paper(ink: isDark ? "#d8d8d8" : "#1c1c1c", ground: isDark ? "#161616" : "#fafafa")
    let width = canvas.size.columns * cell.width + 2 * margin
    let height = canvas.size.rows * cell.height + 2 * margin
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)">
      <rect width="\(width)" height="\(height)" rx="6" fill="\(paper.ground)"/>
      <g font-family="'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,monospace" \
      font-size="16" xml:space="preserve">

      """
    for row in 0..<canvas.size.rows {
      for run in runs(canvas, row: row) { out += run.svg(row: row, theme, paper) }
    }
    return out + "</g>\n</svg>\n"
  }

  /// What the terminal would choose.
  private struct Paper {
    var ink: String
    var ground: String
  }

  /// Cells side by side that look the same.
  private struct Run {
    var column: Int
    var columns: Int
    var role: Role
    var emphasis: Emphasis
    var text: String
    var isPlain: Bool

    func svg(row: Int, _ theme: Theme, _ paper: Paper) -> String {
      let look = theme.resolve(role, emphasis)
      var ink = look.foreground.hex ?? paper.ink
      var ground = look.background.hex
      if look.attributes.contains(.reverse) { (ink, ground) = (ground ?? paper.ground, ink) }
      let left = margin + column * cell.width
      let top = margin + row * cell.height
      let wide = columns * cell.width
      var out = ""
      if let ground, ground != paper.ground {
        out += "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(wide)\" height=\"\(cell.height)\" "
        out += "fill=\"\(ground)\"/>\n"
      }
      let isBlank = text.allSatisfy { $0 == " " }
      guard !isBlank || look.attributes.contains(.underline) else { return out }
      out +=
        "<text x=\"\(left)\" y=\"\(top + cell.baseline)\" fill=\"\(ink)\" textLength=\"\(wide)\""
      out += " lengthAdjust=\"spacingAndGlyphs\""
      if look.attributes.contains(.bold) { out += " font-weight=\"bold\"" }
      if look.attributes.contains(.underline) { out += " text-decoration=\"underline\"" }
      if look.attributes.contains(.dim) { out += " opacity=\"0.6\"" }
      return out + ">\(escaped(text))</text>\n"
    }
  }

  private static func runs(_ canvas: Canvas, row: Int) -> [Run] {
    var runs: [Run] = []
    for column in 0..<canvas.size.columns {
      let cell = canvas[Point(column: column, row: row)]
      let text = canvas.text(of: cell)
      // A glyph that may be drawn wider or narrower than its cells stands alone, so that it
      // cannot push its neighbours.
      let isPlain = cell.width == 1 && cell.scalar.map(isPlain) ?? false
      if let last = runs.last, last.role == cell.role, last.emphasis == cell.emphasis,
        cell.width == 0 || (isPlain && last.isPlain)
      {
        runs[runs.count - 1].columns += 1
        runs[runs.count - 1].text += text
      } else {
        runs.append(
          Run(
            column: column,
            columns: 1,
            role: cell.role,
            emphasis: cell.emphasis,
            text: text,
            isPlain: isPlain
          )
        )
      }
    }
    return runs
  }

  /// Whether every font for terminals draws a scalar in the columns of a letter.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x24F, 0x370...0x52F, 0x2010...0x2026, 0x2500...0x259F: true
    default: false
    }
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.append(character)
      }
    }
    return out
  }
}

extension Theme.Colour {
  /// The colour as `#rrggbb`; nil for the terminal's own.
  fileprivate var hex: String? {
    guard let (red, green, blue) = components else { return nil }
    let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
