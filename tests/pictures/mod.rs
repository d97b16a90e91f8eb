//! Places and sides to draw in tests and measurements: who held what in Syria on two days, roughly.

use conflict_map::actor::{Actor, ActorId};
use conflict_map::areas::{self, Ground, Held, Net, Region, Rules, Survey};
use conflict_map::basemap::Basemap;
use conflict_map::claim::{GeoPrecision, Site};
use conflict_map::gazetteer::{Gazetteer, Kind};
use conflict_map::scene::{Names, Palette, Spot, View};
use conflict_map::style::{Furniture, LIGHT};
use conflict_map::timeline::Control;
use conflict_map::units::LonLat;
use jiff::civil::date;

/// Name, local name, longitude, latitude, inhabitants, who: `g`overnment, `o`pposition, `s`DF, `t`urkish-backed;
/// two letters contested, `/` besieged by, `?` unknown.
pub(crate) const SYRIA: &[(&str, &str, f64, f64, u64, Kind, &str)] = &[
    ("Aleppo", "حلب", 37.161, 36.202, 2_100_000, Kind::Town, "o"),
    ("Hama", "حماة", 36.754, 35.132, 460_000, Kind::Town, "o"),
    ("Homs", "حمص", 36.720, 34.727, 775_000, Kind::Town, "g"),
    ("Damascus", "دمشق", 36.291, 33.510, 1_570_000, Kind::Town, "g"),
    ("Idlib", "إدلب", 36.633, 35.930, 128_000, Kind::Town, "o"),
    ("Raqqa", "الرقة", 39.008, 35.952, 177_000, Kind::Town, "s"),
    ("Deir ez-Zor", "دير الزور", 40.141, 35.336, 242_000, Kind::Town, "gs"),
    ("Tartus", "طرطوس", 35.887, 34.889, 89_000, Kind::Town, "g"),
    ("Latakia", "اللاذقية", 35.779, 35.517, 340_000, Kind::Town, "g"),
    ("Palmyra", "تدمر", 38.284, 34.560, 52_000, Kind::Town, "g"),
    ("Daraa", "درعا", 36.106, 32.625, 146_000, Kind::Town, "g"),
    ("As-Suwayda", "السويداء", 36.567, 32.709, 64_000, Kind::Town, "g"),
    ("Qamishli", "القامشلي", 41.231, 37.052, 184_000, Kind::Town, "s"),
    ("Al-Hasakah", "الحسكة", 40.742, 36.502, 188_000, Kind::Town, "s"),
    ("Manbij", "منبج", 37.955, 36.528, 100_000, Kind::Town, "s/t"),
    ("Khan Sheikhoun", "خان شيخون", 36.651, 35.442, 52_000, Kind::Town, "o"),
    ("Maarat al-Numan", "معرة النعمان", 36.676, 35.648, 58_000, Kind::Town, "o"),
    ("Saraqib", "سراقب", 36.803, 35.865, 33_000, Kind::Town, "o"),
    ("Jisr al-Shughur", "جسر الشغور", 36.319, 35.813, 39_000, Kind::Town, "o"),
    ("Ariha", "أريحا", 36.607, 35.814, 39_000, Kind::Town, "o"),
    ("Afrin", "عفرين", 36.869, 36.512, 36_000, Kind::Town, "t"),
    ("Azaz", "أعزاز", 37.048, 36.586, 31_000, Kind::Town, "t"),
    ("Al-Bab", "الباب", 37.518, 36.370, 63_000, Kind::Town, "t"),
    ("Jarabulus", "جرابلس", 38.011, 36.818, 12_000, Kind::Town, "t"),
    ("Tell Abyad", "تل أبيض", 38.957, 36.698, 15_000, Kind::Town, "t"),
    ("Ras al-Ayn", "رأس العين", 40.071, 36.850, 29_000, Kind::Town, "t"),
    ("Kobani", "عين العرب", 38.354, 36.891, 45_000, Kind::Town, "s"),
    ("Tabqa", "الطبقة", 38.547, 35.837, 69_000, Kind::Town, "s"),
    ("Ain Issa", "عين عيسى", 38.859, 36.386, 7_000, Kind::Town, "s"),
    ("Al-Rastan", "الرستن", 36.732, 34.926, 40_000, Kind::Town, "o"),
    ("Talbiseh", "تلبيسة", 36.731, 34.841, 30_000, Kind::Town, "o"),
    ("Salamiyah", "سلمية", 37.053, 35.012, 66_000, Kind::Town, "o"),
    ("Masyaf", "مصياف", 36.342, 35.065, 22_000, Kind::Town, "g"),
    ("Suqaylabiyah", "السقيلبية", 36.384, 35.367, 14_000, Kind::Town, "og"),
    ("Mhardeh", "محردة", 36.576, 35.248, 17_000, Kind::Town, "o"),
    ("Morek", "مورك", 36.690, 35.377, 14_000, Kind::Town, "o"),
    ("Baniyas", "بانياس", 35.940, 35.182, 41_000, Kind::Town, "g"),
    ("Jableh", "جبلة", 35.926, 35.362, 53_000, Kind::Town, "g"),
    ("Douma", "دوما", 36.401, 33.571, 111_000, Kind::Town, "g"),
    ("Al-Nabk", "النبك", 36.728, 34.024, 32_000, Kind::Town, "g"),
    ("Al-Qusayr", "القصير", 36.579, 34.509, 30_000, Kind::Town, "g"),
    ("Al-Sukhnah", "السخنة", 38.872, 34.887, 16_000, Kind::Town, "g"),
    ("Mayadin", "الميادين", 40.449, 35.018, 44_000, Kind::Town, "g"),
    ("Abu Kamal", "البوكمال", 40.919, 34.451, 42_000, Kind::Town, "g"),
    ("Quneitra", "القنيطرة", 35.824, 33.126, 4_000, Kind::Town, "g"),
    ("Izra", "إزرع", 36.247, 32.867, 19_000, Kind::Town, "o"),
    ("Nawa", "نوى", 36.041, 32.889, 59_000, Kind::Town, "o"),
    ("Al-Sanamayn", "الصنمين", 36.184, 33.070, 26_000, Kind::Town, "o"),
    ("Al-Malikiyah", "المالكية", 42.140, 37.178, 26_000, Kind::Town, "s"),
    ("Al-Shaddadi", "الشدادي", 40.722, 36.058, 15_000, Kind::Town, "s"),
    ("Khmeimim Air Base", "حميميم", 35.949, 35.401, 0, Kind::Airport, "g"),
    ("Abu al-Duhur Air Base", "أبو الظهور", 37.101, 35.732, 0, Kind::Airport, "o"),
    ("Kuweires Air Base", "كويرس", 37.583, 36.187, 0, Kind::Airport, "t"),
    ("Tishrin Dam", "سد تشرين", 38.177, 36.378, 0, Kind::Dam, "s"),
    ("Nasib crossing", "معبر نصيب", 36.186, 32.545, 0, Kind::Crossing, "o"),
    ("Bab al-Hawa", "باب الهوى", 36.690, 36.239, 0, Kind::Crossing, "o"),
    ("Al-Tanf", "التنف", 38.660, 33.495, 0, Kind::Base, "u"),
    ("Tel Rifaat", "تل رفعت", 37.097, 36.474, 20_000, Kind::Town, "t"),
    ("Nubl", "نبل", 36.994, 36.375, 21_000, Kind::Town, "?"),
];

/// A site from a row of a list.
pub(crate) fn site(row: &(&str, &str, f64, f64, u64, Kind, &str)) -> Site {
    Site {
        id: None,
        name: row.0.to_owned(),
        local: Some(row.1.to_owned()).filter(|name| !name.is_empty()),
        admin1: None,
        country: None,
        at: Some(LonLat::new(row.2, row.3).expect("the table has places")),
        kind: row.5,
        population: row.4,
        precision: GeoPrecision::Place,
    }
}

/// What the letters of a row say.
pub(crate) fn control(letters: &str) -> Option<Control> {
    let actor = |c: char| ActorId(c.to_string());
    match letters.split_once('/') {
        Some((holder, by)) => {
            Some(Control::Besieged { holder: ActorId(holder.into()), by: Some(ActorId(by.into())) })
        }
        None if letters == "?" => None,
        None if letters.len() > 1 => Some(Control::Contested(letters.chars().map(actor).collect())),
        None => letters.chars().next().map(|c| Control::Held(actor(c))),
    }
}

/// The sides of [`SYRIA`].
pub(crate) fn sides() -> Vec<Actor> {
    let side = |id: &str, name: &str, colour: Option<&str>| Actor {
        name: name.into(),
        colour: colour.map(Into::into),
        ..Actor::named(id)
    };
    vec![
        side("g", "Syrian government", Some("#c8372d")),
        side("o", "HTS-led opposition", Some("#3a8f5c")),
        side("t", "Turkish-backed opposition", None),
        side("s", "Syrian Democratic Forces", Some("#e0a800")),
        side("u", "United States", None),
    ]
}

/// Places that changed hands since the day before.
pub(crate) const CHANGED: [&str; 5] = ["Hama", "Salamiyah", "Mhardeh", "Al-Rastan", "Talbiseh"];

/// The place that only the side that gained it speaks of.
pub(crate) const CLAIMED: &str = "Al-Rastan";

/// All that a view borrows.
pub(crate) struct Case {
    /// Each place with who holds it.
    pub(crate) rows: Vec<(Site, Option<Control>)>,
    /// The region.
    pub(crate) region: Region,
    /// Whose ground it is.
    pub(crate) ground: Ground,
    /// The sides' colours.
    pub(crate) palette: Palette,
    /// Publishers.
    pub(crate) sources: Vec<String>,
    before: Control,
}

impl Case {
    /// A map of 1600 by 1200 pixels of all of it.
    pub(crate) fn view<'a>(&'a self, base: &'a Basemap) -> View<'a> {
        let spot = |(site, control): &'a (Site, Option<Control>)| Spot {
            site,
            control: control.as_ref(),
            claimed: site.name == CLAIMED,
            changed: CHANGED.contains(&site.name.as_str()),
            on: None,
            previous: Some(&self.before),
            passing: None,
        };
        View {
            width: 1600.0,
            height: 1200.0,
            title: "Government forces leave Hama",
            subtitle: "Syria",
            region: &self.region,
            ground: &self.ground,
            since: Some(date(2024, 12, 4)),
            spots: self.rows.iter().map(spot).collect(),
            palette: &self.palette,
            before: None,
            graticule: false,
            arrows: true,
            plan: None,
            names: Names::English,
            sources: &self.sources,
            credits: "Map data: Natural Earth (public domain), GeoNames (CC BY 4.0).",
            base,
            style: &LIGHT,
            extent: None,
            insets: &[],
            letters: 1.0,
            furniture: Furniture::Full,
        }
    }

    /// The ground on a day of December 2024.
    pub(crate) fn ground_on(&self, day: i8) -> Ground {
        Ground { day: date(2024, 12, day), ..self.ground.clone() }
    }
}

/// Syria on 5 December 2024, roughly.
pub(crate) fn syria() -> Case {
    let base = Basemap::embedded();
    let region = Region::countries(&base, &["SY"]).value;
    let rows: Vec<(Site, Option<Control>)> = SYRIA.iter().map(|row| (site(row), control(row.6))).collect();
    let held: Vec<Held<'_>> = rows
        .iter()
        .map(|(site, control)| Held {
            site,
            control: control.as_ref(),
            claimed: site.name == CLAIMED,
            vouched: false,
        })
        .collect();
    let places = areas::settlements(&Gazetteer::embedded(), &base, &region);
    let known = rows.iter().filter_map(|(site, _)| site.at);
    let net = Net::of(region.clone(), &base, places.into_iter().chain(known), Rules::default());
    let ground = Survey::of(&net).ground(date(2024, 12, 5), &held).value;
    Case {
        rows,
        region,
        ground,
        palette: Palette::of(&sides()).value,
        sources: ["Reuters", "Associated Press", "SANA"].map(String::from).to_vec(),
        before: Control::Held(ActorId("g".into())),
    }
}

/// Ukraine with `count` of its towns: every tenth by population where that is enough, else all of them; where there are no more, those
/// there are again, a little aside. Two sides hold east and west.
#[allow(dead_code, reason = "not every user of these pictures draws a crowd")]
pub(crate) fn crowd(count: usize) -> Case {
    let (mut case, base, gazetteer) = (syria(), Basemap::embedded(), Gazetteer::embedded());
    let mut towns: Vec<_> = gazetteer.within("UA").filter(|place| place.kind == Kind::Town).collect();
    towns.sort_by_key(|place| (std::cmp::Reverse(place.population), place.id));
    let step = (towns.len() / count.max(1)).clamp(1, 10);
    let rounds = (0..=count / towns.len().max(1)).map(|round| round as f64 * 0.013);
    let all = rounds.flat_map(|aside| towns.iter().step_by(step).map(move |town| (town, aside)));
    let site = |(town, aside): (&conflict_map::gazetteer::Place<'_>, f64)| Site {
        id: None,
        at: LonLat::new(town.at.lon() + aside, town.at.lat() + aside * 0.6),
        ..Site::of(town)
    };
    let side = |site: &Site| if site.at.is_some_and(|at| at.lon() > 36.0) { "g" } else { "o" };
    case.rows = all.take(count).map(site).map(|site| (site.clone(), control(side(&site)))).collect();
    case.region = Region::countries(&base, &["UA"]).value;
    let net = Net::of(
        case.region.clone(),
        &base,
        case.rows.iter().filter_map(|(site, _)| site.at),
        Rules::default(),
    );
    let held: Vec<Held<'_>> = case
        .rows
        .iter()
        .map(|(site, control)| Held { site, control: control.as_ref(), claimed: false, vouched: false })
        .collect();
    case.ground = Survey::of(&net).ground(date(2024, 12, 5), &held).value;
    case
}
