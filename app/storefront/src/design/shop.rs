//! Prices, ratings, marks, pictures and the ways between pages.

use super::Pane;
use leptos::prelude::*;
use model::Money;
use ui::{
    Avatar, Badge, Breadcrumbs, Card, Chip, Countdown, Crumb, Icon, Pagination, Picture, Price, ProgressBar,
    Rating, RatingHistogram, Ratio, SectionHead, Size, Step, Stepper, Tab, Tabs, Tone,
};

pub fn commerce(_: Pane) -> AnyView {
    view! {
        <div class="grid gap-5">
            <div class="grid justify-items-start gap-2">
                <Price now=Money::idr(1_249_000) before=Money::idr(1_699_000) size=Size::Large/>
                <Price now=Money::idr(86_500) before=Money::idr(120_000)/>
                <Price now=Money::idr(15_000)/>
                <Price now=Money::idr(9_900) size=Size::Small/>
            </div>
            <div class="grid justify-items-start gap-2">
                <Rating tenths=48 count=12_345u64/>
                <Rating tenths=35 count=8u64/>
                <Rating tenths=49 count=312u64 compact=true/>
                <Rating tenths=0/>
            </div>
            <RatingHistogram counts=[12, 8, 40, 260, 980] href="?stars={}#commerce"/>
            <div class="grid gap-3">
                <ProgressBar percent=72 label="Terjual 72 dari 100" tone=Tone::Deal/>
                <ProgressBar percent=35 label="Mengimpor 350 dari 1.000 baris"/>
                <ProgressBar percent=96 label="Hampir habis" tone=Tone::Danger/>
            </div>
            <p class="flex items-center gap-3">"Berakhir dalam" <Countdown seconds=8_105/></p>
        </div>
    }
    .into_any()
}

pub fn marks(_: Pane) -> AnyView {
    view! {
        <div class="grid gap-5">
            <div class="flex flex-wrap gap-2">
                <Badge text="Diarsipkan"/>
                <Badge tone=Tone::Brand icon=Icon::Shield text="Toko resmi"/>
                <Badge tone=Tone::Deal icon=Icon::Clock text="Menunggu bayar"/>
                <Badge tone=Tone::Danger text="Dibatalkan"/>
            </div>
            <div class="flex flex-wrap gap-2">
                <Badge strong=true text="Baru"/>
                <Badge strong=true tone=Tone::Brand text="Bebas ongkir"/>
                <Badge strong=true tone=Tone::Deal icon=Icon::Bolt text="Kilat"/>
                <Badge strong=true tone=Tone::Danger text="Sisa 2"/>
            </div>
            <div class="flex flex-wrap gap-2">
                <Chip text="Semua" href="#marks" chosen=true/>
                <Chip text="Kopi" href="#marks" count=1_204u64/>
                <Chip text="Teh" href="#marks" icon=Icon::Tag/>
                <Chip text="Rp\u{a0}50.000–100.000" href="#marks" removable=true/>
            </div>
            <div class="flex items-center gap-3">
                <Avatar name="Sari Wulandari" size=Size::Large/>
                <Avatar name="Batik Laras" src="/art/sample.svg"/>
                <Avatar name="budi" size=Size::Small/>
            </div>
        </div>
    }
    .into_any()
}

pub fn pictures(_: Pane) -> AnyView {
    view! {
        <div class="grid grid-cols-2 gap-4">
            <div class="overflow-hidden rounded-md"><Picture src="/art/sample.svg" alt="Cangkir kopi hijau" sizes="20rem"/></div>
            <div class="overflow-hidden rounded-md"><Picture alt=""/></div>
            <div class="overflow-hidden rounded-md"><Picture src="/art/sample.svg" alt="Cangkir kopi hijau, seluruhnya" ratio=Ratio::Landscape whole=true/></div>
            <div class="overflow-hidden rounded-md"><Picture src="/art/sample.svg" alt="Cangkir kopi hijau, melebar" ratio=Ratio::Wide/></div>
        </div>
    }
    .into_any()
}

pub fn navigation(_: Pane) -> AnyView {
    let tabs = vec![
        Tab::new("Semua", "#navigation"),
        Tab::new("Perlu diproses", "#navigation").count(12),
        Tab::new("Dikirim", "#navigation").count(1_024),
        Tab::new("Selesai", "#navigation"),
    ];
    let way = vec![
        Crumb::new("Beranda", "#navigation"),
        Crumb::new("Makanan & Minuman", "#navigation"),
        Crumb::new("Kopi", "#navigation"),
    ];
    view! {
        <div class="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Breadcrumbs way here="Kopi Gayo Aceh 250 g"/>
            <Tabs tabs here=1 label="Pesanan menurut keadaan"/>
            <Pagination previous="#navigation" next="#navigation" about="61–120 dari 1.240"/>
            <Pagination previous="#navigation"/>
        </div>
    }
    .into_any()
}

pub fn steps(_: Pane) -> AnyView {
    let steps = vec![
        Step::new("Dibayar").note("20 Nov, 09.12"),
        Step::new("Dikemas").note("20 Nov, 14.40"),
        Step::new("Dikirim").note("Tiba 24–26 Nov"),
        Step::new("Diterima"),
    ];
    view! { <Stepper steps now=2 label="Perjalanan pesanan"/> }.into_any()
}

pub fn surfaces(_: Pane) -> AnyView {
    view! {
        <div class="grid gap-4">
            <SectionHead title="Untuk Anda" about="Berdasarkan yang Anda lihat" href="#surfaces" link="Lihat semua"/>
            <Card><p>"Bagian halaman yang menjadi satu."</p></Card>
            <Card raised=true><p>"Di atas yang lain."</p></Card>
            <Card flush=true>
                <Picture src="/art/sample.svg" alt="Cangkir kopi hijau" ratio=Ratio::Banner/>
                <p class="p-4">"Gambar sampai ke tepi."</p>
            </Card>
        </div>
    }
    .into_any()
}
