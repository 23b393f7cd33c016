//! What is wrong with the rows of a product: the first thing of each.

use super::columns::{Cells, Col};
use model::{FieldError, shop::RowProblem, typed::Problems};

/// One cell, and what is wrong with it; without a column, with the whole row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadCell {
    pub col: Option<Col>,
    pub problem: RowProblem,
    pub said: String,
}

impl BadCell {
    pub fn at(col: Col, problem: RowProblem, said: &str) -> Self {
        Self { col: Some(col), problem, said: said.to_owned() }
    }

    pub fn whole(problem: RowProblem) -> Self {
        Self { col: None, problem, said: String::new() }
    }
}

/// The problems of so many rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bad(Vec<Option<BadCell>>);

impl Bad {
    pub fn none_of(rows: usize) -> Self {
        Self(vec![None; rows])
    }

    pub fn note(&mut self, row: usize, bad: BadCell) {
        if let Some(slot) = self.0.get_mut(row)
            && slot.is_none()
        {
            *slot = Some(bad);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// One for each row: where one of a product's rows is bad, the others wait for it.
    pub fn of_each(self) -> impl Iterator<Item = BadCell> {
        self.0.into_iter().map(|bad| bad.unwrap_or_else(|| BadCell::whole(RowProblem::OtherRow)))
    }

    /// What the editor's rules say. `places`: which variant of the form each row is.
    pub fn note_all(&mut self, problems: Problems, rows: &[&Cells], places: &[usize]) {
        for (field, error) in model::AppError::from(problems).fields {
            let (row, col) = place_of(&field, places);
            let said = rows.get(row).map(|cells| cells.text(col)).unwrap_or_default();
            self.note(row, BadCell::at(col, told(error, col), said));
        }
    }
}

/// Where a field of the editor's form stands in the file.
fn place_of(field: &str, places: &[usize]) -> (usize, Col) {
    let mut parts = field.split('.');
    let col = match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("variants", Some(variant), Some(of)) => {
            let variant: Option<usize> = variant.parse().ok();
            // One the file does not name is told with the first row of its product.
            let row = places.iter().position(|place| Some(*place) == variant).unwrap_or_default();
            let col = match of {
                "price" => Col::Price,
                "list_price" => Col::ListPrice,
                "stock" => Col::Stock,
                "weight" => Col::VariantWeight,
                "picture" => Col::VariantPicture,
                _ => Col::Sku,
            };
            return (row, col);
        }
        ("options", Some("0"), Some("values")) => Col::Value1,
        ("options", _, Some("values")) => Col::Value2,
        ("options", Some("0"), _) => Col::Option1,
        ("options", ..) => Col::Option2,
        ("tiers", ..) => Col::Wholesale,
        ("attributes", ..) => Col::Attributes,
        ("name", ..) => Col::Name,
        ("category", ..) => Col::Category,
        ("description", ..) => Col::Description,
        ("brand", ..) => Col::Brand,
        ("condition", ..) => Col::Condition,
        ("weight", ..) => Col::Weight,
        ("length", ..) => Col::Length,
        ("width", ..) => Col::Width,
        ("height", ..) => Col::Height,
        ("min_qty", ..) => Col::MinQty,
        ("max_qty", ..) => Col::MaxQty,
        ("preorder_days", ..) => Col::Preorder,
        ("video", ..) => Col::Video,
        _ => Col::Sku,
    };
    (0, col)
}

fn told(error: FieldError, col: Col) -> RowProblem {
    match error {
        FieldError::Required => RowProblem::Missing,
        FieldError::TooShort | FieldError::TooLong => RowProblem::Length,
        FieldError::Malformed if col.is_whole() || col.is_decimal() => RowProblem::NotANumber,
        FieldError::Malformed => RowProblem::Malformed,
        FieldError::OutOfRange => RowProblem::OutOfRange,
        FieldError::Taken => RowProblem::Repeated,
        FieldError::NotAllowed | FieldError::TooCommon => RowProblem::NotAllowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_editor_says_of_a_field_is_told_of_its_row_and_column() {
        let places = [3, 0];
        assert_eq!(place_of("variants.0.price", &places), (1, Col::Price));
        assert_eq!(place_of("variants.3.sku", &places), (0, Col::Sku));
        assert_eq!(place_of("variants.7.stock", &places), (0, Col::Stock));
        assert_eq!(place_of("tiers.1.from", &places), (0, Col::Wholesale));
        assert_eq!(place_of("options.1.values", &places), (0, Col::Value2));
        assert_eq!(told(FieldError::Malformed, Col::Price), RowProblem::NotANumber);
        assert_eq!(told(FieldError::Malformed, Col::Video), RowProblem::Malformed);
    }
}
