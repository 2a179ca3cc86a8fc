import Drawing
import Model

/// The rows of the table of actions for a mailing as a whole.
enum MailingRows {
  /// Makes the rows for a pane whose mailing and whose action for an event are given.
  static func rows<State: Sendable, Action: Sendable>(
    _ mailing: @escaping @Sendable (State) -> Mailing?,
    _ make: @escaping @Sendable (MailingEvent) -> Action
  ) -> [ActionRow<State, Action>] {
    let isThere: @Sendable (State) -> Availability = { state in
      .when(mailing(state) != nil, otherwise: "there is no mailing under the cursor")
    }
    let isReadable: @Sendable (State) -> Availability = { state in
      guard let mailing = mailing(state) else { return isThere(state) }
      return .when(mailing.erasedAt == nil, otherwise: "its recipients were erased")
    }
    return [
      ActionRow(
        "mailing.edit",
        keys: [.character("e")],
        label: "edit",
        help: "Edit name, duties, channels and until when recipients are kept",
        section: .change,
        menuKey: "e",
        availability: isThere,
        action: { _ in make(.editPressed) }
      ),
      ActionRow(
        "mailing.import",
        label: "import …",
        help: "Bring recipients in from a CSV file",
        section: .change,
        menuKey: "i",
        availability: isReadable,
        action: { _ in make(.importPressed) }
      ),
      ActionRow(
        "mailing.end-import",
        label: "give import up …",
        help: "Give up an import that broke off; those who are in stay",
        section: .change,
        menuKey: "g",
        availability: { state in
          .when(
            mailing(state)?.hasUnfinishedImport == true,
            otherwise: "no import of this mailing broke off"
          )
        },
        action: { _ in make(.endImportPressed) }
      ),
      ActionRow(
        "mailing.release",
        label: "sent since …",
        help: "After a restore, say what was sent since the backup; until then nothing goes out",
        section: .change,
        menuKey: "k",
        availability: { state in
          .when(
            mailing(state)?.isHeld == true,
            otherwise: "it is not held: the store was not put back since"
          )
        },
        action: { _ in make(.releasePressed) }
      ),
      ActionRow(
        "mailing.erase",
        keys: [.character("D")],
        label: "erase …",
        help: "Destroy the key to the recipients, or take a mailing without any off the list",
        section: .change,
        availability: isReadable,
        action: { _ in make(.removePressed) }
      ),
    ]
  }
}
