/// A piece of the wasm that the browser fetches when one of its pages is opened, and the routes of these pages:
/// `piece!(detail, __preload_detail, Detail: Product = product::ProductPage)`. Pages made of the same parts share a
/// piece. The server names a page's pieces in its HTML, so that they come together with the rest.
#[macro_export]
macro_rules! piece {
    ($piece:ident, $preload:ident, $of:ident: $($route:ident = $page:path),+ $(,)?) => {
        // Pages are named by value: a pointer to one would keep its code where the pointer is.
        #[derive(Clone, Copy)]
        enum $of { $($route),+ }

        #[lazy]
        fn $piece(page: $of) -> AnyView {
            match page { $($of::$route => $page().into_any()),+ }
        }

        $(
            #[derive(Clone, Copy, Debug)]
            pub struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> AnyView {
                    $piece($of::$route).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )+
    };
}
