import Model
import Panes

/// Checks, fills in and approves texts for the dashboard, once the rules were read.
struct TextDesk: Sendable {
  private let desk: @Sendable () async -> NoticeDesk?

  init(_ desk: @escaping @Sendable () async -> NoticeDesk?) { self.desk = desk }

  /// Holds all texts of a mailing against the laws of those who get them.
  func review(_ mailing: Mailing) async -> Result<MailingReview, ErrandFailure> {
    await with { try await $0.review(mailing) }
  }

  /// The drafts that a text can begin as.
  func drafts() async -> Result<[NoticeDraft], ErrandFailure> { await with { $0.drafts } }

  /// Fills a text in for a person, or for one of those who get it; contacts as they came, or masked.
  func sample(
    _ mailing: Mailing?,
    _ text: NoticeText,
    _ facts: NoticeEditionFacts,
    _ person: Recipient?,
    named name: String
  ) async -> Result<NoticeSample, ErrandFailure> {
    await with { desk in
      let sample =
        if let person {
          desk.sample(text, of: facts, for: person)
        } else if let mailing {
          try await desk.sample(text, of: facts, in: mailing)
        } else {
          throw ErrandFailure("nobody was named who gets it")
        }
      let whose = sample.recipient.map { "as #\($0) gets it" } ?? "nobody gets it"
      let mask = person?.isRevealed == true ? "" : ", masked"
      return NoticeSample(
        title: "\(name) · \(whose)\(sample.recipient == nil ? "" : mask)",
        notice: try sample.outcome.get(),
        isPersonal: person?.isRevealed ?? false
      )
    }
  }

  /// Approves what was seen; once it is in force, those whom it covers as well.
  func approve(
    _ mailing: Mailing,
    digest: String,
    date: String,
    _ ticket: JobTicket
  ) async -> Result<ApprovalOutcome, ErrandFailure> {
    await with { desk in
      let edition = try await desk.approve(mailing, digest: digest, date: date, allowsGaps: true)
      guard edition.isInForce else { return ApprovalOutcome(edition: edition, release: nil) }
      let release = try await desk.release(edition) {
        ticket.tell(Int64($0.done), Int64($0.total))
      }
      return ApprovalOutcome(edition: edition, release: release)
    }
  }

  private func with<Value: Sendable>(_ work: (NoticeDesk) async throws -> Value) async
    -> Result<Value, ErrandFailure>
  {
    guard let desk = await desk() else {
      return .failure(
        ErrandFailure("the rules cannot be used: see :rules for what is wrong with them")
      )
    }
    do {
      return .success(try await work(desk))
    } catch let failure as ErrandFailure {
      return .failure(failure)
    } catch is CancellationError {
      return .failure(ErrandFailure("stopped; what was done until then stays"))
    } catch {
      return .failure(ErrandFailure("\(error)"))
    }
  }
}
