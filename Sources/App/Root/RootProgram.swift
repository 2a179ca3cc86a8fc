import Drawing
import Model
import Panes

/// What concerns the program itself: help, menus, theme, suspend, quit.
enum RootProgram {
  static func reduce(_ state: inout RootState, _ action: RootAction) -> [RootEffect] {
    switch action {
    case .helpPressed:
      state.overlays.append(.help(HelpView(rows: RootTable.bound(state))))
      return []
    case .menuPressed: return menu(&state)
    case .palettePressed:
      state.overlays.append(.palette(PaletteView(rows: RootTable.bound(state))))
      return []
    case .commandPressed: return commandPrompt(&state)
    case .commandTyped(let text): return command(text, &state)
    case .refreshPressed:
      return RootView.tell([], &state) + RootRules.resume(&state)
    case .repaintPressed: return [.repaint]
    case .suspendPressed: return [.suspend]
    case .mousePressed:
      state.isMouseOn.toggle()
      Root.show(
        Toast(
          .notice,
          state.isMouseOn
            ? "the mouse is ours; M gives it back" : "the mouse is the terminal's; M takes it"
        ),
        &state
      )
      return [.setMouse(state.isMouseOn)]
    case .bellPressed:
      state.isBellOn.toggle()
      Root.show(
        Toast(
          .notice,
          state.isBellOn ? "the bell rings" : "the bell is silent; reminders stand here"
        ),
        &state
      )
      return []
    case .themePressed:
      let names = state.world.themes
      let index = names.firstIndex(of: state.world.theme) ?? -1
      guard !names.isEmpty else { return [] }
      return [.setTheme(names[(index + 1) % names.count])]
    case .themeChosen(let name): return [.setTheme(name)]
    case .themeLoaded(let name):
      state.world.theme = name
      Root.show(Toast(.notice, "theme: \(name)"), &state)
      return []
    case .picturePressed:
      let request = PromptRequest<RootAction>(
        label: "save picture as",
        text: "tocsin.svg",
        submit: { .pictureNamed($0) }
      )
      state.overlays.append(OverlayState(.prompt(request), drafts: [:]))
      return []
    case .pictureNamed(let path): return path.isEmpty ? [] : [.savePicture(path: path)]
    case .jobProgressed(let job):
      state.job = job
      return []
    case .jobCancelled: return [state.job == nil ? .stopClocks : .cancelJob]
    case .quitPressed: return askToQuit(&state)
    case .quitConfirmed: return [.quit]
    default: return []
    }
  }

  /// The menu of what can be done here.
  private static func menu(_ state: inout RootState) -> [RootEffect] {
    let rows = RootTable.bound(state, for: .menu)
    guard !rows.isEmpty else {
      Root.show(Toast(.notice, "there is no menu here; ^P lists all actions"), &state)
      return []
    }
    let request = MenuRequest<RootAction>(
      title: "Actions",
      entries: rows.map {
        .init(
          key: $0.menuKey,
          label: $0.label,
          note: $0.help,
          availability: $0.availability,
          action: $0.make()
        )
      }
    )
    state.overlays.append(OverlayState(.menu(request), drafts: [:]))
    return []
  }

  /// The line for an action's name.
  private static func commandPrompt(_ state: inout RootState) -> [RootEffect] {
    let ids = RootTable.bound(state).map(\.id)
    let request = PromptRequest<RootAction>(
      label: ":",
      submit: { .commandTyped($0) },
      completions: { typed in ids.filter { $0.hasPrefix(typed) } }
    )
    state.overlays.append(OverlayState(.prompt(request), drafts: [:]))
    return []
  }

  /// Asks before the program ends.
  private static func askToQuit(_ state: inout RootState) -> [RootEffect] {
    state.overlays.append(
      OverlayState(
        .confirm(
          Confirmation<RootAction>(
            title: "Quit Tocsin?",
            lines: state.job.map {
              [
                Line([Span($0.title, .information, .bold), Span(" is running here.")]),
                Line("It is ended first; what it did is saved.", .textMuted),
              ]
            } ?? [Line("Everything is saved.", .textMuted)],
            doLabel: "Quit",
            action: .quitConfirmed
          )
        ),
        drafts: [:]
      )
    )
    return []
  }

  /// Does the action that was typed after `:`, by its name or the beginning of it.
  private static func command(_ text: String, _ state: inout RootState) -> [RootEffect] {
    let word = text.split(separator: " ").first.map(String.init) ?? ""
    guard !word.isEmpty else { return [] }
    if ["q", "q!", "quit"].contains(word) { return [.quit] }
    let rows = RootTable.bound(state)
    let matches =
      rows.filter { $0.id == word }.first.map { [$0] } ?? rows.filter { $0.id.hasPrefix(word) }
    guard let row = matches.first, matches.count == 1 else {
      let reason =
        matches.isEmpty
        ? "there is no action \(word); Tab completes, ? lists them"
        : "\(word) could be \(matches.prefix(4).map(\.id).joined(separator: ", "))"
      Root.show(Toast(.failure, reason), &state)
      return []
    }
    if case .disabled(let reason) = row.availability {
      Root.show(Toast(.notice, reason), &state)
      return []
    }
    return Root.reduce(&state, row.make())
  }
}
