/* Reads and resets the high-water mark of the resident size. */

#include "CBenchCounters.h"

#if defined(__linux__)

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/* This uses no stdio, whose buffer would be an allocation inside what is measured. */
uint64_t benchdb_peak_resident_bytes(void) {
  int descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  char text[4096];
  ssize_t length = read(descriptor, text, sizeof text - 1);
  close(descriptor);
  if (length <= 0) return 0;
  text[length] = 0;
  const char *line = strstr(text, "VmHWM:");
  return line != NULL ? strtoull(line + strlen("VmHWM:"), NULL, 10) * 1024 : 0;
}

bool benchdb_reset_peak_resident(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
  int descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  /* Writing 5 resets the peak and nothing else (proc(5)). */
  bool is_reset = write(descriptor, "5", 1) == 1;
  close(descriptor);
  return is_reset;
}

#elif defined(__APPLE__)

#include <sys/resource.h>

uint64_t benchdb_peak_resident_bytes(void) {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss : 0;
}

bool benchdb_reset_peak_resident(void) { return false; }

#else

uint64_t benchdb_peak_resident_bytes(void) { return 0; }
bool benchdb_reset_peak_resident(void) { return false; }

#endif
