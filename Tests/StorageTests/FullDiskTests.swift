import GRDB
import Model
import Testing

@testable import Storage

struct `An error of SQLite` {
  @Test(arguments: [
    DatabaseError(resultCode: .SQLITE_FULL), DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE),
  ])
  func `that comes of a full disk says so, and that nothing is lost`(error: DatabaseError) {
    #expect(
      StoreError.from(error, path: "/tmp/tocsin.sqlite") as? StoreError
        == .failed(
          "the disk is full: what was written before stands, nothing of this was kept; make room and "
            + "try again"
        )
    )
  }

  @Test func `of input or output says its number where there is room`() {
    #expect(
      StoreError.from(DatabaseError(resultCode: .SQLITE_IOERR_READ), path: "/tmp/tocsin.sqlite")
        as? StoreError == .failed("the disk or file system failed (SQLite error 266)")
    )
  }
}
