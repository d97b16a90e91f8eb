//! Small classes of English words that the geoparser asks for.

/// Words that join the parts of a name and need no capital: "Republic of the Congo", "Rio de Janeiro", "al-Bab".
pub(crate) fn is_connector(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "de"
            | "la"
            | "del"
            | "della"
            | "di"
            | "do"
            | "dos"
            | "das"
            | "da"
            | "du"
            | "des"
            | "el"
            | "al"
            | "an"
            | "ad"
            | "ar"
            | "as"
            | "at"
            | "az"
            | "ash"
            | "ez"
            | "es"
            | "er"
            | "ed"
            | "et"
            | "en"
            | "ul"
            | "il"
            | "esh"
            | "ath"
            | "adh"
            | "le"
            | "les"
            | "los"
            | "las"
            | "on"
            | "upon"
            | "in"
            | "sur"
            | "sous"
            | "am"
            | "der"
            | "den"
            | "van"
            | "von"
            | "bei"
            | "i"
            | "e"
            | "y"
            | "und"
            | "a"
            | "lez"
            | "kwa"
            | "wa"
            | "na"
            | "nad"
            | "pod"
            | "pri"
    )
}

/// Titles and ranks: what follows is a person.
pub(crate) fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "sir"
            | "dame"
            | "lord"
            | "lady"
            | "president"
            | "minister"
            | "premier"
            | "general"
            | "gen"
            | "colonel"
            | "col"
            | "major"
            | "maj"
            | "captain"
            | "capt"
            | "lieutenant"
            | "lt"
            | "sergeant"
            | "sgt"
            | "cpl"
            | "corporal"
            | "deputy"
            | "detective"
            | "officer"
            | "trooper"
            | "brigadier"
            | "brig"
            | "admiral"
            | "commander"
            | "sheriff"
            | "coach"
            | "king"
            | "queen"
            | "prince"
            | "princess"
            | "sheikh"
            | "emir"
            | "ayatollah"
            | "imam"
            | "pope"
            | "bishop"
            | "father"
            | "rev"
            | "reverend"
            | "pastor"
            | "judge"
            | "justice"
            | "senator"
            | "sen"
            | "rep"
            | "representative"
            | "congressman"
            | "congresswoman"
            | "governor"
            | "gov"
            | "mayor"
            | "councilman"
            | "councilwoman"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "ambassador"
            | "chancellor"
            | "secretary"
            | "professor"
            | "prof"
            | "marshal"
            | "attorney"
            | "superintendent"
            | "principal"
            | "director"
            | "chairman"
            | "aunt"
            | "uncle"
    )
}

/// Prepositions after which a name is a place more often than not.
pub(crate) fn is_place_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "near"
            | "at"
            | "from"
            | "outside"
            | "inside"
            | "around"
            | "towards"
            | "toward"
            | "across"
            | "throughout"
    )
}

/// Nouns that make a name mean a first-level unit of land: "Hama province", "the state of Kaduna".
pub(crate) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "province"
            | "provinces"
            | "governorate"
            | "governorates"
            | "region"
            | "oblast"
            | "state"
            | "muhafazah"
            | "muhafaza"
            | "wilaya"
            | "krai"
            | "voivodeship"
            | "prefecture"
            | "область"
            | "области"
            | "області"
            | "محافظه"
            | "ولايه"
            | "ريف"
    )
}

/// Nouns that make it a second-level unit: "Afrin district", "Walker County".
pub(crate) fn is_district(word: &str) -> bool {
    matches!(
        word,
        "district"
            | "districts"
            | "subdistrict"
            | "municipality"
            | "township"
            | "county"
            | "counties"
            | "parish"
            | "raion"
            | "locality"
            | "territory"
            | "район"
            | "района"
            | "районі"
            | "району"
    )
}

/// Nouns that make it a settlement.
pub(crate) fn is_settlement(word: &str) -> bool {
    matches!(
        word,
        "city"
            | "town"
            | "village"
            | "hamlet"
            | "township"
            | "settlement"
            | "suburb"
            | "port"
            | "capital"
            | "borough"
            | "community"
            | "مدينه"
            | "بلده"
            | "قريه"
            | "город"
            | "городе"
            | "села"
            | "селе"
            | "село"
            | "місто"
            | "місті"
            | "посёлок"
    )
}

/// Words that put ground around a place, not in it.
pub(crate) fn is_around(word: &str) -> bool {
    matches!(
        word,
        "countryside" | "outskirts" | "around" | "near" | "outside" | "surrounding" | "vicinity" | "environs"
    )
}

/// Directions: "north of Homs", "northern Aleppo".
pub(crate) fn is_direction(word: &str) -> bool {
    let stem = word.strip_suffix("ern").or_else(|| word.strip_suffix("ward")).unwrap_or(word);
    matches!(
        stem,
        "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest"
    )
}

/// Words that may stand between a name and the noun that says what spot it is: "Aleppo international airport".
pub(crate) fn is_facility_adjective(word: &str) -> bool {
    matches!(word, "international" | "military" | "civilian" | "air" | "border" | "army" | "naval")
}
