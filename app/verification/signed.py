"""The signed report of a package: every signature that the journal tells of, on the report as issued."""

from __future__ import annotations

from datetime import datetime

from app.archive.contents import SIGNED
from app.evaluation.matters.signatures import due, signing_of
from app.evaluation.model import Evaluation
from app.verification.checks import Failed, Outcome


def check_signed(signed: bytes | None, state: Evaluation, lot: str) -> Outcome:
    """Fail where a signature that the journal tells of does not hold at the time it tells, or one is still due.

    `signed` is the file of the package, None where it holds none. Not due where the report was not open for signatures.
    """
    signing, issued = signing_of(state, lot), state.lots[lot].report
    if signing is None or issued is None:
        if signed is not None:
            raise Failed("extra_file", SIGNED)
        return Outcome.NOT_DUE
    if signed is None:
        raise Failed("missing_file", SIGNED)
    if waited := due(state, lot):
        raise Failed("signature_missing", SIGNED, alias=waited[0])
    from app.signing import BadSignature, Revision, check  # late: it brings a program for the network along

    revisions = [
        Revision(one.alias, one.sha256, one.bytes, one.certificate, datetime.fromisoformat(at))
        for at, one in signing.signed
    ]
    opened = signing.opened
    authorities = [bytes.fromhex(one) for one in opened.authorities]
    try:
        heads = (issued.sha256, issued.bytes), (opened.sha256, opened.bytes)
        check(signed, *heads, revisions, authorities, revocation=opened.revocation)
    except BadSignature as bad:
        raise Failed("report_signature", SIGNED, part=bad.part, alias=bad.field or "—") from None
    return Outcome.PASS
