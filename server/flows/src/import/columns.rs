//! Which column of the file is which.

use super::{ImportError, Options, quoted};
use csv::StringRecord;

/// The usual name of a column and what others call it.
pub struct Column {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
}

pub const LISTING: [Column; 8] = [
    Column { name: "product_id", aliases: &["id", "sku", "kode", "kode_produk"] },
    Column { name: "category", aliases: &["kategori"] },
    Column { name: "name", aliases: &["nama", "nama_produk", "title", "product_name"] },
    Column { name: "location", aliases: &["lokasi", "kota", "city"] },
    Column { name: "price_idr", aliases: &["harga", "price"] },
    Column { name: "rating", aliases: &["nilai"] },
    Column { name: "sold", aliases: &["terjual"] },
    Column { name: "review_count", aliases: &["jumlah_ulasan", "reviews"] },
];

pub const REVIEW: [Column; 3] = [
    Column { name: "product_id", aliases: &["id", "sku", "kode", "kode_produk"] },
    Column { name: "rating", aliases: &["bintang", "stars"] },
    Column { name: "text", aliases: &["ulasan", "review", "comment"] },
];

/// Where each wanted column stands, and what this file calls it.
pub struct Mapping<const N: usize> {
    places: [usize; N],
    names: [String; N],
}

/// Case and surrounding blanks do not matter.
fn tidy(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase()
}

/// As the file says it, for people.
fn said(header: &StringRecord, place: usize) -> &str {
    header.get(place).unwrap_or_default().trim().trim_start_matches('\u{feff}')
}

impl Column {
    /// By its usual name, else by one of the others.
    fn place_in(&self, there: &[String]) -> Option<usize> {
        let mut names = std::iter::once(&self.name).chain(self.aliases);
        names.find_map(|name| there.iter().position(|t| t == name))
    }
}

impl<const N: usize> Mapping<N> {
    /// A name given in the options counts first, then the usual name, then the aliases.
    pub fn find(wanted: &[Column; N], header: &StringRecord, options: &Options) -> Result<Self, ImportError> {
        let there: Vec<String> = header.iter().map(tidy).collect();
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(wanted) {
            let given =
                options.columns.iter().find(|(usual, _)| usual == column.name).map(|(_, name)| tidy(name));
            let found = match &given {
                Some(name) => there.iter().position(|t| t == name),
                None => column.place_in(&there),
            };
            *place = found.ok_or_else(|| ImportError::NoColumn {
                wanted: given.unwrap_or_else(|| column.name.to_owned()),
                there: quoted(&header.iter().collect::<Vec<_>>().join(", ")),
            })?;
        }
        let names = places.map(|place| said(header, place).to_owned());
        Ok(Self { places, names })
    }

    /// The fields in the wanted order, trimmed.
    pub fn fields<'r>(&self, record: &'r StringRecord) -> [&'r str; N] {
        self.places.map(|place| record.get(place).unwrap_or_default().trim())
    }

    pub fn name(&self, column: usize) -> &str {
        &self.names[column]
    }
}

/// Those of the wanted columns that a file has, and what it calls them.
#[derive(Clone, Debug)]
pub struct Found<const N: usize> {
    places: [Option<usize>; N],
    names: [String; N],
    others: Vec<String>,
}

impl<const N: usize> Found<N> {
    pub fn find(wanted: &[Column; N], header: &StringRecord) -> Self {
        let there: Vec<String> = header.iter().map(tidy).collect();
        let places: [Option<usize>; N] = std::array::from_fn(|n| wanted[n].place_in(&there));
        let names = std::array::from_fn(|n| match places[n] {
            Some(place) => said(header, place).to_owned(),
            None => wanted[n].name.to_owned(),
        });
        let others =
            (0..there.len()).filter(|place| !places.contains(&Some(*place)) && !there[*place].is_empty());
        let others = others.map(|place| said(header, place).to_owned()).collect();
        Self { places, names, others }
    }

    pub fn has(&self, column: usize) -> bool {
        self.places[column].is_some()
    }

    /// The fields in the wanted order, trimmed; none of a column the file does not have.
    pub fn fields<'r>(&self, record: &'r StringRecord) -> [Option<&'r str>; N] {
        self.places.map(|place| place.map(|place| record.get(place).unwrap_or_default().trim()))
    }

    /// As the file calls it, else its usual name.
    pub fn name(&self, column: usize) -> &str {
        &self.names[column]
    }

    /// What else it has.
    pub fn others(&self) -> &[String] {
        &self.others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_usual_name_alias_or_as_told() {
        let header = StringRecord::from(vec!["\u{feff}Ulasan ", "KODE", "Bintang"]);
        let mapping = Mapping::find(&REVIEW, &header, &Options::of("x")).unwrap();
        let record = StringRecord::from(vec![" bagus ", "p1", "5"]);
        assert_eq!(mapping.fields(&record), ["p1", "5", "bagus"]);
        assert_eq!(mapping.name(1), "Bintang");

        let told = Options { columns: vec![("text".into(), "isi".into())], ..Options::of("x") };
        assert!(
            matches!(Mapping::find(&REVIEW, &header, &told), Err(ImportError::NoColumn { wanted, .. }) if wanted == "isi")
        );
    }
}
