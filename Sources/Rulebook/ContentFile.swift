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
    try node.allow("id", "text", "citation", "heading", "fills")
    self.init(
      id: try node.member("id").text(),
      text: try node.member("text").text(),
      citation: try node.optional("citation")?.text() ?? "",
      heading: try node.optional("heading")?.text(),
      fills: try node.optional("fills")?.elements().map {
        try $0.word(NoticeContent.Fill.self)
      } ?? []
    )
  }
}
