//! Pages that shoppers do not come to, in one piece of the wasm: what two pieces share is a file of its own for each
//! such pair, so the fewer there are, the fewer files a page loads.

use backoffice::{audit, messages, search};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use storefront::design;
use ui::piece;

piece!(
    backstage, __preload_backstage, Backstage:
    Design = design::DesignPage,
    Audit = audit::AuditDesk,
    Messages = messages::MessagesDesk,
    Message = messages::MessageDesk,
    Templates = messages::TemplatesDesk,
    Search = search::SearchDesk,
);
