//! Classes of English words that the grammar asks for, each a list in one place, and the forms of its verbs.

mod low;
mod verbs;

pub(crate) use crate::geoparse::{is_around, is_direction, is_facility, is_title};
pub(crate) use low::{Classed, Low};
pub(crate) use verbs::{also_noun, verb_forms};

/// The form of a verb as it stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// "capture", also in headlines and infinitives.
    Base,
    /// "captures".
    Third,
    /// "capturing".
    Ing,
    /// "fell", where it differs from the participle.
    Past,
    /// "fallen", where it differs from the past.
    Participle,
    /// "captured": past or participle, told apart by what stands before.
    PastOrParticiple,
}

/// Verbs whose past and participle follow no rule: base, past, participle.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("take", "took", "taken"),
    ("retake", "retook", "retaken"),
    ("overtake", "overtook", "overtaken"),
    ("fall", "fell", "fallen"),
    ("overrun", "overran", "overrun"),
    ("run", "ran", "run"),
    ("leave", "left", "left"),
    ("lose", "lost", "lost"),
    ("drive", "drove", "driven"),
    ("withdraw", "withdrew", "withdrawn"),
    ("win", "won", "won"),
    ("break", "broke", "broken"),
    ("hold", "held", "held"),
    ("flee", "fled", "fled"),
    ("quit", "quit", "quit"),
    ("beat", "beat", "beaten"),
    ("sweep", "swept", "swept"),
    ("go", "went", "gone"),
    ("come", "came", "come"),
    ("fight", "fought", "fought"),
    ("make", "made", "made"),
    ("throw", "threw", "thrown"),
    ("fly", "flew", "flown"),
    ("cut", "cut", "cut"),
    ("bring", "brought", "brought"),
    ("get", "got", "got"),
    ("begin", "began", "begun"),
    ("find", "found", "found"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lead", "led", "led"),
    ("send", "sent", "sent"),
    ("think", "thought", "thought"),
    ("understand", "understood", "understood"),
    ("stand", "stood", "stood"),
    ("see", "saw", "seen"),
    ("show", "showed", "shown"),
    ("speak", "spoke", "spoken"),
    ("seek", "sought", "sought"),
    ("shoot", "shot", "shot"),
    ("set", "set", "set"),
    ("put", "put", "put"),
    ("hit", "hit", "hit"),
    ("let", "let", "let"),
    ("rid", "rid", "rid"),
    ("shut", "shut", "shut"),
    ("hurt", "hurt", "hurt"),
    ("cost", "cost", "cost"),
    ("split", "split", "split"),
    ("spread", "spread", "spread"),
    ("thrust", "thrust", "thrust"),
    ("read", "read", "read"),
    ("strike", "struck", "struck"),
    ("stick", "stuck", "stuck"),
    ("swing", "swung", "swung"),
    ("shrink", "shrank", "shrunk"),
    ("write", "wrote", "written"),
    ("ride", "rode", "ridden"),
    ("rise", "rose", "risen"),
    ("hide", "hid", "hidden"),
    ("choose", "chose", "chosen"),
    ("freeze", "froze", "frozen"),
    ("steal", "stole", "stolen"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("bear", "bore", "borne"),
    ("swear", "swore", "sworn"),
    ("shake", "shook", "shaken"),
    ("mistake", "mistook", "mistaken"),
    ("undertake", "undertook", "undertaken"),
    ("draw", "drew", "drawn"),
    ("grow", "grew", "grown"),
    ("blow", "blew", "blown"),
    ("overthrow", "overthrew", "overthrown"),
    ("eat", "ate", "eaten"),
    ("lie", "lay", "lain"),
    ("lay", "laid", "laid"),
    ("pay", "paid", "paid"),
    ("hear", "heard", "heard"),
    ("feel", "felt", "felt"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("deal", "dealt", "dealt"),
    ("build", "built", "built"),
    ("spend", "spent", "spent"),
    ("lend", "lent", "lent"),
    ("burn", "burned", "burned"),
    ("buy", "bought", "bought"),
    ("sell", "sold", "sold"),
    ("catch", "caught", "caught"),
    ("teach", "taught", "taught"),
    ("sit", "sat", "sat"),
    ("dig", "dug", "dug"),
    ("hang", "hung", "hung"),
    ("cling", "clung", "clung"),
    ("grind", "ground", "ground"),
    ("wind", "wound", "wound"),
    ("bury", "buried", "buried"),
    ("arise", "arose", "arisen"),
    ("overcome", "overcame", "overcome"),
    ("become", "became", "become"),
    ("slide", "slid", "slid"),
    ("broadcast", "broadcast", "broadcast"),
    ("foresee", "foresaw", "foreseen"),
    ("withstand", "withstood", "withstood"),
    ("give", "gave", "given"),
    ("say", "said", "said"),
    ("tell", "told", "told"),
    ("be", "was", "been"),
];

/// All forms of a verb, from its base.
pub(crate) fn forms(base: &str) -> Vec<(String, Form)> {
    let stem = base.strip_suffix('e').unwrap_or(base);
    let consonant_y = base.ends_with('y') && !base[..base.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']);
    let third = if consonant_y {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("sh") || base.ends_with("ch") {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let doubled = doubles(base).then(|| base.chars().last().map(|last| format!("{base}{last}"))).flatten();
    let ing_stem = doubled.as_deref().unwrap_or(if base.ends_with("ee") { base } else { stem });
    let mut out =
        vec![(base.to_owned(), Form::Base), (third, Form::Third), (format!("{ing_stem}ing"), Form::Ing)];
    match IRREGULAR.iter().find(|(verb, ..)| *verb == base) {
        Some((_, past, participle)) if past == participle => {
            out.push(((*past).to_owned(), Form::PastOrParticiple));
        }
        Some((_, past, participle)) => {
            out.push(((*past).to_owned(), Form::Past));
            out.push(((*participle).to_owned(), Form::Participle));
        }
        None if consonant_y => out.push((format!("{}ied", &base[..base.len() - 1]), Form::PastOrParticiple)),
        None => out.push((format!("{}ed", doubled.as_deref().unwrap_or(stem)), Form::PastOrParticiple)),
    }
    out
}

/// Whether the last consonant is doubled before an ending, as in "quitting".
fn doubles(base: &str) -> bool {
    matches!(
        base,
        "quit"
            | "cut"
            | "run"
            | "overrun"
            | "win"
            | "get"
            | "plan"
            | "grab"
            | "rid"
            | "expel"
            | "repel"
            | "rebel"
            | "stop"
            | "slip"
            | "commit"
            | "admit"
            | "begin"
            | "sit"
            | "set"
            | "put"
            | "hit"
            | "let"
            | "shut"
            | "split"
            | "dig"
            | "trap"
            | "drop"
            | "grip"
            | "pin"
            | "slam"
            | "step"
            | "strip"
            | "wrap"
            | "ban"
            | "bar"
            | "swap"
            | "man"
            | "regret"
            | "occur"
            | "refer"
            | "transfer"
    )
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $list:literal)*) => {
        /// A class for each list, by the name of its question.
        #[derive(Clone, Copy)]
        #[expect(non_camel_case_types, reason = "each is the name of a function")]
        enum Listed { $($name),* }

        impl Listed {
            /// How many there are.
            const COUNT: u32 = LISTS.len() as u32;
        }

        const LISTS: &[(Listed, &str)] = &[$((Listed::$name, $list)),*];

        $($(#[$doc])* pub(crate) fn $name(word: &(impl Classed + ?Sized)) -> bool {
            word.classes().has(Listed::$name as u32)
        })*
    };
}

words! {
    /// Determiners and quantities that may open a noun phrase.
    is_determiner: "
        the a an its their his her our my your this that these those all both entire whole some any another
        other each every several many more two three four five six seven eight nine ten dozen dozens
        hundreds thousands"

    /// Auxiliary verbs.
    is_auxiliary: "
        has have had was were is are be been being am did does do get gets got having 's 've 'd"

    /// Forms of "to be", which make a passive.
    is_be: "was were is are be been being am got gets get getting"

    /// Modal verbs: what they govern has not happened.
    is_modal: "will would could should may might must can shall cannot 'll 'd"

    /// Words that deny what they govern.
    is_negative: "
        not never no neither nor n't without cannot didn't hasn't haven't hadn't wasn't weren't
        isn't aren't doesn't don't couldn't wouldn't won't nobody nothing"

    /// Verbs and nouns that put what follows into the future, a plan or a wish.
    is_intention: "
        want wants wanted wanting plan plans planned planning vow vows vowed vowing aim aims aimed
        aiming try tries tried trying attempt attempts attempted attempting hope hopes hoped hoping
        seek seeks sought seeking threaten threatens threatened threatening order orders ordered
        ordering prepare prepares prepared preparing intend intends intended intending pledge
        pledges pledged pledging struggle struggles struggled struggling fight fights fighting
        fought battle battles battled battling bid push pushing pushed campaign offensive operation
        mission effort efforts drive ready promise promised promises promising expect expects
        expected expecting likely poised set due about call calls called calling urge urges urged
        urging want demand demands demanded begin began begun begins beginning start started starts
        starting counteroffensive goal objective objectives intention chance able unable refuse
        refused refuses fear fears feared fearing warn warns warned warning predict predicts
        predicted advance advances advancing advanced prevent prevents prevented preventing avoid
        avoids avoided avoiding stop stops stopped stopping halt halted repel repels repelled
        repelling repulse repulsed foil foils foiled thwart thwarted target targets targeting
        targeted towards toward close closing near nearing ahead imminent possible potential
        eventual planned attempted failed looming impending"

    /// Verbs of failing.
    is_failure: "
        fail fails failed failing failure unable unsuccessfully repel repels repelled repelling
        repulse repulsed foil foils foiled thwart thwarted prevent prevents prevented preventing
        rebuff rebuffed"

    /// Verbs that bring about what follows them after "to".
    is_achievement: "
        manage manages managed managing went go able succeeded succeed enough allow allowed allows
        allowing enabled enabling helped help forced forcing compelled led advance advanced said
        believed reported thought understood known appears appeared seems seemed claim claims
        claimed claiming"

    /// Verbs of saying.
    is_speech: "
        say says said saying announce announces announced announcing claim claims claimed claiming
        confirm confirms confirmed confirming report reports reported reporting declare declares
        declared declaring state states stated stating add adds added adding tell tells told telling
        acknowledge acknowledges acknowledged acknowledging admit admits admitted admitting concede
        concedes conceded conceding insist insists insisted insisting boast boasts boasted boasting
        assert asserts asserted asserting deny denies denied denying reject rejects rejected
        rejecting dismiss dismisses dismissed dismissing refute refutes refuted refuting dispute
        disputes disputed disputing write writes wrote post posted posts note noted notes warn
        warned warns vow vowed vows argue argued argues explain explained"

    /// Verbs and nouns of fear, hope and expectation.
    is_fear: "
        fear fears feared fearing hope hopes hoped hoping expect expects expected expecting predict
        predicts predicted predicting possibility risk danger chance likelihood prospect threat
        worry worries worried prediction predictions expectation expectations"

    /// Words of attack, approach and shelling, which say nothing of who holds a place.
    is_attack: "
        attack attacks attacked attacking shell shells shelled shelling bomb bombs bombed bombing
        bombard bombarded bombardment strike strikes struck airstrike airstrikes raid raids raided
        raiding advance advances advanced advancing approach approaches approached approaching reach
        reached reaches clash clashes clashed fighting fought battle battles battling ambush ambushed
        rocket rockets missile missiles drone drones artillery offensive assault assaults assaulted
        skirmish skirmishes near neared nearing closing push pushing"

    /// Words that call what follows hearsay.
    is_rumour: "rumour rumours rumor rumors rumoured rumored speculation hearsay gossip"

    /// Verbs whose object does what the infinitive after it says: "forced the army to leave".
    is_transitive_control: "
        force forces forced forcing compel compelled allow allows allowed allowing enable enabled
        enabling order ordered orders ordering ask asked asks urge urged urges tell told tells help
        helped helping lead led prompt prompted prompting push pushed cause caused leave left
        persuade persuaded oblige obliged want wanted expect expected require required give gave
        permit permitted instruct instructed"

    /// Verbs of denying.
    is_denial: "
        deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed
        dismissing refute refutes refuted refuting dispute disputes disputed disputing false untrue denial
        denials contradict contradicted contradicts"

    /// Words that open a subordinate clause.
    is_subordinator: "
        after before when whenever while as if unless because although though until whether since
        once whereas lest provided how why what whoever whatever wherever"

    /// Words that open a relative clause.
    is_relative: "which who whom whose where"

    /// Pronouns of persons, and words that stand for a noun phrase.
    is_pronoun: "
        i he she you him her them us me himself herself themselves itself everyone someone nobody
        anyone everybody there those these both mine theirs"

    /// Adverbs without the ending "-ly".
    is_adverb: "
        also now then later soon again already just even together first almost nearly still never
        ever once finally however meanwhile moreover therefore thus instead apparently reportedly
        away back ahead forward forwards onwards northwards southwards eastwards westwards
        northward southward eastward westward abroad elsewhere here too so far only much very quite
        rather perhaps maybe afterwards earlier long ago yet else largely indeed twice apart
        alike overnight altogether inward deeper further hence otherwise sometimes often always
        seldom anew straight early late"

    /// Participles that have become prepositions.
    is_participial_preposition: "including following according regarding concerning excluding pending barring considering"

    /// Words that make a clause conditional.
    is_condition: "if unless whether should in-case provided"

    /// Prepositions.
    is_preposition: "
        in on at of to from by with for into onto over under near around towards toward through
        across along against between among outside inside within beyond behind beside besides off
        out up down about during despite without via amid amidst following including like unlike than
        per upon aboard above alongside throughout below beneath except notwithstanding opposite"

    /// Nouns that stand before or after the name of a place without being it.
    is_place_noun: "
        city cities town towns village villages district districts province provinces governorate
        governorates region regions oblast state county area areas municipality neighbourhood
        neighbourhoods neighborhood neighborhoods suburb suburbs settlement settlements capital hub
        port enclave stronghold bastion island camp base airport airbase airfield crossing dam
        valley countryside territory subdistrict township junction quarter bridge hometown"

    /// Words for a part of a place.
    is_part: "
        part parts most much half portion portions swathe swathes section sections neighbourhood
        neighbourhoods neighborhood neighborhoods district districts quarter quarters suburb suburbs
        outskirts centre center edge edges majority rest pockets bulk third quarter"

    /// Armed men in general, whose side the words before them tell.
    is_force: "
        army armies forces force troops troop soldiers soldier military fighters fighter militants
        militant militia militias insurgents insurgent rebels rebel gunmen gunman guerrillas units
        unit paramilitaries paramilitary garrison defenders men police commandos marines brigade
        battalion division regime government authorities coalition alliance faction factions group
        movement separatists separatist jihadists jihadist extremists loyalists opposition
        combatants command leadership ministry commander commanders spokesman officials terrorists terrorist
        guerrilla"

    /// What armed men keep in a town they hold.
    is_post: "
        outpost outposts post posts base bases garrison checkpoint checkpoints position positions
        barracks"

    /// Armed men of a state, when nothing else is said.
    is_state_force: "
        army military government regime troops soldiers garrison authorities police airforce
        loyalists"

    /// Armed men of a rising, when nothing else is said.
    is_rebel_force: "
        terrorists terrorist rebels rebel insurgents insurgent opposition militants militant
        guerrillas insurgency rebellion mutineers"

    /// Armed men of the non-state actor last spoken of.
    is_that_group: "
        jihadists jihadist extremists gunmen fighters paramilitaries paramilitary militia group
        movement militiamen separatists separatist islamists jihadi jihadis"

    /// Other words that may be the first of an actor: a force, an office, a voice.
    is_other_side: "
        security loyalist junta pro-government forces fighters coalition alliance faction factions
        defenders state general we men defence defense interior foreign information war prime armed
        spokesman spokeswoman spokesperson spokesmen ministry"

    /// Pronouns that stand for an actor.
    is_actor_pronoun: "they it"

    /// Peoples and creeds without a state of their own, whose armed men are named by them.
    is_people: "
        kurdish kurds karen kachin chin shan tuareg tigrayan tigray amhara oromo afar chechen
        rohingya druze alawite sunni shia shiite shi'ite arab islamist jihadist maoist catalan
        basque sahrawi palestinian houthi bedouin turkmen turkoman yazidi assyrian hutu tutsi hema
        lendu banyamulenge fulani nuer dinka misseriya masalit darfuri touareg baloch pashtun tajik
        uzbek hazara kosovar abkhaz ossetian moro acholi"

    /// Nouns of the hours of a day, which end a phrase of time before a subject ("by noon rebels had").
    is_hour: "
        nightfall noon dawn midday evening morning afternoon night midnight sunset sunrise dusk
        daybreak day days time moment hours weeks months then"

    /// Voices of no side.
    is_bystander: "
        residents resident locals witnesses witness observatory monitor monitors monitoring analysts
        analyst activists activist journalist journalists correspondent reporters un u.n aid
        officials diplomats observers mayor"

}

/// Whether a word can be the name of a month, and which (1 to 12).
pub(crate) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Whether a word is a weekday, and which.
pub(crate) fn weekday(word: &str) -> Option<jiff::civil::Weekday> {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    Some(match word {
        "monday" | "mon" => Monday,
        "tuesday" | "tue" | "tues" => Tuesday,
        "wednesday" | "wed" => Wednesday,
        "thursday" | "thu" | "thurs" => Thursday,
        "friday" | "fri" => Friday,
        "saturday" | "sat" => Saturday,
        "sunday" | "sun" => Sunday,
        _ => return None,
    })
}

/// A number written in figures or words, up to a hundred or so.
pub(crate) fn number(word: &str) -> Option<i32> {
    Some(match word {
        "zero" => 0,
        "a" | "an" | "one" => 1,
        "two" | "couple" => 2,
        "three" | "few" | "several" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        _ => {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = &word[digits.len()..];
            let figures = matches!(ending, "" | "st" | "nd" | "rd" | "th") && (1..=4).contains(&digits.len());
            return figures.then(|| digits.parse().ok()).flatten();
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, expect: &[&str]) {
        let said: Vec<String> = forms(base).into_iter().map(|(form, _)| form).collect();
        assert_eq!(said, expect);
    }

    #[test]
    fn verbs_take_their_forms() {
        check("capture", &["capture", "captures", "capturing", "captured"]);
        check("take", &["take", "takes", "taking", "took", "taken"]);
        check("flee", &["flee", "flees", "fleeing", "fled"]);
        check("quit", &["quit", "quits", "quitting", "quit"]);
        check("expel", &["expel", "expels", "expelling", "expelled"]);
        check("occupy", &["occupy", "occupies", "occupying", "occupied"]);
        check("push", &["push", "pushes", "pushing", "pushed"]);
    }

    #[test]
    fn months_weekdays_and_numbers_are_read() {
        assert_eq!(
            (month("dec"), month("sept"), month("mayor"), month("ma")),
            (Some(12), Some(9), None, None)
        );
        assert_eq!(
            (number("seven"), number("30th"), number("1,000"), number("third")),
            (Some(7), Some(30), None, None)
        );
        assert!(weekday("thursday").is_some() && weekday("holiday").is_none());
    }
}
