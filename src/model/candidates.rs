//! Those that an undecided name may be.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// The ids of those that a name may be, in order; none where no list knows the name. A clone shares them.
///
/// They stand behind each other in one text: with a list of ten million people a surname has five hundred bearers, and a text for
/// each of them was half of a build.
///
/// ```
/// use actant::model::Candidates;
/// let candidates: Candidates = ["george-bush", "jeb-bush"].into_iter().collect();
/// assert_eq!((candidates.len(), candidates.iter().next()), (2, Some("george-bush")));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Candidates(Option<Arc<List>>);

#[derive(Default, PartialEq, Eq, Hash)]
struct List {
    ids: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Candidates {
    /// The ids, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        let (ids, ends) = self.0.as_ref().map_or(("", &[][..]), |list| (&list.ids, &list.ends));
        let mut start = 0;
        ends.iter().map(move |&end| &ids[std::mem::replace(&mut start, end)..end])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.iter().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether `id` is one of them. Linear.
    pub fn contains(&self, id: &str) -> bool {
        self.iter().any(|its| its == id)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Candidates {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> Candidates {
        let mut list = List::default();
        for id in ids {
            list.ids.push_str(id.as_ref());
            list.ends.push(list.ids.len());
        }
        Candidates((!list.ends.is_empty()).then(|| Arc::new(list)))
    }
}

impl Ord for Candidates {
    fn cmp(&self, other: &Candidates) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl PartialOrd for Candidates {
    fn partial_cmp(&self, other: &Candidates) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[ab]{0,2}", 0..4)
    }

    proptest! {
        #[test]
        fn they_are_and_compare_like_a_list_of_texts(one in ids(), other in ids()) {
            let (a, b): (Candidates, Candidates) = (one.iter().collect(), other.iter().collect());
            prop_assert!(a.iter().eq(&one));
            prop_assert_eq!((a.len(), a.is_empty()), (one.len(), one.is_empty()));
            prop_assert_eq!((a.cmp(&b), a == b), (one.cmp(&other), one == other));
            prop_assert!(["", "a", "ab"].iter().all(|id| a.contains(id) == one.iter().any(|its| its == id)));
        }
    }
}
