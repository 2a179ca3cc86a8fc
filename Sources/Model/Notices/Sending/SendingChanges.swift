/// Sets how the e-mails of a mailing are sent.
public struct SetSendingPlan: Alteration {
  /// What the journal calls it.
  public static let name = "sending.plan"
  /// Which mailing.
  public var id: RecordID
  /// The version of the mailing that it was made for.
  public var basedOn: Version?
  /// How they are sent from now on; nil takes the plan back.
  public var plan: SendingPlan?

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, id) }
  /// What it does, in a few words.
  public var headline: String { plan == nil ? "took the plan back" : "set how e-mails are sent" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, plan: SendingPlan?) {
    (self.id, self.basedOn, self.plan) = (id, basedOn, plan)
  }
}

/// Tells whoever sends a mailing to wait, to go on or to end; seen between two hand-overs.
public struct DirectSending: Change {
  /// What the journal calls it.
  public static let name = "sending.direct"
  /// The mailing.
  public var mailing: RecordID
  /// What is wanted.
  public var wish: SendingWish

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    switch wish {
    case .run: "let the sending go on"
    case .pause: "asked the sending to pause"
    case .stop: "asked the sending to stop"
    }
  }

  /// Makes the change.
  public init(mailing: RecordID, wish: SendingWish) { (self.mailing, self.wish) = (mailing, wish) }
}

/// That a process began to send a mailing.
///
/// Made by the job alone, in the transaction that takes the lease.
public struct StartSending: Change {
  /// What the journal calls it.
  public static let name = "sending.start"
  /// The mailing.
  public var mailing: RecordID
  /// The process's number.
  public var process: Int32
  /// The mail program and its arguments.
  public var program: [String]

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "began to send e-mails" }

  /// Makes the change.
  public init(mailing: RecordID, process: Int32, program: [String]) {
    (self.mailing, self.process, self.program) = (mailing, process, program)
  }
}

/// That a process has ended sending a mailing, and why.
///
/// Made by the job alone, in the transaction that gives the lease back.
public struct EndSending: Change {
  /// What the journal calls it.
  public static let name = "sending.end"
  /// The mailing.
  public var mailing: RecordID
  /// What it did.
  public var counts: SendingCounts
  /// Why it ended early; empty where it did not.
  ///
  /// Foreign text.
  public var problem: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "ended sending: \(counts.handedOver) handed over"
      + (problem.isEmpty ? "" : "; \(firstLine(problem))")
  }

  /// Makes the change.
  public init(mailing: RecordID, counts: SendingCounts, problem: String) {
    (self.mailing, self.counts, self.problem) = (mailing, counts, problem)
  }
}

/// A stretch of messages that were handed over: how many, and a digest of their ids and hashes.
///
/// Made by the job alone, in the transaction that keeps them.
public struct RecordDeliveries: Change {
  /// What the journal calls it.
  public static let name = "deliveries.record"
  /// The mailing.
  public var mailing: RecordID
  /// The step with which the people were handed over.
  public var step: Int64
  /// How many.
  public var count: Int
  /// SHA-256 over number, message id and the message's own SHA-256 of each, in order of number;
  /// hexadecimal.
  public var messages: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mailing, mailing) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "kept the hashes of \(count) messages" }

  /// Makes the change.
  public init(mailing: RecordID, step: Int64, count: Int, messages: String) {
    (self.mailing, self.step, self.count, self.messages) = (mailing, step, count, messages)
  }
}
