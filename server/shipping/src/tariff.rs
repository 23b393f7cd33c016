//! How a courier reckons what it takes.

use crate::{Island, Parcel, Zone, arrival::Hours};
use model::shipping::{Courier, Service};

/// One service of one courier.
pub(crate) struct Tariff {
    pub courier: Courier,
    pub service: Service,
    pub weight: Weight,
    pub fee: Fee,
    pub hours: Hours,
    /// Working days from collection to arrival, at least and at most.
    pub days: [(u8, u8); 6],
    /// Cash is taken on delivery.
    pub cod: bool,
    /// It can be left at a pick-up point.
    pub pickup: bool,
}

/// Which weight is charged.
pub(crate) struct Weight {
    /// Cubic centimetres to a kilogram.
    pub divisor: i64,
    /// By so many grams the last whole kilogram may be passed before the next is charged.
    pub tolerance_g: i64,
    /// So many kilograms are always charged.
    pub least_kg: i64,
    /// Heavier or larger parcels are not taken.
    pub most_g: i64,
}

impl Weight {
    /// Kilograms to pay for.
    pub const fn billed_kg(&self, chargeable_g: i64) -> i64 {
        let kg = (chargeable_g - self.tolerance_g + 999).div_euclid(1_000);
        if kg < self.least_kg { self.least_kg } else { kg }
    }
}

/// Fees in rupiah.
pub(crate) enum Fee {
    PerKg {
        /// By [`Zone`], the nearest first; nothing where it does not go.
        zones: [Option<i64>; 6],
        /// Where it leaves the city it starts in: only on these islands.
        beyond_city: &'static [Island],
        /// Where it leaves the province: only on these, unless it goes to another island.
        beyond_province: &'static [Island],
    },
    /// By one rider: `base` covers `base_km` and `base_kg`.
    PerKm { base: i64, base_km: i64, per_km: i64, most_km: i64, base_kg: i64, per_kg: i64 },
}

pub(crate) const EVERYWHERE: &[Island] = &[
    Island::Sumatra,
    Island::Java,
    Island::LesserSunda,
    Island::Kalimantan,
    Island::Sulawesi,
    Island::Maluku,
    Island::Papua,
];

/// What a ride within a city is taken for where a position is not known, in kilometres.
const UNKNOWN_RIDE_KM: i64 = 15;

impl Tariff {
    /// What the parcel costs in rupiah; nothing where it is not taken.
    pub fn fee(&self, parcel: &Parcel, zone: Zone) -> Option<i64> {
        let grams = parcel.chargeable_g(self.weight.divisor);
        if grams > self.weight.most_g {
            return None;
        }
        let kg = self.weight.billed_kg(grams);
        let (from, to) = (parcel.from(), parcel.to());
        match self.fee {
            Fee::PerKg { zones, beyond_city, beyond_province } => {
                let goes = match zone {
                    Zone::SameProvince => beyond_city.contains(&from.island()),
                    Zone::SameIsland => beyond_province.contains(&from.island()),
                    Zone::SameCity | Zone::Near | Zone::Middle | Zone::Far => true,
                };
                zones[zone as usize].filter(|_| goes).map(|per_kg| per_kg * kg)
            }
            Fee::PerKm { base, base_km, per_km, most_km, base_kg, per_kg } => {
                let km = match from.km_to(to) {
                    Some(km) if from.within_a_ride_of(to) => km,
                    None if zone == Zone::SameCity => UNKNOWN_RIDE_KM,
                    _ => return None,
                };
                let (more_km, more_kg) = ((km - base_km).max(0), (kg - base_kg).max(0));
                (km <= most_km).then_some(base + more_km * per_km + more_kg * per_kg)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilogram_counts_once_it_is_passed_by_more_than_the_tolerance() {
        let lenient = Weight { divisor: 6_000, tolerance_g: 300, least_kg: 1, most_g: i64::MAX };
        let strict = Weight { tolerance_g: 0, ..lenient };
        let cargo = Weight { tolerance_g: 0, least_kg: 10, ..lenient };
        for (grams, with_tolerance, without, as_cargo) in [
            (1, 1, 1, 10),
            (1_000, 1, 1, 10),
            (1_001, 1, 2, 10),
            (1_300, 1, 2, 10),
            (1_301, 2, 2, 10),
            (2_300, 2, 3, 10),
            (10_001, 10, 11, 11),
            (20_000, 20, 20, 20),
            (20_301, 21, 21, 21),
        ] {
            assert_eq!(lenient.billed_kg(grams), with_tolerance, "{grams} g with tolerance");
            assert_eq!(strict.billed_kg(grams), without, "{grams} g");
            assert_eq!(cargo.billed_kg(grams), as_cargo, "{grams} g as cargo");
        }
    }
}
