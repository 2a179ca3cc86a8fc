/// Full-text search over filings, decisions and the contact book as well.
///
/// A row number in the index is from now on the record's number times sixteen, plus 0 for an incident,
/// 1 timeline entry, 2 task, 3 evidence, 4 filing, 5 decision, 6 authority. The index holds no copy of
/// the texts, so it is built anew from the tables.
enum M0021_WidenSearch: Migration {
  static let sql = """
    DROP TABLE search;
    CREATE VIRTUAL TABLE search USING fts5(text, content='',
      tokenize="unicode61 remove_diacritics 2");
    INSERT INTO search (rowid, text)
    SELECT id * 16, reference || char(10) || title || char(10) || summary || char(10) || tags
      || char(10) || assets FROM incident WHERE isRemoved = 0;
    INSERT INTO search (rowid, text)
    SELECT id * 16 + 1, text || char(10) || source FROM timelineEntry WHERE isRemoved = 0;
    INSERT INTO search (rowid, text)
    SELECT id * 16 + 2, title || char(10) || coalesce(owner, '') FROM task WHERE isRemoved = 0;
    INSERT INTO search (rowid, text)
    SELECT id * 16 + 3, title || char(10) || path || char(10) || note FROM evidence
    WHERE isRemoved = 0;
    INSERT INTO search (rowid, text)
    SELECT id * 16 + 4, rule || char(10) || recipient || char(10) || means || char(10) || receipt
      || char(10) || summary || char(10) || lateReason FROM filing WHERE isRemoved = 0;
    INSERT INTO search (rowid, text)
    SELECT id * 16 + 5, rule || char(10) || reasoning || char(10) || decidedBy || char(10)
      || difference FROM decision;
    """
}
