/// A worker in shell whose work is fixed by its plan: it takes as many samples as it is asked for,
/// each of so many turns of a loop.
package enum FixedWorkScript {
  /// `after` runs when the samples are taken.
  package static func text(turns: Int, after: String = "") -> String {
    """
    read -r request
    samples=${request##*maximumSamples\\":}
    samples=${samples%%[!0-9]*}
    order=0
    while [ $order -lt $samples ]; do
      turn=0
      while [ $turn -lt \(turns) ]; do turn=$((turn + 1)); done
      echo '{"message":"sample","metric":"wall","value":5,"order":'$order'}' >&3
      order=$((order + 1))
    done
    \(after)
    echo '{"message":"done"}' >&3

    """
  }
}
