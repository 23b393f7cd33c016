use kernel::{Uuid, outbox::Event};
use model::ids::MediaId;
use serde::{Deserialize, Serialize};

/// All forms of a picture are there: whatever names it shows it from now on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MediaReady {
    pub media: MediaId,
}

impl Event for MediaReady {
    const NAME: &'static str = "media.ready";
    fn key(&self) -> Uuid {
        self.media.uuid()
    }
}
