internal import Model

/// The words of which the sample's histories are made; nobody and nothing in them is real.
enum SampleTexts {
  static let reporters = [
    "the night shift of the operations desk", "a customer by telephone", "a store manager",
    "the weekly log review", "an engineer on call", "a supplier by mail", "the help desk",
  ]

  static let channels = [
    "help desk ticket", "telephone", "mail to security@lindgren-vale.example", "alert",
  ]

  static let sources = [
    "access log", "operations desk", "call with the team", "journal of the host",
    "mail of the supplier", "ticket",
  ]

  static let grounds = [
    "The sample matches our records; access was not authorised; a risk to people is likely.",
    "Disclosure to an outsider is established by the log and by the person who reported it.",
    "Personal data left our control; that it was used cannot be excluded.",
  ]

  /// Why an incident moved on.
  static func reason(for state: IncidentState, _ outcome: Outcome) -> String {
    switch state {
    case .reported: "Reported."
    case .triage: "Taken up; facts are being collected."
    case .confirmed: "Confirmed by a second source."
    case .contained: "Nothing more can get out: access is closed."
    case .eradicated: "The cause is gone; hosts were built anew."
    case .recovered: "Service as before, watched closely."
    case .review: "Handling is over; lessons are being written down."
    case .closed: "Review done: \(outcome.label)."
    }
  }

  /// What is noted while an incident is handled, by its kind.
  static func notes(for kind: VerisAction) -> [String] {
    switch kind {
    case .malware:
      [
        "Host taken off the network; memory image made before it was switched off.",
        "The file is known to two scanners; it looks for shares and for backups.",
        "No connection to its server since the host is isolated.",
      ]
    case .hacking:
      [
        "Requests come from 14 addresses of two hosting companies; blocked at the edge.",
        "Tokens and sessions of the affected service revoked.",
        "Access log of ninety days secured and hashed.",
        "First count of affected accounts by jurisdiction is done; the log of replica 3 is open.",
      ]
    case .social:
      [
        "Mail header and landing page secured; the page is down since noon.",
        "Passwords of the recipients were reset; second factors checked.",
      ]
    case .misuse:
      [
        "Account closed; access of the last year exported for the works council.",
        "Talked with the person in the presence of human resources.",
      ]
    case .physical:
      ["Report to the police filed; number of the file is in the ticket."]
    case .error:
      [
        "The release was rolled back; pages in the cache were purged.",
        "The recipients were asked to delete what they got; answers are collected.",
      ]
    case .environmental: ["Power and cooling are stable; damaged parts are listed."]
    case .unknown: ["Asked for the facts in writing; the answer is promised for tomorrow."]
    }
  }

  /// What is to be done, by what an incident turned out to be.
  static func tasks(for outcome: Outcome) -> [String] {
    switch outcome {
    case .confirmedBreach:
      [
        "Secure the logs before they rotate", "Count affected people by jurisdiction",
        "Draft the notice to the lead authority", "Prepare the text for customers",
      ]
    case .suspected, .undetermined:
      [
        "Find out whether data left the house", "Ask the vendor for a written statement",
        "Check the backups", "Tell the data protection officer",
      ]
    default:
      [
        "Write down what happened", "Check that it cannot happen again", "Tell the owners",
        "Close the ticket",
      ]
    }
  }

  /// What is kept as evidence.
  static let evidence: [(title: String, file: String, note: String)] = [
    ("Access log, ninety days", "access-90d.log.gz", "Taken from the log host, read-only mount."),
    ("Memory image of the host", "memory.raw", "Made with the host's own snapshot."),
    (
      "Mail with full header", "message.eml",
      "Exported from the mailbox of the person who reported."
    ),
    ("Screen picture of the offer", "offer.png", "Taken by the operations desk."),
  ]
}
