import Drawing

/// The words by which a tab of items names its actions.
public struct ItemWords: Sendable {
  /// What an action's name begins with: `task`.
  var id: String
  /// The item under the cursor, as it is spoken of: `the task`.
  var item: String
  /// What is said where there is none under the cursor.
  var none: String
  /// What reading does; nil where Enter edits, because the table shows all there is.
  var read: String?
  /// What creating does.
  var create: String
  /// What editing does.
  var edit: String
  /// What removing does.
  var remove: String
}

extension ItemTab {
  /// All rows of the tab: moving, what every tab has, what is its own, and removing last.
  static func rows(_ words: ItemWords, own: [ItemRow<Kind>]) -> [ItemRow<Kind>] {
    MotionRows.rows { .moved($0) } + common(words) + own + links(words) + [
      ActionRow(
        "\(words.id).remove",
        keys: [.character("D")],
        label: "remove",
        help: words.remove,
        section: .change,
        menuKey: "r",
        availability: has(words.none),
        action: { _ in .removePressed }
      )
    ]
  }

  /// Available while an item is under the cursor.
  static func has(_ reason: String) -> @Sendable (State) -> Availability {
    { .when($0.table.selectedRow != nil, otherwise: reason) }
  }

  private static func common(_ words: ItemWords) -> [ItemRow<Kind>] {
    var rows: [ItemRow<Kind>] = []
    if let read = words.read {
      rows.append(
        ActionRow(
          "\(words.id).read",
          keys: [.enter],
          label: "read",
          help: read,
          section: .find,
          hint: 1,
          availability: has(words.none),
          action: { _ in .readPressed }
        )
      )
    }
    return rows + [
      ActionRow(
        "\(words.id).edit",
        keys: words.read == nil ? [.enter, .character("e")] : [.character("e")],
        label: "edit",
        help: words.edit,
        section: .change,
        hint: words.read == nil ? 1 : 3,
        availability: has(words.none),
        action: { _ in .editPressed }
      ),
      ActionRow(
        "\(words.id).create",
        keys: [.character("c")],
        label: "create",
        help: words.create,
        section: .change,
        hint: 2,
        action: { _ in .createPressed }
      ),
    ]
  }

  private static func links(_ words: ItemWords) -> [ItemRow<Kind>] {
    let hasLinks: @Sendable (State) -> Availability = {
      .when(!$0.selectedLinks.isEmpty, otherwise: "\(words.item) has no link; x l makes one")
    }
    return [
      ActionRow(
        "\(words.id).link",
        label: "link …",
        help: "Connect \(words.item) with an incident, a task, a note or evidence",
        section: .change,
        menuKey: "l",
        availability: has(words.none),
        action: { _ in .link(.linkPressed) }
      ),
      ActionRow(
        "\(words.id).follow",
        label: "follow link",
        help: "Go to what \(words.item) is linked with",
        section: .find,
        menuKey: "f",
        availability: hasLinks,
        action: { _ in .link(.followPressed) }
      ),
      ActionRow(
        "\(words.id).unlink",
        label: "unlink …",
        help: "Take a link away; u takes it back",
        section: .change,
        menuKey: "n",
        availability: hasLinks,
        action: { _ in .link(.unlinkPressed) }
      ),
    ]
  }
}
