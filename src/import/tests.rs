use super::*;
use crate::actor::{Actor, ActorId};
use crate::claim::{Change, GeoPrecision, Precision, Standing};
use crate::gazetteer::PlaceId;
use crate::table::Sought;
use crate::units::{Date, LonLat};
use proptest::prelude::*;

const ACLED: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,\
                     country,admin1,location,latitude,longitude,geo_precision,source,notes\n";
const TAKEN: &str = "Non-state actor overtakes territory";
const VIINA: &str = "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status\n";

/// A gazetteer's place of this name or id near the row's position, as the program finds it.
fn resolve(sought: &Sought<'_>) -> Option<crate::claim::Site> {
    let gazetteer = Gazetteer::embedded();
    if let Some(place) = sought.id.and_then(|id| gazetteer.place(id)) {
        return Some(crate::claim::Site::of(&place));
    }
    let near = |at: LonLat| sought.at.is_none_or(|own| own.distance(at).0 < 12.0);
    let found = gazetteer.find(sought.name);
    let found = found.iter().find(|found| near(found.place.at))?;
    Some(crate::claim::Site::of(&found.place))
}

fn read_for(project: &Project, name: &str, bytes: &[u8]) -> Checked<Option<Table>> {
    let gazetteer = Gazetteer::embedded();
    read(name, bytes, &Given { gazetteer: &gazetteer, project, resolve: &resolve })
}

fn table(text: &str) -> (Vec<Claim>, Vec<String>) {
    let Checked { value, problems } = read_for(&Project::default(), "in/t.csv", text.as_bytes());
    (value.unwrap().claims, problems.into_iter().map(|problem| problem.message).collect())
}

fn id(name: &str) -> ActorId {
    ActorId(name.to_owned())
}

#[test]
fn an_acled_row_is_a_claim_with_its_notes_for_words_and_its_source_for_a_voice() {
    let text = format!(
        "{ACLED}SYR1,05 December 2024,1,Battles,{TAKEN},HTS: Hayat Tahrir al-Sham,2,Military Forces of Syria (2000-2024),1,\
         Syria,Hama,Hama,35.1318,36.7578,1,SOHR,\"On 5 December 2024, HTS took Hama.\"\n"
    );
    let read = read_for(&Project::default(), "in/acled.csv.gz", text.as_bytes());
    assert_eq!(read.problems, []);
    let table = read.value.unwrap();
    let claim = &table.claims[0];
    assert_eq!((claim.id.as_str(), claim.evidence.sentence), ("acled.csv-line-2", 2));
    assert_eq!(claim.evidence.quote.of(&table.report.text), "On 5 December 2024, HTS took Hama.");
    assert_eq!(claim.evidence.name.of(&table.report.text), "Hama");
    assert_eq!(claim.standing, Standing::Reported(Some("SOHR".into())));
    assert_eq!(
        (&claim.gaining, &claim.losing),
        (&Some(id("Hayat Tahrir al-Sham")), &Some(id("Syrian government")))
    );
    assert_eq!(claim.site.id, Some(PlaceId(170_017)));
    assert_eq!(claim.day.shown_from(), Some(Date::constant(2024, 12, 5)));
    assert_eq!(table.report.publisher.as_deref(), Some("ACLED"));
}

#[test]
fn the_codes_of_precision_of_an_acled_row_are_kept() {
    let row = |n: u8, date: &str, time: u8, geo: u8| {
        format!(
            "S{n},{date},{time},Battles,{TAKEN},Rebels of X,2,,,Syria,Hama,Hama,35.1318,36.7578,{geo},,\n"
        )
    };
    let text = format!(
        "{ACLED}{}{}{}",
        row(1, "2024-12-05", 1, 1),
        row(2, "5-December-2024", 2, 2),
        row(3, "2024-12-05 00:00:00", 3, 3)
    );
    let (claims, _) = table(&text);
    let found: Vec<_> = claims.iter().map(|claim| (claim.day.precision, claim.site.precision)).collect();
    assert_eq!(
        found,
        [
            (Precision::Day, GeoPrecision::Place),
            (Precision::Week, GeoPrecision::Near),
            (Precision::Month, GeoPrecision::Admin1)
        ]
    );
    assert!(claims.iter().all(|claim| claim.day.shown_from() == Some(Date::constant(2024, 12, 5))));
}

#[test]
fn who_gained_is_told_by_acleds_definitions_before_its_order() {
    let row = |n: u8, event: &str, first: &str, second: &str| {
        format!("S{n},2024-12-05,1,Battles,{event},{first},{second},Syria,Hama,Hama,35.1318,36.7578,1,,\n")
    };
    let (army, rebels) = ("Military Forces of Syria (2000-2024)", "Opposition Rebels (Syria)");
    let text = format!(
        "{ACLED}{}{}{}{}",
        row(1, TAKEN, &format!("{army},1"), &format!("{rebels},Rebel group")),
        row(2, "Government regains territory", &format!("{rebels},2"), &format!("{army},State forces")),
        row(3, "Non-violent transfer of territory", &format!("{army},1"), &format!("{rebels},2")),
        row(4, TAKEN, "Military Forces of Turkey (2016-),8", &format!("{army},1")),
    );
    let (claims, problems) = table(&text);
    assert_eq!(problems, Vec::<String>::new());
    let gained: Vec<_> = claims.iter().map(|claim| claim.gaining.clone().unwrap().0).collect();
    assert_eq!(gained, ["Syrian rebels", "Syrian government", "Syrian government", "Turkish government"]);
    assert_eq!(claims[0].losing, Some(id("Syrian government")));
}

#[test]
fn an_old_export_has_other_columns_and_means_the_same() {
    let text = "ISO;EVENT_ID_CNTY;EVENT_DATE;EVENT_TYPE;ACTOR1;ACTOR2;COUNTRY;LOCATION;LATITUDE;LONGITUDE;GEO_PRECISION;NOTES\n\
                760;1SYR;05-December-2015;Battle-Government regains territory;Military Forces of Syria (2000-);Rebels;Syria;\
                Hama;35,1318;36,7578;1;Taken\n";
    let (claims, problems) = table(&format!("\u{feff}{text}"));
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0].gaining, Some(id("Syrian government")));
    assert_eq!(problems, ["no actor is called `Rebels`; it is taken for a new one"]);
}

#[test]
fn what_of_acled_cannot_be_used_is_told_once_for_each_reason() {
    let row = |id: &str, date: &str, event: &str, actor: &str, lat: &str| {
        format!("{id},{date},1,Battles,{event},{actor},2,,,Syria,Hama,Hama,{lat},36.7578,1,,\n")
    };
    let mut text = ACLED.to_owned();
    for n in 0..1200 {
        text += &row(&format!("A{n}"), "2024-12-05", "Armed clash", "HTS", "35.1");
    }
    for n in 0..9 {
        text += &row(&format!("B{n}"), "05/12/2024", TAKEN, "HTS", "35.1");
    }
    text += &row("C", "2024-12-05", TAKEN, "HTS", "=1+1");
    text += &row("D", "2024-12-05", TAKEN, "Unidentified Armed Group (Syria)", "35.1");
    text += &row("E", "2024-12-05", TAKEN, "HTS", "35.1318");
    text += &row("E", "2024-12-05", TAKEN, "SNA", "35.1318");
    text += "F,2024-12-05\n";
    text += &row("G", "2024-12-05", TAKEN, "HTS", "35.1")
        .replace("Hama,Hama", "Hama,North, Hama")
        .replace(",,\n", ",,notes\n");
    let (claims, mut problems) = table(&text);
    problems.sort();
    assert_eq!(claims.len(), 1);
    assert_eq!(
        problems,
        [
            "1,200 rows are battles, shelling or protests, which say nothing of control",
            "9 rows have no usable date, the first `05/12/2024`: lines 1202, 1203, 1204, 1205, 1206, 1207 …",
            "the row does not say who gained or lost the place: `Unidentified Armed Group (Syria)`",
            "the row ends before it says what happened: `F`",
            "the row has more cells than the header has columns",
            "the row has no usable position: `=1+1, 36.7578`",
            "the row tells an event that a row above tells: `E`",
        ]
    );
}

#[test]
fn actors_are_the_projects_by_any_part_of_the_name_else_a_state_or_new() {
    let mut army = Actor::named("Regime");
    army.state_of = Some("SY".into());
    let mut after = Actor::named("New army");
    after.aliases = vec!["Military Forces of Syria (2024-)".into()];
    let project = Project { cast: crate::actor::Cast::new(vec![army, after]), ..Project::default() };
    let gazetteer = Gazetteer::embedded();
    let given = Given { gazetteer: &gazetteer, project: &project, resolve: &resolve };
    let mut who = who::Who::new(&given);
    for (name, actor) in [
        ("Military Forces of Syria (2000-2024)", "Regime"),
        ("Military Forces of Syria (2000-2024) Republican Guard", "Regime"),
        ("Military Forces of Syria (2024-)", "New army"),
        ("Government of Sudan (2019-)", "Sudanese government"),
        ("Military Forces of Sudan (2019-) Rapid Support Forces", "Rapid Support Forces"),
        ("QSD: Syrian Democratic Forces", "Syrian Democratic Forces"),
        ("RSF: Some Other Words (Sudan)", "Rapid Support Forces"),
        ("Islamic State (Syria)", "Islamic State"),
        ("Houthi Movement - Ansar Allah", "Houthis"),
        ("Military Forces of Yemen (2016-) Supreme Political Council", "Houthis"),
        ("Military Forces of Yemen (2012-)", "Yemeni government"),
        ("Opposition Rebels (Syria)", "Syrian rebels"),
        ("Mutiny of Military Forces of Syria (2000-2024)", "Mutiny of Military Forces of Syria (2000-2024)"),
    ] {
        assert_eq!(who.actor(name, 1), Some(id(actor)), "{name}");
    }
    assert_eq!(who.actor("Unidentified Military Forces", 1), None);
    assert!(who.told("t").unwrap().message.contains("no actor is called `Mutiny of"));
}

#[test]
fn countries_are_known_as_acled_names_them() {
    let (gazetteer, project) = (Gazetteer::embedded(), Project::default());
    let given = Given { gazetteer: &gazetteer, project: &project, resolve: &resolve };
    let mut who = who::Who::new(&given);
    for (name, code) in [
        ("Democratic Republic of Congo", "CD"),
        ("Central African Republic", "CF"),
        ("South Sudan", "SS"),
        ("Myanmar", "MM"),
        ("Ivory Coast", "CI"),
        ("Burkina Faso", "BF"),
        ("Palestine", "PS"),
        ("Israel", "IL"),
        ("Niger", "NE"),
        ("Mali", "ML"),
        ("Turkey", "TR"),
        ("United States", "US"),
        ("Georgia", "GE"),
        ("Ukraine", "UA"),
        ("Ethiopia", "ET"),
        ("Somalia", "SO"),
    ] {
        assert_eq!(who.country(name).as_deref(), Some(code), "{name}");
    }
}

#[test]
fn ucdp_is_counted_and_never_control() {
    let row = "1,2024,1,Syria: Government,Government of Syria,HTS,1,35.1,36.7,2024-12-05,1,12\n";
    let text = format!(
        "id,year,type_of_violence,conflict_name,side_a,side_b,where_prec,latitude,longitude,date_start,date_prec,best\n{row}{row}"
    );
    let (claims, problems) = table(&text);
    assert_eq!(claims, []);
    assert_eq!(problems, ["2 rows are of UCDP GED: battle deaths, which say nothing of control"]);
}

#[test]
fn viina_tells_a_change_where_a_status_differs_from_the_day_before() {
    let text = format!(
        "{VIINA}706448,20220301,UA,UA,UA,UA,UA\n706448,20220302,RU,,CONTESTED,CONTESTED,CONTESTED\n\
         706448,20220303,RU,RU,RU,CONTESTED,RU\n706448,20220304,RU,RU,RU,RU,RU\n706448,20220305,,,,,NA\n\
         706448,20220309,UA,UA,UA,UA,UA\n707753,20220301,RU,RU,RU,RU,RU\n"
    );
    let (claims, problems) = table(&text);
    assert_eq!(problems, Vec::<String>::new());
    let told: Vec<_> = claims
        .iter()
        .map(|claim| {
            let name = |id: &Option<ActorId>| id.as_ref().map_or("-", |id| id.0.as_str()).to_owned();
            let (from, to) = (claim.day.from.unwrap().to_string(), claim.day.to.unwrap().to_string());
            (claim.change, name(&claim.gaining), from, to, claim.standing.said_by().unwrap_or("-"))
        })
        .collect();
    let (russia, ukraine) = ("Russian government".to_owned(), "Ukrainian government".to_owned());
    let day = |day: u8| format!("2022-03-{day:02}");
    assert_eq!(
        told,
        [
            (Change::Contested, russia.clone(), day(2), day(2), "DeepStateMap; ISW"),
            (Change::Captured, russia, day(3), day(3), "Wikipedia; VIINA's model; DeepStateMap"),
            (Change::Captured, ukraine, day(5), day(9), "Wikipedia; VIINA's model; DeepStateMap; ISW"),
        ]
    );
}

#[test]
fn the_order_of_viinas_rows_changes_nothing_but_their_lines() {
    let days: Vec<String> = (1..=9)
        .map(|day| {
            let status = ["UA", "CONTESTED", "RU"][day / 3 % 3];
            format!("706448,2022030{day},,,,,{status}\n707753,2022030{day},,,,,{status}\n")
        })
        .collect();
    let what = |rows: Vec<String>| {
        let (claims, problems) = table(&format!("{VIINA}{}", rows.concat()));
        assert_eq!(problems, Vec::<String>::new());
        let mut what: Vec<_> = claims.iter().map(|c| (c.site.name.clone(), c.day, c.change)).collect();
        what.sort();
        what
    };
    let forwards = what(days.clone());
    assert_eq!(forwards.len(), 6);
    assert_eq!(forwards, what(days.into_iter().rev().collect()));
}

#[test]
fn viinas_first_version_has_a_column_for_each_day() {
    let text = "geonameid,name,asciiname,longitude,latitude,ctr_20220301060000,ctr_20220301120000,ctr_20220302000000,ctr_20220303000000\n\
                999999999,Село,Selo,37.1,48.1,UA,CONTESTED,RU,RU\n";
    let (claims, problems) = table(text);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(claims.len(), 1);
    assert_eq!((claims[0].id.as_str(), claims[0].site.name.as_str()), ("t.csv-line-2-20220302", "Selo"));
    assert_eq!(claims[0].day.shown_from(), Some(Date::constant(2022, 3, 2)));
}

#[test]
fn what_of_viina_cannot_be_used_is_told_once_for_each_reason() {
    let text = format!(
        "{VIINA}706448,20220301,,,,,UA\n706448,20221301,,,,,RU\n706448,20220302,,,,,DE\nKherson,20220302,,,,,RU\n\
         706448,20220303,,,,,UA\n706448,20220303,,,,,RU\n999999999,20220301,,,,,UA\n999999999,20220302,,,,,RU\n706448\n"
    );
    let (claims, mut problems) = table(&text);
    problems.sort();
    assert_eq!(claims, []);
    assert_eq!(
        problems,
        [
            "the row changes a settlement that no gazetteer knows by its id: `999999999`",
            "the row ends before it says what happened",
            "the row gives a settlement a second status on one day",
            "the row has a status that is none of `UA`, `RU` and `CONTESTED`: `DE`",
            "the row has no number in `geonameid`: `Kherson`",
            "the row has no usable date: `20221301`",
        ]
    );
}

const MAP: &str = "[[tables]]\nfile = \"monitor.csv\"\npublisher = \"Monitor\"\ndate = \"Datum\"\ndate_order = \"dmy\"\n\
                   place = \"Ort\"\ncountry = { always = \"SY\" }\nchange = \"Art\"\n\
                   values = { \"Einnahme\" = \"captured\", \"Abzug\" = \"withdrew\", \"Beschuss\" = \"none\" }\n\
                   gaining = \"Wer\"\nlosing = \"Von\"\nsource = \"Quelle\"\n";

#[test]
fn a_table_of_any_columns_is_read_as_the_project_describes_it() {
    let project = crate::project::read("p", MAP).value;
    let text = "Datum;Ort;Art;Wer;Von;Quelle\n5/12/2024;Hama;Einnahme;HTS;Syrian army;A\n6.12.2024;Homs;ABZUG;;Syrian army;B\n\
                06/12/2024;Homs;Beschuss;;;\n06/12/2024;Homs;Sturm;HTS;;\n31/02/2024;Homs;Einnahme;HTS;;\n\
                06/12/2024;Xyzzyx;Einnahme;HTS;;\n06/12/2024;Homs;Einnahme;;;\n";
    let read = read_for(&project, "in/monitor.csv", text.as_bytes());
    let table = read.value.unwrap();
    let told: Vec<_> = table.claims.iter().map(|c| (c.site.name.as_str(), c.change, c.day.to)).collect();
    let day = |day| Some(Date::constant(2024, 12, day));
    assert_eq!(told, [("Hama", Change::Captured, day(5)), ("Homs", Change::Withdrew, day(6))]);
    assert_eq!(
        table.claims[0].evidence.quote.of(&table.report.text),
        "Hama: 5/12/2024, Einnahme, HTS, Syrian army"
    );
    assert_eq!(
        (table.report.publisher.as_deref(), table.claims[1].standing.said_by()),
        (Some("Monitor"), Some("B"))
    );
    let mut messages: Vec<_> = read.problems.iter().map(|problem| problem.message.as_str()).collect();
    messages.sort_unstable();
    assert_eq!(
        messages,
        [
            "no actor is called `Syrian army`; it is taken for a new one",
            "the row does not say who gained or lost the place: `Homs`",
            "the row has no usable date: `31/02/2024`",
            "the row is of a place that no gazetteer knows: `Xyzzyx`",
            "the row says nothing of control, by the project's `values`",
            "the row tells of a change that is not known: `Sturm`",
        ]
    );
}

#[test]
fn a_described_table_that_lacks_a_column_is_told_with_those_it_has() {
    let project = crate::project::read("p", MAP).value;
    let told = read_for(&project, "monitor.csv", b"Datum,Ort,Wer\n").problems;
    assert_eq!(
        told[0].message,
        "the table lacks `art`, `von`, `quelle`, which the project names; it has `datum`, `ort`, `wer`"
    );
}

#[test]
fn a_table_nobody_described_is_told_with_what_it_lacks() {
    for (header, message) in [
        ("a,b\n1,2\n", "the table has the columns of none that is known; it has `a`, `b`"),
        (
            "event_date,actor1,notes\n",
            "the table is nearly one of ACLED, but lacks `sub_event_type` or `event_type`; it has `event_date`, `actor1`, `notes`",
        ),
        (
            "event_date,actor1,event_type\n",
            "the table is an export of ACLED, but lacks `location`, `latitude`, `longitude`",
        ),
        ("", "the table is empty"),
        ("a\0b", "the table holds zero bytes, so it is not text"),
    ] {
        let read = read_for(&Project::default(), "t.csv", header.as_bytes());
        assert!(read.value.is_none());
        let told: Vec<_> = read.problems.iter().map(|p| (p.code, p.message.as_str())).collect();
        assert_eq!(told, [(Code::BadTable, message)]);
    }
}

#[test]
fn a_table_in_which_nothing_changes_is_told() {
    let (claims, problems) = table(&format!("{VIINA}706448,20220301,,,,,UA\n706448,20220302,,,,,UA\n"));
    assert_eq!((claims, problems), (vec![], vec!["the table tells of no change of control".to_owned()]));
    assert_eq!(table(ACLED).1, ["the table has a header and no rows"]);
}

#[test]
fn latin_letters_and_utf_16_are_read() {
    let text = format!("{ACLED}S,2024-12-05,1,B,{TAKEN},HTS,2,,,Syria,,Café 7,36.2,37.1,1,,\n");
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let read = read_for(&Project::default(), "t.csv", &latin);
    assert_eq!(read.value.unwrap().claims[0].site.name, "Café 7");
    assert_eq!(read.problems[0].message, "the table is not UTF-8; it was read as Windows-1252");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read_for(&Project::default(), "t.csv", &wide).value.unwrap().claims[0].site.name, "Café 7");
}

#[test]
fn a_table_without_a_name_is_known_by_its_columns() {
    assert!(is_table("x.CSV.gz", b"") && is_table("stdin", ACLED.as_bytes()));
    assert!(
        !is_table("stdin", b"Rebels, it is said, captured Hama.") && !is_table("a.txt", ACLED.as_bytes())
    );
}

#[test]
fn words_of_others_come_without_what_cannot_be_seen() {
    let text = format!(
        "{ACLED}S,2024-12-05,1,B,{TAKEN},H\u{202e}TS,2,,,Syria,,Ha\u{200b}ma,35.1318,36.7578,1,x\u{7}y,\"a\u{202e}\nb\"\n"
    );
    let read = read_for(&Project::default(), "t.csv", text.as_bytes());
    let table = read.value.unwrap();
    assert_eq!(table.report.text, "Hama: a b");
    assert_eq!(table.claims[0].standing.said_by(), Some("x y"));
    assert_eq!(table.claims[0].gaining, Some(id("Hayat Tahrir al-Sham")));
}

#[test]
fn tables_of_one_name_get_ids_of_their_own_and_their_claims_with_them() {
    let text = format!("{ACLED}S,2024-12-05,1,B,{TAKEN},HTS,2,,,Syria,,Hama,35.1318,36.7578,1,,\n");
    let one = read_for(&Project::default(), "a/t.csv", text.as_bytes()).value.unwrap();
    let mut tables = vec![one.clone(), one];
    set_apart(&mut tables, &[]);
    let ids: Vec<_> = tables.iter().map(|t| (t.report.id.as_str(), t.claims[0].id.as_str())).collect();
    assert_eq!(ids, [("t.csv", "t.csv-line-2"), ("t.csv-2", "t.csv-2-line-2")]);
    assert_eq!(tables[1].claims[0].evidence.report, "t.csv-2");
}

proptest! {
    #[test]
    fn whatever_the_bytes_something_is_read_or_told(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b','), Just(b'\n'), Just(b'"'), Just(b'0')], 0..200),
        kind in 0_usize..4,
    ) {
        let header = ["", ACLED, VIINA, "geonameid,ctr_20220301,ctr_20220302\n"][kind];
        let text: Vec<u8> = header.bytes().chain(bytes).collect();
        let read = read_for(&Project::default(), "t.csv", &text);
        prop_assert!(!read.problems.is_empty() || read.value.is_some_and(|table| !table.claims.is_empty()));
    }

    #[test]
    fn whatever_the_cells_spans_lie_in_the_text_and_nothing_panics(
        cells in prop::collection::vec("[a-zé0-9 ,;\"'=\\-\u{202e}\n]{0,12}|2024-12-05|35.1|UA|RU|706448|2022030[1-9]", 0..60),
        kind in 0_usize..3,
    ) {
        let header = [ACLED, VIINA, "Datum,Ort,Art,Wer,Von,Quelle\n"][kind];
        let fixed = format!("S,2024-12-05,1,B,{TAKEN},HTS,2,,,Syria,,");
        let rows = cells.chunks(7).map(|row| match kind {
            0 => format!("{fixed}{}\n", row.join(",")),
            2 => format!("2024-12-05,Hama,captured,{}\n", row.join(",")),
            _ => row.join(",") + "\n",
        });
        let text = format!("{header}{}", rows.collect::<String>());
        let project = crate::project::read("p", MAP).value;
        if let Some(table) = read_for(&project, "monitor.csv", text.as_bytes()).value.or_else(|| {
            read_for(&Project::default(), "t.csv", text.as_bytes()).value
        }) {
            for claim in &table.claims {
                let (name, quote) = (claim.evidence.name, claim.evidence.quote);
                prop_assert!(quote.start <= name.start && name.end <= quote.end);
                prop_assert!(!name.of(&table.report.text).is_empty());
                prop_assert!(!quote.of(&table.report.text).contains('\n'));
            }
        }
    }
}
