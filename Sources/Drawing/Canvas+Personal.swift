extension Canvas {
  /// The same screen with a dot for each glyph of a person's own data.
  ///
  /// What is kept of a screen (recordings, pictures, texts) is made of this one; only the terminal
  /// itself shows what was revealed.
  public var withoutPersonal: Canvas {
    guard cells.contains(where: { $0.role == .personal }) else { return self }
    var copy = self
    for index in copy.cells.indices where copy.cells[index].role == .personal {
      let cell = copy.cells[index]
      guard cell.width != 1 || cell.scalar != " " else { continue }
      copy.cells[index] = Cell(scalar: "•", role: .personal, emphasis: cell.emphasis, width: 1)
    }
    return copy
  }
}
