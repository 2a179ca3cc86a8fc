internal import GRDB
internal import Model

extension SetSendingPlan: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let old = try SendingRecord.plan(of: id, in: db)
    var mailing = try MailingChange.begin(self, id, context, in: db) { _ in
      Conflict.differences(theirs: old?.named ?? [], ours: plan?.named ?? [])
    }
    if let problem = plan?.problem { throw StoreError.refused(problem) }
    if old != plan { try SendingRecord.set(plan, of: id, in: db) }
    return try MailingChange.write(
      &mailing,
      in: db,
      inverse: SetSendingPlan(id: id, basedOn: mailing.version + 1, plan: old),
      isIdle: old == plan
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try SendingRecord.plan(of: subject.id, in: db)
    return Conflict.differences(
      theirs: (now ?? SendingPlan()).named,
      ours: (plan ?? SendingPlan()).named
    )
  }

  var lines: [String] {
    (plan?.named ?? []).filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
  }
}

extension DirectSending: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    let found = try MailingRecord.existing(mailing, in: db)
    guard let lease = try SendingRecord.lease(of: mailing, in: db), lease.isActive else {
      throw StoreError.refused("nobody is sending \(found.reference) at the moment")
    }
    guard lease.wish != .stop || wish == .stop else {
      throw StoreError.refused("the sending of \(found.reference) was asked to stop already")
    }
    try SendingRecord.set(wish, of: mailing, in: db)
    return MailingChange.performed(found, isIdle: lease.wish == wish)
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }
}

/// The journal's words for what a sender does: they are made by its jobs alone, and never performed on
/// their own.
extension StartSending: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("a sending is begun by a job")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["process: \(process)", "program: \(program.joined(separator: " "))"] }
}

extension EndSending: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("a sending is ended by a job")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] {
    let numbers = [
      ("handed over", counts.handedOver), ("refused", counts.refused),
      ("without an address", counts.unfit), ("uncertain", counts.uncertain),
    ]
    return numbers.filter { $0.1 > 0 }.map { "\($0.0): \($0.1)" }
      + (problem.isEmpty ? [] : ["reason: \(problem)"])
  }
}

extension RecordDeliveries: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    throw StoreError.refused("deliveries are kept by the job that hands over")
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] { [] }

  var lines: [String] { ["\(count) messages of step \(step)", "messages: \(messages)"] }
}
