//! Places on the globe.

use serde::{Deserialize, Serialize};

/// Degrees north and east.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}

impl Position {
    pub const fn new(latitude: f64, longitude: f64) -> Self {
        Self { latitude, longitude }
    }

    /// Within the rectangle around Indonesia, from Sabang to Merauke and from Miangas to Rote. Not for what is not a
    /// number.
    pub fn is_in_indonesia(self) -> bool {
        (-11.1..=6.3).contains(&self.latitude) && (94.9..=141.1).contains(&self.longitude)
    }

    /// To the sixth decimal, which is a hand's breadth.
    #[must_use]
    pub fn rounded(self) -> Self {
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        Self { latitude: round(self.latitude), longitude: round(self.longitude) }
    }

    /// Along a great circle of a round earth, whose radius is 6,371 km.
    pub fn kilometres_to(self, other: Self) -> f64 {
        let north = (other.latitude - self.latitude).to_radians();
        let east = (other.longitude - self.longitude).to_radians();
        let a = (north / 2.0).sin().powi(2)
            + self.latitude.to_radians().cos()
                * other.latitude.to_radians().cos()
                * (east / 2.0).sin().powi(2);
        2.0 * 6_371.0 * a.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jakarta_is_some_660_kilometres_from_surabaya() {
        let (jakarta, surabaya) = (Position::new(-6.2088, 106.8456), Position::new(-7.2575, 112.7521));
        assert!((650.0..675.0).contains(&jakarta.kilometres_to(surabaya)));
        assert!(jakarta.kilometres_to(jakarta) < 0.001);
    }

    #[test]
    fn only_what_lies_in_indonesia_does() {
        assert!(Position::new(-6.2, 106.8).is_in_indonesia());
        assert!(!Position::new(106.8, -6.2).is_in_indonesia());
        assert!(!Position::new(f64::NAN, 106.8).is_in_indonesia());
        assert!(!Position::new(0.0, 0.0).is_in_indonesia());
    }
}
