internal import Model

extension SampleIncidents {
  /// Attacks that are over.
  static let closedAttacks = [
    SampleIncident(
      title: "Password spraying against the staff login",
      summary: "No account was entered; the lockout did its work.", hours: 520,
      actions: [.hacking], state: .closed, severity: .low, outcome: .nearMiss,
      lead: SampleOfficer.jonah.name, tags: ["login"]),
    SampleIncident(
      title: "Malware on a till in Austin",
      summary: "Found by the weekly scan before it could read cards.", hours: 1_380,
      actions: [.malware], state: .closed, severity: .medium, outcome: .confirmedIncident,
      lead: SampleOfficer.tomas.name, assets: ["till AUS-07"], tags: ["store", "till"]),
    SampleIncident(
      title: "Gift card balances guessed by a script",
      summary: "The balance page had no limit; 212 cards were emptied and refunded.",
      hours: 2_210, actions: [.hacking], state: .closed, severity: .medium,
      outcome: .confirmedBreach, lead: SampleOfficer.ines.name,
      affected: ["US-CA": 120, "US-NY": 61, "US-FL": 31], data: ["financial"],
      disclosure: .yes, tags: ["gift card", "shop"]),
    SampleIncident(
      title: "Caller posed as a customer and changed the delivery address",
      summary: "The call centre asked for the birth date only.", hours: 2_900,
      actions: [.social], state: .closed, severity: .low, outcome: .confirmedBreach,
      lead: SampleOfficer.sanne.name, affected: ["EU-DE": 3], data: ["postal_address"],
      disclosure: .yes, tags: ["call centre"]),
    SampleIncident(
      title: "Supplier mailbox taken over; false invoice sent to us",
      summary: "Noticed before payment because the bank account was new.", hours: 3_420,
      actions: [.social, .hacking], state: .closed, severity: .medium, outcome: .nearMiss,
      lead: SampleOfficer.mira.name, tags: ["finance", "vendor"]),
    SampleIncident(
      title: "Known hole in the image service used to read files",
      summary: "The service ran in its own account without customer data.", hours: 4_150,
      actions: [.hacking], state: .closed, severity: .high, outcome: .notPersonalData,
      lead: SampleOfficer.tomas.name, assets: ["images.shop.example"], tags: ["patching"]),
    SampleIncident(
      title: "Account of a store manager used from abroad",
      summary: "The manager was on holiday there.", hours: 4_700, actions: [.unknown],
      state: .closed, outcome: .falsePositive, lead: SampleOfficer.jonah.name, tags: ["login"]),
    SampleIncident(
      title: "Reviews database of the old shop on sale",
      summary: """
        Data of 2014 from a system that was switched off in 2016: pen names and e-mail addresses.
        """,
      hours: 5_600, actions: [.hacking], state: .closed, severity: .high,
      outcome: .confirmedBreach, lead: SampleOfficer.mira.name,
      affected: ["EU-DE": 8_210, "EU-NL": 1_904, "EU-SE": 3_377, "GB": 5_020],
      data: ["email", "name"], disclosure: .yes, tags: ["legacy", "shop"], occurred: .year),
    SampleIncident(
      title: "Denial of service during the January sale",
      summary: "The shop was slow for 50 minutes; no data was touched.", hours: 6_900,
      actions: [.hacking], state: .closed, severity: .medium, outcome: .notPersonalData,
      lead: SampleOfficer.jonah.name, tags: ["availability", "shop"]),
    SampleIncident(
      title: "Stolen session cookies of the marketing tool",
      summary: "An extension of the browser read them; campaigns were not altered.",
      hours: 3_050, actions: [.malware], state: .closed, severity: .medium,
      outcome: .confirmedIncident, lead: SampleOfficer.ines.name, data: ["email"],
      disclosure: .potentially, tags: ["browser", "marketing"]),
    SampleIncident(
      title: "Same phishing mail reported by a second team",
      summary: "Handled with the first report.", hours: 1_900, actions: [.social],
      state: .closed, outcome: .duplicate, lead: SampleOfficer.sanne.name, tags: ["phishing"]),
    SampleIncident(
      title: "Card skimmer found on a till in Miami",
      summary: "Taken off by the store at opening; in place for one night.", hours: 7_700,
      actions: [.physical], state: .closed, severity: .medium, outcome: .nearMiss,
      lead: SampleOfficer.tomas.name, affected: ["US-FL": 0], assets: ["till MIA-02"],
      tags: ["store", "till"]),
    SampleIncident(
      title: "Web shell on the careers site",
      summary: "Applications of two weeks were readable.", hours: 8_300, actions: [.hacking],
      state: .closed, severity: .high, outcome: .confirmedBreach, lead: SampleOfficer.mira.name,
      affected: ["EU-DE": 212, "EU-FR": 98, "US-VA": 17],
      data: ["dob", "email", "name", "phone"], disclosure: .potentially,
      assets: ["jobs.example"], tags: ["careers"], occurred: .month),
  ]

  /// Mishaps that are over.
  static let closedMishaps = [
    SampleIncident(
      title: "Payslip sent to the wrong colleague",
      summary: "Deleted unread, confirmed in writing.", hours: 690, actions: [.error],
      state: .closed, severity: .low, outcome: .confirmedBreach,
      lead: SampleOfficer.sanne.name, affected: ["EU-NL": 1], data: ["payroll"],
      disclosure: .yes, tags: ["human resources"]),
    SampleIncident(
      title: "Order export in a public bucket for three days",
      summary: "The access log shows our own monitoring only.", hours: 1_050,
      actions: [.error], state: .closed, severity: .high, outcome: .confirmedBreach,
      lead: SampleOfficer.ines.name,
      affected: ["US-CA": 640, "US-WA": 212, "US-CO": 101, "US-IL": 95],
      data: ["name", "orders", "postal_address"], disclosure: .no, isEncrypted: false,
      assets: ["bucket exports-eu"], tags: ["cloud", "export"]),
    SampleIncident(
      title: "Telephone lost in a taxi in Paris", summary: "Wiped from afar within the hour.",
      hours: 1_600, actions: [.physical], state: .closed, severity: .low, outcome: .nearMiss,
      lead: SampleOfficer.jonah.name, data: ["internal"], disclosure: .no, isEncrypted: true,
      tags: ["device"]),
    SampleIncident(
      title: "Printed pick lists left in a rented van",
      summary: "The rental company returned them the next day.", hours: 2_480,
      actions: [.error], state: .closed, severity: .low, outcome: .confirmedBreach,
      lead: SampleOfficer.sanne.name, affected: ["EU-IT": 38],
      data: ["name", "postal_address"], disclosure: .potentially, tags: ["paper", "warehouse"]),
    SampleIncident(
      title: "Survey tool showed answers of others", summary: "A setting; answers had no names.",
      hours: 3_700, actions: [.error], state: .closed, severity: .low,
      outcome: .notPersonalData, lead: SampleOfficer.ines.name, tags: ["survey", "vendor"]),
    SampleIncident(
      title: "Loyalty statements printed with the wrong balance and name",
      summary: "One print run; letters were called back before delivery, 14 were not.",
      hours: 4_400, actions: [.error], state: .closed, severity: .medium,
      outcome: .confirmedBreach, lead: SampleOfficer.tomas.name, affected: ["GB": 14],
      data: ["name", "orders"], disclosure: .yes, tags: ["letters", "loyalty"]),
    SampleIncident(
      title: "Camera recordings of the Lyon store kept too long",
      summary: "Ninety days instead of thirty; deleted.", hours: 5_050, actions: [.error],
      state: .closed, severity: .low, outcome: .confirmedIncident,
      lead: SampleOfficer.sanne.name, tags: ["retention", "store"]),
    SampleIncident(
      title: "Power cut damaged the order queue", summary: "Restored from the replica; none lost.",
      hours: 5_900, actions: [.environmental], state: .closed, severity: .medium,
      outcome: .notPersonalData, lead: SampleOfficer.jonah.name, assets: ["queue-2"],
      tags: ["availability"]),
    SampleIncident(
      title: "Test mail to real customers", summary: "Subject \"asdf\"; no data of others.",
      hours: 6_200, actions: [.error], state: .closed, severity: .low,
      outcome: .notPersonalData, lead: SampleOfficer.ines.name, tags: ["mail"]),
    SampleIncident(
      title: "Delivery driver photographed parcels with addresses",
      summary: "Posted in a public group; taken down the same day.", hours: 6_600,
      actions: [.misuse], state: .closed, severity: .medium, outcome: .confirmedBreach,
      lead: SampleOfficer.mira.name, affected: ["EU-ES": 22],
      data: ["name", "postal_address"], disclosure: .yes, tags: ["delivery", "vendor"]),
    SampleIncident(
      title: "Old customer files found in the basement of the Rome store",
      summary: "Forms of 1998 to 2003, dry and locked in; destroyed with a certificate.",
      hours: 7_300, actions: [.error], state: .closed, severity: .low,
      outcome: .nearMiss, lead: SampleOfficer.sanne.name, affected: ["EU-IT": -1],
      data: ["name", "postal_address"], disclosure: .no, tags: ["paper", "retention"],
      occurred: .year),
    SampleIncident(
      title: "Wrong rights on the shared calendar of the board",
      summary: "All staff could read titles for a week.", hours: 7_950, actions: [.error],
      state: .closed, severity: .low, outcome: .notPersonalData,
      lead: SampleOfficer.jonah.name, data: ["internal"], tags: ["office"]),
    SampleIncident(
      title: "Chat export of the help desk kept card numbers",
      summary: "Customers had typed them; masked at once, 61 conversations cleaned.",
      hours: 8_600, actions: [.error], state: .closed, severity: .medium,
      outcome: .confirmedBreach, lead: SampleOfficer.tomas.name,
      affected: ["US-TX": 33, "US-NJ": 16, "US-MD": 12], data: ["card_number", "name"],
      disclosure: .potentially, tags: ["help desk", "payment"]),
  ]
}
