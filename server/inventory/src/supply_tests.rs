use super::*;
use model::Qty;
use proptest::prelude::*;

const JAKARTA: Position = Position::new(-6.2088, 106.8456);
const SURABAYA: Position = Position::new(-7.2575, 112.7521);

fn variant(n: u128) -> VariantId {
    VariantId::new(Uuid::from_u128(n))
}

fn warehouse(n: u128) -> WarehouseId {
    WarehouseId::new(Uuid::from_u128(n))
}

fn line(n: u128, of: u128, quantity: i32, near: Option<Position>) -> HoldLine {
    let quantity = Qty::try_from(quantity).unwrap();
    HoldLine { line: Uuid::from_u128(n), variant: variant(of), quantity, near }
}

/// Two warehouses, Jakarta first, with so many in each; so many may be owed in Jakarta.
fn two(jakarta: i32, surabaya: i32, threshold: i32, backorder: i32) -> Supply {
    let policy = StockPolicy::tracked(threshold, backorder).unwrap();
    let shelves = vec![
        Shelf::new(warehouse(1), (jakarta, 0, backorder), Some(JAKARTA), 0),
        Shelf::new(warehouse(2), (surabaya, 0, 0), Some(SURABAYA), 1),
    ];
    Supply { policy, shelves }
}

fn given(lines: &[HoldLine], supply: Supply) -> Result<Vec<(u128, i32)>, Vec<Short>> {
    let shares = allot(lines, &Components::new(), Supplies::from([(variant(1), supply)]))?;
    Ok(shares.into_iter().map(|s| (s.warehouse.uuid().as_u128(), s.quantity)).collect())
}

#[test]
fn the_nearest_warehouse_that_has_all_of_a_line_sends_it() {
    let near = Some(SURABAYA);
    for (supply, near, quantity, from) in [
        (two(5, 5, 0, 0), None, 3, vec![(1, 3)]),
        (two(5, 5, 0, 0), near, 3, vec![(2, 3)]),
        (two(5, 2, 0, 0), near, 3, vec![(1, 3)]),
        (two(2, 2, 0, 0), near, 3, vec![(2, 2), (1, 1)]),
        (two(2, 2, 0, 0), None, 3, vec![(1, 2), (2, 1)]),
        // What is there goes before what is owed.
        (two(0, 5, 0, 5), None, 4, vec![(2, 4)]),
        (two(1, 2, 0, 5), near, 6, vec![(2, 2), (1, 4)]),
        (two(3, 3, 2, 0), None, 4, vec![(1, 3), (2, 1)]),
    ] {
        assert_eq!(given(&[line(1, 1, quantity, near)], supply.clone()), Ok(from), "{supply:?}");
    }
}

#[test]
fn a_warehouse_nobody_knows_the_place_of_comes_last() {
    let mut supply = two(5, 5, 0, 0);
    supply.shelves[1].place = None;
    assert_eq!(given(&[line(1, 1, 5, Some(SURABAYA))], supply), Ok(vec![(1, 5)]));
}

#[test]
fn a_bundle_and_its_component_share_what_there_is() {
    let bundle = Components::from([(variant(9), vec![(variant(1), 3)])]);
    let supplies = || Supplies::from([(variant(1), two(7, 0, 0, 0))]);
    let fits = allot(&[line(1, 9, 2, None), line(2, 1, 1, None)], &bundle, supplies()).unwrap();
    assert_eq!(fits.iter().map(|s| (s.quantity, s.per_unit)).collect::<Vec<_>>(), [(6, 3), (1, 1)]);
    let short = allot(&[line(1, 1, 2, None), line(2, 9, 2, None)], &bundle, supplies());
    assert_eq!(short, Err(vec![Short { variant: variant(9), wanted: 2, left: 1 }]));
    let short = allot(&[line(1, 9, 3, None), line(2, 1, 2, None)], &bundle, supplies());
    let first = Short { variant: variant(9), wanted: 3, left: 2 };
    assert_eq!(short, Err(vec![first, Short { variant: variant(1), wanted: 2, left: 1 }]));
}

#[test]
fn what_is_not_known_or_too_much_to_count_is_short() {
    let none = allot(&[line(1, 5, 1, None)], &Components::new(), Supplies::new());
    assert_eq!(none, Err(vec![Short { variant: variant(5), wanted: 1, left: 0 }]));
    let bundle = Components::from([(variant(9), vec![(variant(1), 3)])]);
    let mut supply = two(0, 0, 0, 0);
    supply.policy = StockPolicy::UNTRACKED;
    let many = allot(&[line(1, 9, i32::MAX, None)], &bundle, Supplies::from([(variant(1), supply)]));
    assert_eq!(many, Err(vec![Short { variant: variant(9), wanted: i32::MAX, left: i32::MAX / 3 }]));
}

proptest! {
    #[test]
    fn lines_get_all_they_ask_for_and_no_shelf_gives_more_than_it_has(
        jakarta in 0..20, surabaya in 0..20, threshold in 0..5, backorder in 0..10,
        wanted in prop::collection::vec((1..10, any::<bool>()), 1..5),
    ) {
        let supply = two(jakarta, surabaya, threshold, backorder);
        let sellable = supply.sellable();
        prop_assert_eq!(sellable, (jakarta + surabaya + backorder - threshold).max(0));
        let lines: Vec<_> = wanted.iter().zip(1..).map(|((quantity, far), n)| {
            line(n, 1, *quantity, Some(if *far { SURABAYA } else { JAKARTA }))
        }).collect();
        let total: i32 = wanted.iter().map(|(quantity, _)| quantity).sum();
        match allot(&lines, &Components::new(), Supplies::from([(variant(1), supply)])) {
            Err(short) => {
                prop_assert!(total > sellable);
                prop_assert_eq!(short, vec![Short { variant: variant(1), wanted: total, left: sellable }]);
            }
            Ok(shares) => {
                prop_assert!(total <= sellable);
                for line in &lines {
                    let got: i32 = shares.iter().filter(|s| s.line == line.line).map(|s| s.quantity).sum();
                    prop_assert_eq!(got, line.quantity.get());
                }
                for (id, most) in [(1, jakarta + backorder), (2, surabaya)] {
                    let of: i32 = shares.iter().filter(|s| s.warehouse == warehouse(id)).map(|s| s.quantity).sum();
                    prop_assert!(of <= most);
                }
            }
        }
    }
}
