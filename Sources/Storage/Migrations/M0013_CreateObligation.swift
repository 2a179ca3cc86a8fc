/// Clocks: every answer of the rulebook to a duty of an incident, which of them stand at present,
/// and whether they rest on what is known now.
///
/// `obligation` has one row for each duty that stands; its text is the newest answer in
/// `obligationHistory`. `isRunning` says that something is owed, that no notice of it was sent, and
/// that the incident is open: what the list of clocks shows. `obligationCheck` has a row for every
/// incident that was ever open.
enum M0013_CreateObligation: Migration {
  private static let owed = "state IN ('due', 'held', 'noFixedDeadline')"

  static let sql = """
    CREATE TABLE obligationHistory (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      rule TEXT NOT NULL CHECK (rule <> ''),
      document TEXT NOT NULL CHECK (document <> ''),
      computedAt INTEGER NOT NULL,
      cause TEXT NOT NULL
    ) STRICT;
    CREATE INDEX obligationHistoryRule ON obligationHistory (incident, rule);
    CREATE TRIGGER obligationHistoryIsNotAltered BEFORE UPDATE ON obligationHistory
    BEGIN SELECT RAISE(ABORT, 'earlier answers are never altered'); END;
    CREATE TRIGGER obligationHistoryIsNotDeleted BEFORE DELETE ON obligationHistory
    BEGIN SELECT RAISE(ABORT, 'earlier answers are never deleted'); END;

    -- Rule, recipient and law with folded letters, each once: what the list of clocks is searched by.
    CREATE TABLE obligationText (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      folded TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE obligation (
      id INTEGER PRIMARY KEY CHECK (id > 0),
      incident INTEGER NOT NULL REFERENCES incident (id),
      rule TEXT NOT NULL CHECK (rule <> ''),
      state TEXT NOT NULL CHECK (state IN ('due', 'noFixedDeadline', 'clockNotStarted',
        'undetermined', 'held')),
      dueOrder INTEGER NOT NULL,
      text INTEGER NOT NULL REFERENCES obligationText (id),
      answer INTEGER NOT NULL REFERENCES obligationHistory (id),
      isRunning INTEGER NOT NULL CHECK (isRunning IN (0, 1)),
      UNIQUE (incident, rule)
    ) STRICT;
    CREATE INDEX obligationRunning ON obligation (dueOrder, incident, rule, text)
      WHERE isRunning = 1;

    CREATE TABLE obligationCheck (
      incident INTEGER PRIMARY KEY REFERENCES incident (id),
      version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
      basis TEXT NOT NULL DEFAULT '',
      isCurrent INTEGER NOT NULL DEFAULT 0 CHECK (isCurrent IN (0, 1)),
      isOpen INTEGER NOT NULL CHECK (isOpen IN (0, 1))
    ) STRICT;
    CREATE INDEX obligationCheckStale ON obligationCheck (incident)
      WHERE isOpen = 1 AND isCurrent = 0;
    CREATE INDEX obligationCheckBasis ON obligationCheck (basis)
      WHERE isOpen = 1 AND isCurrent = 1;
    INSERT INTO obligationCheck (incident, isOpen) SELECT id, 1 FROM incident WHERE isOpen = 1;

    CREATE TRIGGER obligationCheckBegins AFTER INSERT ON incident WHEN NEW.isOpen = 1
    BEGIN
      INSERT INTO obligationCheck (incident, isOpen) VALUES (NEW.id, 1);
    END;
    CREATE TRIGGER obligationFollowsIncident AFTER UPDATE OF state, isRemoved ON incident
    WHEN OLD.isOpen <> NEW.isOpen
    BEGIN
      INSERT INTO obligationCheck (incident, isOpen) VALUES (NEW.id, NEW.isOpen)
      ON CONFLICT (incident) DO UPDATE SET isOpen = excluded.isOpen;
      UPDATE obligation SET isRunning = (NEW.isOpen = 1 AND \(owed) AND NOT EXISTS (
        SELECT 1 FROM filing WHERE filing.incident = obligation.incident
          AND filing.rule = obligation.rule AND filing.isRemoved = 0))
      WHERE incident = NEW.id;
    END;
    CREATE TRIGGER obligationCheckFacts AFTER UPDATE OF version ON incident
    BEGIN
      UPDATE obligationCheck SET isCurrent = 0 WHERE incident = NEW.id AND isCurrent = 1;
    END;
    CREATE TRIGGER obligationCheckOrganisation AFTER INSERT ON organisation
    BEGIN
      UPDATE obligationCheck SET isCurrent = 0 WHERE isCurrent = 1;
    END;
    CREATE TRIGGER obligationCheckOrganisationAgain AFTER UPDATE ON organisation
    BEGIN
      UPDATE obligationCheck SET isCurrent = 0 WHERE isCurrent = 1;
    END;
    CREATE TRIGGER obligationIsFiled AFTER INSERT ON filing
    BEGIN
      UPDATE obligationCheck SET isCurrent = 0 WHERE incident = NEW.incident AND isCurrent = 1;
      UPDATE obligation SET isRunning = 0
      WHERE incident = NEW.incident AND rule = NEW.rule AND NEW.isRemoved = 0;
    END;
    CREATE TRIGGER obligationIsFiledAgain AFTER UPDATE ON filing
    BEGIN
      UPDATE obligationCheck SET isCurrent = 0 WHERE incident = NEW.incident AND isCurrent = 1;
      UPDATE obligation SET isRunning = (\(owed)
        AND EXISTS (SELECT 1 FROM incident WHERE id = NEW.incident AND isOpen = 1)
        AND NOT EXISTS (SELECT 1 FROM filing WHERE filing.incident = obligation.incident
          AND filing.rule = obligation.rule AND filing.isRemoved = 0))
      WHERE incident = NEW.incident AND rule IN (OLD.rule, NEW.rule);
    END;
    """
}
