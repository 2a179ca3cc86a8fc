public import Drawing
public import Model

/// The tab of those who were handed to a printer, a call centre or an SMS service.
public typealias BatchesTab = MailingItemTab<BatchItems>

/// The batches of a mailing, oldest first: their files by digest, and what came back of them.
public enum BatchItems: MailingItemKind {
  /// What can happen to batches.
  public enum Event: Sendable {
    case exportPressed
    case exportSubmitted([String: String])
    case exported(Result<BatchExport.Outcome, ErrandFailure>)
    case rewritePressed
    case rewriteSubmitted(MailingBatch, [String: String])
    case rewritten(Result<MailingBatch, ErrandFailure>)
    case giveUpPressed
    case giveUpSubmitted(MailingBatch, [String: String])
    case gaveUp(Result<BatchGivingUp.Outcome, ErrandFailure>)
    case returnsPressed
    case returnsSubmitted([String: String])
    case returned(Result<ReturnImport, ErrandFailure>)
  }

  /// Names the question.
  public static let slot = "mailing.batches"
  /// What is said where there are none.
  public static let empty = "No batch yet; c hands those who wait for post, telephone or SMS over."

  /// The question for a mailing's batches.
  public static func question(_ mailing: Mailing) -> BatchBoard { BatchBoard(of: mailing.id) }
  /// The batches, oldest first.
  public static func items(_ answer: [BatchBoard.Row]) -> [BatchBoard.Row] { answer }

  /// Who waits, and whether a batch broke off.
  public static func summary(_ scene: MailingScene<BatchItems>) -> [Span] {
    func count(_ states: Set<RecipientState>) -> String {
      Look.count(Int64(scene.status.count(states)))
    }
    let broken = (scene.answer ?? []).filter { $0.batch.state != .closed }
    return [
      Span(count([.approved]), .textStrong), Span(" approved, ", .textMuted),
      Span(count([.queued]), .textStrong), Span(" queued", .textMuted),
    ]
      + broken.flatMap { row in
        [
          Span("  "),
          Span(
            row.batch.isGivenUp
              ? "! batch \(row.batch.number) is being given up: x u goes on"
              : "! batch \(row.batch.number) broke off: c goes on with it, x u gives it up",
            .warning,
            .bold
          ),
        ]
      }
  }

  /// The columns of the list.
  public static func columns(_ scene: MailingScene<BatchItems>) -> [TableColumn<BatchBoard.Row>] {
    [
      TableColumn("number", title: "No.", width: .fixed(4), alignment: .right, priority: 8) {
        Line("\($0.batch.number)", .textStrong)
      },
      TableColumn("channel", title: "Over", width: .fixed(9), priority: 9) {
        Line($0.batch.channel.label)
      },
      TableColumn("state", title: "State", width: .fixed(12), priority: 10) {
        Line([$0.look])
      },
      TableColumn("count", title: "In it", width: .fixed(9), alignment: .right, priority: 7) {
        Line(Look.count(Int64($0.batch.count)))
      },
      TableColumn("back", title: "Returns", width: .fixed(9), alignment: .right, priority: 6) {
        $0.answered == 0 ? Line("·", .textMuted) : Line($0.answeredWords)
      },
      TableColumn("opened", title: "Begun", width: .fixed(16), priority: 4) {
        Line(Look.minute($0.batch.openedAt), .textMuted)
      },
      TableColumn("reason", title: "For", width: .flexible(minimum: 8, weight: 1), priority: 5) {
        Line(Untrusted($0.batch.reason))
      },
    ]
  }

  /// The manifest of a batch and what came back of it.
  public static func lines(_ row: BatchBoard.Row?, _ scene: MailingScene<BatchItems>) -> [Line] {
    guard let row else { return [] }
    let batch = row.batch
    func label(_ text: String) -> Span { Span(text.padded(to: 12), .textMuted) }
    var lines = [
      Line([
        Span("Batch \(batch.number) ", .heading, .bold), Span("for \(batch.channel.label)  "),
        row.look,
        Span(batch.isRegistered ? "  registered post" : ""),
      ]),
      Line([label("for"), Span(Untrusted(batch.reason))]),
      Line([
        label("in it"), Span(Look.count(Int64(batch.count)), .textStrong),
        Span(", \(Look.count(Int64(batch.handedOver))) handed over"),
      ]),
      Line([
        label("begun"), Span("\(Look.minute(batch.openedAt)) UTC by "),
        Span(Untrusted(batch.openedBy)),
      ]),
    ]
    if let closed = batch.closedAt {
      lines.append(Line([label("closed"), Span("\(Look.minute(closed)) UTC")]))
    }
    lines.append(
      Line([label("columns"), Span(batch.columns.map(\.rawValue).joined(separator: ", "))])
    )
    lines += [Line(""), Line("What came back", .heading)]
    if row.returns.isEmpty { lines.append(Line("nothing yet; x t takes returns in", .textMuted)) }
    for outcome in ReturnOutcome.allCases {
      guard let count = row.returns[outcome], count > 0 else { continue }
      lines.append(
        Line([label(outcome.label), Span(Look.count(Int64(count)), outcome.role)])
      )
    }
    if row.areReturnsCut { lines.append(Line("and more, which are not counted here", .warning)) }
    lines += [Line(""), Line("Files, SHA-256", .heading)]
    if batch.files.isEmpty { lines.append(Line("none on the disk yet", .warning)) }
    for file in batch.files {
      lines.append(
        Line([
          Span(Untrusted(file.name), .textStrong),
          Span("  \(Look.count(Int64(file.bytes))) bytes", .textMuted),
        ])
      )
      lines.append(Line("  \(file.sha256)", .key))
    }
    return lines
  }
}

extension BatchBoard.Row {
  /// How far the batch is, with a sign that needs no colour.
  var look: Span {
    if batch.isGivenUp { return Span("x given up", .textMuted) }
    return batch.state == .closed
      ? Span("+ closed", .stateDone) : Span("! broke off", .warning, .bold)
  }

  /// Of how many something came back.
  var answered: Int { returns.values.reduce(0, +) }

  /// That number; cut where it was not counted to its end.
  var answeredWords: String {
    areReturnsCut ? "\(Look.count(Int64(answered)))+" : Look.count(Int64(answered))
  }
}

extension ReturnOutcome {
  /// How it looks.
  fileprivate var role: Role {
    switch self {
    case .delivered, .spoke, .acknowledged: .success
    case .returned, .refused, .invalid: .danger
    case .moved, .noAnswer: .warning
    }
  }
}
