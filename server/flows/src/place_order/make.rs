//! The order group a priced cart becomes. Nothing is priced here: amounts are those of the quote.

use crate::cart::{price::Priced, ship, show};
use cart::Reach;
use kernel::{Buyer, Cx};
use model::{
    BasisPoints, Currency, Money, MoneyError,
    address::Address,
    geo::Position,
    ids::{CategoryId, OrderGroupId, OrderLineId, ProductId, ShopId, Uuid},
    order::Funder,
    payment::Method,
    views::Tier,
};
use order::{Adjustment, Contact, Delivery, Destination, Fee, NewGroup, NewLine, NewOrder, Policy, Sums};
use pricing::{FeeRule, QuotedLine, ShopQuote, SoldLine, apportion};
use region::Book;
use shipping::{NewPickupPoint, PickupPoint};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;
use views::goods::Good;

pub(super) struct Made {
    pub group: NewGroup,
    /// Where the parcels go, for the choice of warehouses.
    pub near: Option<Position>,
}

/// What an order is placed under: what the platform takes, and how long everybody has.
pub(super) struct Terms {
    pub fees: Vec<FeeRule>,
    pub policy: Policy,
}

impl Terms {
    pub async fn load(db: &mut PgConnection, priced: &Priced) -> Result<Self, sqlx::Error> {
        let goods = || priced.ticked().map(|(_, good)| good);
        let shops: Vec<ShopId> = goods().map(|good| good.shop.id).collect();
        let categories: Vec<CategoryId> = goods().flat_map(|good| good.categories.clone()).collect();
        let products: Vec<ProductId> = goods().map(|good| good.product).collect();
        let of = priced.cart.currency;
        Ok(Self {
            fees: pricing::store::rules_for(db, &shops, &categories, &products, of).await?,
            policy: order::store::policy(db).await?,
        })
    }
}

#[expect(clippy::too_many_arguments, reason = "everything that was decided, once")]
pub(super) fn group(
    cx: &Cx,
    buyer: &Buyer,
    id: OrderGroupId,
    priced: &Priced,
    terms: &Terms,
    address: &Address,
    contact: &Reach,
    method: Method,
    due: Option<OffsetDateTime>,
) -> Result<Made, MoneyError> {
    let weights: Vec<i64> = priced.quote.shops.iter().map(|shop| shop.total.amount()).collect();
    let fees = apportion(priced.fee().amount(), &weights);
    let line_ids: HashMap<Uuid, OrderLineId> =
        priced.quote.lines.iter().map(|line| (line.id, cx.id())).collect();
    let mut orders = Vec::with_capacity(priced.quote.shops.len());
    for (shop, fee) in priced.quote.shops.iter().zip(fees) {
        orders.push(order(cx, priced, terms, shop, fee, address, &line_ids)?);
    }
    let position = Book::get().district(&address.district.code).and_then(|district| district.position);
    Ok(Made {
        group: NewGroup {
            id,
            buyer: buyer_of(buyer),
            contact: Contact { email: contact.email.clone(), phone: contact.phone.clone() },
            lang: cx.lang(),
            method,
            total: priced.total()?,
            placed_at: cx.now(),
            due_at: due,
            orders,
        },
        near: address.pin.or(position),
    })
}

pub(crate) fn buyer_of(buyer: &Buyer) -> order::Buyer {
    match buyer {
        Buyer::Member(account) => order::Buyer::Account(*account),
        Buyer::Guest(key) => order::Buyer::Guest(*key.as_bytes()),
    }
}

fn order(
    cx: &Cx,
    priced: &Priced,
    terms: &Terms,
    shop: &ShopQuote,
    fee: i64,
    address: &Address,
    line_ids: &HashMap<Uuid, OrderLineId>,
) -> Result<NewOrder, MoneyError> {
    let currency = priced.cart.currency;
    let zero = Money::zero(currency);
    let parcel = priced.shipped.iter().find(|parcel| parcel.shop == shop.shop);
    let lines: Vec<(NewLine, &Good)> = priced
        .quote
        .lines
        .iter()
        .filter(|line| line.shop == shop.shop)
        .filter_map(|line| new_line(priced, line, line_ids))
        .collect();
    let fees = commission(&terms.fees, shop, &lines, currency)?;
    let sum = |of: fn(&NewLine) -> Money| lines.iter().try_fold(zero, |sum, (line, _)| sum.plus(of(line)));
    let by_shop = shop.shipping.discounts.iter().filter(|discount| discount.funder == Funder::Shop);
    let insurance = parcel.map_or(zero, ship::Shipped::insurance_paid);
    let fee = Money::new(fee, currency);
    let sums = Sums {
        goods: shop.goods,
        shop_discount: sum(|line| line.shop_discount)?,
        platform_discount: sum(|line| line.platform_discount)?,
        shipping: shop.shipping.fee,
        shipping_discount: shop.shipping.discount,
        shipping_discount_by_shop: by_shop.into_iter().try_fold(zero, |sum, it| sum.plus(it.amount))?,
        insurance,
        fee,
        commission: fees.iter().try_fold(zero, |sum, fee| sum.plus(fee.amount))?,
        total: shop.total.plus(insurance)?.plus(fee)?,
    };
    let preorder = lines.iter().filter_map(|(_, good)| good.preorder_days).max().unwrap_or_default();
    let of = lines.first().map(|(_, good)| &good.shop);
    let trusted = of.is_some_and(|shop| shop.tier != Tier::Regular);
    let joined = of.map_or(cx.now(), |shop| shop.joined_at);
    let offer = parcel.and_then(|parcel| parcel.offer());
    let counter = parcel.and_then(|parcel| parcel.way()).and_then(|way| way.point.as_ref());
    let today = cx.now().date();
    let adjustments = priced.quote.adjustments.iter().filter(|step| step.shop == shop.shop);
    Ok(NewOrder {
        id: cx.id(),
        shop: shop.shop,
        sums,
        delivery: Delivery {
            courier: offer.map(|offer| offer.key.courier.as_str().to_owned()).unwrap_or_default(),
            service: offer.map(|offer| offer.key.service.as_str().to_owned()).unwrap_or_default(),
            service_code: offer.and_then(|offer| offer.service_code.clone()),
            weight: offer.map_or(1, |offer| i32::try_from(offer.chargeable_g).unwrap_or(i32::MAX)),
            arrives_from: offer.map_or(today, |offer| offer.arrives.from),
            arrives_to: offer.map_or(today, |offer| offer.arrives.until),
            insured: !insurance.is_zero(),
            pickup_point: counter.map(|counter| counter.id.uuid()),
        },
        destination: counter.map_or_else(|| to_door(address), |counter| to_counter(address, counter)),
        clocks: terms.policy.clocks(trusted, joined, preorder, cx.now()),
        note: parcel.map(|parcel| parcel.note.clone()).filter(|note| !note.is_empty()),
        adjustments: adjustments
            .filter(|step| !step.amount.is_zero())
            .map(|step| {
                let (source, label) = show::stored(&step.source);
                Adjustment {
                    line: step.line.and_then(|line| line_ids.get(&line).copied()),
                    source: source.to_owned(),
                    label,
                    amount: step.amount,
                    funder: step.funder,
                    voucher: step.source.voucher().map(|voucher| voucher.id),
                }
            })
            .collect(),
        fees,
        lines: lines.into_iter().map(|(line, _)| line).collect(),
    })
}

fn to_door(address: &Address) -> Destination {
    Destination {
        recipient: address.recipient.clone(),
        phone: address.phone.clone(),
        region: address.district.code.clone(),
        postcode: address.postcode.clone(),
        street: address.street.clone(),
        detail: address.detail.clone(),
        notes: address.notes.clone(),
        pin: address.pin,
    }
}

/// Where somebody lives is nobody's business then.
fn to_counter(address: &Address, counter: &PickupPoint) -> Destination {
    let NewPickupPoint { name, district, street, position, .. } = &counter.point;
    let postcode = Book::get().district(district).and_then(|place| place.postcodes.first().cloned());
    Destination {
        recipient: address.recipient.clone(),
        phone: address.phone.clone(),
        region: district.clone(),
        postcode: postcode.unwrap_or_else(|| address.postcode.clone()),
        street: format!("{name}, {street}"),
        detail: None,
        notes: None,
        pin: *position,
    }
}

fn new_line<'a>(
    priced: &'a Priced,
    quoted: &QuotedLine,
    line_ids: &HashMap<Uuid, OrderLineId>,
) -> Option<(NewLine, &'a Good)> {
    let (line, good) = priced.ticked().find(|(line, _)| line.id.uuid() == quoted.id)?;
    let note = line.note.as_str();
    let line = NewLine {
        id: *line_ids.get(&quoted.id)?,
        product: good.product,
        variant: good.variant,
        product_name: good.name.clone(),
        variant_label: good.label.clone(),
        sku: good.sku.clone(),
        slug: good.slug.to_string(),
        media: good.media,
        quantity: quoted.quantity,
        unit_price: quoted.unit,
        list_price: good.price,
        shop_discount: quoted.shop_discount,
        // Coins are the platform's.
        platform_discount: quoted.platform_discount.plus(quoted.coins).ok()?,
        net: quoted.net,
        tax: quoted.tax,
        gross: quoted.gross,
        flash_sale: quoted.flash,
        weight: good.weight_g,
        note: (!note.is_empty()).then(|| note.to_owned()),
    };
    Some((line, good))
}

fn commission(
    rules: &[FeeRule],
    shop: &ShopQuote,
    lines: &[(NewLine, &Good)],
    currency: Currency,
) -> Result<Vec<Fee>, MoneyError> {
    let mut sold = Vec::with_capacity(lines.len());
    for (line, good) in lines {
        sold.push(SoldLine {
            line: line.id.uuid(),
            shop: shop.shop,
            tier: good.shop.tier,
            product: line.product,
            categories: good.categories.clone(),
            quantity: line.quantity,
            price: line.unit_price.times(line.quantity)?,
            shop_discount: line.shop_discount,
        });
    }
    let owed = pricing::commission(rules, &sold, currency)?;
    let of_lines = owed.lines.into_iter().map(|fee| Fee {
        line: Some(fee.line.into()),
        kind: fee.fee.as_str().to_owned(),
        base: fee.base,
        rate: fee.rate.unwrap_or_default(),
        amount: fee.amount,
    });
    let of_order = owed.order.into_iter().map(|(fee, amount)| Fee {
        line: None,
        kind: fee.as_str().to_owned(),
        base: shop.goods,
        rate: BasisPoints::default(),
        amount,
    });
    Ok(of_lines.chain(of_order).collect())
}
