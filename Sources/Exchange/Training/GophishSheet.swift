public import Model

/// Results and events of campaigns as gophish exports them (Campaign, Export CSV), one of them or both.
///
/// Results say how far each person went, events also when; both together make one result a person. Of
/// the columns only status, times and address are read: IP address, place, browser and what people typed
/// are left where they are, and the address is used to find the person and then forgotten.
///
/// The columns are those of `models.Result` and `models.Event` of gophish 0.12.
public enum GophishSheet {
  /// What a column can mean.
  public enum Meaning: String, ColumnMeaning {
    case email, status, reported, message, time
    case sent = "send_date"

    /// What columns that mean this are called.
    public var names: Set<String> {
      switch self {
      case .email: ["email"]
      case .status: ["status"]
      case .reported: ["reported"]
      case .message: ["message"]
      case .time: ["time"]
      case .sent: ["senddate"]
      }
    }

    /// Without addresses nothing can be told of anybody.
    public var isRequired: Bool { self == .email }
  }

  /// What was read.
  public struct Reading: Sendable {
    /// What each person did, in the order in which they are named first.
    public var results: [PhishingResult] = []
    /// The rows that could not be read, at most 100 of them.
    public var refused: [ImportProblem] = []
    /// How many rows could not be read.
    public var refusedCount = 0

    /// Makes a reading of nothing.
    public init() {}

    private var places: [String: Int] = [:]

    fileprivate mutating func take(_ result: PhishingResult) {
      let key = result.email.lowercased()
      if let place = places[key] { return results[place].merge(result) }
      places[key] = results.count
      results.append(result)
    }

    fileprivate mutating func refuse(_ path: String, _ at: String, _ reason: String) {
      refusedCount += 1
      if refused.count < 100 {
        refused.append(ImportProblem(at: "\(path), \(at)", reason: reason))
      }
    }
  }

  /// Reads files of one campaign.
  ///
  /// - Throws: `UnreadableInput` for a file that is neither results nor events.
  public static func read(_ files: [InputFile]) throws -> Reading {
    var reading = Reading()
    for file in files {
      try read(try file.bytes(maximumBytes: ColumnSheet<Meaning>.maximumBytes), file.path, &reading)
    }
    return reading
  }

  static func read(_ bytes: [UInt8], _ path: String, _ reading: inout Reading) throws {
    let sheet = try ColumnSheet<Meaning>(bytes: bytes)
    let isResults = sheet.columns.contains(.status)
    guard isResults || sheet.columns.isSuperset(of: [.message, .time]) else {
      throw UnreadableInput.damaged(
        "neither results (email, status, reported) nor events (email, time, message) of gophish"
      )
    }
    for problem in sheet.refused { reading.refuse(path, problem.at, problem.reason) }
    reading.refusedCount += sheet.refusedCount - sheet.refused.count
    for row in sheet.rows {
      do throws(Wrong) {
        if let found = try isResults ? result(row) : event(row) { reading.take(found) }
      } catch {
        reading.refuse(path, "line \(row.line)", error.reason)
      }
    }
  }

  private struct Wrong: Error {
    var reason: String
  }

  private static func email(_ row: ColumnSheet<Meaning>.Row) throws(Wrong) -> String {
    var email = row[.email]
    let problem = email.withUTF8 { RecipientCell.emailProblem(UnsafeRawBufferPointer($0)) }
    guard problem == nil, !email.isEmpty, email.utf8.count <= 254 else {
      throw Wrong(reason: problem ?? "it names nobody")
    }
    return email
  }

  private static func result(_ row: ColumnSheet<Meaning>.Row) throws(Wrong) -> PhishingResult? {
    var result = PhishingResult(email: try email(row))
    switch row[.status] {
    case "Email Sent": result.note(.sent, at: nil)
    case "Email Opened": result.note(.opened, at: nil)
    case "Clicked Link": result.note(.clicked, at: nil)
    // An older word, which its own page shows like submitted data.
    case "Submitted Data", "Success": result.note(.submitted, at: nil)
    case "Email Reported": result.noteReport(at: nil)
    case "Error", "Error Sending Email", "Scheduled", "Sending", "Retrying", "Queued", "Unknown":
      break
    default: throw Wrong(reason: "a status that gophish does not write")
    }
    if result.reached >= .sent { result.note(.sent, at: try instant(row[.sent])) }
    switch row[.reported].lowercased() {
    case "true": result.noteReport(at: nil)
    case "false", "": break
    default: throw Wrong(reason: "reported is neither true nor false")
    }
    return result
  }

  private static func event(_ row: ColumnSheet<Meaning>.Row) throws(Wrong) -> PhishingResult? {
    // What happened to the campaign as a whole is nobody's.
    guard !row[.email].isEmpty else { return nil }
    var result = PhishingResult(email: try email(row))
    guard let at = try instant(row[.time]) else { throw Wrong(reason: "it says no time") }
    switch row[.message] {
    case "Email Sent": result.note(.sent, at: at)
    case "Email Opened": result.note(.opened, at: at)
    case "Clicked Link": result.note(.clicked, at: at)
    case "Submitted Data": result.note(.submitted, at: at)
    case "Email Reported": result.noteReport(at: at)
    case "Error Sending Email", "Proxied request", "Campaign Created": break
    default: throw Wrong(reason: "an event that gophish does not write")
    }
    return result
  }

  /// Reads an instant; the year 1 is how gophish writes that there is none.
  private static func instant(_ text: String) throws(Wrong) -> Instant? {
    guard !text.isEmpty, !text.hasPrefix("0001-") else { return nil }
    guard let instant = Instant(rfc3339: text) else {
      throw Wrong(reason: "a time that is not one such as 2026-05-14T08:00:00Z")
    }
    return instant
  }
}
