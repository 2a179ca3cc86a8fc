internal import GRDB
internal import Model

extension SetOfferPlan: SQLChange {
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed {
    if let problem = plan.problem { throw StoreError.refused(problem) }
    var found = try MailingChange.begin(self, mailing, context, in: db) { _ in [] }
    let old = try OfferRecord.plan(of: mailing, in: db)
    guard old != plan else { return MailingChange.performed(found, isIdle: true) }
    try OfferRecord.set(plan, of: mailing, in: db)
    return try MailingChange.write(
      &found,
      in: db,
      inverse: SetOfferPlan(mailing: mailing, basedOn: found.version + 1, plan: old)
    )
  }

  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference] {
    let now = try OfferRecord.plan(of: mailing, in: db)
    guard now != plan else { return [] }
    return [.init(field: "offers", theirs: now.text, ours: plan.text)]
  }

  var lines: [String] { plan.lines.isEmpty ? ["no support is offered"] : plan.words }
}

extension OfferPlan {
  /// The plan, a line for each offer.
  var words: [String] {
    lines.map { line in
      let whom =
        line.jurisdictions.isEmpty ? "all others" : line.jurisdictions.joined(separator: ", ")
      return "\(whom): \(line.months) months of \(line.provider), pool \(line.pool)"
    }
  }

  /// The plan on one line.
  var text: String { words.joined(separator: "; ") }
}

extension AddOffers: JournalledByJob {
  static let maker = "codes come in through an import"

  var lines: [String] { ["codes \(first) to \(first + Int64(count) - 1)", "digest: \(codes)"] }
}

extension AssignOffers: JournalledByJob {
  static let maker = "codes are assigned by a job"

  var lines: [String] {
    ["\(count) recipients between \(first) and \(last)", "digest: \(pairs)"]
  }
}

extension RemoveOffers: JournalledByJob {
  static let maker = "codes are taken out by a job"

  var lines: [String] { ["because: \(reason)", "codes: \(count)", "digest: \(codes)"] }
}
