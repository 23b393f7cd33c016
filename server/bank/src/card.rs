//! Made-up cards. Only these are taken, so that nobody's real number is ever typed here to any effect.

/// Is accepted.
pub const GOOD: &str = "4111 1111 1111 1111";
/// Is declined by its bank.
pub const DECLINED: &str = "4000 0000 0000 0002";

/// What becomes of a payment by a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Card {
    Good,
    Declined,
}

/// The card of this number, with or without spaces; none where it is not one of ours.
pub fn read(typed: &str) -> Option<Card> {
    let digits = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '-')).collect::<String>();
    let typed = digits(typed);
    [(GOOD, Card::Good), (DECLINED, Card::Declined)]
        .into_iter()
        .find_map(|(number, card)| (digits(number) == typed).then_some(card))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_made_up_cards_are_taken() {
        for (typed, card) in [
            ("4111111111111111", Some(Card::Good)),
            (" 4111-1111 11111111", Some(Card::Good)),
            ("4000000000000002", Some(Card::Declined)),
            ("5555555555554444", None),
            ("", None),
        ] {
            assert_eq!(read(typed), card, "{typed}");
        }
    }
}
