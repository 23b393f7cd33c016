//! The one button.

use super::rpc::PlaceOrder;
use crate::parts::{Refusal, refused};
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{Money, payment::Method, views::Missing, words::checkout as words};
use std::time::Duration;
use ui::{Button, Sent, SentForm, Size};

/// Until then the next page should have come; else the button can be pressed again, which does no harm.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether the order is being placed: from pressing the button until the answer, and on while the next page comes.
/// `asked` changes when this page is to be looked at again.
pub fn placing<T: PartialEq + Send + Sync + 'static>(sent: Sent, asked: Memo<T>) -> RwSignal<bool> {
    let busy = RwSignal::new(false);
    Effect::new(move || {
        asked.track();
        busy.set(false);
    });
    Effect::new(move || {
        if sent.answers() > 0 && sent.error().is_some() {
            busy.set(false);
        }
    });
    Effect::new(move || {
        if busy.get() {
            // The page may have been left meanwhile.
            let enough = move || {
                busy.try_set(false);
            };
            set_timeout(enough, PATIENCE);
        }
    });
    busy
}

/// `key` names this placing: sent twice, it places once. `total` is what the shopper agrees to.
#[component]
pub fn Place(
    key: String,
    total: Money,
    /// What is shown of each shop's parcel.
    ships: String,
    method: Option<Method>,
    missing: Vec<Missing>,
    sent: Sent,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let lang = ui::lang();
    let ready = missing.is_empty();
    let about = match method {
        Some(Method::Cod) => words::order_text(lang, total),
        _ => words::all_in(lang).to_owned(),
    };
    view! {
        <Refusal error=refused(sent, &[PlaceOrder::url()]) />
        <div on:submit=move |_| busy.set(true)>
            <SentForm to=PlaceOrder::url() sent=sent attr:autocomplete="off">
                <input r#type="hidden" name="key" value=key />
                <input r#type="hidden" name="expected" value=total.amount().to_string() />
                <input r#type="hidden" name="ships" value=ships />
                <input r#type="hidden" name="method" value=method.map(Method::as_str) />
                <Button wide=true size=Size::Large busy=busy disabled=!ready>
                    {words::button(lang, method, total)}
                </Button>
            </SentForm>
        </div>
        {if ready {
            view! { <p class="section-about">{about}</p> }.into_any()
        } else {
            view! { <StillMissing missing=missing /> }.into_any()
        }}
    }
}

#[component]
fn StillMissing(missing: Vec<Missing>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="checkout-missing">
            <p id="missing-title">{words::missing_title(lang)}</p>
            <ul role="list" aria-labelledby="missing-title">
                {missing
                    .into_iter()
                    .map(|part| {
                        view! {
                            <li>
                                <a class="link checkout-link" href=place_of(part)>
                                    {words::missing(lang, part)}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
}

/// Where it can be said.
const fn place_of(missing: Missing) -> &'static str {
    match missing {
        Missing::Goods => "/cart",
        Missing::Contact => "#contact",
        Missing::Address => "#address",
        Missing::Courier => "#couriers",
        Missing::Method => "#method",
    }
}
