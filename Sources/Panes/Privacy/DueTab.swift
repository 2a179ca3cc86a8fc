public import Drawing
public import Model

/// What is due for deletion, longest first; behind it what is held and what is not counted.
public enum DueTab: Pane {
  /// What it shows.
  public typealias State = PrivacyRows<DueData>

  /// What can happen to it.
  public enum Action: PointerAction {
    case shown
    case wanted(String)
    case answered(Result<[DueData], StoreError>)
    case moved(Motion)
    case pressed(Point)
    case readPressed
    case goPressed
    case deletionPressed
    case deletionSubmitted(DueData, [String: String])
    case holdPressed
    case holdSubmitted([String: String])
    case numberPressed
    case ruleAnswered([String: String], Result<RetentionRule?, StoreError>)
    case numberSubmitted(String, [String: String])
    case erasePressed
    case eraseConfirmed(DueData)
    case erased(Result<Receipt, StoreError>)
    case purposeErased(Result<PurposeErasure.Outcome, StoreError>)
    case mailingErased(Result<MailingErasure.Outcome, StoreError>)
    case changed(Result<[Receipt], StoreError>)
  }

  /// Says how the state alters, and what else is wanted.
  public static func reduce(_ state: inout State, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    switch action {
    case .shown: return [.ask(DueDataList(), slot: "privacy.due") { .answered($0) }]
    case .wanted(let row):
      if !row.isEmpty { state.table.select(id: row, at: 0) }
      return reduce(&state, .shown, context)
    case .answered(let answer):
      state.take(answer)
      return []
    case .moved(let motion):
      state.move(motion, context)
      return []
    case .pressed(let point):
      guard let position = PrivacyLayout.position(of: state.table, at: point, context) else {
        return []
      }
      if position == state.table.cursor { return reduce(&state, .readPressed, context) }
      return reduce(&state, .moved(.to(position)), context)
    case .changed(.success): return [.toast(Toast(.done, "saved · u undoes"))]
    case .erased(.success(let receipt)):
      return [.toast(Toast(.done, "\(receipt.reference): the people are erased for good"))]
    case .mailingErased(.success(let outcome)):
      guard outcome.isErased else {
        let words = "\(outcome.receipt.reference): ordered; a second person must erase it too"
        return [.toast(Toast(.done, words))]
      }
      return reduce(&state, .erased(.success(outcome.receipt)), context)
    case .purposeErased(.success(let outcome)):
      guard outcome.isErased else {
        let words = "\(outcome.receipt.reference): ordered; a second person must erase them too"
        return [.toast(Toast(.done, words))]
      }
      return reduce(&state, .erased(.success(outcome.receipt)), context)
    case .changed(.failure(let error)), .erased(.failure(let error)),
      .mailingErased(.failure(let error)), .purposeErased(.failure(let error)),
      .ruleAnswered(_, .failure(let error)):
      return [.toast(Toast(.failure, error.description))]
    case .deletionSubmitted(let row, let values):
      return attempt { [AddDeletion(try PrivacyForms.deletion(values, row, context))] }
    case .holdSubmitted(let values):
      return attempt { [AddHold(try PrivacyForms.hold(values, context))] }
    case .numberSubmitted(let rule, let values):
      return [
        .ask(RetentionByReference(rule), slot: "privacy.rule") { .ruleAnswered(values, $0) }
      ]
    case .ruleAnswered(let values, .success(let rule)):
      guard let rule else { return [.toast(Toast(.failure, "the rule is not there any more"))] }
      return attempt {
        let stock = RetentionStock(
          triggered: try StatedTime(reading: values["of"] ?? "", context.reading),
          count: Int64(values["count"] ?? ""),
          asOf: context.now,
          by: ""
        )
        return [RecordStock(id: rule.id, basedOn: rule.version, stock: stock)]
      }
    case .eraseConfirmed(let row): return erase(row)
    default: return state.table.selectedRow.map { work($0, action, context) } ?? []
    }
  }

  private static func attempt(_ make: () throws -> [any Change]) -> [Effect<Action>] {
    do {
      return [.apply(try make()) { .changed($0) }]
    } catch {
      return [.toast(Toast(.failure, "\(error)"))]
    }
  }

  /// What is done with the row under the cursor.
  private static func work(_ row: DueData, _ action: Action, _ context: PaneContext)
    -> [Effect<Action>]
  {
    func form(
      _ title: String,
      _ fields: [FormField],
      _ submit: @escaping @Sendable ([String: String]) -> Action
    ) -> [Effect<Action>] {
      [
        .present(
          .form(FormRequest(title: "\(row.reference) · \(title)", fields: fields, submit: submit))
        )
      ]
    }
    switch action {
    case .readPressed:
      return [
        .present(.reader(title: row.reference, lines: PrivacyText.lines(row, context)))
      ]
    case .goPressed:
      switch row.target {
      case .activity: return [.go(.activity(row.reference))]
      case .mailings: return row.subject.map { [.go(.mailing($0.id))] } ?? []
      case .requests: return [.go(.request(row.reference))]
      case .consents: return [.go(.purpose(row.reference))]
      }
    case .deletionPressed:
      return form("What was deleted", PrivacyForms.deletion(row)) { .deletionSubmitted(row, $0) }
    case .holdPressed:
      return form("Legal hold", PrivacyForms.hold(row)) { .holdSubmitted($0) }
    case .numberPressed:
      return form("How much there is", PrivacyForms.number) { .numberSubmitted(row.rule, $0) }
    case .erasePressed:
      return [
        .present(
          .confirm(
            Confirmation(
              title: "Erase the people of \(row.reference)",
              lines: [
                Line(
                  "The key to who they are is destroyed. Nobody can read them any more, here or"
                ),
                Line(
                  "in backups made later. What was done, and when, stays. Nothing takes it back."
                ),
              ],
              typedWord: row.reference,
              doLabel: "Erase",
              action: .eraseConfirmed(row)
            )
          )
        )
      ]
    default: return []
    }
  }

  private static func erase(_ row: DueData) -> [Effect<Action>] {
    guard let subject = row.subject else { return [] }
    if row.target == .mailings {
      let change = EraseMailing(id: subject.id, basedOn: nil, isOrdered: true)
      return [.work(MailingErasure(change)) { .mailingErased($0) }]
    }
    if row.target == .consents {
      let change = ErasePurpose(id: subject.id, basedOn: nil, isOrdered: true)
      return [.work(PurposeErasure(change)) { .purposeErased($0) }]
    }
    let change = EraseRequest(id: subject.id, basedOn: nil, isOrdered: true)
    return [.work(RequestErasure(change)) { .erased($0.map(\.receipt)) }]
  }
}
