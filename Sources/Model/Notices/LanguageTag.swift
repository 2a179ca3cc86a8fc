/// The tags by which languages are named: `de`, `pt-br`.
public enum LanguageTag {
  /// The tag that is meant, in lower case and with hyphens; nil where it is none.
  public static func reading(_ text: String) -> String? {
    let tag = text.lowercased().map { $0 == "_" ? "-" : $0 }
    guard tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
      tag.first?.isLetter == true, tag.count >= 2
    else { return nil }
    return String(tag)
  }
}
