//! Buttons, fields and choices.

use super::Pane;
use leptos::prelude::*;
use model::FieldError;
use ui::{
    Button, ButtonKind, Checkbox, Choice, Field, Icon, IconButton, IconButtonKind, Input, QuantityStepper,
    RadioGroup, Select, Size, Switch, Textarea,
};

pub fn buttons(_: Pane) -> AnyView {
    view! {
        <div class="grid gap-4">
            <div class="flex flex-wrap gap-3">
                <Button plain=true>"Bayar sekarang"</Button>
                <Button plain=true kind=ButtonKind::Secondary icon=Icon::Cart>"Masukkan keranjang"</Button>
                <Button plain=true kind=ButtonKind::Quiet>"Nanti saja"</Button>
                <Button plain=true kind=ButtonKind::Deal icon=Icon::Bolt>"Ambil promo"</Button>
                <Button plain=true kind=ButtonKind::Danger icon=Icon::Trash>"Hapus alamat"</Button>
            </div>
            <div class="flex flex-wrap items-center gap-3">
                <Button plain=true size=Size::Small>"Kecil"</Button>
                <Button plain=true>"Sedang"</Button>
                <Button plain=true size=Size::Large icon_after=Icon::ArrowRight>"Besar"</Button>
                <Button href="#buttons" kind=ButtonKind::Secondary>"Sebagai tautan"</Button>
            </div>
            <div class="flex flex-wrap gap-3">
                <Button plain=true busy=true>"Menyimpan"</Button>
                <Button plain=true kind=ButtonKind::Secondary busy=true>"Mengunggah"</Button>
                <Button plain=true disabled=true>"Stok habis"</Button>
                <Button plain=true kind=ButtonKind::Secondary disabled=true>"Tidak tersedia"</Button>
            </div>
            <Button plain=true wide=true size=Size::Large>"Selebar tempatnya"</Button>
            <div class="flex flex-wrap items-center gap-2">
                <IconButton plain=true icon=Icon::Search label="Cari"/>
                <IconButton href="#buttons" icon=Icon::Cart label="Keranjang, 3 barang" count=3u32/>
                <IconButton href="#buttons" icon=Icon::Bell label="Notifikasi, 120 baru" count=120u32/>
                <IconButton plain=true icon=Icon::Heart label="Simpan" pressed=false/>
                <IconButton plain=true icon=Icon::HeartFilled label="Tersimpan" pressed=true/>
                <IconButton plain=true kind=IconButtonKind::Raised icon=Icon::ChevronLeft label="Gambar sebelumnya"/>
                <IconButton plain=true size=Size::Small icon=Icon::More label="Lainnya"/>
                <IconButton plain=true icon=Icon::Trash label="Hapus" disabled=true/>
            </div>
        </div>
    }
    .into_any()
}

pub fn fields(pane: Pane) -> AnyView {
    let name = |name: &str| pane.id(name);
    view! {
        <div class="grid gap-5">
            <Field name=name("full-name") label="Nama penerima" autocomplete="off" value="Sari Wulandari"/>
            <Field name=name("email") label="Surel" kind=Input::Email placeholder="nama@contoh.id" hint="Untuk bukti bayar dan kabar pesanan." autocomplete="off"/>
            <Field name=name("phone") label="Nomor ponsel" kind=Input::Phone prefix="+62" value="812" error=Some(FieldError::TooShort) autocomplete="off"/>
            <Field name=name("price") label="Harga jual" kind=Input::Digits prefix="Rp" value="1.250.000" error=Some(FieldError::OutOfRange) error_text="Paling tinggi Rp\u{a0}1.000.000 untuk kategori ini." hint="Sebelum ongkos kirim."/>
            <Field name=name("weight") label="Berat" kind=Input::Digits suffix="gram" optional=true/>
            <Field name=name("find") label="Cari" kind=Input::Search icon=Icon::Search placeholder="Cari di Pasar" label_hidden=true/>
            <Field name=name("code") label="Kode masuk" kind=Input::Code value="123456" maxlength=6u32/>
            <Field name=name("number") label="Nomor pesanan" value="INV/20261122/000123" readonly=true/>
            <Field name=name("off") label="Nama toko" value="Batik Laras" disabled=true/>
            <Select name=name("city") label="Kota" choices=cities()/>
            <Select name=name("sort") label="Urutkan" choices=cities() chosen="bdg" error=Some(FieldError::NotAllowed)/>
            <Textarea name=name("note") label="Catatan untuk penjual" optional=true hint="Warna, ukuran, atau ucapan." placeholder="Tolong dibungkus kado"/>
            <Textarea name=name("why") label="Alasan" error=Some(FieldError::Required) rows=3/>
        </div>
    }
    .into_any()
}

fn cities() -> Vec<Choice> {
    vec![
        Choice::new("jkt", "Jakarta Selatan"),
        Choice::new("bdg", "Bandung"),
        Choice::new("sby", "Surabaya").disabled(),
    ]
}

pub fn choices(pane: Pane) -> AnyView {
    let couriers = vec![
        Choice::new("reg", "Reguler · Rp\u{a0}18.000").hint("Tiba 24–26 Nov"),
        Choice::new("now", "Hari ini · Rp\u{a0}32.000").hint("Tiba sebelum 21.00"),
        Choice::new("cod", "Ambil sendiri").hint("Toko sedang tutup").disabled(),
    ];
    let reasons = vec![Choice::new("a", "Berubah pikiran"), Choice::new("b", "Salah alamat")];
    view! {
        <div class="grid gap-6">
            <div>
                <Checkbox name=pane.id("official") label="Toko resmi" checked=true count=1_240u64/>
                <Checkbox name=pane.id("free") label="Bebas ongkir" count=320u64/>
                <Checkbox name=pane.id("insured") label="Asuransikan kiriman" hint="Ganti rugi penuh bila hilang atau rusak."/>
                <Checkbox name=pane.id("gone") label="Tidak tersedia" disabled=true/>
            </div>
            <RadioGroup name=pane.id("courier") label="Pengiriman" choices=couriers chosen="reg" cards=true/>
            <RadioGroup name=pane.id("reason") label="Alasan pembatalan" choices=reasons error=Some(FieldError::Required)/>
            <div>
                <Switch name=pane.id("mail") label="Kabar lewat surel" hint="Hanya tentang pesanan Anda." checked=true/>
                <Switch name=pane.id("push") label="Pemberitahuan promo"/>
                <Switch name=pane.id("sms") label="SMS" disabled=true/>
            </div>
            <div class="flex flex-wrap items-center gap-4">
                <QuantityStepper name=pane.id("qty") value=2 max=20 of="Kopi Gayo 250 g"/>
                <QuantityStepper name=pane.id("qty-small") size=Size::Small/>
                <QuantityStepper name=pane.id("qty-off") disabled=true/>
            </div>
        </div>
    }
    .into_any()
}
