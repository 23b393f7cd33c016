//! Which rows of a batch are of which product.

use super::{
    columns::{Cells, Col},
    problems::BadCell,
};
use crate::text;
use model::{ids::ProductId, shop::RowProblem};
use std::collections::{HashMap, HashSet};

/// What was met in the file so far.
#[derive(Default)]
pub struct Seen {
    skus: HashSet<u64>,
    products: HashSet<u64>,
}

impl Seen {
    /// False where an earlier row has it.
    pub fn is_first(&mut self, cells: &Cells) -> bool {
        let sku = cells.text(Col::Sku);
        sku.is_empty() || self.skus.insert(text::hash(&[sku]))
    }

    /// Rows of this product that come later come too late, unless it is there by then.
    pub fn leave(&mut self, cells: &Cells) {
        let product = cells.text(Col::Product);
        if !product.is_empty() {
            self.products.insert(text::hash(&[product]));
        }
    }

    fn has_left(&self, product: &str) -> bool {
        self.products.contains(&text::hash(&[product]))
    }
}

/// What is known of the goods a batch names.
pub struct Named {
    /// The product each SKU is of.
    pub skus: HashMap<String, ProductId>,
    /// Those of the products it names that are the shop's.
    pub own: HashSet<ProductId>,
}

impl Named {
    fn of_product(&self, cells: &Cells) -> Option<ProductId> {
        cells.text(Col::Product).parse().ok().filter(|id| self.own.contains(id))
    }

    fn of_sku(&self, cells: &Cells) -> Option<ProductId> {
        self.skus.get(cells.text(Col::Sku)).copied()
    }
}

/// The rows of one product, by their place in the batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// None where it is new.
    pub product: Option<ProductId>,
    pub rows: Vec<usize>,
}

/// In the order of their first rows. Rows that cannot be put into one are told.
pub fn groups(rows: &[(usize, &Cells)], named: &Named, seen: &Seen) -> (Vec<Group>, Vec<(usize, BadCell)>) {
    let mut called: HashMap<&str, ProductId> = HashMap::new();
    for (_, cells) in rows.iter().filter(|(_, cells)| !cells.text(Col::Product).is_empty()) {
        if let Some(id) = named.of_product(cells).or_else(|| named.of_sku(cells)) {
            called.entry(cells.text(Col::Product)).or_insert(id);
        }
    }
    let (mut groups, mut bad): (Vec<Group>, Vec<(usize, BadCell)>) = (vec![], vec![]);
    let (mut by_id, mut by_name) = (HashMap::new(), HashMap::new());
    for (row, cells) in rows {
        let name = cells.text(Col::Product);
        let (called, owner) = (called.get(name).copied(), named.of_sku(cells));
        if called.is_some() && owner.is_some() && called != owner {
            bad.push((*row, BadCell::at(Col::Sku, RowProblem::Taken, cells.text(Col::Sku))));
            continue;
        }
        let mut new_group = |product| {
            groups.push(Group { product, rows: vec![] });
            groups.len() - 1
        };
        let place = match called.or(owner) {
            Some(id) => *by_id.entry(id).or_insert_with(|| new_group(Some(id))),
            None if name.is_empty() => new_group(None),
            None if seen.has_left(name) => {
                bad.push((*row, BadCell::at(Col::Product, RowProblem::Scattered, name)));
                continue;
            }
            None => *by_name.entry(name).or_insert_with(|| new_group(None)),
        };
        groups[place].rows.push(*row);
    }
    (groups, bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seller::goods::columns::N;
    use kernel::Uuid;

    fn row(product: &str, sku: &str) -> Cells {
        let mut cells = Cells([const { None }; N]);
        cells.0[Col::Product as usize] = Some(product.to_owned());
        cells.0[Col::Sku as usize] = Some(sku.to_owned());
        cells
    }

    #[test]
    fn rows_find_their_product_by_its_id_its_name_in_the_file_or_their_sku() {
        let (a, b) = (ProductId::new(Uuid::from_u128(1)), ProductId::new(Uuid::from_u128(2)));
        let named = Named {
            skus: HashMap::from([("A-1".to_owned(), a), ("B-1".to_owned(), b)]),
            own: HashSet::from([a, b]),
        };
        let id = a.to_string();
        let cells = [
            row(&id, "A-2"),
            row("", "A-1"),
            row("kaos", "B-1"),
            row("kaos", "B-2"),
            row(&id, "B-1"),
            row("baru", "N-1"),
            row("baru", "N-2"),
            row("", "N-3"),
            row("lama", "N-4"),
        ];
        let mut seen = Seen::default();
        assert!(seen.is_first(&cells[0]) && !seen.is_first(&cells[0]));
        seen.leave(&cells[8]);
        let rows: Vec<(usize, &Cells)> = cells.iter().enumerate().collect();
        let (groups, bad) = groups(&rows, &named, &seen);
        let group = |product, rows: &[usize]| Group { product, rows: rows.into() };
        assert_eq!(
            groups,
            [group(Some(a), &[0, 1]), group(Some(b), &[2, 3]), group(None, &[5, 6]), group(None, &[7]),]
        );
        let told: Vec<_> = bad.iter().map(|(row, bad)| (*row, bad.problem)).collect();
        assert_eq!(told, [(4, RowProblem::Taken), (8, RowProblem::Scattered)]);
    }
}
