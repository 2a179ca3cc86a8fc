internal import Model

/// Scores as bars, drawn as SVG inside of an HTML page.
///
/// It has no fixed width: bars are shares of the page's, letters keep their size, so that it can be
/// read on a telephone, on a desk and on paper. Scripts, styles and addresses are not in it.
struct ScoreChart {
  /// One bar.
  struct Bar: Equatable {
    /// What it is for.
    ///
    /// Foreign text.
    var label: String
    /// The score.
    var score: AuditScore
  }

  /// What it shows, in a line.
  var title: String
  /// The bars, from above.
  var bars: [Bar]

  private static let step = 44

  /// The drawing, a line of SVG each.
  var svg: [String] {
    let height = bars.count * Self.step + 22
    let words = bars.map { "\(SinkText.line($0.label)): \($0.score.text)" }.joined(separator: "; ")
    var lines = [
      "<svg width=\"100%\" height=\"\(height)\" role=\"img\" aria-labelledby=\"chart-title "
        + "chart-words\" font-family=\"sans-serif\" font-size=\"13\">",
      "<title id=\"chart-title\">\(SinkText.html(SinkText.line(title)))</title>",
      "<desc id=\"chart-words\">\(SinkText.html(words))</desc>",
    ]
    for (index, bar) in bars.enumerated() { lines += draw(bar, at: index * Self.step) }
    let base = bars.count * Self.step
    lines += [(0, "start"), (50, "middle"), (100, "end")].map { share, anchor in
      "<text x=\"\(share)%\" y=\"\(base + 14)\" text-anchor=\"\(anchor)\" fill=\"#444\" "
        + "font-size=\"11\">\(share) %</text>"
    }
    return lines + ["</svg>"]
  }

  private func draw(_ bar: Bar, at top: Int) -> [String] {
    let share = bar.score.hundredths.map { "\($0 / 100).\($0 % 100 / 10)\($0 % 10)" }
    var lines = [
      "<text x=\"0\" y=\"\(top + 14)\" fill=\"#111\">\(SinkText.html(Self.cut(bar.label)))</text>",
      "<text x=\"100%\" y=\"\(top + 14)\" text-anchor=\"end\" font-weight=\"bold\" "
        + "fill=\"#111\">\(AuditReport.percent(bar.score))</text>",
      "<rect x=\"0\" y=\"\(top + 20)\" width=\"100%\" height=\"14\" fill=\"#e3e6ea\"/>",
    ]
    if let share {
      lines.append(
        "<rect x=\"0\" y=\"\(top + 20)\" width=\"\(share)%\" height=\"14\" fill=\"#1d5c99\"/>"
      )
    }
    return lines
  }

  /// A label that leaves room for the score on the narrowest page.
  private static func cut(_ label: String) -> String {
    let line = SinkText.line(label)
    return line.count <= 34 ? line : line.prefix(33) + "…"
  }
}
