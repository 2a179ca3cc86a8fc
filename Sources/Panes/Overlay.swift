public import Drawing
public import Model

/// Something over the pane that takes the keys until it is done.
///
/// App keeps its state and draws it.
public enum Overlay<Action: Sendable>: Sendable {
  /// Fields to fill in.
  case form(FormRequest<Action>)
  /// A question whose yes does something.
  case confirm(Confirmation<Action>)
  /// Entries to choose from.
  case menu(MenuRequest<Action>)
  /// A line to type into, at the bottom.
  case prompt(PromptRequest<Action>)
  /// Text to read.
  case reader(title: String, lines: [Line])

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> Overlay<Outer> {
    switch self {
    case .form(let request): .form(request.map(wrap))
    case .confirm(let request): .confirm(request.map(wrap))
    case .menu(let request): .menu(request.map(wrap))
    case .prompt(let request): .prompt(request.map(wrap))
    case .reader(let title, let lines): .reader(title: title, lines: lines)
    }
  }
}

/// A form to fill in.
public struct FormRequest<Action: Sendable>: Sendable {
  /// What the form is for.
  public var title: String
  /// The fields, with their present values.
  public var fields: [FormField]
  /// Under which name what was typed is kept until it is saved; nil keeps nothing.
  public var draftKey: String?
  /// What the values come to so far, shown below the fields; nil shows nothing.
  public var live: (@Sendable ([String: String]) -> [Line])?
  /// A way to another form that this one may need first; what was typed here is kept as a draft.
  public var jump: Jump?
  /// What is done when it is given up; nil for nothing.
  public var cancelled: Action?
  /// Whether what is typed is a person's own data: no recording or picture has it.
  public var isPersonal: Bool
  /// What becomes of the values, by field id.
  public var submit: @Sendable ([String: String]) -> Action

  /// A way out of a form to another one.
  public struct Jump: Sendable {
    /// The key.
    public var key: Key
    /// What it leads to, in a word or two.
    public var label: String
    /// What is done.
    public var action: Action

    /// Makes a way out.
    public init(key: Key, label: String, action: Action) {
      (self.key, self.label, self.action) = (key, label, action)
    }
  }

  /// Makes a form.
  public init(
    title: String,
    fields: [FormField],
    draftKey: String? = nil,
    live: (@Sendable ([String: String]) -> [Line])? = nil,
    jump: Jump? = nil,
    cancelled: Action? = nil,
    isPersonal: Bool = false,
    submit: @escaping @Sendable ([String: String]) -> Action
  ) {
    self.isPersonal = isPersonal
    (self.title, self.fields, self.draftKey, self.submit) = (title, fields, draftKey, submit)
    (self.live, self.jump, self.cancelled) = (live, jump, cancelled)
  }

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> FormRequest<Outer> {
    FormRequest<Outer>(
      title: title,
      fields: fields,
      draftKey: draftKey,
      live: live,
      jump: jump.map { .init(key: $0.key, label: $0.label, action: wrap($0.action)) },
      cancelled: cancelled.map(wrap),
      isPersonal: isPersonal,
      submit: { [submit] in wrap(submit($0)) }
    )
  }
}

/// A question before something is done; starts on Cancel.
public struct Confirmation<Action: Sendable>: Sendable {
  /// What is asked.
  public var title: String
  /// What will and what will not change.
  public var lines: [Line]
  /// The word that must be typed, where the act cannot be undone; nil asks for a plain yes.
  public var typedWord: String?
  /// The label of the button that does it.
  public var doLabel: String
  /// What yes does.
  public var action: Action

  /// Makes a question.
  public init(
    title: String,
    lines: [Line],
    typedWord: String? = nil,
    doLabel: String,
    action: Action
  ) {
    (self.title, self.lines, self.typedWord) = (title, lines, typedWord)
    (self.doLabel, self.action) = (doLabel, action)
  }

  func map<Outer: Sendable>(_ wrap: (Action) -> Outer) -> Confirmation<Outer> {
    Confirmation<Outer>(
      title: title,
      lines: lines,
      typedWord: typedWord,
      doLabel: doLabel,
      action: wrap(action)
    )
  }
}

/// A menu to choose from.
public struct MenuRequest<Action: Sendable>: Sendable {
  /// One entry.
  public struct Entry: Sendable {
    /// The letter that chooses it at once; nil where only the cursor does.
    public var key: Character?
    /// What it does.
    ///
    /// Drawn through the sink.
    public var label: String
    /// What stands beside it, quietly.
    public var note: String
    /// Whether it can be chosen.
    public var availability: Availability
    /// What is done.
    public var action: Action

    /// Makes an entry.
    public init(
      key: Character? = nil,
      label: String,
      note: String = "",
      availability: Availability = .enabled,
      action: Action
    ) {
      (self.key, self.label, self.note) = (key, label, note)
      (self.availability, self.action) = (availability, action)
    }
  }
  /// What is chosen.
  public var title: String
  /// The entries, in order.
  public var entries: [Entry]

  /// Makes a menu.
  public init(title: String, entries: [Entry]) { (self.title, self.entries) = (title, entries) }

  func map<Outer: Sendable>(_ wrap: (Action) -> Outer) -> MenuRequest<Outer> {
    MenuRequest<Outer>(
      title: title,
      entries: entries.map {
        .init(
          key: $0.key,
          label: $0.label,
          note: $0.note,
          availability: $0.availability,
          action: wrap($0.action)
        )
      }
    )
  }
}

/// A line to type into at the bottom of the screen.
public struct PromptRequest<Action: Sendable>: Sendable {
  /// What stands before the line: `/`, `filter`, `:`.
  public var label: String
  /// The line's present text.
  public var text: String
  /// What each change of the text does; nil where nothing happens before Enter.
  public var changed: (@Sendable (String) -> Action)?
  /// What Enter does.
  public var submit: @Sendable (String) -> Action
  /// What Esc does; nil for nothing.
  public var cancel: Action?
  /// What Tab offers for the text before the cursor.
  public var completions: @Sendable (String) -> [String]
  /// Whether what is typed is a person's own data: no recording or picture has it.
  public var isPersonal: Bool

  /// Makes a prompt.
  public init(
    label: String,
    text: String = "",
    changed: (@Sendable (String) -> Action)? = nil,
    submit: @escaping @Sendable (String) -> Action,
    cancel: Action? = nil,
    completions: @escaping @Sendable (String) -> [String] = { _ in [] },
    isPersonal: Bool = false
  ) {
    self.isPersonal = isPersonal
    (self.label, self.text, self.changed) = (label, text, changed)
    (self.submit, self.cancel, self.completions) = (submit, cancel, completions)
  }

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> PromptRequest<Outer> {
    var outer = PromptRequest<Outer>(
      label: label,
      text: text,
      submit: { [submit] in wrap(submit($0)) },
      completions: completions,
      isPersonal: isPersonal
    )
    if let changed { outer.changed = { wrap(changed($0)) } }
    if let cancel { outer.cancel = wrap(cancel) }
    return outer
  }
}

/// Something done outside of the record that a pane asks for.
public enum Errand<Action: Sendable>: Sendable {
  /// Lets the officer edit a text in `$EDITOR`; nil comes back where nothing was altered.
  case edit(text: String, name: String, then: @Sendable (Result<String?, ErrandFailure>) -> Action)
  /// Sends a text to the terminal's clipboard; `what` names it in the message.
  case copy(String, what: String)
  /// Hashes a file in a stream and, where asked, copies it into the store's folder.
  case digest(
    path: String,
    copy: Bool,
    then: @Sendable (Result<FileFacts, ErrandFailure>) -> Action
  )
  /// Hashes evidence again and compares.
  case verify(Evidence, then: @Sendable (Result<FileFacts, ErrandFailure>) -> Action)
  /// Works out an incident's duties as they are and with facts tried otherwise, or with another
  /// decision on awareness; records nothing.
  case duties(
    of: RecordID,
    trying: [IncidentEdit],
    aware: AwarenessDecision? = nil,
    then: @Sendable (Result<DutyAnswer, ErrandFailure>) -> Action
  )
  /// Writes the draft of a duty's notice into a file; what comes back names the file.
  case draft(DraftOrder, then: @Sendable (Result<String, ErrandFailure>) -> Action)
  /// Brings recipients into a mailing from a file, with progress.
  case intake(IntakeOrder, then: @Sendable (Result<RecipientImport, ErrandFailure>) -> Action)
  /// Takes mails in that came back to the people of a mailing.
  case bounces(BounceOrder, then: @Sendable (Result<BounceImport, ErrandFailure>) -> Action)
  /// Hands the e-mails of a mailing over to the mail program until nobody is left.
  case send(Mailing, then: @Sendable (Result<SendingSummary, ErrandFailure>) -> Action)
  /// Writes batches, takes returns and codes in: for those whom no e-mail tells.
  case post(PostErrand<Action>)
  /// Checks, fills in or approves the texts of a mailing.
  case notice(NoticeErrand<Action>)
  /// Writes a statement's site, and says in the record that it is published; what comes back says so.
  case publish(PublishOrder, then: @Sendable (Result<String, ErrandFailure>) -> Action)
  /// Brings an incident's clocks up to date, and says what the rules answer.
  case workOut(RecordID, then: @Sendable (Result<DutyAnswer, ErrandFailure>) -> Action)

  func map<Outer: Sendable>(_ wrap: @escaping @Sendable (Action) -> Outer) -> Errand<Outer> {
    switch self {
    case .edit(let text, let name, let then):
      .edit(text: text, name: name, then: { wrap(then($0)) })
    case .copy(let text, let what): .copy(text, what: what)
    case .digest(let path, let copy, let then):
      .digest(path: path, copy: copy, then: { wrap(then($0)) })
    case .verify(let evidence, let then): .verify(evidence, then: { wrap(then($0)) })
    case .duties(let id, let edits, let aware, let then):
      .duties(of: id, trying: edits, aware: aware, then: { wrap(then($0)) })
    case .draft(let order, let then): .draft(order, then: { wrap(then($0)) })
    case .intake(let order, let then): .intake(order, then: { wrap(then($0)) })
    case .bounces(let order, let then): .bounces(order, then: { wrap(then($0)) })
    case .send(let mailing, let then): .send(mailing, then: { wrap(then($0)) })
    case .post(let errand): .post(errand.map(wrap))
    case .notice(let errand): .notice(errand.map(wrap))
    case .publish(let order, let then): .publish(order, then: { wrap(then($0)) })
    case .workOut(let id, let then): .workOut(id, then: { wrap(then($0)) })
    }
  }
}

/// Which recipients are to be brought in, and how their file is to be read.
public struct IntakeOrder: Hashable, Sendable {
  /// The mailing.
  public var mailing: RecordID
  /// The mailing's reference, for what is shown while it runs.
  public var reference: String
  /// The file.
  public var path: String
  /// Which column means what, as `field=column`.
  public var columns: [String]
  /// The jurisdiction of rows that state none; nil for unknown.
  public var jurisdiction: String?
  /// The language of rows that state none.
  public var language: String?
  /// Whether the good rows of a file with bad ones are brought in.
  public var skipsBad: Bool

  /// Makes an order.
  public init(
    mailing: RecordID,
    reference: String,
    path: String,
    columns: [String] = [],
    jurisdiction: String? = nil,
    language: String? = nil,
    skipsBad: Bool = false
  ) {
    (self.mailing, self.reference, self.path) = (mailing, reference, path)
    (self.columns, self.jurisdiction) = (columns, jurisdiction)
    (self.language, self.skipsBad) = (language, skipsBad)
  }
}

/// Which mails are to be taken in that came back.
public struct BounceOrder: Hashable, Sendable {
  /// The mailing.
  public var mailing: RecordID
  /// The mail, mailbox, Maildir or folder.
  public var path: String
  /// Whether those are taken too of which only the address is known: somebody has looked at them.
  public var takesAddresses: Bool
  /// Whether nothing is altered, only told.
  public var isDryRun: Bool

  /// Makes an order.
  public init(mailing: RecordID, path: String, takesAddresses: Bool, isDryRun: Bool) {
    (self.mailing, self.path) = (mailing, path)
    (self.takesAddresses, self.isDryRun) = (takesAddresses, isDryRun)
  }
}

/// Which draft is to be written, and where.
public struct DraftOrder: Hashable, Sendable {
  /// The incident.
  public var incident: RecordID
  /// The duty, by the rule's id.
  public var rule: String
  /// Whether it is a page of HTML; Markdown otherwise.
  public var isHTML: Bool
  /// The file.
  public var path: String
  /// Whether a file that stands there is replaced.
  public var replaces: Bool

  /// Makes an order.
  public init(incident: RecordID, rule: String, isHTML: Bool, path: String, replaces: Bool) {
    (self.incident, self.rule, self.isHTML) = (incident, rule, isHTML)
    (self.path, self.replaces) = (path, replaces)
  }
}

/// What the rules say of an incident.
public struct DutyAnswer: Sendable, Equatable {
  /// Every duty that was considered, with the facts as they are.
  public var duties: [Obligation]
  /// The same with the facts that were tried.
  public var tried: [Obligation]
  /// What stands in the record and no rule can read.
  public var unusable: [UnusableFact]

  /// Makes an answer.
  public init(duties: [Obligation], tried: [Obligation], unusable: [UnusableFact]) {
    (self.duties, self.tried, self.unusable) = (duties, tried, unusable)
  }
}

/// What is known of a file that was hashed.
public struct FileFacts: Hashable, Sendable {
  /// The absolute path.
  public var path: String
  /// SHA-256 in lower-case hexadecimal.
  public var sha256: String
  /// Size in bytes.
  public var size: Int64

  /// Makes the facts.
  public init(path: String, sha256: String, size: Int64) {
    (self.path, self.sha256, self.size) = (path, sha256, size)
  }
}

/// Why an errand was not done.
public struct ErrandFailure: Error, Hashable, Sendable {
  /// What happened and what to do, as a sentence.
  public var reason: String

  /// Makes a failure.
  public init(_ reason: String) { self.reason = reason }
}
