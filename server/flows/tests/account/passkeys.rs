//! Passkeys: what they are good for, and what is not taken for one.

use crate::{
    authenticator::Authenticator,
    support::{EMAIL, PASSWORD, Town, entered, member_of, typed},
};
use flows::account::{self, Entry, For, Offer, PasskeyError, Proof, SignInError, SignedIn, Stay};
use identity::{
    passkey::Refused,
    session::{Kind, STEP_UP},
};
use kernel::{Cx, Proved, Viewer};
use model::{AppError, Code, ids::AccountId};
use sqlx::PgPool;
use time::Duration;

const OTHER: &str = "budi@mail.example";

/// Someone who has just signed in.
async fn proved(town: &Town, entry: &SignedIn) -> (Cx, Proved) {
    let cx = town.with(Kind::Token, &entry.token).await;
    let proved = cx.proved(STEP_UP).unwrap();
    (cx, proved)
}

/// Someone with a passkey, and how many recovery codes came with it.
async fn with_passkey(town: &Town, contact: &str) -> (SignedIn, Authenticator, usize) {
    let entry = town.member(contact).await;
    let (cx, proved) = proved(town, &entry).await;
    let offer = account::offer_passkey(&cx, &proved).await.unwrap();
    let (device, made) = Authenticator::make(&offer.options);
    let added = account::add_passkey(&cx, &proved, &offer.ceremony.text(), &made, "").await.unwrap();
    (entry, device, added.codes.len())
}

async fn ask(town: &Town) -> Offer {
    account::ask_passkey(&town.cx(), For::SignIn).await.unwrap()
}

async fn enter(town: &Town, offer: &Offer, answer: &str) -> Result<SignedIn, SignInError> {
    account::sign_in_with_passkey(&town.cx(), &offer.ceremony.text(), answer, Stay::Program, None).await
}

async fn second_step(town: &Town, contact: &str) -> String {
    match account::sign_in(&town.cx(), &typed(contact, PASSWORD)).await.unwrap() {
        Entry::SecondFactor(challenge) => challenge.text(),
        Entry::In(_) => panic!("the password alone let in"),
    }
}

fn proof(offer: &Offer, answer: String) -> Proof {
    Proof::Passkey { ceremony: offer.ceremony.text(), answer }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_passkey_lets_in_by_itself_and_stands_after_the_password(db: PgPool) {
    let town = Town::new(db);
    let (entry, mut device, codes) = with_passkey(&town, EMAIL).await;
    assert_eq!(codes, 10, "recovery codes come with the first second factor");
    assert_eq!(town.last(EMAIL).await["change"], "passkey_added");
    let (cx, _) = proved(&town, &entry).await;
    let listed = account::passkeys(&cx, &member_of(&cx)).await.unwrap();
    assert_eq!((listed.len(), listed[0].name.as_str(), listed[0].used_at), (1, "Firefox, Android", None));

    let offer = ask(&town).await;
    let again = enter(&town, &offer, &device.sign(&offer.options)).await.unwrap();
    assert_eq!(again.account, entry.account);
    assert!(account::passkeys(&cx, &member_of(&cx)).await.unwrap()[0].used_at.is_some());

    let challenge = second_step(&town, EMAIL).await;
    assert!(account::ways_on(&town.cx(), &challenge).await.unwrap().passkey);
    let offer = account::ask_passkey(&town.cx(), For::SecondStep(&challenge)).await.unwrap();
    let shown = proof(&offer, device.sign(&offer.options));
    account::second_step(&town.cx(), &challenge, &shown, Stay::Program, None).await.unwrap();

    town.app.clock().advance(Duration::minutes(11));
    let cx = town.with(Kind::Token, &entry.token).await;
    assert!(cx.proved(STEP_UP).is_err());
    let member = member_of(&cx);
    let offer = account::ask_passkey(&cx, For::StepUp(&member)).await.unwrap();
    let token = account::prove(&cx, &member, &proof(&offer, device.sign(&offer.options))).await.unwrap();
    assert_eq!(*town.with(Kind::Token, &entry.token).await.viewer(), Viewer::Visitor, "the old token");
    town.with(Kind::Token, &token).await.proved(STEP_UP).unwrap();
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_answer_is_taken_once_in_time_and_for_its_own_question(db: PgPool) {
    let town = Town::new(db);
    let (entry, mut device, _) = with_passkey(&town, EMAIL).await;
    let offer = ask(&town).await;
    let answer = device.sign(&offer.options);
    enter(&town, &offer, &answer).await.unwrap();
    assert!(matches!(enter(&town, &offer, &answer).await, Err(SignInError::Spent)), "again");

    let (one, other) = (ask(&town).await, ask(&town).await);
    let mixed = enter(&town, &one, &device.sign(&other.options)).await;
    assert!(matches!(mixed, Err(SignInError::WrongPasskey)), "an answer to another question");
    let right = enter(&town, &one, &device.sign(&one.options)).await;
    assert!(matches!(right, Err(SignInError::Spent)), "a question that was answered wrongly is spent");

    let late = ask(&town).await;
    town.app.clock().advance(Duration::minutes(5));
    assert!(matches!(enter(&town, &late, &device.sign(&late.options)).await, Err(SignInError::Spent)));

    // A question to those who are signed in is answered in their session, and is no sign-in.
    let elsewhere = ask(&town).await;
    let elsewhere = enter(&town, &elsewhere, &device.sign(&elsewhere.options)).await.unwrap();
    let (cx, _) = proved(&town, &entry).await;
    let member = member_of(&cx);
    let offer = account::ask_passkey(&cx, For::StepUp(&member)).await.unwrap();
    let answer = device.sign(&offer.options);
    assert!(matches!(enter(&town, &offer, &answer).await, Err(SignInError::Spent)));
    let cx2 = town.with(Kind::Token, &elsewhere.token).await;
    // Signed after that entry, so that the counter went on.
    let answer = device.sign(&offer.options);
    let moved = account::prove(&cx2, &member_of(&cx2), &proof(&offer, answer.clone())).await;
    assert!(moved.is_err(), "in another session");
    account::prove(&cx, &member, &proof(&offer, answer)).await.unwrap();
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_copy_of_a_passkey_is_refused_and_noted(db: PgPool) {
    let town = Town::new(db);
    let (entry, mut device, _) = with_passkey(&town, EMAIL).await;
    device.count = 9;
    let offer = ask(&town).await;
    enter(&town, &offer, &device.sign(&offer.options)).await.unwrap();
    let sessions = town.count("session").await;
    for count in [9, 3] {
        device.count = count;
        let offer = ask(&town).await;
        let refused = enter(&town, &offer, &device.sign(&offer.options)).await;
        assert!(matches!(refused, Err(SignInError::WrongPasskey)), "the count {}", count + 1);
    }
    assert_eq!(town.count("session").await, sessions);
    let noted: i64 = sqlx::query_scalar(
        "select count(*) from audit_entry where action = 'session.refused' and subject_id = $1",
    )
    .bind(entry.account.uuid())
    .fetch_one(town.app.kernel().db())
    .await
    .unwrap();
    assert_eq!(noted, 2);

    // Two signatures that count alike, at the same moment: one is let in at most.
    device.count = 19;
    let (one, other) = (ask(&town).await, ask(&town).await);
    let first = device.sign(&one.options);
    device.count = 19;
    let second = device.sign(&other.options);
    let (first, second) = tokio::join!(enter(&town, &one, &first), enter(&town, &other, &second));
    assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_no_passkey_of_this_site_and_owner_lets_nobody_in(db: PgPool) {
    let town = Town::new(db);
    let (_, mut device, _) = with_passkey(&town, EMAIL).await;
    let (other, mut others, _) = with_passkey(&town, OTHER).await;
    let sessions = town.count("session").await;

    let offer = ask(&town).await;
    device.origin = "https://pasar.example.evil.example".to_owned();
    let refused = enter(&town, &offer, &device.sign(&offer.options)).await;
    assert!(matches!(refused, Err(SignInError::WrongPasskey)), "another site");
    device.origin = crate::authenticator::ORIGIN.to_owned();

    device.host = "evil.example".to_owned();
    let offer = ask(&town).await;
    let refused = enter(&town, &offer, &device.sign(&offer.options)).await;
    assert!(matches!(refused, Err(SignInError::WrongPasskey)), "bound to another host");
    device.host = "pasar.example".to_owned();

    device.verifies = false;
    let offer = ask(&town).await;
    let refused = enter(&town, &offer, &device.sign(&offer.options)).await;
    assert!(matches!(refused, Err(SignInError::WrongPasskey)), "a device that did not verify its owner");
    device.verifies = true;

    let own = std::mem::replace(&mut device.handle, others.handle.clone());
    let offer = ask(&town).await;
    let refused = enter(&town, &offer, &device.sign(&offer.options)).await;
    assert!(matches!(refused, Err(SignInError::WrongPasskey)), "said to be somebody else's");
    device.handle = own;

    let offer = ask(&town).await;
    let (mut stranger, _) = Authenticator::make(&making(&town, other.account));
    let refused = enter(&town, &offer, &stranger.sign(&offer.options)).await;
    assert!(matches!(refused, Err(SignInError::WrongPasskey)), "a passkey that was never added");
    for nonsense in ["", "{}", "null", "[1]", &"x".repeat(100_000)] {
        let offer = ask(&town).await;
        assert!(matches!(enter(&town, &offer, nonsense).await, Err(SignInError::WrongPasskey)));
    }
    assert_eq!(town.count("session").await, sessions);

    // After somebody's password only their own passkey counts.
    let challenge = second_step(&town, EMAIL).await;
    let offer = account::ask_passkey(&town.cx(), For::SecondStep(&challenge)).await.unwrap();
    let shown = proof(&offer, others.sign(&offer.options));
    let refused = account::second_step(&town.cx(), &challenge, &shown, Stay::Program, None).await;
    assert!(matches!(refused, Err(SignInError::WrongFactor)));
    assert!(matches!(
        account::ask_passkey(&town.cx(), For::SecondStep("none")).await,
        Err(PasskeyError::Spent)
    ));
    town.app.leave_queue();
}

/// What a browser would be asked to make for this account.
fn making(town: &Town, account: AccountId) -> String {
    let relying = identity::passkey::Relying::here(&town.cx()).unwrap();
    relying.ask_for_new(account, "budi", Vec::new()).unwrap().options
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_passkey_is_added_in_the_session_that_asked_and_by_one_account(db: PgPool) {
    let town = Town::new(db);
    let (sari, budi) = (town.member(EMAIL).await, town.member(OTHER).await);
    let (sari_cx, sari_proved) = proved(&town, &sari).await;
    let (budi_cx, budi_proved) = proved(&town, &budi).await;
    let offer = account::offer_passkey(&sari_cx, &sari_proved).await.unwrap();
    let (_, made) = Authenticator::make(&offer.options);
    let stolen = account::add_passkey(&budi_cx, &budi_proved, &offer.ceremony.text(), &made, "").await;
    assert!(matches!(stolen, Err(PasskeyError::Spent)), "asked for by Sari");

    for (verifies, origin) in [(false, crate::authenticator::ORIGIN), (true, "https://evil.example")] {
        let offer = account::offer_passkey(&sari_cx, &sari_proved).await.unwrap();
        let (_, made) = Authenticator::make_with(&offer.options, verifies, origin);
        let refused = account::add_passkey(&sari_cx, &sari_proved, &offer.ceremony.text(), &made, "").await;
        assert!(matches!(refused, Err(PasskeyError::Refused(Refused::Unfit))), "{verifies} {origin}");
    }
    account::add_passkey(&sari_cx, &sari_proved, &offer.ceremony.text(), &made, " Ponsel  Sari ")
        .await
        .unwrap();
    let twice = account::add_passkey(&sari_cx, &sari_proved, &offer.ceremony.text(), &made, "").await;
    assert!(matches!(twice, Err(PasskeyError::Spent)));

    let listed = account::passkeys(&sari_cx, &member_of(&sari_cx)).await.unwrap();
    assert_eq!((listed.len(), listed[0].name.as_str()), (1, "Ponsel Sari"));
    let (id, budi) = (listed[0].id, member_of(&budi_cx));
    let foreign = account::rename_passkey(&budi_cx, &budi, id, "Punya Budi").await;
    assert!(matches!(foreign, Err(PasskeyError::NotFound)));
    let foreign = account::remove_passkey(&budi_cx, &budi_proved, id).await;
    assert!(matches!(foreign, Err(PasskeyError::NotFound)));
    account::rename_passkey(&sari_cx, &member_of(&sari_cx), id, "Tablet").await.unwrap();
    assert_eq!(account::passkeys(&sari_cx, &member_of(&sari_cx)).await.unwrap()[0].name, "Tablet");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_last_way_in_stays_whatever_is_removed_at_the_same_moment(db: PgPool) {
    let town = Town::new(db);
    let (entry, mut device, _) = with_passkey(&town, EMAIL).await;
    let (cx, proved) = proved(&town, &entry).await;
    let id = account::passkeys(&cx, &member_of(&cx)).await.unwrap()[0].id;
    let (key, password) =
        tokio::join!(account::remove_passkey(&cx, &proved, id), account::remove_password(&cx, &proved));
    assert_eq!(usize::from(key.is_ok()) + usize::from(password.is_ok()), 1);
    let refused = key.err().or(password.err()).map(|error| AppError::from(error).code);
    assert_eq!(refused, Some(Code::LastWayIn));

    // Whichever it was, the other one still lets in.
    let ways = account::me(&cx, &member_of(&cx)).await.unwrap().ways;
    if ways.password {
        entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    } else {
        assert!(matches!(
            account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await,
            Err(SignInError::Wrong)
        ));
        let offer = ask(&town).await;
        enter(&town, &offer, &device.sign(&offer.options)).await.unwrap();
        assert_eq!(town.last(EMAIL).await["kind"], "new_device");
    }
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn recovery_codes_stay_as_long_as_something_is_asked_for(db: PgPool) {
    let town = Town::new(db);
    let (entry, _, _) = with_passkey(&town, EMAIL).await;
    let (cx, proved) = proved(&town, &entry).await;
    let codes = account::new_recovery_codes(&cx, &proved).await.unwrap();
    let challenge = second_step(&town, EMAIL).await;
    let recovery = Proof::Recovery(codes[0].text());
    account::second_step(&town.cx(), &challenge, &recovery, Stay::Program, None).await.unwrap();
    let id = account::passkeys(&cx, &member_of(&cx)).await.unwrap()[0].id;
    account::remove_passkey(&cx, &proved, id).await.unwrap();
    assert_eq!(account::me(&cx, &member_of(&cx)).await.unwrap().recovery_codes, None);
    assert_eq!(town.last(EMAIL).await["change"], "passkey_removed");
    entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    town.app.leave_queue();
}
