import Drawing

/// Where the parts of the overview stand.
struct OverviewLayout {
  /// The row that says what waits for the officer; empty where nothing does.
  var waiting: Rect
  var numbers: Rect
  var notices: Rect
  private var places: [OverviewPane.Part: Rect]
  /// Whether only one part is shown at a time.
  let isSingle: Bool

  /// The rows of the posture: headings and six themes.
  static let themeRows = 7
  /// The rows of what would improve a theme: headings and three things.
  static let stepRows = 4

  /// Lays out an area: numbers above, below them the themes with what would improve one; then the next
  /// clocks, and what presses most, tasks and changes.
  ///
  /// Where all of them have room they stand side by side. Where it is narrow the clocks keep theirs, and
  /// one of the other three is shown: the one that took the keys last. Where there is no room for
  /// that either, only one part is shown at a time.
  init(_ area: Size, isWaiting: Bool, notices: Int, part: OverviewPane.Part) {
    let whole: Rect
    (waiting, whole) = Rect(area).splitTop(isWaiting ? 1 : 0)
    let isTall = area.rows >= 32
    let isWide = area.columns >= 100
    let (top, below) = whole.splitTop(isTall ? 7 : 1)
    numbers = top
    let (lines, rest) = below.splitTop(min(notices, isTall ? 4 : area.rows >= 20 ? 1 : 0))
    self.notices = lines
    isSingle = rest.rows < Self.themeRows + Self.stepRows + 6
    guard !isSingle else {
      self.places = Dictionary(uniqueKeysWithValues: OverviewPane.Part.allCases.map { ($0, rest) })
      return
    }
    var places: [OverviewPane.Part: Rect] = [:]
    func put(_ first: OverviewPane.Part, _ second: OverviewPane.Part, _ rects: (Rect, Rect)) {
      places[first] = rects.0
      places[second] = rects.1
    }
    let lists: Rect
    if isWide {
      let posture = rest.splitTop(Self.themeRows + (isTall ? 1 : 0))
      let halves = posture.top.splitLeft(rest.columns * 3 / 5)
      put(.themes, .steps, (halves.left, halves.rest))
      lists = posture.rest
    } else {
      let themes = rest.splitTop(Self.themeRows)
      let steps = themes.rest.splitTop(Self.stepRows)
      put(.themes, .steps, (themes.top, steps.top))
      lists = steps.rest
    }
    if isWide, lists.rows >= 10 {
      let halves = lists.splitLeft(lists.columns * 3 / 5)
      let left = halves.left.splitTop((lists.rows + 1) / 2)
      let right = halves.rest.splitTop((lists.rows + 1) / 2)
      put(.clocks, .worst, (left.top, left.rest))
      put(.tasks, .changes, (right.top, right.rest))
    } else if lists.rows >= 18 {
      let clocks = lists.splitTop(lists.rows / 3)
      let worst = clocks.rest.splitTop(clocks.rest.rows / 3)
      let last = worst.rest.splitTop((worst.rest.rows + 1) / 2)
      put(.clocks, .worst, (clocks.top, worst.top))
      put(.tasks, .changes, (last.top, last.rest))
    } else if lists.rows >= 8 {
      let clocks = lists.splitTop((lists.rows + 1) / 2)
      put(.clocks, part.isList && part != .clocks ? part : .worst, (clocks.top, clocks.rest))
    } else {
      places[part.isList ? part : .clocks] = lists
    }
    self.places = places
  }

  /// Where a part stands; empty where it is not shown.
  func rect(of part: OverviewPane.Part) -> Rect {
    places[part] ?? Rect(column: 0, row: 0, columns: 0, rows: 0)
  }
}
