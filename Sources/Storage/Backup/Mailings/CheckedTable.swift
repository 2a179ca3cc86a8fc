/// A table that belongs to mailings, and what of it is compared with the journal.
struct CheckedTable: Sendable {
  /// How a row says of which mailing it is: rows of a mailing that never was are named.
  enum Owner: Sendable {
    /// A column that an index begins with holds the mailing.
    case mailing(String)
    /// A column without such an index does.
    case anywhere(String)
    /// A column that an index begins with holds a row of another table of mailings.
    case row(String, of: String)
    /// A column that an index begins with holds a person.
    case person(String)
    /// Rows belong to no mailing.
    case none
  }

  /// Its name.
  var name: String
  /// How a row says of which mailing it is.
  var owner: Owner
  /// The columns that are compared.
  var compared: [String]
  /// The columns that are not, each with why altering it says nothing else of anybody.
  var free: [String: String]

  init(_ name: String, _ owner: Owner, _ compared: [String], free: [String: String] = [:]) {
    (self.name, self.owner, self.compared, self.free) = (name, owner, compared, free)
  }
}
