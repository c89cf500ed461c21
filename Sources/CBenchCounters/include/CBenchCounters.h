#ifndef BENCHDB_COUNTERS_H
#define BENCHDB_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* MARK: Allocator */

/* The work of the allocator since counting was switched on. */
typedef struct {
  uint64_t allocations;
  uint64_t frees;
  /* The bytes that callers requested. */
  uint64_t allocated_bytes;
  /* The usable bytes held above (or, if negative, below) the level at the reset. */
  int64_t live_bytes;
  /* The highest value of live_bytes; never negative. */
  int64_t peak_live_bytes;
} benchdb_allocator_counts;

/* Whether malloc and its relatives go through this library: only with glibc, and not under a
   sanitizer, which has its own. */
bool benchdb_allocator_is_counted(void);
/* Sets every count to zero and begins to count, in all threads. */
void benchdb_allocator_start(void);
void benchdb_allocator_stop(void);
benchdb_allocator_counts benchdb_allocator_read(void);

/* MARK: Hardware counters of this process in user space, with all threads made after opening */

/* Opens both counters. Each stays absent where the machine, the hypervisor or the kernel's policy
   does not provide it. */
void benchdb_hardware_open(void);
void benchdb_hardware_close(void);
/* Reads a counter. It returns false, and leaves the value untouched, where the counter is absent or
   had to share its register with another. */
bool benchdb_hardware_instructions(uint64_t *_Nonnull value);
bool benchdb_hardware_cycles(uint64_t *_Nonnull value);

/* The processor's time-stamp counter, or its closest equivalent; 0 where there is none. */
uint64_t benchdb_time_stamp(void);

/* MARK: Exact instruction counts under callgrind, a tool of valgrind that simulates this process */

/* Whether this was compiled with valgrind's header, without which nothing can be counted under
   callgrind. */
bool benchdb_callgrind_is_built(void);
/* Whether this process runs under valgrind. */
bool benchdb_callgrind_is_running(void);
/* Counts the instructions of all threads from here on, from zero. */
void benchdb_callgrind_start(void);
/* Ends counting and makes callgrind write the count into its next file. */
void benchdb_callgrind_stop(void);

/* MARK: Memory */

/* The high-water mark of this process's resident size in bytes, or 0 where the system does not
   report it. A parent cannot read it, because the ru_maxrss of a child starts from its parent's. */
uint64_t benchdb_peak_resident_bytes(void);
/* Returns free heap to the system and sets the high-water mark to the present size. The result is
   false where that is not possible. */
bool benchdb_reset_peak_resident(void);

/* MARK: End of the process */

/* Makes the system kill this process as soon as the thread that started it ends. It does nothing
   where the system cannot do that. */
void benchdb_end_with_parent(void);

/* MARK: Clocks */

static inline uint64_t benchdb_read_clock(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The nanoseconds of a clock that never jumps; a read through the vDSO takes about 23 ns. */
static inline uint64_t benchdb_monotonic_nanoseconds(void) {
  return benchdb_read_clock(CLOCK_MONOTONIC);
}

/* The nanoseconds of CPU that all threads of this process used; a system call of about 540 ns. */
static inline uint64_t benchdb_cpu_nanoseconds(void) {
  return benchdb_read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* MARK: Black hole */

/* Makes the optimizer assume that the memory at the pointer is read and changed here. It costs no
   instruction. */
static inline void benchdb_escape(void *_Nonnull pointer) {
  __asm__ volatile("" : : "r"(pointer) : "memory");
}

/* Makes the optimizer assume that the memory at the pointer is read here. */
static inline void benchdb_consume(const void *_Nonnull pointer) {
  __asm__ volatile("" : : "r"(pointer) : "memory");
}

#endif
