import Drawing
import Panes

/// A form over the screen; what is typed is kept as a draft until it is saved or given up.
struct FormView: Sendable {
  let request: FormRequest<RootAction>
  var form: Form
  let isFromDraft: Bool
  /// Whether Esc was pressed once and something would be lost.
  var asksToLeave = false

  init(_ request: FormRequest<RootAction>, draft: [String: String]?) {
    self.request = request
    form = Form(title: request.title, fields: request.fields)
    form.live = request.live
    form.isPersonal = request.isPersonal
    form.extraKey = request.jump.map { .init(key: $0.key.name, label: $0.label) }
    isFromDraft = draft != nil
    if let draft { form.set(values: draft) }
  }

  /// What was typed and not saved: key and fields.
  var draft: (key: String, fields: [String: String])? {
    guard let key = request.draftKey, form.isChanged || isFromDraft else { return nil }
    return (key, form.values)
  }

  func handle(_ event: InputEvent, _ size: Size) -> OverlayResult {
    var next = self
    if asksToLeave { return next.leave(event) }
    if let jump = request.jump, event == .key(jump.key) {
      let effects = draft.map { [RootEffect.saveDraft(key: $0.key, fields: $0.fields)] } ?? []
      return OverlayResult(next: nil, actions: [jump.action], effects: effects)
    }
    switch next.form.handle(event, in: Rect(size)) {
    case .none: return .stays(.form(next))
    case .changed:
      let effects = next.draft.map { [RootEffect.saveDraft(key: $0.key, fields: $0.fields)] } ?? []
      return OverlayResult(next: .form(next), effects: effects)
    case .submit:
      return OverlayResult(
        next: nil,
        actions: (request.draftKey.map { [.draftSubmitted(key: $0)] } ?? [])
          + [request.submit(next.form.values)],
        effects: keepDraft(next.form.values)
      )
    case .cancel:
      guard next.form.isChanged || isFromDraft else { return .closes(given) }
      next.asksToLeave = true
      return .stays(.form(next))
    }
  }

  /// After Esc: `k` keeps what was typed for later, `d` throws it away, Esc goes on typing.
  private mutating func leave(_ event: InputEvent) -> OverlayResult {
    switch event {
    case .key(.character("d")):
      return OverlayResult(next: nil, actions: given, effects: dropDraft)
    case .key(.character("k")):
      let effects = draft.map { [RootEffect.saveDraft(key: $0.key, fields: $0.fields)] } ?? []
      return OverlayResult(
        next: nil,
        actions: given + [.toasted(Toast(.notice, "kept; opening the form again brings it back"))],
        effects: effects
      )
    case .key(.escape), .key(.enter):
      asksToLeave = false
      return .stays(.form(self))
    default: return .stays(.form(self))
    }
  }

  /// What was submitted stays a draft until it is in the record: a change may yet be refused.
  private func keepDraft(_ values: [String: String]) -> [RootEffect] {
    request.draftKey.map { [RootEffect.saveDraft(key: $0, fields: values)] } ?? []
  }

  /// What the request wants done when the form is given up.
  private var given: [RootAction] { request.cancelled.map { [$0] } ?? [] }

  private var dropDraft: [RootEffect] {
    request.draftKey.map { [RootEffect.dropDraft(key: $0)] } ?? []
  }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    form.draw(on: &canvas, in: rect)
    guard asksToLeave || isFromDraft else { return }
    let foot = rect.splitBottom(1).bottom
    canvas.fill(foot, Style(.bar))
    if asksToLeave {
      canvas.isCursorVisible = false
      canvas.write(
        Line([
          Span(" Not saved. ", .warning, .bold), Span(" k", .barKey, .bold),
          Span(" keep for later ", .bar),
          Span(" d", .barKey, .bold), Span(" throw away ", .bar), Span(" Esc", .barKey, .bold),
          Span(" go on typing ", .bar),
        ]),
        in: foot
      )
    } else {
      canvas.write(Line(" An unsaved draft was brought back. ", .badge), in: foot)
    }
  }
}
