//! The life of an index: changes, rebuilding, damage.

mod common;

use std::{
    fs,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use common::{document, engine, id, small};
use search::{BrokenOff, Change, Engine, IndexError, OpenError, Query, VERSION};

#[test]
fn a_change_is_found_as_soon_as_it_is_in() {
    let shop = engine([document(1, "Sepatu merah")]);
    shop.engine.apply([Change::Upsert(Box::new(document(2, "Sepatu biru")))], 2).unwrap();
    assert_eq!(shop.found("sepatu biru").first(), Some(&2));
    shop.engine.apply([Change::Upsert(Box::new(document(2, "Topi kuning")))], 3).unwrap();
    assert_eq!(shop.found("topi"), [2]);
    assert_eq!(shop.ask("sepatu").total, 1);
    shop.engine.apply([Change::Delete(id(2)), Change::Delete(id(77))], 4).unwrap();
    assert_eq!(shop.found("topi").len(), 0);
    assert_eq!((shop.engine.products(), shop.engine.sequence()), (1, 4));
}

#[test]
fn within_a_batch_the_last_word_counts() {
    let shop = engine([]);
    let changes = [
        Change::Upsert(Box::new(document(1, "Kemeja"))),
        Change::Upsert(Box::new(document(1, "Gitar"))),
        Change::Upsert(Box::new(document(2, "Payung"))),
        Change::Delete(id(2)),
    ];
    shop.engine.apply(changes, 9).unwrap();
    assert!(shop.found("kemeja").is_empty() && shop.found("payung").is_empty());
    assert_eq!(shop.found("gitar"), [1]);
}

#[test]
fn what_was_committed_is_there_after_opening_again() {
    let shop = engine([document(1, "Sepatu merah")]);
    shop.engine.apply([Change::Upsert(Box::new(document(2, "Kamera")))], 41).unwrap();
    let common::Fixture { engine, folder } = shop;
    drop(engine);
    let again = Engine::open(folder.path(), small()).unwrap();
    assert_eq!((again.sequence(), again.products()), (41, 2));
    let results = again.search(&Query::text("kamera")).unwrap();
    assert_eq!(results.hits[0].product, id(2));
    assert_eq!(results.facets.unwrap().cities[0].value, "Bandung");
}

#[test]
fn a_rebuilt_index_is_swapped_in_under_readers() {
    let shop = engine((0..50).map(|i| document(i, "Sepatu lama")));
    let stop = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let total = shop.ask("sepatu").total;
                    assert!(total == 50 || total == 300, "{total}");
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for round in 0..3 {
            let told = AtomicUsize::new(0);
            let count =
                shop.engine.rebuild((0..300).map(|i| document(i, "Sepatu baru")), 100 + round, |done| {
                    told.fetch_max(done, Ordering::Relaxed);
                });
            assert_eq!((count.unwrap(), told.into_inner()), (300, 300));
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(asked.into_inner() > 0);
    assert_eq!((shop.ask("sepatu baru").total, shop.engine.sequence()), (300, 102));
    // The new one takes changes, and only one folder is left.
    shop.engine.apply([Change::Delete(id(5))], 103).unwrap();
    assert_eq!(shop.ask("sepatu").total, 299);
    let folders =
        fs::read_dir(shop.folder.path()).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, 1);
}

#[test]
fn a_failed_rebuild_leaves_the_live_index_alone() {
    let shop = engine([document(1, "Sepatu")]);
    let failing = (0..10).map(|i| if i == 5 { panic!("the source broke") } else { document(i, "Topi") });
    assert!(shop.engine.rebuild(failing, 5, |_| ()).is_err());
    assert_eq!((shop.found("sepatu"), shop.engine.sequence()), (vec![1], 1));
    assert_eq!(shop.engine.rebuild((0..3).map(|i| document(i, "Topi")), 6, |_| ()).unwrap(), 3);
    assert_eq!(shop.ask("topi").total, 3);
}

#[test]
fn a_rebuild_whose_source_breaks_off_leaves_the_live_index_alone() {
    let shop = engine([document(1, "Sepatu")]);
    let all = (0..500).map(|i| if i == 400 { Err(BrokenOff) } else { Ok(document(i, "Topi")) });
    assert!(matches!(shop.engine.rebuild_from(all, 5, |_| ()), Err(IndexError::BrokenOff)));
    assert_eq!((shop.found("sepatu"), shop.ask("topi").total, shop.engine.sequence()), (vec![1], 0, 1));
}

#[test]
fn what_cannot_be_trusted_is_reported_for_rebuilding() {
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Engine::open(empty.path(), small()), Err(OpenError::Missing)));
    assert!(matches!(Engine::open(empty.path().join("nowhere"), small()), Err(OpenError::Missing)));

    let damage: [fn(&std::path::Path); 6] = [
        |index| fs::write(index.join("meta.json"), "{").unwrap(),
        |index| fs::remove_file(index.join("meta.json")).unwrap(),
        |index| fs::remove_file(index.join("vocabulary.tsv")).unwrap(),
        |index| fs::write(index.join("version"), "x").unwrap(),
        |index| {
            for file in files(index, "fast") {
                let mut bytes = fs::read(&file).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0x55;
                fs::write(file, bytes).unwrap();
            }
        },
        |index| {
            for file in files(index, "term") {
                let bytes = fs::read(&file).unwrap();
                fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
            }
        },
    ];
    for (i, damage) in damage.into_iter().enumerate() {
        let common::Fixture { engine, folder } = engine((0..20).map(|n| document(n, "Sepatu merah")));
        drop(engine);
        damage(&folder.path().join("index-1"));
        let error = Engine::open(folder.path(), small()).err().unwrap();
        assert!(matches!(error, OpenError::Corrupt(_)), "{i}: {error:?}");
        // The cure.
        let cured = Engine::create(folder.path(), small()).unwrap();
        cured.rebuild((0..2).map(|n| document(n, "Topi")), 7, |_| ()).unwrap();
        drop(cured);
        assert_eq!(Engine::open(folder.path(), small()).unwrap().products(), 2);
    }

    let common::Fixture { engine, folder } = engine([]);
    drop(engine);
    fs::write(folder.path().join("index-1/version"), (VERSION + 1).to_string()).unwrap();
    assert!(matches!(Engine::open(folder.path(), small()), Err(OpenError::OtherVersion { .. })));
}

fn files(index: &std::path::Path, extension: &str) -> Vec<std::path::PathBuf> {
    let found: Vec<_> = fs::read_dir(index)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect();
    assert_ne!(found.len(), 0);
    found
}
