/// How well typed letters fit a text: all of them in order, better where they start words and stand
/// together.
public enum FuzzyMatch {
  /// The score of a text for what was typed, higher is better; nil where the letters are not there.
  ///
  /// Letter case is ignored. An empty query fits everything with 0. The cost is the product of both
  /// lengths, of which the text counts 200 characters at most.
  public static func score(_ query: String, in text: String) -> Int? {
    let wanted = Array(query.lowercased().filter { !$0.isWhitespace })
    guard !wanted.isEmpty else { return 0 }
    let letters = Array(text.lowercased().prefix(200))
    guard wanted.count <= letters.count else { return nil }
    // best[i]: best score of the query so far whose last letter stands at i.
    var best = [Int?](repeating: nil, count: letters.count)
    for (place, letter) in wanted.enumerated() {
      var next = [Int?](repeating: nil, count: letters.count)
      var before: Int?
      for index in letters.indices {
        if letters[index] == letter {
          let value = weight(letters, index)
          let adjacent = index > 0 ? best[index - 1].map { $0 + value + 8 } : nil
          let apart = place == 0 ? value - min(index, 10) : before.map { $0 + value - 1 }
          next[index] = [adjacent, apart].compactMap(\.self).max()
        }
        if index > 0, let previous = best[index - 1] { before = max(before ?? previous, previous) }
      }
      best = next
    }
    return best.compactMap(\.self).max()
  }

  /// What a letter is worth by where it stands: at the start of a word more than within.
  private static func weight(_ letters: [Character], _ index: Int) -> Int {
    guard index > 0 else { return 12 }
    let before = letters[index - 1]
    return before.isLetter || before.isNumber ? 2 : 10
  }
}
