/// One cell of the canvas, eight bytes, so that rows compare at the speed of memory.
///
/// Only the text sink (`Canvas.write`) makes cells of text; a cell never holds a control, format
/// or bidi character.
public struct Cell: Hashable, Sendable {
  /// A Unicode scalar, or with the high bit set an index into the canvas's clusters.
  var glyph: UInt32
  /// What the cell means.
  public internal(set) var role: Role
  /// How it stands out.
  public internal(set) var emphasis: Emphasis
  /// Columns the glyph takes: 1 or 2; 0 marks the right half of a wide one.
  public internal(set) var width: UInt8
  private var unused: UInt8 = 0

  /// An empty cell.
  public static let blank = Cell(scalar: " ", role: .text, emphasis: [], width: 1)

  init(scalar: Unicode.Scalar, role: Role, emphasis: Emphasis, width: UInt8) {
    (self.glyph, self.role, self.emphasis, self.width) = (scalar.value, role, emphasis, width)
  }

  init(cluster: Int, role: Role, emphasis: Emphasis, width: UInt8) {
    glyph = 0x8000_0000 | UInt32(cluster)
    (self.role, self.emphasis, self.width) = (role, emphasis, width)
  }

  /// The index of the cluster, where the cell holds more than one scalar.
  public var clusterIndex: Int? { glyph & 0x8000_0000 == 0 ? nil : Int(glyph & 0x7FFF_FFFF) }

  /// The scalar, where the cell holds exactly one.
  public var scalar: Unicode.Scalar? { clusterIndex == nil ? Unicode.Scalar(glyph) : nil }
}
