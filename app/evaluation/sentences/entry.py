"""What a refusal says at the room's door."""

from __future__ import annotations

ENTRY: dict[str, tuple[str, str]] = {
    "entry_over": (
        "取得席位已超过 {minutes} 分钟，门不再凭刷脸打开，请由两名工作人员核验后进入",
        "the door opens by face for {minutes} minutes after the draw; two members of staff have to let you in now",
    ),
    "inside_already": (
        "记录显示您已在室内且未登记离席，请由两名工作人员核验后进入",
        "by the record you are inside and not on leave; two members of staff have to let you in",
    ),
    "entry_by_staff": (
        "按规定，此次离席返回须由两名工作人员核验后进入",
        "by the rules two members of staff have to let you in after this leave",
    ),
    "wrong_door": (
        "这不是您抽到的评标室的门，请按指引前往",
        "this is not the door of the room that you drew; please follow the way shown",
    ),
    "face_needed": ("请先刷脸核验", "show your face to the camera first"),
}
