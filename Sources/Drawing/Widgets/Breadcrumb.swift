/// Where one is: the way from the outermost place to this one.
public struct Breadcrumb: Sendable, Equatable {
  /// The names of the places, outermost first; foreign text allowed.
  public var places: [String]

  /// Makes a breadcrumb.
  public init(_ places: [String]) { self.places = places }

  /// Draws the way in the first row of a rectangle; where it is too long, its beginning is left out.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let row = rect.splitTop(1).top
    guard !row.isEmpty, !places.isEmpty else { return }
    let separator = " › "
    var shown: [String] = []
    var width = 1
    for place in places.reversed() {
      let needed = Text.width(of: Untrusted(place)) + (shown.isEmpty ? 0 : separator.count)
      let reserve = shown.count + 1 == places.count ? 0 : 1 + separator.count
      if !shown.isEmpty, width + needed + reserve > row.columns { break }
      shown.insert(place, at: 0)
      width += needed
    }
    var spans = [Span(" ", .breadcrumb)]
    if shown.count < places.count, row.columns > 8 {
      spans += [Span("…", .breadcrumb), Span(separator, .breadcrumb)]
    }
    for (index, place) in shown.enumerated() {
      let isLast = index == shown.count - 1
      if index > 0 { spans.append(Span(separator, .breadcrumb)) }
      spans.append(Span(Untrusted(place), .breadcrumb, isLast ? .bold : []))
    }
    canvas.write(Line(spans), in: row)
  }
}
