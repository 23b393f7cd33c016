//! What the demonstration market gives away: vouchers of the platform and of every shop, and a flash sale that is on.

use super::{
    SeedError,
    chance::{Chance, rounded},
    demo::{SOURCE, millis},
    store,
    words::SHOPS,
};
use crate::dated::TellSale;
use kernel::{Cx, Tx, jobs::NewJob};
use model::{
    BasisPoints, Money, MoneyError, Qty,
    ids::{FlashSaleId, ShopId},
    order::Funder,
    pricing::VoucherCode,
};
use pricing::{
    Conditions, Kind, NewVoucher, Scope, ShippingOff,
    store::{NewFlashItem, NewFlashSale},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

const VALID: Duration = Duration::days(365);

/// What a voucher gives, and how often.
struct Gift {
    code: String,
    name: &'static str,
    scope: Scope,
    kind: Kind,
    min_spend: i64,
    first_order_only: bool,
    quota: i32,
    per_person: i32,
}

fn gifts(shops: &[ShopId]) -> Result<Vec<Gift>, MoneyError> {
    let percent = |rate: u16, cap: i64| {
        BasisPoints::try_from(rate).map(|rate| Kind::Percent { rate, cap: Some(Money::idr(cap)) })
    };
    let platform = |code: &str, name, kind, min_spend, per_person| Gift {
        code: code.to_owned(),
        name,
        scope: Scope::Platform,
        kind,
        min_spend,
        first_order_only: false,
        quota: 100_000,
        per_person,
    };
    let shipping = Kind::Shipping(ShippingOff::UpTo(Money::idr(20_000)));
    let first = Kind::Fixed(Money::idr(50_000));
    let mut gifts = vec![
        platform("PASARHEMAT", "Hemat 10% sampai Rp 30.000", percent(1_000, 30_000)?, 100_000, 5),
        platform("ONGKIRNOL", "Bebas ongkir sampai Rp 20.000", shipping, 50_000, 10),
        Gift {
            first_order_only: true,
            ..platform("BARU50", "Rp 50.000 untuk pesanan pertama", first, 150_000, 1)
        },
    ];
    for (shop, id) in SHOPS.iter().zip(shops) {
        gifts.push(Gift {
            code: code_of(shop.name),
            name: "Diskon toko 5%",
            scope: Scope::Shop(*id),
            kind: percent(500, 15_000)?,
            min_spend: 75_000,
            first_order_only: false,
            quota: 10_000,
            per_person: 5,
        });
    }
    Ok(gifts)
}

/// From a shop's first word: `Nusatek Official` gives `NUSATEK5`.
fn code_of(shop: &str) -> String {
    let first = shop.split_whitespace().next().unwrap_or_default();
    let letters: String = first.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}5", letters.to_ascii_uppercase())
}

/// Gives out those whose codes nobody has yet, and says how many. `shops` are those of the demonstration in their order.
pub(super) async fn vouchers(
    db: &mut PgConnection,
    seed: u64,
    shops: &[ShopId],
    now: OffsetDateTime,
) -> Result<u64, SeedError> {
    let mut made = 0;
    for gift in gifts(shops).map_err(SeedError::unsound)? {
        let code = VoucherCode::try_from(gift.code.as_str()).map_err(SeedError::unsound)?;
        if pricing::store::find_by_code(db, &code, None).await?.is_some() {
            continue;
        }
        let new = NewVoucher {
            id: Chance::of(seed, &["voucher", &gift.code]).id(millis(now)).into(),
            code: Some(code),
            name: gift.name.to_owned(),
            scope: gift.scope,
            kind: gift.kind,
            conditions: Conditions {
                min_spend: Some(Money::idr(gift.min_spend)),
                first_order_only: gift.first_order_only,
                ..Conditions::default()
            },
            funder: if gift.scope == Scope::Platform { Funder::Platform } else { Funder::Shop },
            from: now,
            until: Some(now + VALID),
            public: true,
            quota: Some(gift.quota),
            budget: None,
            per_person: Some(gift.per_person),
        };
        pricing::store::insert_voucher(db, &new, now).await.map_err(SeedError::unsound)?;
        made += 1;
    }
    Ok(made)
}

/// Below this, rounding to the price on a tag would move the discount too far.
const CHEAPEST: i64 = 50_000;
/// As many as a quota at most.
const IN_STOCK: i32 = 60;
/// Stands for the buyers of what is sold already.
const EARLIER: &str = "demo";

/// Opens a flash sale unless one is on, and says how many variants are in it. What is in it follows from the seed and
/// from how many sales there have been.
pub(super) async fn flash_sale(
    cx: &Cx,
    db: &mut Tx,
    seed: u64,
    now: OffsetDateTime,
) -> Result<u64, SeedError> {
    if !pricing::store::current_sales(db, now).await?.is_empty() {
        return Ok(0);
    }
    let round = store::count_sales(db).await?.to_string();
    let mut chance = Chance::of(seed, &["flash sale", &round]);
    let id: FlashSaleId = chance.id(millis(now)).into();
    let (starts_at, ends_at) = (now - Duration::HOUR, now + Duration::hours(11));
    let mut goods = store::list_plentiful(db, SOURCE, CHEAPEST, IN_STOCK, (starts_at, ends_at)).await?;
    goods.sort_by_cached_key(|it| Chance::of(seed, &["flash item", &round, &it.sku]).next());
    goods.truncate(usize::try_from(chance.between(8, 12)).unwrap_or(8));
    if goods.is_empty() {
        return Ok(0);
    }

    let mut items = Vec::with_capacity(goods.len());
    let mut sold = Vec::with_capacity(goods.len());
    for it in &goods {
        let off = chance.between(20, 42);
        let quota = chance.between(20, IN_STOCK.into());
        items.push(NewFlashItem {
            variant: it.variant,
            price: Money::idr(rounded(it.price.amount() * (100 - off) / 100)),
            quota: qty(quota)?,
            per_buyer: None,
        });
        if chance.percent(80) {
            sold.push((it.variant, qty((quota * chance.between(10, 85) / 100).max(1))?));
        }
    }
    let sale = NewFlashSale { id, name: "Flash sale".to_owned(), starts_at, ends_at, items };
    pricing::store::insert_flash_sale(db, &sale, now).await.map_err(SeedError::unsound)?;
    for at in [starts_at, ends_at] {
        NewJob::of(&TellSale { sale: id }).at(at).enqueue(db, cx).await?;
    }
    for (variant, pieces) in sold {
        let order = chance.id(millis(now));
        pricing::store::claim_flash(db, id, variant, order, EARLIER, pieces, now)
            .await
            .map_err(SeedError::unsound)?;
    }
    Ok(goods.len() as u64)
}

fn qty(pieces: i64) -> Result<Qty, SeedError> {
    let pieces = i32::try_from(pieces).unwrap_or(i32::MAX);
    Qty::try_from(pieces).map_err(SeedError::unsound)
}
