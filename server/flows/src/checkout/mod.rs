//! The page on which everything about an order is decided, and what is decided there.

mod asking;
mod choose;
mod shown;

pub use choose::{
    set_address, set_contact, set_method, set_shipping, use_address, use_best_vouchers, use_coins,
};
pub(crate) use shown::moved;
pub use shown::{Expected, Moved, Shown};

use crate::{
    cart::{
        self as carts, CartError, Offers, methods,
        price::{PriceError, Priced},
        ship, show,
    },
    till::Till,
};
use asking::Whole;
use cart::{Reach, store};
use kernel::{Buyer, Cx};
use model::{
    AppError, FieldError, Money,
    address::Address,
    contact::Contact,
    payment::Method,
    typed::Problems,
    views::{Change, CheckoutShop, CheckoutView, CoinOffer, Counter, Missing, ShippingOffer},
};
use sqlx::PgConnection;

#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    #[error("there is no such cart, address or shop")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    /// Who brings it depends on where it goes.
    #[error("it is not known yet where it goes")]
    NoAddress,
    #[error("nothing is bought of this shop")]
    NoSuchShop,
    #[error("this courier does not bring it")]
    NoSuchCourier,
    #[error("the courier does not bring it this way")]
    NoSuchService,
    #[error("this way to pay is not taken here")]
    Method,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<CheckoutError> for AppError {
    fn from(error: CheckoutError) -> Self {
        match error {
            CheckoutError::NotFound => Self::not_found(),
            CheckoutError::Invalid(problems) => problems.into(),
            CheckoutError::NoAddress => Self::field("address", FieldError::Required),
            CheckoutError::NoSuchShop => Self::field("shop", FieldError::NotAllowed),
            CheckoutError::NoSuchCourier => Self::field("courier", FieldError::NotAllowed),
            CheckoutError::NoSuchService => Self::field("service", FieldError::NotAllowed),
            CheckoutError::Method => Self::field("method", FieldError::NotAllowed),
            CheckoutError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<CartError> for CheckoutError {
    fn from(error: CartError) -> Self {
        match error {
            CartError::Database(error) => Self::Database(error),
            _ => Self::NotFound,
        }
    }
}

impl From<PriceError> for CheckoutError {
    fn from(error: PriceError) -> Self {
        Self::Database(error.into())
    }
}

/// Everything that is decided and still to be decided, priced as of now, and how it differs from what was `shown`.
pub async fn view(cx: &Cx, buyer: &Buyer, shown: Option<&Shown>) -> Result<CheckoutView, sqlx::Error> {
    let Some(Whole { mut db, mut priced, asked }) = asking::load(cx, buyer).await? else {
        return Ok(empty(cx, buyer));
    };
    let contact = contact(&mut db, buyer, &priced.cart.reach).await?;
    let address = ship::destination(&mut db, buyer, &priced.cart).await?;
    let addresses = match buyer.account() {
        Some(account) => views::addresses::list(&mut db, account).await?,
        None => Vec::new(),
    };
    let Offers { offers, best } = carts::voucher_offers(cx, &mut db, buyer, &mut priced).await?;
    let limits = methods::limits(cx, &mut db, buyer, &priced, (address.as_ref(), &contact)).await?;
    let methods = cx.part::<Till>().map_or_else(Vec::new, |till| {
        let sum = priced.before_fee().unwrap_or(priced.quote.total);
        methods::offers(&till, sum, limits)
    });
    let mut view = CheckoutView {
        member: buyer.account().is_some(),
        email: contact.email.map(|email| email.to_string()).unwrap_or_default(),
        phone: contact.phone.map(|phone| phone.shown()).unwrap_or_default(),
        addresses,
        address,
        shops: shops(&priced),
        codes: show::codes(&priced),
        offers,
        best,
        coins: coins(&priced),
        methods,
        method: priced.cart.method,
        summary: show::summary(&priced, true),
        missing: Vec::new(),
        changes: Vec::new(),
        key: cx.ids().uuid().to_string(),
    };
    view.missing = missing(&view);
    view.changes = shown::changes(&view, shown);
    if shown.is_some() {
        let again = priced.shipped.iter().filter(|of| asked.contains(&of.shop) && of.is_sent_outside());
        let name =
            |of: &ship::Shipped| view.shops.iter().find(|shop| shop.id == of.shop).map(|shop| &shop.name);
        let again: Vec<_> = again.filter_map(name).cloned().map(Change::Asked).collect();
        view.changes.extend(again);
    }
    Ok(view)
}

/// Where it goes, as far as that was said. Who brings it and for how much is not looked up.
pub async fn address(cx: &Cx, buyer: &Buyer) -> Result<Option<Address>, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    match store::find_of(&mut db, &carts::holder(buyer)).await? {
        Some(cart) => ship::destination(&mut db, buyer, &cart).await,
        None => Ok(None),
    }
}

fn empty(cx: &Cx, buyer: &Buyer) -> CheckoutView {
    CheckoutView {
        member: buyer.account().is_some(),
        email: String::new(),
        phone: String::new(),
        addresses: Vec::new(),
        address: None,
        shops: Vec::new(),
        codes: Vec::new(),
        offers: Vec::new(),
        best: None,
        coins: None,
        methods: Vec::new(),
        method: None,
        summary: model::views::Summary::default(),
        missing: vec![Missing::Goods],
        changes: Vec::new(),
        key: cx.ids().uuid().to_string(),
    }
}

/// Nothing for who has none.
fn coins(priced: &Priced) -> Option<CoinOffer> {
    let there = priced.coins.there;
    (there > 0).then_some(CoinOffer { there, most: priced.coins.most, on: priced.cart.use_coins })
}

/// How the buyer is reached about the order: what was typed for it, else what the account says.
pub(crate) async fn contact(
    db: &mut PgConnection,
    buyer: &Buyer,
    typed: &Reach,
) -> Result<Reach, sqlx::Error> {
    let Some(account) = buyer.account() else { return Ok(typed.clone()) };
    let mut reach = typed.clone();
    for own in identity::account::store::get_reach(db, account).await?.contacts {
        match own {
            Contact::Email(email) => reach.email = reach.email.or(Some(email)),
            Contact::Phone(phone) => reach.phone = reach.phone.or(Some(phone)),
        }
    }
    Ok(reach)
}

fn shops(priced: &Priced) -> Vec<CheckoutShop> {
    let items = show::items(priced, |line| line.ticked);
    let shop = |parcel: &ship::Shipped| {
        let of_shop = items.iter().filter(|(_, good)| good.shop.id == parcel.shop);
        let good = of_shop.clone().map(|(_, good)| *good).next()?;
        let quote = priced.quote.shops.iter().find(|quote| quote.shop == parcel.shop);
        let total = quote.map_or(Money::zero(priced.cart.currency), |quote| quote.total);
        Some(CheckoutShop {
            id: parcel.shop,
            slug: good.shop.slug.clone(),
            name: good.shop.name.clone(),
            city: good.shop.city.clone(),
            items: of_shop.map(|(item, _)| item.clone()).collect(),
            offers: parcel.ways.iter().map(offer).collect(),
            chosen: parcel.chosen.and_then(|i| u16::try_from(i).ok()),
            silent: parcel.is_silent(),
            insured: parcel.insured,
            note: parcel.note.clone(),
            total: total.plus(parcel.insurance_paid()).unwrap_or(total),
        })
    };
    priced.shipped.iter().filter_map(shop).collect()
}

fn offer(ship::Way { offer, point }: &ship::Way) -> ShippingOffer {
    ShippingOffer {
        counter: point.as_ref().map(|it| Counter {
            id: it.id,
            name: it.point.name.clone(),
            street: it.point.street.clone(),
        }),
        courier: offer.key.courier.as_str().to_owned(),
        courier_name: offer.courier_name.clone(),
        service: offer.key.service,
        fee: offer.fee,
        insurance: offer.insurance.unwrap_or(Money::zero(offer.fee.currency())),
        arrives_from: offer.arrives.from.to_string(),
        arrives_until: offer.arrives.until.to_string(),
        cod: offer.cod,
    }
}

pub(crate) fn missing(view: &CheckoutView) -> Vec<Missing> {
    let mut missing = Vec::new();
    let mut items = view.shops.iter().flat_map(|shop| &shop.items).peekable();
    if items.peek().is_none() || items.any(|item| !item.supply.is_enough()) {
        missing.push(Missing::Goods);
    }
    if view.email.is_empty() && view.phone.is_empty() {
        missing.push(Missing::Contact);
    }
    if view.address.is_none() {
        missing.push(Missing::Address);
    } else if view.shops.iter().any(|shop| shop.chosen.is_none()) {
        missing.push(Missing::Courier);
    }
    let taken = |method: Method| view.methods.iter().any(|it| it.method == method && it.refused.is_none());
    if !view.method.is_some_and(taken) {
        missing.push(Missing::Method);
    }
    missing
}
