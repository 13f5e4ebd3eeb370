//! The tables of README.md are those of the code. `UPDATE_GOLDEN=1` writes them anew.

use actant::graph::backbone::{BACKBONES, Level};
use actant::graph::weights::WEIGHTS;
use actant::measure::MEASURES;
use actant::model::RULES;
use actant::{read, write};

use crate::run::root;

#[test]
fn the_tables_of_the_readme_are_those_of_the_code() {
    let path = root().join("README.md");
    let before = std::fs::read_to_string(&path).expect("README.md");
    let after = tables().into_iter().fold(before.clone(), |page, (name, rows)| replaced(&page, name, &rows));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return std::fs::write(&path, after).expect("README.md can be written");
    }
    for (found, expected) in before.lines().zip(after.lines()) {
        assert_eq!(found, expected, "README.md; write it anew with UPDATE_GOLDEN=1");
    }
    assert_eq!(before.len(), after.len(), "README.md; write it anew with UPDATE_GOLDEN=1");
}

#[test]
fn only_the_rows_between_the_marks_are_replaced() {
    let page = "a\n<!-- x -->\n| h |\n|---|\n| old |\n<!-- end -->\nb\n<!-- end -->\n";
    let expected = "a\n<!-- x -->\n| h |\n|---|\n| new |\n<!-- end -->\nb\n<!-- end -->\n";
    assert_eq!(replaced(page, "x", &[vec!["new".into()]]), expected);
}

type Rows = Vec<Vec<String>>;

fn tables() -> Vec<(&'static str, Rows)> {
    let yes = |on: bool| if on { "yes" } else { "no" };
    let code = |name: &str| format!("`{name}`");
    let codes = |names: &[&str], before: &str| -> String {
        names.iter().map(|name| format!("`{before}{name}`")).collect::<Vec<_>>().join(", ")
    };
    let row = |cells: &[&str]| cells.iter().map(|cell| cell.to_string()).collect::<Vec<String>>();
    let level = |level: Level| match level {
        Level::None => String::new(),
        Level::Default(number) => number.to_string(),
        Level::Needed => "must be given".to_owned(),
    };
    let larger = |larger: bool| if larger { "larger" } else { "smaller" };
    let inputs = read::FORMATS.iter().map(|r| row(&[&code(r.name), r.about, &codes(r.endings, ".")]));
    let measures = MEASURES.iter().map(|r| row(&[&code(r.name), r.about, r.cost, yes(r.basic), r.source]));
    let weights =
        WEIGHTS.iter().map(|r| row(&[&code(r.name), r.about, larger(r.larger_is_stronger), yes(r.positive), r.source]));
    let backbones = BACKBONES.iter().map(|r| row(&[&code(r.name), r.about, &level(r.level), r.source]));
    let rules = RULES.iter().map(|r| row(&[&code(r.name), r.about]));
    let formats =
        write::WRITERS.iter().map(|r| row(&[&code(r.name), r.about, &codes(r.parts, ""), &codes(r.endings, ".")]));
    vec![
        ("inputs", inputs.collect()),
        ("measures", measures.collect()),
        ("weights", weights.collect()),
        ("backbones", backbones.collect()),
        ("rules", rules.collect()),
        ("formats", formats.collect()),
    ]
}

/// The page with these rows under the header of the table called `name`.
fn replaced(page: &str, name: &str, rows: &[Vec<String>]) -> String {
    let mark = format!("<!-- {name} -->\n");
    let start = page.find(&mark).unwrap_or_else(|| panic!("README.md has no table called {name}")) + mark.len();
    let header: usize = page[start..].split_inclusive('\n').take(2).map(str::len).sum();
    let end = start + page[start..].find("<!-- end -->").expect("an end of the table");
    let lines: String = rows.iter().map(|cells| format!("| {} |\n", cells.join(" | "))).collect();
    [&page[..start + header], &lines, &page[end..]].concat()
}
