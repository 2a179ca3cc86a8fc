/// Pairs of bars, of this period and of the one before, drawn as SVG inside of a page.
///
/// It has no fixed width: bars are shares of the page's, letters keep their size. Both bars of a pair say
/// their figure in words; colour adds nothing that is not written. Scripts, styles and addresses are not
/// in it.
struct PairChart {
  /// A bar.
  struct Bar: Equatable {
    /// Its length in thousandths of the longest there can be; nil where there is no figure.
    var share: Int?
    /// What it says.
    ///
    /// Foreign text.
    var words: String
  }

  /// Two bars.
  struct Pair: Equatable {
    /// What they are for.
    ///
    /// Foreign text.
    var label: String
    /// The one of this period.
    var now: Bar
    /// The one of the period before; nil where there is none to show.
    var before: Bar?
  }

  /// What names it among others of its page: a word.
  var id: String
  /// What it shows, in a line.
  var title: String
  /// The pairs, from above.
  var pairs: [Pair]

  private static let step = 46

  /// The drawing, a line of SVG each.
  var svg: [String] {
    let height = pairs.count * Self.step
    let words = pairs.map { pair in
      let before = pair.before.map { ", before: \($0.words)" } ?? ""
      return SinkText.line("\(pair.label): \(pair.now.words)\(before)")
    }
    var lines = [
      "<svg width=\"100%\" height=\"\(height)\" role=\"img\" "
        + "aria-labelledby=\"\(id)-title \(id)-words\" font-family=\"sans-serif\" font-size=\"11\">",
      "<title id=\"\(id)-title\">\(SinkText.html(SinkText.line(title)))</title>",
      "<desc id=\"\(id)-words\">\(SinkText.html(words.joined(separator: "; ")))</desc>",
    ]
    for (index, pair) in pairs.enumerated() { lines += draw(pair, at: index * Self.step) }
    return lines + ["</svg>"]
  }

  private func draw(_ pair: Pair, at top: Int) -> [String] {
    var lines = [
      "<text x=\"0\" y=\"\(top + 11)\" fill=\"#111\" font-weight=\"bold\">"
        + "\(Self.text(pair.label, 48))</text>"
    ]
    lines += bar(pair.now, at: top + 15, height: 13, "#1d5c99")
    if let before = pair.before { lines += bar(before, at: top + 30, height: 10, "#8a95a3") }
    return lines
  }

  /// A bar in the left half, its words in the right.
  private func bar(_ bar: Bar, at top: Int, height: Int, _ colour: String) -> [String] {
    var lines = [
      "<rect x=\"0\" y=\"\(top)\" width=\"50%\" height=\"\(height)\" fill=\"#e9ecef\"/>"
    ]
    if let share = bar.share, share > 0 {
      let width = min(1000, share) * 50
      let words = "\(width / 1000).\(width % 1000 / 100)\(width % 100 / 10)"
      lines.append(
        "<rect x=\"0\" y=\"\(top)\" width=\"\(words)%\" height=\"\(height)\" fill=\"\(colour)\"/>"
      )
    }
    lines.append(
      "<text x=\"51%\" y=\"\(top + height - 2)\" fill=\"#111\">\(Self.text(bar.words, 62))</text>"
    )
    return lines
  }

  private static func text(_ text: String, _ most: Int) -> String {
    let line = SinkText.line(text)
    return SinkText.html(line.count <= most ? line : line.prefix(most - 1) + "…")
  }
}
