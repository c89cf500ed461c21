/// Finding one order statistic without sorting everything.
package enum Selection {
  /// The value that would stand at `rank`, from 0, were `values` sorted. Reorders `values`.
  ///
  /// Hoare's algorithm 65, "Find" (CACM 4, 1961), with the middle value as pivot: linear on
  /// average.
  package static func element(at rank: Int, of values: inout [Double]) -> Double {
    precondition(values.indices.contains(rank), "no value has this rank")
    return values.withUnsafeMutableBufferPointer { buffer in
      var low = 0
      var high = buffer.count - 1
      while low < high {
        let pivot = buffer[(low + high) / 2]
        var left = low
        var right = high
        while left <= right {
          while buffer[left] < pivot { left += 1 }
          while pivot < buffer[right] { right -= 1 }
          if left <= right {
            buffer.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if rank <= right {
          high = right
        } else if rank >= left {
          low = left
        } else {
          break
        }
      }
      return buffer[rank]
    }
  }

  /// The median of `values`, which are reordered.
  package static func median(of values: inout [Double]) -> Double {
    precondition(!values.isEmpty, "a median needs at least one value")
    let upper = element(at: values.count / 2, of: &values)
    guard values.count.isMultiple(of: 2) else { return upper }
    let lower = element(at: values.count / 2 - 1, of: &values)
    return lower + (upper - lower) / 2
  }
}
