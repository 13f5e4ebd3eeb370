//! What the strength of a tie can mean: one row for each weight.
//!
//! A unit is a sentence unless the build was told otherwise; copies count once. N units in all, `n_i` with actor i, `n_ij` with both, `d` documents with both.

use super::significance::deviance;

/// A row of [`WEIGHTS`].
#[derive(Debug)]
pub struct Weight {
    /// The word for it everywhere.
    pub name: &'static str,
    /// What it tells, with its formula, for people.
    pub about: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether a larger value is a stronger tie.
    pub larger_is_stronger: bool,
    /// Whether every value is positive and grows with the tie, so that it can drive paths, PageRank and backbones. The others
    /// order and filter only.
    pub positive: bool,
    /// Whether it is one of the edge's plain counts, which the saved graph keeps under a key of their own.
    pub count: bool,
    /// Whether it is a test against chance, which means nothing where not all sentences of the corpus are counted.
    pub test: bool,
    /// Its value.
    pub value: fn(&Counts) -> f64,
}

/// What is known about a pair when its weights are computed.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// Units with both.
    pub n: u64,
    /// Units with the one, and with the other.
    pub ends: (u64, u64),
    /// Units of the corpus.
    pub units: u64,
    /// Documents with such a unit.
    pub documents: u64,
    /// Independent documents, see [`crate::relate::Pair::sources`].
    pub sources: u64,
    /// What does not follow from these.
    pub kept: Kept,
}

/// The weights of a tie that do not follow from its counts and those of its ends; NaN where one is not known.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Newman's sum, see [`crate::relate::Pair::fractional()`].
    pub fractional: f64,
    /// The sum of exp(-distance), see [`crate::relate::Pair::decay()`].
    pub decay: f64,
    /// The exact test's probability, see [`super::significance::upper_tail`].
    pub p: f64,
    /// The same, adjusted for the number of pairs, see [`super::significance::adjusted`].
    pub q: f64,
}

impl Kept {
    /// Whether one of them is known.
    pub fn is_known(&self) -> bool {
        ![self.fractional, self.decay, self.p, self.q].iter().all(|value| value.is_nan())
    }

    /// The one of this name; nothing where it is no weight that is kept.
    pub fn named(&mut self, name: &str) -> Option<&mut f64> {
        match name {
            "fractional" => Some(&mut self.fractional),
            "decay" => Some(&mut self.decay),
            "p" => Some(&mut self.p),
            "q" => Some(&mut self.q),
            _ => None,
        }
    }
}

impl Default for Kept {
    /// None is known.
    fn default() -> Kept {
        Kept { fractional: f64::NAN, decay: f64::NAN, p: f64::NAN, q: f64::NAN }
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Kept) -> bool {
        let bits = |kept: &Kept| {
            [kept.fractional, kept.decay, kept.p, kept.q].map(|value| (!value.is_nan()).then_some(value.to_bits()))
        };
        bits(self) == bits(other)
    }
}

/// Every weight, sorted by name.
pub const WEIGHTS: &[Weight] = &[
    Weight {
        name: "association",
        about: "how many times more often both are named together than by chance: N n_ij / (n_i n_j)",
        source: "van Eck & Waltman 2009",
        value: |c| c.product_ratio() * c.units as f64,
        ..POSITIVE
    },
    Weight {
        name: "cosine",
        about: "shared units over the geometric mean of both: n_ij / sqrt(n_i n_j)",
        source: "Salton & McGill 1983; Ochiai 1957",
        value: |c| c.n as f64 / (c.ends.0 as f64 * c.ends.1 as f64).sqrt(),
        ..POSITIVE
    },
    Weight {
        name: "decay",
        about: "sentences with both, and exp(-d) for sentences d apart in one document, d up to 3",
        source: "Spitz & Gertz 2016",
        value: |c| c.kept.decay,
        ..POSITIVE
    },
    Weight {
        name: "documents",
        about: "documents with a unit that holds both",
        source: "count",
        count: true,
        value: |c| c.documents as f64,
        ..POSITIVE
    },
    Weight {
        name: "fractional",
        about: "each unit shared out: the sum of 1/(k-1) over the units with both, where k are named",
        source: "Newman 2001",
        value: |c| c.kept.fractional,
        ..POSITIVE
    },
    Weight {
        name: "g2",
        about: "log-likelihood ratio of the 2 by 2 table, negative where both meet less often than by chance",
        source: "Dunning 1993",
        value: g2,
        ..ORDERS_ONLY
    },
    Weight {
        name: "jaccard",
        about: "shared units over the units with either: n_ij / (n_i + n_j - n_ij)",
        source: "Jaccard 1901",
        value: |c| c.n as f64 / (c.ends.0 as f64 + c.ends.1 as f64 - c.n as f64),
        ..POSITIVE
    },
    Weight {
        name: "n",
        about: "units with both, copies counted once: sentences, or what `--unit` says",
        source: "count",
        count: true,
        value: |c| c.n as f64,
        ..POSITIVE
    },
    Weight {
        name: "npmi",
        about: "pmi over its largest value, from -1 (never) over 0 (chance) to 1 (always together)",
        source: "Bouma 2009",
        value: npmi,
        ..ORDERS_ONLY
    },
    Weight {
        name: "p",
        about: "probability that chance alone names both in so many units or more (exact, hypergeometric)",
        source: "Tumminello et al. 2011",
        larger_is_stronger: false,
        test: true,
        value: |c| c.kept.p,
        ..ORDERS_ONLY
    },
    Weight {
        name: "pmi",
        about: "pointwise mutual information in bits: log2 of the association",
        source: "Church & Hanks 1990",
        value: pmi,
        ..ORDERS_ONLY
    },
    Weight {
        name: "q",
        about: "p adjusted for all pairs that could have met: the share of chance ties among those up to this q",
        source: "Benjamini & Hochberg 1995",
        larger_is_stronger: false,
        test: true,
        value: |c| c.kept.q,
        ..ORDERS_ONLY
    },
    Weight {
        name: "sources",
        about: "documents with a unit that holds both; those that repeat each other's are one",
        source: "count",
        count: true,
        value: |c| c.sources as f64,
        ..POSITIVE
    },
];

impl Weight {
    /// Its value, if it is known. Without units it is not: a graph may come without the counts of its actors.
    pub fn of(&self, counts: &Counts) -> Option<f64> {
        let known = self.count || counts.units > 0;
        known.then(|| (self.value)(counts)).filter(|value| value.is_finite())
    }
}

/// The row of this name.
pub fn weight(name: &str) -> Option<&'static Weight> {
    WEIGHTS.iter().find(|weight| weight.name == name)
}

/// The names of all weights.
pub fn names() -> Vec<&'static str> {
    WEIGHTS.iter().map(|weight| weight.name).collect()
}

/// The weight that is used unless told otherwise.
pub fn default_weight() -> &'static Weight {
    weight("n").expect("a row of the table")
}

/// The values of all weights of a tie, by row of [`WEIGHTS`], as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Values([Option<f64>; WEIGHTS.len()]);

impl Values {
    /// The weights of a pair.
    pub fn of(counts: &Counts) -> Values {
        Values(std::array::from_fn(|row| WEIGHTS[row].of(counts)))
    }

    /// The one of a row of the table, where it is known.
    pub fn at(&self, row: usize) -> Option<f64> {
        self.0[row]
    }

    /// The known ones, in order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Weight, f64)> {
        WEIGHTS.iter().zip(self.0).filter_map(|(row, value)| Some((row, value?)))
    }
}

const POSITIVE: Weight = Weight {
    name: "",
    about: "",
    source: "",
    larger_is_stronger: true,
    positive: true,
    count: false,
    test: false,
    value: |_| 0.0,
};

const ORDERS_ONLY: Weight = Weight { positive: false, ..POSITIVE };

impl Counts {
    /// n_ij / (n_i n_j)
    fn product_ratio(&self) -> f64 {
        self.n as f64 / (self.ends.0 as f64 * self.ends.1 as f64)
    }
}

fn pmi(c: &Counts) -> f64 {
    (c.product_ratio() * c.units as f64).log2()
}

fn npmi(c: &Counts) -> f64 {
    // Both in every unit: nothing is to be learnt from either, and the limit is 1.
    if c.n >= c.units { 1.0 } else { pmi(c) / -(c.n as f64 / c.units as f64).log2() }
}

/// 2 sum k ln(k/E) over the table's four cells. Expected and observed counts have the same sum, so the deviances of the
/// cells add up to the same without their cancellation.
fn g2(c: &Counts) -> f64 {
    let (n, total) = (c.n as f64, c.units as f64);
    let (first, second) = (c.ends.0 as f64, c.ends.1 as f64);
    let (not_first, not_second) = (total - first, total - second);
    let cells = [
        (n, first * second),
        (first - n, first * not_second),
        (second - n, not_first * second),
        (total - first - second + n, not_first * not_second),
    ];
    let sum: f64 = cells.iter().map(|&(seen, product)| deviance(seen, product / total)).sum();
    if n * total > first * second { 2.0 * sum } else { -2.0 * sum }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::significance::upper_tail;

    #[test]
    fn the_table_is_sorted_and_has_the_default() {
        assert!(WEIGHTS.windows(2).all(|two| two[0].name < two[1].name));
        assert!(default_weight().positive);
        assert!(WEIGHTS.iter().all(|row| !row.positive || row.larger_is_stronger));
    }

    #[test]
    fn every_weight_of_a_table_of_counts_is_that_of_scipy() {
        let data: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/data/weights.json")).expect("JSON");
        let pairs = data["pairs"].as_array().expect("pairs");
        assert!(pairs.len() > 100);
        for pair in pairs {
            let number = |key: &str| pair[key].as_u64().expect("a number");
            let ends = (pair["ends"][0].as_u64().expect("a number"), pair["ends"][1].as_u64().expect("a number"));
            let (n, units) = (number("n"), number("units"));
            let p = upper_tail(n, ends, units);
            let kept = Kept { fractional: 0.0, decay: 0.0, p, q: p };
            let counts = Counts { n, ends, units, documents: 1, sources: 1, kept };
            for (row, found) in Values::of(&counts).iter() {
                let name = row.name;
                let Some(expected) = pair.get(name).and_then(serde_json::Value::as_f64) else { continue };
                let close = (found - expected).abs() < 1e-9 * expected.abs().max(1.0);
                assert!(close, "{name} of {n} {ends:?} {units}: {found}, expected {expected}");
            }
        }
    }
}
