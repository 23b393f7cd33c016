//! All that can be done with an order on its page.

use super::rpc::{
    AcceptOrder, BookCourierAgain, CollectOtherwise, HandOverOrder, HandOverParcel, LeaveOutPieces,
    PackOrder, RejectOrder, UnpackParcel,
};
use crate::parts::error_of;
use leptos::prelude::*;
use model::AppError;

#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub accept: ServerAction<AcceptOrder>,
    pub reject: ServerAction<RejectOrder>,
    pub pack: ServerAction<PackOrder>,
    pub leave_out: ServerAction<LeaveOutPieces>,
    pub hand_over: ServerAction<HandOverOrder>,
    pub hand_over_parcel: ServerAction<HandOverParcel>,
    pub unpack: ServerAction<UnpackParcel>,
    pub collect: ServerAction<CollectOtherwise>,
    pub again: ServerAction<BookCourierAgain>,
}

impl Acts {
    pub fn new() -> Self {
        Self {
            accept: ServerAction::new(),
            reject: ServerAction::new(),
            pack: ServerAction::new(),
            leave_out: ServerAction::new(),
            hand_over: ServerAction::new(),
            hand_over_parcel: ServerAction::new(),
            unpack: ServerAction::new(),
            collect: ServerAction::new(),
            again: ServerAction::new(),
        }
    }

    /// How often something was done, so that the order is read again.
    pub fn count(self) -> usize {
        self.accept.version().get()
            + self.reject.version().get()
            + self.pack.version().get()
            + self.leave_out.version().get()
            + self.hand_over.version().get()
            + self.hand_over_parcel.version().get()
            + self.unpack.version().get()
            + self.collect.version().get()
            + self.again.version().get()
    }

    pub fn error(self) -> Signal<Option<AppError>> {
        let errors = [
            error_of(self.accept),
            error_of(self.reject),
            error_of(self.pack),
            error_of(self.leave_out),
            error_of(self.hand_over),
            error_of(self.hand_over_parcel),
            error_of(self.unpack),
            error_of(self.collect),
            error_of(self.again),
        ];
        Signal::derive(move || errors.iter().find_map(Get::get))
    }
}

/// Which order of which shop a form is about.
#[component]
pub(super) fn Whose(shop: String, id: String) -> impl IntoView {
    view! {
        <input r#type="hidden" name="shop" value=shop />
        <input r#type="hidden" name="order" value=id />
    }
}
