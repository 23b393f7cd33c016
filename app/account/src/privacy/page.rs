use super::{
    closing::Closing,
    export::DataCopy,
    rpc::{AskForCopy, CloseAccount, Decide, KeepAccount, privacy},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch};
use leptos::prelude::*;
use model::{
    person::{Consent, PrivacyPage as View},
    words::account as words,
};
use ui::{Button, ButtonKind, Card, SectionHead, Size, format};

#[component]
pub fn PrivacyPage() -> impl IntoView {
    let (decide, ask) = (ServerAction::<Decide>::new(), ServerAction::<AskForCopy>::new());
    let (close, keep) = (ServerAction::<CloseAccount>::new(), ServerAction::<KeepAccount>::new());
    let looked = RwSignal::new(0_u32);
    let page = fetch(
        move || {
            let done =
                (decide.version().get(), ask.version().get(), close.version().get(), keep.version().get());
            (done, looked.get())
        },
        |_| privacy(),
    );
    let errors = [error_of(decide), error_of(ask), error_of(keep)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    view! {
        <Frame here=Part::Privacy>
            <Refusal error=error />
            <Fetched
                resource=page
                view=move |page: View| {
                    view! {
                        <Consents consents=page.consents decide=decide />
                        <DataCopy export=page.export ask=ask looked=looked />
                        <Closing erased_at=page.erased_at close=close keep=keep />
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

#[component]
fn Consents(consents: Vec<Consent>, decide: ServerAction<Decide>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section aria-labelledby="consents">
            <Card>
                <SectionHead id="consents" title=words::consents(lang) about=words::consents_text(lang) />
                <ul class="consents" role="list">
                    {consents.into_iter().map(|consent| view! { <li><Line consent=consent decide=decide /></li> }).collect_view()}
                </ul>
            </Card>
        </section>
    }
}

#[component]
fn Line(consent: Consent, decide: ServerAction<Decide>) -> impl IntoView {
    let lang = ui::lang();
    let said = match (&consent.text_version, consent.at) {
        (Some(version), Some(at)) if consent.given => {
            words::consent_given(lang, format::date(lang, at), version)
        }
        (_, Some(at)) => words::consent_withdrawn(lang, format::date(lang, at)),
        _ => words::consent_never(lang).to_owned(),
    };
    let form = consent.purpose.is_optional().then(|| {
        view! {
            <ActionForm action=decide>
                <input r#type="hidden" name="purpose" value=consent.purpose.as_str() />
                <input r#type="hidden" name="given" value=(!consent.given).to_string() />
                <Button kind=ButtonKind::Secondary size=Size::Small>
                    {if consent.given { words::consent_withdraw(lang) } else { words::consent_give(lang) }}
                    <ui::VisuallyHidden>{format!(": {}", words::purpose(lang, consent.purpose))}</ui::VisuallyHidden>
                </Button>
            </ActionForm>
        }
    });
    view! {
        <div class="consent">
            <p>
                <strong>{words::purpose(lang, consent.purpose)}</strong>
                <br />
                <small>{said}</small>
            </p>
            {form}
        </div>
    }
}
