/// How hard a text is to read, by a published formula for its language.
///
/// A measure of the lengths of words and sentences: it says nothing of what a text says, and a low
/// score is a reason to look again, no proof of anything.
public struct ReadingEase: Codable, Sendable, Equatable {
  /// The formulas.
  public enum Formula: String, Vocabulary {
    /// Flesch, 1948: English.
    case flesch
    /// Amstad, 1978: Flesch for German.
    case amstad
    /// Kandel and Moles, 1958: Flesch for French.
    case kandelMoles = "kandel-moles"
    /// Fernández Huerta, 1959: Flesch for Spanish.
    case fernandezHuerta = "fernandez-huerta"
    /// Vacca and Franchina, 1972: Flesch for Italian.
    case vacca
    /// Douma, 1960: Flesch for Dutch.
    case douma
    /// Björnsson, 1968: LIX, for languages without a formula of their own.
    case lix

    /// The formula as it is shown.
    public var label: String {
      switch self {
      case .flesch: "Flesch reading ease"
      case .amstad: "Flesch reading ease, German (Amstad)"
      case .kandelMoles: "Flesch reading ease, French (Kandel and Moles)"
      case .fernandezHuerta: "Flesch reading ease, Spanish (Fernández Huerta)"
      case .vacca: "Flesch reading ease, Italian (Vacca)"
      case .douma: "Flesch reading ease, Dutch (Douma)"
      case .lix: "LIX"
      }
    }

    /// Whether a higher score is easier.
    public var isHigherEasier: Bool { self != .lix }
  }

  /// What a score means.
  public enum Grade: String, Vocabulary {
    case easy, standard, hard
    case veryHard = "very hard"
  }

  /// The formula.
  public var formula: Formula
  /// The score, to one digit.
  public var score: Double
  /// How many words were counted.
  public var words: Int
  /// How many sentences, headings left out.
  public var sentences: Int

  /// What the score means: plain language is easy or standard.
  public var grade: Grade {
    // Flesch calls 60 to 70 standard; Björnsson puts ordinary prose between 30 and 40.
    let marks = formula.isHigherEasier ? [70, 60, 30] : [-30, -40, -50]
    let value = formula.isHigherEasier ? score : -score
    if value >= Double(marks[0]) { return .easy }
    if value >= Double(marks[1]) { return .standard }
    return value >= Double(marks[2]) ? .hard : .veryHard
  }

  /// The score with its meaning, in a line.
  public var text: String {
    let scale =
      formula.isHigherEasier
      ? "60 to 70 is standard, higher easier" : "30 to 40 is ordinary, lower easier"
    return "\(formula.label) \(score): \(grade.rawValue) (\(scale))"
  }

  /// Measures a text; nil where it has no words, or its script does not part them.
  ///
  /// - Parameters:
  ///   - lines: Paragraphs and points; the end of each ends a sentence.
  ///   - language: The language's tag.
  public init?(_ lines: [String], language: String) {
    var (words, sentences, syllables, long) = (0, 0, 0, 0)
    let counter = SyllableCounter(language: NoticeTexts.base(of: language.lowercased()))
    for line in lines {
      for sentence in Self.sentences(line) {
        let found = Self.words(sentence)
        guard !found.isEmpty else { continue }
        sentences += 1
        words += found.count
        for word in found {
          syllables += counter.count(word)
          if word.count > 6 { long += 1 }
        }
      }
    }
    guard words > 0, sentences > 0, Self.partsWords(NoticeTexts.base(of: language.lowercased()))
    else { return nil }
    let perSentence = Double(words) / Double(sentences)
    let perWord = Double(syllables) / Double(words)
    (self.words, self.sentences) = (words, sentences)
    (formula, score) =
      switch NoticeTexts.base(of: language.lowercased()) {
      case "en": (.flesch, 206.835 - 1.015 * perSentence - 84.6 * perWord)
      case "de": (.amstad, 180 - perSentence - 58.5 * perWord)
      case "fr": (.kandelMoles, 207 - 1.015 * perSentence - 73.6 * perWord)
      case "es": (.fernandezHuerta, 206.84 - 1.02 * perSentence - 60 * perWord)
      case "it": (.vacca, 206 - perSentence - 65 * perWord)
      case "nl": (.douma, 206.84 - 0.93 * perSentence - 77 * perWord)
      default: (.lix, perSentence + 100 * Double(long) / Double(words))
      }
    score = (score * 10).rounded() / 10
  }

  private static func partsWords(_ language: String) -> Bool {
    !["ja", "zh", "th", "lo", "km", "my"].contains(language)
  }

  /// The sentences of a line: a stop, question or exclamation mark before a blank ends one.
  private static func sentences(_ line: String) -> [Substring] {
    var found: [Substring] = []
    var start = line.startIndex
    for index in line.indices where ".!?…".contains(line[index]) {
      let next = line.index(after: index)
      guard next == line.endIndex || line[next].isWhitespace else { continue }
      // "12. März" and "z. B." end nothing.
      let before = line[start..<index].reversed().prefix { $0.isLetter || $0.isNumber }
      if line[index] == ".", before.count < 2 || before.allSatisfy(\.isNumber) { continue }
      found.append(line[start..<next])
      start = next
    }
    found.append(line[start...])
    return found
  }

  private static func words(_ text: Substring) -> [Substring] {
    text.split { !($0.isLetter || $0 == "'" || $0 == "’" || $0 == "-") }.filter { word in
      word.contains(where: \.isLetter)
    }
  }
}

/// Counts syllables as runs of vowels, with the corrections that a language needs.
struct SyllableCounter {
  private let language: String
  private let pairs: Set<String>

  init(language: String) {
    self.language = language
    // In these two vowels side by side are one; all others are two.
    pairs =
      switch language {
      case "de": ["ei", "ai", "au", "eu", "äu", "ie", "aa", "ee", "oo", "ey", "ay", "ui"]
      case "nl": ["aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ou", "au", "ei", "ij", "ai"]
      case "es", "it", "pt":
        ["ia", "ie", "io", "iu", "ua", "ue", "ui", "uo", "ai", "ei", "oi", "au", "eu", "ou"]
      default: []
      }
  }

  /// How many syllables a word has, at least one.
  func count(_ word: Substring) -> Int {
    let letters = Array(word.lowercased())
    var count = 0
    var last: Character?
    for letter in letters {
      let isVowel = Self.vowels.contains(letter)
      if isVowel {
        if let before = last {
          // A run of vowels counts once, where the language does not part them.
          if !pairs.isEmpty, !pairs.contains(String([before, letter])) { count += 1 }
        } else {
          count += 1
        }
      }
      last = isVowel ? letter : nil
    }
    return max(1, count - silent(letters))
  }

  /// The syllables at the end that are written and not spoken.
  private func silent(_ letters: [Character]) -> Int {
    let word = String(letters)
    guard letters.count > 3 else { return 0 }
    switch language {
    case "en":
      // "make", "makes", "used", but "little", "houses", "needed", "agree".
      if word.hasSuffix("ee") || word.hasSuffix("ye") { return 0 }
      let before = letters[letters.count - 2]
      if word.hasSuffix("e") {
        let third = letters[letters.count - 3]
        if before == "l", !Self.vowels.contains(third) { return 0 }
        return Self.vowels.contains(before) ? 0 : 1
      }
      if word.hasSuffix("es") {
        return ["s", "z", "x", "h", "g", "c"].contains(letters[letters.count - 3])
          || Self.vowels.contains(letters[letters.count - 3]) ? 0 : 1
      }
      if word.hasSuffix("ed") {
        let third = letters[letters.count - 3]
        return third == "t" || third == "d" || Self.vowels.contains(third) ? 0 : 1
      }
      return 0
    case "fr":
      let ends = ["e", "es", "ent"].first { word.hasSuffix($0) }
      guard let ends, letters.count > ends.count + 1 else { return 0 }
      let before = letters[letters.count - ends.count - 1]
      // "-ment" is spoken; of the others it cannot be told, and most are not.
      if ends == "ent", before == "m" { return 0 }
      return Self.vowels.contains(before) ? 0 : 1
    default: return 0
    }
  }

  private static let vowels: Set<Character> = Set(
    "aeiouyäöüáéíóúàèìòùâêîôûëïÿæœåøãõőűąęıаеёиоуыэюяіїєαεηιουωάέήίόύώ"
  )
}
