//! Skeletons in the size of what they stand for.

use leptos::prelude::*;
use ui::{Loading, Ratio, Shape, Skeleton};

#[component]
pub fn SkeletonCards(count: usize) -> impl IntoView {
    let card = || {
        view! {
            <li>
                <div class="product-card">
                    <Skeleton shape=Shape::Picture(Ratio::Square) />
                    <div class="product-card-body">
                        <Skeleton shape=Shape::Text(2) />
                        <Skeleton shape=Shape::Price />
                    </div>
                </div>
            </li>
        }
    };
    view! {
        <Loading>
            <ul class="card-grid" role="list">{(0..count).map(|_| card()).collect_view()}</ul>
        </Loading>
    }
}

#[component]
pub fn SkeletonLines(count: u8) -> impl IntoView {
    view! {
        <Loading>
            <Skeleton shape=Shape::Text(count) />
        </Loading>
    }
}

#[component]
pub fn SkeletonProduct() -> impl IntoView {
    view! {
        <Loading>
            <div class="product">
                <div class="gallery">
                    <Skeleton shape=Shape::Picture(Ratio::Square) />
                </div>
                <div class="product-main">
                    <Skeleton shape=Shape::Title />
                    <Skeleton shape=Shape::Price />
                    <Skeleton shape=Shape::Text(6) />
                </div>
            </div>
        </Loading>
    }
}
