/// Full-text search over the texts of requirements, in all their languages.
///
/// The index holds no copy of the text; its row number is the requirement's. Requirements are never
/// altered or deleted, so nothing is ever taken out of it.
enum M0024_CreateRequirementSearch: Migration {
  static let sql = """
    CREATE VIRTUAL TABLE requirementSearch USING fts5(text, content='',
      tokenize="unicode61 remove_diacritics 2");
    """
}
