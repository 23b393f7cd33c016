//! Which wasm a document loads: each half of the site has one of its own.

use leptos::{
    WasmSplitManifest,
    hydration::{HydrationScripts, HydrationScriptsProps},
    prelude::*,
};
use std::{fs, path::PathBuf, sync::OnceLock};

/// Where the build puts the wasm of whoever sells or operates.
const DESK: &str = "desk";

/// The tags that wake the page, of the half it belongs to.
#[component]
pub fn Scripts(options: LeptosOptions) -> impl IntoView {
    static MANIFESTS: [OnceLock<Option<WasmSplitManifest>>; 2] = [OnceLock::new(), OnceLock::new()];
    let path =
        use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let desk = is_desk(&path) && has_desk(&options);
    let options = if desk { of_desk(options) } else { options };
    let manifest = MANIFESTS[usize::from(desk)].get_or_init(|| manifest(&options)).clone();
    let tags = HydrationScripts(HydrationScriptsProps::builder().options(options).build());
    // Leptos keeps one manifest for all documents: the first it read.
    if let Some(manifest) = manifest {
        provide_context(manifest);
    }
    tags
}

/// Whether shoppers never see this page.
fn is_desk(path: &str) -> bool {
    ["/seller", "/backoffice", "/design"]
        .iter()
        .any(|area| path.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// While the site is being worked on, one wasm holds both halves.
fn has_desk(options: &LeptosOptions) -> bool {
    static HAS: OnceLock<bool> = OnceLock::new();
    *HAS.get_or_init(|| folder(&of_desk(options.clone())).is_dir())
}

fn of_desk(mut options: LeptosOptions) -> LeptosOptions {
    options.site_pkg_dir = format!("{}/{DESK}", options.site_pkg_dir).into();
    options.hash_file = format!("{DESK}-{}", options.hash_file).into();
    options
}

fn folder(options: &LeptosOptions) -> PathBuf {
    PathBuf::from(&*options.site_root).join(&*options.site_pkg_dir)
}

/// Which pieces of the wasm a page's code is in, as the build wrote it.
fn manifest(options: &LeptosOptions) -> Option<WasmSplitManifest> {
    let hashes = options.hash_files.then(|| {
        let beside = std::env::current_exe().ok()?.parent()?.join(&*options.hash_file);
        fs::read_to_string(beside).ok()
    });
    let hashes = hashes.flatten().unwrap_or_default();
    let hash = |of: &str| {
        let mut lines = hashes.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(kind, _)| kind.trim() == of).map(|(_, hash)| hash.trim().to_owned())
    };
    let name = hash("manifest").map_or_else(String::new, |hash| format!(".{hash}"));
    let pieces =
        fs::read_to_string(folder(options).join(format!("__wasm_split_manifest{name}.json"))).ok()?;
    let loader = hash("split").unwrap_or_else(|| "______________________".to_owned());
    let pkg = format!("/{}", options.site_pkg_dir);
    let pieces = serde_json::from_str(&pieces).ok()?;
    Some(WasmSplitManifest(ArcStoredValue::new((pkg, pieces, format!("__wasm_split.{loader}.js")))))
}

#[cfg(test)]
mod tests {
    use super::is_desk;

    #[test]
    fn shoppers_pages_are_told_from_the_others() {
        for path in ["/seller", "/seller/open", "/backoffice/fees", "/design"] {
            assert!(is_desk(path), "{path}");
        }
        for path in ["/", "/sellers", "/p/designer-lamp", "/account", "/shop/seller", "/designs"] {
            assert!(!is_desk(path), "{path}");
        }
    }
}
