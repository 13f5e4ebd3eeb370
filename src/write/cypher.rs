//! A script of Cypher statements for a Neo4j database that is there already. It can be run again: nodes and relationships
//! are merged.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::columns::{self, Column, Value};
use super::neo4j::{LABEL, RELATIONSHIP, type_label};
use super::{Options, Sink, text};
use crate::error::Result;
use crate::measure::Report;

/// So many rows stand in one statement: each is one transaction, and its text is parsed as a whole.
const BATCH: usize = 1_000;

/// Writes the constraint, the nodes, their labels and the relationships.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.cypher", |out| {
        writeln!(out, "// cypher-shell -f graph.cypher")?;
        writeln!(out, "CREATE CONSTRAINT actant_entity IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.id IS UNIQUE;")?;
        nodes(out, report)?;
        labels(out, report)?;
        relationships(out, report)
    })
}

fn nodes(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let columns = columns::of_nodes(report);
    let rows = report.graph.nodes().map(|(id, node)| {
        let name = ("name", Some(Value::Text(&node.name)));
        format!("{{id: {}, set: {}}}", string(&text::id(&node.id)), map(name, &columns, id))
    });
    batches(out, rows, &format!("MERGE (n:{LABEL} {{id: row.id}})\nSET n += row.set;"))
}

fn labels(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let types: BTreeSet<_> = report.graph.nodes().map(|(_, node)| &node.entity_type).collect();
    for entity_type in types {
        let (name, label) = (string(entity_type.name()), quoted(&type_label(entity_type)));
        writeln!(out, "MATCH (n:{LABEL} {{type: {name}}}) SET n:{label};")?;
    }
    Ok(())
}

fn relationships(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let graph = &report.graph;
    let columns = columns::of_edges(report);
    let rows = columns::edges(graph).map(|(id, a, b, edge)| {
        let (source, target) = (string(&text::id(&graph.node(a).id)), string(&text::id(&graph.node(b).id)));
        let weight = ("weight", Some(Value::Float(edge.weight)));
        format!("{{source: {source}, target: {target}, set: {}}}", map(weight, &columns, columns::Tie::of(graph, id)))
    });
    let ends = format!("MATCH (a:{LABEL} {{id: row.source}}), (b:{LABEL} {{id: row.target}})");
    // Without direction: a tie that an earlier script wrote the other way round is the same tie.
    batches(out, rows, &format!("{ends}\nMERGE (a)-[r:{RELATIONSHIP}]-(b)\nSET r += row.set;"))
}

fn batches(out: &mut dyn Write, rows: impl Iterator<Item = String>, statement: &str) -> io::Result<()> {
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        write!(out, "UNWIND [")?;
        for (number, row) in rows.by_ref().take(BATCH).enumerate() {
            write!(out, "{}\n{row}", if number == 0 { "" } else { "," })?;
        }
        writeln!(out, "\n] AS row\n{statement}")?;
    }
    Ok(())
}

/// A map of all columns; `null` takes away what an earlier run may have set.
fn map<'a, I: Copy>(first: (&'a str, Option<Value<'a>>), columns: &[Column<'a, I>], of: I) -> String {
    let rest = columns.iter().map(|column| (column.name, column.value(of)));
    let pairs = std::iter::once(first).chain(rest).map(|(name, value)| {
        let value = value.map_or_else(|| "null".to_owned(), |value| literal(&value));
        format!("{}: {value}", quoted(name))
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

fn literal(value: &Value<'_>) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        // With a point or an exponent, else it would be an integer.
        Value::Float(number) => format!("{number:?}"),
        Value::Text(text) => string(text),
        Value::Day(day) => format!("date('{day}')"),
        Value::List(items) => format!("[{}]", items.iter().map(|item| string(item)).collect::<Vec<_>>().join(", ")),
    }
}

/// A string on one line. Cypher replaces `\uXXXX` in the whole statement before it looks for quotes, and in some versions
/// behind an escaped backslash too: no backslash may stand before a `u`, so the string is cut in two there.
fn string(text: &str) -> String {
    let text = text::label(text, usize::MAX - 1).replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", text.replace("\\u", "\\' + 'u").replace("\\U", "\\' + 'U"))
}

/// A name of a label or a key, quoted where it is no plain word.
fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    // Backslashes would begin an escape here too.
    if plain { name.to_owned() } else { format!("`{}`", name.replace('\\', "/").replace('`', "``")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_be_left() {
        let check = |text: &str, expected: &str| assert_eq!(string(text), expected);
        check("O'Neil", r"'O\'Neil'");
        check("a\\", r"'a\\'");
        check("a\\'b", r"'a\\\'b'");
        check("a\nb\0", "'a b\u{fffd}'");
        check(r"\u0027 x", r"'\\' + 'u0027 x'");
        check(r"\\u0027", r"'\\\\' + 'u0027'");
        assert!(!string(r"C:\users\Ulf").contains("\\u"));
        assert_eq!(quoted("k-core"), "`k-core`");
        assert_eq!(quoted("a`b\\u0060"), "`a``b/u0060`");
    }

    #[test]
    fn rows_stand_in_batches() {
        let mut out = Vec::new();
        batches(&mut out, (0..2_001).map(|number| number.to_string()), "RETURN row;").expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text.matches("UNWIND [").count(), 3);
        assert!(text.contains("\n998,\n999\n] AS row\nRETURN row;\nUNWIND [\n1000,\n"), "{text}");
    }
}
