//! What goes into a cart, and how much of it.

use super::{constraint, currency, touch};
use crate::{
    AddError, Cart, Line, LineError, NewLine, Note,
    limits::{MOST_LINES, MOST_PIECES},
};
use model::{
    Currency, Money, Qty,
    ids::{CartId, CartLineId, ProductId, Uuid, VariantId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// All lines, in the order in which they were added.
pub async fn lines(db: &mut PgConnection, cart: CartId) -> Result<Vec<Line>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select l.id, variant_id, quantity, note, ticked, saved_for_later, price_seen, currency, added_at
         from cart_line l join cart on cart.id = l.cart_id
         where cart_id = $1 order by added_at, l.id",
        cart.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::line).collect()
}

/// So many pieces of a product are to be bought, in all variants and with all notes, but for those of one line.
pub async fn pieces_of(
    db: &mut PgConnection,
    cart: CartId,
    product: ProductId,
    but: Option<CartLineId>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(quantity), 0) as "pieces!" from cart_line as l join variant on variant.id = l.variant_id
           where l.cart_id = $1 and variant.product_id = $2 and not l.saved_for_later and l.id is distinct from $3"#,
        cart.uuid(),
        product.uuid(),
        but.map(CartLineId::uuid)
    )
    .fetch_one(db)
    .await
}

/// Puts something into a cart that is [held](super::hold), ticked. More of a variant that is there with the same note joins its
/// line, which takes the new price and comes back from what was saved for later. Says which line it is. That something of
/// this product was put into somebody's cart is noted, and not into whose: it is counted by day and then forgotten.
pub async fn add(
    db: &mut PgConnection,
    cart: &Cart,
    new: NewLine,
    product: ProductId,
    now: OffsetDateTime,
) -> Result<CartLineId, AddError> {
    let line = Line {
        id: new.id,
        variant: new.variant,
        quantity: new.quantity,
        note: new.note,
        ticked: true,
        saved_for_later: false,
        price_seen: new.price_seen,
        added_at: now,
    };
    put(db, cart.id, cart.currency, &line, Some(product)).await
}

/// Undoes a removal: each line comes back as it was, or joins the one that has taken its place meanwhile.
pub async fn restore(
    db: &mut PgConnection,
    cart: CartId,
    removed: &[Line],
    now: OffsetDateTime,
) -> Result<(), AddError> {
    let currency = touch(db, cart, now).await?.ok_or(AddError::NoSuchCart)?;
    for line in removed {
        put(db, cart, currency, line, None).await?;
    }
    Ok(())
}

/// Writes a line or joins it to the one there is, and notes that this product was added, if one is given. Under the cart's
/// lock, so what is counted stays so.
async fn put(
    db: &mut PgConnection,
    cart: CartId,
    currency: Currency,
    line: &Line,
    added: Option<ProductId>,
) -> Result<CartLineId, AddError> {
    if line.price_seen.currency() != currency {
        return Err(AddError::WrongCurrency);
    }
    let quantity = line.quantity.get();
    if quantity > MOST_PIECES {
        return Err(AddError::TooMany { room: MOST_PIECES });
    }
    let id = sqlx::query_scalar!(
        "with noted as (insert into cart_addition (product_id, at) select $12, $9 where $12::uuid is not null)
         insert into cart_line as l
           (id, cart_id, variant_id, quantity, note, ticked, saved_for_later, price_seen, added_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9
         where (select count(*) from cart_line where cart_id = $2) < $10
           or exists (select from cart_line where cart_id = $2 and variant_id = $3 and note = $5)
         on conflict on constraint cart_line_unique do update
           set quantity = l.quantity + excluded.quantity, ticked = excluded.ticked,
             saved_for_later = excluded.saved_for_later, price_seen = excluded.price_seen
           where l.quantity <= $11::int - excluded.quantity
         returning id",
        line.id.uuid(),
        cart.uuid(),
        line.variant.uuid(),
        quantity,
        line.note.as_str(),
        line.ticked,
        line.saved_for_later,
        line.price_seen.amount(),
        line.added_at,
        MOST_LINES,
        MOST_PIECES,
        added.map(ProductId::uuid)
    )
    .fetch_optional(&mut *db)
    .await
    .map_err(|error| match constraint(&error) {
        Some("cart_line_variant_known") => AddError::NoSuchVariant,
        _ => error.into(),
    })?;
    if let Some(id) = id {
        return Ok(id.into());
    }
    let there = same(db, cart, line.variant, &line.note).await?;
    Err(there.map_or(AddError::Full, |(_, quantity)| AddError::TooMany { room: MOST_PIECES - quantity }))
}

/// The line of this variant with this note, and its quantity.
async fn same(
    db: &mut PgConnection,
    cart: CartId,
    variant: VariantId,
    note: &Note,
) -> Result<Option<(CartLineId, i32)>, sqlx::Error> {
    sqlx::query!(
        "select id, quantity from cart_line where cart_id = $1 and variant_id = $2 and note = $3",
        cart.uuid(),
        variant.uuid(),
        note.as_str()
    )
    .map(|row| (row.id.into(), row.quantity))
    .fetch_optional(db)
    .await
}

/// So many pieces instead of as many as there were.
pub async fn set_quantity(
    db: &mut PgConnection,
    cart: CartId,
    line: CartLineId,
    quantity: Qty,
    now: OffsetDateTime,
) -> Result<(), LineError> {
    if quantity.get() > MOST_PIECES {
        return Err(LineError::TooMany);
    }
    touch(db, cart, now).await?;
    let done = sqlx::query!(
        "update cart_line set quantity = $3 where cart_id = $1 and id = $2",
        cart.uuid(),
        line.uuid(),
        quantity.get()
    )
    .execute(db)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(LineError::NoSuchLine) }
}

/// Another note. Where a line of the same variant has that note, both become that one, which is what is returned.
pub async fn set_note(
    db: &mut PgConnection,
    cart: CartId,
    line: CartLineId,
    note: &Note,
    now: OffsetDateTime,
) -> Result<CartLineId, LineError> {
    touch(db, cart, now).await?;
    let this = sqlx::query!(
        "select variant_id, quantity, ticked from cart_line where cart_id = $1 and id = $2",
        cart.uuid(),
        line.uuid()
    );
    let this = this.fetch_optional(&mut *db).await?.ok_or(LineError::NoSuchLine)?;
    match same(db, cart, this.variant_id.into(), note).await? {
        Some((other, theirs)) if other != line => {
            if theirs + this.quantity > MOST_PIECES {
                return Err(LineError::TooMany);
            }
            sqlx::query!("delete from cart_line where cart_id = $1 and id = $2", cart.uuid(), line.uuid())
                .execute(&mut *db)
                .await?;
            sqlx::query!(
                "update cart_line set quantity = quantity + $3, ticked = ticked or $4,
                   saved_for_later = saved_for_later and not $4
                 where cart_id = $1 and id = $2",
                cart.uuid(),
                other.uuid(),
                this.quantity,
                this.ticked
            )
            .execute(db)
            .await?;
            Ok(other)
        }
        _ => {
            sqlx::query!(
                "update cart_line set note = $3 where cart_id = $1 and id = $2",
                cart.uuid(),
                line.uuid(),
                note.as_str()
            )
            .execute(db)
            .await?;
            Ok(line)
        }
    }
}

pub(super) struct Row {
    pub id: Uuid,
    pub variant_id: Uuid,
    pub quantity: i32,
    pub note: String,
    pub ticked: bool,
    pub saved_for_later: bool,
    pub price_seen: i64,
    pub currency: String,
    pub added_at: OffsetDateTime,
}

impl Row {
    pub fn line(self) -> Result<Line, sqlx::Error> {
        Ok(Line {
            id: self.id.into(),
            variant: self.variant_id.into(),
            quantity: Qty::try_from(self.quantity).map_err(|error| sqlx::Error::Decode(error.into()))?,
            note: Note::kept(self.note),
            ticked: self.ticked,
            saved_for_later: self.saved_for_later,
            price_seen: Money::new(self.price_seen, currency(&self.currency)?),
            added_at: self.added_at,
        })
    }
}
