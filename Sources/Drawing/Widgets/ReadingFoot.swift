/// The line below a text that is read: its keys, and how much of it lies below.
public enum ReadingFoot {
  /// Draws the line; where it is narrow, in short.
  public static func draw(below: Int, on canvas: inout Canvas, in rect: Rect) {
    let words = below > 0 ? "\(below) more below" : ""
    let isWide = Text.width(of: long) + 2 + Text.width(of: words) <= rect.columns
    canvas.write(Line(isWide ? long : "/ · Esc closes", .textMuted), in: rect)
    guard below > 0 else { return }
    canvas.write(
      Line(isWide ? words : "\(below) below", .textMuted),
      in: rect,
      alignment: .right
    )
  }

  private static let long = "/ searches · Esc closes"
}
