internal import App
internal import ArgumentParser
internal import Exchange
internal import Model
internal import Storage

extension Session {
  /// The text of a mailing that has a name such as `T1`, or a number.
  ///
  /// - Throws: `Refusal` where there is none.
  func notice(
    _ name: String,
    of mailing: Mailing,
    in store: any Store,
    withRemoved: Bool = false
  ) async throws -> NoticeText {
    let texts = try await store.answer(
      MailingTexts(mailing: mailing.id, withRemoved: withRemoved)
    )
    let number = Int(name.uppercased().hasPrefix("T") ? name.dropFirst() : name[...])
    guard let text = texts.first(where: { $0.number == number }) else {
      throw Refusal(
        "\(mailing.reference) has no text \(name)",
        advice: "what there is: tocsin mailing text list \(mailing.reference)"
      )
    }
    return text
  }

  /// Where texts are checked and approved.
  func noticeDesk(_ store: any Store, _ options: RulebookOptions) throws -> NoticeDesk {
    let session = self
    return NoticeDesk(store: store, rulebook: try rulebook(options), origin: origin) {
      session.now
    }
  }
}

/// To whom a text is, as options.
struct NoticeReachOptions: ParsableArguments {
  @Option(help: "The language, such as de or pt-br.") var language: String?
  @Option(
    help: "A channel that it is for, all of them; may be given more than once, none for no one."
  )
  var channel: [String] = []
  @Option(
    help: """
      A jurisdiction that it is for, such as US-CA, all of them; may be given more than once, all for \
      those that no other text names.
      """
  )
  var jurisdiction: [String] = []
  @Option(help: "For whom it is written: everyone, child, deceased, represented.")
  var audience: NoticeAudience?
  @Flag(
    inversion: .prefixedNo,
    help: "Whether it is for those too whose language has no text."
  )
  var otherLanguages: Bool?

  /// Whether something was said.
  var isGiven: Bool {
    language != nil || !channel.isEmpty || !jurisdiction.isEmpty || audience != nil
      || otherLanguages != nil
  }

  /// The facts with what was said.
  func applied(to facts: NoticeTextFacts) throws -> NoticeTextFacts {
    var facts = facts
    if let language { facts.language = language.lowercased() }
    if !channel.isEmpty {
      let channels = try channel.filter { $0 != "none" }.map { word in
        guard let found = MailingChannel(rawValue: word) else {
          throw Refusal(
            "there is no channel \(word)",
            advice: "\(MailingChannel.allCases.map(\.rawValue).joined(separator: ", ")), none",
            status: .usage
          )
        }
        return found
      }
      facts.channels = MailingChannel.allCases.filter(channels.contains)
    }
    if !jurisdiction.isEmpty {
      facts.jurisdictions = Set(jurisdiction.filter { $0 != "all" }).sorted()
    }
    if let audience { facts.audience = audience }
    if let otherLanguages { facts.takesOtherLanguages = otherLanguages }
    return facts
  }
}

/// Texts and editions as a command prints them.
enum NoticeWords {
  /// To whom a text is, in a line.
  static func reach(_ facts: NoticeTextFacts) -> String {
    let channels = facts.channels.map(\.label).joined(separator: ", ")
    var parts = [facts.language + (facts.takesOtherLanguages ? " and others" : "")]
    parts.append(channels.isEmpty ? "sent to nobody" : channels)
    parts.append(
      facts.jurisdictions.isEmpty ? "all places" : facts.jurisdictions.joined(separator: ", ")
    )
    if facts.audience != .everyone { parts.append(facts.audience.label) }
    return parts.joined(separator: "; ")
  }

  /// Who gets which text, as a table.
  static func shares(_ shares: [NoticeEditionFacts.Share]) -> [Words] {
    let rows: [[Words]] = shares.map { share in
      let texts = share.texts.map { "\($0.text) (\($0.channel.label))" }
      return [
        "\(share.kind.jurisdiction)", "\(share.kind.language.isEmpty ? "-" : share.kind.language)",
        "\(share.kind.protection == .none ? "-" : share.kind.protection.label)", "\(share.count)",
        texts.isEmpty ? "NO TEXT" : "\(texts.joined(separator: ", "))",
      ]
    }
    let titles: [Words] = ["WHERE", "LANGUAGE", "PROTECTED", "PEOPLE", "GETS"]
    return Table(titles: titles, rows: rows, right: [3]).lines(rows)
  }
}

extension JSON {
  /// A version of a text.
  static func notice(_ text: NoticeText, withBody: Bool = true) -> JSON {
    .members([
      "name": .string(text.name), "version": .integer(text.version),
      "version_name": .string(text.versionName), "digest": .string(text.digest),
      "language": .string(text.facts.language),
      "channels": .texts(text.facts.channels.map(\.rawValue)),
      "jurisdictions": .texts(text.facts.jurisdictions),
      "audience": .string(text.facts.audience.rawValue),
      "other_languages": .bool(text.facts.takesOtherLanguages),
      "draft": .string(text.facts.draft), "subject": .string(text.facts.subject),
      "body": withBody ? .string(text.facts.body) : .null,
      "written_at": .instant(text.writtenAt), "written_by": .string(text.writtenBy),
      "removed": .bool(text.isRemoved),
    ])
  }

  /// Who gets which text.
  static func share(_ share: NoticeEditionFacts.Share) -> JSON {
    .members([
      "jurisdiction": .string(share.kind.jurisdiction), "language": .string(share.kind.language),
      "protection": share.kind.protection == .none ? .null : .string(share.kind.protection.label),
      "people": .count(share.count),
      "texts": .array(
        share.texts.map {
          .members(["channel": .string($0.channel.rawValue), "text": .string($0.text)])
        }
      ),
    ])
  }

  /// An edition, without the bodies of its texts.
  static func edition(_ edition: NoticeEdition) -> JSON {
    .members([
      "name": .string(edition.name), "state": .string(edition.state.rawValue),
      "digest": .string(edition.digest), "date": .string(edition.facts.date),
      "texts": .array(edition.facts.parts.map { .notice($0.text, withBody: false) }),
      "approvals": .array(
        edition.approvals.map {
          .members(["by": .string($0.by), "uid": .integer(Int64($0.uid)), "at": .instant($0.at)])
        }
      ),
      "checks": .texts(edition.checks),
      "ended": edition.end.map {
        .members(["by": .string($0.by), "at": .instant($0.at), "reason": .string($0.reason)])
      } ?? .null,
    ])
  }
}
