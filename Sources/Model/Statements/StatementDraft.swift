/// What a statement begins as.
public enum StatementDraft {
  /// A text with every derived part, in the order in which people ask.
  ///
  /// GDPR arts. 12 to 14 name what must be said where data are collected; this is an account of all
  /// that is done with them, and replaces none of those notices.
  public static let usual = """
    This is how {{organisation.name}} collects, uses and keeps personal data, which measures stand, and \
    which incidents happened. It is written from our own records, and its figures are counted, not typed. \
    It is as of {{statement.date}}.

    ## What we collect, and why
    Activities in which we use personal data: {{figure:activities}}. For each of them stand here what it is \
    for, what makes it lawful, who gets the data, and where they go.

    {{activities}}

    ## How long we keep it
    {{retention}}

    ## How it is protected
    These measures were found in force: by audits that were signed, or as the record of an activity \
    states them.

    {{measures}}

    ## What went wrong
    {{incidents}}

    {{#figure:requests-received}}
    ## What people asked of us
    In the twelve months to {{statement.date}} we got {{figure:requests-received}} requests and answered \
    {{figure:requests-answered}}.
    {{/figure:requests-received}}

    ## Your rights, and how to ask
    {{rights}}

    ## Whom to ask
    {{contact}}
    """
}
