//! What is said of a voucher, a shop's or the platform's: the fields of its kind, and those of all.

use crate::{Checkbox, Choice, Field, Input, Select, Textarea, wrong};
use leptos::prelude::*;
use model::{
    AppError,
    pricing::MemberTier,
    shop::{ShopVoucher, VoucherCategory, VoucherInput, VoucherKind, limits},
    words::{members, vouchers as words},
};

/// The most digits of an amount, dots among them.
const AMOUNT: u32 = 20;

fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

/// All of a voucher's form that is typed, as `voucher[…]`.
#[component]
pub fn VoucherFields(
    kind: VoucherKind,
    input: VoucherInput,
    categories: Vec<VoucherCategory>,
    error: Signal<Option<AppError>>,
    /// Whether the platform gives it: then it is for no one shop's goods by their SKU.
    #[prop(optional)]
    house: bool,
) -> impl IntoView {
    let lang = crate::lang();
    view! {
        <input r#type="hidden" name="voucher[kind]" value=kind.as_str() />
        <div class="form-pair">
            <Field
                name="voucher[code]"
                label=words::code(lang)
                value=input.code.clone()
                hint=words::code_hint(lang)
                error=wrong(error, "code")
                maxlength=24u32
                autocomplete="off"
            />
            <Field
                name="voucher[name]"
                label=words::name(lang)
                value=input.name.clone()
                hint=words::name_hint(lang)
                error=wrong(error, "name")
                maxlength=size(limits::VOUCHER_NAME)
                autocomplete="off"
            />
        </div>
        <Gift kind=kind input=input.clone() error=error />
        <Rupiah name="min_spend" label=words::min_spend(lang) value=input.min_spend.clone() error=error optional=true />
        {house.then(|| view! { <Tiers chosen=input.tier.clone() error=error /> })}
        <Goods input=input.clone() categories=categories error=error house=house />
        <Limits input=input error=error house=house />
    }
}

#[component]
fn Rupiah(
    name: &'static str,
    label: &'static str,
    value: String,
    error: Signal<Option<AppError>>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let hint = Some(hint).filter(|hint| !hint.is_empty()).map(str::to_owned);
    view! {
        <Field
            name=format!("voucher[{name}]")
            label=label
            kind=Input::Digits
            prefix="Rp"
            value=value
            hint=hint
            error=wrong(error, name)
            maxlength=AMOUNT
            autocomplete="off"
            optional=optional
        />
    }
}

/// What it gives.
#[component]
fn Gift(kind: VoucherKind, input: VoucherInput, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = crate::lang();
    match kind {
        VoucherKind::Fixed => {
            view! { <Rupiah name="amount" label=words::amount_off(lang) value=input.amount error=error /> }.into_any()
        }
        VoucherKind::Shipping => {
            view! { <Rupiah name="amount" label=words::shipping_off(lang) value=input.amount error=error /> }.into_any()
        }
        VoucherKind::Percent => view! {
            <div class="form-pair">
                <Field
                    name="voucher[percent]"
                    label=words::percent(lang)
                    suffix="%"
                    value=input.percent
                    error=wrong(error, "percent")
                    error_text=words::percent_wrong(lang)
                    maxlength=6u32
                    autocomplete="off"
                />
                <Rupiah name="cap" label=words::cap(lang) value=input.cap hint=words::cap_hint(lang) error=error />
            </div>
        }
        .into_any(),
        VoucherKind::BuyGet => view! {
            <div class="form-pair">
                <Field
                    name="voucher[buy]"
                    label=words::buy(lang)
                    kind=Input::Digits
                    value=input.buy
                    error=wrong(error, "buy")
                    maxlength=3u32
                    autocomplete="off"
                />
                <Field
                    name="voucher[get]"
                    label=words::get(lang)
                    kind=Input::Digits
                    value=input.get
                    hint=words::pieces_hint(lang)
                    error=wrong(error, "get")
                    maxlength=3u32
                    autocomplete="off"
                />
            </div>
        }
        .into_any(),
    }
}

/// Whom it is for.
#[component]
fn Tiers(chosen: String, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = crate::lang();
    let above = MemberTier::ALL.iter().filter(|tier| **tier != MemberTier::Regular);
    let anybody = Choice::new("", members::for_all(lang));
    let choices = std::iter::once(anybody)
        .chain(above.map(|tier| Choice::new(tier.as_str(), members::and_above(lang, members::name(*tier)))));
    view! {
        <Select
            name="voucher[tier]"
            label=members::only_for(lang)
            choices=choices.collect()
            chosen=chosen
            error=wrong(error, "tier")
            optional=true
        />
    }
}

/// What it is for.
#[component]
fn Goods(
    input: VoucherInput,
    categories: Vec<VoucherCategory>,
    error: Signal<Option<AppError>>,
    house: bool,
) -> impl IntoView {
    let lang = crate::lang();
    let hint = if house { words::house_categories_hint(lang) } else { words::categories_hint(lang) };
    let ticks = categories.into_iter().map(|category| {
        let id = category.id.to_string();
        let checked = input.categories.contains(&id);
        view! { <Checkbox name="voucher[categories][]" value=id label=category.name checked=checked /> }
    });
    let ticks: Vec<_> = ticks.collect();
    view! {
        {(!house)
            .then(|| {
                view! {
                    <Textarea
                        name="voucher[skus]"
                        label=words::skus(lang)
                        value=input.skus.clone()
                        hint=words::skus_hint(lang, limits::VOUCHER_PRODUCTS)
                        error=wrong(error, "skus")
                        rows=2
                        optional=true
                    />
                }
            })}
        {(!ticks.is_empty())
            .then(|| {
                view! {
                    <fieldset class="field">
                        <legend class="field-label">{words::categories(lang)}</legend>
                        <div class="choice-row">{ticks}</div>
                        <p class="field-hint">{hint}</p>
                    </fieldset>
                }
            })}
    }
}

/// How often, how much of its giver's money, how long, and whether all see it.
#[component]
fn Limits(input: VoucherInput, error: Signal<Option<AppError>>, house: bool) -> impl IntoView {
    let lang = crate::lang();
    let public = if house { words::house_public(lang) } else { words::public(lang) };
    view! {
        <div class="form-pair">
            <Field
                name="voucher[quota]"
                label=words::quota(lang)
                kind=Input::Digits
                value=input.quota
                hint=words::quota_hint(lang)
                error=wrong(error, "quota")
                maxlength=9u32
                autocomplete="off"
                optional=true
            />
            <Field
                name="voucher[per_person]"
                label=words::per_person(lang)
                kind=Input::Digits
                value=input.per_person
                error=wrong(error, "per_person")
                maxlength=9u32
                autocomplete="off"
                optional=true
            />
        </div>
        <Rupiah name="budget" label=words::budget(lang) value=input.budget hint=words::budget_hint(lang) error=error optional=true />
        <div class="form-pair">
            <Field
                name="voucher[from]"
                label=words::from(lang)
                kind=Input::Date
                value=input.from
                hint=words::from_hint(lang)
                error=wrong(error, "from")
                optional=true
            />
            <Field
                name="voucher[until]"
                label=words::until(lang)
                kind=Input::Date
                value=input.until
                hint=words::until_hint(lang)
                error=wrong(error, "until")
                error_text=words::until_wrong(lang)
                optional=true
            />
        </div>
        <Checkbox
            name="voucher[public]"
            label=public
            hint=words::public_hint(lang)
            checked=!input.public.is_empty()
        />
    }
}

/// What may be changed of a voucher whose terms stay as they are.
#[component]
pub fn VoucherMore(voucher: ShopVoucher, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = crate::lang();
    let quota = voucher.quota.map(|quota| quota.to_string()).unwrap_or_default();
    let used = lang.number(u64::try_from(voucher.used).unwrap_or_default());
    view! {
        <div class="form-pair">
            <Field
                name="until"
                label=words::until(lang)
                kind=Input::Date
                value=voucher.last_day
                hint=words::until_hint(lang)
                error=wrong(error, "until")
                error_text=words::until_wrong(lang)
                optional=true
            />
            <Field
                name="quota"
                label=words::quota(lang)
                kind=Input::Digits
                value=quota
                hint=words::quota_more_hint(lang, used)
                error=wrong(error, "quota")
                error_text=words::quota_wrong(lang)
                maxlength=9u32
                autocomplete="off"
                optional=true
            />
        </div>
    }
}
