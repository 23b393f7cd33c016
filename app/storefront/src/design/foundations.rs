//! Colours, type, mark and icons.

use super::Pane;
use leptos::prelude::*;
use ui::{Icon, Logo};

/// The tokens by the utility that paints them. Written out, since Tailwind finds classes by reading.
const GROUNDS: &[(&str, &str)] = &[
    ("page", "bg-page"),
    ("surface", "bg-surface"),
    ("raised", "bg-raised"),
    ("sunken", "bg-sunken"),
    ("shade", "bg-shade"),
    ("line", "bg-line"),
    ("line-strong", "bg-line-strong"),
    ("ink", "bg-ink"),
    ("ink-soft", "bg-ink-soft"),
    ("brand", "bg-brand"),
    ("brand-strong", "bg-brand-strong"),
    ("brand-ink", "bg-brand-ink"),
    ("brand-soft", "bg-brand-soft"),
    ("deal", "bg-deal"),
    ("deal-ink", "bg-deal-ink"),
    ("deal-soft", "bg-deal-soft"),
    ("danger", "bg-danger"),
    ("danger-ink", "bg-danger-ink"),
    ("danger-soft", "bg-danger-soft"),
    ("focus", "bg-focus"),
    ("star", "bg-star"),
];

pub fn colours(_: Pane) -> AnyView {
    view! {
        <ul class="grid grid-cols-3 gap-3 sm:grid-cols-5" role="list">
            {GROUNDS.iter().map(|(name, class)| view! {
                <li class="text-xs text-ink-soft">
                    <span class=format!("mb-1 block h-12 rounded-md border border-line {class}")></span>
                    {*name}
                </li>
            }).collect_view()}
        </ul>
    }
    .into_any()
}

pub fn type_scale(_: Pane) -> AnyView {
    let line = |class: &'static str, name: &'static str| view! { <p class=class>"Harga terang " {name}</p> };
    view! {
        <div class="grid gap-2">
            {line("text-3xl font-extrabold tracking-tight", "3xl")}
            {line("text-2xl font-bold", "2xl")}
            {line("text-xl font-bold", "xl")}
            {line("text-lg font-semibold", "lg")}
            {line("text-base", "base")}
            {line("text-sm text-ink-soft", "sm")}
            {line("text-xs text-ink-soft", "xs")}
            <p class="tabular-nums">"Rp\u{a0}1.111.111 · Rp\u{a0}8.888.888"</p>
        </div>
    }
    .into_any()
}

pub fn brand(_: Pane) -> AnyView {
    view! {
        <div class="grid gap-6">
            <div class="flex items-center gap-6"><Logo/><Logo mark_only=true/></div>
            <div>
                <div class="rounded-t-md bg-brand p-4 font-bold text-on-brand">"Pasar"</div>
                <div class="awning"></div>
            </div>
        </div>
    }
    .into_any()
}

pub fn icons(_: Pane) -> AnyView {
    view! {
        <ul class="grid grid-cols-4 gap-3 sm:grid-cols-7" role="list">
            {Icon::ALL.iter().map(|icon| view! {
                <li class="grid justify-items-center gap-1 text-center text-xs text-ink-soft">
                    <span class="text-ink"><Icon name=*icon/></span>
                    <span class="max-w-full truncate">{icon.label()}</span>
                </li>
            }).collect_view()}
        </ul>
    }
    .into_any()
}
