internal import Crypto

/// The bytes that digests of a ledger are made of; writers and checkers share these functions.
public enum LedgerLayout {
  /// A recipient that went from one state to another, as the digest of a stretch takes it in.
  public static func event(
    mailing: RecordID,
    number: Int64,
    from before: Int64,
    to after: Int64,
    into digest: inout RunningDigest
  ) {
    var parts = ((mailing << 32 | number).bigEndian, before.bigEndian, after.bigEndian)
    withUnsafeBytes(of: &parts) { digest.update($0) }
  }

  /// A message that was handed over, as the digest of a stretch takes it in: whose it is, its id, and its
  /// own digest.
  public static func message(
    mailing: RecordID,
    number: Int64,
    id: String,
    message: [UInt8],
    into digest: inout RunningDigest
  ) {
    var scratch: [UInt8] = []
    for word in [mailing << 32 | number, Int64(id.utf8.count)] {
      withUnsafeBytes(of: word.bigEndian) { scratch.append(contentsOf: $0) }
    }
    scratch += Array(id.utf8) + message
    scratch.withUnsafeBytes { digest.update($0) }
  }

  /// What stands in a proof for a person's reference: without the opening nobody can try references
  /// against it, with it everybody can see that it is this one.
  ///
  /// - Parameters:
  ///   - mailing: The mailing.
  ///   - number: The person's number in it.
  ///   - reference: The organisation's name for the person, as it was imported.
  ///   - opening: 32 bytes that only the mailing's key gives, another for every person.
  /// - Returns: 32 bytes.
  public static func commitment(
    mailing: RecordID,
    number: Int64,
    reference: String,
    opening: [UInt8]
  ) -> [UInt8] {
    var out = Bytes(tag: "tocsin.proof.person.1")
    out.append(opening)
    out.append(mailing)
    out.append(number)
    out.append(reference)
    return Array(SHA256.hash(data: out.bytes))
  }
}
