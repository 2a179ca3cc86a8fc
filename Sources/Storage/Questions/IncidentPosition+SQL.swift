internal import GRDB
internal import Model

extension IncidentPosition: SQLQuestion {
  func fetch(in db: Database, _ context: AskContext) throws -> Int? {
    let filter = try FilterSQL(filter, now: context.now)
    let order = OrderSQL(order)
    guard
      let row = try db.row(
        "SELECT \(order.column) FROM incident WHERE incident.id = ? AND \(filter.condition)",
        [id] + filter.arguments
      )
    else { return nil }
    let value = row[0] as DatabaseValue
    let later = order.isDescending
    // NULL sorts below everything; each part is a stretch of the order's index.
    var parts: [(String, StatementArguments)] = []
    if value.isNull {
      parts.append(("\(order.column) IS NULL AND incident.id \(later ? ">" : "<") ?", [id]))
      if later { parts.append(("\(order.column) IS NOT NULL", [])) }
    } else {
      if !later { parts.append(("\(order.column) IS NULL", [])) }
      parts.append(("\(order.column) \(later ? ">" : "<") ?", [value]))
      parts.append(
        ("\(order.column) = ? AND incident.id \(later ? ">" : "<") ?", [value, id])
      )
    }
    var position = 0
    for (condition, arguments) in parts {
      position += Int(
        try db.number(
          "SELECT count(*) FROM incident WHERE \(filter.condition) AND \(condition)",
          filter.arguments + arguments
        )
      )
    }
    return position
  }
}
