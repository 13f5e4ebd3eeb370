use std::collections::BTreeMap;

use super::*;
use crate::graph::Edge;
use crate::model::CorpusFigures;
use crate::write::layout::Point;

/// A graph of actors with these names and ties, named by place, with their sentences.
fn graph(names: &[String], ties: &[(usize, usize, u64)]) -> EntityGraph {
    let types = ["person", "place", "organization", "ship", "<t>\"&"];
    let nodes = names.iter().enumerate().map(|(number, name)| Node {
        id: format!("n{number:03}"),
        name: name.clone(),
        entity_type: EntityType::from_name(types[number % types.len()]),
        mentions: 1,
        sentences: 1 + 200 / (number as u64 + 1),
        n: 1 + 200 / (number as u64 + 1),
        documents: 1,
        aliases: BTreeMap::new(),
        affiliations: BTreeMap::new(),
        first: None,
        last: None,
        days: Vec::new(),
    });
    let edge =
        |sentences: u64| Edge { sentences, n: sentences, documents: 1, weight: sentences as f64, ..Edge::default() };
    let edges = ties.iter().map(|&(a, b, sentences)| (a, b, edge(sentences)));
    EntityGraph::new(nodes.collect(), edges.collect(), CorpusFigures::default(), Vec::new())
}

/// `n` actors in some groups; every twelfth one has no ties.
fn sample(n: usize) -> EntityGraph {
    let words =
        ["Ann", "Republic of Somewhere", "Zoë Ångström-Wójcik", "Ministry for Names That Are Too Long", "Bo Li"];
    let names: Vec<String> = (0..n).map(|number| format!("{} {number}", words[number % words.len()])).collect();
    let tied = |a: usize, b: usize| match (a % 12, b % 12) {
        (11, _) | (_, 11) => false,
        _ if a % 5 == b % 5 => (a * 31 + b * 17) % 7 < 2,
        _ => (a * 37 + b * 101).is_multiple_of(89),
    };
    let ties: Vec<(usize, usize, u64)> = (0..n)
        .flat_map(|a| (0..a).map(move |b| (b, a)))
        .filter(|&(a, b)| tied(a, b))
        .map(|(a, b)| (a, b, 1 + (a * b % 6) as u64))
        .collect();
    graph(&names, &ties)
}

/// Shapes and labels as rectangles: middle and half size.
fn rectangles(scene: &Scene) -> Vec<(usize, (Point, Point))> {
    let both = |(number, figure): (usize, &Figure)| {
        let size = figure.label_size();
        let shape = (figure.centre, Point { x: figure.reach, y: figure.reach });
        let label = (figure.label_middle(figure.side), Point { x: size.width / 2.0, y: size.height / 2.0 });
        [(number, shape), (number, label)]
    };
    scene.figures.iter().enumerate().flat_map(both).collect()
}

fn titled(title: &str) -> Options {
    Options { title: title.to_owned(), ..Options::default() }
}

#[test]
fn no_label_meets_a_label_or_a_shape() {
    for n in [1, 30, 150] {
        let scene = scene::arrange(&sample(n), Options::default().layout, ASPECT);
        let all = rectangles(&scene);
        for (number, (at, half)) in &all {
            for (other, (its, size)) in all.iter().filter(|(other, _)| other != number) {
                let apart = (at.x - its.x).abs() >= half.x + size.x || (at.y - its.y).abs() >= half.y + size.y;
                assert!(apart, "{number} and {other} of {n} overlap");
            }
            assert!(at.x - half.x > -MARGIN && at.x + half.x < scene.size.width + MARGIN, "{number} of {n} is cut off");
            assert!(at.y - half.y > -SPACE && at.y + half.y < scene.size.height + SPACE, "{number} of {n} is cut off");
        }
        assert!(scene.figures.iter().all(|figure| figure.letters >= 9.0));
    }
}

#[test]
fn twice_the_same() {
    let graph = sample(60);
    assert_eq!(picture(&graph, &titled("Title")), picture(&graph, &titled("Title")));
}

#[test]
fn actors_without_ties_stand_at_the_bottom() {
    let graph = sample(60);
    let scene = scene::arrange(&graph, Options::default().layout, ASPECT);
    let shelf = scene.shelf.expect("some have no ties");
    for (number, figure) in scene.figures.iter().enumerate() {
        let tied = !graph.ties(NodeId(number as u32)).is_empty();
        assert_eq!(figure.centre.y < shelf, tied, "{number}");
    }
}

#[test]
fn many_actors_are_cut_and_counted() {
    let names: Vec<String> = (0..MAX_ACTORS + 50).map(|number| format!("Actor {number}")).collect();
    let picture = picture(&graph(&names, &[(0, 1, 2), (0, MAX_ACTORS + 1, 1)]), &titled(""));
    assert!(picture.contains("150 of 200 actors, 1 of 2 ties"));
    assert!(picture.contains(">Actor 149<") && !picture.contains(">Actor 150<"));
}

#[test]
fn hostile_names_are_well_formed() {
    let names = [
        "\"quoted\" <b>&amp;'",
        "</svg><script>alert(1)</script>",
        "a\0\u{1}\u{1b}[31m\u{7f}\u{ffff}\u{fffe}",
        "line\nbreak\ttab\u{2028}",
        &"x".repeat(20_000),
        &"中华".repeat(50),
        "\u{202e}turned",
        "e\u{301}".repeat(300).as_str(),
        "]]>",
        "<!-- -->",
        "",
        "   ",
    ]
    .map(str::to_owned);
    let ties: Vec<(usize, usize, u64)> = (1..9).map(|other| (0, other, other as u64)).collect();
    for title in ["", "<&\"'>\0", &"long ".repeat(500), &"w".repeat(5000)] {
        let picture = picture(&graph(&names, &ties), &titled(title));
        well_formed(&picture);
        assert!(picture.len() < 20_000, "{} bytes", picture.len());
        assert!(!picture.contains("<script") && !picture.contains('\u{202e}'));
    }
    well_formed(&picture(&EntityGraph::default(), &titled("")));
}

#[test]
fn odd_weights_are_drawn() {
    let graph = graph(&["A", "B", "C"].map(str::to_owned), &[(0, 1, u64::MAX), (1, 2, 1)]);
    let edges = graph.edges().map(|(_, a, b, edge)| (a.0 as usize, b.0 as usize, edge.clone()));
    let odd = [f64::NAN, f64::INFINITY, -1.0, 0.0];
    for weight in odd {
        let edges = edges.clone().map(|(a, b, edge)| (a, b, Edge { weight, ..edge })).collect();
        let nodes = graph.nodes().map(|(_, node)| Node { sentences: u64::MAX, ..node.clone() }).collect();
        let picture = picture(&EntityGraph::new(nodes, edges, CorpusFigures::default(), Vec::new()), &titled(""));
        well_formed(&picture);
        assert!(!picture.contains("NaN") && !picture.contains("inf\""), "{picture}");
    }
}

#[test]
fn labels_are_broken_and_cut() {
    assert_eq!(lettering::lines("Russia"), ["Russia"]);
    assert_eq!(lettering::lines("Russian International Affairs Council"), ["Russian International", "Affairs Council"]);
    assert!(lettering::width("W", 10.0) > lettering::width("i", 10.0));
    assert_eq!(lettering::width("é", 10.0), lettering::width("e\u{301}", 10.0));
    assert_eq!(lettering::fit("Russia", 10.0, 100.0), "Russia");
    assert!(lettering::fit(&"Russia".repeat(10), 10.0, 100.0).ends_with('…'));
    assert_eq!(lettering::wrap("one two three", 10.0, 50.0, 2), ["one two", "three"]);
    assert!(lettering::wrap("", 10.0, 50.0, 2).is_empty());
}

/// Panics unless `text` is well-formed XML, as far as this program writes it: elements, attributes, text, the five names of
/// characters.
fn well_formed(text: &str) {
    let legal = |c: char| matches!(c, '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(legal), "a character that XML does not allow");
    let mut open = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain_text(before);
        let (tag, after) = after.split_once('>').expect("a tag ends");
        let name = tag.trim_matches('/').split(' ').next().unwrap_or_default();
        assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()), "<{tag}>");
        attributes(tag);
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name), "</{name}>"),
            (_, false) => open.push(name),
            _ => {}
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} are open, {rest:?} is left");
}

/// Text between tags: each `&` begins a known name.
fn plain_text(text: &str) {
    for piece in text.split('&').skip(1) {
        let name = piece.split(';').next().unwrap_or_default();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name) && piece.contains(';'), "&{piece}");
    }
}

fn attributes(tag: &str) {
    let pieces: Vec<&str> = tag.split('"').collect();
    assert_eq!(pieces.len() % 2, 1, "<{tag}>");
    let names = pieces[..pieces.len() - 1].iter().step_by(2);
    assert!(names.clone().all(|name| name.ends_with('=') && !name.contains('<')), "<{tag}>");
    let mut names: Vec<&str> = names.map(|name| name.split(' ').next_back().unwrap_or_default()).collect();
    let before = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(before, names.len(), "an attribute twice: <{tag}>");
}
