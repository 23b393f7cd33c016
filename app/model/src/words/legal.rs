//! What people agree to, and what becomes of their data. A change of what is said here is a new version in
//! `person::Purpose`.

crate::messages! {
    legal: "Ketentuan" / "Legal";
    terms: "Syarat penggunaan" / "Terms of use";
    terms_about: "Apa yang berlaku bagi Anda dan kami bila Anda memakai Pasar." / "What holds for you and for us when you use Pasar.";
    privacy: "Kebijakan privasi" / "Privacy policy";
    privacy_about: "Data pribadi apa yang disimpan Pasar, untuk apa, berapa lama, dan apa hak Anda." / "Which personal data Pasar keeps, what for, for how long, and what your rights are.";
    version(version): "Versi {version}. Bila isinya berubah, versinya ikut berubah." / "Version {version}. When what it says changes, so does the version.";
    see_terms: "Baca syarat penggunaan" / "Read the terms of use";
    see_privacy: "Baca kebijakan privasi" / "Read the privacy policy";
}

// The terms.
crate::messages! {
    about: "Tentang layanan ini" / "About this service";
    about_text: "Pasar adalah tempat toko-toko menjual barang. Penyelenggara situs ini menyediakan tempatnya, menampung pembayaran, dan meneruskannya kepada toko setelah pesanan selesai. Pembelian terjadi antara Anda dan toko." / "Pasar is a place where shops sell goods. The operator of this site provides the place, holds payments, and hands them on to the shop once an order is complete. What you buy, you buy from the shop.";
    your_account: "Akun Anda" / "Your account";
    your_account_text: "Daftarlah dengan alamat email atau nomor ponsel milik sendiri, dan jaga kata sandi serta kode Anda. Apa yang dilakukan dari akun Anda dianggap Anda lakukan, kecuali Anda memberi tahu bahwa akun itu dipakai orang lain. Berbelanja tanpa akun juga bisa." / "Register with an e-mail address or phone number of your own, and look after your password and codes. What is done from your account counts as done by you, unless you tell us that somebody else is in it. You can buy without an account as well.";
    buying: "Membeli" / "Buying";
    buying_text: "Harga yang berlaku adalah yang ditampilkan saat Anda memesan, dengan ongkos kirim dan biayanya. Pesanan yang tidak dibayar sampai tenggatnya dibatalkan. Uang yang terlanjur dibayar untuk pesanan yang batal dikembalikan seluruhnya." / "The price that holds is the one shown when you order, with delivery and fees. An order that is not paid by its deadline is cancelled. What was paid for an order that came to nothing is given back in full.";
    selling: "Menjual" / "Selling";
    selling_text: "Toko dibuka setelah pemiliknya menunjukkan siapa dia. Toko menjual hanya barang yang boleh dijual dan benar keterangannya, dan membayar biaya yang tercantum di pusat penjual. Barang atau toko yang melanggar dapat diturunkan; alasannya disampaikan." / "A shop opens once its owner has shown who they are. It sells only what may be sold and is described truthfully, and pays the fees listed in the seller centre. Goods or shops that break this may be taken down; the reason is told.";
    fair: "Yang tidak boleh" / "What is not allowed";
    fair_text: "Menipu, memakai data orang lain, mengganggu situs ini atau mencoba masuk ke akun orang lain. Akun yang dipakai untuk itu dapat ditutup." / "Deceiving others, using their data, disturbing this site or trying to get into other people's accounts. An account used for that may be locked.";
    ending: "Berhenti" / "Ending it";
    ending_text(days): "Anda dapat menutup akun kapan saja di halaman privasi. Selama {days} hari Anda masih bisa membatalkannya. Pesanan yang berjalan diselesaikan lebih dulu." / "You may close your account at any time on the privacy page. For {days} days you can still think again. Orders under way are completed first.";
    law: "Hukum" / "Law";
    law_text: "Berlaku hukum Republik Indonesia, termasuk hak Anda sebagai konsumen menurut UU 8/1999, yang tidak dikurangi oleh syarat ini." / "The law of the Republic of Indonesia holds, your rights as a consumer under UU 8/1999 among it, which these terms do not lessen.";
}

// What becomes of personal data.
crate::messages! {
    who: "Siapa yang bertanggung jawab" / "Who is responsible";
    who_text: "Pengendali data pribadi menurut UU 27/2022 adalah penyelenggara situs ini." / "The controller of personal data under UU 27/2022 is the operator of this site.";
    write_to: "Tulis kepada penyelenggara di" / "Write to the operator at";
    what: "Yang kami simpan dan untuk apa" / "What we keep and what for";
    what_account: "Akun: alamat email atau nomor ponsel, kata sandi sebagai hash, kunci sandi, dan bila Anda isi nama, tanggal lahir dan foto. Untuk membiarkan Anda masuk dan menyapa Anda." / "Your account: e-mail address or phone number, the password as a hash, passkeys, and if you tell us your name, date of birth and picture. To let you in and to address you.";
    what_orders: "Alamat dan pesanan: siapa menerima apa, di mana, dan bagaimana dibayar. Untuk mengirim barang dan mencatat uang sebagaimana diwajibkan." / "Addresses and orders: who receives what, where, and how it was paid. To send goods and to keep the books that the law demands.";
    what_devices: "Perangkat: peramban, sistem, dan alamat jaringan tanpa bagian terakhirnya, serta catatan perubahan pada akun. Untuk menjaga akun Anda." / "Devices: browser, system and network address without its last part, and a log of changes to your account. To guard it.";
    what_looks: "Barang yang dilihat: di bawah kunci acak di peramban, bukan di akun. Untuk menampilkan yang terakhir dilihat. Rekomendasi dari itu hanya dengan persetujuan Anda bila Anda masuk, dan tidak bila peramban Anda meminta tidak diikuti." / "What was looked at: under a random key in the browser, not in your account. To show what was seen last. Recommendations made from it need your consent when you are signed in, and are not made where your browser asks not to be followed.";
    what_searches: "Pencarian: dicatat tanpa siapa yang mencari. Untuk memperbaiki hasilnya." / "Searches: kept without who searched. To make results better.";
    what_cookies: "Kuki: untuk masuk, keranjang, bahasa dan tampilan, perangkat yang dikenal, dan kunci acak tadi. Tidak ada kuki pihak lain." / "Cookies: for signing in, the cart, language and appearance, the device that is known, and the random key above. None of anybody else.";
    shared: "Siapa yang mendapatnya" / "Who gets it";
    shared_text: "Toko mendapat nama, alamat dan nomor penerima pesanannya; kurir mendapat yang diperlukan untuk mengantar; penyedia pembayaran mendapat jumlah dan nomor pembayaran. Tidak ada data yang dijual." / "A shop gets the name, address and number of who receives its order; the courier what is needed to deliver; the payment provider the amount and the number of a payment. No data are sold.";
    long: "Berapa lama" / "For how long";
    long_account(days): "Data akun: sampai akun ditutup dan {days} hari berlalu. Setelah itu dihapus, dan yang wajib disimpan (pembukuan dan bukti persetujuan) tidak lagi menyebut Anda." / "Data of an account: until it is closed and {days} days have passed. Then they are erased, and what must be kept (the books, and what proves consents) does not name you any more.";
    long_others: "Barang yang dilihat 30 hari, arsip data yang Anda minta 7 hari, perangkat yang tidak dipakai satu tahun, dokumen toko sebulan setelah diputuskan." / "What was looked at for 30 days, archives you asked for 7 days, devices not used for a year, a shop's documents a month after the decision.";
    rights: "Hak Anda" / "Your rights";
    rights_text: "Menurut UU 27/2022 Anda berhak tahu, melihat, memperbaiki, mendapat salinan, mencabut persetujuan, menolak, dan meminta penghapusan. Sebagian besar Anda lakukan sendiri:" / "Under UU 27/2022 you have the right to know, to see, to correct, to have a copy, to take consent back, to object, and to be forgotten. Most of it you do yourself:";
    rights_page: "Salinan data, persetujuan, dan penutupan akun" / "A copy of your data, consents, and closing your account";
    rights_else: "Untuk yang lain, atau bila Anda berbelanja tanpa akun, tulis kepada penyelenggara. Bila Anda tidak puas, Anda dapat mengadu kepada lembaga pelindungan data pribadi." / "For anything else, or if you buy without an account, write to the operator. If you are not content you may turn to the authority for the protection of personal data.";
}
