internal import Foundation
internal import GRDB
internal import Model

extension StoreError {
  /// Turns what SQLite, the file system or a decoder threw into our own words.
  ///
  /// Messages hold table and column names, never values.
  static func from(_ error: any Error, path: String) -> any Error {
    switch error {
    case is StoreError, is CancellationError: return error
    case let error as DatabaseError: return from(error, path: path)
    case is RowDecodingError, is UnknownWord, is DecodingError:
      return StoreError.notAStore(
        path: path,
        detail: "it holds a value that this program does not understand"
      )
    default: return error
    }
  }

  private static func from(_ error: DatabaseError, path: String) -> any Error {
    let code = error.extendedResultCode.rawValue
    switch error.resultCode {
    case .SQLITE_INTERRUPT, .SQLITE_ABORT: return CancellationError()
    case .SQLITE_FULL: return StoreError.failed(diskFull)
    case .SQLITE_IOERR where isFull(error, path): return StoreError.failed(diskFull)
    case .SQLITE_IOERR:
      return StoreError.failed("the disk or file system failed (SQLite error \(code))")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      return StoreError.readOnly("\(path) cannot be written (SQLite error \(code))")
    case .SQLITE_CORRUPT:
      return StoreError.notAStore(path: path, detail: "it is damaged (SQLite error \(code))")
    case .SQLITE_NOTADB:
      return StoreError.notAStore(path: path, detail: "it is not an SQLite database")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return StoreError.failed("another program kept the store locked for ten seconds")
    case .SQLITE_NOMEM: return StoreError.failed("out of memory")
    case .SQLITE_CONSTRAINT:
      return StoreError.failed("a rule of the tables refused it: \(error.message ?? "?")")
    default:
      return StoreError.failed("SQLite error \(code): \(error.message ?? "no message")")
    }
  }

  private static let diskFull =
    "the disk is full: what was written before stands, nothing of this was kept; make room and try again"

  /// Whether an error of input or output comes of a full disk.
  ///
  /// SQLite says so where the shared memory beside the log cannot grow; elsewhere the file system is asked.
  private static func isFull(_ error: DatabaseError, _ path: String) -> Bool {
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE { return true }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { return false }
    // Less than a page of the largest size, for whoever is not root.
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < 65_536
  }
}
