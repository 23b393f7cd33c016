//! What a product on sale costs now and whether it is there, for those who keep it in mind.

use model::{
    Currency, Money,
    ids::{ProductId, VariantId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A product on sale, with its variants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shelved {
    pub name: String,
    /// Where it is shown: `/p/{slug}`.
    pub slug: String,
    /// Of the cheapest variant.
    pub price: Money,
    /// Whether any variant is there.
    pub in_stock: bool,
    pub variants: Vec<ShelvedVariant>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShelvedVariant {
    pub id: VariantId,
    pub price: Money,
    pub in_stock: bool,
}

impl Shelved {
    /// Price and stock of one variant, or of the product as a whole; none where it has no such variant.
    pub fn of(&self, variant: Option<VariantId>) -> Option<(Money, bool)> {
        match variant {
            None => Some((self.price, self.in_stock)),
            Some(id) => self.variants.iter().find(|v| v.id == id).map(|v| (v.price, v.in_stock)),
        }
    }
}

/// At what it costs at this moment, for a time or in a flash sale as well. None where the product is not on sale.
pub async fn find_shelved(
    db: &mut PgConnection,
    product: ProductId,
    now: OffsetDateTime,
) -> Result<Option<Shelved>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select product.name, product.slug, product.currency, product.in_stock, variant.id as variant,
             case when product.dated_until > $2::timestamptz then price_at(variant.id, variant.price, $2) else variant.price end
               as "price!",
             variant.on_hand > 0 as "there!"
           from product join variant on variant.product_id = product.id and variant.retired_at is null
           where product.id = $1 and product.state = 'active'
           order by variant.position, variant.id"#,
        product.uuid(),
        now
    )
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let currency = [Currency::Idr, Currency::Usd, Currency::Sgd]
        .into_iter()
        .find(|currency| currency.code() == first.currency)
        .ok_or_else(|| {
            sqlx::Error::Decode(format!("product {product} is sold in {}", first.currency).into())
        })?;
    let variants = rows.iter().map(|row| ShelvedVariant {
        id: row.variant.into(),
        price: Money::new(row.price, currency),
        in_stock: row.there,
    });
    Ok(Some(Shelved {
        name: first.name.clone(),
        slug: first.slug.clone(),
        price: Money::new(rows.iter().map(|row| row.price).min().unwrap_or(first.price), currency),
        in_stock: first.in_stock,
        variants: variants.collect(),
    }))
}
