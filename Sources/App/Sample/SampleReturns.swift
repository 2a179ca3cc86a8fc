internal import Model

/// Mails that came back to the sample company, judged as the classifier would.
final class SampleBounces: BounceSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private var mails: [BouncedMail] = []
  private var place = 0

  let refused: [ImportProblem] = []

  /// Adds a mail about a message that was sent.
  func add(
    _ messageID: String,
    _ kind: BounceKind,
    _ reason: BounceReason,
    _ status: MailStatus?
  ) {
    var verdict = BounceVerdict(kind)
    verdict.originalMessageID = messageID
    var recipient = BounceRecipient(address: "", reason: reason, isHard: status?.kind == 5)
    recipient.action = kind == .bounce ? .failed : nil
    recipient.status = status
    verdict.recipients = [recipient]
    verdict.feedbackType = kind == .complaint ? "abuse" : nil
    mails.append(
      BouncedMail(
        place: "bounces/\(mails.count + 1)",
        digest: HandOver.digest(Array("\(kind.rawValue) \(messageID)".utf8)),
        verdict: verdict
      )
    )
  }

  func next() throws -> BouncedMail? {
    guard place < mails.count else { return nil }
    place += 1
    return mails[place - 1]
  }
}

/// What a printer or call centre of the sample says became of a batch.
final class SampleReturns: ReturnSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let rows: [ReturnRow]
  private var place = 0

  let refused: [ImportProblem] = []
  let refusedCount = 0
  let digest: [UInt8]

  init(_ outcomes: [(number: Int64, outcome: ReturnOutcome)]) {
    rows = outcomes.enumerated().map { line, row in
      ReturnRow(line: line + 2, number: row.number, outcome: row.outcome)
    }
    let text = outcomes.map { "\($0.number) \($0.outcome.rawValue)" }.joined(separator: "\n")
    digest = HandOver.digest(Array(text.utf8))
  }

  func rewind() throws { place = 0 }

  func next(_ count: Int) throws -> [ReturnRow] {
    let next = rows[place..<min(place + count, rows.count)]
    place += next.count
    return Array(next)
  }
}

/// Codes of support that nobody gives anything for.
final class SampleCodes: OfferSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.
  private let count: Int
  private var place = 0

  let refused: [ImportProblem] = []
  let refusedCount = 0
  let digest: [UInt8]

  init(_ count: Int) {
    self.count = count
    digest = HandOver.digest(Array((0..<count).map(Self.code).joined(separator: "\n").utf8))
  }

  func rewind() throws { place = 0 }

  func next(_ count: Int) throws -> [(line: Int, code: String)] {
    let next = place..<min(place + count, self.count)
    place = next.upperBound
    return next.map { ($0 + 1, Self.code($0)) }
  }

  private static func code(_ number: Int) -> String {
    "SAMPLE-\(100_000 + number * 7919 % 899_981)"
  }
}
