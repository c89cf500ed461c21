/* Counts instructions and cycles with perf_event_open, and reads the time-stamp counter. */

#include "CBenchCounters.h"

#if defined(__x86_64__) || defined(__i386__)
#include <x86intrin.h>
uint64_t benchdb_time_stamp(void) { return __rdtsc(); }
#elif defined(__aarch64__)
uint64_t benchdb_time_stamp(void) {
  uint64_t value;
  __asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
  return value;
}
#else
uint64_t benchdb_time_stamp(void) { return 0; }
#endif

#if defined(__linux__)

#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int instructions_descriptor = -1;
static int cycles_descriptor = -1;

static int open_counter(uint64_t event) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.config = event;
  attributes.inherit = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

void benchdb_hardware_open(void) {
  if (instructions_descriptor < 0) {
    instructions_descriptor = open_counter(PERF_COUNT_HW_INSTRUCTIONS);
  }
  if (cycles_descriptor < 0) cycles_descriptor = open_counter(PERF_COUNT_HW_CPU_CYCLES);
}

static void close_counter(int *descriptor) {
  if (*descriptor >= 0) close(*descriptor);
  *descriptor = -1;
}

void benchdb_hardware_close(void) {
  close_counter(&instructions_descriptor);
  close_counter(&cycles_descriptor);
}

static bool read_counter(int descriptor, uint64_t *value) {
  struct {
    uint64_t value, enabled, running;
  } answer;
  if (descriptor < 0) return false;
  if (read(descriptor, &answer, sizeof answer) != (ssize_t)sizeof answer) return false;
  /* A counter that did not run all the time it was enabled would have to be extrapolated, which
     would not be a count. */
  if (answer.running == 0 || answer.running != answer.enabled) return false;
  *value = answer.value;
  return true;
}

bool benchdb_hardware_instructions(uint64_t *value) {
  return read_counter(instructions_descriptor, value);
}

bool benchdb_hardware_cycles(uint64_t *value) { return read_counter(cycles_descriptor, value); }

#else

void benchdb_hardware_open(void) {}
void benchdb_hardware_close(void) {}
bool benchdb_hardware_instructions(uint64_t *value) { (void)value; return false; }
bool benchdb_hardware_cycles(uint64_t *value) { (void)value; return false; }

#endif
