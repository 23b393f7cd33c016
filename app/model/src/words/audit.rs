//! The operator's page about who did what.

use crate::{
    Lang,
    audit::{Action, ActorKind, SubjectKind},
};

crate::messages! {
    filter: "Saring" / "Filter";
    all: "Semua" / "All";
    newest: "Ke yang terbaru" / "Back to the newest";
    from_day: "Dari tanggal" / "From day";
    to_day: "Sampai tanggal" / "To day";
    title: "Catatan audit" / "Audit log";
    about: "Siapa melakukan apa, dari mana. Catatan ini hanya bisa ditambah." / "Who did what, from where. This log is only ever added to.";
    none: "Belum ada catatan" / "Nothing has been logged yet";
    no_match: "Tidak ada catatan yang cocok" / "No entries match";
    who: "Siapa" / "Who";
    who_hint: "Nomor akun, email, atau telepon" / "Account id, email or phone";
    what: "Tindakan" / "Action";
    to_what: "Terhadap" / "To what";
    to_what_hint: "Nomor akun, sesi, atau pesan" / "Id of an account, session or message";
    from_where: "Dari mana" / "From where";
    from_where_hint: "Alamat jaringan; bagian terakhirnya tidak dicatat" / "A network address; its last part is not kept";
    at: "Waktu" / "When";
    from: "Dari" / "From";
    change: "Perubahan" / "Change";
    before: "Sebelum" / "Before";
    after: "Sesudah" / "After";
    request: "Permintaan" / "Request";
    csv: "Unduh CSV" / "Download CSV";
}

pub const fn actor(lang: Lang, actor: ActorKind) -> &'static str {
    match (actor, lang) {
        (ActorKind::Account, Lang::Id) => "Akun",
        (ActorKind::Account, Lang::En) => "Account",
        (ActorKind::Visitor, Lang::Id) => "Pengunjung",
        (ActorKind::Visitor, Lang::En) => "Visitor",
        (ActorKind::System, Lang::Id) => "Sistem",
        (ActorKind::System, Lang::En) => "System",
    }
}

pub const fn subject(lang: Lang, subject: SubjectKind) -> &'static str {
    match (subject, lang) {
        (SubjectKind::Account, Lang::Id) => "Akun",
        (SubjectKind::Account, Lang::En) => "Account",
        (SubjectKind::Session, Lang::Id) => "Sesi",
        (SubjectKind::Session, Lang::En) => "Session",
        (SubjectKind::Delivery, Lang::Id) => "Pesan",
        (SubjectKind::Delivery, Lang::En) => "Message",
        (SubjectKind::Shop, Lang::Id) => "Toko",
        (SubjectKind::Shop, Lang::En) => "Shop",
        (SubjectKind::Product, Lang::Id) => "Barang",
        (SubjectKind::Product, Lang::En) => "Product",
        (SubjectKind::Job, Lang::Id) => "Pekerjaan",
        (SubjectKind::Job, Lang::En) => "Job",
        (SubjectKind::House, _) => "Pasar",
    }
}

macro_rules! actions {
    ($($action:ident: $id:literal / $en:literal;)+) => {
        /// What was done, as a short sentence. An action without words in both languages does not compile.
        pub const fn action(lang: Lang, action: Action) -> &'static str {
            match (action, lang) {
                $((Action::$action, Lang::Id) => $id, (Action::$action, Lang::En) => $en,)+
            }
        }
    };
}

actions! {
    AccountRegistered: "Mendaftar" / "Registered";
    AccountSuspended: "Menangguhkan akun" / "Suspended an account";
    AccountRestored: "Memulihkan akun" / "Restored an account";
    AccountExported: "Meminta salinan data" / "Asked for a copy of the data";
    DeletionScheduled: "Meminta penghapusan akun" / "Asked for deletion";
    DeletionCancelled: "Membatalkan penghapusan akun" / "Cancelled the deletion";
    AccountDeleted: "Akun dihapus" / "Account deleted";
    ProfileChanged: "Mengubah profil" / "Changed the profile";
    ConsentChanged: "Mengubah persetujuan" / "Changed a consent";
    SignedIn: "Masuk" / "Signed in";
    SignInRefused: "Ditolak masuk" / "Was refused at sign-in";
    SignedOut: "Keluar" / "Signed out";
    SessionEnded: "Mengakhiri sesi" / "Ended a session";
    OtherSessionsEnded: "Mengakhiri sesi lain" / "Ended the other sessions";
    PasswordChanged: "Mengganti kata sandi" / "Changed the password";
    PasswordReset: "Mengatur ulang kata sandi" / "Reset the password";
    PasswordRemoved: "Menghapus kata sandi" / "Removed the password";
    EmailChanged: "Mengganti alamat email" / "Changed the email address";
    PhoneChanged: "Mengganti nomor ponsel" / "Changed the phone number";
    TwoStepOn: "Menyalakan verifikasi dua langkah" / "Switched two-step verification on";
    TwoStepOff: "Mematikan verifikasi dua langkah" / "Switched two-step verification off";
    RecoveryCodesMade: "Membuat kode pemulihan" / "Made recovery codes";
    RecoveryCodeUsed: "Memakai kode pemulihan" / "Used a recovery code";
    PasskeyAdded: "Menambah kunci sandi" / "Added a passkey";
    PasskeyRemoved: "Menghapus kunci sandi" / "Removed a passkey";
    ProviderLinked: "Menautkan penyedia masuk" / "Linked a sign-in provider";
    ProviderUnlinked: "Melepas penyedia masuk" / "Unlinked a sign-in provider";
    RoleGranted: "Memberi peran" / "Granted a role";
    RoleRevoked: "Mencabut peran" / "Revoked a role";
    PreferenceChanged: "Mengubah pilihan pesan" / "Changed what to be told";
    AddressChanged: "Mengubah alamat" / "Changed an address";
    MessageResent: "Mengirim lagi pesan" / "Sent a message again";
    MessageGivenUp: "Menghentikan pesan" / "Gave up a message";
    AuditDownloaded: "Mengunduh catatan audit" / "Downloaded the audit log";
    SearchChanged: "Mengubah pencarian" / "Changed the search";
    PayoutAccountAdded: "Menambah rekening toko" / "Added a shop's bank account";
    PayoutAccountRemoved: "Menghapus rekening toko" / "Removed a shop's bank account";
    WithdrawalRequested: "Meminta penarikan saldo" / "Asked for a withdrawal";
    WithdrawalApproved: "Menyetujui penarikan saldo" / "Approved a withdrawal";
    WithdrawalRefused: "Menolak penarikan saldo" / "Refused a withdrawal";
    FeesChanged: "Mengubah aturan biaya" / "Changed the rules about fees";
    MemberTiersChanged: "Mengubah tingkat anggota" / "Changed the tiers of members";
    VoucherMade: "Membuat voucher" / "Made a voucher";
    VoucherChanged: "Mengubah voucher" / "Changed a voucher";
    BundleChanged: "Mengubah isi paket" / "Changed what a bundle holds";
    PriceScheduled: "Mengatur harga berjangka" / "Set a price for a time";
    PriceUnscheduled: "Membatalkan harga berjangka" / "Cancelled a price for a time";
    FlashSaleMade: "Membuat flash sale" / "Made a flash sale";
    FlashSaleCancelled: "Membatalkan flash sale" / "Called a flash sale off";
    NominationMade: "Mendaftarkan barang ke flash sale" / "Nominated goods for a flash sale";
    NominationWithdrawn: "Menarik barang dari flash sale" / "Took goods back from a flash sale";
    NominationAccepted: "Menerima barang untuk flash sale" / "Accepted goods for a flash sale";
    NominationRefused: "Menolak barang untuk flash sale" / "Refused goods for a flash sale";
    ShopChanged: "Mengubah toko" / "Changed a shop";
    ShopOpened: "Membuka toko" / "Opened a shop";
    ShopDocumentsSent: "Mengirim dokumen toko" / "Sent a shop's documents";
    ShopDocumentSeen: "Melihat dokumen toko" / "Looked at a shop's document";
    ShopApproved: "Menyetujui toko" / "Approved a shop";
    ShopRejected: "Menolak toko" / "Sent a shop back";
    StaffInvited: "Mengundang staf toko" / "Invited somebody to a shop";
    InvitationWithdrawn: "Menarik undangan toko" / "Took an invitation to a shop back";
    StaffJoined: "Bergabung dengan toko" / "Joined a shop";
    StaffRoleChanged: "Mengubah peran staf toko" / "Changed a role in a shop";
    StaffRemoved: "Mengeluarkan staf toko" / "Removed somebody from a shop";
    StaffLeft: "Keluar dari toko" / "Left a shop";
    ShopHandedOver: "Menyerahkan toko" / "Handed a shop over";
    ProductModerated: "Memoderasi barang" / "Moderated a product";
    JobRetried: "Mengulang pekerjaan" / "Retried a job";
    JobDropped: "Membuang pekerjaan" / "Dropped a job";
}
