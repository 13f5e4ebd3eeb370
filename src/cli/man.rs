//! `actant man` and `actant completions`.

use clap_complete::Shell;

use super::console::{Out, Outcome};
use super::done;
use crate::error::{Error, Result};

/// Arguments of `actant completions`.
#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Prints the completion script of a shell.
pub fn completions(args: &Completions, command: &mut clap::Command) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "actant", &mut script);
    print(&script)
}

/// Prints the manual page, with a section for every command.
pub fn page(command: clap::Command) -> Result<Outcome> {
    let mut page = Vec::new();
    let fault = |error: std::io::Error| Error::io("man", &error);
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(fault)?;
    for subcommand in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("actant {}", subcommand.get_name());
        let man = clap_mangen::Man::new(subcommand.clone().bin_name(name.clone()));
        page.extend_from_slice(format!(".SH {}\n", name.to_uppercase()).as_bytes());
        man.render_synopsis_section(&mut page).map_err(fault)?;
        man.render_options_section(&mut page).map_err(fault)?;
    }
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Outcome> {
    let mut out = Out::new();
    out.bytes(bytes)?;
    out.close()?;
    done()
}
