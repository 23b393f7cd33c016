//! Paying what was ordered.

use crate::{
    ApiError,
    body::MoneyBody,
    buying::{MethodBody, group_states, methods, payment_states, refused},
    checkout::ChooseMethodBody,
    extract::{Buying, IdempotencyKey, Json, Path, Signed},
    goods::instant,
};
use flows::{account::STEP_UP, pay as flow, seller::at_shop};
use kernel::{Buyer, Cx};
use model::{
    Code, Permission,
    ids::PaymentId,
    order::GroupState,
    payment::{Method, PaymentState},
    views::{Instructions, OrderRef, PaymentView, Purse},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to do to pay.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum InstructionsBody {
    /// A number to transfer to.
    VirtualAccount { number: String },
    /// What the QR picture to scan says.
    Qr { payload: String },
    /// A code to say at the counter.
    RetailCode { code: String },
    /// A page of the provider's to go to.
    Redirect { url: String },
    /// Shops of the buyer's own whose balance pays, by `POST /api/v1/payments/{id}/balance`.
    Balance { shops: Vec<PurseBody> },
}

impl From<Instructions> for InstructionsBody {
    fn from(instructions: Instructions) -> Self {
        match instructions {
            Instructions::VirtualAccount(number) => Self::VirtualAccount { number },
            Instructions::Qr(picture) => Self::Qr { payload: picture.payload },
            Instructions::RetailCode(code) => Self::RetailCode { code },
            Instructions::Redirect(url) => Self::Redirect { url },
            Instructions::Balance(purses) => {
                Self::Balance { shops: purses.shops.into_iter().map(PurseBody::from).collect() }
            }
        }
    }
}

/// A shop, and what may be taken out of its balance.
#[derive(Serialize, ToSchema)]
pub(crate) struct PurseBody {
    slug: String,
    name: String,
    available: MoneyBody,
}

impl From<Purse> for PurseBody {
    fn from(purse: Purse) -> Self {
        Self { slug: purse.slug, name: purse.name, available: purse.available.into() }
    }
}

/// Which shop pays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayFromBalanceBody {
    /// Its slug.
    shop: String,
}

/// An order that is paid by it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaidOrderBody {
    id: String,
    #[schema(example = "INV/20261129/000123")]
    number: String,
    /// The shop's name.
    shop: String,
}

impl From<OrderRef> for PaidOrderBody {
    fn from(order: OrderRef) -> Self {
        Self { id: order.id.to_string(), number: order.number, shop: order.shop }
    }
}

/// One attempt to pay an order group.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaymentBody {
    id: String,
    order_group_id: String,
    #[schema(schema_with = payment_states)]
    state: PaymentState,
    #[schema(schema_with = group_states)]
    order_group_state: GroupState,
    #[schema(schema_with = methods)]
    payment_method: Method,
    amount: MoneyBody,
    /// Without what this way to pay costs: another costs its own `fee` on top of it.
    amount_before_fee: MoneyBody,
    #[schema(format = DateTime)]
    due_at: String,
    /// When this was read, for counting down to `due_at`.
    #[schema(format = DateTime)]
    now: String,
    /// Absent while the provider is being asked, and when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<InstructionsBody>,
    /// The provider does not answer; another way to pay can be chosen.
    unreachable: bool,
    /// Other ways to pay the same goods, while that is possible.
    other_methods: Vec<MethodBody>,
    orders: Vec<PaidOrderBody>,
    /// Money that came too late or twice goes back: so much.
    given_back: MoneyBody,
}

impl From<PaymentView> for PaymentBody {
    fn from(view: PaymentView) -> Self {
        Self {
            id: view.id.to_string(),
            order_group_id: view.group.to_string(),
            state: view.state,
            order_group_state: view.group_state,
            payment_method: view.method,
            amount: view.amount.into(),
            amount_before_fee: view.before_fee.into(),
            due_at: instant(view.due_at),
            now: instant(view.now),
            instructions: view.instructions.map(InstructionsBody::from),
            unreachable: view.unreachable,
            other_methods: view.others.into_iter().map(MethodBody::from).collect(),
            orders: view.orders.into_iter().map(PaidOrderBody::from).collect(),
            given_back: view.given_back.into(),
        }
    }
}

async fn here(cx: &Cx, buyer: &Buyer, id: PaymentId) -> Result<axum::Json<PaymentBody>, ApiError> {
    let payment = flow::view(cx, buyer, id).await?;
    payment.map(|payment| axum::Json(payment.into())).ok_or_else(|| Code::NotFound.into())
}

/// A payment
#[utoipa::path(get, path = "/api/v1/payments/{id}", tag = "buying",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "The payment", body = PaymentBody), ApiError))]
pub(crate) async fn one(
    Buying(cx, buyer): Buying,
    Path(id): Path<PaymentId>,
) -> Result<axum::Json<PaymentBody>, ApiError> {
    here(&cx, &buyer, id).await
}

/// Pay another way
///
/// The payment is given up for a new one with the same deadline; what is paid changes by what the other method costs more
/// or less, as `other_methods` says. Again, it is the one that was
/// made the first time. 409 `already_paid` where money has come, 409 `conflict` where it is over.
#[utoipa::path(post, path = "/api/v1/payments/{id}/method", tag = "buying", request_body = ChooseMethodBody,
    params(("id" = String, Path, description = "The payment's id"), IdempotencyKey),
    responses((status = 200, description = "The payment that takes its place", body = PaymentBody), ApiError))]
pub(crate) async fn change_method(
    Buying(cx, buyer): Buying,
    Path(id): Path<PaymentId>,
    key: IdempotencyKey,
    Json(body): Json<ChooseMethodBody>,
) -> Result<axum::Json<PaymentBody>, ApiError> {
    let id =
        flow::change_method_once(&cx, &buyer, key.get(), id, body.payment_method).await.map_err(refused)?;
    here(&cx, &buyer, id).await
}

/// Pay from the balance of a shop
///
/// Of one's own, by its owner, who has proved who they are in the last ten minutes. 409 `already_paid` once it is paid,
/// 422 `insufficient_balance` where the shop has less.
#[utoipa::path(post, path = "/api/v1/payments/{id}/balance", tag = "buying", request_body = PayFromBalanceBody,
    params(("id" = String, Path, description = "The payment's id")),
    responses((status = 200, description = "The payment, captured", body = PaymentBody), ApiError))]
pub(crate) async fn from_balance(
    Signed(cx, member): Signed,
    Path(id): Path<PaymentId>,
    Json(body): Json<PayFromBalanceBody>,
) -> Result<axum::Json<PaymentBody>, ApiError> {
    let at = at_shop(&cx, &body.shop, Permission::Money).await.map_err(refused)?;
    let proved = cx.proved(STEP_UP)?;
    flow::from_balance(&cx, &at, &proved, id).await.map_err(refused)?;
    here(&cx, &Buyer::Member(member.account), id).await
}
