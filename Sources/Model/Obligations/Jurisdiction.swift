/// The codes by which people and seats are assigned to laws.
///
/// A country by ISO 3166-1 alpha-2 (`GB`, `CH`), a Member State of the EU as `EU-DE`, a subdivision as
/// `US-CA` or `CA-QC`.
public enum Jurisdiction {
  /// What is wrong with a code; nil where it may stand for a jurisdiction.
  public static func problem(with code: String) -> String? {
    switch code {
    case "UK": return "the United Kingdom is GB"
    case "EL", "EU-EL": return "Greece is \(code == "EL" ? "GR" : "EU-GR")"
    case "EU": return nil
    default: break
    }
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    guard let country = parts.first, parts.count <= 2 else { return "no such jurisdiction" }
    if country == "EU" {
      let state = String(parts.last ?? "")
      return memberStates.contains(state) || associated.contains(state)
        ? nil : "\(state) is no Member State of the EU"
    }
    guard countries.contains(String(country)) else { return "no such country" }
    // Written without EU- it would match no rule of the Union, and so free from all of them.
    if memberStates.contains(String(country)) { return "a Member State of the EU is EU-\(country)" }
    guard parts.count == 2 else { return nil }
    if country == "US" {
      return states.contains(String(parts[1])) ? nil : "\(parts[1]) is no state of the US"
    }
    let isCode = parts[1].utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    return isCode && (1...6).contains(parts[1].utf8.count) ? nil : "no such subdivision"
  }

  /// The Member States of the European Union, by ISO code.
  public static let memberStates: Set<String> = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
  ]

  /// The states of the EEA that are not in the EU.
  public static let associated: Set<String> = ["IS", "LI", "NO"]

  /// The states of the US, the District of Columbia and the territories, by their postal codes.
  public static let states: Set<String> = Set(
    """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM \
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP
    """.split(separator: " ").map(String.init)
  )

  /// The countries of ISO 3166-1.
  public static let countries: Set<String> = Set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split(separator: " ").map(String.init)
  )

  /// Whether a pattern names a jurisdiction: the code itself, or `US-*` for `US` and all in it.
  public static func pattern(_ pattern: String, covers code: String) -> Bool {
    guard pattern.hasSuffix("-*") else { return pattern == code }
    let stem = pattern.dropLast(2)
    return code == stem || code.hasPrefix("\(stem)-")
  }
}
