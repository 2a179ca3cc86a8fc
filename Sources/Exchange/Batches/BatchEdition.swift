public import Model

/// The texts of an edition, for those who leave in a batch.
public struct BatchEdition: BatchTexts {
  private let whole: NoticeEdition
  private let texts: NoticeTexts
  /// The edition, which must be in force.
  public var edition: RecordID? { whole.id }
  /// The fields of a contact that a text for the channel merges.
  public let fields: Set<RecipientField>
  /// The same by the name of the text's version.
  private let merged: [String: Set<RecipientField>]

  /// Reads what the texts of an edition merge.
  ///
  /// - Throws: `UnfitNotice` where a text has tags that are not taken.
  public init(_ edition: NoticeEdition, over channel: MailingChannel) throws(UnfitNotice) {
    (whole, texts) = (edition, edition.facts.texts)
    var merged: [String: Set<RecipientField>] = [:]
    for text in edition.facts.texts.texts where text.facts.channels.contains(channel) {
      var fields: Set<RecipientField> = []
      for field in try NoticeTemplate(text.facts).fields {
        switch field {
        case .name: fields.insert(.name)
        case .reference: fields.insert(.reference)
        case .address: fields.insert(.address)
        case .categories: fields.insert(.categories)
        case .offer: fields.insert(.offer)
        default: break
        }
      }
      merged[edition.reference(of: text)] = fields
    }
    self.merged = merged
    fields = merged.values.reduce(into: []) { $0.formUnion($1) }
  }

  /// The fields of a contact that one version merges.
  public func fields(of text: String) -> Set<RecipientField> { merged[text] ?? fields }

  /// The name of the version that a person gets.
  public func text(for recipient: Recipient, over channel: MailingChannel) -> String? {
    texts.text(for: recipient, over: channel).map { whole.reference(of: $0) }
  }

  /// A text as a printer or call centre gets it: what each person has of their own stands as the name
  /// of the batch's column, such as `«name»`.
  ///
  /// - Parameters:
  ///   - name: The name of its version, such as `E1/T3.2`.
  ///   - editions: The editions of the mailing, past ones too.
  /// - Returns: Subject and text; nil where no edition has it.
  /// - Throws: `UnfitNotice` where it cannot be filled in.
  public static func rendered(
    _ name: String,
    of editions: [NoticeEdition]
  ) throws(UnfitNotice) -> String? {
    for edition in editions {
      guard let text = edition.facts.texts.texts.first(where: { edition.reference(of: $0) == name })
      else { continue }
      let columns = RecipientContact(RecipientField.allCases.map { "«\($0)»" })
      let notice = try NoticeRenderer().render(
        text,
        MergeValues(edition.values(for: text), of: columns)
      )
      return "\(notice.subject)\n\n\(notice.plain)"
    }
    return nil
  }
}
