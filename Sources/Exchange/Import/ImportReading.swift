internal import Model
internal import Synchronization

/// Counts what was read and tells it, from any thread, never backwards.
final class ImportCounter: Sendable {
  private let told: Mutex<ImportProgress>
  private let progress: @Sendable (ImportProgress) -> Void

  init(totalFiles: Int, _ progress: @escaping @Sendable (ImportProgress) -> Void) {
    told = Mutex(ImportProgress(files: 0, totalFiles: totalFiles, records: 0))
    self.progress = progress
  }

  func add(files: Int = 0, records: Int) {
    told.withLock { told in
      told.files += files
      told.records += records
      progress(told)
    }
  }
}

/// What was read from one file.
struct FileOutcome: Sendable {
  /// The records to be imported; none where the file is refused whole.
  var records: [ImportRecord] = []
  var refused: [ImportRefusal] = []

  init(
    reading file: InputFile,
    _ format: ImportFormat,
    _ options: ImportOptions,
    _ counter: ImportCounter
  ) throws {
    var (read, uncounted) = (0, 0)
    do {
      var reader = try RecordReader(file, format, options)
      while let record = try reader.next() {
        read += 1
        if read & 255 == 0 {
          try Task.checkCancellation()
          counter.add(records: 256)
        }
        switch record {
        case .success(let record): records.append(record)
        case .failure(let refusal) where refused.count < options.maximumRefusals:
          refused.append(refusal)
        case .failure: uncounted += 1
        }
      }
    } catch let error as UnreadableInput {
      refused.append(ImportRefusal(file: file.path, at: "", reason: error.description))
    }
    if uncounted > 0 {
      refused.append(
        ImportRefusal(file: file.path, at: "", reason: "\(uncounted) more bad records")
      )
    }
    if !refused.isEmpty, !options.skipsBad { records = [] }
    counter.add(files: 1, records: read & 255)
  }
}

/// Records out of one file, whatever its format.
private struct RecordReader {
  private enum Kind {
    case veris(JSONStream)
    case register(RegisterReader)
  }

  private var kind: Kind
  private let file: String

  init(_ file: InputFile, _ format: ImportFormat, _ options: ImportOptions) throws {
    self.file = file.path
    let source = try file.open(maximumBytes: options.maximumFileBytes)
    switch format {
    case .veris: kind = .veris(JSONStream(source, limits: options.json))
    case .register(let mapping):
      kind = .register(RegisterReader(source, mapping, limits: options.csv))
    }
  }

  mutating func next() throws -> Result<ImportRecord, ImportRefusal>? {
    switch kind {
    case .veris(var stream):
      guard let element = try stream.next() else { return nil }
      kind = .veris(stream)
      return veris(element)
    case .register(var reader):
      guard let row = try reader.next() else { return nil }
      kind = .register(reader)
      switch row {
      case .success(let (line, change)):
        return .success(
          ImportRecord(change: change, place: ImportPlace(file: file, at: "line \(line)"))
        )
      case .failure(let error):
        return .failure(ImportRefusal(file: file, at: error.at, reason: error.reason))
      }
    }
  }

  private func veris(_ element: JSONStream.Element) -> Result<ImportRecord, ImportRefusal> {
    let at = "line \(element.line)"
    switch element.value {
    case .failure(let error):
      return .failure(ImportRefusal(file: file, at: error.at, reason: error.reason))
    case .success(let document):
      do throws(UnreadableRecord) {
        let change = try ImportVeris.change(document)
        return .success(
          ImportRecord(
            change: change,
            place: ImportPlace(file: file, at: at),
            isFromTocsin: document["source_id"]?.text == ExportVeris.sourceID
          )
        )
      } catch {
        return .failure(
          ImportRefusal(file: file, at: "\(at), \(error.path)", reason: error.reason)
        )
      }
    }
  }
}

extension ImportRefusal: Error {}
