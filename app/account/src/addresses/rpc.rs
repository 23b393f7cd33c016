use leptos::prelude::*;
use model::{
    AppError,
    address::{Address, AddressInput},
    ids::AddressId,
    views::region::Region,
};
use serde::{Deserialize, Serialize};

/// What the form starts with.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Form {
    pub input: AddressInput,
    /// Of the address that is changed; 0 for a new one.
    pub version: i32,
    pub is_default: bool,
    /// The first address is the default anyway.
    pub is_first: bool,
    /// There are as many as anyone may have.
    pub is_full: bool,
    /// Names this form, so that sending it twice adds one address.
    pub key: String,
}

/// Where in the country, and how to choose another place.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// The district chosen.
    pub district: Option<Region>,
    pub postcode: String,
    /// What the text asked for may mean.
    pub found: Vec<Region>,
    /// Selects of the step by step way, as far as it has been gone.
    pub provinces: Vec<Region>,
    pub cities: Vec<Region>,
    pub districts: Vec<Region>,
}

/// What the address of the page says about the place.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub province: String,
    pub city: String,
    pub district: String,
    pub postcode: String,
    /// Not empty when another place is wanted.
    pub change: String,
}

#[server]
pub async fn address_book() -> Result<Vec<Address>, AppError> {
    let (cx, member) = web::member().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::addresses::list(&mut db, member.account).await.map_err(web::database)
}

/// The name under which what was typed is remembered.
pub const FORM: &str = "address";

#[server(protocol = model::Call)]
pub async fn address_form(id: Option<String>) -> Result<Form, AppError> {
    let (cx, member) = web::member().await?;
    let id: Option<AddressId> = id.map(|id| id.parse().map_err(|_| web::not_found())).transpose()?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let book = views::addresses::list(&mut db, member.account).await.map_err(web::database)?;
    let stored = id.map(|id| book.iter().find(|one| one.id == id).ok_or_else(web::not_found)).transpose()?;
    let count = u32::try_from(book.len()).unwrap_or(u32::MAX);
    let typed = web::draft::<AddressInput>(FORM, member.account.uuid());
    Ok(Form {
        version: stored.map_or(0, |address| address.version),
        is_default: stored.is_some_and(|address| address.is_default),
        is_first: count == 0,
        is_full: id.is_none() && count >= model::address::limits::MOST_ADDRESSES,
        input: typed.or_else(|| stored.map(Address::input)).unwrap_or_default(),
        key: cx.id::<AddressId>().to_string(),
    })
}

/// What a guest's form starts with. None for whoever has another way: members have a book, and without a cart there is
/// nothing to send.
#[server(protocol = model::Call)]
pub async fn guest_address() -> Result<Option<AddressInput>, AppError> {
    let (cx, buyer) = web::buyer().await?;
    let Some(buyer) = buyer.filter(|buyer| buyer.account().is_none()) else {
        web::go("/checkout");
        return Ok(None);
    };
    let stored = flows::checkout::address(&cx, &buyer).await.map_err(web::database)?;
    let typed = web::draft::<AddressInput>(FORM, buyer.uuid());
    Ok(Some(typed.or_else(|| stored.as_ref().map(Address::input)).unwrap_or_default()))
}

/// Of the form for the member's address `id`, or a new one; or of the guest's.
#[server(protocol = model::Call)]
pub async fn place_of(
    id: Option<String>,
    #[server(default)] guest: bool,
    asked: Asked,
) -> Result<Place, AppError> {
    let input =
        if guest { guest_address().await?.unwrap_or_default() } else { address_form(id).await?.input };
    let named = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
    let code = named(&asked.district).or_else(|| named(&input.district));
    let district = code.and_then(|code| views::region::one(&code)).filter(Region::is_district);
    let children = |code: &str| named(code).and_then(|code| views::region::children(Some(&code)));
    Ok(Place {
        postcode: named(&asked.postcode).unwrap_or(input.postcode),
        found: views::region::search(&asked.q, 10),
        provinces: views::region::children(None).unwrap_or_default(),
        cities: children(&asked.province).unwrap_or_default(),
        districts: children(&asked.city).unwrap_or_default(),
        district,
    })
}

/// Places while somebody types.
#[server(protocol = model::Call)]
#[allow(clippy::unused_async, reason = "a server function is asked over the network")]
pub async fn find_places(q: String) -> Result<Vec<Region>, AppError> {
    Ok(views::region::search(&q, 10))
}

/// `id` is empty for a new address. `next` is where to go then: a path of this site, or empty for the book.
#[server]
pub async fn save_address(
    id: String,
    version: i32,
    key: String,
    address: AddressInput,
    #[server(default)] make_default: bool,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let saved = match id.parse() {
        Ok(id) => flows::address::change(&cx, &member, (id, version), &address, make_default)
            .await
            .map_err(web::refused),
        Err(_) => flows::address::add(&cx, &member, &address, make_default, key.parse().ok().as_ref())
            .await
            .map(drop)
            .map_err(web::refused),
    };
    saved.inspect_err(|_| web::keep_draft(FORM, member.account.uuid(), &address))?;
    web::go("/account/addresses");
    web::go_to(&next);
    Ok(())
}

/// Where a guest's order goes. It is kept with the cart alone.
#[server]
pub async fn set_guest_address(address: AddressInput) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let kept = flows::checkout::set_address(&cx, &buyer, &address).await.map_err(web::refused);
    kept.inspect_err(|_| web::keep_draft(FORM, buyer.uuid(), &address))?;
    web::go("/checkout");
    Ok(())
}

#[server]
pub async fn remove_address(id: AddressId) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::address::remove(&cx, &member, id).await.map_err(web::refused)
}

#[server]
pub async fn default_address(id: AddressId) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::address::choose_default(&cx, &member, id).await.map_err(web::refused)
}
