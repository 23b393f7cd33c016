//! What several pages about a shop's orders show.

use leptos::prelude::*;
use model::{
    order::OrderState,
    views::{OrderItem, Picture as View, PictureFormat, ShipTo, sold::Parcel},
    words::{orders as bought, sold as words},
};
use ui::{Badge, Picture, Tone, format};

#[component]
pub fn StateBadge(state: OrderState) -> impl IntoView {
    let tone = match state {
        OrderState::Paid => Tone::Deal,
        OrderState::AwaitingPayment | OrderState::Accepted | OrderState::Packed => Tone::Neutral,
        OrderState::Shipped | OrderState::Delivered | OrderState::Completed => Tone::Brand,
        OrderState::Cancelled => Tone::Danger,
    };
    view! { <Badge tone=tone text=words::state(ui::lang(), state) /> }
}

/// What was sold, small. Its name stands beside it.
#[component]
pub fn Thumb(picture: View) -> impl IntoView {
    view! {
        <Picture
            src=picture.src()
            srcset=picture.srcset(PictureFormat::Jpeg)
            avif=picture.srcset(PictureFormat::Avif)
            webp=picture.srcset(PictureFormat::Webp)
            blur=picture.placeholder.clone()
            alt=""
            sizes="96px"
        />
    }
}

/// A thing as it was sold.
#[component]
pub fn Line(item: OrderItem) -> impl IntoView {
    let lang = ui::lang();
    let OrderItem { sku, name, label, picture, quantity, unit, gross, note, .. } = item;
    view! {
        <article class="order-item">
            <div class="order-picture">
                <Thumb picture=picture />
            </div>
            <div class="order-text">
                <h3 class="order-name">{name}</h3>
                <p class="order-facts">{[label, sku].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")}</p>
                <p class="order-sum">
                    <span class="order-facts">{bought::pieces(lang, quantity, unit)}</span>
                    <strong>{gross.to_string()}</strong>
                </p>
                {(!note.is_empty()).then(|| view! { <p class="order-facts">{words::buyer_note(lang, note)}</p> })}
            </div>
        </article>
    }
}

/// Whom a parcel is for, as far as the shop may know. `call`: their number can be pressed; on paper it cannot.
#[component]
pub fn Receiver(to: ShipTo, #[prop(optional)] call: bool) -> impl IntoView {
    let phone = to.phone_shown();
    let phone = if call && !phone.is_empty() {
        view! { <a class="link" href=format!("tel:{}", to.phone)>{phone}</a> }.into_any()
    } else {
        phone.into_any()
    };
    let street =
        [to.street, to.detail].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    view! {
        <strong>{to.recipient}</strong>
        {(!to.phone.is_empty()).then(|| view! { " · " {phone} })}
        {(!street.is_empty()).then(|| view! { <br /> {street} })}
        <br />
        {to.place}
        " "
        {to.postcode}
        {(!to.notes.is_empty()).then(|| view! { <br /> {bought::note_said(ui::lang(), to.notes)} })}
    }
}

/// What the courier told, the latest first.
#[component]
pub fn Track(parcel: Parcel) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ol class="timeline" role="list">
            {parcel
                .seen
                .into_iter()
                .map(|seen| {
                    view! {
                        <li class="timeline-step">
                            <strong>{words::parcel_state(lang, seen.state)}</strong>
                            {(!seen.note.is_empty()).then(|| view! { <span>{seen.note}</span> })}
                            <span class="order-facts">{format::date_time(lang, seen.at)}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

#[component]
pub fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
