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
    switch state.view {
    case .overview: return []
    case .incidents: return Root.reduce(&state, .incidents(.moved(.by(0))))
    case .journal: return Root.reduce(&state, .journal(.moved(.by(0))))
    }
  }

  private static func view(_ state: inout RootState, _ event: InputEvent) -> [RootEffect] {
    switch event {
    case .key(let key):
      if case .key(.escape) = event, state.toast != nil { state.toast = nil }
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
    guard let row = RootTable.bound(state).first(where: { $0.keys.contains(key) }) else { return [] }
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
}
