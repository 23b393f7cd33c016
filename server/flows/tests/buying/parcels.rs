//! Orders that go in several parcels, of which some pieces do not come, and how parcels come to their couriers.

use crate::{
    carrier::CARRIER,
    support::{Market, fixed, guest, refused},
};
use flows::{
    cart,
    fulfil::{self, FulfilError, Packing},
    orders,
    seller::AtShop,
};
use kernel::idempotency::Key;
use model::{
    Code, Permission,
    ids::{OrderId, VariantId},
    order::{CancelReason, LinePieces, OrderState},
    payment::Method,
    shipping::{Collection, ShipmentState},
};
use order::{Order, Progress};
use pricing::Scope;
use shipping::{Shipment, Sighting};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};

impl Market {
    /// So many pieces of an order's line of this variant.
    async fn pieces(&self, order: OrderId, variant: VariantId, quantity: i32) -> LinePieces {
        let lines =
            order::store::lines_of(&mut self.cx().db().acquire().await.unwrap(), &[order]).await.unwrap();
        let line = lines.iter().find(|line| line.line.variant == variant).unwrap();
        LinePieces { line: line.line.id, quantity }
    }

    /// Packs these pieces; the parcel they are in.
    async fn packs(&self, at: &AtShop, order: OrderId, pieces: Vec<LinePieces>) -> Shipment {
        let how = Packing { pieces: Some(pieces), ..Packing::default() };
        fulfil::pack_as(&self.cx(), at, None, order, &how).await.unwrap();
        self.later();
        self.shipment(order).await
    }

    /// Something happens to this parcel, and its carrier is asked.
    async fn parcel_seen(&self, parcel: &Shipment, state: ShipmentState) {
        self.later();
        let at = self.cx().now();
        let reference = format!("{}:{state}", at.unix_timestamp());
        let told = Sighting { reference, state, note: String::new(), occurred_at: at };
        self.carrier.depot().seen.push((format!("track-{}", parcel.id), told));
        fulfil::news(&self.cx(), CARRIER, &format!("order-{}", parcel.id)).await.unwrap();
        self.app.run_jobs().await;
    }

    async fn progress(&self, order: OrderId) -> Vec<Progress> {
        let mut db = self.cx().db().acquire().await.unwrap();
        order::store::progress_of(&mut db, order).await.unwrap()
    }

    /// When an order was accepted, and packed.
    async fn moments(&self, order: OrderId) -> (OffsetDateTime, Option<OffsetDateTime>) {
        sqlx::query_as("select accepted_at, packed_at from shop_order where id = $1")
            .bind(order.uuid())
            .fetch_one(self.cx().db())
            .await
            .unwrap()
    }

    /// Somebody buys of the first shop, which accepts.
    async fn accepted(&self, n: u8, goods: &[(VariantId, i32)]) -> (Order, crate::support::Bought) {
        let bought = self.paid(&guest(n), goods).await;
        let order = self.only(bought.group()).await;
        fulfil::accept(&self.cx(), &self.at_shop(0, Permission::Orders).await, order.id).await.unwrap();
        (order, bought)
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_order_goes_in_two_parcels_and_has_arrived_with_the_second(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 0, 10_000, 9).await);
    let (order, bought) = market.accepted(1, &[(coffee, 3), (tea, 1)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let two = market.pieces(order.id, coffee, 2).await;
    let first = market.packs(&at, order.id, vec![two]).await;
    assert_eq!(first.weight_g, 500, "by what two of them weigh");
    assert_eq!(market.carrier.depot().booked[0].value.amount(), 80_000);
    assert_eq!(market.only(bought.group()).await.state, OrderState::Accepted);
    for _ in 0..2 {
        fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!((market.stock(coffee).await, market.stock(tea).await), ((6, 1), (8, 1)));
    let told = "select count(*) from delivery where kind = 'order_part_shipped'";
    assert_eq!(market.number(told).await, 1);
    market.parcel_seen(&first, ShipmentState::Delivered).await;
    let now = market.only(bought.group()).await;
    assert_eq!((now.state, now.shipped_at), (OrderState::Accepted, None), "the rest is to follow");
    // Nobody cancels what is on its way.
    let before = market.written().await;
    assert_eq!(
        refused(fulfil::reject(&market.cx(), &at, order.id, CancelReason::OutOfStock).await),
        Code::Conflict
    );
    assert_eq!(market.written().await, before);

    fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);
    let second = market.shipment(order.id).await;
    fulfil::hand_over_parcel(&market.cx(), &at, order.id, second.id).await.unwrap();
    assert_eq!(market.only(bought.group()).await.state, OrderState::Shipped);
    market.app.run_jobs().await;
    assert_eq!((market.stock(coffee).await, market.stock(tea).await), ((6, 0), (8, 0)));
    let page = orders::order(&market.cx(), &guest(1), order.id).await.unwrap().unwrap();
    let said: Vec<Vec<i32>> =
        page.parcels.iter().map(|it| it.pieces.iter().map(|piece| piece.quantity).collect()).collect();
    assert_eq!(said, [vec![2], vec![1, 1]]);
    assert!(page.parcels.iter().all(|parcel| parcel.waybill.is_some() && parcel.left));
    market.parcel_seen(&second, ShipmentState::Delivered).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered);
    orders::receive(&market.cx(), &guest(1), order.id).await.unwrap();
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_left_out_is_paid_back_by_its_share_and_the_rest_goes_on(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 33_333, 9).await;
    market.voucher(1, "HEMAT", Scope::Platform, fixed(5_000), None).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 3)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "HEMAT").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    let payment = placed.payment.unwrap();
    market.later();
    market.pay(payment, "a", shown.summary.total.amount()).await;
    market.app.run_jobs().await;
    let order = market.only(placed.group).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    fulfil::accept(&cx, &at, order.id).await.unwrap();
    let one = market.pieces(order.id, coffee, 1).await;
    let wrong = fulfil::leave_out(&cx, &at, None, order.id, &[one], CancelReason::ChangedMind).await;
    assert_eq!(refused(wrong), Code::Invalid);
    let key: Key = "one".parse().unwrap();
    for _ in 0..2 {
        fulfil::leave_out(&cx, &at, Some(&key), order.id, &[one], CancelReason::OutOfStock).await.unwrap();
    }
    market.app.run_jobs().await;
    // A third of 94.999 that were paid, and of the 5.000 that the platform adds.
    let (refund, discount) = (31_667, 1_667);
    assert_eq!(market.bank.asked_back(payment), [refund]);
    assert_eq!(market.number("select count(*) from delivery where kind = 'pieces_left_out'").await, 1);
    assert_eq!(market.escrow(order.id).await, order.sums.total.amount() - refund);
    assert_eq!(market.stock(coffee).await, (7, 2), "it is for sale again");
    market.adds_up().await;

    fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
    fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
    let parcel = market.shipment(order.id).await;
    market.parcel_seen(&parcel, ShipmentState::Delivered).await;
    let page = fulfil::order(&market.cx(), &at, order.id).await.unwrap().unwrap();
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    market.app.run_jobs().await;
    let commission = order.sums.commission.amount();
    let less = commission * refund / order.sums.goods.amount();
    let earned = 94_999 + 5_000 - commission - refund - discount + less;
    assert_eq!(market.seller().await, earned);
    assert_eq!(page.earnings.total.amount(), earned, "as the shop was shown");
    market.settle_refunds(payment).await;
    assert_eq!(market.owed(placed.group).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn where_nothing_is_left_to_send_the_order_is_cancelled(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 3)]).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    for (quantity, state) in [(1, OrderState::Accepted), (2, OrderState::Cancelled)] {
        let pieces = market.pieces(order.id, coffee, quantity).await;
        fulfil::leave_out(&cx, &at, None, order.id, &[pieces], CancelReason::OutOfStock).await.unwrap();
        assert_eq!(market.only(bought.group()).await.state, state);
        market.later();
    }
    market.app.run_jobs().await;
    let back = market.bank.asked_back(bought.payment());
    assert_eq!((back.len(), back.iter().sum::<i64>()), (2, bought.total), "shipping as well");
    assert_eq!((market.escrow(order.id).await, market.stock(coffee).await), (0, (9, 0)));
    market.settle_refunds(bought.payment()).await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_not_sent_in_time_is_left_out_by_the_clock(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 3)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let one = market.pieces(order.id, coffee, 1).await;
    let first = market.packs(&at, order.id, vec![one]).await;
    fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
    // One more is packed and never fetched, and one is not even packed.
    market.packs(&at, order.id, vec![one]).await;
    market.app.advance(Duration::days(4)).await;
    let now = market.only(bought.group()).await;
    assert_eq!(now.state, OrderState::Shipped);
    assert_eq!(market.bank.asked_back(bought.payment()), [80_000]);
    assert_eq!(market.carrier.depot().cancelled.len(), 1);
    assert_eq!(market.stock(coffee).await, (8, 0));
    let progress = market.progress(order.id).await[0];
    assert_eq!((progress.packed, progress.left_out), (1, 2));
    market.parcel_seen(&first, ShipmentState::Delivered).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_parcels_that_do_not_arrive_each_is_paid_back_by_itself(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 3)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let one = market.pieces(order.id, coffee, 1).await;
    let mut parcels = vec![];
    for _ in 0..3 {
        parcels.push(market.packs(&at, order.id, vec![one]).await);
    }
    fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
    market.parcel_seen(&parcels[0], ShipmentState::ReturnedToSender).await;
    assert_eq!(market.stock(coffee).await, (7, 0), "one is on the shelf again");
    market.parcel_seen(&parcels[1], ShipmentState::Lost).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Shipped);
    assert_eq!(market.bank.asked_back(bought.payment()), [40_000, 40_000]);
    market.adds_up().await;
    // The last of them: nothing of the order reaches its buyer, so all of it goes back.
    market.parcel_seen(&parcels[2], ShipmentState::Lost).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Cancelled);
    assert_eq!(market.bank.asked_back(bought.payment()).iter().sum::<i64>(), bought.total);
    assert_eq!(market.escrow(order.id).await, 0);
    market.settle_refunds(bought.payment()).await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn one_of_two_that_is_lost_lets_the_other_end_the_order(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 2)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let one = market.pieces(order.id, coffee, 1).await;
    let first = market.packs(&at, order.id, vec![one]).await;
    let second = market.packs(&at, order.id, vec![one]).await;
    market.parcel_seen(&first, ShipmentState::Delivered).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed, "the other has not left");
    market.parcel_seen(&second, ShipmentState::Lost).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered);
    let page = orders::order(&market.cx(), &guest(1), order.id).await.unwrap().unwrap();
    assert_eq!((page.parcels.len(), page.left_out.len()), (1, 1));
    assert_eq!((page.left_out[0].reason, page.left_out[0].refund.amount()), (CancelReason::Lost, 40_000));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_more_is_packed_or_left_out_than_was_sold(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, _) = market.accepted(1, &[(coffee, 2)]).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let (one, three) = (market.pieces(order.id, coffee, 1).await, market.pieces(order.id, coffee, 3).await);
    market.app.run_jobs().await;
    let before = market.written().await;
    let with = |pieces: Vec<LinePieces>| Packing { pieces: Some(pieces), ..Packing::default() };
    for wrong in [vec![three], vec![one, one], vec![]] {
        let packed = fulfil::pack_as(&cx, &at, None, order.id, &with(wrong.clone())).await;
        assert!(matches!(packed, Err(FulfilError::Pieces)), "{packed:?}");
        let out = fulfil::leave_out(&cx, &at, None, order.id, &wrong, CancelReason::Other).await;
        assert_eq!(refused(out), Code::Invalid);
    }
    for at in [market.at_shop(1, Permission::Orders).await, market.at_shop(0, Permission::Stock).await] {
        let packed = fulfil::pack_as(&cx, &at, None, order.id, &with(vec![one])).await;
        assert_eq!(refused(packed), Code::NotFound);
        let out = fulfil::leave_out(&cx, &at, None, order.id, &[one], CancelReason::Other).await;
        assert_eq!(refused(out), Code::NotFound);
    }
    assert_eq!(market.written().await, before);

    // Under one key it is packed once, and whoever writes past all this is refused by the database.
    let key: Key = "first".parse().unwrap();
    for _ in 0..2 {
        fulfil::pack_as(&cx, &at, Some(&key), order.id, &with(vec![one])).await.unwrap();
    }
    assert_eq!(market.progress(order.id).await[0].packed, 1);
    let parcel = market.shipment(order.id).await;
    let theirs = market.at_shop(1, Permission::Orders).await;
    assert_eq!(refused(fulfil::hand_over_parcel(&cx, &theirs, order.id, parcel.id).await), Code::NotFound);
    let (other, _) = market.accepted(2, &[(coffee, 2)]).await;
    assert_eq!(refused(fulfil::hand_over_parcel(&cx, &at, other.id, parcel.id).await), Code::NotFound);
    for (order, quantity, constraint) in
        [(order.id, 2, "order_line_pieces_within"), (other.id, 1, "shipment_line_of_its_order")]
    {
        let line = market.pieces(order, coffee, quantity).await.line;
        let forced = sqlx::query(
            "with late as (insert into shipment (id, order_id, carrier, weight_g, created_at)
                           select gen_random_uuid(), order_id, carrier, weight_g, created_at from shipment where id = $1
                           returning id)
             insert into shipment_line (shipment_id, line_id, quantity) select id, $2, $3 from late",
        )
        .bind(parcel.id.uuid())
        .bind(line.uuid())
        .bind(quantity)
        .execute(cx.db())
        .await;
        let refused = forced.unwrap_err().into_database_error().unwrap();
        assert_eq!(refused.constraint(), Some(constraint));
    }
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_paid_at_the_door_goes_in_one_parcel(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::Cod).await;
    market.app.run_jobs().await;
    let order = market.only(bought.group()).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    fulfil::accept(&cx, &at, order.id).await.unwrap();
    let one = market.pieces(order.id, coffee, 1).await;
    let some = Packing { pieces: Some(vec![one]), ..Packing::default() };
    assert_eq!(refused(fulfil::pack_as(&cx, &at, None, order.id, &some).await), Code::Invalid);
    let out = fulfil::leave_out(&cx, &at, None, order.id, &[one], CancelReason::OutOfStock).await;
    assert_eq!(refused(out), Code::Invalid);
    let all = Packing { pieces: Some(vec![market.pieces(order.id, coffee, 2).await]), ..Packing::default() };
    fulfil::pack_as(&cx, &at, None, order.id, &all).await.unwrap();
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);
    assert_eq!(market.carrier.depot().booked[0].cash, Some(order.sums.total));
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_says_when_its_courier_comes_until_that_has_the_parcel(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 1)]).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let ways = fulfil::order(&cx, &at, order.id).await.unwrap().unwrap().ways;
    let slot = ways[0];
    assert!(matches!(slot, Collection::Slot { from, .. } if from > cx.now().unix_timestamp()), "{ways:?}");
    assert_eq!(ways.last(), Some(&Collection::DropOff));
    let past = Collection::Slot { from: 0, until: 7_200 };
    let how = |collection| Packing { collection: Some(collection), ..Packing::default() };
    assert_eq!(refused(fulfil::pack_as(&cx, &at, None, order.id, &how(past)).await), Code::Invalid);
    fulfil::pack_as(&cx, &at, None, order.id, &how(slot)).await.unwrap();
    let first = market.shipment(order.id).await;
    assert_eq!((first.collection, market.carrier.depot().booked[0].collection), (slot, slot));
    let label = fulfil::label(&cx, &at, order.id).await.unwrap().unwrap();
    assert_eq!((label.parcel.collection, label.place), (slot, (1, 1)));

    let theirs = market.at_shop(1, Permission::Orders).await;
    let strange = fulfil::collect_otherwise(&cx, &theirs, order.id, first.id, Collection::DropOff).await;
    assert_eq!(refused(strange), Code::NotFound);
    assert_eq!(refused(fulfil::collect_otherwise(&cx, &at, order.id, first.id, past).await), Code::Invalid);
    fulfil::collect_otherwise(&cx, &at, order.id, first.id, slot).await.unwrap();
    assert_eq!(market.shipment(order.id).await.id, first.id, "it comes that way already");
    market.later();
    fulfil::collect_otherwise(&market.cx(), &at, order.id, first.id, Collection::DropOff).await.unwrap();
    market.app.run_jobs().await;
    let second = market.shipment(order.id).await;
    assert_eq!((second.collection, second.waybill.as_deref()), (Collection::DropOff, Some("RESI00000002")));
    assert_eq!(market.carrier.depot().cancelled, [format!("order-{}", first.id)]);
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);

    market.parcel_seen(&second, ShipmentState::PickedUp).await;
    let late = fulfil::collect_otherwise(&market.cx(), &at, order.id, second.id, Collection::PickUp).await;
    assert_eq!(refused(late), Code::Conflict);
    assert_eq!(market.only(bought.group()).await.state, OrderState::Shipped);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_is_unpacked_until_its_courier_has_it(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 2)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let (other, _) = market.accepted(2, &[(coffee, 1)]).await;
    let (accepted_at, _) = market.moments(order.id).await;
    market.later();
    fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
    let parcel = market.shipment(order.id).await;

    // Neither somebody else's people nor those of the shop who do other work, nor of another order.
    market.app.run_jobs().await;
    let before = market.written().await;
    for at in [market.at_shop(1, Permission::Orders).await, market.at_shop(0, Permission::Stock).await] {
        assert_eq!(refused(fulfil::unpack(&market.cx(), &at, order.id, parcel.id).await), Code::NotFound);
    }
    assert_eq!(refused(fulfil::unpack(&market.cx(), &at, other.id, parcel.id).await), Code::NotFound);
    assert_eq!(market.written().await, before);
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);

    market.later();
    for _ in 0..2 {
        fulfil::unpack(&market.cx(), &at, order.id, parcel.id).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Accepted);
    assert_eq!(market.moments(order.id).await, (accepted_at, None));
    assert_eq!(market.progress(order.id).await[0].packed, 0);
    assert_eq!(market.stock(coffee).await, (6, 3), "it is still promised");
    assert_eq!(market.carrier.depot().cancelled, [format!("order-{}", parcel.id)]);
    let page = fulfil::order(&market.cx(), &at, order.id).await.unwrap().unwrap();
    let steps: Vec<_> = page.timeline.iter().map(|step| step.state).collect();
    assert!(steps.ends_with(&[OrderState::Accepted, OrderState::Packed, OrderState::Accepted]), "{steps:?}");
    assert!(page.parcels.is_empty());

    // Packed anew, in two; one of them leaves, the other may still be opened.
    market.later();
    let one = market.pieces(order.id, coffee, 1).await;
    let first = market.packs(&at, order.id, vec![one]).await;
    let second = market.packs(&at, order.id, vec![one]).await;
    market.parcel_seen(&first, ShipmentState::PickedUp).await;
    let late = fulfil::unpack(&market.cx(), &at, order.id, first.id).await;
    assert_eq!(refused(late), Code::Conflict);
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);
    fulfil::unpack(&market.cx(), &at, order.id, second.id).await.unwrap();
    assert_eq!(market.only(bought.group()).await.state, OrderState::Accepted);
    assert_eq!(market.progress(order.id).await[0].packed, 1);
    // What a courier tells of a parcel that is not sent any more changes nothing.
    market.parcel_seen(&second, ShipmentState::PickedUp).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Accepted);

    market.later();
    fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
    let third = market.shipment(order.id).await;
    fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
    assert_eq!(refused(fulfil::unpack(&market.cx(), &at, order.id, third.id).await), Code::Conflict);
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (6, 1));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_that_was_booked_anew_is_not_unpacked_under_its_old_name(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (order, bought) = market.accepted(1, &[(coffee, 1)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
    let first = market.shipment(order.id).await;
    market.later();
    let cx = market.cx();
    fulfil::collect_otherwise(&cx, &at, order.id, first.id, Collection::DropOff).await.unwrap();
    assert_eq!(refused(fulfil::unpack(&cx, &at, order.id, first.id).await), Code::NotFound);
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn pieces_that_are_left_out_are_in_their_flash_sale_again(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 0, 10_000, 9).await);
    market.flash_sale(coffee, 30_000, 4).await;
    let sold = "select sold::bigint from flash_item";
    let (order, bought) = market.accepted(1, &[(coffee, 3), (tea, 1)]).await;
    assert_eq!(market.number(sold).await, 3);
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let key: Key = "one".parse().unwrap();
    let out = [market.pieces(order.id, coffee, 1).await, market.pieces(order.id, tea, 1).await];
    for _ in 0..2 {
        fulfil::leave_out(&cx, &at, Some(&key), order.id, &out, CancelReason::OutOfStock).await.unwrap();
    }
    assert_eq!(market.number(sold).await, 2, "once");
    // Somebody else has it.
    market.app.run_jobs().await;
    market.later();
    market.paid(&guest(2), &[(coffee, 2)]).await;
    assert_eq!(market.number(sold).await, 4);
    let rest = market.pieces(order.id, coffee, 2).await;
    fulfil::leave_out(&market.cx(), &at, None, order.id, &[rest], CancelReason::OutOfStock).await.unwrap();
    assert_eq!(market.only(bought.group()).await.state, OrderState::Cancelled);
    assert_eq!(market.number(sold).await, 2);
    market.app.run_jobs().await;
    market.settle_refunds(bought.payment()).await;
    market.adds_up().await;
}
