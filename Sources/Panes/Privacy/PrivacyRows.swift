public import Drawing
internal import Model

/// The rows of a tab that shows a whole answer, as they were read.
public struct PrivacyRows<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
  /// The rows.
  public var table = VirtualTable<Row>()
  /// Why they could not be read.
  public var problem: String?

  /// Makes it with nothing read.
  public init() {}

  /// Takes an answer; where there is none, the rows that were read before stay.
  mutating func take(_ answer: Result<[Row], StoreError>) {
    switch answer {
    case .success(let rows):
      problem = nil
      table.reload(rows)
    case .failure(let error): problem = error.description
    }
  }

  /// Moves the cursor.
  mutating func move(_ motion: Motion, _ context: PaneContext) {
    table.move(motion, height: PrivacyLayout.split(context.area).listHeight)
  }
}
