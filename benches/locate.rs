//! How fast the gazetteer answers: opening it, a name as it stands, names misspelt or unknown, inflected words, and walking
//! along a text.

use conflict_map::gazetteer::{Gazetteer, base_forms, fold};
use divan::{Bencher, black_box, counter::BytesCount};

fn main() {
    divan::main();
}

#[divan::bench]
fn open_and_locate() -> usize {
    Gazetteer::embedded().locate(black_box("Khan Sheikhoun")).len()
}

/// Names in spellings that the gazetteer does not have: long and short, of three scripts, and one that is no name.
const UNKNOWN: [&str; 6] =
    ["Khan Sheykhuun", "Rakqa", "Zaporischschja", "Харкив", "معره النعمن", "Brzęczyszczykiew"];

#[divan::bench(args = UNKNOWN)]
fn locate_misspelt(name: &str) -> usize {
    Gazetteer::embedded().locate(black_box(name)).len()
}

#[divan::bench(args = UNKNOWN)]
fn near_in_two_countries(name: &str) -> usize {
    Gazetteer::embedded().near_in(black_box(name), &["SY", "UA"]).len()
}

#[divan::bench]
fn base_forms_of_a_word() -> usize {
    base_forms(black_box("харковом")).len() + base_forms(black_box("وبالحسكه")).len()
}

#[divan::bench]
fn walk_along_a_text(bencher: Bencher<'_, '_>) {
    let text = "Government troops left Morek and Khan Sheikhoun during the night, and by the morning of the next day \
                fighters held every village between Taybat al-Imam and the outskirts of Hama, residents said by phone. "
        .repeat(500);
    let gazetteer = Gazetteer::embedded();
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let folded = fold(black_box(&text));
        let words: Vec<&str> = folded.split(' ').collect();
        let names = (0..words.len()).filter(|&i| {
            let mut walk = gazetteer.walk();
            let mut found = false;
            for word in &words[i..] {
                let step = walk.step(word);
                found |= step.name;
                if !step.more {
                    break;
                }
            }
            found
        });
        names.count()
    });
}
