internal import ArgumentParser
internal import Model

/// What `organisation set` says of how the organisation shows itself to the public.
struct OpennessOptions: ParsableArguments {
  @Option(help: "The least number of people that a statement shows, from 3.") var leastNumber: Int?
  @Option(help: "Where the site of the statement stands: https://www.example.org/privacy/.")
  var statementSite: String?
  @Option(help: "How people ask for what they have a right to.") var askRights: String?
  @Option(
    help: ArgumentHelp(
      "Where reports of weaknesses go: mailto:, tel: or https:; again for each, best first.",
      valueName: "address"
    )
  )
  var securityContact: [String] = []
  @Option(help: "Where the policy on reports of weaknesses stands.") var securityPolicy: String?
  @Option(help: "Where security.txt itself stands.") var securityAddress: String?
  @Option(help: "The languages in which reports are read, with commas.")
  var securityLanguages: String?
  @Option(help: "The day on which security.txt runs out; usual for 364 days after the version.")
  var securityExpires: String?

  /// Sets what was named.
  ///
  /// - Throws: `Refusal` with wrong usage.
  func apply(to organisation: inout Organisation) throws {
    var openness = organisation.opennessInForce
    if let leastNumber { openness.leastNumber = leastNumber }
    if let statementSite { openness.site = statementSite }
    if let askRights { openness.rights = askRights }
    if !securityContact.isEmpty {
      openness.securityContacts = securityContact.filter { !$0.isEmpty }
    }
    if let securityPolicy { openness.securityPolicy = securityPolicy }
    if let securityAddress { openness.securityAddress = securityAddress }
    if let securityLanguages {
      openness.securityLanguages = securityLanguages.split(separator: ",").map {
        String($0.trimmingPrefix(" "))
      }
    }
    if let securityExpires {
      let day = DayNumber(iso: securityExpires)
      guard day != nil || securityExpires == "usual" else {
        throw Refusal(
          "--security-expires \(securityExpires): a day such as 2027-03-13, or usual",
          status: .usage
        )
      }
      openness.securityExpires = day
    }
    guard openness != organisation.opennessInForce else { return }
    organisation.openness = openness
  }
}
