//! What stands around every page.

crate::messages! {
    tagline: "Belanja tenang, harga terang" / "Shop with ease, at honest prices";
    skip_to_content: "Langsung ke isi" / "Skip to content";
    search: "Cari" / "Search";
    search_placeholder: "Cari di Pasar" / "Search Pasar";
    categories: "Kategori" / "Categories";
    home: "Beranda" / "Home";
    cart: "Keranjang" / "Cart";
    account: "Akun" / "Account";
    sign_in: "Masuk" / "Sign in";
    menu: "Menu" / "Menu";
    language: "Bahasa" / "Language";
    preferences: "Bahasa dan tampilan" / "Language and appearance";
    theme: "Tampilan" / "Appearance";
    theme_system: "Ikuti perangkat" / "Match device";
    theme_light: "Terang" / "Light";
    theme_dark: "Gelap" / "Dark";
    close: "Tutup" / "Close";
    cancel: "Batal" / "Cancel";
    back: "Kembali" / "Back";
    previous: "Sebelumnya" / "Previous";
    next: "Berikutnya" / "Next";
    loading: "Memuat…" / "Loading…";
    retry: "Coba lagi" / "Try again";
    optional: "opsional" / "optional";
    required: "wajib" / "required";
    footer_about: "Tentang Pasar" / "About Pasar";
    footer_developers: "Pengembang" / "Developers";
    footer_api: "Dokumentasi API" / "API documentation";
    footer_design: "Sistem desain" / "Design system";
    footer_data: "Data wilayah dan kode pos: Kepmendagri 300.2.2-2430/2025 melalui cahyadsn/wilayah dan cahyadsn/wilayah_kodepos (MIT, © cahya dsn). Posisi: yusufsyaifudin/wilayah-indonesia." / "Region data and postcodes: Kepmendagri 300.2.2-2430/2025 by way of cahyadsn/wilayah and cahyadsn/wilayah_kodepos (MIT, © cahya dsn). Positions: yusufsyaifudin/wilayah-indonesia.";
    breadcrumbs: "Jejak halaman" / "Breadcrumbs";
    to_home: "Ke beranda" / "Go to home page";
}
