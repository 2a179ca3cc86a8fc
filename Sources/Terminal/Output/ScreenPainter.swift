internal import CNcursesW
import Drawing
import Glibc

/// Puts canvases on the screen: finds what differs from the last one and gives only that to
/// ncurses, which then finds the cheapest bytes for it.
struct ScreenPainter {
  private let fitter: GlyphFitter
  private var pairs: Pairs
  private var shown: [Cell] = []
  private var shownClusters: [String] = []
  private var shownSize = Size(columns: 0, rows: 0)
  private var cursor: Point?
  private var isHardwareCursorVisible = true
  private var renditions = [Pairs.Rendition?](repeating: nil, count: 256 * 16)
  private var looks: [(index: Int, role: Role, emphasis: Emphasis, look: Theme.Look)] = []
  private var line: [cchar_t] = []
  private let scalars: UnsafeMutablePointer<wchar_t>

  init(capabilities: Capabilities, hasStandardColours: Bool) {
    fitter = GlyphFitter(isUTF8: capabilities.isUTF8)
    pairs = Pairs(depth: capabilities.colours, hasStandardColours: hasStandardColours)
    scalars = .allocate(capacity: GlyphFitter.scalarsPerCell + 1)
  }

  /// Whether ncurses believes the cursor to be visible.
  var showsCursor: Bool { isHardwareCursorVisible }

  /// Gives back the memory that C works in.
  func discard() { scalars.deallocate() }

  /// Forgets what is on the screen: the next canvas is drawn whole.
  mutating func forget() {
    shown = []
    shownSize = Size(columns: 0, rows: 0)
    cursor = nil
  }

  /// Draws a canvas.
  ///
  /// Nothing goes to the terminal where nothing differs.
  mutating func show(
    _ canvas: Canvas,
    screen: Size,
    look: (Role, Emphasis) -> Theme.Look
  ) {
    guard let window = tcn_screen_window(), screen.columns > 0, screen.rows > 0 else { return }
    if haveLooksChanged(look) || shownSize != canvas.size {
      if shownSize != canvas.size { werase(window) }
      shown = []
      shownSize = canvas.size
    }
    let isFirst = shown.isEmpty
    let sameClusters = canvas.clusters == shownClusters
    if !isFirst, sameClusters, canvas.size == screen { scroll(to: canvas, window) }
    var changed = isFirst
    for row in 0..<min(canvas.size.rows, screen.rows) {
      guard
        let span = difference(canvas, row: row, isFirst: isFirst, sameClusters: sameClusters)
      else { continue }
      changed = true
      paint(canvas, row: row, span: span, columns: screen.columns, window, look)
    }
    if changed {
      shown = canvas.cells
      if !sameClusters { shownClusters = canvas.clusters }
    }
    place(canvas, screen: screen, window, changed: changed)
  }

  /// Moves the rows that stand one higher or lower than before, as those of a list that scrolls do,
  /// instead of giving them to ncurses anew.
  private mutating func scroll(to canvas: Canvas, _ window: UnsafeMutablePointer<WINDOW>) {
    let rows = canvas.size.rows
    guard let (moved, shift) = movedRows(of: canvas), moved.count >= 4 else { return }
    let (top, bottom) =
      shift > 0
      ? (moved.lowerBound, moved.upperBound)
      : (moved.lowerBound - 1, moved.upperBound - 1)
    wsetscrreg(window, Int32(top), Int32(bottom))
    scrollok(window, true)
    wscrl(window, Int32(shift))
    scrollok(window, false)
    wsetscrreg(window, 0, Int32(rows - 1))
    // What the screen holds now, for finding what still differs; of the freed row, all of it does.
    let bytes = canvas.size.columns * MemoryLayout<Cell>.stride
    shown.withUnsafeMutableBytes { shown in
      guard let base = shown.baseAddress else { return }
      let kept = (bottom - top) * bytes
      memmove(base + (top + max(0, -shift)) * bytes, base + (top + max(0, shift)) * bytes, kept)
      memset(base + (shift > 0 ? bottom : top) * bytes, 0xFF, bytes)
    }
  }

  /// The rows that stand where another one was, from the first to the last, and whether each stood
  /// one below (1) or above (-1); nil where a list did not scroll.
  private func movedRows(of canvas: Canvas) -> (Range<Int>, Int)? {
    let rows = canvas.size.rows
    let bytes = canvas.size.columns * MemoryLayout<Cell>.stride
    guard rows > 1, bytes > 0, shown.count == canvas.cells.count else { return nil }
    return canvas.cells.withUnsafeBytes { new in
      shown.withUnsafeBytes { old -> (Range<Int>, Int)? in
        guard let new = new.baseAddress, let old = old.baseAddress else { return nil }
        func isSame(_ row: Int, _ other: Int) -> Bool {
          memcmp(new + row * bytes, old + other * bytes, bytes) == 0
        }
        for shift in [1, -1] {
          let places = max(0, -shift)..<min(rows, rows - shift)
          let moved = places.filter { isSame($0, $0 + shift) && !isSame($0, $0) }
          if let first = moved.first, let last = moved.last, moved.count * 2 > last - first {
            return (first..<(last + 1), shift)
          }
        }
        return nil
      }
    }
  }

  private mutating func place(
    _ canvas: Canvas,
    screen: Size,
    _ window: UnsafeMutablePointer<WINDOW>,
    changed: Bool
  ) {
    let wanted = canvas.cursor ?? cursor ?? Point(column: 0, row: screen.rows - 1)
    let point = Point(
      column: min(max(0, wanted.column), screen.columns - 1),
      row: min(max(0, wanted.row), screen.rows - 1)
    )
    let isVisible = canvas.isCursorVisible && canvas.cursor != nil
    guard changed || point != cursor || isVisible != isHardwareCursorVisible else { return }
    if isVisible != isHardwareCursorVisible {
      curs_set(isVisible ? 1 : 0)
      isHardwareCursorVisible = isVisible
    }
    cursor = point
    wmove(window, Int32(point.row), Int32(point.column))
    wnoutrefresh(window)
    doupdate()
  }

  /// The columns of a row that are not as they were; nil where all are.
  private func difference(
    _ canvas: Canvas,
    row: Int,
    isFirst: Bool,
    sameClusters: Bool
  ) -> Range<Int>? {
    let columns = canvas.size.columns
    guard columns > 0 else { return nil }
    if isFirst { return 0..<columns }
    let stride = MemoryLayout<Cell>.stride
    return canvas.cells.withUnsafeBytes { new -> Range<Int>? in
      shown.withUnsafeBytes { old -> Range<Int>? in
        guard let new = new.baseAddress, let old = old.baseAddress else { return nil }
        let (a, b) = (new + row * columns * stride, old + row * columns * stride)
        let isSame = memcmp(a, b, columns * stride) == 0
        if isSame, sameClusters { return nil }
        if !sameClusters, hasCluster(canvas, row: row) { return 0..<columns }
        if isSame { return nil }
        var (first, last) = (0, columns - 1)
        while memcmp(a + first * stride, b + first * stride, stride) == 0 { first += 1 }
        while memcmp(a + last * stride, b + last * stride, stride) == 0 { last -= 1 }
        return first..<(last + 1)
      }
    }
  }

  private func hasCluster(_ canvas: Canvas, row: Int) -> Bool {
    let start = row * canvas.size.columns
    return canvas.cells[start..<(start + canvas.size.columns)].contains { $0.clusterIndex != nil }
      || shown[start..<(start + canvas.size.columns)].contains { $0.clusterIndex != nil }
  }

  private mutating func paint(
    _ canvas: Canvas,
    row: Int,
    span: Range<Int>,
    columns: Int,
    _ window: UnsafeMutablePointer<WINDOW>,
    _ look: (Role, Emphasis) -> Theme.Look
  ) {
    let start = row * canvas.size.columns
    var first = span.lowerBound
    if first > 0, canvas.cells[start + first].width == 0 { first -= 1 }
    let end = min(span.upperBound, columns)
    guard first < end else { return }
    line.removeAll(keepingCapacity: true)
    for column in first..<end {
      let cell = canvas.cells[start + column]
      guard cell.width > 0 else { continue }
      let rendition = rendition(of: cell, look)
      let width = Int(cell.width)
      if column + width > columns {
        append([" "], rendition)
      } else if let index = cell.clusterIndex {
        for piece in fitter.fit(canvas.clusters[index], columns: width) {
          append(piece, rendition)
        }
      } else if let scalar = cell.scalar {
        if width == 1, scalar.value < 0x7F {
          append(scalar, rendition)
        } else if let pieces = fitter.fit(scalar, columns: width) {
          for piece in pieces { append(piece, rendition) }
        } else {
          append(scalar, rendition)
        }
      }
    }
    wmove(window, Int32(row), Int32(first))
    wadd_wchnstr(window, line, Int32(line.count))
  }

  private mutating func append(_ scalar: Unicode.Scalar, _ rendition: Pairs.Rendition) {
    // A cell never holds a control character; should one come all the same, it ends here.
    let isControl = scalar.value < 0x20 || scalar.value == 0x7F
    scalars[0] = (isControl ? "?" : scalar).wide
    scalars[1] = 0
    append(rendition)
  }

  private mutating func append(_ piece: GlyphFitter.Piece, _ rendition: Pairs.Rendition) {
    for (index, scalar) in piece.enumerated() { scalars[index] = scalar.wide }
    scalars[piece.count] = 0
    append(rendition)
  }

  private mutating func append(_ rendition: Pairs.Rendition) {
    var cell = cchar_t()
    var pair = rendition.pair
    setcchar(&cell, scalars, rendition.attributes, 0, &pair)
    line.append(cell)
  }

  private mutating func rendition(
    of cell: Cell,
    _ look: (Role, Emphasis) -> Theme.Look
  ) -> Pairs.Rendition {
    let index = Int(cell.role.rawValue) << 4 | Int(cell.emphasis.rawValue & 0x0F)
    if let known = renditions[index] { return known }
    let wanted = look(cell.role, cell.emphasis)
    let made = pairs.rendition(of: wanted)
    renditions[index] = made
    looks.append((index, cell.role, cell.emphasis, wanted))
    return made
  }

  /// Whether the theme has become another since the last canvas; forgets what was made of it if so.
  private mutating func haveLooksChanged(_ look: (Role, Emphasis) -> Theme.Look) -> Bool {
    guard looks.contains(where: { look($0.role, $0.emphasis) != $0.look }) else { return false }
    for entry in looks { renditions[entry.index] = nil }
    looks = []
    return true
  }
}
