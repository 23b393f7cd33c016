use super::{
    parts::{WishRow, name_of},
    rpc::{DeleteList, MakeList, MoveWish, RemoveWish, RenameList, ShareList, Wishlists, own_wishlists},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    wish::{Wish, Wishlist, WishlistPage as View, limits},
    words::account as words,
};
use ui::{
    Art, Button, ButtonKind, Choice, Dialog, DialogClose, DialogLink, EmptyState, Field, Icon, IconButton,
    Notice, Select, Size, Tab, Tabs,
};

/// All that can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    make: ServerAction<MakeList>,
    rename: ServerAction<RenameList>,
    delete: ServerAction<DeleteList>,
    share: ServerAction<ShareList>,
    take: ServerAction<RemoveWish>,
    put: ServerAction<MoveWish>,
}

impl Acts {
    fn new() -> Self {
        Self {
            make: ServerAction::new(),
            rename: ServerAction::new(),
            delete: ServerAction::new(),
            share: ServerAction::new(),
            take: ServerAction::new(),
            put: ServerAction::new(),
        }
    }

    /// Grows whenever one of them is done.
    fn done(self) -> usize {
        self.make.version().get()
            + self.rename.version().get()
            + self.delete.version().get()
            + self.share.version().get()
            + self.take.version().get()
            + self.put.version().get()
    }
}

#[component]
pub fn WishlistPage() -> impl IntoView {
    let acts = Acts::new();
    let asked = use_query_map();
    let asked = Memo::new(move |_| {
        asked.with(|asked| (asked.get("list").and_then(|id| id.parse().ok()), asked.get("after")))
    });
    let page = fetch(move || (acts.done(), asked.get()), |(_, (list, after))| own_wishlists(list, after));
    let errors = [error_of(acts.delete), error_of(acts.share), error_of(acts.take), error_of(acts.put)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    view! {
        <Frame here=Part::Wishlist>
            <Refusal error=error />
            <Fetched resource=page view=move |page: Wishlists| shown(page, acts) />
        </Frame>
    }
}

fn shown(page: Wishlists, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let Wishlists { lists, page, link } = page;
    let here = page.as_ref().and_then(|page| lists.iter().position(|list| list.id == page.list.id));
    let tabs = lists.iter().map(|list| {
        let href = query::href("/account/wishlist", [("list", list.id.to_string().as_str())]);
        Tab::new(name_of(list), href).count(list.count.into())
    });
    let tabs: Vec<Tab> = tabs.collect();
    let full = lists.len() >= limits::MOST_LISTS as usize;
    view! {
        {(tabs.len() > 1)
            .then(|| view! { <Tabs tabs=tabs here=here.unwrap_or_default() label=words::wishlist_lists(lang) /> })}
        {match page {
            Some(page) => view! { <List page=page link=link lists=lists acts=acts /> }.into_any(),
            None => nothing(),
        }}
        {if full {
            view! { <Notice><p>{words::wishlist_lists_full(lang)}</p></Notice> }.into_any()
        } else {
            view! { <NewList make=acts.make /> }.into_any()
        }}
    }
    .into_any()
}

fn nothing() -> AnyView {
    let lang = ui::lang();
    view! {
        <EmptyState art=Art::Box title=words::wishlist_none(lang) text=words::wishlist_none_text(lang)>
            <Button href="/search" icon=Icon::Search>{words::wishlist_go(lang)}</Button>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn List(page: View, link: Option<String>, lists: Vec<Wishlist>, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let id = page.list.id;
    let next = page.next.clone().map(|after| {
        query::href("/account/wishlist", [("list", id.to_string().as_str()), ("after", after.as_str())])
    });
    let others: Vec<Choice> = lists
        .iter()
        .filter(|list| list.id != id)
        .map(|list| Choice::new(list.id.to_string(), name_of(list)))
        .collect();
    view! {
        <Settings list=page.list.clone() link=link acts=acts />
        {if page.items.is_empty() {
            nothing()
        } else {
            view! {
                <ul class="account-cards" role="list">
                    {page
                        .items
                        .into_iter()
                        .map(|wish| view! { <li><OwnWish wish=wish others=others.clone() acts=acts /></li> })
                        .collect_view()}
                </ul>
            }
                .into_any()
        }}
        {next
            .map(|href| {
                view! {
                    <p class="centred">
                        <Button href=href kind=ButtonKind::Secondary>{words::wishlist_more(lang)}</Button>
                    </p>
                }
            })}
    }
}

#[component]
fn OwnWish(wish: Wish, others: Vec<Choice>, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let id = wish.id.to_string();
    let (to_move, field) = (id.clone(), format!("to-{id}"));
    view! {
        <WishRow wish=wish>
            <ActionForm action=acts.take>
                <input r#type="hidden" name="id" value=id />
                <IconButton icon=Icon::Trash label=words::wish_remove(lang) />
            </ActionForm>
            {(!others.is_empty())
                .then(|| {
                    view! {
                        <details class="wish-move">
                            <summary class="btn btn-md btn-quiet">{words::wishlist_move(lang)}</summary>
                            <ActionForm action=acts.put>
                                <input r#type="hidden" name="id" value=to_move />
                                <Select
                                    name="to"
                                    id=field
                                    label=words::wishlist_move_to(lang)
                                    choices=others
                                />
                                <Button kind=ButtonKind::Secondary size=Size::Small>{words::wishlist_move(lang)}</Button>
                            </ActionForm>
                        </details>
                    }
                })}
        </WishRow>
    }
}

/// Sharing, renaming, removing.
#[component]
fn Settings(list: Wishlist, link: Option<String>, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let id = list.id.to_string();
    let (to_share, shared) = (id.clone(), link.is_some());
    let called = name_of(&list);
    let name_wrong = wrong(error_of(acts.rename), "name");
    view! {
        <details class="list-settings">
            <summary class="btn btn-md btn-secondary">
                <Icon name=Icon::Settings />
                {name_of(&list)}
            </summary>
            <div class="form">
                {link
                    .map(|link| {
                        view! {
                            <p>{words::wishlist_shared(lang)}</p>
                            <Field name="link" label=words::wishlist_link(lang) value=link readonly=true />
                        }
                    })}
                <ActionForm action=acts.share>
                    <input r#type="hidden" name="id" value=to_share />
                    <input r#type="hidden" name="shared" value=(!shared).to_string() />
                    <Button kind=ButtonKind::Secondary icon=Icon::Share>
                        {if shared { words::wishlist_unshare(lang) } else { words::wishlist_share(lang) }}
                    </Button>
                </ActionForm>
                <ActionForm action=acts.rename>
                    <div class="form">
                        <input r#type="hidden" name="id" value=id />
                        <input r#type="hidden" name="version" value=list.version.to_string() />
                        <Field
                            name="name"
                            id="rename"
                            label=words::wishlist_name(lang)
                            value=called
                            error=name_wrong
                            maxlength=40u32
                            autocomplete="off"
                        />
                        <Button kind=ButtonKind::Secondary>{words::wishlist_rename(lang)}</Button>
                    </div>
                </ActionForm>
                <Refusal error=error_of(acts.rename) />
                {(!list.is_default).then(|| view! { <Delete list=list delete=acts.delete /> })}
            </div>
        </details>
    }
}

#[component]
fn Delete(list: Wishlist, delete: ServerAction<DeleteList>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <p>
            <DialogLink to="delete-list" kind=ButtonKind::Quiet icon=Icon::Trash>{words::wishlist_delete(lang)}</DialogLink>
        </p>
        <Dialog id="delete-list" title=words::wishlist_delete_title(lang)>
            <p>{words::wishlist_delete_text(lang, list.count)}</p>
            <div class="dialog-acts">
                <DialogClose of="delete-list">{words::cancel(lang)}</DialogClose>
                <ActionForm action=delete>
                    <input r#type="hidden" name="id" value=list.id.to_string() />
                    <Button kind=ButtonKind::Danger>{words::remove(lang)}</Button>
                </ActionForm>
            </div>
        </Dialog>
    }
}

#[component]
fn NewList(make: ServerAction<MakeList>) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(make);
    view! {
        <details class="list-settings" open={error.get_untracked().is_some()}>
            <summary class="btn btn-md btn-quiet">
                <Icon name=Icon::Plus />
                {words::wishlist_new(lang)}
            </summary>
            <ActionForm action=make>
                <div class="form">
                    <Field
                        name="name"
                        id="new-list"
                        label=words::wishlist_name(lang)
                        error=wrong(error, "name")
                        maxlength=40u32
                        autocomplete="off"
                    />
                    <Button busy=make.pending()>{words::wishlist_make(lang)}</Button>
                </div>
            </ActionForm>
        </details>
    }
}
