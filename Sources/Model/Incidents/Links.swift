/// A connection between two records, seen from both ends.
public struct RecordLink: Codable, Sendable, Hashable {
  /// One end.
  public var from: Subject
  /// The other end.
  public var to: Subject
  /// What the connection means, such as `caused by`.
  ///
  /// Foreign text; may be empty.
  public var relation: String

  /// Makes a link.
  public init(from: Subject, to: Subject, relation: String = "") {
    (self.from, self.to, self.relation) = (from, to, relation)
  }
}

/// Asks for all links of an incident and of what hangs from it.
public struct IncidentLinks: Question {
  /// A link and the names of its ends.
  public struct Row: Codable, Sendable, Equatable {
    /// The link.
    public var link: RecordLink
    /// The title or first line of the end it comes from.
    ///
    /// Foreign text.
    public var fromTitle: String
    /// The title or first line of the end it goes to.
    ///
    /// Foreign text.
    public var toTitle: String
    /// The incident that the end it comes from is or belongs to.
    public var fromIncident: RecordID?
    /// The incident that the end it goes to is or belongs to.
    public var toIncident: RecordID?
    /// The name by which people call the end it comes from: `FND-2026-0001`, `task 3`.
    ///
    /// Foreign text where it names a requirement.
    public var fromName: String
    /// The name by which people call the end it goes to.
    ///
    /// Foreign text where it names a requirement.
    public var toName: String

    /// Makes a row; ends without a name are called by kind and number.
    public init(
      link: RecordLink,
      fromTitle: String,
      toTitle: String,
      fromIncident: RecordID?,
      toIncident: RecordID?,
      fromName: String = "",
      toName: String = ""
    ) {
      (self.link, self.fromTitle, self.toTitle) = (link, fromTitle, toTitle)
      (self.fromIncident, self.toIncident) = (fromIncident, toIncident)
      self.fromName = fromName.isEmpty ? link.from.name : fromName
      self.toName = toName.isEmpty ? link.to.name : toName
    }

    /// Name and title of the other end, seen from one of the two.
    public func other(from subject: Subject) -> (name: String, title: String) {
      link.from == subject ? (toName, toTitle) : (fromName, fromTitle)
    }
  }
  /// What comes back.
  public typealias Answer = [Row]
  /// Which incident.
  public var incident: RecordID

  /// Makes the question.
  public init(incident: RecordID) { self.incident = incident }
}

/// Connects two records.
public struct AddLink: Change {
  /// What the journal calls it.
  public static let name = "link.add"
  /// The connection.
  public var link: RecordLink

  /// The record that it alters.
  public var subject: Subject { link.from }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "linked to \(link.to.kind.rawValue) \(link.to.id)"
  }

  /// Makes the change.
  public init(_ link: RecordLink) { self.link = link }
}

/// Takes a connection away.
public struct RemoveLink: Change {
  /// What the journal calls it.
  public static let name = "link.remove"
  /// The connection.
  public var link: RecordLink

  /// The record that it alters.
  public var subject: Subject { link.from }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "unlinked from \(link.to.kind.rawValue) \(link.to.id)"
  }

  /// Makes the change.
  public init(_ link: RecordLink) { self.link = link }
}

/// One end of a link as a person names it: `INC-2026-0042`, `FND-2026-0001`, `task 3`, `item 7`,
/// `AUD-2026-0001/A.1`, `gdpr/Art. 30`.
public enum LinkEnd: Codable, Sendable, Equatable {
  /// An incident by its reference.
  case incident(reference: String)
  /// A finding by its reference.
  case finding(reference: String)
  /// The item of an audit by the references of the audit and of the requirement.
  case auditItem(audit: String, reference: String)
  /// A requirement by the name of its framework and its reference.
  case requirement(framework: String, reference: String)
  /// A course or handling protocol by its code.
  case course(code: String)
  /// A record by its number.
  case record(Subject)

  /// Reads the name of an end; nil where it names nothing.
  public init?(reading text: String) {
    if let slash = text.firstIndex(of: "/") {
      let (whole, part) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
      guard !whole.isEmpty, !part.isEmpty else { return nil }
      self =
        whole.lowercased().hasPrefix("aud-")
        ? .auditItem(audit: whole.uppercased(), reference: part)
        : .requirement(framework: whole, reference: part)
      return
    }
    let words = text.lowercased().split { $0 == " " || $0 == ":" }
    if words.count == 1, words[0].hasPrefix("inc-") {
      self = .incident(reference: text.uppercased())
      return
    }
    if words.count == 1, words[0].hasPrefix("fnd-") {
      self = .finding(reference: text.uppercased())
      return
    }
    if text.lowercased().hasPrefix("course:"), RecordID(text.dropFirst(7)) == nil,
      text.utf8.count > 7
    {
      self = .course(code: String(text.dropFirst(7)))
      return
    }
    let kinds: [String: Subject.Kind] = [
      "task": .task, "note": .timelineEntry, "evidence": .evidence, "incident": .incident,
      "filing": .filing, "decision": .decision, "finding": .finding, "item": .auditItem,
      "requirement": .requirement, "course": .course,
    ]
    guard words.count == 2, let kind = kinds[String(words[0])], let id = RecordID(words[1]), id > 0
    else { return nil }
    self = .record(Subject(kind, id))
  }
}

extension Subject {
  /// The record as a person names it, where it has no reference of its own: `task 3`.
  public var name: String {
    switch kind {
    case .timelineEntry: "note \(id)"
    case .auditItem: "item \(id)"
    default: "\(kind.rawValue) \(id)"
    }
  }
}
