//! Options that leave out the documents of some days.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::{Error, Result, Warning};
use crate::log::Log;
use crate::model::Date;

/// Which days.
#[derive(clap::Args)]
pub struct DayArgs {
    /// Leave out documents before this day, and those without a day
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Date>,
    /// Leave out documents after this day, and those without a day
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Date>,
}

impl DayArgs {
    /// The documents of the wanted days; those without a day are told of.
    ///
    /// # Errors
    /// There is none.
    pub fn of<'l>(&self, log: &'l Log) -> Result<(Cow<'l, Log>, Option<Warning>)> {
        if self.since.is_none() && self.until.is_none() {
            return Ok((Cow::Borrowed(log), None));
        }
        let (log, undated) = log.of_days(self.since, self.until);
        let told = (undated > 0).then(|| {
            let (verb, noun) = if undated == 1 { ("has", "document") } else { ("have", "documents") };
            Warning::new(self, format!("{undated} {noun} {verb} no day and are left out"))
                .way_out("a day stands in the first line (`date 2025-05-19`), in the name of the file or in the record")
        });
        if log.is_empty() {
            let error = Error::new(self, "no document is of these days");
            return Err(match &told {
                Some(warning) => error.way_out(warning),
                None => error,
            });
        }
        Ok((Cow::Owned(log), told))
    }

    /// The days that [`DayArgs::settings`] wrote.
    pub fn saved(settings: &BTreeMap<String, String>) -> DayArgs {
        let day = |name: &str| settings.get(name).and_then(|day| Date::parse(day));
        DayArgs { since: day("since"), until: day("until") }
    }

    /// The settings of a graph.
    pub fn settings(&self) -> [(String, String); 2] {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        [("since".to_owned(), day(self.since)), ("until".to_owned(), day(self.until))]
    }
}

/// As it stands on the command line.
impl std::fmt::Display for DayArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let given = [("--since", self.since), ("--until", self.until)];
        let given = given.iter().filter_map(|(name, day)| Some(format!("{name} {}", (*day)?)));
        f.write_str(&given.collect::<Vec<_>>().join(" "))
    }
}

/// Reads a day of the calendar.
fn day(text: &str) -> std::result::Result<Date, &'static str> {
    Date::parse(text).filter(|_| text.len() == 10).ok_or("expected a day like 2025-05-19")
}
