//! The log is written with the change, and nobody can change it afterwards.

use access::audit::{Actor, Entry, Subject, record};
use kernel::{Client, jobs::Registry, testing::TestApp};
use model::{
    audit::Action,
    ids::{AccountId, Uuid},
};
use serde_json::json;
use sqlx::PgPool;

fn someone() -> AccountId {
    AccountId::new(Uuid::from_u128(7))
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_entry_says_who_did_what_from_where(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let cx = app.cx().from_client(Client {
        address: Some("203.0.113.77".parse().unwrap()),
        agent: Some(format!("Firefox\n{}", "x".repeat(300)).into()),
    });
    let entry = Entry::of(Action::RoleGranted, Subject::Account(someone()))
        .by(Actor::Account(someone()))
        .before(json!({"roles": []}))
        .after(json!({"roles": ["support"]}));
    let mut tx = cx.begin().await.unwrap();
    let id = record(&mut tx, &cx, &entry).await.unwrap();
    tx.commit().await.unwrap();

    let row = sqlx::query!(
        "select actor, account_id, action, subject, network, user_agent, at, request, before, after
         from audit_entry where id = $1",
        id.uuid()
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!((row.actor.as_str(), row.account_id), ("account", Some(someone().uuid())));
    assert_eq!((row.action.as_str(), row.subject.as_str()), ("role.granted", "account"));
    assert_eq!(row.network.as_deref(), Some("203.0.113.0/24"));
    let agent = row.user_agent.unwrap();
    assert!(agent.starts_with("Firefoxx") && agent.len() == 200, "{agent}");
    assert_eq!((row.at, row.request), (cx.now(), cx.request().uuid()));
    assert_eq!((row.before, row.after), (Some(json!({"roles": []})), Some(json!({"roles": ["support"]}))));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_entry_of_a_change_that_was_undone_does_not_exist(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    record(&mut tx, &cx, &Entry::of(Action::SearchChanged, Subject::House)).await.unwrap();
    tx.roll_back().await.unwrap();
    let count = sqlx::query_scalar!("select count(*) from audit_entry").fetch_one(&db).await.unwrap();
    assert_eq!(count, Some(0));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn who_is_not_signed_in_is_a_visitor_and_a_job_is_the_system(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let job = app.cx();
    let visitor = app.cx().from_client(Client { address: Some("::1".parse().unwrap()), agent: None });
    assert_eq!((Actor::of(&job), Actor::of(&visitor)), (Actor::System, Actor::Visitor));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_changes_or_removes_an_entry(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let cx = app.cx();
    let mut conn = db.acquire().await.unwrap();
    record(&mut conn, &cx, &Entry::of(Action::SearchChanged, Subject::House)).await.unwrap();

    // The tests' user is a superuser, whom no right stops; the triggers do.
    for attempt in [
        "update audit_entry set action = 'nothing'",
        "delete from audit_entry",
        "truncate audit_entry",
        "set session_replication_role = replica; delete from audit_entry",
        "insert into audit_entry select * from audit_entry on conflict (id) do update set action = 'nothing'",
    ] {
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(attempt)).execute(&mut *conn).await.unwrap_err();
        let code = refused.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default();
        assert_eq!(code, "42501", "{attempt}: {refused}");
    }
    sqlx::raw_sql("set session_replication_role = origin").execute(&mut *conn).await.unwrap();

    // Its owner without a superuser's powers is stopped by the rights already.
    let owner: bool = sqlx::query_scalar(
        "select has_table_privilege(tableowner, 'audit_entry', 'update')
           and not (select rolsuper from pg_roles where rolname = tableowner)
         from pg_tables where tablename = 'audit_entry'",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    assert!(!owner);
    let action = sqlx::query_scalar!("select action from audit_entry").fetch_one(&mut *conn).await.unwrap();
    assert_eq!(action, "search.changed");
}
