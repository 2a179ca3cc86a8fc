import Drawing
import Model

/// Opens, edits, fills, erases and removes mailings.
enum MailingChange {
  /// Says what is wanted; nothing of it alters what a pane shows: it goes into the record.
  static func reduce<Action: Sendable>(
    _ event: MailingEvent,
    _ mailing: Mailing?,
    _ context: PaneContext,
    wrap: @escaping @Sendable (MailingEvent) -> Action
  ) -> [Effect<Action>] {
    switch event {
    case .createPressed, .incidentNamed, .incidentAnswered, .createWanted, .dutiesAnswered,
      .createSubmitted:
      return create(event, context).map { $0.map(wrap) }
    case .opened(.failure(let error)), .changed(.failure(let error)),
      .editDutiesAnswered(_, .failure(let error)), .erased(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .opened(.success): return []
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .editPressed:
      guard let mailing else { return [] }
      return [
        .ask(IncidentObligations(incident: mailing.incident), slot: "notices.form") {
          wrap(.editDutiesAnswered(mailing, $0))
        }
      ]
    case .editDutiesAnswered(let mailing, .success(let duties)):
      let request = FormRequest<MailingEvent>(
        title: "\(mailing.reference) · Edit",
        fields: MailingForms.facts(
          mailing.facts,
          duties: MailingForms.offered(duties, mailing.facts.obligations, context)
        ),
        draftKey: "mailing.\(mailing.id)",
        submit: { .editSubmitted(mailing, $0) }
      )
      return [Effect<MailingEvent>.present(.form(request)).map(wrap)]
    case .editSubmitted(let mailing, let values):
      do {
        let facts = try MailingForms.facts(values, context)
        guard facts != mailing.facts else { return [] }
        let change = EditMailing(id: mailing.id, basedOn: mailing.version, facts: facts)
        return [.apply([change]) { wrap(.changed($0)) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    case .releasePressed, .holdAnswered, .releaseSubmitted, .released:
      return MailingHolding.reduce(event, mailing).map { $0.map(wrap) }
    case .removePressed, .outlookAnswered, .eraseConfirmed, .erased(_, .success), .importPressed,
      .importSubmitted,
      .imported, .endImportPressed, .endImportConfirmed:
      return fill(event, mailing, context).map { $0.map(wrap) }
    }
  }

  // MARK: Opening

  private static func create(_ event: MailingEvent, _ context: PaneContext)
    -> [Effect<MailingEvent>]
  {
    switch event {
    case .createPressed(let reference):
      let prompt = PromptRequest<MailingEvent>(
        label: "for which incident",
        text: reference,
        submit: { .incidentNamed($0) }
      )
      return [.present(.prompt(prompt))]
    case .incidentNamed(let text):
      let reference = text.filter { !$0.isWhitespace }
      guard !reference.isEmpty else { return [] }
      return [
        .ask(IncidentByReference(reference), slot: "notices.form") {
          .incidentAnswered(fulfilling: [], $0)
        }
      ]
    case .createWanted(let incident, let duties):
      return [
        .ask(IncidentDetail(id: incident), slot: "notices.form") {
          .incidentAnswered(fulfilling: duties, $0)
        }
      ]
    case .incidentAnswered(_, .failure(let error)), .dutiesAnswered(_, _, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .incidentAnswered(_, .success(nil)):
      return [.toast(Toast(.failure, "there is no such incident; 2 lists them"))]
    case .incidentAnswered(let duties, .success(let incident?)):
      return [
        .ask(IncidentObligations(incident: incident.id), slot: "notices.form") {
          .dutiesAnswered(incident, fulfilling: duties, $0)
        }
      ]
    case .dutiesAnswered(let incident, let chosen, .success(let duties)):
      let offered = MailingForms.offered(duties, chosen, context)
      let owed = offered.filter { $0.obligation.state.isOwed }.map(\.obligation.id)
      let facts = MailingFacts(
        name: "",
        obligations: chosen.isEmpty ? owed : chosen,
        channels: [.email, .post]
      )
      let request = FormRequest<MailingEvent>(
        title: "\(incident.markedReference) · New mailing",
        fields: MailingForms.facts(facts, duties: offered),
        draftKey: "mailing.new.\(incident.id)",
        submit: { .createSubmitted(incident.id, $0) }
      )
      return [.present(.form(request))]
    case .createSubmitted(let incident, let values):
      do {
        let facts = try MailingForms.facts(values, context)
        return [.apply([OpenMailing(incident: incident, facts: facts)]) { .opened($0) }]
      } catch {
        return [.toast(Toast(.failure, "\(error)"))]
      }
    default: return []
    }
  }

  // MARK: Filling and erasing

  private static func fill(_ event: MailingEvent, _ mailing: Mailing?, _ context: PaneContext)
    -> [Effect<MailingEvent>]
  {
    switch event {
    case .removePressed:
      guard let mailing else { return [] }
      guard mailing.recipients > 0 else {
        return [
          .apply([RemoveMailing(id: mailing.id, basedOn: mailing.version)]) { .changed($0) }
        ]
      }
      return [
        .ask(ErasureOutlook(of: mailing.id), slot: "notices.form") {
          .outlookAnswered(mailing, $0)
        }
      ]
    case .outlookAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .outlookAnswered(let mailing, .success(let outlook)):
      return [.present(.confirm(MailingForms.erasing(mailing, outlook, context)))]
    case .eraseConfirmed(let mailing, let whileTelling):
      let change = EraseMailing(
        id: mailing.id,
        basedOn: mailing.version,
        isOrdered: true,
        whileTelling: whileTelling
      )
      return [.work(MailingErasure(change)) { .erased(mailing, $0) }]
    case .erased(let mailing, .success(let outcome)) where !outcome.isErased:
      let words = "\(mailing.reference): ordered; a second person must erase it too · u undoes"
      return [.toast(Toast(.done, words))]
    case .erased(let mailing, .success(let outcome)):
      let people = Look.count(Int64(mailing.recipients))
      return [
        .toast(
          outcome.isLogEmpty
            ? Toast(.done, "\(mailing.reference): the key to \(people) people was destroyed")
            : Toast(
              .failure,
              "destroyed, but another program reads the store: its log holds the wrapped key until "
                + "that ends and something is written"
            )
        )
      ]
    case .importPressed:
      guard let mailing else { return [] }
      let request = FormRequest<MailingEvent>(
        title: "\(mailing.reference) · Bring recipients in",
        fields: MailingForms.intake(),
        draftKey: "mailing.import.\(mailing.id)",
        submit: { .importSubmitted(mailing, $0) }
      )
      return [.present(.form(request))]
    case .importSubmitted(let mailing, let values):
      return [
        .perform(.intake(MailingForms.order(values, mailing)) { .imported(mailing, $0) })
      ]
    case .imported(let mailing, .success(let summary)):
      return [
        .present(
          .reader(
            title: "\(mailing.reference) · Import",
            lines: MailingForms.lines(summary)
          )
        )
      ]
    case .imported(_, .failure(let failure)):
      return [.toast(Toast(.failure, failure.reason))]
    case .endImportPressed:
      guard let mailing else { return [] }
      let people = Look.count(Int64(mailing.recipients))
      return [
        .present(
          .confirm(
            Confirmation(
              title: "\(mailing.reference) · Give the import up",
              lines: [
                Line("\(people) people who are in stay; another file may follow."),
                Line("To go on with it, bring the same file in again.", .textMuted),
              ],
              doLabel: "Give up",
              action: .endImportConfirmed(mailing)
            )
          )
        )
      ]
    case .endImportConfirmed(let mailing):
      return [.apply([EndImport(mailing: mailing.id)]) { .changed($0) }]
    default: return []
    }
  }
}
