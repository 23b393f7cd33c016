//! Whether a cell says what there is.

use super::{
    cells::{Names, parts, pictures},
    columns::{Cells, Col, N, OF_PRODUCT, OF_VARIANT},
};
use model::{
    shop::{RowDifference, most},
    typed,
    views::ProductState,
};

/// `now` is what would be taken out. A product's state counts by what its seller wants, not by whether it waits.
pub fn is_same(col: Col, said: &str, now: &str, names: &Names) -> bool {
    if said == now {
        return true;
    }
    match col {
        _ if col.is_whole() => typed::whole(said).is_ok() && typed::whole(said) == typed::whole(now),
        _ if col.is_decimal() => typed::decimal(said).is_ok() && typed::decimal(said) == typed::decimal(now),
        // Goods are known by it; where it is left out they are known otherwise.
        Col::Sku => said.is_empty(),
        Col::Category => names.category(said).is_some_and(|category| category.slug == now),
        Col::Condition => said.is_empty() || condition(said) == condition(now),
        Col::State => said.is_empty() || wanted(said).is_some_and(|state| Some(state) == wanted(now)),
        Col::Attributes | Col::Wholesale => parts(said) == parts(now),
        Col::Pictures | Col::VariantPicture => pictures(said) == pictures(now),
        Col::Description => {
            let read = |text| typed::paragraphs(text, most::DESCRIPTION).ok().flatten();
            lines(said) == lines(now) || read(said) == read(now)
        }
        _ => typed::line(said, usize::MAX) == typed::line(now, usize::MAX),
    }
}

/// Spreadsheets write line breaks in their own ways.
fn lines(text: &str) -> Vec<&str> {
    text.trim().lines().collect()
}

/// As the editor knows it.
pub fn condition(said: &str) -> String {
    match said.to_lowercase().as_str() {
        "baru" => "new".to_owned(),
        "bekas" => "used".to_owned(),
        other => other.to_owned(),
    }
}

/// A state by its name. What is offered is on sale, or waits for its shop to be approved: its seller wants the same.
pub fn wanted(said: &str) -> Option<ProductState> {
    match ProductState::parse(&said.to_lowercase()) {
        Some(ProductState::InReview) => Some(ProductState::Active),
        state => state,
    }
}

/// What a row says otherwise than what there is. `first` is the first row of its product: what is empty in the others is
/// as it is there.
pub fn differences(row: &Cells, first: &Cells, now: &[String; N], names: &Names) -> Vec<RowDifference> {
    let mut found = Vec::new();
    let mut look = |col: Col, said: Option<&str>| {
        let Some(said) = said else { return };
        let now = now[col as usize].as_str();
        if !is_same(col, said, now, names) {
            found.push(RowDifference { column: col.name().to_owned(), from: short(now), to: short(said) });
        }
    };
    for col in OF_PRODUCT {
        look(col, first.get(col));
    }
    for col in OF_VARIANT {
        // Stock that is as it was taken out is not said anew.
        let said = row.get(col).filter(|said| col != Col::Stock || says_stock(row, said));
        look(col, said);
    }
    found
}

/// Whether somebody has said how many there are: not where it is empty, or as it was when the file was taken out.
pub fn says_stock(row: &Cells, said: &str) -> bool {
    !said.is_empty() && !row.get(Col::StockWas).is_some_and(|was| !was.is_empty() && was == said)
}

/// Enough to recognise it.
fn short(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
