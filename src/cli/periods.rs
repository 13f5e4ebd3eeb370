//! The option `--per`: counts by day, week or month.

use clap::ValueEnum;
use foldhash::HashMap;
use serde_json::{Value, json};

use crate::graph::{EntityGraph, NodeId};
use crate::model::{Date, Period};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Per {
    /// A day
    Day,
    /// A week from Monday to Sunday, named as ISO 8601 does
    Week,
    /// A month
    Month,
}

/// A table of periods.
pub struct Periods {
    /// The headings for programs.
    pub columns: [&'static str; 4],
    /// The rows, in order of time; periods without a count are left out.
    pub rows: Vec<Vec<Value>>,
    /// So many units are of documents without a day.
    pub undated: u64,
}

impl Per {
    /// The one that suits days from `first` to `last`.
    pub fn for_days(first: Date, last: Date) -> Per {
        match last.ordinal() - first.ordinal() {
            0..14 => Per::Day,
            14..90 => Per::Week,
            _ => Per::Month,
        }
    }

    /// The heading.
    pub fn name(self) -> &'static str {
        match self {
            Per::Day => "day",
            Per::Week => "week",
            Per::Month => "month",
        }
    }

    fn period(self) -> Period {
        match self {
            Per::Day => Period::Day,
            Per::Week => Period::Week,
            Per::Month => Period::Month,
        }
    }

    /// The sums of counts by day, in order.
    fn sums(self, days: &[(Date, u64)]) -> Vec<(String, u64)> {
        let mut sums: Vec<(String, u64)> = Vec::new();
        for (day, n) in days {
            let name = day.period(self.period());
            match sums.last_mut() {
                Some((known, sum)) if *known == name => *sum += n,
                _ => sums.push((name, *n)),
            }
        }
        sums
    }
}

/// In how many units an actor acts by period, and with whom most.
pub fn of_actor(graph: &EntityGraph, id: NodeId, per: Per) -> Periods {
    let mut most: HashMap<String, (NodeId, u64)> = HashMap::default();
    for (other, edge) in graph.ties(id) {
        for (name, n) in per.sums(&graph.edge(edge).2.days) {
            let known = most.entry(name).or_insert((other, 0));
            // Of equal ones the strongest tie, which comes first.
            *known = if n > known.1 { (other, n) } else { *known };
        }
    }
    let node = graph.node(id);
    let row = |(name, n): (String, u64)| {
        let most = most.get(&name);
        let (with, shared) = (most.map(|(other, _)| &graph.node(*other).name), most.map(|(_, n)| n));
        vec![json!(name), json!(n), json!(with), json!(shared)]
    };
    let rows = per.sums(&node.days).into_iter().map(row).collect();
    Periods { columns: ["period", "n", "most_with", "shared"], rows, undated: undated(node.n, &node.days) }
}

/// In how many units two meet by period, and in how many each acts.
pub fn of_tie(graph: &EntityGraph, a: NodeId, b: NodeId, per: Per) -> Periods {
    let columns = ["period", "n", "n_a", "n_b"];
    let Some(edge) = graph.between(a, b).map(|edge| graph.edge(edge).2) else {
        return Periods { columns, rows: Vec::new(), undated: 0 };
    };
    let sums = |id| per.sums(&graph.node(id).days).into_iter().collect::<HashMap<String, u64>>();
    let (of_a, of_b) = (sums(a), sums(b));
    let of = |sums: &HashMap<String, u64>, name: &str| sums.get(name).copied().unwrap_or_default();
    let row = |(name, n): (String, u64)| {
        let (a, b) = (of(&of_a, &name), of(&of_b, &name));
        vec![json!(name), json!(n), json!(a), json!(b)]
    };
    let rows = per.sums(&edge.days).into_iter().map(row).collect();
    Periods { columns, rows, undated: undated(edge.n, &edge.days) }
}

impl Periods {
    /// The rows as objects.
    pub fn as_json(&self) -> Vec<Value> {
        let object = |row: &Vec<Value>| self.columns.iter().map(ToString::to_string).zip(row.iter().cloned()).collect();
        self.rows.iter().map(|row| Value::Object(object(row))).collect()
    }
}

fn undated(n: u64, days: &[(Date, u64)]) -> u64 {
    n - n.min(days.iter().map(|(_, n)| n).sum())
}
