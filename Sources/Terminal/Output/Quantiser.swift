import Drawing
/// Brings a colour down to what a terminal shows.
///
/// The palette is never redefined: it is the officer's.
struct Quantiser: Sendable {
  let depth: Theme.Depth

  /// What ncurses is told: a number of a colour, -1 for the terminal's own, and whether the text
  /// must be bold to be bright.
  struct Choice: Hashable, Sendable {
    var number: Int32
    var isBright = false
  }

  /// The colour to use for the text or for the ground.
  func choice(for colour: Theme.Colour) -> Choice {
    switch (colour, depth) {
    case (.standard, _), (_, .mono):
      return Choice(number: -1)
    case (.indexed(let index), .indexed256):
      return Choice(number: Int32(index))
    case (.indexed(let index), _) where index < 8:
      return Choice(number: Int32(index))
    case (.rgb(let red, let green, let blue), .direct):
      return direct(Parts(Int(red), Int(green), Int(blue)))
    case (.indexed(let index), .direct):
      return direct(Self.parts(ofIndex: Int(index)))
    case (.rgb(let red, let green, let blue), .indexed256):
      return Choice(number: Int32(Self.nearestIndex(Parts(Int(red), Int(green), Int(blue)))))
    case (.indexed(let index), _):
      return few(index < 16 ? Int(index) : Self.nearestANSI(Self.parts(ofIndex: Int(index))))
    case (.rgb(let red, let green, let blue), _):
      return few(Self.nearestANSI(Parts(Int(red), Int(green), Int(blue))))
    }
  }

  /// On a terminal of direct colours the numbers 0-7 are still the named ones.
  private func direct(_ parts: Parts) -> Choice {
    let number = parts.red << 16 | parts.green << 8 | parts.blue
    return Choice(number: Int32(number < 8 ? (number == 0 ? 0 : 8) : number))
  }

  private func few(_ index: Int) -> Choice {
    if depth >= .sixteen || index < 8 { return Choice(number: Int32(index)) }
    return Choice(number: Int32(index - 8), isBright: true)
  }

  struct Parts: Hashable, Sendable {
    var red: Int
    var green: Int
    var blue: Int

    init(_ red: Int, _ green: Int, _ blue: Int) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    func distance(to other: Parts) -> Int {
      let (dr, dg, db) = (red - other.red, green - other.green, blue - other.blue)
      return 2 * dr * dr + 4 * dg * dg + 3 * db * db
    }
  }

  private static let levels = [0, 95, 135, 175, 215, 255]

  /// What xterm shows by default for the sixteen named colours.
  private static let named: [Parts] = [
    Parts(0, 0, 0), Parts(205, 0, 0), Parts(0, 205, 0), Parts(205, 205, 0), Parts(0, 0, 238),
    Parts(205, 0, 205), Parts(0, 205, 205), Parts(229, 229, 229), Parts(127, 127, 127),
    Parts(255, 0, 0), Parts(0, 255, 0), Parts(255, 255, 0), Parts(92, 92, 255),
    Parts(255, 0, 255), Parts(0, 255, 255), Parts(255, 255, 255),
  ]

  static func parts(ofIndex index: Int) -> Parts {
    if index < 16 { return named[index] }
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      return Parts(grey, grey, grey)
    }
    let cube = index - 16
    return Parts(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
  }

  /// The nearest of the cube and the greys; the sixteen named ones may be anything.
  static func nearestIndex(_ parts: Parts) -> Int {
    nearest(in: 16..<256, to: parts) ?? 16
  }

  static func nearestANSI(_ parts: Parts) -> Int { nearest(in: 0..<16, to: parts) ?? 7 }

  private static func nearest(in range: Range<Int>, to wanted: Parts) -> Int? {
    range.min {
      parts(ofIndex: $0).distance(to: wanted) < parts(ofIndex: $1).distance(to: wanted)
    }
  }
}
