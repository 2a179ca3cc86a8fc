#ifndef TOCSIN_CNCURSESW_H
#define TOCSIN_CNCURSESW_H

// What Swift cannot import of ncursesw and of Linux. Each function says why it must exist.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include <langinfo.h>
#include <malloc.h>
#include <ncurses.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <wchar.h>

#include <term.h>

/// Window that fills the screen. `stdscr` is a C global, which Swift 6 takes for shared mutable state.
static inline WINDOW *tcn_screen_window(void) { return stdscr; }

/// What ncurses believes to be on the terminal. A C global like `stdscr`.
static inline WINDOW *tcn_physical_window(void) { return curscr; }

/// Number of colours of the terminal. A C global.
static inline int tcn_colours(void) { return COLORS; }

/// Number of colour pairs of the terminal. A C global.
static inline int tcn_colour_pairs(void) { return COLOR_PAIRS; }

/// Bits of heavier strokes. `A_BOLD` and its kin are casts inside macros, which Swift does not import.
static inline attr_t tcn_bold(void) { return WA_BOLD; }
/// Bits of a line below; a macro as above.
static inline attr_t tcn_underline(void) { return WA_UNDERLINE; }
/// Bits of exchanged ground and text; a macro as above.
static inline attr_t tcn_reverse(void) { return WA_REVERSE; }
/// Bits of weaker text; a macro as above.
static inline attr_t tcn_dim(void) { return WA_DIM; }

/// Fetches a string capability, or NULL. `tigetstr` answers absence with NULL or (char *)-1, and Swift
/// has no name for the latter.
static inline const char *tcn_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

/// Forbids core dumps and tracing by other processes of the user. `prctl` is variadic.
static inline int tcn_forbid_dumping(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// Tells whether the process may be dumped. `prctl` is variadic.
static inline int tcn_is_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

/// Name of the character encoding of the locale. `CODESET` is an enumerator that is a macro as well.
static inline const char *tcn_codeset(void) { return nl_langinfo(CODESET); }

/// Makes a file that lives in memory and has no name. Swift's Glibc module hides it.
static inline int tcn_memory_file(void) { return memfd_create("errors", MFD_CLOEXEC); }

#include <sys/timerfd.h>

/* Swift's Glibc module does not carry sys/timerfd.h. A timer on the wall clock that also fires when
   that clock is set. */
static inline int tcn_timer_make(void) {
  return timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
}

/* Wakes at so many milliseconds since 1970; 0 disarms. */
static inline void tcn_timer_arm(int timer, long long milliseconds) {
  struct itimerspec when = {{0, 0}, {0, 0}};
  if (milliseconds > 0) {
    when.it_value.tv_sec = milliseconds / 1000;
    when.it_value.tv_nsec = milliseconds % 1000 * 1000000 + 1;
  }
  timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
}

/* Dispatch's main queue without a run loop: what Foundation's own loop waits on and calls (libdispatch,
   private/queue_private.h; read 2026-11-30). Its module does not carry them. */
extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *unused);

/* A descriptor that is readable, eight bytes, when something waits in the main queue. */
static inline int tcn_main_queue_descriptor(void) { return _dispatch_get_main_queue_handle_4CF(); }

/* Does what waits in the main queue. To be called on the main thread. */
static inline void tcn_main_queue_run(void) { _dispatch_main_queue_callback_4CF(NULL); }

/* Has malloc keep to one arena. malloc.h is not in Swift's Glibc module. */
static inline void tcn_one_arena(void) { mallopt(M_ARENA_MAX, 1); }

#endif
