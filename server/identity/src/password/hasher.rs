//! The slow part, on threads of its own.
//!
//! A hash takes some 20 ms and 19 MiB by intent. A flood of sign-ins must not take the machine from everybody else, so
//! few threads do it, at a lower priority than the rest of the server, and a short queue stands before them: who finds
//! it full is asked to come back.

use super::Password;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use kernel::Ids;
use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};
use tokio::sync::oneshot;

type Work = Box<dyn FnOnce(&Argon2<'_>) + Send>;

/// What one hash costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// In KiB.
    pub memory: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Cost {
    /// Argon2id as the OWASP Password Storage Cheat Sheet recommends it (2025): 19 MiB, 2 passes, 1 lane.
    pub const OWASP: Self = Self { memory: 19_456, passes: 2, lanes: 1 };
}

/// The queue is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too many passwords are being checked")]
pub struct Busy;

/// Whether a password is the one that was hashed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, and it was hashed more cheaply than is done today: hash it anew.
    RightButWeak,
}

/// The threads that hash, and the queue before them. They end with it.
pub struct Hasher {
    queue: SyncSender<Work>,
    /// A hash of nothing in particular, checked where there is no account so that it takes as long as if there were.
    dummy: String,
    done: Arc<AtomicU64>,
}

impl Hasher {
    /// So many threads, and so many passwords waiting for them.
    pub fn start(cost: Cost, threads: usize, waiting: usize) -> Self {
        let (queue, work) = sync_channel::<Work>(waiting);
        let work = Arc::new(Mutex::new(work));
        for n in 0..threads.max(1) {
            let work = work.clone();
            let thread = std::thread::Builder::new().name(format!("passwords-{n}"));
            if let Err(error) = thread.spawn(move || hash_away(cost, &work)) {
                tracing::error!(error = %error, "A thread for passwords could not be started: {error}");
            }
        }
        let dummy = hash(&argon2(cost), b"nobody", &[0; 16]);
        Self { queue, dummy, done: Arc::default() }
    }

    /// Half of the processors and at least one; in the queue about a second's work.
    pub fn for_this_machine() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = (processors / 2).clamp(1, 4);
        Self::start(Cost::OWASP, threads, threads * 32)
    }

    /// As a PHC string, with a salt of its own.
    pub async fn hash(&self, ids: &dyn Ids, password: Password) -> Result<String, Busy> {
        let mut salt = [0; 16];
        ids.fill(&mut salt);
        self.run(move |argon2| hash(argon2, password.as_bytes(), &salt)).await
    }

    /// `None` stands for an account that does not exist, or has no password: wrong, after the usual time.
    pub async fn verify(&self, password: Password, hash: Option<String>) -> Result<Verdict, Busy> {
        let there = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.clone());
        let verdict = self.run(move |argon2| verify(argon2, &password, &hash)).await?;
        Ok(if there { verdict } else { Verdict::Wrong })
    }

    /// How many hashes were computed since the start.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'_>) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |argon2| {
            // Whoever asked may have gone away meanwhile.
            if !answer.is_closed() {
                let _ = answer.send(work(argon2));
            }
        });
        self.queue.try_send(work).map_err(|_| Busy)?;
        let answer = answered.await.map_err(|_| Busy)?;
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(answer)
    }
}

fn hash_away(cost: Cost, work: &Mutex<Receiver<Work>>) {
    // On Linux this concerns the calling thread only. Where it is refused, pages merely wait a little longer.
    let _ = rustix::process::nice(10);
    let argon2 = argon2(cost);
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(next) = next else { return };
        next(&argon2);
    }
}

fn argon2(cost: Cost) -> Argon2<'static> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> String {
    argon2.hash_password_with_salt(password, salt).map(|hash| hash.to_string()).unwrap_or_default()
}

fn verify(argon2: &Argon2<'_>, password: &Password, hash: &str) -> Verdict {
    let Ok(hash) = PasswordHash::new(hash) else { return Verdict::Wrong };
    if argon2.verify_password(password.as_bytes(), &hash).is_err() {
        return Verdict::Wrong;
    }
    match Params::try_from(&hash) {
        Ok(was) if is_weaker(&was, argon2.params()) => Verdict::RightButWeak,
        _ => Verdict::Right,
    }
}

fn is_weaker(was: &Params, now: &Params) -> bool {
    was.m_cost() < now.m_cost() || was.t_cost() < now.t_cost() || was.p_cost() < now.p_cost()
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("done", &self.done()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SequentialIds;

    const CHEAP: Cost = Cost { memory: 64, passes: 1, lanes: 1 };

    fn typed(text: &str) -> Password {
        Password::typed(text).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_at_todays_cost() {
        let hasher = Hasher::for_this_machine();
        let hash = hasher.hash(&SequentialIds::default(), typed("lautan biru")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(hasher.verify(typed("lautan biru"), Some(hash.clone())).await, Ok(Verdict::Right));
        assert_eq!(hasher.verify(typed("lautan hijau"), Some(hash)).await, Ok(Verdict::Wrong));
        assert_eq!(hasher.verify(typed("nobody"), None).await, Ok(Verdict::Wrong));
        assert_eq!(hasher.done(), 4, "where there is no account the same work is done");
    }

    #[tokio::test]
    async fn a_cheaper_hash_asks_to_be_made_anew() {
        let (cheap, dear) = (Hasher::start(CHEAP, 1, 1), Hasher::start(Cost { passes: 2, ..CHEAP }, 1, 1));
        let hash = cheap.hash(&SequentialIds::default(), typed("lautan biru")).await.unwrap();
        assert_eq!(cheap.verify(typed("lautan biru"), Some(hash.clone())).await, Ok(Verdict::Right));
        assert_eq!(dear.verify(typed("lautan biru"), Some(hash.clone())).await, Ok(Verdict::RightButWeak));
        assert_eq!(dear.verify(typed("x"), Some(hash)).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn salts_differ_and_unreadable_hashes_match_nothing() {
        let (hasher, ids) = (Hasher::start(CHEAP, 1, 4), SequentialIds::default());
        let one = hasher.hash(&ids, typed("lautan biru")).await.unwrap();
        assert_ne!(one, hasher.hash(&ids, typed("lautan biru")).await.unwrap());
        for bad in ["", "lautan biru", "$argon2id$v=19$m=64"] {
            assert_eq!(hasher.verify(typed("lautan biru"), Some(bad.to_owned())).await, Ok(Verdict::Wrong));
        }
    }

    #[tokio::test]
    async fn a_flood_is_refused_instead_of_queued() {
        let hasher = Arc::new(Hasher::start(Cost { memory: 8_192, ..CHEAP }, 1, 2));
        let tries = (0..50).map(|_| {
            let hasher = hasher.clone();
            tokio::spawn(async move { hasher.verify(Password::typed("x").unwrap(), None).await })
        });
        let tries: Vec<_> = tries.collect();
        let mut busy = 0;
        for one in tries {
            busy += usize::from(one.await.unwrap() == Err(Busy));
        }
        assert!(busy >= 40, "{busy}");
        assert_eq!(
            hasher.verify(typed("x"), None).await,
            Ok(Verdict::Wrong),
            "afterwards there is room again"
        );
    }
}
