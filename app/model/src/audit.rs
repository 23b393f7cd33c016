//! What the audit log knows: a closed set of actions, and of things they are done to.

use crate::named;

named!(
    /// What was done: `thing.done`, in the past tense. Each has its words in `words::audit::action`.
    Action {
        AccountRegistered = "account.registered",
        AccountSuspended = "account.suspended",
        AccountRestored = "account.restored",
        AccountExported = "account.exported",
        DeletionScheduled = "account.deletion_scheduled",
        DeletionCancelled = "account.deletion_cancelled",
        AccountDeleted = "account.deleted",
        ProfileChanged = "account.profile_changed",
        ConsentChanged = "account.consent_changed",
        SignedIn = "session.signed_in",
        SignInRefused = "session.refused",
        SignedOut = "session.signed_out",
        SessionEnded = "session.ended",
        OtherSessionsEnded = "session.others_ended",
        PasswordChanged = "password.changed",
        PasswordReset = "password.reset",
        PasswordRemoved = "password.removed",
        EmailChanged = "email.changed",
        PhoneChanged = "phone.changed",
        TwoStepOn = "two_step.on",
        TwoStepOff = "two_step.off",
        RecoveryCodesMade = "recovery_codes.made",
        RecoveryCodeUsed = "recovery_codes.used",
        PasskeyAdded = "passkey.added",
        PasskeyRemoved = "passkey.removed",
        ProviderLinked = "provider.linked",
        ProviderUnlinked = "provider.unlinked",
        RoleGranted = "role.granted",
        RoleRevoked = "role.revoked",
        PreferenceChanged = "preference.changed",
        AddressChanged = "address.changed",
        MessageResent = "message.resent",
        MessageGivenUp = "message.given_up",
        AuditDownloaded = "audit.downloaded",
        SearchChanged = "search.changed",
        ShopChanged = "shop.changed",
        ShopOpened = "shop.opened",
        ShopDocumentsSent = "shop.documents_sent",
        ShopDocumentSeen = "shop.document_seen",
        ShopApproved = "shop.approved",
        ShopRejected = "shop.rejected",
        StaffInvited = "shop.staff_invited",
        InvitationWithdrawn = "shop.invitation_withdrawn",
        StaffJoined = "shop.staff_joined",
        StaffRoleChanged = "shop.staff_role_changed",
        StaffRemoved = "shop.staff_removed",
        StaffLeft = "shop.staff_left",
        ShopHandedOver = "shop.handed_over",
        PayoutAccountAdded = "payout_account.added",
        PayoutAccountRemoved = "payout_account.removed",
        WithdrawalRequested = "withdrawal.requested",
        WithdrawalApproved = "withdrawal.approved",
        WithdrawalRefused = "withdrawal.refused",
        FeesChanged = "fees.changed",
        MemberTiersChanged = "member_tiers.changed",
        VoucherMade = "voucher.made",
        VoucherChanged = "voucher.changed",
        BundleChanged = "bundle.changed",
        PriceScheduled = "price.scheduled",
        PriceUnscheduled = "price.unscheduled",
        FlashSaleMade = "flash_sale.made",
        FlashSaleCancelled = "flash_sale.cancelled",
        NominationMade = "nomination.made",
        NominationWithdrawn = "nomination.withdrawn",
        NominationAccepted = "nomination.accepted",
        NominationRefused = "nomination.refused",
        ProductModerated = "product.moderated",
        JobRetried = "job.retried",
        JobDropped = "job.dropped",
    }
);

named!(
    /// What it was done to.
    SubjectKind {
        Account = "account",
        Session = "session",
        Delivery = "delivery",
        Shop = "shop",
        Product = "product",
        Job = "job",
        /// The house itself: settings, the index, the log.
        House = "house",
    }
);

named!(
    /// Who did it.
    ActorKind {
        /// Someone signed in.
        Account = "account",
        /// Someone who was not signed in.
        Visitor = "visitor",
        /// A job, or a command at the console.
        System = "system",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_are_the_same_on_the_wire() {
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.as_str()), Some(*action));
            assert_eq!(serde_json::to_value(action).unwrap(), action.as_str());
        }
    }
}
