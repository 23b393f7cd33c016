use super::rpc::UnlinkProvider;
use crate::parts::{Refusal, error_of};
use leptos::prelude::*;
use model::words::security as words;
use serde::{Deserialize, Serialize};
use ui::{Button, ButtonKind, Card, format};

/// Leads to the provider, for what `what` says: `sign_in`, `link`, `step_up`. From there people go to `next`.
#[component]
pub(crate) fn ProviderForm(
    what: &'static str,
    text: String,
    #[prop(into)] next: Signal<String>,
    #[prop(default = ButtonKind::Secondary)] kind: ButtonKind,
) -> impl IntoView {
    view! {
        <form method="post" action="/sign-in/provider">
            <input r#type="hidden" name="what" value=what />
            <input r#type="hidden" name="next" value=move || next.get() />
            <div class="form-acts">
                <Button kind=kind>{text}</Button>
            </div>
        </form>
    }
}

/// Whether an account is linked to the provider.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    pub label: String,
    /// By what the provider knows them, and since when.
    pub linked: Option<(String, i64)>,
}

#[component]
pub(crate) fn ProviderCard(link: Link, fresh: bool, unlink: ServerAction<UnlinkProvider>) -> impl IntoView {
    let lang = ui::lang();
    let text = match &link.linked {
        Some((shown, at)) => words::provider_linked(lang, shown, format::date(lang, *at)),
        None => words::provider_unlinked(lang).to_owned(),
    };
    let is_linked = link.linked.is_some();
    view! {
        <Card>
            <h2 class="section-title">{words::provider_sign_in(lang, &link.label)}</h2>
            <p>{text}</p>
            <Refusal error=error_of(unlink) />
            {match (fresh, is_linked) {
                (false, _) => view! { <p class="field-hint">{words::confirm_first(lang)}</p> }.into_any(),
                (true, true) => {
                    view! {
                        <ActionForm action=unlink>
                            <Button kind=ButtonKind::Secondary busy=unlink.pending()>
                                {words::provider_unlink(lang)}
                            </Button>
                        </ActionForm>
                    }
                        .into_any()
                }
                (true, false) => {
                    view! {
                        <ProviderForm
                            what="link"
                            text=words::provider_link(lang, &link.label)
                            next=Signal::stored("/account/security".to_owned())
                        />
                    }
                        .into_any()
                }
            }}
        </Card>
    }
}
