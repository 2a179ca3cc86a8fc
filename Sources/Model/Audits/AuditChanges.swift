/// Starts an audit: an item for each requirement in scope, none of them answered.
///
/// With an audit before it, that one's answers come along as *previous* answers. Where the two have
/// different editions or frameworks, requirements are matched by mapping, identifier, reference and
/// text; the previous answer to one that says something else now is marked as such.
public struct StartAudit: Change {
  /// What the journal calls it.
  public static let name = "audit.start"
  /// Which framework.
  public var framework: RecordID
  /// What is said of the audit; without groups it takes the framework's default ones, else all.
  public var facts: AuditFacts
  /// The audit before it.
  public var previous: RecordID?
  /// Whether it is only planned.
  public var isPlanned: Bool

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String { "started audit: \(facts.title)" }

  /// Makes the change.
  public init(
    framework: RecordID,
    facts: AuditFacts,
    previous: RecordID? = nil,
    isPlanned: Bool = false
  ) {
    (self.framework, self.facts) = (framework, facts)
    (self.previous, self.isPlanned) = (previous, isPlanned)
  }
}

/// Sets what is said of an audit as a whole.
public struct EditAudit: Alteration {
  /// What the journal calls it.
  public static let name = "audit.edit"
  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// What is set.
  public var edits: [AuditEdit]

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { "set " + edits.map(\.field).joined(separator: ", ") }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, edits: [AuditEdit]) {
    (self.id, self.basedOn, self.edits) = (id, basedOn, edits)
  }
}

/// Answers an item, or a part of it: only what is given is set.
public struct AnswerItem: Alteration {
  /// What the journal calls it.
  public static let name = "audit.answer"
  /// Which item, by its number in the store.
  public var id: RecordID
  /// The version of the item that it was made for.
  public var basedOn: Version?
  /// What is set.
  public var edits: [AuditItemEdit]

  /// The record that it alters.
  public var subject: Subject { Subject(.auditItem, id) }
  /// What it does, in a few words.
  public var headline: String { "set " + edits.map(\.field).joined(separator: ", ") }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, edits: [AuditItemEdit]) {
    (self.id, self.basedOn, self.edits) = (id, basedOn, edits)
  }
}

/// Hands answers over for review.
///
/// Every assessed item among them that is not done goes into review; where none are named the audit
/// itself goes too.
public struct SubmitForReview: Alteration {
  /// What the journal calls it.
  public static let name = "audit.submit"
  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// The places of the items; nil for the whole audit.
  public var places: [Int]?

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String {
    places.map { "submitted \($0.count) items for review" } ?? "submitted for review"
  }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, places: [Int]? = nil) {
    (self.id, self.basedOn, self.places) = (id, basedOn, places)
  }
}

/// Takes a submission for review back.
public struct WithdrawReview: Alteration {
  /// What the journal calls it.
  public static let name = "audit.withdraw"
  /// The work status that an item had.
  public struct Work: Codable, Sendable, Equatable {
    /// The item's place.
    public var place: Int
    /// Its status.
    public var work: AuditWork

    /// Makes a status.
    public init(place: Int, work: AuditWork) { (self.place, self.work) = (place, work) }
  }

  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Where the audit stood.
  public var state: AuditState
  /// Where its items stood.
  public var works: [Work]

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { "took the submission for review back" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, state: AuditState, works: [Work]) {
    (self.id, self.basedOn, self.state, self.works) = (id, basedOn, state, works)
  }
}

/// Accepts an answer that is in review, or sends it back.
///
/// A proposal becomes the answer when it is accepted, and is dropped when it is sent back.
public struct ReviewItem: Alteration {
  /// What the journal calls it.
  public static let name = "audit.review"
  /// Which item.
  public var id: RecordID
  /// The version of the item that it was made for.
  public var basedOn: Version?
  /// Whether it is accepted.
  public var isAccepted: Bool
  /// What is said; needed to send an answer back.
  ///
  /// Foreign text.
  public var note: String

  /// The record that it alters.
  public var subject: Subject { Subject(.auditItem, id) }
  /// What it does, in a few words.
  public var headline: String { isAccepted ? "accepted" : "sent back" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, isAccepted: Bool, note: String = "") {
    (self.id, self.basedOn) = (id, basedOn)
    (self.isAccepted, self.note) = (isAccepted, note)
  }
}

/// Signs an audit: it is locked with the hash of its content.
///
/// Where the organisation asks for two people, the first signature waits for one of another account
/// under the same content.
public struct SignAudit: Alteration {
  /// What the journal calls it.
  public static let name = "audit.sign"
  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// The hash of the content that was seen.
  public var digest: String
  /// Signatures that undoing puts back; nil otherwise.
  public var earlier: AuditSignature?

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { "signed, content \(digest)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, digest: String, earlier: AuditSignature? = nil) {
    (self.id, self.basedOn, self.digest, self.earlier) = (id, basedOn, digest, earlier)
  }
}

/// Opens a signed audit again; its signatures stay in the record.
public struct ReopenAudit: Alteration {
  /// What the journal calls it.
  public static let name = "audit.reopen"
  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why.
  ///
  /// Foreign text.
  public var reason: String
  /// Where it stands from now on.
  public var state: AuditState

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { "opened again: \(reason)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String, state: AuditState = .open) {
    (self.id, self.basedOn, self.reason, self.state) = (id, basedOn, reason, state)
  }
}

/// Takes an audit off the lists; nothing is deleted.
public struct RemoveAudit: Alteration {
  /// What the journal calls it.
  public static let name = "audit.remove"
  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { reason.isEmpty ? "removed" : "removed: \(reason)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String = "") {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }
}

/// Puts a removed audit back onto the lists.
public struct RestoreAudit: Alteration {
  /// What the journal calls it.
  public static let name = "audit.restore"
  /// Which audit.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.audit, id) }
  /// What it does, in a few words.
  public var headline: String { "restored" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}
