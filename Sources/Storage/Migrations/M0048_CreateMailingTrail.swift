/// How many entries of the journal each mailing has, and the newest: what the next one names.
///
/// Texts, editions and public notices have entries of their own. A public notice belongs to the mailing
/// that the last entry which named one says.
enum M0048_CreateMailingTrail: Migration {
  static let sql = """
    CREATE TABLE mailingTrail (
      id INTEGER PRIMARY KEY REFERENCES mailing (id),
      entries INTEGER NOT NULL CHECK (entries > 0),
      last INTEGER NOT NULL CHECK (last > 0)
    ) STRICT;
    INSERT INTO mailingTrail (id, entries, last)
    WITH own (mailing, entry) AS (
      SELECT subject, id FROM journal WHERE subjectKind = 'mailing'
      UNION ALL
      SELECT notice.mailing, journal.id FROM journal JOIN notice ON notice.id = subject
      WHERE subjectKind = 'notice'
      UNION ALL
      SELECT noticeEdition.mailing, journal.id FROM journal
      JOIN noticeEdition ON noticeEdition.id = subject WHERE subjectKind = 'edition'
      UNION ALL
      SELECT (
        SELECT json_extract(change, '$.facts.mailing') FROM journal AS said
        JOIN journalDetail ON journalDetail.id = said.id
        WHERE said.subjectKind = 'publication' AND said.subject = journal.subject
          AND said.id <= journal.id AND json_extract(change, '$.facts.mailing') IS NOT NULL
        ORDER BY said.id DESC LIMIT 1
      ), journal.id FROM journal WHERE subjectKind = 'publication'
    )
    SELECT own.mailing, count(*), max(entry) FROM own JOIN mailing ON mailing.id = own.mailing
    GROUP BY own.mailing;
    """
}
