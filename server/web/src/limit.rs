//! How much one client may ask for, and how much all together.

use crate::{
    Problem,
    layers::Edge,
    scope::{Kind, Scope},
    settings::{Rate, Rates},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter, clock::Clock, middleware::StateInformationMiddleware, nanos::Nanos,
    state::keyed::DefaultKeyedStateStore,
};
use http::{HeaderName, HeaderValue, Method, header};
use model::Code;
use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher as _,
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// Clients are told apart by IPv4 address or IPv6 /64, which is what one household or machine has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Client {
    V4(u32),
    V6(u64),
    /// One of a fixed number of groups, while there are more clients than we remember.
    Crowd(u64),
}

/// Time of the runtime, so that tests which pause it turn this clock too.
#[derive(Clone)]
struct RuntimeClock(Instant);

impl Clock for RuntimeClock {
    type Instant = Nanos;
    fn now(&self) -> Nanos {
        Nanos::from(self.0.elapsed())
    }
}

type Limiter = RateLimiter<Client, DefaultKeyedStateStore<Client>, RuntimeClock, StateInformationMiddleware>;

/// One class of requests.
struct Class {
    name: &'static str,
    rate: Rate,
    limiter: Limiter,
    checks: AtomicUsize,
    crowded: AtomicBool,
}

/// Idle clients are forgotten each time so many requests were checked.
const SWEEP_EVERY: usize = 1024;
const CROWDS: u64 = 1024;

pub(crate) struct Limits {
    enabled: bool,
    read: Class,
    write: Class,
    clients: usize,
    groups: RandomState,
}

/// What a client is told about its limit.
struct Standing {
    allowed: bool,
    policy: String,
    state: String,
    /// Whole seconds to wait; zero where it was allowed.
    wait: u64,
}

impl Limits {
    pub(crate) fn new(rates: &Rates) -> Self {
        Self {
            enabled: rates.enabled,
            read: Class::new("read", rates.read),
            write: Class::new("write", rates.write),
            clients: rates.clients,
            groups: RandomState::new(),
        }
    }

    fn check(&self, client: IpAddr, writes: bool) -> Standing {
        let class = if writes { &self.write } else { &self.read };
        let client = match client.to_canonical() {
            IpAddr::V4(ip) => Client::V4(ip.to_bits()),
            IpAddr::V6(ip) => Client::V6((ip.to_bits() >> 64) as u64),
        };
        class.sweep(self.clients);
        if class.crowded.load(Ordering::Relaxed) {
            return class.check(Client::Crowd(self.groups.hash_one(client) % CROWDS));
        }
        class.check(client)
    }
}

impl Class {
    fn new(name: &'static str, rate: Rate) -> Self {
        let at_least_one = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let (per_second, burst) = (at_least_one(rate.per_second), at_least_one(rate.burst));
        let quota = Quota::per_second(per_second).allow_burst(burst);
        let limiter = Limiter::new(quota, DefaultKeyedStateStore::default(), RuntimeClock(Instant::now()));
        Self {
            name,
            rate: Rate { per_second: per_second.get(), burst: burst.get() },
            limiter,
            checks: AtomicUsize::new(0),
            crowded: AtomicBool::new(false),
        }
    }

    /// Keeps memory bounded, whoever comes.
    fn sweep(&self, most: usize) {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
            self.crowded.store(self.limiter.len() > most, Ordering::Relaxed);
        }
    }

    /// The headers follow draft-ietf-httpapi-ratelimit-headers: `q` requests in `w` seconds, `r` left now, and `t`
    /// seconds until the quota is whole again.
    fn check(&self, client: Client) -> Standing {
        let (quota, refill) = (self.rate.burst, self.rate.per_second);
        let whole_in = |missing: u32| missing.div_ceil(refill);
        let (left, wait) = match self.limiter.check_key(&client) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(until.wait_time_from(self.limiter.clock().now()))),
        };
        let name = self.name;
        Standing {
            allowed: wait.is_none(),
            policy: format!("\"{name}\";q={quota};w={}", whole_in(quota)),
            state: format!("\"{name}\";r={left};t={}", whole_in(quota.saturating_sub(left))),
            wait: wait.map_or(0, |wait| (wait + Duration::from_nanos(999_999_999)).as_secs().max(1)),
        }
    }
}

/// Other machines, each of whose requests is signed or carries a key: all that a payment provider or carrier has to tell comes from
/// few addresses, and telling it twice as often does not help.
fn speaks_with_a_key(path: &str) -> bool {
    ["/webhooks/", "/sim/bank/api/", "/sim/carrier/v1/"].iter().any(|start| path.starts_with(start))
}

/// Layer: answers 429 to a client that asks too much, and 503 to anyone while too much is under way.
/// Files and health checks are exempt.
pub(crate) async fn admit(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let writes = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if !writes && matches!(Kind::of(request.uri().path()), Kind::Asset | Kind::Health) {
        return next.run(request).await;
    }
    let client = request.extensions().get::<Scope>().map(|scope| scope.client);
    let counted = edge.limits.enabled && !speaks_with_a_key(request.uri().path());
    let standing = client.filter(|_| counted).map(|client| edge.limits.check(client, writes));
    let mut response = match &standing {
        Some(standing) if !standing.allowed => {
            ([(header::RETRY_AFTER, standing.wait.to_string())], Problem::from(Code::RateLimited))
                .into_response()
        }
        _ => match edge.slots.try_acquire() {
            Ok(_held_until_answered) => next.run(request).await,
            Err(_) => {
                Problem::from(Code::Unavailable).because("too many requests are under way").into_response()
            }
        },
    };
    if let Some(standing) = standing {
        let told = [("ratelimit-policy", standing.policy), ("ratelimit", standing.state)];
        for (name, value) in told {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(clients: usize) -> Limits {
        let rate = Rate { per_second: 2, burst: 4 };
        Limits::new(&Rates { enabled: true, read: rate, write: rate, clients })
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_then_a_steady_rate() {
        let limits = limits(10);
        for left in (0..4).rev() {
            let standing = limits.check(ip("192.0.2.1"), false);
            assert!(standing.allowed);
            assert_eq!(standing.policy, "\"read\";q=4;w=2");
            assert_eq!(standing.state, format!("\"read\";r={left};t={}", (4 - left + 1) / 2));
        }
        let refused = limits.check(ip("192.0.2.1"), false);
        assert!(!refused.allowed);
        assert_eq!((refused.state.as_str(), refused.wait), ("\"read\";r=0;t=2", 1));
        assert!(limits.check(ip("192.0.2.1"), true).allowed, "writes have a limit of their own");
        assert!(limits.check(ip("192.0.2.2"), false).allowed, "others are not concerned");

        tokio::time::advance(Duration::from_millis(500)).await;
        assert!(limits.check(ip("192.0.2.1"), false).allowed);
        assert!(!limits.check(ip("192.0.2.1"), false).allowed);
    }

    #[tokio::test(start_paused = true)]
    async fn an_ipv6_network_is_one_client() {
        let limits = limits(10);
        for host in 0..4 {
            assert!(limits.check(ip(&format!("2001:db8::{host}")), false).allowed);
        }
        assert!(!limits.check(ip("2001:db8::ffff"), false).allowed);
        assert!(limits.check(ip("2001:db8:0:1::1"), false).allowed);
    }

    #[tokio::test(start_paused = true)]
    async fn memory_is_bounded_whoever_comes() {
        let limits = limits(10);
        let come =
            |from: u32| (0..20_000).for_each(|n| drop(limits.check(IpAddr::V4((from + n).into()), false)));
        come(0);
        let most = SWEEP_EVERY + usize::try_from(CROWDS).unwrap();
        assert!(limits.read.limiter.len() <= most, "{}", limits.read.limiter.len());
        tokio::time::advance(Duration::from_mins(1)).await;
        come(1 << 24);
        assert!(limits.read.limiter.len() <= most);
    }
}
