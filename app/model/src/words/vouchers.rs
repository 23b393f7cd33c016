//! A shop's vouchers, for those who give them out.

use crate::{
    Lang,
    shop::{VoucherKind, VoucherStanding},
};

crate::messages! {
    title: "Promosi" / "Promotions";
    tabs: "Voucher menurut keadaan" / "Vouchers by how they stand";
    make: "Buat voucher" / "Make a voucher";
    none: "Belum ada voucher di sini" / "No vouchers here";
    none_text: "Voucher toko menurunkan harga bagi pembeli yang memakainya. Biayanya ditanggung toko." / "A shop's voucher lowers the price for shoppers who use it. The shop pays for it.";
    more: "Voucher berikutnya" / "More vouchers";
    newest: "Ke yang terbaru" / "Back to the newest";
    used_of(used, quota): "Dipakai {used} dari {quota}" / "{used} of {quota} used";
    used_without_end(used): "Dipakai {used}, tanpa batas" / "{used} used, without limit";
    given(amount): "Sudah memberi {amount}" / "{amount} given away so far";
    used_up: "Habis" / "Used up";
    by_code: "Lewat kode saja" / "By code only";
    open_to_all: "Tampil di toko" / "Shown in the shop";
    by_itself: "Berlaku otomatis" / "Applies by itself";
    some_goods: "Barang tertentu" / "Certain goods";
    least(amount): "Min. belanja {amount}" / "From {amount}";
    from_until(from, until): "{from} sampai {until}" / "{from} until {until}";
    from_on(from): "Sejak {from}, tanpa akhir" / "From {from}, without end";
}

crate::messages! {
    new: "Voucher baru" / "A new voucher";
    kinds: "Jenis voucher" / "Kind of voucher";
    terms: "Ketentuan" / "Terms";
    code: "Kode" / "Code";
    code_hint: "3 sampai 24 huruf, angka, tanda hubung, atau garis bawah. Pembeli mengetiknya." / "3 to 24 letters, digits, hyphens or underscores. Shoppers type it.";
    name: "Nama" / "Name";
    name_hint: "Untuk daftar dan laporan Anda." / "For your lists and reports.";
    amount_off: "Potongan" / "Amount off";
    shipping_off: "Ongkir ditanggung sampai" / "Shipping paid up to";
    percent: "Diskon" / "Discount";
    percent_wrong: "Tulis angka dari 0,01 sampai 100." / "Write a number from 0.01 to 100.";
    cap: "Paling banyak" / "At most";
    cap_hint: "Batas potongan untuk satu pesanan." / "The most it takes off one order.";
    buy: "Beli" / "Buy";
    get: "Gratis" / "Get free";
    pieces_hint: "Yang gratis adalah yang termurah." / "The cheapest are the free ones.";
    min_spend: "Minimum belanja" / "Minimum spend";
    skus: "Hanya untuk barang ini" / "Only for these products";
    skus_hint(n): "SKU, satu per baris, paling banyak {n}. Kosongkan untuk semua barang." / "SKUs, one a line, at most {n}. Leave it empty for all goods.";
    skus_wrong(n): "Ada SKU yang bukan milik toko ini, atau lebih dari {n}." / "A SKU is none of this shop's, or there are more than {n}.";
    categories: "Hanya untuk kategori ini" / "Only for these categories";
    categories_hint: "Tanpa pilihan, semua kategori berlaku." / "With none ticked, all categories count.";
    limits: "Batas" / "Limits";
    quota: "Kuota" / "Quota";
    quota_hint: "Berapa kali boleh dipakai semua orang. Kosongkan untuk tanpa batas." / "How often all may use it together. Leave it empty for no limit.";
    quota_more_hint(used): "Sudah dipakai {used} kali. Kuota hanya bisa ditambah." / "It has been used {used} times. The quota can only be raised.";
    quota_wrong: "Kuota hanya bisa ditambah." / "The quota can only be raised.";
    budget: "Anggaran" / "Budget";
    budget_hint: "Uang yang disediakan untuk semua pemakaian." / "The money set aside for all uses.";
    per_person: "Batas per orang" / "Per person";
    from: "Hari pertama" / "First day";
    from_hint: "Kosongkan untuk mulai sekarang." / "Leave it empty to begin now.";
    until: "Hari terakhir" / "Last day";
    until_hint: "Kosongkan untuk tanpa akhir." / "Leave it empty for no end.";
    until_wrong: "Hari terakhir tidak boleh sudah lewat, atau sebelum hari pertama." / "The last day cannot be over, or before the first.";
    public: "Tampilkan di toko" / "Show it in the shop";
    public_hint: "Tanpa ini hanya yang tahu kodenya yang bisa memakai." / "Without this only those who know the code can use it.";
    preview: "Hitung biayanya" / "See what it costs";
    save: "Simpan voucher" / "Save the voucher";
    made: "Voucher sudah dibuat." / "The voucher is made.";
    saved: "Voucher sudah disimpan." / "The voucher is saved.";
}

crate::messages! {
    cost: "Biaya voucher ini" / "What this voucher costs";
    worst: "Paling banyak semuanya" / "At the very most";
    worst_text(quota, each): "{quota} kali, masing-masing paling banyak {each}." / "{quota} times, each at most {each}.";
    worst_by_budget: "Anggaran membatasinya." / "The budget limits it.";
    worst_none: "Tanpa batas" / "Without limit";
    worst_none_text: "Isi kuota atau anggaran supaya biayanya punya batas." / "Set a quota or a budget, so that it has a limit.";
    example: "Pada pesanan biasa" / "On a usual order";
    example_of(goods, pieces): "Pesanan tengah toko ini: {goods} untuk {pieces} barang." / "This shop's middle order: {goods} for {pieces} pieces.";
    example_of_price(goods): "Belum ada pesanan; ini satu barang berharga tengah, {goods}." / "There are no orders yet; this is one piece at the middle price, {goods}.";
    example_shipping(fee): "Ongkirnya {fee}." / "Its shipping costs {fee}.";
    example_not: "Pesanan seperti itu tidak mencapai syarat voucher ini." / "Such an order does not reach this voucher's conditions.";
    example_pays(off, rest): "Toko menanggung {off}; pembeli membayar {rest} untuk barangnya." / "The shop bears {off}; the buyer pays {rest} for the goods.";
    example_pays_shipping(off): "Toko menanggung {off} dari ongkirnya." / "The shop bears {off} of the shipping.";
    example_nothing_sold: "Toko ini belum menjual apa pun, jadi belum ada contohnya." / "This shop sells nothing yet, so there is no example.";
    frozen: "Voucher ini sudah dipakai" / "This voucher has been used";
    frozen_text: "Supaya janji kepada pembeli tetap berlaku, ketentuannya tidak bisa diubah lagi. Anda masih bisa mengubah hari terakhir, menambah kuota, dan mematikannya. Untuk ketentuan lain, buat voucher baru." / "So that what buyers were promised holds, its terms cannot be changed any more. You can still change its last day, raise the quota and switch it off. For other terms, make a new voucher.";
    stale: "Voucher ini baru saja diubah atau mulai dipakai. Muat ulang halamannya, lalu putuskan lagi." / "This voucher has just been changed or come into use. Load the page again, then decide anew.";
    special: "Voucher ini dibuat dengan cara lain; ketentuannya tidak bisa diubah di sini." / "This voucher was made in another way; its terms cannot be changed here.";
    extend: "Hari terakhir dan kuota" / "Last day and quota";
    off: "Matikan" / "Switch off";
    on: "Nyalakan lagi" / "Switch on again";
    off_text: "Voucher yang dimatikan tidak bisa dipakai lagi; pesanan yang sudah memakainya tidak berubah." / "A voucher that is off cannot be used; orders that have used it stay as they are.";
}

crate::messages! {
    house: "Voucher Pasar" / "Pasar's vouchers";
    house_about: "Voucher yang ditanggung Pasar, untuk barang semua toko." / "Vouchers that Pasar pays for, for the goods of all shops.";
    house_none_text: "Buat satu, dan pembeli bisa memakainya di toko mana pun." / "Make one, and shoppers can use it in any shop.";
    house_prove_first: "Voucher memberi uang Pasar. Sebelum membuat atau mengubahnya, pastikan dulu ini benar Anda." / "Vouchers give Pasar's money away. Before you make or change one, confirm that it is you.";
    house_public: "Tampilkan kepada semua pembeli" / "Show it to all shoppers";
    house_categories_hint: "Beserta semua kategori di bawahnya. Tanpa pilihan, semua barang berlaku." / "With all categories beneath them. With none ticked, all goods count.";
    house_example_of(goods, pieces): "Pesanan tengah di Pasar: {goods} untuk {pieces} barang." / "The middle order at Pasar: {goods} for {pieces} pieces.";
    house_example_none: "Belum ada pesanan, jadi belum ada contohnya." / "There are no orders yet, so there is no example.";
    house_pays(off): "Pasar menanggung {off}." / "Pasar bears {off}.";
    house_pause: "Jeda" / "Pause";
    house_on: "Lanjutkan" / "Let it go on";
    house_end: "Akhiri sekarang" / "End it now";
    house_end_text: "Voucher yang diakhiri tidak bisa dipakai lagi; pesanan yang sudah memakainya tidak berubah." / "A voucher that has ended cannot be used any more; orders that have used it stay as they are.";
    state: "Keadaan" / "State";
    gives: "Memberi" / "Gives";
    used: "Dipakai" / "Used";
    holds: "Berlaku" / "Holds";
}

pub const fn kind(lang: Lang, kind: VoucherKind) -> &'static str {
    match (kind, lang) {
        (VoucherKind::Fixed, Lang::Id) => "Potongan tetap",
        (VoucherKind::Fixed, Lang::En) => "Fixed amount",
        (VoucherKind::Percent, Lang::Id) => "Persen",
        (VoucherKind::Percent, Lang::En) => "Percent",
        (VoucherKind::Shipping, Lang::Id) => "Gratis ongkir",
        (VoucherKind::Shipping, Lang::En) => "Free shipping",
        (VoucherKind::BuyGet, Lang::Id) => "Beli X gratis Y",
        (VoucherKind::BuyGet, Lang::En) => "Buy X, get Y",
    }
}

pub const fn standing(lang: Lang, standing: VoucherStanding) -> &'static str {
    match (standing, lang) {
        (VoucherStanding::Running, Lang::Id) => "Berjalan",
        (VoucherStanding::Running, Lang::En) => "Running",
        (VoucherStanding::Coming, Lang::Id) => "Akan datang",
        (VoucherStanding::Coming, Lang::En) => "Coming",
        (VoucherStanding::Ended, Lang::Id) => "Berakhir",
        (VoucherStanding::Ended, Lang::En) => "Ended",
        (VoucherStanding::Off, Lang::Id) => "Dimatikan",
        (VoucherStanding::Off, Lang::En) => "Switched off",
    }
}
