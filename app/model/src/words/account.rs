//! The pages of somebody's own account.

use crate::{Lang, person::Purpose};

crate::messages! {
    title: "Akun saya" / "My account";
    sections: "Bagian akun" / "Parts of the account";
    overview: "Ringkasan" / "Overview";
    hello(name): "Halo, {name}" / "Hello, {name}";
    hello_you: "Halo" / "Hello";
    overview_addresses_none: "Belum ada alamat" / "No address yet";
    overview_addresses(n): "{n} alamat tersimpan" / "{n} addresses kept";
    overview_wishes(n): "{n} barang disimpan" / "{n} things kept";
    overview_profile: "Nama, foto, bahasa, dan tampilan" / "Name, picture, language and appearance";
    overview_desk: "Meja kerja operator" / "Operators' desk";
    overview_privacy: "Persetujuan, salinan data, dan penutupan akun" / "Consents, a copy of your data, closing the account";
    save: "Simpan" / "Save";
    saved: "Tersimpan." / "Saved.";
    cancel: "Batal" / "Cancel";
    back: "Kembali" / "Back";
    change: "Ubah" / "Change";
    remove: "Hapus" / "Remove";
    stale: "Data ini sudah diubah di tempat lain. Muat ulang, lalu ubah lagi." / "This was changed elsewhere meanwhile. Reload, then change it again.";
    reload: "Muat ulang" / "Reload";

    addresses: "Alamat" / "Addresses";
    address_new: "Tambah alamat" / "Add an address";
    address_edit: "Ubah alamat" / "Change an address";
    addresses_none: "Belum ada alamat" / "No addresses yet";
    addresses_none_text: "Simpan alamat sekali, pakai setiap kali belanja." / "Keep an address once, use it whenever you buy.";
    addresses_full(n): "Anda sudah menyimpan {n} alamat. Hapus salah satu untuk menambah yang lain." / "You have kept {n} addresses. Remove one to add another.";
    address_default: "Utama" / "Default";
    address_make_default: "Jadikan utama" / "Make default";
    address_as_default: "Jadikan alamat utama" / "Make it my default address";
    address_remove_title: "Hapus alamat ini?" / "Remove this address?";
    address_remove_text: "Pesanan yang sudah dibuat tidak berubah." / "Orders already placed do not change.";
    address_pinned: "Ada titik di peta" / "Has a pin on the map";
    place: "Daerah" / "Place";
    place_find: "Kecamatan, kota, atau kode pos" / "District, city or postcode";
    place_find_hint: "Misalnya: kebayoran baru, jaksel, atau 12110" / "For example: kebayoran baru, jaksel, or 12110";
    place_found: "Yang ditemukan" / "What was found";
    place_nothing(q): "Tidak ada daerah yang cocok dengan “{q}”." / "No place matches “{q}”.";
    place_steps: "Atau pilih selangkah demi selangkah" / "Or choose step by step";
    place_next: "Lanjut" / "Next";
    place_change: "Ganti daerah" / "Choose another place";
    place_missing: "Pilih daerahnya dulu." / "Choose the place first.";
    province: "Provinsi" / "Province";
    city: "Kota atau kabupaten" / "City or regency";
    district: "Kecamatan" / "District";
    postcode: "Kode pos" / "Postcode";
    postcode_wrong: "Kode pos ini bukan milik kecamatan itu." / "This postcode is not one of that district.";
    recipient: "Nama penerima" / "Recipient";
    phone: "Nomor telepon" / "Phone number";
    phone_hint: "Dihubungi kurir bila perlu. Contoh: 0812-3456-7890" / "The courier calls it if needed. Example: 0812-3456-7890";
    phone_wrong: "Nomor ini belum lengkap atau salah." / "This number is not whole or not right.";
    street: "Jalan dan nomor" / "Street and number";
    street_hint: "Sertakan RT/RW dan kelurahan bila ada." / "Add RT/RW and the neighbourhood if there is one.";
    detail: "Gedung, lantai, blok" / "Building, floor, block";
    label: "Label" / "Label";
    label_hint: "Rumah, Kantor, atau kata-kata Anda sendiri" / "Home, Office, or your own words";
    label_home: "Rumah" / "Home";
    label_office: "Kantor" / "Office";
    notes: "Catatan untuk kurir" / "Notes for the courier";
    notes_hint: "Misalnya: titip di pos satpam." / "For example: leave it with the guard.";
    pin: "Titik di peta" / "Pin on the map";
    pin_hint: "Garis lintang dan bujur, bila kurir sulit menemukan rumah Anda." / "Latitude and longitude, if couriers have trouble finding you.";
    pin_wrong: "Titik ini tidak di daerah yang dipilih." / "This pin is not in the place chosen.";
    latitude: "Lintang" / "Latitude";
    longitude: "Bujur" / "Longitude";
}

crate::messages! {
    profile: "Profil" / "Profile";
    name: "Nama" / "Name";
    name_hint: "Seperti Anda ingin disapa." / "As you would like to be called.";
    born: "Tanggal lahir" / "Date of birth";
    born_hint: "Hanya Anda yang melihatnya." / "Only you see it.";
    born_wrong: "Tanggal ini tidak mungkin." / "This date is not possible.";
    language: "Bahasa" / "Language";
    theme: "Tampilan" / "Appearance";
    picture: "Foto" / "Picture";
    picture_choose: "Pilih foto" / "Choose a picture";
    picture_hint: "JPEG, PNG, atau WebP, paling besar 2 MB. Tempat dan kamera tidak ikut disimpan." / "JPEG, PNG or WebP, at most 2 MB. Place and camera are not kept.";
    picture_upload: "Unggah" / "Upload";
    picture_remove: "Hapus foto" / "Remove the picture";
    picture_making: "Foto sedang disiapkan. Muat ulang sebentar lagi." / "The picture is being made ready. Reload in a moment.";
    picture_wrong: "Berkas ini bukan foto JPEG, PNG, atau WebP yang bisa dibaca." / "This file is no JPEG, PNG or WebP picture that can be read.";
    picture_large: "Foto ini terlalu besar." / "This picture is too large.";

    wishlist: "Wishlist" / "Wishlist";
    wishlist_default: "Disukai" / "Liked";
    wishlist_lists: "Daftar" / "Lists";
    wishlist_none: "Belum ada yang disimpan" / "Nothing kept yet";
    wishlist_none_text: "Tekan hati pada barang yang Anda suka; kami kabari bila harganya turun." / "Press the heart on things you like; we tell you when the price drops.";
    wishlist_go: "Cari barang" / "Find things";
    wishlist_new: "Daftar baru" / "New list";
    wishlist_name: "Nama daftar" / "Name of the list";
    wishlist_make: "Buat daftar" / "Make the list";
    wishlist_rename: "Ganti nama" / "Rename";
    wishlist_delete: "Hapus daftar" / "Remove the list";
    wishlist_delete_title: "Hapus daftar ini?" / "Remove this list?";
    wishlist_delete_text(n): "{n} barang di dalamnya ikut terhapus." / "The {n} things on it go with it.";
    wishlist_full: "Daftar ini sudah penuh." / "This list is full.";
    wishlist_lists_full: "Anda sudah punya daftar sebanyak yang bisa." / "You have as many lists as there can be.";
    wishlist_share: "Bagikan" / "Share";
    wishlist_shared: "Siapa pun yang punya tautan ini bisa melihat daftar ini." / "Whoever has this link can look at this list.";
    wishlist_unshare: "Tutup tautan" / "Close the link";
    wishlist_link: "Tautan" / "Link";
    wishlist_move: "Pindahkan" / "Move";
    wishlist_move_to: "Pindahkan ke" / "Move to";
    wishlist_more: "Berikutnya" / "More";
    wishlist_of: "Wishlist yang dibagikan" / "A shared wishlist";
    wishlist_empty_shared: "Daftar ini masih kosong" / "This list is still empty";
    wish_add: "Simpan ke wishlist" / "Add to wishlist";
    wish_remove: "Hapus dari wishlist" / "Remove from wishlist";
    wish_this(name): "Simpan {name} ke wishlist" / "Add {name} to wishlist";
    wish_added(date): "Disimpan {date}" / "Kept on {date}";
    wish_drop(amount): "Turun {amount}" / "{amount} less";
    wish_back: "Tersedia lagi" / "Back in stock";
    wish_sold_out: "Habis" / "Sold out";
    wish_gone: "Tidak dijual lagi" / "No longer sold";
}

crate::messages! {
    privacy: "Privasi" / "Privacy";
    consents: "Yang Anda setujui" / "What you agreed to";
    consents_text: "Setiap persetujuan dan pencabutannya dicatat dengan tanggalnya. Syarat dan kebijakan privasi berlaku selama Anda punya akun." / "Each consent and its withdrawal is kept with its date. The terms and the privacy policy hold as long as you have an account.";
    consent_given(date, version): "Disetujui {date}, naskah {version}" / "Agreed on {date}, text {version}";
    consent_withdrawn(date): "Dicabut {date}" / "Withdrawn on {date}";
    consent_never: "Belum pernah disetujui" / "Never agreed to";
    consent_give: "Setujui" / "Agree";
    consent_withdraw: "Cabut" / "Withdraw";
    export: "Salinan data Anda" / "A copy of your data";
    export_text: "Semua yang kami simpan tentang Anda dalam satu berkas ZIP, satu berkas JSON per bagian." / "Everything we keep about you in one ZIP, one JSON file for each part.";
    export_ask: "Minta salinan" / "Ask for a copy";
    export_ask_again: "Minta salinan baru" / "Ask for a new copy";
    export_progress(done, total): "{done} dari {total} bagian" / "{done} of {total} parts";
    export_wait: "Sedang dibuat. Anda boleh meninggalkan halaman ini." / "It is being made. You may leave this page.";
    export_refresh: "Lihat lagi" / "Look again";
    export_ready(until): "Siap diunduh sampai {until}." / "Ready to be fetched until {until}.";
    export_fetch(size): "Unduh ({size})" / "Download ({size})";
    export_failed: "Salinan tidak jadi. Coba minta lagi." / "The copy was not made. Ask for it again.";
    export_expired: "Salinan yang terakhir sudah dihapus." / "The last copy has been deleted.";
    closing: "Tutup akun" / "Close the account";
    closing_text(days): "Setelah {days} hari nama, kontak, alamat, dan wishlist Anda dihapus untuk selamanya. Catatan pesanan dan pembayaran yang wajib disimpan tetap ada tanpa nama Anda." / "After {days} days your name, contacts, addresses and wishlists are erased for ever. Records of orders and payments that have to be kept stay, without your name.";
    closing_ask: "Tutup akun saya" / "Close my account";
    closing_sure: "Saya mengerti bahwa ini tidak dapat dibatalkan setelah masa tunggu." / "I understand that this cannot be undone after the waiting time.";
    closing_unsure: "Beri centang dulu untuk melanjutkan." / "Tick this first to go on.";
    closing_due(date): "Akun ini akan dihapus pada {date}." / "This account will be erased on {date}.";
    closing_cancel: "Batalkan penutupan" / "Keep my account";
    closing_owner: "Anda pemilik toko yang berjalan. Serahkan toko itu dulu." / "You own a shop that is running. Hand it over first.";
    closing_suspended: "Akun yang ditangguhkan tidak dapat ditutup. Hubungi kami." / "A suspended account cannot be closed. Contact us.";
}

/// What was agreed to.
pub const fn purpose(lang: Lang, purpose: Purpose) -> &'static str {
    match (lang, purpose) {
        (Lang::Id, Purpose::Terms) => "Syarat penggunaan",
        (Lang::En, Purpose::Terms) => "Terms of use",
        (Lang::Id, Purpose::Privacy) => "Kebijakan privasi",
        (Lang::En, Purpose::Privacy) => "Privacy policy",
        (Lang::Id, Purpose::Marketing) => "Kabar dan promo",
        (Lang::En, Purpose::Marketing) => "News and offers",
        (Lang::Id, Purpose::Personalisation) => "Rekomendasi dari yang Anda lihat dan beli",
        (Lang::En, Purpose::Personalisation) => "Recommendations from what you looked at and bought",
    }
}
