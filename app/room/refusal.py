"""What the server itself refuses, and the HTTP status of every refusal."""

from __future__ import annotations

from app.evaluation.refusal import Refused

_SENTENCES: dict[str, tuple[int, str, str]] = {
    "bad_json": (
        400,
        "请求不是合法的 JSON，请检查后重发",
        "the request is not valid JSON; correct it and send it again",
    ),
    "bad_request": (400, "请求的格式不正确", "the request is not of the form that is due"),
    "no_session": (401, "请先登录：本机没有会话，或会话已过期", "there is no session, or it has ended; log in again"),
    "unknown_code": (
        401,
        "登记码无效、已用过或已过期，请向中心另取一个",
        "this enrolment code is unknown, used or expired; ask the centre for another",
    ),
    "bad_challenge": (401, "本机身份核验不通过，请重试", "this machine did not prove its key; try again"),
    "bad_login": (401, "账号或密码不正确", "account or password is wrong"),
    "wrong_password": (
        403,
        "密码不正确，没有作出任何更改，请重新输入",
        "the password is wrong; nothing was changed, type it again",
    ),
    "not_encrypted": (
        409,
        "本机房的线路未加密（单机运行），不签发证书",
        "this room's line is not encrypted (all on one machine); it issues no certificates",
    ),
    "no_post": (403, "请先在本控制台登录", "log in at this console first"),
    "not_permitted": (403, "您的角色无权进行这一操作", "your role may not do this"),
    "not_a_console": (403, "只有控制台可以用账号登录", "only a console takes a log-in"),
    "not_found": (404, "没有这一项", "there is no such thing"),
    "not_offered": (
        409,
        "这里不按人脸查找，请到工作人员处核对证件",
        "this room seeks nobody by face; ask the staff",
    ),
    "no_ticket": (409, "本次核对已过期，请重新出示证件", "this check has expired; show the document again"),
    "id_reused": (409, "同一命令编号用于不同内容", "the same command id came with another content"),
    "old_version": (409, "已有更新的草稿", "there is a newer draft already"),
    "rehearsal_only": (
        409,
        "这是演练用的导入包，正式评标室不接受；请以演练方式启动",
        "this package is for rehearsals; a live room does not take it",
    ),
    "nonces_needed": (
        409,
        "上一次抽签的随机数尚未重新提交，请稍候",
        "the parties of an earlier draw have not revealed again yet; please wait",
    ),
    # 503, because it passes: what a seat has not delivered yet it keeps, and delivers once it is open again.
    "seat_locked": (
        503,
        "席位已锁定（离席或评审暂停）；解锁后自动保存，无需重做",
        "this seat is locked (leave or pause); what you typed is saved by itself once it is open again",
    ),
    "signature_expired": (
        409,
        "这次签名已失效，请再签一次",
        "what was to be signed has changed; sign once more",
    ),
    "signature_wrong": (
        409,
        "签名与证书不符，没有作出任何更改，请重新插入证书后再签",
        "the signature is not by this certificate's key; nothing was changed, plug the token in again and sign",
    ),
    "time_stamp_missing": (
        503,
        "时间戳服务没有响应，没有作出任何更改，请稍后再签",
        "the time stamp's service does not answer; nothing was changed, sign again later",
    ),
    "certificate_unknown": (
        409,
        "证书不是本中心认可的机构签发的，请换用本人的有效证书，或在打印的报告上签字",
        "no authority known here issued this certificate; use your own valid one, or sign the printed report",
    ),
    "certificate_expired": (
        409,
        "证书已过期或尚未生效，请换用有效证书，或在打印的报告上签字",
        "the certificate is not in force; use a valid one, or sign the printed report",
    ),
    "certificate_revoked": (
        409,
        "证书已被吊销，请换用有效证书，或在打印的报告上签字",
        "the certificate is revoked; use a valid one, or sign the printed report",
    ),
    "certificate_not_yours": (
        409,
        "证书不是您本人的，请插入本人的证书",
        "this certificate is another person's; plug in your own",
    ),
    "not_a_scan": (
        409,
        "只接受 PDF、JPEG 或 PNG 扫描件，请另存后重新上传",
        "only scans as PDF, JPEG or PNG are taken; save it as one of these and upload it again",
    ),
    "other_list": (
        409,
        "录音录像清单与机房已收到的不一致；请保留本机磁盘并联系管理员",
        "this list of a recording is not the one that the room has; keep this machine's disk and call the staff",
    ),
    "wrong_place": (409, "这一块接不上已收到的内容；请重新询问进度", "this piece does not follow; ask how far it is"),
    "wrong_content": (409, "内容与清单不符，已丢弃；请重新上传", "the content is not the listed one; send it again"),
    "recording_closed": (
        409,
        "此录音录像现在不得调阅：评审结束后，或经两名不同角色的人员同意后方可调阅",
        "this recording may not be looked at now: only after the evaluation, or when two people open it",
    ),
    "recording_expired": (
        409,
        "此录音录像保存期满，已由两人删除；清单和删除记录仍在",
        "this recording was deleted by two people at the end of its term; its list and the record of that are kept",
    ),
    # 503, because it passes: the seat keeps what it has, and sends it again.
    "no_room_left": (
        503,
        "机房磁盘空间不足，录音录像暂存在席位；请清理机房磁盘",
        "the room's disk is nearly full: recordings stay at the seats meanwhile; make room on it",
    ),
    "too_large": (413, "内容太大", "this is too large"),
    "too_many_attempts": (429, "尝试次数过多，请一分钟后再试", "too many attempts; try again in a minute"),
    "internal_error": (500, "服务器内部错误，请联系管理员", "an error inside the server; call the staff"),
    # at start
    "plan_differs": (
        500,
        "评标室布局与已有数据不符；请使用原布局，或换一个数据目录",
        "the room plan differs from the one in these data; use the old plan or another data folder",
    ),
    "key_file_open": (
        409,
        "密钥文件其他账户也能读取，机房不启动：请 chmod 600 该文件；如可能已被看过，请更换该密钥",
        "other accounts may read this key file, so the room stays shut: chmod 600 it, and change the key if it may "
        "have been seen",
    ),
    "key_differs": (
        500,
        "密钥与已有数据不符；请恢复原密钥目录",
        "the keys are not those of these data; restore the old key folder",
    ),
    "backup_exists": (
        409,
        "目标已经存在，请换一个新名称",
        "there is something of this name already; name a new one",
    ),
    "bad_export": (
        409,
        "导出文件不完整或被改动，不能据此重建；请用另一份",
        "this export is not whole or was changed; use another one",
    ),
    "data_in_use": (
        409,
        "数据目录里已有评标室数据；请恢复到空目录，或先把原数据移到别处",
        "there is a room in this data folder; restore into an empty one, or move the old data aside",
    ),
    "bad_backup": (
        409,
        "备份不完整或被改动，不能恢复；请用另一份备份",
        "this backup is not whole or was changed; use another one",
    ),
    "bad_key_file": (500, "密钥文件损坏", "a key file is damaged"),
    "journal_damaged": (
        500,
        "留痕校验不通过，服务未启动；请从备份恢复",
        "the journal does not verify, the room stays shut; restore a backup",
    ),
}

_MALFORMED = frozenset({"unknown_key", "missing_key", "bad_value", "unknown_command", "unknown_type"})
_FORBIDDEN = frozenset({"not_permitted"})


class RoomRefusal(Exception):
    """The server does not do this; `code` is stable, `status` is HTTP's."""

    def __init__(self, code: str, where: str = "", *, denied: bool = False) -> None:
        """`code` is a key of the table above; `where` names a field or a thing, never a value.

        `denied`: somebody asked for what is there, but not theirs; the journal keeps that.
        """
        super().__init__(code, where)
        self.denied = denied
        self.code = code
        self.where = where
        self.status = _SENTENCES[code][0]

    def message(self, lang: str = "zh") -> str:
        """One sentence for a person, with what to do next."""
        _, chinese, english = _SENTENCES[self.code]
        return english if lang == "en" else chinese


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal by the procedure."""
    if refused.code in _MALFORMED:
        return 400
    return 403 if refused.code in _FORBIDDEN else 409
