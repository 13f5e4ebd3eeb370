//! `actant eval GOLD PRED`: how right mentions are, against marks made by a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::json;

use super::console::{Out, Outcome, visible};
use super::done;
use super::table::{self, Form};
use crate::error::{Error, Result};
use crate::model::EntityType;
use crate::text::chars::one_line;

/// Arguments of `actant eval`.
#[derive(clap::Args)]
pub struct Args {
    /// What a reader marked: JSON lines of {"id", "text", "spans": [{"start", "end", "type"}]}, offsets in code points, or
    /// lines as `actant mentions` prints them
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// What was found, in either form
    #[arg(value_name = "PRED")]
    predicted: PathBuf,
    /// How many of the commonest errors to list
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    errors: usize,
    /// Count demonyms ("Russian") too
    #[arg(long)]
    demonyms: bool,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// A line of either form; what else it holds is passed over.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    document: Option<String>,
    #[serde(default)]
    text: String,
    spans: Option<Vec<Span>>,
    start: Option<usize>,
    end: Option<usize>,
    #[serde(rename = "type", default)]
    entity_type: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    rule: String,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    entity_type: String,
}

/// A mark, in order of place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    start: usize,
    end: usize,
    entity_type: String,
}

/// The marks of one document, with the rule of each and the words under them.
#[derive(Default)]
struct Marked {
    marks: BTreeMap<Mark, String>,
    text: Vec<char>,
}

/// Right, overlapping with the same type, found, and marked by the reader.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    partial: usize,
    found: usize,
    gold: usize,
}

/// Prints precision, recall and F1 by type and by rule, and the commonest errors.
pub fn run(args: &Args) -> Result<Outcome> {
    let gold = read(&args.gold, args.demonyms)?;
    let predicted = read(&args.predicted, args.demonyms)?;
    if let Some(unknown) = predicted.keys().find(|id| !gold.contains_key(*id)) {
        return Err(Error::new(args.predicted.display(), format!("the document `{unknown}` is not in the gold file"))
            .way_out("both must name their documents alike"));
    }
    let mut types: BTreeMap<String, Tally> = BTreeMap::new();
    let mut rules: BTreeMap<String, Tally> = BTreeMap::new();
    let mut errors: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let nothing = Marked::default();
    for (id, gold) in &gold {
        score(gold, predicted.get(id).unwrap_or(&nothing), &mut types, &mut rules, &mut errors);
    }
    let mut out = Out::new();
    print(args, &mut out, "type", &types)?;
    print(args, &mut out, "rule", &rules)?;
    print_errors(args, &mut out, &errors)?;
    out.close()?;
    done()
}

/// Adds one document to the tallies.
fn score(
    gold: &Marked,
    found: &Marked,
    types: &mut BTreeMap<String, Tally>,
    rules: &mut BTreeMap<String, Tally>,
    errors: &mut BTreeMap<(&str, String), usize>,
) {
    let marked: BTreeSet<&Mark> = gold.marks.keys().collect();
    let overlaps = |mark: &Mark, other: &Mark| mark.start < other.end && other.start < mark.end;
    let words = |mark: &Mark| {
        let words: String = gold.text.get(mark.start..mark.end.min(gold.text.len())).unwrap_or(&[]).iter().collect();
        format!("{} [{}]", one_line(&words), mark.entity_type)
    };
    for mark in &marked {
        types.entry(mark.entity_type.clone()).or_default().gold += 1;
        if !found.marks.keys().any(|other| overlaps(mark, other)) {
            *errors.entry(("missed", words(mark))).or_default() += 1;
        }
    }
    for (mark, rule) in &found.marks {
        let right = marked.contains(mark);
        let near: Vec<&&Mark> = marked.iter().filter(|other| overlaps(mark, other)).collect();
        let partial = near.iter().any(|other| other.entity_type == mark.entity_type);
        for tally in [types.entry(mark.entity_type.clone()).or_default(), rules.entry(rule.clone()).or_default()] {
            tally.found += 1;
            tally.right += usize::from(right);
            tally.partial += usize::from(partial);
        }
        let error = match near.as_slice() {
            _ if right => continue,
            [] => "spurious",
            [other] if (other.start, other.end) == (mark.start, mark.end) => "other type",
            _ => "other bounds",
        };
        *errors.entry((error, words(mark))).or_default() += 1;
    }
}

/// Reads a file of either form: the marks of every document, in order of their ids.
fn read(path: &Path, demonyms: bool) -> Result<BTreeMap<String, Marked>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::io(path.display(), &error).way_out("name a file of JSON lines"))?;
    let mut documents: BTreeMap<String, Marked> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |what: &str| {
            Error::new(format_args!("{}:{}", path.display(), number + 1), what)
                .way_out("expected {\"id\", \"text\", \"spans\"} or a line of `actant mentions`")
        };
        let line: Line = serde_json::from_str(line).map_err(|error| fault(&format!("not a record: {error}")))?;
        let id = line.document.clone().or(line.id.clone()).ok_or_else(|| fault("neither `id` nor `document`"))?;
        let marked = documents.entry(id).or_default();
        match (line.spans, line.start, line.end) {
            (Some(spans), ..) => {
                marked.text = line.text.chars().collect();
                marked.marks.extend(spans.into_iter().map(|span| {
                    let entity_type = type_name(&span.entity_type);
                    (Mark { start: span.start, end: span.end, entity_type }, String::new())
                }));
            }
            (None, Some(start), Some(end)) if demonyms || line.kind != "demonym" => {
                marked.marks.insert(Mark { start, end, entity_type: type_name(&line.entity_type) }, line.rule);
            }
            (None, Some(_), Some(_)) => {}
            _ => return Err(fault("neither `spans` nor `start` and `end`")),
        }
    }
    Ok(documents)
}

/// One word for a type, whatever the set calls it.
fn type_name(name: &str) -> String {
    EntityType::from_label(name).name().to_owned()
}

fn print(args: &Args, out: &mut Out, what: &'static str, tallies: &BTreeMap<String, Tally>) -> Result<()> {
    let mut all = Tally::default();
    let mut rows: Vec<Vec<serde_json::Value>> = Vec::new();
    for (name, tally) in tallies {
        rows.push(row(name, tally, what == "type"));
        all.right += tally.right;
        all.partial += tally.partial;
        all.found += tally.found;
        all.gold += tally.gold;
    }
    let rates = ["precision", "recall", "F1", "partial", "right", "found", "gold"];
    let mut columns = vec![what];
    if what == "type" {
        rows.push(row("all", &all, true));
        columns.extend(rates);
    } else {
        columns.extend(["precision", "partial", "right", "found"]);
    }
    table::print(out, args.format, &columns, &rows)?;
    if args.format == Form::Table { out.line("") } else { Ok(()) }
}

/// Rates in per cent; recall and F1 only where the reader's marks have the same classes.
fn row(name: &str, tally: &Tally, recall: bool) -> Vec<serde_json::Value> {
    let rate = |part: usize, whole: usize| if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
    let (precision, found) = (rate(tally.right, tally.found), rate(tally.right, tally.gold));
    let f1 = if precision + found == 0.0 { 0.0 } else { 2.0 * precision * found / (precision + found) };
    let cell = |value: f64| json!(format!("{value:.2}"));
    let partial = cell(rate(tally.partial, tally.found));
    let counts = [json!(tally.right), json!(tally.found)];
    let mut row = vec![json!(name), cell(precision)];
    if recall {
        row.extend([cell(found), cell(f1), partial]);
        row.extend(counts);
        row.push(json!(tally.gold));
    } else {
        row.push(partial);
        row.extend(counts);
    }
    row
}

fn print_errors(args: &Args, out: &mut Out, errors: &BTreeMap<(&str, String), usize>) -> Result<()> {
    let mut commonest: Vec<(&(&str, String), &usize)> = errors.iter().collect();
    commonest.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let rows: Vec<Vec<serde_json::Value>> = commonest
        .into_iter()
        .take(args.errors)
        .map(|((error, words), times)| vec![json!(error), json!(visible(words)), json!(times)])
        .collect();
    table::print(out, args.format, &["error", "name", "times"], &rows)
}
