//! Wishlists with what is on them, and how that has changed since it was put there.

use crate::{
    ViewError,
    cards::{cards, currency},
    cursor::{Cursor, cut, one_more},
    listing::instant,
};
use identity::wishlist::{ShareToken, store};
use kernel::Cx;
use model::{
    Money,
    ids::{AccountId, ProductId, Uuid, WishlistId},
    views::ProductCard,
    wish::{Marks, Wish, WishedVariant, Wishlist, WishlistPage},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// All of a person's lists: the default first. Empty until something was wished for. One query.
pub async fn lists(db: &mut PgConnection, owner: AccountId) -> Result<Vec<Wishlist>, sqlx::Error> {
    store::list(db, owner).await
}

/// A list with a part of what is on it, the latest first; somebody else's is not there. Three queries.
pub async fn page(
    db: &mut PgConnection,
    owner: AccountId,
    id: WishlistId,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<Option<WishlistPage>, ViewError> {
    let Some(list) = store::find(db, owner, id).await? else { return Ok(None) };
    Ok(Some(filled(db, list, after, limit, now).await?))
}

/// What a link opens; none where it has been taken back. Three queries.
pub async fn shared(
    db: &mut PgConnection,
    token: &ShareToken,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<Option<WishlistPage>, ViewError> {
    let Some(list) = store::find_shared(db, token).await? else { return Ok(None) };
    Ok(Some(filled(db, list, after, limit, now).await?))
}

/// Which of these products are on any of a person's lists. One query.
pub async fn wished(
    db: &mut PgConnection,
    owner: AccountId,
    products: &[ProductId],
) -> Result<Vec<ProductId>, sqlx::Error> {
    store::list_wished(db, owner, products).await
}

/// Says on the cards whether the one who asks keeps their products. One query for all of them; none for a visitor.
pub async fn mark<'c>(
    cx: &Cx,
    cards: impl IntoIterator<Item = &'c mut ProductCard>,
) -> Result<(), sqlx::Error> {
    let Ok(member) = cx.member() else { return Ok(()) };
    let cards: Vec<&mut ProductCard> = cards.into_iter().collect();
    if cards.is_empty() {
        return Ok(());
    }
    let products: Vec<ProductId> = cards.iter().map(|card| card.id).collect();
    let wished = wished(&mut *cx.db().acquire().await?, member.account, &products).await?;
    for card in cards {
        card.wished = Some(wished.contains(&card.id));
    }
    Ok(())
}

async fn filled(
    db: &mut PgConnection,
    list: Wishlist,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<WishlistPage, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::HIGHEST);
    let rows = sqlx::query_as!(
        Row,
        r#"select wish.id, wish.product_id, wish.variant_id, wish.name_then, wish.price_then, wish.currency,
             wish.in_stock_then, (extract(epoch from wish.added_at) * 1000000)::bigint as "micros!",
             variant.sku as "sku?",
             coalesce(variant.retired_label,
               (select string_agg(o."values"[variant.choices[o.position + 1] + 1], ', ' order by o.position)
                from product_option as o where o.product_id = variant.product_id)) as variant_name,
             product.state = 'active' and variant.retired_at is null as "on_sale!", product.currency as currency_now,
             case when product.dated_until > $5::timestamptz then price_at(variant.id, variant.price, $5) else variant.price end
               as variant_price, product.price_min as product_price,
             case when variant.id is null then product.in_stock else variant.on_hand > 0 end as "in_stock_now!"
           from wish
           join product on product.id = wish.product_id
           left join variant on variant.id = wish.variant_id
           where wish.wishlist_id = $1 and (wish.added_at, wish.id) < ($2::timestamptz, $3::uuid)
           order by wish.added_at desc, wish.id desc limit $4"#,
        list.id.uuid(),
        instant(after.key),
        after.id,
        one_more(limit),
        now
    )
    .fetch_all(&mut *db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.micros, id: row.id });
    let products: Vec<ProductId> = rows.iter().map(|row| row.product_id.into()).collect();
    let cards: HashMap<ProductId, ProductCard> =
        cards(db, &products, now).await?.into_iter().map(|card| (card.id, card)).collect();
    let items = rows.into_iter().map(|row| row.wish(&cards)).collect::<Result<_, _>>()?;
    Ok(WishlistPage { list, items, next })
}

struct Row {
    id: Uuid,
    product_id: Uuid,
    variant_id: Option<Uuid>,
    name_then: String,
    price_then: i64,
    currency: String,
    in_stock_then: bool,
    micros: i64,
    sku: Option<String>,
    variant_name: Option<String>,
    on_sale: bool,
    currency_now: String,
    variant_price: Option<i64>,
    product_price: Option<i64>,
    in_stock_now: bool,
}

impl Row {
    fn wish(self, cards: &HashMap<ProductId, ProductCard>) -> Result<Wish, sqlx::Error> {
        let product = self.product_id.into();
        let then = Money::new(self.price_then, currency(&self.currency)?);
        let now = currency(&self.currency_now)?;
        let card = cards.get(&product);
        // As its card says, where no variant was chosen.
        let of_product = card.map(|card| card.price_min.amount()).or(self.product_price);
        let price = self.variant_price.or(of_product).filter(|_| self.on_sale);
        let price = price.map(|amount| Money::new(amount, now));
        let in_stock = self.on_sale && self.in_stock_now;
        let variant = self.variant_id.zip(self.sku).map(|(id, sku)| WishedVariant {
            id: id.into(),
            name: self.variant_name.filter(|name| !name.is_empty()).unwrap_or_else(|| sku.clone()),
            sku,
        });
        Ok(Wish {
            id: self.id.into(),
            product,
            variant,
            added_at: self.micros.div_euclid(1_000_000),
            card: card.cloned(),
            name: self.name_then,
            price,
            in_stock,
            marks: price
                .map(|price| Marks::since(then, self.in_stock_then, price, in_stock))
                .unwrap_or_default(),
        })
    }
}
