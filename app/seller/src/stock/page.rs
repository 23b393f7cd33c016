//! One variant: what there is of it, what is changed by hand, and what moved.

use super::{
    list::{Head, Places},
    rpc::{CarryStock, ChangeStock, SellBy, VariantForm, stock_of},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    AppError, FieldError, Page,
    shop::{
        LOW_STOCK, MovementRow, StockChangeInput, StockMoveInput, StockPlace, StockPolicyInput, StockReason,
        VariantStock,
    },
    words::stock as words,
};
use ui::{
    Button, ButtonKind, Card, Cell, Checkbox, Choice, Column, Field, Further, Icon, Input, Notice,
    NoticeKind, Select, Table, format,
};

/// All that can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    change: ServerAction<ChangeStock>,
    carry: ServerAction<CarryStock>,
    policy: ServerAction<SellBy>,
}

#[component]
pub fn VariantPage() -> impl IntoView {
    let (shop, route, said) = (use_shop(), use_params_map(), use_query_map());
    let variant = Memo::new(move |_| route.with(|route| route.get("variant")).unwrap_or_default());
    let after = Memo::new(move |_| said.with(|said| said.get("after")));
    // The key of the change that was made last.
    let changed = Memo::new(move |_| said.with(|said| said.get("changed")));
    let acts = Acts { change: ServerAction::new(), carry: ServerAction::new(), policy: ServerAction::new() };
    let form = fetch(
        move || (shop.get(), variant.get(), after.get(), changed.get(), acts.policy.version().get()),
        |(shop, variant, after, ..)| stock_of(shop, variant, after),
    );
    let errors = [error_of(acts.change), error_of(acts.carry), error_of(acts.policy)];
    let whole = Signal::derive(move || {
        errors.iter().find_map(|error| error.get().filter(|error| error.fields.is_empty()))
    });
    let done = move || {
        (changed.get().is_some() || matches!(acts.policy.value().get(), Some(Ok(()))))
            .then(|| words::changed(ui::lang()))
    };
    view! {
        <Frame here=Part::Stock>
            {move || done().map(|done| view! { <Notice kind=NoticeKind::Success><p>{done}</p></Notice> })}
            <Refusal error=whole />
            <Fetched resource=form view=move |form: VariantForm| shown(form, acts, after.get_untracked().is_some()) />
        </Frame>
    }
}

fn shown(form: VariantForm, acts: Acts, paged: bool) -> AnyView {
    let VariantForm { stock, movements, typed, typed_carry, typed_policy, key } = form;
    let back = format!("/seller/{}/stock", shop_here().slug);
    let open = stock.places.iter().filter(|place| place.is_active).count();
    let (head, places) = (stock.clone(), stock.clone());
    view! {
        <p>
            <Button kind=ButtonKind::Quiet icon=Icon::ArrowLeft href=back>{words::back(ui::lang())}</Button>
        </p>
        <Card>
            <Head stock=head />
            <Places stock=places />
        </Card>
        <Change stock=stock.clone() typed=typed key=key.clone() change=acts.change />
        {(open > 1).then(|| view! { <Carry stock=stock.clone() typed=typed_carry key=key carry=acts.carry /> })}
        <SoldBy stock=stock.clone() typed=typed_policy policy=acts.policy />
        <Movements stock=stock movements=movements paged=paged />
    }
    .into_any()
}

fn choices(places: &[StockPlace]) -> Vec<Choice> {
    places
        .iter()
        .map(|place| Choice::new(place.warehouse.to_string(), format!("{} ({})", place.name, place.on_hand)))
        .collect()
}

/// What was typed is a number, and still so many cannot go: buyers were promised them.
#[component]
fn Promised(error: Signal<Option<AppError>>) -> impl IntoView {
    let pieces = wrong(error, "pieces");
    move || {
        (pieces.get() == Some(FieldError::NotAllowed)).then(|| {
            view! { <Notice kind=NoticeKind::Error><p>{words::promised_wrong(ui::lang())}</p></Notice> }
        })
    }
}

#[component]
fn Change(
    stock: VariantStock,
    typed: Option<StockChangeInput>,
    key: String,
    change: ServerAction<ChangeStock>,
) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(change);
    let typed = typed.unwrap_or_default();
    let places = choices(&stock.places);
    let first = places.first().map(|place| place.value.clone()).unwrap_or_default();
    let place = if typed.warehouse.is_empty() { first } else { typed.warehouse };
    let reasons =
        StockReason::ALL.iter().map(move |it| Choice::new(it.as_str(), words::stock_reason(lang, *it)));
    let reason = if typed.reason.is_empty() { StockReason::Count.as_str().to_owned() } else { typed.reason };
    view! {
        <Card>
            <h2 class="section-title">{words::change(lang)}</h2>
            <Promised error=error />
            <ActionForm action=change>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="variant" value=stock.id.to_string() />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <div class="form-pair">
                        <Select
                            name="change[reason]"
                            label=words::reason(lang)
                            choices={reasons.collect::<Vec<_>>()}
                            chosen=reason
                            error=wrong(error, "reason")
                        />
                        <Field
                            name="change[pieces]"
                            label=words::pieces(lang)
                            value=typed.pieces
                            hint=words::pieces_hint(lang)
                            error=wrong(error, "pieces")
                            maxlength=10u32
                            autocomplete="off"
                        />
                    </div>
                    <Select
                        name="change[warehouse]"
                        label=words::warehouse(lang)
                        choices=places
                        chosen=place
                        error=wrong(error, "warehouse")
                    />
                    <div class="form-acts">
                        <Button busy=change.pending()>{words::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn Carry(
    stock: VariantStock,
    typed: Option<StockMoveInput>,
    key: String,
    carry: ServerAction<CarryStock>,
) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(carry);
    let open: Vec<StockPlace> = stock.places.iter().filter(|place| place.is_active).cloned().collect();
    let nth = |n: usize, of: &[Choice]| of.get(n).map(|choice| choice.value.clone()).unwrap_or_default();
    let (from, to) = (choices(&stock.places), choices(&open));
    let typed = typed.unwrap_or_else(|| StockMoveInput {
        from: nth(0, &from),
        to: nth(1, &to),
        pieces: String::new(),
    });
    view! {
        <Card>
            <h2 class="section-title">{words::transfer(lang)}</h2>
            <p class="order-facts">{words::transfer_hint(lang)}</p>
            <Promised error=error />
            <ActionForm action=carry>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="variant" value=stock.id.to_string() />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <div class="form-pair">
                        <Select name="carried[from]" label=words::from(lang) choices=from chosen=typed.from error=wrong(error, "from") />
                        <Select name="carried[to]" label=words::to(lang) choices=to chosen=typed.to error=wrong(error, "to") />
                    </div>
                    <Field
                        name="carried[pieces]"
                        label=words::pieces(lang)
                        kind=Input::Digits
                        value=typed.pieces
                        error=wrong(error, "pieces")
                        maxlength=9u32
                        autocomplete="off"
                    />
                    <div class="form-acts">
                        <Button kind=ButtonKind::Secondary busy=carry.pending()>{words::transfer_go(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn SoldBy(
    stock: VariantStock,
    typed: Option<StockPolicyInput>,
    policy: ServerAction<SellBy>,
) -> impl IntoView {
    let lang = ui::lang();
    let error: Signal<Option<AppError>> = error_of(policy);
    let owed = wrong(error, "backorder");
    let said = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
    let typed = typed.unwrap_or_else(|| StockPolicyInput {
        low_at: stock.low_at.to_string(),
        kept_back: stock.kept_back.to_string(),
        backorder: stock.backorder.to_string(),
        uncounted: if stock.is_counted { String::new() } else { "1".to_owned() },
        reorder_at: said(stock.reorder_at),
        reorder_quantity: said(stock.reorder_quantity),
    });
    view! {
        <Card>
            <h2 class="section-title">{words::sold_by(lang)}</h2>
            {move || {
                (owed.get() == Some(FieldError::NotAllowed))
                    .then(|| view! { <Notice kind=NoticeKind::Error><p>{words::owed_wrong(lang)}</p></Notice> })
            }}
            <ActionForm action=policy>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="variant" value=stock.id.to_string() />
                <div class="form">
                    <Checkbox
                        name="policy[uncounted]"
                        label=words::uncounted(lang)
                        hint=words::uncounted_hint(lang)
                        checked=!typed.uncounted.is_empty()
                    />
                    <div class="form-pair">
                        <Field
                            name="policy[kept_back]"
                            label=words::keep_back(lang)
                            kind=Input::Digits
                            value=typed.kept_back
                            hint=words::keep_back_hint(lang)
                            error=wrong(error, "kept_back")
                            maxlength=9u32
                            autocomplete="off"
                            optional=true
                        />
                        <Field
                            name="policy[backorder]"
                            label=words::backorder(lang)
                            kind=Input::Digits
                            value=typed.backorder
                            hint=words::backorder_hint(lang)
                            error=owed
                            maxlength=9u32
                            autocomplete="off"
                            optional=true
                        />
                    </div>
                    <Field
                        name="policy[low_at]"
                        label=words::low_at(lang)
                        kind=Input::Digits
                        value=typed.low_at
                        hint=words::low_at_hint(lang, LOW_STOCK)
                        error=wrong(error, "low_at")
                        maxlength=9u32
                        autocomplete="off"
                        optional=true
                    />
                    <div class="form-pair">
                        <Field
                            name="policy[reorder_at]"
                            label=words::reorder_at(lang)
                            kind=Input::Digits
                            value=typed.reorder_at
                            hint=words::reorder_at_hint(lang)
                            error=wrong(error, "reorder_at")
                            maxlength=9u32
                            autocomplete="off"
                            optional=true
                        />
                        <Field
                            name="policy[reorder_quantity]"
                            label=words::reorder_quantity(lang)
                            kind=Input::Digits
                            value=typed.reorder_quantity
                            hint=words::reorder_quantity_hint(lang)
                            error=wrong(error, "reorder_quantity")
                            maxlength=9u32
                            autocomplete="off"
                            optional=true
                        />
                    </div>
                    <div class="form-acts">
                        <Button kind=ButtonKind::Secondary busy=policy.pending()>
                            {words::save(lang)} <span class="sr-only">" " {words::sold_by(lang)}</span>
                        </Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn Movements(stock: VariantStock, movements: Page<MovementRow>, paged: bool) -> impl IntoView {
    let lang = ui::lang();
    let here = format!("/seller/{}/stock/{}", shop_here().slug, stock.id);
    let older = movements.next.as_deref().map(|after| model::query::href(&here, [("after", after)]));
    let newest = paged.then(|| here.clone());
    let columns = vec![
        Column::text(words::when(lang)),
        Column::text(words::what(lang)),
        Column::text(words::warehouse(lang)),
        Column::number(words::on_hand(lang)),
        Column::number(words::reserved(lang)),
        Column::text(words::who(lang)),
    ];
    view! {
        <section aria-labelledby="movements">
            <h2 id="movements" class="section-title">{words::movements(lang)}</h2>
            {if movements.items.is_empty() {
                view! { <p class="order-facts">{words::movements_none(lang)}</p> }.into_any()
            } else {
                view! {
                    <Table caption=words::movements(lang) columns=columns>
                        {movements.items.into_iter().map(|row| view! { <Moved row=row /> }).collect_view()}
                    </Table>
                }
                    .into_any()
            }}
            <Further first=newest back=words::newest(lang) next=older on=words::older(lang) />
        </section>
    }
}

/// With its sign; nothing for nothing.
fn signed(n: i32) -> String {
    match n {
        0 => "–".to_owned(),
        n if n > 0 => format!("+{n}"),
        n => format!("−{}", n.unsigned_abs()),
    }
}

#[component]
fn Moved(row: MovementRow) -> impl IntoView {
    let lang = ui::lang();
    let what = match row.reason {
        Some(reason) => words::adjusted(lang, reason),
        None => words::movement(lang, row.kind),
    };
    let slug = shop_here().slug;
    let order = row.order.map(|(id, number)| {
        view! {
            <br />
            <a class="link" href=format!("/seller/{slug}/orders/{id}")>{number}</a>
        }
    });
    let transfer = row.transfer.map(|id| {
        view! {
            <br />
            <a class="link" href=format!("/seller/{slug}/stock/transfers/{id}")>{words::on_way_link(lang)}</a>
        }
    });
    let who = row.who.unwrap_or_else(|| words::by_itself(lang).to_owned());
    view! {
        <tr>
            <Cell label=words::when(lang)>{format::date_time(lang, row.at)}</Cell>
            <Cell label=words::what(lang)>{what} {order} {transfer}</Cell>
            <Cell label=words::warehouse(lang)>{row.warehouse}</Cell>
            <Cell label=words::on_hand(lang) number=true>{signed(row.on_hand)}</Cell>
            <Cell label=words::reserved(lang) number=true>{signed(row.reserved)}</Cell>
            <Cell label=words::who(lang)>{who}</Cell>
        </tr>
    }
}
