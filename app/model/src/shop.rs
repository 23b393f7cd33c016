//! Shops, as the people they belong to know them.

mod bulk;
mod bundle;
mod count;
mod editor;
mod goods;
mod price;
mod settings;
mod stall;
mod stock;
mod transfer;
mod voucher;

pub use bulk::{
    BulkChange, BulkChosen, BulkCounts, BulkEdit, BulkFate, BulkInput, BulkKind, BulkPage, BulkPlace,
    BulkProblem, BulkRow, BulkShown, BulkState, BulkTold, BulkValue, together,
};
pub use bundle::{Bundle, BundlePart};
pub use count::{CountInput, CountLine, CountRow, CountShow, CountState, StockCount};
pub use editor::{
    AttributeInput, CategoryChoice, EditAct, EditorAttribute, EditorKind, EditorPicture, OptionInput,
    PictureAct, ProductEditor, ProductInput, TierInput, VariantInput, leaves, most,
};
pub use goods::{
    BadRow, GoodsImport, GoodsImportPage, ImportFailure, ImportState, RowCounts, RowDifference, RowProblem,
    RowSample, SheetFormat, file,
};
pub use price::{PriceStanding, TimedPrice, TimedPriceInput};
pub use settings::{
    HolidayInput, HolidayNote, OpenHours, OutsideCourier, Sender, SenderAddress, SettingsInput, ShopPicture,
    ShopSettings,
};
pub use stall::{LOW_STOCK, StallFilter, StallRow, StallVariant};
pub use stock::{
    AdjustReason, MovementKind, MovementRow, PiecesInput, ReorderRow, StockChangeInput, StockFilter,
    StockMoveInput, StockPlace, StockPolicyInput, StockReason, VariantStock, WarehouseRow, suggested,
};
pub use transfer::{
    StockTransfer, TransferInput, TransferLine, TransferOffer, TransferRow, TransferState, TransferStep,
    TransferStepKind, WriteOffInput, WriteOffReason,
};
pub use voucher::{
    ShopVoucher, UsualOrder, VoucherCategory, VoucherCost, VoucherInput, VoucherKind, VoucherList,
    VoucherStanding,
};

use crate::{
    ShopRole, Slug,
    ids::{AccountId, DocumentId, InvitationId, ShopId, VerificationId},
    named,
};
use serde::{Deserialize, Serialize};

/// How much is taken. Lengths are in characters.
pub mod limits {
    /// Shops one person may have of their own.
    pub const MOST_OWNED: u32 = 3;
    pub const NAME_LEAST: usize = 3;
    pub const NAME: usize = 60;
    pub const SLUG_LEAST: usize = 3;
    /// Of a shop that opens; some that were brought from elsewhere have longer ones.
    pub const SLUG: usize = 40;
    pub const DESCRIPTION: usize = 2_000;
    pub const LEGAL_NAME: usize = 100;
    /// What shoppers are told while it is on holiday.
    pub const HOLIDAY_MESSAGE: usize = 300;
    /// The longest holiday, in days, and how far ahead one may be planned.
    pub const HOLIDAY_DAYS: i64 = 90;
    pub const HOLIDAY_AHEAD_DAYS: i64 = 365;
    pub const VOUCHER_NAME: usize = 80;
    /// Products one voucher may name.
    pub const VOUCHER_PRODUCTS: usize = 50;
    /// The most one voucher gives off, and is budgeted with, in rupiah.
    pub const VOUCHER_AMOUNT: i64 = 1_000_000_000;
    pub const VOUCHER_USES: i64 = 1_000_000;
    /// Pieces that have to be bought, and that are free.
    pub const VOUCHER_PIECES: i64 = 100;
    /// How far ahead one may begin.
    pub const VOUCHER_AHEAD_DAYS: i64 = 365;
    /// How far ahead a price for a time may begin, and how long it may hold.
    pub const PRICE_AHEAD_DAYS: i64 = 365;
    pub const PRICE_DAYS: i64 = 90;
    /// Different things in a bundle.
    pub const BUNDLE_PARTS: usize = 20;
    /// Of a warehouse.
    pub const WAREHOUSE_NAME: usize = 60;
    /// Pieces that may be counted or moved at once.
    pub const PIECES: i64 = 1_000_000;
    /// Of what a list of stock is narrowed by.
    pub const STOCK_QUERY: usize = 100;
    /// Variants that go from one warehouse to another at once.
    pub const TRANSFER_LINES: u32 = 200;
    /// Why a shop was sent back.
    pub const REASON: usize = 500;
    /// Of one document as it is sent.
    pub const DOCUMENT_BYTES: usize = 8 * 1024 * 1024;
    /// People of one shop, those asked included.
    pub const MOST_PEOPLE: u32 = 50;
    /// An invitation holds so long.
    pub const INVITATION_DAYS: u16 = 7;
    /// Documents are deleted so many days after the decision.
    pub const KEEP_DAYS: u16 = 30;
}

named!(
    /// How a shop stands with the market.
    ShopState {
        /// Waits for an operator to look at who opened it.
        InReview = "in_review",
        /// Was looked at and sent back; whoever opened it corrects and sends again.
        Rejected = "rejected",
        Open = "open",
        /// Can be looked at; nothing can be bought.
        OnHoliday = "on_holiday",
        /// By an operator.
        Suspended = "suspended",
        Closed = "closed",
    }
);

impl ShopState {
    /// Whether shoppers see it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Open | Self::OnHoliday)
    }

    /// Whether an operator has found it to be who it says it is.
    pub const fn is_verified(self) -> bool {
        !matches!(self, Self::InReview | Self::Rejected)
    }
}

/// A shop as one of its people sees it among theirs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffShop {
    pub id: ShopId,
    pub slug: Slug,
    pub name: String,
    /// Theirs.
    pub role: ShopRole,
    pub state: ShopState,
}

/// A shop as it is typed by whoever opens it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopInput {
    pub name: String,
    /// Empty for one made of the name.
    pub slug: String,
    /// Code of the district its goods are sent from.
    pub district: String,
    pub description: String,
}

named!(
    /// Who is behind a shop.
    ApplicantKind {
        Person = "person",
        Company = "company",
    }
);

named!(
    /// What somebody shows to prove it.
    DocumentKind {
        /// The front of an identity card (*KTP*).
        IdentityCard = "identity_card",
        /// Its owner, holding it.
        Selfie = "selfie",
        /// The deed or the business number (*NIB*).
        CompanyPapers = "company_papers",
    }
);

impl ApplicantKind {
    /// All that has to be shown; a company shows the card of who answers for it.
    pub const fn documents(self) -> &'static [DocumentKind] {
        match self {
            Self::Person => &[DocumentKind::IdentityCard, DocumentKind::Selfie],
            Self::Company => &[DocumentKind::CompanyPapers, DocumentKind::IdentityCard],
        }
    }
}

impl DocumentKind {
    /// Whether it may come as a PDF; all may come as photographs.
    pub const fn may_be_pdf(self) -> bool {
        matches!(self, Self::CompanyPapers)
    }
}

/// How far a shop has come in being verified. Instants are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing has been shown yet.
    Missing,
    Waiting {
        since: i64,
    },
    Rejected {
        at: i64,
        reason: String,
    },
    Verified,
}

impl Standing {
    /// Whether its owner has to send documents.
    pub const fn wants_documents(&self) -> bool {
        matches!(self, Self::Missing | Self::Rejected { .. })
    }
}

/// A shop that waits to be looked at, among the others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WaitingShop {
    pub id: VerificationId,
    pub shop: ShopId,
    pub name: String,
    pub city: String,
    pub kind: ApplicantKind,
    pub sent_at: i64,
    /// How often it was sent back before.
    pub rejected_before: u32,
}

/// Everything an operator decides by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopCase {
    pub id: VerificationId,
    pub shop: ShopId,
    pub slug: Slug,
    pub name: String,
    pub description: String,
    pub place: String,
    pub kind: ApplicantKind,
    /// As on the documents.
    pub legal_name: String,
    pub sent_at: i64,
    pub documents: Vec<ShownDocument>,
    /// None while nobody has decided.
    pub decided: Option<Decision>,
    /// Those before, the latest first.
    pub before: Vec<Decision>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownDocument {
    pub id: DocumentId,
    pub kind: DocumentKind,
    pub bytes: u64,
    /// Its time is over.
    pub deleted: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    pub approved: bool,
    pub reason: Option<String>,
    pub at: i64,
}

/// Who works in a shop, and who was asked to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffPage {
    /// The owner first, then the longest there.
    pub people: Vec<StaffRow>,
    pub invitations: Vec<InvitationRow>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StaffRow {
    pub account: AccountId,
    /// As they call themselves.
    pub name: Option<String>,
    /// Enough to recognise them: `b•••@mail.example`.
    pub contact: String,
    pub role: ShopRole,
    pub since: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InvitationRow {
    pub id: InvitationId,
    pub email: String,
    pub role: ShopRole,
    pub expires_at: i64,
}

/// An invitation as whoever was asked sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Invitation {
    pub shop: String,
    pub role: ShopRole,
    pub expires_at: i64,
}
