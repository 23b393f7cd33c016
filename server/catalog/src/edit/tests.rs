use super::*;
use model::{
    FieldError,
    ids::Uuid,
    shop::{AttributeInput, OptionInput, ProductInput, TierInput, most},
};

fn known() -> Known {
    Known {
        category: Some(CategoryId::new(Uuid::nil())),
        attributes: [
            AttributeKind::Text,
            AttributeKind::Number,
            AttributeKind::Choice(vec!["cotton".into()]),
            AttributeKind::Flag,
        ]
        .into_iter()
        .zip(1..)
        .map(|(kind, n)| AttributeRule { id: Uuid::from_u128(n), kind })
        .collect(),
        gallery: vec![MediaId::new(Uuid::from_u128(9))],
        variants: vec![VariantId::new(Uuid::from_u128(7))],
    }
}

fn typed() -> ProductInput {
    let mut input =
        ProductInput { name: " Kaos  Polos ".into(), weight: "1.200".into(), ..ProductInput::default() };
    input = regrid(&input, Absent::Blank);
    input.variants[0].price = "50.000".into();
    input.variants[0].stock = "3".into();
    input
}

fn wrong(input: &ProductInput) -> impl Fn(&str) -> Option<FieldError> + use<> {
    let problems = Edit::parse(input, &known()).unwrap_err();
    move |field| problems.of(field)
}

#[test]
fn the_least_that_makes_a_product() {
    let edit = Edit::parse(&typed(), &known()).unwrap();
    assert_eq!((edit.name.as_str(), edit.weight.get(), edit.condition), ("Kaos Polos", 1200, Condition::New));
    assert_eq!((edit.dimensions, edit.qty, edit.options.len()), (None, QtyRange::ANY, 0));
    let variant = &edit.variants[0];
    assert_eq!((variant.offer.price().get(), variant.counted, variant.sku.clone()), (50_000, Some(3), None));
    assert!(variant.choices.is_empty());
}

#[test]
fn attributes_are_of_their_kind_and_those_of_other_categories_are_left_out() {
    let say =
        |n: u128, value: &str| AttributeInput { id: Uuid::from_u128(n).to_string(), value: value.into() };
    let input = ProductInput {
        attributes: vec![say(1, " Adem "), say(2, "6,5"), say(3, "cotton"), say(4, "0"), say(99, "x")],
        ..typed()
    };
    let said: Vec<AttributeValue> =
        Edit::parse(&input, &known()).unwrap().attributes.into_iter().map(|(_, value)| value).collect();
    assert_eq!(
        said,
        [
            AttributeValue::Text("Adem".into()),
            AttributeValue::Number("6.5".into()),
            AttributeValue::Choice("cotton".into()),
            AttributeValue::Flag(false)
        ]
    );
    let input = ProductInput { attributes: vec![say(2, "besar"), say(3, "wol"), say(4, "ya")], ..typed() };
    let of = wrong(&input);
    for (n, error) in [(2, FieldError::Malformed), (3, FieldError::NotAllowed), (4, FieldError::NotAllowed)] {
        assert_eq!(of(&format!("attributes.{}", Uuid::from_u128(n))), Some(error), "{n}");
    }
}

#[test]
fn sizes_come_in_threes_with_one_digit_after_the_comma() {
    let sized = |length: &str, width: &str, height: &str| ProductInput {
        length: length.into(),
        width: width.into(),
        height: height.into(),
        ..typed()
    };
    let size = Edit::parse(&sized("20,5", "15", "2.0"), &known()).unwrap().dimensions.unwrap();
    assert_eq!((size.length_mm, size.width_mm, size.height_mm), (205, 150, 20));
    let of = wrong(&sized("20,55", "", "9999"));
    assert_eq!(of("length"), Some(FieldError::OutOfRange));
    assert_eq!(of("width"), Some(FieldError::Required));
    assert_eq!(of("height"), Some(FieldError::OutOfRange));
}

#[test]
fn wholesale_rises_in_pieces_and_falls_in_price_below_the_cheapest() {
    let tiers = |steps: &[(&str, &str)]| ProductInput {
        tiers: steps
            .iter()
            .map(|(from, price)| TierInput { from: (*from).into(), price: (*price).into() })
            .collect(),
        ..typed()
    };
    let good = Edit::parse(&tiers(&[("2", "49.000"), ("", ""), ("10", "45000")]), &known()).unwrap();
    assert_eq!(good.tiers.steps().len(), 2);
    for (steps, field) in [
        (&[("1", "49000")][..], "tiers.0.from"),
        (&[("2", "50000")], "tiers.0.price"),
        (&[("5", "49000"), ("5", "48000")], "tiers.1.from"),
        (&[("5", "49000"), ("6", "49000")], "tiers.1.price"),
        (&[("5", "")], "tiers.0.price"),
    ] {
        assert!(wrong(&tiers(steps))(field).is_some(), "{steps:?}");
    }
}

#[test]
fn options_have_a_name_each_and_values_that_fit() {
    let option = |name: &str, values: &str| OptionInput {
        name: name.into(),
        values: values.into(),
        made: String::new(),
    };
    let of = |options: Vec<OptionInput>| regrid(&ProductInput { options, ..typed() }, Absent::Blank);
    let mut grid = of(vec![option("Warna", "Hitam\nPutih"), option("Bahan kain", "Katun")]);
    grid.variants.iter_mut().for_each(|row| "3".clone_into(&mut row.stock));
    let edit = Edit::parse(&grid, &known()).unwrap();
    let keys: Vec<&str> = edit.options.iter().map(|option| option.key.as_str()).collect();
    assert_eq!(keys, ["color", "bahan_kain"]);
    assert_eq!(edit.variants[1].choices, [1, 0]);

    let twice = wrong(&of(vec![option("Warna", "A"), option("warna", "B")]));
    assert_eq!(twice("options.1.name"), Some(FieldError::Taken));
    let nameless = wrong(&of(vec![option("", "A")]));
    assert_eq!(nameless("options.0.name"), Some(FieldError::Required));
    let empty = wrong(&of(vec![option("Warna", " ")]));
    assert_eq!(empty("options.0.values"), Some(FieldError::Required));
    let many: Vec<String> = (0..=most::VALUES).map(|n| n.to_string()).collect();
    let many = wrong(&of(vec![option("Warna", &many.join("\n"))]));
    assert_eq!(many("options.0.values"), Some(FieldError::OutOfRange));
}

#[test]
fn a_stock_that_was_left_as_it_was_shown_is_not_counted() {
    let mut input = typed();
    input.variants[0].id = Uuid::from_u128(7).to_string();
    input.variants[0].was = "3".into();
    let counted = |input: &ProductInput| Edit::parse(input, &known()).unwrap().variants[0].counted;
    assert_eq!(counted(&input), None);
    input.variants[0].stock = "4".into();
    assert_eq!(counted(&input), Some(4));
    input.variants[0].id = Uuid::from_u128(8).to_string();
    assert_eq!(wrong(&input)("variants.0.id"), Some(FieldError::NotAllowed), "not one of this product's");
}
