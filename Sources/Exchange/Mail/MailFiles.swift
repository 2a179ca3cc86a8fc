internal import Foundation

/// The files of mail that paths stand for.
public enum MailFiles {
  /// The endings of the files that are read out of a folder which is no Maildir.
  private static let suffixes = [".eml", ".mbox", ".mbx", ".mail", ".msg"]

  /// Finds the files; what cannot be read is told apart.
  ///
  /// A Maildir, a folder with `cur` and `new` in it, stands for all messages in these two; what lies
  /// in `tmp` is not delivered yet. Any other folder is searched through for `.eml`, `.mbox`, `.mbx`,
  /// `.mail` and `.msg`. Links inside folders are not followed.
  ///
  /// - Parameter paths: Files, folders, or `-` for standard input.
  /// - Returns: The files in the order in which they are read, and the paths that name none.
  public static func expand(
    _ paths: [String]
  ) -> (files: [InputFile], refused: [(path: String, reason: UnreadableInput)]) {
    var plain: [String] = []
    var boxes: [String] = []
    for path in paths {
      if path != "-", isMaildir(path) { boxes.append(path) } else { plain.append(path) }
    }
    var found = InputFile.expand(plain, suffixes: suffixes)
    let folders = boxes.flatMap { ["\($0)/cur", "\($0)/new"] }
    // Any name is a message there, and an empty box is none that is wrong.
    let messages = InputFile.expand(folders, suffixes: [""])
    found.files += messages.files
    found.refused += messages.refused.filter { $0.reason != .emptyFolder("") }
    return found
  }

  private static func isMaildir(_ path: String) -> Bool {
    ["cur", "new"].allSatisfy { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }
}
