//! What the people of a shop do. Whoever acts for a shop holds an [`AtShop`], and [`at_shop`] is how they come by it.

pub mod bundles;
pub mod counts;
mod documents;
pub mod editor;
pub mod flash;
pub mod goods;
mod open;
mod papers;
pub mod prices;
pub mod products;
pub mod settings;
pub mod staff;
pub mod stock;
pub mod today;
pub mod together;
pub mod transfers;
pub mod vouchers;
pub mod warehouses;

pub use documents::{Applicant, SendDocumentsError, SweepDocuments, send as send_documents};
pub use open::{OpenShopError, open, owns_enough, slug_problem};
pub use papers::{Papers, PapersError};

use kernel::{
    Cx,
    jobs::{Registry, Schedule},
};
use model::{AppError, Permission, Slug};
pub use shop::staff::{AtShop, find_shop, shops_of};

/// Lets whoever is asking in to the shop at this address, for one kind of work; `unauthenticated` where nobody is
/// signed in, `not_found` for everybody but those of its people whose work it is.
pub async fn at_shop(cx: &Cx, slug: &str, permission: Permission) -> Result<AtShop, AppError> {
    let member = cx.member()?;
    let slug: Slug = slug.parse().map_err(|_| AppError::not_found())?;
    let mut db = cx.db().acquire().await.map_err(|error| kernel::db::code(&error))?;
    Ok(shop::staff::enter_at(&mut db, &member, &slug, permission).await?)
}

/// The jobs of shops and their people, and what of them runs by the clock.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry
        .job::<settings::FollowHoliday>()
        .job::<goods::ReadGoods>()
        .job::<together::ChangeGoods>()
        .cron("sweep documents of shops", Schedule::every(time::Duration::HOUR), || SweepDocuments {})
        .cron("sweep files of goods", Schedule::daily(time::macros::time!(04:35)), || goods::SweepGoods {})
        .cron("sweep changes of goods", Schedule::daily(time::macros::time!(04:45)), || {
            together::SweepChanges {}
        })
        .cron("sweep invitations to shops", Schedule::daily(time::macros::time!(04:25)), || {
            staff::SweepInvitations {}
        })
}
