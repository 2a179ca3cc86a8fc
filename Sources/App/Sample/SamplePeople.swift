internal import Model

/// Customers of the sample company: invented names, addresses of domains and numbers that are set
/// aside for examples and films, the same for the same seed.
final class SamplePeople: RecipientSource, @unchecked Sendable {
  // @unchecked: used by one task at a time.

  /// So many people of a jurisdiction who read a language.
  struct Group: Sendable {
    var jurisdiction: String
    var language: String
    var count: Int
    /// Whether some of them are children, have died or are represented.
    var isProtected = true
  }

  private let groups: [Group]
  private let seed: UInt64
  private let categories: String
  private let firstNumber: Int
  private var random: SplitMix64
  private var group = 0
  private var given = 0
  private var line = 1

  init(_ groups: [Group], seed: UInt64, categories: String, from number: Int) {
    (self.groups, self.seed, self.categories) = (groups, seed, categories)
    firstNumber = number
    random = SplitMix64(seed: seed)
    words = groups.map(\.jurisdiction) + groups.map(\.language)
  }

  let words: [String]
  let refused: [ImportProblem] = []
  let refusedCount = 0
  var digest: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: seed >> ($0 * 8)) } }

  func rewind() {
    random = SplitMix64(seed: seed)
    (group, given, line) = (0, 0, 1)
  }

  func fill(_ rows: RecipientRows) throws {
    rows.removeAll()
    while rows.count < rows.capacity, group < groups.count {
      guard given < groups[group].count else {
        (group, given) = (group + 1, 0)
        continue
      }
      given += 1
      line += 1
      rows.beginRow()
      for var field in person(of: groups[group]) {
        field.withUTF8 { rows.append(UnsafeRawBufferPointer($0)) }
      }
      let isProtected = groups[group].isProtected
      let protection: RecipientProtection =
        switch random.number(0...199) {
        case _ where !isProtected: .none
        case 0: .deceased
        case 1...3: .child
        case 4: .represented
        default: .none
        }
      rows.endRow(
        line: line,
        jurisdiction: group,
        language: groups.count + group,
        protection: UInt8(protection.rawValue)
      )
    }
  }

  private func person(of group: Group) -> [String] {
    let (firsts, lasts) = Self.names(group.language)
    let (first, last) = (random.pick(firsts), random.pick(lasts))
    let number = firstNumber + line - 2
    let tail = random.number(0...999)
    let digits = String(repeating: "0", count: 3 - String(tail).count) + String(tail)
    let mailbox = "\(first).\(last).\(number)".lowercased().unicodeScalars
      .filter { $0.isASCII && $0 != " " && $0 != "'" }
    let domain = random.pick(["example.com", "example.net", "example.org"])
    let (phone, street) = Self.place(group.jurisdiction, digits, random.number(1...148))
    return [
      "LV-\(number)", "\(first) \(last)", "\(String(String.UnicodeScalarView(mailbox)))@\(domain)",
      random.number(0...9) == 0 ? "" : phone, street, categories, "",
    ]
  }

  /// First and last names by language.
  private static func names(_ language: String) -> ([String], [String]) {
    switch language {
    case "fr":
      (
        ["Amélie", "Bastien", "Chloé", "Étienne", "Inès", "Jules", "Léa", "Noé", "Zoé"],
        ["Aubert", "Bresson", "Carpentier", "Delmas", "Fournier", "Gaillard", "Lemaître", "Roux"]
      )
    case "de":
      (
        ["Anke", "Bjarne", "Clara", "Dörte", "Emil", "Frieda", "Jörn", "Lotte", "Mats"],
        ["Ahlers", "Brandt", "Dierks", "Göbel", "Hinrichs", "Krüger", "Möller", "Petersen"]
      )
    case "sv":
      (
        ["Alva", "Björn", "Ebba", "Gustaf", "Hedda", "Love", "Märta", "Nils", "Åsa"],
        ["Ahlberg", "Bergqvist", "Dahlin", "Ekström", "Hallgren", "Nordin", "Sjöberg", "Öhman"]
      )
    default:
      (
        ["Ada", "Ben", "Clara", "Dylan", "Esther", "Flora", "Grace", "Hugh", "Imani"],
        ["Abbott", "Barlow", "Chen", "Dawson", "Ellery", "Fletcher", "O'Hara", "Whitlock"]
      )
    }
  }

  /// A number that is nobody's, and a street that is nowhere.
  private static func place(_ jurisdiction: String, _ digits: String, _ house: Int64)
    -> (phone: String, street: String)
  {
    switch jurisdiction {
    case "EU-FR":
      ("+33 1 99 00 0\(digits.prefix(1)) \(digits.suffix(2))", "\(house) rue des Essais")
    case "EU-DE": ("+49 30 23125 \(digits)", "Beispielweg \(house)")
    case "EU-SE": ("+46 8 465 00\(digits.prefix(1)) \(digits.suffix(2))", "Exempelgatan \(house)")
    case "GB": ("+44 7700 900\(digits)", "\(house) Sample Lane")
    default: ("+1 202 555 0\(digits)", "\(house) Example Avenue")
    }
  }
}
