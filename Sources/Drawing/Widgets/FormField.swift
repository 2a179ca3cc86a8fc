/// One field of a form: what it asks for, what it holds, and what is wrong with that.
public struct FormField: Sendable {
  /// Says what is wrong with a value, or nil where it is right.
  public typealias Check = @Sendable (String) -> String?

  /// What holds the value.
  enum Content: Sendable, Equatable {
    case line(TextField)
    case text(TextEditor)
    /// One of the options, by its index.
    case choice(Int)
    /// Any number of the options; and the one under the cursor.
    case choices(Set<Int>, cursor: Int)
    /// One of the options or none yet, all shown while it has the cursor; and the one under it.
    case question(Int?, cursor: Int)
  }

  /// One of the options of a field.
  public struct Option: Sendable, Equatable {
    /// What the field holds where it is chosen.
    public var value: String
    /// What is shown for it.
    public var label: String
    /// What it counts, in a word; may be empty.
    public var mark: String
    /// What it means, in a sentence; may be empty.
    public var meaning: String

    /// Makes an option.
    public init(_ value: String, _ label: String, mark: String = "", meaning: String = "") {
      (self.value, self.label, self.mark, self.meaning) = (value, label, mark, meaning)
    }
  }

  /// The options of a field, given what the form holds.
  public typealias Offer = @Sendable ([String: String]) -> [Option]

  /// Names the field in the form's values.
  public let id: String
  /// What it asks for, in a word or two.
  public let label: String
  /// One line on what to give, shown while the field has the cursor.
  public let help: String
  /// Whether it must not be left empty.
  public let isRequired: Bool
  /// What an answer that was put in came from; shown beside it until it is altered.
  let note: String
  var options: [Option]
  /// What the options are by what else the form holds; nil where they are always the same.
  let offer: Offer?
  let check: Check?
  var content: Content
  /// What is wrong; shown below the field.
  var problem: String?
  var original: String
  /// The value that was wanted, kept until there are options to choose it from.
  private var wanted: String

  init(
    _ id: String,
    _ label: String,
    _ help: String,
    _ isRequired: Bool,
    _ options: [(String, String)],
    _ check: Check?,
    _ content: Content,
    note: String = "",
    wanted: String = "",
    offer: Offer? = nil
  ) {
    (self.id, self.label, self.help, self.isRequired) = (id, label, help, isRequired)
    self.options = options.map { Option($0.0, $0.1) }
    (self.check, self.content, self.note, self.wanted) = (check, content, note, wanted)
    self.offer = offer
    original = Self.value(of: content, self.options)
  }

  /// Makes a field for one line of text.
  ///
  /// - Parameters:
  ///   - id: Names the field in the form's values.
  ///   - label: What it asks for.
  ///   - value: What it holds at first.
  ///   - help: One line on what to give.
  ///   - isRequired: Whether it must not be left empty.
  ///   - check: Says what is wrong with a value that is not empty.
  /// - Returns: The field.
  public static func line(
    _ id: String,
    label: String,
    value: String = "",
    help: String = "",
    isRequired: Bool = false,
    check: Check? = nil
  ) -> FormField {
    FormField(id, label, help, isRequired, [], check, .line(TextField(text: value)))
  }

  /// Makes a field for several lines of text; see ``line(_:label:value:help:isRequired:check:)``.
  public static func text(
    _ id: String,
    label: String,
    value: String = "",
    help: String = "",
    isRequired: Bool = false,
    check: Check? = nil
  ) -> FormField {
    FormField(id, label, help, isRequired, [], check, .text(TextEditor(text: value)))
  }

  /// Makes a field for one of some options.
  ///
  /// - Parameters:
  ///   - id: Names the field in the form's values.
  ///   - label: What it asks for.
  ///   - value: The value of the option chosen at first; the first option where it is none of them.
  ///   - options: The options, each with its value and what is shown for it.
  ///   - help: One line on what to choose.
  /// - Returns: The field.
  public static func choice(
    _ id: String,
    label: String,
    value: String = "",
    options: [(String, String)],
    help: String = ""
  ) -> FormField {
    let chosen = options.firstIndex { $0.0 == value } ?? 0
    return FormField(id, label, help, false, options, nil, .choice(chosen))
  }

  /// Makes a field for yes, no or not known; its values are `yes`, `no` and empty.
  public static func yesNoUnknown(
    _ id: String,
    label: String,
    value: Bool? = nil,
    help: String = ""
  ) -> FormField {
    choice(
      id,
      label: label,
      value: value.map { $0 ? "yes" : "no" } ?? "",
      options: [("", "not known"), ("yes", "yes"), ("no", "no")],
      help: help
    )
  }

  /// Makes a field for any number of options; its value is theirs, joined by commas.
  public static func choices(
    _ id: String,
    label: String,
    options: [(String, String)],
    values: [String] = [],
    help: String = "",
    isRequired: Bool = false
  ) -> FormField {
    let chosen = Set(options.indices.filter { values.contains(options[$0].0) })
    return FormField(
      id,
      label,
      help,
      isRequired,
      options,
      nil,
      .choices(chosen, cursor: 0)
    )
  }

  // MARK: Values

  /// What the field holds.
  public var value: String { Self.value(of: content, options) }

  /// Whether it holds something else than at first.
  var isChanged: Bool { value != original }

  private static func value(
    of content: Content,
    _ options: [Option]
  ) -> String {
    switch content {
    case .line(let field): field.text
    case .text(let editor): editor.text
    case .choice(let index): options.indices.contains(index) ? options[index].value : ""
    case .choices(let chosen, _): chosen.sorted().map { options[$0].value }.joined(separator: ",")
    case .question(let chosen, _):
      chosen.flatMap { options.indices.contains($0) ? options[$0].value : nil } ?? ""
    }
  }

  /// Takes a value, as from a draft; options that do not exist are left out.
  mutating func set(_ value: String) {
    switch content {
    case .line(var field):
      field.replace(with: value)
      content = .line(field)
    case .text(var editor):
      editor.replace(with: value)
      content = .text(editor)
    case .choice(let index):
      content = .choice(options.firstIndex { $0.value == value } ?? index)
    case .choices(_, let cursor):
      let values = value.split(separator: ",").map(String.init)
      content = .choices(
        Set(options.indices.filter { values.contains(options[$0].value) }),
        cursor: cursor
      )
    case .question:
      wanted = value
      choose(value)
    }
  }

  /// Takes the options that what else the form holds allows; keeps the choice where it is among them.
  mutating func refresh(_ values: [String: String], isNew: Bool) {
    guard let offer else { return }
    let before = value.isEmpty ? wanted : value
    options = offer(values)
    if case .question = content {
      choose(before)
    } else {
      content = .choice(options.firstIndex { $0.value == before } ?? 0)
    }
    if isNew { original = value }
  }

  private mutating func choose(_ value: String) {
    let chosen = options.firstIndex { $0.value == value && !value.isEmpty }
    content = .question(chosen, cursor: chosen ?? 0)
    if chosen != nil { wanted = value }
  }

  /// Looks at the value, and keeps what is wrong with it.
  mutating func validate() {
    let value = self.value
    if value.allSatisfy(\.isWhitespace) {
      problem = isRequired ? emptiness : nil
    } else {
      problem = check?(value)
    }
  }

  private var emptiness: String {
    guard case .question = content else { return "must not be empty" }
    return options.isEmpty ? "waits for an answer above" : "is not answered"
  }

  // MARK: Place and mouse

  /// Says in how many columns the value is drawn.
  mutating func fit(columns: Int) {
    guard case .text(var editor) = content else { return }
    editor.width = columns
    content = .text(editor)
  }

  /// A press on a row of the value: chooses the option there; the next one of a choice that was under
  /// the cursor already.
  mutating func press(row: Int, again: Bool) {
    switch content {
    case .choices(let chosen, _) where options.indices.contains(row):
      content = .choices(chosen.symmetricDifference([row]), cursor: row)
    case .choice(let index) where again && !options.isEmpty:
      content = .choice((index + 1) % options.count)
    case .question where options.indices.contains(row) && again: choose(options[row].value)
    case .line, .text, .choice, .choices, .question: break
    }
  }

  // MARK: Keys

  /// What a key did in a field.
  enum Outcome { case taken, next, previous, ignored }

  mutating func handle(_ event: InputEvent) -> Outcome {
    switch content {
    case .line(var field):
      if event == .key(.up) { return .previous }
      if event == .key(.down) || event == .key(.enter) { return .next }
      guard field.handle(event) else { return .ignored }
      content = .line(field)
    case .text(var editor):
      if event == .key(.up), editor.isAtTop { return .previous }
      if event == .key(.down), editor.isAtBottom { return .next }
      guard editor.handle(event) else { return .ignored }
      content = .text(editor)
    case .choice(let index): return choose(index, event)
    case .choices(let chosen, let cursor): return choose(chosen, cursor, event)
    case .question(let chosen, let cursor): return answer(chosen, cursor, event)
    }
    return .taken
  }

  private mutating func choose(_ index: Int, _ event: InputEvent) -> Outcome {
    guard case .key(let key) = event, !options.isEmpty else { return .ignored }
    switch key {
    case .left: content = .choice((index + options.count - 1) % options.count)
    case .right, .character(" "): content = .choice((index + 1) % options.count)
    case .up: return .previous
    case .down, .enter: return .next
    case .character(let letter):
      guard let next = optionStarting(with: letter, after: index) else { return .ignored }
      content = .choice(next)
    default: return .ignored
    }
    return .taken
  }

  private mutating func choose(_ chosen: Set<Int>, _ cursor: Int, _ event: InputEvent) -> Outcome {
    guard case .key(let key) = event, !options.isEmpty else { return .ignored }
    switch key {
    case .up:
      if cursor == 0 { return .previous } else { content = .choices(chosen, cursor: cursor - 1) }
    case .down:
      if cursor == options.count - 1 { return .next }
      content = .choices(chosen, cursor: cursor + 1)
    case .enter: return .next
    case .character(" "): content = .choices(chosen.symmetricDifference([cursor]), cursor: cursor)
    case .character(let letter):
      guard let next = optionStarting(with: letter, after: cursor) else { return .ignored }
      content = .choices(chosen, cursor: next)
    default: return .ignored
    }
    return .taken
  }

  private mutating func answer(_ chosen: Int?, _ cursor: Int, _ event: InputEvent) -> Outcome {
    guard case .key(let key) = event else { return .ignored }
    switch key {
    case .up:
      if cursor == 0 { return .previous }
      content = .question(chosen, cursor: cursor - 1)
    case .down:
      if cursor >= options.count - 1 { return .next }
      content = .question(chosen, cursor: cursor + 1)
    case .enter:
      if options.indices.contains(cursor) { choose(options[cursor].value) }
      return .next
    case .character(" "):
      guard options.indices.contains(cursor) else { return .ignored }
      choose(options[cursor].value)
    case .character(let letter):
      guard let next = optionStarting(with: letter, after: cursor) else { return .ignored }
      content = .question(chosen, cursor: next)
    default: return .ignored
    }
    return .taken
  }

  /// The next option whose label begins with a letter.
  private func optionStarting(with letter: Character, after index: Int) -> Int? {
    guard !options.isEmpty else { return nil }
    let wanted = letter.lowercased()
    return options.indices.map { (index + 1 + $0) % options.count }
      .first { options[$0].label.lowercased().hasPrefix(wanted) }
  }
}
