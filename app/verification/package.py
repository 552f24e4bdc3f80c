"""One package under inspection: what has been read of it so far, and its checks one by one."""

from __future__ import annotations

from pathlib import Path

from app import journal
from app.archive import (
    NamesFault,
    PaperFault,
    SealFault,
    bag_files,
    check_seal,
    derived_files,
    exports,
    named,
    read_names,
    sealed_files,
    version_of,
)
from app.archive.contents import SIGNED, draw_files, result_files, sheet_files
from app.archive.extract import Extract, cosigners
from app.archive.papers import FOLDER, check_paper, path_of
from app.archive.platform import FOLDER as EXPORTS
from app.archive.recordings import FOLDER as LISTS
from app.archive.recordings import RecordingFault, check_list, noted
from app.archive.seal import SEAL, SINCE, TOOLS, hash_of, hashes_in
from app.evaluation.matters.recording.records import Kept
from app.evaluation.matters.signatures import signing_of
from app.evaluation.model import Evaluation
from app.evaluation.room.model import Room
from app.journal import Entry, SignedCheckpoint, Tree
from app.recordings.expiry import NAME as EXPIRED
from app.recordings.expiry import BadRecord, read_record
from app.recordings.manifest import Line, whole
from app.verification import draws, papers, platform, room, stream
from app.verification.checks import Failed, Outcome
from app.verification.folder import Folder
from app.verification.signed import check_signed

CHECKPOINT, NAMES, RECORDINGS = "data/checkpoint.txt", "data/names.sealed", "data/recordings/manifest.json"
TAKEN = (
    *(stream.JOURNAL, CHECKPOINT, room.ENTRIES, room.PROOFS, room.CHECKPOINT),
    *(papers.REPORT, NAMES),
)
"""Files that are handed over; all others follow from them."""


class Package:
    """Checks of one folder; each raises `Failed`, and what it leaves here the later ones build on."""

    def __init__(self, folder: Folder, beside: Path | None = None) -> None:
        """`beside`: where the recorded segments lie, if they do."""
        self.folder, self.beside = folder, beside
        self.entries: tuple[Entry, ...] = ()
        self.tree = Tree()
        self.signed: SignedCheckpoint | None = None
        self.room_signed: SignedCheckpoint | None = None
        self.extract = Extract((), 0, {}, {})
        self.folded: Evaluation | None = None
        self.room: Room | None = None
        self.derived: dict[str, bytes] | None = None

    # --- what is there

    @property
    def state(self) -> Evaluation:
        """The folded evaluation, once `decisions` has passed."""
        if self.folded is None:
            raise Failed("needs", check="decisions")
        return self.folded

    @property
    def opened_room(self) -> Room:
        """The folded room, once `room` has passed."""
        if self.room is None:
            raise Failed("needs", check="room")
        return self.room

    @property
    def room_key(self) -> bytes:
        """The room's newest public key."""
        return self.room_keys[-1]

    @property
    def room_keys(self) -> tuple[bytes, ...]:
        """Every public key that the room has had, each signed by the one before; the newest last."""
        return tuple(bytes.fromhex(key) for key in self.opened_room.keys)

    @property
    def lot(self) -> str:
        """The lot that this package is of: the only one, or the one that the bag names."""
        lots = list(self.state.lots)
        named = self.folder.need("bag-info.txt").decode("utf-8", "replace").split("\n")
        of_bag = [lot for lot in lots if f"External-Identifier: {self.state.tender.id}/{lot}" in named]
        found = lots if len(lots) == 1 else of_bag
        if len(found) != 1:
            raise Failed("no_lot", "bag-info.txt")
        return found[0]

    def rehearsal(self) -> bool:
        """Whether anything in the package says that it is a rehearsal."""
        if self.folded is not None and self.folded.rehearsal:
            return True
        marks = ("bag-info.txt", CHECKPOINT, room.CHECKPOINT)
        return any(b"REHEARSAL" in self.folder.files.get(path, b"") for path in marks)

    # --- the checks

    def chain(self) -> Outcome:
        """Every line, hash, link and number of the journal."""
        data = self.folder.need(stream.JOURNAL)
        entries = stream.read_entries(data, stream.JOURNAL)
        stream.chained(entries)
        self.entries, self.tree = entries, stream.tree_of(data)
        return Outcome.PASS

    def decisions(self) -> Outcome:
        """Every entry decided again."""
        self.folded = stream.decided(self.entries)
        return Outcome.PASS

    def nights(self) -> Outcome:
        """What was sealed in the evening is what the journal began with."""
        return Outcome.PASS if stream.sealed_nights(self.entries, self.tree) else Outcome.NOT_DUE

    def room_extract(self) -> Outcome:
        """The extract of the room's stream."""
        folder = self.folder
        signed = stream.read_checkpoint(folder.need(room.CHECKPOINT), room.CHECKPOINT)
        own = stream.read_checkpoint(folder.need(CHECKPOINT), CHECKPOINT)
        extract = room.read_extract(folder.need(room.ENTRIES), folder.need(room.PROOFS))
        room.check_proofs(extract, signed)
        room.check_complete(extract, self.state.stream, cosigners(signed.text(), own.text()))
        found = room.replay(extract, self.state.stream)
        if found.rehearsal != self.state.rehearsal:
            raise Failed("origin", room.ENTRIES)
        if found.evaluations.get(self.state.stream) != self.state.package:
            raise Failed("differs", room.ENTRIES)
        self.room_signed, self.extract, self.room = signed, extract, found
        stream.check_origin(signed, room.CHECKPOINT, found.room, room.STREAM, found.rehearsal)
        stream.check_signatures(signed, room.CHECKPOINT, (self.room_key,), self._devices())
        return Outcome.PASS

    def _devices(self) -> dict[str, bytes]:
        return {name: bytes.fromhex(device.public_key) for name, device in self.opened_room.devices.items()}

    def checkpoint(self) -> Outcome:
        """The evaluation's own checkpoint."""
        signed = stream.read_checkpoint(self.folder.need(CHECKPOINT), CHECKPOINT)
        stream.check_tree(signed, CHECKPOINT, self.tree)
        stream.check_origin(signed, CHECKPOINT, self.opened_room.room, self.state.stream, self.state.rehearsal)
        stream.check_signatures(signed, CHECKPOINT, self.room_keys, self._devices())
        self.signed = signed
        return Outcome.PASS

    def _derived(self) -> dict[str, bytes]:
        """Every file that follows from the others."""
        if self.derived is None:
            own, of_room = (self.folder.need(path).decode() for path in (CHECKPOINT, room.CHECKPOINT))
            self.derived = derived_files(self.entries, self.state, self.lot, self.extract, (own, of_room))
        return self.derived

    def _equal(self, *paths: str) -> Outcome:
        derived = self._derived()
        for path in paths:
            if self.folder.need(path) != derived[path]:
                raise Failed("differs", path)
        return Outcome.PASS

    def _equal_under(self, prefix: str, due: dict[str, bytes]) -> Outcome:
        """All files below `prefix`, no other."""
        for path in sorted(due):
            if self.folder.need(path) != due[path]:
                raise Failed("differs", path)
        for path in sorted(self.folder.under(prefix) - set(due)):
            raise Failed("extra_file", path)
        return Outcome.PASS

    def keys(self) -> Outcome:
        """The table of public keys."""
        return self._equal("data/keys.json")

    def draws(self) -> Outcome:
        """The draws, and their transcripts as files."""
        draws.check_draws(self.entries, self.extract, self.opened_room)
        return self._equal_under("data/draws/", draw_files(self.entries, self.state.stream, self.extract))

    def frozen(self) -> Outcome:
        """Rule set and tender."""
        return self._equal("data/ruleset.json", "data/tender.json")

    def sheets(self) -> Outcome:
        """The opened sheets: as in the journal, and each against its commitment."""
        lot = self.state.lots[self.lot]
        for opened in (*self.state.ballots, *lot.reviews, *lot.marks):
            for alias, sheet in opened.sealed_here().items():
                sealed = opened.sealed[alias]
                salt, stage = bytes.fromhex(sheet["salt"]), sealed.sealed["stage"]
                made = journal.commit(self.state.stream, stage, opened.number, alias, salt, sheet["sheet"])
                if made != sealed.commitment:
                    raise Failed("commitment", f"data/sheets/{opened.kind.value}-{opened.number}-{alias}.json")
        return self._equal_under("data/sheets/", sheet_files(self.state, self.lot))

    def _results(self) -> dict[str, bytes]:
        return result_files(self.state, self.lot)

    def case(self) -> Outcome:
        """The scoring case; not due for a lot that ended before its marks were opened."""
        return self._one_of_results("data/scoring-case.json")

    def result(self) -> Outcome:
        """The result, computed again from the case."""
        return self._one_of_results("data/result.json")

    def _one_of_results(self, path: str) -> Outcome:
        due = self._results()
        if not due:
            if path in self.folder.files:
                raise Failed("extra_file", path)
            return Outcome.NOT_DUE
        if self.folder.need(path) != due[path]:
            raise Failed("differs", path)
        return Outcome.PASS

    def report(self) -> Outcome:
        """The report as issued, and its table."""
        case = self._results().get("data/scoring-case.json")
        return papers.check_report(self.folder.need(papers.REPORT), self.state, self.lot, case)

    def typeset(self) -> Outcome:
        """The report set again."""
        pdf = self.folder.need(papers.REPORT)
        journal_of = self.entries, self.tree
        return papers.check_typeset(pdf, *journal_of, self.lot, self.opened_room.name, self.room_keys)

    def signatures(self) -> Outcome:
        """Members' electronic signatures; not due where the report was not open for them."""
        return check_signed(self.folder.files.get(SIGNED), self.state, self.lot)

    def recordings(self) -> Outcome:
        """The lists of recordings: each whole, and the one that the journal has noted; not due where none is."""
        due = noted(self.state)
        if self.folder.need(RECORDINGS) != self._derived()[RECORDINGS]:
            raise Failed("recordings", RECORDINGS)
        for path in sorted(due):
            self._list(path)
        for path in sorted(self.folder.under(LISTS) - {RECORDINGS, *due}):
            raise Failed("extra_file", path)
        return Outcome.PASS if due else Outcome.NOT_DUE

    def _list(self, path: str) -> tuple[Line, ...]:
        try:
            return check_list(self.folder.need(path), noted(self.state)[path])
        except RecordingFault as fault:
            raise Failed("recording_list", path, part=fault.part) from None

    def segments(self) -> Outcome:
        """Every segment that lies beside the package is the listed one, and none is missing; not due without them."""
        due = noted(self.state)
        if self.beside is None or not due:
            return Outcome.NOT_DUE
        for path, one in sorted(due.items()):
            lines = self._list(path)
            if self._expired(one, lines):
                continue
            for line in lines:
                shown = f"recordings/{one.party}/{one.device}/{line.file}"
                file = self.beside / one.party / one.device / line.file
                if not file.is_file():
                    raise Failed("missing_segment", shown)
                if not whole(file, line):
                    raise Failed("changed_segment", shown)
        return Outcome.PASS

    def _expired(self, one: Kept, lines: tuple[Line, ...]) -> bool:
        """Whether the segments were deleted by rule, as a record says that the room signed; then none is missing."""
        folder = (self.beside or Path()) / one.party / one.device
        shown = f"recordings/{one.party}/{one.device}/{EXPIRED}"
        try:
            found = read_record(folder, lines, self.room_key)
        except BadRecord:
            raise Failed("expired_record", shown) from None
        if found is None:
            return False
        if (found.stream, found.party, found.device) != (self.state.stream, one.party, one.device):
            raise Failed("expired_record", shown)
        return not any((folder / line.file).exists() for line in lines)

    def ledger(self) -> Outcome:
        """The witness ledger."""
        return self._equal("data/ledger.json")

    def names(self) -> Outcome:
        """The sealed names: of this lot, signed by the room."""
        try:
            read_names(self.folder.need(NAMES), self.state.stream, self.lot, self.room_key)
        except NamesFault as fault:
            raise Failed("names", NAMES, part=fault.part) from None
        return Outcome.PASS

    def seal(self) -> Outcome:
        """The room's signature over the hash of every file; not due in versions that had none."""
        if self._version() < SINCE:
            return Outcome.NOT_DUE
        files = sealed_files(self.folder.files)
        try:
            check_seal(self.folder.need(SEAL), self.state.stream, self.lot, files, self.room_key)
        except SealFault as fault:
            raise Failed("seal", SEAL, part=fault.part) from None
        return Outcome.PASS

    def scans(self) -> Outcome:
        """Every paper that the journal names is there, and no other; not due where none is, or none was packed yet."""
        present = self.folder.under(FOLDER)
        due = {path_of(one, present): one for one in named(self.entries, self.lot)} if self._version() > 1 else {}
        for path in sorted(due):
            try:
                check_paper(due[path], path, self.folder.need(path), self.state.stream, self.room_key)
            except PaperFault as fault:
                raise Failed("paper", path, part=fault.part) from None
        for path in sorted(present - set(due)):
            raise Failed("extra_file", path)
        return Outcome.PASS if due else Outcome.NOT_DUE

    def platform(self) -> Outcome:
        """What a platform exported, checked again; not due where the lot was not evaluated on one."""
        files = {path: self.folder.files[path] for path in self.folder.under(EXPORTS)}
        return Outcome.PASS if platform.check_exports(self.entries, self.lot, files) else Outcome.NOT_DUE

    def _tools(self) -> dict[str, bytes]:
        """The files for those without Kawei, empty where they are not the sealed ones: nothing else can tell."""
        hashes = hashes_in(self.folder.files.get(SEAL, b""))
        there = {path: self.folder.files.get(path, b"") for path in TOOLS}
        return {path: data if hashes.get(path) == hash_of(data) else b"" for path, data in there.items()}

    def _version(self) -> int:
        """Of the package; the room has signed it with the names."""
        return version_of(self.folder.need(NAMES))

    # --- the bag, which is told first and checked last

    def expected_paths(self) -> set[str] | None:
        """The paths below `data/` that must be there, None where the journal could not tell."""
        try:
            due = named(self.entries, self.lot) if self._version() > 1 else ()
            sent = (*exports(self.entries, self.lot), *noted(self.state))
            seal = (SEAL,) if self._version() >= SINCE else ()
            papers_due = (path_of(one, self.folder.files) for one in due)
            signed = () if signing_of(self.state, self.lot) is None else (SIGNED,)
            return {*TAKEN, *signed, *seal, *self._derived(), *papers_due, *sent}
        except Exception:
            return None

    def expected_tags(self) -> dict[str, bytes] | None:
        """The bag's own files as they must be, None where the journal could not tell."""
        try:
            payload = {path: data for path, data in self.folder.files.items() if path.startswith("data/")}
            closed_at, version = self.entries[-1].at, self._version()
            beside = self._tools() if version >= SINCE else {}
            made = bag_files(payload, self.state, self.lot, self.opened_room.name, closed_at, version, beside)
        except Exception:
            return None
        return {path: data for path, data in made.items() if path != "tagmanifest-sha256.txt"}
