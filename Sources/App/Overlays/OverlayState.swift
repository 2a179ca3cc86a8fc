import Drawing
import Model
import Panes

/// Something over the view that takes the keys, with the state of its widget.
indirect enum OverlayState: Sendable {
  case form(FormView)
  case dialog(Dialog, action: RootAction)
  case menu(Menu, actions: [RootAction])
  case prompt(PromptView)
  case reader(ReaderView)
  case help(HelpView)
  case palette(PaletteView)
  case conflict(ConflictView)

  /// Gives a request of a pane its widget; a form gets back what was typed before.
  init(_ overlay: Overlay<RootAction>, drafts: [String: [String: String]]) {
    switch overlay {
    case .form(let request):
      self = .form(FormView(request, draft: request.draftKey.flatMap { drafts[$0] }))
    case .confirm(let request):
      self = .dialog(
        Dialog(
          title: request.title,
          lines: request.lines,
          typedWord: request.typedWord,
          doLabel: request.doLabel
        ),
        action: request.action
      )
    case .menu(let request):
      let entries = request.entries.map { entry in
        Menu.Entry(
          key: entry.key,
          label: entry.label,
          note: entry.note,
          disabledReason: entry.availability.reason
        )
      }
      self = .menu(
        Menu(title: request.title, entries: entries),
        actions: request.entries.map(\.action)
      )
    case .prompt(let request): self = .prompt(PromptView(request))
    case .reader(let title, let lines):
      self = .reader(ReaderView(title: title, text: ScrollText(lines)))
    }
  }

  /// Takes an event: what the overlay is from now on (nil closes it), and what is to be done.
  func handle(_ event: InputEvent, _ size: Size) -> OverlayResult {
    switch self {
    case .form(let view): return view.handle(event, size)
    case .prompt(let view): return view.handle(event)
    default: break
    }
    guard case .key(let key) = event else { return .stays(self) }
    switch self {
    case .dialog(var dialog, let action):
      switch dialog.handle(key) {
      case .none: return .stays(.dialog(dialog, action: action))
      case .cancelled: return .closes([])
      case .confirmed: return .closes([action])
      }
    case .menu(var menu, let actions):
      switch menu.handle(key) {
      case .none: return .stays(.menu(menu, actions: actions))
      case .cancelled: return .closes([])
      case .chosen(let index): return .closes([actions[index]])
      case .refused(let reason):
        return OverlayResult(
          next: .menu(menu, actions: actions),
          actions: [.toasted(Toast(.notice, reason))]
        )
      }
    case .reader(let view): return view.handle(key, size)
    case .help(let view): return view.handle(key, size)
    case .palette(let view): return view.handle(key)
    case .conflict(let view): return view.handle(key, size)
    case .form, .prompt: return .stays(self)
    }
  }

  /// Draws the overlay over the screen.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    switch self {
    case .form(let view): view.draw(on: &canvas, in: rect)
    case .dialog(let dialog, _): dialog.draw(on: &canvas, in: rect)
    case .menu(let menu, _): menu.draw(on: &canvas, in: rect)
    case .prompt(let view): view.draw(on: &canvas, in: rect)
    case .reader(let view): view.draw(on: &canvas, in: rect)
    case .help(let view): view.page.draw(on: &canvas, in: rect)
    case .palette(let view): view.palette.draw(on: &canvas, in: rect)
    case .conflict(let view): view.draw(on: &canvas, in: rect)
    }
  }
}

/// What an event did to an overlay.
struct OverlayResult {
  /// The overlay from now on; nil closes it.
  var next: OverlayState?
  /// What is to be done, after it was closed where it is.
  var actions: [RootAction] = []
  /// What is to be done around the program.
  var effects: [RootEffect] = []

  static func stays(_ overlay: OverlayState) -> OverlayResult { OverlayResult(next: overlay) }
  static func closes(_ actions: [RootAction]) -> OverlayResult {
    OverlayResult(next: nil, actions: actions)
  }
}

extension Availability {
  /// Why it is disabled; nil where it is not.
  var reason: String? {
    if case .disabled(let reason) = self { reason } else { nil }
  }
}
