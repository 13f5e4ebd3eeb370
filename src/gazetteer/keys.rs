//! Entity keys, made when an entity is first linked and shared from then on.

use std::sync::{Arc, OnceLock};

use super::entity::{Entity, EntityId};
use crate::model::EntityKey;

/// So many keys are prepared at a time: a start allocates nothing for entities that no text names.
const BLOCK: usize = 16;
/// So many blocks share a place: with one for each block, the places for ten million entities were 5 MB to fill at every start.
const GROUP: usize = 1024;

type Block = Box<[OnceLock<EntityKey>]>;
type Group = Box<[OnceLock<Block>]>;

/// The keys of the entities of one gazetteer, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    groups: Vec<OnceLock<Group>>,
}

impl Keys {
    /// Makes room for `entities`. Cost: 16 bytes for each 16,384 of them.
    pub fn resize(&mut self, entities: u32) {
        self.groups.resize_with((entities as usize).div_ceil(BLOCK * GROUP), OnceLock::new);
    }

    /// The key of the entity with this number; `entity` is asked for it once.
    pub fn get<'g>(&self, id: EntityId, entity: impl FnOnce() -> Entity<'g>) -> EntityKey {
        let (block, at) = (id.0 as usize / BLOCK, id.0 as usize % BLOCK);
        let group = self.groups[block / GROUP].get_or_init(|| (0..GROUP).map(|_| OnceLock::new()).collect());
        let block = group[block % GROUP].get_or_init(|| (0..BLOCK).map(|_| OnceLock::new()).collect());
        let key = block[at].get_or_init(|| {
            let entity = entity();
            EntityKey { id: Arc::from(&*entity.id), name: Arc::from(entity.name) }
        });
        key.clone()
    }
}
