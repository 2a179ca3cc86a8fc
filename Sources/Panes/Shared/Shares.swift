/// How parts of a whole share the columns of a bar.
enum Shares {
  /// The columns of each part; a part that is there is never hidden while there is a column for each.
  static func columns(of counts: [Int], in columns: Int) -> [Int] {
    let total = counts.reduce(0, +)
    guard total > 0, columns > 0 else { return counts.map { _ in 0 } }
    var widths = counts.map { count in
      count == 0 ? 0 : max(1, Int(Double(count) / Double(total) * Double(columns)))
    }
    while widths.reduce(0, +) > columns, let most = widths.max(), most > 1,
      let index = widths.firstIndex(of: most)
    { widths[index] -= 1 }
    while widths.reduce(0, +) < columns, let most = widths.max(),
      let index = widths.firstIndex(of: most)
    { widths[index] += 1 }
    return widths
  }
}
