import Drawing
import Model
import Panes

/// What an event from the terminal means: to the uppermost overlay, or to the table of actions.
enum RootInput {
  static func reduce(_ state: inout RootState, _ event: InputEvent) -> [RootEffect] {
    switch event {
    case .resize(let size):
      state.world.size = size
      return resized(&state)
    case .focusGained, .focusLost:
      return []
    case .key, .paste, .mouse:
      if let range = state.unanswerable {
        if range.contains(state.world.now), !state.overlays.isEmpty { return [] }
        state.unanswerable = nil
      }
      guard let overlay = state.overlays.popLast() else { return view(&state, event) }
      return over(&state, overlay.handle(event, state.world.size))
    }
  }

  private static func over(_ state: inout RootState, _ result: OverlayResult) -> [RootEffect] {
    if let next = result.next { state.overlays.append(next) }
    var effects = result.effects
    for action in result.actions { effects += Root.reduce(&state, action) }
    return effects
  }

  /// More rows may fit now than are loaded.
  private static func resized(_ state: inout RootState) -> [RootEffect] {
    let view = RootView.of(state.view)
    return view.growsWithScreen ? Root.reduce(&state, view.moved(.by(0))) : []
  }

  private static func view(_ state: inout RootState, _ event: InputEvent) -> [RootEffect] {
    switch event {
    case .key(let key):
      if state.toast?.outlastsKeys != true { state.toast = nil }
      return press(key, &state)
    case .mouse(let mouse): return Root.reduce(&state, .moused(mouse))
    case .paste:
      Root.show(Toast(.notice, "nothing here takes text; the paste was not used"), &state)
      return []
    default: return []
    }
  }

  /// Does what the first row of the table with this key says; the view's rows come first.
  private static func press(_ key: Key, _ state: inout RootState) -> [RootEffect] {
    guard let row = RootTable.row(of: key, state) else { return [] }
    if case .disabled(let reason) = row.availability {
      Root.show(Toast(.notice, reason), &state)
      return []
    }
    let effects = Root.reduce(&state, row.make())
    guard key == .escape, state.history.isEmpty else { return effects }
    return effects.filter { effect in
      if case .pane(.go(.back)) = effect { false } else { true }
    }
  }

  /// The wheel moves the cursor, a press puts it there, a press on the bar turns to a view.
  static func moused(_ mouse: MouseEvent, _ state: inout RootState) -> [RootEffect] {
    switch mouse.kind {
    case .wheelUp: return move(.by(-3), &state)
    case .wheelDown: return move(.by(3), &state)
    case .release, .drag: return []
    case .press:
      let area = state.paneArea
      if mouse.point.row == 0 {
        guard let view = RootDrawing.view(at: mouse.point.column, state) else { return [] }
        return Root.reduce(&state, .went(.view(view)))
      }
      guard area.contains(mouse.point) else { return [] }
      let point = Point(column: mouse.point.column - area.column, row: mouse.point.row - area.row)
      return Root.reduce(&state, RootView.of(state.view).pressed(point))
    }
  }

  private static func move(_ motion: Motion, _ state: inout RootState) -> [RootEffect] {
    Root.reduce(&state, RootView.of(state.view).wheeled(motion))
  }
}
