//! Coming in: registering, signing in, forgotten passwords, and what guards an account.

crate::messages! {
    sign_in: "Masuk" / "Sign in";
    sign_out: "Keluar" / "Sign out";
    register: "Daftar" / "Register";
    contact: "E-mail atau nomor ponsel" / "E-mail or mobile number";
    contact_hint: "Misalnya: sari@mail.example atau 0812-3456-7890" / "For example: sari@mail.example or 0812-3456-7890";
    password: "Kata sandi" / "Password";
    password_new: "Kata sandi baru" / "New password";
    password_hint: "Paling sedikit 8 karakter. Beberapa kata acak mudah diingat dan sulit ditebak." / "At least 8 characters. A few random words are easy to remember and hard to guess.";
    remember: "Ingat saya di peramban ini" / "Remember me in this browser";
    forgot: "Lupa kata sandi?" / "Forgot your password?";
    no_account: "Belum punya akun?" / "No account yet?";
    have_account: "Sudah punya akun?" / "Have an account already?";
    terms: "Dengan mendaftar Anda menyetujui syarat penggunaan dan cara kami menjaga data pribadi." / "By registering you agree to the terms of use and to how we handle personal data.";
    verify: "Konfirmasi alamat" / "Confirm your address";
    verify_text: "Kami mengirim kode enam angka. Ketik kodenya di sini; berlaku 30 menit." / "We have sent a code of six digits. Type it here; it works for 30 minutes.";
    verify_link_text: "Satu langkah lagi: konfirmasi bahwa alamat ini milik Anda." / "One more step: confirm that this address is yours.";
    verify_elsewhere: "Tautan ini dibuka di peramban lain. Ketik kata sandi yang Anda pilih saat mendaftar." / "This link was opened in another browser. Type the password you chose when you registered.";
    verify_again: "Tidak ada pesan? Periksa folder spam, atau daftar lagi." / "No message? Look into the spam folder, or register again.";
    confirm: "Konfirmasi" / "Confirm";
    code: "Kode enam angka" / "Six-digit code";
    second_step: "Langkah kedua" / "Second step";
    second_step_text: "Tunjukkan satu hal lagi yang hanya Anda punya." / "Show one more thing that only you have.";
    recovery: "atau kode pemulihan" / "or a recovery code";
    recovery_alone: "Kode pemulihan" / "Recovery code";
    forgot_title: "Kata sandi baru" / "A new password";
    forgot_text: "Kami kirim tautan untuk membuat kata sandi baru." / "We will send you a link to set a new one.";
    forgot_send: "Kirim tautan" / "Send the link";
    forgot_sent: "Bila alamat itu punya akun, tautannya sedang dikirim. Berlaku 30 menit." / "If that address has an account, a link is on its way. It works for 30 minutes.";
    reset_save: "Simpan kata sandi" / "Save the password";
    reset_done: "Kata sandi baru tersimpan dan semua perangkat dikeluarkan. Silakan masuk." / "The new password is saved and all devices are signed out. Please sign in.";
    wait(seconds): "Coba lagi dalam {seconds} detik." / "Try again in {seconds} seconds.";
}

crate::messages! {
    security: "Keamanan" / "Security";
    security_about: "Kata sandi, langkah kedua, dan perangkat" / "Password, second step and devices";
    prove: "Pastikan ini benar Anda" / "Confirm it is you";
    prove_text: "Sebelum mengubah yang menjaga akun, tunjukkan sekali lagi bahwa ini Anda." / "Before changing what guards your account, show once more that it is you.";
    prove_code: "Kode aplikasi" / "Code of the app";
    devices: "Perangkat" / "Devices";
    device_unknown: "Perangkat tidak dikenal" / "Unknown device";
    device_this: "Perangkat ini" / "This device";
    device_seen(at): "Terakhir dipakai {at}" / "Last used {at}";
    device_end: "Keluarkan" / "Sign it out";
    devices_end_others: "Keluarkan semua perangkat lain" / "Sign out all other devices";
    password_change: "Ganti kata sandi" / "Change the password";
    password_change_text: "Semua perangkat lain akan dikeluarkan." / "All other devices will be signed out.";
    contacts: "Alamat masuk" / "Addresses you sign in with";
    two_step: "Masuk dua langkah" / "Two-step sign-in";
    two_step_text: "Selain kata sandi diminta kode dari aplikasi di ponsel Anda." / "Besides the password, a code of an app on your phone is asked for.";
    two_step_on(left): "Aktif. Sisa kode pemulihan: {left}." / "On. Recovery codes left: {left}.";
    two_step_begin: "Pasang aplikasi" / "Set up an app";
    two_step_scan: "Pindai gambar ini dengan aplikasi autentikator, lalu ketik kode yang muncul." / "Scan this picture with an authenticator app, then type the code it shows.";
    two_step_type(secret): "Tidak bisa memindai? Ketik: {secret}" / "Cannot scan? Type: {secret}";
    two_step_qr: "Kode QR untuk aplikasi autentikator" / "QR code for the authenticator app";
    two_step_off: "Matikan" / "Switch off";
    codes_new: "Buat kode pemulihan baru" / "Make new recovery codes";
    codes_text: "Simpan kode pemulihan ini di tempat aman. Masing-masing berlaku sekali, dan hanya ditampilkan kali ini." / "Keep these recovery codes in a safe place. Each works once, and they are shown only now.";
}
