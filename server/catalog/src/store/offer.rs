//! What a variant costs.

use crate::Offer;
use model::ids::{ProductId, ShopId, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What became of a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetOffer {
    /// The product it is a variant of.
    Set(ProductId),
    Same,
    /// The shop has no such variant.
    Unknown,
    /// Wholesale would cost more than a single piece.
    AboveTiers,
}

/// What a variant of this shop costs from now on, and with it the summary of its product. The old price is remembered by
/// the database.
pub async fn set_offer(
    db: &mut PgConnection,
    shop: ShopId,
    variant: VariantId,
    offer: Offer,
    now: OffsetDateTime,
) -> Result<SetOffer, sqlx::Error> {
    let (price, list) = (offer.price().get(), offer.list().map(crate::Price::get));
    let there = sqlx::query!(
        r#"select variant.product_id, variant.price, variant.list_price,
             exists (select from price_tier as tier
                     where tier.product_id = variant.product_id and tier.price >= $3) as "above!"
           from variant join product on product.id = variant.product_id
           where variant.id = $1 and variant.shop_id = $2 and variant.retired_at is null
           for no key update of product, variant"#,
        variant.uuid(),
        shop.uuid(),
        price
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(there) = there else { return Ok(SetOffer::Unknown) };
    if there.above {
        return Ok(SetOffer::AboveTiers);
    }
    if (there.price, there.list_price) == (price, list) {
        return Ok(SetOffer::Same);
    }
    sqlx::query!(
        "update variant set price = $2, list_price = $3, updated_at = $4 where id = $1",
        variant.uuid(),
        price,
        list,
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update product
         set price_min = cheapest.price, list_price = cheapest.list_price, price_max = cheapest.dearest,
             updated_at = $2, version = version + 1
         from (select price, list_price, max(price) over () as dearest from variant
               where product_id = $1 and retired_at is null order by price, position, sku limit 1) as cheapest
         where product.id = $1",
        there.product_id,
        now
    )
    .execute(db)
    .await?;
    Ok(SetOffer::Set(there.product_id.into()))
}
