//! Deciding about an order, and paying it.

use crate::{
    Lang, Money,
    payment::{Method, MethodKind},
    shipping::Service,
    views::{Change, MethodReason, Missing, Sending},
    words::{cart, ui},
};

crate::messages! {
    title: "Selesaikan pesanan" / "Complete your order";
    contact: "Kontak" / "Contact";
    contact_text: "Kabar tentang pesanan kami kirim ke sini." / "We send news of your order here.";
    email: "E-mail" / "E-mail";
    phone: "Nomor HP" / "Mobile number";
    phone_hint: "Kurir menghubungi nomor ini." / "The courier calls this number.";
    phone_wrong: "Nomornya belum benar. Contoh: 0812 3456 7890." / "That is not a phone number. For instance: 0812 3456 7890.";
    save: "Simpan" / "Save";
    sign_in: "Sudah punya akun? Masuk" / "Have an account? Sign in";
    address: "Alamat pengiriman" / "Delivery address";
    address_none: "Ke mana pesanan ini dikirim?" / "Where should this order go?";
    address_fill: "Isi alamat" / "Enter an address";
    address_change: "Ubah alamat" / "Change the address";
    address_other: "Kirim ke alamat lain" / "Send it somewhere else";
    address_book: "Buku alamat" / "Address book";
    address_new: "Tambah alamat" / "Add an address";
    address_use: "Kirim ke sini" / "Send it here";
    couriers: "Pengiriman" / "Delivery";
    courier: "Kurir" / "Courier";
    at_counter(name, street): "Ambil sendiri di {name}, {street}" / "Collect it yourself at {name}, {street}";
    courier_first: "Isi alamat dulu; kurir dan ongkirnya muncul di sini." / "Enter an address first; couriers and what they cost appear here.";
    courier_none: "Belum ada kurir yang sampai ke alamat ini" / "No courier goes to this address yet";
    courier_none_text: "Pilih alamat lain, atau keluarkan barang toko ini dari keranjang." / "Choose another address, or take this shop's goods out of the cart.";
    courier_silent: "Sebagian kurir belum menjawab" / "Some couriers did not answer yet";
    courier_silent_text: "Anda bisa memilih salah satu di bawah ini, atau mencoba lagi sebentar lagi." / "You can choose one of those below, or try again in a moment.";
    courier_silent_all: "Kurir belum menjawab" / "The couriers did not answer yet";
    courier_silent_all_text: "Keranjang Anda aman. Coba lagi sebentar lagi." / "Your cart is safe. Try again in a moment.";
    courier_cod: "bisa bayar di tempat" / "takes cash on delivery";
    arrives(days): "Tiba {days}" / "Arrives {days}";
    insure: "Asuransikan paket" / "Insure the parcel";
    insure_for(fee): "Asuransikan paket ({fee})" / "Insure the parcel ({fee})";
    insure_text: "Menanggung rusak atau hilang di jalan." / "Covers damage or loss on the way.";
    use_choice: "Pakai pilihan ini" / "Use this choice";
    shop_total: "Barang dan ongkir toko ini" / "This shop's goods and delivery";
    method: "Cara membayar" / "How to pay";
    fee(money): "Biaya {money}" / "Fee {money}";
    fee_in(fee, total): "Biaya {fee}, seluruhnya {total}" / "Fee {fee}, {total} in all";
    summary: "Rincian pembayaran" / "What you pay";
    pay(total): "Bayar {total}" / "Pay {total}";
    order: "Pesan sekarang" / "Place the order";
    order_text(total): "Siapkan {total} untuk dibayar saat barang tiba." / "Have {total} ready to pay when the goods arrive.";
    all_in: "Total ini sudah termasuk semua biaya." / "This total includes every fee.";
    missing_title: "Lengkapi dulu:" / "Still to do:";
    missing_goods: "Periksa barang di keranjang" / "Look at the goods in the cart";
    missing_contact: "Isi kontak" / "Enter contact details";
    missing_address: "Isi alamat pengiriman" / "Enter a delivery address";
    missing_courier: "Pilih kurir" / "Choose a courier";
    missing_method: "Pilih cara membayar" / "Choose how to pay";
    to_cart: "Kembali ke keranjang" / "Back to the cart";
    change_price(name, was, now): "{name}: harganya {was}, sekarang {now}." / "{name}: the price was {was} and is {now} now.";
    change_stock(name, left): "{name}: tinggal {left}." / "{name}: only {left} left.";
    change_gone(name): "{name}: sudah habis." / "{name}: sold out.";
    change_voucher(code): "Voucher {code} tidak bisa dipakai lagi." / "Voucher {code} no longer applies.";
    change_shipping(shop, was, now): "Ongkir dari {shop}: tadinya {was}, sekarang {now}." / "Delivery from {shop} was {was} and is {now} now.";
    change_courier(shop, was, now): "Kiriman dari {shop}: tadinya diantar {was}, sekarang {now}." / "Delivery from {shop} was with {was} and is with {now} now.";
    change_arrival(shop, was, now): "Perkiraan tiba dari {shop}: tadinya {was}, sekarang {now}." / "The parcel from {shop} was expected {was} and is expected {now} now.";
    via_counter(way, counter): "{way}, diambil di {counter}" / "{way}, collected at {counter}";
    via_a_counter(way): "{way}, diambil di loket" / "{way}, collected at a counter";
    change_asked(shop): "Ongkir dari {shop} baru ditanyakan lagi ke kurir, karena yang tadi sudah terlalu lama." / "Couriers were asked again about delivery from {shop}, since what they said was too old.";
    change_total(was, now): "Total tadinya {was}, sekarang {now}." / "The total was {was} and is {now} now.";

    pay_title: "Pembayaran" / "Payment";
    pay_of(method): "Pembayaran dengan {method}" / "Payment by {method}";
    amount: "Yang perlu dibayar" / "To pay";
    due(when): "Bayar sebelum {when}" / "Pay before {when}";
    waiting: "Menunggu pembayaran Anda" / "Waiting for your payment";
    confirming: "Pembayaran Anda sedang dikonfirmasi" / "Your payment is being confirmed";
    confirming_text: "Anda tidak perlu melakukan apa-apa lagi." / "There is nothing more for you to do.";
    preparing: "Sedang disiapkan" / "Getting it ready";
    preparing_text: "Petunjuk membayar muncul di sini dalam beberapa detik." / "What to do appears here within seconds.";
    unreachable(method): "{method} sedang tidak bisa dihubungi" / "{method} cannot be reached right now";
    unreachable_text: "Pesanan Anda tetap tersimpan dan belum ada yang dibayar. Pilih cara lain, atau coba lagi sebentar lagi." / "Your order is kept and nothing has been paid. Choose another way, or try again in a moment.";
    paid: "Terima kasih, pembayaran diterima" / "Thank you, your payment has arrived";
    paid_text: "Penjual sudah diberi tahu dan segera menyiapkan pesanan Anda." / "The sellers know, and will get your order ready.";
    paid_otherwise: "Pesanan ini sudah dibayar" / "This order has been paid already";
    paid_otherwise_text: "Pembayaran yang ini tidak perlu dilanjutkan." / "There is no need to go on with this payment.";
    failed: "Pembayaran tidak berhasil" / "The payment did not go through";
    failed_text: "Pesanan Anda masih disimpan. Coba lagi dengan cara lain." / "Your order is still kept. Try again another way.";
    expired: "Waktu membayar sudah habis" / "The time to pay is over";
    expired_text: "Pesanan dibatalkan dan tidak ada yang perlu dibayar. Barangnya bisa Anda pesan lagi." / "The order was cancelled and there is nothing to pay. You can order the goods again.";
    replaced: "Cara membayar ini sudah tidak berlaku" / "This way to pay no longer holds";
    replaced_text: "Jangan bayar dengan petunjuk lama. Lihat pesanan untuk cara membayar yang sekarang." / "Do not pay by its instructions. See the order for how to pay it now.";
    late: "Pembayaran tiba setelah waktunya habis" / "Your payment came after its time was over";
    late_text(amount): "Pesanan sudah dibatalkan, maka {amount} kami kembalikan seluruhnya." / "The order had been cancelled, so all of {amount} goes back to you.";
    refunded: "Uang Anda dikembalikan" / "Your money is going back to you";
    given_back(amount): "{amount} dikembalikan ke cara membayar yang Anda pakai." / "{amount} goes back the way it was paid.";
    charged_back: "Pembayaran ini ditarik kembali lewat bank" / "This payment was taken back through the bank";
    cash: "Pesanan dibuat, bayar saat barang tiba" / "The order is placed; pay when the goods arrive";
    live: "Halaman ini berubah sendiri begitu pembayaran masuk." / "This page changes by itself as soon as the payment arrives.";
    check: "Periksa status" / "Check the status";
    number: "Nomor virtual account" / "Virtual account number";
    retail_code: "Kode pembayaran" / "Payment code";
    copy_number: "Salin nomor" / "Copy the number";
    copy_code: "Salin kode" / "Copy the code";
    copy_amount: "Salin jumlah" / "Copy the amount";
    copied: "Sudah disalin" / "Copied";
    not_copied: "Tidak bisa disalin; tandai teksnya lalu salin sendiri." / "Could not copy; please select the text and copy it.";
    qr: "Kode QR untuk membayar" / "QR code to pay with";
    go_to(method): "Lanjut ke {method}" / "Continue to {method}";
    steps_title: "Langkah-langkah" / "Step by step";
    change_method: "Bayar dengan cara lain" / "Pay another way";
    change_use: "Pakai cara ini" / "Use this way";
    orders: "Pesanan" / "Orders";
    see_orders: "Lihat pesanan" / "See the orders";
    pay_from(shop): "Bayar dengan saldo {shop}" / "Pay from {shop}'s balance";
    has_balance(amount): "Saldo {amount}" / "Balance {amount}";
    no_balance: "Saldo toko Anda tidak cukup lagi untuk jumlah ini. Batalkan pesanan ini, lalu pesan dengan cara bayar lain." / "Your shop's balance no longer covers this amount. Cancel this order and place it with another way to pay.";
    prove_balance: "Demi keamanan, konfirmasi dulu bahwa ini memang Anda." / "To keep your money safe, first confirm that it is you.";
    shop_on: "Belanja lagi" / "Shop on";
}

const fn pick(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

/// A way to pay, by the name people know.
pub const fn method_name(lang: Lang, method: Method) -> &'static str {
    match method {
        Method::Cod => pick(lang, "Bayar di tempat (COD)", "Cash on delivery"),
        Method::Card => pick(lang, "Kartu Visa / Mastercard", "Visa / Mastercard card"),
        Method::Balance => pick(lang, "Saldo toko", "Shop balance"),
        other => other.brand(),
    }
}

/// The heading over ways to pay of one kind.
pub const fn kind_name(lang: Lang, kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::VirtualAccount => pick(lang, "Transfer virtual account", "Virtual account transfer"),
        MethodKind::Qris => pick(lang, "Pindai QR", "Scan a QR code"),
        MethodKind::Ewallet => pick(lang, "Dompet digital", "E-wallet"),
        MethodKind::Card => pick(lang, "Kartu kredit atau debit", "Credit or debit card"),
        MethodKind::RetailCode => pick(lang, "Bayar di minimarket", "Pay at a convenience store"),
        MethodKind::CashOnDelivery => pick(lang, "Bayar saat barang tiba", "Pay on arrival"),
        MethodKind::ShopBalance => pick(lang, "Penghasilan toko Anda", "What your shop has earned"),
    }
}

pub const fn method_reason(lang: Lang, reason: MethodReason) -> &'static str {
    match reason {
        MethodReason::TooMuch => {
            pick(lang, "Totalnya melebihi batas cara ini.", "The total is above its limit.")
        }
        MethodReason::TooLittle => {
            pick(lang, "Totalnya di bawah batas cara ini.", "The total is below its minimum.")
        }
        MethodReason::Courier => pick(
            lang,
            "Ada kurir pilihan Anda yang tidak menerima uang tunai.",
            "One of the couriers you chose takes no cash.",
        ),
        MethodReason::Blocked => pick(
            lang,
            "Belum bisa dipakai, karena paket sebelumnya tidak diterima.",
            "Not available, since earlier parcels were not taken.",
        ),
        MethodReason::Balance => {
            pick(lang, "Saldo toko Anda tidak cukup.", "Your shop's balance does not cover it.")
        }
    }
}

pub const fn service_name(lang: Lang, service: Service) -> &'static str {
    match service {
        Service::Regular => pick(lang, "Reguler", "Regular"),
        Service::Economy => pick(lang, "Hemat", "Economy"),
        Service::NextDay => pick(lang, "Besok sampai", "Next day"),
        Service::SameDay => pick(lang, "Hari ini sampai", "Same day"),
        Service::Instant => pick(lang, "Instan", "Instant"),
        Service::Cargo => pick(lang, "Kargo", "Cargo"),
    }
}

pub const fn missing(lang: Lang, missing: Missing) -> &'static str {
    match missing {
        Missing::Goods => missing_goods(lang),
        Missing::Contact => missing_contact(lang),
        Missing::Address => missing_address(lang),
        Missing::Courier => missing_courier(lang),
        Missing::Method => missing_method(lang),
    }
}

/// What has changed, in one sentence.
pub fn change(lang: Lang, change: &Change) -> String {
    match change {
        Change::Price(name, was, now) => change_price(lang, name, was, now),
        Change::Stock(name, left) if *left > 0 => change_stock(lang, name, left),
        Change::Stock(name, _) => change_gone(lang, name),
        Change::Voucher(code, why) => {
            format!("{} {}", change_voucher(lang, code), cart::code_reason(lang, why))
        }
        Change::Shipping(shop, was, now) => change_shipping(lang, shop, was, now),
        Change::Courier(shop, was, now) => change_courier(lang, shop, sending(lang, was), sending(lang, now)),
        Change::Arrival(shop, (from, until), (now_from, now_until)) => {
            change_arrival(lang, shop, days(lang, from, until), days(lang, now_from, now_until))
        }
        Change::Asked(shop) => change_asked(lang, shop),
        Change::Total(was, now) => change_total(lang, was, now),
    }
}

/// Who brings it, in a few words.
pub fn sending(lang: Lang, sending: &Sending) -> String {
    let way = format!("{} {}", sending.courier, service_name(lang, sending.service));
    match sending.counter.as_deref() {
        None => way,
        Some("") => via_a_counter(lang, way),
        Some(counter) => via_counter(lang, way, counter),
    }
}

/// What the button says that places the order.
pub fn button(lang: Lang, method: Option<Method>, total: Money) -> String {
    match method {
        Some(Method::Cod) => order(lang).to_owned(),
        _ => pay(lang, total),
    }
}

/// What to do, one step after the other. The last one is the same for all but cash: nothing has to be sent in.
pub const fn steps(lang: Lang, kind: MethodKind) -> &'static [&'static str] {
    match (lang, kind) {
        (Lang::Id, MethodKind::VirtualAccount) => &[
            "Buka aplikasi bank Anda, atau datang ke ATM.",
            "Pilih Transfer, lalu Virtual Account.",
            "Masukkan nomor di atas.",
            "Pastikan namanya Pasar dan jumlahnya sama persis, lalu setujui.",
            "Selesai. Bukti transfer tidak perlu dikirim.",
        ],
        (Lang::En, MethodKind::VirtualAccount) => &[
            "Open your bank's app, or go to an ATM.",
            "Choose Transfer, then Virtual Account.",
            "Enter the number above.",
            "Make sure that the name is Pasar and the amount is exactly the same, then confirm.",
            "Done. No receipt has to be sent in.",
        ],
        (Lang::Id, MethodKind::Qris) => &[
            "Buka aplikasi bank atau dompet digital mana pun yang punya QRIS.",
            "Pindai kode di atas. Di HP yang sama: simpan tangkapan layar, lalu unggah di aplikasi itu.",
            "Pastikan namanya Pasar dan jumlahnya sama, lalu setujui.",
        ],
        (Lang::En, MethodKind::Qris) => &[
            "Open any bank's or e-wallet's app that has QRIS.",
            "Scan the code above. On the same phone: take a screenshot and open it in that app.",
            "Make sure that the name is Pasar and the amount is the same, then confirm.",
        ],
        (Lang::Id, MethodKind::Ewallet) => &[
            "Tekan tombol di atas untuk membuka dompet Anda.",
            "Periksa jumlahnya, lalu setujui dengan PIN.",
            "Kembali ke halaman ini.",
        ],
        (Lang::En, MethodKind::Ewallet) => &[
            "Press the button above to open your wallet.",
            "Check the amount, then confirm it by PIN.",
            "Come back to this page.",
        ],
        (Lang::Id, MethodKind::Card) => &[
            "Tekan tombol di atas. Nomor kartu hanya Anda isi di halaman penyedia pembayaran.",
            "Setujui dengan kode dari bank Anda.",
            "Anda kembali ke halaman ini.",
        ],
        (Lang::En, MethodKind::Card) => &[
            "Press the button above. You enter the card's number on the payment provider's page only.",
            "Confirm it by your bank's code.",
            "You come back to this page.",
        ],
        (Lang::Id, MethodKind::RetailCode) => &[
            "Datang ke kasir dan bilang ingin membayar Pasar.",
            "Tunjukkan atau sebutkan kode di atas.",
            "Bayar tunai sebesar jumlah di atas.",
            "Simpan struknya sampai pesanan tiba.",
        ],
        (Lang::En, MethodKind::RetailCode) => &[
            "Go to the counter and say that you want to pay Pasar.",
            "Show the code above, or say it.",
            "Pay the amount above in cash.",
            "Keep the receipt until your order arrives.",
        ],
        (Lang::Id, MethodKind::CashOnDelivery) => &["Siapkan uang pas untuk kurir."],
        (Lang::En, MethodKind::CashOnDelivery) => &["Have the exact amount ready for the courier."],
        (Lang::Id, MethodKind::ShopBalance) => &[
            "Konfirmasi bahwa ini memang Anda, lalu tekan tombol di atas.",
            "Pesanan dibayar saat itu juga. Jika dibatalkan, uangnya kembali ke saldo toko.",
        ],
        (Lang::En, MethodKind::ShopBalance) => &[
            "Confirm that it is you, then press the button above.",
            "The order is paid at once. If it is cancelled, the money returns to the shop's balance.",
        ],
    }
}

/// The days on which something may arrive, given as `2026-12-01`: `1 Des`, `1–3 Des`, `30 Nov – 2 Des`.
pub fn days(lang: Lang, from: &str, until: &str) -> String {
    let name = |month: usize| ui::months(lang)[month];
    match (day(from), day(until)) {
        (Some(first), Some(last)) if first == last => format!("{} {}", last.1, name(last.0)),
        (Some(first), Some(last)) if first.0 == last.0 => format!("{}–{} {}", first.1, last.1, name(last.0)),
        (Some(first), Some(last)) => {
            format!("{} {} – {} {}", first.1, name(first.0), last.1, name(last.0))
        }
        _ => until.to_owned(),
    }
}

/// Month from 0 and day of the month.
fn day(date: &str) -> Option<(usize, u8)> {
    let mut parts = date.split('-').skip(1);
    let month = parts.next()?.parse::<usize>().ok()?.checked_sub(1).filter(|month| *month < 12)?;
    Some((month, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_arrival_are_told_shortly() {
        for (from, until, told) in [
            ("2026-12-01", "2026-12-01", "1 Des"),
            ("2026-12-01", "2026-12-03", "1–3 Des"),
            ("2026-11-30", "2026-12-02", "30 Nov – 2 Des"),
            ("2026-12-31", "2027-01-02", "31 Des – 2 Jan"),
            ("soon", "2026-13-40", "2026-13-40"),
        ] {
            assert_eq!(days(Lang::Id, from, until), told);
        }
    }

    #[test]
    fn what_is_gone_is_not_called_a_last_piece() {
        let change = |left| change(Lang::En, &Change::Stock("Kopi".to_owned(), left));
        assert_eq!(change(2), "Kopi: only 2 left.");
        assert_eq!(change(0), "Kopi: sold out.");
    }

    #[test]
    fn who_brings_it_and_when_is_told_before_and_now() {
        let by = |courier: &str, counter: Option<&str>| Sending {
            courier: courier.to_owned(),
            service: Service::Regular,
            counter: counter.map(str::to_owned),
        };
        let told = |was, now| change(Lang::En, &Change::Courier("Toko".to_owned(), was, now));
        assert_eq!(
            told(by("JNE", Some("")), by("SiCepat", None)),
            "Delivery from Toko was with JNE Regular, collected at a counter and is with SiCepat Regular now."
        );
        let days = |from: &str, until: &str| (from.to_owned(), until.to_owned());
        let arrival = |was, now| change(Lang::En, &Change::Arrival("Toko".to_owned(), was, now));
        assert_eq!(
            arrival(days("2026-12-01", "2026-12-03"), days("2026-12-02", "2026-12-04")),
            "The parcel from Toko was expected 1–3 Dec and is expected 2–4 Dec now."
        );
    }
}
