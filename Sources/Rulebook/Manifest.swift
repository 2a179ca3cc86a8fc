internal import Foundation
internal import Formats
internal import Model

/// The list of an installed rulebook's files, each with its SHA-256.
///
/// A law whose file was lost or cut off would only be a duty less, which nobody sees. So an
/// installation writes down what it has installed, and the rulebook is refused where it is not that.
public enum RulebookManifest {
  /// The file's name, beside the folders of the rulebook.
  public static let fileName = "MANIFEST"

  /// The folders whose files are listed.
  static let folders = ["Laws", "Calendars", "Contents", "Authorities", "Templates", "Rights"]

  /// The manifest of a rulebook's folder as it lies on the disk: a line for each file, by name.
  ///
  /// - Throws: What the file system throws for a file that cannot be read.
  public static func text(of folder: String) throws -> String {
    var lines = ""
    // Without rights a rulebook says nothing of requests; all else of it is there.
    for kind in folders
    where kind != "Rights" || FileManager.default.fileExists(atPath: "\(folder)/\(kind)") {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)").sorted()
      where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(kind)/\(name)"))
        lines += "\(Digest.sha256(Array(bytes)))  \(kind)/\(name)\n"
      }
    }
    return lines
  }

  /// What an installed rulebook has otherwise than its manifest says; empty where all is right.
  ///
  /// - Parameters:
  ///   - folder: The rulebook's folder.
  ///   - found: The digests of the files that are there, by kind and name: `Laws/us-ca.yaml`.
  ///   - isRequired: Whether a rulebook without a manifest is refused.
  /// - Returns: What is wrong.
  static func faults(
    in folder: String,
    found: [String: String],
    isRequired: Bool
  ) -> [UnreadableYAML] {
    let path = "\(folder)/\(fileName)"
    func fault(_ file: String, _ line: Int, _ reason: String) -> UnreadableYAML {
      UnreadableYAML(file: file, line: line, reason: reason)
    }
    guard FileManager.default.fileExists(atPath: path) else {
      return isRequired
        ? [
          fault(path, 1, "missing: nothing says which rules should be here; install Tocsin again")
        ] : []
    }
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20,
      let text = String(validating: data, as: UTF8.self)
    else { return [fault(path, 1, "cannot be read; install Tocsin again")] }
    var faults: [UnreadableYAML] = []
    var listed: Set<String> = []
    // By bytes: most starts of the program read this, and nothing else of the rulebook.
    let (space, end) = (UInt8(ascii: " "), UInt8(ascii: "\n"))
    let lines = text.utf8.split(separator: end, omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where !line.isEmpty {
      let (digest, rest) = (line.prefix(64), line.dropFirst(64))
      let file = rest.drop { $0 == space }
      guard digest.count == 64, !digest.contains(space), rest.first == space, !file.isEmpty,
        !file.contains(space)
      else {
        faults.append(fault(path, number + 1, "no line of a manifest; install Tocsin again"))
        continue
      }
      let name = String(Substring(file))
      listed.insert(name)
      guard let there = found[name] else {
        faults.append(
          fault("\(folder)/\(name)", 1, "missing, though it was installed; install Tocsin again")
        )
        continue
      }
      if !there.utf8.elementsEqual(digest) {
        faults.append(
          fault(
            "\(folder)/\(name)",
            1,
            "altered or cut off since it was installed; install Tocsin again, "
              + "and keep own rules in a folder of their own (--rules)"
          )
        )
      }
    }
    if !text.hasSuffix("\n") {
      faults.append(fault(path, 1, "cut off; install Tocsin again"))
    }
    for name in found.keys.filter({ !listed.contains($0) }).sorted() {
      faults.append(
        fault(
          "\(folder)/\(name)",
          1,
          "was not installed; own rules belong in a folder of their own (--rules)"
        )
      )
    }
    return faults
  }
}
