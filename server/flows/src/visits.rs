//! Where visitors have been. A visitor is the random key of a browser's cookie; whoever does not want to be followed
//! has none.

use catalog::{
    recommend::{View, forget_visitor},
    visits::Visits,
};
use identity::consent;
use inquiry::{Lead, Leads, Wording};
use kernel::{Cx, Uuid, Viewer};
use model::{
    ids::ProductId,
    person::Purpose,
    query,
    views::{Personal, figures::VisitSource},
};

/// Notes that a visitor looked at a product, for their own shelves, for what goes with what, and for its shop's figures.
/// `from` is the path and query on this site they came from. It is written later, by
/// [`Unwritten::write`](catalog::visits::Unwritten::write); what they had searched for is noted apart from who they are, as
/// searches are.
pub fn note(cx: &Cx, visitor: Option<Uuid>, product: ProductId, from: Option<&str>) {
    let Some(visitor) = visitor else { return };
    if let Some(visits) = cx.part::<Visits>() {
        visits.note(View { visitor, product, at: cx.now(), source: source(from) });
    }
    if let (Some(text), Some(leads)) = (from.and_then(searched), cx.part::<Leads>()) {
        leads.note(Lead { text, product });
    }
}

/// What is shown to this visitor alone. What was seen last is theirs to find again; what may please them because of it is
/// shown to a member who agreed to that, and to a visitor, of whom nothing is known but the key they may take back.
pub async fn shelves(cx: &Cx, visitor: Option<Uuid>) -> Result<Personal, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let mut personal = views::personal::shelves(&mut db, visitor, cx.now()).await?;
    let refused = match cx.viewer() {
        Viewer::Member(member) if !personal.for_you.is_empty() => {
            !consent::store::is_given(&mut db, member.account, Purpose::Personalisation).await?
        }
        _ => false,
    };
    if refused {
        personal.for_you.clear();
    }
    Ok(personal)
}

/// Forgets where a visitor has been.
pub async fn forget(cx: &Cx, visitor: Uuid) -> Result<(), sqlx::Error> {
    forget_visitor(&mut *cx.db().acquire().await?, visitor).await
}

/// By which way somebody came who was there before.
fn source(from: Option<&str>) -> VisitSource {
    let Some(from) = from else { return VisitSource::Outside };
    let path = from.split(['?', '#']).next().unwrap_or_default();
    match path.split('/').nth(1).unwrap_or_default() {
        "" => VisitSource::Home,
        "search" => VisitSource::Search,
        "c" | "categories" => VisitSource::Category,
        "shop" => VisitSource::Shop,
        _ => VisitSource::Site,
    }
}

/// What they were looking for, where they come from the search page.
fn searched(from: &str) -> Option<Wording> {
    let (path, asked) = from.split_once('?')?;
    if path != "/search" {
        return None;
    }
    let asked = asked.split('#').next()?.split('&').find_map(|pair| pair.strip_prefix("q="))?;
    Wording::parse(&query::decode(asked)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_apart() {
        for (from, way) in [
            (None, VisitSource::Outside),
            (Some("/"), VisitSource::Home),
            (Some("/?lang=en"), VisitSource::Home),
            (Some("/search?q=tas"), VisitSource::Search),
            (Some("/c/fashion-pria?sort=newest"), VisitSource::Category),
            (Some("/categories"), VisitSource::Category),
            (Some("/shop/kopi-senja?q=kopi"), VisitSource::Shop),
            (Some("/p/kaos-polos"), VisitSource::Site),
            (Some("/cart"), VisitSource::Site),
        ] {
            assert_eq!(source(from), way, "{from:?}");
        }
    }

    #[test]
    fn what_was_searched_for_is_kept_as_the_log_of_searches_keeps_it() {
        for (from, text) in [
            ("/search?q=Tas+Wanita", Some("tas wanita")),
            ("/search?sort=newest&q=kopi%20gayo#top", Some("kopi gayo")),
            ("/search?q=budi%40contoh.id", None),
            ("/search?q=0812+3456+7890", None),
            ("/search?q=%ff", None),
            ("/search?q=", None),
            ("/search", None),
            ("/shop/kopi-senja?q=kopi", None),
        ] {
            assert_eq!(searched(from).as_ref().map(Wording::as_str), text, "{from}");
        }
    }
}
