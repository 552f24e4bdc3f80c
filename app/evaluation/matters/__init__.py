"""The matters that may come up beside the main way, one file each; this list is all that the engine knows of them.

Law: a matter imports the main way's model, guards and words, never another matter unless it builds upon it.
"""

from __future__ import annotations

from app.evaluation.matter import Matter
from app.evaluation.matters.absence import ABSENCE
from app.evaluation.matters.accompany import ACCOMPANY
from app.evaluation.matters.agency_line import AGENCY_LINE
from app.evaluation.matters.back_step import BACK_STEP
from app.evaluation.matters.blind import BLIND
from app.evaluation.matters.call import CALL
from app.evaluation.matters.clarification import CLARIFICATION
from app.evaluation.matters.coefficients import COEFFICIENTS
from app.evaluation.matters.correction import CORRECTION
from app.evaluation.matters.demonstration import DEMONSTRATION
from app.evaluation.matters.differences import DIFFERENCES
from app.evaluation.matters.duty import DUTY
from app.evaluation.matters.entry import ENTRY
from app.evaluation.matters.envelope import ENVELOPE
from app.evaluation.matters.focus import FOCUS
from app.evaluation.matters.forms import FORMS
from app.evaluation.matters.leave import LEAVE
from app.evaluation.matters.ledger import LEDGER
from app.evaluation.matters.letters import LETTERS
from app.evaluation.matters.lost_seat import LOST_SEAT
from app.evaluation.matters.low_price import LOW_PRICE
from app.evaluation.matters.naming import NAMING
from app.evaluation.matters.opinion import OPINION
from app.evaluation.matters.paper import PAPER
from app.evaluation.matters.pause import PAUSE
from app.evaluation.matters.phases import PHASES
from app.evaluation.matters.presence import PRESENCE
from app.evaluation.matters.recording import RECORDING
from app.evaluation.matters.reevaluation import REEVALUATION
from app.evaluation.matters.rejection import REJECTION
from app.evaluation.matters.replacement import REPLACEMENT
from app.evaluation.matters.signatures import SIGNATURES
from app.evaluation.matters.signing import SIGNING
from app.evaluation.matters.spare_seat import SPARE_SEAT
from app.evaluation.matters.talks import TALKS
from app.evaluation.matters.termination import TERMINATION
from app.evaluation.matters.ties import TIES
from app.evaluation.matters.walk_out import WALK_OUT
from app.evaluation.matters.watching import WATCHING

MATTERS: tuple[Matter, ...] = (
    LEAVE,
    ENTRY,
    PAUSE,
    PRESENCE,
    FOCUS,
    SPARE_SEAT,
    LOST_SEAT,
    WALK_OUT,
    DUTY,
    REPLACEMENT,
    ABSENCE,
    NAMING,
    DIFFERENCES,
    BACK_STEP,
    OPINION,
    SIGNING,
    SIGNATURES,
    TERMINATION,
    REEVALUATION,
    TALKS,
    LETTERS,
    CLARIFICATION,
    CORRECTION,
    LOW_PRICE,
    REJECTION,
    PAPER,
    FORMS,
    LEDGER,
    PHASES,
    DEMONSTRATION,
    BLIND,
    ENVELOPE,
    COEFFICIENTS,
    TIES,
    CALL,
    RECORDING,
    WATCHING,
    AGENCY_LINE,
    ACCOMPANY,
)
