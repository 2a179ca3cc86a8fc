/// A long piece of work: what it is, how far it has come, and how to stop it.
public struct ProgressLine: Sendable, Equatable {
  /// What is being done; foreign text allowed.
  public var title: String
  /// How much of it is done.
  public var done: Int
  /// How much there is in all; nil where it is not known.
  public var total: Int?
  /// The key that cancels it; nil where it cannot be cancelled.
  public var cancelKey: String?

  /// Makes a line.
  public init(title: String, done: Int, total: Int?, cancelKey: String? = "^C") {
    (self.title, self.done, self.total, self.cancelKey) = (title, done, total, cancelKey)
  }

  /// Draws the line in the first row of a rectangle; the way to stop it goes last.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let row = rect.splitTop(1).top
    guard !row.isEmpty else { return }
    canvas.fill(row, Style(.bar))
    var left = row
    if let cancelKey {
      let hint = Line([Span(" \(cancelKey)", .barKey, .bold), Span(" cancels ", .bar)])
      let width = min(Text.width(of: hint), row.columns / 2)
      canvas.write(hint, in: row.splitLeft(row.columns - width).rest)
      left = row.splitLeft(row.columns - width).left
    }
    let count = total.map { "\(done) of \($0)" } ?? "\(done)"
    let width = min(Text.width(of: Untrusted(title)) + 2, left.columns / 2)
    let (name, rest) = left.splitLeft(width)
    canvas.write(Line([Span(" ", .bar), Span(Untrusted(title), .information, .bold)]), in: name)
    let place = rest.splitLeft(1).rest
    if let total, total > 0, place.columns >= 16 {
      var gauge = Gauge(count: done, of: total)
      gauge.label = count
      gauge.draw(on: &canvas, in: place.splitLeft(min(60, place.columns)).left)
    } else {
      canvas.write(count, .bar, in: place)
    }
  }
}
