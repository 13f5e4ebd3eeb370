use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::graph::{Edge, EntityGraph, Evidence, Node};
use crate::model::{Ambiguous, Context, CorpusFigures, Date, DocumentInfo, EntityType, Rule, Span, Spot};

const HOSTILE: [&str; 5] = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "{{script}}{{graph}}",
    "a\u{2028}b\u{0}&amp;",
    "É😀 \"quoted\\\"",
];

/// The page as text.
fn page(report: &Report, title: &str) -> String {
    let mut sink = Sink::memory();
    let options = Options { title: title.to_owned(), ..Options::default() };
    write(report, &options, &mut sink).expect("memory takes all");
    String::from_utf8(sink.into_parts().remove(0).1).expect("a page is text")
}

/// A day that the document has, and one that it has not.
fn day(times: u64) -> Vec<(Date, u64)> {
    [19, 20].into_iter().filter_map(|day| Some((Date::new(2025, 5, day)?, times))).collect()
}

/// Actors of these names, each tied to the next by a sentence.
fn report(names: &[String]) -> Report {
    let node = |(number, name): (usize, &String)| Node {
        id: format!("{number} {name}"),
        name: name.clone(),
        entity_type: EntityType::from_name(["person", "</script>"][number % 2]),
        mentions: 3,
        sentences: (names.len() - number) as u64,
        n: 1,
        documents: 1,
        aliases: BTreeMap::from([(name.clone(), 2), ("rare".to_owned(), 1)]),
        affiliations: BTreeMap::from([("</script>".to_owned(), 1)]),
        first: None,
        last: Date::new(2025, 5, 19),
        days: day(2),
    };
    let edge = |number: usize| {
        let text = format!("{} met {}", names[number], names[number + 1]);
        let target = text.len() - names[number + 1].len();
        let mark = |start: usize, end: usize| Spot {
            span: Span::new(start, end),
            rule: const { Rule::named("title") },
            context: Context::Plain,
        };
        let (source, target) = (mark(0, names[number].len()), mark(target, text.len()));
        let evidence = Evidence {
            document: "</script>".into(),
            sentence: number as u32,
            last_sentence: number as u32 + u32::from(number == 0),
            text: text.into(),
            source,
            target,
            copies: [("<copy>".into(), 6)].into_iter().filter(|_| number == 1).collect(),
        };
        let edge = Edge {
            sentences: 1,
            weight: f64::NAN,
            days: day(1).into(),
            evidence: [evidence].into(),
            ..Edge::default()
        };
        (number, number + 1, edge)
    };
    let document =
        DocumentInfo { id: "</script>".into(), title: Some("<b>".into()), date: Date::new(2025, 5, 19), source: None };
    let edges = (0..names.len() - 1).map(edge).collect();
    let nodes = names.iter().enumerate().map(node).collect();
    let mut graph = EntityGraph::new(nodes, edges, CorpusFigures::default(), vec![document]);
    graph.ambiguous = vec![Ambiguous {
        surface: names[0].clone(),
        entity_type: EntityType::Person,
        candidates: [&*format!("1 {}", names[1]), "</script>"].into_iter().collect(),
        count: 2,
        document: "</script>".into(),
        sentence: 0,
        text: format!("😀{}", names[0]),
        span: Span::new(4, 4 + names[0].len()),
    }];
    Report::new(graph, Some(&["degree"]))
}

fn hostile() -> Report {
    report(&HOSTILE.map(str::to_owned))
}

/// What stands in the element that `start` begins.
fn element<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    page.split_once(start).expect(start).1.split_once(end).expect(end).0
}

fn data(page: &str, id: &str) -> Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    serde_json::from_str(element(page, &start, "</script>")).expect("JSON")
}

#[test]
fn no_name_ends_its_element() {
    let page = page(&hostile(), "</title><script>alert(2)</script>");
    assert_eq!(page.matches("<script").count(), 3, "two of data, one of the page");
    assert_eq!(page.matches("</script").count(), 3);
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(!page.contains('\u{2028}'));
    assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;"));
    let graph = data(&page, "graph");
    assert_eq!(graph["nodes"]["name"], serde_json::json!(HOSTILE));
}

#[test]
fn the_policy_names_the_script_and_the_style_and_nothing_else() {
    let page = page(&hostile(), "");
    let policy = element(&page, "Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    let script = element(&page, "<script>", "</script>");
    let style = element(&page, "<style>", "</style>");
    let parts: Vec<&str> = policy.split("; ").collect();
    assert_eq!(parts[0], "default-src 'none'");
    assert_eq!(parts[1], format!("script-src {}", hash(script)));
    assert_eq!(parts[2], format!("style-src {}", hash(style)));
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"));
}

#[test]
fn the_page_asks_for_nothing_and_parses_no_markup() {
    let own: String = SCRIPT.concat() + STYLE + SKELETON;
    for forbidden in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttp",
        "import(",
    ] {
        assert!(!own.contains(forbidden), "{forbidden}");
    }
    let addresses: Vec<&str> = own.match_indices("http").map(|(at, _)| &own[at..at + 26]).collect();
    assert!(
        addresses
            .iter()
            .all(|address| address.starts_with("http://www.w3.org/2000/svg") || address.starts_with("http-equiv"))
    );
}

#[test]
fn offsets_are_those_of_the_script() {
    let report = hostile();
    let texts = data(&page(&report, ""), "texts");
    let utf16 = |text: &Value| text.as_str().expect("a text").encode_utf16().collect::<Vec<u16>>();
    let number = |value: &Value| value.as_u64().expect("a number") as usize;
    for (tie, (_, a, b, _)) in report.graph.edges().enumerate() {
        let numbers: Vec<usize> = texts["evidence"][tie].as_array().expect("numbers").iter().map(number).collect();
        let sentence = &texts["sentences"][numbers[0]];
        assert_eq!((number(&sentence[0]), number(&sentence[1])), (0, tie + 1));
        assert_eq!(number(&sentence[2]) - number(&sentence[1]), usize::from(tie == 0));
        assert_eq!(numbers[7], usize::from(tie == 1));
        let units = utf16(&sentence[3]);
        let marked = |start: usize, end: usize| String::from_utf16(&units[start..end]).expect("whole signs");
        assert_eq!(marked(numbers[1], numbers[2]), report.graph.node(a).name);
        assert_eq!(marked(numbers[4], numbers[5]), report.graph.node(b).name);
        assert_eq!(texts["rules"][numbers[3]][0], "title");
    }
    assert_eq!(texts["copies"], serde_json::json!([[1, 7]]));
    assert_eq!(
        (&texts["actor_days"][0], &texts["tie_days"][0]),
        (&serde_json::json!([0, 2]), &serde_json::json!([0, 1]))
    );
    assert_eq!(texts["documents"][1][0], "<copy>");
    let row = &texts["ambiguous"][0];
    assert_eq!((number(&row[5]), number(&row[6]) - 2), (2, HOSTILE[0].len()));
    assert_eq!((&row[2][0], &row[2][1]), (&serde_json::json!(1), &serde_json::json!("</script>")));
    assert_eq!(texts["documents"][0], serde_json::json!(["</script>", "<b>", 20250519, ""]));
}

#[test]
fn many_actors_are_cut_and_counted() {
    let names: Vec<String> = (0..MAX_ACTORS + 20).map(|number| format!("Actor {number}")).collect();
    let report = report(&names);
    let page = page(&report, "Many");
    let graph = data(&page, "graph");
    assert_eq!(graph["whole"], serde_json::json!([MAX_ACTORS + 20, MAX_ACTORS + 19]));
    for column in ["id", "name", "kind", "community", "x", "y", "radius", "first", "last"] {
        assert_eq!(graph["nodes"][column].as_array().map(Vec::len), Some(MAX_ACTORS), "{column}");
    }
    assert_eq!(graph["ties"]["source"].as_array().map(Vec::len), Some(MAX_ACTORS - 1));
    assert_eq!(page, self::page(&report, "Many"));
}

#[test]
fn a_page_of_nothing_is_a_page() {
    let graph = data(&page(&Report::default(), ""), "graph");
    assert_eq!(graph["nodes"]["id"], serde_json::json!([]));
}

#[test]
fn numbers_are_short_but_whole() {
    assert_eq!(
        [data::short(12_345.0), data::short(0.123_456), data::short(f64::INFINITY), data::short(-1e-9)],
        [12_345.0, 0.1235, 0.0, -1e-9]
    );
    let mut json = Vec::new();
    inert(&mut json, "<a>&\u{2029}é").expect("memory takes all");
    assert_eq!(String::from_utf8(json).expect("text"), "\\u003ca\\u003e\\u0026\\u2029é");
}
