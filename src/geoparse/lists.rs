//! Small classes of words that the geoparser asks for, folded.

/// Makes a function of each list.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $($word:literal)+;)*) => {
        $($(#[$doc])* pub(crate) fn $name(word: &str) -> bool {
            matches!(word, $($word)|+)
        })*
    };
}

lists! {
    /// Words that join the parts of a name and need no capital: "Republic of the Congo", "Rio de Janeiro", "al-Bab".
    is_connector:
        "of" "the" "and" "de" "la" "del" "della" "di" "do" "dos" "das" "da" "du" "des" "el" "al" "an" "ad"
        "ar" "as" "at" "az" "ash" "ez" "es" "er" "ed" "et" "en" "ul" "il" "esh" "ath" "adh" "le" "les" "los"
        "las" "on" "upon" "in" "sur" "sous" "am" "der" "den" "van" "von" "bei" "i" "e" "y" "und" "a" "lez"
        "kwa" "wa" "na" "nad" "pod" "pri";

    /// Titles and ranks: what follows is a person.
    is_title:
        "mr" "mrs" "ms" "miss" "dr" "sir" "dame" "lord" "lady" "president" "minister" "premier" "general"
        "gen" "colonel" "col" "major" "maj" "captain" "capt" "lieutenant" "lt" "sergeant" "sgt" "cpl"
        "corporal" "deputy" "detective" "officer" "trooper" "brigadier" "brig" "admiral" "commander" "sheriff"
        "coach" "king" "queen" "prince" "princess" "sheikh" "emir" "ayatollah" "imam" "pope" "bishop" "father"
        "rev" "reverend" "pastor" "judge" "justice" "senator" "sen" "rep" "representative" "congressman"
        "congresswoman" "governor" "gov" "mayor" "councilman" "councilwoman" "spokesman" "spokeswoman"
        "spokesperson" "ambassador" "chancellor" "secretary" "professor" "prof" "marshal" "attorney"
        "superintendent" "principal" "director" "chairman" "aunt" "uncle";

    /// Prepositions after which a name is a place more often than not.
    is_place_preposition:
        "in" "near" "at" "from" "outside" "inside" "around" "towards" "toward" "across" "throughout";

    /// Nouns that make a name mean a first-level unit of land: "Hama province", "the state of Kaduna".
    is_unit:
        "province" "provinces" "governorate" "governorates" "region" "oblast" "state" "muhafazah" "muhafaza"
        "wilaya" "krai" "voivodeship" "prefecture" "область" "области" "області" "محافظه" "ولايه" "ريف";

    /// Nouns that make it a second-level unit: "Afrin district", "Walker County".
    is_district:
        "district" "districts" "subdistrict" "municipality" "township" "county" "counties" "parish" "raion"
        "locality" "territory" "район" "района" "районі" "району";

    /// Nouns that make it a settlement.
    is_settlement:
        "city" "town" "village" "hamlet" "township" "settlement" "suburb" "port" "capital" "borough"
        "community" "مدينه" "بلده" "قريه" "город" "городе" "села" "селе" "село" "місто" "місті" "посёлок";

    /// Words that put ground around a place, not in it.
    is_around:
        "countryside" "outskirts" "around" "near" "outside" "surrounding" "vicinity" "environs";

    /// Words that may stand between a name and the noun that says what spot it is: "Aleppo international airport".
    is_facility_adjective:
        "international" "military" "civilian" "air" "border" "army" "naval";

    /// Words that names of places end or begin with, so that a name no gazetteer knows may be one: "Darby Street", "Kafr Weid".
    is_place_part:
        "road" "rd" "street" "st" "drive" "dr" "avenue" "ave" "boulevard" "blvd" "lane" "highway" "hwy"
        "freeway" "parkway" "pkwy" "interstate" "route" "trail" "bypass" "bridge" "square" "river" "creek"
        "lake" "bay" "beach" "island" "islands" "valley" "mountain" "mountains" "mount" "mt" "hill" "hills"
        "heights" "forest" "wilderness" "park" "preserve" "grove" "springs" "falls" "ford" "county" "co"
        "district" "province" "township" "parish" "city" "town" "village" "colony" "station" "camp" "fort"
        "base" "airport" "airfield" "dam" "crossing" "port" "harbor" "harbour" "point" "north" "south" "east"
        "west" "northeast" "northwest" "southeast" "southwest" "northern" "southern" "eastern" "western"
        "central" "new" "old" "upper" "lower" "great" "grand" "big" "little" "saint" "ste" "san" "santa" "los"
        "las" "el" "al" "abu" "umm" "tel" "tell" "tal" "tall" "deir" "dayr" "kafr" "kfar" "khan" "ain" "ein"
        "ayn" "wadi" "jabal" "bab" "beit" "bir" "ras" "main" "union" "republic";
}

/// Directions: "north of Homs", "northern Aleppo".
pub(crate) fn is_direction(word: &str) -> bool {
    let stem = word.strip_suffix("ern").or_else(|| word.strip_suffix("ward")).unwrap_or(word);
    matches!(
        stem,
        "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest"
    )
}
