//! One row, tried by everybody.

use crate::{market::Walk, named::named};
use axum::{body::Body, extract::ConnectInfo};
use http::{Request, header};
use model::OperatorRole;
use std::{fmt::Write as _, net::SocketAddr, sync::atomic::Ordering};
use tower::ServiceExt as _;

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

impl Walk {
    /// The status each of the eight gets. They and Sari's things are new for every row, and her things for each of them,
    /// so that no row tells of another.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let (sari, contact) = self.meet("sari", None).await;
        let people = [
            None,
            Some(sari),
            Some(self.meet("budi", None).await.0),
            Some(self.meet("moderator", Some(OperatorRole::Moderator)).await.0),
            Some(self.meet("operator", Some(OperatorRole::Administrator)).await.0),
            Some(self.meet("owner", None).await.0),
            Some(self.meet("packer", None).await.0),
            Some(self.meet("rival", None).await.0),
        ];
        let [.., Some(owner), Some(packer), Some(rival)] = people else { unreachable!() };
        let mut told = String::new();
        for account in people {
            let row = format!("{} {body}", named(path));
            let mut things = self.things(sari, &contact, &row).await;
            things.extend(self.staffed(owner, packer, rival, &contact).await);
            if ["{verification}", "{document}"].iter().any(|thing| row.contains(thing)) {
                things.extend(self.waiting().await);
            }
            if ["{group}", "{payment}", "{order}", "{line}"].iter().any(|thing| row.contains(thing)) {
                things.extend(self.bought(sari).await);
            }
            if row.contains("{parcel}") || row.contains("/label") {
                things.extend(self.packed(sari, owner).await);
            } else if row.contains("{sold}") {
                things.extend(self.sold(sari).await);
            }
            if row.contains("{sale}") {
                things.push(self.on_sale().await);
            }
            if row.contains("{house_voucher}") {
                things.push(self.given().await);
            }
            if row.contains("{draft}") {
                things.push(self.drafted(owner).await);
            }
            if row.contains("{run}") {
                things.push(self.sent(owner).await);
            }
            if row.contains("{edit}") {
                things.push(self.planned(owner).await);
            }
            if row.contains("{passkey}") {
                things.push(self.passkey(sari).await);
            }
            let fill =
                |text: String| things.iter().fold(text, |text, (name, value)| text.replace(name, value));
            let mut path = fill(named(path));
            while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
                path.replace_range(from..=to, NOBODY);
            }
            let mut body = fill(body.to_owned());
            if method == "GET" && !body.is_empty() {
                path = format!("{path}?{}", std::mem::take(&mut body));
            }
            let kind = if body.starts_with('{') || path.starts_with("/api") {
                "application/json"
            } else if body.starts_with("--form") {
                body = body.replace("\\r\\n", "\r\n");
                "multipart/form-data; boundary=form"
            } else {
                "application/x-www-form-urlencoded"
            };
            let page = !path.starts_with("/api") && !path.starts_with("/_fn");
            // Everybody comes from another place, so that nobody waits because others tried often.
            let [_, a, b, c] = self.met.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            let mut request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::ACCEPT, if page { "text/html" } else { "application/json" })
                .header(header::CONTENT_TYPE, kind)
                .header("sec-fetch-site", "same-origin")
                .extension(ConnectInfo(SocketAddr::from(([10, a, b, c], 1))));
            if let Some(account) = account {
                let (_, token) = self.session(account).await;
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.text()));
            }
            let response =
                self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
            let _ = write!(told, " {}", response.status().as_u16());
        }
        told.trim().to_owned()
    }
}
