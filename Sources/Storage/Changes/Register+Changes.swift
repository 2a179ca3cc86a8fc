internal import GRDB
internal import Model

extension JustifyData: KeptChange {
  func inverse(of old: Activity) -> (any SQLChange)? {
    EditActivity(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] { ["\(category): \(why)", "on: \(on.plainWithZone)"] }
}

extension RecordStock: KeptChange {
  func inverse(of old: RetentionRule) -> (any SQLChange)? {
    EditRetention(id: id, basedOn: old.version + 1, facts: old.facts)
  }

  func overtaken(on subject: Subject, since version: Version, in db: Database) throws
    -> [Conflict.Difference]
  {
    try movedOn(subject, since: version, in: db)
  }

  var lines: [String] {
    ["number: \(stock.count.map(String.init) ?? "unknown")"]
      + (stock.triggered.map { ["of: \($0.plainWithZone)"] } ?? [])
      + (stock.run.map { ["command: \($0.arguments.joined(separator: " "))"] } ?? [])
  }
}
