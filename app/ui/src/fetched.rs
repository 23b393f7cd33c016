//! A page's data on its way: what was fetched, the skeleton before it, the failure instead of it.
//!
//! Leptos' resources are generic in what they hold and in what that depends on, and each such pair of types brings
//! its whole machinery into the wasm again. Here all resources are of one type, [`Loaded`]; what is in it is known
//! where it is asked for and where it is shown.

use crate::{ErrorState, Title};
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use model::{AppError, Code, json, words};
use serde::{Serialize, de::DeserializeOwned};
use std::{any::Any, convert::Infallible, marker::PhantomData, pin::Pin, sync::Arc};

/// A resource that a page waits for, see [`fetch`]; shown by [`Fetched`].
pub struct Fetch<T> {
    loaded: Resource<Loaded, Wire>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetch<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetch<T> {}

/// Fetches `load(source())`, and again whenever `source()` changes. On the server the whole page waits for it, so it
/// may decide the status.
pub fn fetch<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    load: impl Fn(S) -> F + Send + Sync + 'static,
) -> Fetch<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    keep(source, load).into()
}

/// A [`Fetch`] for as long as somebody holds it, rather than as long as the view it was made in.
pub struct Kept<T> {
    loaded: ArcResource<Loaded, Wire>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { loaded: self.loaded.clone(), of: PhantomData }
    }
}

impl<T> From<Kept<T>> for Fetch<T> {
    fn from(kept: Kept<T>) -> Self {
        Self { loaded: kept.loaded.into(), of: PhantomData }
    }
}

/// As [`fetch`] does.
pub fn keep<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    load: impl Fn(S) -> F + Send + Sync + 'static,
) -> Kept<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let key: KeyFn = Box::new(move || Key(Arc::new(source())));
    let load: LoadFn = Box::new(move |key| {
        let wanted = key.0.any().downcast_ref::<S>().cloned();
        let coming = wanted.map(&load);
        Box::pin(async move {
            match coming {
                Some(coming) => coming.await.map(|value| Parcel::Here(Arc::new(value))),
                None => Err(AppError::new(Code::Internal)),
            }
        })
    });
    Kept { loaded: resource(key, load), of: PhantomData }
}

type KeyFn = Box<dyn Fn() -> Key + Send + Sync>;
type LoadFn = Box<dyn Fn(Key) -> Pin<Box<dyn Future<Output = Loaded> + Send>> + Send + Sync>;

fn resource(key: KeyFn, load: LoadFn) -> ArcResource<Loaded, Wire> {
    ArcResource::new_with_options(key, load, true)
}

/// Shows `view` of what was fetched once it is there. On the server everything is waited for; in the browser the old
/// view stays while it is fetched again.
#[component]
pub fn Fetched<T, V>(
    resource: Fetch<T>,
    /// Stands there until it comes.
    #[prop(default = || ().into_any())]
    skeleton: fn() -> AnyView,
    /// Stands there instead of it.
    #[prop(default = failure)]
    failed: fn(AppError) -> AnyView,
    view: V,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
    V: Fn(T) -> AnyView + Send + Sync + 'static,
{
    let show = move |loaded: Loaded| match loaded.and_then(Parcel::open) {
        Ok(value) => view(value),
        Err(error) => failed(error),
    };
    frame(resource.loaded, skeleton, Arc::new(show))
}

/// A whole page about an error. The server has set the status by then.
pub fn failure(error: AppError) -> AnyView {
    let title = words::error::title(crate::lang(), error.code);
    view! {
        <Title text=title unlisted=true />
        <ErrorState error=error page=true />
    }
    .into_any()
}

fn frame(
    loaded: Resource<Loaded, Wire>,
    skeleton: fn() -> AnyView,
    show: Arc<dyn Fn(Loaded) -> AnyView + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=skeleton>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(loaded.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// What a resource holds.
type Loaded = Result<Parcel, AppError>;

/// A value of a type that only its reader knows.
#[derive(Clone)]
enum Parcel {
    Here(Arc<dyn Held>),
    /// As the server wrote it into the page.
    Written(Arc<str>),
}

impl Parcel {
    fn open<T: Clone + DeserializeOwned + 'static>(self) -> Result<T, AppError> {
        let value = match &self {
            Self::Here(value) => value.any().downcast_ref::<T>().cloned(),
            // From bytes, as the answers of server functions are, so that reading is compiled once for each type.
            Self::Written(json) => json::read(json.as_bytes()).ok(),
        };
        value.ok_or_else(|| AppError::new(Code::Malformed))
    }
}

trait Held: Send + Sync {
    fn any(&self) -> &dyn Any;
    /// Only a server writes.
    #[cfg(feature = "ssr")]
    fn json(&self) -> serde_json::Result<String>;
}

impl<T: Serialize + Send + Sync + 'static> Held for T {
    fn any(&self) -> &dyn Any {
        self
    }

    #[cfg(feature = "ssr")]
    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// What is fetched: changes when it is no longer equal to what it was.
#[derive(Clone)]
struct Key(Arc<dyn Same>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(other.0.any())
    }
}

trait Same: Send + Sync {
    fn any(&self) -> &dyn Any;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Same for T {
    fn any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }
}

/// A resource between server and browser: a sign, then the value's or the error's JSON.
struct Wire;

impl Encoder<Loaded> for Wire {
    type Error = serde_json::Error;
    type Encoded = String;

    #[cfg(feature = "ssr")]
    fn encode(loaded: &Loaded) -> Result<String, Self::Error> {
        match loaded {
            Ok(Parcel::Here(value)) => Ok(format!("+{}", value.json()?)),
            Ok(Parcel::Written(json)) => Ok(format!("+{json}")),
            Err(error) => Ok(format!("-{}", serde_json::to_string(error)?)),
        }
    }

    #[cfg(not(feature = "ssr"))]
    fn encode(_: &Loaded) -> Result<String, Self::Error> {
        Ok(String::new())
    }
}

impl Decoder<Loaded> for Wire {
    type Error = Infallible;
    type Encoded = str;

    fn decode(written: &str) -> Result<Loaded, Infallible> {
        Ok(match written.strip_prefix('+') {
            Some(json) => Ok(Parcel::Written(json.into())),
            None => Err(json::read(written.get(1..).unwrap_or_default().as_bytes())
                .unwrap_or_else(|_| AppError::new(Code::Malformed))),
        })
    }
}
