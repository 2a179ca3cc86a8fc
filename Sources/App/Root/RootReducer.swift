import Drawing
import Model
import Panes

/// How the dashboard's state alters.
///
/// Total and pure.
enum Root {
  static func reduce(_ state: inout RootState, _ action: RootAction) -> [RootEffect] {
    let context = state.context(state.paneArea)
    switch action {
    case .sequence(let actions):
      return actions.flatMap { reduce(&state, $0) }
    case .started(let drafts):
      state.drafts = drafts
      if let hint = state.world.hints.first { show(Toast(.notice, hint), &state) }
      if !drafts.isEmpty {
        let what = drafts.count == 1 ? "an unsaved draft is" : "\(drafts.count) unsaved drafts are"
        show(Toast(.notice, "\(what) kept; opening the form again brings it back"), &state)
      }
      return appear(state.view, &state) + [ask(ChangesSince(after: .max))]
    case .input(let event):
      return RootInput.reduce(&state, event)
    case .moused(let mouse):
      return RootInput.moused(mouse, &state)
    case .ticked(let now):
      state.world.now = now
      if let toast = state.toast, toast.until <= now { state.toast = nil }
      guard state.view == .overview, let aged = OverviewPane.agesAt(state.overview), aged <= now
      else { return [] }
      return reduce(&state, .overview(.postureAged))
    case .nearClocksAnswered(let answer): return RootReminders.answered(answer, &state)
    case .overview(let inner):
      return OverviewPane.reduce(&state.overview, inner, context).map {
        .pane($0.map(RootAction.overview))
      }
    case .incidents(let inner):
      return IncidentsPane.reduce(&state.incidents, inner, context).map {
        .pane($0.map(RootAction.incidents))
      }
    case .clocks(let inner):
      return ClocksPane.reduce(&state.clocks, inner, context).map {
        .pane($0.map(RootAction.clocks))
      }
    case .audits(let inner):
      return AuditsPane.reduce(&state.audits, inner, context).map {
        .pane($0.map(RootAction.audits))
      }
    case .notices(let inner):
      return NoticesPane.reduce(&state.notices, inner, context).map {
        .pane($0.map(RootAction.notices))
      }
    case .privacy(let inner):
      return PrivacyPane.reduce(&state.privacy, inner, context).map {
        .pane($0.map(RootAction.privacy))
      }
    case .people(let inner):
      return PeoplePane.reduce(&state.people, inner, context).map {
        .pane($0.map(RootAction.people))
      }
    case .statements(let inner):
      return StatementsPane.reduce(&state.statements, inner, context).map {
        .pane($0.map(RootAction.statements))
      }
    case .journal(let inner):
      return JournalPane.reduce(&state.journal, inner, context).map {
        .pane($0.map(RootAction.journal))
      }
    case .went(let destination): return go(destination, &state)
    case .overlayClosed:
      state.overlays.removeLast(state.overlays.isEmpty ? 0 : 1)
      return []
    case .toasted(let toast):
      show(toast, &state)
      return []
    case .draftsFailed(let reason):
      show(Toast(.failure, "what you type is not kept: \(reason)"), &state)
      state.toast?.outlastsKeys = true
      return []
    case .recordTouched, .changesAnswered, .applied, .draftSubmitted, .conflicted, .retried,
      .undoPressed,
      .redoPressed, .undone:
      return RootRecord.reduce(&state, action)
    case .rulesLoaded, .rulesFaulty, .clocksUpdated, .clocksFailed, .clocksProgressed,
      .clocksStopped, .rulesPressed, .adoptPressed, .adoptConfirmed:
      return RootRules.reduce(&state, action)
    case .organisation(let event): return RootOrganisation.reduce(&state, event)
    case .bellPressed, .helpPressed, .menuPressed, .palettePressed, .commandPressed, .commandTyped,
      .refreshPressed, .repaintPressed, .suspendPressed, .mousePressed, .themePressed,
      .themeChosen, .themeLoaded, .picturePressed, .pictureNamed, .jobProgressed, .jobCancelled,
      .quitPressed, .quitConfirmed:
      return RootProgram.reduce(&state, action)
    }
  }

  /// Does at once what concerns the state alone, and returns what is left to be done.
  ///
  /// Several keys may come in one read; each must find what the one before it opened, or text meant
  /// for a form would run as keys of the list.
  static func settle(_ state: inout RootState, _ effects: [RootEffect]) -> [RootEffect] {
    effects.flatMap { effect -> [RootEffect] in
      guard case .pane(let inner) = effect else { return [effect] }
      switch inner {
      case .send(let action): return settle(&state, reduce(&state, action))
      case .toast(let toast): return settle(&state, reduce(&state, .toasted(toast)))
      case .go(let destination): return settle(&state, reduce(&state, .went(destination)))
      case .present(let overlay):
        state.overlays.append(OverlayState(overlay, drafts: state.drafts))
        return []
      case .ask, .apply, .work, .undo, .perform: return [effect]
      }
    }
  }

  /// Asks a question whose answer tells which views to read again.
  static func ask(_ question: ChangesSince) -> RootEffect {
    .pane(.ask(question, slot: "root.changes") { .changesAnswered($0) })
  }

  static func show(_ toast: Toast, _ state: inout RootState) {
    let length: Duration = toast.kind == .failure ? .seconds(10) : .seconds(4)
    state.toast = .init(toast: toast, until: state.world.now + length)
  }

  /// Tells a view that it is on the screen.
  static func appear(_ view: ViewID, _ state: inout RootState) -> [RootEffect] {
    reduce(&state, RootView.of(view).appeared)
  }

  private static func go(_ destination: Destination, _ state: inout RootState) -> [RootEffect] {
    switch destination {
    case .view(let view):
      return turn(to: view, &state)
    case .incident(let id):
      return turn(to: .incidents, &state) + reduce(&state, .incidents(.opened(id)))
    case .item(let item, let incident):
      return turn(to: .incidents, &state) + reduce(&state, .incidents(.opened(incident)))
        + reduce(&state, .incidents(.detail(.itemWanted(item))))
    case .incidents(let text):
      return turn(to: .incidents, &state) + reduce(&state, .incidents(.filterAccepted(text)))
    case .audit(let reference):
      return turn(to: .audits, &state) + reduce(&state, .audits(.opened(reference)))
    case .mailing(let id):
      return turn(to: .notices, &state) + reduce(&state, .notices(.opened(id)))
    case .activity(let reference):
      return turn(to: .privacy, &state) + reduce(&state, .privacy(.activityWanted(reference)))
    case .request(let reference):
      return turn(to: .privacy, &state) + reduce(&state, .privacy(.requestWanted(reference)))
    case .purpose(let reference):
      return turn(to: .privacy, &state) + reduce(&state, .privacy(.purposeWanted(reference)))
    case .dueData(let row):
      return turn(to: .privacy, &state) + reduce(&state, .privacy(.dueWanted(row)))
    case .finding(let id):
      return turn(to: .audits, &state) + reduce(&state, .audits(.findingWanted(id)))
    case .exercise(let id):
      return turn(to: .people, &state) + reduce(&state, .people(.exerciseWanted(id)))
    case .newMailing(let incident, let duties):
      return turn(to: .notices, &state)
        + reduce(&state, .notices(.change(.createWanted(incident, fulfilling: duties))))
    case .course(let id):
      return turn(to: .people, &state) + reduce(&state, .people(.courseWanted(id)))
    case .statement(let id):
      state.statements.wanted = id
      return turn(to: .statements, &state)
    case .journal(let subject):
      return turn(to: .journal, &state) + reduce(&state, .journal(.subjectShown(subject)))
    case .back:
      guard let before = state.history.popLast() else { return reduce(&state, .quitPressed) }
      let effects = leave(&state)
      state.view = before
      return effects + appear(before, &state)
    }
  }

  private static func turn(to view: ViewID, _ state: inout RootState) -> [RootEffect] {
    guard view != state.view else { return appear(view, &state) }
    state.history.removeAll { $0 == view }
    state.history.append(state.view)
    let effects = leave(&state)
    state.view = view
    return effects + appear(view, &state)
  }

  /// Tells the view on the screen that another one is turned to.
  private static func leave(_ state: inout RootState) -> [RootEffect] {
    RootView.of(state.view).left.map { reduce(&state, $0) } ?? []
  }
}
