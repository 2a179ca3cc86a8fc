public import Model

/// Files of who completed or acknowledged what, as learning platforms write them.
public enum CompletionSheet {
  /// What a column can mean.
  public enum Meaning: String, ColumnMeaning {
    case person, course, version, on

    /// What columns that mean this are called.
    public var names: Set<String> {
      switch self {
      case .person:
        [
          "person", "number", "staffnumber", "employeenumber", "employeeid", "personnelnumber",
          "staffid", "id", "email", "mail", "emailaddress", "user", "username", "learner",
          "pseudonym",
        ]
      case .course: ["course", "coursecode", "code", "training", "module", "protocol"]
      case .version: ["version", "edition"]
      case .on:
        [
          "on", "date", "day", "completed", "completedon", "completiondate", "completedat",
          "acknowledged",
        ]
      }
    }

    /// Who and when must be told.
    public var isRequired: Bool { self == .person || self == .on }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - named: Which column means what, where its name does not tell.
  ///   - zone: The zone of days that are given as instants.
  /// - Returns: The rows, and those that could not be read, at most 100 of them, with how many there are.
  ///   Rows without a day are left out: they were not completed.
  /// - Throws: `UnreadableInput` for a file of which nothing can be taken.
  public static func read(
    _ file: InputFile,
    named: [Meaning: String] = [:],
    zone: Zone
  ) throws -> (rows: [CompletionRow], refused: [ImportProblem], refusedCount: Int) {
    let sheet = try ColumnSheet(file, named: named)
    var (rows, refused, count) = ([CompletionRow](), sheet.refused, sheet.refusedCount)
    for row in sheet.rows where !row[.on].isEmpty {
      let reason: String? =
        if row[.person].isEmpty || row[.person].utf8.count > 254 {
          "it names no person"
        } else if row[.course].utf8.count > 40 || row[.version].utf8.count > 100 {
          "its course or version is longer than any"
        } else {
          nil
        }
      guard reason == nil, let day = SheetDay.read(row[.on], in: zone) else {
        count += 1
        if refused.count < 100 {
          refused.append(
            ImportProblem(
              at: "line \(row.line)",
              reason: reason ?? "its day is not one such as 2026-05-14"
            )
          )
        }
        continue
      }
      rows.append(
        CompletionRow(
          line: row.line,
          person: row[.person],
          course: row[.course],
          version: row[.version],
          on: day
        )
      )
    }
    return (rows, refused, count)
  }
}
