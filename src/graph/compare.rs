//! Two graphs side by side: who and what is new, gone, stronger or weaker.
//!
//! An actor with n units of N in the first graph and n' of N' in the second is held against chance by the log-likelihood ratio of
//! the table (n, N - n; n', N' - n'), Dunning, Computational Linguistics 19(1), 1993; a tie by that of its units.

use foldhash::HashMap;

use super::significance::deviance;
use super::{EntityGraph, NodeId};

/// The 5 % point of chi-square with one degree of freedom: below it a change may be chance.
pub const LEVEL: f64 = 3.841_458_820_694_124;

/// What became of an actor or a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Not in the first graph.
    New,
    /// Not in the second graph.
    Gone,
    /// A larger share of the units than before, by more than chance.
    Stronger,
    /// A smaller share, by more than chance.
    Weaker,
}

impl Change {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Gone => "gone",
            Change::Stronger => "stronger",
            Change::Weaker => "weaker",
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'g> {
    /// What happened.
    pub change: Change,
    /// Id and name of the actor, or of both ends of the tie.
    pub of: Vec<(&'g str, &'g str)>,
    /// Units in the first and in the second graph.
    pub n: (u64, u64),
    /// How far this is from chance; never negative.
    pub g2: f64,
    /// Binary logarithm of the second share over the first, with half a unit more in each cell: positive for more.
    pub log_ratio: f64,
}

/// The changes of the actors and of the ties, those furthest from chance first. What changes by no more than chance is left
/// out, unless it is new or gone. Cost: O(n log n + m log m).
pub fn changes<'g>(old: &'g EntityGraph, new: &'g EntityGraph) -> (Vec<Row<'g>>, Vec<Row<'g>>) {
    let actors = |graph: &'g EntityGraph| graph.nodes().map(|(id, node)| (vec![name(graph, id)], node.n));
    let ties = |graph: &'g EntityGraph| {
        graph.edges().map(|(_, a, b, edge)| {
            let mut ends = vec![name(graph, a), name(graph, b)];
            ends.sort_unstable();
            (ends, edge.n)
        })
    };
    let units = (old.corpus.units, new.corpus.units);
    (rows(actors(old), actors(new), units), rows(ties(old), ties(new), units))
}

fn name(graph: &EntityGraph, node: NodeId) -> (&str, &str) {
    let node = graph.node(node);
    (&node.id, &node.name)
}

/// Ids and names.
type Ends<'g> = Vec<(&'g str, &'g str)>;

type Counted<'g> = (Ends<'g>, u64);

/// By ids, the units in both graphs.
type Known<'g> = HashMap<Vec<&'g str>, (Ends<'g>, (u64, u64))>;

fn rows<'g>(
    old: impl Iterator<Item = Counted<'g>>,
    new: impl Iterator<Item = Counted<'g>>,
    units: (u64, u64),
) -> Vec<Row<'g>> {
    let ids = |of: &[(&'g str, &'g str)]| of.iter().map(|(id, _)| *id).collect::<Vec<&str>>();
    // The names of the second graph are the later ones.
    let mut counts: Known = HashMap::default();
    old.for_each(|(of, n)| drop(counts.insert(ids(&of), (of, (n, 0)))));
    for (of, n) in new {
        let known = counts.entry(ids(&of)).or_default();
        *known = (of, (known.1.0, n));
    }
    let mut rows: Vec<Row> = counts.into_values().filter_map(|(of, n)| row(of, n, units)).collect();
    rows.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.of.cmp(&b.of)));
    rows
}

fn row<'g>(of: Vec<(&'g str, &'g str)>, n: (u64, u64), units: (u64, u64)) -> Option<Row<'g>> {
    let (g2, log_ratio) = (g2(n, units), log_ratio(n, units));
    let change = match n {
        (0, _) => Change::New,
        (_, 0) => Change::Gone,
        _ if g2 < LEVEL => return None,
        _ if log_ratio > 0.0 => Change::Stronger,
        _ => Change::Weaker,
    };
    Some(Row { change, of, n, g2, log_ratio })
}

/// The log-likelihood ratio of the table (n, N - n; n', N' - n').
pub fn g2(n: (u64, u64), units: (u64, u64)) -> f64 {
    let (a, b) = (n.0 as f64, n.1 as f64);
    let (all, other) = (units.0 as f64, units.1 as f64);
    let share = (a + b) / (all + other);
    if !(share > 0.0 && share < 1.0) {
        return 0.0;
    }
    let cells =
        [(a, all * share), (b, other * share), (all - a, all * (1.0 - share)), (other - b, other * (1.0 - share))];
    2.0 * cells.iter().map(|&(seen, expected)| deviance(seen, expected)).sum::<f64>()
}

fn log_ratio(n: (u64, u64), units: (u64, u64)) -> f64 {
    let share = |n: u64, units: u64| (n as f64 + 0.5) / (units as f64 + 1.0);
    (share(n.1, units.1) / share(n.0, units.0)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 sum k ln(k/E), from the definition.
    fn slow(n: (u64, u64), units: (u64, u64)) -> f64 {
        let table = [[n.0, units.0 - n.0], [n.1, units.1 - n.1]].map(|row| row.map(|k| k as f64));
        let total: f64 = table.iter().flatten().sum();
        let mut sum = 0.0;
        for row in table {
            for (column, k) in row.iter().enumerate() {
                let expected = row.iter().sum::<f64>() * (table[0][column] + table[1][column]) / total;
                sum += if *k > 0.0 { k * (k / expected).ln() } else { 0.0 };
            }
        }
        2.0 * sum
    }

    #[test]
    fn the_ratio_is_that_of_the_definition() {
        for (n, units) in [((3, 9), (100, 120)), ((0, 7), (50, 60)), ((12, 0), (400, 90)), ((5, 5), (5, 10))] {
            assert!((g2(n, units) - slow(n, units)).abs() < 1e-9, "{n:?} {units:?}");
        }
        assert_eq!((g2((0, 0), (9, 9)), g2((9, 9), (9, 9)), g2((0, 0), (0, 0))), (0.0, 0.0, 0.0));
    }

    #[test]
    fn what_chance_explains_is_no_change() {
        let change = |n, units| row(Vec::new(), n, units).map(|row| row.change);
        assert_eq!(change((10, 11), (100, 100)), None);
        assert_eq!(change((10, 40), (100, 100)), Some(Change::Stronger));
        assert_eq!(change((10, 11), (30, 1000)), Some(Change::Weaker));
        assert_eq!((change((0, 1), (9, 9)), change((1, 0), (9, 9))), (Some(Change::New), Some(Change::Gone)));
    }
}
