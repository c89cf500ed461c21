/* Ends a process when its parent has ended. */

#include "CBenchCounters.h"

#if defined(__linux__)

#include <signal.h>
#include <sys/prctl.h>

void benchdb_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }

#else

void benchdb_end_with_parent(void) {}

#endif
