internal import Model
internal import Storage

/// The sample's record was verified now and then, the last time two days ago.
enum SampleVerification {
  /// What happens, by time.
  static func steps(now: Instant) -> [SampleAudits.Step] {
    [47, 2].map { daysAgo in
      let at = now - .seconds(daysAgo * 86_400 + 5 * 3600)
      return SampleAudits.Step(at: at) { desk in
        let report = try JournalVerifier.verify(path: desk.path)
        try await desk.apply(
          [
            RecordVerification(
              isSound: report.isSound,
              head: report.head,
              headHash: report.headHash,
              faults: 0
            )
          ],
          .mira,
          at
        )
      }
    }
  }
}
