//! The log as a file, `log.actant`: what `actant merge` joins and `actant build --update` goes on from.
//!
//! ```text
//! magic      8 bytes
//! schema     32 bits, little endian
//! settings   how many; name and value of each, sorted            from here on packed, see `blocks`
//! tables     entities (id and name), types, rules, sources and candidates; each sorted
//! documents  in order of their ids, each with its sentences that hold a mention, and its mentions
//! ```
//!
//! The bytes are a function of the settings and of the set of documents: whatever the order in which they were read, the
//! threads, or the logs that were merged.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::blocks::{Damage, Reader, Writer};
use super::{Log, codec};
use crate::error::{Error, Result};

/// The name of the file in an output folder.
pub const NAME: &str = "log.actant";

/// The first bytes of every saved log.
pub const MAGIC: [u8; 8] = *b"\x89actlog\n";

/// The version of the form. One more with each change of it.
pub const SCHEMA: u32 = 3;

/// Bytes before the first block.
const HEAD: usize = MAGIC.len() + 4;

/// What the documents of a log were read with, by name: logs are joined only where it is the same.
pub type Settings = BTreeMap<String, String>;

/// Writes a log. Cost: linear; some 200 MB/s.
///
/// # Errors
/// `out` fails.
pub fn write(log: &Log, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&MAGIC)?;
    out.write_all(&SCHEMA.to_le_bytes())?;
    let mut writer = Writer::new(out);
    writer.number(settings.len() as u64)?;
    for (name, value) in settings {
        writer.text(name)?;
        writer.text(value)?;
    }
    codec::write(log, &mut writer)?;
    writer.close()
}

/// Reads the log at `path`, or in the folder `path`.
///
/// # Errors
/// There is none, it is damaged, or another version wrote it.
pub fn open(path: &Path) -> Result<(Log, Settings)> {
    let path = if path.is_dir() { path.join(NAME) } else { path.to_owned() };
    let failed =
        |error| Error::io(path.display(), &error).way_out("name a log that `actant build` wrote, or its folder");
    let mut file = File::open(&path).map_err(failed)?;
    read(&path.display().to_string(), &mut file)
}

/// Reads a saved log; `place` names it in messages. Memory: the log's own, and a block.
///
/// # Errors
/// It is no log, or one of another version, or damaged: each bit is under a checksum.
pub fn read(place: &str, from: &mut dyn Read) -> Result<(Log, Settings)> {
    let again = "build it again with `actant build`";
    let mut head = Vec::with_capacity(HEAD);
    from.take(HEAD as u64).read_to_end(&mut head).map_err(|error| Error::io(place, &error))?;
    let Some((magic, schema)) = head.split_at_checked(MAGIC.len()).filter(|_| head.len() == HEAD) else {
        return Err(Error::new(place, "not a saved log: it is too short").way_out(again));
    };
    if magic != MAGIC {
        return Err(Error::new(place, "not a saved log").way_out("expected the log.actant of `actant build`"));
    }
    let schema = schema.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    if schema != SCHEMA {
        let what = format!("a log of version {schema}; expected {SCHEMA}");
        return Err(Error::new(place, what).way_out("build it again with this program"));
    }
    read_blocks(Reader::new(from, HEAD)).map_err(|damage| {
        Error::new(place, format!("damaged in the block at byte {}: {}", damage.at, damage.what)).way_out(again)
    })
}

fn read_blocks(mut from: Reader) -> std::result::Result<(Log, Settings), Damage> {
    let mut settings = Settings::new();
    for _ in 0..from.number()? {
        let name = from.text()?.to_owned();
        settings.insert(name, from.text()?.to_owned());
    }
    let log = codec::read(&mut from)?;
    from.end()?;
    Ok((log, settings))
}

/// Makes sure that the log at `place` was read with what `expected` says, which is that of `first`.
///
/// # Errors
/// A setting differs; the message has both values.
pub fn same_settings(place: &str, settings: &Settings, first: &str, expected: &Settings) -> Result<()> {
    let value = |settings: &'_ Settings, name| settings.get(name).map_or("nothing", String::as_str).to_owned();
    let differs = settings.keys().chain(expected.keys()).find(|name| settings.get(*name) != expected.get(*name));
    let Some(name) = differs else { return Ok(()) };
    let (here, there) = (value(settings, name), value(expected, name));
    Err(Error::new(place, format!("it was read with {name} `{here}`, and {first} with `{there}`"))
        .way_out("build both with the same program, names and rules"))
}
