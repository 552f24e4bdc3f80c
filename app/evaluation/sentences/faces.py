"""What is refused around enrolled faces."""

from __future__ import annotations

FACES: dict[str, tuple[str, str]] = {
    "no_such_face": ("没有这条人脸登记，或已经删除", "there is no such enrolled face, or it is deleted already"),
    "second_person": (
        "登记须两人办理：请由另一名工作人员核对本人和身份证后确认",
        "two people enrol a face: let somebody else see the expert and the card, and confirm",
    ),
    "other_card": (
        "证件与登记时出示的不是同一张，请重新核对本人和证件",
        "this is not the document that was shown first; compare expert and card again",
    ),
    "consent_changed": (
        "告知同意书已更新，请专家重新阅读并选择",
        "the consent text has changed; let the expert read it again and choose",
    ),
    "not_alike": (
        "现场人脸与身份证照片不够相像，不能登记；专家可凭证件由两名工作人员核验入场",
        "face and card photo are not alike enough to enrol; the expert may come in by document and two people",
    ),
    "on_no_list": (
        "本中心的人脸只保存到评标结束：只有在待评项目名单中的专家可以登记",
        "here faces are kept until the evaluation closes: only those on the list of an open one can be enrolled",
    ),
}
