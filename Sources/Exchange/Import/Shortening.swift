/// The text on one line: tabs, line breaks and runs of spaces become one space, none at the ends.
func oneLine(_ text: some StringProtocol) -> String {
  var out = String.UnicodeScalarView()
  var isPending = false
  for scalar in text.unicodeScalars {
    switch scalar {
    case " ", "\t"..."\r", "\u{85}", "\u{2028}", "\u{2029}": isPending = !out.isEmpty
    default:
      if isPending { out.append(" ") }
      isPending = false
      out.append(scalar)
    }
  }
  return String(out)
}

/// The text cut to a number of characters, with a mark where something is missing.
func cut(_ text: String, to length: Int) -> String {
  guard text.utf8.count > length else { return text }
  // Counting characters is slow, and in ASCII they are bytes.
  if text.utf8.allSatisfy({ $0 < 128 }) {
    return String(decoding: text.utf8.prefix(length - 1), as: UTF8.self) + "…"
  }
  return text.count > length ? "\(text.prefix(length - 1))…" : text
}

/// The first sentence of a text, on one line and without its full stop.
///
/// A sentence has 20 letters or more and ends before a space; what comes after the first 400 is not
/// looked at.
func firstSentence(_ text: String) -> String {
  let line = oneLine(String(String.UnicodeScalarView(text.unicodeScalars.prefix(400))))
  let scalars = line.unicodeScalars
  var previous: Unicode.Scalar = " "
  var (count, place) = (0, scalars.startIndex)
  while place < scalars.endIndex {
    if scalars[place] == " ", count >= 20, previous == "." || previous == "!" || previous == "?" {
      let end = previous == "." ? scalars.index(before: place) : place
      return String(scalars[..<end])
    }
    previous = scalars[place]
    (count, place) = (count + 1, scalars.index(after: place))
  }
  return previous == "." ? String(scalars.dropLast()) : line
}
