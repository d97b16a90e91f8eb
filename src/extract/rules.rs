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
    /// PLACE be under GAINING's control; a change only where "now", "fully" or "back" says so.
    Held,
    /// GAINING verb PLACE, and holds no more than a part.
    Enter,
    /// Fighting in PLACE.
    Fight,
    /// GAINING verb PLACE around LOSING.
    Besiege,
    /// PLACE be under siege (by GAINING).
    UnderSiege,
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

impl Frame {
    /// Whether its phrases are nouns, not verbs.
    pub(crate) fn is_noun(self) -> bool {
        matches!(
            self,
            Self::TakeNoun
                | Self::FallNoun
                | Self::LossNoun
                | Self::LeaveNoun
                | Self::SiegeNoun
                | Self::Fight
        )
    }
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
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that runs every example"))]
    pub(crate) yes: &'static [(&'static str, &'static str)],
    /// Sentences in which it rightly finds nothing.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that runs every example"))]
    pub(crate) no: &'static [&'static str],
    /// Sentences it should read, and does not yet.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test that runs every example"))]
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
            "take hold of",
            "establish control of",
            "impose control over",
            "gain possession of",
            "rid * of",
            "cleanse * of",
            "purge * of",
            "wrestle",
            "grab",
            "snatch",
            "storm and take",
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
                "captured Aleppo: Syrian rebels, 2024-11-30; captured Maarat al-Numan: Syrian rebels, 2024-11-30; captured Khan Sheikhoun: Syrian rebels, 2024-11-30",
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
            "give back",
            "transfer",
            "transfer control of",
            "return",
            "sign over",
        ],
        yes: &[
            (
                "The army lost Hama to the rebels on Thursday.",
                "captured Hama: Syrian rebels < Syrian government, 2024-12-05",
            ),
            ("The Syrian government has lost control of Aleppo.", "captured Aleppo: < Syrian government"),
            ("Bagram airfield was handed over to the Taliban.", "captured Bagram Air Base: Taliban"),
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
            "pull out",
            "withdraw",
            "retreat",
            "pull back",
            "fall back",
            "depart from",
            "redeploy from",
            "redeploy out of",
            "redeploy * outside",
            "move * out of",
            "pull back * from",
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
            ("Government troops have pulled out of Rastan.", "withdrew Rastan: < Syrian government"),
            ("Russia withdrew its forces from Kherson.", "withdrew Kherson: < Russian government"),
            ("The army denied reports of leaving Homs.", "withdrew Homs (denied): < Syrian government"),
            ("The army has left the Tiyas air base.", "withdrew Tiyas Air Base: < Syrian government"),
            ("Hama was abandoned by the army.", "withdrew Hama: < Syrian government"),
        ],
        no: &[
            "Thousands of residents fled Hama.",
            "The army withdrew to Homs.",
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
            "pass into the hands of",
            "fall into the hands of",
            "come under the control of",
            "fall under the control of",
            "change hands",
            "come under * control",
            "slip from * hands",
            "slip from * grasp",
            "slip from * control",
            "return to * control",
            "return to * hands",
            "go over to",
            "revert to",
            "slip out of * hands",
            "slip out of * control",
            "capitulate",
            "surrender",
            "surrender to",
        ],
        yes: &[
            ("Hama fell to the rebels on Thursday.", "captured Hama: Syrian rebels, 2024-12-05"),
            ("Aleppo has fallen.", "captured Aleppo: "),
            ("Raqqa slipped from the government's grasp.", "captured Raqqa: < Syrian government"),
        ],
        no: &["Shells fell on Hama.", "Snow fell in Aleppo.", "Homs may fall next.", "Hama fell silent."],
        missed: &[],
    },
    Rule {
        name: "held",
        frame: Frame::Held,
        phrases: &[
            "control",
            "hold",
            "be in control of",
            "have control of",
            "be in possession of",
            "be in the possession of",
            "be master of",
            "be masters of",
            "be in * hands",
            "be in the hands of",
            "be under * control",
            "be under the control of",
            "be held by",
            "be controlled by",
            "belong to",
            "remain under * control",
            "remain in * hands",
            "remain in control of",
            "stay in * hands",
            "retain",
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
            "go into",
            "go back into",
            "cross into",
            "walk into",
            "drive into",
            "sweep into",
            "roll into",
            "enter parts of",
            "walk in",
            "move in",
            "march in",
            "sweep in",
            "pour into",
            "go in",
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
            "fighting * in",
            "fighting * inside",
            "clashes in",
            "clashes inside",
            "clashes * in",
            "clashes * inside",
            "battles in",
            "battles inside",
            "battles * in",
            "combat in",
            "combat inside",
            "combat * in",
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
                "besieged El Fasher: Rapid Support Forces",
            ),
        ],
        no: &["Rebels tried to encircle Hama.", "The villages surrounding Hama are empty."],
        missed: &[],
    },
    Rule {
        name: "under-siege",
        frame: Frame::UnderSiege,
        phrases: &[
            "be under siege",
            "remain under siege",
            "come under siege",
            "be encircled",
            "be surrounded",
            "be cut off",
        ],
        yes: &[(
            "El Fasher has been under siege by the Rapid Support Forces since May.",
            "besieged El Fasher: Rapid Support Forces",
        )],
        no: &["The town is not under siege.", "El Fasher could be under siege within days."],
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
                "captured Hama: Syrian rebels; captured Aleppo: Syrian rebels, 2024-11-28",
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
        yes: &[("The loss of Khan Sheikhoun is a blow to the army.", "captured Khan Sheikhoun: ")],
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
        no: &["Washington demanded a withdrawal from Homs."],
        missed: &[],
    },
    Rule {
        name: "siege-noun",
        frame: Frame::SiegeNoun,
        phrases: &["siege of", "encirclement of", "blockade of", "besieged"],
        yes: &[(
            "The siege of El Fasher by the RSF has gone on for a year.",
            "besieged El Fasher: Rapid Support Forces",
        )],
        no: &["The siege of Leningrad ended in 1944."],
        missed: &[],
    },
];

#[cfg(test)]
mod tests;
