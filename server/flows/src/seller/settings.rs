//! What its people decide about a shop: how it looks, when it answers, with whom it sends and from where, and when it is
//! on holiday, which keeps shoppers from buying.

use super::AtShop;
use crate::rates::Rates;
use access::audit::{Entry, Subject, record};
use bytes::Bytes;
use inventory::WarehouseAddress;
use kernel::{
    Cx, Tx,
    jobs::{self, Job, JobError},
    outbox,
};
use media::{Files, ReceiveError};
use model::{
    AppError, Code, FieldError, Permission,
    address::AddressInput,
    audit::Action,
    ids::ShopId,
    shipping::CourierCode,
    shop::{HolidayInput, SettingsInput, ShopPicture, ShopSettings},
    typed::Problems,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shop::{
    ShopChanged,
    settings::{Holiday, Settings},
    store::settings as store,
};
use sqlx::PgConnection;

#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It is not their work.
    #[error("there is no such shop")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    #[error("it has been changed meanwhile")]
    Stale,
    #[error("the picture is none")]
    Picture(#[from] ReceiveError),
    #[error("there is no file store")]
    NoStore,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SettingsError> for AppError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::NotFound => Self::not_found(),
            SettingsError::Invalid(problems) => problems.into(),
            SettingsError::Stale => Code::Conflict.into(),
            SettingsError::Picture(error) => {
                let error = Self::from(error);
                let field = match error.code {
                    Code::TooLarge => FieldError::TooLong,
                    Code::UnsupportedMediaType => FieldError::NotAllowed,
                    Code::Invalid => FieldError::Malformed,
                    _ => return error,
                };
                error.and("picture", field)
            }
            SettingsError::NoStore => Code::Unavailable.into(),
            SettingsError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Nobody decides about a shop but those whose work that is.
fn deciding(at: &AtShop) -> Result<ShopId, SettingsError> {
    if at.permissions().has(Permission::Settings) { Ok(at.shop()) } else { Err(SettingsError::NotFound) }
}

/// As they are, with all couriers there are to choose among.
pub async fn shown(cx: &Cx, at: &AtShop) -> Result<ShopSettings, SettingsError> {
    let shop = deciding(at)?;
    Ok(views::settings::settings(&mut *cx.db().acquire().await?, shop, &outside(cx)).await?)
}

/// The couriers of others, where the operator has set them up.
fn outside(cx: &Cx) -> Vec<CourierCode> {
    cx.part::<Rates>().map(|rates| rates.couriers().to_vec()).unwrap_or_default()
}

/// Writes the settings anew, if they are still of the version the edit began with.
pub async fn save(cx: &Cx, at: &AtShop, version: i32, input: &SettingsInput) -> Result<(), SettingsError> {
    let shop = deciding(at)?;
    let new = Settings::parse(input, &outside(cx)).map_err(SettingsError::Invalid)?;
    let mut tx = cx.begin().await?;
    if !store::put(&mut tx, shop, version, &new, cx.now()).await? {
        return Err(SettingsError::Stale);
    }
    changed(&mut tx, cx, shop, "settings").await?;
    Ok(tx.commit().await?)
}

/// Plans a holiday in place of the one that was planned. While it lasts the shop can be looked at, and nothing bought.
pub async fn plan_holiday(cx: &Cx, at: &AtShop, input: &HolidayInput) -> Result<(), SettingsError> {
    let shop = deciding(at)?;
    let holiday = Holiday::parse(input, cx.now()).map_err(SettingsError::Invalid)?;
    let mut tx = cx.begin().await?;
    store::put_holiday(&mut tx, shop, Some(&holiday), cx.now()).await?;
    store::follow_holiday(&mut tx, shop, cx.now()).await?;
    for at in [holiday.from, holiday.until] {
        if at > cx.now() {
            jobs::enqueue(&mut tx, cx, &FollowHoliday { shop }).at(at).await?;
        }
    }
    changed(&mut tx, cx, shop, "holiday").await?;
    Ok(tx.commit().await?)
}

/// Ends the holiday, or plans none.
pub async fn end_holiday(cx: &Cx, at: &AtShop) -> Result<(), SettingsError> {
    let shop = deciding(at)?;
    let mut tx = cx.begin().await?;
    store::put_holiday(&mut tx, shop, None, cx.now()).await?;
    store::follow_holiday(&mut tx, shop, cx.now()).await?;
    changed(&mut tx, cx, shop, "no holiday").await?;
    Ok(tx.commit().await?)
}

/// Says from where the shop sends; it moves to the city that lies in. The label of the input says nothing here.
pub async fn move_to(cx: &Cx, at: &AtShop, input: &AddressInput) -> Result<(), SettingsError> {
    let shop = deciding(at)?;
    let new = crate::address::parse(input).map_err(SettingsError::Invalid)?;
    let city = new.district.rsplit_once('.').map_or(new.district.as_str(), |(city, _)| city);
    let address = WarehouseAddress {
        region: new.district.clone(),
        contact: new.recipient.clone(),
        phone: new.phone.to_string(),
        street: new.street.clone(),
        postcode: new.postcode.clone(),
    };
    let mut tx = cx.begin().await?;
    if !inventory::store::put_address(&mut tx, shop, &address).await? {
        return Err(SettingsError::NotFound);
    }
    store::put_city(&mut tx, shop, city, cx.now()).await?;
    changed(&mut tx, cx, shop, "address").await?;
    Ok(tx.commit().await?)
}

/// Takes a picture in and shows it from now on; it can be seen once its forms are made.
pub async fn set_picture(
    cx: &Cx,
    at: &AtShop,
    which: ShopPicture,
    bytes: Bytes,
) -> Result<(), SettingsError> {
    let shop = deciding(at)?;
    let files = cx.part::<Files>().ok_or(SettingsError::NoStore)?;
    let media = media::receive(cx, &files, shop.uuid(), bytes).await?;
    let mut tx = cx.begin().await?;
    store::put_picture(&mut tx, shop, which, Some(media), cx.now()).await?;
    changed(&mut tx, cx, shop, which.as_str()).await?;
    Ok(tx.commit().await?)
}

/// Shows none. The picture there was is named by nobody any more, and is swept with all such.
pub async fn remove_picture(cx: &Cx, at: &AtShop, which: ShopPicture) -> Result<(), SettingsError> {
    let shop = deciding(at)?;
    let mut tx = cx.begin().await?;
    store::put_picture(&mut tx, shop, which, None, cx.now()).await?;
    changed(&mut tx, cx, shop, which.as_str()).await?;
    Ok(tx.commit().await?)
}

/// A line in the log, and the news.
async fn changed(tx: &mut Tx, cx: &Cx, shop: ShopId, what: &str) -> Result<(), sqlx::Error> {
    let entry = Entry::of(Action::ShopChanged, Subject::Shop(shop)).after(json!({"what": what}));
    record(tx, cx, &entry).await?;
    outbox::publish(tx, cx, &ShopChanged { shop }).await
}

/// Puts a shop into the state its holiday has it in now, and tells of it.
pub(crate) async fn follow(db: &mut PgConnection, cx: &Cx, shop: ShopId) -> Result<(), sqlx::Error> {
    if store::follow_holiday(&mut *db, shop, cx.now()).await? {
        outbox::publish(db, cx, &ShopChanged { shop }).await?;
    }
    Ok(())
}

/// Begins or ends a holiday when its time has come. One that was planned otherwise meanwhile is followed as it is now.
#[derive(Serialize, Deserialize)]
pub struct FollowHoliday {
    pub shop: ShopId,
}

impl Job for FollowHoliday {
    const NAME: &'static str = "shop.follow_holiday";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        follow(&mut tx, cx, self.shop).await?;
        Ok(tx.commit().await?)
    }
}
