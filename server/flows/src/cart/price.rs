//! A cart with everything its price depends on, read at one moment. What the cart and the checkout show and what is
//! placed are priced here and nowhere else.

use super::{
    holder, methods,
    ship::{self, Shipped},
};
use cart::{Cart, Contents, Line, News, VoucherCode, store};
use inventory::Shelves;
use kernel::{Buyer, Cx};
use model::{
    Currency, Money, MoneyError,
    ids::{AccountId, ProductId, ShopId, VariantId, VoucherId},
    payment::Method,
    pricing::{MemberTier, Refusal},
};
use pricing::{Basket, FlashPrice, Quote, QuoteError, ScheduledPrice, Shipping, Tax, Tier, Voucher};
use sqlx::PgConnection;
use std::collections::HashMap;
use views::goods::Good;

/// Prices contain the tax; what a shop owes of it is the shop's own matter until shops say how they are taxed.
const fn tax() -> Tax {
    Tax::none()
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum PriceError {
    #[error(transparent)]
    Quote(#[from] QuoteError),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PriceError> for sqlx::Error {
    /// A basket that cannot be priced holds a price or quantity that should not have got into the database.
    fn from(error: PriceError) -> Self {
        match error {
            PriceError::Database(error) => error,
            error => Self::Decode(error.into()),
        }
    }
}

/// What vouchers and flash sales count a buyer by.
pub(crate) fn buyer_key(buyer: &Buyer, cart: &Cart) -> String {
    match (buyer, &cart.reach.email) {
        (Buyer::Member(account), _) => member_key(*account),
        // A guest comes back under another token, but not so easily under another address.
        (Buyer::Guest(_), Some(email)) => format!("guest:{email}"),
        (Buyer::Guest(_), None) => format!("guest:{}", buyer.uuid()),
    }
}

/// The same of a member.
pub(crate) fn member_key(account: AccountId) -> String {
    account.to_string()
}

pub(crate) struct Priced {
    pub cart: Cart,
    pub lines: Vec<Line>,
    pub goods: HashMap<VariantId, Good>,
    pub supply: HashMap<VariantId, i32>,
    pub flash: HashMap<VariantId, FlashPrice>,
    pub scheduled: HashMap<VariantId, ScheduledPrice>,
    pub news: News,
    /// Only what is ticked and on sale.
    pub basket: Basket,
    pub quote: Quote,
    /// What was typed, and which voucher it is.
    pub codes: Vec<(VoucherCode, Option<Voucher>)>,
    /// One for each shop that something ticked comes from, in the order of the cart.
    pub shipped: Vec<Shipped>,
    /// A member's coins, where they are looked at.
    pub coins: Coins,
    pub buyer_key: String,
}

/// What a member has in coins, and how many of them this cart could take.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Coins {
    pub there: i64,
    pub most: i64,
}

impl Priced {
    /// Lines that go into the order.
    pub fn ticked(&self) -> impl Iterator<Item = (&Line, &Good)> {
        self.lines
            .iter()
            .filter(|line| line.ticked)
            .filter_map(|line| Some((line, self.goods.get(&line.variant).filter(|good| good.on_sale)?)))
    }

    /// How many pieces of this product are ticked, in all its variants.
    pub fn pieces(&self, product: ProductId) -> i64 {
        let of = self.ticked().filter(|(_, good)| good.product == product);
        of.map(|(line, _)| i64::from(line.quantity.get())).sum()
    }

    /// A product of which fewer or more are ticked than are sold at once.
    pub fn out_of_bounds(&self) -> Option<&Good> {
        self.ticked().map(|(_, good)| good).find(|good| !good.sells(self.pieces(good.product)))
    }

    pub fn insurance(&self) -> Result<Money, MoneyError> {
        let zero = Money::zero(self.cart.currency);
        self.shipped.iter().try_fold(zero, |sum, shop| sum.plus(shop.insurance_paid()))
    }

    /// Goods, shipping and insurance, without what the way of paying costs.
    pub fn before_fee(&self) -> Result<Money, MoneyError> {
        self.quote.total.plus(self.insurance()?)
    }

    pub fn fee(&self) -> Money {
        self.cart.method.map_or(Money::zero(self.cart.currency), methods::fee)
    }

    pub fn total(&self) -> Result<Money, MoneyError> {
        self.before_fee()?.plus(self.fee())
    }

    /// Whether every courier that was chosen takes cash on delivery.
    pub fn takes_cash(&self) -> bool {
        !self.shipped.is_empty()
            && self.shipped.iter().all(|shop| shop.offer().is_some_and(|offer| offer.cod))
    }

    /// Why a typed code does not apply; none where it does.
    pub fn refusal(&self, voucher: Option<&Voucher>) -> Option<Refusal> {
        let Some(voucher) = voucher else { return Some(Refusal::Unknown) };
        self.quote.refused.iter().find(|(id, _)| *id == voucher.id).map(|(_, why)| why.clone())
    }

    pub fn off(&self, voucher: VoucherId) -> Option<Money> {
        self.quote.applied.iter().find(|it| it.voucher.id == voucher).map(|it| it.amount)
    }
}

/// How far a price is worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// Goods and vouchers.
    Goods,
    /// Couriers and coins as well.
    Shipping,
}

/// Nothing where this buyer has no cart. `method` stands in for the one that was chosen.
pub(crate) async fn load(
    cx: &Cx,
    db: &mut PgConnection,
    buyer: &Buyer,
    reach: Reach,
    method: Option<Method>,
) -> Result<Option<Priced>, PriceError> {
    let now = cx.now();
    let Some(Contents { mut cart, lines, codes, choices, news }) =
        store::contents(db, &holder(buyer)).await?
    else {
        return Ok(None);
    };
    cart.method = method.or(cart.method);
    let key = buyer_key(buyer, &cart);
    let variants: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
    let (mut goods, mut supply, mut flash, mut scheduled) = Default::default();
    let mut shelves = Shelves::default();
    if !variants.is_empty() {
        goods = views::goods::goods(db, &variants).await?;
        let there = match reach {
            Reach::Goods => inventory::store::available(db, &variants).await?,
            Reach::Shipping => {
                shelves = inventory::store::shelves(db, &variants).await?;
                variants.iter().map(|variant| (*variant, shelves.available(*variant))).collect()
            }
        };
        supply = there.into_iter().map(|(id, there)| (id, there.sellable.max(0))).collect();
        let asked: Vec<VariantId> =
            goods.values().filter(|good| good.scheduled).map(|good| good.variant).collect();
        if !asked.is_empty() {
            flash = pricing::store::flash_prices(db, &asked, Some(&key), now).await?;
            scheduled = pricing::store::scheduled_prices(db, &asked, now).await?;
        }
    }

    let sold: Vec<&Line> = lines
        .iter()
        .filter(|line| line.ticked && goods.get(&line.variant).is_some_and(|good| good.on_sale))
        .collect();
    let mut shops: Vec<ShopId> = Vec::new();
    for line in &sold {
        if let Some(good) = goods.get(&line.variant)
            && !shops.contains(&good.shop.id)
        {
            shops.push(good.shop.id);
        }
    }
    let codes = with_vouchers(db, codes, &key).await?;
    let mut vouchers = match shops.as_slice() {
        [] => vec![],
        shops => pricing::store::list_automatic(db, shops, Some(&key), now).await?,
    };
    vouchers.extend(codes.iter().filter_map(|(_, voucher)| voucher.clone()));
    let first_order = first_order(db, buyer, &cart, &vouchers).await?;
    let member_tier = member_tier(db, buyer.account(), &vouchers).await?;

    let basket_lines = sold.iter().filter_map(|line| {
        let good = goods.get(&line.variant)?;
        Some(basket_line(line, good, flash.get(&line.variant), scheduled.get(&line.variant)))
    });
    let mut basket = Basket {
        now,
        currency: cart.currency,
        buyer: pricing::Buyer { account: buyer.account(), first_order, member_tier },
        method: cart.method,
        lines: basket_lines.collect(),
        shipping: Vec::new(),
        vouchers,
        coins: 0,
    };
    let (mut shipped, mut coins) = (Vec::new(), Coins::default());
    if reach == Reach::Shipping {
        let quote = pricing::quote(&basket)?;
        coins = look_at_coins(db, buyer, &quote, now).await?;
        basket.coins = if cart.use_coins { coins.most } else { 0 };
        shipped = ship::load(cx, db, buyer, &cart, &choices, &sold, &goods, &shops, &shelves, &quote).await?;
        basket.shipping = shipped.iter().filter_map(Shipped::fee).collect();
    }
    let quote = pricing::quote(&basket)?;
    Ok(Some(Priced {
        cart,
        lines,
        goods,
        supply,
        flash,
        scheduled,
        news,
        basket,
        quote,
        codes,
        shipped,
        coins,
        buyer_key: key,
    }))
}

/// Whether it would be a buyer's first order; looked up where one of these vouchers asks for it.
pub(crate) async fn first_order(
    db: &mut PgConnection,
    buyer: &Buyer,
    cart: &Cart,
    vouchers: &[Voucher],
) -> Result<bool, sqlx::Error> {
    let asks = vouchers.iter().any(|voucher| voucher.conditions.first_order_only);
    Ok(asks && !views::orders::has_ordered(db, buyer, cart.reach.email.as_ref()).await?)
}

/// A member's tier; looked up where one of these vouchers asks for it.
pub(crate) async fn member_tier(
    db: &mut PgConnection,
    account: Option<AccountId>,
    vouchers: &[Voucher],
) -> Result<MemberTier, sqlx::Error> {
    let asks = vouchers.iter().any(|voucher| voucher.conditions.member_tier.is_some());
    match account.filter(|_| asks) {
        Some(account) => Ok(order::store::standing_of(db, account).await?.0),
        None => Ok(MemberTier::Regular),
    }
}

/// Coins are for members, and pay for a part of what goods cost after everything else.
async fn look_at_coins(
    db: &mut PgConnection,
    buyer: &Buyer,
    quote: &Quote,
    now: time::OffsetDateTime,
) -> Result<Coins, PriceError> {
    let Some(account) = buyer.account().filter(|_| quote.total.currency() == Currency::Idr) else {
        return Ok(Coins::default());
    };
    let purse = coin::store::purse(db, account, now).await?;
    let zero = Money::zero(quote.total.currency());
    let goods = quote.shops.iter().try_fold(zero, |sum, shop| sum.plus(shop.goods))?;
    let most = purse.policy.most(goods.amount()).min(purse.spendable);
    Ok(Coins { there: purse.spendable, most })
}

/// What was typed, each with the voucher it is the code of.
async fn with_vouchers(
    db: &mut PgConnection,
    codes: Vec<VoucherCode>,
    buyer_key: &str,
) -> Result<Vec<(VoucherCode, Option<Voucher>)>, sqlx::Error> {
    let typed: Vec<_> = codes.iter().filter_map(|code| code.as_str().try_into().ok()).collect();
    if typed.is_empty() {
        return Ok(codes.into_iter().map(|code| (code, None)).collect());
    }
    let vouchers = pricing::store::list_by_codes(db, &typed, Some(buyer_key)).await?;
    let of = |code: &VoucherCode| {
        let it = vouchers.iter().find(|it| it.code.as_ref().is_some_and(|it| it.as_str() == code.as_str()));
        it.cloned()
    };
    Ok(codes.into_iter().map(|code| (of(&code), code)).map(|(voucher, code)| (code, voucher)).collect())
}

pub(crate) fn basket_line(
    line: &Line,
    good: &Good,
    flash: Option<&FlashPrice>,
    scheduled: Option<&ScheduledPrice>,
) -> pricing::Line {
    let tier = |(from, price): &(i32, Money)| {
        Some(Tier { min_qty: model::Qty::try_from(*from).ok()?, price: *price })
    };
    pricing::Line {
        id: line.id.uuid(),
        shop: good.shop.id,
        product: good.product,
        variant: good.variant,
        categories: good.categories.clone(),
        quantity: line.quantity,
        list: good.price,
        tiers: good.tiers.iter().filter_map(tier).collect(),
        scheduled: scheduled.copied(),
        flash: flash.copied(),
        tax: tax(),
    }
}

pub(crate) fn shipping_of(shop: ShopId, fee: Money) -> Shipping {
    Shipping { shop, fee, tax: tax() }
}
