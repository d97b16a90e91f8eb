//! Armed groups that reports name without explaining; one table, names as the groups or the press write them.

/// One group.
pub(super) struct Group {
    /// The name shown.
    pub(super) name: &'static str,
    /// Other names, acronyms, other scripts.
    pub(super) aliases: &'static [&'static str],
}

const fn group(name: &'static str, aliases: &'static [&'static str]) -> Group {
    Group { name, aliases }
}

/// The groups. A project that names one of them, by any alias, takes all its names over.
pub(super) const GROUPS: &[Group] = &[
    group("Hayat Tahrir al-Sham", &["HTS", "Hay'at Tahrir al-Sham", "هيئة تحرير الشام"]),
    group("Nusra Front", &["al-Nusra Front", "Jabhat al-Nusra", "Nusra", "جبهة النصرة"]),
    group("Syrian National Army", &["SNA", "Turkish-backed Syrian National Army", "الجيش الوطني السوري"]),
    group(
        "Syrian Democratic Forces",
        &[
            "SDF",
            "YPG",
            "People's Protection Units",
            "Kurdish-led Syrian Democratic Forces",
            "قوات سوريا الديمقراطية",
            "قسد",
        ],
    ),
    group("Free Syrian Army", &["FSA"]),
    group("Syrian Free Army", &["Revolutionary Commando Army"]),
    group(
        "Islamic State",
        &["ISIS", "ISIL", "Isis", "Daesh", "Islamic State of Iraq and Syria", "داعش", "تنظيم الدولة"],
    ),
    group("Hezbollah", &["Hizbollah", "Hizbullah", "حزب الله"]),
    group("Hamas", &["حماس"]),
    group("Houthis", &["Houthi", "Ansar Allah", "Ansarallah", "Huthis", "الحوثيون"]),
    group("Southern Transitional Council", &["STC"]),
    group("Taliban", &["Taleban", "طالبان"]),
    group("National Resistance Front", &["NRF"]),
    group("Peshmerga", &["peshmerga"]),
    group("Popular Mobilization Forces", &["PMF", "Hashd al-Shaabi", "Popular Mobilisation Forces"]),
    group("Rapid Support Forces", &["RSF", "Hemedti", "Janjaweed", "قوات الدعم السريع", "الدعم السريع"]),
    group("SPLM-N", &["Sudan People's Liberation Movement-North"]),
    group(
        // A second army beside the government's: whose it is tells them apart, as in ACLED's "Haftar Faction".
        "Libyan National Army (Haftar)",
        &[
            "Libyan National Army",
            "LNA",
            "Haftar",
            "Khalifa Haftar",
            "Libyan Arab Armed Forces",
            "LAAF",
            "Haftar's forces",
        ],
    ),
    group("Government of National Accord", &["GNA"]),
    group("Al-Shabaab", &["al-Shabab", "Shabaab", "حركة الشباب"]),
    group("M23", &["March 23 Movement", "Mouvement du 23 Mars", "Alliance Fleuve Congo", "AFC/M23"]),
    group("Allied Democratic Forces", &["ADF"]),
    group("Wazalendo", &[]),
    group("JNIM", &["Jama'at Nusrat al-Islam wal-Muslimin"]),
    group("Azawad Liberation Front", &["FLA", "MNLA"]),
    group("Boko Haram", &[]),
    group("ISWAP", &["Islamic State West Africa Province"]),
    group("Seleka", &["Séléka"]),
    group("Wagner Group", &["Wagner", "Prigozhin", "Вагнер"]),
    group("Tigray Defense Forces", &["TDF", "TPLF", "Tigray People's Liberation Front", "Tigrayan forces"]),
    group("Fano", &[]),
    group("Oromo Liberation Army", &["OLA"]),
    group("Donetsk People's Republic", &["DPR", "DNR"]),
    group("Luhansk People's Republic", &["LPR", "LNR"]),
    group("Arakan Army", &[]),
    group("Ta'ang National Liberation Army", &["TNLA"]),
    group("MNDAA", &["Myanmar National Democratic Alliance Army"]),
    group("Karen National Liberation Army", &["KNLA", "Karen National Union", "KNU"]),
    group("Kachin Independence Army", &["KIA"]),
    group("FARC", &[]),
    group("ELN", &[]),
];
