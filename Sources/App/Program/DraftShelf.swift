import Panes

/// Where unsaved texts are kept.
protocol DraftShelf: Sendable {
  /// All drafts of earlier sessions, by key.
  func all() -> [String: [String: String]]
  /// Keeps a draft within a second, off the main thread.
  func save(key: String, fields: [String: String])
  /// Keeps a draft before returning: the program is about to end; says why it could not.
  func saveNow(key: String, fields: [String: String]) -> ErrandFailure?
  func drop(key: String)
  /// Takes what is told when drafts cannot be kept, on any thread: once, until they can again.
  func watch(_ failed: @escaping @Sendable (ErrandFailure) -> Void)
}
