//! Provinces, cities and regencies, and districts.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Province,
    /// A city or a regency (*kota*, *kabupaten*).
    City,
    /// *Kecamatan*: what an address names.
    District,
}

impl Level {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
        }
    }
}

/// A region and what it lies in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Region {
    /// The official code: `31`, `31.74`, `31.74.07`.
    pub code: String,
    pub level: Level,
    /// As people say it: `Kebayoran Baru`, `Kab. Bandung`.
    pub name: String,
    /// From near to far: the city and the province of a district.
    pub within: Vec<String>,
    /// Of a district, ascending; empty for the others.
    pub postcodes: Vec<String>,
}

impl Region {
    pub fn is_district(&self) -> bool {
        self.level == Level::District
    }

    /// In one line, from near to far: `Kebayoran Baru, Jakarta Selatan, Daerah Khusus Ibukota Jakarta`.
    pub fn line(&self) -> String {
        std::iter::once(&self.name).chain(&self.within).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}
