//! Opening a shop: its row, its owner and its first warehouse, in one transaction. Shoppers see it once an operator has
//! approved it.

use access::audit::{Entry, Subject, record};
use identity::{account, consent::closing};
use inventory::{MAIN_NAME, NewWarehouse, OpenWarehouseError, WarehouseName};
use kernel::{
    Cx, Member,
    idempotency::{self, Claim, Key},
};
use model::{
    AppError, Code, FieldError, Slug,
    audit::Action,
    ids::ShopId,
    shop::{ShopInput, limits},
    typed::Problems,
    views::Tier,
};
use region::Book;
use serde_json::json;
use shop::{NewShop, Opening, store};

#[derive(Debug, thiserror::Error)]
pub enum OpenShopError {
    #[error("what was typed is not a shop")]
    Invalid(Problems),
    #[error("another shop has this address, or had it")]
    SlugTaken,
    #[error("they own as many shops as anyone may")]
    TooMany,
    /// There is nowhere to write to about the shop.
    #[error("the account has no confirmed address")]
    NoContact,
    #[error("the account is about to be erased")]
    Closing,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    Warehouse(#[from] OpenWarehouseError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<OpenShopError> for AppError {
    fn from(error: OpenShopError) -> Self {
        match error {
            OpenShopError::Invalid(problems) => problems.into(),
            OpenShopError::SlugTaken => Self::field("slug", FieldError::Taken),
            OpenShopError::TooMany => Self::field("shops", FieldError::OutOfRange),
            OpenShopError::NoContact => Self::field("contact", FieldError::Required),
            OpenShopError::Closing => Self::field("account", FieldError::NotAllowed),
            OpenShopError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            OpenShopError::Warehouse(_) => Code::Internal.into(),
            OpenShopError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Opens a shop for whoever asks, who owns it from then on; returns its address. Under a key, asking again answers with
/// the shop made the first time.
pub async fn open(
    cx: &Cx,
    member: &Member,
    input: &ShopInput,
    key: Option<&Key>,
) -> Result<Slug, OpenShopError> {
    let district = Book::get().district(input.district.trim()).map(|entry| entry.code.as_str());
    let opening = Opening::parse(input, district).map_err(OpenShopError::Invalid)?;
    let (owner, id) = (member.account, cx.id::<ShopId>());
    let mut tx = cx.begin().await?;
    if let Some(key) = key {
        let claim = (owner.uuid(), "shop.open", key);
        match idempotency::claim(&mut tx, cx, claim, input, id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(store::get_slug(&mut tx, made.into()).await?),
            Claim::Other => return Err(OpenShopError::KeyReused),
        }
    }
    if account::store::get_reach(&mut tx, owner).await?.contacts.is_empty() {
        return Err(OpenShopError::NoContact);
    }
    if closing::find_due(&mut tx, owner).await?.is_some() {
        return Err(OpenShopError::Closing);
    }
    let shop = NewShop {
        id,
        slug: opening.slug.clone(),
        name: opening.name,
        description: opening.description,
        city_code: opening.city,
        tier: Tier::Regular,
        joined_at: cx.now(),
    };
    store::staff::lock_owner(&mut tx, owner).await?;
    if !store::open(&mut tx, &shop).await? {
        return Err(OpenShopError::SlugTaken);
    }
    if !store::staff::insert_owner(&mut tx, id, owner, cx.now()).await? {
        return Err(OpenShopError::TooMany);
    }
    let name = WarehouseName::try_from(MAIN_NAME).map_err(|_| sqlx::Error::RowNotFound)?;
    let warehouse = NewWarehouse { id: cx.id(), shop: id, name, region: opening.district, pin: None };
    inventory::store::open_warehouse(&mut tx, &warehouse, cx.now()).await?;
    let entry =
        Entry::of(Action::ShopOpened, Subject::Shop(id)).after(json!({"slug": opening.slug.as_str()}));
    record(&mut tx, cx, &entry).await?;
    tx.commit().await?;
    Ok(opening.slug)
}

/// What is wrong with an address somebody thinks of; none where a shop could open there now.
pub async fn slug_problem(cx: &Cx, typed: &str) -> Result<Option<FieldError>, sqlx::Error> {
    let slug = match shop::parse_slug(typed) {
        Ok(slug) => slug,
        Err(error) => return Ok(Some(error)),
    };
    let taken = store::is_taken(&mut *cx.db().acquire().await?, &slug).await?;
    Ok(taken.then_some(FieldError::Taken))
}

/// Whether somebody owns as many shops as anyone may.
pub async fn owns_enough(cx: &Cx, member: &Member) -> Result<bool, sqlx::Error> {
    let owned = store::staff::count_owned(&mut *cx.db().acquire().await?, member.account).await?;
    Ok(owned >= i64::from(limits::MOST_OWNED))
}
