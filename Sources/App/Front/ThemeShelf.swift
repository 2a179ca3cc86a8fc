import Drawing
import Foundation
import Storage

/// The themes that can be switched to: the built-in one, and the files of the `themes` folder.
@MainActor
final class ThemeShelf {
  /// Names in the order of switching.
  let names: [String]
  private(set) var theme = Theme.builtIn
  private(set) var name = "dark"
  private let folder: String?
  private var watch: FolderWatch?

  /// Finds the theme files in a folder; nothing is read yet.
  init(folder: String?) {
    self.folder = folder
    let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
    let found = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    names = found.isEmpty ? ["dark"] : found
  }

  /// Reads a theme; on any fault the one in use stays and the fault says file and line.
  func use(_ wanted: String) -> Result<String, ThemeFault> {
    guard wanted != "dark" || folder == nil else {
      return read(wanted) ?? builtIn()
    }
    return read(wanted) ?? .failure(ThemeFault("there is no theme \(wanted)"))
  }

  /// Reads the theme in use again when its file changes, and says what came of it.
  func watch(_ changed: @escaping @MainActor (Result<String, ThemeFault>) -> Void) {
    guard let folder else { return }
    watch = try? FolderWatch(folder) { [weak self] news in
      MainActor.assumeIsolated {
        guard let self, news.names.contains("\(self.name).yaml") else { return }
        changed(self.use(self.name))
      }
    }
  }

  /// Stops watching.
  func endWatch() { watch?.cancel() }

  private func builtIn() -> Result<String, ThemeFault> {
    (theme, name) = (Theme.builtIn, "dark")
    return .success(name)
  }

  private func read(_ wanted: String) -> Result<String, ThemeFault>? {
    guard let folder, names.contains(wanted) else { return nil }
    let path = "\(folder)/\(wanted).yaml"
    guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 16 else {
      return nil
    }
    do {
      theme =
        Theme.isBuiltIn(data)
        ? .builtIn : try Theme(yaml: String(decoding: data, as: UTF8.self), file: path)
      name = wanted
      return .success(name)
    } catch {
      return .failure(ThemeFault("\(error)"))
    }
  }
}

/// Why a theme could not be used.
struct ThemeFault: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}
