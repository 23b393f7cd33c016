use sqlx::PgPool;

#[sqlx::test(migrations = "../../migrations")]
async fn the_whole_country_is_loaded_once(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(region::load(&mut db).await.unwrap(), 38 + 514 + 7_285);
    assert_eq!(region::load(&mut db).await.unwrap(), 0);

    let cities = region::Cities::all(&mut db).await.unwrap();
    assert_eq!(cities.code("Jakarta Barat"), Some("31.73"));
    assert_eq!(cities.code("Bandung"), Some("32.73"));
    let postcodes = sqlx::query_scalar!("select postcodes from region where code = '11.01.02'");
    assert_eq!(postcodes.fetch_one(&mut *db).await.unwrap().len(), 1);
}
