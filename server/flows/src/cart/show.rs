//! A priced cart in the words of pages: lines, summaries, vouchers.

use super::{
    price::{Priced, basket_line},
    why::why,
};
use cart::Line;
use model::{
    Money,
    ids::{CartLineId, Uuid, VoucherId},
    order::Funder,
    pricing::{Refusal, Source},
    views::{
        CartItem, CodeReason, CodeRefusal, CodeView, Summary, SummaryPart, SummaryRow, Supply, VoucherOffer,
    },
};
use pricing::{Basket, QuotedLine, Voucher};
use std::collections::HashMap;
use views::goods::Good;

/// Fewer than this many pieces are worth saying so.
const FEW: i32 = 10;

/// What is known of a line that is sold.
pub(crate) fn item(priced: &Priced, line: &Line, good: &Good) -> CartItem {
    let left = priced.supply.get(&line.variant).copied().unwrap_or_default();
    let (unit, flash) = unit(priced, line, good);
    let (min, most) = bounds(priced, line, good);
    let list = good.list_price.filter(|list| list.amount() > unit.amount());
    CartItem {
        id: line.id,
        product: good.product,
        variant: line.variant,
        slug: good.slug.clone(),
        sku: good.sku.clone(),
        name: good.name.clone(),
        label: good.label.clone(),
        picture: good.picture.clone(),
        quantity: line.quantity.get(),
        min,
        max: most.min(left.max(min)),
        unit,
        list: list.or_else(|| (good.price.amount() > unit.amount()).then_some(good.price)),
        was: (line.price_seen != unit).then_some(line.price_seen),
        flash_until: flash
            .then(|| priced.flash.get(&line.variant).map(|it| it.ends_at.unix_timestamp()))
            .flatten(),
        gross: Money::new(unit.amount().saturating_mul(line.quantity.get().into()), unit.currency()),
        supply: supply(priced, line, good, left),
        note: line.note.as_str().to_owned(),
        ticked: line.ticked,
        why: why(priced, line),
    }
}

/// How many pieces of this line may be bought with the other lines of its product.
fn bounds(priced: &Priced, line: &Line, good: &Good) -> (i32, i32) {
    let of = |it: &&Line| priced.goods.get(&it.variant).is_some_and(|it| it.product == good.product);
    let beside = priced.lines.iter().filter(|it| it.id != line.id && !it.saved_for_later);
    let others = beside.filter(of).fold(0, |sum: i32, it| sum.saturating_add(it.quantity.get()));
    let least = good.min_qty.saturating_sub(others).max(1);
    let most = good.max_qty.map_or(cart::limits::MOST_PIECES, |most| most.saturating_sub(others));
    (least, most.max(least))
}

/// What a piece of a line costs now, and whether that is the price of a flash sale.
pub(crate) fn unit(priced: &Priced, line: &Line, good: &Good) -> (Money, bool) {
    let quoted = priced.quote.lines.iter().find(|quoted| quoted.id == line.id.uuid());
    match quoted {
        Some(QuotedLine { unit, flash, .. }) => (*unit, flash.is_some()),
        None => alone(priced, line, good),
    }
}

/// What a piece costs of a line that is not checked out with the others.
fn alone(priced: &Priced, line: &Line, good: &Good) -> (Money, bool) {
    let quoted = bare(priced, vec![priced_line(priced, line, good)]).into_iter().next();
    quoted.map_or((good.price, false), |quoted| (quoted.unit, quoted.flash.is_some()))
}

fn priced_line(priced: &Priced, line: &Line, good: &Good) -> pricing::Line {
    let variant = &line.variant;
    basket_line(line, good, priced.flash.get(variant), priced.scheduled.get(variant))
}

/// Lines by themselves, without vouchers and the like.
fn bare(priced: &Priced, lines: Vec<pricing::Line>) -> Vec<QuotedLine> {
    let basket = Basket {
        now: priced.basket.now,
        currency: priced.basket.currency,
        buyer: priced.basket.buyer,
        method: None,
        lines,
        shipping: Vec::new(),
        vouchers: Vec::new(),
        coins: 0,
    };
    pricing::quote(&basket).map_or_else(|_| Vec::new(), |quote| quote.lines)
}

/// What a piece of each of these lines costs, were they the lines of this cart: those that are ticked together, the
/// others alone.
pub(crate) fn units(priced: &Priced, lines: &[Line]) -> HashMap<CartLineId, Money> {
    let known = lines.iter().filter_map(|line| Some((line, priced.goods.get(&line.variant)?)));
    let (together, apart): (Vec<_>, Vec<_>) = known.partition(|(line, good)| line.ticked && good.on_sale);
    let together =
        bare(priced, together.iter().map(|(line, good)| priced_line(priced, line, good)).collect());
    let mut units: HashMap<CartLineId, Money> =
        together.into_iter().map(|quoted| (quoted.id.into(), quoted.unit)).collect();
    units.extend(apart.into_iter().map(|(line, good)| (line.id, alone(priced, line, good).0)));
    units
}

fn supply(priced: &Priced, line: &Line, good: &Good, left: i32) -> Supply {
    let ticked = if line.ticked { priced.pieces(good.product) } else { 0 };
    if !good.on_sale {
        Supply::Gone
    } else if left <= 0 {
        Supply::SoldOut
    } else if left < line.quantity.get() {
        Supply::Short(left)
    } else if line.ticked && ticked < i64::from(good.min_qty) {
        Supply::Under(good.min_qty)
    } else if let Some(most) = good.max_qty.filter(|most| ticked > i64::from(*most)) {
        Supply::Over(most)
    } else if left < FEW {
        Supply::Last(left)
    } else {
        Supply::Enough
    }
}

/// A line whose product is gone altogether has no row of its own any more; all others have.
pub(crate) fn items(priced: &Priced, wanted: impl Fn(&Line) -> bool) -> Vec<(CartItem, &Good)> {
    let shown = priced.lines.iter().filter(|line| wanted(line));
    shown
        .filter_map(|line| {
            let good = priced.goods.get(&line.variant)?;
            Some((item(priced, line, good), good))
        })
        .collect()
}

/// What is to be paid, and what it is made of. With `shipping`, of everything; else of the goods alone.
pub(crate) fn summary(priced: &Priced, shipping: bool) -> Summary {
    let currency = priced.cart.currency;
    let quote = &priced.quote;
    let goods: i64 = quote.lines.iter().map(|line| line.gross_before.amount()).fold(0, i64::saturating_add);
    let mut rows: Vec<(SummaryPart, i64)> = vec![(SummaryPart::Goods, goods)];
    let mut shipping_off = Vec::new();
    let mut saved = 0i64;
    for step in &quote.adjustments {
        let part = part(&step.source, step.funder);
        saved = saved.saturating_add(step.amount.amount());
        let into =
            if matches!(part, SummaryPart::ShippingVoucher(_)) { &mut shipping_off } else { &mut rows };
        match into.iter_mut().find(|(there, _)| *there == part) {
            Some((_, sum)) => *sum -= step.amount.amount(),
            None => into.push((part, -step.amount.amount())),
        }
    }
    rows.push((SummaryPart::Tax, quote.tax_added.amount()));
    let mut total = quote.total;
    if shipping {
        let fees = quote.shops.iter().map(|shop| shop.shipping.fee.amount()).fold(0, i64::saturating_add);
        rows.push((SummaryPart::Shipping, fees));
        rows.append(&mut shipping_off);
        let insurance = priced.insurance().map_or(0, Money::amount);
        rows.push((SummaryPart::Insurance, insurance));
        rows.push((SummaryPart::Fee, priced.fee().amount()));
        total = priced.total().unwrap_or(total);
    }
    let shown = |(of, amount): (SummaryPart, i64)| {
        let always = matches!(of, SummaryPart::Goods | SummaryPart::Shipping);
        (always || amount != 0).then(|| SummaryRow { of, amount: Money::new(amount, currency) })
    };
    let pieces: i64 = quote.lines.iter().map(|line| i64::from(line.quantity.get())).sum();
    Summary {
        rows: rows.into_iter().filter_map(shown).collect(),
        total,
        pieces: u32::try_from(pieces).unwrap_or(u32::MAX),
        saved: Money::new(saved, currency),
    }
}

pub(super) fn part(source: &Source, funder: Funder) -> SummaryPart {
    let code = |voucher: &model::pricing::VoucherRef| {
        voucher.code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default()
    };
    match source {
        Source::Tier { .. } => SummaryPart::Wholesale,
        Source::Schedule => SummaryPart::Scheduled,
        Source::Flash(_) => SummaryPart::FlashSale,
        Source::Coins => SummaryPart::Coins,
        Source::ShippingVoucher(voucher) => SummaryPart::ShippingVoucher(code(voucher)),
        Source::Voucher(voucher) | Source::BuyXGetY { voucher, .. } if voucher.code.is_none() => {
            SummaryPart::Promotion
        }
        Source::Voucher(voucher) | Source::BuyXGetY { voucher, .. } => match funder {
            Funder::Shop => SummaryPart::ShopVoucher(code(voucher)),
            Funder::Platform => SummaryPart::PlatformVoucher(code(voucher)),
        },
    }
}

/// As it is stored with an order: a name that does not change, and what its words need.
pub(crate) fn stored(source: &Source) -> (&'static str, String) {
    let named = |voucher: &model::pricing::VoucherRef| {
        voucher.code.as_ref().map_or_else(|| voucher.name.clone(), |code| code.as_str().to_owned())
    };
    match source {
        Source::Tier { .. } => ("tier", String::new()),
        Source::Schedule => ("schedule", String::new()),
        Source::Flash(_) => ("flash", String::new()),
        Source::Coins => ("coins", String::new()),
        Source::ShippingVoucher(voucher) => ("shipping_voucher", named(voucher)),
        Source::Voucher(voucher) | Source::BuyXGetY { voucher, .. } if voucher.code.is_none() => {
            ("promotion", named(voucher))
        }
        Source::Voucher(voucher) | Source::BuyXGetY { voucher, .. } => ("voucher", named(voucher)),
    }
}

pub(crate) fn codes(priced: &Priced) -> Vec<CodeView> {
    let view = |(code, voucher): &(cart::VoucherCode, Option<Voucher>)| CodeView {
        code: code.as_str().to_owned(),
        shop: voucher.as_ref().and_then(|voucher| voucher.scope.shop()),
        off: voucher.as_ref().and_then(|voucher| priced.off(voucher.id)),
        refused: priced.refusal(voucher.as_ref()).map(|why| refusal(&why)),
    };
    priced.codes.iter().map(view).collect()
}

pub(crate) fn refusal(why: &Refusal) -> CodeRefusal {
    let reason = match why {
        Refusal::Unknown => CodeReason::Unknown,
        Refusal::NotYet => CodeReason::NotYet,
        Refusal::Expired => CodeReason::Expired,
        Refusal::UsedUp => CodeReason::UsedUp,
        Refusal::BudgetSpent => CodeReason::BudgetSpent,
        Refusal::LimitReached => CodeReason::LimitReached,
        Refusal::MinSpend { .. } => CodeReason::MinSpend,
        Refusal::MinQuantity { .. } => CodeReason::MinQuantity,
        Refusal::WrongShop => CodeReason::WrongShop,
        Refusal::NoMatchingGoods => CodeReason::NoMatchingGoods,
        Refusal::FirstOrderOnly => CodeReason::FirstOrderOnly,
        Refusal::WrongMethod { .. } => CodeReason::WrongMethod,
        Refusal::MembersOnly { .. } => CodeReason::MembersOnly,
        Refusal::DoesNotStack => CodeReason::DoesNotStack,
    };
    let mut refusal = CodeRefusal::from(reason);
    match why {
        Refusal::MinSpend { missing } => refusal.missing = Some(*missing),
        Refusal::MinQuantity { missing } => refusal.pieces = Some(*missing),
        Refusal::WrongMethod { allowed } => refusal.methods.clone_from(allowed),
        Refusal::MembersOnly { least } => refusal.least = Some(*least),
        _ => {}
    }
    refusal
}

/// Vouchers that would apply to what is ticked and are not in the cart: those that go `best` together first, then those
/// that save the most.
pub(crate) fn offers(
    priced: &Priced,
    candidates: Vec<Voucher>,
    best: &[VoucherId],
    shops: &HashMap<model::ids::ShopId, (model::Slug, String)>,
) -> Vec<VoucherOffer> {
    let typed: Vec<Uuid> =
        priced.codes.iter().filter_map(|(_, voucher)| Some(voucher.as_ref()?.id.uuid())).collect();
    let fresh: Vec<Voucher> =
        candidates.into_iter().filter(|voucher| !typed.contains(&voucher.id.uuid())).collect();
    let before = priced.quote.total.amount();
    let mut offers: Vec<(bool, i64, VoucherOffer)> = fresh
        .into_iter()
        .filter_map(|voucher| {
            let mut basket = priced.basket.clone();
            basket.vouchers.push(voucher.clone());
            let off = before - pricing::quote(&basket).ok()?.total.amount();
            let good = best.contains(&voucher.id);
            (off > 0).then(|| {
                let mut offer = offer(&voucher, shops);
                offer.off = Some(Money::new(off, priced.cart.currency));
                (good, off, offer)
            })
        })
        .collect();
    offers.sort_by_key(|(good, off, _)| (!good, -off));
    offers.into_iter().map(|(_, _, offer)| offer).collect()
}

pub(crate) fn offer(
    voucher: &Voucher,
    shops: &HashMap<model::ids::ShopId, (model::Slug, String)>,
) -> VoucherOffer {
    VoucherOffer {
        code: voucher.code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
        shop: voucher.scope.shop().and_then(|shop| shops.get(&shop).cloned()),
        deal: voucher.kind.into(),
        min_spend: voucher.conditions.min_spend,
        until: voucher.until.map(time::OffsetDateTime::unix_timestamp),
        off: None,
    }
}
