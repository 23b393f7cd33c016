//! An invitation, for whoever got it.

use super::rpc::{Join, see_invitation};
use crate::parts::{Fetched, Refusal, error_of, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{shop::Invitation, words::seller as words};
use ui::{Button, Card, Icon, Title, format};

#[component]
pub fn JoinPage() -> impl IntoView {
    let lang = ui::lang();
    let said = use_query_map();
    let token = Memo::new(move |_| said.with(|said| said.get("token")).unwrap_or_default());
    let found = fetch(move || token.get(), see_invitation);
    let join = ServerAction::<Join>::new();
    view! {
        <Title text=words::invitation(lang) unlisted=true />
        <div class="account-body">
            <h1 class="account-title">{words::invitation(lang)}</h1>
            <Refusal error=error_of(join) />
            <Fetched
                resource=found
                view=move |found: Invitation| {
                    let lang = ui::lang();
                    view! {
                        <Card>
                            <p>{words::invitation_text(lang, found.shop, words::role(lang, found.role))}</p>
                            <p class="address-notes">{words::invitation_until(lang, format::date_time(lang, found.expires_at))}</p>
                            <ActionForm action=join>
                                <input r#type="hidden" name="token" value=token.get_untracked() />
                                <Button icon=Icon::Check busy=join.pending()>{words::join(lang)}</Button>
                            </ActionForm>
                        </Card>
                    }
                        .into_any()
                }
            />
        </div>
    }
}
