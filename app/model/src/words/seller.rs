//! The seller centre.

use crate::{
    Lang, ShopRole,
    shop::{ApplicantKind, DocumentKind, ShopPicture, ShopState},
    views::ProductState,
};

crate::messages! {
    title: "Pusat penjual" / "Seller centre";
    sections: "Bagian toko" / "Parts of the shop";
    my_shops: "Toko saya" / "My shops";
    my_shops_about: "Kelola toko Anda, atau buka yang baru" / "Run your shops, or open a new one";
    shops_none: "Anda belum punya toko" / "You have no shop yet";
    shops_none_text: "Toko yang Anda buka, atau yang mengajak Anda bekerja di dalamnya, muncul di sini." / "Shops you open, or that ask you to work in them, appear here.";
    to_do: "Yang perlu dikerjakan" / "To do";
    to_accept: "perlu diterima" / "to accept";
    to_pack: "perlu dikemas" / "to pack";
    to_hand_over: "perlu diserahkan" / "to hand over";
    pressing: "batasnya kurang dari 12 jam" / "due within 12 hours";
    running_out: "stok hampir habis" / "about to run out";
    orders_today: "pesanan hari ini" / "orders today";
    goods_today: "terjual hari ini" / "sold today";
    next_due(at): "Batas terdekat: {at}" / "Next deadline: {at}";
    new_orders(n): "{n} pesanan baru" / "{n} new orders";
    today: "Hari ini" / "Today";
    to_shop: "Lihat toko" / "Look at the shop";
    in_review: "Toko Anda sedang diperiksa" / "Your shop is being looked at";
    in_review_text: "Biasanya selesai dalam satu hari kerja. Kami kabari lewat pesan. Pembeli melihat toko ini setelah disetujui." / "This usually takes one working day, and we write to you. Shoppers see the shop once it is approved.";
    rejected: "Toko Anda belum disetujui" / "Your shop has not been approved";
    suspended: "Toko ini ditangguhkan" / "This shop is suspended";
    suspended_text: "Pembeli tidak melihatnya. Pesanan yang sudah masuk tetap harus dikirim." / "Shoppers do not see it. Orders that have come in still have to be sent.";
    closed: "Toko ini sudah tutup" / "This shop is closed";
}

crate::messages! {
    open: "Buka toko" / "Open a shop";
    open_about: "Gratis. Setelah dibuka, kirim dokumen Anda; pembeli melihat toko ini setelah kami memeriksanya." / "It is free. Once it is open, send your documents; shoppers see the shop after we have looked at them.";
    open_full(n): "Anda sudah punya {n} toko, sebanyak yang bisa dimiliki satu orang." / "You have {n} shops, as many as one person may have.";
    open_no_contact: "Konfirmasi alamat email atau nomor ponsel Anda dulu." / "Confirm your email address or number first.";
    open_closing: "Akun ini akan dihapus. Batalkan penutupannya dulu." / "This account is about to be erased. Keep it first.";
    open_button: "Buka toko" / "Open the shop";
    name: "Nama toko" / "Name of the shop";
    name_hint: "Seperti pembeli akan mengenalnya." / "As shoppers will know it.";
    slug: "Alamat toko" / "Address of the shop";
    slug_hint: "Huruf kecil, angka, dan tanda hubung. Kosongkan untuk memakai nama toko." / "Small letters, digits and hyphens. Leave it empty to use the shop's name.";
    slug_free(slug): "/shop/{slug} masih bebas." / "/shop/{slug} is free.";
    slug_taken(slug): "/shop/{slug} sudah dipakai toko lain." / "/shop/{slug} belongs to another shop.";
    slug_reserved(slug): "/shop/{slug} tidak bisa dipakai." / "/shop/{slug} cannot be used.";
    slug_malformed: "Alamat terdiri dari 3 sampai 40 huruf kecil, angka, dan tanda hubung." / "An address has 3 to 40 small letters, digits and hyphens.";
    description: "Tentang toko" / "About the shop";
    description_hint: "Apa yang Anda jual, dan apa yang membuatnya istimewa." / "What you sell, and what is special about it.";

    verification: "Verifikasi toko" / "Verify the shop";
    verification_about(days): "Dokumen Anda disimpan terkunci, hanya dilihat petugas yang memeriksa toko, dan dihapus {days} hari setelah keputusan." / "Your documents are kept sealed, are seen only by those who look at shops, and are deleted {days} days after the decision.";
    documents_missing: "Dokumen Anda belum kami terima" / "We do not have your documents yet";
    documents_missing_text: "Kirim dokumen pemilik toko supaya pembeli dapat melihat toko ini." / "Send the owner's documents, so that shoppers can see the shop.";
    owner_sends: "Dokumen dikirim oleh pemilik toko." / "The owner of the shop sends the documents.";
    sent_at(when): "Dikirim {when}." / "Sent {when}.";
    verified: "Toko ini sudah disetujui." / "This shop is approved.";
    already_waiting: "Dokumen yang Anda kirim sebelumnya masih diperiksa." / "What you sent before is still being looked at.";
    applicant_label: "Siapa pemilik toko" / "Who owns the shop";
    send_documents: "Kirim dokumen" / "Send the documents";
    legal_name_wrong: "Tulis nama seperti pada dokumen." / "Write the name as it is on the documents.";
    document_missing: "Ada dokumen yang belum dipilih." / "A document has not been chosen.";
    document_large(mb): "Satu dokumen paling besar {mb} MB." / "A document has at most {mb} MB.";
    document_wrong: "Ada berkas yang tidak bisa dibaca. Kirim foto JPEG, PNG, atau WebP." / "A file cannot be read. Send JPEG, PNG or WebP photographs.";
}

crate::messages! {
    staff: "Staf" / "Staff";
    since(when): "sejak {when}" / "since {when}";
    role_label: "Peran" / "Role";
    role_of(name): "Peran {name}" / "Role of {name}";
    remove_person: "Keluarkan" / "Remove";
    remove_title(name): "Keluarkan {name}?" / "Remove {name}?";
    remove_text: "Akses ke toko ini berakhir saat ini juga." / "They lose this shop at once.";
    hand_over: "Jadikan pemilik" / "Make owner";
    hand_over_title(name): "Serahkan toko ini kepada {name}?" / "Hand this shop over to {name}?";
    hand_over_text: "Toko beserta saldonya menjadi miliknya, dan Anda menjadi pengelola. Hanya pemilik baru yang bisa mengembalikannya." / "The shop and its balance become theirs, and you become a manager. Only the new owner can give it back.";
    cannot_own(n): "Orang ini sudah punya {n} toko, atau akunnya akan dihapus." / "This person has {n} shops already, or their account is about to be erased.";
    people_prove_first: "Untuk mengundang orang atau mengubah tugas mereka, pastikan dulu ini benar Anda." / "To invite people or change their work, confirm first that it is you.";
    people_full(n): "Sebuah toko punya paling banyak {n} orang, termasuk yang diundang." / "A shop has at most {n} people, those invited included.";
    invitations: "Undangan yang menunggu" / "Invitations that wait";
    invite: "Undang orang" / "Invite somebody";
    invite_about(days): "Kami kirim tautan yang berlaku {days} hari. Orang itu masuk dengan akun beralamat email yang sama." / "We send a link that holds for {days} days. They sign in with the account that has this email address.";
    invite_button: "Kirim undangan" / "Send the invitation";
    invited: "Undangan dikirim." / "The invitation has been sent.";
    withdraw: "Tarik" / "Take back";
    email: "Alamat email" / "Email address";
    invitation: "Undangan bekerja" / "An invitation to work";
    invitation_text(shop, role): "{shop} mengundang Anda bekerja sebagai {role}." / "{shop} asks you to work there as {role}.";
    invitation_until(when): "Berlaku sampai {when}" / "Holds until {when}";
    join: "Terima undangan" / "Accept the invitation";
    leave: "Keluar dari toko ini" / "Leave this shop";
    leave_title(shop): "Keluar dari {shop}?" / "Leave {shop}?";
    leave_text: "Untuk kembali, Anda harus diundang lagi." / "To come back you have to be invited again.";
}

/// What a role is good for.
pub const fn role_about(lang: Lang, role: ShopRole) -> &'static str {
    match (role, lang) {
        (ShopRole::Owner, Lang::Id) => "semuanya",
        (ShopRole::Owner, Lang::En) => "everything",
        (ShopRole::Manager, Lang::Id) => "semua kecuali uang dan staf",
        (ShopRole::Manager, Lang::En) => "all but money and staff",
        (ShopRole::Fulfilment, Lang::Id) => "pesanan dan stok",
        (ShopRole::Fulfilment, Lang::En) => "orders and stock",
        (ShopRole::Catalogue, Lang::Id) => "barang, stok, dan promosi",
        (ShopRole::Catalogue, Lang::En) => "products, stock and promotions",
        (ShopRole::Finance, Lang::Id) => "saldo dan laporan",
        (ShopRole::Finance, Lang::En) => "balance and insights",
    }
}

crate::messages! {
    settings: "Pengaturan" / "Settings";
    open_days: "Hari buka" / "Open days";
    open_days_hint: "Tanpa hari, jam buka tidak ditampilkan." / "Without days no hours are shown.";
    opens: "Buka pukul" / "Opens at";
    closes: "Tutup pukul" / "Closes at";
    couriers: "Kurir" / "Couriers";
    couriers_hint: "Pembeli memilih di antara ini. Tanpa pilihan, semuanya berlaku." / "Shoppers choose among these. With none ticked all of them are offered.";
    holiday: "Libur" / "Holiday";
    holiday_about: "Selama libur, toko dan barangnya tetap terlihat, tetapi tidak bisa dibeli." / "While it is on holiday, the shop and its goods can be looked at but not bought.";
    holiday_now: "Toko ini sedang libur." / "This shop is on holiday now.";
    holiday_from: "Hari pertama" / "First day";
    holiday_until: "Hari terakhir" / "Last day";
    holiday_wrong(n): "Hari terakhir tidak boleh sebelum hari pertama atau sudah lewat, dan libur paling lama {n} hari." / "The last day cannot be before the first or over already, and a holiday has at most {n} days.";
    holiday_message: "Pesan untuk pembeli" / "Message to shoppers";
    holiday_message_hint: "Ditampilkan di halaman toko dan barang." / "Shown on the shop's page and its goods.";
    holiday_end: "Akhiri libur" / "End the holiday";
    sender: "Alamat pengirim" / "Sender's address";
    sender_missing(place): "Barang dikirim dari {place}. Lengkapi alamatnya supaya kurir dapat menjemput." / "Goods are sent from {place}. Say the whole address, so that couriers can fetch parcels.";
    contact: "Nama yang dihubungi" / "Whom to ask for";
    contact_hint: "Menyerahkan paket kepada kurir." / "Hands parcels to the courier.";
    pictures: "Gambar toko" / "Pictures of the shop";
}

/// `day` counts from Monday as 1.
pub const fn day(lang: Lang, day: usize) -> &'static str {
    match (day, lang) {
        (1, Lang::Id) => "Senin",
        (1, Lang::En) => "Monday",
        (2, Lang::Id) => "Selasa",
        (2, Lang::En) => "Tuesday",
        (3, Lang::Id) => "Rabu",
        (3, Lang::En) => "Wednesday",
        (4, Lang::Id) => "Kamis",
        (4, Lang::En) => "Thursday",
        (5, Lang::Id) => "Jumat",
        (5, Lang::En) => "Friday",
        (6, Lang::Id) => "Sabtu",
        (6, Lang::En) => "Saturday",
        (_, Lang::Id) => "Minggu",
        (_, Lang::En) => "Sunday",
    }
}

pub const fn picture(lang: Lang, which: ShopPicture) -> &'static str {
    match (which, lang) {
        (ShopPicture::Logo, _) => "Logo",
        (ShopPicture::Banner, Lang::Id) => "Gambar sampul",
        (ShopPicture::Banner, Lang::En) => "Banner",
    }
}

pub const fn picture_hint(lang: Lang, which: ShopPicture) -> &'static str {
    match (which, lang) {
        (ShopPicture::Logo, Lang::Id) => "Persegi, JPEG, PNG, atau WebP, paling besar 2 MB.",
        (ShopPicture::Logo, Lang::En) => "Square, JPEG, PNG or WebP, at most 2 MB.",
        (ShopPicture::Banner, Lang::Id) => "Lebar, JPEG, PNG, atau WebP, paling besar 2 MB.",
        (ShopPicture::Banner, Lang::En) => "Wide, JPEG, PNG or WebP, at most 2 MB.",
    }
}

crate::messages! {
    products: "Barang" / "Products";
    find_goods: "Nama barang atau SKU" / "Name or SKU";
    state_label: "Status" / "State";
    all_states: "Semua" / "All";
    low_stock: "Hampir habis" / "About to run out";
    filter: "Saring" / "Filter";
    goods_none: "Belum ada barang" / "No goods yet";
    goods_no_match: "Tidak ada barang yang cocok" / "No goods match";
    more_goods: "Barang berikutnya" / "More goods";
    sold_count(n): "{n} terjual" / "{n} sold";
    show_goods: "Tampilkan" / "Show";
    hide_goods: "Sembunyikan" / "Hide";
    price: "Harga" / "Price";
    list_price: "Harga coret" / "Price before";
    stock: "Stok" / "Stock";
    promised(n): "{n} sudah dipesan" / "{n} promised to buyers";
    price_wrong: "Harga ini tidak bisa dipakai. Tulis angka saja, di atas harga grosirnya." / "This price cannot be used. Write digits only, above its wholesale prices.";
    list_price_wrong: "Harga coret harus lebih tinggi dari harganya." / "The price before has to be above the price.";
    stock_wrong: "Stok ini tidak bisa dipakai. Tulis angka saja, tidak kurang dari yang sudah dipesan." / "This stock cannot be used. Write digits only, no fewer than are promised to buyers.";
}

pub const fn product_state(lang: Lang, state: ProductState) -> &'static str {
    match (state, lang) {
        (ProductState::Draft, Lang::Id) => "Konsep",
        (ProductState::Draft, Lang::En) => "Draft",
        (ProductState::InReview, Lang::Id) => "Diperiksa",
        (ProductState::InReview, Lang::En) => "In review",
        (ProductState::Active, Lang::Id) => "Dijual",
        (ProductState::Active, Lang::En) => "On sale",
        (ProductState::Hidden, Lang::Id) => "Disembunyikan",
        (ProductState::Hidden, Lang::En) => "Hidden",
        (ProductState::Archived, Lang::Id) => "Diarsipkan",
        (ProductState::Archived, Lang::En) => "Archived",
        (ProductState::Rejected, Lang::Id) => "Ditolak",
        (ProductState::Rejected, Lang::En) => "Refused",
    }
}

pub const fn applicant(lang: Lang, kind: ApplicantKind) -> &'static str {
    match (kind, lang) {
        (ApplicantKind::Person, Lang::Id) => "Perorangan",
        (ApplicantKind::Person, Lang::En) => "Person",
        (ApplicantKind::Company, Lang::Id) => "Perusahaan",
        (ApplicantKind::Company, Lang::En) => "Company",
    }
}

pub const fn legal_name(lang: Lang, kind: ApplicantKind) -> &'static str {
    match (kind, lang) {
        (ApplicantKind::Person, Lang::Id) => "Nama sesuai KTP",
        (ApplicantKind::Person, Lang::En) => "Name on the identity card",
        (ApplicantKind::Company, Lang::Id) => "Nama badan usaha",
        (ApplicantKind::Company, Lang::En) => "Name of the company",
    }
}

pub const fn document(lang: Lang, kind: DocumentKind) -> &'static str {
    match (kind, lang) {
        (DocumentKind::IdentityCard, Lang::Id) => "Foto KTP",
        (DocumentKind::IdentityCard, Lang::En) => "Photograph of the identity card (KTP)",
        (DocumentKind::Selfie, Lang::Id) => "Foto Anda memegang KTP",
        (DocumentKind::Selfie, Lang::En) => "Photograph of you holding it",
        (DocumentKind::CompanyPapers, Lang::Id) => "NIB atau akta perusahaan",
        (DocumentKind::CompanyPapers, Lang::En) => "Business number (NIB) or deed",
    }
}

pub const fn document_hint(lang: Lang, kind: DocumentKind) -> &'static str {
    match (kind, lang) {
        (DocumentKind::IdentityCard, Lang::Id) => {
            "Seluruh kartu terlihat dan terbaca. JPEG, PNG, atau WebP, paling besar 8 MB."
        }
        (DocumentKind::IdentityCard, Lang::En) => {
            "The whole card, readable. JPEG, PNG or WebP, at most 8 MB."
        }
        (DocumentKind::Selfie, Lang::Id) => {
            "Wajah dan kartu terlihat jelas. JPEG, PNG, atau WebP, paling besar 8 MB."
        }
        (DocumentKind::Selfie, Lang::En) => "Face and card clearly seen. JPEG, PNG or WebP, at most 8 MB.",
        (DocumentKind::CompanyPapers, Lang::Id) => "Foto atau PDF, paling besar 8 MB.",
        (DocumentKind::CompanyPapers, Lang::En) => "Photograph or PDF, at most 8 MB.",
    }
}

/// What somebody is in a shop.
pub const fn role(lang: Lang, role: ShopRole) -> &'static str {
    match (role, lang) {
        (ShopRole::Owner, Lang::Id) => "Pemilik",
        (ShopRole::Owner, Lang::En) => "Owner",
        (ShopRole::Manager, Lang::Id) => "Pengelola",
        (ShopRole::Manager, Lang::En) => "Manager",
        (ShopRole::Fulfilment, Lang::Id) => "Pengiriman",
        (ShopRole::Fulfilment, Lang::En) => "Fulfilment",
        (ShopRole::Catalogue, Lang::Id) => "Katalog",
        (ShopRole::Catalogue, Lang::En) => "Catalogue",
        (ShopRole::Finance, Lang::Id) => "Keuangan",
        (ShopRole::Finance, Lang::En) => "Finance",
    }
}

/// How a shop stands, in a word or two.
pub const fn state(lang: Lang, state: ShopState) -> &'static str {
    match (state, lang) {
        (ShopState::InReview, Lang::Id) => "Diperiksa",
        (ShopState::InReview, Lang::En) => "In review",
        (ShopState::Rejected, Lang::Id) => "Belum disetujui",
        (ShopState::Rejected, Lang::En) => "Not approved",
        (ShopState::Open, Lang::Id) => "Buka",
        (ShopState::Open, Lang::En) => "Open",
        (ShopState::OnHoliday, Lang::Id) => "Libur",
        (ShopState::OnHoliday, Lang::En) => "On holiday",
        (ShopState::Suspended, Lang::Id) => "Ditangguhkan",
        (ShopState::Suspended, Lang::En) => "Suspended",
        (ShopState::Closed, Lang::Id) => "Tutup",
        (ShopState::Closed, Lang::En) => "Closed",
    }
}
