//! Verbs of news prose, so that a sentence can be cut into clauses: their forms, and which of them are nouns as well.

use super::low::{ALSO_NOUN, Classed, VERB};
use super::{Form, forms};
use crate::extract::rules::RULES;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Verbs by their base. Those of the rules of control are added from there.
const VERBS: &str = "
    abduct accept accompany accuse achieve acknowledge act add admit advance advise affect agree aid aim allege allow amass
    ambush announce answer appeal appear applaud appoint approach approve argue arm arrange arrest arrive ask assail assassinate
    assault assemble assert assess assist assume assure attack attempt attend attract avoid await award back ban bar battle bear
    beat beg begin behead believe belong besiege blame blast blaze block blow boast bolster bomb bombard bombed border bring
    broadcast broker build burn bury bury bus buy call calm cancel capture care carry cause celebrate challenge change charge
    chase cheer choose circle circulate cite claim clash clear climb cling close collapse collect combat come command comment
    commit compare compel complain complete concede concentrate concern conclude condemn conduct confirm confront congratulate
    connect conquer consider consist consolidate constitute contain contest continue contradict contribute control convene
    cooperate cost count counter cover create cripple criticise criticize cross crush cut damage dash deal decide declare decline
    defeat defect defend define degrade delay deliver demand demolish deny depart depend deploy describe deserve destroy detain
    deteriorate determine detonate devastate develop die dig disagree disappear discover discuss dislodge dismiss dispatch displace
    display dispute distribute disrupt divide document dominate doubt down drag draw drive drop dug earn ease eat echo edge
    eject elect eliminate embark emerge employ enable encounter encourage end endanger endure enforce engage engulf enjoy ensure
    enter entrench erupt escalate escape escort establish estimate evacuate evict exchange execute exist expand expect expel
    explain explode exploit expose extend face fail fall fear feature feed feel fight file fill find finish fire flank flash flatten
    flee float flock flood fly focus foil follow force foresee form fortify free freeze fuel gain gather get give go govern grab
    grant greet grind grow guarantee guard halt hammer hand handle hang happen harass head heal hear help hesitate hide
    highlight hinder hit hoist hold hope host house hunt hurry hurt ignore imagine impose improve include increase indicate
    infiltrate inflict inform inhabit injure insist inspect install intend intensify intercept interview invade investigate invite
    involve isolate issue join justify keep kick kidnap kill kneel knock know lack land last laud launch lay lead leak learn leave
    lend let liberate lie lift like limit line linger link list listen live load lob locate lodge loom loot lose lower
    maintain make man manage march mark mass massacre matter mean measure mediate meet mention merge mine mobilise mobilize mock
    monitor mount move murder mutiny name near need negotiate note notice number obey observe obtain occupy occur offer open
    operate oppose order organise organize oust outflank outline outnumber overcome overlook overpower overrun oversee overthrow
    overtake overwhelm owe own pack paint panic parade park pass patrol pause pave pay penetrate perform perish persist persuade
    picture pin pinpoint place plan plant play pledge plunder point poison pose position possess post postpone pound pour praise
    pray precede predict prepare present press prevail prevent print probe proceed proclaim produce promise prompt pronounce
    propose protect protest prove provide publish pull punish purge purport pursue push put quell question quit quote raid rage
    rain raise rally range reach react read realise realize rebel rebuff rebuild recall recapture receive reclaim recognise
    recognize reconquer record recount recover recruit redeploy reduce refer refuse regain regard regroup reinforce reiterate
    reject rejoin relate release relieve relinquish relocate rely remain remember remind remove renew reopen repair repeat repel
    repelled replace reply report reposition represent repulse request require rescue resemble resign resist respond rest
    restore result resume retain retake retreat retrieve return reveal reverse review rid ride rise rival roam rock roll rout
    rule run rush sack salute save say scale scatter scramble scrap scream seal search secure see seek seem seize sell send sense
    separate serve set settle sever shake share shatter shell shelter shield shift ship shoot shout show shrink shut side sign
    signal sit slam slaughter slip slow smash smuggle sneak snipe soar solidify span spare spark speak spearhead spell spend
    split spoke spot spread squeeze stabilise stage stall stand start state stay steal stem step stick stop storm strand
    strafe stream strengthen stress stretch strike struggle study submit succeed succumb suffer suggest summon supply support
    suppress surface surge surprise surrender surround survey survive suspect suspend sustain swap swarm sway sweep swell swing
    switch take talk target tell tend terrify test testify thank think threaten throw thrust thwart tie tighten topple torch
    total touch tour trace trade train transfer transform transport trap travel treat trickle trigger try turn uncover
    undermine understand unfold unfurl unite unleash unveil update urge use vacate value vanish verify veto view violate visit
    voice volunteer vote vow wage wait wake walk want warn watch weaken wear weigh welcome widen win wipe withdraw witness
    wonder work worry worsen wound wrest wreck write yield";

/// Base forms that are nouns at least as often; such a word is a verb only where a verb must stand.
const ALSO_NOUNS: &str = "
    advance aid aim ambush appeal approach arm assault attack attempt back ban bar base battle blame blast block bomb border bus
    call capture care cause challenge change charge claim clash close combat command comment concern contest control cost count
    counter cover cross damage dash deal defeat delay demand deploy display dispute doubt down drive drop edge end escape escort
    estimate exchange face fall fear feature fight file fire flank flash flood focus force form fuel gain grant ground guard halt
    hand head help hold hope host house hunt increase influence issue kick lack land last launch lead leave lift like limit line
    link list load loss man march mark mass massacre matter mean measure mention mine monitor mount move murder mutiny name near
    need note notice number offer open order own pack panic parade park pass patrol pause pay place plan plant play pledge point
    position post press probe promise protest purge push question quote raid rage rain rally range rebel record release report
    request rescue rest result retreat return reverse review ride rise rival rock roll rout rule run rush sack scale search sense
    set shake share shell shelter shield shift ship show side siege sign signal split spot spread stage stall stand start state
    stay stem step stop storm strand stream stress stretch strike struggle study supply support surface surge surprise surrender
    survey swap sweep swing switch talk target test thrust tie total touch tour trace trade train transfer transport trap travel
    trigger turn update use value view visit voice volunteer vote vow wait wake walk want warn watch welcome win witness wonder
    work worry wound yield leaves";

/// The forms of all verbs, and which they are.
static FORMS: LazyLock<FxHashMap<String, Vec<Form>>> = LazyLock::new(|| {
    let mut map: FxHashMap<String, Vec<Form>> = FxHashMap::default();
    for (word, form) in all_forms() {
        let forms = map.entry(word).or_default();
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    map
});

/// Every form of every verb; some come several times.
pub(super) fn all_forms() -> impl Iterator<Item = (String, Form)> {
    let of_rules = RULES
        .iter()
        .filter(|rule| !rule.frame.is_noun())
        .flat_map(|rule| rule.phrases)
        .filter_map(|phrase| phrase.split(' ').next())
        .filter(|word| *word != "be");
    VERBS.split_whitespace().chain(of_rules).flat_map(forms)
}

/// The forms that a word can be, as a verb.
pub(crate) fn verb_forms(word: &(impl Classed + AsRef<str> + ?Sized)) -> &'static [Form] {
    if !word.classes().has(VERB) {
        return &[];
    }
    FORMS.get(word.as_ref()).map_or(&[], Vec::as_slice)
}

/// Whether a base form ("attack") or its "-s" form ("attacks") is a noun as well.
pub(crate) fn also_noun(word: &(impl Classed + ?Sized)) -> bool {
    word.classes().has(ALSO_NOUN)
}

/// The words of which [`also_noun`] is true.
pub(super) fn also_nouns() -> impl Iterator<Item = String> {
    ALSO_NOUNS.split_whitespace().flat_map(|base| {
        let third = forms(base).into_iter().find(|(_, form)| *form == Form::Third);
        std::iter::once(base.to_owned()).chain(third.map(|(word, _)| word))
    })
}
