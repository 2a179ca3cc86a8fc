internal import App
internal import ArgumentParser
internal import Exchange
internal import Foundation
internal import Model
internal import Rulebook
internal import Storage

/// The command `tocsin mailing text`.
struct TextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text",
    abstract: "What people are told: texts by channel, language and jurisdiction.",
    discussion: """
      A text is a Mustache template: plain lines, # headings, - lists, and fields such as {{name}}. \
      {{#offer}}...{{/offer}} stands only where the person has one. [[...]] marks a place that is to \
      be written; as long as one is left nothing can be approved. docs/notices.md has the details.
      """,
    subcommands: [
      ListTexts.self, ListDrafts.self, AddText.self, EditText.self, ShowText.self,
      PreviewText.self, RemoveText.self,
    ]
  )
}

/// The command `tocsin mailing text list`.
struct ListTexts: HeadlessCommand {
  static let origin = "mailing text list"
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the texts of a mailing."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let texts = try await store.answer(MailingTexts(mailing: mailing.id))
    if format.json {
      try session.out.json(.array(texts.map { .notice($0, withBody: false) }))
      return .done
    }
    guard !texts.isEmpty else {
      session.out.note("\(mailing.reference) has no text; drafts: tocsin mailing text drafts")
      return .done
    }
    let rows: [[Words]] = texts.map { text in
      [
        "\(text.versionName)", "\(NoticeWords.reach(text.facts))",
        "\(String(text.digest.prefix(12)))", "\(text.facts.subject)",
      ]
    }
    for line in Table(titles: ["TEXT", "FOR", "DIGEST", "SUBJECT"], rows: rows).lines(rows) {
      try session.out.line(line)
    }
    return .done
  }
}

/// The command `tocsin mailing text drafts`.
struct ListDrafts: HeadlessCommand {
  static let origin = "mailing text drafts"
  static let configuration = CommandConfiguration(
    commandName: "drafts",
    abstract: "List the drafts that texts can begin as, or print one.",
    discussion: "Files under share/tocsin/rules/Templates; none is fit to be sent as it is."
  )

  @Argument(help: "Print this one, such as gdpr-34-de.") var name: String?
  @OptionGroup var rules: RulebookOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let drafts = try session.rulebook(rules).drafts
    if let name {
      let draft = try drafts.named(name)
      if format.json {
        try session.out.json(Self.json(draft, withBody: true))
      } else {
        try session.out.document(draft.facts.body)
      }
      return .done
    }
    if format.json {
      try session.out.json(.array(drafts.map { Self.json($0, withBody: false) }))
      return .done
    }
    let rows: [[Words]] = drafts.map { draft in
      [
        "\(draft.id)", "\(draft.facts.language)",
        "\(draft.contents.isEmpty ? "-" : draft.contents.joined(separator: ", "))",
        "\(draft.title)",
      ]
    }
    for line in Table(titles: ["DRAFT", "LANGUAGE", "FOLLOWS", "WHAT IT IS"], rows: rows).lines(
      rows
    ) {
      try session.out.line(line)
    }
    return .done
  }

  private static func json(_ draft: NoticeDraft, withBody: Bool) -> JSON {
    .members([
      "id": .string(draft.id), "title": .string(draft.title),
      "version": .integer(Int64(draft.version)), "source": .string(draft.source),
      "retrieved": .string(draft.retrieved), "language": .string(draft.facts.language),
      "contents": .texts(draft.contents),
      "channels": .texts(draft.facts.channels.map(\.rawValue)),
      "jurisdictions": .texts(draft.facts.jurisdictions), "notes": .string(draft.notes),
      "subject": .string(draft.facts.subject),
      "body": withBody ? .string(draft.facts.body) : .null,
    ])
  }
}

extension [NoticeDraft] {
  /// The draft of a name.
  func named(_ name: String) throws -> NoticeDraft {
    guard let draft = first(where: { $0.id == name.lowercased() }) else {
      throw Refusal(
        "there is no draft \(name)",
        advice: "what there is: tocsin mailing text drafts"
      )
    }
    return draft
  }
}

/// The command `tocsin mailing text show`.
struct ShowText: HeadlessCommand {
  static let origin = "mailing text show"
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a text of a mailing: to whom it is, and what it says."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The text, such as T1.") var text: String
  @Option(help: "An earlier version.") var revision: Int64?
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    var found = try await session.notice(text, of: mailing, in: store, withRemoved: true)
    if let revision {
      let all = try await store.answer(
        NoticeTextVersions(mailing: mailing.id, number: found.number)
      )
      guard let version = all.first(where: { $0.version == revision }) else {
        throw Refusal("\(found.name) has no version \(revision)")
      }
      found = version
    }
    if format.json {
      try session.out.json(.notice(found))
      return .done
    }
    let out = session.out
    try out.line("\(found.versionName)  \(NoticeWords.reach(found.facts))")
    try out.line("digest: \(found.digest)")
    try out.line("written: \(found.writtenAt.description) by \(found.writtenBy)")
    if found.isRemoved { try out.line("removed") }
    try out.line("subject: \(found.facts.subject)")
    try out.line("")
    for line in Words.lines(found.facts.body) { try out.line(line) }
    return .done
  }
}

/// The command `tocsin mailing text remove`.
struct RemoveText: HeadlessCommand {
  static let origin = "mailing text remove"
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a text out of its mailing; its versions are kept, tocsin undo puts it back."
  )

  @Argument(help: "The mailing, such as MLG-2026-0001.") var reference: String
  @Argument(help: "The text, such as T1.") var text: String
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: StoreOptions

  func perform(in session: Session) async throws -> ExitStatus {
    let store = try session.open()
    let mailing = try await session.mailing(reference, in: store)
    let found = try await session.notice(text, of: mailing, in: store)
    let receipt = try await store.apply(
      RemoveNoticeText(id: found.id, basedOn: found.version),
      origin: session.origin
    )
    return try session.report(receipt, format, "\(mailing.reference) \(found.name): removed")
  }
}
