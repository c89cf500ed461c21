"""Writes golden.json: reference values by SciPy for the tests of BenchStatistics.

Run in this folder: python3 make_golden.py. Written with SciPy 1.17.1 and NumPy 2.4.6.
"""

import itertools
import json

import numpy as np
from scipy import special, stats

random = np.random.default_rng(20)


def values(size, ties):
    drawn = random.standard_t(3, size)
    return [float(v) for v in (np.round(drawn) if ties else drawn)]


def quantiles():
    cases = []
    for size in (1, 2, 3, 7, 10, 31):
        sample = sorted(values(size, False))
        for share in (0, 0.05, 0.25, 0.5, 0.9, 1):
            cases.append({
                "values": sample, "share": share,
                "type7": float(np.quantile(sample, share, method="linear")),
            })
    return cases


def scales():
    samples = [values(size, ties) for size in (1, 2, 5, 10, 31) for ties in (False, True)]
    return [{"values": s, "mad": float(stats.median_abs_deviation(s))} for s in samples]


def rank_sums():
    """Without ties by SciPy's exact method; with ties by every arrangement, through SciPy's ranks."""
    cases = []
    for m, n in ((1, 1), (2, 5), (5, 5), (8, 3), (10, 10), (15, 20), (30, 30)):
        x, y = values(m, False), [v + 0.5 for v in values(n, False)]
        test = {a: stats.mannwhitneyu(y, x, alternative=a, method="exact") for a in ("greater", "less")}
        cases.append({
            "x": x, "y": y, "statistic": float(test["greater"].statistic),
            "upper": float(test["greater"].pvalue), "lower": float(test["less"].pvalue),
        })
    for m, n in ((2, 3), (4, 4), (6, 7), (8, 8), (10, 6)):
        x, y = values(m, True), [v + 1 for v in values(n, True)]
        ranks = stats.rankdata(x + y)
        least = n * (n + 1) / 2
        observed = ranks[m:].sum()
        sums = [ranks[list(chosen)].sum() for chosen in itertools.combinations(range(m + n), n)]
        cases.append({
            "x": x, "y": y, "statistic": float(observed - least),
            "upper": float(np.mean([s >= observed for s in sums])),
            "lower": float(np.mean([s <= observed for s in sums])),
        })
    return cases


def large_rank_sums():
    """Beyond the sizes that are counted: the normal approximation, corrected for continuity and ties."""
    cases = []
    for ties in (False, True):
        x, y = values(80, ties), [v + 0.4 for v in values(70, ties)]
        y = [float(np.round(v)) for v in y] if ties else y
        test = {a: stats.mannwhitneyu(y, x, alternative=a, method="asymptotic") for a in ("greater", "less")}
        cases.append({
            "x": x, "y": y, "statistic": float(test["greater"].statistic),
            "upper": float(test["greater"].pvalue), "lower": float(test["less"].pvalue),
        })
    return cases


def hodges_lehmann():
    cases = []
    for m, n in ((1, 1), (2, 3), (10, 10), (7, 30)):
        x, y = values(m, False), values(n, False)
        walsh = [(x[i] + x[j]) / 2 for i in range(m) for j in range(i, m)]
        cases.append({
            "x": x, "y": y, "location": float(np.median(walsh)),
            "shift": float(np.median(np.subtract.outer(y, x))),
        })
    return cases


def students():
    cases = []
    for free in (0.5, 1, 2.7, 4, 4.8, 9, 30, 1000):
        for t in (-40, -3, -0.1, 0, 0.5, 2, 7.5, 100):
            cases.append({"free": free, "t": t, "cdf": float(stats.t.cdf(t, free)),
                          "upper": float(stats.t.sf(t, free))})
    return cases


def student_quantiles():
    return [{"free": free, "tail": tail, "t": float(stats.t.isf(tail, free))}
            for free in (1, 2.7, 4, 4.8, 9, 30, 1000)
            for tail in (1e-9, 2e-5, 4e-4, 0.01, 0.2, 0.49, 0.5, 0.9, 0.999)]


def betas():
    return [{"a": a, "b": b, "x": x, "value": float(special.betainc(a, b, x))}
            for a in (0.5, 1, 3.5, 40, 2000) for b in (0.5, 1, 7, 500)
            for x in (1e-6, 0.01, 0.3, 0.5, 0.9, 0.999)]


def inverse_betas():
    return [{"a": a, "b": b, "share": p, "x": float(special.betaincinv(a, b, p))}
            for a in (0.5, 1, 3.5, 40) for b in (0.5, 1, 7, 500)
            for p in (1e-6, 0.01, 0.5, 0.95)]


def clopper_pearson():
    cases = []
    for events, trials in ((0, 1), (0, 600), (1, 20), (7, 2000), (20, 20)):
        test = stats.binomtest(events, trials)
        # The two-sided 90 % interval has the one-sided 95 % bounds as its ends.
        bounds = test.proportion_ci(confidence_level=0.9, method="exact")
        cases.append({"events": events, "trials": trials,
                      "low": float(bounds.low), "high": float(bounds.high)})
    return cases


def normals():
    return [{"share": p, "x": float(stats.norm.ppf(p))}
            for p in (1e-300, 1e-12, 1e-4, 0.02, 0.03, 0.3, 0.5, 0.8, 0.975, 0.9999)]


def signed_ranks():
    """Without ties by SciPy's exact method; with ties and zeros by every choice of signs, through SciPy's ranks."""
    cases = []
    for n in (1, 4, 6, 10, 15, 30):
        sample = [v + 0.3 for v in values(n, False)]
        test = {a: stats.wilcoxon(sample, alternative=a, method="exact") for a in ("greater", "less")}
        cases.append({"values": sample, "statistic": float(test["greater"].statistic),
                      "upper": float(test["greater"].pvalue), "lower": float(test["less"].pvalue)})
    for n in (3, 8, 12):
        sample = values(n, True)
        ranks = stats.rankdata(np.abs([v for v in sample if v != 0]))
        observed = sum(r for r, v in zip(ranks, [v for v in sample if v != 0]) if v > 0)
        sums = [sum(r for r, s in zip(ranks, signs) if s)
                for signs in itertools.product((False, True), repeat=len(ranks))]
        cases.append({"values": sample, "statistic": float(observed),
                      "upper": float(np.mean([s >= observed for s in sums])),
                      "lower": float(np.mean([s <= observed for s in sums]))})
    return cases


def theil_slopes():
    cases = []
    for size, ties in ((2, False), (3, False), (10, True), (31, False), (60, True)):
        sample = values(size, ties)
        line = stats.theilslopes(sample, np.arange(size), method="joint")
        cases.append({"values": sample, "slope": float(line.slope), "intercept": float(line.intercept)})
    return cases


def ramps():
    """The best of all ramps that take at least 16 positions, each by least squares."""
    cases = []
    for begin, end in ((20, 60), (0, 64), (30, 80)):
        positions = np.arange(80)
        sample = 3 * np.clip((positions - begin) / (end - begin), 0, 1) + random.standard_normal(80) / 2
        best = None
        for a in range(0, 81):
            for b in range(a + 16, 81):
                shape = np.clip((positions - a) / (b - a - 1), 0, 1)
                design = np.column_stack([np.ones(80), shape])
                solution = np.linalg.lstsq(design, sample, rcond=None)[0]
                residual = float(((sample - design @ solution) ** 2).sum())
                if best is None or residual < best["residual"]:
                    best = {"values": [float(v) for v in sample], "start": a, "end": b,
                            "change": float(solution[1]), "residual": residual}
        cases.append(best)
    return cases


golden = {f.__name__: f() for f in (
    quantiles, scales, rank_sums, large_rank_sums, hodges_lehmann, students, student_quantiles, betas,
    inverse_betas, clopper_pearson, normals, signed_ranks, theil_slopes, ramps)}
with open("golden.json", "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
