import Drawing
public import Model

extension BatchItems {
  /// Hands people over, writes a batch again, takes in what came back.
  public static func reduce(
    _ event: Event,
    _ row: BatchBoard.Row?,
    _ scene: MailingScene<BatchItems>
  ) -> [MailingItemEffect<BatchItems>] {
    let mailing = scene.mailing
    switch event {
    case .exportPressed: return [form(exporting(mailing))]
    case .exportSubmitted(let values):
      let order = order(values, mailing)
      return [.perform(.post(.export(order) { .own(.exported($0)) }))]
    case .exported(.success(let outcome)):
      return [
        .present(.reader(title: "Batch \(outcome.batch.number)", lines: lines(outcome, scene)))
      ]
    case .rewritePressed: return row.map { [form(rewriting($0.batch, mailing))] } ?? []
    case .rewriteSubmitted(let batch, let values):
      let order = BatchOrder(
        mailing: mailing,
        channel: batch.channel,
        batch: batch.number,
        folder: values["folder"] ?? "",
        reason: values["reason"] ?? ""
      )
      return [.perform(.post(.rewrite(order) { .own(.rewritten($0)) }))]
    case .rewritten(.success(let batch)):
      let files = batch.files.count == 1 ? "1 file" : "\(batch.files.count) files"
      return [.toast(Toast(.done, "batch \(batch.number): \(files), the same as before"))]
    case .giveUpPressed: return row.map { [form(givingUp($0.batch, mailing))] } ?? []
    case .giveUpSubmitted(let batch, let values):
      let order = BatchOrder(
        mailing: mailing,
        channel: batch.channel,
        batch: batch.number,
        folder: "",
        reason: values["reason"] ?? ""
      )
      return [.perform(.post(.giveUp(order) { .own(.gaveUp($0)) }))]
    case .gaveUp(.success(let outcome)):
      let count = Look.count(Int64(outcome.returned))
      let words = "batch \(outcome.batch.number) was given up; \(count) wait again"
      return [.toast(Toast(.done, words))]
    case .returnsPressed: return [form(taking(row?.batch, mailing))]
    case .returnsSubmitted(let values):
      var order = RowsOrder(
        mailing: mailing,
        path: values["path"] ?? "",
        skipsBad: values["bad"] == "skip"
      )
      order.columns = IntakeText.pairs(values["columns"] ?? "")
      order.words = IntakeText.pairs(values["words"] ?? "")
      order.batch = values["batch"].flatMap { BatchName($0)?.number }
      return [.perform(.post(.returns(order) { .own(.returned($0)) }))]
    case .returned(.success(let summary)):
      return [
        .present(.reader(title: "\(mailing.reference) · Returns", lines: lines(summary)))
      ]
    case .exported(.failure(let failure)), .rewritten(.failure(let failure)),
      .gaveUp(.failure(let failure)), .returned(.failure(let failure)):
      return [.toast(Toast(.failure, failure.reason))]
    }
  }

  private static func form(_ request: FormRequest<BatchesTab.Action>)
    -> MailingItemEffect<BatchItems>
  { .present(.form(request)) }

  // MARK: Forms

  private static let folder = FormField.line(
    "folder",
    label: "Folder",
    help: "On this host; made where there is none, mode 0700",
    isRequired: true
  )

  private static let reason = FormField.line(
    "reason",
    label: "To whom",
    help: "And why, such as: letters, Druck AG, contract 17; the journal keeps it",
    isRequired: true
  )

  private static func exporting(_ mailing: Mailing) -> FormRequest<BatchesTab.Action> {
    // The channels of the mailing first, in its order.
    let own = mailing.facts.channels.filter { MailingChannel.exported.contains($0) }
    let others = MailingChannel.allCases.filter {
      MailingChannel.exported.contains($0) && !own.contains($0)
    }
    return FormRequest(
      title: "\(mailing.reference) · Hand over as a batch",
      fields: [
        FormField.choice(
          "channel",
          label: "Over",
          options: (own + others).map { ($0.rawValue, $0.label) },
          help: "A batch of this channel that broke off is gone on with"
        ),
        folder, reason,
        FormField.choice(
          "approved",
          label: "Take",
          options: [("", "those who are queued"), ("yes", "and who is approved and told so first")]
        ),
        FormField.line(
          "jurisdictions",
          label: "Only for",
          help: "Such as US-CA, EU-DE; empty for all",
          check: { text in
            IntakeText.pairs(text).lazy.compactMap { Jurisdiction.problem(with: $0.uppercased()) }
              .first
          }
        ),
        FormField.line(
          "limit",
          label: "At most",
          help: "So many people; the others wait for the next batch",
          check: { (Int($0) ?? 0) > 0 ? nil : "a number from 1" }
        ),
        FormField.choice(
          "registered",
          label: "Post",
          options: [("", "ordinary"), ("yes", "registered: delivered proves who was reached")],
          help: "For letters only"
        ),
        FormField.choice(
          "texts",
          label: "Texts",
          options: [("", "named in the file alone"), ("yes", "each in a file of its own too")]
        ),
      ],
      draftKey: "mailing.export.\(mailing.id)",
      submit: { .own(.exportSubmitted($0)) }
    )
  }

  private static func order(_ values: [String: String], _ mailing: Mailing) -> BatchOrder {
    var order = BatchOrder(
      mailing: mailing,
      channel: values["channel"].flatMap(MailingChannel.init(rawValue:)) ?? .post,
      folder: values["folder"] ?? "",
      reason: values["reason"] ?? ""
    )
    order.takesApproved = values["approved"] == "yes"
    let places = IntakeText.pairs(values["jurisdictions"] ?? "").map { $0.uppercased() }
    order.jurisdictions = places.isEmpty ? nil : Set(places)
    order.limit = values["limit"].flatMap { Int($0) }
    order.writesTexts = values["texts"] == "yes"
    order.isRegistered = order.channel == .post && values["registered"] == "yes"
    return order
  }

  private static func rewriting(_ batch: MailingBatch, _ mailing: Mailing)
    -> FormRequest<BatchesTab.Action>
  {
    FormRequest(
      title: "\(mailing.reference) · Write batch \(batch.number) again",
      fields: [folder, reason],
      draftKey: "mailing.rewrite.\(mailing.id)",
      submit: { .own(.rewriteSubmitted(batch, $0)) }
    )
  }

  private static func givingUp(_ batch: MailingBatch, _ mailing: Mailing)
    -> FormRequest<BatchesTab.Action>
  {
    FormRequest(
      title: "\(mailing.reference) · Give batch \(batch.number) up",
      fields: [
        FormField.line(
          "reason",
          label: "Why",
          help: "Those in it who were not handed over wait in the queue again",
          isRequired: true
        )
      ],
      draftKey: "mailing.give-up.\(mailing.id)",
      submit: { .own(.giveUpSubmitted(batch, $0)) }
    )
  }

  private static func taking(_ batch: MailingBatch?, _ mailing: Mailing)
    -> FormRequest<BatchesTab.Action>
  {
    FormRequest(
      title: "\(mailing.reference) · What became of batches",
      fields: [
        FormField.line(
          "path",
          label: "File",
          help: "CSV on this host: number, reference, or batch and line; and outcome",
          isRequired: true
        ),
        FormField.line(
          "batch",
          label: "Batch",
          value: batch.map { "\($0.number)" } ?? "",
          help: "Of rows that name none; empty for the last one that the person was in",
          check: { BatchName($0) != nil ? nil : "the number of a batch" }
        ),
        FormField.line(
          "columns",
          label: "Columns",
          help: "Where names differ: number=Customer, outcome=Result",
          check: { IntakeText.pairProblem($0, "field=column, with commas between") }
        ),
        FormField.line(
          "words",
          label: "Words",
          help:
            "RTS=returned; known: \(ReturnOutcome.allCases.map(\.rawValue).joined(separator: " "))",
          check: { IntakeText.pairProblem($0, "word=outcome, with commas between") }
        ),
        IntakeText.badRows,
      ],
      draftKey: "mailing.returns.\(mailing.id)",
      submit: { .own(.returnsSubmitted($0)) }
    )
  }

  // MARK: What was done

  private static func lines(_ outcome: BatchExport.Outcome, _ scene: MailingScene<BatchItems>)
    -> [Line]
  {
    var lines: [Line] = []
    if outcome.isResumed {
      lines += [
        Line("Gone on with a batch that had been broken off; it takes nobody more.", .warning),
        Line(""),
      ]
    }
    lines += self.lines(
      BatchBoard.Row(batch: outcome.batch, returns: [:], areReturnsCut: false),
      scene
    )
    if outcome.withoutAddress + outcome.withoutText > 0 { lines.append(Line("")) }
    let what = outcome.batch.channel == .post ? "postal address" : "telephone number"
    for (count, words) in [
      (outcome.withoutAddress, "wait for it and have no \(what)"),
      (outcome.withoutText, "wait for it and no text is for them"),
    ] where count > 0 {
      lines.append(Line("! \(Look.count(Int64(count))) \(words)", .warning))
    }
    return lines
  }

  private static func lines(_ summary: ReturnImport) -> [Line] {
    var lines = IntakeText.row("rows taken", summary.taken, .textStrong)
    for state in RecipientState.allCases {
      lines += IntakeText.row("  \(state.label)", summary.moved[state] ?? 0, .textStrong)
    }
    lines += IntakeText.row("  only noted", summary.noted)
    lines += IntakeText.row("contacts corrected", summary.corrected)
    lines += IntakeText.row("known already", summary.known)
    if let at = summary.importedAt {
      lines.append(Line("The same file was imported before, \(Look.minute(at)) UTC.", .warning))
    }
    if summary.taken == 0, summary.known == 0 {
      lines.append(Line("Nothing was taken.", .warning))
    }
    return lines + IntakeText.listed("Faulty rows", summary.refusedCount, summary.refused)
  }

  // MARK: Rows in the table of actions

  /// The tab's rows in the table of actions.
  public static let rows: [MailingItemRow<BatchItems>] = BatchesTab.rows(
    "batch",
    read: "Read the batch: its files by digest, its columns, what came back",
    none: "there is no batch under the cursor",
    own: [
      ActionRow(
        "batch.export",
        keys: [.character("c")],
        label: "hand over …",
        help: "Hand those who wait for post, telephone or SMS to a printer or call centre",
        section: .change,
        hint: 2,
        availability: BatchesTab.isReadable,
        action: { _ in .own(.exportPressed) }
      ),
      ActionRow(
        "batch.returns",
        label: "take returns in …",
        help: "Take in what a printer, a call centre or the post says became of batches",
        section: .change,
        hint: 3,
        menuKey: "t",
        availability: BatchesTab.isReadable,
        action: { _ in .own(.returnsPressed) }
      ),
      ActionRow(
        "batch.rewrite",
        label: "write again …",
        help: "Write the files of a closed batch again: the same bytes, or none",
        section: .change,
        menuKey: "w",
        availability: { state in
          guard let batch = state.table.selectedRow?.batch else {
            return .disabled("there is no batch under the cursor")
          }
          guard batch.state == .closed else {
            return .disabled("it broke off: c goes on with it")
          }
          return BatchesTab.isReadable(state)
        },
        action: { _ in .own(.rewritePressed) }
      ),
      ActionRow(
        "batch.give-up",
        label: "give up …",
        help: "Put those in a batch that broke off back into the queue",
        section: .change,
        menuKey: "u",
        availability: { state in
          guard let batch = state.table.selectedRow?.batch else {
            return .disabled("there is no batch under the cursor")
          }
          guard batch.state != .closed else {
            return .disabled("it is closed: those in it were handed over")
          }
          return BatchesTab.isReadable(state)
        },
        action: { _ in .own(.giveUpPressed) }
      ),
    ]
  )
}
