import Model
import Panes

extension Program {
  func perform(_ errand: Errand<RootAction>) {
    switch errand {
    case .edit(let text, let name, let then):
      guard let host else { return }
      receive([then(host.edit(text, name: name))])
    case .copy(let text, let what):
      switch host?.copy(text) {
      case .success(let how): receive([.toasted(Toast(.done, "\(what) \(how)"))])
      case .failure(let failure): receive([.toasted(Toast(.failure, failure.reason))])
      case nil: break
      }
    case .digest(let path, let copy, let then):
      long(title: "hashing") { [files] ticket in
        then(files.digest(path: path, copy: copy, progress: { ticket.tell($0, $1) }))
      }
    case .intake(let order, let then):
      long(title: "\(order.reference): bringing recipients in") { [store, origin] ticket in
        let result = await IntakeDesk(store: store, origin: origin).recipients(order, ticket)
        return saved(then(result), result) { $0.refusedCount == 0 || order.skipsBad }
      }
    case .bounces(let order, let then):
      long(title: "taking mails in") { [store, origin] ticket in
        let result = await IntakeDesk(store: store, origin: origin).bounces(order, ticket)
        return saved(then(result), result) { _ in !order.isDryRun }
      }
    case .send(let mailing, let then):
      let now = clock
      long(title: "\(mailing.reference): sending") { [store, origin, environment] ticket in
        let desk = SendingDesk(store: store, origin: origin, environment: environment, now: now)
        return then(await desk.send(mailing, ticket))
      }
    case .publish(let order, let then):
      long(title: "\(order.reference): publishing") { [store, origin] _ in
        let result = await StatementDesk(store, origin: origin).publish(order)
        return saved(then(result), result) { _ in true }
      }
    case .post(let errand): post(errand)
    case .notice(let errand): notice(errand)
    case .duties(let id, let edits, let aware, let then):
      guard let work = clocks?.duties(of: id, trying: edits, aware: aware) else {
        return withoutRules(then)
      }
      run { then(await work()) }
    case .workOut(let id, let then):
      guard let work = clocks?.workOut(id) else { return withoutRules(then) }
      run { then(await work()) }
    case .draft(let order, let then):
      guard let work = clocks?.draft(order) else { return withoutRules(then) }
      run { then(await work()) }
    case .verify(let evidence, let then):
      long(title: "verifying") { [files] ticket in
        then(files.verify(evidence, progress: { ticket.tell($0, $1) }))
      }
    }
  }

  /// Writes batches, takes returns and codes in.
  private func post(_ errand: PostErrand<RootAction>) {
    let intake = IntakeDesk(store: store, origin: origin)
    let desk = BatchDesk(store: store, origin: origin)
    switch errand {
    case .export(let order, let then):
      long(title: "\(order.mailing.reference): handing over") { ticket in
        let result = await desk.export(order, ticket)
        return saved(then(result), result) { _ in true }
      }
    case .rewrite(let order, let then):
      long(title: "\(order.mailing.reference): writing again") { ticket in
        let result = await desk.rewrite(order, ticket)
        return saved(then(result), result) { _ in true }
      }
    case .giveUp(let order, let then):
      long(title: "\(order.mailing.reference): giving a batch up") { ticket in
        let result = await desk.giveUp(order, ticket)
        return saved(then(result), result) { _ in true }
      }
    case .returns(let order, let then):
      long(title: "\(order.mailing.reference): taking returns in") { ticket in
        let result = await intake.returns(order, ticket)
        return saved(then(result), result) { $0.refusedCount == 0 || order.skipsBad }
      }
    case .codes(let order, let then):
      long(title: "\(order.mailing.reference): taking codes in") { ticket in
        let result = await intake.codes(order, ticket)
        return saved(then(result), result) { $0.refusedCount == 0 || order.skipsBad }
      }
    }
  }

  /// Checks, fills in or approves texts; approving is long, for it takes people along.
  private func notice(_ errand: NoticeErrand<RootAction>) {
    guard let desk = clocks?.texts() else {
      switch errand {
      case .review(_, let then): return withoutRules(then)
      case .sample(_, _, _, _, _, let then): return withoutRules(then)
      case .drafts(let then): return withoutRules(then)
      case .approve(_, _, _, let then): return withoutRules(then)
      }
    }
    switch errand {
    case .review(let mailing, let then):
      run { then(await desk.review(mailing)) }
    case .drafts(let then): run { then(await desk.drafts()) }
    case .sample(let mailing, let text, let facts, let person, let name, let then):
      run { then(await desk.sample(mailing, text, facts, person, named: name)) }
    case .approve(let mailing, let digest, let date, let then):
      long(title: "\(mailing.reference): approving") { ticket in
        then(await desk.approve(mailing, digest: digest, date: date, ticket))
      }
    }
  }

  private func withoutRules<Value>(_ then: (Result<Value, ErrandFailure>) -> RootAction) {
    receive([then(.failure(ErrandFailure("this dashboard was started without rules")))])
  }
}

/// What follows from work that a form asked for: where it was done, the form's draft is not wanted any
/// more and the views read anew; where it was not, the form comes back as it was typed.
private func saved<Value>(
  _ action: RootAction,
  _ result: Result<Value, ErrandFailure>,
  _ isDone: (Value) -> Bool
) -> RootAction {
  guard case .success(let value) = result, isDone(value) else { return action }
  return .sequence([action, .applied([])])
}
