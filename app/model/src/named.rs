//! Closed sets whose members have a stored name.

/// Declares an enum whose variants are stored and sent under a name that is never changed:
/// `named!(Channel { Email = "email", Sms = "sms" });`
#[macro_export]
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$of:meta])* $name:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $type { $($(#[$of])* #[serde(rename = $text)] $name),+ }

        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == name)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
