internal import CNcursesW
public import Drawing
import Glibc

/// The terminal while the dashboard is on it: draws canvases, reads events, and gives the terminal
/// back as it was.
///
/// There is one at a time. ncurses draws; the bytes of keys are decoded by `InputDecoder`, so
/// nothing here ever waits for a key. The terminal is `/dev/tty`, so standard input and output may
/// be pipes. Whoever opens a session closes it; a signal that ends the program in between restores
/// the terminal by itself (`TerminalRestore`).
@MainActor
public final class TerminalSession {
  /// What an officer may want otherwise than usual.
  public struct Options: Sendable {
    /// Whether the mouse is reported from the start.
    public var mouse = true
    /// Whether changes of the focus are reported.
    public var focus = false

    /// Makes options.
    public init(mouse: Bool = true, focus: Bool = false) {
      (self.mouse, self.focus) = (mouse, focus)
    }
  }

  /// The largest screen that is drawn; a larger terminal keeps an empty rest.
  public nonisolated static let largestSize = Size(columns: 1_000, rows: 500)

  /// What the terminal can do.
  public let capabilities: Capabilities
  /// What an officer should know about how it is degraded: at most one line each, mostly none.
  public let hints: [String]
  /// Size of the screen, at least 1x1.
  public internal(set) var size: Size
  /// Whether the terminal is lost: the line was cut.
  ///
  /// Nothing more will come or can be shown.
  public internal(set) var isLost = false
  /// What other code wrote to standard error while the screen was on; control characters are
  /// replaced.
  ///
  /// Complete after `close`.
  public var capturedErrors: String { errors.text() }

  let input: Int32
  let output: Int32
  let found: termios
  let modes: TerminalModes
  let farewell: [UInt8]
  private let greeting: [UInt8]
  private let hidesCursor: [UInt8]
  private var programModes = termios()
  var painter: ScreenPainter
  var decoder: InputDecoder
  var errors = ErrorCapture()
  var lastByteAt = ContinuousClock.now
  var isMouseOn: Bool
  /// What names the window; empty while nobody has named it.
  var titleSequence = ""
  let isFocusOn: Bool
  var isOn = true
  private var isClosed = false

  /// Opens the controlling terminal and takes the screen.
  ///
  /// A kind of terminal that the host does not know is drawn as another one, with a hint. Throws
  /// `TerminalError` where there is no terminal or none can be drawn: print text then.
  public static func open(
    environment: [String: String],
    options: Options = Options()
  ) throws -> TerminalSession {
    TerminalRestore.install()
    SignalSources.shared.install()
    let output = Glibc.open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard output >= 0 else { throw TerminalError.noTerminal(code: errno) }
    // A description of its own, so that only reading does not wait.
    let input = Glibc.open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var found = termios()
    guard input >= 0, tcgetattr(output, &found) == 0 else {
      let code = errno
      Glibc.close(output)
      if input >= 0 { Glibc.close(input) }
      throw TerminalError.noTerminal(code: code)
    }
    do {
      return try TerminalSession(
        input: input,
        output: output,
        found: found,
        environment: environment,
        options: options
      )
    } catch {
      tcsetattr(output, TCSANOW, &found)
      Glibc.close(input)
      Glibc.close(output)
      throw error
    }
  }

  private init(
    input: Int32,
    output: Int32,
    found: termios,
    environment: [String: String],
    options: Options
  ) throws {
    let locale = LocaleChoice.make(in: environment)
    let kind = environment["TERM"] ?? ""
    setenv("NCURSES_NO_PADDING", "1", 0)
    let size = Self.sane(Self.askSize(output))
    let described = try Self.startScreen(kind: kind, size: size, input: input, output: output)
    var hints = [locale.hint].compactMap { $0 }
    if described != kind {
      let name = kind.isEmpty ? "TERM is not set" : "This host does not know the terminal \(kind)"
      hints.insert("\(name): it is drawn as \(described).", at: 0)
    }
    let colours = Self.startColours(environment: environment)
    let family = described == kind ? kind : described
    let takesModes =
      Capabilities.understandsXtermModes(kind) || Capabilities.understandsXtermModes(family)
    capabilities = Capabilities(
      kind: kind,
      describedAs: described,
      colours: colours.depth,
      isUTF8: locale.isUTF8,
      hasMouse: takesModes,
      hasBracketedPaste: takesModes,
      escapeDelay: Capabilities.escapeDelay(in: environment),
      clipboard: Capabilities.clipboard(kind: kind, in: environment)
    )
    (self.input, self.output, self.found, self.hints) = (input, output, found, hints)
    modes = TerminalModes(capabilities: capabilities)
    farewell = modes.farewell(Self.capability)
    greeting = TerminalModes.greeting(Self.capability)
    hidesCursor = TerminalModes.withoutDelays(Self.capability("civis") ?? [])
    painter = ScreenPainter(
      capabilities: capabilities,
      hasStandardColours: colours.hasStandardColours
    )
    decoder = InputDecoder(table: KeyTable(describedBy: Self.capability))
    isMouseOn = options.mouse && capabilities.hasMouse
    isFocusOn = options.focus && capabilities.hasMouse
    self.size = size
    tcgetattr(output, &programModes)
    switchModesOn()
    errors.begin()
    TerminalRestore.arm(terminal: output, modes: found, bytes: farewell, errors: errors)
  }

  /// Starts ncurses on the first kind that works, and says which.
  private static func startScreen(
    kind: String,
    size: Size,
    input: Int32,
    output: Int32
  ) throws -> String {
    // ncurses gets our size: neither LINES and COLUMNS of the shell, which would freeze it, nor an
    // absurd answer of the terminal shall decide how much memory is taken. Some descriptions have
    // no size to fall back on.
    setenv("LINES", String(size.rows), 1)
    setenv("COLUMNS", String(size.columns), 1)
    defer {
      unsetenv("LINES")
      unsetenv("COLUMNS")
    }
    guard let outputFile = fdopen(output, "w"), let inputFile = fdopen(input, "r") else {
      throw TerminalError.noTerminal(code: errno)
    }
    let kinds = Capabilities.kinds(for: isUsableName(kind) ? kind : "")
    for candidate in kinds where newterm(candidate, outputFile, inputFile) != nil {
      raw()
      noecho()
      nonl()
      typeahead(-1)
      keypad(tcn_screen_window(), true)
      leaveok(tcn_screen_window(), false)
      guard capability("cup") != nil else {
        endwin()
        throw TerminalError.cannotStart(kind: candidate)
      }
      gatherWrites(output)
      return candidate
    }
    throw TerminalError.noDescription(tried: kinds)
  }

  /// Makes ncurses send each frame in one write.
  ///
  /// As long as it has never come back from `endwin`, ncurses flushes after each move of the cursor
  /// (lib_mvcur.c: `_endwin` is `ewInitial`): a system call, and a wake-up at the other end of the
  /// line, for each row that differs. So it leaves and comes back once here, its bytes going nowhere;
  /// the terminal and its modes see nothing of it.
  private static func gatherWrites(_ output: Int32) {
    let nowhere = Glibc.open("/dev/null", O_RDWR | O_CLOEXEC)
    let terminal = fcntl(output, F_DUPFD_CLOEXEC, 0)
    defer {
      for descriptor in [nowhere, terminal] where descriptor >= 0 { Glibc.close(descriptor) }
    }
    guard nowhere >= 0, terminal >= 0, dup2(nowhere, output) >= 0 else { return }
    endwin()
    doupdate()
    dup2(terminal, output)
    _ = fcntl(output, F_SETFD, FD_CLOEXEC)
    clearok(tcn_physical_window(), true)
  }

  /// Whether a name can be one of a terminal; others are not shown to ncurses at all.
  nonisolated static func isUsableName(_ kind: String) -> Bool {
    !kind.isEmpty && kind.utf8.count <= 64
      && kind.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/") }
      && !kind.hasPrefix(".")
  }

  private static func startColours(
    environment: [String: String]
  ) -> (depth: Theme.Depth, hasStandardColours: Bool) {
    let depth = Capabilities.depth(
      colours: tigetnum("colors"),
      isDirect: tigetflag("RGB") > 0,
      environment: environment
    )
    guard depth > .mono, start_color() == OK else { return (.mono, true) }
    return (depth, use_default_colors() == OK)
  }

  static func capability(_ name: String) -> [UInt8]? {
    guard let text = tcn_capability(name) else { return nil }
    return Array(String(cString: text).utf8)
  }

  /// The descriptor on which events come: for a read source, whose handler calls `readEvents`.
  public var fileDescriptor: Int32 { input }

  /// Draws a canvas: only what differs from the last one goes to the terminal.
  ///
  /// - Parameters:
  ///   - canvas: The screen, usually of `size`.
  ///   - look: What the theme makes of a role. When it answers otherwise than before, everything is
  ///     drawn anew.
  public func show(_ canvas: Canvas, look: (Role, Emphasis) -> Theme.Look) {
    guard isOn, !isLost else { return }
    painter.show(canvas, screen: size, look: look)
  }

  /// Clears the terminal and draws what should stand there (`^L`).
  public func repaint() {
    guard isOn, !isLost else { return }
    wrefresh(tcn_physical_window())
  }

  /// Takes over the terminal's size and gives it back.
  ///
  /// The next `show` draws everything.
  @discardableResult
  public func resize() -> Size {
    size = Self.sane(Self.askSize(output))
    guard isOn else { return size }
    resizeterm(Int32(size.rows), Int32(size.columns))
    clearok(tcn_physical_window(), true)
    painter.forget()
    return size
  }

  /// Whether the mouse is reported now (`M` releases it, so that text can be selected).
  public var reportsMouse: Bool { isMouseOn }

  /// Has the mouse reported or not.
  public func setMouse(_ wanted: Bool) {
    guard capabilities.hasMouse, wanted != isMouseOn else { return }
    isMouseOn = wanted
    if isOn { send(wanted ? modes.mouseOn : modes.mouseOff) }
  }

  /// Rings the terminal's bell.
  public func bell() { send("\u{07}") }

  /// Gives the terminal back.
  ///
  /// Safe to call twice.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    if isOn {
      send(modes.off(mouse: isMouseOn, focus: isFocusOn))
      endwin()
      handOver()
    }
    painter.discard()
  }

  // MARK: Leaving and coming back

  // `endwin` is for the end alone: when ncurses comes back after it, it sends OSC 104, which wipes
  // the palette that an officer gave the terminal. So leaving for a while goes past ncurses, with
  // the bytes that are also there for a crash, and afterwards it only has to draw everything.

  /// Takes everything off the terminal that was put on it, for a while.
  func leaveScreen() {
    guard isOn else { return }
    mvcur(-1, -1, Int32(size.rows) - 1, 0)
    writeAll(output, farewell)
    handOver()
  }

  private func handOver() {
    isOn = false
    var modes = found
    tcsetattr(output, TCSANOW, &modes)
    TerminalRestore.disarm()
    errors.end()
  }

  /// Takes the terminal again, with an unknown screen.
  func enterScreen() {
    guard !isOn, !isClosed else { return }
    isOn = true
    var program = programModes
    tcsetattr(output, TCSANOW, &program)
    errors.begin()
    TerminalRestore.arm(terminal: output, modes: found, bytes: farewell, errors: errors)
    writeAll(output, greeting)
    switchModesOn()
    if !painter.showsCursor { writeAll(output, hidesCursor) }
    resize()
  }

  private func switchModesOn() {
    send(
      modes.on + (isMouseOn ? modes.mouseOn : "") + (isFocusOn ? modes.focusOn : "")
        + titleSequence
    )
  }

  /// Sends bytes of our own between two frames.
  func send(_ text: String) {
    guard isOn, !isLost else { return }
    writeAll(output, Array(text.utf8))
  }

  // MARK: Size

  private static func askSize(_ descriptor: Int32) -> Size {
    var answer = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &answer) == 0 else {
      return Size(columns: 0, rows: 0)
    }
    return Size(columns: Int(answer.ws_col), rows: Int(answer.ws_row))
  }

  /// A size that can be drawn: an unknown one counts as 80x24.
  nonisolated static func sane(_ size: Size) -> Size {
    Size(
      columns: size.columns == 0 ? 80 : min(size.columns, largestSize.columns),
      rows: size.rows == 0 ? 24 : min(size.rows, largestSize.rows)
    )
  }
}
