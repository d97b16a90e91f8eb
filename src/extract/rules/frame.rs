//! The frames of rules.

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
