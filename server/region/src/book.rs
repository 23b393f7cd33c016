//! The whole table in memory: it is small, never changes while the program runs, and is asked on every key typed.

use crate::{load::rows, search::Words};
use model::{
    geo::Position,
    views::region::{Level, Region},
};
use std::{collections::HashMap, sync::LazyLock};

/// A region as it stands in the table.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub code: String,
    pub level: Level,
    pub name: String,
    /// As people say it: `Jakarta Selatan`, `Kab. Bandung`.
    pub short_name: String,
    /// Of its middle, more or less; provinces have none.
    pub position: Option<Position>,
    /// Of districts; in ascending order.
    pub postcodes: Vec<String>,
    pub(crate) parent: Option<usize>,
    children: Vec<usize>,
}

/// All regions, in the order of their codes, so that a parent comes before its children.
#[derive(Debug)]
pub struct Book {
    entries: Vec<Entry>,
    by_code: HashMap<String, usize>,
    pub(crate) words: Words,
}

static BOOK: LazyLock<Book> = LazyLock::new(Book::read);

impl Book {
    /// The table that comes with the product. The first call takes some ten milliseconds.
    pub fn get() -> &'static Self {
        &BOOK
    }

    fn read() -> Self {
        // A damaged table is found by the tests of this crate; `load` refuses it at the start of every process.
        let mut entries: Vec<Entry> = rows().unwrap_or_default().into_iter().map(Entry::from).collect();
        entries.sort_by(|a, b| a.code.cmp(&b.code));
        let by_code: HashMap<String, usize> =
            entries.iter().enumerate().map(|(i, entry)| (entry.code.clone(), i)).collect();
        for i in 0..entries.len() {
            let parent =
                entries[i].code.rsplit_once('.').and_then(|(parent, _)| by_code.get(parent).copied());
            entries[i].parent = parent;
            if let Some(parent) = parent {
                entries[parent].children.push(i);
            }
        }
        let words = Words::of(&entries);
        Self { entries, by_code, words }
    }

    pub fn find(&self, code: &str) -> Option<&Entry> {
        self.by_code.get(code).map(|i| &self.entries[*i])
    }

    /// The district of this code; none for other levels.
    pub fn district(&self, code: &str) -> Option<&Entry> {
        self.find(code).filter(|entry| entry.level == Level::District)
    }

    /// What lies directly in a region, by name; the provinces where none is named, nothing where there is no such.
    pub fn children(&self, parent: Option<&str>) -> Vec<&Entry> {
        let mut found: Vec<&Entry> = match parent {
            None => self.entries.iter().filter(|entry| entry.level == Level::Province).collect(),
            Some(code) => self
                .find(code)
                .map(|entry| entry.children.iter().map(|i| &self.entries[*i]).collect())
                .unwrap_or_default(),
        };
        found.sort_by(|a, b| a.short_name.cmp(&b.short_name));
        found
    }

    pub(crate) fn at(&self, i: usize) -> &Entry {
        &self.entries[i]
    }

    pub(crate) fn all(&self) -> &[Entry] {
        &self.entries
    }

    /// The region with what it lies in, as pages and the API show it.
    pub fn view(&self, entry: &Entry) -> Region {
        let mut within = Vec::new();
        let mut above = entry.parent;
        while let Some(i) = above {
            within.push(self.entries[i].short_name.clone());
            above = self.entries[i].parent;
        }
        Region {
            code: entry.code.clone(),
            level: entry.level,
            name: entry.short_name.clone(),
            within,
            postcodes: entry.postcodes.clone(),
        }
    }
}

impl Entry {
    pub fn has_postcode(&self, postcode: &str) -> bool {
        self.postcodes.iter().any(|one| one == postcode)
    }
}

impl From<crate::load::Row> for Entry {
    fn from(row: crate::load::Row) -> Self {
        let level = match row.level.as_str() {
            "province" => Level::Province,
            "city" => Level::City,
            _ => Level::District,
        };
        let mut postcodes: Vec<String> =
            row.postcodes.split(';').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        postcodes.sort_unstable();
        Self {
            short_name: short(&row.name),
            code: row.code,
            level,
            name: row.name,
            position: row.latitude.zip(row.longitude).map(|(lat, lon)| Position::new(lat, lon)),
            postcodes,
            parent: None,
            children: Vec::new(),
        }
    }
}

/// The same rule as the column `region.short_name`.
fn short(name: &str) -> String {
    name.replace("Kota Administrasi ", "")
        .replace("Kabupaten Administrasi ", "Kab. ")
        .replace("Kabupaten ", "Kab. ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_a_tree_of_three_levels() {
        let book = Book::get();
        assert_eq!(book.children(None).len(), 38);
        let count = |level| book.all().iter().filter(|entry| entry.level == level).count();
        assert_eq!((count(Level::City), count(Level::District)), (514, 7_285));
        for entry in book.all() {
            let parent = entry.parent.map(|i| book.at(i).level);
            let expected = match entry.level {
                Level::Province => None,
                Level::City => Some(Level::Province),
                Level::District => Some(Level::City),
            };
            assert_eq!(parent, expected, "{}", entry.code);
            assert_eq!(entry.level == Level::District, !entry.postcodes.is_empty(), "{}", entry.code);
            assert!(entry.postcodes.iter().all(|code| code.len() == 5), "{}", entry.code);
        }
    }

    #[test]
    fn a_region_says_what_it_lies_in() {
        let book = Book::get();
        let district = book.district("31.74.07").unwrap();
        let view = book.view(district);
        assert_eq!(view.name, "Kebayoran Baru");
        assert_eq!(view.within, ["Jakarta Selatan", "Daerah Khusus Ibukota Jakarta"]);
        assert!(district.has_postcode("12110") && !district.has_postcode("12345"));
        assert_eq!(book.district("31.74"), None);
        assert!(book.children(Some("31.74")).iter().any(|entry| entry.code == "31.74.07"));
        assert!(book.children(Some("99")).is_empty());
    }
}
