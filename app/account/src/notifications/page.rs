use super::rpc::{SaveNotifications, Switch, notifications};
use crate::{
    door::parts::asked,
    parts::{Fetched, Frame, Part, Refusal, error_of, fetch},
};
use leptos::prelude::*;
use model::words::{account as common, security as words};
use ui::{Button, Card, Checkbox, Notice, NoticeKind};

type All = Vec<Switch>;

#[component]
pub fn NotificationsPage() -> impl IntoView {
    let lang = ui::lang();
    let save = ServerAction::<SaveNotifications>::new();
    let page = fetch(move || save.version().get(), |_| notifications());
    let saved = asked("saved");
    view! {
        <Frame here=Part::Notifications>
            <p>{words::notifications_text(lang)}</p>
            <Refusal error=error_of(save) />
            {move || {
                (!saved.get().is_empty())
                    .then(|| view! { <Notice kind=NoticeKind::Success><p>{common::saved(lang)}</p></Notice> })
            }}
            <Fetched
                resource=page
                view=move |switches: All| view! { <Switches switches=switches save=save /> }.into_any()
            />
        </Frame>
    }
}

#[component]
fn Switches(switches: Vec<Switch>, save: ServerAction<SaveNotifications>) -> impl IntoView {
    let lang = ui::lang();
    let topics: Vec<All> =
        switches.chunk_by(|one, other| one.topic == other.topic).map(<[Switch]>::to_vec).collect();
    view! {
        <Card>
            <ActionForm action=save>
                <div class="form">
                    <fieldset>
                        <legend class="field-label">{words::notifications_always(lang)}</legend>
                        <Checkbox
                            name="always"
                            label=words::notifications_always_text(lang)
                            checked=true
                            disabled=true
                        />
                    </fieldset>
                    {topics.into_iter().map(|switches| view! { <Topic switches=switches /> }).collect_view()}
                    <div class="form-acts">
                        <Button busy=save.pending()>{common::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn Topic(switches: Vec<Switch>) -> impl IntoView {
    let lang = ui::lang();
    let topic = switches.first().map(|switch| words::topic(lang, &switch.topic).to_owned());
    view! {
        <fieldset>
            <legend class="field-label">{topic}</legend>
            {switches
                .into_iter()
                .map(|switch| {
                    view! {
                        <Checkbox
                            name="wanted[]"
                            value=switch.name
                            label=words::channel(lang, switch.channel)
                            checked=switch.wanted
                        />
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
