//! What can be chosen of one product, and what each choice costs.

use crate::{Grams, Offer, Price};
use model::ids::VariantId;

/// One question asked of the buyer: colour, size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewOption {
    /// Names the facet: `color`, `size`.
    pub key: String,
    pub name: String,
    pub values: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewVariant {
    pub id: VariantId,
    pub sku: String,
    /// For each option, the index of the chosen value.
    pub choices: Vec<i16>,
    pub offer: Offer,
    pub on_hand: u16,
    /// Where it differs from the product's.
    pub weight: Option<Grams>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAnAssortment {
    #[error("there is nothing to buy")]
    NoVariant,
    #[error("at most 3 options with 1 to 100 different values each")]
    Options,
    #[error("variant {0} does not choose one value of each option")]
    Choices(usize),
    #[error("variant {0} repeats the choice or the SKU of another")]
    Repeated(usize),
    #[error("wholesale starts at 2 pieces, and more pieces cost less each")]
    Tiers,
}

/// Options, variants and wholesale prices that fit together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assortment {
    options: Vec<NewOption>,
    variants: Vec<NewVariant>,
    tiers: Tiers,
}

impl Assortment {
    pub fn new(
        options: Vec<NewOption>,
        variants: Vec<NewVariant>,
        tiers: Tiers,
    ) -> Result<Self, NotAnAssortment> {
        let distinct = |values: &[String]| values.iter().enumerate().all(|(i, v)| !values[..i].contains(v));
        let sound = |o: &NewOption| (1..=100).contains(&o.values.len()) && distinct(&o.values);
        if options.len() > 3 || !options.iter().all(sound) {
            return Err(NotAnAssortment::Options);
        }
        if variants.is_empty() {
            return Err(NotAnAssortment::NoVariant);
        }
        for (i, variant) in variants.iter().enumerate() {
            let chosen = variant.choices.len() == options.len()
                && options.iter().zip(&variant.choices).all(|(option, choice)| {
                    usize::try_from(*choice).is_ok_and(|choice| choice < option.values.len())
                });
            if !chosen {
                return Err(NotAnAssortment::Choices(i));
            }
            if variants[..i].iter().any(|v| v.choices == variant.choices || v.sku == variant.sku) {
                return Err(NotAnAssortment::Repeated(i));
            }
        }
        let assortment = Self { options, variants, tiers };
        let cheaper =
            assortment.tiers.0.first().is_none_or(|(_, price)| *price < assortment.cheapest().price());
        if cheaper { Ok(assortment) } else { Err(NotAnAssortment::Tiers) }
    }

    /// One variant, nothing to choose.
    pub fn single(id: VariantId, sku: String, offer: Offer, on_hand: u16) -> Self {
        let variant = NewVariant { id, sku, choices: vec![], offer, on_hand, weight: None };
        Self { options: vec![], variants: vec![variant], tiers: Tiers::default() }
    }

    pub fn options(&self) -> &[NewOption] {
        &self.options
    }

    pub fn variants(&self) -> &[NewVariant] {
        &self.variants
    }

    pub fn tiers(&self) -> &[(i32, Price)] {
        &self.tiers.0
    }

    /// The offer shown on the card.
    pub fn cheapest(&self) -> Offer {
        let mut offers = self.variants.iter().map(|v| v.offer);
        let first = offers.next().unwrap_or(Offer::NOTHING);
        offers.fold(first, |least, offer| if offer.price() < least.price() { offer } else { least })
    }

    pub fn dearest(&self) -> Price {
        self.variants.iter().map(|v| v.offer.price()).max().unwrap_or(Price::LEAST)
    }

    pub fn in_stock(&self) -> bool {
        self.variants.iter().any(|v| v.on_hand > 0)
    }
}

/// Wholesale: from so many pieces on, so much each. Quantities rise from 2, prices fall.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tiers(Vec<(i32, Price)>);

impl Tiers {
    pub fn steps(&self) -> &[(i32, Price)] {
        &self.0
    }
}

impl TryFrom<Vec<(i32, Price)>> for Tiers {
    type Error = NotAnAssortment;
    fn try_from(tiers: Vec<(i32, Price)>) -> Result<Self, NotAnAssortment> {
        let from_two = tiers.first().is_none_or(|(qty, _)| *qty >= 2);
        let falls = tiers.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1);
        if from_two && falls { Ok(Self(tiers)) } else { Err(NotAnAssortment::Tiers) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::Uuid;

    fn price(amount: i64) -> Price {
        Price::try_from(amount).unwrap()
    }

    fn variant(sku: &str, choices: &[i16], amount: i64) -> NewVariant {
        let offer = Offer::new(price(amount), None).unwrap();
        let id = VariantId::new(Uuid::nil());
        NewVariant { id, sku: sku.into(), choices: choices.into(), offer, on_hand: 1, weight: None }
    }

    fn color() -> NewOption {
        NewOption { key: "color".into(), name: "Warna".into(), values: vec!["Hitam".into(), "Putih".into()] }
    }

    #[test]
    fn every_variant_chooses_one_value_of_each_option_and_no_two_the_same() {
        let build = |variants| Assortment::new(vec![color()], variants, Tiers::default());
        let good = build(vec![variant("a", &[0], 900), variant("b", &[1], 700)]).unwrap();
        assert_eq!((good.cheapest().price(), good.dearest()), (price(700), price(900)));
        for (variants, error) in [
            (vec![], NotAnAssortment::NoVariant),
            (vec![variant("a", &[], 1)], NotAnAssortment::Choices(0)),
            (vec![variant("a", &[2], 1)], NotAnAssortment::Choices(0)),
            (vec![variant("a", &[-1], 1)], NotAnAssortment::Choices(0)),
            (vec![variant("a", &[0], 1), variant("b", &[0], 1)], NotAnAssortment::Repeated(1)),
            (vec![variant("a", &[0], 1), variant("a", &[1], 1)], NotAnAssortment::Repeated(1)),
        ] {
            assert_eq!(build(variants), Err(error));
        }
    }

    #[test]
    fn more_pieces_cost_less_each() {
        let tiers = |list: &[(i32, i64)]| {
            Tiers::try_from(list.iter().map(|(q, p)| (*q, price(*p))).collect::<Vec<_>>())
        };
        assert!(tiers(&[]).is_ok() && tiers(&[(2, 90), (10, 80)]).is_ok());
        for bad in [&[(1, 90)][..], &[(2, 90), (2, 80)], &[(2, 80), (3, 80)], &[(2, 80), (3, 90)]] {
            assert_eq!(tiers(bad), Err(NotAnAssortment::Tiers), "{bad:?}");
        }
        let dear = tiers(&[(2, 100)]).unwrap();
        assert_eq!(Assortment::new(vec![], vec![variant("a", &[], 100)], dear), Err(NotAnAssortment::Tiers));
    }
}
