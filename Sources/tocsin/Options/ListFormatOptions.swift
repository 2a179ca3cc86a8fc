internal import ArgumentParser
internal import Exchange

/// Whether a command that lists answers a person, a program or a spreadsheet.
struct ListFormatOptions: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false

  @Flag(
    help: """
      Print CSV: names as in the JSON, then a line for each. Cells that a spreadsheet would run \
      begin with a quote mark.
      """
  )
  var csv = false

  func validate() throws {
    if json, csv { throw ValidationError("--json and --csv exclude each other.") }
  }

  /// What commands that do not list work with.
  var plain: FormatOptions {
    var format = FormatOptions()
    format.json = json
    return format
  }
}

extension Output {
  /// Writes objects as CSV: the names of the columns, then a line for each.
  ///
  /// A column is named by the path to its member: `score.assessed`.
  func csv(_ objects: some Sequence<JSON>, _ columns: [String]) throws {
    try document(JSONTable(columns).text(objects))
  }
}
