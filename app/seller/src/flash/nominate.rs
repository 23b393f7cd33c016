//! Something the shop would sell in a flash sale: for how much, how many, and what that costs.

use super::{
    list::{rules, when},
    page::Head,
    rpc::{Nominate, NominationForm, nomination},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use model::{
    AppError, FieldError, Lang, query,
    views::sales::{NominationInput, SaleCost, SaleGood, SaleStanding},
    words::{account as common, sales as words},
};
use ui::{Button, ButtonKind, Card, Field, Icon, Input, Notice, NoticeKind};

/// Stands in the address where it says what is thought about.
const MARK: &str = "preview";

/// What the address says; none where it says nothing.
fn said(said: &ParamsMap) -> Option<NominationInput> {
    said.get(MARK)?;
    let get = |name: &str| said.get(name).unwrap_or_default();
    Some(NominationInput { price: get("price"), quota: get("quota"), per_buyer: get("per_buyer") })
}

/// The address that says it.
pub fn href(path: &str, input: &NominationInput) -> String {
    let fields = [("price", &input.price), ("quota", &input.quota), ("per_buyer", &input.per_buyer)];
    let typed = fields.into_iter().map(|(name, value)| (name, value.as_str()));
    let said = typed.filter(|(_, value)| !value.is_empty());
    query::href(path, std::iter::once((MARK, "1")).chain(said))
}

/// What was asked for before, as it is typed.
pub fn as_asked(good: &SaleGood) -> NominationInput {
    good.asked.as_ref().map_or_else(NominationInput::default, |asked| NominationInput {
        price: asked.price.amount().to_string(),
        quota: asked.quota.to_string(),
        per_buyer: asked.per_buyer.map(|most| most.to_string()).unwrap_or_default(),
    })
}

#[component]
pub fn NominatePage() -> impl IntoView {
    let (shop, route, asked) = (use_shop(), use_params_map(), use_query_map());
    let act = ServerAction::<Nominate>::new();
    let asked = Memo::new(move |_| {
        let get = |name: &str| route.with(|route| route.get(name)).unwrap_or_default();
        (shop.get(), get("sale"), get("variant"), asked.with(said))
    });
    let form =
        fetch(move || asked.get(), |(shop, sale, variant, asked)| nomination(shop, sale, variant, asked));
    view! {
        <Frame here=Part::Promotions title=words::title(ui::lang())>
            <Fetched resource=form view=move |form: NominationForm| shown(form, act) />
        </Frame>
    }
}

fn shown(form: NominationForm, act: ServerAction<Nominate>) -> AnyView {
    let lang = ui::lang();
    let NominationForm { sale, good, input, cost } = form;
    let error = error_of(act);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let variant = wrong(error, "variant");
    let facts = format!("{} · {}", good.sku, words::price_now(lang, good.price));
    let open = sale.standing == SaleStanding::Open;
    let (head, name) = (good.clone(), sale.name.clone());
    let (held, ruled) = (when(lang, &sale), rules(lang, &sale));
    let elsewhere = good.elsewhere.as_ref().map(|other| words::is_elsewhere(lang, other));
    view! {
        <Refusal error=whole stale=words::too_late />
        {move || {
            variant
                .get()
                .map(|wrong| {
                    let lang = ui::lang();
                    let text = if wrong == FieldError::Taken { words::in_another(lang) } else { words::no_room(lang) };
                    view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> }
                })
        }}
        <Card>
            <Head good=head>
                <p class="address-notes">{facts}</p>
            </Head>
            <p>{name} ": " {held}</p>
            <p class="order-facts">{ruled}</p>
        </Card>
        {cost.map(|cost| view! { <Cost cost=cost /> })}
        {if !open {
            view! { <Notice><p>{words::standing(lang, sale.standing)}</p></Notice> }.into_any()
        } else if let Some(elsewhere) = elsewhere {
            view! { <Notice><p>{elsewhere}</p></Notice> }.into_any()
        } else if good.most.is_none() {
            view! { <Notice><p>{words::no_price(lang)}</p></Notice> }.into_any()
        } else {
            view! { <Form sale=sale.id.to_string() good=good input=input error=error act=act /> }.into_any()
        }}
    }
    .into_any()
}

/// How much it may cost at most, and why.
fn at_most(lang: Lang, good: &SaleGood) -> String {
    let Some(most) = good.most else { return words::no_price(lang).to_owned() };
    if good.lowest == good.price {
        words::at_most(lang, most)
    } else {
        words::at_most_of(lang, most, good.lowest)
    }
}

#[component]
fn Form(
    sale: String,
    good: SaleGood,
    input: NominationInput,
    error: Signal<Option<AppError>>,
    act: ServerAction<Nominate>,
) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/promotions/flash/{sale}");
    let stock = match good.stock {
        Some(stock) => words::in_stock(lang, stock),
        None => words::not_counted(lang).to_owned(),
    };
    view! {
        <Card>
            <h2 class="section-title">{words::form(lang)}</h2>
            <ActionForm action=act>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="id" value=sale />
                <input r#type="hidden" name="variant" value=good.variant.to_string() />
                <div class="form">
                    <Field
                        name="bid[price]"
                        label=words::sale_price(lang)
                        kind=Input::Digits
                        prefix="Rp"
                        value=input.price
                        hint=at_most(lang, &good)
                        error=wrong(error, "price")
                        error_text=at_most(lang, &good)
                        maxlength=20u32
                        autocomplete="off"
                    />
                    <div class="form-pair">
                        <Field
                            name="bid[quota]"
                            label=words::quota(lang)
                            kind=Input::Digits
                            value=input.quota
                            hint=stock
                            error=wrong(error, "quota")
                            error_text=words::quota_wrong(lang)
                            maxlength=9u32
                            autocomplete="off"
                        />
                        <Field
                            name="bid[per_buyer]"
                            label=words::per_buyer(lang)
                            kind=Input::Digits
                            value=input.per_buyer
                            error=wrong(error, "per_buyer")
                            error_text=words::per_buyer_wrong(lang)
                            maxlength=9u32
                            autocomplete="off"
                            optional=true
                        />
                    </div>
                    <div class="form-acts">
                        <Button name="act" value="save" busy=act.pending()>{words::send(lang)}</Button>
                        <Button name="act" value="preview" kind=ButtonKind::Secondary icon=Icon::Chart>
                            {words::preview(lang)}
                        </Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn Cost(cost: SaleCost) -> impl IntoView {
    let lang = ui::lang();
    let quota = lang.number(u64::try_from(cost.quota).unwrap_or_default());
    view! {
        <section aria-labelledby="cost" class="voucher-cost">
            <h2 id="cost" class="section-title">{words::cost(lang)}</h2>
            <div class="form-pair">
                <Card>
                    <p class="order-facts">{words::cost_each(lang)}</p>
                    <p class="purse-sum">{words::cost_keeps(lang, cost.keeps)}</p>
                    <p class="order-facts">{words::cost_parts(lang, cost.price, cost.fees)}</p>
                    <p class="order-facts">{words::cost_otherwise(lang, cost.keeps_now)}</p>
                </Card>
                <Card>
                    <p class="order-facts">{words::cost_all(lang, quota)}</p>
                    <p class="purse-sum">{cost.less.to_string()}</p>
                    <p class="order-facts">{words::cost_less(lang)}</p>
                </Card>
            </div>
        </section>
    }
}
