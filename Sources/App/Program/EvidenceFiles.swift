import Model
import Panes

/// Reads files for evidence, in a stream.
protocol EvidenceFiles: Sendable {
  func digest(path: String, copy: Bool, progress: @escaping @Sendable (Int64, Int64) -> Bool)
    -> Result<FileFacts, ErrandFailure>
  func verify(_ evidence: Evidence, progress: @escaping @Sendable (Int64, Int64) -> Bool)
    -> Result<FileFacts, ErrandFailure>
}
