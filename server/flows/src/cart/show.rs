//! A priced cart in the words of pages: lines, summaries, vouchers.

use super::price::{Priced, basket_line};
use cart::Line;
use model::{
    Money,
    ids::Uuid,
    order::Funder,
    pricing::{Refusal, Source},
    views::{
        CartItem, CodeReason, CodeRefusal, CodeView, Summary, SummaryPart, SummaryRow, Supply, VoucherOffer,
    },
};
use pricing::{QuotedLine, Voucher};
use std::collections::HashMap;
use views::goods::Good;

/// Fewer than this many pieces are worth saying so.
const FEW: i32 = 10;

/// What is known of a line that is sold.
pub(crate) fn item(priced: &Priced, line: &Line, good: &Good) -> CartItem {
    let left = priced.supply.get(&line.variant).copied().unwrap_or_default();
    let (unit, flash) = unit(priced, line, good);
    let most = good.max_qty.unwrap_or(cart::limits::MOST_PIECES);
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
        min: good.min_qty,
        max: most.min(left.max(good.min_qty)),
        unit,
        list: list.or_else(|| (good.price.amount() > unit.amount()).then_some(good.price)),
        was: (line.price_seen != unit).then_some(line.price_seen),
        flash_until: flash
            .then(|| priced.flash.get(&line.variant).map(|it| it.ends_at.unix_timestamp()))
            .flatten(),
        gross: Money::new(unit.amount().saturating_mul(line.quantity.get().into()), unit.currency()),
        supply: supply(good, line.quantity.get(), left),
        note: line.note.as_str().to_owned(),
        ticked: line.ticked,
    }
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
    let mut basket = priced.basket.clone();
    basket.vouchers.clear();
    basket.shipping.clear();
    basket.lines = vec![basket_line(line, good, priced.flash.get(&line.variant), None)];
    let quoted = pricing::quote(&basket).ok().and_then(|quote| quote.lines.into_iter().next());
    quoted.map_or((good.price, false), |quoted| (quoted.unit, quoted.flash.is_some()))
}

const fn supply(good: &Good, wanted: i32, left: i32) -> Supply {
    if !good.on_sale {
        Supply::Gone
    } else if left <= 0 {
        Supply::SoldOut
    } else if left < wanted {
        Supply::Short(left)
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

fn part(source: &Source, funder: Funder) -> SummaryPart {
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

/// Vouchers that would apply to what is ticked and are not in the cart, those that save the most first. Which of them go
/// best together is worked out by [`pricing::best`].
pub(crate) fn offers(
    priced: &Priced,
    candidates: Vec<Voucher>,
    shops: &HashMap<model::ids::ShopId, (model::Slug, String)>,
) -> Vec<VoucherOffer> {
    let typed: Vec<Uuid> =
        priced.codes.iter().filter_map(|(_, voucher)| Some(voucher.as_ref()?.id.uuid())).collect();
    let fresh: Vec<Voucher> =
        candidates.into_iter().filter(|voucher| !typed.contains(&voucher.id.uuid())).collect();
    let best = pricing::best(&priced.basket, &fresh).unwrap_or_default();
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
