/// What an event did to a form.
public enum FormOutcome: Sendable, Equatable {
  /// Nothing that matters outside of it; it may look different.
  case none
  /// A value changed: time to keep a draft.
  case changed
  /// The values are right and are to be saved.
  case submit
  /// It is to be closed; ask first where ``Form/isChanged``.
  case cancel
}

/// Fields to fill in.
///
/// Tab and S-Tab, Up and Down go from field to field; Enter goes on, gives a new line in a field of
/// several lines, and saves on the Save button; `^X` saves from anywhere; Esc and `^C` cancel. Space
/// and the arrows choose. What is wrong is said below the field when it is left and when the form
/// is to be saved, and then nothing is saved.
public struct Form: Sendable {
  /// What the form is for.
  public var title: String
  /// The fields, in order.
  public private(set) var fields: [FormField]
  /// Which field has the cursor; their count stands for the Save button, one more for Cancel.
  public private(set) var focus = 0

  /// Whether what the fields hold is a person's own data: no recording or picture has it.
  public var isPersonal = false
  /// What the values come to so far, shown below the fields; nil shows nothing.
  public var live: (@Sendable ([String: String]) -> [Line])?
  /// A key of the form's own, for the line of keys.
  public var extraKey: KeyHints.Hint?

  /// Makes a form with the cursor in its first field.
  public init(title: String, fields: [FormField]) {
    (self.title, self.fields) = (title, fields)
    refresh(isNew: true)
  }

  /// Gives fields whose options follow from others the options they have now.
  private mutating func refresh(isNew: Bool = false) {
    guard fields.contains(where: { $0.offer != nil }) else { return }
    for index in fields.indices { fields[index].refresh(values, isNew: isNew) }
  }

  /// What the fields hold, by their ids; see ``FormField`` for what each kind gives.
  public var values: [String: String] {
    Dictionary(fields.map { ($0.id, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// Whether a field holds something else than at first.
  public var isChanged: Bool { fields.contains(where: \.isChanged) }

  /// What is wrong, by field id, as far as it was looked at.
  public var problems: [String: String] {
    Dictionary(
      fields.compactMap { field in field.problem.map { (field.id, $0) } },
      uniquingKeysWith: { $1 }
    )
  }

  /// Takes values as of a draft; fields it does not name stay, and so does what counts as changed.
  public mutating func set(values: [String: String]) {
    for index in fields.indices {
      fields[index].refresh(self.values, isNew: false)
      if let value = values[fields[index].id] { fields[index].set(value) }
    }
  }

  /// Says what is wrong with a field, as found by whoever was to save the form.
  public mutating func setProblem(_ problem: String, field id: String) {
    guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
    fields[index].problem = problem
    focus = index
  }

  // MARK: Events

  /// Takes an event; with the rectangle that the form is drawn in a press of the mouse finds what it
  /// was meant for, and Up and Down go by the rows that are seen.
  public mutating func handle(_ event: InputEvent, in rect: Rect? = nil) -> FormOutcome {
    if let rect, fields.indices.contains(focus), let columns = valueColumns(in: rect) {
      fields[focus].fit(columns: columns)
    }
    switch event {
    case .mouse(let mouse):
      guard mouse.kind == .press, let rect else { return .none }
      return press(mouse.point, in: rect)
    case .key(.escape), .key(.control("c")): return .cancel
    case .key(.control("x")): return submit()
    case .key(.tab):
      go(1)
      return .none
    case .key(.backTab):
      go(-1)
      return .none
    default: break
    }
    guard fields.indices.contains(focus) else { return handleButtons(event) }
    let before = fields[focus].value
    let place = focus
    let outcome = fields[place].handle(event)
    let isChanged = fields[place].value != before
    if isChanged {
      refresh()
      // What was wrong is looked at again as soon as it may be right.
      for index in fields.indices where fields[index].problem != nil { fields[index].validate() }
    }
    switch outcome {
    case .next: go(1)
    case .previous: if focus > 0 { go(-1) }
    case .taken, .ignored: break
    }
    return isChanged ? .changed : .none
  }

  /// A press goes to the field or button under it; on an option it chooses.
  private mutating func press(_ point: Point, in rect: Rect) -> FormOutcome {
    guard let (place, row) = place(at: point, in: rect) else { return .none }
    let wasThere = place == focus
    if fields.indices.contains(focus), !wasThere { fields[focus].validate() }
    focus = place
    guard fields.indices.contains(place) else { return place == fields.count ? submit() : .cancel }
    let before = fields[place].value
    fields[place].press(row: row, again: wasThere)
    guard fields[place].value != before else { return .none }
    refresh()
    return .changed
  }

  private mutating func handleButtons(_ event: InputEvent) -> FormOutcome {
    switch event {
    case .key(.enter), .key(.character(" ")):
      return focus == fields.count ? submit() : .cancel
    case .key(.left): focus = fields.count
    case .key(.right): focus = fields.count + 1
    case .key(.up): go(focus == fields.count ? -1 : -2)
    case .key(.down): break
    default: break
    }
    return .none
  }

  /// Goes on by so many places, round the end, and looks at the field that is left.
  private mutating func go(_ step: Int) {
    if fields.indices.contains(focus) { fields[focus].validate() }
    let places = fields.count + 2
    focus = ((focus + step) % places + places) % places
  }

  private mutating func submit() -> FormOutcome {
    for index in fields.indices { fields[index].validate() }
    guard let wrong = fields.firstIndex(where: { $0.problem != nil }) else { return .submit }
    focus = wrong
    return .none
  }
}
