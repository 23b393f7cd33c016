//! Photographs taken in and shown.

use bytes::Bytes;
use kernel::{Uuid, jobs::Registry, testing::TestApp};
use media::{Files, MakeForms, Photo, ReceiveError, Refused, limits, receive};
use model::views::PictureFormat;
use sqlx::PgPool;
use std::{path::Path, sync::Arc};

fn photograph(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

const PHOTO: &str = "adam-birkett-239153-unsplash.jpg";

/// The same with an EXIF block, in place of its own, that says "turn me by 90 degrees" and where it was taken.
fn turned(jpeg: &[u8]) -> Vec<u8> {
    assert_eq!(jpeg[2..4], [0xff, 0xe1], "the fixture begins with its own EXIF block");
    let own = 2 + usize::from(u16::from_be_bytes([jpeg[4], jpeg[5]]));
    let tiff: &[u8] = &[
        b'M', b'M', 0, 42, 0, 0, 0, 8, // header, first directory at 8
        0, 1, // one entry
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, // orientation: 6
        0, 0, 0, 0,
    ];
    let secret = b"taken at -6.2,106.8";
    let length = u16::try_from(2 + 6 + tiff.len() + secret.len()).unwrap().to_be_bytes();
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1, length[0], length[1]]);
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out.extend(secret);
    out.extend(&jpeg[2 + own..]);
    out
}

#[test]
fn a_picture_is_judged_by_its_content() {
    assert!(Photo::read(&photograph(PHOTO)).is_ok());
    for (bytes, refused) in [
        (&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], Refused::Format),
        (b"GIF89a\x01\x00\x01\x00", Refused::Format),
        (b"<?php system('id'); ?>", Refused::Format),
        (b"", Refused::Format),
        (&photograph(PHOTO)[..900], Refused::Damaged),
    ] {
        assert_eq!(Photo::read(bytes), Err(refused));
    }
    assert_eq!(Photo::read(&vec![0; limits::MOST_BYTES + 1]), Err(Refused::TooManyBytes));
}

/// A PNG of a few bytes that says it is 60,000 pixels wide and high.
#[test]
fn a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded() {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = b"IHDR".to_vec();
    head.extend(60_000_u32.to_be_bytes());
    head.extend(60_000_u32.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    png.extend(13_u32.to_be_bytes());
    png.extend(&head);
    png.extend(crc(&head).to_be_bytes());
    png.extend([0, 0, 0, 0]);
    png.extend(b"IDAT");
    png.extend(crc(b"IDAT").to_be_bytes());
    assert_eq!(Photo::read(&png), Err(Refused::TooManyPixels));
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 },
        )
    })
}

#[test]
fn a_picture_is_turned_upright() {
    let plain = Photo::read(&photograph(PHOTO)).unwrap();
    let upright = Photo::read(&turned(&photograph(PHOTO))).unwrap();
    assert_ne!(plain.width(), plain.height());
    assert_eq!((upright.width(), upright.height()), (plain.height(), plain.width()));
}

fn app(db: PgPool) -> (TestApp, std::path::PathBuf, Arc<Files>) {
    let folder =
        std::env::temp_dir().join(format!("pasar-media-{}", db.connect_options().get_database().unwrap()));
    let files = Arc::new(Files::folder(&folder).unwrap());
    let app = TestApp::with_parts(db, Registry::empty().job::<MakeForms>(), |kernel| {
        kernel.with_part(files.clone())
    });
    (app, folder, files)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_received_picture_gets_all_its_forms_and_loses_its_metadata(db: PgPool) {
    let (app, folder, files) = app(db);
    let (cx, owner) = (app.cx(), Uuid::from_u128(1));
    let sent = Bytes::from(turned(&photograph(PHOTO)));
    let id = receive(&cx, &files, owner, sent.clone()).await.unwrap();
    app.run_jobs().await;

    let row =
        sqlx::query!("select state, width, height, widths, placeholder from media where id = $1", id.uuid());
    let row = row.fetch_one(cx.db()).await.unwrap();
    assert_eq!(row.state, "ready");
    assert!(row.placeholder.unwrap().len() < 600);
    for width in &row.widths {
        let width = width.unsigned_abs();
        let mut sizes = vec![];
        for format in PictureFormat::ALL {
            let form = files.form(id, width, format).await.unwrap().unwrap();
            assert!(!form.windows(8).any(|bytes| bytes == b"taken at"), "{format:?}");
            sizes.push(form.len());
            if format != PictureFormat::Avif {
                let read = Photo::read(&form).unwrap();
                assert_eq!(read.width(), u32::from(width));
            }
        }
        assert!(sizes.iter().all(|size| *size > 200), "{sizes:?}");
    }
    assert_eq!(files.form(id, 7, PictureFormat::Jpeg).await.unwrap(), None);

    assert_eq!(
        receive(&cx, &files, owner, sent.clone()).await.unwrap(),
        id,
        "the same picture is one picture"
    );
    assert_ne!(
        receive(&cx, &files, Uuid::from_u128(2), sent).await.unwrap(),
        id,
        "another owner's is another"
    );
    app.run_jobs().await;
    std::fs::remove_dir_all(folder).unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_refused_leaves_nothing_behind(db: PgPool) {
    let (app, folder, files) = app(db);
    let cx = app.cx();
    let error =
        receive(&cx, &files, Uuid::from_u128(1), Bytes::from_static(b"not a picture")).await.unwrap_err();
    assert!(matches!(error, ReceiveError::Refused(Refused::Format)));
    let rows = sqlx::query_scalar!("select count(*) from media").fetch_one(cx.db()).await.unwrap();
    assert_eq!((rows, std::fs::read_dir(&folder).unwrap().count()), (Some(0), 0));
    std::fs::remove_dir_all(folder).unwrap();
}
