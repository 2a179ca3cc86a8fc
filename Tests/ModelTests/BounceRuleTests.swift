import Model
import Testing

struct `What a mail that came back does` {
  /// Kind, whether the address is dead, how the person stands, over which channel, by what it was
  /// matched, what becomes of it.
  static let cases:
    [(BounceKind, Bool?, RecipientState, MailingChannel?, BounceMatch, BounceOutcome)] = [
      (.bounce, true, .handedOver, .email, .returnPath, .moves(.bouncedHard)),
      (.bounce, false, .handedOver, .email, .returnPath, .moves(.bouncedSoft)),
      (.bounce, nil, .handedOver, .email, .address, .moves(.bouncedSoft)),
      (.bounce, true, .uncertain, .email, .returnPath, .moves(.bouncedHard)),
      (.bounce, false, .uncertain, .email, .address, .moves(.bouncedSoft)),
      (.bounce, true, .bouncedSoft, .email, .returnPath, .moves(.bouncedHard)),
      (.bounce, false, .bouncedSoft, .email, .returnPath, .noted),
      (.bounce, true, .bouncedHard, .email, .returnPath, .noted),
      (.bounce, false, .bouncedHard, .email, .returnPath, .noted),
      // A late word of a try before: the address is dead, whatever waits; what may pass has passed.
      (.bounce, true, .queued, .email, .returnPath, .moves(.bouncedHard)),
      (.bounce, false, .queued, .email, .returnPath, .noted),
      (.complaint, false, .queued, .email, .returnPath, .moves(.complaint)),
      // Another channel was tried since: the e-mail's fate is no longer the person's.
      (.bounce, true, .queued, .post, .returnPath, .noted),
      (.bounce, true, .handedOver, .post, .returnPath, .noted),
      (.complaint, false, .handedOver, .post, .returnPath, .noted),
      (.delayed, nil, .handedOver, .post, .returnPath, .counted),
      // Who was reached stays so, but for a complaint.
      (.bounce, true, .acknowledged, .email, .returnPath, .noted),
      (.complaint, false, .acknowledged, .email, .returnPath, .moves(.complaint)),
      (.complaint, false, .handedOver, .email, .messageID, .moves(.complaint)),
      (.complaint, false, .bouncedSoft, .email, .returnPath, .moves(.complaint)),
      (.complaint, false, .complaint, .email, .returnPath, .noted),
      // No proof of reading, no proof of not reading.
      (.delivered, nil, .handedOver, .email, .returnPath, .noted),
      (.autoReply, false, .handedOver, .email, .returnPath, .noted),
      (.delayed, nil, .handedOver, .email, .returnPath, .counted),
      // That anything came back to this one mail proves that it left.
      (.delivered, nil, .uncertain, .email, .returnPath, .moves(.handedOver)),
      (.autoReply, false, .uncertain, .email, .messageID, .moves(.handedOver)),
      (.delayed, nil, .uncertain, .email, .returnPath, .moves(.handedOver)),
      (.delayed, nil, .uncertain, .email, .address, .counted),
      (.autoReply, false, .uncertain, .email, .address, .noted),
      // Nobody wrote to them.
      (.bounce, true, .exempt, nil, .returnPath, .noted),
      (.bounce, true, .pending, nil, .returnPath, .noted),
      (.bounce, true, .unreachable, nil, .returnPath, .noted),
    ]

  @Test(arguments: cases)
  func `depends on what it says, and on how the person stands`(
    kind: BounceKind,
    isHard: Bool?,
    state: RecipientState,
    channel: MailingChannel?,
    match: BounceMatch,
    outcome: BounceOutcome
  ) {
    #expect(
      BounceRule.outcome(of: kind, isHard: isHard, for: state, over: channel, by: match) == outcome
    )
  }

  @Test func `never breaks the order of states`() {
    for kind in BounceKind.allCases {
      for isHard in [true, false, nil] {
        for state in RecipientState.allCases {
          for channel in MailingChannel.allCases {
            for match in BounceMatch.allCases {
              let outcome = BounceRule.outcome(
                of: kind,
                isHard: isHard,
                for: state,
                over: channel,
                by: match
              )
              if case .moves(let next) = outcome { #expect(state.next.contains(next)) }
              #expect(BounceOutcome(word: outcome.word) == outcome)
            }
          }
        }
      }
    }
  }

  @Test func `to an earlier message only counts where the address is dead or somebody complained`()
  {
    func outcome(_ kind: BounceKind, _ isHard: Bool?) -> BounceOutcome {
      BounceRule.outcome(
        of: kind,
        isHard: isHard,
        for: .handedOver,
        over: .email,
        by: .messageID,
        isStale: true
      )
    }
    #expect(outcome(.bounce, false) == .noted)
    #expect(outcome(.bounce, true) == .moves(.bouncedHard))
    #expect(outcome(.complaint, nil) == .moves(.complaint))
  }

  static let actions: [(BounceKind, DeliveryAction?, BounceKind)] = [
    (.bounce, .delayed, .delayed), (.bounce, .delivered, .delivered),
    (.bounce, .relayed, .delivered), (.bounce, .failed, .bounce), (.delayed, .failed, .bounce),
    (.bounce, nil, .bounce), (.complaint, .failed, .complaint), (.autoReply, nil, .autoReply),
  ]

  @Test(arguments: actions)
  func `is read for each recipient by itself`(
    kind: BounceKind,
    action: DeliveryAction?,
    own: BounceKind
  ) {
    var recipient = BounceRecipient(address: "a@b.example")
    recipient.action = action
    #expect(BounceRule.kind(of: recipient, in: kind) == own)
  }
}

struct `Trying people again` {
  private static let now = Instant(seconds: 1_779_108_000)
  private static let all: [MailingChannel] = [.email, .post, .telephone, .publicNotice]

  private static func decision(
    _ state: RecipientState,
    _ channel: MailingChannel? = .email,
    attempts: Int = 1,
    hours: Int = 24,
    protection: RecipientProtection = .none,
    reachable: Set<MailingChannel> = [.email, .post, .telephone, .sms],
    over channels: [MailingChannel] = all,
    by rule: RetryRule = RetryRule(attempts: 3, minutesApart: 360)
  ) -> RetryRule.Decision {
    rule.decision(
      for: RetryRule.Person(
        state: state,
        changedAt: now - .seconds(hours * 3600),
        channel: channel,
        attempts: attempts,
        protection: protection,
        reachable: reachable
      ),
      over: channels,
      now: now
    )
  }

  @Test func `goes over the same channel so often and so long apart, then over the next`() {
    #expect(Self.decision(.bouncedSoft) == .again(.email))
    #expect(Self.decision(.bouncedSoft, attempts: 2, hours: 6) == .again(.email))
    #expect(
      Self.decision(.bouncedSoft, hours: 5) == .waits(until: Self.now + .seconds(3600))
    )
    #expect(Self.decision(.bouncedSoft, attempts: 3, hours: 0) == .next(.post))
    #expect(Self.decision(.bouncedHard, hours: 0) == .next(.post))
    #expect(Self.decision(.bouncedHard, .post) == .next(.telephone))
    #expect(Self.decision(.bouncedSoft, .post, attempts: 1) == .again(.post))
  }

  @Test func `passes over channels that have nothing to write to, and the public notice`() {
    #expect(Self.decision(.bouncedHard, reachable: [.email, .telephone]) == .next(.telephone))
    #expect(Self.decision(.bouncedHard, reachable: [.email]) == .unreachable)
    #expect(Self.decision(.bouncedHard, .telephone) == .unreachable)
    #expect(Self.decision(.bouncedHard, over: [.email, .publicNotice]) == .unreachable)
    // The address was taken away since: it cannot be tried again.
    #expect(Self.decision(.bouncedSoft, reachable: [.post]) == .next(.post))
  }

  @Test func `begins with the first channel where the failed one is not of the mailing's`() {
    #expect(Self.decision(.bouncedHard, .sms) == .next(.email))
    #expect(Self.decision(.bouncedHard, nil) == .next(.post))
  }

  @Test func `leaves protected people and everybody else alone`() {
    #expect(Self.decision(.bouncedHard, protection: .child) == .protected)
    #expect(Self.decision(.bouncedSoft, protection: .deceased) == .protected)
    for state in RecipientState.allCases where state != .bouncedSoft && state != .bouncedHard {
      #expect(Self.decision(state) == .none)
    }
  }
}
