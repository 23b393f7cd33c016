//! What the pages say.

use crate::ParcelState;
use model::Lang;

model::messages! {
    carrier: "Kurir Simulasi" / "Simulated carrier";
    about: "Tidak ada paket sungguhan yang berpindah di sini." / "No real parcels move here.";
    latest: "Paket terbaru" / "Latest parcels";
    none: "Belum ada paket." / "There are no parcels yet.";
    waybill: "Nomor resi" / "Waybill number";
    find: "Cari" / "Find";
    unknown: "Tidak ada paket dengan nomor itu." / "No parcel has that number.";
    older: "Lebih lama" / "Older";
    newest: "Terbaru" / "Newest";
    to_list: "Semua paket" / "All parcels";
    parcel(waybill): "Paket {waybill}" / "Parcel {waybill}";
    courier: "Kurir" / "Courier";
    what_for: "Untuk" / "For";
    weight: "Berat" / "Weight";
    cash: "Ditagih di tempat (COD)" / "To collect at the door (COD)";
    from: "Kode pos asal" / "Postcode of origin";
    to: "Kode pos tujuan" / "Postcode of destination";
    collection: "Penjemputan" / "Collection";
    drop_off: "Diantar pengirim ke loket" / "Brought to the counter by its sender";
    at_once: "Dijemput secepatnya" / "Fetched as soon as possible";
    between(from, until): "Dijemput antara {from} dan {until}" / "Fetched between {from} and {until}";
    state: "Status" / "State";
    when: "Waktu" / "When";
    told: "Diberitahukan" / "Told";
    not_yet: "belum" / "not yet";
    history: "Yang sudah terjadi" / "What has happened";
    what: "Apa yang terjadi?" / "What happens?";
    over: "Paket ini sudah selesai." / "This parcel's way is over.";
    changed: "Tidak ada yang dilakukan: paket ini sudah berpindah." / "Nothing was done: the parcel has moved.";
    travel: "Biarkan jalan sendiri" / "Let it travel by itself";
    stay: "Hentikan jalan sendiri" / "Stop it travelling by itself";
    travels: "Paket ini maju satu langkah setiap menit." / "This parcel goes a step further every minute.";
    collected: "Uang tunainya sudah diterima kurir." / "The courier has its cash.";
}

const fn pick(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

/// Where a parcel is.
pub(super) const fn is(lang: Lang, state: ParcelState) -> &'static str {
    match state {
        ParcelState::Confirmed => pick(lang, "Menunggu dijemput", "Waiting to be fetched"),
        ParcelState::Picked => pick(lang, "Sudah dijemput", "Fetched"),
        ParcelState::InTransit => pick(lang, "Dalam perjalanan", "In transit"),
        ParcelState::DroppingOff => pick(lang, "Diantar ke alamat", "Out for delivery"),
        ParcelState::OnHold => pick(lang, "Gagal diantar", "Not delivered"),
        ParcelState::ReturnInTransit => pick(lang, "Dalam perjalanan kembali", "On its way back"),
        ParcelState::Delivered => pick(lang, "Diterima", "Delivered"),
        ParcelState::Returned => pick(lang, "Kembali ke pengirim", "Returned to sender"),
        ParcelState::Disposed => pick(lang, "Hilang", "Lost"),
        ParcelState::Cancelled => pick(lang, "Dibatalkan", "Cancelled"),
    }
}

/// A button that moves it there.
pub(super) const fn make(lang: Lang, state: ParcelState) -> &'static str {
    match state {
        ParcelState::Confirmed => pick(lang, "Terima", "Confirm"),
        ParcelState::Picked => pick(lang, "Jemput paket", "Fetch it"),
        ParcelState::InTransit => pick(lang, "Berangkatkan", "Send it on its way"),
        ParcelState::DroppingOff => pick(lang, "Antar ke alamat", "Take it out for delivery"),
        ParcelState::OnHold => pick(lang, "Gagalkan pengantaran", "Nobody is at home"),
        ParcelState::ReturnInTransit => pick(lang, "Kirim kembali", "Send it back"),
        ParcelState::Delivered => pick(lang, "Serahkan ke penerima", "Deliver it"),
        ParcelState::Returned => pick(lang, "Serahkan ke pengirim", "Return it to the sender"),
        ParcelState::Disposed => pick(lang, "Hilangkan", "Lose it"),
        ParcelState::Cancelled => pick(lang, "Batalkan penjemputan", "Cancel the pick-up"),
    }
}
