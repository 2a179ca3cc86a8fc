/// A value as a facts file writes it, before it is known what its key wants.
public enum FactInput: Sendable, Hashable {
  case null
  case flag(Bool)
  case integer(Int64)
  case text(String)
  case list([String])
}

/// Why a fact cannot be taken.
public struct UnusableFact: Error, Hashable, Sendable, CustomStringConvertible {
  /// The key, as it was written.
  ///
  /// Foreign text.
  public var key: String
  /// What is wrong, and what would do.
  ///
  /// Foreign text.
  public var reason: String

  /// Makes an error.
  public init(key: String, reason: String) { (self.key, self.reason) = (key, reason) }

  /// Key and reason.
  public var description: String { "\(key): \(reason)" }
}

extension Facts {
  /// States a fact by the name of its key.
  ///
  /// Null says "not known", except under `affected.*`, where it says that people are affected and
  /// nobody knows how many.
  ///
  /// - Throws: `UnusableFact` for a key that does not exist, that stands twice, or whose value has
  ///   another shape.
  public mutating func state(_ name: String, _ input: FactInput) throws(UnusableFact) {
    guard let key = FactKey(name) else {
      throw UnusableFact(key: name, reason: Facts.unknownKey(name))
    }
    guard self[key] == nil else { throw UnusableFact(key: name, reason: "stated twice") }
    if input == .null {
      if name.hasPrefix("affected.") { self[key] = .people(nil) }
      return
    }
    do {
      self[key] = try Facts.value(input, key.kind)
    } catch {
      throw UnusableFact(key: name, reason: error.reason)
    }
  }

  private static func unknownKey(_ name: String) -> String {
    if name.hasPrefix("affected.") {
      let code = String(name.dropFirst("affected.".count))
      return Jurisdiction.problem(with: code) ?? "no such jurisdiction"
    }
    let near = FactCatalogue.nearest(to: name).map { "; \($0) is near" } ?? ""
    return "there is no fact of this name\(near)"
  }

  private struct Wrong: Error {
    var reason: String
  }

  private static func value(_ input: FactInput, _ kind: FactKey.Kind) throws(Wrong) -> Value {
    switch (kind, input) {
    case (.flag, .flag(let flag)): return .flag(flag)
    case (.flag, _): throw Wrong(reason: "true or false")
    case (.word(let known), .text(let word)):
      guard known.contains(word) else {
        throw Wrong(reason: "one of \(known.joined(separator: ", "))")
      }
      return .word(word)
    case (.word(let known), _):
      throw Wrong(reason: "one of \(known.joined(separator: ", "))")
    case (.words(let known), .list(let words)):
      if let known, let strange = words.first(where: { !known.contains($0) }) {
        throw Wrong(reason: "\(strange) is none of \(known.joined(separator: ", "))")
      }
      return .words(words)
    case (.words, _): throw Wrong(reason: "a list of words")
    case (.instant, .text(let text)): return .instants([try instant(text)])
    case (.instant, _): throw Wrong(reason: "an instant such as 2026-05-15T16:40:00+02:00")
    case (.instants, .text(let text)): return .instants([try instant(text)])
    case (.instants, .list(let texts)):
      var instants: [Instant] = []
      for text in texts { instants.append(try instant(text)) }
      guard !instants.isEmpty else { throw Wrong(reason: "at least one instant") }
      guard instants == instants.sorted() else { throw Wrong(reason: "instants in order of time") }
      return .instants(instants)
    case (.instants, _): throw Wrong(reason: "an instant, or a list of instants in order")
    case (.people, .integer(let count)) where count >= 0: return .people(count)
    case (.people, _): throw Wrong(reason: "a whole number of people, 0 or more")
    case (.country, .text(let code)):
      guard Jurisdiction.countries.contains(code) else {
        throw Wrong(
          reason: Jurisdiction.problem(with: code) ?? "a country of ISO 3166-1, such as DE"
        )
      }
      return .word(code)
    case (.country, _): throw Wrong(reason: "a country of ISO 3166-1, such as DE")
    case (.zone, .text(let name)):
      guard let zone = Zone(name) else { throw Wrong(reason: "a zone such as Europe/Berlin") }
      return .zone(zone)
    case (.zone, _): throw Wrong(reason: "a zone such as Europe/Berlin")
    case (.days, .list(let texts)):
      var days: [CivilTime] = []
      for text in texts { days.append(try day(text)) }
      return .days(days)
    case (.days, _): throw Wrong(reason: "a list of days such as 2026-12-24")
    }
  }

  private static func instant(_ text: String) throws(Wrong) -> Instant {
    guard let instant = Instant(rfc3339: text) else {
      throw Wrong(reason: "\(text) is no instant with offset, such as 2026-05-15T16:40:00+02:00")
    }
    return instant
  }

  private static func day(_ text: String) throws(Wrong) -> CivilTime {
    guard text.utf8.count == 10, let instant = Instant(rfc3339: "\(text)T00:00:00Z") else {
      throw Wrong(reason: "\(text) is no day such as 2026-12-24")
    }
    return CivilTime(instant)
  }
}

/// The trades that shipped rules ask for.
public enum Sector {
  /// The shipped words; an organisation's own rules may ask for more.
  public static let known: Set<String> = Set(
    """
    health_ce health_ba phr_vendor glba_nonbank finance_bank finance_dora aifm payment_institution \
    insurer broker_dealer_ria telecom essential important trust_service qualified_trust_service \
    manufacturer_pde public_company dfs_covered hospital_ny critical_infra_us critical_infra_ch \
    cii_cn credit_union state_agency credit_bureau information_broker insurance_licensee \
    financial_corporation_nd ca_licensed_facility vt_dfr_licensed part2_program sci_entity \
    foreign_private_issuer service_provider_regsp telecom_carrier_us defense_contractor \
    pipeline_owner bulk_electric electric_utility critical_entity issuer_eu eu_institution \
    law_enforcement_authority oes_gb rdsp_gb fca_authorised finma_supervised osfi_fi \
    health_custodian_on essential_cl vital_operator_cl soci_asset_au ransom_reporting_au \
    apra_regulated mas_fi cii_sg ci_hk network_operator_cn state_organ_cn isp_kr
    """.split(separator: " ").map(String.init)
  )
}
