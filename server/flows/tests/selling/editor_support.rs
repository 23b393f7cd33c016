//! A shop with a product in its editor.

use crate::support::{House, at, house, opened, person, signed_in};
use flows::seller::{
    AtShop,
    editor::{Absent, EditError, begin, save, send},
};
use kernel::{Cx, Member};
use model::{
    Lang, Permission, ShopRole, Slug,
    ids::{ProductId, ShopId},
    shop::{EditAct, OptionInput, ProductEditor, ProductInput},
    views::ProductState,
};
use sqlx::PgPool;

/// Fashion for men, at the bottom of the tree.
pub const SHIRTS: &str = "7e004c7a-6833-dd5c-be11-a18e1cdd9977";

pub struct Desk {
    pub house: House,
    pub sari: Member,
    pub slug: Slug,
    pub at: AtShop,
    pub cx: Cx,
}

/// Sari's shop, approved or not.
pub async fn desk(db: PgPool, approved: bool) -> Desk {
    let house = house(db).await;
    let sari = person(&house.app, 1, "sari@mail.example").await;
    let slug = opened(&house.app, &sari, "Kaos Senja").await;
    let cx = signed_in(&house.app, &sari);
    if approved {
        sqlx::query("update shop set state = 'open'").execute(cx.db()).await.unwrap();
    }
    let at = at(&house.app, &sari, &slug, Permission::Products).await;
    Desk { house, sari, slug, at, cx }
}

/// A shirt as it is typed, in one size and colour.
pub fn shirt() -> ProductInput {
    let mut input = ProductInput {
        name: "Kaos Polos".to_owned(),
        category: SHIRTS.to_owned(),
        description: "Katun 30s.\n\nAdem.".to_owned(),
        weight: "200".to_owned(),
        ..ProductInput::default()
    };
    input = catalog::edit::regrid(&input, Absent::Blank);
    input.variants[0].price = "50.000".into();
    input.variants[0].stock = "7".into();
    input
}

/// The same in two colours and two sizes, each at its price.
pub fn colourful() -> ProductInput {
    let option = |name: &str, values: &str| OptionInput {
        name: name.to_owned(),
        values: values.to_owned(),
        made: String::new(),
    };
    let options = vec![option("Warna", "Hitam\nPutih"), option("Ukuran", "S\nM")];
    let mut input = catalog::edit::regrid(&ProductInput { options, ..shirt() }, Absent::Blank);
    for (row, price) in input.variants.iter_mut().zip(["50000", "51000", "52000", "53000"]) {
        row.price = price.into();
        row.stock = "5".into();
    }
    input
}

impl Desk {
    pub async fn begun(&self) -> ProductId {
        begin(&self.cx, &self.at, "Kaos Polos", SHIRTS, None).await.unwrap()
    }

    pub async fn editor(&self, id: ProductId) -> ProductEditor {
        self.editor_of(id, &self.sari).await
    }

    pub async fn editor_of(&self, id: ProductId, member: &Member) -> ProductEditor {
        let mut db = self.cx.db().acquire().await.unwrap();
        let found = views::editor::editor(&mut db, self.at.shop(), id, Some(member.account), Lang::Id).await;
        found.unwrap().unwrap()
    }

    /// As its page would send it.
    pub async fn save(&self, id: ProductId, input: &ProductInput) -> Result<ProductState, EditError> {
        let version = self.editor(id).await.version;
        send(&self.cx, &self.at, id, (version, version), EditAct::Save, input).await
    }

    /// On sale, and everything that follows is done.
    pub async fn sold(&self, input: &ProductInput) -> ProductId {
        let id = self.begun().await;
        let version = self.editor(id).await.version;
        save(&self.cx, &self.at, id, version, input, Absent::Blank).await.unwrap();
        flows::seller::editor::submit(&self.cx, &self.at, id).await.unwrap();
        self.house.app.run_jobs().await;
        id
    }

    /// Somebody else who works there.
    pub async fn colleague(&self, n: u128, role: ShopRole) -> (Member, Cx) {
        let member = person(&self.house.app, n, &format!("staf{n}@mail.example")).await;
        employ(&self.cx, self.at.shop(), &member, role).await;
        let cx = signed_in(&self.house.app, &member);
        (member, cx)
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.cx.db()).await.unwrap()
    }
}

async fn employ(cx: &Cx, shop: ShopId, member: &Member, role: ShopRole) {
    sqlx::query("insert into shop_staff (shop_id, account_id, role, since) values ($1, $2, $3, $4)")
        .bind(shop.uuid())
        .bind(member.account.uuid())
        .bind(role.as_str())
        .bind(cx.now())
        .execute(cx.db())
        .await
        .unwrap();
}
