/// Numbers in what a program said that may be a person's: telephone, customer or account numbers.
///
/// Reply codes and enhanced status codes (RFC 5321, RFC 3463) stay: they say what went wrong.
enum MaskedNumbers {
  /// A word with so many digits is masked.
  private static let long = 5
  /// So are words of digits in a row with so many of them.
  private static let longRun = 7

  /// The words with such numbers masked.
  static func masked(_ words: [String]) -> [String] {
    var words = words
    var run: [Int] = []
    func close() {
      let count = run.reduce(0) { $0 + digits(words[$1]) }
      // A number of a telephone is written in groups: the short ones say as much as the long one.
      if run.count > 1, count >= longRun { for index in run { words[index] = "•••" } }
      run = []
    }
    for (index, word) in words.enumerated() {
      if isStatus(word) {
        // `550 5.1.1`: the reply code belongs to it.
        if run.last == index - 1, let before = run.last, isReply(words[before]) { run.removeLast() }
        close()
      } else if digits(word) > 0, word.allSatisfy({ "0123456789+()/-.:,;".contains($0) }) {
        run.append(index)
      } else {
        close()
      }
    }
    close()
    return words.map { digits($0) >= long && !isStatus($0) ? blank($0) : $0 }
  }

  private static func digits(_ word: String) -> Int {
    word.reduce(0) { ("0"..."9").contains($1) ? $0 + 1 : $0 }
  }

  /// Whether a word is a reply code: `550`.
  private static func isReply(_ word: String) -> Bool {
    word.count == 3 && digits(word) == 3 && ["2", "4", "5"].contains(word.prefix(1))
  }

  /// Whether a word is an enhanced status code, with or without the reply code: `5.1.1`, `550-5.7.509:`.
  private static func isStatus(_ word: String) -> Bool {
    var rest = word[...]
    while let last = rest.last, ":,;)".contains(last) { rest.removeLast() }
    if rest.first == "(" { rest.removeFirst() }
    if rest.count > 4, isReply(String(rest.prefix(3))), rest.dropFirst(3).first == "-" {
      rest = rest.dropFirst(4)
    }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && ["2", "4", "5"].contains(parts[0])
      && parts.dropFirst().allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) }
  }

  /// A word with its digits masked, each row of them as one.
  private static func blank(_ word: String) -> String {
    var out = ""
    var isInside = false
    for character in word {
      let isDigit = ("0"..."9").contains(character)
      if isDigit, !isInside { out += "•••" }
      if !isDigit { out.append(character) }
      isInside = isDigit
    }
    return out
  }
}
