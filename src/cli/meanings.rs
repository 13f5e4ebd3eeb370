//! What a mention stands for, as part of its JSON line: put together once for what is named again and again.

use std::sync::Arc;

use crate::model::{Context, EntityKey, EntityType, Kind, Mention, Rule};
use crate::write::json::{string, text};

/// The parts of lines from the entity to the rule that were made last: most names in news stand for what was named shortly
/// before, and of the instructions for a line this part took a half.
pub struct Meanings {
    known: Vec<(Option<Meaning>, Vec<u8>)>,
}

/// What a mention stands for, and how.
struct Meaning {
    entity: Option<EntityKey>,
    entity_type: EntityType,
    kind: Kind,
    context: Context,
    rule: Rule,
}

impl Meanings {
    /// None yet.
    pub fn new() -> Meanings {
        /// A power of two; with the texts of each they take 200 KB.
        const PLACES: usize = 1024;
        Meanings { known: (0..PLACES).map(|_| (None, Vec::new())).collect() }
    }

    /// That of a mention. Each has one place, by where its id is in memory: the texts of entities are shared.
    pub fn of(&mut self, mention: &Mention) -> &[u8] {
        let id = mention.entity.as_ref().map_or(0, |key| key.id.as_ptr() as usize / align_of::<u64>());
        let place = id ^ usize::from(mention.rule.0) << 5 ^ (mention.context as usize) << 3;
        let place = place & (self.known.len() - 1);
        let (known, json) = &mut self.known[place];
        if !known.as_ref().is_some_and(|known| known.is_of(mention)) {
            let meaning = Meaning::of(mention);
            json.clear();
            meaning.push(json);
            *known = Some(meaning);
        }
        json
    }
}

impl Meaning {
    fn of(mention: &Mention) -> Meaning {
        let Mention { entity, entity_type, kind, context, rule, .. } = mention;
        let (entity, entity_type) = (entity.clone(), entity_type.clone());
        Meaning { entity, entity_type, kind: *kind, context: *context, rule: *rule }
    }

    /// Whether it is that of a mention, told without a look at the texts.
    fn is_of(&self, mention: &Mention) -> bool {
        let same_entity = match (&self.entity, &mention.entity) {
            (Some(mine), Some(its)) => Arc::ptr_eq(&mine.id, &its.id) && Arc::ptr_eq(&mine.name, &its.name),
            (mine, its) => mine.is_none() && its.is_none(),
        };
        same_entity
            && (self.rule, self.context, self.kind) == (mention.rule, mention.context, mention.kind)
            && self.entity_type == mention.entity_type
    }

    /// Adds it as JSON.
    fn push(&self, out: &mut Vec<u8>) {
        match &self.entity {
            Some(key) => {
                string(out, ",\"entity\":", &key.id);
                string(out, ",\"name\":", &key.name);
            }
            None => text(out, ",\"entity\":null,\"name\":null"),
        }
        string(out, ",\"type\":", self.entity_type.name());
        string(out, ",\"kind\":", self.kind.name());
        // In plain text there is none.
        if !self.context.name().is_empty() {
            string(out, ",\"context\":", self.context.name());
        }
        string(out, ",\"rule\":", self.rule.name());
    }
}
