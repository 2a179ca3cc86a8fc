internal import ArgumentParser
internal import Model

/// A batch as it is typed: `1`, or `B0001` as the export's files call it.
struct BatchNumber: ExpressibleByArgument, Sendable {
  /// The number.
  let number: RecordID

  init?(argument: String) {
    guard let name = BatchName(argument) else { return nil }
    number = name.number
  }
}
