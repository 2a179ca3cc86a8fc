/// Numbers side by side as horizontal bars, each with its label and its number.
public struct BarChart: Sendable, Equatable {
  /// One bar.
  public struct Bar: Sendable, Equatable {
    /// What is counted; foreign text allowed.
    public var label: String
    /// The number; negative ones count as 0.
    public var value: Double
    /// What is written for the number.
    public var text: String
    /// The bar's role.
    public var role: Role

    /// Makes a bar; the number is written without a fraction unless a text is given.
    public init(label: String, value: Double, text: String? = nil, role: Role = .chart) {
      (self.label, self.value, self.role) = (label, value, role)
      self.text = text ?? "\(Int(exactly: value.rounded()).map(String.init) ?? "\(value)")"
    }
  }

  /// The bars, from top to bottom.
  public var bars: [Bar]

  /// Makes a chart.
  public init(bars: [Bar]) { self.bars = bars }

  /// Draws one bar a row; the last row says how many more there are where they do not all fit.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let isCut = bars.count > rect.rows
    let shown = bars.prefix(isCut ? rect.rows - 1 : rect.rows)
    let largest = bars.map(\.value).max() ?? 0
    let numbers = shown.map { Text.width(of: $0.text) }.max() ?? 0
    let widest = shown.map { Text.width(of: Untrusted($0.label)) }.max() ?? 0
    let labels = min(widest, max(4, rect.columns / 3))
    let track = rect.columns - labels - numbers - 2
    for (index, bar) in shown.enumerated() {
      let row = Rect(column: rect.column, row: rect.row + index, columns: rect.columns, rows: 1)
      let (label, rest) = row.splitLeft(labels)
      canvas.write(Untrusted(bar.label), in: label)
      let (middle, number) = rest.splitLeft(max(0, track) + 1)
      canvas.write(bar.text, .textStrong, in: number, alignment: .right)
      guard track > 0 else { continue }
      let share = largest > 0 ? max(0, bar.value) / largest : 0
      let eighths = share > 0 ? max(1, Int((share * Double(track * 8)).rounded())) : 0
      let line = Gauge.bar(eighths: eighths, columns: track, role: bar.role)
      canvas.write(Line(Array(line.spans.prefix(1))), in: middle.splitLeft(1).rest)
    }
    if isCut {
      canvas.write(
        "\(bars.count - shown.count) more",
        .textMuted,
        in: rect.splitBottom(1).bottom
      )
    }
  }
}
