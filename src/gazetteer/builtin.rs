//! The lists that are part of the binary: every CSV file in `gazetteers/`, compiled by `build.rs`.

use super::compiled::Compiled;

static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.actant"));

/// The shipped names. Cost: a quarter of a millisecond, for the test that their text is UTF-8.
pub fn names() -> Compiled {
    Compiled::embedded(NAMES).expect("build.rs wrote it for this version of the layout")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_names_are_whole() {
        let whole = Compiled::open("builtin", NAMES.to_vec()).expect("whole");
        assert!(whole.n_entities() > 10_000 && whole.sources() != 0);
    }
}
