//! Enums whose names in files stand in one table.

/// Makes an enum whose names in print stand in one table, read by both `name` and `parse`.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $name:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$vdoc])* $name,)* }

        impl $type {
            /// Every value with its name in files.
            pub const ALL: &'static [($type, &'static str)] = &[$(($type::$name, $text),)*];

            /// The name in files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($type::$name => $text,)* }
            }

            /// The value of this name, if there is one.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, text)| *text == name).map(|(value, _)| *value)
            }
        }
    };
}
pub(crate) use named;
