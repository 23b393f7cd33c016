//! Signing in through another site: what links somebody there to somebody here, and what does not.

use crate::{
    simulator::{Simulator, asked},
    support::{EMAIL, PASSWORD, Town, entered, member_of, typed},
};
use flows::account::{self, Back, Errand, Given, ProviderError, Returned, Sent, SignedIn, Token};
use identity::session::{Kind, STEP_UP};
use kernel::{Cx, Proved};
use model::{AppError, Code, LocalPath};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;

const OTHER: &str = "budi@mail.example";

async fn town(db: PgPool) -> (Town, Arc<Simulator>) {
    let simulator = Simulator::start().await;
    (Town::with_provider(db, Some(simulator.provider())), simulator)
}

fn next() -> LocalPath {
    "/cart".parse().unwrap()
}

async fn leave(cx: &Cx, errand: Errand<'_>) -> Sent {
    account::go_to_provider(cx, errand, false, next()).await.unwrap()
}

async fn come_back(cx: &Cx, sent: &Sent, code: &str) -> Result<Returned, ProviderError> {
    let state = asked(&sent.to)["state"].clone();
    back_with(cx, &sent.trip, &state, Some(code)).await
}

async fn back_with(
    cx: &Cx,
    trip: &Token,
    state: &str,
    code: Option<&str>,
) -> Result<Returned, ProviderError> {
    let given = Given { state: state.to_owned(), code: code.map(str::to_owned), issuer: None };
    account::back_from_provider(cx, &trip.text(), given, None).await
}

/// There and back for somebody who is signed in nowhere here.
async fn visit(town: &Town, at: &Simulator, claims: Value) -> Result<Back, ProviderError> {
    let sent = leave(&town.cx(), Errand::SignIn).await;
    let code = at.signs_in(&sent.to, claims);
    come_back(&town.cx(), &sent, &code).await.map(|returned| returned.back)
}

async fn proved(town: &Town, entry: &SignedIn) -> (Cx, Proved) {
    let cx = town.with(Kind::Token, &entry.token).await;
    let proved = cx.proved(STEP_UP).unwrap();
    (cx, proved)
}

async fn link(town: &Town, at: &Simulator, entry: &SignedIn, claims: Value) -> Result<Back, ProviderError> {
    let (cx, proved) = proved(town, entry).await;
    let sent = leave(&cx, Errand::Link(&proved)).await;
    let code = at.signs_in(&sent.to, claims);
    come_back(&cx, &sent, &code).await.map(|returned| returned.back)
}

async fn links(town: &Town) -> i64 {
    let db = town.app.kernel().db();
    sqlx::query_scalar("select count(*) from account_link").fetch_one(db).await.unwrap()
}

#[track_caller]
fn guest(back: Result<Back, ProviderError>) -> String {
    match back {
        Ok(Back::Guest(token)) => token.text(),
        other => panic!("no guest: {other:?}"),
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_is_linked_signs_in_through_the_provider(db: PgPool) {
    let (town, at) = town(db).await;
    let sari = town.member(EMAIL).await;
    assert!(matches!(link(&town, &at, &sari, json!({"sub": "s-1"})).await, Ok(Back::Linked)));
    assert_eq!(town.last(EMAIL).await["change"], "provider_linked");

    let sent = leave(&town.cx(), Errand::SignIn).await;
    let code = at.signs_in(&sent.to, json!({"sub": "s-1"}));
    let returned = come_back(&town.cx(), &sent, &code).await.unwrap();
    assert_eq!(returned.next, next());
    let Back::In(entry) = returned.back else { panic!("not in") };
    assert_eq!(entry.account, sari.account);

    // Its keys change: what it is asked again says so.
    at.change_key();
    town.app.clock().advance(Duration::minutes(2));
    assert!(matches!(visit(&town, &at, json!({"sub": "s-1"})).await, Ok(Back::In(_))));

    // Removing it again leaves the password; without that it would be the last way in.
    let (cx, proved) = proved(&town, &sari).await;
    account::remove_password(&cx, &proved).await.unwrap();
    let last = account::unlink_provider(&cx, &proved).await;
    assert_eq!(last.map_err(|error| AppError::from(error).code).err(), Some(Code::LastWayIn));
    account::change_password(&cx, &proved, PASSWORD).await.unwrap();
    account::unlink_provider(&cx, &proved).await.unwrap();
    assert_eq!(links(&town).await, 0);
    guest(visit(&town, &at, json!({"sub": "s-1"})).await);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_address_links_nobody(db: PgPool) {
    let (town, at) = town(db).await;
    let sari = town.member(EMAIL).await;
    let sessions = town.count("session").await;
    for verified in [true, false] {
        let claims = json!({"sub": "s-2", "email": EMAIL, "email_verified": verified});
        let token = guest(visit(&town, &at, claims).await);
        let shown = account::guest(&town.cx(), &token).await.unwrap().unwrap();
        assert_eq!(
            (shown.shown.as_str(), shown.email),
            (EMAIL, None),
            "it is Sari's, whoever says otherwise"
        );
        let opened = account::open_with_guest(&town.cx(), &token, None).await;
        assert!(matches!(opened, Err(ProviderError::Taken | ProviderError::Refused)), "{verified}");
    }
    assert_eq!(
        (links(&town).await, town.count("session").await, town.count("account").await),
        (0, sessions, 1)
    );

    // Her password does, once.
    let claims = json!({"sub": "s-2", "email": EMAIL, "email_verified": true});
    let token = guest(visit(&town, &at, claims.clone()).await);
    let entry = entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    account::link_guest(&town.cx(), &entry, &token).await.unwrap();
    assert!(matches!(account::link_guest(&town.cx(), &entry, &token).await, Err(ProviderError::Spent)));
    let Ok(Back::In(entry)) = visit(&town, &at, claims).await else { panic!("not linked") };
    assert_eq!(entry.account, sari.account);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_verified_address_that_nobody_has_opens_an_account(db: PgPool) {
    let (town, at) = town(db).await;
    let unverified = json!({"sub": "s-3", "email": OTHER});
    let token = guest(visit(&town, &at, unverified).await);
    assert_eq!(account::guest(&town.cx(), &token).await.unwrap().unwrap().email, None);
    let refused = account::open_with_guest(&town.cx(), &token, None).await;
    assert!(matches!(refused, Err(ProviderError::Refused)), "nobody has verified that address");
    assert_eq!(town.count("account").await, 0);

    let verified = json!({"sub": "s-3", "email": OTHER, "email_verified": true});
    let token = guest(visit(&town, &at, verified.clone()).await);
    let (entry, to) = account::open_with_guest(&town.cx(), &token, None).await.unwrap();
    assert_eq!(to, next());
    let twice = account::open_with_guest(&town.cx(), &token, None).await;
    assert!(matches!(twice, Err(ProviderError::Spent)));
    let Ok(Back::In(again)) = visit(&town, &at, verified).await else { panic!("not linked") };
    assert_eq!(again.account, entry.account);
    let cx = town.cx();
    let viewer = account::recognise(&cx, Kind::Browser, &entry.token.text()).await.unwrap();
    let me =
        account::me(&cx.clone().as_viewer(viewer.clone()), &member_of(&cx.as_viewer(viewer))).await.unwrap();
    assert!(!me.ways.password && me.ways.provider && me.contacts[0].as_str() == OTHER);

    let late = guest(visit(&town, &at, json!({"sub": "s-4", "email": EMAIL, "email_verified": true})).await);
    town.app.clock().advance(Duration::minutes(30));
    assert!(matches!(account::open_with_guest(&town.cx(), &late, None).await, Err(ProviderError::Spent)));
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_the_provider_did_not_state_for_this_trip_lets_nobody_in(db: PgPool) {
    let (town, at) = town(db).await;
    let sari = town.member(EMAIL).await;
    link(&town, &at, &sari, json!({"sub": "s-1"})).await.unwrap();
    let sessions = town.count("session").await;
    for (lie, claims) in [
        ("for another site", json!({"sub": "s-1", "aud": "elsewhere"})),
        ("by another provider", json!({"sub": "s-1", "iss": "https://id.example"})),
        ("to another question", json!({"sub": "s-1", "nonce": "another"})),
        ("to no question", json!({"sub": "s-1", "nonce": null})),
        ("too old", json!({"sub": "s-1", "iat": 1_700_000_000, "exp": 1_700_000_300})),
        ("not signed by it", json!({"sub": "s-1", "forged": true})),
        ("about nobody", json!({"sub": ""})),
    ] {
        let refused = visit(&town, &at, claims).await;
        assert!(matches!(refused, Err(ProviderError::Refused)), "{lie}: {refused:?}");
    }

    let (one, other) = (leave(&town.cx(), Errand::SignIn).await, leave(&town.cx(), Errand::SignIn).await);
    let code = at.signs_in(&other.to, json!({"sub": "s-1"}));
    let refused = come_back(&town.cx(), &one, &code).await;
    assert!(matches!(refused, Err(ProviderError::Refused)), "a code of another trip: PKCE");

    let sent = leave(&town.cx(), Errand::SignIn).await;
    let code = at.signs_in(&sent.to, json!({"sub": "s-1"}));
    let foreign = asked(&other.to)["state"].clone();
    for state in ["", "another", foreign.as_str()] {
        let refused = back_with(&town.cx(), &sent.trip, state, Some(&code)).await;
        assert!(matches!(refused, Err(ProviderError::Spent)), "state {state:?}");
    }
    let stranger = Token::new(&town.cx());
    let refused = back_with(&town.cx(), &stranger, &asked(&sent.to)["state"], Some(&code)).await;
    assert!(matches!(refused, Err(ProviderError::Spent)), "a browser that never left");
    let given = Given {
        state: asked(&sent.to)["state"].clone(),
        code: Some(code.clone()),
        issuer: Some("https://id.example".to_owned()),
    };
    let refused = account::back_from_provider(&town.cx(), &sent.trip.text(), given, None).await;
    assert!(matches!(refused, Err(ProviderError::Refused)), "sent by another provider");
    assert!(
        matches!(come_back(&town.cx(), &sent, &code).await, Err(ProviderError::Spent)),
        "nobody comes back twice"
    );
    assert_eq!(town.count("session").await, sessions);

    // A code is no good a second time, here and there.
    let sent = leave(&town.cx(), Errand::SignIn).await;
    let code = at.signs_in(&sent.to, json!({"sub": "s-1"}));
    come_back(&town.cx(), &sent, &code).await.unwrap();
    assert!(matches!(come_back(&town.cx(), &sent, &code).await, Err(ProviderError::Spent)));
    let refused = leave(&town.cx(), Errand::SignIn).await;
    assert!(matches!(come_back(&town.cx(), &refused, &code).await, Err(ProviderError::Refused)));
    let late = leave(&town.cx(), Errand::SignIn).await;
    let code = at.signs_in(&late.to, json!({"sub": "s-1"}));
    town.app.clock().advance(Duration::minutes(10));
    assert!(matches!(come_back(&town.cx(), &late, &code).await, Err(ProviderError::Spent)));
    let declined = leave(&town.cx(), Errand::SignIn).await;
    let state = asked(&declined.to)["state"].clone();
    let refused = back_with(&town.cx(), &declined.trip, &state, None).await;
    assert!(matches!(refused, Err(ProviderError::Refused)), "they said no there");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_account_is_linked_in_the_session_that_asked_and_by_one_of_each(db: PgPool) {
    let (town, at) = town(db).await;
    let (sari, budi) = (town.member(EMAIL).await, town.member(OTHER).await);
    let (sari_cx, sari_proved) = proved(&town, &sari).await;
    let (budi_cx, _) = proved(&town, &budi).await;
    let sent = leave(&sari_cx, Errand::Link(&sari_proved)).await;
    let code = at.signs_in(&sent.to, json!({"sub": "b-1"}));
    let moved = come_back(&budi_cx, &sent, &code).await;
    assert!(matches!(moved, Err(ProviderError::SignedOut)), "in Budi's session");
    let sent = leave(&sari_cx, Errand::Link(&sari_proved)).await;
    let code = at.signs_in(&sent.to, json!({"sub": "b-1"}));
    let out = come_back(&town.cx(), &sent, &code).await;
    assert!(matches!(out, Err(ProviderError::SignedOut)), "in no session");
    assert_eq!(links(&town).await, 0);

    link(&town, &at, &sari, json!({"sub": "s-1"})).await.unwrap();
    let taken = link(&town, &at, &budi, json!({"sub": "s-1"})).await;
    assert!(matches!(taken, Err(ProviderError::Taken)), "it is Sari's");
    let second = link(&town, &at, &sari, json!({"sub": "s-2"})).await;
    assert!(matches!(second, Err(ProviderError::Taken)), "she has one already");
    assert_eq!(links(&town).await, 1);

    // To prove again who one is, one signs in there anew, as the same.
    town.app.clock().advance(Duration::minutes(11));
    let cx = town.with(Kind::Token, &sari.token).await;
    assert!(cx.proved(STEP_UP).is_err());
    let member = member_of(&cx);
    let now = town.cx().now().unix_timestamp();
    for (sub, at_time, right) in [
        ("s-1", Some(now - 3_600), false),
        ("s-1", None, false),
        ("b-1", Some(now), false),
        ("s-1", Some(now), true),
    ] {
        let sent = leave(&cx, Errand::StepUp(&member)).await;
        assert_eq!(asked(&sent.to)["prompt"], "login");
        let mut claims = json!({"sub": sub});
        if let Some(at_time) = at_time {
            claims["auth_time"] = at_time.into();
        }
        let code = at.signs_in(&sent.to, claims);
        match come_back(&cx, &sent, &code).await {
            Ok(Returned { back: Back::Proved(token), .. }) if right => {
                town.with(Kind::Token, &token).await.proved(STEP_UP).unwrap();
            }
            Err(ProviderError::Refused) if !right => {}
            other => panic!("{sub} {at_time:?}: {other:?}"),
        }
    }
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_second_factor_is_asked_for_after_the_provider_too(db: PgPool) {
    let (town, at) = town(db).await;
    let sari = town.member(EMAIL).await;
    link(&town, &at, &sari, json!({"sub": "s-1"})).await.unwrap();
    let (cx, proved) = proved(&town, &sari).await;
    let offer = account::offer_passkey(&cx, &proved).await.unwrap();
    let (_, made) = crate::authenticator::Authenticator::make(&offer.options);
    account::add_passkey(&cx, &proved, &offer.ceremony.text(), &made, "").await.unwrap();
    let sessions = town.count("session").await;
    assert!(matches!(visit(&town, &at, json!({"sub": "s-1"})).await, Ok(Back::SecondFactor(_))));
    assert_eq!(town.count("session").await, sessions);
    town.app.leave_queue();
}
