//! The rules of control: which words say that a place changed hands, and what stands where around them.
//!
//! A rule lists verb phrases (bases; every form is found) or nouns, and a frame that says which argument is which. Each
//! rule carries its own examples: `yes` with what it finds, `no` where it is rightly silent, `missed` for known limits.
//! The examples are read as published on Thursday 5 December 2024 and are all run by one test.

/// What stands where around the words of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// GAINING verb PLACE (from LOSING); passive: PLACE be verb (by GAINING).
    Take,
    /// LOSING verb PLACE (to GAINING); passive: PLACE be verb (to GAINING).
    Lose,
    /// LOSING verb (from) PLACE; passive: PLACE be verb (by LOSING).
    Leave,
    /// GAINING verb LOSING out of PLACE; passive: LOSING be verb out of PLACE.
    Drive,
    /// PLACE verb (to GAINING).
    Fall,
    /// PLACE be under GAINING's control.
    Held,
    /// GAINING verb PLACE, and holds no more than a part.
    Enter,
    /// Fighting in PLACE.
    Fight,
    /// GAINING verb PLACE around LOSING.
    Besiege,
    /// GAINING verb the siege of PLACE.
    Lift,
    /// The noun of PLACE by GAINING.
    TakeNoun,
    /// PLACE's noun, the noun of PLACE to GAINING.
    FallNoun,
    /// LOSING's noun of PLACE.
    LossNoun,
    /// LOSING's noun from PLACE.
    LeaveNoun,
    /// The siege of PLACE.
    SiegeNoun,
}

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name, as `claims.csv` gives it.
    pub(crate) name: &'static str,
    /// What stands where.
    pub(crate) frame: Frame,
    /// The phrases. The first word is a verb in its base form, or a noun; `*` stands for a few words in between.
    pub(crate) phrases: &'static [&'static str],
    /// Sentences it reads, with what it finds, `;` between claims.
    pub(crate) yes: &'static [(&'static str, &'static str)],
    /// Sentences in which it rightly finds nothing.
    pub(crate) no: &'static [&'static str],
    /// Sentences it should read, and does not yet.
    pub(crate) missed: &'static [&'static str],
}

/// The rules.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "take",
        frame: Frame::Take,
        phrases: &[
            "capture",
            "recapture",
            "seize",
            "reseize",
            "take",
            "retake",
            "overrun",
            "conquer",
            "reconquer",
            "liberate",
            "occupy",
            "reoccupy",
            "recover",
            "regain",
            "reclaim",
            "win back",
            "take over",
            "take back",
            "overtake",
            "take control of",
            "take control over",
            "seize control of",
            "seize control over",
            "gain control of",
            "gain control over",
            "regain control of",
            "regain control over",
            "retake control of",
            "assume control of",
            "establish control over",
            "wrest control of",
            "secure control of",
            "claim control of",
            "wrest",
            "secure",
            "clear",
            "free",
            "sweep into and take",
            "raise flag over",
            "raise flag in",
            "take possession of",
            "take charge of",
        ],
        yes: &[
            ("Rebels captured Hama on Thursday.", "captured Hama: Syrian rebels, 2024-12-05"),
            (
                "Syrian rebels seized Saraqib from government forces.",
                "captured Saraqib: Syrian rebels < Syrian government",
            ),
            ("Hama was captured by rebels on Thursday.", "captured Hama: Syrian rebels, 2024-12-05"),
            (
                "Rebels have taken full control of the strategically important city of Hama, a monitor said.",
                "captured Hama: Syrian rebels",
            ),
            (
                "The rebels seized Aleppo, Maarat al-Numan and Khan Sheikhoun on Saturday.",
                "captured Aleppo: Syrian rebels, 2024-11-30; captured Maarrat an Nu'man: Syrian rebels, 2024-11-30; captured Khān Shaykhūn: Syrian rebels, 2024-11-30",
            ),
            (
                "Aleppo, which the rebels seized on Saturday, was quiet.",
                "captured Aleppo: Syrian rebels, 2024-11-30",
            ),
            (
                "Rebels who captured Aleppo in November 2024 moved on.",
                "captured Aleppo: Syrian rebels, 2024-11-01/2024-11-30",
            ),
            ("Islamic State fighters overran the desert town of Palmyra.", "captured Palmyra: Islamic State"),
            (
                "“We have taken full control of Hama,” a rebel commander declared.",
                "captured Hama (claimed): Syrian rebels",
            ),
            ("The Syrian army said it had recaptured Hama.", "captured Hama (claimed): Syrian government"),
            (
                "Russia denied that Ukrainian forces had captured Vuhledar.",
                "captured Vuhledar (denied): Ukrainian government",
            ),
        ],
        no: &[
            "Rebels failed to capture Hama.",
            "Rebels vowed to capture Hama.",
            "The rebels have not captured Hama.",
            "If rebels capture Hama, Homs will be next.",
            "Rebels could take Homs within days.",
            "Will the rebels take Homs?",
            "Rebels captured 40 soldiers in Hama.",
            "Two soldiers have been captured in Hama.",
            "The army repelled an attempt to seize Hama.",
            "The film captured the mood of Aleppo.",
            "Rebels were trying to take Hama.",
            "The offensive is aimed at capturing Homs.",
        ],
        missed: &["Rebels took from the army the town of Morek."],
    },
    Rule {
        name: "lose",
        frame: Frame::Lose,
        phrases: &[
            "lose",
            "lose control of",
            "lose control over",
            "cede",
            "cede control of",
            "surrender",
            "surrender control of",
            "relinquish",
            "relinquish control of",
            "hand over",
            "hand back",
            "give up",
            "yield",
            "turn over",
            "concede",
        ],
        yes: &[
            (
                "The army lost Hama to the rebels on Thursday.",
                "captured Hama: Syrian rebels < Syrian government, 2024-12-05",
            ),
            ("The Syrian government has lost control of Aleppo.", "captured Aleppo: < Syrian government"),
            ("Bagram was handed over to the Taliban.", "captured Bagram: Taliban"),
        ],
        no: &["The army will not give up Homs.", "Hama lost 2-0 to Homs.", "The army could lose Homs."],
        missed: &[],
    },
    Rule {
        name: "leave",
        frame: Frame::Leave,
        phrases: &[
            "withdraw from",
            "withdraw * from",
            "pull out of",
            "pull * out of",
            "pull back from",
            "retreat from",
            "flee",
            "flee from",
            "abandon",
            "evacuate",
            "vacate",
            "leave",
            "quit",
            "depart",
            "depart from",
            "redeploy from",
            "redeploy out of",
            "redeploy * from",
            "redeploy outside",
            "fall back from",
            "pull out from",
            "exit",
            "reposition outside",
            "redeploy and reposition outside",
        ],
        yes: &[
            (
                "The Syrian army withdrew from Hama on Thursday.",
                "withdrew Hama: < Syrian government, 2024-12-05",
            ),
            ("Government troops have pulled out of Rastan.", "withdrew Ar Rastan: < Syrian government"),
            ("Russia withdrew its forces from Kherson.", "withdrew Kherson: < Russian government"),
            ("Hama was abandoned by the army.", "withdrew Hama: < Syrian government"),
        ],
        no: &[
            "Thousands of residents fled Hama.",
            "The army withdrew to Homs.",
            "The army denied reports of leaving Homs.",
            "The blast left Hama in ruins.",
            "The army has no plan to withdraw from Homs.",
        ],
        missed: &[],
    },
    Rule {
        name: "drive-out",
        frame: Frame::Drive,
        phrases: &[
            "drive * out of",
            "drive * from",
            "push * out of",
            "push * from",
            "expel * from",
            "oust * from",
            "force * out of",
            "force * from",
            "eject * from",
            "flush * out of",
            "clear * from",
            "chase * out of",
            "kick * out of",
            "throw * out of",
            "dislodge * from",
            "evict * from",
        ],
        yes: &[
            (
                "Rebels drove government forces out of Hama on Thursday.",
                "captured Hama: Syrian rebels < Syrian government, 2024-12-05",
            ),
            (
                "Islamic State was driven from Palmyra by the Syrian army.",
                "captured Palmyra: Syrian government < Islamic State",
            ),
        ],
        no: &["Rebels are fighting to push the army out of Homs."],
        missed: &[],
    },
    Rule {
        name: "fall",
        frame: Frame::Fall,
        phrases: &[
            "fall",
            "fall to",
            "fall into * hands",
            "fall under * control",
            "pass to",
            "pass into * hands",
            "change hands",
            "come under * control",
            "slip from * hands",
            "slip from * grasp",
            "slip from * control",
            "capitulate",
            "go to",
        ],
        yes: &[
            ("Hama fell to the rebels on Thursday.", "captured Hama: Syrian rebels, 2024-12-05"),
            ("Aleppo has fallen.", "captured Aleppo: "),
            ("Raqqa slipped from the government's grasp.", "captured Ar Raqqah: < Syrian government"),
        ],
        no: &["Shells fell on Hama.", "Snow fell in Aleppo.", "Homs may fall next.", "Hama fell silent."],
        missed: &[],
    },
    Rule {
        name: "held",
        frame: Frame::Held,
        phrases: &[
            "be now in * hands",
            "be now under * control",
            "be in full control of",
            "be now in control of",
            "be now in full control of",
            "be in complete control of",
            "be under full control of",
            "be now under the control of",
            "be fully under the control of",
            "be now held by",
            "be now controlled by",
            "be back under * control",
            "be back in * hands",
            "now control",
            "now hold",
            "now controls",
            "now holds",
        ],
        yes: &[
            ("Hama is now under rebel control.", "captured Hama: Syrian rebels"),
            ("Hama is now in the hands of the rebels.", "captured Hama: Syrian rebels"),
            ("The rebels are in full control of Hama.", "captured Hama: Syrian rebels"),
        ],
        no: &[
            "Homs is under government control.",
            "The army still holds Homs.",
            "Homs remains in government hands.",
        ],
        missed: &[],
    },
    Rule {
        name: "enter",
        frame: Frame::Enter,
        phrases: &[
            "enter",
            "push into",
            "storm into",
            "storm",
            "break into",
            "move into",
            "march into",
            "advance into",
            "infiltrate",
            "penetrate",
            "burst into",
            "sweep into",
            "roll into",
            "enter parts of",
        ],
        yes: &[("Rebels entered Hama on Thursday.", "contested Hama: Syrian rebels, 2024-12-05")],
        no: &[
            "Aid convoys entered Hama.",
            "Rebels were about to enter Hama.",
            "Rebels reached the gates of Hama.",
        ],
        missed: &[],
    },
    Rule {
        name: "fight",
        frame: Frame::Fight,
        phrases: &[
            "fighting in",
            "fighting inside",
            "clashes in",
            "clashes inside",
            "battles in",
            "battles inside",
            "fighting rages in",
            "street battles in",
            "fighting continue in",
            "fighting rage in",
            "clashes continue in",
            "clashes break out in",
            "combat in",
            "fighting continues inside",
            "fighting go on in",
        ],
        yes: &[("Street fighting continued in Hama.", "contested Hama: ")],
        no: &["Fighting continued near Hama.", "There was no fighting in Homs."],
        missed: &[],
    },
    Rule {
        name: "besiege",
        frame: Frame::Besiege,
        phrases: &["besiege", "surround", "encircle", "lay siege to", "blockade"],
        yes: &[
            ("Rebels have surrounded Hama.", "besieged Hama: Syrian rebels"),
            (
                "El Fasher remains besieged by the Rapid Support Forces.",
                "besieged Al Fashir: Rapid Support Forces",
            ),
        ],
        no: &["Rebels tried to encircle Hama.", "The villages surrounding Hama are empty."],
        missed: &[],
    },
    Rule {
        name: "lift-siege",
        frame: Frame::Lift,
        phrases: &[
            "break the siege of",
            "break * siege of",
            "lift the siege of",
            "lift * siege of",
            "end the siege of",
            "end * siege of",
            "break the siege on",
            "lift the siege on",
            "relieve",
        ],
        yes: &[(
            "The Syrian army broke the siege of Deir ez-Zor.",
            "siege_lifted Deir ez-Zor: Syrian government",
        )],
        no: &["The army hopes to break the siege of Deir ez-Zor."],
        missed: &[],
    },
    Rule {
        name: "capture-noun",
        frame: Frame::TakeNoun,
        phrases: &[
            "capture of",
            "recapture of",
            "seizure of",
            "takeover of",
            "liberation of",
            "conquest of",
            "occupation of",
            "retaking of",
            "overrunning of",
            "control of",
        ],
        yes: &[
            (
                "The capture of Hama by rebels on Thursday stunned the capital.",
                "captured Hama: Syrian rebels, 2024-12-05",
            ),
            ("The rebels' capture of Hama stunned the capital.", "captured Hama: Syrian rebels"),
            (
                "The capture of Hama comes just a week after rebels liberated Aleppo.",
                "captured Hama: ; captured Aleppo: Syrian rebels, 2024-11-28",
            ),
        ],
        no: &[
            "The capture of Homs would cut the coast off.",
            "Rebels are preparing for the capture of Homs.",
            "He called for the recapture of Aleppo.",
            "Both sides are fighting for control of Homs.",
        ],
        missed: &[],
    },
    Rule {
        name: "fall-noun",
        frame: Frame::FallNoun,
        phrases: &["fall", "fall of", "surrender of", "collapse of", "capitulation of"],
        yes: &[
            ("The fall of Hama was a shock.", "captured Hama: "),
            ("Hama's fall to the rebels was a shock.", "captured Hama: Syrian rebels"),
        ],
        no: &["The fall of Homs would be a disaster.", "Residents fear the fall of Homs."],
        missed: &[],
    },
    Rule {
        name: "loss-noun",
        frame: Frame::LossNoun,
        phrases: &["loss of", "surrender of"],
        yes: &[("The loss of Khan Sheikhoun is a blow to the army.", "captured Khān Shaykhūn: ")],
        no: &["The loss of Homs would be a blow to the army."],
        missed: &[],
    },
    Rule {
        name: "leave-noun",
        frame: Frame::LeaveNoun,
        phrases: &[
            "withdrawal from",
            "withdrawal of * from",
            "retreat from",
            "retreat of * from",
            "pullout from",
            "pullback from",
            "evacuation of",
            "evacuation from",
            "redeployment from",
            "departure from",
            "departure of * from",
            "exit from",
        ],
        yes: &[
            ("The army's withdrawal from Hama was called strategic.", "withdrew Hama: < Syrian government"),
            (
                "The withdrawal of Syrian troops from Hama is a gain for the rebels.",
                "withdrew Hama: < Syrian government",
            ),
            (
                "The Syrian army announced its withdrawal from Hama province.",
                "withdrew Hama [admin1]: < Syrian government",
            ),
        ],
        no: &["The army denied any withdrawal from Homs.", "Washington demanded a withdrawal from Homs."],
        missed: &[],
    },
    Rule {
        name: "siege-noun",
        frame: Frame::SiegeNoun,
        phrases: &["siege of", "encirclement of", "blockade of", "besieged"],
        yes: &[(
            "The siege of El Fasher by the RSF has gone on for a year.",
            "besieged Al Fashir: Rapid Support Forces",
        )],
        no: &["The siege of Leningrad ended in 1944."],
        missed: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, GeoPrecision, Precision};
    use crate::extract;
    use crate::gazetteer::Gazetteer;
    use crate::project::Project;
    use crate::report::Report;
    use crate::units::Date;

    /// What a text gives, in the words of the examples.
    fn found(text: &str) -> String {
        let report = Report {
            id: "r".into(),
            title: None,
            publisher: None,
            url: None,
            published: Some(Date::constant(2024, 12, 5)),
            text: text.into(),
        };
        let claims = extract::claims(&report, &Gazetteer::embedded(), &Project::default()).value;
        claims.iter().map(said).collect::<Vec<_>>().join("; ")
    }

    fn said(claim: &Claim) -> String {
        let mut out = format!("{} {}", claim.change.name(), claim.site.name);
        if claim.site.precision != GeoPrecision::Place {
            out += &format!(" [{}]", claim.site.precision.name());
        }
        if claim.standing.name() != "reported" {
            out += &format!(" ({})", claim.standing.name());
        }
        out += ": ";
        out += claim.gaining.as_ref().map_or("", |id| &id.0);
        if let Some(losing) = &claim.losing {
            out += if claim.gaining.is_some() { " < " } else { "< " };
            out += &losing.0;
        }
        match (claim.day.from, claim.day.to, claim.day.basis) {
            (Some(_), _, crate::claim::Basis::Publication) | (None, ..) => {}
            (Some(from), Some(to), _) if from == to || claim.day.precision == Precision::Day => {
                out += &format!(", {from}")
            }
            (Some(from), to, _) => {
                out += &format!(", {from}/{}", to.map_or(String::new(), |to| to.to_string()))
            }
        }
        out
    }

    #[test]
    fn every_rule_finds_what_its_examples_say_and_nothing_else() {
        let mut wrong = Vec::new();
        for rule in RULES {
            for (text, expect) in rule.yes {
                let found = found(text);
                if found.trim_end() != expect.trim_end() {
                    wrong.push(format!("{}: {text}\n  expected {expect}\n  found    {found}", rule.name));
                }
            }
            for text in rule.no {
                let found = found(text);
                if !found.is_empty() {
                    wrong.push(format!("{}: {text}\n  should find nothing\n  found {found}", rule.name));
                }
            }
            for text in rule.missed {
                let found = found(text);
                if !found.is_empty() {
                    wrong.push(format!(
                        "{}: {text}\n  is no longer missed: move it to `yes`\n  found {found}",
                        rule.name
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{} examples\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn every_rule_carries_examples_of_both_kinds() {
        for rule in RULES {
            assert!(!rule.yes.is_empty() && !rule.no.is_empty(), "{}", rule.name);
        }
    }
}
