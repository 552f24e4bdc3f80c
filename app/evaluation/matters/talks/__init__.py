"""Talks and offers (磋商、谈判、协商): between review and result, where the way of procurement has them.

74号令 30-35, 41-43; 财库〔2014〕214号 19-25; 财库〔2015〕124号. The whole group talks with each live supplier apart and
in the same measure; it may change technical and service demands and the contract's draft, in writing, with the
purchaser's word, told to all suppliers at once; then all offer within the same time. Offers are sealed by the room as
they are entered and opened together. Two suppliers are enough only for a reason of the rule set.
"""

from __future__ import annotations

from app.evaluation.matter import Matter, Words
from app.evaluation.matters.talks import decisions, folds, offers, two
from app.evaluation.matters.talks.acts import acts
from app.evaluation.matters.talks.records import (
    AgreePrice,
    AttestTalk,
    CallOffers,
    ChangeConfirmed,
    ChangeDemands,
    ChangePassed,
    ChangeRefused,
    ClaimTwoSuppliers,
    ConcludeTalks,
    ConfirmChange,
    DemandsChanged,
    EndTalks,
    EnterOffer,
    FileOffer,
    HoldTalk,
    OfferFiled,
    OffersCalled,
    OfferSealed,
    OffersOpened,
    OpenOffers,
    PassChange,
    PriceAgreed,
    RefuseChange,
    SupplierWithdrawn,
    TalkAttested,
    TalkHeld,
    TalksConcluded,
    TalksEnded,
    TwoSuppliersClaimed,
    WithdrawSupplier,
)
from app.evaluation.matters.talks.seen import report, view
from app.evaluation.telling import Told, by_role, in_committee
from app.rules.model import Party

_H, _W = Told.HAPPENED, Told.WHOLE
_MEMBER = frozenset({Party.MEMBER})
_AGENCY = frozenset({Party.AGENCY})
_PURCHASER = frozenset({Party.MEMBER, Party.TENDEREE})
_ALL = by_role(staff=_W, office=_W, sitting=_W)
_NEWS = by_role(staff=_H, office=_H, sitting=_H)

TALKS = Matter(
    name="talks",
    decisions={
        HoldTalk: decisions.hold_talk,
        AttestTalk: decisions.attest_talk,
        ChangeDemands: decisions.change_demands,
        ConfirmChange: decisions.confirm_change,
        RefuseChange: decisions.refuse_change,
        PassChange: decisions.pass_change,
        WithdrawSupplier: decisions.withdraw_supplier,
        ClaimTwoSuppliers: two.claim_two_suppliers,
        CallOffers: offers.call_offers,
        EnterOffer: offers.enter_offer,
        OpenOffers: offers.open_offers,
        FileOffer: offers.file_offer,
        ConcludeTalks: decisions.conclude_talks,
        AgreePrice: decisions.agree_price,
        EndTalks: two.end_talks,
    },
    permits={
        HoldTalk: _MEMBER,
        AttestTalk: _MEMBER,
        ChangeDemands: _MEMBER,
        ConfirmChange: _PURCHASER,
        RefuseChange: _PURCHASER,
        PassChange: _AGENCY,
        WithdrawSupplier: _AGENCY,
        ClaimTwoSuppliers: frozenset({Party.AGENCY, Party.TENDEREE}),
        CallOffers: _MEMBER,
        EnterOffer: _AGENCY,
        OpenOffers: _MEMBER,
        FileOffer: _AGENCY,
        ConcludeTalks: _MEMBER,
        AgreePrice: _MEMBER,
        EndTalks: _MEMBER,
    },
    starts={
        TalkHeld: HoldTalk,
        TalkAttested: AttestTalk,
        DemandsChanged: ChangeDemands,
        ChangeConfirmed: ConfirmChange,
        ChangeRefused: RefuseChange,
        ChangePassed: PassChange,
        SupplierWithdrawn: WithdrawSupplier,
        TwoSuppliersClaimed: ClaimTwoSuppliers,
        OffersCalled: CallOffers,
        OfferSealed: EnterOffer,
        OffersOpened: OpenOffers,
        OfferFiled: FileOffer,
        TalksConcluded: ConcludeTalks,
        PriceAgreed: AgreePrice,
        TalksEnded: EndTalks,
    },
    folds={
        TalkHeld: folds.talk_held,
        TalkAttested: folds.talk_attested,
        DemandsChanged: folds.demands_changed,
        ChangeConfirmed: folds.change_confirmed,
        ChangeRefused: folds.change_refused,
        ChangePassed: folds.change_passed,
        SupplierWithdrawn: folds.supplier_withdrawn,
        TwoSuppliersClaimed: folds.two_claimed,
        OffersCalled: folds.offers_called,
        OfferSealed: folds.offer_sealed,
        OffersOpened: folds.offers_opened,
        OfferFiled: folds.offer_filed,
        TalksConcluded: folds.talks_concluded,
        PriceAgreed: folds.price_agreed,
        TalksEnded: folds.talks_ended,
    },
    told={
        TalkHeld: in_committee(),  # what one supplier said would help another
        TalkAttested: in_committee(),
        DemandsChanged: _ALL,
        ChangeConfirmed: _ALL,
        ChangeRefused: _ALL,
        ChangePassed: _ALL,
        SupplierWithdrawn: _ALL,
        TwoSuppliersClaimed: _ALL,
        OffersCalled: _ALL,
        OfferSealed: _NEWS,
        OffersOpened: in_committee(),  # amounts of a round that is not the last would help in the next one
        OfferFiled: in_committee(),
        TalksConcluded: _ALL,
        PriceAgreed: in_committee(),
        TalksEnded: _ALL,
    },
    entries={
        TalkHeld: Words("与一家供应商的磋商（谈判）已记录", "A talk with a supplier was put down"),
        TalkAttested: Words("成员确认了一次磋商（谈判）记录", "A member stands by the minutes of a talk"),
        DemandsChanged: Words(
            "提出一项采购需求变动，待采购人代表确认", "A change of the demands waits for the purchaser"
        ),
        ChangeConfirmed: Words("采购人代表确认了一项变动", "The purchaser confirmed a change"),
        ChangeRefused: Words("采购人代表未确认一项变动", "The purchaser did not confirm a change"),
        ChangePassed: Words("一项变动已书面同时通知全部供应商", "All suppliers were told of a change at once"),
        SupplierWithdrawn: Words("一家供应商退出", "A supplier withdrew"),
        TwoSuppliersClaimed: Words("两家供应商，依法继续", "Two suppliers are left, and lawfully enough"),
        OffersCalled: Words("要求全部供应商报价", "All suppliers are asked for offers"),
        OfferSealed: Words("一家供应商的报价已封存", "A supplier's offer is sealed"),
        OffersOpened: Words("本轮报价一并开启", "The offers of a round were opened together"),
        OfferFiled: Words("一份报价单已归入记录", "The paper of an offer was filed"),
        TalksConcluded: Words("磋商（谈判）结束，最后报价确定", "The talks are concluded; prices are final"),
        PriceAgreed: Words("成交价格已商定", "The price was agreed on"),
        TalksEnded: Words("磋商（谈判、协商）终止，没有结果", "The talks ended without result"),
    },
    gate=two.gate,
    acts=acts,
    view=view,
    report=report,
)
