//! Pick-up points in the database.

use kernel::{Kernel, jobs::Registry, testing::TestApp};
use model::shipping::PickupPointId;
use model::{geo::Position, shipping::Courier};
use shipping::{
    NewPickupPoint,
    store::{
        InsertPickupError, find_pickup_point, insert_pickup_point, list_pickup_couriers, list_pickup_points,
        mark_pickup_point,
    },
};
use sqlx::{PgConnection, PgPool};

async fn regions(db: &mut PgConnection) {
    sqlx::query!(
        "insert into region (code, parent_code, level, name)
         values ('31', null, 'province', 'DKI Jakarta'), ('31.71', '31', 'city', 'Jakarta Pusat'),
           ('31.71.01', '31.71', 'district', 'Gambir'), ('31.74', '31', 'city', 'Jakarta Selatan'),
           ('31.74.01', '31.74', 'district', 'Tebet')"
    )
    .execute(db)
    .await
    .unwrap();
}

fn point(courier: Courier, name: &str, district: &str) -> NewPickupPoint {
    NewPickupPoint {
        courier,
        name: name.to_owned(),
        district: district.to_owned(),
        street: "Jl. Merdeka Barat 1".to_owned(),
        position: Some(Position::new(-6.17, 106.82)),
    }
}

async fn enter(kernel: &Kernel, new: &NewPickupPoint) -> Result<PickupPointId, InsertPickupError> {
    let id = kernel.ids().uuid().into();
    let db = &mut *kernel.db().acquire().await.unwrap();
    insert_pickup_point(db, id, new, kernel.now()).await.map(|()| id)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_open_points_of_a_city_are_listed_by_name(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let db = &mut *db.acquire().await.unwrap();
    regions(db).await;
    let stasiun = point(Courier::KirimCepat, "Stasiun Gambir", "31.71.01");
    let balai = point(Courier::AntarNusa, "Balai Kota", "31.71.01");
    let first = enter(app.kernel(), &stasiun).await.unwrap();
    let second = enter(app.kernel(), &balai).await.unwrap();
    enter(app.kernel(), &point(Courier::KirimCepat, "Pasar Tebet", "31.74.01")).await.unwrap();

    let names = |points: &[shipping::PickupPoint]| -> Vec<String> {
        points.iter().map(|it| it.point.name.clone()).collect()
    };
    let listed = list_pickup_points(db, "31.71", 10).await.unwrap();
    assert_eq!(names(&listed), ["Balai Kota", "Stasiun Gambir"]);
    assert_eq!((listed[0].id, &listed[0].point), (second, &balai));
    assert_eq!(names(&list_pickup_points(db, "31.71", 1).await.unwrap()), ["Balai Kota"]);
    assert_eq!(list_pickup_points(db, "32.73", 10).await.unwrap(), []);
    assert_eq!(list_pickup_couriers(db, "31.71").await.unwrap(), [Courier::AntarNusa, Courier::KirimCepat]);

    assert!(mark_pickup_point(db, first, false, app.kernel().now()).await.unwrap());
    assert_eq!(names(&list_pickup_points(db, "31.71", 10).await.unwrap()), ["Balai Kota"]);
    assert_eq!(list_pickup_couriers(db, "31.71").await.unwrap(), [Courier::AntarNusa]);
    // A parcel may still lie there.
    let closed = find_pickup_point(db, first).await.unwrap().unwrap();
    assert_eq!((closed.point, closed.is_active), (stasiun, false));
    let nobody = app.cx().id();
    assert!(!mark_pickup_point(db, nobody, false, app.kernel().now()).await.unwrap());
    assert_eq!(find_pickup_point(db, nobody).await.unwrap(), None);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_point_that_cannot_be_is_refused(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    regions(&mut db.acquire().await.unwrap()).await;
    let good = point(Courier::KirimCepat, "Stasiun Gambir", "31.71.01");
    enter(app.kernel(), &good).await.unwrap();
    let with = |change: fn(&mut NewPickupPoint)| {
        let mut new = NewPickupPoint { name: "Halte Gambir".to_owned(), ..good.clone() };
        change(&mut new);
        new
    };
    let refused = |new: NewPickupPoint| {
        let kernel = app.kernel().clone();
        async move { enter(&kernel, &new).await.unwrap_err() }
    };
    assert!(matches!(refused(good.clone()).await, InsertPickupError::AlreadyThere));
    let unknown = with(|new| "31.71.99".clone_into(&mut new.district));
    assert!(matches!(refused(unknown).await, InsertPickupError::UnknownDistrict));
    // A city is not where one goes to fetch a parcel.
    let city = with(|new| "31.71".clone_into(&mut new.district));
    assert!(matches!(refused(city).await, InsertPickupError::UnknownDistrict));
    assert!(matches!(refused(with(|new| new.name = "  x ".to_owned())).await, InsertPickupError::Name));
    assert!(matches!(refused(with(|new| new.street.clear())).await, InsertPickupError::Street));
    let abroad = with(|new| new.position = Some(Position::new(52.5, 13.4)));
    assert!(matches!(refused(abroad).await, InsertPickupError::Position));
    let there = sqlx::query_scalar!("select count(*) from pickup_point").fetch_one(&db).await.unwrap();
    assert_eq!(there, Some(1));
}
