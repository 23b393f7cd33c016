use super::rpc::my_desk;
use crate::frame::{Count, Desk, Frame};
use leptos::prelude::*;
use model::{views::desk::Overview, words::backoffice as words};
use ui::{Card, Fetched, Icon, Size, Title, fetch};

#[component]
pub fn HomeDesk() -> impl IntoView {
    let found = fetch(|| (), |()| my_desk());
    view! {
        <Frame here=Desk::Home overview=found>
            <Fetched resource=found view=desks />
        </Frame>
    }
}

fn desks(overview: Overview) -> AnyView {
    let lang = ui::lang();
    view! {
        <Title text=words::title(lang) unlisted=true />
        <h1 class="account-title">{words::title(lang)}</h1>
        <ul class="account-parts" role="list">
            {Desk::of(&overview)
                .filter(|desk| *desk != Desk::Home)
                .map(|desk| {
                    view! {
                        <li>
                            <Card>
                                <a class="account-part" href=desk.href()>
                                    <Icon name=desk.icon() />
                                    <span>
                                        <strong>{desk.name(lang)}</strong>
                                        <small>{desk.about(lang)}</small>
                                    </span>
                                    <Count n=desk.waiting(overview.waiting) />
                                    <Icon name=Icon::ChevronRight size=Size::Small />
                                </a>
                            </Card>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}
