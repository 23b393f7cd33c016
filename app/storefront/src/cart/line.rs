//! A line of the cart and what can be done with it.

use super::{
    controls::{Acts, Onward, Removed, Tick, Ticks, put},
    rpc::{RemoveLine, SaveForLater, SetNote, SetQuantity, TickLine},
};
use crate::parts::ItemLine;
use leptos::{
    ev, html, prelude::*, server_fn::ServerFn as _, wasm_bindgen::JsCast as _, web_sys::HtmlInputElement,
};
use model::{
    views::{CartItem, Supply},
    words::cart as words,
};
use ui::{Icon, QuantityStepper, SentForm, Size};

/// As long as a note may be, in characters.
const LONGEST_NOTE: &str = "200";

#[component]
pub fn Line(item: CartItem, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let gone = item.supply == Supply::Gone;
    let ticks = if item.ticked { Ticks::All } else { Ticks::None };
    view! {
        <li class="cart-line">
            <Tick
                to=TickLine::url()
                sent=acts.done
                ticks=ticks
                of=("line", item.id.to_string())
                label=words::tick_what(lang, &item.name)
            />
            <ItemLine item=item.clone()>
                {(!gone)
                    .then(|| {
                        view! {
                            <div class="cart-line-count">
                                <Quantity item=item.clone() acts=acts />
                                <strong class="cart-line-sum">{item.gross.to_string()}</strong>
                            </div>
                        }
                    })}
                <TakeLeft item=item.clone() acts=acts />
                {(!gone).then(|| view! { <Note item=item.clone() acts=acts /> })}
                <div class="cart-line-acts">
                    <Keep item=item.clone() acts=acts saved=true />
                    <Remove item=item acts=acts />
                </div>
            </ItemLine>
        </li>
    }
}

/// A line that was put aside.
#[component]
pub fn SavedLine(item: CartItem, acts: Acts) -> impl IntoView {
    view! {
        <li class="cart-line">
            <ItemLine item=item.clone()>
                <div class="cart-line-acts">
                    <Keep item=item.clone() acts=acts saved=false />
                    <Remove item=item acts=acts />
                </div>
            </ItemLine>
        </li>
    }
}

/// Sends itself when it is changed; without JavaScript there is a button for that.
#[component]
fn Quantity(item: CartItem, acts: Acts) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let quantity = item.quantity.to_string();
    Effect::new(move || {
        // While another quantity is on its way, what stands there is newer than what was fetched.
        if acts.has_answered() && acts.is_settled() {
            put(frame, &quantity, true);
        }
    });
    let most = item.max.max(item.quantity);
    view! {
        <div class="cart-quantity" node_ref=frame>
            <SentForm
                to=SetQuantity::url()
                sent=acts.quantity
                on:submit=move |_: ev::SubmitEvent| acts.asked.update(|asked| *asked += 1)
            >
                <input r#type="hidden" name="line" value=item.id.to_string() />
                <QuantityStepper
                    name="quantity"
                    value=item.quantity.unsigned_abs()
                    min=item.min.unsigned_abs()
                    max=most.unsigned_abs()
                    of=item.name
                    submits=true
                />
                <button class="btn btn-sm btn-quiet without-script" r#type="submit">
                    {words::change(ui::lang())}
                </button>
            </SentForm>
        </div>
    }
}

/// Where fewer are left than are wanted: the rest can be had at one press.
#[component]
fn TakeLeft(item: CartItem, acts: Acts) -> impl IntoView {
    let left = match item.supply {
        Supply::Short(left) if left >= item.min => Some(left),
        _ => None,
    };
    left.map(|left| {
        view! {
            <SentForm to=SetQuantity::url() sent=acts.done>
                <input r#type="hidden" name="line" value=item.id.to_string() />
                <input r#type="hidden" name="quantity" value=left.to_string() />
                <button class="btn btn-sm btn-secondary" r#type="submit">{words::take_left(ui::lang(), left)}</button>
            </SentForm>
        }
    })
}

/// Sends itself when it is left, so that nothing typed is lost.
#[component]
fn Note(item: CartItem, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let frame = NodeRef::<html::Div>::new();
    let note = item.note.clone();
    Effect::new(move || {
        if acts.has_answered() {
            put(frame, &note, false);
        }
    });
    let changed = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(form) = input.and_then(|input| input.form()) {
            drop(form.request_submit());
        }
    };
    let written = !item.note.is_empty();
    view! {
        <details class="cart-note">
            <summary>
                <Icon name=Icon::Edit size=Size::Small />
                <span class="clip">{if written { item.note.clone() } else { words::note_add(lang).to_owned() }}</span>
            </summary>
            <div node_ref=frame>
                <SentForm to=SetNote::url() sent=acts.done>
                    <input r#type="hidden" name="line" value=item.id.to_string() />
                    <input
                        class="input"
                        r#type="text"
                        name="note"
                        value=item.note
                        maxlength=LONGEST_NOTE
                        autocomplete="off"
                        aria-label=format!("{}, {}", words::note(lang), item.name)
                        placeholder=words::note(lang)
                        on:change=changed
                    />
                    <button class="btn btn-sm btn-quiet without-script" r#type="submit">{words::note_save(lang)}</button>
                </SentForm>
            </div>
        </details>
    }
}

/// Puts a line aside, or with `saved` false back.
#[component]
fn Keep(item: CartItem, acts: Acts, saved: bool) -> impl IntoView {
    let lang = ui::lang();
    let (text, spoken) = if saved {
        (words::keep(lang), words::keep_what(lang, &item.name))
    } else {
        (words::bring_back(lang), words::bring_back_what(lang, &item.name))
    };
    view! {
        <SentForm to=SaveForLater::url() sent=acts.done>
            <input r#type="hidden" name="line" value=item.id.to_string() />
            <input r#type="hidden" name="saved" value=saved.to_string() />
            <button class="btn btn-sm btn-quiet" r#type="submit" aria-label=spoken>{text}</button>
        </SentForm>
    }
}

#[component]
fn Remove(item: CartItem, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let spoken = words::remove_what(lang, &item.name);
    let (line, variant, quantity) =
        (item.id.to_string(), item.variant.to_string(), item.quantity.to_string());
    let removed = Removed { variant: item.variant, quantity: item.quantity, note: item.note };
    view! {
        <SentForm
            to=RemoveLine::url()
            sent=acts.remove
            on:submit=move |_: ev::SubmitEvent| acts.removed.set(Some(removed.clone()))
        >
            <input r#type="hidden" name="line" value=line />
            <input r#type="hidden" name="variant" value=variant />
            <input r#type="hidden" name="quantity" value=quantity />
            <Onward awake=acts.awake />
            <button class="btn btn-sm btn-quiet" r#type="submit" aria-label=spoken>
                <Icon name=Icon::Trash size=Size::Small />
                {words::remove(lang)}
            </button>
        </SentForm>
    }
}
