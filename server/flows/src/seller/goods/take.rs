//! One batch of a file of goods: judged, told, and when it is taken over, written, all in one transaction and a handful of
//! statements.

use super::{
    cells::{Names, pictures},
    columns::{Cells, Col, N},
    judge::{Fate, Judge, Judged, Written},
    problems::{Bad, BadCell},
    run::{ReadError, Row},
    sort::{Group, Named, Seen, groups},
    store::{self, Run, Told, ToldRow},
};
use crate::import::columns::Found;
use catalog::{
    ProductsChanged,
    store::sheet::{self, SheetEdit},
};
use kernel::{Cx, OffsetDateTime, Tx, outbox};
use model::{
    ids::{MediaId, ProductId, VariantId},
    shop::{ImportState, RowCounts, RowProblem, file},
    views::ProductState,
};
use std::collections::{HashMap, HashSet};
use views::sheet::SheetProduct;

/// So many products are judged before others have their turn.
const AT_A_STRETCH: usize = 50;

pub struct Batch<'a> {
    pub cx: &'a Cx,
    pub run: &'a Run,
    pub names: &'a Names,
    pub found: &'a Found<N>,
    pub rows: Vec<Row>,
    pub now: OffsetDateTime,
}

/// What is found out about a batch.
#[derive(Default)]
struct Findings {
    told: Vec<ToldRow>,
    counts: RowCounts,
    written: Vec<Written>,
}

impl Batch<'_> {
    /// Goes through it up to so many rows of the file, and gives what is counted until then.
    pub async fn go(&self, seen: &mut Seen, read: u32) -> Result<RowCounts, ReadError> {
        let mut tx = self.cx.begin().await?;
        let findings = self.look(&mut tx, seen).await?;
        // First of what is written: whoever else reads this file waits here, and stops afterwards.
        if !store::save_progress(&mut tx, self.run, read, findings.counts, self.now).await? {
            return Err(ReadError::Elsewhere);
        }
        store::put_rows(&mut tx, self.run.id, &findings.told).await?;
        if self.takes() {
            self.write(&mut tx, findings.written).await?;
        }
        tx.commit().await?;
        Ok(findings.counts)
    }

    fn takes(&self) -> bool {
        self.run.state == ImportState::TakingOver
    }

    async fn look(&self, tx: &mut Tx, seen: &mut Seen) -> Result<Findings, ReadError> {
        let mut findings = Findings { counts: self.run.told, ..Findings::default() };
        let mut sound: Vec<(usize, &Cells)> = Vec::with_capacity(self.rows.len());
        let mut bad: HashMap<usize, BadCell> = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            match &row.cells {
                Ok(cells) if cells.is_blank() => {}
                Ok(cells) => {
                    if !seen.is_first(cells) {
                        let sku = cells.text(Col::Sku);
                        bad.insert(place, BadCell::at(Col::Sku, RowProblem::Repeated, sku));
                    }
                    sound.push((place, cells));
                }
                Err(wrong) => self.tell_bad(&mut findings, place, wrong.clone()),
            }
        }
        let named = self.named(tx, &sound).await?;
        let (groups, astray) = groups(&sound, &named, seen);
        for (place, wrong) in astray {
            self.tell_bad(&mut findings, place, wrong);
        }
        let known: Vec<ProductId> = groups.iter().filter_map(|group| group.product).collect();
        if self.takes() {
            sheet::lock(tx, self.run.shop, &known).await?;
        }
        let before = views::sheet::find(tx, self.run.shop, &known).await?;
        let pictures = self.pictures(tx, &sound).await?;
        // It may be approved while its goods come in: those that came before are put on sale by that, those after at once.
        let verified = shop::store::get_state(tx, self.run.shop).await?.is_verified();
        let judge = Judge {
            cx: self.cx,
            names: self.names,
            pictures: &pictures,
            stock: self.run.stock,
            counts: self.run.counts,
            verified,
            now: self.now,
        };
        for (n, group) in groups.into_iter().enumerate() {
            // Pages do not wait for all of it.
            if n % AT_A_STRETCH == AT_A_STRETCH - 1 {
                tokio::task::yield_now().await;
            }
            let before = group.product.and_then(|id| before.get(&id));
            match self.judged(&judge, before, &group, &mut bad) {
                Ok(judged) => self.tell(&mut findings, &group, before, judged),
                Err(wrong) => {
                    for (place, wrong) in group.rows.iter().zip(wrong.of_each()) {
                        self.tell_bad(&mut findings, *place, wrong);
                    }
                }
            }
        }
        for (_, cells) in sound {
            seen.leave(cells);
        }
        Ok(findings)
    }

    fn judged(
        &self,
        judge: &Judge<'_>,
        before: Option<&SheetProduct>,
        group: &Group,
        bad: &mut HashMap<usize, BadCell>,
    ) -> Result<Judged, Bad> {
        let mut wrong = Bad::none_of(group.rows.len());
        for (row, place) in group.rows.iter().enumerate() {
            if let Some(cell) = bad.remove(place) {
                wrong.note(row, cell);
            }
        }
        let cells: Vec<&Cells> =
            group.rows.iter().filter_map(|place| self.rows[*place].cells.as_ref().ok()).collect();
        if cells.len() > file::VARIANTS {
            wrong.note(0, BadCell::at(Col::Product, RowProblem::OutOfRange, cells[0].text(Col::Product)));
        }
        if wrong.is_empty() { judge.judge(before, &cells) } else { Err(wrong) }
    }

    /// Whose the goods of these rows are.
    async fn named(&self, tx: &mut Tx, rows: &[(usize, &Cells)]) -> Result<Named, sqlx::Error> {
        let skus: Vec<String> = rows
            .iter()
            .map(|(_, cells)| cells.text(Col::Sku).to_owned())
            .filter(|sku| !sku.is_empty())
            .collect();
        let products: HashSet<ProductId> =
            rows.iter().filter_map(|(_, cells)| cells.text(Col::Product).parse().ok()).collect();
        let products: Vec<ProductId> = products.into_iter().collect();
        let own =
            if products.is_empty() { vec![] } else { sheet::list_own(tx, self.run.shop, &products).await? };
        Ok(Named { skus: sheet::find_skus(tx, self.run.shop, &skus).await?, own: own.into_iter().collect() })
    }

    /// Those of the photographs these rows name that are the shop's.
    async fn pictures(&self, tx: &mut Tx, rows: &[(usize, &Cells)]) -> Result<HashSet<MediaId>, sqlx::Error> {
        let named: HashSet<MediaId> =
            rows.iter().flat_map(|(_, cells)| pictures(cells.text(Col::Pictures))).flatten().collect();
        if named.is_empty() {
            return Ok(named);
        }
        let named: Vec<MediaId> = named.into_iter().collect();
        Ok(sheet::list_own_pictures(tx, self.run.shop, &named).await?.into_iter().collect())
    }

    fn tell_bad(&self, findings: &mut Findings, place: usize, wrong: BadCell) {
        const LONGEST: usize = 120;
        let row = &self.rows[place];
        let column = wrong.col.map_or(row.column.as_str(), |col| self.found.name(col as usize));
        findings.counts.bad += 1;
        findings.told.push(ToldRow {
            row: row.number,
            of: Told::Bad {
                column: column.chars().take(LONGEST).collect(),
                problem: wrong.problem,
                said: wrong.said.chars().take(LONGEST).collect(),
                line: row.line(),
            },
        });
    }

    fn tell(&self, findings: &mut Findings, group: &Group, before: Option<&SheetProduct>, judged: Judged) {
        for (place, fate) in group.rows.iter().zip(judged.fates) {
            let row = &self.rows[*place];
            let cells = row.cells.as_ref().ok();
            let said = |col: Col| cells.map(|cells| cells.text(col)).unwrap_or_default();
            let name = Some(said(Col::Name)).filter(|name| !name.is_empty());
            let name = name.or(before.map(|product| product.input.name.as_str())).unwrap_or_default();
            let short = |text: &str| text.chars().take(120).collect::<String>();
            let (sku, name) = (short(said(Col::Sku)), short(name));
            let counts = &mut findings.counts;
            let of = match fate {
                Fate::Same => {
                    counts.same += 1;
                    continue;
                }
                Fate::New => {
                    counts.new += 1;
                    (counts.new <= file::SAMPLES).then_some(Told::New { sku, name })
                }
                Fate::Changed(differences) => {
                    counts.changed += 1;
                    (counts.changed <= file::SAMPLES).then_some(Told::Changed { sku, name, differences })
                }
            };
            findings.told.extend(of.map(|of| ToldRow { row: row.number, of }));
        }
        findings.written.extend(judged.written);
    }

    async fn write(&self, tx: &mut Tx, written: Vec<Written>) -> Result<(), sqlx::Error> {
        let (shop, now) = (self.run.shop, self.now);
        let id = || self.cx.ids().uuid();
        let mut edits: Vec<SheetEdit> = Vec::with_capacity(written.len());
        let (mut told, mut steps) = (Vec::<(VariantId, i32)>::new(), Vec::new());
        let mut seen = Vec::new();
        for one in written {
            // By shoppers, before or from now on.
            if matches!(one.states, (_, ProductState::Active) | (Some(ProductState::Active), _)) {
                seen.push(one.edit.id);
            }
            told.extend(one.told);
            steps.extend(Some(one.steps).filter(|steps| !steps.is_empty()));
            edits.push(one.edit);
        }
        sheet::write_many(tx, shop, &edits, id, now).await?;
        sheet::save_moves(tx, &steps, id, now).await?;
        let grown = edits.iter().filter(|edit| {
            edit.new.is_some() || edit.edit.variants.iter().any(|variant| variant.id.is_none())
        });
        let grown: Vec<ProductId> = grown.map(|edit| edit.id).collect();
        if !grown.is_empty() {
            inventory::store::open_stock(tx, &grown, now).await?;
        }
        if !told.is_empty() && self.run.counts {
            let changed = inventory::store::set_on_hand_many(tx, &told, Some(self.run.by), now).await?;
            if !changed.is_empty() {
                crate::stock::changed(self.cx, tx, &changed).await?;
            }
        }
        outbox::publish_many(tx, self.cx, ProductsChanged::of(&seen)).await
    }
}
