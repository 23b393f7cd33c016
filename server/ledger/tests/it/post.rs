//! What is written, once, and what the database itself refuses.

use crate::{A, B, GROUP, NOW, PROVIDER, SHOP, balance, escrowed, idr, journal};
use ledger::{Account, Difference, JournalKind, PostError, Posted, store, templates};
use model::{
    Currency, Money,
    ids::{JournalId, Uuid},
};
use sqlx::PgPool;

fn constraint(error: &sqlx::Error) -> &str {
    error.as_database_error().and_then(|error| error.constraint()).unwrap_or("none")
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_journal_is_posted_once_however_often_it_is_sent(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let paid = templates::paid(&PROVIDER.parse().unwrap(), idr(100), &[(A, idr(40)), (B, idr(60))]).unwrap();
    let mut new = journal(1, JournalKind::Paid, paid);
    assert_eq!(store::post(&mut db, &new).await.unwrap(), Posted::New);
    new.id = JournalId::new(Uuid::from_u128(2));
    new.entries.reverse();
    new.key = "1".into();
    assert_eq!(store::post(&mut db, &new).await.unwrap(), Posted::Already);
    assert_eq!(balance(&mut db, &Account::Escrow(A)).await, 40);
    assert_eq!(balance(&mut db, &Account::Provider(PROVIDER.parse().unwrap())).await, -100);
    assert_eq!(balance(&mut db, &Account::Bank).await, 0, "never used");

    new.entries[0].1 = idr(41);
    new.entries[1].1 = idr(59);
    assert!(matches!(store::post(&mut db, &new).await, Err(PostError::KeyTaken)));
    assert_eq!(balance(&mut db, &Account::Escrow(A)).await, 40);

    let there = store::journals_of(&mut db, GROUP.uuid()).await.unwrap();
    assert_eq!((there.len(), there[0].kind, there[0].entries.len()), (1, JournalKind::Paid, 3));
    assert!(store::reconcile(&mut db).await.unwrap().is_good());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_does_not_sum_to_zero_in_each_currency_is_refused(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let dollars = |amount| Money::new(amount, Currency::Usd);
    let seller = Account::Seller(SHOP);
    for (entries, empty) in [
        (vec![(seller.clone(), idr(1))], false),
        (vec![(seller.clone(), idr(1)), (Account::Bank, dollars(-1))], false),
        (vec![], true),
        (vec![(Account::Bank, idr(0))], true),
    ] {
        let refused = store::post(&mut db, &journal(1, JournalKind::Settled, entries)).await;
        assert_eq!(matches!(refused, Err(PostError::Empty)), empty);
        assert_eq!(matches!(refused, Err(PostError::Unbalanced(_))), !empty);
    }
    let both = vec![
        (seller.clone(), idr(5)),
        (Account::Bank, idr(-5)),
        (seller.clone(), dollars(3)),
        (Account::Bank, dollars(-3)),
    ];
    store::post(&mut db, &journal(2, JournalKind::Settled, both)).await.unwrap();
    assert_eq!(store::balance(&mut db, &seller, Currency::Usd).await.unwrap(), dollars(3));
    assert_eq!(store::balance(&mut db, &seller, Currency::Idr).await.unwrap(), idr(5));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_database_itself_refuses_what_does_not_balance(pool: PgPool) {
    let mut db = escrowed(&pool).await;
    for sql in [
        "insert into ledger_journal (id, kind, reference, key, at) values (gen_random_uuid(), 'paid', gen_random_uuid(), 'x', now())",
        "with j as (insert into ledger_journal (id, kind, reference, key, at)
             values (gen_random_uuid(), 'paid', gen_random_uuid(), 'x', now()) returning id)
         insert into ledger_entry (journal_id, account_id, amount) select j.id, a.id, 1 from j, ledger_account as a",
        "insert into ledger_entry (journal_id, account_id, amount)
         select j.id, a.id, 1 from ledger_journal as j, ledger_account as a limit 1",
    ] {
        let error = sqlx::query(sql).execute(&mut *db).await.unwrap_err();
        assert_eq!(constraint(&error), "ledger_balanced", "{sql}");
    }
    let error =
        sqlx::query("update ledger_account set balance = -1 where kind = 'escrow'").execute(&mut *db).await;
    assert_eq!(constraint(&error.unwrap_err()), "ledger_escrow_not_negative");
    let count: i64 =
        sqlx::query_scalar("select count(*) from ledger_journal").fetch_one(&mut *db).await.unwrap();
    assert_eq!(count, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_written_is_never_changed(pool: PgPool) {
    let mut db = escrowed(&pool).await;
    for sql in [
        "update ledger_entry set amount = amount * 2",
        "delete from ledger_entry",
        "update ledger_journal set at = now()",
        "delete from ledger_journal",
        "truncate ledger_entry, ledger_journal",
        "delete from ledger_account",
        "update ledger_account set owner = 'other' where kind = 'provider'",
        "truncate ledger_account cascade",
    ] {
        let error = sqlx::query(sql).execute(&mut *db).await.unwrap_err();
        assert_eq!(constraint(&error), "ledger_append_only", "{sql}");
    }
    let mut replica = pool.begin().await.unwrap();
    sqlx::query("set local session_replication_role = replica").execute(&mut *replica).await.unwrap();
    assert!(sqlx::query("delete from ledger_entry").execute(&mut *replica).await.is_err());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_balance_that_was_tampered_with_is_found(pool: PgPool) {
    let mut db = escrowed(&pool).await;
    sqlx::query("update ledger_account set balance = balance + 1 where kind = 'escrow' and balance = 40")
        .execute(&mut *db)
        .await
        .unwrap();
    let report = store::reconcile(&mut db).await.unwrap();
    let found = Difference::Balance { account: Account::Escrow(A), kept: idr(41), summed: idr(40) };
    assert_eq!(report.differences, [found]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn entries_and_escrows_are_listed_in_pages(pool: PgPool) {
    let mut db = escrowed(&pool).await;
    for n in 10..15 {
        let entries = templates::refunded_from_escrow(A, GROUP, idr(1)).unwrap();
        store::post(&mut db, &journal(n, JournalKind::Refunded, entries)).await.unwrap();
    }
    let escrow = Account::Escrow(A);
    let page = store::list_entries(&mut db, &escrow, Currency::Idr, None, 4).await.unwrap();
    assert_eq!(page.iter().map(|entry| entry.amount.amount()).collect::<Vec<_>>(), [-1, -1, -1, -1]);
    let rest = store::list_entries(&mut db, &escrow, Currency::Idr, Some(page[3].id), 4).await.unwrap();
    assert_eq!(rest.iter().map(|entry| entry.amount.amount()).collect::<Vec<_>>(), [-1, 40]);
    assert_eq!((rest[1].kind, rest[1].at, rest[1].reference), (JournalKind::Paid, NOW, GROUP.uuid()));

    assert_eq!(store::escrow_balances(&mut db, None, 1).await.unwrap(), [(A, idr(35))]);
    assert_eq!(store::escrow_balances(&mut db, Some(A), 9).await.unwrap(), [(B, idr(60))]);
}
