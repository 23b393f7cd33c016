//! Where the value of a setting comes from, and what is said of one that is not right.

use super::table::{SECRETS, SETTINGS, Setting};
use std::{
    collections::HashMap,
    env, fmt, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    Flag,
    Environment(String),
    File(PathBuf),
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("given on the command line"),
            Self::Environment(name) => write!(f, "from the environment variable {name}"),
            Self::File(path) => write!(f, "from {}", path.display()),
            Self::Default => f.write_str("the default"),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error("{name} = {value:?} ({origin}) is not right: {why}")]
    Bad { name: &'static str, value: String, origin: Source, why: String },
    #[error("{} has a setting {name:?} that does not exist{}", file.display(), maybe.map(|m| format!(" (did you mean {m:?}?)")).unwrap_or_default())]
    Unknown { file: PathBuf, name: String, maybe: Option<&'static str> },
    #[error("cannot read the configuration file {}: {why}", file.display())]
    File { file: PathBuf, why: String },
}

/// Where values are looked up, in order of precedence.
#[derive(Default, Debug)]
pub struct Sources {
    pub flags: HashMap<String, String>,
    pub environment: HashMap<String, String>,
    pub file: Option<(PathBuf, HashMap<String, String>)>,
    /// `site-root` of the configuration file's Leptos section, as a path from here.
    pub site_root: Option<PathBuf>,
}

impl Sources {
    /// `config` is the file named on the command line; without one, `Leptos.toml` is read where it exists.
    pub fn collect(flags: HashMap<String, String>, config: Option<&Path>) -> Result<Self, SettingError> {
        let environment = env::vars().collect();
        let default = Path::new("Leptos.toml");
        let path = config.or_else(|| default.exists().then_some(default));
        let (file, site_root) = match path {
            None => (None, None),
            Some(path) => {
                let (values, site_root) = read_file(path)?;
                (Some((path.to_owned(), values)), site_root)
            }
        };
        Ok(Self { flags, environment, file, site_root })
    }

    fn find(&self, setting: &Setting) -> (String, Source) {
        if let Some(value) = self.flags.get(setting.name) {
            return (value.clone(), Source::Flag);
        }
        let name = setting.env();
        if let Some(value) = self.environment.get(&name).filter(|v| !v.is_empty()) {
            return (value.clone(), Source::Environment(name));
        }
        if let Some((path, values)) = &self.file
            && let Some(value) = values.get(setting.name)
        {
            return (value.clone(), Source::File(path.clone()));
        }
        (setting.default.to_owned(), Source::Default)
    }

    pub(super) fn get<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, SettingError> {
        let Some(setting) = SETTINGS.iter().find(|s| s.name == name) else {
            return Err(SettingError::Bad {
                name,
                value: String::new(),
                origin: Source::Default,
                why: "it is not in the table of settings".to_owned(),
            });
        };
        let (value, origin) = self.find(setting);
        parse(value.trim()).map_err(|why| {
            let value = if SECRETS.contains(&name) { "…".to_owned() } else { value };
            SettingError::Bad { name, value, origin, why }
        })
    }
}

fn read_file(path: &Path) -> Result<(HashMap<String, String>, Option<PathBuf>), SettingError> {
    let failed = |why: String| SettingError::File { file: path.to_owned(), why };
    let text = fs::read_to_string(path).map_err(|e| failed(e.to_string()))?;
    let document: toml::Table = text.parse().map_err(|e: toml::de::Error| failed(e.to_string()))?;
    let mut values = HashMap::new();
    if let Some(section) = document.get("pasar") {
        let section = section.as_table().ok_or_else(|| failed("[pasar] is not a section".to_owned()))?;
        for (name, value) in section {
            if !SETTINGS.iter().any(|s| s.name == name) {
                let maybe = SETTINGS.iter().map(|s| s.name).find(|known| near(known, name));
                return Err(SettingError::Unknown { file: path.to_owned(), name: name.clone(), maybe });
            }
            let text = match value {
                toml::Value::String(s) => s.clone(),
                toml::Value::Array(items) => items
                    .iter()
                    .map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
                    .join(","),
                other => other.to_string(),
            };
            values.insert(name.clone(), text);
        }
    }
    let leptos = document.get("package").and_then(|p| p.get("metadata")).and_then(|m| m.get("leptos"));
    let site_root = leptos.and_then(|l| l.get("site-root")).and_then(toml::Value::as_str);
    // A relative site-root is seen from the file that names it.
    let site_root = site_root.map(|root| path.parent().unwrap_or(Path::new("")).join(root));
    Ok((values, site_root))
}

/// The same letters but for underscores, or one contained in the other.
fn near(known: &str, given: &str) -> bool {
    let given = given.replace('_', "-").to_lowercase();
    known == given || known.contains(given.as_str()) || given.contains(known)
}

pub(super) fn number<T: FromStr + PartialOrd + fmt::Display>(
    text: &str,
    low: T,
    high: T,
) -> Result<T, String> {
    text.parse()
        .ok()
        .filter(|n| (&low..=&high).contains(&n))
        .ok_or_else(|| format!("a whole number from {low} to {high} is needed"))
}

pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
