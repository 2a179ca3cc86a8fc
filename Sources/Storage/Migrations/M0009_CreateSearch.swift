/// Full-text search over everything that officers write.
///
/// The index holds no copy of the text (`content=''`); its row number is the record's number times
/// four, plus 0 for an incident, 1 timeline entry, 2 task, 3 evidence. `SearchIndex` keeps it:
/// triggers may not write to a virtual table where the schema is not trusted.
enum M0009_CreateSearch: Migration {
  static let sql = """
    CREATE VIRTUAL TABLE search USING fts5(text, content='',
      tokenize="unicode61 remove_diacritics 2");
    """
}
