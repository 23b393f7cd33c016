//! The built site: what browsers load. Its files have names with hashes, which the build writes beside the binary; without
//! that list no page can name them.

use std::{fs, path::Path};

/// Where both lists are, and whether they name a stylesheet that is there. The error says how to mend it.
pub fn check(site: &Path) -> Result<String, String> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.to_owned()));
    whole(site, beside.as_deref(), !cfg!(debug_assertions))
}

fn whole(site: &Path, beside: Option<&Path>, hashed: bool) -> Result<String, String> {
    let pkg = site.join("pkg");
    let has = |ending: &str| {
        fs::read_dir(&pkg)
            .is_ok_and(|dir| dir.flatten().any(|e| e.file_name().to_string_lossy().ends_with(ending)))
    };
    if !(has(".wasm") && has(".css") && has(".js")) {
        return Err(format!(
            "{} holds no built site; run `make run` in a checkout, or name the folder with --site",
            site.display()
        ));
    }
    if !hashed {
        return Ok(site.display().to_string());
    }
    let beside = beside.unwrap_or(Path::new("."));
    for list in ["hash.txt", "desk-hash.txt"] {
        if !beside.join(list).is_file() {
            return Err(format!(
                "{} is missing; copy it from where the binary was built, together with the binary and the site",
                beside.join(list).display()
            ));
        }
    }
    let names = fs::read_to_string(beside.join("hash.txt")).unwrap_or_default();
    let css = names.lines().filter_map(|line| line.split_once(':')).find(|(kind, _)| kind.trim() == "css");
    match css {
        Some((_, hash)) if pkg.join(format!("pasar.{}.css", hash.trim())).is_file() => {
            Ok(site.display().to_string())
        }
        _ => Err(format!(
            "{} was built together with another binary; copy both from one build",
            site.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_its_list_or_of_another_build_is_told_apart() {
        let home = std::env::temp_dir().join(format!("pasar-site-{}", std::process::id()));
        let (site, bin) = (home.join("site"), home.join("bin"));
        fs::create_dir_all(site.join("pkg")).unwrap();
        fs::create_dir_all(&bin).unwrap();
        let said = |hashed| whole(&site, Some(&bin), hashed).unwrap_err();
        assert!(said(false).contains("no built site"));
        for name in ["pasar.abc.wasm", "pasar.abc.js", "pasar.abc.css"] {
            fs::write(site.join("pkg").join(name), b"").unwrap();
        }
        assert!(
            whole(&site, Some(&bin), false).is_ok(),
            "while the site is being worked on, names have no hash"
        );
        assert!(said(true).contains("hash.txt is missing"));
        fs::write(bin.join("hash.txt"), "js: abc\ncss: xyz\n").unwrap();
        assert!(said(true).contains("desk-hash.txt is missing"));
        fs::write(bin.join("desk-hash.txt"), "css: abc\n").unwrap();
        assert!(said(true).contains("another binary"));
        fs::write(bin.join("hash.txt"), "js: abc\ncss: abc\n").unwrap();
        assert!(whole(&site, Some(&bin), true).is_ok());
        fs::remove_dir_all(&home).unwrap();
    }
}
