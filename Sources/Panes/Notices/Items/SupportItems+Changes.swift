import Drawing
internal import Model

extension SupportItems {
  /// Offers support, brings codes in, gives them to people.
  public static func reduce(
    _ event: Event,
    _ pool: Pool?,
    _ scene: MailingScene<SupportItems>
  ) -> [MailingItemEffect<SupportItems>] {
    let (mailing, plan) = (scene.mailing, scene.answer?.plan ?? OfferPlan())
    switch event {
    case .offerPressed: return [form(nil, plan, mailing)]
    case .editPressed: return pool?.line.map { [form($0, plan, mailing)] } ?? []
    case .offerSubmitted(let plan, let replacing, let values):
      let line = line(values)
      let next = OfferPlan(plan.lines.filter { $0.pool != replacing } + [line])
      if let problem = next.problem { return [.toast(Toast(.failure, problem))] }
      guard next != plan else { return [] }
      return [set(next, mailing)]
    case .removePressed:
      guard let line = pool?.line else { return [] }
      return [set(OfferPlan(plan.lines.filter { $0 != line }), mailing)]
    case .importPressed: return [.present(.form(taking(pool, plan, mailing)))]
    case .importSubmitted(let values):
      var order = RowsOrder(
        mailing: mailing,
        path: values["path"] ?? "",
        skipsBad: values["bad"] == "skip"
      )
      order.pool = values["pool"] ?? ""
      let name = order.pool
      return [.perform(.post(.codes(order) { .own(.imported(name, $0)) }))]
    case .imported(let name, .success(let summary)):
      if summary.refusedCount == 0 {
        let count = Look.count(Int64(summary.added))
        return [.toast(Toast(.done, "\(count) codes came into \(name); x a gives them to people"))]
      }
      return [
        .present(
          .reader(
            title: "\(mailing.reference) · Codes for \(name)",
            lines: IntakeText.row("codes that came in", summary.added, .textStrong)
              + (summary.added == 0 ? [Line("No code was taken.", .warning)] : [])
              + IntakeText.listed("Faulty rows", summary.refusedCount, summary.refused)
          )
        )
      ]
    case .assignPressed:
      let title = "\(mailing.reference): giving codes"
      return [.work(OfferAssignment(of: mailing.id), title: title) { .own(.assigned($0)) }]
    case .assigned(.success(let outcome)):
      let given = Look.count(Int64(outcome.assigned))
      guard outcome.without > 0 else {
        return [.toast(Toast(.done, "\(given) people got a code; everybody has one"))]
      }
      let without = Look.count(Int64(outcome.without))
      return [
        .toast(Toast(.failure, "\(given) people got a code, \(without) found their pool empty"))
      ]
    case .imported(_, .failure(let failure)): return [.toast(Toast(.failure, failure.reason))]
    case .assigned(.failure(let error)): return [.toast(Toast(.failure, error.description))]
    }
  }

  private static func set(_ plan: OfferPlan, _ mailing: Mailing)
    -> MailingItemEffect<SupportItems>
  {
    let change = SetOfferPlan(mailing: mailing.id, basedOn: mailing.version, plan: plan)
    return .apply([change]) { .changed($0) }
  }

  // MARK: Forms

  private static func form(_ line: OfferLine?, _ plan: OfferPlan, _ mailing: Mailing)
    -> MailingItemEffect<SupportItems>
  {
    .present(
      .form(
        FormRequest(
          title:
            "\(mailing.reference) · \(line.map { "Support out of \($0.pool)" } ?? "New support")",
          fields: [
            FormField.line(
              "pool",
              label: "Pool",
              value: line?.pool ?? "",
              help: "Letters, digits and hyphens, such as 24-months; its codes come in by x t",
              isRequired: true
            ),
            FormField.line(
              "months",
              label: "Months",
              value: line.map { "\($0.months)" } ?? "12",
              isRequired: true,
              check: { (1...600).contains(Int($0) ?? 0) ? nil : "a number from 1 to 600" }
            ),
            FormField.line("provider", label: "By", value: line?.provider ?? "", isRequired: true),
            FormField.line(
              "jurisdictions",
              label: "Only for",
              value: line?.jurisdictions.joined(separator: ", ") ?? "",
              help: "Such as US-CT, US-MA; empty for all whom no other support is for"
            ),
          ],
          draftKey: line.map { "offer.\(mailing.id).\($0.pool)" } ?? "offer.new.\(mailing.id)",
          submit: { .own(.offerSubmitted(plan, replacing: line?.pool, $0)) }
        )
      )
    )
  }

  private static func line(_ values: [String: String]) -> OfferLine {
    OfferLine(
      pool: values["pool"] ?? "",
      provider: values["provider"] ?? "",
      months: Int(values["months"] ?? "") ?? 0,
      jurisdictions: IntakeText.pairs(values["jurisdictions"] ?? "").map { $0.uppercased() }
    )
  }

  private static func taking(_ pool: Pool?, _ plan: OfferPlan, _ mailing: Mailing)
    -> FormRequest<SupportTab.Action>
  {
    FormRequest(
      title: "\(mailing.reference) · Take codes in",
      fields: [
        FormField.line(
          "path",
          label: "File",
          help: "On this host: a code on each line, or a CSV file with a column code",
          isRequired: true
        ),
        FormField.choice(
          "pool",
          label: "Pool",
          value: pool?.id ?? "",
          options: plan.lines.map { ($0.pool, "\($0.pool), \($0.months) months") }
        ),
        IntakeText.badRows,
      ],
      draftKey: "mailing.codes.\(mailing.id)",
      submit: { .own(.importSubmitted($0)) }
    )
  }

  // MARK: Rows in the table of actions

  private static let hasLine: @Sendable (SupportTab.State) -> Availability = { state in
    guard let pool = state.table.selectedRow else {
      return .disabled("there is no pool under the cursor")
    }
    return .when(pool.line != nil, otherwise: "nothing is offered out of \(pool.id) any more")
  }

  private static let hasPlan: @Sendable (SupportTab.State) -> Availability = { state in
    guard state.answer?.plan.lines.isEmpty == false else {
      return .disabled("no support is offered; c offers some")
    }
    return SupportTab.isReadable(state)
  }

  /// The tab's rows in the table of actions.
  public static let rows: [MailingItemRow<SupportItems>] = SupportTab.rows(
    "support",
    read: "Read who gets a code of the pool, by jurisdiction, and who is offered nothing",
    none: "there is no pool under the cursor",
    own: [
      ActionRow(
        "support.create",
        keys: [.character("c")],
        label: "offer",
        help: "Offer support, such as credit monitoring, to people of some jurisdictions",
        section: .change,
        hint: 2,
        availability: SupportTab.isReadable,
        action: { _ in .own(.offerPressed) }
      ),
      ActionRow(
        "support.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Edit what is offered out of the pool: months, by whom, for whom",
        section: .change,
        availability: hasLine,
        action: { _ in .own(.editPressed) }
      ),
      ActionRow(
        "support.import",
        label: "take codes in …",
        help: "Bring codes into a pool from a file; sealed, each code once",
        section: .change,
        hint: 3,
        menuKey: "t",
        availability: hasPlan,
        action: { _ in .own(.importPressed) }
      ),
      ActionRow(
        "support.assign",
        label: "give codes",
        help: "Give everybody who is offered support a code: each person one, each code once",
        section: .change,
        hint: 4,
        menuKey: "a",
        availability: { state in
          let waiting = state.answer?.pools.contains { $0.waiting > 0 } ?? false
          guard hasPlan(state).isEnabled else { return hasPlan(state) }
          return .when(waiting, otherwise: "nobody waits for a code")
        },
        action: { _ in .own(.assignPressed) }
      ),
      ActionRow(
        "support.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Offer nothing out of the pool any more; its codes stay, u takes it back",
        section: .change,
        availability: hasLine,
        action: { _ in .own(.removePressed) }
      ),
    ]
  )
}
