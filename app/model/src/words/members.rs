//! Tiers of members.

use crate::{Lang, pricing::MemberTier, views::member::Standing};

crate::messages! {
    title: "Tingkat anggota" / "Member tiers";
    desk_about: "Belanja berapa untuk tingkat apa, dan berapa anggotanya" / "How much has to be spent for which tier, and how many members each has";
    about(months): "Dihitung dari harga barang pada pesanan yang selesai dalam {months} bulan terakhir, dikurangi yang dikembalikan. Dihitung lagi setiap malam dan setiap kali pesanan selesai; syarat voucher bisa memakainya." / "Counted from what was paid for goods of orders completed within the last {months} months, less what was given back. Counted anew each night and whenever an order is complete; vouchers can ask for a tier.";
    prove_first: "Untuk mengubah tingkat anggota, pastikan dulu ini benar Anda." / "To change the tiers, confirm first that it is you.";
    tier: "Tingkat" / "Tier";
    least: "Belanja paling sedikit" / "Spent at least";
    members: "Anggota" / "Members";
    no_least: "Pesanan selesai pertama" / "A first completed order";
    months: "Berapa bulan terakhir" / "How many months back";
    from(tier): "{tier} mulai dari" / "{tier} from";
    ascending: "Harus lebih besar dari tingkat di bawahnya." / "It has to be more than the tier below it.";
    set: "Simpan" / "Save";
    set_hint: "Semua anggota dihitung lagi setelah disimpan." / "All members are counted anew once this is saved.";
    of_tier(tier): "Anggota {tier}" / "{tier} member";
    spent(amount, months): "Belanja {amount} dalam {months} bulan terakhir." / "You spent {amount} in the last {months} months.";
    missing(amount, tier): "{amount} lagi untuk menjadi {tier}." / "{amount} more to become {tier}.";
    at_the_top: "Anda di tingkat tertinggi. Terima kasih!" / "You are at the top. Thank you!";
    only_for: "Hanya untuk anggota" / "Only for members";
    for_all: "Siapa saja" / "Anybody";
    and_above(tier): "{tier} ke atas" / "{tier} and above";
}

/// The same in both languages.
pub const fn name(tier: MemberTier) -> &'static str {
    match tier {
        MemberTier::Regular => "Regular",
        MemberTier::Silver => "Silver",
        MemberTier::Gold => "Gold",
        MemberTier::Platinum => "Platinum",
    }
}

/// What was spent and what is missing, in a sentence or two.
pub fn standing(lang: Lang, standing: &Standing) -> String {
    let done = spent(lang, standing.spent, standing.months);
    let next = standing
        .next
        .map_or_else(|| at_the_top(lang).to_owned(), |next| missing(lang, next.missing, name(next.tier)));
    format!("{done} {next}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Money, views::member::NextTier};

    #[test]
    fn what_is_missing_is_said_until_there_is_nothing_above() {
        let next =
            NextTier { tier: MemberTier::Gold, least: Money::idr(5_000_000), missing: Money::idr(3_500_000) };
        let reached =
            Standing { tier: MemberTier::Silver, spent: Money::idr(1_500_000), months: 12, next: Some(next) };
        let told = standing(Lang::En, &reached);
        assert!(told.ends_with("more to become Gold."), "{told}");
        let top = Standing { tier: MemberTier::Platinum, next: None, ..reached };
        assert!(standing(Lang::Id, &top).ends_with("Terima kasih!"));
    }
}
