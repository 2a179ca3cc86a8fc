/// That an incident is public, why, and what the public is told of it.
///
/// An incident's own title and summary are written for colleagues; what stands here is written for all.
public struct DisclosureFacts: RegisterFacts, Hashable {
  /// Its kind.
  public static let kind = Subject.Kind.disclosure
  /// How the journal names its changes.
  public static let word = "disclosure"
  /// What people call it.
  public static let noun = "public account"

  /// The incident.
  public var incident: RecordID
  /// Its reference.
  public var reference: String
  /// What it is called in public.
  ///
  /// Foreign text; not empty.
  public var title: String
  /// What happened and what was done, in words for everybody.
  ///
  /// Foreign text; may be empty.
  public var summary: String
  /// Why it is made public.
  ///
  /// Foreign text; not empty, and never published.
  public var reason: String

  /// Makes facts.
  public init(
    incident: RecordID,
    reference: String,
    title: String,
    summary: String = "",
    reason: String
  ) {
    (self.incident, self.reference, self.title) = (incident, reference, title)
    (self.summary, self.reason) = (summary, reason)
  }

  /// The facts by name, as texts; for journal and conflicts.
  public var named: [(String, String)] {
    [("incident", reference), ("title", title), ("summary", summary), ("reason", reason)]
  }
}

/// The public account of an incident, as the record keeps it.
public typealias PublicAccount = RegisterEntry<DisclosureFacts>
/// Marks an incident as public.
public typealias AddDisclosure = AddEntry<DisclosureFacts>
/// Replaces what the public is told of an incident.
public typealias EditDisclosure = EditEntry<DisclosureFacts>
/// Takes back that an incident is public.
public typealias RemoveDisclosure = RemoveEntry<DisclosureFacts>
/// Makes an incident public again.
public typealias RestoreDisclosure = RestoreEntry<DisclosureFacts>

/// Asks which incidents are marked public, by reference.
public struct DisclosureList: Question {
  /// What comes back.
  public typealias Answer = [PublicAccount]

  /// Makes the question.
  public init() {}
}
