import Foundation
public import Panes

/// Lets an officer edit a text in an editor of their own; the text survives an editor that dies.
public struct EditorErrand {
  let environment: [String: String]

  /// Makes an errand in a process's environment.
  public init(environment: [String: String]) { self.environment = environment }

  /// The editor's argument array: `$VISUAL`, else `$EDITOR`, split at spaces; else `vi`.
  ///
  /// No shell sees it. Control characters in it are refused.
  var editor: [String]? {
    let text =
      [environment["VISUAL"], environment["EDITOR"], "vi"].compactMap(\.self)
      .first { !$0.isEmpty } ?? "vi"
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return nil
    }
    return text.split(separator: " ").map(String.init)
  }

  /// Writes the text to a private file, runs the editor on it, and reads it back.
  ///
  /// Returns nil where nothing was altered. Where the editor fails, the file is kept and named.
  public func run(_ text: String, name: String, _ run: ([String]) throws -> Int32)
    -> Result<String?, ErrandFailure>
  {
    guard let editor else {
      return .failure(ErrandFailure("EDITOR holds control characters; set it to a program's name"))
    }
    let base = StatePath.folder(environment) ?? NSTemporaryDirectory()
    let folder = "\(base)/edit-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let safe = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
    let path = "\(folder)/\(safe.isEmpty ? "text.txt" : safe)"
    do {
      try FileManager.default.createDirectory(
        atPath: folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      guard
        FileManager.default.createFile(
          atPath: path,
          contents: Data(text.utf8),
          attributes: [.posixPermissions: 0o600]
        )
      else { return .failure(ErrandFailure("the text could not be written to \(path)")) }
    } catch {
      return .failure(
        ErrandFailure("no private folder for the editor: \(error.localizedDescription)")
      )
    }
    do {
      let status = try run(editor + [path])
      guard let data = FileManager.default.contents(atPath: path) else {
        return .failure(ErrandFailure("the edited file is gone: \(path)"))
      }
      let edited = Self.withoutFinalNewline(data, like: text)
      guard status == 0 else {
        return .failure(
          ErrandFailure("the editor ended with status \(status); what it left is kept in \(path)")
        )
      }
      try? FileManager.default.removeItem(atPath: folder)
      guard let edited else {
        return .failure(ErrandFailure("the edited text is not UTF-8; it was not used"))
      }
      return .success(edited == text ? nil : edited)
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      return .failure(ErrandFailure("\(error)"))
    }
  }

  /// Editors end a file with a newline that the officer did not type.
  private static func withoutFinalNewline(_ data: Data, like text: String) -> String? {
    guard var edited = String(data: data, encoding: .utf8) else { return nil }
    if edited.hasSuffix("\n"), !text.hasSuffix("\n") { edited.removeLast() }
    return edited
  }
}

/// Writes a picture to a file that does not exist yet.
enum PictureFile {
  static func write(_ text: String, to path: String) -> Result<String, ErrandFailure> {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "it exists already" : String(cString: strerror(errno))
      return .failure(ErrandFailure("\(path) was not written: \(reason)"))
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      return .success("saved \(path)")
    } catch {
      return .failure(ErrandFailure("\(path) was not written: \(error.localizedDescription)"))
    }
  }
}
