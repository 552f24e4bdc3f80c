"""What a refusal says to a person: code -> (Chinese, English), with what to do next where there is something.

One file a part: the main way, and one for each matter that has refusals of its own. A code stands in one file only.
"""

from __future__ import annotations

from app.evaluation.sentences.accompany import ACCOMPANY
from app.evaluation.sentences.call import CALL
from app.evaluation.sentences.duty import DUTY
from app.evaluation.sentences.ending import ENDING
from app.evaluation.sentences.entry import ENTRY
from app.evaluation.sentences.faces import FACES
from app.evaluation.sentences.leave import LEAVE
from app.evaluation.sentences.letters import LETTERS
from app.evaluation.sentences.paper import PAPER
from app.evaluation.sentences.pause import PAUSE
from app.evaluation.sentences.phases import PHASES
from app.evaluation.sentences.presence import PRESENCE
from app.evaluation.sentences.rejection import REJECTION
from app.evaluation.sentences.replacement import REPLACEMENT
from app.evaluation.sentences.talks import TALKS
from app.evaluation.sentences.ties import TIES
from app.evaluation.sentences.walk_out import WALK_OUT
from app.evaluation.sentences.watching import WATCHING
from app.evaluation.sentences.way import WAY

SENTENCES: dict[str, tuple[str, str]] = {
    **WAY,
    **PAPER,
    **ENDING,
    **LEAVE,
    **ENTRY,
    **PAUSE,
    **WALK_OUT,
    **DUTY,
    **REPLACEMENT,
    **TALKS,
    **TIES,
    **LETTERS,
    **REJECTION,
    **PHASES,
    **PRESENCE,
    **FACES,
    **CALL,
    **WATCHING,
    **ACCOMPANY,
}
