//! The built-in rate tables. The figures are of the size usual in Indonesia; they are nobody's price list.

use crate::{
    Island,
    arrival::Hours,
    tariff::{EVERYWHERE, Fee, Tariff, Weight},
};
use model::shipping::{Courier, Service};
use time::macros::time;

/// Parcels: the next kilogram counts from its 301st gram.
const PARCEL: Weight = Weight { divisor: 6_000, tolerance_g: 300, least_kg: 1, most_g: 50_000 };
/// On a motorcycle; each started kilogram counts.
const RIDER: Weight = Weight { divisor: 6_000, tolerance_g: 0, least_kg: 1, most_g: 20_000 };
/// By lorry and ship: each started kilogram counts, and a bulky one sooner.
const CARGO: Weight = Weight { divisor: 4_000, tolerance_g: 0, least_kg: 10, most_g: 1_000_000 };

const AFTERNOON: Hours = Hours { cut_off: time!(15:00), sundays: false };
const NOON: Hours = Hours { cut_off: time!(12:00), sundays: false };

/// Zones in their order: same city, same province, same island, near, middle, far.
const fn per_kg(zones: [Option<i64>; 6]) -> Fee {
    Fee::PerKg { zones, beyond_city: EVERYWHERE, beyond_province: EVERYWHERE }
}

pub(crate) const TARIFFS: &[Tariff] = &[
    Tariff {
        courier: Courier::KirimCepat,
        service: Service::Regular,
        weight: PARCEL,
        fee: per_kg([Some(9_000), Some(11_000), Some(16_000), Some(32_000), Some(48_000), Some(78_000)]),
        hours: AFTERNOON,
        days: [(1, 2), (1, 3), (2, 4), (3, 5), (4, 7), (5, 9)],
        cod: true,
        pickup: true,
    },
    Tariff {
        courier: Courier::KirimCepat,
        service: Service::NextDay,
        weight: Weight { most_g: 20_000, ..PARCEL },
        fee: Fee::PerKg {
            zones: [Some(16_000), Some(20_000), Some(30_000), None, None, None],
            beyond_city: &[Island::Java, Island::Sumatra, Island::Kalimantan, Island::Sulawesi],
            beyond_province: &[Island::Java],
        },
        hours: Hours { cut_off: time!(14:00), sundays: false },
        days: [(1, 1); 6],
        cod: true,
        pickup: false,
    },
    Tariff {
        courier: Courier::AntarNusa,
        service: Service::Regular,
        weight: PARCEL,
        fee: per_kg([Some(8_500), Some(10_500), Some(17_000), Some(30_000), Some(46_000), Some(74_000)]),
        hours: AFTERNOON,
        days: [(1, 3), (2, 4), (2, 5), (3, 6), (5, 8), (6, 11)],
        cod: true,
        pickup: true,
    },
    Tariff {
        courier: Courier::AntarNusa,
        service: Service::Economy,
        weight: Weight { most_g: 30_000, ..PARCEL },
        fee: per_kg([Some(6_000), Some(7_500), Some(11_000), Some(22_000), Some(34_000), Some(56_000)]),
        hours: AFTERNOON,
        days: [(3, 5), (3, 6), (4, 7), (6, 10), (8, 14), (10, 18)],
        cod: true,
        pickup: true,
    },
    Tariff {
        courier: Courier::AntarNusa,
        service: Service::Cargo,
        weight: CARGO,
        fee: per_kg([Some(2_500), Some(3_000), Some(4_000), Some(7_000), Some(11_000), Some(18_000)]),
        hours: NOON,
        days: [(2, 4), (2, 5), (3, 7), (6, 12), (8, 16), (12, 24)],
        cod: false,
        pickup: false,
    },
    Tariff {
        courier: Courier::LintasPulau,
        service: Service::Economy,
        weight: Weight { most_g: 40_000, ..PARCEL },
        fee: per_kg([None, None, Some(10_500), Some(19_000), Some(30_000), Some(49_000)]),
        hours: NOON,
        days: [(4, 7), (4, 7), (4, 8), (7, 12), (9, 16), (12, 21)],
        cod: false,
        pickup: false,
    },
    Tariff {
        courier: Courier::LintasPulau,
        service: Service::Cargo,
        weight: Weight { least_kg: 20, most_g: 2_000_000, ..CARGO },
        fee: per_kg([None, None, Some(3_500), Some(6_000), Some(9_500), Some(15_500)]),
        hours: NOON,
        days: [(3, 7), (3, 7), (4, 8), (7, 14), (10, 18), (14, 28)],
        cod: false,
        pickup: false,
    },
    Tariff {
        courier: Courier::GesitKota,
        service: Service::SameDay,
        weight: RIDER,
        fee: Fee::PerKm { base: 14_000, base_km: 10, per_km: 1_200, most_km: 60, base_kg: 5, per_kg: 1_500 },
        hours: Hours { cut_off: time!(13:00), sundays: true },
        days: [(0, 0); 6],
        cod: false,
        pickup: false,
    },
    Tariff {
        courier: Courier::GesitKota,
        service: Service::Instant,
        weight: RIDER,
        // A ride costs the same whatever lies on the saddle.
        fee: Fee::PerKm { base: 17_000, base_km: 5, per_km: 2_500, most_km: 40, base_kg: 20, per_kg: 0 },
        hours: Hours { cut_off: time!(20:00), sundays: true },
        days: [(0, 0); 6],
        cod: false,
        pickup: false,
    },
];
