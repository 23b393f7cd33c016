//! The public API: REST under `/api/v1`, described by the OpenAPI document it is generated with.
//!
//! One registration (`routes!`) makes both the route and its entry in the document, so that neither is without the
//! other. Handlers are thin: they parse, call a flow or a view, and answer in the vocabulary of [`body`]. The manners
//! all endpoints share (problem documents, lists, money) are said once, in the document's introduction.

mod accounts;
mod addresses;
pub mod body;
mod buying;
mod carts;
mod catalog;
mod checkout;
mod coins;
mod docs;
mod error;
pub mod extract;
mod figures;
mod goods;
mod membership;
mod meta;
mod operators;
mod orders;
mod passkeys;
mod payments;
mod profile;
mod provider;
mod regions;
mod sellers;
mod selling;
mod sessions;
mod takings;
mod two_step;
mod wishlists;

pub use error::ApiError;
pub use extract::{Json, Path, Query};

use axum::{
    Router,
    body::Bytes,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use http::header;
use model::Code;
use utoipa::{OpenApi as _, openapi::OpenApi};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Pasar API",
        description = include_str!("introduction.txt"),
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    tags((name = "api", description = "The API itself"), (name = "catalog", description = "Goods, shops and finding them"), (name = "regions", description = "Provinces, cities and districts"), (name = "account", description = "What members keep"), (name = "buying", description = "Carts, checkout, paying and orders"), (name = "selling", description = "Shops, for the people they belong to"), (name = "operating", description = "What operators look after, each with a duty of its own")),
    components(schemas(body::ProblemBody, body::MoneyBody)),
)]
struct Document;

/// The endpoints and their description, made from the same registrations.
pub fn endpoints(health: web::Health) -> (Router, OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(meta::api))
        .routes(routes!(meta::status))
        .routes(routes!(catalog::categories))
        .routes(routes!(catalog::find))
        .routes(routes!(catalog::suggest))
        .routes(routes!(catalog::products))
        .routes(routes!(catalog::one_product))
        .routes(routes!(catalog::product_reviews))
        .routes(routes!(catalog::one_shop))
        .routes(routes!(catalog::shop_products))
        .routes(routes!(regions::regions))
        .routes(routes!(regions::find))
        .routes(routes!(addresses::list, addresses::add))
        .routes(routes!(addresses::one, addresses::change, addresses::remove))
        .routes(routes!(addresses::choose_default))
        .routes(routes!(profile::one, profile::change))
        .routes(routes!(profile::set_picture, profile::remove_picture))
        .routes(routes!(wishlists::lists, wishlists::make))
        .routes(routes!(wishlists::one, wishlists::rename, wishlists::delete))
        .routes(routes!(wishlists::share, wishlists::unshare))
        .routes(routes!(wishlists::put))
        .routes(routes!(wishlists::move_to, wishlists::take))
        .routes(routes!(wishlists::shared))
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::confirm))
        .routes(routes!(accounts::forgotten, accounts::reset))
        .routes(routes!(accounts::me))
        .routes(routes!(membership::one))
        .routes(routes!(coins::one))
        .routes(routes!(coins::history))
        .routes(routes!(accounts::prove))
        .routes(routes!(accounts::change_password, passkeys::remove_password))
        .routes(routes!(passkeys::list, passkeys::add))
        .routes(routes!(passkeys::offer))
        .routes(routes!(passkeys::rename, passkeys::remove))
        .routes(routes!(passkeys::ask_again))
        .routes(routes!(provider::one, provider::unlink))
        .routes(routes!(sessions::sign_in, sessions::list, sessions::end_others))
        .routes(routes!(sessions::second_step))
        .routes(routes!(passkeys::ask))
        .routes(routes!(passkeys::sign_in))
        .routes(routes!(sessions::sign_out))
        .routes(routes!(sessions::end))
        .routes(routes!(two_step::offer, two_step::confirm, two_step::remove))
        .routes(routes!(two_step::new_codes))
        .routes(routes!(carts::open))
        .routes(routes!(carts::one))
        .routes(routes!(carts::add))
        .routes(routes!(carts::change, carts::remove))
        .routes(routes!(carts::seen))
        .routes(routes!(carts::add_code))
        .routes(routes!(carts::use_best))
        .routes(routes!(carts::remove_code))
        .routes(routes!(checkout::set_contact))
        .routes(routes!(checkout::set_address))
        .routes(routes!(checkout::options))
        .routes(routes!(checkout::set_shipping))
        .routes(routes!(checkout::set_method))
        .routes(routes!(checkout::set_coins))
        .routes(routes!(checkout::one, checkout::place))
        .routes(routes!(payments::one))
        .routes(routes!(payments::change_method))
        .routes(routes!(payments::from_balance))
        .routes(routes!(orders::group))
        .routes(routes!(orders::list))
        .routes(routes!(orders::one))
        .routes(routes!(orders::cancel))
        .routes(routes!(orders::buy_again))
        .routes(routes!(sellers::list, sellers::open))
        .routes(routes!(sellers::today::to_do))
        .routes(routes!(sellers::one))
        .routes(routes!(sellers::leave))
        .routes(routes!(sellers::join))
        .routes(routes!(sellers::people::list))
        .routes(routes!(sellers::people::invite))
        .routes(routes!(sellers::people::withdraw))
        .routes(routes!(sellers::people::change_role, sellers::people::remove))
        .routes(routes!(sellers::people::hand_over))
        .routes(routes!(orders::receive))
        .routes(routes!(selling::list))
        .routes(routes!(selling::accept_several))
        .routes(routes!(selling::one))
        .routes(routes!(selling::accept))
        .routes(routes!(selling::reject))
        .routes(routes!(selling::pack))
        .routes(routes!(selling::leave_out))
        .routes(routes!(selling::hand_over_parcel))
        .routes(routes!(selling::unpack))
        .routes(routes!(selling::collect))
        .routes(routes!(selling::hand_over))
        .routes(routes!(selling::book_courier))
        .routes(routes!(takings::balance))
        .routes(routes!(takings::statement))
        .routes(routes!(takings::add_account))
        .routes(routes!(takings::remove_account))
        .routes(routes!(takings::request))
        .routes(routes!(figures::analytics))
        .routes(routes!(figures::health))
        .routes(routes!(sellers::settings::one, sellers::settings::change))
        .routes(routes!(sellers::settings::plan_holiday, sellers::settings::end_holiday))
        .routes(routes!(sellers::settings::move_to))
        .routes(routes!(sellers::vouchers::list, sellers::vouchers::make))
        .routes(routes!(sellers::vouchers::preview))
        .routes(routes!(sellers::vouchers::one, sellers::vouchers::change, sellers::vouchers::extend))
        .routes(routes!(sellers::flash::list))
        .routes(routes!(sellers::flash::one))
        .routes(routes!(sellers::flash::goods))
        .routes(routes!(sellers::flash::preview))
        .routes(routes!(sellers::flash::nominate, sellers::flash::withdraw))
        .routes(routes!(sellers::bundles::list))
        .routes(routes!(sellers::bundles::one, sellers::bundles::set))
        .routes(routes!(sellers::prices::list))
        .routes(routes!(sellers::prices::set))
        .routes(routes!(sellers::prices::cancel))
        .routes(routes!(sellers::stock::list))
        .routes(routes!(sellers::stock::one))
        .routes(routes!(sellers::stock::movements))
        .routes(routes!(sellers::stock::change))
        .routes(routes!(sellers::stock::carry))
        .routes(routes!(sellers::stock::sell_by))
        .routes(routes!(sellers::reorder::list))
        .routes(routes!(sellers::transfers::list, sellers::transfers::draft))
        .routes(routes!(sellers::transfers::one, sellers::transfers::cancel))
        .routes(routes!(sellers::transfers::load))
        .routes(routes!(sellers::transfers::send))
        .routes(routes!(sellers::transfers::receive))
        .routes(routes!(sellers::transfers::write_off))
        .routes(routes!(sellers::counts::list, sellers::counts::start))
        .routes(routes!(sellers::counts::one, sellers::counts::discard))
        .routes(routes!(sellers::counts::write))
        .routes(routes!(sellers::counts::post))
        .routes(routes!(sellers::warehouses::warehouses, sellers::warehouses::open_warehouse))
        .routes(routes!(sellers::warehouses::rename_warehouse))
        .routes(routes!(sellers::warehouses::move_warehouse))
        .routes(routes!(sellers::warehouses::close_warehouse))
        .routes(routes!(sellers::warehouses::reopen_warehouse))
        .routes(routes!(sellers::imports::export))
        .routes(routes!(sellers::imports::list, sellers::imports::send))
        .routes(routes!(sellers::imports::one))
        .routes(routes!(sellers::imports::take_over))
        .routes(routes!(sellers::imports::cancel))
        .routes(routes!(sellers::imports::bad_rows))
        .routes(routes!(sellers::together::list, sellers::together::change))
        .routes(routes!(sellers::together::one))
        .routes(routes!(sellers::together::apply))
        .routes(routes!(sellers::together::undo))
        .routes(routes!(sellers::products::begin))
        .routes(routes!(sellers::products::one, sellers::products::change))
        .routes(routes!(sellers::products::submit))
        .routes(routes!(sellers::products::hide))
        .routes(routes!(sellers::products::show))
        .routes(routes!(sellers::products::archive))
        .routes(routes!(sellers::products::copy))
        .routes(routes!(sellers::products::attach))
        .routes(routes!(sellers::products::shift, sellers::products::detach))
        .routes(routes!(operators::search::explain))
        .routes(routes!(operators::search::list, operators::search::add))
        .routes(routes!(operators::search::remove))
        .with_state(health)
        .split_for_parts()
}

/// Everything under `/api`: the endpoints, their description for programs and for people, and a problem document for
/// any other address. `stylesheet` is the site's, for the documentation page.
pub fn router(health: web::Health, stylesheet: &str) -> Router {
    let (endpoints, document) = endpoints(health);
    let page = docs::page(&document, stylesheet);
    let json = document.to_json().unwrap_or_default();
    let missing = || async { ApiError::from(Code::NotFound).into_response() };
    endpoints
        .route("/api/v1/openapi.json", get(Fixed("application/json", json.into())))
        .route("/api/docs", get(Fixed("text/html; charset=utf-8", page.into())))
        .route("/api/docs.css", get(Fixed("text/css; charset=utf-8", include_str!("docs.css").into())))
        .route("/api", any(missing))
        .route("/api/", any(missing))
        .route("/api/{*rest}", any(missing))
}

/// An answer that is the same as long as the process runs: its type and text.
#[derive(Clone)]
struct Fixed(&'static str, Bytes);

impl IntoResponse for Fixed {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, self.0), (header::CACHE_CONTROL, "public, max-age=300")], self.1)
            .into_response()
    }
}
