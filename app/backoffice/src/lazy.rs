//! The pages as routes whose code the browser fetches when they are opened.

use crate::{audit, messages, search};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use ui::piece;

piece!(
    backoffice, __preload_backoffice, Backoffice:
    Audit = audit::AuditDesk,
    Messages = messages::MessagesDesk,
    Message = messages::MessageDesk,
    Templates = messages::TemplatesDesk,
    Search = search::SearchDesk,
);
