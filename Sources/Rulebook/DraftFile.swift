internal import Formats
public import Model

extension NoticeDraft {
  /// Reads a file of `Templates`: a draft of a text, in Mustache.
  ///
  /// - Throws: `UnreadableYAML` with the line of the first fault.
  public init(yaml: String, file: String) throws {
    let root = try StrictYAML(reading: yaml, file: file)
    try root.allow(
      "id",
      "title",
      "version",
      "source",
      "retrieved",
      "language",
      "contents",
      "channels",
      "jurisdictions",
      "audience",
      "subject",
      "body",
      "notes"
    )
    let language = try root.member("language")
    guard let tag = LanguageTag.reading(try language.text()) else {
      throw language.error("no language such as de or pt-br")
    }
    let version = try root.member("version")
    guard let number = Int(try version.text()), number > 0 else {
      throw version.error("a number from 1 should stand here")
    }
    let channels = try root.optional("channels")?.elements() ?? []
    let id = try root.member("id")
    guard file.hasSuffix("/\(try id.text()).yaml") || !file.contains("/") else {
      throw id.error("the file is not named after its id")
    }
    self.init(
      id: try id.text(),
      title: try root.member("title").text(),
      version: number,
      source: try root.member("source").text(),
      retrieved: try root.member("retrieved").text(),
      contents: try root.optional("contents")?.texts() ?? [],
      facts: NoticeTextFacts(
        channels: try channels.map { node in
          guard let channel = MailingChannel(rawValue: try node.text()) else {
            throw node.error(
              "no channel; there are "
                + MailingChannel.allCases.map(\.rawValue).joined(separator: ", ")
            )
          }
          return channel
        },
        language: tag,
        jurisdictions: try root.optional("jurisdictions")?.texts() ?? [],
        audience: try root.optional("audience")?.word(NoticeAudience.self) ?? .everyone,
        subject: try root.member("subject").text(),
        body: try root.member("body").text(),
        draft: try id.text()
      ),
      notes: try root.optional("notes")?.text() ?? ""
    )
  }
}
