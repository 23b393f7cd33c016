//! Colours that go together: a soft ground, the goods in one colour with its shade and tint, and an accent.

pub struct Palette {
    pub ground: &'static str,
    pub ground_deep: &'static str,
    pub main: &'static str,
    pub shade: &'static str,
    pub tint: &'static str,
    pub accent: &'static str,
    pub accent_shade: &'static str,
}

macro_rules! palettes {
    ($($ground:literal $deep:literal $main:literal $shade:literal $tint:literal $accent:literal $accent_shade:literal;)+) => {
        pub const PALETTES: &[Palette] = &[$(Palette {
            ground: $ground, ground_deep: $deep, main: $main, shade: $shade, tint: $tint, accent: $accent,
            accent_shade: $accent_shade,
        }),+];
    };
}

palettes! {
    "#eef6ee" "#cfe6d2" "#2f8f5b" "#20704a" "#8fd0a6" "#f2b134" "#d8932a";
    "#fdf1e3" "#f8d9b4" "#e5793a" "#c25d24" "#f6b98a" "#2a8c82" "#1f6e66";
    "#eaf3fb" "#c6dff4" "#3274c8" "#24579d" "#93bdf0" "#ffb648" "#e0942a";
    "#fdecec" "#f8cccd" "#d9505c" "#b53a47" "#f4a3a6" "#2f7f86" "#23636a";
    "#f3eefb" "#dccff3" "#7a56c2" "#5d3f9c" "#bfa6ec" "#f5a742" "#d58a2c";
    "#e8f6f5" "#bfe5e2" "#1f9a94" "#177772" "#86d3cd" "#f27d5c" "#d16245";
    "#fdf6dc" "#f6e4a4" "#e0a417" "#b98411" "#f8d878" "#3c6fb4" "#2c5690";
    "#fbeef5" "#f3cbe0" "#cf4f93" "#a93b76" "#f0a3c9" "#4b9b7a" "#397d61";
    "#eef0f6" "#cdd4e6" "#475a8c" "#34446e" "#a3b1d6" "#f08a4b" "#cf6e34";
    "#f6f1ea" "#e6d6c2" "#9a6a43" "#7a5132" "#d3aa85" "#4f9a62" "#3c7c4d";
    "#eaf7fb" "#bfe6f2" "#2593b8" "#1b7391" "#8fd1e8" "#f26d7d" "#d15264";
    "#f4f7e6" "#dbe6b4" "#7a9a2e" "#5e7a20" "#bcd27c" "#d9663d" "#b8502c";
    "#fcefe9" "#f5d2c2" "#c8553d" "#a3402c" "#eda48f" "#3f7cac" "#2f618a";
    "#eef2f3" "#cfdadd" "#3d5a63" "#2b434a" "#9bb6be" "#f2b840" "#d39a2a";
}
