//! What buyers write, and what the market's own shops are called.

use super::chance::Chance;
use model::views::{Stars, Tier};

pub struct DemoShop {
    pub name: &'static str,
    pub city: &'static str,
    pub tier: Tier,
    pub joined_days_ago: i64,
    pub about: &'static str,
}

pub const SHOPS: [DemoShop; 12] = [
    DemoShop {
        name: "Nusatek Official",
        city: "Jakarta Pusat",
        tier: Tier::Official,
        joined_days_ago: 2400,
        about: "Toko resmi Nusatek: komputer, ponsel dan perlengkapannya, bergaransi dan dilayani orang yang memakainya sendiri.",
    },
    DemoShop {
        name: "Rana Suara",
        city: "Kota Bandung",
        tier: Tier::Power,
        joined_days_ago: 1900,
        about: "Kamera, suara dan permainan. Semua barang dicoba di toko kami di Bandung sebelum dikirim.",
    },
    DemoShop {
        name: "Kirana Mode",
        city: "Kota Surabaya",
        tier: Tier::Power,
        joined_days_ago: 1500,
        about: "Pakaian sehari-hari yang jahitannya rapi, untuk dia dan kamu.",
    },
    DemoShop {
        name: "Salma Busana",
        city: "Kota Bandung",
        tier: Tier::Official,
        joined_days_ago: 1700,
        about: "Busana muslim dan baju anak dari penjahit rumahan di Bandung.",
    },
    DemoShop {
        name: "Rona Tropis",
        city: "Kota Yogyakarta",
        tier: Tier::Official,
        joined_days_ago: 1200,
        about: "Perawatan wajah dan tubuh dari bahan yang tumbuh di sini.",
    },
    DemoShop {
        name: "Omahku",
        city: "Kota Semarang",
        tier: Tier::Power,
        joined_days_ago: 1600,
        about: "Perabot dan alat dapur yang kami pakai sendiri di rumah.",
    },
    DemoShop {
        name: "Tukangku Perkakas",
        city: "Kota Tangerang",
        tier: Tier::Regular,
        joined_days_ago: 800,
        about: "Perkakas, cat dan tanaman untuk rumah yang tidak pernah selesai.",
    },
    DemoShop {
        name: "Bunda & Cilik",
        city: "Kota Depok",
        tier: Tier::Power,
        joined_days_ago: 1100,
        about: "Perlengkapan ibu dan bayi, serta mainan yang aman.",
    },
    DemoShop {
        name: "Dapur Nenek",
        city: "Kota Malang",
        tier: Tier::Power,
        joined_days_ago: 1300,
        about: "Makanan rumahan, kopi, dan kebutuhan hewan kesayangan.",
    },
    DemoShop {
        name: "Rumah Kata",
        city: "Kota Surakarta",
        tier: Tier::Regular,
        joined_days_ago: 950,
        about: "Buku, alat tulis dan alat musik. Toko kecil di samping keraton.",
    },
    DemoShop {
        name: "Warung Riang",
        city: "Kota Medan",
        tier: Tier::Regular,
        joined_days_ago: 500,
        about: "Segala macam: pesta, kerajinan, otomotif dan yang lain-lain.",
    },
    DemoShop {
        name: "Gerak Nusantara",
        city: "Kota Denpasar",
        tier: Tier::Regular,
        joined_days_ago: 700,
        about: "Olahraga, perjalanan dan sedikit emas untuk hari tua.",
    },
];

/// A review as people write them, to the stars it gives.
pub fn review(chance: &mut Chance) -> (Stars, String) {
    const GOODS: [&[&str]; 5] = [
        &["Barang tidak sesuai gambar.", "Rusak waktu sampai.", "Kecewa, tidak berfungsi sama sekali."],
        &[
            "Agak kecewa, bahannya tipis.",
            "Tidak seperti yang saya bayangkan.",
            "Ada cacat sedikit di bagian samping.",
        ],
        &[
            "Lumayan untuk harga segini.",
            "Biasa saja, tapi masih bisa dipakai.",
            "Warnanya sedikit beda dari foto.",
        ],
        &[
            "Bagus, sesuai deskripsi.",
            "Kualitas oke, cocok untuk sehari-hari.",
            "Barang bagus, cuma ukurannya agak besar.",
        ],
        &[
            "Barangnya bagus sekali, sesuai deskripsi!",
            "Suka banget, kualitasnya di atas harga.",
            "Mantap, sudah beli yang kedua kali.",
            "Alhamdulillah barang berfungsi dengan baik.",
            "Persis seperti di foto, malah lebih bagus.",
        ],
    ];
    const PARCEL: [&[&str]; 5] = [
        &["Kemasan penyok semua.", "Dihubungi tidak dijawab."],
        &["Pengiriman lama.", "Kemasannya seadanya."],
        &["Pengiriman agak lama tapi aman.", "Kemasan standar."],
        &["Pengiriman cepat.", "Kemasan rapi.", "Penjual ramah."],
        &[
            "Kemasan aman pakai bubble wrap tebal.",
            "Pengiriman cepat, pagi pesan besok sampai.",
            "Penjual ramah dan cepat membalas.",
            "Kurirnya juga baik.",
        ],
    ];
    const CLOSING: [&[&str]; 5] = [
        &["Minta uang kembali.", ""],
        &["Semoga bisa diperbaiki.", ""],
        &["", "Semoga awet.", ""],
        &["Terima kasih.", "", "Semoga awet."],
        &["Terima kasih kak!", "Sukses terus tokonya.", "Pasti pesan lagi.", "Recommended!", ""],
    ];
    let stars = match chance.below(100) {
        0..3 => 1,
        3..7 => 2,
        7..15 => 3,
        15..38 => 4,
        _ => 5_u8,
    };
    let i = usize::from(stars) - 1;
    let mut text = (*chance.pick(GOODS[i])).to_owned();
    for part in [if chance.percent(70) { *chance.pick(PARCEL[i]) } else { "" }, chance.pick(CLOSING[i])] {
        if !part.is_empty() {
            text.push(' ');
            text.push_str(part);
        }
    }
    (Stars::try_from(stars).unwrap_or(Stars::ALL[4]), text)
}
