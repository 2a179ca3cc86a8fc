public import Drawing
import Model

extension ConsentTab {
  /// Draws the state; has no memory.
  public static func draw(
    _ state: State,
    on canvas: inout Canvas,
    in rect: Rect,
    _ context: PaneContext
  ) {
    if let ledger = state.ledger {
      return ConsentLedger.draw(ledger, on: &canvas, in: rect, context)
    }
    let detail = PrivacyLayout.split(context.area).detail.columns
    PrivacyLayout.draw(
      state.list.table,
      columns: columns(context.area.columns),
      problem: state.list.problem,
      empty: state.list.table.isLoaded
        ? "No purposes yet. c writes one down; tocsin consent import brings records in." : "",
      status: [],
      detail: state.list.table.selectedRow.map {
        ConsentText.lines($0, columns: detail, context)
      },
      more: "x r reads all",
      on: &canvas,
      in: rect,
      context
    )
  }

  private static func columns(_ width: Int) -> [TableColumn<PurposeRow>] {
    let meter = width >= 140 ? 20 : 12
    func number(
      _ id: String,
      _ title: String,
      _ priority: Int,
      _ role: Role,
      _ count: @escaping @Sendable (PurposeRow) -> Int
    ) -> TableColumn<PurposeRow> {
      TableColumn(id, title: title, width: .fixed(9), alignment: .right, priority: priority) {
        let count = count($0)
        return Line(Look.count(Int64(count)), count == 0 ? .textMuted : role)
      }
    }
    return [
      TableColumn("slug", title: "Purpose", width: .flexible(minimum: 10, weight: 2), priority: 10)
      {
        Line(Untrusted($0.purpose.facts.slug), .textStrong)
      },
      TableColumn("meter", title: "Say now", width: .fixed(meter), priority: 6) {
        Line(ConsentMeter.bar($0, columns: meter))
      },
      number("given", "Given", 9, .text) { $0.count(.given) },
      number("withdrawn", "Withdrawn", 8, .text) { $0.count(.withdrawn) },
      number("stale", "Stale", 9, .danger) { $0.stale },
      TableColumn("name", title: "Name", width: .flexible(minimum: 12, weight: 3), priority: 4) {
        Line(Untrusted($0.purpose.facts.name))
      },
      TableColumn("state", title: "Stands", width: .fixed(7), priority: 3) { row in
        if row.purpose.facts.erasedAt != nil { return Line("erased", .stateClosed) }
        return row.purpose.facts.ended == nil ? Line("open") : Line("ended", .warning)
      },
    ]
  }

  private static let hasPurpose: @Sendable (State) -> Availability = {
    .when(
      $0.ledger != nil || $0.list.table.selectedRow != nil,
      otherwise: "there is no purpose under the cursor"
    )
  }

  private static let isOpen: @Sendable (State) -> Availability = {
    .when($0.ledger != nil, otherwise: "open the records of a purpose first: Enter")
  }

  /// Its rows in the table of actions.
  public static let actions: [ActionRow<State, Action>] =
    MotionRows.rows { .moved($0) } + [
      ActionRow(
        "purpose.open",
        keys: [.enter, .character("l"), .right],
        label: "records",
        help: "Open the consent records of the purpose; there, read the record under the cursor",
        section: .find,
        hint: 1,
        availability: hasPurpose,
        action: { _ in .openPressed }
      ),
      ActionRow(
        "consent.find",
        keys: [.character("/")],
        label: "find",
        help: "Show what a person said and which text they read, by whole reference",
        section: .find,
        hint: 2,
        availability: isOpen,
        action: { _ in .ledger(.findPressed) }
      ),
      ActionRow(
        "consent.filter",
        keys: [.character("f")],
        label: "filter",
        help: "Narrow the list: state:given version:2024-1 channel:web is:stale; Tab completes",
        section: .find,
        hint: 3,
        availability: isOpen,
        action: { _ in .ledger(.filterPressed) }
      ),
      ActionRow(
        "consent.kinds",
        keys: [.character("F")],
        label: "which",
        help: "Choose what is shown from a list with counts",
        section: .find,
        hint: 4,
        availability: isOpen,
        action: { _ in .ledger(.menuPressed) }
      ),
      ActionRow(
        "consent.reveal",
        label: "reveal …",
        help: "Show who it is, for a reason that is journalled",
        section: .change,
        menuKey: "v",
        availability: isOpen,
        action: { _ in .ledger(.revealPressed) }
      ),
      ActionRow(
        "purpose.stale",
        label: "stale ones",
        help: "Show who consents under a version that is no longer right",
        section: .find,
        menuKey: "s",
        availability: { state in
          guard let row = state.list.table.selectedRow else { return hasPurpose(state) }
          return .when(row.stale > 0, otherwise: "every consent rests on a text that is right")
        },
        action: { _ in .stalePressed }
      ),
      ActionRow(
        "purpose.read",
        label: "read",
        help: "Read all that is known of the purpose: numbers, versions, channels",
        section: .find,
        menuKey: "r",
        availability: hasPurpose,
        action: { _ in .readPressed }
      ),
      ActionRow(
        "purpose.create",
        keys: [.character("c")],
        label: "new",
        help: "Write down a purpose that people consent to",
        section: .change,
        hint: 5,
        action: { _ in .createPressed }
      ),
      ActionRow(
        "purpose.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Alter what is known of the purpose",
        section: .change,
        hint: 6,
        availability: hasPurpose,
        action: { _ in .editPressed }
      ),
      ActionRow(
        "purpose.version",
        label: "add version …",
        help: "Add a version of the notice that people read",
        section: .change,
        menuKey: "a",
        availability: hasPurpose,
        action: { _ in .versionPressed }
      ),
      ActionRow(
        "purpose.text",
        label: "texts",
        help: "Read a version as people read it",
        section: .find,
        menuKey: "t",
        availability: hasPurpose,
        action: { _ in .textPressed }
      ),
      ActionRow(
        "purpose.flaw",
        label: "no longer right …",
        help: "Say that a version is no longer right, and why; or that it is",
        section: .change,
        menuKey: "w",
        availability: hasPurpose,
        action: { _ in .flawPressed }
      ),
      ActionRow(
        "purpose.end",
        label: "ended, or goes on",
        help: "Say that the purpose ended now, or that it goes on",
        section: .change,
        menuKey: "o",
        availability: hasPurpose,
        action: { _ in .endPressed }
      ),
      ActionRow(
        "purpose.erase",
        label: "erase …",
        help: "Destroy the key to all who consented; asks for the purpose's reference",
        section: .change,
        menuKey: "k",
        availability: hasPurpose,
        action: { _ in .erasePressed }
      ),
      ActionRow(
        "purpose.remove",
        keys: [.character("D")],
        label: "remove",
        help: "Take a purpose without records off the list",
        section: .change,
        availability: hasPurpose,
        action: { _ in .removePressed }
      ),
    ]
}
