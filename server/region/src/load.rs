use serde::Deserialize;
use sqlx::PgConnection;

/// See `data/NOTICE.md` for where it comes from.
const ROWS: &str = include_str!("../data/regions.csv");

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("the region table of the product is damaged")]
    Table(#[from] csv::Error),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(Deserialize)]
pub(crate) struct Row {
    pub code: String,
    pub parent_code: String,
    pub level: String,
    pub name: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// With semicolons between them.
    pub postcodes: String,
}

pub(crate) fn rows() -> Result<Vec<Row>, csv::Error> {
    csv::Reader::from_reader(ROWS.as_bytes()).into_deserialize().collect()
}

/// Brings the regions in where they are missing; a database that has them all is only looked at.
/// Returns how many were new.
pub async fn load(db: &mut PgConnection) -> Result<u64, LoadError> {
    let rows = rows()?;
    let present = sqlx::query_scalar!(r#"select count(*) as "n!" from region"#).fetch_one(&mut *db).await?;
    if usize::try_from(present) == Ok(rows.len()) {
        return Ok(0);
    }

    let (mut codes, mut parents, mut levels, mut names) = (vec![], vec![], vec![], vec![]);
    let (mut latitudes, mut longitudes, mut postcodes) = (vec![], vec![], vec![]);
    for row in rows {
        codes.push(row.code);
        parents.push(Some(row.parent_code).filter(|code| !code.is_empty()));
        levels.push(row.level);
        names.push(row.name);
        latitudes.push(row.latitude);
        longitudes.push(row.longitude);
        postcodes.push(row.postcodes);
    }
    // The key on the parent is checked at the end of the statement, so the order of the rows does not matter.
    let loaded = sqlx::query!(
        r#"insert into region (code, parent_code, level, name, latitude, longitude, postcodes)
           select code, parent_code, level, name, latitude, longitude, string_to_array(postcodes, ';')
           from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[])
             as t (code, parent_code, level, name, latitude, longitude, postcodes)
           on conflict (code) do nothing"#,
        &codes,
        &parents as &[Option<String>],
        &levels,
        &names,
        &latitudes as &[Option<f64>],
        &longitudes as &[Option<f64>],
        &postcodes
    )
    .execute(db)
    .await?;
    Ok(loaded.rows_affected())
}
