internal import GRDB
internal import Model

/// A change that SQLite can bring into the record.
///
/// One file each, in `Changes/`.
protocol SQLChange: Change {
  /// Alters the record inside the store's transaction, or throws `StoreError` and alters nothing.
  func perform(in db: Database, _ context: ChangeContext) throws -> Performed

  /// What the record says otherwise now than this change once made it say.
  ///
  /// Empty means that taking the change back overwrites nobody's work, whatever else was altered
  /// since: that is what lets an officer undo an edit of the title after a colleague has set the
  /// severity.
  func overtaken(on subject: Subject, in db: Database) throws -> [Conflict.Difference]

  /// The same for changes that do not carry all that they set: `version` is what the record had
  /// when this change was made.
  ///
  /// Of those any later change is somebody's work that taking back would overwrite.
  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]

  /// What was set, line by line, for the journal. Foreign text.
  var lines: [String] { get }

  /// The change as the journal keeps it.
  ///
  /// A document that stands whole beside the record is left out; its digest is kept, so the entry
  /// still says which document it was. A later change that replaces it keeps it in its inverse.
  var journalled: Self { get }
}

extension SQLChange {
  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try overtaken(on: subject, in: db)
  }

  var lines: [String] { [] }
  var journalled: Self { self }

  /// The text that the journal keeps.
  func journalText() throws -> String { try JSONBytes.text(journalled) }
}

/// What a change is performed with.
struct ChangeContext {
  /// The present instant; one for all changes of a transaction.
  var now: Instant
  /// Who acts.
  var actor: Actor
  /// Whether an earlier change is being taken back: rules that ask for a reason do not apply.
  var isUndo: Bool
  /// Where the key that wraps data keys lies.
  var keys: KeyFolder
  /// Bytes that nobody can guess: the kernel's, but in samples and tests that give their own.
  var randomBytes: @Sendable (Int) -> [UInt8] = Kernel.randomBytes
  /// The full-text index, brought up to date when all changes are made.
  let search = SearchIndex()
  /// The texts that answers share.
  let phrases = PhraseNumbers()
}

/// What a change did.
struct Performed {
  /// The record that was altered or created.
  var subject: Subject
  /// Its version from now on.
  var version: Version
  /// What the user calls it, or the incident it belongs to.
  var reference: String
  /// The incident it is or belongs to; nil where there is none.
  var incident: RecordID?
  /// The change that takes this one back; nil where nothing can.
  var inverse: (any SQLChange)?
  /// Whether the record says what it said before: then the journal has nothing to say either.
  var isIdle = false
  /// The change with what the store alone knows of it, as the journal keeps it; nil where there is
  /// nothing to be added.
  var journalled: (any SQLChange)?
}

/// The changes by name, for reading them back from the journal.
enum ChangeCatalogue {
  /// Fails to build when a change of the model's list has no SQL.
  private static func table<each C: SQLChange>(_: (repeat each C).Type) -> [String:
    any SQLChange.Type]
  {
    var table: [String: any SQLChange.Type] = [:]
    for type in repeat (each C).self as any SQLChange.Type { table[type.name] = type }
    return table
  }

  private static let types = table(AllChanges.self)

  /// The names of all changes there are.
  static var names: Set<String> { Set(types.keys) }

  static func type(named name: String) -> (any SQLChange.Type)? { types[name] }

  /// Reads a change as it stands in the journal's details.
  static func change(named name: String, _ text: String) throws -> any SQLChange {
    guard let type = types[name] else { throw UnknownWord(type: "Change \(name)") }
    return try JSON.value(text, as: type)
  }
}

extension SQLChange {
  /// Throws a conflict where the change was made for another version than the record has.
  ///
  /// A nil `basedOn` asks for no check, and an undo has compared fields instead. The conflict names the fields that the change would set and
  /// that say something else now; the list may be empty when both wanted the same.
  func checkVersion(
    _ current: Version,
    of subject: Subject,
    _ context: ChangeContext,
    in db: Database,
    fields: () throws -> [Conflict.Difference]
  ) throws {
    guard !context.isUndo, let basedOn, basedOn != current else { return }
    throw try StoreError.conflict(
      .between(basedOn, and: current, of: subject, in: db, fields: try fields())
    )
  }
}

extension Conflict {
  /// A conflict with the name of who altered the record last, from the journal.
  static func between(
    _ basedOn: Version,
    and current: Version,
    of subject: Subject,
    in db: Database,
    fields: [Difference]
  ) throws -> Conflict {
    let last = try db.row(
      "SELECT actor, at FROM journal WHERE subjectKind = ? AND subject = ? ORDER BY id DESC LIMIT 1",
      [subject.kind.rawValue, subject.id]
    )
    return Conflict(
      subject: subject,
      basedOn: basedOn,
      current: current,
      alteredBy: try last?.text(0) ?? "somebody",
      alteredAt: try last?.instant(1) ?? Instant(milliseconds: 0),
      fields: fields
    )
  }

  /// That a record was altered since a version.
  static func movedOn(from version: Version, to current: Version) -> [Difference] {
    current == version
      ? [] : [Difference(field: "version", theirs: "\(current)", ours: "\(version)")]
  }

  /// The fields in which two lists of named texts differ.
  static func differences(theirs: [(String, String)], ours: [(String, String)]) -> [Difference] {
    zip(theirs, ours).compactMap { theirs, ours in
      theirs.1 == ours.1
        ? nil : Difference(field: ours.0, theirs: theirs.1, ours: ours.1)
    }
  }
}
