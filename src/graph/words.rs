//! The words that mark a tie against all others.
//!
//! A word marks a tie when it stands in more of its sentences than in those of the others, by more than chance: the
//! log-likelihood ratio of [`super::compare::g2`]. What is counted are the sentences kept as evidence.

use foldhash::{HashMap, HashSet};

use super::compare::{LEVEL, g2};
use super::{Edge, EntityGraph, NodeId};

/// How many sentences each word stands in, of all that are kept as evidence of some tie.
pub struct Words {
    sentences: u64,
    counts: HashMap<String, u64>,
}

impl Words {
    /// Counts the words of a graph. Cost: linear in the text of the evidence.
    pub fn of(graph: &EntityGraph) -> Words {
        let mut seen: HashSet<(&str, u32)> = HashSet::default();
        let mut words = Words { sentences: 0, counts: HashMap::default() };
        for evidence in graph.edges().flat_map(|(_, _, _, edge)| &edge.evidence) {
            // A sentence that ties many counts once.
            if seen.insert((&evidence.document, evidence.sentence)) {
                words.sentences += 1;
                distinct(&evidence.text).into_iter().for_each(|word| *words.counts.entry(word).or_default() += 1);
            }
        }
        words
    }

    /// At most `limit` words that mark the tie of two actors, those furthest from chance first. Words of their own names, and
    /// words that stand in one of its sentences only, are left out.
    pub fn marking(&self, graph: &EntityGraph, ends: (NodeId, NodeId), edge: &Edge, limit: usize) -> Vec<String> {
        let mut own: HashSet<String> = HashSet::default();
        for node in [ends.0, ends.1] {
            let node = graph.node(node);
            node.aliases.keys().chain([&node.name]).for_each(|name| own.extend(distinct(name)));
        }
        let mut counts: HashMap<String, u64> = HashMap::default();
        for evidence in &edge.evidence {
            distinct(&evidence.text).into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let here = edge.evidence.len() as u64;
        let elsewhere = self.sentences.saturating_sub(here);
        let mut marking: Vec<(f64, String)> = Vec::new();
        for (word, n) in counts.into_iter().filter(|(word, n)| *n > 1 && !own.contains(word)) {
            let others = self.counts.get(&word).copied().unwrap_or_default().saturating_sub(n);
            let is_more = n as f64 * elsewhere as f64 > others as f64 * here as f64;
            let far = g2((others.min(elsewhere), n), (elsewhere, here));
            if is_more && far >= LEVEL {
                marking.push((far, word));
            }
        }
        marking.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        marking.into_iter().take(limit).map(|(_, word)| word).collect()
    }
}

/// The words of a text in lower case, each once; single letters and numbers are none.
fn distinct(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_word = |word: &&str| word.chars().nth(1).is_some() && word.chars().any(char::is_alphabetic);
    words.filter(is_word).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Evidence, fixtures};
    use crate::model::{Context, CorpusFigures, Rule, Span, Spot};

    const SPOT: Spot =
        Spot { span: Span { start: 0, end: 0 }, rule: const { Rule::named("gazetteer") }, context: Context::Plain };

    fn edge(number: u32, texts: &[&str]) -> Edge {
        let evidence = |(at, text): (usize, &&str)| Evidence {
            document: format!("d{number}").into(),
            sentence: at as u32,
            last_sentence: at as u32,
            text: (*text).into(),
            source: SPOT,
            target: SPOT,
            copies: Default::default(),
        };
        Edge { n: 1, weight: 1.0, evidence: texts.iter().enumerate().map(evidence).collect(), ..Edge::default() }
    }

    #[test]
    fn a_word_of_one_tie_marks_it_and_names_do_not() {
        let ships = ["Ann and Bob sold the ships.", "Bob saw Ann and the ships.", "Ann and Bob: ships in the harbour."];
        let other =
            ["Ann met Cy and the press.", "Ann met Cy in the rain.", "Ann met Cy again and the rest.", "Ann met Cy."];
        let nodes = ["Ann", "Bob", "Cy"].map(fixtures::node).into();
        let edges = vec![(0, 1, edge(0, &ships)), (0, 2, edge(1, &other))];
        let graph = EntityGraph::new(nodes, edges, CorpusFigures::default(), Vec::new());
        let words = Words::of(&graph);
        let marking = |a: u32, b: u32| {
            let tie = graph.between(NodeId(a), NodeId(b)).expect("a tie");
            words.marking(&graph, (NodeId(a), NodeId(b)), graph.edge(tie).2, 5)
        };
        assert_eq!((marking(0, 1), marking(0, 2)), (vec!["ships".to_owned()], vec!["met".to_owned()]));
    }
}
