/// What stands for a sign on a terminal that shows only ASCII, always one column.
enum PlainGlyphs {
  /// The ASCII character for a scalar; `?` where there is none.
  static func character(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x20...0x7E: scalar
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    case 0xC0...0x17F: latin[Int(scalar.value) - 0xC0]
    case 0x2010...0x2015, 0x2212: "-"
    case 0x2018...0x201B, 0x2032: "'"
    case 0x201C...0x201F, 0x2033, 0xAB, 0xBB: "\""
    case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2574, 0x2576,
      0x2578, 0x257A, 0x257C, 0x257E:
      "-"
    case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551, 0x2575,
      0x2577, 0x2579, 0x257B, 0x257D, 0x257F:
      "|"
    case 0x2550: "="
    case 0x2571: "/"
    case 0x2572: "\\"
    case 0x2573: "X"
    case 0x250C...0x254B, 0x2552...0x2570: "+"
    case 0x2581...0x2583: "_"
    case 0x2584, 0x2585: "="
    case 0x2580, 0x2586...0x258B: "#"
    case 0x258C...0x258F: "|"
    case 0x2590: "#"
    case 0x2591: "."
    case 0x2592: ":"
    case 0x2593, 0x2594...0x259F: "#"
    case 0x2800: " "
    case 0x2801...0x28FF: ":"
    default: signs[scalar] ?? "?"
    }
  }

  private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
    "…": ".", "·": ".", "•": "*", "‣": ">", "◦": "o", "∙": ".", "×": "x", "÷": "/", "±": "~",
    "≈": "~", "≠": "!", "≤": "<", "≥": ">", "→": ">", "←": "<", "↑": "^", "↓": "v", "↔": "-",
    "↕": "|", "⇒": ">", "⇐": "<", "↵": "<", "⏎": "<", "↩": "<", "↳": "+", "▲": "^", "▼": "v",
    "▶": ">", "◀": "<", "►": ">", "◄": "<", "▸": ">", "◂": "<", "▴": "^", "▾": "v", "△": "^",
    "▽": "v", "▷": ">", "◁": "<", "●": "*", "○": "o", "◉": "*", "◎": "o", "◌": "o", "■": "#",
    "□": "o", "▪": "#", "▫": "o", "▬": "=", "◆": "*", "◇": "o", "◈": "*", "★": "*", "☆": "*",
    "✓": "x", "✔": "x", "✗": "!", "✘": "!", "✕": "x", "☐": "o", "☑": "x", "☒": "x", "⚠": "!",
    "⚑": "!", "⚐": "!", "⏸": "=", "⏵": ">", "⏺": "*", "⟨": "<", "⟩": ">", "‹": "<", "›": ">",
    "§": "S", "¶": "P", "©": "c", "®": "r", "°": "o", "µ": "u", "¢": "c", "£": "L", "€": "E",
    "¥": "Y", "¿": "?", "¡": "!", "¦": "|", "¬": "-", "¯": "-", "´": "'", "¨": "\"", "¸": ",",
    "¹": "1", "²": "2", "³": "3", "¼": "?", "½": "?", "¾": "?", "ª": "a", "º": "o", "‡": "+",
    "†": "+", "␀": "0", "␍": "<", "␊": "<", "␉": ">", "�": "?",
  ]

  /// The letters U+00C0 to U+017F without their marks.
  private static let latin: [Unicode.Scalar] = Array(
    ("AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLl"
      + "NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs").unicodeScalars
  )
}
