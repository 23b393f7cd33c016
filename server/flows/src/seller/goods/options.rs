//! Options of a product and what each of its rows chooses.

use super::{
    columns::{Cells, Col},
    problems::{Bad, BadCell},
};
use model::shop::{OptionInput, ProductInput, RowProblem, VariantInput};

const NAMES: [Col; 2] = [Col::Option1, Col::Option2];
const VALUES: [Col; 2] = [Col::Value1, Col::Value2];

pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn chosen(variant: &mut VariantInput, option: usize) -> &mut String {
    if option == 0 { &mut variant.first } else { &mut variant.second }
}

/// What a row chooses, as far as it says so.
pub fn choice_of(row: &Cells) -> (String, String) {
    (tidy(row.text(Col::Value1)), tidy(row.text(Col::Value2)))
}

/// Brings options and variants in line with the rows. `places` says which variant each row is, `there` how many variants
/// there were before. Values keep their order; those the product did not have come after them.
pub fn arrange(input: &mut ProductInput, rows: &[&Cells], places: &[usize], there: usize, bad: &mut Bad) {
    let before: Vec<String> = input.options.iter().map(|option| tidy(&option.name)).collect();
    let Some(names) = names(rows, &before, bad) else { return };
    let renewed = names != before;
    if renewed && (0..there).any(|variant| !places.contains(&variant)) {
        bad.note(0, BadCell::at(Col::Option1, RowProblem::Incomplete, rows[0].text(Col::Option1)));
        return;
    }
    let kept = |option: usize| match input.options.get(option) {
        Some(option) if !renewed => option.values.lines().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut values: Vec<Vec<String>> = (0..names.len()).map(kept).collect();
    for (row, (cells, place)) in rows.iter().zip(places).enumerate() {
        for option in 0..2 {
            let said = tidy(cells.text(VALUES[option]));
            let value = chosen(&mut input.variants[*place], option);
            let Some(values) = values.get_mut(option) else {
                if !said.is_empty() {
                    bad.note(row, BadCell::at(NAMES[option], RowProblem::Missing, ""));
                }
                value.clear();
                continue;
            };
            if said.contains([',', ';']) {
                bad.note(row, BadCell::at(VALUES[option], RowProblem::NotAllowed, &said));
            } else if !said.is_empty() {
                *value = said;
            } else if renewed || value.is_empty() {
                bad.note(row, BadCell::at(VALUES[option], RowProblem::Missing, ""));
            }
            if !value.is_empty() && !values.contains(value) {
                values.push(value.clone());
            }
        }
    }
    let options = names.into_iter().zip(values).map(|(name, values)| {
        let values = values.join("\n");
        OptionInput { name, made: values.clone(), values }
    });
    input.options = options.collect();
    refuse_twins(input, rows, places, bad);
}

/// As the rows name them; as they are where the file has no column for it.
fn names(rows: &[&Cells], before: &[String], bad: &mut Bad) -> Option<Vec<String>> {
    let first = rows[0];
    if NAMES.iter().all(|col| first.get(*col).is_none()) {
        return Some(before.to_vec());
    }
    let named = |option: usize| match first.get(NAMES[option]) {
        Some(name) => tidy(name),
        None => before.get(option).cloned().unwrap_or_default(),
    };
    let (one, two) = (named(0), named(1));
    match (one.is_empty(), two.is_empty()) {
        (true, true) => Some(vec![]),
        (false, true) => Some(vec![one]),
        (false, false) => Some(vec![one, two]),
        (true, false) => {
            bad.note(0, BadCell::at(Col::Option1, RowProblem::Missing, ""));
            None
        }
    }
}

/// No two variants are chosen alike.
fn refuse_twins(input: &ProductInput, rows: &[&Cells], places: &[usize], bad: &mut Bad) {
    let key = |variant: &VariantInput| (variant.first.clone(), variant.second.clone());
    let mut met = std::collections::HashMap::new();
    for (place, variant) in input.variants.iter().enumerate() {
        if let Some(earlier) = met.insert(key(variant), place) {
            // Told with whichever of the two the file names.
            let row = places.iter().position(|of| *of == place);
            let row = row.or_else(|| places.iter().position(|of| *of == earlier)).unwrap_or_default();
            let col = if input.options.is_empty() { Col::Sku } else { Col::Value1 };
            bad.note(row, BadCell::at(col, RowProblem::Repeated, rows[row].text(col)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seller::goods::columns::N;

    fn row(said: &[(Col, &str)]) -> Cells {
        let mut cells = Cells([const { None }; N]);
        for (col, text) in said {
            cells.0[*col as usize] = Some((*text).to_owned());
        }
        cells
    }

    fn shirt(values: &[&str]) -> ProductInput {
        let joined = values.join("\n");
        let option = OptionInput { name: "Warna".into(), values: joined.clone(), made: joined };
        let variants =
            values.iter().map(|value| VariantInput { first: (*value).into(), ..VariantInput::default() });
        ProductInput { options: vec![option], variants: variants.collect(), ..ProductInput::default() }
    }

    #[test]
    fn a_new_value_comes_after_those_there_are() {
        let mut input = shirt(&["Hitam", "Putih"]);
        input.variants.push(VariantInput::default());
        let biru = row(&[(Col::Option1, "Warna"), (Col::Value1, " Biru ")]);
        let mut bad = Bad::none_of(1);
        arrange(&mut input, &[&biru], &[2], 2, &mut bad);
        assert!(bad.is_empty());
        assert_eq!(input.options[0].values, "Hitam\nPutih\nBiru");
        assert_eq!(input.variants[2].first, "Biru");
    }

    #[test]
    fn options_change_only_with_all_variants_and_none_twice() {
        let sized = row(&[(Col::Option1, "Ukuran"), (Col::Value1, "S")]);
        let mut bad = Bad::none_of(1);
        arrange(&mut shirt(&["Hitam", "Putih"]), &[&sized], &[0], 2, &mut bad);
        assert_eq!(bad.of_each().next().unwrap().problem, RowProblem::Incomplete);

        let mut input = shirt(&["Hitam"]);
        input.variants.push(VariantInput::default());
        let twin = row(&[(Col::Value1, "Hitam")]);
        let mut bad = Bad::none_of(1);
        arrange(&mut input, &[&twin], &[1], 1, &mut bad);
        assert_eq!(bad.of_each().next().unwrap(), BadCell::at(Col::Value1, RowProblem::Repeated, "Hitam"));

        let mut bad = Bad::none_of(1);
        arrange(&mut shirt(&["Hitam"]), &[&row(&[(Col::Value1, "S, M")])], &[0], 1, &mut bad);
        assert_eq!(bad.of_each().next().unwrap().problem, RowProblem::NotAllowed);
    }
}
