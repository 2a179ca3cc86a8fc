/// Brings a framework into the record, whole.
///
/// An edition that stands in the record already is refused: same content or not.
public struct AddFramework: Change {
  /// What the journal calls it.
  public static let name = "framework.add"
  /// The framework; the journal keeps it without requirements.
  public var framework: Framework
  /// The digest of the whole framework.
  public var digest: String
  /// The format it was read from, such as `ciso`.
  public var format: String

  /// The record that it alters.
  public var subject: Subject { Subject(.framework, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "added framework \(framework.texts.headline), version \(framework.version)"
  }

  /// Makes the change.
  public init(framework: Framework, format: String) {
    (self.framework, self.format) = (framework, format)
    digest = framework.digest
  }
}

/// Takes a framework out of the lists; nothing is deleted.
public struct RemoveFramework: Alteration {
  /// What the journal calls it.
  public static let name = "framework.remove"
  /// Which framework.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?
  /// Why.
  ///
  /// Foreign text.
  public var reason: String

  /// The record that it alters.
  public var subject: Subject { Subject(.framework, id) }
  /// What it does, in a few words.
  public var headline: String { reason.isEmpty ? "removed" : "removed: \(reason)" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?, reason: String = "") {
    (self.id, self.basedOn, self.reason) = (id, basedOn, reason)
  }
}

/// Puts a removed framework back into the lists.
public struct RestoreFramework: Alteration {
  /// What the journal calls it.
  public static let name = "framework.restore"
  /// Which framework.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.framework, id) }
  /// What it does, in a few words.
  public var headline: String { "restored" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Brings a mapping between two frameworks into the record, whole.
public struct AddMapping: Change {
  /// What the journal calls it.
  public static let name = "mapping.add"
  /// The mapping; the journal keeps it without links.
  public var mapping: FrameworkMapping
  /// The digest of the whole mapping.
  public var digest: String

  /// The record that it alters.
  public var subject: Subject { Subject(.mapping, 0) }
  /// The version that it was made for.
  public var basedOn: Version? { nil }
  /// What it does, in a few words.
  public var headline: String {
    "added mapping \(mapping.texts.headline), version \(mapping.version)"
  }

  /// Makes the change.
  public init(mapping: FrameworkMapping) {
    self.mapping = mapping
    digest = mapping.digest
  }
}

/// Takes a mapping out of the lists; nothing is deleted.
public struct RemoveMapping: Alteration {
  /// What the journal calls it.
  public static let name = "mapping.remove"
  /// Which mapping.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.mapping, id) }
  /// What it does, in a few words.
  public var headline: String { "removed" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}

/// Puts a removed mapping back into the lists.
public struct RestoreMapping: Alteration {
  /// What the journal calls it.
  public static let name = "mapping.restore"
  /// Which mapping.
  public var id: RecordID
  /// The version that it was made for.
  public var basedOn: Version?

  /// The record that it alters.
  public var subject: Subject { Subject(.mapping, id) }
  /// What it does, in a few words.
  public var headline: String { "restored" }

  /// Makes the change.
  public init(id: RecordID, basedOn: Version?) { (self.id, self.basedOn) = (id, basedOn) }
}
