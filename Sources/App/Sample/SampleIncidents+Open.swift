internal import Model

/// What has happened to the sample company.
enum SampleIncidents {
  /// All of it, in no special order.
  static let all = open + closedAttacks + closedMishaps

  /// The breach whose clocks are running: reported ten hours ago, aware since nine.
  static let breach = SampleIncident(
    title: "Customer accounts of the web shop copied through a forgotten staging API",
    summary: """
      A broker offered 1.2 million rows "from a Nordic home retailer" on a forum. The sample of 200 \
      rows matches our accounts: names, e-mail addresses, password hashes (bcrypt), postal \
      addresses, the last four digits of cards.

      The rows came from the staging API, which still read the production replica. The API is off \
      since 02:40; its tokens are revoked. Which customers besides the sample are affected is \
      being counted by jurisdiction from the access log.
      """,
    hours: 10,
    actions: [.hacking, .error],
    state: .contained,
    severity: .critical,
    outcome: .confirmedBreach,
    lead: SampleOfficer.mira.name,
    affected: [
      "EU-DE": 41_200, "EU-FR": 28_750, "EU-NL": 12_340, "EU-SE": 9_870, "EU-IT": 7_615,
      "EU-ES": 6_402, "GB": 23_118, "US-CA": 18_204, "US-NY": 11_930, "US-TX": 10_412,
      "US-FL": 7_388, "US-IL": 5_120, "US-WA": 4_987, "US-MA": 4_101, "US-NJ": 3_850,
      "US-VA": 2_944, "US-CO": 2_310, "US-MD": 1_877, "US-OR": -1,
    ],
    data: ["email", "name", "orders", "password_hash", "postal_address"],
    disclosure: .yes,
    isEncrypted: false,
    assets: ["api-staging.shop.example", "replica-3"],
    tags: ["broker", "shop", "staging"],
    occurred: .month
  )

  /// What is being worked on, besides the breach.
  static let open = [
    breach,
    SampleIncident(
      title: "Ransom note on the file server of the Malmö warehouse",
      summary: """
        Shift leads found encrypted delivery notes at 05:10. The server is off the network. Backups \
        of Sunday are intact; whether anything was copied out before is not known.
        """,
      hours: 31,
      actions: [.malware],
      state: .confirmed,
      severity: .critical,
      outcome: .suspected,
      lead: SampleOfficer.tomas.name,
      affected: ["EU-SE": -1],
      data: ["name", "payroll", "phone"],
      disclosure: .unknown,
      isEncrypted: false,
      assets: ["files-malmo"],
      tags: ["ransomware", "warehouse"],
      occurred: .hour
    ),
    SampleIncident(
      title: "Payment page of the French shop loaded a foreign script",
      summary: "A tag manager account was used to add a script that reads the card form.",
      hours: 76,
      actions: [.hacking, .malware],
      state: .eradicated,
      severity: .high,
      outcome: .confirmedBreach,
      lead: SampleOfficer.ines.name,
      affected: ["EU-FR": 1_412],
      data: ["card_number", "email", "name"],
      disclosure: .potentially,
      assets: ["shop.fr.example"],
      tags: ["payment", "skimming"],
      occurred: .day
    ),
    SampleIncident(
      title: "Phishing mail to the finance team; two passwords entered",
      summary: "Both sessions were ended within 20 minutes. Mailbox rules are being looked at.",
      hours: 6,
      actions: [.social],
      state: .triage,
      severity: .high,
      lead: SampleOfficer.jonah.name,
      data: ["credentials"],
      disclosure: .unknown,
      assets: ["mail.example"],
      tags: ["finance", "phishing"],
      occurred: .minute
    ),
    SampleIncident(
      title: "Laptop of a regional manager stolen from a train in Utrecht",
      summary: "Disk encryption was on; last seen by management two hours before the theft.",
      hours: 52,
      actions: [.physical],
      state: .review,
      severity: .medium,
      outcome: .nearMiss,
      lead: SampleOfficer.sanne.name,
      affected: ["EU-NL": 0],
      data: ["internal"],
      disclosure: .no,
      isEncrypted: true,
      assets: ["laptop LV-2214"],
      tags: ["device", "theft"],
      occurred: .hour
    ),
    SampleIncident(
      title: "Invoices of other customers shown after login",
      summary: "A cache key without the account number, released on Tuesday, rolled back.",
      hours: 29,
      actions: [.error],
      state: .contained,
      severity: .high,
      outcome: .confirmedBreach,
      lead: SampleOfficer.ines.name,
      affected: ["EU-DE": 318, "EU-SE": 44],
      data: ["name", "orders", "postal_address"],
      disclosure: .yes,
      assets: ["account.shop.example"],
      tags: ["cache", "release"],
      occurred: .minute
    ),
    SampleIncident(
      title: "Former contractor still reads the loyalty database",
      summary: "The account was not closed when the contract ended; four queries since.",
      hours: 130,
      actions: [.misuse],
      state: .recovered,
      severity: .medium,
      outcome: .confirmedIncident,
      lead: SampleOfficer.tomas.name,
      affected: ["GB": 2_260],
      data: ["email", "name"],
      disclosure: .potentially,
      assets: ["loyalty-db"],
      tags: ["access", "contractor"],
      occurred: .month
    ),
    SampleIncident(
      title: "Newsletter with all addresses in To: instead of Bcc:",
      summary: "Sent from a personal mailbox instead of the mailing tool.",
      hours: 20,
      actions: [.error],
      state: .confirmed,
      severity: .low,
      outcome: .confirmedBreach,
      lead: SampleOfficer.sanne.name,
      affected: ["EU-ES": 186],
      data: ["email"],
      disclosure: .yes,
      tags: ["mail", "marketing"],
      occurred: .minute
    ),
    SampleIncident(
      title: "Unusual logins to the supplier portal from one network",
      summary: "4 000 attempts, 11 successes with reused passwords. Being checked one by one.",
      hours: 3,
      actions: [.hacking],
      state: .reported,
      assets: ["suppliers.example"],
      tags: ["credential stuffing"],
      occurred: .hour
    ),
    SampleIncident(
      title: "Returns parcel contained another customer's letter",
      summary: "Reported by a customer in Leeds.",
      hours: 2,
      actions: [.error],
      state: .reported,
      severity: .low,
      affected: ["GB": 1],
      data: ["name", "postal_address"],
      tags: ["returns"],
      occurred: .day
    ),
    SampleIncident(
      title: "Payroll provider reports an intrusion into its own systems",
      summary: "The provider does not say yet whether our tenant was touched.",
      hours: 15,
      actions: [.unknown],
      state: .triage,
      severity: .high,
      lead: SampleOfficer.mira.name,
      affected: ["EU-IT": -1, "EU-SE": -1],
      data: ["bank_account", "payroll"],
      disclosure: .unknown,
      tags: ["payroll", "vendor"],
      occurred: .month
    ),
    SampleIncident(
      title: "Water in the server room of the Seattle store",
      summary: "A pipe above the rack; till data of one day may be lost.",
      hours: 44,
      actions: [.environmental],
      state: .recovered,
      severity: .medium,
      outcome: .notPersonalData,
      lead: SampleOfficer.jonah.name,
      assets: ["rack SEA-1"],
      tags: ["availability", "store"],
      occurred: .minute
    ),
    SampleIncident(
      title: "Access log shows a colleague reading orders of a neighbour",
      summary: "Found by the weekly sample of reads without a ticket.",
      hours: 98,
      actions: [.misuse],
      state: .review,
      severity: .low,
      outcome: .confirmedBreach,
      lead: SampleOfficer.sanne.name,
      affected: ["US-OR": 1],
      data: ["name", "orders"],
      disclosure: .yes,
      tags: ["insider"],
      occurred: .day
    ),
    SampleIncident(
      title: "Backup tapes missing after the move of the Boston office",
      summary: "Two of forty tapes are not on the mover's list.",
      hours: 210,
      actions: [.physical, .error],
      state: .confirmed,
      severity: .medium,
      outcome: .suspected,
      lead: SampleOfficer.tomas.name,
      affected: ["US-MA": -1],
      data: ["email", "name", "orders"],
      disclosure: .potentially,
      isEncrypted: true,
      assets: ["tape 0417", "tape 0422"],
      tags: ["backup", "move"],
      occurred: .month
    ),
  ]
}
