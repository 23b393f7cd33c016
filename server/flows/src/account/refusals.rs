//! Passwords that were wrong, in the log of the account they were tried at.

use access::audit::{Actor, Entry, Subject, record};
use identity::account;
use kernel::{
    Client, Cx,
    jobs::{self, Job, JobError, Priority},
};
use model::{Contact, audit::Action};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Has it noted that a password was wrong. The same is written whether the address has an account or not: a job finds that
/// out after the answer. There are no more of them than tries that are made, of which an address gets some hundred a day.
pub(super) async fn note(cx: &Cx, contact: &Contact) -> Result<(), sqlx::Error> {
    let client = cx.client();
    let refusal = NoteRefusal {
        contact: contact.clone(),
        network: client.address.map(coarse),
        agent: client.agent.as_deref().map(str::to_owned),
    };
    let mut tx = cx.begin().await?;
    jobs::enqueue(&mut tx, cx, &refusal).unique(contact.as_str().to_owned()).await?;
    tx.commit().await
}

/// An address of the same network: the log keeps no more, and neither does the job.
fn coarse(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(ip) => IpAddr::V4((ip.to_bits() & 0xffff_ff00).into()),
        IpAddr::V6(ip) => IpAddr::V6((ip.to_bits() & (u128::MAX << 80)).into()),
    }
}

/// Writes that a password was wrong into the log, if the address has an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteRefusal {
    contact: Contact,
    network: Option<IpAddr>,
    agent: Option<String>,
}

impl Job for NoteRefusal {
    const NAME: &'static str = "account.note_refusal";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let Some(door) = account::store::find_door(&mut tx, &self.contact).await? else { return Ok(()) };
        let from = Client { address: self.network, agent: self.agent.map(Into::into) };
        let line = Entry::of(Action::SignInRefused, Subject::Account(door.account)).by(Actor::Visitor);
        record(&mut tx, &cx.clone().from_client(from), &line).await?;
        Ok(tx.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_all_that_is_kept_of_an_address() {
        for (address, kept) in [
            ("203.0.113.77", "203.0.113.0"),
            ("::ffff:203.0.113.77", "203.0.113.0"),
            ("2001:db8:1234:5678::9", "2001:db8:1234::"),
        ] {
            assert_eq!(coarse(address.parse().unwrap()), kept.parse::<IpAddr>().unwrap(), "{address}");
        }
    }
}
