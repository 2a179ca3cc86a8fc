/// Corrected contacts to which a second person consented, where the organisation wants one.
///
/// `version` is the corrected contact; `entry` the entry of the journal that says who consented.
enum M0052_CreateContactConsent: Migration {
  static let sql = """
    CREATE TABLE contactConsent (
      version INTEGER PRIMARY KEY REFERENCES contactVersion (id),
      entry INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX contactConsentEntry ON contactConsent (entry);
    """
}
