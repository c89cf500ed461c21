package import BenchModel
import BenchStatistics

/// The one comparer: two revisions in, verdicts out.
///
/// Exact metrics convict by their values. Of what varies, a stored comparison suspects: sessions
/// differ by themselves, by amounts that nobody has seen in full. It convicts only where many
/// sessions of identical code show how they differ, see `SessionCoverage`, and the interval,
/// widened by Holm's procedure over all series of which that is known, clears the floor.
package struct Comparer: Sendable {
  private let rule: ComparisonRule

  package init(rule: ComparisonRule = ComparisonRule()) { self.rule = rule }

  /// Judges every series that both sides have on one machine class, and says of every other why
  /// not.
  /// - Parameters:
  ///   - base: what BASE measured, at most one value a key, machine class, version, unit and
  ///     direction.
  ///   - head: the same for HEAD.
  ///   - identicalCode: sessions of identical binaries on HEAD's machine class, which tell how much
  ///     sessions differ by themselves.
  ///   - judgeIdentical: judges series even where both sides ran the same binary, to calibrate.
  ///   - exactAcrossMachines: compares exact counts with those of another machine class, where this
  ///     one has none.
  /// - Returns: every gate and shown series, sorted, with counts and warnings.
  package func compare(
    base: [SeriesData], head: [SeriesData], identicalCode: [IdenticalCodeGroup],
    judgeIdentical: Bool = false, exactAcrossMachines: Bool = false
  ) -> Comparison {
    let pairs = SeriesPair.all(base: base, head: head, exactAcrossMachines: exactAcrossMachines)
    let noise = SessionNoise(identicalCode, distance: pairs.distance)
    let judgements = pairs.compactMap {
      SeriesJudgement($0, noise: noise, rule: rule, judgeIdentical: judgeIdentical)
    }
    let work = UnchangedWork(judgements)
    let counted = CountedSides(base: base, head: head)
    let rows = zip(judgements, decisions(on: judgements)).map {
      $0.row($1, rule: rule).explained(by: work).corroborated(by: counted)
    }
    return Comparison(
      mode: .stored, rule: rule, rows: rows.sorted(by: ComparisonRow.isWorse),
      counts: ComparisonCounts(of: rows),
      warnings: ComparisonWarning.all(on: judgements, noise: noise, rule: rule))
  }

  /// Holm over the gate series that chance can touch; what is shown only is decided by itself and
  /// costs the gate nothing.
  private func decisions(on judgements: [SeriesJudgement]) -> [Holm.Decision] {
    let pValues = judgements.map { $0.evidence?.pValue(rule: rule) }
    let gates = judgements.indices.filter { judgements[$0].isGate && pValues[$0] != nil }
    let stepDown = Holm.stepDown(gates.compactMap { pValues[$0] }, alpha: rule.alpha)
    var decisions = pValues.map { pValue in
      pValue.map { Holm.stepDown([$0], alpha: rule.alpha)[0] } ?? .untested(at: rule.alpha)
    }
    for (gate, decision) in zip(gates, stepDown) { decisions[gate] = decision }
    return decisions
  }
}
