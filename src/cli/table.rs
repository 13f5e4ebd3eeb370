//! Tables for a terminal, and the same rows as CSV or JSON.

use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::{Map, Value};

use super::console::{Out, visible};
use crate::error::{Error, Result};
use crate::write;
use crate::write::csv::cell_text;

/// In what form rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people
    Table,
    /// For spreadsheets
    Csv,
    /// For programs: an array of objects
    Json,
}

/// Prints rows under their column names. Numbers stand to the right.
pub fn print(out: &mut Out, form: Form, columns: &[&str], rows: &[Vec<Value>]) -> Result<()> {
    match form {
        Form::Table => out.line(&table(columns, rows)),
        Form::Json => {
            let object = |row: &Vec<Value>| {
                let pairs = columns.iter().map(|column| (*column).to_owned()).zip(row.iter().cloned());
                Value::Object(pairs.collect::<Map<String, Value>>())
            };
            let rows: Vec<Value> = rows.iter().map(object).collect();
            let text = serde_json::to_string_pretty(&rows).map_err(|error| Error::new("json", error))?;
            out.line(&text)
        }
        Form::Csv => {
            let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
            let fault = |error: ::csv::Error| Error::new("csv", error);
            writer.write_record(columns).map_err(fault)?;
            for row in rows {
                let options = write::Options::default();
                writer
                    .write_record(row.iter().map(|value| cell_text(&plain(value), &options).into_owned()))
                    .map_err(fault)?;
            }
            out.bytes(&writer.into_inner().map_err(|error| Error::new("csv", error))?)
        }
    }
}

fn table(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(columns);
    for row in rows {
        table.add_row(row.iter().map(|value| match value {
            Value::Number(number) if number.is_f64() => format!("{:.4}", number.as_f64().unwrap_or_default()),
            value => visible(&plain(value)),
        }));
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        let number = rows.iter().all(|row| row[at].is_number());
        column.set_padding((0, 2));
        column.set_cell_alignment(if number { CellAlignment::Right } else { CellAlignment::Left });
    }
    let text = table.to_string();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}
