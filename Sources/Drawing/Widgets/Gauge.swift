/// How far something has come, as a bar and in words; what is not known is said so.
public struct Gauge: Sendable, Equatable {
  /// The share that is done, from 0 to 1; nil where it is not known.
  public var share: Double?
  /// The words behind the bar; by default the share in percent.
  public var label: String?
  /// The role of the part that is done.
  public var role: Role

  /// Makes a gauge.
  public init(share: Double?, label: String? = nil, role: Role = .chart) {
    (self.share, self.label, self.role) = (share, label, role)
  }

  /// Makes a gauge of a count out of a total; a total of 0 is not known.
  public init(count: Int, of total: Int, role: Role = .chart) {
    self.init(
      share: total > 0 ? Double(count) / Double(total) : nil,
      label: "\(count) of \(total)",
      role: role
    )
  }

  /// Draws bar and words in the first row of a rectangle; where it is narrow, the words alone.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let row = rect.splitTop(1).top
    guard !row.isEmpty else { return }
    let share = share.flatMap { $0.isNaN ? nil : min(1, max(0, $0)) }
    // Only what is done is 100 %, and only what has not begun is 0 %.
    let percent = share.map { $0 >= 1 ? 100 : min(99, max($0 > 0 ? 1 : 0, Int($0 * 100))) }
    let words = label ?? percent.map { "\($0) %" } ?? "not known"
    // A growing number does not shorten the bar.
    let width = max(Text.width(of: Untrusted(words)), label == nil ? 5 : 0)
    let track = row.columns - width - 1
    guard track >= 4 else {
      canvas.write(Untrusted(words), in: row)
      return
    }
    let (bar, rest) = row.splitLeft(track)
    let eighths =
      share.map { min(track * 8, max($0 > 0 ? 1 : 0, Int($0 * Double(track * 8)))) } ?? 0
    canvas.write(Gauge.bar(eighths: eighths, columns: track, role: role), in: bar)
    canvas.write(Untrusted(words), in: rest.splitLeft(1).rest, alignment: .right)
  }

  /// A bar of so many eighths of a column on a track.
  static func bar(eighths: Int, columns: Int, role: Role) -> Line {
    let full = min(columns, eighths / 8)
    var done = String(repeating: "█", count: full)
    if full < columns, eighths % 8 > 0 { done += parts[eighths % 8 - 1] }
    let left = columns - done.count
    return Line([Span(done, role), Span(String(repeating: "░", count: left), .chartTrack)])
  }

  private static let parts = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
