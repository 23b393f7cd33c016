//! Looks at the demonstration's goods in the last weeks, as if by people who came by different ways, and what some of them
//! had searched for.

use super::{SeedError, chance::Chance, demo::SOURCE, store};
use catalog::recommend::{View, record_views};
use inquiry::{Lead, Wording, store::insert_leads};
use kernel::{Cx, OffsetDateTime};
use model::{ids::Uuid, views::figures::VisitSource};
use std::collections::BTreeMap;
use time::{Duration, Time};

const DAYS: i64 = 29;
/// In a day, fewer on quiet ones.
const LOOKS: i64 = 360;

/// Of a hundred, how many come by which way.
const WAYS: [(VisitSource, u64); 6] = [
    (VisitSource::Search, 38),
    (VisitSource::Category, 21),
    (VisitSource::Home, 17),
    (VisitSource::Shop, 9),
    (VisitSource::Site, 9),
    (VisitSource::Outside, 6),
];

/// Makes them where nobody has looked at anything; how many.
pub async fn looks(cx: &Cx, seed: u64) -> Result<u64, SeedError> {
    let mut tx = cx.begin().await?;
    if store::has_looks(&mut tx).await? {
        return Ok(0);
    }
    let goods = store::list_on_sale(&mut tx, SOURCE).await?;
    if goods.is_empty() {
        return Ok(0);
    }
    let mut chance = Chance::of(seed, &["looks"]);
    let mut made = 0;
    for day in 0..DAYS {
        let midday = cx.now() - Duration::days(day);
        let mut views = vec![];
        let mut leads: BTreeMap<OffsetDateTime, Vec<Lead>> = BTreeMap::new();
        for _ in 0..chance.between(LOOKS / 2, LOOKS) {
            let (product, name) = popular(&mut chance, &goods);
            let at = midday - Duration::minutes(chance.between(0, 23 * 60));
            let source = way(&mut chance);
            let visitor = Uuid::from_u64_pair(chance.next(), chance.next());
            views.push(View { visitor, product: *product, at, source });
            if source == VisitSource::Search
                && let Some(text) = asked(name)
            {
                leads.entry(hour(at)).or_default().push(Lead { text, product: *product });
            }
        }
        record_views(&mut tx, &views).await?;
        for (hour, leads) in leads {
            insert_leads(&mut tx, hour, &leads).await?;
        }
        made += views.len() as u64;
    }
    tx.commit().await?;
    Ok(made)
}

/// Some are looked at far more often than others.
fn popular<'a, T>(chance: &mut Chance, goods: &'a [T]) -> &'a T {
    let all = goods.len() as u64;
    let place = chance.below(all).min(chance.below(all));
    &goods[usize::try_from(place).unwrap_or_default()]
}

fn way(chance: &mut Chance) -> VisitSource {
    let mut left = chance.below(100);
    for (way, share) in WAYS {
        if left < share {
            return way;
        }
        left -= share;
    }
    VisitSource::Outside
}

/// The first words of a name are what people look for.
fn asked(name: &str) -> Option<Wording> {
    let words: Vec<&str> = name.split_whitespace().take(2).collect();
    Wording::parse(&words.join(" "))
}

fn hour(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_time(Time::from_hms(at.hour(), 0, 0).unwrap_or(Time::MIDNIGHT))
}
