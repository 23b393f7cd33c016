use kernel::{Uuid, outbox::Event};
use model::ids::SynonymId;
use serde::{Deserialize, Serialize};

/// A synonym was added, changed or removed: every node reads them again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SynonymsChanged {
    pub synonym: SynonymId,
}

impl Event for SynonymsChanged {
    const NAME: &'static str = "search.synonyms_changed";
    fn key(&self) -> Uuid {
        self.synonym.uuid()
    }
}
