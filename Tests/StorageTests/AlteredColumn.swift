import Testing

/// A column that somebody alters with another program, and what is said of it.
struct AlteredColumn: Sendable, CustomTestStringConvertible {
  var table: String
  var column: String
  var setting: String
  var problem: String

  init(_ table: String, _ column: String, _ setting: String, _ problem: String) {
    (self.table, self.column, self.setting, self.problem) = (table, column, setting, problem)
  }

  var testDescription: String { "\(table).\(column)" }

  /// Every column that a check says it compares.
  static let all: [AlteredColumn] =
    mailing + people + tallies + index + steps + texts + editions + publications + sending + bounces
    + contacts + consents + batches + offers + matters + trails

  private static func of(
    _ table: String,
    _ cases: [(column: String, setting: String, problem: String)]
  ) -> [AlteredColumn] {
    cases.map { AlteredColumn(table, $0.column, $0.setting, $0.problem) }
  }

  private static let mailing = of(
    "mailing",
    [
      ("id", "id = 7", "it was deleted"),
      ("reference", "reference = 'MLG-2026-0002'", "its reference is not"),
      ("referenceOrder", "referenceOrder = referenceOrder + 1", "its place among"),
      ("version", "version = version + 1", "its version is not"),
      ("incident", "incident = 9", "its incident is not"),
      ("facts", "facts = replace(facts, 'post', 'sms')", "its facts are not"),
      ("name", "name = 'Others'", "its name is not"),
      ("keepUntil", "keepUntil = 5", "its last day is not"),
      ("recipients", "recipients = 29", "it says 29 recipients, the journal 30"),
      ("wrappedKey", "wrappedKey = randomblob(60)", "its wrapped key is not"),
      ("wrappedBy", "wrappedBy = 'another'", "its wrapping key is not"),
      ("erasedAt", "erasedAt = 5, wrappedKey = NULL", "its time of erasing is not"),
      ("openedAt", "openedAt = openedAt - 1", "its time of opening is not"),
      ("isRemoved", "isRemoved = 1", "its place on the lists is not"),
    ]
  )

  private static let people =
    of(
      "recipient",
      [
        ("id", "id = id + 100 WHERE id & 65535 = 30", "recipient 30 is missing"),
        ("slot", "slot = slot + 1 WHERE id & 65535 = 9", "are not those that came in"),
        ("language", "language = 1 WHERE id & 65535 = 9", "are not those that came in"),
        ("protection", "protection = 2 WHERE id & 65535 = 9", "are not those that came in"),
        ("step", "step = step + 1 WHERE id & 65535 = 9", "the state of recipient 9 is not"),
        ("sealed", "sealed = zeroblob(60) WHERE id & 65535 = 9", "are not those that came in"),
      ]
    )
    + of(
      "recipientEvent",
      [
        (
          "recipient", "recipient = recipient + 19 WHERE recipient & 65535 = 1",
          "the state of recipient 1"
        ),
        (
          "step", "step = step + 1000 WHERE recipient & 65535 = 1 AND after = 3",
          "is of no step in the journal"
        ),
        ("before", "before = 9 WHERE recipient & 65535 = 1 AND after = 3", "does not fit"),
        ("after", "after = 9 WHERE recipient & 65535 = 1 AND after = 3", "is of no step in the"),
      ]
    )

  private static let tallies =
    of(
      "recipientTally",
      [
        ("mailing", "mailing = 7 WHERE state = 1", "the running tallies"),
        ("jurisdiction", "jurisdiction = jurisdiction + 1000", "the running tallies"),
        ("state", "state = 200 WHERE state = 1", "the running tallies"),
        ("language", "language = language + 1000", "the running tallies"),
        ("count", "count = count + 1 WHERE state = 1", "the running tallies"),
      ]
    )
    + of(
      "recipientProtected",
      [
        ("mailing", "mailing = 7", "the counts of protected people"),
        ("jurisdiction", "jurisdiction = jurisdiction + 1000", "the counts of protected people"),
        ("language", "language = language + 1000", "the counts of protected people"),
        ("protection", "protection = 2", "the counts of protected people"),
        ("count", "count = count + 1", "the counts of protected people"),
      ]
    )
    + of(
      "mailingDay",
      [
        ("mailing", "mailing = 7", "the counts of days"),
        ("day", "day = day + 1", "the counts of days"),
        ("state", "state = 200 WHERE state = 1", "the counts of days"),
        ("channel", "channel = 'fax' WHERE channel = 'email'", "the counts of days"),
        ("jurisdiction", "jurisdiction = jurisdiction + 1000", "the counts of days"),
        ("count", "count = count + 1", "the counts of days"),
      ]
    )

  private static let index =
    of(
      "ledgerSegment",
      [
        ("id", "id = id + 100", "the index has segments"),
        ("mailing", "mailing = 7", "the index has segments"),
        ("count", "count = count + 1", "the index has segments"),
      ]
    )
    + of(
      "blind",
      [
        ("segment", "segment = segment + 100", "there are rows of it in blind"),
        ("kind", "kind = 9 WHERE recipient & 65535 = 8 AND kind = 2", "the index of recipients"),
        ("hash", "hash = hash + 1 WHERE recipient & 65535 = 8", "the index of recipients"),
        ("recipient", "recipient = recipient + 1 WHERE kind = 2", "the index"),
      ]
    )
    + of(
      "ledgerWord",
      [
        ("id", "id = id + 100 WHERE word = 'EU-DE'", "are not those that came in"),
        ("word", "word = 'JP' WHERE word = 'EU-DE'", "are not those that came in"),
      ]
    )

  private static let steps = of(
    "ledgerStep",
    [
      ("id", "id = id + 1000 WHERE cause = 'listed'", "was deleted"),
      ("mailing", "mailing = 7 WHERE cause = 'listed'", "is of another mailing"),
      ("at", "at = at - 86400000", "was taken at another time"),
      ("actor", "actor = 'other'", "was taken by somebody else"),
      ("channel", "channel = 'post' WHERE channel = 'email'", "went over another channel"),
      ("text", "text = 'E9/T9.9' WHERE text <> ''", "names another text"),
      ("cause", "cause = 'asked' WHERE cause = 'test'", "was taken for another reason"),
      ("batch", "batch = 9 WHERE batch = 1", "names another batch"),
    ]
  )

  private static let texts =
    of(
      "notice",
      [
        ("id", "id = id + 100", "T1 was deleted"),
        ("mailing", "mailing = 7", "T1 is of another mailing"),
        ("number", "number = number + 10", "under another number"),
        ("version", "version = version + 1", "another version of T1 is the newest"),
        ("isRemoved", "isRemoved = 1 - isRemoved", "T1 is taken out"),
      ]
    )
    + of(
      "noticeVersion",
      [
        ("notice", "notice = notice + 100", "T1.1 was deleted"),
        ("version", "version = version + 10", "T1.1 was deleted"),
        ("facts", "facts = replace(facts, 'exposed', 'safe')", "T1.1 does not say what was"),
        ("digest", "digest = replace(digest, 'a', 'b')", "the digest of T1.1"),
        ("writtenAt", "writtenAt = writtenAt - 1", "T1.1 was written by somebody else, or at"),
        ("writtenBy", "writtenBy = 'other'", "T1.1 was written by somebody else, or at"),
      ]
    )
    + of(
      "noticeConfirmation",
      [
        ("notice", "notice = notice + 100", "what was confirmed of T1.1"),
        ("version", "version = version + 100", "what was confirmed of T1.1"),
        ("content", "content = 'other'", "what was confirmed of T1.1"),
        ("item", "item = 'other'", "what was confirmed of T1.1"),
        ("verdict", "verdict = 'not-applicable'", "what was confirmed of T1.1"),
        ("reason", "reason = 'other'", "what was confirmed of T1.1"),
        ("confirmedBy", "confirmedBy = 'other'", "what was confirmed of T1.1"),
        ("confirmedAt", "confirmedAt = confirmedAt - 1", "what was confirmed of T1.1"),
      ]
    )

  private static let editions = of(
    "noticeEdition",
    [
      ("id", "id = id + 100", "E1 was deleted"),
      ("mailing", "mailing = 7", "E1 was deleted"),
      ("number", "number = number + 10", "E1 is not what was put up"),
      ("version", "version = version + 1", "E1 is of another version"),
      (
        "state", "state = 'withdrawn' WHERE state = 'void'",
        "E1 is withdrawn, the journal says void"
      ),
      ("facts", "facts = replace(facts, '2026-05-18', '2026-05-17')", "E1 is not what was put up"),
      ("digest", "digest = replace(digest, 'a', 'b')", "is not what was put up"),
      ("checks", "checks = '[]'", "the checks of E1"),
      (
        "approvals", "approvals = replace(approvals, 'second', 'third')",
        "E2 was approved by others, or at another time"
      ),
      ("endedBy", "endedBy = 'other' WHERE state = 'void'", "E1 ended otherwise"),
      ("endedAt", "endedAt = endedAt - 1 WHERE state = 'void'", "E1 ended otherwise"),
      ("reason", "reason = 'other' WHERE state = 'void'", "E1 ended otherwise"),
    ]
  )

  private static let publications = of(
    "publication",
    [
      ("id", "id = id + 100", "public notice 1 was deleted"),
      ("incident", "incident = 9", "public notice 1 is not what"),
      ("mailing", "mailing = 7", "public notice 1 is not what"),
      ("version", "version = version + 1", "public notice 1 is not what"),
      ("facts", "facts = replace(facts, 'website', 'press')", "public notice 1 is not what"),
      ("place", "place = 'elsewhere'", "public notice 1 is not what"),
      ("earliest", "earliest = earliest - 1", "public notice 1 is not what"),
      ("evidence", "evidence = 5", "public notice 1 is not what"),
      ("recordedAt", "recordedAt = recordedAt - 1", "public notice 1 is not what"),
      ("isRemoved", "isRemoved = 1", "public notice 1 is not what"),
    ]
  )

  private static let sending =
    of(
      "sendingPlan",
      [
        ("id", "id = 7", "how its e-mails are sent"),
        ("plan", "plan = replace(plan, 'notices@', 'others@')", "how its e-mails are sent"),
      ]
    )
    + of(
      "sending",
      [
        ("id", "id = 7", "who sent it was deleted"),
        ("process", "process = process + 1", "it was sent by another process or account"),
        ("actor", "actor = 'other'", "it was sent by another process or account"),
        ("startedAt", "startedAt = startedAt - 1", "it was sent by another process or account"),
        ("activity", "activity = 'sending'", "its sending has not ended"),
        ("counts", "counts = replace(counts, '6', '9')", "its sending came to other numbers"),
      ]
    )
    + of(
      "delivery",
      [
        ("recipient", "recipient = recipient + 20", "the messages of step"),
        ("step", "step = step + 1000", "is of no step"),
        ("messageID", "messageID = 'x' || messageID", "the messages of step"),
        ("digest", "digest = zeroblob(32)", "the messages of step"),
      ]
    )

  private static let bounces =
    of(
      "bounceMail",
      [
        ("mailing", "mailing = 7", "the mails that came back in entry"),
        ("digest", "digest = zeroblob(32)", "the mails that came back in entry"),
        ("entry", "entry = entry - 1", "the mails that came back in entry"),
      ]
    )
    + of(
      "bounce",
      [
        ("entry", "entry = entry - 1", "the mails that came back in entry"),
        ("line", "line = line + 5", "the mails that came back in entry"),
        ("person", "person = person + 1", "the mails that came back in entry"),
        ("digest", "digest = zeroblob(32)", "the mails that came back in entry"),
        ("kind", "kind = 'complaint'", "the mails that came back in entry"),
        ("reason", "reason = 'complaint'", "the mails that came back in entry"),
        ("status", "status = '4.0.0'", "the mails that came back in entry"),
        ("matchedBy", "matchedBy = 'address'", "the mails that came back in entry"),
        ("outcome", "outcome = 'other'", "the mails that came back in entry"),
      ]
    )
    + of(
      "bounceTally",
      [
        ("mailing", "mailing = 7", "the tallies of mails"),
        ("reason", "reason = 'other'", "the tallies of mails"),
        ("outcome", "outcome = 'other'", "the tallies of mails"),
        ("count", "count = count + 1", "the tallies of mails"),
      ]
    )

  private static let contacts =
    of(
      "contactVersion",
      [
        ("id", "id = id + 100", "the contacts of entry"),
        ("person", "person = person + 1", "the contacts of entry"),
        ("entry", "entry = 1", "the contacts of entry"),
        ("sealed", "sealed = zeroblob(60)", "the contacts of entry"),
      ]
    )
    + of(
      "contactKey",
      [
        ("mailing", "mailing = 7", "the index of the contacts of entry"),
        ("kind", "kind = 9", "the index of the contacts of entry"),
        ("hash", "hash = hash + 1", "the index of the contacts of entry"),
        ("person", "person = person + 1", "the index of the contacts of entry"),
        ("version", "version = version + 100", "the index of the contacts of entry"),
      ]
    )

  private static let consents = of(
    "contactConsent",
    [
      ("version", "version = version + 1", "the contacts consented to in entry"),
      ("entry", "entry = 1", "the contacts consented to in entry"),
    ]
  )

  private static let batches =
    of(
      "mailingBatch",
      [
        ("id", "id = id + 100", "the recipients of batch 1"),
        ("mailing", "mailing = 7", "batch 1 was deleted"),
        ("number", "number = number + 10", "batch 1 was deleted"),
        ("channel", "channel = 'sms' WHERE number = 1", "batch 1 does not say what it was begun"),
        (
          "state", "state = 'written', closedAt = NULL WHERE number = 1",
          "batch 1 is not as far as it says"
        ),
        ("columns", "columns = '[]'", "batch 1 does not say what it was begun"),
        ("hasTexts", "hasTexts = 1 - hasTexts", "batch 1 does not say what it was begun"),
        ("reason", "reason = 'other'", "batch 1 does not say what it was begun"),
        ("count", "count = count + 1", "the recipients of batch 1"),
        ("handled", "handled = 0 WHERE number = 1", "batch 1 was handed over to another line"),
        ("handedOver", "handedOver = 1 WHERE number = 1", "batch 1 says another number"),
        ("mark", "mark = mark + 5", "batch 1 names another moment"),
        ("files", "files = '[]' WHERE number = 1", "the files of batch 1"),
        ("openedAt", "openedAt = openedAt - 1", "batch 1 does not say what it was begun"),
        ("openedBy", "openedBy = 'other'", "batch 1 does not say what it was begun"),
        (
          "isRegistered", "isRegistered = 1 - isRegistered",
          "batch 1 does not say what it was begun"
        ),
        ("isGivenUp", "isGivenUp = 1 - isGivenUp", "batch 1 is not as far as it says"),
        ("fixedAt", "fixedAt = fixedAt + 1", "batch 1 was complete or closed at another time"),
        (
          "closedAt", "closedAt = closedAt + 1 WHERE number = 1",
          "batch 1 was complete or closed at another time"
        ),
      ]
    )
    + of(
      "batchLine",
      [
        ("batch", "batch = batch + 100", "the recipients of batch 1"),
        ("line", "line = line + 10", "the recipients of batch 1"),
        ("person", "person = person + 20", "the recipients of batch 1"),
        ("step", "step = step + 1", "the recipients of batch 1"),
      ]
    )
    + of(
      "batchReturn",
      [
        ("batch", "batch = batch + 1", "the returns of entry"),
        ("person", "person = person + 1", "the returns of entry"),
        ("outcome", "outcome = 'returned'", "the returns of entry"),
        ("entry", "entry = 1", "the returns of entry"),
      ]
    )

  private static let offers =
    of(
      "offerPlan",
      [
        ("id", "id = 7", "the support offers"),
        ("plan", "plan = replace(plan, '12', '24')", "the support offers"),
      ]
    )
    + of(
      "offerCode",
      [
        ("id", "id = id + 1000", "the codes of entry"),
        ("mailing", "mailing = 7", "the codes of entry"),
        ("pool", "pool = 'other' WHERE pool = 'watch'", "the codes of entry"),
        ("hash", "hash = hash + 1", "the codes of entry"),
        ("sealed", "sealed = zeroblob(60)", "the codes of entry"),
        (
          "person", "person = person + 100 WHERE person IS NOT NULL",
          "are not with whom they were"
        ),
        ("entry", "entry = 1 WHERE entry IS NOT NULL", "are not with whom they were"),
      ]
    )
    + of(
      "offerRemoval",
      [
        ("id", "id = id + 1000", "the codes of entry"),
        ("mailing", "mailing = 7", "the codes of entry"),
        ("pool", "pool = 'other'", "the codes taken out in entry"),
        ("hash", "hash = hash + 1", "the codes taken out in entry"),
        ("sealed", "sealed = zeroblob(60)", "the codes taken out in entry"),
        ("entry", "entry = 1", "the codes taken out in entry"),
      ]
    )
    + of(
      "offerPool",
      [
        ("mailing", "mailing = 7", "the running tallies of codes"),
        ("pool", "pool = 'other' WHERE pool = 'watch'", "the running tallies of codes"),
        ("imported", "imported = imported + 1", "the running tallies of codes"),
        ("assigned", "assigned = assigned - 1", "the running tallies of codes"),
      ]
    )
    + of(
      "offerTally",
      [
        ("mailing", "mailing = 7", "the running tallies of codes"),
        ("jurisdiction", "jurisdiction = jurisdiction + 1000", "the running tallies of codes"),
        ("assigned", "assigned = assigned + 1", "the running tallies of codes"),
      ]
    )

  private static let matters = of(
    "mailingMatter",
    [
      ("id", "id = id + 100", "does not stand in the row it was written to"),
      ("mailing", "mailing = 7", "matter 1 was deleted"),
      ("number", "number = number + 10", "matter 1 was deleted"),
      ("version", "version = version + 1", "matter 1 does not stand as it should"),
      ("kind", "kind = 'complaint'", "matter 1 is not what was written down"),
      (
        "state", "state = 'open', settledAt = NULL, answer = NULL WHERE number = 1",
        "matter 1 does not stand as it should"
      ),
      ("person", "person = person + 1", "matter 1 is not what was written down"),
      ("channel", "channel = 'post'", "matter 1 is not what was written down"),
      ("givenText", "givenText = 'another day'", "matter 1 is not what was written down"),
      ("givenZone", "givenZone = 'Europe/Paris'", "matter 1 is not what was written down"),
      ("givenPrecision", "givenPrecision = 'day'", "matter 1 is not what was written down"),
      ("earliest", "earliest = earliest - 1", "matter 1 is not what was written down"),
      ("latest", "latest = latest + 1", "matter 1 is not what was written down"),
      ("givenSource", "givenSource = 'somebody'", "matter 1 is not what was written down"),
      (
        "settledAt", "settledAt = settledAt - 1 WHERE number = 1",
        "matter 1 does not stand as it should"
      ),
      ("settledBy", "settledBy = 'other' WHERE number = 1", "matter 1 does not stand as it should"),
      ("handedTo", "handedTo = 'DSR-8' WHERE number = 3", "matter 3 does not stand as it should"),
      ("sealed", "sealed = zeroblob(60)", "matter 1 is not what was written down"),
      ("answer", "answer = zeroblob(60) WHERE number = 1", "the answer to matter 1"),
    ]
  )

  private static let trails = of(
    "mailingTrail",
    [
      ("id", "id = 7", "it says 0 entries"),
      ("entries", "entries = entries + 1", "entries up to"),
      ("last", "last = last - 1", "entries up to"),
    ]
  )
}
