//! How a parcel can come to its courier: brought to a counter, or fetched between two times.

use crate::{
    WIB,
    arrival::{Hours, next},
    couriers::TARIFFS,
};
use model::{
    shipping::{Collection, Courier, CourierCode, Service},
    shop::OpenHours,
};
use time::{Date, OffsetDateTime, Time, UtcOffset, macros::time};

/// A courier comes today and on so many of the working days after it.
pub const DAYS_AHEAD: usize = 3;
/// So many minutes are a slot.
pub const SLOT_MINUTES: u16 = 120;
/// What is left at the end of a day is a slot if it has so many.
pub const LEAST_MINUTES: u16 = 60;
/// No courier comes before this, by WIB.
pub const EARLIEST: Time = time!(08:00);
/// So many days are looked at: a shop that is open on one day of the week has one in them.
const MOST_DAYS: usize = 31;

/// All ways there are, what most choose first. A rider who brings it within the day comes at once; a courier of somebody
/// else comes as soon as it can, or has it brought; for one of our own tables its slots are known. `hours` are the shop's,
/// where it says when it is open.
pub fn ways(
    courier: &CourierCode,
    service: Service,
    hours: Option<OpenHours>,
    now: OffsetDateTime,
) -> Vec<Collection> {
    if matches!(service, Service::SameDay | Service::Instant) {
        return vec![Collection::PickUp];
    }
    let Some(own) = Courier::from_name(courier.as_str()) else {
        return vec![Collection::PickUp, Collection::DropOff];
    };
    let tariff = TARIFFS.iter().find(|it| it.courier == own && it.service == service);
    let slots = tariff.map(|it| slots(it.hours, hours, now)).unwrap_or_default();
    slots.into_iter().chain([Collection::DropOff]).collect()
}

/// From when the courier works or the shop opens to when either stops, by WIB; what has begun is over.
fn slots(courier: Hours, shop: Option<OpenHours>, now: OffsetDateTime) -> Vec<Collection> {
    let local = now.checked_to_offset(WIB).unwrap_or(now);
    let minutes = |at: Time| u16::from(at.hour()) * 60 + u16::from(at.minute());
    let begins = shop.map_or(0, |shop| shop.opens).max(minutes(EARLIEST));
    let ends = shop.map_or(u16::MAX, |shop| shop.closes).min(minutes(courier.cut_off));
    let works = |day: Date| {
        let open = shop.is_none_or(|shop| {
            shop.days.get(usize::from(day.weekday().number_days_from_monday())).copied().unwrap_or(false)
        });
        open && courier.works_on(day)
    };
    let today = local.date();
    let days =
        std::iter::successors(Some(today), |day| Some(next(*day))).take(MOST_DAYS).filter(|day| works(*day));
    let most = DAYS_AHEAD + usize::from(works(today));
    days.take(most).flat_map(|day| of_day(day, begins, ends, local)).collect()
}

fn of_day(day: Date, begins: u16, ends: u16, now: OffsetDateTime) -> Vec<Collection> {
    let mut slots = vec![];
    let mut from = begins;
    while from.saturating_add(LEAST_MINUTES) <= ends {
        let until = from.saturating_add(SLOT_MINUTES).min(ends);
        if let (Some(start), Some(end)) = (at(day, from, now.offset()), at(day, until, now.offset()))
            && start > now
        {
            slots.push(Collection::Slot { from: start.unix_timestamp(), until: end.unix_timestamp() });
        }
        from = until;
    }
    slots
}

fn at(day: Date, minutes: u16, offset: UtcOffset) -> Option<OffsetDateTime> {
    let (hour, minute) = (u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?);
    Some(day.with_time(Time::from_hms(hour, minute, 0).ok()?).assume_offset(offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn own(courier: Courier) -> CourierCode {
        courier.into()
    }

    /// As people would say it: `20 08:00-10:00`.
    fn said(ways: &[Collection]) -> Vec<String> {
        let local = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap().to_offset(WIB);
        let slots = ways.iter().filter_map(|way| way.slot());
        let said = slots.map(|(from, until)| {
            let (from, until) = (local(from), local(until));
            format!(
                "{} {:02}:{:02}-{:02}:{:02}",
                from.day(),
                from.hour(),
                from.minute(),
                until.hour(),
                until.minute()
            )
        });
        said.collect()
    }

    #[test]
    fn slots_are_of_today_and_the_next_three_working_days_until_the_cut_off() {
        // A Friday, half past nine in the morning by WIB; the cut-off is at 15:00, and nobody comes on the 22nd.
        let now = datetime!(2026-11-20 02:30 UTC);
        let ways = ways(&own(Courier::KirimCepat), Service::Regular, None, now);
        let said = said(&ways);
        assert_eq!(said[..3], ["20 10:00-12:00", "20 12:00-14:00", "20 14:00-15:00"]);
        let days: Vec<&str> = said.iter().map(|it| &it[..2]).collect();
        for (day, slots) in [("20", 3), ("21", 4), ("22", 0), ("23", 4), ("24", 4), ("25", 0)] {
            assert_eq!(days.iter().filter(|it| **it == day).count(), slots, "{day}");
        }
        assert_eq!(ways.last(), Some(&Collection::DropOff));
    }

    #[test]
    fn a_shop_is_visited_while_it_is_open() {
        // Mondays and Tuesdays, from half past ten to one.
        let mut days = [false; 7];
        (days[0], days[1]) = (true, true);
        let hours = OpenHours { days, opens: 630, closes: 780 };
        let now = datetime!(2026-11-20 02:30 UTC);
        let ways = ways(&own(Courier::KirimCepat), Service::Regular, Some(hours), now);
        assert_eq!(said(&ways), ["23 10:30-12:30", "24 10:30-12:30", "30 10:30-12:30"]);
        // It opens when the courier has gone.
        let late = OpenHours { days: [true; 7], opens: 960, closes: 1_200 };
        let only = super::ways(&own(Courier::KirimCepat), Service::Regular, Some(late), now);
        assert_eq!(only, [Collection::DropOff]);
    }

    #[test]
    fn after_the_cut_off_the_next_days_are_left() {
        let now = datetime!(2026-11-20 08:00 UTC);
        let said = said(&ways(&own(Courier::AntarNusa), Service::Cargo, None, now));
        assert_eq!((said[0].as_str(), said.len()), ("21 08:00-10:00", 6));
    }

    #[test]
    fn a_rider_comes_at_once_and_others_couriers_tell_no_slots() {
        let now = datetime!(2026-11-20 02:30 UTC);
        let rider = ways(&own(Courier::GesitKota), Service::Instant, None, now);
        assert_eq!(rider, [Collection::PickUp]);
        let jne = CourierCode::try_from("jne".to_owned()).unwrap();
        assert_eq!(ways(&jne, Service::Regular, None, now), [Collection::PickUp, Collection::DropOff]);
    }
}
