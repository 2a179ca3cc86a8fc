import Dispatch
import Exchange
import Model

/// The hand-over of one person's message to the mail program.
struct HandOver: Sendable {
  /// What became of it.
  struct Outcome: Sendable {
    /// Whose it is.
    var person: RecipientClaim.Person
    /// What is written down; nil where nobody knows whether the program took the message.
    var fate: RecipientSettlement.Fate?
    /// What went wrong; nothing of the person in it.
    var problem = ""
    /// The same with what the mail program said, addresses masked: shown, and kept nowhere for good.
    ///
    /// Foreign text.
    var shown = ""
  }

  private let person: RecipientClaim.Person
  private let run: SendingRun

  init(_ person: RecipientClaim.Person, _ run: SendingRun) {
    (self.person, self.run) = (person, run)
  }

  /// Performs it on a thread of its own.
  func perform(on lane: DispatchQueue) async -> Outcome {
    await withCheckedContinuation { continuation in
      lane.async { continuation.resume(returning: perform()) }
    }
  }

  private func perform() -> Outcome {
    guard let contact = person.recipient.contact else {
      return Outcome(person: person, fate: .returned(cause: "the contact was erased"))
    }
    if let problem = AddressProblem(contact.email) {
      return Outcome(person: person, fate: .unfit(cause: problem.description))
    }
    do {
      let message = try Self.compose(
        person,
        run.order.plan,
        run.order.mailing.reference,
        run.texts
      )
      let bytes = try message.bytes()
      return outcome(
        of: call(message, bytes).run(),
        .handedOver(messageID: message.id ?? "", digest: HandOver.digest(bytes)),
        contact
      )
    } catch {
      let cause = "the message cannot be written: \(MaskedWords.line("\(error)", of: contact))"
      return Outcome(person: person, fate: .returned(cause: cause), problem: cause, shown: cause)
    }
  }

  /// A person's message; the same whenever it is made.
  static func compose(
    _ person: RecipientClaim.Person,
    _ plan: SendingPlan,
    _ mailing: String,
    _ texts: any SendingTexts
  ) throws -> MailMessage {
    let notice = try texts.notice(person.text, for: person.recipient)
    var message = NoticeMail.message(
      subject: notice.subject,
      plain: notice.plain,
      html: notice.html,
      to: person.recipient.contact?.email ?? "",
      by: plan,
      of: mailing,
      id: "\(person.messageTag.text)@\(plan.domain)",
      date: person.at
    )
    message.returnPath = MailMessage.returnPath(plan.bounceAddress, tag: person.returnTag.text)
    guard message.returnPath != nil else {
      throw UnfitMail(description: "no return path can be made of the plan's address for bounces")
    }
    return message
  }

  private func call(_ message: MailMessage, _ bytes: [UInt8]) -> MailProgramCall {
    MailProgramCall(
      arguments: run.order.plan.arguments(
        from: message.returnPath ?? "",
        to: message.to.first?.address ?? ""
      ),
      environment: run.order.environment.map { "\($0.key)=\($0.value)" },
      input: bytes,
      timeout: .seconds(run.order.plan.timeout)
    )
  }

  /// What a call's end says of the message.
  private func outcome(
    of result: MailProgramCall.Result,
    _ taken: RecipientSettlement.Fate,
    _ contact: RecipientContact
  ) -> Outcome {
    let said = MaskedWords.line(result.output, of: contact)
    let words = said.isEmpty ? "" : ": \(said)"
    func returned(_ cause: String) -> Outcome {
      // What the program wrote is foreign, and may name the person in ways nobody knows: it is shown,
      // not kept with the person.
      Outcome(
        person: person,
        fate: .returned(cause: cause),
        problem: cause,
        shown: cause + words
      )
    }
    func unknown(_ cause: String) -> Outcome {
      Outcome(person: person, fate: nil, problem: cause, shown: cause + words)
    }
    switch result.end {
    case .exit(0, true): return Outcome(person: person, fate: taken)
    case .exit(0, false):
      return unknown("the mail program ended well without having read all of the message")
    case .exit(let status, _):
      let cause = "the mail program ended with status \(ExitMeaning.words(status))"
      // Only the words of sysexits.h say that the message was not taken; a wrapper's own status may
      // come from after it was.
      let isRefusal =
        ExitMeaning.refusals.contains(status)
        && !run.order.plan.uncertainStatuses.contains(status)
      return isRefusal ? returned(cause) : unknown(cause)
    case .signal(let number): return unknown("the mail program was ended by signal \(number)")
    case .timeout:
      return unknown("the mail program took longer than \(run.order.plan.timeout) s and was ended")
    case .notStarted(let code):
      return returned("the mail program could not be started: \(ErrorWords.of(code))")
    }
  }

  /// What is kept of a message.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = RunningDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.bytes
  }
}
