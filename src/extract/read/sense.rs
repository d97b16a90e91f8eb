//! Whether words of control mean control here: who does it, and to what.

use crate::actor::ActorId;
use crate::extract::grammar::{Item, Reading, Trigger};
use crate::extract::modality::Silence;
use crate::extract::rules::Frame;

/// Words such as "left", "took" and "fled" are of control only when armed men do it.
pub(super) fn plausible(
    trigger: &Trigger,
    items: &[Item],
    reading: &Reading,
    gaining: Option<&ActorId>,
    losing: Option<&ActorId>,
) -> Result<(), Silence> {
    let named = |item: Option<usize>, id: Option<&ActorId>| item.is_none() || id.is_some();
    let verb = items[trigger.start].low.as_str();
    let armed = match trigger.rule.frame {
        // "spoke of a withdrawal from Hama province": only armed men withdraw, whoever they are.
        Frame::LeaveNoun => losing.is_some() || reading.losing.is_none(),
        Frame::Leave => {
            let civil = matches!(verb, "evacuated" | "left");
            losing.is_some() || trigger.passive && reading.losing.is_none() && !civil
        }
        Frame::Lose | Frame::LossNoun => {
            trigger.passive && gaining.is_some() || losing.is_some() || trigger.rule.frame == Frame::LossNoun
        }
        Frame::Take | Frame::Enter | Frame::Besiege | Frame::Lift if !trigger.passive => {
            gaining.is_some() && named(reading.gaining, gaining)
        }
        // "was secured", "was cleared", "was taken": of control where a side does it, or the verb allows no other sense.
        Frame::Take => {
            let loose =
                matches!(verb, "secured" | "cleared" | "freed" | "claimed" | "recovered" | "occupied");
            gaining.is_some() || !loose
        }
        Frame::Enter | Frame::Held => gaining.is_some(),
        Frame::Drive => losing.is_some(),
        Frame::Fall => reading.gaining.is_none() || gaining.is_some(),
        _ => true,
    };
    if armed { Ok(()) } else { Err(Silence::Unarmed) }
}
