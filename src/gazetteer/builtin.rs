//! The lists that are part of the binary: every CSV file in `gazetteers/`.

use super::{Row, csv};

/// The shipped files by name. A test holds that the folder has no other.
pub const FILES: &[(&str, &str)] = &[
    ("blocked.csv", include_str!("../../gazetteers/blocked.csv")),
    ("countries.csv", include_str!("../../gazetteers/countries.csv")),
    ("organizations-companies.csv", include_str!("../../gazetteers/organizations-companies.csv")),
    ("organizations-government.csv", include_str!("../../gazetteers/organizations-government.csv")),
    ("organizations-international.csv", include_str!("../../gazetteers/organizations-international.csv")),
    ("organizations-media.csv", include_str!("../../gazetteers/organizations-media.csv")),
    ("organizations-politics.csv", include_str!("../../gazetteers/organizations-politics.csv")),
    ("organizations-sport-education.csv", include_str!("../../gazetteers/organizations-sport-education.csv")),
    ("people-africa-middle-east.csv", include_str!("../../gazetteers/people-africa-middle-east.csv")),
    ("people-americas.csv", include_str!("../../gazetteers/people-americas.csv")),
    ("people-asia-pacific.csv", include_str!("../../gazetteers/people-asia-pacific.csv")),
    ("people-europe.csv", include_str!("../../gazetteers/people-europe.csv")),
    ("people-world.csv", include_str!("../../gazetteers/people-world.csv")),
    ("places.csv", include_str!("../../gazetteers/places.csv")),
];

/// All rows of the shipped lists, file by file. A test holds that none has a fault.
pub fn rows() -> Vec<Row> {
    FILES.iter().flat_map(|(name, text)| csv::read(name, text).map(|(rows, _)| rows).unwrap_or_default()).collect()
}
