//! Who is behind shops: how far one has come, for its people, and the queue, for operators.

use crate::{
    ViewError,
    cards::slug,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Page,
    ids::{DocumentId, ShopId, Uuid, VerificationId},
    shop::{
        ApplicantKind, Decision, DocumentKind, ShopCase, ShopState, ShownDocument, Standing, WaitingShop,
    },
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// How far a shop has come. One query.
pub async fn standing(db: &mut PgConnection, shop: ShopId) -> Result<Standing, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shop.state, sent.reason as "reason?", extract(epoch from sent.sent_at)::bigint as "sent_at?",
             extract(epoch from sent.decided_at)::bigint as "decided_at?"
           from shop
           left join lateral (
             select reason, sent_at, decided_at from shop_verification where shop_id = shop.id
             order by sent_at desc, id desc limit 1
           ) as sent on true
           where shop.id = $1"#,
        shop.uuid()
    )
    .fetch_one(db)
    .await?;
    let state = ShopState::from_name(&row.state).ok_or_else(|| unsound("a shop's state", &row.state))?;
    Ok(match (state.is_verified(), row.sent_at, row.decided_at, row.reason) {
        (true, ..) => Standing::Verified,
        (false, _, Some(at), Some(reason)) => Standing::Rejected { at, reason },
        (false, Some(since), None, _) => Standing::Waiting { since },
        (false, ..) => Standing::Missing,
    })
}

/// Shops that wait for an operator, the longest waiting first. One query.
pub async fn queue(
    db: &mut PgConnection,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<WaitingShop>, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::LOWEST);
    let rows = sqlx::query!(
        r#"select sent.id, sent.shop_id, sent.kind, shop.name, city.short_name as city,
             extract(epoch from sent.sent_at)::bigint as "sent_at!",
             (extract(epoch from sent.sent_at) * 1000000)::bigint as "key!",
             (select count(*) from shop_verification as before
              where before.shop_id = sent.shop_id and before.approved = false) as "rejected!"
           from shop_verification as sent
           join shop on shop.id = sent.shop_id
           join region as city on city.code = shop.city_code
           where sent.decided_at is null
             and ((extract(epoch from sent.sent_at) * 1000000)::bigint, sent.id) > ($1, $2)
           order by sent.sent_at, sent.id limit $3"#,
        after.key,
        after.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(|row| {
        Ok(WaitingShop {
            id: row.id.into(),
            shop: row.shop_id.into(),
            name: row.name,
            city: row.city,
            kind: kind(&row.kind)?,
            sent_at: row.sent_at,
            rejected_before: u32::try_from(row.rejected).unwrap_or(u32::MAX),
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}

#[derive(Debug, Deserialize)]
struct DocumentRow {
    id: Uuid,
    kind: String,
    bytes: u64,
    deleted: bool,
}

#[derive(Debug, Deserialize)]
struct DecisionRow {
    approved: bool,
    reason: Option<String>,
    at: i64,
}

impl From<DecisionRow> for Decision {
    fn from(row: DecisionRow) -> Self {
        Self { approved: row.approved, reason: row.reason, at: row.at }
    }
}

/// Everything about one sending. One query.
pub async fn case(db: &mut PgConnection, id: VerificationId) -> Result<Option<ShopCase>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select sent.id, sent.shop_id, sent.kind, sent.legal_name, sent.approved, sent.reason,
             extract(epoch from sent.sent_at)::bigint as "sent_at!",
             extract(epoch from sent.decided_at)::bigint as decided_at,
             shop.slug, shop.name, shop.description, city.short_name as city, province.short_name as province,
             (select coalesce(jsonb_agg(jsonb_build_object('id', document.id, 'kind', document.kind,
                'bytes', document.bytes, 'deleted', document.deleted_at is not null) order by document.kind), '[]')
              from shop_document as document
              where document.verification_id = sent.id) as "documents!: Json<Vec<DocumentRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('approved', before.approved, 'reason', before.reason,
                'at', extract(epoch from before.decided_at)::bigint) order by before.decided_at desc), '[]')
              from shop_verification as before
              where before.shop_id = sent.shop_id and before.id <> sent.id
                and before.decided_at < sent.sent_at) as "before!: Json<Vec<DecisionRow>>"
           from shop_verification as sent
           join shop on shop.id = sent.shop_id
           join region as city on city.code = shop.city_code
           join region as province on province.code = city.parent_code
           where sent.id = $1"#,
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let documents = row.documents.0.into_iter().map(|document| {
        let kind = DocumentKind::from_name(&document.kind)
            .ok_or_else(|| unsound("a document's kind", &document.kind))?;
        let DocumentRow { id, bytes, deleted, .. } = document;
        Ok(ShownDocument { id: DocumentId::new(id), kind, bytes, deleted })
    });
    let decided = row.approved.zip(row.decided_at);
    Ok(Some(ShopCase {
        id: row.id.into(),
        shop: row.shop_id.into(),
        slug: slug(row.slug)?,
        name: row.name,
        description: row.description,
        place: format!("{}, {}", row.city, row.province),
        kind: kind(&row.kind)?,
        legal_name: row.legal_name,
        sent_at: row.sent_at,
        documents: documents.collect::<Result<_, sqlx::Error>>()?,
        decided: decided.map(|(approved, at)| Decision { approved, reason: row.reason, at }),
        before: row.before.0.into_iter().map(Decision::from).collect(),
    }))
}

fn kind(name: &str) -> Result<ApplicantKind, sqlx::Error> {
    ApplicantKind::from_name(name).ok_or_else(|| unsound("who is behind a shop", name))
}
