//! Words that carts, checkout, payments and orders share.

mod voucher;

pub(crate) use voucher::{CodeBody, DealBody, VoucherOfferBody};

use crate::{
    ApiError,
    body::{MoneyBody, text_of},
    goods::instant,
};
use model::{
    AppError,
    order::{CancelReason, GroupState, OrderFilter, OrderState},
    payment::{Method, PaymentState},
    shipping::Service,
    views::{CartItem, MethodOffer, Summary, SummaryPart, SummaryRow, Supply},
};
use serde::Serialize;
use utoipa::{ToSchema, openapi::Object};

pub(crate) fn methods() -> Object {
    text_of(Method::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn services() -> Object {
    text_of(Service::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn payment_states() -> Object {
    text_of(PaymentState::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn group_states() -> Object {
    text_of(GroupState::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn order_states() -> Object {
    text_of(OrderState::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn filters() -> Object {
    text_of(OrderFilter::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn reasons() -> Object {
    text_of(CancelReason::ALL.iter().map(|it| it.as_str())).build()
}

/// What a refused field is called where the API has another word for it than the forms of the site.
const RENAMED: &[(&str, &str)] = &[
    ("variant", "variant_id"),
    ("method", "payment_method"),
    ("goods", "lines"),
    ("courier", "shipping"),
    ("latitude", "pin.latitude"),
    ("longitude", "pin.longitude"),
];

pub(crate) fn word(name: &str) -> &str {
    RENAMED.iter().find(|(ours, _)| *ours == name).map_or(name, |(_, theirs)| *theirs)
}

/// A refusal of a flow, as the problem its caller may know, with the API's names of its fields.
pub(crate) fn refused(error: impl Into<AppError> + std::fmt::Display) -> ApiError {
    let cause = error.to_string();
    let mut error: AppError = error.into();
    for (name, _) in &mut error.fields {
        *name = word(name).to_owned();
    }
    web::Problem::new(error).because(cause).into()
}

/// Nothing rather than an empty string.
pub(crate) fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// A line of a cart, priced as of now.
#[derive(Serialize, ToSchema)]
pub(crate) struct CartLineBody {
    id: String,
    product_id: String,
    variant_id: String,
    slug: String,
    sku: String,
    name: String,
    /// What was chosen; absent for the only variant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Hitam, XL")]
    variant: Option<String>,
    /// Path of its picture on this site.
    image: String,
    quantity: i32,
    min_quantity: i32,
    max_quantity: i32,
    /// Of one piece.
    price: MoneyBody,
    /// Struck through beside the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    list_price: Option<MoneyBody>,
    /// What it cost when it was put into the cart, where it costs something else now.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_before: Option<MoneyBody>,
    /// The price is of a flash sale, which ends then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    flash_sale_until: Option<String>,
    /// All pieces, before vouchers.
    total: MoneyBody,
    /// `enough`, `last` (these are the last), `short` (fewer than wanted), `sold_out`, `gone` (no longer on sale),
    /// `too_many` or `too_few` (of all that is ticked of the product; so many are not sold at once).
    supply: &'static str,
    /// How many there are, where supply is `last` or `short`; how many may be bought at once at most or at least, where it
    /// is `too_many` or `too_few`.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<i32>,
    /// For the shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// It is checked out with the others that are ticked.
    ticked: bool,
    /// From the list price of all pieces to what is paid for them, step by step, where there is more to it than the price.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    price_steps: Vec<SummaryRowBody>,
}

impl From<CartItem> for CartLineBody {
    fn from(item: CartItem) -> Self {
        let (supply, left) = match item.supply {
            Supply::Enough => ("enough", None),
            Supply::Last(left) => ("last", Some(left)),
            Supply::Short(left) => ("short", Some(left)),
            Supply::SoldOut => ("sold_out", None),
            Supply::Gone => ("gone", None),
            Supply::Over(most) => ("too_many", Some(most)),
            Supply::Under(least) => ("too_few", Some(least)),
        };
        Self {
            id: item.id.to_string(),
            product_id: item.product.to_string(),
            variant_id: item.variant.to_string(),
            slug: item.slug.into(),
            sku: item.sku,
            name: item.name,
            variant: said(item.label),
            image: item.picture.src(),
            quantity: item.quantity,
            min_quantity: item.min,
            max_quantity: item.max,
            price: item.unit.into(),
            list_price: item.list.map(MoneyBody::from),
            price_before: item.was.map(MoneyBody::from),
            flash_sale_until: item.flash_until.map(instant),
            total: item.gross.into(),
            supply,
            left,
            note: said(item.note),
            ticked: item.ticked,
            price_steps: item.why.into_iter().map(SummaryRowBody::from).collect(),
        }
    }
}

/// What is to be paid: the rows add up to the total.
#[derive(Serialize, ToSchema)]
pub(crate) struct SummaryBody {
    rows: Vec<SummaryRowBody>,
    total: MoneyBody,
    pieces: u32,
    /// By how much all discounts together lower the total.
    saved: MoneyBody,
}

#[derive(Serialize, ToSchema)]
struct SummaryRowBody {
    /// `goods`, `wholesale`, `scheduled`, `flash_sale`, `promotion`, `shop_voucher`, `platform_voucher`, `shipping`,
    /// `shipping_voucher`, `insurance`, `fee` (of the way to pay), `coins` or `tax`.
    kind: &'static str,
    /// Which voucher it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// Negative where it is taken off.
    amount: MoneyBody,
}

impl From<SummaryRow> for SummaryRowBody {
    fn from(row: SummaryRow) -> Self {
        let (kind, label) = match row.of {
            SummaryPart::Goods => ("goods", None),
            SummaryPart::Wholesale => ("wholesale", None),
            SummaryPart::Scheduled => ("scheduled", None),
            SummaryPart::FlashSale => ("flash_sale", None),
            SummaryPart::Promotion => ("promotion", None),
            SummaryPart::ShopVoucher(label) => ("shop_voucher", said(label)),
            SummaryPart::PlatformVoucher(label) => ("platform_voucher", said(label)),
            SummaryPart::Shipping => ("shipping", None),
            SummaryPart::ShippingVoucher(label) => ("shipping_voucher", said(label)),
            SummaryPart::Insurance => ("insurance", None),
            SummaryPart::Fee => ("fee", None),
            SummaryPart::Coins => ("coins", None),
            SummaryPart::Tax => ("tax", None),
        };
        Self { kind, label, amount: row.amount.into() }
    }
}

impl From<Summary> for SummaryBody {
    fn from(summary: Summary) -> Self {
        Self {
            rows: summary.rows.into_iter().map(SummaryRowBody::from).collect(),
            total: summary.total.into(),
            pieces: summary.pieces,
            saved: summary.saved.into(),
        }
    }
}

/// A way to pay.
#[derive(Serialize, ToSchema)]
pub(crate) struct MethodBody {
    #[schema(schema_with = methods)]
    payment_method: Method,
    /// What people call it.
    #[schema(example = "BCA Virtual Account")]
    name: &'static str,
    /// Added to the total.
    fee: MoneyBody,
    /// Why it cannot be chosen: `too_much`, `too_little`, `courier` (one that was chosen takes no cash) or `blocked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'static str>,
}

impl From<MethodOffer> for MethodBody {
    fn from(offer: MethodOffer) -> Self {
        Self {
            payment_method: offer.method,
            name: offer.method.brand(),
            fee: offer.fee.into(),
            refused: offer.refused.map(model::views::MethodReason::as_str),
        }
    }
}
