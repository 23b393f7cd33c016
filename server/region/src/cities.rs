use sqlx::PgConnection;
use std::collections::HashMap;

/// All cities and regencies, to find one by the name people write.
#[derive(Debug)]
pub struct Cities {
    /// Canonical spelling to code.
    by_name: HashMap<String, String>,
    /// Code to the short name shown on cards.
    names: HashMap<String, String>,
}

impl Cities {
    pub async fn all(db: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let rows =
            sqlx::query!(r#"select code, short_name from region where level = 'city'"#).fetch_all(db).await?;
        Ok(Self::of(rows.into_iter().map(|row| (row.code, row.short_name))))
    }

    fn of(rows: impl IntoIterator<Item = (String, String)>) -> Self {
        let names: HashMap<String, String> = rows.into_iter().collect();
        let by_name = names.iter().map(|(code, name)| (canonical(name), code.clone())).collect();
        Self { by_name, names }
    }

    /// The code of the city someone means by `Jakarta Barat`, `Kab. Cianjur`, `Kabupaten Sukoharjo`, `Kab Bekasi` or
    /// plain `Bandung`, which is the city before it is the regency around it.
    pub fn code(&self, name: &str) -> Option<&str> {
        let name = canonical(name);
        let find = |name: &str| self.by_name.get(name).map(String::as_str);
        find(&name).or_else(|| find(&format!("kota {name}"))).or_else(|| find(&format!("kab {name}")))
    }

    pub fn short_name(&self, code: &str) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }
}

/// Lower case, one spelling of *kabupaten*, no full stops, one space between words.
fn canonical(name: &str) -> String {
    let plain = name.to_lowercase().replace('.', " ");
    let words = plain.split_whitespace().filter(|word| *word != "administrasi").map(|word| match word {
        "kabupaten" => "kab",
        other => other,
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    match joined.strip_prefix("kota jakarta") {
        Some(part) => format!("jakarta{part}"),
        None => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_found_by_what_people_call_it() {
        let rows = [
            ("31.73", "Jakarta Barat"),
            ("32.04", "Kab. Bandung"),
            ("32.73", "Kota Bandung"),
            ("33.11", "Kab. Sukoharjo"),
            ("32.03", "Kab. Cianjur"),
        ];
        let cities = Cities::of(rows.map(|(code, name)| (code.to_owned(), name.to_owned())));
        for (name, code) in [
            ("Jakarta Barat", "31.73"),
            ("Kota Administrasi Jakarta Barat", "31.73"),
            ("Bandung", "32.73"),
            ("Kota Bandung", "32.73"),
            ("Kab. Bandung", "32.04"),
            ("Kab Bandung", "32.04"),
            ("Kabupaten Sukoharjo", "33.11"),
            ("sukoharjo", "33.11"),
            (" KAB.  CIANJUR ", "32.03"),
        ] {
            assert_eq!(cities.code(name), Some(code), "{name}");
        }
        assert_eq!(cities.code("Atlantis"), None);
        assert_eq!(cities.short_name("32.03"), Some("Kab. Cianjur"));
    }
}
