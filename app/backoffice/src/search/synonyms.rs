//! Phrases that mean the same: the list, and a form to add one.

use super::rpc::{AddSynonym, RemoveSynonym};
use leptos::prelude::*;
use model::{FieldError, Lang, views::operator::SynonymRow, words::backoffice as words};
use ui::{Button, ButtonKind, Cell, Choice, Column, Field, Select, Table};

/// What the tab can do.
#[derive(Clone, Copy)]
pub struct Changes {
    add: ServerAction<AddSynonym>,
    remove: ServerAction<RemoveSynonym>,
}

impl Changes {
    pub fn new() -> Self {
        Self { add: ServerAction::new(), remove: ServerAction::new() }
    }

    /// How many there were, so that the list is read again.
    pub fn count(self) -> usize {
        self.add.version().get() + self.remove.version().get()
    }

    fn error(self, field: &'static str) -> Signal<Option<FieldError>> {
        let add = self.add;
        Signal::derive(move || add.value().get().and_then(Result::err).and_then(|error| error.of(field)))
    }
}

#[component]
pub fn SynonymsTab(synonyms: Vec<SynonymRow>, changes: Changes) -> impl IntoView {
    let lang = ui::lang();
    let languages = vec![
        Choice::new("", words::any_language(lang)),
        Choice::new(Lang::Id.tag(), Lang::Id.name()),
        Choice::new(Lang::En.tag(), Lang::En.name()),
    ];
    let columns = vec![
        Column::text(words::phrases(lang)),
        Column::text(words::also_shown(lang)),
        Column::text(words::searches_in(lang)),
        Column::hidden(words::remove(lang)),
    ];
    view! {
        <p class="mb-4 text-ink-soft">{words::synonyms_help(lang)}</p>
        <ActionForm action=changes.add attr:class="mb-8 grid gap-4 md:grid-cols-4 md:items-end">
            <Field name="phrases" label=words::phrases(lang) hint=words::phrases_hint(lang) error=changes.error("phrases") />
            <Field name="shown" label=words::also_shown(lang) hint=words::also_shown_hint(lang) error=changes.error("shown") optional=true />
            <Select name="lang" label=words::searches_in(lang) choices=languages chosen=String::new() optional=true />
            <Button>{words::add(lang)}</Button>
        </ActionForm>
        <Table caption=words::tab_synonyms(lang) columns=columns>
            {synonyms.into_iter().map(|synonym| view! { <Row synonym=synonym changes=changes /> }).collect_view()}
        </Table>
    }
}

#[component]
fn Row(synonym: SynonymRow, changes: Changes) -> impl IntoView {
    let lang = ui::lang();
    let phrases = synonym.phrases.join(", ");
    let spoken = format!(" {phrases}");
    let language = synonym.lang.map_or_else(|| words::any_language(lang), Lang::name);
    view! {
        <tr>
            <Cell label=words::phrases(lang)>{phrases}</Cell>
            <Cell label=words::also_shown(lang)>{synonym.shown.join(", ")}</Cell>
            <Cell label=words::searches_in(lang)>{language}</Cell>
            <Cell label="">
                <ActionForm action=changes.remove>
                    <input r#type="hidden" name="id" value=synonym.id.to_string() />
                    <Button kind=ButtonKind::Danger>
                        {words::remove(lang)}
                        <span class="sr-only">{spoken}</span>
                    </Button>
                </ActionForm>
            </Cell>
        </tr>
    }
}
