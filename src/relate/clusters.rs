//! The corpus drawn anew: what each cluster of documents adds to every count, so that the counts of any draw are sums.
//!
//! Documents drawn with replacement tell how far a count hangs on which documents happened to be read (the bootstrap: Efron &
//! Tibshirani, An Introduction to the Bootstrap, 1993). Documents that repeat each other's sentences are no two observations: they
//! are one cluster and drawn together. A sentence in which nobody acts (a masthead, "Sign up here.") joins none.

use foldhash::{HashMap, HashMapExt};
use thin_vec::ThinVec;

use super::meetings::TOGETHER;
use super::scenes::Scene;
use super::{Actor, Folds, Named, Options, Pair, Ties, actor, count};
use crate::model::CorpusFigures;
use crate::unify::fold::{Fold, Groups};
use crate::unify::{Corpus, CorpusDocument, CorpusMention};

/// A corpus in clusters of documents, with what each adds.
#[derive(Clone, Debug)]
pub struct Clusters {
    /// The cluster of each document, in order of documents; numbered from 0 in order of their first ones.
    pub of: Vec<u32>,
    /// What each cluster is.
    sizes: Vec<CorpusFigures>,
    /// Each entity of the corpus, with nothing counted.
    actors: Vec<Actor>,
    /// What each cluster adds to an entity: numbers of both, and the counts.
    acts: Vec<(u32, u32, Actor)>,
    /// What each cluster adds to a pair: its number, and the counts; sorted by pair.
    pairs: Vec<(u32, Pair)>,
}

impl Clusters {
    /// Counts each cluster alone. Cost: that of [`relate`](super::relate), without evidence.
    pub fn new(corpus: &Corpus, options: &Options) -> Clusters {
        let options = Options { evidence: 0, ..options.clone() };
        let documents = &corpus.documents;
        let folds = Folds::new(corpus, &options);
        let scene = |document| Scene::new(document, |at| document.mentions[at].entity(), &options);
        let of = clusters(&documents.iter().map(scene).collect::<Vec<_>>(), folds.units(), &corpus.sentences);
        let numbers = |document: &CorpusDocument| document.mentions.iter().map(CorpusMention::entity).collect();
        let mut numbers: Vec<Vec<Option<u32>>> = documents.iter().map(numbers).collect();
        // An entity has a number of its own in each cluster, so that one count of the corpus is one of each cluster.
        let keys = renumber(&mut numbers, &of);
        let named = Named {
            numbers: Some(numbers),
            actors: keys.iter().map(|&(_, entity)| actor(&corpus.entities[entity as usize])).collect(),
            entities: Some(keys.iter().map(|&(_, entity)| entity).collect()),
        };
        let (acts, pairs, _) = count(documents, named, &folds, &options, TOGETHER);
        let acts = keys.iter().zip(acts).map(|(&(cluster, entity), act)| (cluster, entity, bare(act)));
        let part = |pair: Pair| {
            let ((cluster, a), (_, b)) = (keys[pair.entities.0 as usize], keys[pair.entities.1 as usize]);
            (cluster, Pair { entities: (a, b), days: ThinVec::new(), ..pair })
        };
        let mut pairs: Vec<(u32, Pair)> = pairs.into_iter().map(part).collect();
        pairs.sort_unstable_by_key(|(cluster, pair)| (pair.entities, *cluster));
        let sizes = sizes(documents, &of, folds.units(), &options);
        Clusters { of, sizes, actors: corpus.entities.iter().map(actor).collect(), acts: acts.collect(), pairs }
    }

    /// How many clusters there are.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// How many documents the largest has. Where that is most of them, draws differ by little else than how often it is there.
    pub fn largest(&self) -> u64 {
        self.sizes.iter().map(|size| size.documents).max().unwrap_or_default()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// What is counted where each cluster stands so often: what [`relate`](super::relate) counts in a corpus with so many of
    /// each, none of them a copy of another. Only counts, no days, forms or evidence; a unit in which nobody acts belongs to
    /// the cluster of its first document. Cost: linear in the entities and pairs of all clusters.
    pub fn drawn(&self, times: &[u32]) -> Ties {
        let times = |cluster: &u32| u64::from(times[*cluster as usize]);
        let mut figures = CorpusFigures::default();
        for (size, cluster) in self.sizes.iter().zip(0..) {
            (figures.unit, figures.partial) = (size.unit, size.partial);
            figures.documents += size.documents * times(&cluster);
            figures.sentences += size.sentences * times(&cluster);
            figures.units += size.units * times(&cluster);
        }
        let mut actors = self.actors.clone();
        for (cluster, entity, act) in &self.acts {
            actors[*entity as usize].add(act, times(cluster));
        }
        let of_pair = self.pairs.chunk_by(|(_, a), (_, b)| a.entities == b.entities);
        let sum = |parts: &[(u32, Pair)]| {
            let mut pair = Pair { entities: parts[0].1.entities, ..Pair::default() };
            parts.iter().for_each(|(cluster, part)| pair.add(part, times(cluster)));
            (pair.n > 0).then_some(pair)
        };
        Ties { figures, actors, pairs: of_pair.filter_map(sum).collect(), ..Ties::default() }
    }
}

/// The cluster of each document: those that share a number are joined.
fn clusters(scenes: &[Scene], units: &Fold, sentences: &Fold) -> Vec<u32> {
    let mut groups = Groups::new(&[scenes.len()]);
    let (mut first_unit, mut first_sentence) = (HashMap::new(), HashMap::new());
    for (scene, document) in scenes.iter().zip(0u32..) {
        let at = document as usize;
        for (unit, _) in scene.units() {
            groups.join(*first_unit.entry(units.number(at, unit as usize)).or_insert(document), document);
        }
        for acting in &scene.acting {
            let sentence = sentences.number(at, acting.sentence as usize);
            groups.join(*first_sentence.entry(sentence).or_insert(document), document);
        }
    }
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut number = |document| {
        let next = numbers.len() as u32;
        *numbers.entry(groups.of(document)).or_insert(next)
    };
    (0..scenes.len() as u32).map(&mut number).collect()
}

/// Gives every entity of every cluster a number; these have the order of clusters, then of entities.
fn renumber(numbers: &mut [Vec<Option<u32>>], clusters: &[u32]) -> Vec<(u32, u32)> {
    let of = |(numbers, cluster): (&Vec<Option<u32>>, &u32)| -> Vec<(u32, u32)> {
        numbers.iter().flatten().map(|entity| (*cluster, *entity)).collect()
    };
    let mut keys: Vec<(u32, u32)> = numbers.iter().zip(clusters).flat_map(of).collect();
    keys.sort_unstable();
    keys.dedup();
    for (numbers, cluster) in numbers.iter_mut().zip(clusters) {
        for number in numbers.iter_mut().flatten() {
            *number = keys.partition_point(|key| *key < (*cluster, *number)) as u32;
        }
    }
    keys
}

/// The documents, sentences and units of each cluster.
fn sizes(documents: &[CorpusDocument], of: &[u32], units: &Fold, options: &Options) -> Vec<CorpusFigures> {
    let count = of.iter().max().map_or(0, |last| *last as usize + 1);
    let partial = documents.iter().any(|document| document.is_partial());
    let mut sizes = vec![CorpusFigures { unit: options.unit, partial, ..CorpusFigures::default() }; count];
    let mut known = vec![false; units.count() as usize];
    for ((document, cluster), number) in documents.iter().zip(of).zip(0..) {
        let size = &mut sizes[*cluster as usize];
        size.documents += 1;
        size.sentences += u64::from(document.sentences);
        let new = |number: &&u32| !std::mem::replace(&mut known[**number as usize], true);
        size.units += units.of(number).iter().filter(new).count() as u64;
    }
    sizes
}

/// The counts alone.
fn bare(actor: Actor) -> Actor {
    Actor { aliases: Default::default(), affiliations: Default::default(), days: Vec::new(), ..actor }
}

impl Actor {
    /// Adds the counts of another, so many times.
    fn add(&mut self, other: &Actor, times: u64) {
        self.mentions += other.mentions * times;
        self.sentences += other.sentences * times;
        self.n += other.n * times;
        self.documents += other.documents * times;
    }
}

impl Pair {
    /// Adds the counts of another, so many times.
    fn add(&mut self, other: &Pair, times: u64) {
        if times == 0 {
            return;
        }
        self.sentences += other.sentences * times;
        self.n += other.n * times;
        self.documents += other.documents * times;
        self.sources += other.sources * times;
        add(&mut self.shared, &other.shared, times);
        add(&mut self.contexts, &other.contexts, times);
        self.near.iter_mut().zip(other.near).for_each(|(sum, more)| *sum += more * times);
    }
}

/// Adds counts to others, so many times; both are in order.
fn add<K: Copy + Ord>(sums: &mut ThinVec<(K, u64)>, counts: &[(K, u64)], times: u64) {
    for &(key, n) in counts {
        match sums.binary_search_by_key(&key, |(known, _)| *known) {
            Ok(at) => sums[at].1 += n * times,
            Err(at) => sums.insert(at, (key, n * times)),
        }
    }
}
