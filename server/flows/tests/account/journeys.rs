//! What people do.

use crate::support::{EMAIL, PASSWORD, Town, entered, member_of, token_in, typed};
use flows::account::{self, Entry, NewPerson, Proof, SignInError, Stay, TwoStepError};
use identity::{
    challenge::Purpose,
    factor::{Totp, store as factors},
    operator::Giver,
    session::{Kind, STEP_UP},
};
use kernel::Viewer;
use model::{AppError, Code, Duty, OperatorRole};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_account_begins_when_its_address_is_confirmed(db: PgPool) {
    let town = Town::new(db);
    let person = NewPerson { contact: " Sari@Mail.example ".to_owned(), password: PASSWORD.to_owned() };
    let id = account::register(&town.cx(), &person).await.unwrap();
    assert_eq!(town.count("account").await, 0);
    assert!(matches!(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await, Err(SignInError::Wrong)));

    town.deliver().await;
    let message = town.last(EMAIL).await;
    assert_eq!(message["kind"], "verify_email");
    let entry =
        account::confirm(&town.cx(), id, message["code"].as_str().unwrap(), Stay::Long).await.unwrap();
    let cx = town.with(Kind::Browser, &entry.token).await;
    let me = account::me(&cx, &member_of(&cx)).await.unwrap();
    assert_eq!(me.contacts.iter().map(model::Contact::as_str).collect::<Vec<_>>(), [EMAIL]);
    assert!(me.roles.is_empty() && me.ways.password && me.recovery_codes.is_none());
    assert!(cx.operator(Duty::People).is_err_and(|error| error.code == Code::NotFound));

    let again = entered(account::sign_in(&town.cx(), &typed("SARI@mail.example", PASSWORD)).await.unwrap());
    assert_ne!(again.token, entry.token);
    assert_eq!(account::list(&cx, &member_of(&cx)).await.unwrap().len(), 2);
    assert_eq!(town.last(EMAIL).await["kind"], "new_device", "the second device, not the first, is told of");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_number_is_an_address_too(db: PgPool) {
    let town = Town::new(db);
    town.member("0812-3456-7890").await;
    assert_eq!(town.messages("+6281234567890").await[0]["kind"], "verify_phone");
    entered(account::sign_in(&town.cx(), &typed("+62 812 3456 7890", PASSWORD)).await.unwrap());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn sessions_end_by_idleness_by_age_and_by_their_owner(db: PgPool) {
    let town = Town::new(db);
    let first = town.member(EMAIL).await;
    let second = entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    let cx = town.with(Kind::Token, &first.token).await;
    account::end(&cx, &member_of(&cx), second.session).await.unwrap();
    assert_eq!(*town.with(Kind::Token, &second.token).await.viewer(), Viewer::Visitor);
    assert!(account::end(&cx, &member_of(&cx), second.session).await.is_err());

    let third = entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    assert_eq!(account::end_others(&cx, &member_of(&cx)).await.unwrap(), 1);
    assert_eq!(*town.with(Kind::Token, &third.token).await.viewer(), Viewer::Visitor);

    // Used every three weeks it lives for ninety days, and no longer.
    for _ in 0..4 {
        town.app.clock().advance(Duration::days(21));
        member_of(&town.with(Kind::Token, &first.token).await);
    }
    town.app.clock().advance(Duration::days(7));
    assert_eq!(*town.with(Kind::Token, &first.token).await.viewer(), Viewer::Visitor);

    let idle = entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    town.app.clock().advance(Duration::days(31));
    assert_eq!(*town.with(Kind::Token, &idle.token).await.viewer(), Viewer::Visitor);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_forgotten_password_is_set_anew_and_every_session_ends(db: PgPool) {
    let town = Town::new(db);
    let before = town.member(EMAIL).await;
    account::request_reset(&town.cx(), EMAIL).await.unwrap();
    town.deliver().await;
    let message = town.last(EMAIL).await;
    assert_eq!(message["kind"], "reset_password");
    account::reset(&town.cx(), &token_in(&message["link"]), "hujan sore di kebun").await.unwrap();
    assert_eq!(*town.with(Kind::Token, &before.token).await.viewer(), Viewer::Visitor);
    assert!(matches!(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await, Err(SignInError::Wrong)));
    entered(account::sign_in(&town.cx(), &typed(EMAIL, "hujan sore di kebun")).await.unwrap());
    assert!(town.messages(EMAIL).await.iter().any(|message| message["kind"] == "password_changed"));
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn security_is_changed_only_after_fresh_proof_and_the_token_is_a_new_one(db: PgPool) {
    let town = Town::new(db);
    let entry = town.member(EMAIL).await;
    town.app.clock().advance(Duration::minutes(11));
    let cx = town.with(Kind::Token, &entry.token).await;
    let member = member_of(&cx);
    assert!(cx.proved(STEP_UP).is_err_and(|error| error.code == Code::StepUpRequired));
    let wrong = account::prove(&cx, &member, &Proof::Password("tebakan".to_owned())).await;
    assert_eq!(wrong.map_err(|error| AppError::from(error).code).err(), Some(Code::WrongCode));

    let token = account::prove(&cx, &member, &Proof::Password(PASSWORD.to_owned())).await.unwrap();
    assert_eq!(*town.with(Kind::Token, &entry.token).await.viewer(), Viewer::Visitor, "the old token");
    let other = entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    let cx = town.with(Kind::Token, &token).await;
    let last =
        account::change_password(&cx, &cx.proved(STEP_UP).unwrap(), "hujan sore di kebun").await.unwrap();
    assert_eq!(*town.with(Kind::Token, &token).await.viewer(), Viewer::Visitor);
    assert_eq!(*town.with(Kind::Token, &other.token).await.viewer(), Viewer::Visitor);
    member_of(&town.with(Kind::Token, &last).await);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_authenticator_app_stands_after_the_password(db: PgPool) {
    let town = Town::new(db);
    let entry = town.member(EMAIL).await;
    let cx = town.with(Kind::Token, &entry.token).await;
    let proved = cx.proved(STEP_UP).unwrap();
    let offered = account::offer_two_step(&cx, &proved).await.unwrap();
    assert!(offered.url.starts_with("otpauth://totp/pasar.example:sari%40mail.example?secret="));
    entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    let wrong = account::confirm_two_step(&cx, &proved, "000000").await;
    assert!(matches!(wrong, Err(TwoStepError::Wrong)));

    let kept = factors::find(&mut cx.db().acquire().await.unwrap(), entry.account).await.unwrap().unwrap();
    let secret = town.guard.safe.open(entry.account.uuid().as_bytes(), &kept.secret).unwrap();
    let totp = Totp::from_bytes(&secret).unwrap();
    let code = || totp.code(town.cx().now()).unwrap().text();
    let recovery = account::confirm_two_step(&cx, &proved, &code()).await.unwrap();
    assert_eq!(recovery.len(), 10);

    let step = |entry| match entry {
        Entry::SecondFactor(challenge) => challenge.text(),
        Entry::In(_) => panic!("the password alone let in"),
    };
    let challenge = step(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    let try_with = |challenge: String, proof| {
        let cx = town.cx();
        async move { account::second_step(&cx, &challenge, &proof, Stay::Program, None).await }
    };
    let replay = try_with(challenge.clone(), Proof::Totp(code())).await;
    assert!(matches!(replay, Err(SignInError::WrongFactor)), "the code that switched it on");
    assert!(
        matches!(
            try_with(challenge.clone(), Proof::Password(PASSWORD.to_owned())).await,
            Err(SignInError::WrongFactor)
        ),
        "a password is no second factor"
    );
    town.app.clock().advance(Duration::seconds(30));
    try_with(challenge.clone(), Proof::Totp(code())).await.unwrap();
    assert!(matches!(try_with(challenge, Proof::Totp(code())).await, Err(SignInError::Spent)));

    let one = Proof::Recovery(recovery[0].text());
    let challenge = step(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    try_with(challenge, one.clone()).await.unwrap();
    let challenge = step(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    assert!(matches!(try_with(challenge, one).await, Err(SignInError::WrongFactor)), "each once");
    assert_eq!(account::two_step(&cx, &member_of(&cx)).await.unwrap(), Some(9));
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_address_is_changed_when_both_sides_agree(db: PgPool) {
    let town = Town::new(db);
    let entry = town.member(EMAIL).await;
    let cx = town.with(Kind::Token, &entry.token).await;
    let proved = cx.proved(STEP_UP).unwrap();
    let new = "sari.baru@mail.example";
    let change = account::start_contact_change(&cx, &proved, new).await.unwrap();
    town.deliver().await;
    let (to_new, to_old) = (town.last(new).await, town.last(EMAIL).await);
    assert_eq!(
        (to_new["kind"].as_str(), to_old["kind"].as_str()),
        (Some("email_change_new"), Some("email_change_old"))
    );
    let member = member_of(&cx);
    let code = to_new["code"].as_str().unwrap();
    let cross = account::confirm_contact(&cx, &member, change, Purpose::OldContact, code).await;
    assert!(cross.is_err(), "the code of one side is not that of the other");
    assert!(!account::confirm_contact(&cx, &member, change, Purpose::NewContact, code).await.unwrap());
    entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    assert!(account::confirm_contact_link(&town.cx(), &token_in(&to_old["confirm"])).await.unwrap());
    assert!(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.is_err());
    entered(account::sign_in(&town.cx(), &typed(new, PASSWORD)).await.unwrap());

    // Called off from the old address: nothing is left of it.
    let change = account::start_contact_change(&cx, &proved, "lain@mail.example").await.unwrap();
    town.deliver().await;
    let stop = token_in(&town.last(new).await["stop"]);
    account::stop_contact_change(&town.cx(), &stop).await.unwrap();
    let code = town.last("lain@mail.example").await["code"].as_str().unwrap().to_owned();
    assert!(account::confirm_contact(&cx, &member, change, Purpose::NewContact, &code).await.is_err());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn roles_are_given_by_those_who_have_them_and_end_sessions(db: PgPool) {
    let town = Town::new(db);
    let (sari, budi) = (town.member(EMAIL).await, town.member("budi@mail.example").await);
    let (sari_at, budi_at) = (EMAIL.parse().unwrap(), "budi@mail.example".parse().unwrap());
    assert!(account::grant(&town.cx(), Giver::Console, &sari_at, OperatorRole::Support).await.unwrap());
    assert!(!account::grant(&town.cx(), Giver::Console, &sari_at, OperatorRole::Support).await.unwrap());
    assert_eq!(*town.with(Kind::Token, &sari.token).await.viewer(), Viewer::Visitor);
    let sari = entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    let cx = town.with(Kind::Token, &sari.token).await;
    let operator = cx.operator(Duty::People).unwrap();
    assert!(cx.operator(Duty::Money).is_err_and(|error| error.code == Code::NotFound));

    let giver = Giver::Operator(&operator);
    let code = |result: Result<bool, account::RoleError>| result.map_err(|error| AppError::from(error).code);
    let beyond = account::grant(&cx, giver, &budi_at, OperatorRole::Administrator).await;
    assert_eq!(code(beyond), Err(Code::Forbidden), "more than they have");
    let own = account::revoke(&cx, giver, &sari_at, OperatorRole::Support).await;
    assert_eq!(code(own), Err(Code::Forbidden), "their own");
    member_of(&town.with(Kind::Token, &budi.token).await);
    assert!(account::grant(&cx, giver, &budi_at, OperatorRole::Support).await.unwrap());
    assert_eq!(town.count("operator_role").await, 2);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_over_is_swept_away(db: PgPool) {
    let town = Town::new(db);
    town.member(EMAIL).await;
    town.app.clock().advance(Duration::days(400));
    town.deliver().await;
    assert_eq!(town.count("session").await, 0);
    town.app.leave_queue();
}
