import Drawing
import Panes

/// A line to type into at the foot of the screen.
struct PromptView: Sendable {
  let request: PromptRequest<RootAction>
  var field: TextField
  /// What Tab offered last; the next Tab offers the next one.
  var offered: [String] = []
  var offer = 0

  init(_ request: PromptRequest<RootAction>) {
    self.request = request
    field = TextField(text: request.text)
  }

  func handle(_ event: InputEvent) -> OverlayResult {
    var next = self
    switch event {
    case .key(.enter): return .closes([request.submit(field.text)])
    case .key(.escape), .key(.control("c")):
      return .closes(request.cancel.map { [$0] } ?? [])
    case .key(.tab): return next.complete(1)
    case .key(.backTab): return next.complete(-1)
    case .key, .paste:
      let before = field.text
      _ = next.field.handle(event)
      next.offered = []
      return next.changed(from: before)
    default: return .stays(.prompt(self))
    }
  }

  /// Replaces the last word by what is offered for it.
  private mutating func complete(_ step: Int) -> OverlayResult {
    let before = field.text
    if offered.isEmpty {
      offered = request.completions(before)
      offer = 0
    } else {
      offer = ((offer + step) % offered.count + offered.count) % offered.count
    }
    guard !offered.isEmpty else { return .stays(.prompt(self)) }
    field = TextField(text: offered[offer])
    return changed(from: before)
  }

  private func changed(from before: String) -> OverlayResult {
    guard field.text != before, let changed = request.changed else { return .stays(.prompt(self)) }
    return OverlayResult(next: .prompt(self), actions: [changed(field.text)])
  }

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let foot = rect.splitBottom(1).bottom
    canvas.fill(foot, Style(.fieldFocused))
    let label = request.label == "/" || request.label == ":" ? request.label : "\(request.label): "
    let (left, rest) = foot.splitLeft(min(label.count + 1, foot.columns / 2))
    canvas.write(Line(" \(label)", .fieldFocused, .bold), in: left)
    field.draw(
      on: &canvas,
      in: rest,
      style: Style(request.isPersonal ? .personal : .fieldFocused)
    )
    guard offered.count > 1 else { return }
    let above = Rect(column: foot.column, row: foot.row - 1, columns: foot.columns, rows: 1)
    canvas.fill(above, Style(.bar))
    let spans = offered.enumerated().map { index, word in
      Span(" \(word) ", index == offer ? .rowSelected : .bar)
    }
    canvas.write(Line(spans), in: above)
  }
}
