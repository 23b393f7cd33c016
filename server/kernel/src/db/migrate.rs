//! Bringing the schema up to date.

use super::DbError;
use sqlx::{
    PgConnection, PgPool,
    migrate::{MigrateError, Migrator},
};

/// The one timeline of the schema. Tests of other crates: `#[sqlx::test(migrator = "kernel::db::MIGRATOR")]`.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// What [`migrate`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Migrated {
    pub applied: usize,
}

/// Applies the changes the database does not have yet. Of several processes one does it, the others wait.
pub async fn migrate(db: &PgPool) -> Result<Migrated, DbError> {
    let mut conn = db.acquire().await?;
    // Waiting for another node's long migration is no error.
    sqlx::query("set lock_timeout = 0").execute(&mut *conn).await?;
    let missing = count_missing(&mut conn).await?;
    if missing > 0 {
        tracing::info!("Bringing the database up to date: {missing} changes");
    }
    MIGRATOR.run(&mut *conn).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
            DbError::SchemaIsNewer { version }
        }
        MigrateError::VersionMismatch(version) => DbError::SchemaDiffers { version },
        error => DbError::Migration(error),
    })?;
    conn.close().await?;
    if missing > 0 {
        tracing::info!("The database is up to date");
    }
    Ok(Migrated { applied: missing })
}

async fn count_missing(db: &mut PgConnection) -> Result<usize, DbError> {
    let never = sqlx::query_scalar!(r#"select to_regclass('_sqlx_migrations') is null as "never!""#)
        .fetch_one(&mut *db)
        .await?;
    let applied: Vec<i64> = if never {
        Vec::new()
    } else {
        sqlx::query_scalar("select version from _sqlx_migrations").fetch_all(db).await?
    };
    Ok(MIGRATOR.iter().filter(|change| !applied.contains(&change.version)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrations = false)]
    async fn an_empty_database_is_filled_and_a_full_one_left_alone(db: PgPool) {
        // Where all tests run, each new database is a copy of one that is filled.
        sqlx::raw_sql("drop schema public cascade; create schema public").execute(&db).await.unwrap();
        let all = MIGRATOR.iter().count();
        assert_eq!(migrate(&db).await.unwrap(), Migrated { applied: all });
        assert_eq!(migrate(&db).await.unwrap(), Migrated { applied: 0 });
    }

    #[sqlx::test(migrator = "MIGRATOR")]
    async fn a_database_of_a_newer_program_is_refused(db: PgPool) {
        sqlx::query(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (990001, 'from the future', true, ''::bytea, 0)",
        )
        .execute(&db)
        .await
        .unwrap();
        let error = migrate(&db).await.unwrap_err();
        assert!(matches!(error, DbError::SchemaIsNewer { version: 990_001 }), "{error}");
    }
}
