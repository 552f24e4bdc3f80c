"""Electronic signatures on an issued report (电子签名, 电子签名法 13, 14): every member in turn, or ink on paper.

Due where the rule set says so and the room knows an authority of certificates. The room opens the issued report for
signing; each signature is a revision that extends the one before and nothing else, so a change voids all that follow.
Who has no key signs on paper, entered by two people; who does not sign at all is written down by the witness after the
rule set's time (`sign_min`). Pay is no reason to hold a signature back, and nothing waits for it for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app.evaluation import commands as c
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, Matter, Words
from app.evaluation.matters.signing import deemed
from app.evaluation.model import Evaluation, Member
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.evaluation.steps import Step
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

ALGORITHMS = frozenset({"sha256_rsa", "sha256_ecdsa", "sm2_sm3"})
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SigningOpened(Event):
    """The report with an empty field for each of the committee, by hash and size; `authorities` are the certificates
    (DER, hex) under which members' own must stand, `revocation` whether lists of revoked ones were given."""

    lot: str
    sha256: str
    bytes: int
    authorities: tuple[str, ...]
    revocation: bool


@dataclass(frozen=True)
class ReportSigned(Event):
    """A member signed upon the revision `base`: the new hash and size, the algorithm, and the certificate's SHA-256,
    which names nobody."""

    lot: str
    alias: str
    base: str
    sha256: str
    bytes: int
    algorithm: str
    certificate: str


@dataclass(frozen=True)
class SignedOnPaper(Event):
    """A member signed the printed report by hand; the entry before this one names the scan and who compared it."""

    lot: str
    alias: str


@dataclass(frozen=True)
class SignatureMissed(Event):
    """A member did not sign in the time for it; the opinion given before stands."""

    lot: str
    alias: str
    account: str


@dataclass(frozen=True)
class OpenSigning(Command):
    """The room lays the report open for signatures."""

    lot: str
    sha256: str
    bytes: int
    authorities: tuple[str, ...]
    revocation: bool


@dataclass(frozen=True)
class SignReport(Command):
    """Put the signature of a member, which the room has checked, upon the revision `base`."""

    lot: str
    base: str
    sha256: str
    bytes: int
    algorithm: str
    certificate: str


@dataclass(frozen=True)
class SignOnPaper(Command):
    """Sign by hand; only a paper that two people compared stands for it."""

    lot: str


@dataclass(frozen=True)
class RecordMissedSignature(Command):
    """Write down that a member did not sign, and what happened."""

    lot: str
    alias: str
    account: str


@dataclass(frozen=True)
class Signing:
    """How the signing of one report stands; signatures in their order, those on paper and the missed ones by alias."""

    report: str
    opened: SigningOpened
    at: str
    signed: tuple[tuple[str, ReportSigned], ...] = ()
    on_paper: dict[str, str] = field(default_factory=dict)
    missed: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def head(self) -> tuple[str, int]:
        """Hash and size of the newest revision."""
        last = self.signed[-1][1] if self.signed else self.opened
        return last.sha256, last.bytes

    @property
    def settled(self) -> frozenset[str]:
        """Aliases from whom nothing is expected any more."""
        return frozenset({one.alias for _, one in self.signed} | set(self.on_paper) | set(self.missed))


@dataclass(frozen=True)
class Signatures:
    """What is remembered: by lot, the signing of its newest report."""

    lots: dict[str, Signing] = field(default_factory=dict)


def signing_of(state: Evaluation, lot: str) -> Signing | None:
    """The signing of a lot's report as issued last; None where it was not opened."""
    found, issued = state.memory(Signatures).lots.get(lot), state.lots[lot].report
    return found if found is not None and issued is not None and found.report == issued.sha256 else None


def due(state: Evaluation, lot: str) -> tuple[str, ...]:
    """Whose signature a lot's report still waits for; whoever refused before is deemed to have agreed."""
    found = signing_of(state, lot)
    if found is None or state.lots[lot].stage is not LotStage.REPORTED:
        return ()
    return tuple(one for one in state.committee if one not in found.settled and one not in deemed(state, lot))


def to_open(state: Evaluation) -> tuple[str, ...]:
    """Lots whose report is issued and, by the rule set, to be signed electronically, and not open for it yet."""
    if not state.ruleset.procedure.electronic_signatures:
        return ()
    reported = [key for key, lot in state.lots.items() if lot.stage is LotStage.REPORTED and state.committee]
    return tuple(key for key in reported if signing_of(state, key) is None)


def _hashes(*named: tuple[str, str]) -> None:
    for value, where in named:
        if not _HEX.fullmatch(value):
            raise Refused("bad_value", where)


def _open(state: Evaluation, command: OpenSigning, actor: Actor, at: str) -> list[Event]:
    """Once for each report."""
    found = guards.lot(state, command.lot, LotStage.REPORTED)
    if command.lot not in to_open(state):
        raise Refused("signing_not_due", command.lot)
    _hashes((command.sha256, "$.sha256"))
    if found.report is None or command.bytes <= found.report.bytes:
        raise Refused("bad_value", "$.bytes")
    if not command.authorities:
        raise Refused("bad_value", "$.authorities")
    return [SigningOpened(**vars(command))]


def _expected(state: Evaluation, lot: str, alias: str) -> Signing:
    guards.lot(state, lot, LotStage.REPORTED)
    found = signing_of(state, lot)
    if found is None:
        raise Refused("signing_not_due", lot)
    if alias not in due(state, lot):
        raise Refused("already_answered", alias)
    return found


def _sign(state: Evaluation, command: SignReport, actor: Actor, at: str) -> list[Event]:
    """Upon the newest revision, each longer than the one before; no certificate serves two members."""
    alias = guards.sitting(state, actor).alias or ""
    found = _expected(state, command.lot, alias)
    if command.base != found.head[0]:
        raise Refused("signature_overtaken", command.lot)
    _hashes((command.sha256, "$.sha256"), (command.certificate, "$.certificate"))
    if command.bytes <= found.head[1]:
        raise Refused("bad_value", "$.bytes")
    if command.algorithm not in ALGORITHMS:
        raise Refused("bad_value", "$.algorithm")
    others = [one for memory in state.memory(Signatures).lots.values() for _, one in memory.signed]
    if any(one.certificate == command.certificate and one.alias != alias for one in others):
        raise Refused("certificate_used", "$.certificate")
    return [ReportSigned(alias=alias, **vars(command))]


def _by_hand(state: Evaluation, command: SignOnPaper, actor: Actor, at: str) -> list[Event]:
    """Where signatures are due."""
    alias = guards.sitting(state, actor).alias or ""
    _expected(state, command.lot, alias)
    return [SignedOnPaper(command.lot, alias)]


def _miss(state: Evaluation, command: RecordMissedSignature, actor: Actor, at: str) -> list[Event]:
    """After the time for signing."""
    found = _expected(state, command.lot, command.alias)
    guards.text(command.account, "$.account")
    minutes = state.ruleset.procedure.sign_min
    if datetime.fromisoformat(at) < datetime.fromisoformat(found.at) + timedelta(minutes=minutes):
        raise Refused("time_to_sign", command.lot, minutes=str(minutes))
    return [SignatureMissed(**vars(command))]


def _with(state: Evaluation, lot: str, signing: Signing) -> Evaluation:
    memory = state.memory(Signatures)
    return state.remembering(replace(memory, lots=memory.lots | {lot: signing}))


def _opened(state: Evaluation, event: SigningOpened, actor: Actor, at: str) -> Evaluation:
    issued = state.lots[event.lot].report
    return _with(state, event.lot, Signing(issued.sha256 if issued else "", event, at))


def _changed(state: Evaluation, lot: str, **changes: Any) -> Evaluation:
    return _with(state, lot, replace(state.memory(Signatures).lots[lot], **changes))


def _signed(state: Evaluation, event: ReportSigned, actor: Actor, at: str) -> Evaluation:
    before = state.memory(Signatures).lots[event.lot].signed
    return _changed(state, event.lot, signed=(*before, (at, event)))


def _inked(state: Evaluation, event: SignedOnPaper, actor: Actor, at: str) -> Evaluation:
    before = state.memory(Signatures).lots[event.lot].on_paper
    return _changed(state, event.lot, on_paper=before | {event.alias: at})


def _missed(state: Evaluation, event: SignatureMissed, actor: Actor, at: str) -> Evaluation:
    before = state.memory(Signatures).lots[event.lot].missed
    return _changed(state, event.lot, missed=before | {event.alias: (at, event.account)})


def _gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """Nobody goes, and nothing closes, before the signatures."""
    waited = {alias for lot in state.lots for alias in due(state, lot)}
    if isinstance(command, c.WipeSeat) and actor.alias in waited:
        raise Refused("signature_due", actor.alias or "")
    if isinstance(command, c.CloseEvaluation) and waited:
        raise Refused("signature_due", min(waited))


def _step(state: Evaluation, member: Member) -> Step | None:
    lots = [lot for lot in state.lots if member.alias in due(state, lot)]
    return Step("sign_report", lots[0], act=True) if lots else None


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    if viewer.role is not Party.WITNESS:
        return []
    minutes = state.ruleset.procedure.sign_min
    help_ = Words(
        f"报告可以签名满 {minutes} 分钟仍不签名的，由您记录；此前表示的意见不变。",
        f"Of who has not signed {minutes} minutes after it could be signed; the opinion given before stands.",
    )
    account = Field("account", Words("情况说明", "What happened"))
    return [
        Act(
            "RecordMissedSignature",
            Words(f"登记{alias}未在报告上签名", f"Record that {alias} did not sign the report"),
            help_,
            (account,),
            {"lot": lot, "alias": alias},
            grave=True,
        )
        for lot in state.lots
        for alias in due(state, lot)
    ]


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """By lot, who has signed in which way and who is waited for."""
    if viewer.role not in may.STAFF and not may.sits(state, viewer):
        return {}
    lots = {
        lot: {
            "signed": [one.alias for _, one in found.signed],
            "on_paper": sorted(found.on_paper),
            "missed": sorted(found.missed),
            "due": list(due(state, lot)),
        }
        for lot in state.lots
        if (found := signing_of(state, lot)) is not None
    }
    return {"lots": lots} if lots else {}


_TOLD = by_role(staff=Told.WHOLE, office=Told.HAPPENED, sitting=Told.WHOLE)

SIGNATURES = Matter(
    name="signatures",
    decisions={OpenSigning: _open, SignReport: _sign, SignOnPaper: _by_hand, RecordMissedSignature: _miss},
    permits={
        OpenSigning: frozenset({Party.SYSTEM}),
        SignReport: frozenset({Party.MEMBER}),
        SignOnPaper: frozenset({Party.MEMBER}),
        RecordMissedSignature: frozenset({Party.WITNESS}),
    },
    starts={
        SigningOpened: OpenSigning,
        ReportSigned: SignReport,
        SignedOnPaper: SignOnPaper,
        SignatureMissed: RecordMissedSignature,
    },
    folds={SigningOpened: _opened, ReportSigned: _signed, SignedOnPaper: _inked, SignatureMissed: _missed},
    told=dict.fromkeys((SigningOpened, ReportSigned, SignedOnPaper, SignatureMissed), _TOLD),
    entries={
        SigningOpened: Words("报告已可电子签名", "The report can be signed"),
        ReportSigned: Words("{alias}已在报告上电子签名", "{alias} signed the report"),
        SignedOnPaper: Words("{alias}在纸质报告上签字", "{alias} signed the printed report"),
        SignatureMissed: Words("{alias}未在报告上签名：{account}", "{alias} did not sign the report: {account}"),
    },
    gate=_gate,
    step=_step,
    acts=_acts,
    view=_view,
)
