import Drawing
import Model

/// Says what was sent of a mailing that is held since the store was put back.
enum MailingHolding {
  /// Says what is wanted.
  static func reduce(_ event: MailingEvent, _ mailing: Mailing?) -> [Effect<MailingEvent>] {
    switch event {
    case .releasePressed:
      guard let mailing else { return [] }
      return [
        .ask(MailingHolds(of: mailing.id), slot: "notices.form") { .holdAnswered(mailing, $0) }
      ]
    case .holdAnswered(_, .failure(let error)), .released(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .holdAnswered(let mailing, .success(let holds)):
      guard let hold = holds.first else {
        return [.toast(Toast(.failure, "\(mailing.reference) is not held any more"))]
      }
      return [.present(.form(form(hold, mailing)))]
    case .releaseSubmitted(let mailing, let values):
      guard let word = MailingRelease.Word(rawValue: values["sent"] ?? "") else { return [] }
      let job = MailingRelease(of: mailing.id, word, reason: values["reason"] ?? "")
      return [
        .work(job, title: "\(mailing.reference): marking") { .released(mailing, $0) }
      ]
    case .released(let mailing, .success(let outcome)):
      guard outcome.left == 0 else {
        let words = "\(mailing.reference) is still held: \(outcome.left) could not be marked"
        return [.toast(Toast(.failure, words))]
      }
      guard outcome.isReleased else {
        let words = "\(mailing.reference) is still held: the marking was broken off; say it again"
        return [.toast(Toast(.failure, words))]
      }
      let count = Look.count(Int64(outcome.uncertain))
      return [
        .toast(
          Toast(
            .done,
            outcome.uncertain == 0
              ? "\(mailing.reference) is released"
              : "released; \(count) are uncertain: x u in Channels settles them"
          )
        )
      ]
    default: return []
    }
  }

  private static func form(_ hold: MailingHold, _ mailing: Mailing) -> FormRequest<MailingEvent> {
    let isNothing = hold.known.count == 0
    let options = [
      (MailingRelease.Word.uncertain.rawValue, "some may have been told: they become uncertain"),
      (MailingRelease.Word.nothing.rawValue, "nothing was sent since the backup"),
    ]
    return FormRequest(
      title: "\(mailing.reference) · What was sent since the backup",
      fields: [
        FormField.choice(
          "sent",
          label: "Sent since",
          value: isNothing ? MailingRelease.Word.nothing.rawValue : options[0].0,
          options: options,
          help: hold.known.words
        ),
        FormField.line(
          "reason",
          label: "Known from",
          help: "The mail server's log, the printer's list; the journal keeps it",
          isRequired: true
        ),
      ],
      draftKey: "mailing.release.\(mailing.id)",
      submit: { .releaseSubmitted(mailing, $0) }
    )
  }
}
