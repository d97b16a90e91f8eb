//! `cargo xtask fonts`: subsets of Noto Sans and Noto Sans Arabic from Debian's `fonts-noto-core`.

use super::{Done, fetch, root, scratch};
use std::fs;

/// Latin with its marks, Greek, Cyrillic, punctuation, currency, mathematics, as far as Noto Sans has them.
const LATIN: &str = "U+0020-024F,U+0250-02AF,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,\
    U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,U+2150-218F,U+2190-21FF,U+2212,U+2215,U+221E,U+2248,U+2260-2265,\
    U+25A0-25FF,U+FFFD";
/// Arabic with the letters of Persian, Urdu, Kurdish and Pashto, and the joiners.
const ARABIC: &str = "U+0020-007E,U+00A0,U+00AB,U+00BB,U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200B-200F,U+2010-2014,\
    U+2026,U+FB50-FDFF,U+FE70-FEFF";

/// Writes the four fonts and their licence to `gazetteer/fonts`.
pub(crate) fn make() -> Done {
    fs::create_dir_all(scratch())?;
    fetch::deb("fonts-noto-core", "noto")?;
    if !scratch().join("venv/bin/pyftsubset").is_file() {
        fetch::run(&scratch(), "python3", &["-m", "venv", "venv"])?;
        fetch::run(&scratch(), "venv/bin/pip", &["install", "--quiet", "fonttools==4.60.1"])?;
    }
    let folder = root().join("gazetteer/fonts");
    fs::create_dir_all(&folder)?;
    let fonts = [
        ("NotoSans-Regular.ttf", LATIN),
        ("NotoSans-Bold.ttf", LATIN),
        ("NotoSansArabic-Regular.ttf", ARABIC),
        ("NotoSansArabic-Bold.ttf", ARABIC),
    ];
    for (font, letters) in fonts {
        let out = folder.join(font);
        fetch::run(
            &scratch(),
            "venv/bin/pyftsubset",
            &[
                &format!("noto/usr/share/fonts/truetype/noto/{font}"),
                &format!("--unicodes={letters}"),
                "--layout-features=*",
                "--no-hinting",
                "--desubroutinize",
                "--notdef-outline",
                "--name-IDs=0,1,2,3,4,5,6,13,14",
                "--no-recalc-timestamp",
                &format!("--output-file={}", out.display()),
            ],
        )?;
        println!("{font} {} KB", fs::metadata(&out)?.len() / 1000);
    }
    let notice = fs::read_to_string(scratch().join("noto/usr/share/doc/fonts-noto-core/copyright"))?;
    fs::write(folder.join("OFL.txt"), licence(&notice).ok_or("no licence in the package's notice")?)?;
    Ok(())
}

/// The licence's text out of a Debian notice, where lines are indented and empty ones hold a dot.
fn licence(notice: &str) -> Option<String> {
    let (_, text) = notice.split_once("\nLicense: OFL-1.1\n PREAMBLE")?;
    let lines = text.lines().skip(1).take_while(|line| line.starts_with(' '));
    let text: Vec<&str> = lines.map(str::trim).map(|line| if line == "." { "" } else { line }).collect();
    let holder = "Copyright 2010, 2012-2020 Google Inc.; 2015-2020 Google LLC (Noto Sans, Noto Sans Arabic)";
    let head = "This Font Software is licensed under the SIL Open Font License, Version 1.1.";
    Some(format!("{holder}\n\n{head}\n\nPREAMBLE\n{}\n", text.join("\n")))
}
