use model::ids::{AccountId, OrderGroupId, OrderId, ShopId, Uuid};
use std::{borrow::Cow, fmt, str::FromStr};

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a code has 1 to 60 lower-case letters, digits, hyphens and underscores")]
pub struct NotACode;

/// What a provider or courier is called here: `midtrans`, `kirim-cepat`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(String);

impl Code {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
        if (1..=60).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotACode)
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose money it is, or with whom it lies. There is one of each for each currency, made when it is first used.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// What a buyer is to get back: between the decision and the provider's word that it went out.
    BuyerClearing(OrderGroupId),
    /// What a payment provider holds for us; negative.
    Provider(Code),
    /// What was paid for an order and is not decided yet; never below zero.
    Escrow(OrderId),
    /// What a shop may withdraw; below zero where more was refunded than it had.
    Seller(ShopId),
    /// What the platform earned, less what providers charge it.
    PlatformRevenue,
    /// What the platform gave to vouchers and campaigns; negative.
    PlatformPromotion,
    /// What a courier is owed for deliveries; negative where it holds more of what it collected.
    Courier(Code),
    /// Tax withheld, owed to the state.
    Tax,
    /// What a shop owes a supplier.
    SupplierPayable(Uuid),
    /// What lies in our own bank account; negative.
    Bank,
    /// What a member is owed in coins, which pay for goods alone; never below zero.
    Coins(AccountId),
}

impl Account {
    /// As it is stored.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::BuyerClearing(_) => "buyer_clearing",
            Self::Provider(_) => "provider",
            Self::Escrow(_) => "escrow",
            Self::Seller(_) => "seller",
            Self::PlatformRevenue => "platform_revenue",
            Self::PlatformPromotion => "platform_promotion",
            Self::Courier(_) => "courier",
            Self::Tax => "tax",
            Self::SupplierPayable(_) => "supplier_payable",
            Self::Bank => "bank",
            Self::Coins(_) => "coins",
        }
    }

    /// The id or code it belongs to; none where there is but one.
    pub fn owner(&self) -> Option<Cow<'_, str>> {
        let id = |id: Uuid| Some(Cow::Owned(id.to_string()));
        match self {
            Self::BuyerClearing(group) => id(group.uuid()),
            Self::Escrow(order) => id(order.uuid()),
            Self::Seller(shop) => id(shop.uuid()),
            Self::SupplierPayable(supplier) => id(*supplier),
            Self::Coins(member) => id(member.uuid()),
            Self::Provider(code) | Self::Courier(code) => Some(Cow::Borrowed(code.as_str())),
            Self::PlatformRevenue | Self::PlatformPromotion | Self::Tax | Self::Bank => None,
        }
    }

    /// Is a running balance kept of it?
    pub const fn is_kept(&self) -> bool {
        matches!(self, Self::Escrow(_) | Self::Seller(_) | Self::Coins(_))
    }

    /// As it was stored; none for a kind or owner that is not known here.
    pub fn read(kind: &str, owner: &str) -> Option<Self> {
        let id = || owner.parse::<Uuid>().ok();
        Some(match kind {
            "buyer_clearing" => Self::BuyerClearing(id()?.into()),
            "provider" => Self::Provider(owner.parse().ok()?),
            "escrow" => Self::Escrow(id()?.into()),
            "seller" => Self::Seller(id()?.into()),
            "platform_revenue" => Self::PlatformRevenue,
            "platform_promotion" => Self::PlatformPromotion,
            "courier" => Self::Courier(owner.parse().ok()?),
            "tax" => Self::Tax,
            "supplier_payable" => Self::SupplierPayable(id()?),
            "bank" => Self::Bank,
            "coins" => Self::Coins(id()?.into()),
            _ => return None,
        })
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        self.owner().map_or(Ok(()), |owner| write!(f, " {owner}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_as_it_is_stored() {
        let id = Uuid::from_u128(7);
        let code: Code = "kirim-cepat".parse().unwrap();
        for account in [
            Account::BuyerClearing(id.into()),
            Account::Provider(code.clone()),
            Account::Escrow(id.into()),
            Account::Seller(id.into()),
            Account::PlatformRevenue,
            Account::PlatformPromotion,
            Account::Courier(code),
            Account::Tax,
            Account::SupplierPayable(id),
            Account::Bank,
            Account::Coins(id.into()),
        ] {
            let owner = account.owner().unwrap_or_default();
            assert_eq!(Account::read(account.kind(), &owner), Some(account.clone()));
        }
        assert_eq!(Account::read("purse", ""), None);
        assert_eq!(Account::read("escrow", "midtrans"), None);
    }

    #[test]
    fn a_code_is_short_and_plain() {
        assert!(["", "Midtrans", "kirim cepat", "é"].iter().all(|text| text.parse::<Code>().is_err()));
        assert!("x".repeat(60).parse::<Code>().is_ok() && "x".repeat(61).parse::<Code>().is_err());
    }
}
