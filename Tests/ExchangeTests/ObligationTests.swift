import Foundation
import Model
import Rulebook
import Testing

@testable import Exchange

private func facts(_ json: String) throws -> Facts {
  try FactsFile.facts(reading: Array(json.utf8))
}

private func problem(_ json: String) -> String? {
  do {
    _ = try facts(json)
    return nil
  } catch {
    return "\(error)"
  }
}

struct `A facts file` {
  @Test func `may nest its keys or write them out`() throws {
    let nested = try facts(#"{"org":{"tz":"Europe/Berlin"},"affected":{"EU-DE":5},"risk":"high"}"#)
    let flat = try facts(#"{"org.tz":"Europe/Berlin","affected.EU-DE":5,"risk":"high"}"#)
    #expect(nested == flat)
    #expect(nested.zone == Zone("Europe/Berlin"))
  }

  @Test(arguments: [
    (#"{"rsik":"high"}"#, "rsik: there is no fact of this name; risk is near"),
    (
      #"{"org":{"sector":[]}}"#, "org.sector: there is no fact of this name; org.sectors is near"
    ),
    (#"{"aware_at":null}"#, "aware_at: there is no fact of this name; events.aware_at is near"),
    (#"{"evnets":{}}"#, "evnets: there is no fact of this name"),
    (
      #"{"events":{"aware":"2026-05-15T16:40:00Z"}}"#,
      "events.aware: there is no fact of this name; events.aware_at is near"
    ),
    (
      #"{"events":{"aware_at":"2026-05-15"}}"#,
      "events.aware_at: 2026-05-15 is no instant with offset, such as 2026-05-15T16:40:00+02:00"
    ),
    (
      #"{"events":{"aware_at":"2026-05-15T16:40:00"}}"#,
      "events.aware_at: 2026-05-15T16:40:00 is no instant with offset, such as "
        + "2026-05-15T16:40:00+02:00"
    ),
    (#"{"affected":{"UK":5}}"#, "affected.UK: the United Kingdom is GB"),
    (#"{"affected":{"DE":5}}"#, "affected.DE: a Member State of the EU is EU-DE"),
    (#"{"affected":{"US-ZZ":5}}"#, "affected.US-ZZ: ZZ is no state of the US"),
    (#"{"affected":{"GB":-1}}"#, "affected.GB: a whole number of people, 0 or more"),
    (#"{"affected":{"GB":1.5}}"#, "affected.GB: 1.5 is no whole number of 64 bits"),
    (
      #"{"affected":{"GB":9223372036854775808}}"#,
      "affected.GB: 9223372036854775808 is no whole number of 64 bits"
    ),
    (#"{"risk":"low"}"#, "risk: one of unlikely, risk, high"),
    (#"{"significant":"yes"}"#, "significant: true or false"),
    (#"{"org":{"country":"Germany"}}"#, "org.country: no such country"),
    (#"{"org":{"tz":"Berlin"}}"#, "org.tz: a zone such as Europe/Berlin"),
    (#"{"org":{"tz":"UTC"},"org.tz":"UTC"}"#, "org.tz: stated twice"),
    (#"{"sent":{"US-CA-IND":[]}}"#, "sent.US-CA-IND: at least one instant"),
    (
      #"{"sent":{"A":["2026-05-16T00:00:00Z","2026-05-15T00:00:00Z"]}}"#,
      "sent.A: instants in order of time"
    ),
    (
      #"{"law_enforcement_hold":{"who":"FBI"}}"#,
      "law_enforcement_hold.who: there is no fact of this name; law_enforcement_hold.since is near"
    ),
    ("[]", ": an object of facts should stand in the file"),
  ])
  func `that cannot be read is refused by its key`(json: String, reason: String) {
    #expect(problem(json) == reason)
  }

  @Test func `with an empty list of people says that nobody is affected`() throws {
    for text in [#"{"affected":{}}"#, #"{"affected":[]}"#] {
      #expect(try facts(text).statesAffected)
    }
    #expect(try !facts("{}").statesAffected)
    #expect(try !facts(#"{"affected":null}"#).statesAffected)
    #expect(try facts(#"{"affected":{"GB":null}}"#)[.affected("GB")] == .people(nil))
  }
}

struct `Real incidents` {
  /// The engine on the shipped rulebook.
  private static let engine = Result {
    let folder = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../Sources/Rulebook").standardized.path
    return ObligationEngine(pack: try Rulebook(shipped: folder).pack)
  }

  /// One in so many; 1 in `TOCSIN_EVERY_INCIDENT` takes them all.
  private static let step =
    ProcessInfo.processInfo.environment["TOCSIN_EVERY_INCIDENT"] == "1" ? 1 : 12

  @Test(.enabled(if: VCDB.folder != nil))
  func `get an answer, and no date that nobody stated`() async throws {
    let engine = try Self.engine.get()
    let plan = try await Importer(MemoryStore(), format: .veris).plan([try #require(VCDB.folder)])
    var organisation = Organisation()
    (organisation.country, organisation.zone) = ("US", Zone("America/New_York"))
    var words: [String: Int] = [:]
    for (index, change) in plan.changes.enumerated() where index % Self.step == 0 {
      guard let facts = (change as? OpenIncident)?.facts else { continue }
      let incident = Incident(
        id: 1,
        reference: "INC-2026-0001",
        version: 1,
        facts: facts,
        state: .triage,
        openedAt: Instant(seconds: 1_779_108_000),
        updatedAt: Instant(seconds: 1_779_108_000)
      )
      var unusable: [UnusableFact] = []
      let known = Facts(incident, organisation, unusable: &unusable)
      let answers = engine.obligations(for: known, now: Instant(seconds: 1_779_108_000))
      #expect(answers.contains { !$0.state.missing.isEmpty }, "\(facts.title)")
      for answer in answers {
        words[answer.state.word, default: 0] += 1
        if let deadline = answer.state.deadline, !deadline.provisional {
          #expect(FactKey(deadline.clockStart).flatMap { known[$0] } != nil, "\(answer.id)")
        }
      }
    }
    print("answers to real incidents: \(words)")
    #expect((words["undetermined"] ?? 0) > (words["due"] ?? 0))
  }
}
