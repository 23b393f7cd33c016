//! What its people decide about a shop, for those whose work that is. One query.

use crate::{cards::stored, error::unsound};
use model::{
    ids::{MediaId, ShopId, Uuid},
    shipping::{Courier, CourierCode},
    shop::{HolidayInput, OpenHours, OutsideCourier, Sender, SenderAddress, ShopSettings},
    views::Picture,
};
use region::Book;
use serde::Deserialize;
use shipping::courier_name;
use sqlx::{PgConnection, types::Json};

#[derive(Debug, Deserialize)]
pub(crate) struct PictureRow {
    id: Uuid,
    widths: Vec<i16>,
    width: i32,
    height: i32,
    placeholder: Option<String>,
}

impl PictureRow {
    pub(crate) fn picture(self, alt: &str) -> Picture {
        let Self { id, widths, width, height, placeholder } = self;
        Picture { alt: alt.to_owned(), ..stored(MediaId::new(id), &widths, width, height, placeholder) }
    }
}

/// Bits of days, and minutes, as they are kept.
pub(crate) fn hours(days: Option<i16>, opens: Option<i16>, closes: Option<i16>) -> Option<OpenHours> {
    let (days, opens, closes) = (days?, opens?, closes?);
    let mut open = [false; 7];
    for (i, day) in open.iter_mut().enumerate() {
        *day = days & (1 << i) != 0;
    }
    Some(OpenHours { days: open, opens: opens.unsigned_abs(), closes: closes.unsigned_abs() })
}

/// `outside` are the couriers of others that can be had.
pub async fn settings(
    db: &mut PgConnection,
    shop: ShopId,
    outside: &[CourierCode],
) -> Result<ShopSettings, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shop.name, shop.description, shop.open_days, shop.opens, shop.closes, shop.couriers,
             to_char(shop.holiday_from at time zone 'Asia/Jakarta', 'YYYY-MM-DD') as holiday_from,
             to_char(shop.holiday_until at time zone 'Asia/Jakarta' - interval '1 day', 'YYYY-MM-DD') as holiday_until,
             shop.holiday_message, shop.settings_version,
             shop.logo_id is not null as "has_logo!", shop.banner_id is not null as "has_banner!",
             (select to_jsonb(media) from media where media.id = shop.logo_id and media.state = 'ready') as "logo?: Json<PictureRow>",
             (select to_jsonb(media) from media where media.id = shop.banner_id and media.state = 'ready') as "banner?: Json<PictureRow>",
             warehouse.region_code, warehouse.contact, warehouse.phone, warehouse.street, warehouse.postcode
           from shop join warehouse on warehouse.shop_id = shop.id and warehouse.position = 0
           where shop.id = $1"#,
        shop.uuid()
    )
    .fetch_one(db)
    .await?;
    let book = Book::get();
    let region = book.find(&row.region_code).ok_or_else(|| unsound("a region", &row.region_code))?;
    let address = match (row.contact, row.phone, row.street, row.postcode) {
        (Some(contact), Some(phone), Some(street), Some(postcode)) => {
            let phone = phone.parse().map_err(|_| unsound("a telephone number", "hidden"))?;
            Some(SenderAddress { contact, phone, street, postcode })
        }
        _ => None,
    };
    let named = row.couriers.clone();
    let outside = outside.iter().map(|code| OutsideCourier {
        code: code.clone(),
        name: courier_name(code.as_str()),
        ticked: named.as_ref().is_none_or(|names| names.iter().any(|name| name == code.as_str())),
    });
    let couriers =
        row.couriers.map(|names| names.iter().filter_map(|name| Courier::from_name(name)).collect());
    let making = (row.has_logo && row.logo.is_none()) || (row.has_banner && row.banner.is_none());
    Ok(ShopSettings {
        logo: row.logo.map(|row_of| row_of.0.picture(&row.name)),
        banner: row.banner.map(|row_of| row_of.0.picture("")),
        making,
        name: row.name,
        description: row.description,
        hours: hours(row.open_days, row.opens, row.closes),
        couriers: couriers.unwrap_or_else(|| Courier::ALL.to_vec()),
        outside: outside.collect(),
        holiday: row.holiday_from.zip(row.holiday_until).map(|(from, until)| HolidayInput {
            from,
            until,
            message: row.holiday_message.unwrap_or_default(),
        }),
        sender: Sender { region: book.view(region), address },
        version: row.settings_version,
    })
}
