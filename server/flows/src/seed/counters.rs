//! Counters of couriers in the cities where most people live. None of them is a place one could go to.

use super::{SeedError, chance::Chance};
use model::{ids::Uuid, shipping::Courier};
use region::Book;
use shipping::{NewPickupPoint, store};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Jakarta's five cities, Bandung, Semarang, Yogyakarta, Surabaya, Medan, Makassar, Denpasar.
const CITIES: [&str; 12] = [
    "31.71", "31.72", "31.73", "31.74", "31.75", "32.73", "33.74", "34.71", "35.78", "12.71", "73.71",
    "51.71",
];
/// So many districts of each have one.
const DISTRICTS: usize = 4;
const MOST: u16 = 1_000;

/// Makes what is not there yet.
pub(super) async fn counters(db: &mut PgConnection, seed: u64, now: OffsetDateTime) -> Result<(), SeedError> {
    let book = Book::get();
    for city in CITIES {
        let there = store::list_pickup_points(db, city, MOST).await?;
        for district in book.children(Some(city)).into_iter().take(DISTRICTS) {
            for courier in [Courier::KirimCepat, Courier::AntarNusa] {
                let name = format!("Loket {} {}", courier.brand(), district.name);
                let known = |it: &shipping::PickupPoint| it.point.name == name && it.point.courier == courier;
                if there.iter().any(known) {
                    continue;
                }
                let mut chance = Chance::of(seed, &["counter", &district.code, courier.as_str()]);
                let new = NewPickupPoint {
                    courier,
                    name,
                    district: district.code.clone(),
                    street: format!("Jl. Raya {} No. {}", district.name, chance.between(1, 120)),
                    position: district.position,
                };
                let id: Uuid = chance.id(0);
                store::insert_pickup_point(db, id.into(), &new, now).await.map_err(SeedError::unsound)?;
            }
        }
    }
    Ok(())
}
