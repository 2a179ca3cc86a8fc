/// Numbers in a row as columns of eighths; the largest fills the height.
public struct Sparkline: Sendable {
  /// The numbers, oldest first; negative ones count as 0.
  public var values: [Double]

  /// Makes a sparkline.
  public init(values: [Double]) { self.values = values }

  /// Draws the newest numbers that fit, as wide as the rectangle allows, upwards from its foot.
  public func draw(on canvas: inout Canvas, in rect: Rect, role: Role = .chart) {
    guard !rect.isEmpty, !values.isEmpty else { return }
    let shown = values.suffix(rect.columns)
    let width = max(1, rect.columns / shown.count)
    let largest = shown.max() ?? 0
    for (index, value) in shown.enumerated() {
      let full = largest <= 0 ? 0 : Int((max(0, value) / largest * Double(rect.rows * 8)).rounded())
      let eighths = value > 0 ? max(1, full) : 0
      for level in 0..<rect.rows {
        let part = min(8, max(0, eighths - level * 8))
        guard part > 0 || level == 0 else { continue }
        let glyph = part == 0 ? "_" : Sparkline.blocks[part - 1]
        let cell = Rect(
          column: rect.column + index * width,
          row: rect.endRow - 1 - level,
          columns: width == 1 ? 1 : width - 1,
          rows: 1
        )
        let text = String(repeating: glyph, count: cell.columns)
        canvas.write(Line(text, part == 0 ? .chartTrack : role), in: cell)
      }
    }
  }

  private static let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
