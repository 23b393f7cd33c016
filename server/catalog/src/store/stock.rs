//! How much of a variant can be bought, as inventory last told.

use model::ids::{ProductId, Uuid, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps everybody else from telling how much there is of these variants until the transaction ends: what is read of
/// stock from here on is newer than what was told before. In the order of products, so that two who tell of the same
/// ones do not wait for each other.
pub async fn lock_stock(db: &mut PgConnection, variants: &[VariantId]) -> Result<(), sqlx::Error> {
    let variants: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    sqlx::query!(
        "select id from product where id in (select product_id from variant where id = any((select $1::uuid[])::uuid[]))
         order by id for no key update",
        &variants
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Notes what can be bought of each of these variants, which [`lock_stock`] has locked, and whether any of a product's
/// can. The products of which something can be had that could not before, or the other way round, in the order of their
/// ids: how many there are is read where it is shown, so of that alone nobody has to be told.
pub async fn mark_stock(
    db: &mut PgConnection,
    there: &[(VariantId, i32)],
    now: OffsetDateTime,
) -> Result<Vec<ProductId>, sqlx::Error> {
    let variants: Vec<Uuid> = there.iter().map(|(variant, _)| variant.uuid()).collect();
    let pieces: Vec<i32> = there.iter().map(|(_, pieces)| *pieces).collect();
    let products = sqlx::query_scalar!(
        r#"with marked as (
             update variant set on_hand = told.pieces, updated_at = $3
             from (select before.id, before.on_hand, t.pieces
                   from unnest((select $1::uuid[])::uuid[], (select $2::int[])::int[]) as t (id, pieces) join variant as before on before.id = t.id
                   where before.on_hand <> t.pieces) as told
             where variant.id = told.id
             returning product_id, (told.on_hand > 0) <> (told.pieces > 0) as turned
           )
           select distinct product_id as "product_id!" from marked where turned order by 1"#,
        &variants,
        &pieces,
        now
    )
    .fetch_all(&mut *db)
    .await?;
    if products.is_empty() {
        return Ok(vec![]);
    }
    sqlx::query!(
        "update product set in_stock = there.any, updated_at = $2
         from (select product_id, bool_or(on_hand > 0) as any from variant
               where product_id = any($1) and retired_at is null group by product_id)
           as there
         where product.id = there.product_id and product.in_stock <> there.any",
        &products,
        now
    )
    .execute(db)
    .await?;
    Ok(products.into_iter().map(ProductId::new).collect())
}
