import Drawing
import Model

/// The next 30 days as a strip: how many clocks run out on each, one or two columns a day.
struct MonthStrip {
  /// How many days are shown, today first.
  static let days = 30

  /// When clocks run out, in any order.
  var dues: [Instant]
  /// The present.
  var now: Instant
  /// The zone whose days are shown.
  var zone: Zone

  /// How many run out on each day from today, and how many are late.
  var counts: (late: Int, days: [Int]) {
    let today = DayNumber(now, in: zone)
    var (late, days) = (0, [Int](repeating: 0, count: Self.days))
    for due in dues {
      if due < now {
        late += 1
        continue
      }
      let index = DayNumber(due, in: zone).count - today.count
      if days.indices.contains(index) { days[index] += 1 }
    }
    return (late, days)
  }

  /// Draws a heading, a row of numbers and a ruler with the dates of Mondays.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    guard rect.rows >= 3, rect.columns >= Self.days + 2 else { return }
    let (late, days) = counts
    let room = rect.inset(columns: 1)
    let (heading, body) = room.splitTop(1)
    let total = days.reduce(0, +)
    canvas.write(
      Line([
        Span("Next \(Self.days) days", .heading), Span("  \(total) due", .textMuted),
        late > 0
          ? Span("  ! \(late) late", .deadlineOverdue, .bold) : Span("  none late", .textMuted),
      ]),
      in: heading
    )
    let width = body.columns / Self.days
    let today = DayNumber(now, in: zone)
    for (index, count) in days.enumerated() {
      let cell = Rect(column: body.column + index * width, row: body.row, columns: width, rows: 1)
      let text = count == 0 ? "·" : count > 9 ? "+" : "\(count)"
      let role: Role = count == 0 ? .chartTrack : index < 2 ? .deadlineSoon : .deadlineLater
      canvas.write(Line(text, role), in: cell)
      let day = today + index
      guard day.weekday == 1 || index == 0 else { continue }
      // A date needs three columns: the one of today gives way to a Monday close behind it.
      if index == 0, (1...2).contains(where: { (today + $0).weekday == 1 }), width < 2 { continue }
      let ruler = Rect(column: cell.column, row: cell.row + 1, columns: 6, rows: 1)
      let civil = day.civil
      let isFirstOfMonth = index == 0 || civil.day <= 7
      let date = isFirstOfMonth && width > 1 ? "\(civil.day).\(civil.month)." : "\(civil.day)"
      canvas.write(Line(date, .textMuted), in: ruler.intersection(body))
    }
  }
}
