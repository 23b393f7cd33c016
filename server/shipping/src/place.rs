//! Where parcels come from and go to, and how far that is.

use model::geo::Position;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the code of a city or district of Indonesia")]
pub struct NotAPlace;

/// The large islands and the groups of smaller ones, as couriers divide the country.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Island {
    Sumatra,
    Java,
    /// Bali and Nusa Tenggara.
    LesserSunda,
    Kalimantan,
    Sulawesi,
    Maluku,
    Papua,
}

impl Island {
    /// By the province's code (Kepmendagri 300.2.2-2430/2025).
    const fn of_province(code: u8) -> Option<Self> {
        Some(match code {
            11..=19 | 21 => Self::Sumatra,
            31..=36 => Self::Java,
            51..=53 => Self::LesserSunda,
            61..=65 => Self::Kalimantan,
            71..=76 => Self::Sulawesi,
            81 | 82 => Self::Maluku,
            91..=96 => Self::Papua,
            _ => return None,
        })
    }

    /// Stands in for a place whose position is not known.
    const fn middle(self) -> Position {
        match self {
            Self::Sumatra => Position::new(-0.6, 101.5),
            Self::Java => Position::new(-7.2, 110.0),
            Self::LesserSunda => Position::new(-8.7, 118.9),
            Self::Kalimantan => Position::new(-0.9, 114.5),
            Self::Sulawesi => Position::new(-2.0, 120.6),
            Self::Maluku => Position::new(-3.2, 128.6),
            Self::Papua => Position::new(-3.8, 136.7),
        }
    }
}

/// Provinces of small islands, where a short line on the map often crosses water: riders stay in their city.
const ARCHIPELAGOS: [&str; 6] = ["19", "21", "52", "53", "81", "82"];

/// A city or a district of one, with what else is known of where it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    code: String,
    island: Island,
    position: Option<Position>,
    postcode: Option<String>,
}

impl Place {
    /// By the code of a district (`31.71.01`) or city (`31.71`).
    pub fn new(code: &str) -> Result<Self, NotAPlace> {
        let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        let parts = code.split('.').collect::<Vec<_>>();
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| two_digits(part)) {
            return Err(NotAPlace);
        }
        let province = parts[0].parse().map_err(|_| NotAPlace)?;
        let island = Island::of_province(province).ok_or(NotAPlace)?;
        Ok(Self { code: code.to_owned(), island, position: None, postcode: None })
    }

    /// The pin of an address, or else the position of its district. What does not lie in Indonesia is left out.
    #[must_use]
    pub fn at(mut self, position: Option<Position>) -> Self {
        self.position = position.filter(|position| position.is_in_indonesia());
        self
    }

    /// Five digits; aggregators ask for it. Anything else is left out.
    #[must_use]
    pub fn with_postcode(mut self, postcode: Option<&str>) -> Self {
        let whole = |code: &&str| code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit());
        self.postcode = postcode.filter(whole).map(str::to_owned);
        self
    }

    pub fn code(&self) -> &str {
        &self.code
    }

    pub fn city(&self) -> &str {
        &self.code[..5]
    }

    pub fn province(&self) -> &str {
        &self.code[..2]
    }

    pub const fn island(&self) -> Island {
        self.island
    }

    pub const fn position(&self) -> Option<Position> {
        self.position
    }

    pub fn postcode(&self) -> Option<&str> {
        self.postcode.as_deref()
    }

    /// Whole kilometres as the crow flies, a started one counting whole. None where a position is not known.
    pub fn km_to(&self, other: &Self) -> Option<i64> {
        Some(whole_km(self.position?, other.position?))
    }

    /// Whether a rider can get there without leaving the city or taking a ferry.
    pub(crate) fn within_a_ride_of(&self, other: &Self) -> bool {
        self.city() == other.city()
            || (self.island == other.island
                && !ARCHIPELAGOS.contains(&self.province())
                && !ARCHIPELAGOS.contains(&other.province()))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "on the globe it is at most 20,016 km")]
fn whole_km(from: Position, to: Position) -> i64 {
    from.kilometres_to(to).ceil() as i64
}

model::named!(
    /// How far a parcel goes, as fees depend on it.
    Zone {
        SameCity = "same_city",
        SameProvince = "same_province",
        /// Another province of the same island or group of islands.
        SameIsland = "same_island",
        /// Another island, within 1,000 km.
        Near = "near",
        /// Another island, within 2,000 km.
        Middle = "middle",
        /// Another island, farther.
        Far = "far",
    }
);

impl Zone {
    const NEAR_KM: i64 = 1_000;
    const MIDDLE_KM: i64 = 2_000;

    pub fn between(from: &Place, to: &Place) -> Self {
        if from.city() == to.city() {
            return Self::SameCity;
        }
        if from.province() == to.province() {
            return Self::SameProvince;
        }
        if from.island == to.island {
            return Self::SameIsland;
        }
        let position = |place: &Place| place.position.unwrap_or(place.island.middle());
        let km = whole_km(position(from), position(to));
        if km <= Self::NEAR_KM {
            Self::Near
        } else if km <= Self::MIDDLE_KM {
            Self::Middle
        } else {
            Self::Far
        }
    }
}
