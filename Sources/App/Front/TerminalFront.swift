import Dispatch
import Drawing
import Foundation
import Model
import Panes
import Storage
import Terminal

/// The dashboard on a terminal: Dispatch sources in, one draw a turn of the loop out.
@MainActor
final class TerminalFront: ProgramHost {
  private let session: TerminalSession
  private let program: Program
  private let themes: ThemeShelf
  private let environment: [String: String]
  private let onEnd: () -> Void
  /// Takes every frame, where the screen is recorded.
  var recorder: Recorder?
  private var tick: WakeTimer?
  /// Whether the clock was given and stands still: then nothing ever reads differently by itself.
  private let isClockFixed: Bool
  /// Whether the turn of the loop ends in a draw anyway.
  private var isDrawAhead = false
  private var escape: (any DispatchSourceTimer)?
  private var watch: ChangeWatch?
  private var isDrawScheduled = false
  /// The first frame waits for the first answers, 40 ms at most: one full screen, not two.
  private var isFirstFrameHeld = true
  /// Whether the frame of a key waits for the rows that the key went to.
  private var isFrameHeld = false
  /// Rules are read once the first frame is on the screen: opening does not wait for them.
  private var hasStartedClocks = false

  init(
    session: TerminalSession,
    program: Program,
    themes: ThemeShelf,
    environment: [String: String],
    isClockFixed: Bool,
    onEnd: @escaping () -> Void
  ) {
    (self.session, self.program, self.themes) = (session, program, themes)
    (self.environment, self.isClockFixed, self.onEnd) = (environment, isClockFixed, onEnd)
  }

  /// Starts everything; the loop does the rest.
  func start(storePath: String, drafts: [String: [String: String]]) {
    program.host = self
    tick = WakeTimer { [weak self] in self?.program.tick() }
    SignalSources.start { [weak self] signal in self?.received(signal) }
    program.receive([.started(drafts: drafts)])
    DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(40)) { [weak self] in
      MainActor.assumeIsolated { self?.releaseFirstFrame() }
    }
    watch = try? ChangeWatch(storePath: storePath) { [weak self] in
      MainActor.assumeIsolated { self?.program.recordTouched() }
    }
    themes.watch { [weak self] outcome in self?.themeChanged(outcome) }
  }

  /// Works off keys and all else that comes, until the process ends.
  func run() -> Never { MainLoop.run(reading: session.fileDescriptor) { readInput() } }

  /// Plays a tape to whoever watches; the keys stay theirs, and the dashboard when it is over.
  func play(_ tape: Tape, file: String, clock: TapeClock) {
    let player = TapePlayer(
      tape,
      file: file,
      program: program,
      clock: clock,
      pace: { try? await Task.sleep(for: .milliseconds($0)) },
      onFrame: { [weak self] _, _ in self?.drawNow() },
      onMark: { [weak self] name, _ in
        self?.program.receive([.toasted(Toast(.notice, name))])
      },
      onHide: { _ in },
      onScreenshot: { path, canvas in
        if case .failure(let failure) = PictureFile.write(ScreenText.text(of: canvas), to: path) {
          throw TapeError(file: path, line: 0, reason: failure.reason)
        }
      }
    )
    Task { [weak self] in
      do {
        try await player.play()
        self?.program.receive([.toasted(Toast(.notice, "the tour is over; it is yours now"))])
      } catch {
        self?.program.receive([.toasted(Toast(.failure, firstLine("\(error)")))])
      }
    }
  }

  // MARK: In

  private func readInput() {
    let events = session.readEvents()
    if session.isLost { return end(status: 0) }
    escape?.cancel()
    escape = nil
    if let delay = session.needsAnotherLook { lookAgain(after: delay) }
    guard !events.isEmpty else { return }
    isDrawAhead = true
    program.receive(events.map { .input($0) })
    isDrawAhead = false
    if program.lacksRows { holdFrame() } else { drawNow() }
  }

  /// Waits for the rows that a key went to, 20 ms at most: one frame with them, not one without and
  /// another with them.
  private func holdFrame() {
    guard !isFrameHeld else { return }
    isFrameHeld = true
    DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(20)) { [weak self] in
      MainActor.assumeIsolated {
        if let self, self.isFrameHeld { self.drawNow() }
      }
    }
  }

  /// An escape without what may follow it: look again when the terminal has had its time.
  private func lookAgain(after delay: Duration) {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .milliseconds(Int(delay.wholeMilliseconds) + 1))
    timer.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.readInput() } }
    timer.activate()
    escape = timer
  }

  private func received(_ signal: TerminalSignal) {
    switch signal {
    case .resized:
      program.receive([.input(.resize(session.resize()))])
      drawNow()
    case .interrupt: program.receive([.input(.key(.control("c")))])
    case .terminate: end(status: 128 + SIGTERM)
    case .hangUp: end(status: 128 + SIGHUP)
    case .stop: suspend()
    case .child: break
    case .resumed:
      session.resume()
      program.receive([.input(.resize(session.size))])
      drawNow()
    }
  }

  // MARK: Out

  func stateChanged() {
    guard !isDrawScheduled, !isDrawAhead else { return }
    isDrawScheduled = true
    DispatchQueue.main.async { [weak self] in MainActor.assumeIsolated { self?.drawScheduled() } }
  }

  private func drawScheduled() {
    guard isDrawScheduled else { return }
    if isFirstFrameHeld {
      guard program.isIdle else {
        isDrawScheduled = false
        return
      }
      isFirstFrameHeld = false
    }
    drawNow()
  }

  private func releaseFirstFrame() {
    guard isFirstFrameHeld else { return }
    isFirstFrameHeld = false
    drawNow()
  }

  private func drawNow() {
    guard !isFirstFrameHeld else { return }
    (isDrawScheduled, isFrameHeld) = (false, false)
    let theme = themes.theme
    let depth = session.capabilities.colours
    let canvas = program.draw()
    recorder?.show(canvas, themes.theme)
    session.show(canvas) { role, emphasis in theme.resolve(role, emphasis, depth) }
    session.setTitle(program.title)
    if !hasStartedClocks {
      hasStartedClocks = true
      program.startClocks()
    }
    tick?.arm(at: isClockFixed ? nil : program.nextTick?.milliseconds)
  }

  // MARK: What the program asks for

  func quit() { end(status: 0) }

  private func end(status: Int32) {
    // First, so that the kernel has forgotten the watches when the process comes to its end.
    watch?.cancel()
    themes.endWatch()
    let failure = program.keepDrafts()
    session.close()
    onEnd()
    let captured = session.capturedErrors
    if !captured.isEmpty { FileHandle.standardError.write(Data(captured.utf8)) }
    if let failure {
      let words = "tocsin: what was typed could not be kept: \(failure.reason)\n"
      FileHandle.standardError.write(Data(words.utf8))
    }
    _exit(status)
  }

  func suspend() {
    let failure = program.keepDrafts()
    session.suspend()
    program.receive([.input(.resize(session.size))])
    if let failure { program.draftsFailed(failure) }
    drawNow()
  }

  func repaint() {
    session.repaint()
    drawNow()
  }

  func setMouse(_ isOn: Bool) { session.setMouse(isOn) }
  func ring() { session.bell() }

  func setTheme(_ name: String) -> Result<String, ErrandFailure> {
    themes.use(name).mapError { ErrandFailure($0.reason) }
  }

  private func themeChanged(_ outcome: Result<String, ThemeFault>) {
    switch outcome {
    case .success(let name): program.receive([.themeLoaded(name)])
    case .failure(let fault): program.receive([.toasted(Toast(.failure, fault.reason))])
    }
  }

  func copy(_ text: String) -> Result<String, ErrandFailure> {
    switch session.copy(text) {
    case .sent: .success("sent to the terminal's clipboard")
    case .tooLong: .failure(ErrandFailure("too long for the terminal's clipboard"))
    case .unavailable: .failure(ErrandFailure("this terminal has no clipboard that can be reached"))
    }
  }

  func edit(_ text: String, name: String) -> Result<String?, ErrandFailure> {
    let editor = EditorErrand(environment: environment)
    let outcome = editor.run(text, name: name) { arguments in
      try session.runForeground(arguments, environment: environment)
    }
    program.receive([.input(.resize(session.size))])
    return outcome
  }

  func savePicture(to path: String) -> Result<String, ErrandFailure> {
    PictureFile.write(SVGPicture.text(of: program.draw(), theme: themes.theme), to: path)
  }
}
