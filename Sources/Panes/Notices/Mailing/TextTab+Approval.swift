import Drawing
public import Model

/// What can happen when texts are approved.
public enum ApprovalEvent: Sendable {
  case pressed
  case confirmed(digest: String, date: String)
  case approved(Result<ApprovalOutcome, ErrandFailure>)
  case stoppersPressed
  case endPressed(isRefusal: Bool)
  case ended(NoticeEdition, isRefusal: Bool, String)
}

extension TextTab {
  static func approve(_ state: State, _ event: ApprovalEvent, _ context: PaneContext)
    -> [Effect<Action>]
  {
    guard let mailing = state.mailing, let review = state.review else { return [] }
    switch event {
    case .pressed:
      guard review.stoppers.isEmpty else {
        return approve(state, .stoppersPressed, context)
      }
      return [.present(.confirm(question(state, review, mailing, context)))]
    case .confirmed(let digest, let date):
      return [
        .perform(
          .notice(.approve(mailing, digest: digest, date: date) { .approval(.approved($0)) })
        )
      ]
    case .approved(.failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .approved(.success(let outcome)):
      guard let release = outcome.release else {
        return [
          .toast(Toast(.done, "\(outcome.edition.name) is put up; another account must approve it"))
        ]
      }
      var words =
        "\(outcome.edition.name) is in force; \(Look.count(Int64(release.approved))) approved"
      if release.uncovered > 0 { words += ", \(release.uncovered) without a text" }
      if release.incomplete > 0 { words += ", \(release.incomplete) lack something" }
      return [.toast(Toast(.done, words))]
    case .stoppersPressed:
      let lines = review.stoppers.map { Line(Untrusted("! \($0)"), .warning) }
      return [
        .present(
          .reader(
            title: lines.isEmpty ? "Nothing stops approval" : "What stops approval",
            lines: lines + notes(review)
          )
        )
      ]
    case .endPressed(let isRefusal):
      guard let live = state.live else { return [] }
      let prompt = PromptRequest<Action>(
        label: isRefusal ? "refused because" : "withdrawn because",
        submit: { .approval(.ended(live, isRefusal: isRefusal, $0)) }
      )
      return [.present(.prompt(prompt))]
    case .ended(let edition, let isRefusal, let reason):
      guard reason.contains(where: { !$0.isWhitespace }) else {
        return [.toast(Toast(.notice, "say why: it stands beside the approval"))]
      }
      let change: any Change =
        isRefusal
        ? RefuseEdition(id: edition.id, basedOn: edition.version, reason: reason)
        : WithdrawEdition(id: edition.id, basedOn: edition.version, reason: reason)
      return [.apply([change]) { .changed($0) }]
    }
  }

  private static func notes(_ review: MailingReview) -> [Line] {
    var lines: [Line] = []
    if !review.uncovered.isEmpty {
      lines += [Line(""), Line("No text is for", .heading)]
      lines += review.uncovered.map { share in
        let kind = share.kind
        let care = kind.protection == .none ? "" : ", \(kind.protection.label)"
        let language = kind.language.isEmpty ? "" : " (\(kind.language)\(care))"
        return Line([
          Span(Untrusted("\(kind.jurisdiction)\(language)  ")),
          Span(Look.count(Int64(share.count)), .warning),
        ])
      }
    }
    if !review.notes.isEmpty {
      lines += [Line(""), Line("To be known", .heading)]
      lines += review.notes.map { Line(Untrusted($0)) }
    }
    return lines
  }

  /// What is asked before texts are approved: the hash of all of it, and who gets what where.
  private static func question(
    _ state: State,
    _ review: MailingReview,
    _ mailing: Mailing,
    _ context: PaneContext
  ) -> Confirmation<Action> {
    let isSecond = state.live.map { !$0.isInForce } ?? false
    let facts = state.live?.facts ?? review.facts
    let digest = state.live?.digest ?? review.facts.digest
    var lines = [
      Line([Span("SHA-256  ", .textMuted), Span(digest, .key)]),
      Line([
        Span("day      ", .textMuted), Span(facts.date), Span("   texts  ", .textMuted),
        Span(facts.parts.map(\.text.versionName).joined(separator: ", ")),
      ]),
    ]
    if let first = state.live?.approvals.first {
      lines.append(
        Line([
          Span("put up   ", .textMuted), Span(Untrusted(first.by)),
          Span(", \(Look.minute(first.at)) UTC", .textMuted),
        ])
      )
    }
    let places = facts.byJurisdiction
    for place in places.prefix(8) {
      let left = place.listed - place.covered
      lines.append(
        Line([
          Span(Untrusted(place.jurisdiction.padded(to: 9)), .textStrong),
          Span("\(Look.count(Int64(place.covered))) get a text"),
          Span(left > 0 ? ", \(Look.count(Int64(left))) none" : "", .warning),
        ])
      )
    }
    if places.count > 8 { lines.append(Line("and \(places.count - 8) more places", .textMuted)) }
    lines.append(Line("Enter on a text shows it as people get it.", .textMuted))
    return Confirmation(
      title: "\(mailing.reference) · \(isSecond ? "Approve as the second person" : "Approve")",
      lines: lines,
      typedWord: String(digest.prefix(6)),
      doLabel: "Approve",
      action: .approval(.confirmed(digest: digest, date: facts.date))
    )
  }
}
