//! A voucher as it is typed, made fit to be given out.

use crate::{Conditions, Kind, NewVoucher, Scope, ShippingOff};
use model::{
    BasisPoints, FieldError, Money, Qty,
    ids::{CategoryId, ProductId, ShopId, VoucherId},
    order::Funder,
    pricing::{MemberTier, VoucherCode},
    shop::{VoucherInput, VoucherKind, limits},
    typed::{self, Problems},
};
use time::{
    Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, macros::format_description, macros::offset,
};

/// What is said of a voucher. It always has a code, and whoever gives it out always pays for it.
#[derive(Clone, PartialEq, Debug)]
pub struct Terms {
    pub code: VoucherCode,
    pub name: String,
    pub kind: Kind,
    pub min_spend: Option<Money>,
    /// The least tier of members it is for; anybody's without.
    pub tier: Option<MemberTier>,
    /// Of which products these are, its shop's catalogue says; none for all.
    pub skus: Vec<String>,
    pub categories: Vec<CategoryId>,
    pub quota: Option<i32>,
    pub budget: Option<Money>,
    pub per_person: Option<i32>,
    pub from: OffsetDateTime,
    /// It ends just before.
    pub until: Option<OffsetDateTime>,
    pub public: bool,
}

impl Terms {
    /// Whether it is over already is not asked here: [`until`] says what may be said anew.
    pub fn parse(input: &VoucherInput, now: OffsetDateTime) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let code = match input.code.trim() {
            "" => Err(FieldError::Required),
            typed => VoucherCode::try_from(typed).map_err(|_| FieldError::Malformed),
        };
        let code = problems.take("code", code);
        let name = problems.take("name", typed::required_line(&input.name, 1, limits::VOUCHER_NAME));
        let kind = kind(input, &mut problems);
        let min_spend = problems.take("min_spend", amount(&input.min_spend));
        let tier = problems.take("tier", tier(&input.tier));
        let skus = problems.take("skus", skus(&input.skus));
        let categories = input.categories.iter().map(|id| id.parse().map_err(|_| FieldError::NotAllowed));
        let categories = problems.take("categories", categories.collect::<Result<Vec<_>, _>>());
        let quota = problems.take("quota", uses(&input.quota));
        let budget = problems.take("budget", amount(&input.budget));
        let per_person = problems.take("per_person", uses(&input.per_person));
        let from = problems.take("from", from(&input.from, now));
        let until = problems.take("until", last_day(&input.until));
        if let (Some(from), Some(Some(until))) = (from, until)
            && until <= from
        {
            problems.note("until", FieldError::OutOfRange);
        }
        let terms = || {
            Some(Self {
                code: code?,
                name: name?,
                kind: kind?,
                min_spend: min_spend?,
                tier: tier?,
                skus: skus?,
                categories: categories?,
                quota: quota?,
                budget: budget?,
                per_person: per_person?,
                from: from?,
                until: until?,
                public: !input.public.is_empty(),
            })
        };
        match terms() {
            Some(terms) if problems.is_empty() => Ok(terms),
            _ => Err(problems),
        }
    }

    /// The voucher that these are the terms of: of this shop for its products, or of the platform.
    pub fn given(self, id: VoucherId, shop: Option<ShopId>, products: Vec<ProductId>) -> NewVoucher {
        NewVoucher {
            id,
            code: Some(self.code),
            name: self.name,
            scope: shop.map_or(Scope::Platform, Scope::Shop),
            kind: self.kind,
            conditions: Conditions {
                min_spend: self.min_spend,
                products,
                categories: self.categories,
                member_tier: self.tier,
                ..Conditions::default()
            },
            funder: if shop.is_some() { Funder::Shop } else { Funder::Platform },
            from: self.from,
            until: self.until,
            public: self.public,
            quota: self.quota,
            budget: self.budget,
            per_person: self.per_person,
        }
    }
}

fn kind(input: &VoucherInput, problems: &mut Problems) -> Option<Kind> {
    let Some(kind) = VoucherKind::from_name(&input.kind) else {
        problems.note("kind", FieldError::NotAllowed);
        return None;
    };
    let needed = |typed: &str| amount(typed)?.ok_or(FieldError::Required);
    match kind {
        VoucherKind::Fixed => problems.take("amount", needed(&input.amount)).map(Kind::Fixed),
        VoucherKind::Shipping => {
            let most = problems.take("amount", needed(&input.amount))?;
            Some(Kind::Shipping(ShippingOff::UpTo(most)))
        }
        VoucherKind::Percent => {
            let rate = problems.take("percent", percent(&input.percent));
            let cap = problems.take("cap", needed(&input.cap));
            Some(Kind::Percent { rate: rate?, cap: Some(cap?) })
        }
        VoucherKind::BuyGet => {
            let buy = problems.take("buy", pieces(&input.buy));
            let get = problems.take("get", pieces(&input.get));
            Some(Kind::BuyXGetY { buy: buy?, get: get? })
        }
    }
}

fn amount(typed: &str) -> Result<Option<Money>, FieldError> {
    Ok(typed::whole_within(typed, 1, limits::VOUCHER_AMOUNT)?.map(Money::idr))
}

fn tier(typed: &str) -> Result<Option<MemberTier>, FieldError> {
    match typed.trim() {
        "" => Ok(None),
        name => MemberTier::from_name(name).map(Some).ok_or(FieldError::NotAllowed),
    }
}

/// How often something may be used; none without a limit.
pub fn uses(typed: &str) -> Result<Option<i32>, FieldError> {
    let uses = typed::whole_within(typed, 1, limits::VOUCHER_USES)?;
    uses.map(|n| i32::try_from(n).map_err(|_| FieldError::OutOfRange)).transpose()
}

fn pieces(typed: &str) -> Result<Qty, FieldError> {
    let n = typed::required_whole(typed, 1, limits::VOUCHER_PIECES)?;
    i32::try_from(n).ok().and_then(|n| Qty::try_from(n).ok()).ok_or(FieldError::OutOfRange)
}

/// A part of a hundred, more than nothing, with at most two digits behind the comma.
pub fn percent(typed: &str) -> Result<BasisPoints, FieldError> {
    let typed = typed.trim().trim_end_matches('%').trim_end();
    if typed.is_empty() {
        return Err(FieldError::Required);
    }
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let digits = |text: &str, most: usize| {
        let fits = text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(()) } else { Err(FieldError::Malformed) }
    };
    digits(whole, 3)?;
    digits(part, 2)?;
    let number: u16 = format!("{whole}{part:0<2}").parse().map_err(|_| FieldError::Malformed)?;
    match BasisPoints::try_from(number) {
        Ok(rate) if rate.get() > 0 => Ok(rate),
        _ => Err(FieldError::OutOfRange),
    }
}

/// Each once, in the order typed.
fn skus(typed: &str) -> Result<Vec<String>, FieldError> {
    let mut skus: Vec<String> = Vec::new();
    for sku in typed.split([',', ';', '\n', '\r']).map(str::trim).filter(|sku| !sku.is_empty()) {
        if !skus.iter().any(|it| it == sku) {
            skus.push(sku.to_owned());
        }
    }
    if skus.len() <= limits::VOUCHER_PRODUCTS { Ok(skus) } else { Err(FieldError::TooLong) }
}

fn from(typed: &str, now: OffsetDateTime) -> Result<OffsetDateTime, FieldError> {
    match day(typed)? {
        None => Ok(now),
        Some(from) if from > now + Duration::days(limits::VOUCHER_AHEAD_DAYS) => Err(FieldError::OutOfRange),
        Some(from) => Ok(from),
    }
}

/// The end of the last day in Jakarta; none where nothing was typed.
pub fn last_day(typed: &str) -> Result<Option<OffsetDateTime>, FieldError> {
    // The calendar ends with the year 9999.
    let end = |last: OffsetDateTime| last.checked_add(Duration::DAY).ok_or(FieldError::OutOfRange);
    day(typed)?.map(end).transpose()
}

/// The beginning of a day in Jakarta.
fn day(typed: &str) -> Result<Option<OffsetDateTime>, FieldError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let day = Date::parse(typed.trim(), format_description!("[year]-[month]-[day]"));
    let day = day.map_err(|_| FieldError::Malformed)?;
    Ok(Some(day.with_time(Time::MIDNIGHT).assume_offset(offset!(+7))))
}

/// A moment in Jakarta as browsers send it: `2026-12-31T20:00`.
pub fn moment(typed: &str) -> Result<OffsetDateTime, FieldError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldError::Required);
    }
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let moment = PrimitiveDateTime::parse(typed, format).map_err(|_| FieldError::Malformed)?;
    Ok(moment.assume_offset(offset!(+7)))
}

/// A day in Jakarta as it is typed: `2026-12-31`.
pub fn day_of(at: OffsetDateTime) -> String {
    let local = at.to_offset(offset!(+7));
    format!("{:04}-{:02}-{:02}", local.year(), u8::from(local.month()), local.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 08:00 UTC);

    fn typed() -> VoucherInput {
        VoucherInput {
            kind: "percent".to_owned(),
            code: "senja10".to_owned(),
            name: " Diskon  senja ".to_owned(),
            percent: "7,5".to_owned(),
            cap: "15.000".to_owned(),
            quota: "100".to_owned(),
            ..VoucherInput::default()
        }
    }

    #[test]
    fn what_was_typed_becomes_terms() {
        let terms = Terms::parse(&typed(), NOW).unwrap();
        assert_eq!((terms.code.as_str(), terms.name.as_str()), ("SENJA10", "Diskon senja"));
        let rate = BasisPoints::try_from(750).unwrap();
        assert_eq!(terms.kind, Kind::Percent { rate, cap: Some(Money::idr(15_000)) });
        assert_eq!((terms.from, terms.until, terms.quota, terms.public), (NOW, None, Some(100), false));
        let whole_day = VoucherInput {
            from: "2026-11-24".to_owned(),
            until: "2026-11-24".to_owned(),
            public: "1".to_owned(),
            skus: "A-1, B-2\nA-1".to_owned(),
            ..typed()
        };
        let terms = Terms::parse(&whole_day, NOW).unwrap();
        assert_eq!(terms.until.unwrap() - terms.from, Duration::DAY);
        assert_eq!(terms.skus, ["A-1", "B-2"]);
        assert_eq!(day_of(terms.from), "2026-11-24");
        assert!(terms.public);
    }

    #[test]
    fn each_kind_asks_for_its_own() {
        let of = |kind: &str| {
            let input = VoucherInput {
                kind: kind.to_owned(),
                amount: "20000".to_owned(),
                buy: "2".to_owned(),
                get: "1".to_owned(),
                ..typed()
            };
            Terms::parse(&input, NOW).map(|terms| terms.kind)
        };
        assert_eq!(of("fixed").unwrap(), Kind::Fixed(Money::idr(20_000)));
        assert_eq!(of("shipping").unwrap(), Kind::Shipping(ShippingOff::UpTo(Money::idr(20_000))));
        assert_eq!(of("buy_get").unwrap(), Kind::BuyXGetY { buy: 2.try_into().unwrap(), get: Qty::ONE });
        assert_eq!(of("gift").unwrap_err().of("kind"), Some(FieldError::NotAllowed));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong = VoucherInput {
            code: "x".to_owned(),
            percent: "0".to_owned(),
            cap: String::new(),
            from: "2026-11-24".to_owned(),
            until: "2026-11-23".to_owned(),
            quota: "0".to_owned(),
            categories: vec!["x".to_owned()],
            ..typed()
        };
        let problems = Terms::parse(&wrong, NOW).unwrap_err();
        for (field, error) in [
            ("code", FieldError::Malformed),
            ("percent", FieldError::OutOfRange),
            ("cap", FieldError::Required),
            ("until", FieldError::OutOfRange),
            ("quota", FieldError::OutOfRange),
            ("categories", FieldError::NotAllowed),
        ] {
            assert_eq!(problems.of(field), Some(error), "{field}");
        }
        for percent in ["101", "1,234", "-5", "lima"] {
            let wrong = VoucherInput { percent: percent.to_owned(), ..typed() };
            assert!(Terms::parse(&wrong, NOW).unwrap_err().of("percent").is_some(), "{percent}");
        }
    }
}
