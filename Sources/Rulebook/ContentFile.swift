internal import Formats
public import Model

extension NoticeContent {
  /// Reads a file of `Contents`: what one kind of notice must say.
  ///
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(yaml: String, file: String) throws {
    let root = try StrictYAML(reading: yaml, file: file)
    try root.allow(
      "id",
      "title",
      "citation",
      "source",
      "language_title",
      "phases",
      "people",
      "items",
      "forbidden",
      "notes"
    )
    self.init(
      id: try root.member("id").text(),
      title: try root.member("title").text(),
      citation: try root.member("citation").text(),
      source: try root.optional("source")?.text() ?? "",
      documentTitle: try root.optional("language_title")?.text(),
      allowsPhases: try root.optional("phases")?.flag() ?? false,
      isForPeople: try root.optional("people")?.flag() ?? false,
      items: try root.member("items").elements().map(Item.init),
      forbidden: try root.optional("forbidden")?.elements().map(Item.init) ?? []
    )
    var seen: Set<String> = []
    for node in try root.member("items").elements() {
      let id = try node.member("id")
      guard seen.insert(try id.text()).inserted else { throw id.error("this id stands twice") }
    }
  }
}

extension NoticeContent.Item {
  fileprivate init(_ node: StrictYAML) throws {
    try node.allow("id", "text", "citation", "heading", "fills", "signs")
    self.init(
      id: try node.member("id").text(),
      text: try node.member("text").text(),
      citation: try node.optional("citation")?.text() ?? "",
      heading: try node.optional("heading")?.text(),
      fills: try node.optional("fills")?.elements().map {
        try $0.word(NoticeContent.Fill.self)
      } ?? [],
      signs: try node.optional("signs").map(Self.signs) ?? [:]
    )
  }

  /// Words by language.
  private static func signs(_ node: StrictYAML) throws -> [String: [String]] {
    var signs: [String: [String]] = [:]
    for (language, words) in try node.members() {
      guard LanguageTag.reading(language) == language else {
        throw words.error("\(language) is no language")
      }
      signs[language] = try words.texts()
    }
    return signs
  }
}
