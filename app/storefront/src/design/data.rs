//! Tables, charts, notices, dialogs and the states of lists.

use super::Pane;
use leptos::prelude::*;
use model::{AppError, Code, Lang, Money, ids::RequestId, ids::Uuid};
use ui::{
    Art, Badge, Button, ButtonKind, Card, Cell, Chart, ChartKind, Column, Dialog, DialogClose, DialogLink,
    Drawer, EmptyState, ErrorState, Field, Icon, IconButton, Loading, Notice, NoticeKind, Pagination, Place,
    Point, Price, Rating, Ratio, Shape, Skeleton, Table, Toast, ToastCard, Tone, format,
};

pub fn tables(_: Pane) -> AnyView {
    let row = |name: &'static str, price: i64, stock: &'static str, tone: Tone, state: &'static str| {
        view! {
            <tr>
                <Cell label="Barang">{name}</Cell>
                <Cell label="Harga" number=true>{Money::idr(price).to_string()}</Cell>
                <Cell label="Stok" number=true>{stock}</Cell>
                <Cell label="Keadaan"><Badge tone text=state/></Cell>
            </tr>
        }
    };
    let columns = vec![
        Column::text("Barang"),
        Column::number("Harga"),
        Column::number("Stok"),
        Column::text("Keadaan"),
    ];
    view! {
        <Card flush=true>
            <Table caption="Barang di toko" captioned=true columns>
                {row("Kopi Gayo 250 g", 86_500, "1.204", Tone::Brand, "Dijual")}
                {row("Teh Kayu Aro", 42_000, "8", Tone::Deal, "Hampir habis")}
                {row("Gula aren bubuk", 1_118_000, "0", Tone::Danger, "Habis")}
            </Table>
        </Card>
    }
    .into_any()
}

pub fn charts(_: Pane) -> AnyView {
    let sales: [u64; 14] = [
        820_000, 1_240_000, 960_000, 1_480_000, 1_900_000, 2_350_000, 2_120_000, 1_060_000, 1_310_000,
        1_220_000, 1_640_000, 2_080_000, 2_720_000, 2_410_000,
    ];
    let points: Vec<Point> = sales
        .iter()
        .zip(9i64..)
        .map(|(value, day)| {
            let amount = Money::idr(i64::try_from(*value).unwrap_or(i64::MAX));
            Point::new(format!("{day} Nov"), *value, amount.to_string())
        })
        .collect();
    let visits = [320u64, 410, 380, 520, 610, 590, 720]
        .iter()
        .zip(16..)
        .map(|(n, day)| Point::new(format!("{day} Nov"), *n, Lang::Id.number(*n)));
    let visits: Vec<Point> = visits.collect();
    view! {
        <div class="grid gap-8">
            <Chart title="Penjualan 14 hari terakhir" points unit="Penjualan" over="Tanggal"/>
            <Chart title="Pengunjung toko" points=visits kind=ChartKind::Line unit="Pengunjung" over="Tanggal"/>
        </div>
    }
    .into_any()
}

pub fn notices(_: Pane) -> AnyView {
    let close = || view! { <IconButton plain=true icon=Icon::Close label="Tutup pemberitahuan"/> };
    view! {
        <div class="grid gap-3">
            <Notice>"Toko ini libur sampai 27 November. Pesanan dikirim sesudahnya."</Notice>
            <Notice kind=NoticeKind::Success title="Pembayaran diterima">"Penjual sedang menyiapkan pesanan Anda."</Notice>
            <Notice kind=NoticeKind::Warning title="Harga berubah">"Kopi Gayo kini Rp\u{a0}86.500, tadinya Rp\u{a0}84.000."</Notice>
            <Notice kind=NoticeKind::Error title="Belum tersimpan">"Periksa dua isian yang diberi tanda."</Notice>
            <ToastCard toast=Toast::success("Masuk ke keranjang").link("Lihat", "#notices")>{close()}</ToastCard>
            <ToastCard toast=Toast::error("Tidak tersambung. Coba lagi.")>{close()}</ToastCard>
        </div>
    }
    .into_any()
}

pub fn dialogs(pane: Pane) -> AnyView {
    view! {
        <div class="flex flex-wrap gap-3">
            <DialogLink to=pane.id("ask")>"Tanya"</DialogLink>
            <DialogLink to=pane.id("filter") icon=Icon::Filter>"Saring"</DialogLink>
            <DialogLink to=pane.id("menu") icon=Icon::Menu>"Menu"</DialogLink>
            <DialogLink to=pane.id("sheet")>"Dari bawah"</DialogLink>
            <Dialog id=pane.id("ask") title="Hapus alamat ini?">
                <p class="text-ink-soft">"Alamat rumah Sari di Jalan Melati 8 akan dihapus dari daftar."</p>
                <div class="mt-6 flex flex-wrap justify-end gap-3">
                    <DialogClose of=pane.id("ask")>"Batal"</DialogClose>
                    <Button plain=true kind=ButtonKind::Danger>"Hapus"</Button>
                </div>
            </Dialog>
            <Drawer id=pane.id("filter") title="Saring">
                <Field name=pane.id("lowest") label="Harga terendah" prefix="Rp" optional=true/>
            </Drawer>
            <Drawer id=pane.id("menu") title="Menu" place=Place::Start><p>"Kategori"</p></Drawer>
            <Dialog id=pane.id("sheet") title="Pilih ukuran" place=Place::Bottom><p>"S, M, L"</p></Dialog>
        </div>
    }
    .into_any()
}

pub fn loading(_: Pane) -> AnyView {
    view! {
        <Loading>
            <div class="grid grid-cols-2 gap-4">
                <div class="grid gap-2">
                    <Skeleton shape=Shape::Picture(Ratio::Square)/>
                    <Skeleton shape=Shape::Text(2)/>
                    <Skeleton shape=Shape::Price/>
                </div>
                <div class="grid content-start gap-3">
                    <div class="flex items-center gap-3"><Skeleton shape=Shape::Circle/><span class="flex-1"><Skeleton shape=Shape::Text(1)/></span></div>
                    <Skeleton shape=Shape::Title/>
                    <Skeleton shape=Shape::Text(3)/>
                    <Skeleton shape=Shape::Button/>
                </div>
                <div class="col-span-2"><Skeleton shape=Shape::Row/><Skeleton shape=Shape::Row/></div>
            </div>
        </Loading>
    }
    .into_any()
}

pub fn empty(_: Pane) -> AnyView {
    let broken = AppError { request: Some(RequestId::new(Uuid::nil())), ..AppError::new(Code::Internal) };
    view! {
        <div class="grid gap-4">
            <EmptyState art=Art::Cart title="Keranjang masih kosong" text="Yang Anda masukkan akan menunggu di sini.">
                <Button href="#empty">"Mulai belanja"</Button>
            </EmptyState>
            <EmptyState art=Art::Search title="Tidak ada yang cocok dengan “kopii”" text="Periksa ejaan atau kurangi saringan."/>
            <EmptyState art=Art::Box title="Belum ada pesanan"/>
            <EmptyState art=Art::Success title="Pembayaran berhasil" text="Kami kabari saat pesanan dikirim."/>
            <ErrorState error=broken retry="#empty"/>
            <ErrorState error=AppError::new(Code::Unavailable)/>
        </div>
    }
    .into_any()
}

pub fn languages(_: Pane) -> AnyView {
    Lang::ALL.map(|lang| view! { <InLang lang/> }).into_any()
}

/// The same components with the other language in their context.
#[component]
fn InLang(lang: Lang) -> impl IntoView {
    provide_context(lang);
    view! {
        <div class="mb-6 grid justify-items-start gap-3" lang=lang.tag()>
            <p class="font-semibold">{lang.name()}</p>
            <Rating tenths=47 count=12_345u64/>
            <Price now=Money::idr(80_000) before=Money::idr(100_000)/>
            <p class="text-sm text-ink-soft">
                {format::date_time(lang, 1_795_330_000)} " · " {format::ago(lang, 7_300)} " · " {format::short(lang, 1_250_000)} " · " {format::weight(lang, 1_250)}
            </p>
            <div class="w-full"><Pagination next="#languages"/></div>
        </div>
    }
}
