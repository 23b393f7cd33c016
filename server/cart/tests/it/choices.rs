//! What is chosen for a cart: contact, address, delivery, codes and the way to pay.

use crate::fixtures::{BUDI, GUEST, NOW, SARI, add, line_id, market, new, open, shop};
use cart::{
    ChooseError, CodeError, Delivery, Destination, Holder, Reach, ShopChoice, VoucherCode,
    limits::MOST_CODES, store,
};
use model::{
    address::AddressInput,
    ids::{AccountId, AddressId, Uuid},
    payment::Method,
};
use sqlx::{PgConnection, PgPool};

async fn address(db: &mut PgConnection, of: AccountId, n: u128) -> AddressId {
    let id = AddressId::new(Uuid::from_u128(0x4_0000 + n));
    sqlx::query!(
        "insert into address (id, account_id, recipient, phone, district_code, postcode, street, label, is_default,
           created_at, updated_at)
         values ($1, $2, 'Sari', '+6281234567890', '31.73.01', '11730', 'Jl. Melati 5', 'home', true, $3, $3)",
        id.uuid(),
        of.uuid(),
        NOW
    )
    .execute(db)
    .await
    .unwrap();
    id
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_types_contact_and_address(pool: PgPool) {
    let db = &mut *market(&pool).await;
    open(db, &GUEST, 1).await;
    let reach = Reach {
        email: Some("sari@mail.example".parse().unwrap()),
        phone: Some("0812-3456-7890".parse().unwrap()),
    };
    let typed = AddressInput { recipient: "Sari".to_owned(), ..AddressInput::default() };
    let typed = Destination::Typed(Box::new(typed));
    assert!(store::set_contact(db, &GUEST, &reach, NOW).await.unwrap());
    assert!(store::set_address(db, &GUEST, &typed, NOW).await.unwrap());
    assert!(store::set_method(db, &GUEST, Some(Method::Qris), NOW).await.unwrap());
    let kept = Destination::Kept(address(db, SARI, 1).await);
    assert!(!store::set_address(db, &GUEST, &kept, NOW).await.unwrap(), "a guest has no address book");
    let guest = store::find_of(db, &GUEST).await.unwrap().unwrap();
    assert_eq!((guest.reach, guest.destination, guest.method), (reach, Some(typed), Some(Method::Qris)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_account_s_cart_goes_to_one_of_its_own_addresses(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let holder = Holder::Account(SARI);
    open(db, &holder, 1).await;
    let hers = Destination::Kept(address(db, SARI, 1).await);
    let his = Destination::Kept(address(db, BUDI, 2).await);
    let typed = Destination::Typed(Box::default());
    assert!(store::set_address(db, &holder, &hers, NOW).await.unwrap());
    assert!(!store::set_address(db, &holder, &his, NOW).await.unwrap());
    assert!(!store::set_address(db, &holder, &typed, NOW).await.unwrap());
    let cart = store::find_of(db, &holder).await.unwrap().unwrap();
    assert_eq!(cart.destination, Some(hers));
    sqlx::query!("delete from address where account_id = $1", SARI.uuid()).execute(&mut *db).await.unwrap();
    let cart = store::find_of(db, &holder).await.unwrap().unwrap();
    assert_eq!(cart.destination, None, "an address that is gone is chosen anew");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn delivery_is_chosen_for_each_shop(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    let choice = |courier: &str| ShopChoice {
        shop: shop(1),
        delivery: Some(Delivery { courier: courier.to_owned(), service: "regular".to_owned(), point: None }),
        insured: true,
        note: "titip satpam".parse().unwrap(),
    };
    store::set_shop_choice(db, cart.id, &choice("antar"), NOW).await.unwrap();
    store::set_shop_choice(db, cart.id, &choice("kirim"), NOW).await.unwrap();
    let refused = store::set_shop_choice(db, cart.id, &choice("Kirim!"), NOW).await;
    assert!(matches!(refused, Err(ChooseError::NoSuchService)), "{refused:?}");
    let unknown = ShopChoice { shop: shop(9), ..choice("kirim") };
    let refused = store::set_shop_choice(db, cart.id, &unknown, NOW).await;
    assert!(matches!(refused, Err(ChooseError::NoSuchShop)), "{refused:?}");
    assert_eq!(store::shop_choices(db, cart.id).await.unwrap(), [choice("kirim")]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_code_is_noted_once_and_there_are_at_most_twenty(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    let code = |n: i64| format!("kode{n:02}").parse::<VoucherCode>().unwrap();
    for n in 1..=MOST_CODES {
        store::add_code(db, cart.id, &code(n), NOW).await.unwrap();
        store::add_code(db, cart.id, &code(n), NOW).await.unwrap();
    }
    let refused = store::add_code(db, cart.id, &code(99), NOW).await;
    assert!(matches!(refused, Err(CodeError::TooMany)), "{refused:?}");
    let all: Vec<_> = (1..=MOST_CODES).map(code).collect();
    assert_eq!(store::codes(db, cart.id).await.unwrap(), all);
    assert!(store::remove_code(db, cart.id, &code(1), NOW).await.unwrap());
    assert!(!store::remove_code(db, cart.id, &code(1), NOW).await.unwrap());
    assert_eq!(store::codes(db, cart.id).await.unwrap(), all[1..]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn all_of_a_cart_can_be_read_at_once(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    for (n, of, note) in [(1, 102, "merah"), (2, 101, ""), (3, 102, "")] {
        add(db, &cart, new(n, of, 2, note), NOW).await.unwrap();
    }
    store::save_for_later(db, cart.id, &[line_id(2)], true, NOW).await.unwrap();
    for (seconds, code) in [(1, "DUA"), (0, "SATU")] {
        let code: VoucherCode = code.parse().unwrap();
        store::add_code(db, cart.id, &code, NOW + time::Duration::seconds(seconds)).await.unwrap();
    }
    for (n, delivery) in [(2, None), (1, Some(("kirim_cepat", "regular")))] {
        let delivery = delivery.map(|(courier, service)| Delivery {
            courier: courier.to_owned(),
            service: service.to_owned(),
            point: None,
        });
        let choice = ShopChoice { shop: shop(n), delivery, insured: n == 1, note: cart::Note::default() };
        store::set_shop_choice(db, cart.id, &choice, NOW).await.unwrap();
    }
    let all = store::contents(db, &GUEST).await.unwrap().unwrap();
    assert_eq!(Some(all.cart), store::find_of(db, &GUEST).await.unwrap());
    assert_eq!((all.lines.len(), all.codes.len(), all.choices.len()), (3, 2, 2));
    assert_eq!(all.lines, store::lines(db, cart.id).await.unwrap());
    assert_eq!(all.codes, store::codes(db, cart.id).await.unwrap());
    assert_eq!(all.choices, store::shop_choices(db, cart.id).await.unwrap());
}
