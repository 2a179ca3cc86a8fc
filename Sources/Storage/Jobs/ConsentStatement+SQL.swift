internal import Crypto
internal import GRDB
internal import Model

extension ConsentStatement: SQLJob {
  @concurrent func run(
    in store: SQLiteStore,
    origin: String,
    progress: @escaping @Sendable (JobProgress) -> Bool
  ) async throws -> Outcome {
    let channel = channel.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    guard channel.utf8.count <= ConsentLimits.channel,
      source.utf8.count <= ConsentLimits.source
    else {
      throw StoreError.refused(
        "a channel has at most \(ConsentLimits.channel) bytes, a source \(ConsentLimits.source)"
      )
    }
    if let problem = ConsentLimits.problem(ofChannel: Array(channel.utf8)) {
      throw StoreError.refused(problem)
    }
    return try await store.write(origin: origin) { [self] db, context, journal in
      try context.refuseFuture(at, of: "said")
      var added: [RecordID: Int] = [:]
      for id in try ConsentSearch.purposes(purpose, in: db) {
        let purpose = try PurposeRecord.open(id, in: db)
        let reader = try ConsentReader(purpose, context.keys, in: db)
        guard let key = reader.key, let last = try reader.current(reference) else { continue }
        // Of all purposes those are meant in which the person says something else.
        if self.purpose == nil, last.state == state { continue }
        guard at.earliest >= last.at else {
          throw StoreError.refused(
            "record \(last.number) of \(purpose.reference) is later than that: it says "
              + "\(last.state.rawValue) on \(last.at)"
          )
        }
        guard last.state != state else {
          throw StoreError.refused(
            "record \(last.number) of \(purpose.reference) says \(state.rawValue) already"
          )
        }
        let part = try part(key, last, try PurposeRecord.records(id, in: db) + 1, channel)
        _ = try ConsentWriter.write(
          part,
          channels: [channel],
          of: id,
          context,
          &journal,
          in: db
        )
        added[id] = part.rows.count
      }
      guard !added.isEmpty else {
        throw StoreError.refused(
          "nobody of that reference has a record that would be altered; what is not known yet comes "
            + "in by tocsin consent import"
        )
      }
      return Outcome(added: added)
    }
  }

  /// One row, sealed.
  private func part(
    _ key: ConsentKey,
    _ last: ConsentRecord,
    _ number: Int64,
    _ channel: String
  ) throws -> ConsentBatch.Part {
    let subject = ConsentSubject(
      reference: String(decoding: ContactKey.reference.normalised(reference), as: UTF8.self),
      when: at.text,
      zone: at.zone.name,
      source: source
    )
    guard let packed = PackedFields.row(subject.fields), let tag = key.tag(reference) else {
      throw StoreError.refused("a field of a consent record is longer than 65 535 bytes")
    }
    var part = ConsentBatch.Part()
    part.first = number
    let version = last.version ?? 0
    try packed.withUnsafeBytes { bytes in
      try Kernel.randomBytes(12).withUnsafeBytes { nonce in
        try key.seal(bytes, for: number, nonce: nonce) { sealed in
          part.sealed.append(contentsOf: sealed)
          var scratch: [UInt8] = []
          let commitment = ConsentDigest.commitment(sealed, tag)
          commitment.withUnsafeBytes {
            ConsentDigest.row(
              ConsentID.consent(key.purpose, number),
              state,
              at: at.earliest.milliseconds,
              version: version,
              channel: Array(channel.utf8),
              commitment: $0,
              scratch: &scratch,
              into: &part.digest
            )
          }
        }
      }
    }
    part.keys = [.init(tag: tag, index: 0)]
    part.rows = [
      .init(
        at: at.earliest.milliseconds,
        tag: tag,
        version: version,
        channel: 0,
        state: state,
        isKnown: true,
        end: part.sealed.count
      )
    ]
    return part
  }
}
