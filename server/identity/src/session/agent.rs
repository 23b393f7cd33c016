//! What a client calls itself, boiled down to what its owner recognises: `Firefox`, `Android`.

use std::net::IpAddr;

/// A program and the system it runs on, as far as they can be told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Device {
    pub program: Option<String>,
    pub system: Option<String>,
}

/// In the order in which they are looked for: many call themselves by the names of those further down as well.
const PROGRAMS: &[(&str, &str)] = &[
    ("SamsungBrowser/", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("OPX/", "Opera"),
    ("UCBrowser/", "UC Browser"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl Device {
    pub fn of(agent: &str) -> Self {
        let found = |table: &[(&str, &str)]| {
            table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned())
        };
        Self { program: found(PROGRAMS).or_else(|| own_name(agent)), system: found(SYSTEMS) }
    }

    /// `Firefox, Android`.
    pub fn text(&self) -> Option<String> {
        match (&self.program, &self.system) {
            (Some(program), Some(system)) => Some(format!("{program}, {system}")),
            (one, other) => one.clone().or_else(|| other.clone()),
        }
    }
}

/// `curl` of `curl/8.5.0`: what a program says before the slash, if it is a word.
fn own_name(agent: &str) -> Option<String> {
    let (name, _) = agent.split_once('/')?;
    let word =
        !name.is_empty() && name.len() <= 30 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (word && name != "Mozilla").then(|| name.to_owned())
}

/// Where a client is, coarsely: `203.0.113.x`, `2001:db8:1::`. The whole address is kept nowhere.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.x")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_as_their_owners_name_them() {
        for (agent, named) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
                Some("Chrome, Linux"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A556E) AppleWebKit/537.36 (KHTML, like Gecko) \
                 SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                Some("Samsung Internet, Android"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.1 Mobile/15E148 Safari/604.1",
                Some("Safari, iOS"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
                Some("Edge, Windows"),
            ),
            (
                "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0",
                Some("Firefox, Android"),
            ),
            ("curl/8.5.0", Some("curl")),
            ("Mozilla/5.0", None),
            ("<script>/1", None),
            ("", None),
        ] {
            assert_eq!(Device::of(agent).text().as_deref(), named, "{agent}");
        }
    }

    #[test]
    fn an_address_is_kept_without_its_last_part() {
        for (address, network) in [
            ("203.0.113.77", "203.0.113.x"),
            ("::ffff:203.0.113.77", "203.0.113.x"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()), network);
        }
    }
}
