//! How fast the gazetteer answers: opening it, a name as it stands, a name misspelt, and walking along a text.

use conflict_map::gazetteer::{Gazetteer, fold};
use divan::{Bencher, black_box, counter::BytesCount};

fn main() {
    divan::main();
}

#[divan::bench]
fn open_and_locate() -> usize {
    Gazetteer::embedded().locate(black_box("Khan Sheikhoun")).len()
}

#[divan::bench]
fn locate_misspelt() -> usize {
    Gazetteer::embedded().locate(black_box("Khan Sheykhuun")).len()
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
