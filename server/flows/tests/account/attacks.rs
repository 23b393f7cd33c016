//! What is tried by those who should stay out. Each fails, and leaves everything as it was.

use crate::support::{EMAIL, PASSWORD, Town, entered, member_of, token_in, typed};
use flows::account::{self, ConfirmError, NewPerson, Proof, ResetError, SignInError, Stay, Token};
use identity::session::Kind;
use kernel::Viewer;
use model::{AppError, Code, FieldError};
use sqlx::PgPool;
use time::Duration;

fn person(contact: &str) -> NewPerson {
    NewPerson { contact: contact.to_owned(), password: PASSWORD.to_owned() }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn ten_thousand_guesses_at_one_account_cost_ten_hashes(db: PgPool) {
    let town = Town::new(db);
    town.member(EMAIL).await;
    let before = town.guard.hasher.done();
    let mut refused = 0;
    for n in 0..10_000_u32 {
        let cx = town.from(&format!("198.51.{}.{}", n / 256 % 256, n % 256));
        match account::sign_in(&cx, &typed(EMAIL, "tebakan lain lagi")).await.unwrap_err() {
            SignInError::Wrong => {}
            error => {
                let error = AppError::from(error);
                assert_eq!(error.code, Code::RateLimited);
                assert!(error.retry_after.is_some_and(|seconds| seconds >= 1));
                refused += 1;
            }
        }
    }
    let tried = town.guard.hasher.done() - before;
    assert!(tried <= 10 && refused >= 9_990, "{tried} were tried, {refused} refused");

    // Also with the right password, and delays grow with every further try.
    assert!(matches!(
        account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await,
        Err(SignInError::Hurdle(_))
    ));
    let mut waits = Vec::new();
    for _ in 0..6 {
        let error = AppError::from(account::sign_in(&town.cx(), &typed(EMAIL, "x")).await.unwrap_err());
        let wait = error.retry_after.unwrap();
        waits.push(wait);
        town.app.clock().advance(Duration::seconds(wait.into()));
        assert!(matches!(account::sign_in(&town.cx(), &typed(EMAIL, "x")).await, Err(SignInError::Wrong)));
    }
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
    town.app.clock().advance(Duration::hours(1));
    entered(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn guesses_at_the_same_moment_are_counted_like_guesses_in_turn(db: PgPool) {
    let town = Town::new(db);
    town.member(EMAIL).await;
    let before = town.guard.hasher.done();
    let tries: Vec<_> = (0..60)
        .map(|n| {
            let cx = town.from(&format!("198.51.100.{n}"));
            tokio::spawn(async move { account::sign_in(&cx, &typed(EMAIL, "tebakan")).await.is_ok() })
        })
        .collect();
    for one in tries {
        assert!(!one.await.unwrap());
    }
    let tried = town.guard.hasher.done() - before;
    assert!(tried <= 7, "{tried} were tried");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_device_of_the_owner_is_not_locked_out_by_others(db: PgPool) {
    let town = Town::new(db);
    let own = town.member(EMAIL).await;
    for _ in 0..20 {
        assert!(account::sign_in(&town.from("198.51.100.1"), &typed(EMAIL, "tebakan")).await.is_err());
    }
    assert!(account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.is_err());
    let mut known = typed(EMAIL, PASSWORD);
    known.device = own.device;
    entered(account::sign_in(&town.cx(), &known).await.unwrap());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nothing_tells_whether_an_account_exists(db: PgPool) {
    let town = Town::new(db);
    town.member(EMAIL).await;
    let nobody = "tidak.ada@mail.example";
    let hashes = || town.guard.hasher.done();

    let (start, mut spent) = (hashes(), Vec::new());
    for contact in [EMAIL, nobody] {
        let before = hashes();
        let error = account::sign_in(&town.cx(), &typed(contact, "tebakan lain")).await.unwrap_err();
        assert_eq!(AppError::from(error), AppError::new(Code::WrongCredentials));
        account::request_reset(&town.cx(), contact).await.unwrap();
        let id = account::register(&town.cx(), &person(contact)).await.unwrap();
        let wrong = account::confirm(&town.cx(), id, "000000", Stay::Short).await.unwrap_err();
        assert!(matches!(wrong, ConfirmError::Wrong));
        spent.push(hashes() - before);
    }
    assert_eq!(spent, [2, 2], "the same work either way");
    assert_eq!(hashes() - start, 4);

    // Also after the messages went out: only the mailboxes differ.
    town.deliver().await;
    let kinds = |messages: Vec<serde_json::Value>| {
        messages.iter().map(|m| m["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut to_owner = kinds(town.messages(EMAIL).await);
    to_owner.sort();
    assert_eq!(to_owner, ["account_exists", "reset_password", "verify_email", "welcome"]);
    assert_eq!(kinds(town.messages(nobody).await), ["verify_email"], "no reset goes to a stranger");
    assert_eq!(town.count("account").await, 1);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn wrong_passwords_are_in_the_log_of_the_account_and_not_without_end(db: PgPool) {
    let town = Town::new(db);
    let own = town.member(EMAIL).await;
    for n in 0..200 {
        for contact in [EMAIL, "tidak.ada@mail.example"] {
            let cx = town.from(&format!("198.51.{n}.7"));
            assert!(account::sign_in(&cx, &typed(contact, "tebakan lain")).await.is_err());
        }
        town.deliver().await;
    }
    let lines: Vec<(Option<kernel::Uuid>, Option<String>)> = sqlx::query_as(
        "select subject_id, network from audit_entry where action = 'session.refused' order by id",
    )
    .fetch_all(town.app.kernel().db())
    .await
    .unwrap();
    assert!((1..=10).contains(&lines.len()), "{lines:?}");
    assert_eq!(lines[0], (Some(own.account.uuid()), Some("198.51.0.0/24".to_owned())));
    assert!(lines.iter().all(|(subject, _)| *subject == Some(own.account.uuid())), "{lines:?}");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_code_bears_five_guesses(db: PgPool) {
    let town = Town::new(db);
    let id = account::register(&town.cx(), &person(EMAIL)).await.unwrap();
    town.deliver().await;
    let right = town.last(EMAIL).await["code"].as_str().unwrap().to_owned();
    for n in 0..5 {
        let guess = format!("{:06}", (right.parse::<u32>().unwrap() + 1 + n) % 1_000_000);
        let refused = account::confirm(&town.cx(), id, &guess, Stay::Short).await;
        assert!(matches!(refused, Err(ConfirmError::Wrong)));
    }
    let late = account::confirm(&town.cx(), id, &right, Stay::Short).await;
    assert!(matches!(late, Err(ConfirmError::Spent)), "even the right one");
    assert_eq!((town.count("account").await, town.count("session").await), (0, 0));
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn codes_expire_and_open_one_account_only(db: PgPool) {
    let town = Town::new(db);
    let id = account::register(&town.cx(), &person(EMAIL)).await.unwrap();
    town.deliver().await;
    let code = town.last(EMAIL).await["code"].as_str().unwrap().to_owned();
    town.app.clock().advance(Duration::minutes(31));
    assert!(matches!(account::confirm(&town.cx(), id, &code, Stay::Short).await, Err(ConfirmError::Spent)));

    let (one, two) = (
        account::register(&town.cx(), &person(EMAIL)).await.unwrap(),
        account::register(&town.cx(), &person(EMAIL)).await.unwrap(),
    );
    town.deliver().await;
    let messages = town.messages(EMAIL).await;
    let codes: Vec<&str> = messages[1..].iter().map(|m| m["code"].as_str().unwrap()).collect();
    let mut opened = 0;
    for id in [one, two] {
        for code in &codes {
            opened += usize::from(account::confirm(&town.cx(), id, code, Stay::Short).await.is_ok());
        }
    }
    assert_eq!((opened, town.count("account").await), (1, 1));
    town.app.leave_queue();
}

/// Registering somebody else's address with a password of one's own, and waiting for the owner's click.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_click_of_the_owner_does_not_open_an_account_for_who_registered(db: PgPool) {
    let town = Town::new(db);
    let id = account::register(&town.cx(), &person(EMAIL)).await.unwrap();
    town.deliver().await;
    let token = token_in(&town.last(EMAIL).await["link"]);
    let owner = town.from("203.0.113.9");
    let clicked = account::confirm_link(&owner, &token, None, None, Stay::Short).await;
    assert!(matches!(clicked, Err(ConfirmError::PasswordNeeded)));
    let guessed = account::confirm_link(&owner, &token, None, Some("tebakan"), Stay::Short).await;
    assert!(matches!(guessed, Err(ConfirmError::Wrong)));
    assert_eq!(town.count("account").await, 0);
    account::confirm_link(&town.cx(), &token, Some(id), None, Stay::Short).await.unwrap();
    let again = account::confirm_link(&town.cx(), &token, Some(id), None, Stay::Short).await;
    assert!(matches!(again, Err(ConfirmError::Spent)));
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_reset_link_works_once_for_a_while_and_unaltered(db: PgPool) {
    let town = Town::new(db);
    town.member(EMAIL).await;
    let ask = || async {
        account::request_reset(&town.cx(), EMAIL).await.unwrap();
        town.deliver().await;
        token_in(&town.last(EMAIL).await["link"])
    };
    let (one, two) = (ask().await, ask().await);
    let spent = |result: Result<(), ResetError>| assert!(matches!(result, Err(ResetError::Spent)));
    let mut altered = one.clone().into_bytes();
    altered[5] = if altered[5] == b'A' { b'B' } else { b'A' };
    let new = "hujan sore di kebun";
    spent(account::reset(&town.cx(), std::str::from_utf8(&altered).unwrap(), new).await);
    spent(account::reset(&town.cx(), "", new).await);
    let weak = account::reset(&town.cx(), &one, "password").await;
    assert!(matches!(weak, Err(ResetError::Password(FieldError::TooCommon))), "and it still works");
    account::reset(&town.cx(), &one, new).await.unwrap();
    spent(account::reset(&town.cx(), &one, "angin malam di pantai").await);
    spent(account::reset(&town.cx(), &two, "angin malam di pantai").await);
    let late = ask().await;
    town.app.clock().advance(Duration::minutes(31));
    spent(account::reset(&town.cx(), &late, "angin malam di pantai").await);
    entered(account::sign_in(&town.cx(), &typed(EMAIL, new)).await.unwrap());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_session_is_nobody_elses_and_no_other_kinds(db: PgPool) {
    let town = Town::new(db);
    let (sari, budi) = (town.member(EMAIL).await, town.member("budi@mail.example").await);
    let cx = town.with(Kind::Token, &budi.token).await;
    let refused = account::end(&cx, &member_of(&cx), sari.session).await.unwrap_err();
    assert_eq!(AppError::from(refused).code, Code::NotFound);
    member_of(&town.with(Kind::Token, &sari.token).await);
    // A token for programs in a cookie, one that was never given out, and nonsense.
    assert_eq!(*town.with(Kind::Browser, &sari.token).await.viewer(), Viewer::Visitor);
    assert_eq!(*town.with(Kind::Token, &Token::new(&cx)).await.viewer(), Viewer::Visitor);
    for nonsense in ["", "x", "' or 1=1 --", &"A".repeat(43), &"\0".repeat(43)] {
        let viewer = account::recognise(&cx, Kind::Token, nonsense).await.unwrap();
        assert_eq!(viewer, Viewer::Visitor, "{nonsense:?}");
    }
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_second_factor_is_not_guessed_by_signing_in_again_and_again(db: PgPool) {
    let town = Town::new(db);
    let entry = town.member(EMAIL).await;
    sqlx::query("insert into totp (account_id, secret, confirmed_at) values ($1, $2, now())")
        .bind(entry.account.uuid())
        .bind(town.guard.safe.seal(town.cx().ids(), entry.account.uuid().as_bytes(), &[7; 20]))
        .execute(town.app.kernel().db())
        .await
        .unwrap();
    let (mut tried, mut refused) = (0, 0);
    for n in 0..60_u32 {
        let challenge = match account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap() {
            account::Entry::SecondFactor(challenge) => challenge.text(),
            account::Entry::In(_) => panic!("let in without"),
        };
        let guess = Proof::Totp(format!("{n:06}"));
        match account::second_step(&town.cx(), &challenge, &guess, Stay::Short, None).await.unwrap_err() {
            SignInError::WrongFactor => tried += 1,
            _ => refused += 1,
        }
    }
    assert!(tried <= 7 && refused >= 53, "{tried} tried, {refused} refused");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobodys_inbox_is_filled_by_others(db: PgPool) {
    let town = Town::new(db);
    for n in 0..30 {
        let cx = town.from(&format!("198.51.100.{n}"));
        account::register(&cx, &person(EMAIL)).await.unwrap();
        account::request_reset(&cx, EMAIL).await.unwrap();
        town.deliver().await;
    }
    assert!(town.messages(EMAIL).await.len() <= 6, "{}", town.messages(EMAIL).await.len());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn neither_side_of_a_change_of_address_is_written_to_again_and_again(db: PgPool) {
    let town = Town::new(db);
    let entry = town.member(EMAIL).await;
    let cx = town.with(Kind::Token, &entry.token).await;
    let proved = cx.proved(account::STEP_UP).unwrap();
    let before = town.messages(EMAIL).await.len();
    for n in 0..30 {
        let new = format!("sari.{n}@mail.example");
        account::start_contact_change(&cx, &proved, &new).await.unwrap();
        town.deliver().await;
    }
    assert!(town.messages(EMAIL).await.len() - before <= 4, "{}", town.messages(EMAIL).await.len());
    // Those who were not asked on one side are not asked on the other.
    assert!(town.messages("sari.29@mail.example").await.is_empty());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_device_that_was_made_up_is_not_one(db: PgPool) {
    let town = Town::new(db);
    let own = town.member(EMAIL).await;
    let made_up = Token::new(&town.cx());
    let mut brought = typed(EMAIL, PASSWORD);
    brought.device = Some(made_up.clone());
    let given = entered(account::sign_in(&town.cx(), &brought).await.unwrap()).device.unwrap();
    assert_ne!(given.text(), made_up.text(), "it gets one of its own");
    // A browser that several people share keeps the one it has.
    town.member("budi@mail.example").await;
    let mut shared = typed("budi@mail.example", PASSWORD);
    shared.device.clone_from(&own.device);
    let kept = entered(account::sign_in(&town.cx(), &shared).await.unwrap()).device.unwrap();
    assert_eq!(kept.text(), own.device.unwrap().text());
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn after_a_reset_whoever_signs_in_is_told_of(db: PgPool) {
    let town = Town::new(db);
    let mut own = typed(EMAIL, PASSWORD);
    own.device = town.member(EMAIL).await.device;
    let told = async || {
        let all = town.messages(EMAIL).await;
        all.iter().filter(|message| message["kind"] == "new_device").count()
    };
    account::sign_in(&town.cx(), &own).await.unwrap();
    assert_eq!(told().await, 0, "where they registered");
    account::request_reset(&town.cx(), EMAIL).await.unwrap();
    town.deliver().await;
    let token = token_in(&town.last(EMAIL).await["link"]);
    account::reset(&town.cx(), &token, "hujan sore di kebun").await.unwrap();
    "hujan sore di kebun".clone_into(&mut own.password);
    account::sign_in(&town.cx(), &own).await.unwrap();
    assert_eq!(told().await, 1, "every device is a stranger again");
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn one_client_does_not_have_us_keep_questions_without_end(db: PgPool) {
    let town = Town::new(db);
    let (mut kept, mut refused) = (0, 0);
    for _ in 0..200 {
        match account::ask_passkey(&town.cx(), account::For::SignIn).await {
            Ok(_) => kept += 1,
            Err(error) => {
                assert_eq!(AppError::from(error).code, Code::RateLimited);
                refused += 1;
            }
        }
    }
    assert!((100..=110).contains(&kept) && refused >= 90, "{kept} kept, {refused} refused");
    assert!(account::ask_passkey(&town.from("198.51.100.9"), account::For::SignIn).await.is_ok());
    // Nor is anybody kept from signing in by it.
    let person = person(EMAIL);
    account::register(&town.cx(), &person).await.unwrap();
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_no_address_or_no_good_password_is_refused_by_field(db: PgPool) {
    let town = Town::new(db);
    let refusal = |contact: &str, password: &str| {
        let (cx, person) =
            (town.cx(), NewPerson { contact: contact.to_owned(), password: password.to_owned() });
        async move { AppError::from(account::register(&cx, &person).await.unwrap_err()) }
    };
    let both = refusal("a@b.example\r\nBcc: c@d.example", "password").await;
    assert_eq!(both.of("contact"), Some(FieldError::Malformed));
    assert_eq!(both.of("password"), Some(FieldError::TooCommon));
    assert_eq!(refusal("", "x").await.of("contact"), Some(FieldError::Required));
    assert_eq!(refusal(EMAIL, "sari@mail.example").await.of("password"), Some(FieldError::TooCommon));
    assert_eq!(town.count("account").await, 0);
    town.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn links_made_up_are_counted_though_they_change_nothing_and_those_let_in_are_not(db: PgPool) {
    let town = Town::new(db);
    town.member(EMAIL).await;
    // Whoever gets in is one of the many behind this address, not a guesser.
    for _ in 0..150 {
        account::sign_in(&town.cx(), &typed(EMAIL, PASSWORD)).await.unwrap();
    }
    let made_up = Token::new(&town.cx()).text();
    let mut refused = 0;
    for _ in 0..150 {
        let error = account::confirm_contact_link(&town.cx(), &made_up).await.unwrap_err();
        refused += u32::from(AppError::from(error).code == Code::RateLimited);
    }
    assert!(refused >= 40, "{refused} were refused");
    town.app.leave_queue();
}
