//! Cash on delivery, and parcels that were not taken at the door.

use crate::support::{Market, an_address, guest, refused};
use flows::{checkout, orders, place_order};
use kernel::Buyer;
use model::{
    AppError, Code, FieldError, Money, Permission,
    address::AddressInput,
    ids::VariantId,
    order::CancelReason,
    payment::Method,
    shipping::ShipmentState,
    views::{CheckoutView, MethodReason},
};
use sqlx::PgPool;
use time::Duration;

impl Market {
    /// Somebody orders something to be paid at the door, and this becomes of its parcel.
    async fn at_the_door(&self, buyer: &Buyer, coffee: VariantId, becomes: ShipmentState) {
        let bought = self.order(buyer, &[(coffee, 1)], Method::Cod).await;
        self.app.run_jobs().await;
        let order = self.only(bought.group()).await;
        self.packed(&self.at_shop(0, Permission::Orders).await, order.id).await;
        self.later();
        self.seen(&order, becomes).await;
        self.later();
    }

    /// What is in the cart, and whether it can be paid at the door.
    async fn wants(&self, buyer: &Buyer, coffee: VariantId) -> (CheckoutView, Option<MethodReason>) {
        let view = self.fill(buyer, &[(coffee, 1)], Method::VaBca).await;
        let cash = view.methods.iter().find(|offer| offer.method == Method::Cod).unwrap().refused;
        (view, cash)
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn who_lets_two_parcels_go_back_pays_beforehand_for_a_while(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (sari, budi) = (market.member(1).await, market.member(2).await);
    market.at_the_door(&sari, coffee, ShipmentState::ReturnedToSender).await;
    market.at_the_door(&sari, coffee, ShipmentState::Lost).await;
    market.at_the_door(&sari, coffee, ShipmentState::Delivered).await;
    let (_, cash) = market.wants(&sari, coffee).await;
    assert_eq!(cash, None, "once can happen to anybody, and what is lost is nobody's fault");
    market.at_the_door(&sari, coffee, ShipmentState::ReturnedToSender).await;

    let (_, cash) = market.wants(&sari, coffee).await;
    assert_eq!(cash, Some(MethodReason::Blocked));
    checkout::set_method(&market.cx(), &sari, Method::Cod).await.unwrap();
    let shown = market.view(&sari).await;
    let before = market.written().await;
    let error: AppError = market.place(&sari, &shown).await.unwrap_err().into();
    assert_eq!(error, AppError::field("method", FieldError::NotAllowed));
    assert_eq!(market.written().await, before);
    assert_eq!(market.wants(&budi, coffee).await.1, None, "it is nobody else's matter");

    checkout::set_method(&market.cx(), &sari, Method::VaBca).await.unwrap();
    let shown = market.view(&sari).await;
    market.place(&sari, &shown).await.unwrap();
    market.app.advance(Duration::days(90)).await;
    market.at_the_door(&sari, coffee, ShipmentState::Delivered).await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_is_known_by_the_number_of_the_parcel(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (sari, again, other) = (guest(1), guest(2), guest(3));
    for _ in 0..2 {
        market.at_the_door(&sari, coffee, ShipmentState::ReturnedToSender).await;
    }
    // Another browser, the same number.
    let (shown, cash) = market.wants(&again, coffee).await;
    assert_eq!(cash, Some(MethodReason::Blocked));
    let (cx, total) = (market.cx(), shown.summary.total.plus(Money::idr(2_000)).unwrap());
    let place = place_order::place(&cx, &again, &shown.key, total, Method::Cod);
    assert_eq!(refused(place.await), Code::Invalid);
    // Somebody else, at another number.
    let (email, phone) = ("ani@mail.example", "0813-9876-5432");
    market.wants(&other, coffee).await;
    let address = AddressInput { phone: phone.to_owned(), ..an_address() };
    checkout::set_contact(&market.cx(), &other, email, phone).await.unwrap();
    checkout::set_address(&market.cx(), &other, &address).await.unwrap();
    checkout::set_method(&market.cx(), &other, Method::Cod).await.unwrap();
    let shown = market.view(&other).await;
    assert_eq!(shown.missing, []);
    market.place(&other, &shown).await.unwrap();
    // A member answers for their own parcels alone, even where somebody gave their number.
    let member = market.member(1).await;
    assert_eq!(market.wants(&member, coffee).await.1, None);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_cancelled_before_it_is_sent_is_no_refusal(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let sari = market.member(1).await;
    for _ in 0..3 {
        let bought = market.order(&sari, &[(coffee, 1)], Method::Cod).await;
        let order = market.only(bought.group()).await;
        orders::cancel(&market.cx(), &sari, order.id, CancelReason::TooSlow).await.unwrap();
    }
    // Nor is what came back of a parcel that was paid for.
    for _ in 0..2 {
        let bought = market.paid(&sari, &[(coffee, 1)]).await;
        let order = market.only(bought.group()).await;
        market.packed(&market.at_shop(0, Permission::Orders).await, order.id).await;
        market.later();
        market.seen(&order, ShipmentState::ReturnedToSender).await;
    }
    assert_eq!(market.wants(&sari, coffee).await.1, None);
}
