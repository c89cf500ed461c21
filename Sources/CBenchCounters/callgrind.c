/* Requests to callgrind. They are a few instructions without effect that valgrind recognises;
 * natively they cost nothing. */

#include "CBenchCounters.h"

#if __has_include(<valgrind/callgrind.h>)

#include <valgrind/callgrind.h>

bool benchdb_callgrind_is_built(void) { return true; }
bool benchdb_callgrind_is_running(void) { return RUNNING_ON_VALGRIND != 0; }

void benchdb_callgrind_start(void) {
  CALLGRIND_ZERO_STATS;
  CALLGRIND_START_INSTRUMENTATION;
}

void benchdb_callgrind_stop(void) {
  CALLGRIND_STOP_INSTRUMENTATION;
  CALLGRIND_DUMP_STATS;
}

#else

bool benchdb_callgrind_is_built(void) { return false; }
bool benchdb_callgrind_is_running(void) { return false; }
void benchdb_callgrind_start(void) {}
void benchdb_callgrind_stop(void) {}

#endif
