//! The rows of one product, judged together: what becomes of each, and the product as it would be written.

use super::{
    cells::{self, Names, parts, pictures},
    columns::{Cells, Col, N, OF_PRODUCT},
    compare::{condition, differences, is_same, says_stock},
    options::{arrange, choice_of},
    problems::{Bad, BadCell},
    states,
};
use crate::{
    import::{attributes, taxonomy},
    seller::editor::address,
};
use catalog::{
    AttributeValue, Moved, art,
    edit::{Edit, Known},
    store::sheet::{NewSheet, SheetEdit},
};
use kernel::{Cx, OffsetDateTime};
use model::{
    ids::{CategoryId, MediaId, ProductId, VariantId},
    shop::{AttributeInput, ProductInput, RowDifference, RowProblem, TierInput, VariantInput, most},
    typed,
    views::ProductState,
};
use std::collections::HashSet;
use views::sheet::SheetProduct;

/// What all products of a batch are judged by.
pub struct Judge<'a> {
    pub cx: &'a Cx,
    pub names: &'a Names,
    /// Those named in the batch that are the shop's.
    pub pictures: &'a HashSet<MediaId>,
    /// Pieces of new goods of which the file says nothing.
    pub stock: i32,
    /// Whether whoever sent the file may count stock.
    pub counts: bool,
    /// Whether the shop was approved.
    pub verified: bool,
    pub now: OffsetDateTime,
}

/// What becomes of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    New,
    Changed(Vec<RowDifference>),
    Same,
}

/// A product that is to be written.
pub struct Written {
    pub edit: SheetEdit,
    /// So many were counted of each of these, which are there already.
    pub told: Vec<(VariantId, i32)>,
    pub steps: Vec<Moved>,
    /// Before, and after the steps; none before where it is new.
    pub states: (Option<ProductState>, ProductState),
}

pub struct Judged {
    /// One for each row.
    pub fates: Vec<Fate>,
    /// None where nothing about it changes.
    pub written: Option<Written>,
}

/// The parts of a product that the file changes.
struct Draft {
    input: ProductInput,
    gallery: Vec<MediaId>,
}

impl Judge<'_> {
    pub fn judge(&self, before: Option<&SheetProduct>, rows: &[&Cells]) -> Result<Judged, Bad> {
        let mut bad = Bad::none_of(rows.len());
        let first = rows[0];
        if before.is_some_and(|product| product.state == ProductState::Archived) {
            bad.note(0, BadCell::at(Col::Sku, RowProblem::Archived, first.text(Col::Sku)));
            return Err(bad);
        }
        self.agree(rows, &mut bad);
        let known = places(before, rows);
        let now = before.map(|product| cells::rows(product, self.names, "")).unwrap_or_default();
        let fates = self.fates(before, rows, &known, &now);
        if bad.is_empty() && fates.iter().all(|fate| *fate == Fate::Same) {
            return Ok(Judged { fates, written: None });
        }
        let state = |said: &str| match before {
            None => states::of_new(said, self.verified).map(|state| (state, vec![])),
            Some(before) => states::steps(before, said, self.verified, self.now)
                .map(|steps| (steps.last().map_or(before.state, |moved| moved.to), steps)),
        };
        let said = first.text(Col::State);
        let moved = state(said).map_err(|problem| bad.note(0, BadCell::at(Col::State, problem, said)));
        let category = self.category(before, first, &mut bad);
        let (Ok((state, steps)), Some(category)) = (moved, category) else { return Err(bad) };

        let mut draft = Draft {
            input: before.map(|product| product.input.clone()).unwrap_or_default(),
            gallery: before.map(|product| product.gallery.clone()).unwrap_or_default(),
        };
        draft.input.category = category.to_string();
        self.put_product(first, now.first(), category, &mut draft, &mut bad);
        let there = draft.input.variants.len();
        let places = self.put_variants(before, rows, &known, &mut draft, &mut bad);
        arrange(&mut draft.input, rows, &places, there, &mut bad);
        if !bad.is_empty() {
            return Err(bad);
        }
        let rules = self.names.rules(category).iter().map(|(_, rule)| rule.clone()).collect();
        let variants = draft.input.variants.iter().filter_map(|variant| variant.id.parse().ok()).collect();
        let gallery = draft.gallery.clone();
        let known = Known { category: Some(category), attributes: rules, gallery, variants };
        let edit = match Edit::parse(&draft.input, &known) {
            Ok(edit) => edit,
            Err(problems) => {
                bad.note_all(problems, rows, &places);
                return Err(bad);
            }
        };
        let states = (before.map(|product| product.state), state);
        Ok(Judged { fates, written: Some(self.written(before, draft, edit, steps, states)) })
    }

    /// What is said of the product, its rows say alike.
    fn agree(&self, rows: &[&Cells], bad: &mut Bad) {
        for (row, cells) in rows.iter().enumerate().skip(1) {
            for col in OF_PRODUCT {
                let said = cells.text(col);
                if !said.is_empty() && !is_same(col, said, rows[0].text(col), self.names) {
                    bad.note(row, BadCell::at(col, RowProblem::Differs, said));
                }
            }
        }
    }

    fn fates(
        &self,
        before: Option<&SheetProduct>,
        rows: &[&Cells],
        known: &[Option<usize>],
        now: &[[String; N]],
    ) -> Vec<Fate> {
        let empty = before.is_some_and(|product| product.input.variants.is_empty());
        let fate = |(cells, place): (&&Cells, &Option<usize>)| {
            // A draft without variants stands in one row all the same.
            let nameless = empty && rows.len() == 1 && cells.text(Col::Sku).is_empty();
            let now: Option<&[String; N]> = place.or(nameless.then_some(0)).and_then(|place| now.get(place));
            let Some(now) = now else { return Fate::New };
            let differences = differences(cells, rows[0], now, self.names);
            if differences.is_empty() { Fate::Same } else { Fate::Changed(differences) }
        };
        rows.iter().zip(known).map(fate).collect()
    }

    fn category(&self, before: Option<&SheetProduct>, first: &Cells, bad: &mut Bad) -> Option<CategoryId> {
        let own = before.map(|product| product.category);
        let Some(said) = first.get(Col::Category).filter(|said| !said.is_empty()) else {
            if own.is_none() || first.get(Col::Category).is_some() {
                bad.note(0, BadCell::at(Col::Category, RowProblem::Missing, ""));
                return None;
            }
            return own;
        };
        let found = self.names.category(said).map(|category| category.id);
        let found = found.filter(|id| own == Some(*id) || self.names.takes_goods(*id));
        if found.is_none() {
            bad.note(0, BadCell::at(Col::Category, RowProblem::UnknownCategory, said));
        }
        found
    }

    /// What the file says as it is now, is left as it is. `now`: a row of it, where it is there already.
    fn put_product(
        &self,
        first: &Cells,
        now: Option<&[String; N]>,
        category: CategoryId,
        draft: &mut Draft,
        bad: &mut Bad,
    ) {
        let changed = |col: Col| {
            let said = first.get(col)?;
            let same = now.is_some_and(|now| is_same(col, said, &now[col as usize], self.names));
            (!same).then_some(said)
        };
        let input = &mut draft.input;
        let fields = [
            (Col::Name, &mut input.name),
            (Col::Brand, &mut input.brand),
            (Col::Condition, &mut input.condition),
            (Col::Description, &mut input.description),
            (Col::MinQty, &mut input.min_qty),
            (Col::MaxQty, &mut input.max_qty),
            (Col::Weight, &mut input.weight),
            (Col::Length, &mut input.length),
            (Col::Width, &mut input.width),
            (Col::Height, &mut input.height),
            (Col::Preorder, &mut input.preorder_days),
            (Col::Video, &mut input.video),
        ];
        for (col, field) in fields {
            if let Some(said) = changed(col) {
                said.clone_into(field);
            }
        }
        input.condition = condition(&input.condition);
        if now.is_none() {
            self.derive(first, category, input);
        }
        if let Some(said) = changed(Col::Wholesale) {
            match tiers(said) {
                Some(tiers) => input.tiers = tiers,
                None => bad.note(0, BadCell::at(Col::Wholesale, RowProblem::Malformed, said)),
            }
        }
        if let Some(said) = changed(Col::Attributes) {
            match self.attributes(said, category) {
                Ok(said) => input.attributes = said,
                Err(wrong) => bad.note(0, wrong),
            }
        }
        if let Some(said) = changed(Col::Pictures) {
            self.put_gallery(said, draft, bad);
        }
    }

    /// What a new product's name says where the file has no column for it.
    fn derive(&self, first: &Cells, category: CategoryId, input: &mut ProductInput) {
        let Some(of) = self.names.category_of(category) else { return };
        if first.get(Col::Weight).is_none() {
            input.weight = taxonomy::usual_weight(&of.slug).to_string();
        }
        if first.get(Col::Brand).is_none() {
            input.brand = attributes::brand(&input.name).unwrap_or_default().to_owned();
        }
        if first.get(Col::Condition).is_none() {
            attributes::condition(&input.name).as_str().clone_into(&mut input.condition);
        }
        if first.get(Col::Attributes).is_none() {
            let said = self.names.derive.of(of, &input.name).into_iter();
            input.attributes = said
                .map(|(id, value)| AttributeInput { id: id.to_string(), value: typed_as(value) })
                .collect();
        }
    }

    fn attributes(&self, said: &str, category: CategoryId) -> Result<Vec<AttributeInput>, BadCell> {
        let rules = self.names.rules(category);
        let mut all: Vec<AttributeInput> = Vec::new();
        for part in parts(said) {
            let wrong = |problem| BadCell::at(Col::Attributes, problem, &part);
            let (key, value) = part.split_once('=').ok_or_else(|| wrong(RowProblem::Malformed))?;
            let (key, value) = (key.trim().to_lowercase(), value.trim());
            let rule = rules.iter().find(|(own, _)| *own == key);
            let (_, rule) = rule.ok_or_else(|| wrong(RowProblem::UnknownAttribute))?;
            let id = rule.id.to_string();
            if all.iter().any(|other| other.id == id) {
                return Err(wrong(RowProblem::Repeated));
            }
            all.push(AttributeInput { id, value: value.to_owned() });
        }
        Ok(all)
    }

    fn put_gallery(&self, said: &str, draft: &mut Draft, bad: &mut Bad) {
        let mut gallery: Vec<MediaId> = Vec::new();
        for picture in pictures(said) {
            match picture {
                Ok(media) if draft.gallery.contains(&media) || self.pictures.contains(&media) => {
                    if !gallery.contains(&media) {
                        gallery.push(media);
                    }
                }
                Ok(media) => {
                    bad.note(0, BadCell::at(Col::Pictures, RowProblem::UnknownPicture, &media.to_string()));
                }
                Err(other) => bad.note(0, BadCell::at(Col::Pictures, RowProblem::UnknownPicture, &other)),
            }
        }
        if gallery.len() > most::PHOTOGRAPHS.max(draft.gallery.len()) {
            bad.note(0, BadCell::at(Col::Pictures, RowProblem::OutOfRange, &gallery.len().to_string()));
        }
        for variant in &mut draft.input.variants {
            if variant.picture.parse().is_ok_and(|media| !gallery.contains(&media)) {
                variant.picture.clear();
            }
        }
        draft.gallery = gallery;
    }

    /// Which variant each row is now, those that are new among them.
    fn put_variants(
        &self,
        before: Option<&SheetProduct>,
        rows: &[&Cells],
        known: &[Option<usize>],
        draft: &mut Draft,
        bad: &mut Bad,
    ) -> Vec<usize> {
        let nameless = before.is_some_and(|product| product.input.variants.is_empty());
        let mut places = Vec::with_capacity(rows.len());
        for (row, (cells, place)) in rows.iter().zip(known).enumerate() {
            let sku = cells.text(Col::Sku);
            if place.is_none() && sku.is_empty() && !nameless {
                bad.note(row, BadCell::at(Col::Sku, RowProblem::Missing, ""));
            }
            let place = place.unwrap_or_else(|| {
                draft.input.variants.push(VariantInput::default());
                draft.input.variants.len() - 1
            });
            let promised =
                before.and_then(|product| product.promised.get(place)).copied().unwrap_or_default();
            let variant = &mut draft.input.variants[place];
            if let Some(wrong) = self.put_variant(cells, variant, &draft.gallery, promised) {
                bad.note(row, wrong);
            }
            places.push(place);
        }
        places
    }

    fn put_variant(
        &self,
        cells: &Cells,
        variant: &mut VariantInput,
        gallery: &[MediaId],
        promised: i32,
    ) -> Option<BadCell> {
        let new = variant.id.is_empty();
        let fields = [
            (Col::Sku, &mut variant.sku),
            (Col::Price, &mut variant.price),
            (Col::ListPrice, &mut variant.list_price),
            (Col::VariantWeight, &mut variant.weight),
        ];
        for (col, field) in fields {
            if let Some(said) = cells.get(col).filter(|said| col != Col::Sku || !said.is_empty()) {
                said.clone_into(field);
            }
        }
        let stock = cells.get(Col::Stock).filter(|said| self.counts && !said.is_empty());
        match stock {
            Some(said) if new || says_stock(cells, said) => {
                said.clone_into(&mut variant.stock);
                if typed::whole(said).is_ok_and(|pieces| pieces < promised.into()) {
                    return Some(BadCell::at(Col::Stock, RowProblem::Promised, said));
                }
            }
            None if new => variant.stock = if self.counts { self.stock } else { 0 }.to_string(),
            _ => {}
        }
        let said = cells.get(Col::VariantPicture)?;
        match pictures(said).as_slice() {
            [] => variant.picture.clear(),
            [Ok(media)] if gallery.contains(media) => variant.picture = media.to_string(),
            _ => return Some(BadCell::at(Col::VariantPicture, RowProblem::UnknownPicture, said)),
        }
        None
    }

    fn written(
        &self,
        before: Option<&SheetProduct>,
        draft: Draft,
        edit: Edit,
        steps: Vec<Moved>,
        states: (Option<ProductState>, ProductState),
    ) -> Written {
        let id: ProductId = before.map_or_else(|| self.cx.id(), |product| product.id);
        let variants: Vec<VariantId> =
            edit.variants.iter().map(|variant| variant.id.unwrap_or_else(|| self.cx.id())).collect();
        let told = edit.variants.iter().filter_map(|variant| Some((variant.id?, variant.counted?)));
        let told = told.collect();
        let category = self.names.category_of(edit.category).map_or("", |category| category.slug.as_str());
        let new = before.is_none().then(|| NewSheet {
            state: states.1,
            motif: art::motif_for(category, edit.name.as_str()).to_owned(),
            seed: i32::from(id.uuid().as_bytes()[15]),
        });
        let differs = |of: fn(&ProductInput, &ProductInput) -> bool| {
            before.is_none_or(|product| of(&product.input, &draft.input))
        };
        let edit = SheetEdit {
            id,
            slug: address(edit.name.as_str(), id),
            variants,
            new,
            options: differs(|a, b| a.options != b.options || choices(a) != choices(b)),
            tiers: differs(|a, b| a.tiers != b.tiers),
            attributes: differs(|a, b| a.attributes != b.attributes || a.category != b.category),
            gallery: Some(draft.gallery).filter(|gallery| {
                *gallery != before.map(|product| product.gallery.clone()).unwrap_or_default()
            }),
            edit,
        };
        Written { edit, told, steps, states }
    }
}

fn choices(input: &ProductInput) -> Vec<(&str, &str)> {
    input.variants.iter().map(|variant| (variant.first.as_str(), variant.second.as_str())).collect()
}

/// Which variant each row is: by its SKU, or where that is new or left out, by what is chosen. A variant that another row
/// names by its SKU is not meant.
fn places(before: Option<&SheetProduct>, rows: &[&Cells]) -> Vec<Option<usize>> {
    let Some(before) = before else { return vec![None; rows.len()] };
    let variants = &before.input.variants;
    let by_sku = rows.iter().map(|cells| {
        let sku = cells.text(Col::Sku);
        variants.iter().position(|variant| variant.sku == sku)
    });
    let mut places: Vec<Option<usize>> = by_sku.collect();
    for (row, cells) in rows.iter().enumerate() {
        if places[row].is_none() && !cells.text(Col::Product).is_empty() {
            let (first, second) = choice_of(cells);
            let same = |variant: &VariantInput| variant.first == first && variant.second == second;
            let place = variants.iter().position(same);
            places[row] = place.filter(|place| !places.contains(&Some(*place)));
        }
    }
    places
}

/// `10:45000; 50:40000`.
fn tiers(said: &str) -> Option<Vec<TierInput>> {
    let tier = |part: String| {
        let (from, price) = part.split_once(':')?;
        Some(TierInput { from: from.trim().to_owned(), price: price.trim().to_owned() })
    };
    parts(said).into_iter().map(tier).collect()
}

/// As somebody would type it.
fn typed_as(value: AttributeValue) -> String {
    match value {
        AttributeValue::Text(text) | AttributeValue::Number(text) | AttributeValue::Choice(text) => text,
        AttributeValue::Flag(flag) => if flag { "1" } else { "0" }.to_owned(),
    }
}
