//! The option `--backbone NAME:LEVEL`: only the ties worth keeping.

use super::console;
use crate::error::{Error, Result};
use crate::graph::backbone::{self, BACKBONES, Level};
use crate::measure::{Hidden, Report};
use crate::write::count;

/// Which ties a command uses.
#[derive(clap::Args)]
pub struct BackboneArg {
    /// Only the ties of a backbone: acting, disparity[:0.05], min-weight:W, noise-corrected[:1.64], spanning-tree, top-n:N
    #[arg(long, value_name = "NAME:LEVEL")]
    backbone: Option<String>,
}

impl BackboneArg {
    /// Leaves out the other ties, and the actors that lose all of theirs; what was left out is said on standard error.
    pub fn apply(&self, report: &mut Report) -> Result<Option<Hidden>> {
        let Some(((row, level), text)) = self.parsed()?.zip(self.backbone.as_ref()) else { return Ok(None) };
        let hidden = report.reduce(row, level);
        console::note(&format!(
            "--backbone {text} hides {} of {} and {} of {}",
            hidden.ties,
            count(hidden.of.1 as u64, "tie"),
            hidden.actors,
            count(hidden.of.0 as u64, "actor")
        ));
        Ok(Some(hidden))
    }

    /// The method and the level.
    ///
    /// # Errors
    /// There is no such method, or it takes no such level.
    pub fn parsed(&self) -> Result<Option<(&'static backbone::Backbone, f64)>> {
        self.backbone.as_deref().map(parse).transpose()
    }
}

/// The method and the level that `NAME:LEVEL` means.
fn parse(text: &str) -> Result<(&'static backbone::Backbone, f64)> {
    let (name, level) = text.split_once(':').map_or((text, None), |(name, level)| (name, Some(level)));
    let row = backbone::backbone(name).ok_or_else(|| {
        let all: Vec<&str> = BACKBONES.iter().map(|row| row.name).collect();
        Error::new("--backbone", format!("no such backbone: `{name}`"))
            .way_out(format!("expected one of {}", all.join(", ")))
    })?;
    let number = level.map(str::parse::<f64>).transpose().ok().filter(|level| level.is_none_or(f64::is_finite));
    let number = number.ok_or_else(|| {
        Error::new("--backbone", format!("no number: `{}`", level.unwrap_or_default()))
            .way_out(format!("write {name}:NUMBER"))
    })?;
    match (row.level, number) {
        (Level::None, None) => Ok((row, 0.0)),
        (Level::None, Some(_)) => {
            Err(Error::new("--backbone", format!("{name} takes no level")).way_out(format!("write {name}")))
        }
        (Level::Default(level), None) => Ok((row, level)),
        (Level::Needed, None) => {
            Err(Error::new("--backbone", format!("{name} needs a level")).way_out(format!("write {name}:NUMBER")))
        }
        (_, Some(level)) => Ok((row, level)),
    }
}
