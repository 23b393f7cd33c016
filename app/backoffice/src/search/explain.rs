//! A search taken apart: how it was read, each hit's score, and a product that is missed.

use super::page::PATH;
use leptos::prelude::*;
use model::{
    Lang,
    views::{
        SearchParams,
        operator::{Explained, FoundBy, HitExplained, Sought, Verdict, WordRead},
    },
    words::backoffice as words,
};
use ui::{Badge, Button, Cell, Column, Field, Input, Notice, NoticeKind, Table};

#[component]
pub fn ExplainTab(
    params: SearchParams,
    product: Option<String>,
    explained: Option<Explained>,
) -> impl IntoView {
    let lang = ui::lang();
    // Filters of the address are kept; the form asks anew for words and product.
    let kept = SearchParams { q: String::new(), after: None, ..params.clone() }.pairs();
    view! {
        <form action=PATH method="get" class="mb-6 grid gap-4 md:grid-cols-3 md:items-end">
            <input r#type="hidden" name="tab" value="explain" />
            {kept.into_iter().map(|(k, v)| view! { <input r#type="hidden" name=k value=v /> }).collect_view()}
            <Field name="q" label=words::query(lang) kind=Input::Search value=params.q.clone() id="explain-q".to_owned() />
            <Field
                name="product"
                label=words::sought_product(lang)
                hint=words::sought_hint(lang)
                value=product.unwrap_or_default()
                optional=true
            />
            <Button>{words::explain(lang)}</Button>
        </form>
        {explained.map(|explained| view! { <TakenApart explained=explained /> })}
    }
}

#[component]
fn TakenApart(explained: Explained) -> impl IntoView {
    let lang = ui::lang();
    let how = match (explained.loosened, explained.filled) {
        (false, false) => words::read_strictly(lang),
        (true, false) => words::read_loosely(lang),
        (false, true) => words::read_and_filled(lang),
        (true, true) => words::read_loosely_and_filled(lang),
    };
    let number = |n: u64| lang.number(n);
    let speaks_of: Vec<String> =
        explained.speaks_of.iter().take(5).map(|(path, weight)| format!("{path} ({weight:.2})")).collect();
    view! {
        {explained.sought.map(|sought| view! { <SoughtNotice sought=sought /> })}
        <h2 class="mb-2 text-xl">{words::how_read(lang)}</h2>
        <p>{words::read_counts(lang, number(explained.strict), number(explained.matching), number(explained.total), number(explained.products))} " " {how}</p>
        {(!explained.dropped.is_empty()).then(|| view! { <p>{words::dropped(lang, explained.dropped.join(", "))}</p> })}
        {(!speaks_of.is_empty()).then(|| view! { <p>{words::speaks_of(lang, speaks_of.join(", "))}</p> })}
        {explained.did_you_mean.map(|better| view! { <p>{words::better_spelling(lang, better)}</p> })}
        <Words read=explained.words />
        <h2 class="mt-8 mb-2 text-xl">{words::hits(lang)}</h2>
        <Hits hits=explained.hits />
    }
}

#[component]
fn Words(read: Vec<WordRead>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::word(lang)),
        Column::number(words::weight(lang)),
        Column::number(words::as_written(lang)),
        Column::text(words::satisfied_by(lang)),
    ];
    let row = move |word: WordRead| {
        let ways: Vec<String> = word
            .ways
            .iter()
            .map(|way| format!("{} ({}, {:.2}, {})", way.term, way.by, way.worth, lang.number(way.products)))
            .collect();
        view! {
            <tr>
                <Cell label=words::word(lang)>
                    {word.word}
                    {word.praise.then(|| view! { " " <Badge text=words::praise(lang) /> })}
                    {(!word.stems.is_empty()).then(|| view! { <small class="block text-ink-soft">{word.stems.join(", ")}</small> })}
                </Cell>
                <Cell label=words::weight(lang) number=true>{format!("{:.2}", word.weight)}</Cell>
                <Cell label=words::as_written(lang) number=true>{lang.number(word.exact)}</Cell>
                <Cell label=words::satisfied_by(lang)>{ways.join("; ")}</Cell>
            </tr>
        }
    };
    view! { <Table caption=words::how_read(lang) columns=columns>{read.into_iter().map(row).collect_view()}</Table> }
}

#[component]
fn Hits(hits: Vec<HitExplained>) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::product(lang)),
        Column::number(words::score(lang)),
        Column::text(words::made_of(lang)),
        Column::text(words::words_found(lang)),
    ];
    view! {
        <Table caption=words::hits(lang) columns=columns>
            {hits
                .into_iter()
                .map(|hit| {
                    let href = format!("/p/{}", hit.slug);
                    let (made_of, found) = (made_of(lang, &hit), found(lang, &hit.words));
                    view! {
                        <tr>
                            <Cell label=words::product(lang)>
                                <a class="link" href=href>{hit.name}</a>
                                {hit.related.then(|| view! { " " <Badge text=words::related(lang) /> })}
                            </Cell>
                            <Cell label=words::score(lang) number=true>{format!("{:.3}", hit.score)}</Cell>
                            <Cell label=words::made_of(lang)>{made_of}</Cell>
                            <Cell label=words::words_found(lang)>{found}</Cell>
                        </tr>
                    }
                })
                .collect_view()}
        </Table>
    }
}

/// The formula with its numbers.
fn made_of(lang: Lang, hit: &HitExplained) -> String {
    let p = hit.parts;
    let number = |part: f32| format!("{part:.3}");
    let [text, phrase, head, cover, affinity] = [p.text, p.phrase, p.head, p.cover, p.affinity].map(number);
    let [sales, rating, tier, freshness] = [p.sales, p.rating, p.tier, p.freshness].map(number);
    let of_words = words::score_of_words(lang, text, phrase, head, cover, affinity);
    format!("{of_words} + {}", words::score_of_worth(lang, sales, rating, tier, freshness))
}

fn found(lang: Lang, found: &[FoundBy]) -> String {
    let told = found.iter().map(|word| match &word.found {
        Some(term) if *term == word.word => format!("{} ({})", word.word, word.by),
        Some(term) => format!("{} → {term} ({})", word.word, word.by),
        None => words::word_missing(lang, &word.word),
    });
    told.collect::<Vec<_>>().join("; ")
}

#[component]
fn SoughtNotice(sought: Sought) -> impl IntoView {
    let lang = ui::lang();
    let name = sought.name.clone().unwrap_or_else(|| sought.slug.clone());
    let verdict = match sought.verdict {
        Verdict::Unknown => words::sought_unknown(lang).to_owned(),
        Verdict::NotOnSale(state) => words::sought_not_on_sale(lang, state.as_str()),
        Verdict::NotIndexed => words::sought_not_indexed(lang).to_owned(),
        Verdict::Filtered => words::sought_filtered(lang, sought.fails.join(", ")),
        Verdict::LacksWords => words::sought_lacks_words(lang).to_owned(),
        Verdict::TooDeep => words::sought_too_deep(lang).to_owned(),
        Verdict::Found(place) => words::sought_found(lang, place),
    };
    let kind =
        if matches!(sought.verdict, Verdict::Found(_)) { NoticeKind::Success } else { NoticeKind::Warning };
    let parts = sought.hit.as_ref().map(|hit| made_of(lang, hit));
    view! {
        <Notice kind=kind title=name>
            <p>{verdict}</p>
            {(!sought.words.is_empty()).then(|| view! { <p>{found(lang, &sought.words)}</p> })}
            {parts.map(|parts| view! { <p>{parts}</p> })}
        </Notice>
    }
}
