//! What stands on the pages of buying: cart, checkout and payment.

use super::{Picture, Tier};
use crate::{
    Currency, Money, Slug,
    address::Address,
    ids::{CartLineId, OrderGroupId, OrderId, PaymentId, ProductId, ShopId, VariantId},
    order::GroupState,
    payment::{Method, PaymentState},
    pricing::MemberTier,
    shipping::{PickupPointId, Service, ShownWay},
};
use serde::{Deserialize, Serialize};

/// A cart, priced as of now. Only ticked lines count for the summary.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CartView {
    pub shops: Vec<CartShop>,
    /// Put aside; not bought with the rest.
    pub saved: Vec<CartItem>,
    pub codes: Vec<CodeView>,
    pub summary: Summary,
    /// Vouchers that would apply now and are not in the cart, the best first.
    pub offers: Vec<VoucherOffer>,
    /// So much less is paid with the vouchers that save the most together; none where these are in the cart.
    pub best: Option<Money>,
    /// What became of a guest's cart at sign-in, until its shopper has said that they know.
    pub merged: MergeNews,
}

/// What two carts that became one could not keep as it was, in lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MergeNews {
    /// There was no room for them.
    pub left_out: u32,
    /// Together they were more than may be bought: there are fewer pieces now, or they were put aside.
    pub reduced: u32,
}

impl MergeNews {
    pub const fn is_none(self) -> bool {
        self.left_out == 0 && self.reduced == 0
    }
}

impl CartView {
    /// Whether something is to be noticed: prices that moved, or what sign-in made of two carts.
    pub fn has_news(&self) -> bool {
        !self.merged.is_none() || self.items().chain(&self.saved).any(|item| item.was.is_some())
    }

    /// Lines that are not put aside.
    pub fn items(&self) -> impl Iterator<Item = &CartItem> {
        self.shops.iter().flat_map(|shop| &shop.items)
    }

    /// Whether there is something to check out: lines are ticked, and all of these can be bought as they stand.
    pub fn can_check_out(&self) -> bool {
        let mut ticked = self.items().filter(|item| item.ticked).peekable();
        ticked.peek().is_some() && ticked.all(|item| item.supply.is_enough())
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CartShop {
    pub id: ShopId,
    pub slug: Slug,
    pub name: String,
    pub tier: Tier,
    pub city: String,
    pub items: Vec<CartItem>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CartItem {
    pub id: CartLineId,
    pub product: ProductId,
    pub variant: VariantId,
    pub slug: Slug,
    pub sku: String,
    pub name: String,
    /// What was chosen: `Hitam, XL`; empty for the only variant.
    pub label: String,
    pub picture: Picture,
    pub quantity: i32,
    /// At least and at most so many can be in the cart.
    pub min: i32,
    pub max: i32,
    /// Of one piece, as it is sold now.
    pub unit: Money,
    /// Struck through beside it.
    pub list: Option<Money>,
    /// What it cost when its buyer last looked, where it costs something else now.
    pub was: Option<Money>,
    /// The price is of a flash sale that ends then (Unix seconds).
    pub flash_until: Option<i64>,
    /// All pieces together, before vouchers.
    pub gross: Money,
    pub supply: Supply,
    pub note: String,
    pub ticked: bool,
    /// From the list price to what is paid, where there is more to it than the price; the rows add up.
    pub why: Vec<SummaryRow>,
}

/// Whether what is in the cart can be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supply {
    Enough,
    /// Enough, but these are the last.
    Last(i32),
    /// Fewer than wanted.
    Short(i32),
    SoldOut,
    /// The product is not on sale any more, or its shop is closed.
    Gone,
    /// Of all that is ticked of its product at most so many may be bought at once.
    Over(i32),
    /// At least so many are to be bought at once.
    Under(i32),
}

impl Supply {
    pub const fn is_enough(self) -> bool {
        matches!(self, Self::Enough | Self::Last(_))
    }
}

/// A voucher code that was typed or chosen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CodeView {
    pub code: String,
    /// None where it is the platform's.
    pub shop: Option<ShopId>,
    /// What it takes off now; nothing where it is refused.
    pub off: Option<Money>,
    pub refused: Option<CodeRefusal>,
}

crate::named!(
    /// Why a voucher does not apply.
    CodeReason {
        Unknown = "unknown",
        NotYet = "not_yet",
        Expired = "expired",
        UsedUp = "used_up",
        /// What is left of the money set aside for it does not reach.
        BudgetSpent = "budget_spent",
        /// This person has used it as often as anyone may.
        LimitReached = "limit_reached",
        /// The goods it is for come to too little; `missing` says how much more it takes.
        MinSpend = "min_spend",
        /// It takes more pieces of one thing; `pieces` says how many more.
        MinQuantity = "min_quantity",
        /// Nothing is bought of the shop that gives it.
        WrongShop = "wrong_shop",
        NoMatchingGoods = "no_matching_goods",
        FirstOrderOnly = "first_order_only",
        /// It is for other ways to pay; `methods` says which.
        WrongMethod = "wrong_method",
        /// It is for members who have bought as much as `least` says.
        MembersOnly = "members_only",
        /// Another voucher of its kind applies already.
        DoesNotStack = "does_not_stack",
    }
);

/// The reason, and what would change it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CodeRefusal {
    pub reason: CodeReason,
    pub missing: Option<Money>,
    pub pieces: Option<i32>,
    pub methods: Vec<Method>,
    pub least: Option<MemberTier>,
}

impl From<CodeReason> for CodeRefusal {
    fn from(reason: CodeReason) -> Self {
        Self { reason, missing: None, pieces: None, methods: Vec::new(), least: None }
    }
}

/// A voucher that can be had.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VoucherOffer {
    pub code: String,
    /// The shop that gives it; none where it is the platform's.
    pub shop: Option<(Slug, String)>,
    pub deal: Deal,
    pub min_spend: Option<Money>,
    /// Unix seconds.
    pub until: Option<i64>,
    /// What it would take off this cart; none where there is no cart to look at.
    pub off: Option<Money>,
}

/// What a voucher gives.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deal {
    Off(Money),
    /// Basis points, and at most so much.
    Percent(u16, Option<Money>),
    /// Shipping is free up to so much.
    Shipping(Money),
    /// Buy so many, get so many free.
    BuyGet(i32, i32),
}

/// What is to be paid, and what it is made of: the rows add up to the total.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Summary {
    pub rows: Vec<SummaryRow>,
    pub total: Money,
    /// Ticked pieces.
    pub pieces: u32,
    /// By how much all discounts together lower the total; never negative.
    pub saved: Money,
}

impl Default for Summary {
    fn default() -> Self {
        let zero = Money::zero(Currency::Idr);
        Self { rows: Vec::new(), total: zero, pieces: 0, saved: zero }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SummaryRow {
    pub of: SummaryPart,
    /// Negative where it is taken off.
    pub amount: Money,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryPart {
    /// At list prices.
    Goods,
    Wholesale,
    Scheduled,
    FlashSale,
    /// A discount that needs no code.
    Promotion,
    ShopVoucher(String),
    PlatformVoucher(String),
    Shipping,
    ShippingVoucher(String),
    Insurance,
    /// What the way of paying costs.
    Fee,
    Coins,
    /// Taxes that prices do not include.
    Tax,
}

impl SummaryPart {
    /// Whether it is in the price of a line already: the others are written below the lines.
    pub const fn is_in_lines(&self) -> bool {
        matches!(self, Self::Goods | Self::Wholesale | Self::Scheduled | Self::FlashSale)
    }
}

/// The one page on which everything about an order is decided.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CheckoutView {
    /// Signed in; a guest is asked for e-mail and telephone.
    pub member: bool,
    pub email: String,
    pub phone: String,
    /// A member's book.
    pub addresses: Vec<Address>,
    /// Where it goes.
    pub address: Option<Address>,
    pub shops: Vec<CheckoutShop>,
    pub codes: Vec<CodeView>,
    pub offers: Vec<VoucherOffer>,
    /// So much less is paid with the vouchers that save the most together; none where these are in the cart.
    pub best: Option<Money>,
    /// None for who has none.
    pub coins: Option<CoinOffer>,
    pub methods: Vec<MethodOffer>,
    pub method: Option<Method>,
    pub summary: Summary,
    /// Not shown before the button, but needed: nothing where it can be placed.
    pub missing: Vec<Missing>,
    /// What has changed since it was last looked at, where placing was refused for that.
    pub changes: Vec<Change>,
    /// Names this placing: pressed twice, it places once.
    pub key: String,
}

/// A member's coins, each worth a rupiah.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoinOffer {
    pub there: i64,
    /// This order can take so many of them.
    pub most: i64,
    /// They are to be spent.
    pub on: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CheckoutShop {
    pub id: ShopId,
    pub slug: Slug,
    pub name: String,
    pub city: String,
    pub items: Vec<CartItem>,
    /// Ways to send it, the cheapest first. Empty before there is an address, or where nobody goes.
    pub offers: Vec<ShippingOffer>,
    /// Which of them.
    pub chosen: Option<u16>,
    /// Couriers who may go there as well did not say in time what they take.
    pub silent: bool,
    pub insured: bool,
    pub note: String,
    /// Goods and shipping after discounts.
    pub total: Money,
}

impl CheckoutShop {
    /// What is shown of its parcel; nothing where nobody brings it.
    pub fn shown(&self) -> Option<ShownWay> {
        let offer = self.offers.get(usize::from(self.chosen?))?;
        Some(ShownWay::of(self.id, offer))
    }

    /// The same of all of them, as a form says it.
    pub fn ships(shops: &[Self]) -> String {
        let shown = shops.iter().filter_map(|shop| Some(shop.shown()?.to_string()));
        shown.collect::<Vec<_>>().join(",")
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShippingOffer {
    pub courier: String,
    pub courier_name: String,
    pub service: Service,
    pub fee: Money,
    /// What insuring costs.
    pub insurance: Money,
    /// The days on which it may arrive: `2026-12-01`.
    pub arrives_from: String,
    pub arrives_until: String,
    /// Whether cash is taken on delivery.
    pub cod: bool,
    /// Where it waits; none where it comes to the door.
    pub counter: Option<Counter>,
}

/// A counter of a courier's, at which parcels wait for those they are for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Counter {
    pub id: PickupPointId,
    pub name: String,
    pub street: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MethodOffer {
    pub method: Method,
    /// Added to the total.
    pub fee: Money,
    pub refused: Option<MethodReason>,
}

crate::named!(
    /// Why a way to pay cannot be chosen.
    MethodReason {
        /// The sum is above what is taken this way.
        TooMuch = "too_much",
        TooLittle = "too_little",
        /// A courier that was chosen takes no cash.
        Courier = "courier",
        /// Parcels were not taken at the door before.
        Blocked = "blocked",
        /// No shop of the buyer's own has as much.
        Balance = "balance",
    }
);

crate::named!(
    /// What is still to be said before an order can be placed.
    Missing { Goods = "goods", Contact = "contact", Address = "address", Courier = "courier", Method = "method" }
);

/// What has changed under the shopper. Nothing was placed; they look at it and decide.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Name, before, now.
    Price(String, Money, Money),
    /// Name, and how many are left.
    Stock(String, i32),
    Voucher(String, CodeRefusal),
    /// A shop's name, before, now.
    Shipping(String, Money, Money),
    /// A shop's name, who would have brought it and who would now.
    Courier(String, Sending, Sending),
    /// A shop's name, and the first and last day on which it may arrive, before and now: `2026-12-01`.
    Arrival(String, (String, String), (String, String)),
    /// A shop's name: couriers were asked anew about its parcel.
    Asked(String),
    /// What was shown and what it is.
    Total(Money, Money),
}

/// Who brings a parcel, by the names people know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sending {
    pub courier: String,
    pub service: Service,
    /// The counter at which it waits, if it does; empty for one that is not there any more.
    pub counter: Option<String>,
}

/// The page on which somebody pays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaymentView {
    pub id: PaymentId,
    pub group: OrderGroupId,
    pub state: PaymentState,
    pub group_state: GroupState,
    pub method: Method,
    pub amount: Money,
    /// The same without what this way to pay costs: any other costs its own fee on top of it.
    pub before_fee: Money,
    /// Unix seconds.
    pub due_at: i64,
    /// When this was read, so that the countdown goes by the server's clock.
    pub now: i64,
    /// None while the provider is being asked, and for cash on delivery.
    pub instructions: Option<Instructions>,
    /// The provider could not be reached; another way to pay can be chosen.
    pub unreachable: bool,
    /// Other ways to pay, while that is possible.
    pub others: Vec<MethodOffer>,
    pub orders: Vec<OrderRef>,
    /// Money that came too late or twice goes back: so much.
    pub given_back: Money,
}

/// What to do to pay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instructions {
    /// A number to transfer to.
    VirtualAccount(String),
    /// A picture to scan, as the outline of its dark squares within `0 0 size size`, and what it says.
    Qr(QrPicture),
    /// A code to say at the counter.
    RetailCode(String),
    /// The provider's own page.
    Redirect(String),
    /// What a shop of one's own has earned.
    Balance(Purses),
}

/// Shops whose money pays, and whether whoever pays has just proved who they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Purses {
    pub shops: Vec<Purse>,
    pub fresh: bool,
}

/// A shop of one's own, and what may be taken out of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Purse {
    pub slug: String,
    pub name: String,
    pub available: Money,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct QrPicture {
    pub payload: String,
    pub size: u16,
    pub path: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderRef {
    pub id: OrderId,
    pub number: String,
    pub shop: String,
}

/// What the head of every page says of the cart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CartCount {
    pub lines: u32,
}
