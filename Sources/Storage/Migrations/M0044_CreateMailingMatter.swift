/// Questions, complaints and requests that came back from people; text and answer are sealed.
///
/// `person` is the recipient's row; NULL for somebody who is not on the list.
enum M0044_CreateMailingMatter: Migration {
  static let sql = """
    CREATE TABLE mailingMatter (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      mailing INTEGER NOT NULL REFERENCES mailing (id),
      number INTEGER NOT NULL CHECK (number > 0),
      version INTEGER NOT NULL CHECK (version > 0),
      kind TEXT NOT NULL CHECK (kind IN ('question', 'complaint', 'rights-request')),
      state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'handed-to-privacy')),
      person INTEGER,
      channel TEXT NOT NULL,
      givenText TEXT NOT NULL,
      givenZone TEXT NOT NULL,
      givenPrecision TEXT NOT NULL,
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      givenSource TEXT NOT NULL,
      settledAt INTEGER,
      settledBy TEXT NOT NULL DEFAULT '',
      handedTo TEXT NOT NULL DEFAULT '',
      sealed BLOB NOT NULL,
      answer BLOB,
      UNIQUE (mailing, number),
      CHECK ((settledAt IS NULL) = (state = 'open')),
      CHECK ((answer IS NOT NULL) = (state = 'answered')),
      CHECK ((handedTo <> '') = (state = 'handed-to-privacy'))
    ) STRICT;
    CREATE INDEX mailingMatterState ON mailingMatter (mailing, state, earliest, number);
    CREATE INDEX mailingMatterPerson ON mailingMatter (person) WHERE person IS NOT NULL;
    """
}
