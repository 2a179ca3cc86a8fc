/// Says how much data there is under a retention rule: a number given, or one that a command counted.
public struct RecordStock: RecordChange, Alteration {
  /// What the journal calls it.
  public static let name = "retention.count"
  /// Which rule.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// How much of when; the instant and the account are those of the change.
  public var stock: RetentionStock

  /// The record that it alters.
  public var subject: Subject { Subject(.retentionRule, id) }
  /// What it does, in a few words.
  public var headline: String {
    let number = stock.count.map { "\($0)" } ?? "an unknown number"
    return stock.run == nil ? "\(number) under the rule" : "counted \(number) that are due"
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, stock: RetentionStock) {
    (self.id, self.basedOn, self.stock) = (id, basedOn, stock)
  }

  /// What the record says after it.
  ///
  /// What a command counted stands in place of what it counted before; numbers that people give stand
  /// beside each other.
  public func after(
    _ state: RecordState<RetentionFacts>?,
    at: Instant,
    by account: String
  ) throws(RefusedStep) -> RecordState<RetentionFacts> {
    var state = try present(state)
    guard state.facts.target == .activity else {
      throw RefusedStep("what Tocsin itself keeps is counted by itself")
    }
    guard (stock.count ?? 0) >= 0 else { throw RefusedStep("a number is 0 or more") }
    guard stock.run != nil || stock.triggered != nil else {
      throw RefusedStep("say of when the data are: the day, month or year of the event")
    }
    var stock = stock
    (stock.asOf, stock.by) = (at, account)
    if stock.run != nil { state.facts.stocks.removeAll { $0.run != nil } }
    guard state.facts.stocks.count < RecordStock.most else {
      throw RefusedStep("a rule has at most \(RecordStock.most) numbers; record what was deleted")
    }
    state.facts.stocks.append(stock)
    return state
  }

  /// How many numbers a rule has at most.
  public static let most = 500
}
