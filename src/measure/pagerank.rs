//! Weighted PageRank.

use crate::graph::{Adjacency, EntityGraph};

/// The share of a walker's time at each node: at every step it follows an edge with probability 0.85, in proportion to the
/// weights, else it jumps to any node. Sums to 1. A node without edges passes its share to all.
///
/// Power iteration until no share moves by more than 1e-15 in sum, at most 1,000 rounds; the error is then below 1e-14.
/// petgraph's `page_rank` ignores weights, so this is our own. Page, Brin, Motwani & Winograd, "The PageRank citation ranking",
/// Stanford 1999.
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    const ROUNDS: usize = 1000;
    const TOLERANCE: f64 = 1e-15;
    let lists = graph.adjacency();
    let n = lists.len();
    if n == 0 {
        return Vec::new();
    }
    let strengths: Vec<f64> = lists.iter().map(|list| list.iter().map(|(_, weight)| weight).sum()).collect();
    let dangling: Vec<usize> = (0..n).filter(|&node| strengths[node] == 0.0).collect();
    let flows = Flows::new(&lists, &strengths);
    drop(lists);
    let mut shares = vec![1.0 / n as f64; n];
    let (mut next, mut values) = (shares.clone(), Vec::new());
    for _ in 0..ROUNDS {
        let unbound: f64 = dangling.iter().map(|&node| shares[node]).sum();
        let base = (1.0 - DAMPING + DAMPING * unbound) / n as f64;
        flows.set(&mut values, &shares);
        flows.each_sum(&values, |node, flow| next[node as usize] = base + DAMPING * flow);
        let moved: f64 = next.iter().zip(&shares).map(|(a, b)| (a - b).abs()).sum();
        std::mem::swap(&mut shares, &mut next);
        if moved < TOLERANCE {
            break;
        }
    }
    shares
}

/// What flows from one node to another in a round. It is the same along all ties of a node that weigh the same, which most do: four
/// bytes a tie are read in each of two hundred rounds instead of sixteen, and most products are made once.
struct Flows {
    /// Which part of the share of its node each is, those of each node side by side.
    parts: Vec<f64>,
    /// Where those of each node begin, and the end.
    begins: Vec<usize>,
    /// For each of `nodes` the numbers of the flows that come from its neighbours, in order of these.
    into: Vec<u32>,
    /// The nodes in order of the number of their neighbours, and where in `into` the flows of each end. A processor foresees where
    /// a sum ends that is as long as the one before, and adds up several at once.
    nodes: Vec<(u32, usize)>,
}

impl Flows {
    fn new(lists: &Adjacency, strengths: &[f64]) -> Flows {
        let part = |node: u32, weight: f64| weight / strengths[node as usize];
        let (mut parts, mut begins, mut own) = (Vec::new(), vec![0], Vec::new());
        for (list, node) in lists.iter().zip(0..) {
            own.extend(list.iter().map(|(_, weight)| part(node, *weight)));
            own.sort_unstable_by(f64::total_cmp);
            own.dedup();
            parts.append(&mut own);
            begins.push(parts.len());
        }
        let flow = |&(from, weight): &(u32, f64)| {
            let (begin, end) = (begins[from as usize], begins[from as usize + 1]);
            let value = part(from, weight);
            (begin + parts[begin..end].partition_point(|part| *part < value)) as u32
        };
        let mut order: Vec<u32> = (0..lists.len() as u32).collect();
        order.sort_by_key(|&node| lists[node as usize].len());
        let mut into = Vec::with_capacity(lists.iter().map(<[_]>::len).sum());
        let mut nodes = Vec::with_capacity(order.len());
        for node in order {
            into.extend(lists[node as usize].iter().map(flow));
            nodes.push((node, into.len()));
        }
        Flows { parts, begins, into, nodes }
    }

    /// How much each flow is, given the share of every node.
    fn set(&self, values: &mut Vec<f64>, shares: &[f64]) {
        values.clear();
        for (ends, share) in self.begins.windows(2).zip(shares) {
            values.extend(self.parts[ends[0]..ends[1]].iter().map(|part| share * part));
        }
    }

    /// Tells for every node how much flows into it, added up in order of its neighbours.
    fn each_sum(&self, values: &[f64], mut tell: impl FnMut(u32, f64)) {
        let mut begin = 0;
        for &(node, end) in &self.nodes {
            let mut sum = 0.0;
            for &flow in &self.into[begin..end] {
                sum += values[flow as usize];
            }
            tell(node, sum);
            begin = end;
        }
    }
}
