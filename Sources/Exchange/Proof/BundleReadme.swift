internal import Model

/// What a proof says of itself to somebody who has never heard of Tocsin.
enum BundleReadme {
  static func text(of mailing: Mailing) -> String {
    let codes = RecipientState.allCases.sorted { $0.code < $1.code }
      .map { "  \($0.code)  \($0.rawValue)\n" }.joined()
    return """
      Proof of the mailing \(SinkText.line(mailing.reference)): who was told when, over which channel,
      with which version of the text. Nobody is named in it.

      To check that no file was altered since it was made:

          sha256sum -c SHA256SUMS

      To check that the files agree with each other and with the journal they come from, with any
      copy of Tocsin, without its database:

          tocsin verify --bundle .
          tocsin verify --bundle . --witness HEAD    # a head that was kept elsewhere: NUMBER:SHA256

      Files

        manifest.json   what it is of, and the head of the journal when it was made
        states.csv      one row for each person, by number: the state and since when, jurisdiction,
                        language, channel, version of the text, SHA-256 of the message, and all steps
        messages.csv    each message that was handed over: its Message-ID and SHA-256 of its bytes
        tallies.csv     how many stand how, by jurisdiction and language
        days.csv        how many came to a state on which day (UTC), over which channel
        journal.jsonl   the journal: entries of this mailing whole, the others as links of the chain
        texts/ editions/ batches/   the texts as they were approved, and the manifests of batches
        recipient/      only where it was asked for: one person, by name

      What it proves

        Each entry of the journal has a hash (SHA-256) over its fields and the hash of the entry
        before. Of the entries of other matters the inner state of SHA-256 in front of the last
        blocks is given ("state", after "length" bytes), and the bytes that follow ("rest"): going on
        from there with the hash before gives their own. So the head fixes every entry. Compare it with
        one that was kept elsewhere before.

        The entries "recipients.add" and "recipients.move" hold, for each step, how many people it
        took, and SHA-256 over number, state before and state after of each. The steps in states.csv
        give these digests again: no state can be altered, left out or added without another head.

        The entries "deliveries.record" do the same for the messages of a step.

        Each entry of the mailing says in "trail" how many there are, itself included, and which one
        comes before it. The last entry, "proof.close", holds SHA-256 over the lines of SHA256SUMS
        (sorted by name) for all files but journal.jsonl, manifest.json and this one, and "at", the
        newest entry that the rows are of; and "manifest", which fixes what manifest.json and this file
        say otherwise. So no entry of the mailing can be hidden among those of
        other matters, and nothing in the files altered, without another head.

        A step is written as NUMBER:STATE. The states are:

      \(codes)
        "person" is SHA-256 over a tag, an opening of 32 bytes, the mailing, the number and the
        organisation's reference for the person. The organisation can open it for one person (tocsin
        mailing proof --recipient): then everybody sees that the row is that person's. Without the
        opening nobody can try names or numbers against it. Once the mailing was erased the column is
        empty.

      What it does not prove

        That a text was read, or by whom. That jurisdiction and language of a row are right: they are
        what the organisation listed. That the organisation's whole database was not made up: compare
        the head with one that was kept elsewhere before.
        The whole was signed by nobody: keep its seal (SHA-256 of SHA256SUMS), which the journal has too.

      """
  }
}
