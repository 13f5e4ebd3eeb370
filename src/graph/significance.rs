//! Do two actors meet more often than chance would have it? An exact test for each pair, and what it is worth over all.
//!
//! Under chance, the `n_i` units of one actor are any `n_i` of the N units, wherever the `n_j` of the other are: the number of
//! units with both is hypergeometric. Sentences of one story are not independent, so a small p is a sign, not a proof.
//!
//! The corpus decides only about pairs that could have been found out: one is testable if meeting as often as at all possible
//! would give p <= [`LEVEL`]. All testable pairs count, seen together or not.

/// A pair is testable if it could reach this p, and a tie is called significant if its q is at most this.
pub const LEVEL: f64 = 0.05;

/// P(X >= n) for X units with both, where `ends` units of `units` hold the one and the other: hypergeometric, upper tail.
///
/// Exact but for rounding (relative error below 1e-12, also far out in the tail). Cost: the terms of the shorter tail that
/// matter, a few dozens. Loader, "Fast and accurate computation of binomial probabilities", 2000, for the first term; a
/// difference of log-gammas would lose a digit with every tenfold of N.
pub fn upper_tail(n: u64, ends: (u64, u64), units: u64) -> f64 {
    let (small, large) = (ends.0.min(ends.1).min(units), ends.0.max(ends.1).min(units));
    let least = (small + large).saturating_sub(units);
    if n <= least {
        return 1.0;
    }
    if n > small {
        return 0.0;
    }
    // Both tails are summed from the middle outwards, so that their terms shrink; the one without the middle is summed.
    if n as f64 > small as f64 * large as f64 / units as f64 {
        sum_from(n, small, |x| up(x, small, large, units), small, large, units).min(1.0)
    } else {
        (1.0 - sum_from(n - 1, least, |x| 1.0 / up(x - 1, small, large, units), small, large, units)).max(0.0)
    }
}

/// Whether a pair could reach p <= [`LEVEL`]: P(X >= min(n_i, n_j)) is small enough.
pub fn is_testable(ends: (u64, u64), units: u64) -> bool {
    least_p(ends, units) <= LEVEL
}

/// What a corpus can tell about its pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power {
    /// How many pairs are testable: the m of the adjustment.
    pub testable: u64,
    /// The smallest p that any pair could have; 1 without a pair.
    pub least_p: f64,
}

impl Power {
    /// The power of a corpus of `units`, with the number of units of each actor.
    ///
    /// Cost: O(n log n) for n actors. Pairs are counted by group of equal numbers: among actors with at least a units, those
    /// that are testable with one of a units are those with at most some b.
    pub fn of(counts: &[u64], units: u64) -> Power {
        let mut counts: Vec<u64> = counts.iter().copied().filter(|n| *n > 0).collect();
        counts.sort_unstable();
        let mut power = Power { testable: 0, least_p: 1.0 };
        let mut from = 0;
        for group in counts.chunk_by(|a, b| a == b) {
            let (n, size) = (group[0], group.len() as u64);
            let rest = &counts[from + group.len()..];
            let above = rest.partition_point(|&other| is_testable((n, other), units)) as u64;
            power.testable += size * above;
            if size > 1 {
                let least = least_p((n, n), units);
                power.least_p = power.least_p.min(least);
                power.testable += if least <= LEVEL { size * (size - 1) / 2 } else { 0 };
            }
            power.least_p = rest.first().map_or(power.least_p, |&next| power.least_p.min(least_p((n, next), units)));
            from += group.len();
        }
        power
    }

    /// Whether even the most telling pair, alone, would be lost among so many.
    pub fn is_too_small(&self) -> bool {
        self.least_p * self.testable.max(1) as f64 >= LEVEL
    }
}

/// The adjusted values of different p, given how many tested pairs have each: q_(r) = min over t >= r of min(1, m p_(t) / t),
/// p_(1) <= p_(2) <= …. Those that no tested pair has are 1.
///
/// `testable` is m; testable pairs that are not counted in `times` never met and have p = 1. Benjamini & Hochberg, J. R. Stat. Soc. B
/// 57 (1995). Cost: O(n log n).
pub fn adjusted(p: &[f64], times: &[u64], testable: u64) -> Vec<f64> {
    let mut among: Vec<u32> = (0..p.len() as u32).filter(|&at| times[at as usize] > 0).collect();
    among.sort_unstable_by(|&a, &b| p[a as usize].total_cmp(&p[b as usize]));
    let mut q = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    let mut rank: u64 = times.iter().sum();
    for equal in among.chunk_by(|&a, &b| p[a as usize] == p[b as usize]).rev() {
        // Of equal ones the last has the least.
        least = least.min(p[equal[0] as usize] * testable as f64 / rank as f64);
        for &at in equal {
            q[at as usize] = least;
            rank -= times[at as usize];
        }
    }
    q
}

/// x ln(x/m) + m - x, without cancellation where x is near m; 0 ln 0 is 0. Loader 2000.
pub fn deviance(x: f64, mean: f64) -> f64 {
    if x <= 0.0 {
        return mean;
    }
    if (x - mean).abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() + mean - x;
    }
    let v = (x - mean) / (x + mean);
    let mut sum = (x - mean) * v;
    let mut term = 2.0 * x * v;
    let mut odd = 1.0;
    loop {
        term *= v * v;
        odd += 2.0;
        let next = sum + term / odd;
        if next == sum {
            return sum;
        }
        sum = next;
    }
}

/// The smallest p that a pair can have: that of the rarer one never seen without the other, C(b, a) / C(N, a).
fn least_p(ends: (u64, u64), units: u64) -> f64 {
    upper_tail(ends.0.min(ends.1), ends, units)
}

/// P(X = x + 1) / P(X = x)
fn up(x: u64, small: u64, large: u64, units: u64) -> f64 {
    let (x, small, large, units) = (x as f64, small as f64, large as f64, units as f64);
    (small - x) * (large - x) / ((x + 1.0) * (units - small - large + x + 1.0))
}

/// Sum of P(X = x) from `x` to `end`, each term the one before times `ratio` of its x.
fn sum_from(mut x: u64, end: u64, ratio: impl Fn(u64) -> f64, small: u64, large: u64, units: u64) -> f64 {
    let first = point(x, small, large, units);
    let (mut sum, mut term) = (1.0, 1.0);
    while x != end {
        term *= ratio(x);
        if term < sum * 1e-17 {
            break;
        }
        sum += term;
        x = if x < end { x + 1 } else { x - 1 };
    }
    first * sum
}

/// P(X = x) as three binomials: B(x; a, t) B(b - x; N - a, t) / B(b; N, t) with t = b/N, of which t drops out.
fn point(x: u64, small: u64, large: u64, units: u64) -> f64 {
    if small == 0 || large == units {
        return 1.0;
    }
    let share = large as f64 / units as f64;
    (log_binomial(x, small, share) + log_binomial(large - x, units - small, share) - log_binomial(large, units, share))
        .exp()
}

/// ln of the probability of `x` out of `n`, each with probability `share` strictly between 0 and 1.
fn log_binomial(x: u64, n: u64, share: f64) -> f64 {
    let (k, total) = (x as f64, n as f64);
    if x == 0 {
        return total * (-share).ln_1p();
    }
    if x == n {
        return total * share.ln();
    }
    let rest = total - k;
    let head = stirling_error(n) - stirling_error(x) - stirling_error(n - x);
    let shape = (std::f64::consts::TAU * k * (rest / total)).ln() / 2.0;
    head - deviance(k, total * share) - deviance(rest, total * (1.0 - share)) - shape
}

/// ln n! minus Stirling's n ln n - n + ln(2 pi n)/2, for n > 0.
fn stirling_error(n: u64) -> f64 {
    let x = n as f64;
    if n < 16 {
        let factorial: f64 = (1..=n).map(|k| k as f64).product();
        return factorial.ln() - (x * x.ln() - x + (std::f64::consts::TAU * x).ln() / 2.0);
    }
    let square = x * x;
    let series = 1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - series / square) / square) / square) / x
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Data {
        pairs: Vec<Pair>,
        corpora: Vec<Corpus>,
    }

    #[derive(Deserialize)]
    struct Pair {
        n: u64,
        ends: (u64, u64),
        units: u64,
        p: f64,
    }

    #[derive(Deserialize)]
    struct Corpus {
        counts: Vec<u64>,
        units: u64,
        testable: u64,
        least_p: f64,
        p: Vec<f64>,
        q: Vec<f64>,
    }

    fn data() -> Data {
        serde_json::from_str(include_str!("../../tests/data/weights.json")).expect("JSON")
    }

    #[test]
    fn the_tail_is_that_of_exact_fractions_also_far_out() {
        let pairs = data().pairs;
        assert!(pairs.iter().any(|pair| pair.p < 1e-30), "a case far out");
        for Pair { n, ends, units, p } in pairs {
            let found = upper_tail(n, ends, units);
            assert!(
                (found - p).abs() <= 1e-12 || (found / p - 1.0).abs() < 1e-11,
                "{n} {ends:?} {units}: {found}, expected {p}"
            );
            assert_eq!(found, upper_tail(n, (ends.1, ends.0), units));
        }
    }

    #[test]
    fn a_tail_is_never_outside_0_and_1() {
        for units in 0..12 {
            for (a, b) in (0..=units).flat_map(|a| (0..=units).map(move |b| (a, b))) {
                assert_eq!(upper_tail(0, (a, b), units), 1.0);
                assert_eq!(upper_tail(units + 1, (a, b), units), 0.0);
                let tails: Vec<f64> = (0..=units).map(|n| upper_tail(n, (a, b), units)).collect();
                assert!(tails.windows(2).all(|two| two[0] >= two[1] - 1e-12), "{a} {b} {units}: {tails:?}");
            }
        }
    }

    #[test]
    fn testable_pairs_are_counted_without_being_listed() {
        for corpus in data().corpora {
            let power = Power::of(&corpus.counts, corpus.units);
            assert_eq!(power.testable, corpus.testable);
            assert!((power.least_p - corpus.least_p).abs() < 1e-12);
        }
        assert_eq!(Power::of(&[], 0), Power { testable: 0, least_p: 1.0 });
        assert!(Power::of(&[1, 1], 3).is_too_small() && !Power::of(&[5, 5], 100).is_too_small());
    }

    #[test]
    fn adjusted_values_are_those_of_scipy_over_all_testable_pairs() {
        for corpus in data().corpora {
            let times = vec![1; corpus.p.len()];
            for (found, expected) in adjusted(&corpus.p, &times, corpus.testable).into_iter().zip(corpus.q) {
                assert!((found - expected).abs() < 1e-9, "{found}, expected {expected}");
            }
        }
    }
}
