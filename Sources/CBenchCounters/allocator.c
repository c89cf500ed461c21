/* Counts the calls of malloc and its relatives.
 *
 * An executable that defines malloc receives every allocation of every library in the process
 * before libc does, those of libswiftCore, Foundation and libdispatch included. The definitions are
 * in one file with the functions that read the counts, so that the linker cannot take one without
 * the other. While counting is off, a call costs one more relaxed load; while it is on, a few
 * relaxed additions, which is why counting has a process of its own. */

#include "CBenchCounters.h"

#include <stdatomic.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) \
    || __has_feature(memory_sanitizer) || __has_feature(leak_sanitizer)
#define BENCHDB_SANITIZED 1
#endif
#endif

static atomic_bool counting;
static _Atomic uint64_t allocations;
static _Atomic uint64_t frees;
static _Atomic uint64_t allocated_bytes;
static _Atomic int64_t live_bytes;
static _Atomic int64_t peak_live_bytes;

void benchdb_allocator_start(void) {
  atomic_store_explicit(&counting, false, memory_order_seq_cst);
  atomic_store_explicit(&allocations, 0, memory_order_relaxed);
  atomic_store_explicit(&frees, 0, memory_order_relaxed);
  atomic_store_explicit(&allocated_bytes, 0, memory_order_relaxed);
  atomic_store_explicit(&live_bytes, 0, memory_order_relaxed);
  atomic_store_explicit(&peak_live_bytes, 0, memory_order_relaxed);
  atomic_store_explicit(&counting, true, memory_order_seq_cst);
}

void benchdb_allocator_stop(void) {
  atomic_store_explicit(&counting, false, memory_order_seq_cst);
}

benchdb_allocator_counts benchdb_allocator_read(void) {
  return (benchdb_allocator_counts){
      .allocations = atomic_load_explicit(&allocations, memory_order_relaxed),
      .frees = atomic_load_explicit(&frees, memory_order_relaxed),
      .allocated_bytes = atomic_load_explicit(&allocated_bytes, memory_order_relaxed),
      .live_bytes = atomic_load_explicit(&live_bytes, memory_order_relaxed),
      .peak_live_bytes = atomic_load_explicit(&peak_live_bytes, memory_order_relaxed),
  };
}

#if defined(__GLIBC__) && !defined(BENCHDB_SANITIZED)

#include <errno.h>
#include <malloc.h>
#include <stddef.h>

bool benchdb_allocator_is_counted(void) { return true; }

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static inline bool is_counting(void) {
  return __builtin_expect(atomic_load_explicit(&counting, memory_order_relaxed), false);
}

static void add_live(int64_t bytes) {
  int64_t live = atomic_fetch_add_explicit(&live_bytes, bytes, memory_order_relaxed) + bytes;
  int64_t peak = atomic_load_explicit(&peak_live_bytes, memory_order_relaxed);
  while (live > peak
         && !atomic_compare_exchange_weak_explicit(
             &peak_live_bytes, &peak, live, memory_order_relaxed, memory_order_relaxed)) {
  }
}

/* Counts a block that was just returned; a null block is a refused request and is not counted. */
static void *count_allocation(void *block, size_t asked) {
  if (block != NULL && is_counting()) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&allocated_bytes, asked, memory_order_relaxed);
    add_live((int64_t)malloc_usable_size(block));
  }
  return block;
}

static void count_free(size_t usable) {
  atomic_fetch_add_explicit(&frees, 1, memory_order_relaxed);
  add_live(-(int64_t)usable);
}

void *malloc(size_t size) { return count_allocation(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
  /* A product that overflows is refused below, and then nothing is counted. */
  return count_allocation(__libc_calloc(count, size), count * size);
}

/* A block that moves or grows counts as one freed and one allocated. */
void *realloc(void *block, size_t size) {
  if (!is_counting()) return __libc_realloc(block, size);
  size_t before = block != NULL ? malloc_usable_size(block) : 0;
  void *moved = __libc_realloc(block, size);
  bool is_freed = block != NULL && (moved != NULL || size == 0);
  if (is_freed) count_free(before);
  return count_allocation(moved, size);
}

void free(void *block) {
  if (block != NULL && is_counting()) count_free(malloc_usable_size(block));
  __libc_free(block);
}

void *memalign(size_t alignment, size_t size) {
  return count_allocation(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  bool is_power_of_two = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!is_power_of_two || alignment % sizeof(void *) != 0) return EINVAL;
  void *block = memalign(alignment, size);
  if (block == NULL) return ENOMEM;
  *result = block;
  return 0;
}

#else

bool benchdb_allocator_is_counted(void) { return false; }

#endif
