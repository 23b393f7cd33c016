//! When the shop is on holiday.

use super::{
    page::size,
    rpc::{EndHoliday, PlanHoliday},
};
use crate::parts::{Refusal, error_of, shop_here, wrong};
use leptos::prelude::*;
use model::{
    shop::{HolidayInput, ShopState, limits},
    words::{account as common, seller as words},
};
use ui::{Button, ButtonKind, Card, Field, Input, Notice, Textarea};

/// `planned` is what holds, `typed` what was refused.
#[component]
pub(super) fn Holiday(
    planned: Option<HolidayInput>,
    typed: Option<HolidayInput>,
    plan: ServerAction<PlanHoliday>,
    end: ServerAction<EndHoliday>,
) -> impl IntoView {
    let lang = ui::lang();
    let shop = shop_here();
    let (slug, same) = (shop.slug.to_string(), shop.slug.to_string());
    let error = error_of(plan);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let is_planned = planned.is_some();
    let now = shop.state == ShopState::OnHoliday;
    let input = typed.or(planned).unwrap_or_default();
    view! {
        <Card>
            <h2 class="section-title">{words::holiday(lang)}</h2>
            <p>{words::holiday_about(lang)}</p>
            {now.then(|| view! { <Notice><p>{words::holiday_now(lang)}</p></Notice> })}
            <Refusal error=whole />
            <ActionForm action=plan>
                <input r#type="hidden" name="shop" value=slug />
                <div class="form">
                    <div class="form-pair">
                        <Field
                            name="holiday[from]"
                            label=words::holiday_from(lang)
                            kind=Input::Date
                            value=input.from
                            error=wrong(error, "from")
                        />
                        <Field
                            name="holiday[until]"
                            label=words::holiday_until(lang)
                            kind=Input::Date
                            value=input.until
                            error=wrong(error, "until")
                            error_text=words::holiday_wrong(lang, limits::HOLIDAY_DAYS)
                        />
                    </div>
                    <Textarea
                        name="holiday[message]"
                        label=words::holiday_message(lang)
                        value=input.message
                        hint=words::holiday_message_hint(lang)
                        error=wrong(error, "message")
                        maxlength=size(limits::HOLIDAY_MESSAGE)
                        rows=2
                        optional=true
                    />
                    <div class="form-acts">
                        <Button busy=plan.pending()>{common::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
            {is_planned
                .then(|| {
                    view! {
                        <ActionForm action=end>
                            <input r#type="hidden" name="shop" value=same />
                            <Button kind=ButtonKind::Secondary busy=end.pending()>{words::holiday_end(lang)}</Button>
                        </ActionForm>
                    }
                })}
        </Card>
    }
}
