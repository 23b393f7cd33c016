//! The people of a shop, for whoever has a say about them. Two queries.

use crate::error::unsound;
use model::{
    Contact, ShopRole,
    ids::ShopId,
    shop::{InvitationRow, StaffPage, StaffRow},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub async fn page(
    db: &mut PgConnection,
    shop: ShopId,
    now: OffsetDateTime,
) -> Result<StaffPage, sqlx::Error> {
    let people = sqlx::query!(
        r#"select staff.account_id, staff.role, extract(epoch from staff.since)::bigint as "since!",
             profile.name as "name?",
             (select address from account_contact as contact where contact.account_id = staff.account_id
              order by kind limit 1) as contact
           from shop_staff as staff left join profile on profile.account_id = staff.account_id
           where staff.shop_id = $1 order by staff.role = 'owner' desc, staff.since, staff.account_id"#,
        shop.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    let invitations = sqlx::query!(
        r#"select id, email, role, extract(epoch from expires_at)::bigint as "expires_at!" from shop_invitation
           where shop_id = $1 and ended_at is null and expires_at > $2 order by created_at, id"#,
        shop.uuid(),
        now
    )
    .fetch_all(db)
    .await?;
    let people = people.into_iter().map(|row| {
        let contact = row.contact.and_then(|address| address.parse::<Contact>().ok());
        Ok(StaffRow {
            account: row.account_id.into(),
            name: row.name,
            contact: contact.map(|contact| contact.masked()).unwrap_or_default(),
            role: role(&row.role)?,
            since: row.since,
        })
    });
    let invitations = invitations.into_iter().map(|row| {
        Ok(InvitationRow {
            id: row.id.into(),
            email: row.email,
            role: role(&row.role)?,
            expires_at: row.expires_at,
        })
    });
    Ok(StaffPage {
        people: people.collect::<Result<_, sqlx::Error>>()?,
        invitations: invitations.collect::<Result<_, sqlx::Error>>()?,
    })
}

fn role(name: &str) -> Result<ShopRole, sqlx::Error> {
    ShopRole::from_name(name).ok_or_else(|| unsound("a role in a shop", name))
}
