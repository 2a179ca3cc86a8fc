import Drawing
public import Model

extension PublicItems {
  /// Writes public notices down, corrects and ends them.
  public static func reduce(
    _ event: Event,
    _ item: Publication?,
    _ scene: MailingScene<PublicItems>
  ) -> [MailingItemEffect<PublicItems>] {
    let mailing = scene.mailing
    switch event {
    case .createPressed: return [editions(nil, mailing)]
    case .editPressed: return item.map { [editions($0, mailing)] } ?? []
    case .editionsAnswered(let item, .success(let editions)):
      return [
        .ask(IncidentEvidence(incident: mailing.incident), slot: "mailing.publication-form") {
          .own(.evidenceAnswered(item, editions, $0))
        }
      ]
    case .evidenceAnswered(let item, let editions, .success(let evidence)):
      return [form(item, editions, evidence, mailing)]
    case .submitted(let item, let values):
      do {
        let facts = try facts(values, mailing, scene.context)
        guard facts != item?.facts else { return [] }
        let change: any Change =
          item.map { EditPublication(id: $0.id, basedOn: $0.version, facts: facts) }
          ?? AddPublication(incident: mailing.incident, facts: facts)
        return [apply(change)]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .endPressed:
      guard let item else { return [] }
      let prompt = PromptRequest<PublicTab.Action>(
        label: "until when does it stand, such as today or 2027-01-31",
        text: item.facts.until?.text ?? "today",
        submit: { .own(.endTyped(item, $0)) }
      )
      return [.present(.prompt(prompt))]
    case .endTyped(let item, let text):
      do {
        var facts = item.facts
        facts.until = try time(text, scene.context)
        return [apply(EditPublication(id: item.id, basedOn: item.version, facts: facts))]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .removePressed:
      return item.map { [apply(RemovePublication(id: $0.id, basedOn: $0.version))] } ?? []
    case .editionsAnswered(_, .failure(let error)), .evidenceAnswered(_, _, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func apply(_ change: any Change) -> MailingItemEffect<PublicItems> {
    .apply([change]) { .changed($0) }
  }

  private static func time(_ text: String, _ context: PaneContext) throws -> StatedTime {
    try StatedTime(reading: text, context.reading, source: context.actor.name)
  }

  private static func editions(_ item: Publication?, _ mailing: Mailing)
    -> MailingItemEffect<PublicItems>
  {
    .ask(MailingEditions(mailing: mailing.id), slot: "mailing.publication-form") {
      .own(.editionsAnswered(item, $0))
    }
  }

  // MARK: The form

  private static func form(
    _ item: Publication?,
    _ editions: [NoticeEdition],
    _ evidence: [Evidence],
    _ mailing: Mailing
  ) -> MailingItemEffect<PublicItems> {
    let facts = item?.facts
    // Texts that were approved, those of public notices first.
    let texts = editions.filter { !$0.approvals.isEmpty }.flatMap { edition in
      edition.facts.parts.map { (edition.reference(of: $0.text), $0.text) }
    }
    let isPublic = { (text: NoticeText) in text.facts.channels.contains(.publicNotice) }
    let offered = texts.filter { isPublic($0.1) } + texts.filter { !isPublic($0.1) }
    let named = facts?.text ?? ""
    var options = [("", "none of the mailing's")]
    options += offered.map { ($0.0, "\($0.0), \($0.1.facts.language): \($0.1.facts.subject)") }
    if !named.isEmpty, !options.contains(where: { $0.0 == named }) {
      options.append((named, named))
    }
    return .present(
      .form(
        FormRequest(
          title: "\(mailing.reference) · \(item == nil ? "New public notice" : "Public notice")",
          fields: [
            FormField.choice(
              "means",
              label: "It stands in",
              value: facts?.means.rawValue ?? "",
              options: PublicationMeans.allCases.map { ($0.rawValue, $0.label) }
            ),
            FormField.line(
              "place",
              label: "Where",
              value: facts?.place ?? "",
              help: "The address, the paper, the station",
              isRequired: true
            ),
            FormField.line(
              "from",
              label: "From",
              value: facts?.from.text ?? "today",
              isRequired: true
            ),
            FormField.line(
              "until",
              label: "Until",
              value: facts?.until?.text ?? "",
              help: "May lie ahead; empty while nobody has said"
            ),
            FormField.line(
              "jurisdictions",
              label: "Only for",
              value: facts?.jurisdictions.joined(separator: ", ") ?? "",
              help: "People of US-NY, EU-DE; empty for everybody",
              check: { text in
                IntakeText.pairs(text).lazy
                  .compactMap { Jurisdiction.problem(with: $0.uppercased()) }.first
              }
            ),
            FormField.choice("text", label: "Text", value: named, options: options),
            FormField.line(
              "telephone",
              label: "Telephone",
              value: facts?.telephone ?? "",
              help: "Whom people can call, such as a toll-free number"
            ),
            FormField.choice(
              "evidence",
              label: "Evidence",
              value: facts?.evidence.map { "\($0)" } ?? "",
              options: [("", "none keeps how it stood there")]
                + evidence.map { ("\($0.id)", "\($0.id), \($0.facts.title)") }
            ),
          ],
          draftKey: item.map { "publication.\($0.id)" } ?? "publication.new.\(mailing.id)",
          submit: { .own(.submitted(item, $0)) }
        )
      )
    )
  }

  private static func facts(
    _ values: [String: String],
    _ mailing: Mailing,
    _ context: PaneContext
  ) throws -> PublicationFacts {
    let until = values["until"] ?? ""
    return PublicationFacts(
      mailing: mailing.id,
      means: values["means"].flatMap(PublicationMeans.init(rawValue:)) ?? .other,
      place: values["place"] ?? "",
      from: try time(values["from"] ?? "", context),
      until: until.allSatisfy(\.isWhitespace) ? nil : try time(until, context),
      jurisdictions: IntakeText.pairs(values["jurisdictions"] ?? "").map { $0.uppercased() },
      text: values["text"] ?? "",
      telephone: values["telephone"] ?? "",
      evidence: values["evidence"].flatMap { RecordID($0) }
    )
  }

  // MARK: Rows in the table of actions

  private static let none = "there is no public notice under the cursor"

  /// The tab's rows in the table of actions.
  public static let rows: [MailingItemRow<PublicItems>] = PublicTab.rows(
    "publication",
    read: "Read all that is known of the public notice",
    none: none,
    own: [
      ActionRow(
        "publication.create",
        keys: [.character("c")],
        label: "write down",
        help: "Write down that a notice stands in public, where and since when",
        section: .change,
        hint: 2,
        action: { _ in .own(.createPressed) }
      ),
      ActionRow(
        "publication.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Correct what is said of the public notice",
        section: .change,
        hint: 3,
        availability: PublicTab.has(none),
        action: { _ in .own(.editPressed) }
      ),
      ActionRow(
        "publication.end",
        label: "stands until …",
        help: "Say until when it stands there, or stood",
        section: .change,
        hint: 4,
        menuKey: "t",
        availability: PublicTab.has(none),
        action: { _ in .own(.endPressed) }
      ),
      ActionRow(
        "publication.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take the public notice off the list; u brings it back",
        section: .change,
        availability: PublicTab.has(none),
        action: { _ in .own(.removePressed) }
      ),
    ]
  )
}
