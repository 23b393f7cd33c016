//! What is placed. Amounts are those of the quote the buyer agreed to; the one thing done with them here is to see that
//! they add up.

use crate::{
    Buyer,
    error::{PlaceError, Unbalanced},
};
use model::{
    BasisPoints, Currency, Email, Lang, Money, MoneyError, Phone, Qty,
    geo::Position,
    ids::{
        FlashSaleId, MediaId, OrderGroupId, OrderId, OrderLineId, ProductId, ShopId, Uuid, VariantId,
        VoucherId,
    },
    order::Funder,
    payment::Method,
};
use std::collections::HashSet;
use time::{Date, Duration, OffsetDateTime};

/// What is paid at once.
#[derive(Clone, PartialEq, Debug)]
pub struct NewGroup {
    pub id: OrderGroupId,
    pub buyer: Buyer,
    pub contact: Contact,
    /// Of messages about it.
    pub lang: Lang,
    pub method: Method,
    /// What the buyer was shown last.
    pub total: Money,
    pub placed_at: OffsetDateTime,
    /// By when it is to be paid; none exactly for cash on delivery.
    pub due_at: Option<OffsetDateTime>,
    pub orders: Vec<NewOrder>,
}

/// Where the buyer is told about it; at least one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contact {
    pub email: Option<Email>,
    pub phone: Option<Phone>,
}

/// What one shop sells in it.
#[derive(Clone, PartialEq, Debug)]
pub struct NewOrder {
    pub id: OrderId,
    pub shop: ShopId,
    pub sums: Sums,
    pub delivery: Delivery,
    pub destination: Destination,
    pub clocks: Clocks,
    /// To the shop; at most 500 characters.
    pub note: Option<String>,
    pub lines: Vec<NewLine>,
    /// How the price came about, in the order in which it is told.
    pub adjustments: Vec<Adjustment>,
    /// What the platform takes from the shop.
    pub fees: Vec<Fee>,
}

/// The sums of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sums {
    /// The lines' gross, after all discounts.
    pub goods: Money,
    /// Of the lines' discounts, what the shop bears.
    pub shop_discount: Money,
    /// Of the lines' discounts, what the platform bears.
    pub platform_discount: Money,
    /// What the courier is due.
    pub shipping: Money,
    /// What vouchers take off it.
    pub shipping_discount: Money,
    /// Of that, what the shop bears; the rest is the platform's.
    pub shipping_discount_by_shop: Money,
    pub insurance: Money,
    /// The order's share of what the platform takes from the buyer.
    pub fee: Money,
    /// What the platform takes from the shop if all of it is kept: the sum of the fees.
    pub commission: Money,
    /// goods + shipping − `shipping_discount` + insurance + fee
    pub total: Money,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    pub courier: String,
    pub service: String,
    /// What an aggregator calls the service, for booking that very one.
    pub service_code: Option<String>,
    /// What is charged for, in grams.
    pub weight: i32,
    /// The days on which it should arrive, as the buyer was told.
    pub arrives_from: Date,
    pub arrives_to: Date,
    pub insured: bool,
    /// Where it is fetched instead of being brought.
    pub pickup_point: Option<Uuid>,
}

/// Where a parcel goes: the order's own copy.
#[derive(Clone, PartialEq, Debug)]
pub struct Destination {
    pub recipient: String,
    pub phone: Phone,
    /// The code of the district.
    pub region: String,
    pub postcode: String,
    pub street: String,
    pub detail: Option<String>,
    pub notes: Option<String>,
    pub pin: Option<Position>,
}

/// The periods that were promised at sale, in whole seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clocks {
    /// For the shop to accept, once it may begin.
    pub accept: Duration,
    /// For the shop to hand over, once it may begin; not shorter.
    pub ship: Duration,
    /// For the buyer to object after delivery.
    pub settle: Duration,
}

/// So many of a variant, and how it looked when it was sold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewLine {
    pub id: OrderLineId,
    pub product: ProductId,
    pub variant: VariantId,
    pub product_name: String,
    /// `Hitam, XL`; empty where there is nothing to choose.
    pub variant_label: String,
    pub sku: String,
    pub slug: String,
    pub media: Option<MediaId>,
    pub quantity: Qty,
    /// Of one piece, at the tier or offer that applied.
    pub unit_price: Money,
    /// Of one piece without any offer.
    pub list_price: Money,
    /// Off the whole line, beyond the unit price.
    pub shop_discount: Money,
    pub platform_discount: Money,
    /// Unit price × quantity − discounts is the gross where prices contain the tax, otherwise the net.
    pub net: Money,
    pub tax: Money,
    pub gross: Money,
    pub flash_sale: Option<FlashSaleId>,
    /// Of one piece, in grams.
    pub weight: i32,
    /// To the shop; at most 200 characters.
    pub note: Option<String>,
}

/// One step of a price breakdown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adjustment {
    /// None: of the whole order, as on shipping.
    pub line: Option<OrderLineId>,
    /// Lower-case letters and underscores, 2 to 30.
    pub source: String,
    /// What its words need, such as a voucher's code.
    pub label: String,
    /// Taken off where positive.
    pub amount: Money,
    pub funder: Funder,
    pub voucher: Option<VoucherId>,
}

/// What the platform takes from a shop, at the rate of the day of sale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fee {
    pub line: Option<OrderLineId>,
    /// Lower-case letters and underscores, 2 to 30: `commission`.
    pub kind: String,
    /// What the rate was taken of.
    pub base: Money,
    pub rate: BasisPoints,
    /// What it came to, after caps and floors.
    pub amount: Money,
}

impl NewGroup {
    /// Does everything add up, in one currency? The database asks the same when the transaction ends; here it is known
    /// what is wrong.
    pub fn check(&self) -> Result<(), PlaceError> {
        if self.orders.is_empty() {
            return Err(PlaceError::Empty);
        }
        if self.contact.email.is_none() && self.contact.phone.is_none() {
            return Err(PlaceError::NoContact);
        }
        let due_fits = match self.due_at {
            None => self.method == Method::Cod,
            Some(due) => self.method != Method::Cod && due > self.placed_at,
        };
        if !due_fits {
            return Err(PlaceError::Due);
        }
        let mut shops = HashSet::new();
        for order in &self.orders {
            if !shops.insert(order.shop) {
                return Err(PlaceError::TwoOrdersOfAShop(order.shop));
            }
            order.check(self.total.currency())?;
        }
        let total = sum(self.total.currency(), self.orders.iter().map(|order| order.sums.total))?;
        balanced(total == self.total, Unbalanced::Group)
    }
}

impl NewOrder {
    fn check(&self, currency: Currency) -> Result<(), PlaceError> {
        if self.lines.is_empty() {
            return Err(PlaceError::Empty);
        }
        for line in &self.lines {
            balanced(line.adds_up()?, Unbalanced::Line(line.id))?;
        }
        let sums = &self.sums;
        let of = |part: fn(&NewLine) -> Money| sum(currency, self.lines.iter().map(part));
        let goods = of(|line| line.gross)? == sums.goods
            && of(|line| line.shop_discount)? == sums.shop_discount
            && of(|line| line.platform_discount)? == sums.platform_discount;
        balanced(goods, Unbalanced::Goods(self.id))?;
        let fees = sum(currency, self.fees.iter().map(|fee| fee.amount))?;
        balanced(fees == sums.commission, Unbalanced::Commission(self.id))?;
        let within = |part: Money, whole: Money| (0..=whole.amount()).contains(&part.amount());
        let discounts = within(sums.shipping_discount, sums.shipping)
            && within(sums.shipping_discount_by_shop, sums.shipping_discount);
        let currencies =
            [sums.shipping_discount_by_shop, sums.fee].iter().all(|it| it.currency() == currency);
        balanced(discounts && currencies && sums.expected()? == sums.total, Unbalanced::Order(self.id))
    }
}

impl Sums {
    /// What the total has to be.
    pub fn expected(&self) -> Result<Money, MoneyError> {
        self.goods.plus(self.shipping)?.minus(self.shipping_discount)?.plus(self.insurance)?.plus(self.fee)
    }
}

impl NewLine {
    fn adds_up(&self) -> Result<bool, MoneyError> {
        let sold =
            self.unit_price.times(self.quantity)?.minus(self.shop_discount)?.minus(self.platform_discount)?;
        Ok(self.net.plus(self.tax)? == self.gross && (sold == self.gross || sold == self.net))
    }
}

fn sum(currency: Currency, parts: impl Iterator<Item = Money>) -> Result<Money, MoneyError> {
    parts.into_iter().try_fold(Money::zero(currency), Money::plus)
}

fn balanced(fits: bool, what: Unbalanced) -> Result<(), PlaceError> {
    if fits { Ok(()) } else { Err(PlaceError::DoesNotAddUp(what)) }
}
