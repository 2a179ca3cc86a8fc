internal import CNcursesW
import Drawing

/// Attributes and colour pairs for looks, made when they are first needed.
struct Pairs {
  /// What ncurses puts into a cell.
  struct Rendition {
    var attributes: attr_t
    var pair: Int32
  }

  private let quantiser: Quantiser
  private let limit: Int32
  private let hasStandardColours: Bool
  /// The combinations that have a pair; the first has number 1.
  private var made: [Combination] = []

  private struct Combination: Equatable {
    var foreground: Int32
    var background: Int32
  }

  /// Begins with no pairs.
  ///
  /// To be made after `start_color`.
  init(depth: Theme.Depth, hasStandardColours: Bool) {
    quantiser = Quantiser(depth: depth)
    limit = depth == .mono ? 0 : tcn_colour_pairs()
    self.hasStandardColours = hasStandardColours
  }

  /// What a look is on this terminal.
  mutating func rendition(of look: Theme.Look) -> Rendition {
    var emphasis = look.attributes
    var foreground = quantiser.choice(for: look.foreground)
    let background = quantiser.choice(for: look.background)
    if quantiser.depth < .indexed256 {
      if foreground.isBright { emphasis.insert(.bold) }
      let isGrey = foreground.number == 0 && look.foreground != .indexed(0)
      if isGrey, background.number == -1 {
        // Grey became black, which a black ground would hide.
        foreground = Quantiser.Choice(number: -1)
        emphasis.remove(.bold)
        emphasis.insert(.dim)
      } else if foreground.number == background.number, foreground.number >= 0 {
        foreground.number = background.number == 7 ? 0 : 7
      }
    }
    let pair = number(foreground.number, background.number)
    if pair == nil, background.number >= 0 { emphasis.insert(.reverse) }
    return Rendition(attributes: Self.attributes(emphasis), pair: pair ?? 0)
  }

  /// The number of a pair; nil where the terminal has no more.
  private mutating func number(_ foreground: Int32, _ background: Int32) -> Int32? {
    if foreground < 0, background < 0 { return 0 }
    let combination = Combination(
      foreground: foreground < 0 && !hasStandardColours ? 7 : foreground,
      background: background < 0 && !hasStandardColours ? 0 : background
    )
    if let known = made.firstIndex(of: combination) { return Int32(known) + 1 }
    let next = Int32(made.count) + 1
    guard next < limit,
      init_extended_pair(next, combination.foreground, combination.background) == OK
    else { return nil }
    made.append(combination)
    return next
  }

  private static func attributes(_ emphasis: Emphasis) -> attr_t {
    var bits: attr_t = 0
    if emphasis.contains(.bold) { bits |= tcn_bold() }
    if emphasis.contains(.underline) { bits |= tcn_underline() }
    if emphasis.contains(.reverse) { bits |= tcn_reverse() }
    if emphasis.contains(.dim) { bits |= tcn_dim() }
    return bits
  }
}
