//! Ids and chance come from [`Ids`], so that tests know them beforehand.

use crate::clock::{Clock, SystemClock};
use model::ids::Uuid;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Where ids and randomness come from.
pub trait Ids: Send + Sync + 'static {
    /// A new id: a UUID of version 7, so that rows made one after another lie side by side in an index.
    fn uuid(&self) -> Uuid;

    /// Fills with randomness; in production fit for secrets.
    fn fill(&self, bytes: &mut [u8]);

    /// A random number.
    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}

/// Real ids: the clock's milliseconds and the system's randomness.
pub struct SystemIds {
    clock: Arc<dyn Clock>,
}

impl SystemIds {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Default for SystemIds {
    fn default() -> Self {
        Self::new(Arc::new(SystemClock))
    }
}

impl Ids for SystemIds {
    fn uuid(&self) -> Uuid {
        let millis = self.clock.now().unix_timestamp_nanos() / 1_000_000;
        let mut random = [0; 10];
        self.fill(&mut random);
        v7(u64::try_from(millis).unwrap_or_default(), random)
    }

    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}

/// Ids of tests: the same sequence each time, growing, no two alike.
#[derive(Default)]
pub struct SequentialIds {
    made: AtomicU64,
}

impl Ids for SequentialIds {
    fn uuid(&self) -> Uuid {
        let n = self.made.fetch_add(1, Ordering::SeqCst);
        let mut random = [0; 10];
        random[2..].copy_from_slice(&n.to_be_bytes());
        v7(n, random)
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let n = scramble(self.made.fetch_add(1, Ordering::SeqCst));
            chunk.copy_from_slice(&n.to_le_bytes()[..chunk.len()]);
        }
    }
}

fn v7(millis: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// The finaliser of `SplitMix64`: neighbouring numbers become unlike ones.
fn scramble(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn real_ids_are_version_7_and_differ() {
        let ids = SystemIds::default();
        let made: BTreeSet<_> = (0..1000).map(|_| ids.uuid()).collect();
        assert_eq!(made.len(), 1000);
        assert!(made.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn ids_of_tests_repeat_from_run_to_run_and_grow() {
        let (one, other) = (SequentialIds::default(), SequentialIds::default());
        let made: Vec<_> = (0..100).map(|_| one.uuid()).collect();
        assert!(made.is_sorted());
        assert_eq!(made, (0..100).map(|_| other.uuid()).collect::<Vec<_>>());
        assert_eq!(one.random(), other.random());
        assert_ne!(one.random(), one.random());
    }
}
