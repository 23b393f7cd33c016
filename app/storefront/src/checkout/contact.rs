use super::{rpc::SetContact, sending::send};
use crate::parts::{Refusal, refused};
use leptos::{prelude::*, server_fn::ServerFn as _};
use model::{AppError, FieldError, phone::shown, words::checkout as words};
use ui::{Button, ButtonKind, Field, Input, Sent, SentForm};

/// Who is told about the order. Guests type it; of members it is known, unless something is `missing`.
#[component]
pub fn Contact(member: bool, missing: bool, email: String, phone: String, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section class="panel" id="contact" aria-labelledby="contact-title">
            <h2 id="contact-title">{words::contact(lang)}</h2>
            {if member && !missing {
                let told = [email, shown(&phone)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
                view! { <p class="checkout-known">{told.join(" · ")}</p> }.into_any()
            } else {
                view! {
                    <p class="section-about">{words::contact_text(lang)}</p>
                    <Typed email=email phone=phone sent=sent />
                    {(!member)
                        .then(|| {
                            view! {
                                <p>
                                    <a class="link checkout-link" href="/sign-in?next=%2Fcheckout">
                                        {words::sign_in(lang)}
                                    </a>
                                </p>
                            }
                        })}
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Typed(email: String, phone: String, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let error = refused(sent, &[SetContact::url()]);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        <Refusal error=whole />
        <SentForm to=SetContact::url() sent=sent>
            <div class="form" on:change=send>
                <div class="form-pair">
                    <Field
                        name="email"
                        label=words::email(lang)
                        kind=Input::Email
                        value=email
                        error=wrong(error, "email")
                        maxlength=254u32
                        autocomplete="email"
                    />
                    <Field
                        name="phone"
                        label=words::phone(lang)
                        kind=Input::Phone
                        value=shown(&phone)
                        hint=words::phone_hint(lang)
                        error=wrong(error, "phone")
                        error_text=words::phone_wrong(lang)
                        maxlength=30u32
                        autocomplete="tel"
                    />
                </div>
                <div class="form-acts">
                    <Button kind=ButtonKind::Secondary>{words::save(lang)}</Button>
                </div>
            </div>
        </SentForm>
    }
}

/// What is wrong with one field.
fn wrong(error: Signal<Option<AppError>>, field: &'static str) -> Signal<Option<FieldError>> {
    Signal::derive(move || error.with(|error| error.as_ref()?.of(field)))
}
