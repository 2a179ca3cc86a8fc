/// Counts the days of those who were moved before days were counted.
enum M0046_FillMailingDay: Migration {
  static let sql = """
    INSERT INTO mailingDay (mailing, day, state, channel, jurisdiction, count)
    SELECT ledgerStep.mailing, ledgerStep.at / 86400000, recipientEvent.after,
      coalesce(ledgerStep.channel, ''), recipient.slot & 65535, count(*)
    FROM recipientEvent JOIN ledgerStep ON ledgerStep.id = recipientEvent.step
    JOIN recipient ON recipient.id = recipientEvent.recipient
    GROUP BY 1, 2, 3, 4, 5;
    """
}
