//! How sure a rank is: the ranks of an actor in corpora drawn anew.
//!
//! Clusters of documents are drawn with replacement, as many as there are, and the ranks found in the graphs of many such corpora
//! tell how far a rank hangs on which documents happened to be read: the interval from the 2.5th to the 97.5th percentile (Efron &
//! Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13; for ranks Goldstein & Spiegelhalter, J. R. Statist. Soc. A 159,
//! 1996). Where an actor shares a rank with others, the lower end takes the best and the upper the worst of the shared places.

use super::random::Random;

/// The share of draws within an interval, in per cent.
pub const PERCENT: usize = 95;

/// The fewest draws that have a 2.5th percentile.
pub const FEWEST: usize = 40;

/// The places that an actor shares, counted from 1: the best and the worst.
pub type Places = (usize, usize);

/// How often each of so many clusters is drawn, in the draw of this number: always the same.
///
/// ```
/// use actant::measure::stability::times;
/// assert_eq!(times(7, 100), times(7, 100));
/// assert_eq!(times(7, 100).iter().sum::<u32>(), 100);
/// ```
pub fn times(draw: u64, clusters: usize) -> Vec<u32> {
    let (mut random, mut times) = (Random::new(draw), vec![0; clusters]);
    (0..clusters).for_each(|_| times[random.below(clusters)] += 1);
    times
}

/// The places of some actors among `all`, by their scores: `scores` are those of everybody who is there, `of` those of the actors
/// asked for, nothing for one who is not there: such share the places behind the others. Cost: O(n log n).
pub fn places(mut scores: Vec<f64>, of: &[Option<f64>], all: usize) -> Vec<Places> {
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    let place = |score: &Option<f64>| match score {
        Some(score) => {
            let better = scores.partition_point(|other| other > score);
            (better + 1, scores.partition_point(|other| other >= score).max(better + 1))
        }
        None => (scores.len() + 1, all.max(scores.len() + 1)),
    };
    of.iter().map(place).collect()
}

/// The interval that holds [`PERCENT`] of all draws of an actor's places.
///
/// ```
/// use actant::measure::stability::interval;
/// let places = (1..=200).map(|place| (place, place + 1)).collect::<Vec<_>>();
/// assert_eq!(interval(&places), (5, 197));
/// ```
pub fn interval(draws: &[Places]) -> Places {
    let sorted = |end: fn(&Places) -> usize| {
        let mut places: Vec<usize> = draws.iter().map(end).collect();
        places.sort_unstable();
        places
    };
    let (best, worst) = (sorted(|places| places.0), sorted(|places| places.1));
    // The k-th of B in order, k = (B + 1) times 2.5 %, and the k-th from the end.
    let outside = ((draws.len() + 1) * (100 - PERCENT) / 200).max(1);
    match draws.len() {
        0 => (0, 0),
        all => (best[(outside - 1).min(all - 1)], worst[all.saturating_sub(outside).min(all - 1)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_their_places() {
        let scores = vec![3.0, 1.0, 3.0, 0.0, 2.0];
        let of = [Some(3.0), Some(2.0), Some(0.0), None];
        assert_eq!(places(scores, &of, 9), [(1, 2), (3, 3), (5, 5), (6, 9)]);
        assert_eq!(places(Vec::new(), &[None], 0), [(1, 1)]);
    }

    #[test]
    fn an_interval_leaves_out_the_furthest_draws_on_both_sides() {
        let mut draws = vec![(4, 4); FEWEST];
        assert_eq!(interval(&draws), (4, 4));
        draws[7] = (1, 9);
        assert_eq!(interval(&draws), (1, 9));
        assert_eq!(interval(&[(2, 3)]), (2, 3));
        let mut draws = vec![(4, 5); 200];
        draws[..4].fill((1, 1));
        draws[4..8].fill((9, 9));
        assert_eq!(interval(&draws), (4, 5));
        draws[8] = (2, 9);
        assert_eq!(interval(&draws), (2, 9));
    }

    #[test]
    fn every_cluster_is_drawn_as_often_as_every_other() {
        let mut sums = [0u32; 10];
        for draw in 0..1000 {
            times(draw, 10).iter().zip(&mut sums).for_each(|(times, sum)| *sum += times);
        }
        // Ten thousand draws: a standard deviation of 30.
        assert!(sums.iter().all(|sum| sum.abs_diff(1000) < 150), "{sums:?}");
        assert_ne!(times(0, 10), times(1, 10));
    }
}
