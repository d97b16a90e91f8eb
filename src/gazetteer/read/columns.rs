//! Which column of somebody's table means what.
//!
//! Tables of places are headed in many ways. Names of columns are compared by their letters and digits alone, in any
//! case: `name:ar`, `NAME_AR` and `nameAr` are one.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A name of the place; the lowest number that is in Latin script becomes its own.
    Name(u8),
    /// OpenStreetMap's `place`: its kind where another column has the name, else its name.
    Place,
    /// Other names, several in a cell.
    Others,
    Latitude,
    Longitude,
    /// A GeoNames id.
    GeoNames,
    /// A code that is the place's own in all tables: a P-code.
    Code,
    /// A number of the row, of no meaning elsewhere.
    Number,
    Kind,
    /// A GeoNames feature code.
    Feature,
    Population,
    Country,
    Admin1,
    Admin2,
    /// The day the row was made or changed.
    Day,
}

/// What stands before or behind a column's name to say in which language it is: those of Latin script first.
const LATIN: [&str; 9] = ["en", "eng", "english", "int", "latin", "latn", "roman", "translit", "ascii"];
const LANGUAGES: [&str; 51] = [
    "ar",
    "ara",
    "arabic",
    "fa",
    "fas",
    "farsi",
    "prs",
    "ps",
    "ku",
    "kurdish",
    "ckb",
    "he",
    "heb",
    "tr",
    "tur",
    "ru",
    "rus",
    "russian",
    "uk",
    "ua",
    "ukr",
    "ukrainian",
    "be",
    "fr",
    "fra",
    "french",
    "es",
    "de",
    "pt",
    "it",
    "am",
    "ti",
    "so",
    "om",
    "my",
    "zh",
    "ur",
    "hi",
    "bn",
    "ka",
    "hy",
    "az",
    "sr",
    "bs",
    "hr",
    "local",
    "loc",
    "native",
    "orig",
    "original",
    "vernacular",
];

/// Columns that hold the name.
const NAMES: [&str; 25] = [
    "name",
    "names",
    "placename",
    "featurename",
    "featurenam",
    "featurerefname",
    "settlement",
    "settlementname",
    "town",
    "village",
    "villagename",
    "city",
    "cityname",
    "locality",
    "location",
    "locationname",
    "community",
    "communityname",
    "toponym",
    "admin4name",
    "adm4name",
    "adm4",
    "ppl",
    "pplname",
    "fullname",
];

/// Columns that hold other names.
const OTHERS: [&str; 19] = [
    "alternates",
    "alternate",
    "alternatenames",
    "alternatename",
    "altname",
    "altnames",
    "aliases",
    "alias",
    "othername",
    "othernames",
    "variant",
    "variants",
    "variantname",
    "oldname",
    "officialname",
    "shortname",
    "locname",
    "featurealtname",
    "altspelling",
];

/// What a column of this name holds, if that is understood.
pub(super) fn role(column: &str) -> Option<Role> {
    let letters: String =
        column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let name = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    let exact = match letters.as_str() {
        "place" => Some(Role::Place),
        "asciiname" | "nameascii" => Some(Role::Name(3)),
        "lat" | "latitude" | "y" | "ycoord" | "latitudey" | "latdd" | "pointy" | "latwgs84"
        | "latdecimal" => Some(Role::Latitude),
        "lon" | "lng" | "long" | "longitude" | "x" | "xcoord" | "longitudex" | "londd" | "longdd"
        | "pointx" | "lonwgs84" | "longdecimal" | "londecimal" => Some(Role::Longitude),
        "geonameid" | "geonamesid" | "geonames" => Some(Role::GeoNames),
        "pcode" | "featurepcode" | "placecode" | "placepcode" | "admin4pcode" | "adm4pcode" | "pplpcode"
        | "pplcode" => Some(Role::Code),
        "id" | "fid" | "objectid" | "osmid" | "gid" => Some(Role::Number),
        "kind" | "type" | "featuretype" | "featuretyp" | "featurecla" | "fclass" | "placetype"
        | "settlementtype" => Some(Role::Kind),
        "featurecode" | "fcode" => Some(Role::Feature),
        "population" | "pop" | "popest" | "poptotal" | "totalpop" | "totalpopulation" => {
            Some(Role::Population)
        }
        "country" | "countrycode" | "iso2" | "isoa2" | "iso" | "cc" | "countryname" | "admin0pcode"
        | "adm0pcode" | "admin0name" | "adm0name" | "adm0en" | "admin0nameen" | "adm0nameen" => {
            Some(Role::Country)
        }
        "admin1" | "admin1name" | "admin1nameen" | "adm1" | "adm1name" | "adm1nameen" | "adm1en"
        | "governorate" | "governorateen" | "gov" | "govname" | "province" | "oblast" | "state" => {
            Some(Role::Admin1)
        }
        "admin2" | "admin2name" | "admin2nameen" | "adm2" | "adm2name" | "adm2nameen" | "adm2en"
        | "district" | "districten" | "raion" | "county" => Some(Role::Admin2),
        "date" | "validon" | "updated" | "modificationdate" | "lastmodified" | "lastupdate"
        | "lastupdated" => Some(Role::Day),
        "local" => Some(Role::Name(4)),
        _ => None,
    };
    exact.or_else(|| rank(name).map(Role::Name)).or_else(|| others(name))
}

/// How far before the others a column of the name is: English, none said, another language.
fn rank(letters: &str) -> Option<u8> {
    if NAMES.contains(&letters) {
        return Some(1);
    }
    let cut = |language: &str| {
        let rest = letters.strip_suffix(language).or_else(|| letters.strip_prefix(language));
        rest.is_some_and(|rest| NAMES.contains(&rest))
    };
    if LATIN.iter().any(|language| cut(language)) {
        return Some(0);
    }
    LANGUAGES.iter().any(|language| cut(language)).then_some(4)
}

fn others(letters: &str) -> Option<Role> {
    let bare = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut languages = LATIN.iter().chain(&LANGUAGES).chain([&""]);
    // `featureAltName1_en`: the number is inside.
    let known = |text: &str| OTHERS.contains(&text.trim_end_matches(|c: char| c.is_ascii_digit()));
    languages.any(|language| bare.strip_suffix(language).is_some_and(known)).then_some(Role::Others)
}

/// The names that a cell of other names holds: by `|`, else by `;`, else by commas.
pub(super) fn split(cell: &str) -> impl Iterator<Item = &str> {
    let by = ['|', ';', '،'].into_iter().find(|by| cell.contains(*by)).unwrap_or(',');
    cell.split(by).map(str::trim).filter(|name| !name.is_empty())
}

/// The kind of place that a word for it means; nothing for a word that is not known.
pub(super) fn kind(word: &str) -> Option<&'static str> {
    Some(match word.trim().to_lowercase().replace(['_', '-'], " ").as_str() {
        "town" | "city" | "capital" | "national capital" | "admin 0 capital" | "admin 1 capital"
        | "municipality" | "مدينة" => "town",
        "village" | "hamlet" | "populated place" | "populatedplace" | "ppl" | "settlement" | "locality"
        | "isolated dwelling" | "farm" | "community" | "camp" | "refugee camp" | "idp camp" | "قرية"
        | "село" | "селище" => "village",
        "quarter" | "suburb" | "neighbourhood" | "neighborhood" | "city block" | "borough" | "حي" => {
            "quarter"
        }
        "country" => "country",
        "admin1" | "province" | "governorate" | "oblast" | "state" => "admin1",
        "admin2" | "district" | "raion" | "county" => "admin2",
        "base" | "military" | "military base" | "barracks" | "air base" | "airbase" => "base",
        "airport" | "airfield" | "aerodrome" | "airstrip" => "airport",
        "crossing" | "border crossing" | "border control" | "checkpoint" => "crossing",
        "dam" => "dam",
        "river" => "river",
        "lake" | "reservoir" => "lake",
        "sea" => "sea",
        "region" => "region",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_the_spellings_that_people_use() {
        for (columns, wanted) in [
            ("name Name NAME toponym Village settlement_name fullName", Some(Role::Name(1))),
            (
                "name_en name:en NAME_EN featureName_en featureRefName_en admin4Name_en ADM4_EN englishName name_int",
                Some(Role::Name(0)),
            ),
            (
                "name_ar name:ar NAME_AR featureName_ar ADM4_AR arname name:uk local name_local",
                Some(Role::Name(4)),
            ),
            (
                "alt_name alternates alternatenames aliases altName1 featureAltName1_en old_name alt_name:ar",
                Some(Role::Others),
            ),
            ("lat Latitude LATITUDE_Y y POINT_Y", Some(Role::Latitude)),
            ("lon lng Longitude long LONGITUDE_X X", Some(Role::Longitude)),
            ("admin1 admin1Name_en ADM1_EN Governorate adm1_name", Some(Role::Admin1)),
            ("admin2Name_en ADM2_EN district", Some(Role::Admin2)),
            ("POP population pop_est", Some(Role::Population)),
            ("country admin0Pcode iso2 ADM0_EN", Some(Role::Country)),
            ("pcode featurePcode ADM4_PCODE", Some(Role::Code)),
            ("geonameid", Some(Role::GeoNames)),
            ("admin1Pcode admin1Name_ar remarks bread", None),
        ] {
            for column in columns.split(' ') {
                assert_eq!(role(column), wanted, "{column}");
            }
        }
    }

    #[test]
    fn a_cell_of_other_names_is_split_by_what_separates_them() {
        assert_eq!(split("a, b|c").collect::<Vec<_>>(), ["a, b", "c"]);
        assert_eq!(split("a;b").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(split("a, b,").collect::<Vec<_>>(), ["a", "b"]);
    }
}
