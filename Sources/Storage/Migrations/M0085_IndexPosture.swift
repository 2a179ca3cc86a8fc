/// Finds what the posture is compared with without reading everything: filings by when they were sent,
/// severe incidents by when they were opened, findings by when they were settled.
enum M0085_IndexPosture: Migration {
  static let sql = """
    CREATE INDEX filingByTime ON filing (latest) WHERE isRemoved = 0;
    CREATE INDEX incidentSevere ON incident (openedAt)
    WHERE isRemoved = 0 AND isExercise = 0 AND severityOrder >= 3;
    CREATE INDEX findingSettled ON finding (updatedAt)
    WHERE isRemoved = 0 AND state IN ('closed', 'accepted');
    """
}
