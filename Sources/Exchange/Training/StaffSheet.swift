public import Model

/// Lists of staff.
public enum StaffSheet {
  /// What a column can mean.
  public enum Meaning: String, ColumnMeaning {
    case number, name, email, group, roles, joined, left
    case first = "first-name"
    case last = "last-name"

    /// What columns that mean this are called.
    public var names: Set<String> {
      switch self {
      case .number:
        [
          "number", "staffnumber", "employeenumber", "employeeid", "personnelnumber", "staffid",
          "id", "personalnummer", "matricule",
        ]
      case .name: ["name", "fullname", "displayname"]
      case .email: ["email", "mail", "emailaddress", "workemail", "upn", "userprincipalname"]
      case .group:
        ["group", "department", "team", "unit", "orgunit", "abteilung", "service", "division"]
      case .roles: ["roles", "role"]
      case .joined: ["joined", "startdate", "hiredate", "entrydate", "since", "eintritt"]
      case .left: ["left", "enddate", "leavingdate", "until", "austritt"]
      case .first: ["firstname", "givenname", "vorname"]
      case .last: ["lastname", "surname", "familyname", "nachname"]
      }
    }
  }

  /// Reads a list.
  ///
  /// - Parameters:
  ///   - file: The file, or standard input.
  ///   - named: Which column means what, where its name does not tell.
  ///   - zone: The zone of days that are given as instants.
  /// - Returns: The rows, and those that could not be read, at most 100 of them, with how many there are.
  /// - Throws: `UnreadableInput` for a file of which nothing can be taken.
  public static func read(
    _ file: InputFile,
    named: [Meaning: String] = [:],
    zone: Zone
  ) throws -> (rows: [StaffRow], refused: [ImportProblem], refusedCount: Int) {
    let sheet = try ColumnSheet(file, named: named)
    guard sheet.columns.contains(.number) || sheet.columns.contains(.email) else {
      throw UnreadableInput.damaged(
        "no column says who somebody is: number or email; say which with --map number=COLUMN"
      )
    }
    guard sheet.columns.contains(.group) else {
      throw UnreadableInput.damaged(
        "no column says in which group somebody is; say which with --map group=COLUMN"
      )
    }
    var (rows, refused, count) = ([StaffRow](), sheet.refused, sheet.refusedCount)
    for row in sheet.rows {
      do throws(Wrong) {
        rows.append(try read(row, sheet.columns, zone))
      } catch {
        count += 1
        if refused.count < 100 {
          refused.append(ImportProblem(at: "line \(row.line)", reason: error.reason))
        }
      }
    }
    return (rows, refused, count)
  }

  private struct Wrong: Error {
    var reason: String
  }

  private static func read(
    _ row: ColumnSheet<Meaning>.Row,
    _ columns: Set<Meaning>,
    _ zone: Zone
  ) throws(Wrong) -> StaffRow {
    for (meaning, limit) in [
      (Meaning.number, 100), (.name, 400), (.first, 200), (.last, 200), (.email, 254),
      (.group, 200), (.roles, 1000),
    ] where row[meaning].utf8.count > limit {
      throw Wrong(reason: "\(meaning.rawValue) is longer than \(limit) bytes")
    }
    guard !row[.number].isEmpty || !row[.email].isEmpty else {
      throw Wrong(reason: "a person needs a number or an e-mail address")
    }
    guard !row[.group].isEmpty else { throw Wrong(reason: "a person needs a group") }
    var email = row[.email]
    if let reason = email.withUTF8({ RecipientCell.emailProblem(UnsafeRawBufferPointer($0)) }) {
      throw Wrong(reason: reason)
    }
    func day(_ meaning: Meaning) throws(Wrong) -> DayNumber? {
      guard !row[meaning].isEmpty else { return nil }
      guard let day = SheetDay.read(row[meaning], in: zone) else {
        throw Wrong(reason: "\(meaning.rawValue) is not a day such as 2026-05-14")
      }
      return day
    }
    let parts = [row[.first], row[.last]].filter { !$0.isEmpty }.joined(separator: " ")
    return StaffRow(
      line: row.line,
      identity: StaffIdentity(
        number: row[.number],
        name: row[.name].isEmpty ? parts : row[.name],
        email: row[.email]
      ),
      group: row[.group],
      roles: columns.contains(.roles) ? words(row[.roles]) : nil,
      joined: try day(.joined),
      left: try day(.left)
    )
  }

  /// Roles of one cell, separated by commas, semicolons or bars.
  private static func words(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == ";" || $0 == "|" }
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { !$0.isEmpty }
  }
}
