#ifndef BENCHDB_COUNTERS_H
#define BENCHDB_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Allocator. */

/* What the allocator did since counting was switched on. */
typedef struct {
  uint64_t allocations;
  uint64_t frees;
  /* Bytes asked for, as the caller asked. */
  uint64_t allocated_bytes;
  /* Usable bytes held above (or, negative, below) the level at the reset. */
  int64_t live_bytes;
  /* The highest value of live_bytes; never negative. */
  int64_t peak_live_bytes;
} benchdb_allocator_counts;

/* Whether malloc and its kin go through this library: only with glibc, and not under a sanitizer, which has its own. */
bool benchdb_allocator_is_counted(void);
/* Sets every count to zero and begins to count, in all threads. */
void benchdb_allocator_start(void);
void benchdb_allocator_stop(void);
benchdb_allocator_counts benchdb_allocator_read(void);

/* Hardware counters of this process in user space, with all threads made after opening. */

/* Opens both counters; each stays absent where the machine, the hypervisor or the kernel's policy does not give it. */
void benchdb_hardware_open(void);
void benchdb_hardware_close(void);
/* False, and the value untouched, where the counter is absent or had to share its register with another. */
bool benchdb_hardware_instructions(uint64_t *_Nonnull value);
bool benchdb_hardware_cycles(uint64_t *_Nonnull value);

/* The processor's time-stamp counter, or its nearest kin; 0 where there is none. */
uint64_t benchdb_time_stamp(void);

/* Exact instruction counts under callgrind, a tool of valgrind that simulates this process. */

/* Whether this was compiled where valgrind's header was; without it nothing can be counted under callgrind. */
bool benchdb_callgrind_is_built(void);
/* Whether this process runs under valgrind. */
bool benchdb_callgrind_is_running(void);
/* Counts the instructions of all threads from here on, from zero. */
void benchdb_callgrind_start(void);
/* Ends counting and has callgrind write the count into its next file. */
void benchdb_callgrind_stop(void);

/* Memory. */

/* The high-water mark of this process's resident size in bytes, or 0 where the system doesn't say. A parent can't ask for it: the
   ru_maxrss of a child starts from its parent's. */
uint64_t benchdb_peak_resident_bytes(void);
/* Hands free heap back to the system and sets the high-water mark to the present size. False where that is not possible. */
bool benchdb_reset_peak_resident(void);

/* Ends. */

/* Has the system kill this process as soon as the thread that started it ends. Does nothing where the system has no such thing. */
void benchdb_end_with_parent(void);

/* Clocks. */

static inline uint64_t benchdb_read_clock(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Nanoseconds of a clock that never jumps; about 23 ns a read through the vDSO. */
static inline uint64_t benchdb_monotonic_nanoseconds(void) {
  return benchdb_read_clock(CLOCK_MONOTONIC);
}

/* Nanoseconds of CPU that all threads of this process used; a system call of about 540 ns. */
static inline uint64_t benchdb_cpu_nanoseconds(void) {
  return benchdb_read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* Black hole. */

/* Lets the optimizer believe that what the pointer leads to is read and changed here. Costs no instruction. */
static inline void benchdb_escape(void *_Nonnull pointer) {
  __asm__ volatile("" : : "r"(pointer) : "memory");
}

/* The same for something that is only read. */
static inline void benchdb_consume(const void *_Nonnull pointer) {
  __asm__ volatile("" : : "r"(pointer) : "memory");
}

#endif
