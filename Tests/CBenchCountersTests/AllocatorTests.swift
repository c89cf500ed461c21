import CBenchCounters
import Foundation
import Testing

private final class Node {
  let value: Int
  init(_ value: Int) { self.value = value }
}

/// The counts of one body, the lowest of several tries, because the test library's own threads may
/// allocate meanwhile.
private func fewest(_ body: () -> Void) -> benchdb_allocator_counts {
  body()
  return (0..<20).map { _ in
    benchdb_allocator_start()
    body()
    benchdb_allocator_stop()
    return benchdb_allocator_read()
  }.min { $0.allocations < $1.allocations }!
}

/// Each test runs in a process of its own, because the allocations of other tests would be counted
/// too.
@Suite(.enabled(if: benchdb_allocator_is_counted()))
struct AllocatorTests {
  @Test("a thousand objects are a thousand allocations and as many frees")
  func objects() async {
    await #expect(processExitsWith: .success) {
      let counts = fewest {
        for value in 0..<1_000 {
          let node = Node(value)
          withExtendedLifetime(node) { withUnsafePointer(to: node) { benchdb_consume($0) } }
        }
      }
      #expect(counts.allocations == 1_000)
      #expect(counts.frees == 1_000)
      #expect(counts.live_bytes == 0)
    }
  }

  @Test("allocated bytes are what was asked for, peak live bytes what was held at once")
  func bytes() async {
    await #expect(processExitsWith: .success) {
      let counts = fewest {
        for _ in 0..<10 {
          let block = malloc(1_000)!
          benchdb_consume(block)
          free(block)
        }
      }
      #expect(counts.allocations == 10)
      #expect(counts.allocated_bytes == 10_000)
      #expect(counts.peak_live_bytes >= 1_000)
      #expect(counts.peak_live_bytes < 2_000)
    }
  }

  @Test("a block that grows counts as one freed and one allocated")
  func growing() async {
    await #expect(processExitsWith: .success) {
      let counts = fewest {
        var block = malloc(100)!
        benchdb_consume(block)
        block = realloc(block, 1_000_000)!
        benchdb_consume(block)
        free(block)
      }
      #expect(counts.allocations == 2)
      #expect(counts.frees == 2)
      #expect(counts.allocated_bytes == 1_000_100)
      #expect(counts.live_bytes == 0)
    }
  }

  @Test("every way to ask for memory is counted")
  func everyEntry() async {
    await #expect(processExitsWith: .success) {
      let counts = fewest {
        var blocks: (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) = (nil, nil)
        #expect(posix_memalign(&blocks.0, 64, 256) == 0)
        blocks.1 = aligned_alloc(64, 256)
        let zeroed = calloc(16, 16)!
        benchdb_consume(zeroed)
        #expect(Int(bitPattern: blocks.0) % 64 == 0)
        #expect(Int(bitPattern: blocks.1) % 64 == 0)
        free(blocks.0)
        free(blocks.1)
        free(zeroed)
      }
      // The expectations above may allocate too.
      #expect(counts.allocations >= 3)
      #expect(counts.allocated_bytes >= 768)
    }
  }

  @Test("an alignment that is no power of two, or too small, is refused as POSIX says")
  func refusedAlignment() async {
    await #expect(processExitsWith: .success) {
      var block: UnsafeMutableRawPointer?
      for alignment in [0, 2, 3, 24, 48] {
        #expect(posix_memalign(&block, alignment, 64) == EINVAL)
      }
      #expect(block == nil)
    }
  }

  @Test("nothing is counted while counting is off")
  func off() async {
    await #expect(processExitsWith: .success) {
      benchdb_allocator_start()
      benchdb_allocator_stop()
      let before = benchdb_allocator_read()
      let block = malloc(1_000)!
      benchdb_consume(block)
      free(block)
      #expect(benchdb_allocator_read().allocations == before.allocations)
    }
  }
}
