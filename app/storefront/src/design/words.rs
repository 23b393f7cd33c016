//! What the showcase itself says.

model::messages! {
    title: "Sistem desain" / "Design system";
    about: "Semua bagian Pasar, dalam setiap keadaan, terang dan gelap." / "Every part of Pasar, in every state, in light and dark.";
    contents: "Isi" / "Contents";
    colours: "Warna" / "Colours";
    type_scale: "Huruf" / "Type";
    brand: "Merek" / "Brand";
    icons: "Ikon" / "Icons";
    buttons: "Tombol" / "Buttons";
    fields: "Isian" / "Fields";
    choices: "Pilihan" / "Choices";
    commerce: "Harga dan nilai" / "Prices and ratings";
    marks: "Penanda" / "Marks";
    navigation: "Navigasi" / "Navigation";
    steps: "Perjalanan pesanan" / "An order's way";
    surfaces: "Permukaan" / "Surfaces";
    pictures: "Gambar" / "Pictures";
    tables: "Tabel" / "Tables";
    charts: "Grafik" / "Charts";
    notices: "Pemberitahuan" / "Notices";
    dialogs: "Dialog" / "Dialogs";
    loading: "Sedang memuat" / "Loading";
    empty: "Kosong dan gangguan" / "Empty and errors";
    languages: "Dua bahasa" / "Two languages";
}
