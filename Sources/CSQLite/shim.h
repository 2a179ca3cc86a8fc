#ifndef TOCSIN_CSQLITE_H
#define TOCSIN_CSQLITE_H

// What Swift cannot call of SQLite. Each function says why it must exist.

#include <sqlite3.h>

/// Sets (1), clears (0) or asks for (-1) a connection's defensive mode; returns whether it is on
/// afterwards, or -1 where SQLite refused.
///
/// `sqlite3_db_config` is variadic, which Swift cannot call. Source: sqlite.org/c3ref, read
/// 2026-11-23: SQLITE_DBCONFIG_DEFENSIVE, since 3.26.
static inline int tcn_sqlite_defensive(sqlite3 *connection, int wanted) {
  int is_on = -1;
  int status = sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, wanted, &is_on);
  return status == SQLITE_OK ? is_on : -1;
}

#endif
