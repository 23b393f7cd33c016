//! A cart with all that is in it and all that was chosen for it, read at once.

use super::{Row as CartRow, keys, unreadable};
use crate::{Contents, Delivery, Holder, Line, News, Note, ShopChoice};
use model::{Money, Qty, ids::Uuid, shipping::PickupPointId};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// The cart of this holder: its lines in the order in which they were added, its codes in the order in which they were
/// typed.
pub async fn contents(db: &mut PgConnection, holder: &Holder) -> Result<Option<Contents>, sqlx::Error> {
    let (account, guest) = keys(holder);
    let row = sqlx::query!(
        r#"select id, account_id, currency, email, phone, address_id, address, method, use_coins, updated_at, expires_at,
             left_out, reduced,
             (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'variant', variant_id, 'quantity', quantity,
                'note', note, 'ticked', ticked, 'saved_for_later', saved_for_later, 'price_seen', price_seen,
                'added_at', added_at) order by added_at, l.id), '[]')
              from cart_line l where cart_id = cart.id) as "lines!: Json<Vec<LineRow>>",
             (select coalesce(array_agg(code order by added_at, code), '{}')
              from cart_voucher where cart_id = cart.id) as "codes!: Vec<String>",
             (select coalesce(jsonb_agg(jsonb_build_object('shop', shop_id, 'courier', courier, 'service', service,
                'insured', insured, 'note', note, 'point', pickup_point) order by shop_id), '[]')
              from cart_shop where cart_id = cart.id) as "choices!: Json<Vec<ChoiceRow>>"
           from cart where account_id = (select $1::uuid) or guest_token_hash = (select $2::bytea)"#,
        account,
        guest
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let news = News { left_out: row.left_out, reduced: row.reduced };
    let cart = CartRow {
        id: row.id,
        account_id: row.account_id,
        currency: row.currency,
        email: row.email,
        phone: row.phone,
        address_id: row.address_id,
        address: row.address,
        method: row.method,
        use_coins: row.use_coins,
        updated_at: row.updated_at,
        expires_at: row.expires_at,
    };
    let cart = cart.cart()?;
    let line = |row: LineRow| {
        Ok(Line {
            id: row.id.into(),
            variant: row.variant.into(),
            quantity: Qty::try_from(row.quantity).map_err(|error| sqlx::Error::Decode(error.into()))?,
            note: Note::kept(row.note),
            ticked: row.ticked,
            saved_for_later: row.saved_for_later,
            price_seen: Money::new(row.price_seen, cart.currency),
            added_at: row.added_at,
        })
    };
    let choice = |row: ChoiceRow| ShopChoice {
        shop: row.shop.into(),
        delivery: row.courier.zip(row.service).map(|(courier, service)| Delivery {
            courier,
            service,
            point: row.point.map(PickupPointId::new),
        }),
        insured: row.insured,
        note: Note::kept(row.note),
    };
    Ok(Some(Contents {
        lines: row.lines.0.into_iter().map(line).collect::<Result<_, sqlx::Error>>()?,
        codes: row
            .codes
            .into_iter()
            .map(|code| code.parse().map_err(|_| unreadable("a code")))
            .collect::<Result<_, _>>()?,
        choices: row.choices.0.into_iter().map(choice).collect(),
        news,
        cart,
    }))
}

#[derive(Deserialize, Debug)]
struct LineRow {
    id: Uuid,
    variant: Uuid,
    quantity: i32,
    note: String,
    ticked: bool,
    saved_for_later: bool,
    price_seen: i64,
    #[serde(with = "time::serde::rfc3339")]
    added_at: OffsetDateTime,
}

#[derive(Deserialize, Debug)]
struct ChoiceRow {
    shop: Uuid,
    courier: Option<String>,
    service: Option<String>,
    insured: bool,
    note: String,
    point: Option<Uuid>,
}
