//! The table of variants: one row for each combination of the options' values.

use model::shop::{OptionInput, ProductInput, VariantInput, most};

/// What a combination is that nobody typed a row for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absent {
    /// It is yet to be filled in.
    Blank,
    NotSold,
}

/// The same input with its options tidied and one row for each combination of their values. Rows keep what was typed in
/// them, also where a value is renamed; a new one takes price and weight from its neighbour.
pub fn regrid(input: &ProductInput, absent: Absent) -> ProductInput {
    let typed: Vec<&OptionInput> =
        input.options.iter().filter(|option| !is_blank(option)).take(most::OPTIONS).collect();
    let values: Vec<Vec<String>> = typed.iter().map(|option| values_of(&option.values)).collect();
    let mut rows = input.variants.clone();
    for (i, option) in typed.iter().enumerate() {
        rename(&mut rows, i, &values_of(&option.made), &values[i]);
    }
    let options = typed.iter().zip(&values).map(|(option, values)| OptionInput {
        name: option.name.split_whitespace().collect::<Vec<_>>().join(" "),
        values: values.join("\n"),
        made: values.join("\n"),
    });
    let variants =
        combinations(&values).into_iter().map(|(first, second)| row(&rows, first, second, absent)).collect();
    ProductInput { options: options.collect(), variants, ..input.clone() }
}

fn is_blank(option: &OptionInput) -> bool {
    option.name.trim().is_empty() && option.values.trim().is_empty()
}

/// Each once, in the order they were typed. No more than make a table that can be filled in; that there were more is
/// refused when it is parsed.
pub(super) fn values_of(typed: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in typed.split(['\n', ',', ';']) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && !values.contains(&value) && values.len() <= most::VALUES {
            values.push(value);
        }
    }
    values
}

/// Where as many values stand as before, one in the place of one that is gone is that one by a new name.
fn rename(rows: &mut [VariantInput], option: usize, before: &[String], now: &[String]) {
    if before.len() != now.len() {
        return;
    }
    let renamed: Vec<(&String, &String)> =
        before.iter().zip(now).filter(|(old, new)| !now.contains(old) && !before.contains(new)).collect();
    for row in rows {
        let value = if option == 0 { &mut row.first } else { &mut row.second };
        if let Some((_, new)) = renamed.iter().find(|(old, _)| *old == value) {
            value.clone_from(new);
        }
    }
}

fn combinations(values: &[Vec<String>]) -> Vec<(String, String)> {
    let nothing = vec![String::new()];
    let of = |i: usize| values.get(i).filter(|values| !values.is_empty()).unwrap_or(&nothing);
    of(0).iter().flat_map(|first| of(1).iter().map(move |second| (first.clone(), second.clone()))).collect()
}

fn row(rows: &[VariantInput], first: String, second: String, absent: Absent) -> VariantInput {
    if let Some(same) = rows.iter().find(|row| row.first == first && row.second == second) {
        return same.clone();
    }
    let off = if absent == Absent::NotSold { "1" } else { "" };
    let near = rows.iter().find(|row| row.first == first).or_else(|| rows.first());
    let said = |of: fn(&VariantInput) -> &String| near.map(of).cloned().unwrap_or_default();
    VariantInput {
        first,
        second,
        off: off.to_owned(),
        price: said(|row| &row.price),
        list_price: said(|row| &row.list_price),
        weight: said(|row| &row.weight),
        ..VariantInput::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(name: &str, values: &str, made: &str) -> OptionInput {
        OptionInput { name: name.into(), values: values.into(), made: made.into() }
    }

    fn labels(input: &ProductInput) -> Vec<String> {
        input.variants.iter().map(VariantInput::label).collect()
    }

    #[test]
    fn a_row_for_each_combination_keeps_what_was_typed_in_it() {
        let plain = regrid(&ProductInput::default(), Absent::Blank);
        assert_eq!(labels(&plain), [""], "without options there is one thing to buy");
        let mut shirt = plain;
        shirt.variants[0].price = "50000".into();
        shirt.options = vec![option("Warna", "Hitam, Putih", ""), option(" Ukuran ", "S\nM\n\nS", "")];
        let mut shirt = regrid(&shirt, Absent::Blank);
        assert_eq!(labels(&shirt), ["Hitam, S", "Hitam, M", "Putih, S", "Putih, M"]);
        assert!(shirt.variants.iter().all(|row| row.price == "50000" && row.id.is_empty()));
        assert_eq!((shirt.options[1].name.as_str(), shirt.options[1].made.as_str()), ("Ukuran", "S\nM"));

        shirt.variants[3].sku = "PUTIH-M".into();
        shirt.variants[3].id = "7".into();
        shirt.options[0].values = "Hitam\nPutih tulang".into();
        let renamed = regrid(&shirt, Absent::Blank);
        assert_eq!(renamed.variants[3].label(), "Putih tulang, M");
        assert_eq!((renamed.variants[3].id.as_str(), renamed.variants[3].sku.as_str()), ("7", "PUTIH-M"));
        assert_eq!(regrid(&renamed, Absent::Blank), renamed, "again changes nothing");

        let fewer = ProductInput { options: vec![renamed.options[0].clone()], ..renamed };
        assert_eq!(labels(&regrid(&fewer, Absent::Blank)), ["Hitam", "Putih tulang"]);
        assert_eq!(regrid(&fewer, Absent::NotSold).variants[0].off, "1");
    }

    #[test]
    fn a_value_that_moves_is_not_renamed() {
        let mut input =
            ProductInput { options: vec![option("Warna", "Hitam\nPutih", "")], ..ProductInput::default() };
        input = regrid(&input, Absent::Blank);
        input.variants[0].sku = "H".into();
        input.options[0].values = "Putih\nHitam".into();
        let turned = regrid(&input, Absent::Blank);
        assert_eq!((turned.variants[1].label().as_str(), turned.variants[1].sku.as_str()), ("Hitam", "H"));
    }
}
