//! Texts that stand in a file many times are kept once.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashSet;

/// So many parts can be asked at the same time.
const PARTS: usize = 64;

/// Ids of documents, and sentences: one sentence of news ties four pairs. Several threads may ask at once; what they get does
/// not depend on who was first.
pub(super) struct Shared([Mutex<HashSet<Arc<str>>>; PARTS]);

impl Default for Shared {
    fn default() -> Shared {
        Shared(std::array::from_fn(|_| Mutex::default()))
    }
}

impl Shared {
    /// The one copy of a text.
    pub(super) fn get(&self, text: &str) -> Arc<str> {
        // The set hashes the text; to tell the parts apart its bytes added up will do.
        let part = usize::from(text.bytes().fold(0, u8::wrapping_add)) % PARTS;
        let mut known = self.0[part].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = text.into();
        known.insert(shared.clone());
        shared
    }
}
