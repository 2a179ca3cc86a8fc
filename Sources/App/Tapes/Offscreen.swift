import Drawing
import Foundation
import Model
import Panes
import Storage

/// The dashboard on no terminal at all: plays a tape, records it, writes pictures.
@MainActor
final class Offscreen: ProgramHost {
  private let options: DashboardOptions
  private let themes: ThemeShelf
  private let tape: Tape
  private let file: String
  private let clock: TapeClock
  private let program: Program
  private var recording: Asciicast?

  init(_ options: DashboardOptions) throws {
    self.options = options
    themes = ThemeShelf(folder: options.themeFolder)
    file = options.tape ?? "no tape"
    tape = try options.tape.map { try Tape(file: $0) } ?? Tape(reading: "", file: file)
    let size = Size(
      columns: options.size?.columns ?? tape.columns ?? 80,
      rows: options.size?.rows ?? tape.rows ?? 24
    )
    let clock = TapeClock(start: options.now ?? .system)
    self.clock = clock
    var state = RootState(
      world: Dashboard.world(options, size, clock.now, themes),
      lastSeen: 0
    )
    state.isMouseOn = false
    program = Program(
      state: state,
      store: options.store,
      shelf: NoShelf(),
      files: StoreFiles(folder: EvidenceFolder(storePath: options.store.path)),
      origin: options.origin,
      environment: options.environment,
      rulebook: options.rulebook,
      clock: { clock.now }
    )
    if options.recording != nil {
      let theme = themes.theme
      recording = Asciicast(
        Asciicast.Version(rawValue: options.recordingVersion) ?? .two,
        size: size
      ) {
        theme.sequence($0.role, $0.emphasis)
      }
    }
  }

  func play() async throws {
    program.host = self
    program.receive([.started(drafts: [:])])
    program.startClocks()
    await program.idle()
    let player = TapePlayer(
      tape,
      file: file,
      program: program,
      clock: clock,
      onFrame: { [weak self] canvas, time in self?.recording?.show(canvas, at: time) },
      onMark: { [weak self] name, time in self?.recording?.mark(name, at: time) },
      onHide: { [weak self] isHidden in
        if isHidden { self?.recording?.hide() } else { self?.recording?.unhide() }
      },
      onScreenshot: { [weak self] path, canvas in try self?.picture(canvas, path) }
    )
    try await player.play()
    if let path = options.recording, let recording { try write(recording.text, path) }
    if let path = options.picture { try picture(program.draw(), path) }
  }

  private func picture(_ canvas: Canvas, _ path: String) throws {
    let text =
      path.hasSuffix(".svg")
      ? SVGPicture.text(of: canvas, theme: themes.theme) : ScreenText.text(of: canvas)
    try write(text, path)
  }

  private func write(_ text: String, _ path: String) throws {
    if case .failure(let failure) = PictureFile.write(text, to: path) {
      throw TapeError(file: path, line: 0, reason: failure.reason)
    }
  }

  // MARK: What the program asks for

  func stateChanged() {}
  func quit() {}
  func suspend() {}
  func repaint() {}
  func setMouse(_ isOn: Bool) {}
  func ring() {}

  func setTheme(_ name: String) -> Result<String, ErrandFailure> {
    themes.use(name).mapError { ErrandFailure($0.reason) }
  }

  func edit(_ text: String, name: String) -> Result<String?, ErrandFailure> {
    .failure(ErrandFailure("there is no editor while a tape plays"))
  }

  func copy(_ text: String) -> Result<String, ErrandFailure> {
    .success("would be sent to the terminal's clipboard")
  }

  func savePicture(to path: String) -> Result<String, ErrandFailure> {
    PictureFile.write(SVGPicture.text(of: program.draw(), theme: themes.theme), to: path)
  }
}
