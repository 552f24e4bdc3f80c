<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActDesk</name>
    <message>
        <source>There is nothing to do here now.</source>
        <translation>现在没有可以办理的事项。</translation>
    </message>
    <message>
        <source>Done, and entered in the journal: {title}</source>
        <translation>已办理，并已记入日志：{title}</translation>
    </message>
    <message>
        <source>Someone waits for you</source>
        <translation>等您办理</translation>
    </message>
    <message>
        <source>You may</source>
        <translation>可以办理</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>去办理</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>ActForm</name>
    <message>
        <source>{label} (may stay empty)</source>
        <translation>{label}（可以不填）</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Title of the paper</source>
        <translation>纸质材料名称</translation>
    </message>
    <message>
        <source>Scans and folders</source>
        <translation>扫描件和文件夹</translation>
    </message>
    <message>
        <source>Scan (PDF, JPEG or PNG)</source>
        <translation>扫描件（PDF、JPEG 或 PNG）</translation>
    </message>
    <message>
        <source>The room has it: {bytes} bytes, SHA-256 {sha256}</source>
        <translation>评标室已收到：{bytes} 字节，SHA-256 {sha256}</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>Sending the scan to the room …</source>
        <translation>正在把扫描件传给评标室……</translation>
    </message>
    <message>
        <source>Date and time, as in {example}</source>
        <translation>日期和时间，例如 {example}</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>填数字</translation>
    </message>
    <message>
        <source>A whole number</source>
        <translation>填整数</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>Please write a number, as in 1250000.00.</source>
        <translation>请填写数字，例如 1250000.00。</translation>
    </message>
    <message>
        <source>Please write a whole number.</source>
        <translation>请填写整数。</translation>
    </message>
    <message>
        <source>Please write date and time, as in 2026-03-02 09:30.</source>
        <translation>请填写日期和时间，例如 2026-03-02 09:30。</translation>
    </message>
    <message>
        <source>Choose the scan first and wait until the room has it.</source>
        <translation>请先选择扫描件，等评标室收到后再提交。</translation>
    </message>
    <message>
        <source>You are the second of two people: type your own password afresh. It is kept nowhere.</source>
        <translation>须由第二人确认：请重新输入您本人的密码。密码不作任何保存。</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>您的密码</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
    <message>
        <source>Look at the scan</source>
        <translation>查看扫描件</translation>
    </message>
    <message>
        <source>Print this form blank</source>
        <translation>打印空白表</translation>
    </message>
    <message>
        <source>This cannot be done any more; things have changed meanwhile.</source>
        <translation>情况已经变化，这件事现在不能办理了。</translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation>已发出，等待评标室答复。</translation>
    </message>
    <message>
        <source>“{title}” cannot be taken back. If you are sure, press the button once more.</source>
        <translation>“{title}”办理后不能撤回。确定要办理，请再按一次按钮。</translation>
    </message>
    <message>
        <source>Yes, I am sure</source>
        <translation>确定办理</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>提交</translation>
    </message>
</context>
<context>
    <name>ActsPage</name>
    <message>
        <source>Matters</source>
        <translation>办理事项</translation>
    </message>
    <message>
        <source>Only what is possible now is offered here.</source>
        <translation>这里只列出现在可以办理的事项。</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}</source>
        <translation>文件无法读取：{why}</translation>
    </message>
    <message>
        <source>Beside the evaluation: only what is possible now is offered here.</source>
        <translation>评审之外的事项；这里只列出现在可以办理的。</translation>
    </message>
    <message>
        <source>Back to the evaluation</source>
        <translation>回到评审</translation>
    </message>
    <message>
        <source>Back to the matter (Esc)</source>
        <translation>返回事项（Esc）</translation>
    </message>
    <message>
        <source>back to the list</source>
        <translation>回到列表</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描件</translation>
    </message>
    <message>
        <source>This scan cannot be shown; call staff.</source>
        <translation>这份扫描件无法显示，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>Fetching the scan …</source>
        <translation>正在取扫描件……</translation>
    </message>
</context>
<context>
    <name>AnswerPage</name>
    <message>
        <source>Put forward as {chair}</source>
        <translation>被推荐为{chair}</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Object: let a secret ballot decide</source>
        <translation>有异议，改为无记名投票</translation>
    </message>
    <message>
        <source>by {member}</source>
        <translation>由{member}推荐</translation>
    </message>
</context>
<context>
    <name>BallotPage</name>
    <message>
        <source>Secret ballot, round {round}: {chair}</source>
        <translation>第 {round} 轮无记名投票：{chair}</translation>
    </message>
    <message>
        <source>Your vote is sealed here. Only the sums are told, when all have voted.</source>
        <translation>选票在本席位封存，全部投完后只公布票数。</translation>
    </message>
    <message>
        <source>Cast the vote (sealed)</source>
        <translation>投票（封存）</translation>
    </message>
    <message>
        <source>The ballot before ended in a tie: {votes}</source>
        <translation>上一轮票数相同：{votes}</translation>
    </message>
    <message>
        <source>Sealed and sent; waiting for the room.</source>
        <translation>已封存并发送，等待机房确认。</translation>
    </message>
    <message>
        <source>The room is not ready to take sealed votes; press once more.</source>
        <translation>机房尚未准备好接收选票，请再按一次。</translation>
    </message>
</context>
<context>
    <name>BoardWindow</name>
    <message>
        <source>The line to the room is interrupted; what is shown may be old.</source>
        <translation>与机房的连接中断，所示情况可能不是最新。</translation>
    </message>
    <message>
        <source>{free} of {all} seats are free</source>
        <translation>空闲 {free} 席，共 {all} 席</translation>
    </message>
</context>
<context>
    <name>BroadcastLine</name>
    <message>
        <source>Speak</source>
        <translation>发言</translation>
    </message>
    <message>
        <source>End the broadcast</source>
        <translation>结束广播</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>广播</translation>
    </message>
    <message>
        <source>{live} of {inside} seats are connected.</source>
        <translation>已接通 {live} / {inside} 个席位。</translation>
    </message>
    <message>
        <source>No microphone was found: nobody hears you. {reached}</source>
        <translation>未找到麦克风，各席位听不到您。{reached}</translation>
    </message>
    <message>
        <source>While you talk with one seat, the others do not hear you. {reached}</source>
        <translation>您正与一个席位通话，其他席位听不到您。{reached}</translation>
    </message>
    <message>
        <source>The seats hear you; you hear nobody. {reached}</source>
        <translation>各席位听得到您；您听不到任何席位。{reached}</translation>
    </message>
    <message>
        <source>Press or hold {key} to speak. {reached}</source>
        <translation>按一下或按住 {key} 发言。{reached}</translation>
    </message>
</context>
<context>
    <name>BroadcastPage</name>
    <message>
        <source>Tell every seat</source>
        <translation>广播</translation>
    </message>
    <message>
        <source>Back to the room</source>
        <translation>返回评标室</translation>
    </message>
    <message>
        <source>Locked seats hear and read it too; no seat is heard by anybody. It stands in journal and report.</source>
        <translation>已锁定的席位同样收到；任何席位的声音都不会传出。写入日志和评审报告。</translation>
    </message>
    <message>
        <source>What the seats read</source>
        <translation>各席位看到的文字</translation>
    </message>
    <message>
        <source>Needed in writing; with your voice as well as you like.</source>
        <translation>文字广播必填；语音广播可不填。</translation>
    </message>
    <message>
        <source>Speak to the seats</source>
        <translation>语音广播</translation>
    </message>
    <message>
        <source>Tell in writing</source>
        <translation>文字广播</translation>
    </message>
    <message>
        <source>Take the broadcast away</source>
        <translation>结束广播</translation>
    </message>
    <message>
        <source>All seats of the room</source>
        <translation>全场席位</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>A broadcast is on since {time}; take it away before the next one.</source>
        <translation>{time} 起正在广播，请先结束再发下一条。</translation>
    </message>
    <message>
        <source>Please write what the seats are to read.</source>
        <translation>请填写要告知各席位的内容。</translation>
    </message>
</context>
<context>
    <name>CallButton</name>
    <message>
        <source>Call for help</source>
        <translation>呼叫协助</translation>
    </message>
</context>
<context>
    <name>CallPartner</name>
    <message>
        <source>speaking</source>
        <translation>正在发言</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在接通</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>line poor</source>
        <translation>线路不好</translation>
    </message>
    <message>
        <source>away</source>
        <translation>不在通话中</translation>
    </message>
</context>
<context>
    <name>CallQueue</name>
    <message>
        <source>Calls</source>
        <translation>语音呼叫</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待</translation>
    </message>
    <message>
        <source>Ring again (silent {span})</source>
        <translation>恢复铃声（静音 {span}）</translation>
    </message>
    <message>
        <source>Silent for 5 minutes</source>
        <translation>静音 5 分钟</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>文字答复</translation>
    </message>
    <message>
        <source>Talk again</source>
        <translation>恢复通话</translation>
    </message>
    <message>
        <source>waits {span}</source>
        <translation>已等待 {span}</translation>
    </message>
    <message>
        <source>handed over to you, since {span}</source>
        <translation>转接给您，已 {span}</translation>
    </message>
    <message>
        <source>on hold here, since {span}</source>
        <translation>本台保持等待，已 {span}</translation>
    </message>
</context>
<context>
    <name>CallStrip</name>
    <message>
        <source>Closed while everybody works alone; it opens by itself afterwards.</source>
        <translation>独立评审期间关闭，各成员结束后自动开放。</translation>
    </message>
    <message>
        <source>Closed while everybody works alone, and no line to {whom} either; it opens by itself afterwards.</source>
        <translation>独立评审期间关闭，也不得询问{whom}；之后自动开放。</translation>
    </message>
    <message>
        <source>Closed while this seat is locked.</source>
        <translation>本席位锁定期间关闭。</translation>
    </message>
    <message>
        <source>Not open for this seat.</source>
        <translation>本席位不能加入。</translation>
    </message>
    <message>
        <source>Committee call</source>
        <translation>会商</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>录音中</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>发言</translation>
    </message>
    <message>
        <source>Join the call</source>
        <translation>加入会商</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>The call is open.</source>
        <translation>会商已开放。</translation>
    </message>
    <message>
        <source>While you talk with the centre, the others do not hear you.</source>
        <translation>您正与中心通话，其他成员听不到您。</translation>
    </message>
    <message>
        <source>No microphone was found: you hear the others, they do not hear you.</source>
        <translation>没有找到话筒：您能听到别人，别人听不到您。</translation>
    </message>
    <message>
        <source>{name} hears this call and is heard; it is recorded.</source>
        <translation>{name}在本次会商中，听与说均向全体公开，录音录像中。</translation>
    </message>
    <message>
        <source>You have the word.</source>
        <translation>请您发言。</translation>
    </message>
    <message>
        <source>{name} has the word.</source>
        <translation>{name}正在发言。</translation>
    </message>
    <message>
        <source>{name} would like to speak.</source>
        <translation>{name}请求发言。</translation>
    </message>
    <message>
        <source>The others hear you with a changed voice, which hides it only weakly.</source>
        <translation>其他成员能听到您；声音已变换，但只能有限地遮掩身份。</translation>
    </message>
    <message>
        <source>The others hear you.</source>
        <translation>其他成员能听到您。</translation>
    </message>
    <message>
        <source>You hear the others; press {key} to speak.</source>
        <translation>您能听到其他成员；按 {key} 发言。</translation>
    </message>
    <message>
        <source>Give the word</source>
        <translation>请其发言</translation>
    </message>
    <message>
        <source>End of the word</source>
        <translation>结束发言</translation>
    </message>
    <message>
        <source>Ask for the word</source>
        <translation>请求发言</translation>
    </message>
</context>
<context>
    <name>Calling</name>
    <message>
        <source>Staff are coming, please wait here</source>
        <translation>工作人员正在赶来，请在此等候</translation>
    </message>
    <message>
        <source>Have your document ready. This page goes on by itself.</source>
        <translation>请准备好证件。确认后本页会自动继续。</translation>
    </message>
    <message>
        <source>Please wait here</source>
        <translation>请在此等候</translation>
    </message>
    <message>
        <source>Staff are told. If nobody comes within two minutes, please go to the staff desk with any document.</source>
        <translation>已告知工作人员。两分钟内若无人前来，请携带任何证件到工作人员处。</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Camera picture</source>
        <translation>摄像头画面</translation>
    </message>
    <message>
        <source>No picture from the camera</source>
        <translation>摄像头没有画面</translation>
    </message>
</context>
<context>
    <name>Ceremony</name>
    <message>
        <source>This console has computed the draw again: it is right.</source>
        <translation>本台已重新计算本次抽取，结果相符。</translation>
    </message>
    <message>
        <source>This draw is not what its numbers give. Have it cancelled.</source>
        <translation>本次抽取与其数据不符，请提请取消。</translation>
    </message>
    <message>
        <source>To the end (Space)</source>
        <translation>直接看结果（空格）</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再看一遍</translation>
    </message>
    <message>
        <source>Seed of the draw: {seed}</source>
        <translation>抽取种子：{seed}</translation>
    </message>
    <message>
        <source>{party} commits: {number} …</source>
        <translation>{party}提交承诺：{number}……</translation>
    </message>
    <message>
        <source>{party} reveals {number} …, which is what it committed to</source>
        <translation>{party}公开随机数 {number}……，与其承诺相符</translation>
    </message>
    <message>
        <source>From all numbers together, the seed: {seed} …</source>
        <translation>由各方随机数共同得出种子：{seed}……</translation>
    </message>
    <message>
        <source>Shuffles that broke a rule and were left out: {count}</source>
        <translation>不合座位规则而舍去的排列：{count} 次</translation>
    </message>
    <message>
        <source>Swap {number} of {all}: place {i} with place {j}</source>
        <translation>第 {number} 次交换（共 {all} 次）：第 {i} 位与第 {j} 位</translation>
    </message>
</context>
<context>
    <name>CheckInPage</name>
    <message>
        <source>No evaluation has been imported yet.</source>
        <translation>还没有导入项目。</translation>
    </message>
    <message>
        <source>Arrived: {arrived} of {expected}</source>
        <translation>已到 {arrived} 人，应到 {expected} 人</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Admitted by</source>
        <translation>核验方式</translation>
    </message>
    <message>
        <source>Phone box</source>
        <translation>储物柜</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>评委编号</translation>
    </message>
    <message>
        <source>Check-in list</source>
        <translation>签到表</translation>
    </message>
    <message>
        <source>Person {number}</source>
        <translation>名单第 {number} 人</translation>
    </message>
</context>
<context>
    <name>ConcludePage</name>
    <message>
        <source>Decision of the committee: {stage}</source>
        <translation>{stage}结论</translation>
    </message>
    <message>
        <source>State this decision</source>
        <translation>宣布结论</translation>
    </message>
    <message>
        <source>No bid is rejected. All go on to the next stage.</source>
        <translation>没有投标被否决，全部进入下一环节。</translation>
    </message>
    <message>
        <source>Members differ on &apos;{item}&apos; of {bid}.</source>
        <translation>{bid}的“{item}”一项，成员意见不一致。</translation>
    </message>
    <message>
        <source>Have the review done again</source>
        <translation>发起重新评审</translation>
    </message>
    <message>
        <source>First the members have to agree.</source>
        <translation>须先重新评审，意见明确后才能宣布结论。</translation>
    </message>
    <message>
        <source>{word}: {bid}</source>
        <translation>{word}：{bid}</translation>
    </message>
    <message>
        <source>{left} bids are left, fewer than {least}.</source>
        <translation>有效投标剩 {left} 家，少于 {least} 家。</translation>
    </message>
    <message>
        <source>{few} With this decision this {lot} ends: {word}.</source>
        <translation>{few}宣布后本{lot}结束：{word}。</translation>
    </message>
    <message>
        <source>Say why there is still competition, or end this {lot} below.</source>
        <translation>请写明仍有竞争性的理由，或在下方结束本{lot}。</translation>
    </message>
    <message>
        <source>There is still competition, because</source>
        <translation>仍有竞争性的理由</translation>
    </message>
    <message>
        <source>One sentence; the evaluation then goes on.</source>
        <translation>写一句话，评审继续进行。</translation>
    </message>
    <message>
        <source>Plainly no competition: {word}</source>
        <translation>明显缺乏竞争：{word}</translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation>已发送，等待机房确认。</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Do you agree with this record of the platform&apos;s figures?</source>
        <translation>您同意这份平台数据核验记录吗？</translation>
    </message>
    <message>
        <source>Do you agree with the result?</source>
        <translation>请确认评审结果</translation>
    </message>
    <message>
        <source>I agree with the result</source>
        <translation>同意评审结果</translation>
    </message>
    <message>
        <source>I agree with the record</source>
        <translation>我同意核验记录</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>{dissent}: my reasons</source>
        <translation>{dissent}：我的理由</translation>
    </message>
    <message>
        <source>Printed in the report under your member number. Silence counts as agreement.</source>
        <translation>以您的评委编号写入评标报告；既不签署又不说明理由的，视为同意。</translation>
    </message>
    <message>
        <source>Record my dissent</source>
        <translation>提交不同意见</translation>
    </message>
    <message>
        <source>Write your reasons, or agree.</source>
        <translation>请写明理由，或选择同意。</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>You are the second of two people: type your own password afresh. It is kept nowhere.</source>
        <translation>须由第二人确认：请重新输入您本人的密码。密码不作任何保存。</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>您的密码</translation>
    </message>
    <message>
        <source>Please write why; it stands in the journal.</source>
        <translation>请写明理由，将记入日志。</translation>
    </message>
    <message>
        <source>Please type your password.</source>
        <translation>请输入您的密码。</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Done; it stands in the journal.</source>
        <translation>已完成，并记入日志。</translation>
    </message>
    <message>
        <source>Line lost</source>
        <translation>断线</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>No machine</source>
        <translation>无终端</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Talks with the centre</source>
        <translation>与中心通话</translation>
    </message>
    <message>
        <source>Rung up by the centre</source>
        <translation>中心呼叫中</translation>
    </message>
    <message>
        <source>Calls for help</source>
        <translation>呼叫协助</translation>
    </message>
    <message>
        <source>Waits for staff</source>
        <translation>等待工作人员</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Member {number}</source>
        <translation>评委 {number}</translation>
    </message>
    <message>
        <source>Room camera {name}</source>
        <translation>场地摄像机 {name}</translation>
    </message>
    <message>
        <source>the committee call</source>
        <translation>会商</translation>
    </message>
    <message>
        <source>the broadcast</source>
        <translation>广播</translation>
    </message>
    <message>
        <source>the call of the centre with {alias}</source>
        <translation>中心与{alias}的通话</translation>
    </message>
    <message>
        <source>Seat {number}</source>
        <translation>{number} 号席位</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>见证人员</translation>
    </message>
    <message>
        <source>Regulator</source>
        <translation>行政监督部门</translation>
    </message>
    <message>
        <source>Tenderee</source>
        <translation>招标人（采购人）</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>代理机构</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>签到机</translation>
    </message>
    <message>
        <source>Committee member</source>
        <translation>评标委员会成员</translation>
    </message>
    <message>
        <source>Room server</source>
        <translation>机房服务器</translation>
    </message>
    <message>
        <source>Room control of the centre</source>
        <translation>场内管理台</translation>
    </message>
    <message>
        <source>Witness&apos;s console</source>
        <translation>见证台</translation>
    </message>
    <message>
        <source>Regulator&apos;s console</source>
        <translation>行政监督台</translation>
    </message>
    <message>
        <source>Tenderee&apos;s console</source>
        <translation>招标人（采购人）工作台</translation>
    </message>
    <message>
        <source>Agency&apos;s console</source>
        <translation>代理机构工作台</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Arrival and seating</source>
        <translation>到场入座</translation>
    </message>
    <message>
        <source>Choosing: {chair}</source>
        <translation>产生{chair}</translation>
    </message>
    <message>
        <source>{review}: conclusion</source>
        <translation>{review}：作出结论</translation>
    </message>
    <message>
        <source>{marking}: between two parts</source>
        <translation>{marking}：阶段之间</translation>
    </message>
    <message>
        <source>On the platform; its figures are checked here</source>
        <translation>在平台进行，数据在此核验</translation>
    </message>
    <message>
        <source>Confirming the result</source>
        <translation>成员确认结果</translation>
    </message>
    <message>
        <source>{report}: being made</source>
        <translation>正在生成{report}</translation>
    </message>
    <message>
        <source>{report}: issued</source>
        <translation>{report}已出具</translation>
    </message>
    <message>
        <source>Closed and archived</source>
        <translation>已结束归档</translation>
    </message>
    <message>
        <source>Platform check</source>
        <translation>平台核验</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>确认结果</translation>
    </message>
    <message>
        <source>Leaving and archive</source>
        <translation>离场归档</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Checked in</source>
        <translation>已签到</translation>
    </message>
    <message>
        <source>Phone stored</source>
        <translation>手机已存放</translation>
    </message>
    <message>
        <source>On the way to the seat</source>
        <translation>前往席位</translation>
    </message>
    <message>
        <source>Seated, pledge given</source>
        <translation>已入座承诺</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被更换</translation>
    </message>
    <message>
        <source>Seat wiped, leaving</source>
        <translation>席位已清除，离场中</translation>
    </message>
    <message>
        <source>Phone returned</source>
        <translation>手机已取回</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>已离场</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Two people</source>
        <translation>两人放行</translation>
    </message>
    <message>
        <source>Found by face without a card, two people</source>
        <translation>未持证件，人脸找到后两人核验</translation>
    </message>
    <message>
        <source>Face, when the seat was drawn</source>
        <translation>领席位时已刷脸</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离席</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Order of the demonstrations</source>
        <translation>演示次序</translation>
    </message>
    <message>
        <source>Lot among tied bids {bids}</source>
        <translation>并列抽签（{bids}）</translation>
    </message>
    <message>
        <source>Coefficient {name}</source>
        <translation>系数 {name}</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>评委编号</translation>
    </message>
    <message>
        <source>Chair among the tied</source>
        <translation>并列者抽签</translation>
    </message>
    <message>
        <source>surname</source>
        <translation>姓氏</translation>
    </message>
    <message>
        <source>portrait on the list</source>
        <translation>名单中的照片</translation>
    </message>
    <message>
        <source>face template</source>
        <translation>人脸模板</translation>
    </message>
    <message>
        <source>picture before the kiosk</source>
        <translation>签到机前的画面</translation>
    </message>
    <message>
        <source>photo of the card&apos;s chip</source>
        <translation>身份证芯片照片</translation>
    </message>
    <message>
        <source>name, for the sealed list</source>
        <translation>姓名（制作密封名单）</translation>
    </message>
    <message>
        <source>Admission at the door</source>
        <translation>入场放行</translation>
    </message>
    <message>
        <source>Admission without a card</source>
        <translation>未持证件入场</translation>
    </message>
    <message>
        <source>Opening of a seat</source>
        <translation>席位开启</translation>
    </message>
    <message>
        <source>Return from a leave</source>
        <translation>离席返回</translation>
    </message>
    <message>
        <source>Presence after a pause</source>
        <translation>暂停后核验在席</translation>
    </message>
    <message>
        <source>Entry through the room&apos;s door</source>
        <translation>进入评标室</translation>
    </message>
    <message>
        <source>Unlocking of a seat</source>
        <translation>席位解锁</translation>
    </message>
    <message>
        <source>waits for the second person</source>
        <translation>待第二人确认</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>at the expert&apos;s wish</source>
        <translation>应本人要求</translation>
    </message>
    <message>
        <source>not confirmed by the second person</source>
        <translation>第二人不予确认</translation>
    </message>
    <message>
        <source>not confirmed in time</source>
        <translation>未按时确认</translation>
    </message>
    <message>
        <source>replaced by a fresh one</source>
        <translation>已重新登记</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>保存期满</translation>
    </message>
    <message>
        <source>the evaluation is closed</source>
        <translation>评标结束</translation>
    </message>
    <message>
        <source>Draw the seats</source>
        <translation>抽取席位</translation>
    </message>
    <message>
        <source>Seats are drawn by lot among the parties and sealed, before anyone comes.</source>
        <translation>在专家到场前，由各方共同随机抽取并封存。</translation>
    </message>
    <message>
        <source>Call the draw</source>
        <translation>发起抽取</translation>
    </message>
    <message>
        <source>Everyone is seated</source>
        <translation>全体已入座并承诺</translation>
    </message>
    <message>
        <source>The composition is checked by the rules: number, experts, delegates.</source>
        <translation>按规则检查组成：人数、专家比例、代表授权。</translation>
    </message>
    <message>
        <source>Constitute</source>
        <translation>宣布成立</translation>
    </message>
    <message>
        <source>{check} is due</source>
        <translation>需要{check}</translation>
    </message>
    <message>
        <source>Look at the tables by alias before the committee confirms.</source>
        <translation>请在成员确认前查看各评委编号的评分表。</translation>
    </message>
    <message>
        <source>Check the tables</source>
        <translation>查看并复核</translation>
    </message>
    <message>
        <source>The platform&apos;s figures are due</source>
        <translation>等待平台数据</translation>
    </message>
    <message>
        <source>Export marks, totals and ranking from the platform, and send them to be checked.</source>
        <translation>从平台导出评分、汇总和排名，送来核验。</translation>
    </message>
    <message>
        <source>Send the export</source>
        <translation>发送导出数据</translation>
    </message>
    <message>
        <source>Everyone has left</source>
        <translation>全体已离场</translation>
    </message>
    <message>
        <source>Closing ends the journal of this evaluation for good and makes the evidence package.</source>
        <translation>结束后本项目日志不再增加，并生成评标档案包。</translation>
    </message>
    <message>
        <source>Close and archive</source>
        <translation>结束并归档</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{what}: person {number} of the list</source>
        <translation>{what}：名单第 {number} 人</translation>
    </message>
    <message>
        <source>Your decision</source>
        <translation>待您决定</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Waits for the other side</source>
        <translation>等待另一方</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>{seat} calls for help</source>
        <translation>{seat}呼叫协助</translation>
    </message>
    <message>
        <source>{alias}: “{text}”</source>
        <translation>{alias}：“{text}”</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>{seat} has lost its line</source>
        <translation>{seat}断线</translation>
    </message>
    <message>
        <source>{alias}: what was filled in is kept at the seat and follows by itself.</source>
        <translation>{alias}：已填内容保存在该席位，恢复后自动续传。</translation>
    </message>
    <message>
        <source>{seat} has locked itself: {why}</source>
        <translation>{seat}已自行锁定：{why}</translation>
    </message>
    <message>
        <source>{alias}: the seat opens by the face; if that fails it asks two people.</source>
        <translation>{alias}：本人刷脸即可解锁；刷脸不成的，席位会请两人核验。</translation>
    </message>
    <message>
        <source>{machine} has lost its line</source>
        <translation>终端 {machine} 断线</translation>
    </message>
    <message>
        <source>Look after the machine at the door.</source>
        <translation>请查看门口的终端。</translation>
    </message>
    <message>
        <source>Draw {number} needs your confirmation</source>
        <translation>第 {number} 次抽取需要您确认</translation>
    </message>
    <message>
        <source>Rules that could not be kept in this room: {count}</source>
        <translation>本室未能满足的间隔规则：{count} 条</translation>
    </message>
    <message>
        <source>Draw {number}: cancelling was asked for</source>
        <translation>第 {number} 次抽取：有人申请撤销</translation>
    </message>
    <message>
        <source>Asked by: {role}</source>
        <translation>申请方：{role}</translation>
    </message>
    <message>
        <source>Someone waits for you</source>
        <translation>等您办理</translation>
    </message>
    <message>
        <source>A face is to be enrolled: you are the second of two people</source>
        <translation>有人脸登记待您确认（第二人）</translation>
    </message>
    <message>
        <source>Proposed by {post}. See expert and card yourself, then confirm.</source>
        <translation>由 {post} 提交。请当面核对专家和证件后确认。</translation>
    </message>
    <message>
        <source>Look up the card</source>
        <translation>查验证件</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>The journal does not fit</source>
        <translation>日志核验不符</translation>
    </message>
    <message>
        <source>The room server cannot be reached</source>
        <translation>连接不到机房服务器</translation>
    </message>
    <message>
        <source>It is tried again by itself; {count} of your commands wait to be sent.</source>
        <translation>正在自动重连；有 {count} 项操作等待发送。</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Import an evaluation package</source>
        <translation>导入项目包</translation>
    </message>
    <message>
        <source>Nothing has been imported yet.</source>
        <translation>还没有导入任何项目。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>The journal does not fit what this console has seen: {what} Call the person in charge of the room.</source>
        <translation>日志与本台所见不符：{what}请立即联系机房负责人。</translation>
    </message>
    <message>
        <source>Not proved</source>
        <translation>未通过核验</translation>
    </message>
    <message>
        <source>This console has not checked the journal yet; it does so by itself.</source>
        <translation>本台尚未核验日志，稍后自动进行。</translation>
    </message>
    <message>
        <source>The room was restored from a backup of {at}; what came after that was lost and is sent again.</source>
        <translation>机房已由 {at} 的备份恢复，其后的内容丢失，由各机重新送来。</translation>
    </message>
    <message>
        <source>This console has checked the journal itself.</source>
        <translation>本台已自行核验日志，全部相符。</translation>
    </message>
    <message>
        <source>the signed checkpoint cannot be read.</source>
        <translation>签名检查点无法读取。</translation>
    </message>
    <message>
        <source>a checkpoint is not signed by this room.</source>
        <translation>检查点不是本机房签名的。</translation>
    </message>
    <message>
        <source>the journal has become shorter.</source>
        <translation>日志比先前短了。</translation>
    </message>
    <message>
        <source>entries that were there before have been changed.</source>
        <translation>先前已有的记录被改动过。</translation>
    </message>
    <message>
        <source>the entries told are not those that were signed.</source>
        <translation>收到的记录与签名的不一致。</translation>
    </message>
    <message>
        <source>the room&apos;s journal names another state of this evaluation.</source>
        <translation>机房日志所载的本评审状态与此不同。</translation>
    </message>
    <message>
        <source>entry {place} of the room was changed, is missing or out of order.</source>
        <translation>机房日志第 {place} 条被改动、缺失或次序颠倒。</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>机房</translation>
    </message>
    <message>
        <source>every entry computed again, 1 to {size}, since {since}</source>
        <translation>逐条重算第 1 至 {size} 条，自 {since} 起持续核验</translation>
    </message>
    <message>
        <source>{size} entries; each state extends the one before, since entry {first} at {since}</source>
        <translation>共 {size} 条，自 {since} 第 {first} 条起，只增不改</translation>
    </message>
    <message>
        <source>last checkpoint signed by room and console: {size} at {at}</source>
        <translation>最近一次机房与本台共同签名：第 {size} 条，{at}</translation>
    </message>
</context>
<context>
    <name>ConsoleCall</name>
    <message>
        <source>{whom}: it rings. Without an answer, write to the seat on its page.</source>
        <translation>正在呼叫 {whom}。无人接听的，请在席位页面书面答复。</translation>
    </message>
    <message>
        <source>Connecting with {whom}.</source>
        <translation>正在接通 {whom}。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Talk again</source>
        <translation>恢复通话</translation>
    </message>
    <message>
        <source>To {role}</source>
        <translation>转给{role}</translation>
    </message>
    <message>
        <source>another console of the centre</source>
        <translation>中心的另一台控制台</translation>
    </message>
    <message>
        <source>{whom} waits: neither side hears the other.</source>
        <translation>{whom}正在等待：双方互相听不到。</translation>
    </message>
    <message>
        <source>Nothing is heard from {whom} just now; it is tried again by itself. Press {key} to write instead.</source>
        <translation>暂时听不到{whom}，系统正在自动重试。按 {key} 改用文字。</translation>
    </message>
    <message>
        <source>No microphone was found: you hear {whom} and are not heard.</source>
        <translation>未找到麦克风：您能听到 {whom}，对方听不到您。</translation>
    </message>
    <message>
        <source>{whom} hears you; nobody else does.</source>
        <translation>{whom} 能听到您，其他人听不到。</translation>
    </message>
    <message>
        <source>You hear {whom}; press {key} to speak.</source>
        <translation>您能听到 {whom}，按 {key} 发言。</translation>
    </message>
</context>
<context>
    <name>ConsoleJournal</name>
    <message>
        <source>Everybody</source>
        <translation>各成员</translation>
    </message>
    <message>
        <source>one found</source>
        <translation>找到一人</translation>
    </message>
    <message>
        <source>nobody found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Ballot</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>An evaluation was imported; its rules are frozen</source>
        <translation>项目已导入，规则已冻结</translation>
    </message>
    <message>
        <source>The room offered a key for sealed sheets</source>
        <translation>机房提供了封存密钥</translation>
    </message>
    <message>
        <source>Seats and aliases are drawn and sealed</source>
        <translation>席位与评委编号已抽取并封存</translation>
    </message>
    <message>
        <source>{what} asked for: person {person} ({reason})</source>
        <translation>申请{what}：名单第 {person} 人（{reason}）</translation>
    </message>
    <message>
        <source>A release by two people was asked for</source>
        <translation>有人申请两人放行</translation>
    </message>
    <message>
        <source>{by} approved: {what}, person {person} ({reason})</source>
        <translation>{by}同意：{what}，名单第 {person} 人（{reason}）</translation>
    </message>
    <message>
        <source>A release was approved</source>
        <translation>一项放行已获同意</translation>
    </message>
    <message>
        <source>{by} refused: {what}, person {person} ({reason})</source>
        <translation>{by}拒绝：{what}，名单第 {person} 人（{reason}）</translation>
    </message>
    <message>
        <source>A release was refused</source>
        <translation>一项放行被拒绝</translation>
    </message>
    <message>
        <source>Person {person} checked in ({means})</source>
        <translation>名单第 {person} 人签到（{means}）</translation>
    </message>
    <message>
        <source>A member checked in</source>
        <translation>一名成员已签到</translation>
    </message>
    <message>
        <source>Person {person}: phone in box {locker}</source>
        <translation>名单第 {person} 人：手机存入 {locker} 号柜</translation>
    </message>
    <message>
        <source>A phone was stored</source>
        <translation>一部手机已存放</translation>
    </message>
    <message>
        <source>Person {person} took {seat}, alias {alias}</source>
        <translation>名单第 {person} 人领取{seat}，编号{alias}</translation>
    </message>
    <message>
        <source>A seat was taken</source>
        <translation>一个席位已领取</translation>
    </message>
    <message>
        <source>{alias}: seat opened ({means})</source>
        <translation>{alias}：席位已开启（{means}）</translation>
    </message>
    <message>
        <source>A seat was opened</source>
        <translation>一个席位已开启</translation>
    </message>
    <message>
        <source>{alias}: {discipline} read</source>
        <translation>{alias}：已阅读{discipline}</translation>
    </message>
    <message>
        <source>{alias}: {pledge} given</source>
        <translation>{alias}：已签{pledge}</translation>
    </message>
    <message>
        <source>{alias}: {recusal} ({reason})</source>
        <translation>{alias}：{recusal}（{reason}）</translation>
    </message>
    <message>
        <source>{committee} constituted: {count} members</source>
        <translation>{committee}已成立：{count} 人</translation>
    </message>
    <message>
        <source>{committee} constituted</source>
        <translation>{committee}已成立</translation>
    </message>
    <message>
        <source>{alias} proposed {candidate} as {chair}</source>
        <translation>{alias}推荐{candidate}为{chair}</translation>
    </message>
    <message>
        <source>Someone was proposed as {chair}</source>
        <translation>有人被推荐为{chair}</translation>
    </message>
    <message>
        <source>A member agreed to the {chair} proposed</source>
        <translation>一名成员同意所推荐的{chair}</translation>
    </message>
    <message>
        <source>A ballot for the {chair} was called</source>
        <translation>{chair}改由无记名投票产生</translation>
    </message>
    <message>
        <source>The ballot was counted</source>
        <translation>投票已计票</translation>
    </message>
    <message>
        <source>{chair}: {alias}</source>
        <translation>{chair}：{alias}</translation>
    </message>
    <message>
        <source>The {chair} was chosen</source>
        <translation>{chair}已产生</translation>
    </message>
    <message>
        <source>The lot among the tied was drawn</source>
        <translation>并列者已抽签</translation>
    </message>
    <message>
        <source>The signed qualification review took effect</source>
        <translation>已签署的资格审查结果生效</translation>
    </message>
    <message>
        <source>{alias} ended and sealed: {kind}</source>
        <translation>{alias}已结束并封存：{kind}</translation>
    </message>
    <message>
        <source>A member ended and sealed a sheet</source>
        <translation>一名成员已结束并封存</translation>
    </message>
    <message>
        <source>A seat gave a sheet&apos;s key again</source>
        <translation>席位重新提交了封存密钥</translation>
    </message>
    <message>
        <source>All have ended, sheets opened: {kind}</source>
        <translation>全体已结束，开启：{kind}</translation>
    </message>
    <message>
        <source>All have ended, sheets were opened</source>
        <translation>全体已结束，封存内容已开启</translation>
    </message>
    <message>
        <source>Done again: {kind} ({reason})</source>
        <translation>环节重评：{kind}（{reason}）</translation>
    </message>
    <message>
        <source>A stage is done again</source>
        <translation>环节重评</translation>
    </message>
    <message>
        <source>{preliminary}: the committee concluded</source>
        <translation>{preliminary}：评标委员会已作出结论</translation>
    </message>
    <message>
        <source>Next the group talks with the suppliers</source>
        <translation>下一步由全体成员与各供应商分别进行</translation>
    </message>
    <message>
        <source>Lot {lot} ended without a result</source>
        <translation>标段（包）{lot} 未产生结果</translation>
    </message>
    <message>
        <source>A lot ended without a result</source>
        <translation>一个标段（包）未产生结果</translation>
    </message>
    <message>
        <source>Marks and prices were tallied</source>
        <translation>评分与报价已汇总</translation>
    </message>
    <message>
        <source>The committee noted what it says to the findings</source>
        <translation>评标委员会已对提示作出说明</translation>
    </message>
    <message>
        <source>{check} is due</source>
        <translation>需要{check}</translation>
    </message>
    <message>
        <source>{check}: done</source>
        <translation>{check}：已完成</translation>
    </message>
    <message>
        <source>{check}: back to the committee</source>
        <translation>{check}：退回评标委员会</translation>
    </message>
    <message>
        <source>Every member is asked to confirm</source>
        <translation>请全体成员确认结果</translation>
    </message>
    <message>
        <source>{alias} confirmed the result</source>
        <translation>{alias}确认结果</translation>
    </message>
    <message>
        <source>{alias} dissented from the result in writing</source>
        <translation>{alias}书面提出不同意见</translation>
    </message>
    <message>
        <source>All have answered; the report is made</source>
        <translation>全体已表态，正在生成报告</translation>
    </message>
    <message>
        <source>{report} issued, {pages} pages</source>
        <translation>{report}已出具，共 {pages} 页</translation>
    </message>
    <message>
        <source>{report} issued</source>
        <translation>{report}已出具</translation>
    </message>
    <message>
        <source>{alias}: {seat} wiped</source>
        <translation>{alias}：{seat}已清除</translation>
    </message>
    <message>
        <source>A seat was wiped</source>
        <translation>一个席位已清除</translation>
    </message>
    <message>
        <source>Person {person}: phone taken from box {locker}</source>
        <translation>名单第 {person} 人：从 {locker} 号柜取回手机</translation>
    </message>
    <message>
        <source>A phone was returned</source>
        <translation>一部手机已取回</translation>
    </message>
    <message>
        <source>Person {person} left</source>
        <translation>名单第 {person} 人离场</translation>
    </message>
    <message>
        <source>A member left</source>
        <translation>一名成员已离场</translation>
    </message>
    <message>
        <source>{seat} calls for help: {text}</source>
        <translation>{seat}呼叫协助：{text}</translation>
    </message>
    <message>
        <source>A seat calls for help</source>
        <translation>有席位呼叫协助</translation>
    </message>
    <message>
        <source>{by} answered {alias}: {text}</source>
        <translation>{by}应答{alias}：{text}</translation>
    </message>
    <message>
        <source>A call was answered</source>
        <translation>呼叫已应答</translation>
    </message>
    <message>
        <source>Witness&apos;s remark: {text}</source>
        <translation>见证记录：{text}</translation>
    </message>
    <message>
        <source>The witness wrote a remark</source>
        <translation>见证人员写入一条记录</translation>
    </message>
    <message>
        <source>Refused to {by}: {command} ({code})</source>
        <translation>拒绝{by}的操作：{command}（{code}）</translation>
    </message>
    <message>
        <source>A command was refused</source>
        <translation>一项操作被拒绝</translation>
    </message>
    <message>
        <source>The evaluation is closed</source>
        <translation>项目已结束</translation>
    </message>
    <message>
        <source>The room was opened</source>
        <translation>评标室已启用</translation>
    </message>
    <message>
        <source>Machine {device} was enrolled</source>
        <translation>终端 {device} 已登记</translation>
    </message>
    <message>
        <source>A machine was enrolled</source>
        <translation>一台终端已登记</translation>
    </message>
    <message>
        <source>Machine {device} was shut out ({reason})</source>
        <translation>终端 {device} 已停用（{reason}）</translation>
    </message>
    <message>
        <source>A machine was shut out</source>
        <translation>一台终端已停用</translation>
    </message>
    <message>
        <source>Machine {device} is connected</source>
        <translation>终端 {device} 已连接</translation>
    </message>
    <message>
        <source>A machine is connected</source>
        <translation>一台终端已连接</translation>
    </message>
    <message>
        <source>Machine {device} has lost its line</source>
        <translation>终端 {device} 断线</translation>
    </message>
    <message>
        <source>A machine has lost its line</source>
        <translation>一台终端断线</translation>
    </message>
    <message>
        <source>{role} {post} logged in at {device}</source>
        <translation>{role} {post} 在 {device} 登录</translation>
    </message>
    <message>
        <source>Someone logged in</source>
        <translation>有人登录</translation>
    </message>
    <message>
        <source>{post} logged out at {device}</source>
        <translation>{post} 在 {device} 退出</translation>
    </message>
    <message>
        <source>Someone logged out</source>
        <translation>有人退出</translation>
    </message>
    <message>
        <source>A package was imported</source>
        <translation>已导入一个项目包</translation>
    </message>
    <message>
        <source>Draw {draw_no} was called: {purpose}</source>
        <translation>第 {draw_no} 次抽取已发起：{purpose}</translation>
    </message>
    <message>
        <source>A draw was called</source>
        <translation>已发起抽取</translation>
    </message>
    <message>
        <source>Draw {draw_no}: {party} committed</source>
        <translation>第 {draw_no} 次抽取：{party}已提交承诺</translation>
    </message>
    <message>
        <source>A party of the draw committed</source>
        <translation>抽取的一方已提交承诺</translation>
    </message>
    <message>
        <source>Draw {draw_no}: {party} revealed</source>
        <translation>第 {draw_no} 次抽取：{party}已揭示</translation>
    </message>
    <message>
        <source>A party of the draw revealed</source>
        <translation>抽取的一方已揭示</translation>
    </message>
    <message>
        <source>Draw {draw_no} is computed and sealed</source>
        <translation>第 {draw_no} 次抽取：结果已算出并封存</translation>
    </message>
    <message>
        <source>A draw is computed and sealed</source>
        <translation>抽取结果已算出并封存</translation>
    </message>
    <message>
        <source>Draw {draw_no}: the witness confirmed ({reason})</source>
        <translation>第 {draw_no} 次抽取：见证人员确认（{reason}）</translation>
    </message>
    <message>
        <source>The witness confirmed a draw</source>
        <translation>见证人员确认了抽取</translation>
    </message>
    <message>
        <source>Draw {draw_no}: {by} wants it cancelled ({reason})</source>
        <translation>第 {draw_no} 次抽取：{by}申请撤销（{reason}）</translation>
    </message>
    <message>
        <source>A draw is to be cancelled</source>
        <translation>有人申请撤销抽取</translation>
    </message>
    <message>
        <source>Draw {draw_no} was cancelled by two people</source>
        <translation>第 {draw_no} 次抽取经两人同意撤销</translation>
    </message>
    <message>
        <source>A draw was cancelled by two people</source>
        <translation>抽取经两人同意撤销</translation>
    </message>
    <message>
        <source>Draw {draw_no} was disclosed</source>
        <translation>第 {draw_no} 次抽取：记录已公开</translation>
    </message>
    <message>
        <source>A draw was disclosed</source>
        <translation>抽取记录已公开</translation>
    </message>
    <message>
        <source>Looked at of person {person}: {purpose}</source>
        <translation>查看了名单第 {person} 人的{purpose}</translation>
    </message>
    <message>
        <source>A name was looked at</source>
        <translation>有人查看了姓名</translation>
    </message>
    <message>
        <source>A face without a card was sought among {compared} expected: {outcome}</source>
        <translation>未持证件者按人脸在 {compared} 名应到人员中查找：{outcome}</translation>
    </message>
    <message>
        <source>A face was sought at the door</source>
        <translation>门口有人按人脸查找</translation>
    </message>
    <message>
        <source>Segment {seq} of {party}&apos;s recording was looked at</source>
        <translation>调阅了{party}的录音录像第 {seq} 段</translation>
    </message>
    <message>
        <source>A recording was looked at</source>
        <translation>调阅了录音录像</translation>
    </message>
    <message>
        <source>Recordings are kept beyond their term: {reason}</source>
        <translation>录音录像到期仍予保留：{reason}</translation>
    </message>
    <message>
        <source>Recordings are kept beyond their term</source>
        <translation>录音录像到期仍予保留</translation>
    </message>
    <message>
        <source>Recordings are no longer kept beyond their term: {reason}</source>
        <translation>解除录音录像的到期保留：{reason}</translation>
    </message>
    <message>
        <source>Recordings are no longer kept beyond their term</source>
        <translation>解除录音录像的到期保留</translation>
    </message>
    <message>
        <source>{party}&apos;s recording was deleted, its term having ended {until} ({article})</source>
        <translation>{party}的录音录像已到期删除（{until}，{article}）</translation>
    </message>
    <message>
        <source>A recording was deleted, its term having ended</source>
        <translation>一份录音录像已到期删除</translation>
    </message>
    <message>
        <source>A further session was opened; its seats are drawn anew</source>
        <translation>又一场评审已开始，席位重新抽取</translation>
    </message>
    <message>
        <source>A scanned paper was brought: {bytes} bytes, SHA-256 {sha256}</source>
        <translation>带入一份扫描件：{bytes} 字节，SHA-256 {sha256}</translation>
    </message>
    <message>
        <source>A scanned paper was brought</source>
        <translation>带入一份扫描件</translation>
    </message>
    <message>
        <source>A scanned paper that nothing named within a day was deleted</source>
        <translation>一份扫描件一天内没有任何记录引用，已删除</translation>
    </message>
    <message>
        <source>Face {expert}: consent given, chip photo compared ({score}); to be confirmed</source>
        <translation>人脸 {expert}：已同意，与证件照片比对（{score}），待确认</translation>
    </message>
    <message>
        <source>A face is to be enrolled</source>
        <translation>有人脸待登记</translation>
    </message>
    <message>
        <source>Face {expert}: enrolled by two people ({reason})</source>
        <translation>人脸 {expert}：两人办理登记（{reason}）</translation>
    </message>
    <message>
        <source>A face was enrolled by two people</source>
        <translation>两人办理了一项人脸登记</translation>
    </message>
    <message>
        <source>Face {expert}: sought at the enrolment desk</source>
        <translation>人脸 {expert}：在登记处查询</translation>
    </message>
    <message>
        <source>An enrolled face was sought</source>
        <translation>查询了一项人脸登记</translation>
    </message>
    <message>
        <source>Face {expert}: template deleted ({why})</source>
        <translation>人脸 {expert}：模板已删除（{why}）</translation>
    </message>
    <message>
        <source>A face template was deleted</source>
        <translation>删除了一个人脸模板</translation>
    </message>
    <message>
        <source>The portraits of the list were deleted: {count}</source>
        <translation>名单中的照片已删除：{count} 张</translation>
    </message>
    <message>
        <source>The portraits of a list were deleted</source>
        <translation>名单中的照片已删除</translation>
    </message>
    <message>
        <source>The room was restored from a backup of {made_at}, up to entry {position}</source>
        <translation>评标室由 {made_at} 的备份恢复，至第 {position} 条</translation>
    </message>
    <message>
        <source>The room was restored from a backup</source>
        <translation>评标室由备份恢复</translation>
    </message>
    <message>
        <source>Everything was exported to a file by two people; the second: {second}</source>
        <translation>两人将全部数据导出为文件，第二人：{second}</translation>
    </message>
    <message>
        <source>Everything was exported to a file</source>
        <translation>全部数据已导出为文件</translation>
    </message>
    <message>
        <source>The room signs with a new key, by two people; the second: {second}</source>
        <translation>评标室改用新的签名密钥（两人办理），第二人：{second}</translation>
    </message>
    <message>
        <source>The room signs with a new key</source>
        <translation>评标室改用新的签名密钥</translation>
    </message>
    <message>
        <source>The streams witnessed each other</source>
        <translation>各日志互相见证</translation>
    </message>
    <message>
        <source>Access refused: {what} ({code})</source>
        <translation>拒绝访问：{what}（{code}）</translation>
    </message>
    <message>
        <source>An access was refused</source>
        <translation>一次访问被拒绝</translation>
    </message>
</context>
<context>
    <name>ConsoleWindow</name>
    <message>
        <source>The room has ended this machine&apos;s session. Ask the centre, then log in again.</source>
        <translation>机房已结束本终端的会话。请与中心联系后重新登录。</translation>
    </message>
    <message>
        <source>You are logged out; please log in again.</source>
        <translation>您已退出，请重新登录。</translation>
    </message>
    <message>
        <source>to handle</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>seats in use</source>
        <translation>在用 / 席位</translation>
    </message>
    <message>
        <source>The room server cannot be reached; it is tried again by itself.</source>
        <translation>连接不到机房服务器，正在自动重连。</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>正在发送…</translation>
    </message>
</context>
<context>
    <name>ConsoleWriting</name>
    <message>
        <source>The room&apos;s disk is slow</source>
        <translation>评标室的磁盘变慢了</translation>
    </message>
    <message>
        <source>What is done is answered late, and only once it is safe. Nothing is lost; have the disk looked at.</source>
        <translation>操作会晚一些得到回应，保存稳妥后才回应。没有内容丢失；请检查服务器磁盘。</translation>
    </message>
    <message>
        <source>The room&apos;s disk is full</source>
        <translation>评标室的磁盘已满</translation>
    </message>
    <message>
        <source>The room&apos;s disk can only be read</source>
        <translation>评标室的磁盘只能读、不能写</translation>
    </message>
    <message>
        <source>The room&apos;s database is damaged</source>
        <translation>评标室的数据库已损坏</translation>
    </message>
    <message>
        <source>The room&apos;s database server cannot be reached</source>
        <translation>连不上评标室的数据库服务器</translation>
    </message>
    <message>
        <source>Make room on the server&apos;s disk.</source>
        <translation>请在服务器磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>Check the server&apos;s disk and mount it for writing.</source>
        <translation>请检查服务器磁盘，并以可写方式挂载。</translation>
    </message>
    <message>
        <source>Stop the room, keep its folder as it is, and restore the newest copy.</source>
        <translation>请停止评标室服务，原样保留其目录，并从最新备份恢复。</translation>
    </message>
    <message>
        <source>Check the database server and the line to it.</source>
        <translation>请检查数据库服务器和到它的线路。</translation>
    </message>
    <message>
        <source>Nothing can be entered; seats keep their work and send it afterwards.</source>
        <translation>现在什么都无法录入；席位保留各自的工作，恢复后自动送出。</translation>
    </message>
    <message>
        <source>Have the server&apos;s disk looked at.</source>
        <translation>请检查服务器磁盘。</translation>
    </message>
    <message>
        <source>The room cannot write</source>
        <translation>评标室现在无法保存</translation>
    </message>
</context>
<context>
    <name>ContentsList</name>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>ContrastSwitch</name>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>What you choose counts at once and is kept on this machine.</source>
        <translation>选择后立即生效，并保存在本机。</translation>
    </message>
    <message>
        <source>Devices of this seat</source>
        <translation>本席设备</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检测</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Play a tone and listen</source>
        <translation>播放提示音并自检</translation>
    </message>
    <message>
        <source>No such microphone is there; plug it in, or choose another.</source>
        <translation>未找到该麦克风，请接好或改选。</translation>
    </message>
    <message>
        <source>While you are in a call nothing is tried.</source>
        <translation>通话中不能自检。</translation>
    </message>
    <message>
        <source>The system&apos;s own</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>{name} (not plugged in)</source>
        <translation>{name}（未接入）</translation>
    </message>
    <message>
        <source>not enrolled; ask the centre</source>
        <translation>未登记，请联系中心</translation>
    </message>
    <message>
        <source>The camera of the settings (not plugged in)</source>
        <translation>设置中的摄像头（未接入）</translation>
    </message>
    <message>
        <source>Kept on this machine.</source>
        <translation>已保存在本机。</translation>
    </message>
    <message>
        <source>It counts now, but cannot be kept on this machine ({why}); call staff.</source>
        <translation>已生效，但无法保存在本机（{why}），请呼叫工作人员。</translation>
    </message>
    <message>
        <source>A tone is played and listened for; about three seconds.</source>
        <translation>正在播放提示音并收听，约三秒。</translation>
    </message>
    <message>
        <source>Nothing to try: microphone and loudspeaker must both be there.</source>
        <translation>无法自检：麦克风和扬声器须同时可用。</translation>
    </message>
    <message>
        <source>The tone was not heard; turn the volume up, or hold the earpiece to the microphone.</source>
        <translation>没有听到提示音：请调高音量，或把耳机贴近话筒。</translation>
    </message>
    <message>
        <source>This seat heard itself: {db} dB over the room.</source>
        <translation>自检通过：听到了提示音，高出环境 {db} dB。</translation>
    </message>
    <message>
        <source>It could not be tried; look again, or call staff.</source>
        <translation>自检未能完成，请重新检测或呼叫工作人员。</translation>
    </message>
</context>
<context>
    <name>DisciplinePage</name>
    <message>
        <source>Please read to the end. The project is disclosed after it.</source>
        <translation>请阅读到末尾，之后才告知项目和名单。</translation>
    </message>
    <message>
        <source>I have read it and will keep to it</source>
        <translation>已阅读，将严格遵守</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>read on</source>
        <translation>往下读</translation>
    </message>
    <message>
        <source>back</source>
        <translation>往回读</translation>
    </message>
</context>
<context>
    <name>DocumentDesk</name>
    <message>
        <source>Two side by side</source>
        <translation>对看</translation>
    </message>
    <message>
        <source>Find in all</source>
        <translation>全部查找</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>My notes</source>
        <translation>我的笔记</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>同步滚动</translation>
    </message>
    <message>
        <source>find in all documents</source>
        <translation>在全部文件中查找</translation>
    </message>
    <message>
        <source>two documents side by side</source>
        <translation>两份文件并排</translation>
    </message>
    <message>
        <source>scroll both in step, or each alone</source>
        <translation>两份文件同步滚动／各自滚动</translation>
    </message>
    <message>
        <source>turn the pages</source>
        <translation>旋转页面</translation>
    </message>
    <message>
        <source>the pages in small, and back</source>
        <translation>打开缩略图，再按返回</translation>
    </message>
    <message>
        <source>on a page: frame a place and move it; with Ctrl make it larger or smaller</source>
        <translation>在页面上框选并移动；按住 Ctrl 放大或缩小</translation>
    </message>
    <message>
        <source>my own note on the page in view</source>
        <translation>在当前页写自己的笔记</translation>
    </message>
    <message>
        <source>find in the document in view</source>
        <translation>在当前文件中查找</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Find in this document, Enter goes on</source>
        <translation>在本文件中查找，按回车看下一处</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>适宽</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>适合宽度</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>This file cannot be read as a PDF. Call for help; the paper copy may be used.</source>
        <translation>此文件不是可读的 PDF。请呼叫协助，可改用纸质文件。</translation>
    </message>
    <message>
        <source>This file is protected by a password. Call for help; the paper copy may be used.</source>
        <translation>此文件设有密码。请呼叫协助，可改用纸质文件。</translation>
    </message>
    <message>
        <source>This file is not on this seat yet. Call for help if it does not come.</source>
        <translation>此文件还没有传到本席位。若迟迟不到，请呼叫协助。</translation>
    </message>
    <message>
        <source>not found in the text (scanned pages are pictures)</source>
        <translation>文字中没有找到（扫描页是图片，无法查找）</translation>
    </message>
    <message>
        <source>{count} found, {share} %</source>
        <translation>已找到 {count} 处，查到 {share}%</translation>
    </message>
    <message>
        <source>{at} of {count}, page {page}</source>
        <translation>第 {at} 处，共 {count} 处，第 {page} 页</translation>
    </message>
</context>
<context>
    <name>Doorway</name>
    <message>
        <source>This is another room&apos;s door. Your room: {room}.</source>
        <translation>这不是您抽到的评标室的门。您的评标室：{room}。</translation>
    </message>
    <message>
        <source>You are checked in already; this is your seat.</source>
        <translation>您已签到，这是您的席位。</translation>
    </message>
    <message>
        <source>The door is open: please go in.</source>
        <translation>门已打开，请进。</translation>
    </message>
    <message>
        <source>Staff will open the door for you.</source>
        <translation>请稍候，工作人员为您开门。</translation>
    </message>
    <message>
        <source>The slip was not printed; please tell the staff.</source>
        <translation>席位条没有打印出来，请告诉工作人员。</translation>
    </message>
    <message>
        <source>Thank you for your work</source>
        <translation>您辛苦了</translation>
    </message>
    <message>
        <source>The door opens for you alone. Who has left does not come in again.</source>
        <translation>门只为您一人打开。离场后不能再次进入。</translation>
    </message>
    <message>
        <source>Open the door (Enter)</source>
        <translation>开门离场（回车）</translation>
    </message>
    <message>
        <source>This is not possible now</source>
        <translation>现在还不能办理</translation>
    </message>
    <message>
        <source>The door is open. Goodbye!</source>
        <translation>门已打开，再见！</translation>
    </message>
    <message>
        <source>The door does not answer: staff will open it for you.</source>
        <translation>门没有响应，工作人员会为您打开。</translation>
    </message>
    <message>
        <source>Thank you, goodbye!</source>
        <translation>谢谢，再见！</translation>
    </message>
</context>
<context>
    <name>DoubtPage</name>
    <message>
        <source>Staff will check your document</source>
        <translation>由工作人员核对您的证件</translation>
    </message>
    <message>
        <source>Two people confirm who you are; it takes a minute.</source>
        <translation>需要两名工作人员共同确认，大约一分钟。</translation>
    </message>
    <message>
        <source>Call staff (Enter)</source>
        <translation>呼叫工作人员（回车）</translation>
    </message>
    <message>
        <source>Try the camera once more</source>
        <translation>再用摄像头试一次</translation>
    </message>
</context>
<context>
    <name>DoubtPictures</name>
    <message>
        <source>Before the kiosk now</source>
        <translation>签到机前的实时画面</translation>
    </message>
    <message>
        <source>Your look is in the journal; the pictures are kept nowhere and go with the decision.</source>
        <translation>本次查看已记入日志；画面不作任何保存，作出决定后即消失。</translation>
    </message>
    <message>
        <source>There are no pictures: compare the person with the original document.</source>
        <translation>没有可供比对的画面，请将本人与证件原件核对。</translation>
    </message>
    <message>
        <source>On the sealed list</source>
        <translation>密封名单中的照片</translation>
    </message>
    <message>
        <source>In the chip of the identity card</source>
        <translation>身份证芯片照片</translation>
    </message>
    <message>
        <source>No picture to compare with: look at the original document</source>
        <translation>没有可供比对的照片，请核对证件原件</translation>
    </message>
</context>
<context>
    <name>DrawCard</name>
    <message>
        <source>Show how it was computed</source>
        <translation>演示抽取过程</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Cancelling takes the centre and the witness; the transcript stays in the journal.</source>
        <translation>撤销须中心与见证人员两方同意；抽取记录仍留在日志中。</translation>
    </message>
    <message>
        <source>Confirm this draw</source>
        <translation>确认本次抽取</translation>
    </message>
    <message>
        <source>Cancel this draw</source>
        <translation>撤销本次抽取</translation>
    </message>
    <message>
        <source>Draw {number}: {purpose}</source>
        <translation>第 {number} 次抽取：{purpose}</translation>
    </message>
    <message>
        <source>Code of the draw: {code}</source>
        <translation>抽取码：{code}</translation>
    </message>
    <message>
        <source>QR code of the draw</source>
        <translation>抽取二维码</translation>
    </message>
    <message>
        <source>{role} asks for this draw to be cancelled.</source>
        <translation>{role}申请撤销本次抽取。</translation>
    </message>
    <message>
        <source>Sealed, not confirmed yet</source>
        <translation>已封存，待确认</translation>
    </message>
    <message>
        <source>Parties commit</source>
        <translation>各方提交承诺中</translation>
    </message>
    <message>
        <source>Parties reveal</source>
        <translation>各方揭示中</translation>
    </message>
    <message>
        <source>Being computed</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>已封存</translation>
    </message>
    <message>
        <source>Disclosed</source>
        <translation>已公开</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>All commit</source>
        <translation>各方提交承诺</translation>
    </message>
    <message>
        <source>All reveal</source>
        <translation>各方揭示</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>算出结果</translation>
    </message>
    <message>
        <source>committed ✓  revealed ✓</source>
        <translation>已承诺 ✓  已揭示 ✓</translation>
    </message>
    <message>
        <source>committed ✓  waits for the others</source>
        <translation>已承诺 ✓  等待其他方</translation>
    </message>
    <message>
        <source>not yet: its machine must be connected and logged in</source>
        <translation>尚未提交：须连接该方终端并登录</translation>
    </message>
    <message>
        <source>{people} slots to {seats} seats, nobody beside a colleague where the room allows it; from the numbers of all parties together, so that none of them alone decides.</source>
        <translation>{people} 个签位抽到 {seats} 个席位，条件允许时同项目成员互不相邻；由各方的随机数共同算出，任何一方都不能单独决定。</translation>
    </message>
    <message>
        <source>The order of {people} items, from the numbers of all parties together.</source>
        <translation>由各方的随机数共同决定 {people} 项的次序。</translation>
    </message>
    <message>
        <source>Rules of distance that could not be kept in this room: {count}.</source>
        <translation>本室座位条件下未能满足的间隔规则：{count} 条。</translation>
    </message>
    <message>
        <source>The witness has confirmed.</source>
        <translation>见证人员已确认。</translation>
    </message>
    <message>
        <source>The witness must confirm or have it cancelled.</source>
        <translation>须由见证人员确认，或申请撤销。</translation>
    </message>
</context>
<context>
    <name>DrawsPage</name>
    <message>
        <source>Nothing has been drawn yet.</source>
        <translation>还没有抽取。</translation>
    </message>
</context>
<context>
    <name>EvaluationsPage</name>
    <message>
        <source>No evaluation has been imported yet.</source>
        <translation>还没有导入项目。</translation>
    </message>
    <message>
        <source>Blank forms</source>
        <translation>打印空白表</translation>
    </message>
    <message>
        <source>Arrived: {arrived} of {expected}</source>
        <translation>已到 {arrived} 人，应到 {expected} 人</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>ended without a result</source>
        <translation>未产生结果</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>评审结果</translation>
    </message>
    <message>
        <source>The platform&apos;s figures</source>
        <translation>平台数据核验</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>评标报告</translation>
    </message>
    <message>
        <source>Save the evidence package</source>
        <translation>保存评标档案包</translation>
    </message>
    <message>
        <source>Fetching the evidence package …</source>
        <translation>正在取得评标档案包…</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Could not be saved: {why}</source>
        <translation>没有保存成功：{why}</translation>
    </message>
</context>
<context>
    <name>FaceEnrolment</name>
    <message>
        <source>Stop this enrolment</source>
        <translation>停止登记</translation>
    </message>
    <message>
        <source>Nothing was kept.</source>
        <translation>没有保存任何内容。</translation>
    </message>
    <message>
        <source>Notice and consent</source>
        <translation>告知同意书</translation>
    </message>
    <message>
        <source>I consent</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>I do not consent</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>On paper, to be signed by hand</source>
        <translation>纸质签署</translation>
    </message>
    <message>
        <source>Read the card with its reader, and choose the photo that the reader&apos;s program has left.</source>
        <translation>请用读卡器读取身份证，然后选择读卡软件存下的证件照片。</translation>
    </message>
    <message>
        <source>Pictures and folders</source>
        <translation>图片和文件夹</translation>
    </message>
    <message>
        <source>Photo of the card&apos;s chip</source>
        <translation>身份证芯片照片</translation>
    </message>
    <message>
        <source>Before the camera</source>
        <translation>摄像头前</translation>
    </message>
    <message>
        <source>On the card&apos;s chip</source>
        <translation>身份证芯片中</translation>
    </message>
    <message>
        <source>It is the same person: hand over for confirmation</source>
        <translation>是本人，提交第二人确认</translation>
    </message>
    <message>
        <source>It is not the same person</source>
        <translation>不是本人</translation>
    </message>
    <message>
        <source>Step 1 of 3: the expert reads and chooses freely</source>
        <translation>第 1 步（共 3 步）：专家阅读并自愿选择</translation>
    </message>
    <message>
        <source>The room prints …</source>
        <translation>机房正在生成……</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Could not be saved: {why}</source>
        <translation>无法保存：{why}</translation>
    </message>
    <message>
        <source>Step 2 of 3: the photo of the identity card</source>
        <translation>第 2 步（共 3 步）：身份证照片</translation>
    </message>
    <message>
        <source>Declined; nothing was kept or recorded. The expert comes in by document and two people.</source>
        <translation>专家不同意；没有保存、也没有记录。专家凭证件由两名工作人员核验入场。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}</source>
        <translation>文件无法读取：{why}</translation>
    </message>
    <message>
        <source>This file is no picture.</source>
        <translation>这个文件不是图片。</translation>
    </message>
    <message>
        <source>Step 3 of 3: the expert looks into the camera</source>
        <translation>第 3 步（共 3 步）：专家面对摄像头</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>请看摄像头</translation>
    </message>
    <message>
        <source>Alike in a row</source>
        <translation>连续相像</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>Alike (score {score}, needed {needed}). The program only measures: compare both, then decide.</source>
        <translation>相像（得分 {score}，门槛 {needed}）。程序只作比对：请您对照两张脸后决定。</translation>
    </message>
    <message>
        <source>Come into the picture</source>
        <translation>请站到画面中来</translation>
    </message>
    <message>
        <source>One person only</source>
        <translation>请只留一人</translation>
    </message>
    <message>
        <source>Come closer</source>
        <translation>请靠近一些</translation>
    </message>
    <message>
        <source>A little farther away</source>
        <translation>请退后一些</translation>
    </message>
    <message>
        <source>Look straight into the camera</source>
        <translation>请正对摄像头</translation>
    </message>
    <message>
        <source>More light, please</source>
        <translation>光线不足，请到亮处</translation>
    </message>
    <message>
        <source>Less light from behind, please</source>
        <translation>请避开背后的强光</translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation>请保持不动</translation>
    </message>
    <message>
        <source>Take off the mask, please</source>
        <translation>请摘下口罩</translation>
    </message>
    <message>
        <source>The card&apos;s photo shows no single face; read the card again.</source>
        <translation>证件照片中没有单独一张人脸，请重新读卡。</translation>
    </message>
    <message>
        <source>Not alike enough; nothing is enrolled. The expert comes in by document and two people.</source>
        <translation>不够相像，不予登记。专家凭证件由两名工作人员核验入场。</translation>
    </message>
    <message>
        <source>The camera gives no picture; check its cable, then begin again.</source>
        <translation>摄像头没有画面；请检查连接后重新开始。</translation>
    </message>
    <message>
        <source>The face models do not run on this machine; `kawei doctor` says why.</source>
        <translation>本机的人脸模型无法运行；请运行 kawei doctor 查看原因。</translation>
    </message>
    <message>
        <source>Not enrolled, and nothing was kept. Check the card with care.</source>
        <translation>未登记，没有保存任何内容。请仔细核对证件。</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Waiting for a second person, who sees expert and card and confirms within 30 minutes.</source>
        <translation>等待第二名工作人员在 30 分钟内当面核对专家和证件并确认。</translation>
    </message>
</context>
<context>
    <name>FacePage</name>
    <message>
        <source>Please look into the camera</source>
        <translation>请看摄像头</translation>
    </message>
    <message>
        <source>Take off mask, hat and dark glasses; stand half a metre before the screen.</source>
        <translation>请摘下口罩、帽子和墨镜，站在屏幕前半米左右。</translation>
    </message>
    <message>
        <source>You may also be admitted without your face: staff will look at your document.</source>
        <translation>也可以不刷脸：由工作人员查验证件后进入。</translation>
    </message>
    <message>
        <source>Call staff instead</source>
        <translation>改由工作人员核验</translation>
    </message>
    <message>
        <source>Comparing: {count} of {needed}</source>
        <translation>正在比对：第 {count} 次，共 {needed} 次</translation>
    </message>
    <message>
        <source>Good, please hold still</source>
        <translation>很好，请保持不动</translation>
    </message>
</context>
<context>
    <name>FacesPage</name>
    <message>
        <source>Whose face?</source>
        <translation>查验证件</translation>
    </message>
    <message>
        <source>Lay the card on the reader, or type the number; it is looked up and kept nowhere.</source>
        <translation>请将证件放在读卡器上，或输入号码；只作查询，不保存。</translation>
    </message>
    <message>
        <source>Number of the document</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>What did you check?</source>
        <translation>您核对了什么？</translation>
    </message>
    <message>
        <source>It stands in the journal.</source>
        <translation>将写入留痕。</translation>
    </message>
    <message>
        <source>Expert present, original card checked</source>
        <translation>专家本人到场，已核对身份证原件</translation>
    </message>
    <message>
        <source>The expert asked for it</source>
        <translation>应专家本人要求</translation>
    </message>
    <message>
        <source>Enrol this face</source>
        <translation>登记人脸</translation>
    </message>
    <message>
        <source>Confirm: same person, same card</source>
        <translation>确认：人证一致</translation>
    </message>
    <message>
        <source>Do not confirm; delete</source>
        <translation>不予确认并删除</translation>
    </message>
    <message>
        <source>Delete at the expert&apos;s wish</source>
        <translation>应本人要求删除</translation>
    </message>
    <message>
        <source>Enrolled faces</source>
        <translation>已登记的人脸</translation>
    </message>
    <message>
        <source>By reference only: the register holds no name, no number, no picture. Each template is deleted by the room itself when its time is over.</source>
        <translation>只有随机编号：登记簿中没有姓名、证件号码和照片。每个模板到期后由系统自动删除。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>保存至</translation>
    </message>
    <message>
        <source>By</source>
        <translation>办理人</translation>
    </message>
    <message>
        <source>Let in by two people today: {persons} of the list. Offer to enrol them, for the next time.</source>
        <translation>今天由两人核验入场的专家：名单第 {persons} 人。可询问其是否自愿登记，方便下次入场。</translation>
    </message>
    <message>
        <source>the evaluation&apos;s close</source>
        <translation>评标结束</translation>
    </message>
    <message>
        <source>Lay the card down, or type its number.</source>
        <translation>请放上证件，或输入号码。</translation>
    </message>
    <message>
        <source>Not enrolled. On the list of an evaluation that is open.</source>
        <translation>尚未登记。该专家在待评项目的名单中。</translation>
    </message>
    <message>
        <source>Not enrolled, and on no list of an open evaluation.</source>
        <translation>尚未登记，且不在任何待评项目的名单中。</translation>
    </message>
    <message>
        <source>This console has no camera: enrol at one that was started with --camera.</source>
        <translation>本控制台没有摄像头：请到以 --camera 启动的控制台登记。</translation>
    </message>
    <message>
        <source>Enrol anew</source>
        <translation>重新登记</translation>
    </message>
    <message>
        <source>{reference} · {stage} · kept until {until}</source>
        <translation>{reference} · {stage} · 保存至 {until}</translation>
    </message>
    <message>
        <source>Look at expert and card yourself; then confirm. You are the second of two people.</source>
        <translation>请您当面核对专家和证件后确认；您是两名办理人中的第二人。</translation>
    </message>
    <message>
        <source>Your decision</source>
        <translation>待您决定</translation>
    </message>
    <message>
        <source>You proposed it: somebody else has to confirm.</source>
        <translation>由您提交，须由另一人确认。</translation>
    </message>
    <message>
        <source>Enrolled by two people.</source>
        <translation>已由两人办理登记。</translation>
    </message>
    <message>
        <source>Please write it; it stands in the journal.</source>
        <translation>请填写；将写入留痕。</translation>
    </message>
    <message>
        <source>Deleted from the disk; a signed record of it stands in the journal.</source>
        <translation>已从磁盘删除，并留下签名记录。</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>正在发送…</translation>
    </message>
</context>
<context>
    <name>FailEditor</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Why it does not comply, in one sentence</source>
        <translation>用一句话写明为什么不符合</translation>
    </message>
</context>
<context>
    <name>FilePick</name>
    <message>
        <source>Type a path, or choose below.</source>
        <translation>填写路径，或在下面选择。</translation>
    </message>
</context>
<context>
    <name>FindAll</name>
    <message>
        <source>Find in all documents, Enter begins</source>
        <translation>在全部文件中查找，按 Enter 开始</translation>
    </message>
    <message>
        <source>Find in all documents</source>
        <translation>在全部文件中查找</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>p. {page} · {title}</source>
        <translation>第 {page} 页 · {title}</translation>
    </message>
    <message>
        <source>{hits} found, document {at} of {whole}</source>
        <translation>已找到 {hits} 处，正在查第 {at}/{whole} 份</translation>
    </message>
    <message>
        <source>{hits} found; not read: {files}</source>
        <translation>找到 {hits} 处；未能读取：{files}</translation>
    </message>
    <message>
        <source>{hits} found</source>
        <translation>找到 {hits} 处</translation>
    </message>
    <message>
        <source>not found in the text (scanned pages are pictures)</source>
        <translation>文字中没有找到（扫描页是图片，无法查找）</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>{mark}: {members}</source>
        <translation>{mark}：{members}</translation>
    </message>
    <message>
        <source>{factor}, {bid}: members differ on an objective factor.</source>
        <translation>{factor}（{bid}）：客观分评委打分不一致。</translation>
    </message>
    <message>
        <source>{factor}, {bid}: {member} gave {mark}, more than 30 % from the mean of {mean}.</source>
        <translation>{factor}（{bid}）：{member}打 {mark} 分，偏离平均分 {mean} 超过 30%。</translation>
    </message>
    <message>
        <source>{members}: their marks on all subjective factors are the same.</source>
        <translation>{members}：全部主观分完全相同。</translation>
    </message>
    <message>
        <source>{bids} share rank {rank}.</source>
        <translation>{bids}并列第 {rank} 名。</translation>
    </message>
    <message>
        <source>Fewer bids are left than the rules ask for.</source>
        <translation>有效投标少于规定的家数。</translation>
    </message>
    <message>
        <source>{bid}: the price {price} lies below {threshold} and may be abnormally low.</source>
        <translation>{bid}：报价 {price} 元低于 {threshold} 元，可能属于异常低价。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>Look at the result with the committee</source>
        <translation>与评标委员会一起核对评审结果</translation>
    </message>
    <message>
        <source>Have marks given again</source>
        <translation>重新评分</translation>
    </message>
    <message>
        <source>Open marking again</source>
        <translation>发起重新评分</translation>
    </message>
    <message>
        <source>What the committee says to the findings</source>
        <translation>评标委员会对核验提示的说明</translation>
    </message>
    <message>
        <source>Note and go on</source>
        <translation>记录并进入下一步</translation>
    </message>
    <message>
        <source>Marks must be given again</source>
        <translation>需要重新评分</translation>
    </message>
    <message>
        <source>Marks on &apos;{factor}&apos; of {bid} differ.</source>
        <translation>{bid}的“{factor}”客观分不一致。</translation>
    </message>
    <message>
        <source>Objective marks differ: they have to be given again first.</source>
        <translation>客观分不一致，须先重新评分。</translation>
    </message>
    <message>
        <source>Write what the committee says first.</source>
        <translation>请先写明评标委员会的说明。</translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation>已发送，等待机房确认。</translation>
    </message>
</context>
<context>
    <name>FormsPage</name>
    <message>
        <source>Blank forms</source>
        <translation>空白表</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>另存一份</translation>
    </message>
    <message>
        <source>Back to the evaluations</source>
        <translation>返回项目</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>印制</translation>
    </message>
    <message>
        <source>Printed so far: {count} copies</source>
        <translation>已印制：{count} 份</translation>
    </message>
    <message>
        <source>Which form</source>
        <translation>哪种表</translation>
    </message>
    <message>
        <source>One for each member</source>
        <translation>每位成员一份</translation>
    </message>
    <message>
        <source>Without a member</source>
        <translation>不写成员</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>给谁</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Only where they are for no member.</source>
        <translation>不写成员时填写。</translation>
    </message>
    <message>
        <source>Please write a whole number.</source>
        <translation>请填写整数。</translation>
    </message>
    <message>
        <source>The room prints …</source>
        <translation>正在印制……</translation>
    </message>
    <message>
        <source>Printed and counted; save it to the printer&apos;s stick.</source>
        <translation>已印制并计数；请另存后打印。</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Could not be saved: {why}</source>
        <translation>无法保存：{why}</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Matters</source>
        <translation>办理事项</translation>
    </message>
    <message>
        <source>Back to the evaluation</source>
        <translation>回到评审</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Line away</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>The line to the room is away; reconnecting by itself. Nothing is lost, go on working.</source>
        <translation>与机房的连接中断，正在自动重连。内容不会丢失，请继续评审。</translation>
    </message>
    <message>
        <source>{told} {count} kept at this seat.</source>
        <translation>{told}本席位暂存 {count} 项。</translation>
    </message>
    <message>
        <source>Being kept</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>All kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录制中</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>未录制</translation>
    </message>
    <message>
        <source>The disk of this seat has no room: nothing is recorded. Call staff, please.</source>
        <translation>本席位磁盘已满，录音录像已中断，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>What was recorded here before was changed: nothing is recorded. Call staff, please.</source>
        <translation>本席位已存的录音录像被改动过，现已停止录制，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>The room has ended this seat&apos;s session. Call staff; what you filled in is kept here.</source>
        <translation>机房已终止本席位的会话，请呼叫工作人员；已填内容保存在本席位。</translation>
    </message>
    <message>
        <source>Help is coming</source>
        <translation>已呼叫，请稍候</translation>
    </message>
    <message>
        <source>Call for help</source>
        <translation>呼叫协助</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Waiting for the picture</source>
        <translation>正在等待画面</translation>
    </message>
    <message>
        <source>Picture {seconds} s old</source>
        <translation>画面是 {seconds} 秒前的</translation>
    </message>
    <message>
        <source>No picture for {seconds} s</source>
        <translation>已 {seconds} 秒没有画面</translation>
    </message>
    <message>
        <source>Closed for this post while members work alone; it opens by itself afterwards.</source>
        <translation>独立评审期间本岗位不监看，各成员结束后自动开放。</translation>
    </message>
    <message>
        <source>The rule set does not let this post watch the seats.</source>
        <translation>按本项目规则集，本岗位不监看席位。</translation>
    </message>
    <message>
        <source>Nobody sits at a seat now.</source>
        <translation>现在没有人在席。</translation>
    </message>
</context>
<context>
    <name>GalleryPage</name>
    <message>
        <source>Gallery</source>
        <translation>监看</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>全部画面</translation>
    </message>
    <message>
        <source>To the page of this seat</source>
        <translation>打开该席位页</translation>
    </message>
    <message>
        <source>Pictures before these</source>
        <translation>上一页画面</translation>
    </message>
    <message>
        <source>Pictures behind these</source>
        <translation>下一页画面</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 个画面</translation>
    </message>
    <message>
        <source>This seat knows that you look closely; it is in the journal.</source>
        <translation>该席位知道您正在放大查看，已记入日志。</translation>
    </message>
    <message>
        <source>{count} seats know that you watch; it is in the journal. Nobody&apos;s screen is seen.</source>
        <translation>{count} 个席位知道您正在监看，已记入日志；不显示任何席位的屏幕。</translation>
    </message>
</context>
<context>
    <name>GoodbyePage</name>
    <message>
        <source>Thank you</source>
        <translation>谢谢，您辛苦了</translation>
    </message>
    <message>
        <source>This seat has forgotten everything.</source>
        <translation>本席位已全部清空。</translation>
    </message>
    <message>
        <source>Please take your phone out of the locker, then leave through the door.</source>
        <translation>请到储物柜取回手机，再从门口签退离开。</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>REHEARSAL</source>
        <translation>演练</translation>
    </message>
</context>
<context>
    <name>HelpLine</name>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Answer the call</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>发言</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写文字</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message>
        <source>Please put your identity card on the reader</source>
        <translation>请把身份证放在读卡器上</translation>
    </message>
    <message>
        <source>or type the number of your document and press Enter</source>
        <translation>或者输入证件号码，再按回车键</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>No card and no number at hand</source>
        <translation>未带证件，也记不得号码</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import an evaluation package</source>
        <translation>导入项目包</translation>
    </message>
    <message>
        <source>Package (.zip)</source>
        <translation>项目包（.zip）</translation>
    </message>
    <message>
        <source>Packages and folders</source>
        <translation>项目包与文件夹</translation>
    </message>
    <message>
        <source>Everything in the package is checked before anything is kept: files by their hash, rules, marks, prices, dates. The list of members stays sealed. Supplementary lists are imported here too.</source>
        <translation>包内全部内容先核对、后保存：文件校验值、规则、分值、报价、日期；名单始终密封。补抽名单也在这里导入。</translation>
    </message>
    <message>
        <source>Check and import</source>
        <translation>核验并导入</translation>
    </message>
    <message>
        <source>Choose a package first.</source>
        <translation>请先选择项目包。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>The package is being checked.</source>
        <translation>正在核验项目包。</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message>
        <source>The room checks the package: {size} MB</source>
        <translation>机房正在核验项目包：{size} MB</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}</source>
        <translation>文件无法读取：{why}</translation>
    </message>
    <message>
        <source>The supplementary members are expected now; they come in like everybody.</source>
        <translation>补抽成员已列入名单，按同样的程序到场。</translation>
    </message>
    <message>
        <source>Imported; its rules are frozen. The next step is at the right.</source>
        <translation>已导入，规则已冻结。下一步见右侧。</translation>
    </message>
    <message>
        <source>{sentence} Place: {place}. Nothing of the package was kept.</source>
        <translation>{sentence}位置：{place}。未保留该项目包的任何内容。</translation>
    </message>
</context>
<context>
    <name>IncidentList</name>
    <message>
        <source>Nothing waits for you.</source>
        <translation>没有需要处理的事项。</translation>
    </message>
</context>
<context>
    <name>JournalFilter</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Words of the sentence, or a time</source>
        <translation>记录中的词语，或者时间</translation>
    </message>
    <message>
        <source>Only what stands out</source>
        <translation>只看异常</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多条件</translation>
    </message>
    <message>
        <source>Seat or member</source>
        <translation>席位或评委</translation>
    </message>
    <message>
        <source>A01 for a seat, 1 for a member</source>
        <translation>席位写 A01，评委写 1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>Hour and minute: 09:30</source>
        <translation>时、分：09:30</translation>
    </message>
    <message>
        <source>To</source>
        <translation>止</translation>
    </message>
    <message>
        <source>Hour and minute: 11:45</source>
        <translation>时、分：11:45</translation>
    </message>
    <message>
        <source>Arriving and leaving</source>
        <translation>到场离场</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Review and marks</source>
        <translation>评审评分</translation>
    </message>
    <message>
        <source>Matters</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Machines and accounts</source>
        <translation>设备与账号</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Please type hour and minute, as 09:30.</source>
        <translation>请填写时、分，如 09:30。</translation>
    </message>
</context>
<context>
    <name>JournalList</name>
    <message>
        <source>Journal</source>
        <translation>事件记录</translation>
    </message>
</context>
<context>
    <name>JournalPage</name>
    <message>
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What was recorded then</source>
        <translation>调阅当时录像</translation>
    </message>
    <message>
        <source>Choose an entry first</source>
        <translation>请先选定一条日志</translation>
    </message>
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>The watch over this seat does not work. Call staff, please.</source>
        <translation>本席的在席检测不能工作，请呼叫工作人员。</translation>
    </message>
    <message>
        <source>In {seconds} s the seat locks.</source>
        <translation>{seconds} 秒后席位锁定。</translation>
    </message>
    <message>
        <source>{told} {rest}</source>
        <translation>{told}{rest}</translation>
    </message>
    <message>
        <source>The camera does not see you. Look at the screen, please.</source>
        <translation>摄像头没有看到您，请看屏幕。</translation>
    </message>
    <message>
        <source>Someone else is before this seat. Nobody but you may be here.</source>
        <translation>席位前还有别人。此处只能有您一人。</translation>
    </message>
    <message>
        <source>The camera does not recognise you. Look straight at the screen, please.</source>
        <translation>摄像头没有认出您，请正对屏幕。</translation>
    </message>
    <message>
        <source>The camera is covered or its picture stands still. Clear it, please.</source>
        <translation>摄像头被遮挡，或者画面不动，请移开遮挡物。</translation>
    </message>
    <message>
        <source>The camera gives no picture. Call staff, please.</source>
        <translation>摄像头没有画面，请呼叫工作人员。</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>{title}: {count} recordings, {size} MB</source>
        <translation>{title}：{count} 份录音录像，{size} MB</translation>
    </message>
    <message>
        <source>kept, since the evaluation has not ended</source>
        <translation>评审未结束，保留</translation>
    </message>
    <message>
        <source>kept beyond {until}, as {role} wanted</source>
        <translation>{role}要求延长保留（期满日 {until}）</translation>
    </message>
    <message>
        <source>kept until {until} ({article})</source>
        <translation>保存至 {until}（{article}）</translation>
    </message>
    <message>
        <source>its term ended on {until} ({article})</source>
        <translation>已于 {until} 期满（{article}）</translation>
    </message>
</context>
<context>
    <name>KeepingPage</name>
    <message>
        <source>Terms of recordings</source>
        <translation>录音录像保存期限</translation>
    </message>
    <message>
        <source>Back to the room</source>
        <translation>返回评标室</translation>
    </message>
    <message>
        <source>Why they are kept longer, or no longer</source>
        <translation>延长保留或解除保留的理由</translation>
    </message>
    <message>
        <source>An objection, a complaint, an order; it stands in the journal.</source>
        <translation>如异议、投诉、调查；将记入日志。</translation>
    </message>
    <message>
        <source>Keep beyond the term</source>
        <translation>延长保留</translation>
    </message>
    <message>
        <source>No longer keep beyond it</source>
        <translation>解除延长保留</translation>
    </message>
    <message>
        <source>Account of the second person</source>
        <translation>第二人账号</translation>
    </message>
    <message>
        <source>Of another role than yours; both are named.</source>
        <translation>须与您角色不同；两人均记名。</translation>
    </message>
    <message>
        <source>Their password</source>
        <translation>第二人密码</translation>
    </message>
    <message>
        <source>Typed here by themselves; it is kept nowhere.</source>
        <translation>由本人当场输入，不保存。</translation>
    </message>
    <message>
        <source>Delete what is over its term</source>
        <translation>删除期满的录音录像</translation>
    </message>
    <message>
        <source>The room has no recording.</source>
        <translation>评标室没有录音录像。</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>The second person fills this in.</source>
        <translation>请由第二人填写。</translation>
    </message>
    <message>
        <source>Deleting …</source>
        <translation>正在删除…</translation>
    </message>
    <message>
        <source>{count} recordings are deleted; both people stand in the journal.</source>
        <translation>已删除 {count} 份录音录像，两人均记入日志。</translation>
    </message>
</context>
<context>
    <name>KeyCard</name>
    <message>
        <source>Click to close</source>
        <translation>点击关闭</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>There is no picture of you to compare with.</source>
        <translation>系统中没有可供比对的照片。</translation>
    </message>
    <message>
        <source>The camera does not work at the moment.</source>
        <translation>摄像头暂时不能用。</translation>
    </message>
    <message>
        <source>The camera could not tell that it is you.</source>
        <translation>摄像头未能确认是您本人。</translation>
    </message>
    <message>
        <source>The camera is not sure enough.</source>
        <translation>摄像头不能完全确定。</translation>
    </message>
    <message>
        <source>The camera did not see your face clearly.</source>
        <translation>摄像头没有看清您的面部。</translation>
    </message>
    <message>
        <source>You asked to be admitted without the camera.</source>
        <translation>您选择不刷脸进入。</translation>
    </message>
    <message>
        <source>You look like the photo in your card; by rule a person confirms it.</source>
        <translation>您与身份证照片相符，按规定须由工作人员确认。</translation>
    </message>
    <message>
        <source>The camera did not see what you were asked to do.</source>
        <translation>摄像头没有看到您按提示做动作。</translation>
    </message>
    <message>
        <source>The camera could not tell that you are here yourself.</source>
        <translation>摄像头未能确认是您本人在现场。</translation>
    </message>
    <message>
        <source>The camera did not see one and the same face all the time.</source>
        <translation>过程中看到的不是同一张脸。</translation>
    </message>
    <message>
        <source>Something about the camera&apos;s picture was odd; a person looks at it.</source>
        <translation>画面有异常迹象，请工作人员查看。</translation>
    </message>
    <message>
        <source>This machine cannot check that you are here yourself.</source>
        <translation>本机不能进行活体检测。</translation>
    </message>
    <message>
        <source>It is past the time to arrive; staff decide about your admission.</source>
        <translation>已超过报到时限，由工作人员决定是否准予进入。</translation>
    </message>
    <message>
        <source>The door opens by face for a short time only; now staff open it.</source>
        <translation>刷脸开门的时限已过，请工作人员核验后开门。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{reason} ({figures})</source>
        <translation>{reason}（{figures}）</translation>
    </message>
    <message>
        <source>No readable document: sought by face among those expected</source>
        <translation>没有可读的证件，按人脸在今日应到人员中查找</translation>
    </message>
    <message>
        <source>No portrait on file</source>
        <translation>没有可供比对的照片</translation>
    </message>
    <message>
        <source>Camera out of order</source>
        <translation>摄像头故障</translation>
    </message>
    <message>
        <source>Face comparison: different</source>
        <translation>人脸比对：不一致</translation>
    </message>
    <message>
        <source>Face comparison: in doubt</source>
        <translation>人脸比对：存疑</translation>
    </message>
    <message>
        <source>Face comparison: no clear picture in time</source>
        <translation>人脸比对：规定时间内未取得清晰图像</translation>
    </message>
    <message>
        <source>Asked for staff instead of the face comparison</source>
        <translation>本人要求由工作人员核验，不刷脸</translation>
    </message>
    <message>
        <source>Face comparison with the chip&apos;s photo: alike, to be confirmed</source>
        <translation>与芯片照片比对相符，待人工确认</translation>
    </message>
    <message>
        <source>Living face: what was asked was not seen in time</source>
        <translation>活体检测：未在时限内完成动作</translation>
    </message>
    <message>
        <source>Living face: turned like a flat picture</source>
        <translation>活体检测：转动特征像平面照片</translation>
    </message>
    <message>
        <source>Living face: not the same face throughout</source>
        <translation>活体检测：过程中不是同一张脸</translation>
    </message>
    <message>
        <source>Living face: shown, but with signs of a picture or a screen</source>
        <translation>活体检测：动作完成，但有照片或屏幕迹象</translation>
    </message>
    <message>
        <source>Living face: cannot be checked at this machine</source>
        <translation>活体检测：本机不能进行</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>The door no longer opens by face</source>
        <translation>刷脸开门时限已过</translation>
    </message>
    <message>
        <source>This could not be read: lay the card flat once more, or type its number.</source>
        <translation>没有读到证件：请平放再试一次，或者输入证件号码。</translation>
    </message>
    <message>
        <source>This number cannot be right: please check every digit.</source>
        <translation>这个号码不正确，请逐位核对。</translation>
    </message>
    <message>
        <source>Please go to the staff desk with your document.</source>
        <translation>请携带证件到服务台办理。</translation>
    </message>
    <message>
        <source>This document is not on today&apos;s list</source>
        <translation>今天的名单中没有这个证件</translation>
    </message>
    <message>
        <source>Staff could not confirm who you are</source>
        <translation>工作人员未能确认您的身份</translation>
    </message>
    <message>
        <source>You are expected on another day or at another time</source>
        <translation>您的评审不在今天</translation>
    </message>
    <message>
        <source>You are early: the seats have not been drawn yet</source>
        <translation>您来早了，席位尚未抽取</translation>
    </message>
    <message>
        <source>Please take a seat in the waiting area and show your document again later.</source>
        <translation>请在等候区稍坐，稍后再出示证件。</translation>
    </message>
    <message>
        <source>The seats have not been drawn yet</source>
        <translation>席位还没有抽取</translation>
    </message>
    <message>
        <source>Please wait a little, then show your document again.</source>
        <translation>请稍等片刻，再出示证件。</translation>
    </message>
    <message>
        <source>You are checked in already</source>
        <translation>您已签到</translation>
    </message>
    <message>
        <source>Please go on to your seat; if something is the matter, go to the staff desk.</source>
        <translation>请前往席位；如有问题请到服务台。</translation>
    </message>
    <message>
        <source>You are on your way out</source>
        <translation>您正在离场</translation>
    </message>
    <message>
        <source>Please finish at your seat first, then come back here.</source>
        <translation>请先在席位上完成离席，再回到这里。</translation>
    </message>
    <message>
        <source>You have withdrawn</source>
        <translation>您已申请回避</translation>
    </message>
    <message>
        <source>The staff will see you out; please wait here.</source>
        <translation>工作人员会引导您离场，请在此等候。</translation>
    </message>
    <message>
        <source>You have left already</source>
        <translation>您已离场</translation>
    </message>
    <message>
        <source>Who has left does not come in again; please go to the staff desk.</source>
        <translation>离场后不能再次进入；如有需要请到服务台。</translation>
    </message>
    <message>
        <source>Please ask the staff</source>
        <translation>请联系工作人员</translation>
    </message>
    <message>
        <source>Please step before the camera</source>
        <translation>请站到摄像头前</translation>
    </message>
    <message>
        <source>One person only, please</source>
        <translation>请只留一个人</translation>
    </message>
    <message>
        <source>Please come closer</source>
        <translation>请靠近一些</translation>
    </message>
    <message>
        <source>Please step back a little</source>
        <translation>请后退一点</translation>
    </message>
    <message>
        <source>Please look straight into the camera</source>
        <translation>请正对摄像头</translation>
    </message>
    <message>
        <source>Too dark: please turn to the light</source>
        <translation>光线太暗，请面向亮处</translation>
    </message>
    <message>
        <source>Too bright: please turn from the light</source>
        <translation>光线太亮，请背开强光</translation>
    </message>
    <message>
        <source>Please hold still</source>
        <translation>请保持不动</translation>
    </message>
    <message>
        <source>Please take off the mask</source>
        <translation>请摘下口罩</translation>
    </message>
</context>
<context>
    <name>KioskWindow</name>
    <message>
        <source>The card reader does not answer: please type your number.</source>
        <translation>读卡器没有响应，请输入证件号码。</translation>
    </message>
    <message>
        <source>This camera is not enrolled for this room; staff will look at your document instead.</source>
        <translation>此摄像头未在本评标室登记，将由工作人员核验您的证件。</translation>
    </message>
    <message>
        <source>The camera is out of order; staff will look at your document instead.</source>
        <translation>摄像头暂时不能用，由工作人员查验证件。</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Staff could not confirm who you are</source>
        <translation>工作人员未能确认您的身份</translation>
    </message>
    <message>
        <source>Please try again</source>
        <translation>请再试一次</translation>
    </message>
    <message>
        <source>This is not possible now</source>
        <translation>现在还不能办理</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>No phone box is free</source>
        <translation>没有空的储物柜</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>zh</translation>
    </message>
</context>
<context>
    <name>LastLook</name>
    <message>
        <source>{bid} · {line}: {lacking}</source>
        <translation>{bid} · {line}：{lacking}</translation>
    </message>
    <message>
        <source>Last look</source>
        <translation>封存前检查</translation>
    </message>
    <message>
        <source>Back to the work</source>
        <translation>返回继续</translation>
    </message>
    <message>
        <source>{count} places still need you. Choose one to go there.</source>
        <translation>还有 {count} 处需要处理，选择一处即可前往。</translation>
    </message>
    <message>
        <source>Everything must be filled in first.</source>
        <translation>请先全部填写完整。</translation>
    </message>
    <message>
        <source>Nothing is empty and nothing is impossible.</source>
        <translation>没有空缺，也没有超出范围的内容。</translation>
    </message>
    <message>
        <source>Being sealed</source>
        <translation>正在封存</translation>
    </message>
</context>
<context>
    <name>LedgerPage</name>
    <message>
        <source>Witness ledger</source>
        <translation>见证台账</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>另存一份</translation>
    </message>
    <message>
        <source>No remark has been written yet.</source>
        <translation>还没有见证记录。</translation>
    </message>
    <message>
        <source>Print the ledger</source>
        <translation>打印台账</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>见证记录</translation>
    </message>
    <message>
        <source>What you saw, in one sentence; it cannot be changed later.</source>
        <translation>一句话写明所见；写入后不能更改。</translation>
    </message>
    <message>
        <source>Write into the ledger</source>
        <translation>写入台账</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>The room prints …</source>
        <translation>机房正在生成……</translation>
    </message>
    <message>
        <source>Printed and counted; save it to the printer&apos;s stick.</source>
        <translation>已生成并计数，请存到打印用 U 盘。</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Could not be saved: {why}</source>
        <translation>未能保存：{why}</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>My microphone</source>
        <translation>我的麦克风</translation>
    </message>
</context>
<context>
    <name>LineQuality</name>
    <message>
        <source>Line good</source>
        <translation>线路良好</translation>
    </message>
    <message>
        <source>Line weak</source>
        <translation>线路不稳</translation>
    </message>
    <message>
        <source>Line lost</source>
        <translation>线路中断</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写。</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>This account is for: {role}. Please use that console, or another account.</source>
        <translation>这个账号属于：{role}。请到相应的工作台登录，或换一个账号。</translation>
    </message>
</context>
<context>
    <name>MachinesPage</name>
    <message>
        <source>Machines of this room</source>
        <translation>本评标室的终端</translation>
    </message>
    <message>
        <source>Enrol another machine</source>
        <translation>登记新的终端</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线路</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Seat or post</source>
        <translation>席位或岗位</translation>
    </message>
    <message>
        <source>Seat number</source>
        <translation>席位号</translation>
    </message>
    <message>
        <source>For a seat only</source>
        <translation>仅席位终端需要</translation>
    </message>
    <message>
        <source>Make a one-time code</source>
        <translation>生成一次性登记码</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>断线</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>签到机</translation>
    </message>
    <message>
        <source>Wall display</source>
        <translation>公共显示屏</translation>
    </message>
    <message>
        <source>Which seat does the machine stand at?</source>
        <translation>这台终端放在哪个席位？</translation>
    </message>
    <message>
        <source>Type this code at the new machine; it works once, until {time}.</source>
        <translation>在新终端上输入此码；只能使用一次，{time} 前有效。</translation>
    </message>
</context>
<context>
    <name>MarkWords</name>
    <message>
        <source>Type how many there are, a whole number.</source>
        <translation>请填写数量，须是整数。</translation>
    </message>
    <message>
        <source>Type 1 or 0 here.</source>
        <translation>这里只能填 1 或 0。</translation>
    </message>
    <message>
        <source>Only these marks are allowed here: {table}.</source>
        <translation>该项只能给：{table}。</translation>
    </message>
    <message>
        <source>Marks go in steps of {step} from {least} to {most} here.</source>
        <translation>该项按 {step} 分一级给分，从 {least} 到 {most}。</translation>
    </message>
    <message>
        <source>1 = {passed}, 0 = {failed}</source>
        <translation>1＝{passed}，0＝{failed}</translation>
    </message>
    <message>
        <source>count of {name} × {points}, {most} at most</source>
        <translation>{name}个数×{points}，最多 {most} 分</translation>
    </message>
    <message>
        <source>one of {table}</source>
        <translation>{table} 之一</translation>
    </message>
    <message>
        <source>{span} to be taken off</source>
        <translation>扣 {span} 分</translation>
    </message>
    <message>
        <source>{span} points in steps of {step}</source>
        <translation>{span} 分，{step} 分一级</translation>
    </message>
    <message>
        <source>{span} points</source>
        <translation>{span} 分</translation>
    </message>
    <message>
        <source>(Objective: all members must find the same.)</source>
        <translation>（客观分：各成员应当一致。）</translation>
    </message>
    <message>
        <source>Levels: {table}.</source>
        <translation>档次：{table}。</translation>
    </message>
    <message>
        <source>A mark below {points} needs a reason.</source>
        <translation>低于 {points} 分须写明理由。</translation>
    </message>
    <message>
        <source>A mark above {points} needs a reason.</source>
        <translation>高于 {points} 分须写明理由。</translation>
    </message>
</context>
<context>
    <name>MarkingMatrix</name>
    <message>
        <source>Subtotal</source>
        <translation>小计</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>By bid</source>
        <translation>逐家</translation>
    </message>
    <message>
        <source>By factor</source>
        <translation>逐项</translation>
    </message>
    <message>
        <source>View: {view}</source>
        <translation>视图：{view}</translation>
    </message>
    <message>
        <source>{count} impossible</source>
        <translation>{count} 个有误</translation>
    </message>
    <message>
        <source>{count} empty</source>
        <translation>{count} 个未填</translation>
    </message>
    <message>
        <source>{count} without reason</source>
        <translation>{count} 项缺理由</translation>
    </message>
    <message>
        <source>Marks are typed in digits, with a point where needed.</source>
        <translation>请用数字填写分值，需要时加小数点。</translation>
    </message>
    <message>
        <source>This mark needs a reason: press * and write it.</source>
        <translation>该分值须写明理由：按 * 键书写。</translation>
    </message>
    <message>
        <source>{factor}, {bid}: {fault}</source>
        <translation>{factor}（{bid}）：{fault}</translation>
    </message>
    <message>
        <source>{count} marks are still empty. Type digits, Enter goes on.</source>
        <translation>还有 {count} 个分值没有填写。直接敲数字，按回车到下一项。</translation>
    </message>
    <message>
        <source>{count} marks still lack their reason. / goes to the next one.</source>
        <translation>还有 {count} 个分缺理由，按 / 到下一个。</translation>
    </message>
    <message>
        <source>All marks are there.</source>
        <translation>分值已全部填写。</translation>
    </message>
</context>
<context>
    <name>MarkingModel</name>
    <message>
        <source>empty</source>
        <translation>未填</translation>
    </message>
    <message>
        <source>This mark needs its reason or its page.</source>
        <translation>该分须写明理由或依据页。</translation>
    </message>
</context>
<context>
    <name>MarkingTable</name>
    <message>
        <source>Marks</source>
        <translation>评分表</translation>
    </message>
</context>
<context>
    <name>MarksPage</name>
    <message>
        <source>Once sealed, marks cannot be changed. They are opened when every member has ended.</source>
        <translation>封存后不能再改；全部评委结束后统一开启。</translation>
    </message>
    <message>
        <source>Grounds of this mark</source>
        <translation>本项打分依据</translation>
    </message>
    <message>
        <source>Grounds (optional)</source>
        <translation>依据（可不填）</translation>
    </message>
    <message>
        <source>+ page in view</source>
        <translation>引用本页</translation>
    </message>
    <message>
        <source>The room computes it when all marks are opened; nobody types it.</source>
        <translation>全部评分开启后由系统计算，无需填写。</translation>
    </message>
    <message>
        <source>Back to the work</source>
        <translation>返回继续</translation>
    </message>
    <message>
        <source>type a mark</source>
        <translation>打分</translation>
    </message>
    <message>
        <source>next factor, then next bid</source>
        <translation>下一项，打完一家到下一家</translation>
    </message>
    <message>
        <source>move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>empty the cell</source>
        <translation>清空本格</translation>
    </message>
    <message>
        <source>one level, step or item more or less</source>
        <translation>高一档（级、个）或低一档</translation>
    </message>
    <message>
        <source>next cell that lacks something</source>
        <translation>下一个未完成的格</translation>
    </message>
    <message>
        <source>write the reason of the mark</source>
        <translation>写这个分的理由</translation>
    </message>
    <message>
        <source>take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>do again what was taken back</source>
        <translation>恢复撤销的</translation>
    </message>
    <message>
        <source>all, one bid, or one factor</source>
        <translation>全部、逐家、逐项</translation>
    </message>
    <message>
        <source>the page in view becomes a ground</source>
        <translation>引用当前页为依据</translation>
    </message>
    <message>
        <source>This mark needs the page it rests on: turn to it and press F6.</source>
        <translation>该分须指明依据页：翻到该页，按 F6。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>未打分</translation>
    </message>
    <message>
        <source>the page it rests on is missing (F6)</source>
        <translation>缺依据页（F6）</translation>
    </message>
    <message>
        <source>the reason is missing</source>
        <translation>缺理由</translation>
    </message>
    <message>
        <source>page in view instead of p. {page}</source>
        <translation>改以当前页为依据（原为第 {page} 页）</translation>
    </message>
    <message>
        <source>✓ p. {page}</source>
        <translation>✓ 第 {page} 页</translation>
    </message>
</context>
<context>
    <name>NoteStrip</name>
    <message>
        <source>My note on this page</source>
        <translation>本页笔记</translation>
    </message>
    <message>
        <source>My note on this page: only I see it, wiped when I leave</source>
        <translation>本页笔记：仅本人可见，离席时清除</translation>
    </message>
    <message>
        <source>Answers this line</source>
        <translation>本页响应当前项</translation>
    </message>
    <message>
        <source>My notes</source>
        <translation>我的笔记</translation>
    </message>
    <message>
        <source>p. {page} · {title}</source>
        <translation>第 {page} 页 · {title}</translation>
    </message>
    <message>
        <source>My notes ({count})</source>
        <translation>我的笔记（{count}）</translation>
    </message>
    <message>
        <source>{line} is answered on this page</source>
        <translation>“{line}”在本页响应</translation>
    </message>
    <message>
        <source>answers a line of the work</source>
        <translation>响应某一评审项</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>有误</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远程</translation>
    </message>
    <message>
        <source>{word}: {sentence}</source>
        <translation>{word}：{sentence}</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>Welcome to your seat</source>
        <translation>欢迎入座</translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>I am back</source>
        <translation>我已返回</translation>
    </message>
    <message>
        <source>Call staff to open the seat</source>
        <translation>请工作人员开启席位</translation>
    </message>
    <message>
        <source>The picture is compared at this seat and not kept. You may have staff open the seat instead.</source>
        <translation>画面只在本席位比对，不保存。您也可以选择由工作人员核验开启。</translation>
    </message>
    <message>
        <source>On leave: this seat is locked</source>
        <translation>离席中，本席位已锁定</translation>
    </message>
    <message>
        <source>The evaluation is to go on: are you here?</source>
        <translation>评审即将恢复，请核验在席</translation>
    </message>
    <message>
        <source>When you are back, press the key below and look into the camera.</source>
        <translation>返回后请按下面的按键，并看向摄像头。</translation>
    </message>
    <message>
        <source>You may leave your seat now</source>
        <translation>现在可以离席</translation>
    </message>
    <message>
        <source>Your face was not recognised with certainty.</source>
        <translation>未能确认是您本人。</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Look into the camera, please. The seat opens by itself.</source>
        <translation>请看摄像头，核验通过后席位自动开启。</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>请看摄像头</translation>
    </message>
    <message>
        <source>This seat is locked</source>
        <translation>本席已锁定</translation>
    </message>
    <message>
        <source>{why} {look}</source>
        <translation>{why}{look}</translation>
    </message>
    <message>
        <source>The camera did not see you for a while.</source>
        <translation>摄像头有一段时间没有看到您。</translation>
    </message>
    <message>
        <source>More than one person was before this seat.</source>
        <translation>席位前曾不止一人。</translation>
    </message>
    <message>
        <source>The camera did not recognise you.</source>
        <translation>摄像头没有认出您。</translation>
    </message>
    <message>
        <source>The camera was covered, or its picture stood still.</source>
        <translation>摄像头曾被遮挡，或者画面不动。</translation>
    </message>
    <message>
        <source>The camera gave no picture.</source>
        <translation>摄像头曾没有画面。</translation>
    </message>
    <message>
        <source>This seat&apos;s program was started anew.</source>
        <translation>席位机重新启动过。</translation>
    </message>
    <message>
        <source>You go on at this seat, where you left off.</source>
        <translation>请在本席位继续，从上次的位置接着做。</translation>
    </message>
    <message>
        <source>There is no portrait to compare with.</source>
        <translation>没有可供比对的照片。</translation>
    </message>
    <message>
        <source>The comparison of faces is not possible.</source>
        <translation>无法进行人脸比对。</translation>
    </message>
    <message>
        <source>Recognising</source>
        <translation>正在核验</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>核验通过</translation>
    </message>
    <message>
        <source>Recognised. The seat opens.</source>
        <translation>核验通过，正在开启席位。</translation>
    </message>
    <message>
        <source>Good. Stay as you are</source>
        <translation>很好，请保持</translation>
    </message>
    <message>
        <source>Come into the picture</source>
        <translation>请站到画面中来</translation>
    </message>
    <message>
        <source>One person only, please</source>
        <translation>请只留一个人</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>请靠近一点</translation>
    </message>
    <message>
        <source>Move back a little</source>
        <translation>请后退一点</translation>
    </message>
    <message>
        <source>Look straight ahead</source>
        <translation>请正视前方</translation>
    </message>
    <message>
        <source>More light on your face, please</source>
        <translation>请面向光线</translation>
    </message>
    <message>
        <source>Turn away from the bright light</source>
        <translation>请避开强光</translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation>请保持不动</translation>
    </message>
    <message>
        <source>Take off the mask, please</source>
        <translation>请摘下口罩</translation>
    </message>
    <message>
        <source>This camera is not the one that is enrolled for this seat.</source>
        <translation>接入的摄像头不是本席登记的摄像头。</translation>
    </message>
    <message>
        <source>This seat&apos;s camera gives no picture.</source>
        <translation>本席位摄像头没有画面。</translation>
    </message>
    <message>
        <source>That is no matter: two people will open the seat for you.</source>
        <translation>没有关系，两名工作人员会为您核验并开启席位。</translation>
    </message>
    <message>
        <source>Please call staff</source>
        <translation>请呼叫工作人员</translation>
    </message>
    <message>
        <source>The expert asks staff to open the seat.</source>
        <translation>专家请求由工作人员核验开启席位。</translation>
    </message>
</context>
<context>
    <name>OutsideCall</name>
    <message>
        <source>The committee asks</source>
        <translation>评标委员会询问</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>录音录像中</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>发言</translation>
    </message>
    <message>
        <source>Join the call</source>
        <translation>加入通话</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>The line is closed: the members work alone now. The chair may ask again afterwards.</source>
        <translation>询问线路已关闭：现在是独立评审，任何人不得与评委通话。之后组长可再次请求。</translation>
    </message>
    <message>
        <source>The line is over.</source>
        <translation>询问已结束。</translation>
    </message>
    <message>
        <source>The centre opens the line as soon as all members are there and recorded.</source>
        <translation>全体成员在线并录音录像后，由中心开通线路，请稍候。</translation>
    </message>
    <message>
        <source>On hold, nobody hears you: what is said would not be recorded. It goes on by itself.</source>
        <translation>暂停，无人听到您：录音录像未在进行。恢复后自动继续。</translation>
    </message>
    <message>
        <source>On hold, nobody hears you: not all members are in the call. It goes on by itself.</source>
        <translation>暂停，无人听到您：并非全体成员在线。恢复后自动继续。</translation>
    </message>
    <message>
        <source>The line is open: the whole committee hears what you say, and it is recorded.</source>
        <translation>线路已开通：您的回答由全体成员听到，并录音录像。</translation>
    </message>
    <message>
        <source>No microphone was found: you hear the members, they do not hear you.</source>
        <translation>未找到麦克风：您听得到评委，评委听不到您。</translation>
    </message>
    <message>
        <source>The line to a member is poor; it is tried again by itself.</source>
        <translation>与某位评委的线路不畅，系统自动重试。</translation>
    </message>
    <message>
        <source>All members hear you with your own voice.</source>
        <translation>全体成员听得到您的原声。</translation>
    </message>
    <message>
        <source>You hear the members; press or hold {key} to speak.</source>
        <translation>您听得到评委；按一下或按住 {key} 发言。</translation>
    </message>
</context>
<context>
    <name>OwnPicture</name>
    <message>
        <source>Camera on</source>
        <translation>摄像头已开</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有画面</translation>
    </message>
</context>
<context>
    <name>PageArea</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>Page {page} is damaged</source>
        <translation>第 {page} 页已损坏</translation>
    </message>
</context>
<context>
    <name>PageListModel</name>
    <message>
        <source>Page {page}, with a note</source>
        <translation>第 {page} 页，有笔记</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
</context>
<context>
    <name>PageNumber</name>
    <message>
        <source>Page number</source>
        <translation>页码</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Text to read</source>
        <translation>请阅读的文字</translation>
    </message>
</context>
<context>
    <name>Phones</name>
    <message>
        <source>This box did not open: press Enter for another one.</source>
        <translation>这个柜门没有打开：按回车键换一个。</translation>
    </message>
    <message>
        <source>The box did not open: staff will open it for you.</source>
        <translation>柜门没有打开，工作人员会为您打开。</translation>
    </message>
    <message>
        <source>The box seems to be open: please close it, then press Enter again.</source>
        <translation>柜门似乎没有关好：请关好后再按一次回车键。</translation>
    </message>
</context>
<context>
    <name>PlatformCheckCard</name>
    <message>
        <source>The platform&apos;s figures, computed again</source>
        <translation>平台数据的复算</translation>
    </message>
    <message>
        <source>Check {count}, file SHA-256 {hash}…</source>
        <translation>第 {count} 次核验，文件 SHA-256 {hash}…</translation>
    </message>
    <message>
        <source>{count} more are in the record that is printed at the end.</source>
        <translation>另有 {count} 项，见最后打印的核验记录。</translation>
    </message>
    <message>
        <source>The order that the stated marks give</source>
        <translation>按所载评分复算的排序</translation>
    </message>
    <message>
        <source>What the committee says</source>
        <translation>评标委员会的说明</translation>
    </message>
    <message>
        <source>A correction is awaited: {reason}</source>
        <translation>已要求平台更正，等待新导出的数据：{reason}</translation>
    </message>
    <message>
        <source>Nothing of the platform has been sent yet.</source>
        <translation>还没有收到平台导出的数据。</translation>
    </message>
    <message>
        <source>Everything that the platform states is right.</source>
        <translation>平台所载数据复算一致，无差错。</translation>
    </message>
    <message>
        <source>Faults: {faults}; hints: {hints}.</source>
        <translation>差错 {faults} 项，提示 {hints} 项。</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>差错</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
</context>
<context>
    <name>PlatformPage</name>
    <message>
        <source>Export marks, totals and ranking from the platform before anyone signs: JSON, a workbook, or a zip of CSV tables with rules.json. Experts stand in it by alias, never by name. Every figure is computed again; the file is kept with the evidence.</source>
        <translation>签署之前，从平台导出评分、汇总和排名：JSON、工作簿，或放有 CSV 表和 rules.json 的 zip。专家只写评委编号，不写姓名。每个数都会复算一遍，文件随证据包保存。</translation>
    </message>
    <message>
        <source>Exports and folders</source>
        <translation>导出文件和文件夹</translation>
    </message>
    <message>
        <source>Export (.json, .xlsx, .zip)</source>
        <translation>导出文件（.json、.xlsx、.zip）</translation>
    </message>
    <message>
        <source>Send and check</source>
        <translation>发送并核验</translation>
    </message>
    <message>
        <source>Choose the export first.</source>
        <translation>请先选择导出文件。</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>The export is being checked.</source>
        <translation>正在核验。</translation>
    </message>
    <message>
        <source>The room computes every figure again …</source>
        <translation>评标室正在逐项复算……</translation>
    </message>
    <message>
        <source>Checked and entered: faults {faults}, hints {hints}. The committee sees what was found.</source>
        <translation>已核验并记入日志：差错 {faults} 项，提示 {hints} 项。评标委员会可以看到核验结果。</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}</source>
        <translation>文件无法读取：{why}</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>This segment cannot be shown: its content is damaged. Go to the next one.</source>
        <translation>本段内容已损坏，无法播放，请转到下一段。</translation>
    </message>
</context>
<context>
    <name>PledgePage</name>
    <message>
        <source>State for each one whether you have an interest, then sign.</source>
        <translation>请逐家声明有无利害关系，然后签署。</translation>
    </message>
    <message>
        <source>{count} in all</source>
        <translation>共 {count} 家</translation>
    </message>
    <message>
        <source>I give this pledge (sign)</source>
        <translation>我承诺（签署）</translation>
    </message>
    <message>
        <source>What the interest is</source>
        <translation>利害关系说明</translation>
    </message>
    <message>
        <source>One sentence; it is entered in the record.</source>
        <translation>写一句话，将记入评审记录。</translation>
    </message>
    <message>
        <source>Withdraw from this evaluation</source>
        <translation>申请回避，退出本次评审</translation>
    </message>
    <message>
        <source>Pressed the wrong one? Choose &apos;No interest&apos; again at the left.</source>
        <translation>按错了？在左侧重新选“无利害关系”即可。</translation>
    </message>
    <message>
        <source>no interest, next one</source>
        <translation>无利害关系，到下一家</translation>
    </message>
    <message>
        <source>the other statement</source>
        <translation>换一个声明</translation>
    </message>
    <message>
        <source>You stated an interest in {bidder}. You then do not judge this tender.</source>
        <translation>您声明与{bidder}有利害关系，依法不参加本次评审。</translation>
    </message>
    <message>
        <source>{count} statements are still open.</source>
        <translation>还有 {count} 家没有声明。</translation>
    </message>
    <message>
        <source>Being signed</source>
        <translation>正在签署</translation>
    </message>
    <message>
        <source>Write in one sentence what the interest is.</source>
        <translation>请用一句话写明利害关系。</translation>
    </message>
</context>
<context>
    <name>PriceWords</name>
    <message>
        <source>Price is no factor: bids are ranked by evaluated price, the lowest first.</source>
        <translation>价格不计分：按评标价由低到高排序。</translation>
    </message>
    <message>
        <source>{full} points at most.</source>
        <translation>满分 {full} 分。</translation>
    </message>
    <message>
        <source>{ceiling}: {amount} yuan.</source>
        <translation>{ceiling}：{amount} 元。</translation>
    </message>
    <message>
        <source>Points are rounded to {places} decimals.</source>
        <translation>得分保留 {places} 位小数。</translation>
    </message>
    <message>
        <source>From {count} prices on, {share} % of them are left out at each end.</source>
        <translation>报价满 {count} 家时，最高、最低两端各去掉 {share}%。</translation>
    </message>
    <message>
        <source>From {count} prices on, the {high} highest and the {low} lowest are left out.</source>
        <translation>报价满 {count} 家时，去掉 {high} 个最高报价和 {low} 个最低报价。</translation>
    </message>
    <message>
        <source>Only prices from {low} to {high} around the {reference} count.</source>
        <translation>只计{reference} {low} 至 {high} 范围内的报价。</translation>
    </message>
    <message>
        <source>{benchmark}: {parts}.</source>
        <translation>{benchmark} = {parts}。</translation>
    </message>
    <message>
        <source>{benchmark}: the {source}.</source>
        <translation>{benchmark} = {source}。</translation>
    </message>
    <message>
        <source>It is then moved by {share} %.</source>
        <translation>再浮动 {share}%。</translation>
    </message>
    <message>
        <source>It is then multiplied by {factor}.</source>
        <translation>再乘以 {factor}。</translation>
    </message>
    <message>
        <source>Points = {full} × {benchmark} ÷ price, never more than {full}.</source>
        <translation>得分 = {full} × {benchmark} ÷ 报价，不超过 {full} 分。</translation>
    </message>
    <message>
        <source>Points = {full} × price ÷ {benchmark}, never more than {full}.</source>
        <translation>得分 = {full} × 报价 ÷ {benchmark}，不超过 {full} 分。</translation>
    </message>
    <message>
        <source>Points fall by a power of the ratio: {above} above, {below} below the {benchmark}.</source>
        <translation>得分按比值的幂递减：高于{benchmark}时 {above} 次方，低于时 {below} 次方。</translation>
    </message>
    <message>
        <source>Up to {limit} % from the {benchmark}: {points} points.</source>
        <translation>与{benchmark}相差不超过 {limit}%：{points} 分。</translation>
    </message>
    <message>
        <source>Beyond that: {points} points.</source>
        <translation>超出以上范围：{points} 分。</translation>
    </message>
    <message>
        <source>A price equal to the {benchmark} gets {full} points.</source>
        <translation>报价等于{benchmark}得 {full} 分。</translation>
    </message>
    <message>
        <source>Each 1 % above it takes {points} points off.</source>
        <translation>每高 1%，扣 {points} 分。</translation>
    </message>
    <message>
        <source>Each 1 % below it adds {points} points.</source>
        <translation>每低 1%，加 {points} 分。</translation>
    </message>
    <message>
        <source>Each 1 % below it takes {points} points off.</source>
        <translation>每低 1%，扣 {points} 分。</translation>
    </message>
    <message>
        <source>Each started 1 % counts whole.</source>
        <translation>不足 1% 按 1% 计。</translation>
    </message>
    <message>
        <source>Only whole per cents count.</source>
        <translation>不足 1% 的部分不计。</translation>
    </message>
    <message>
        <source>Never less than {floor} points.</source>
        <translation>最低 {floor} 分。</translation>
    </message>
    <message>
        <source>value found above</source>
        <translation>上述取值</translation>
    </message>
    <message>
        <source>mean of the prices</source>
        <translation>各报价的平均值</translation>
    </message>
    <message>
        <source>mean of all prices</source>
        <translation>全部报价的平均值</translation>
    </message>
    <message>
        <source>median of the prices</source>
        <translation>报价的中位数</translation>
    </message>
    <message>
        <source>lowest price</source>
        <translation>最低报价</translation>
    </message>
    <message>
        <source>second lowest price</source>
        <translation>次低报价</translation>
    </message>
    <message>
        <source>highest price</source>
        <translation>最高报价</translation>
    </message>
    <message>
        <source>ceiling price</source>
        <translation>最高限价</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>预算金额</translation>
    </message>
</context>
<context>
    <name>ProposePage</name>
    <message>
        <source>Put a member forward as {chair}</source>
        <translation>推荐{chair}人选</translation>
    </message>
    <message>
        <source>The first proposal counts; the others are then asked whether they agree.</source>
        <translation>先提出的推荐有效，其他成员随后表示是否同意。</translation>
    </message>
    <message>
        <source>Put forward</source>
        <translation>推荐</translation>
    </message>
</context>
<context>
    <name>ReadingPane</name>
    <message>
        <source>Read to the end</source>
        <translation>已读到末尾</translation>
    </message>
    <message>
        <source>{share} % read</source>
        <translation>已读 {share}%</translation>
    </message>
    <message>
        <source>Space bar or Page Down: on</source>
        <translation>按空格键或 PageDown 键翻页</translation>
    </message>
    <message>
        <source>Please read the text to its end first.</source>
        <translation>请先读到末尾。</translation>
    </message>
</context>
<context>
    <name>ReleasePage</name>
    <message>
        <source>Staff are on their way</source>
        <translation>工作人员正在处理</translation>
    </message>
    <message>
        <source>Two people of different duties check your identity and open this seat. Please stay seated.</source>
        <translation>由两名不同岗位的工作人员核验身份后开启席位，请在座位上稍候。</translation>
    </message>
    <message>
        <source>The call has arrived at the consoles.</source>
        <translation>呼叫已送达管理台和见证台。</translation>
    </message>
    <message>
        <source>Back to the room</source>
        <translation>返回评标室</translation>
    </message>
    <message>
        <source>What did you check?</source>
        <translation>您核对了什么？</translation>
    </message>
    <message>
        <source>One sentence; it stands in the journal with your role.</source>
        <translation>一句话，将连同您的角色记入日志。</translation>
    </message>
    <message>
        <source>Original identity card checked</source>
        <translation>已查验身份证原件</translation>
    </message>
    <message>
        <source>Same person as on the document</source>
        <translation>本人与证件一致</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>{what}: person {number}</source>
        <translation>{what}：名单第 {number} 人</translation>
    </message>
    <message>
        <source>This is decided; nothing waits any more.</source>
        <translation>已处理完毕。</translation>
    </message>
    <message>
        <source>Asked because</source>
        <translation>申请原因</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Approved: {reason}</source>
        <translation>已同意：{reason}</translation>
    </message>
    <message>
        <source>has not decided yet</source>
        <translation>尚未决定</translation>
    </message>
    <message>
        <source>Compare the person with the original document, then decide. Two roles must agree.</source>
        <translation>请将本人与证件原件核对后决定；须两方人员都同意。</translation>
    </message>
    <message>
        <source>Your decision</source>
        <translation>待您决定</translation>
    </message>
    <message>
        <source>Still to decide: {roles}</source>
        <translation>等待决定：{roles}</translation>
    </message>
</context>
<context>
    <name>RepeatPanel</name>
    <message>
        <source>Ground</source>
        <translation>法定情形</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>One sentence; it is entered in the record.</source>
        <translation>写一句话，将记入评审记录。</translation>
    </message>
    <message>
        <source>Write in one sentence why.</source>
        <translation>请用一句话写明理由。</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>Nobody sat there: nothing was to be recorded</source>
        <translation>席位无人，无需录制</translation>
    </message>
    <message>
        <source>The recording was interrupted</source>
        <translation>录制中断</translation>
    </message>
    <message>
        <source>The disk had no room or failed</source>
        <translation>磁盘已满或故障</translation>
    </message>
    <message>
        <source>Nothing came from camera and microphone</source>
        <translation>摄像头和麦克风均无信号</translation>
    </message>
    <message>
        <source>Nothing was recorded, and the list does not say why</source>
        <translation>没有录制，清单未注明原因</translation>
    </message>
</context>
<context>
    <name>ReplayBar</name>
    <message>
        <source>Time of the recording</source>
        <translation>录像时间轴</translation>
    </message>
</context>
<context>
    <name>ReplayPage</name>
    <message>
        <source>Recordings</source>
        <translation>录音录像</translation>
    </message>
    <message>
        <source>Back to the journal</source>
        <translation>返回日志</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>无画面</translation>
    </message>
    <message>
        <source>Segment before</source>
        <translation>上一段</translation>
    </message>
    <message>
        <source>Ten seconds back</source>
        <translation>后退十秒</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Ten seconds on</source>
        <translation>前进十秒</translation>
    </message>
    <message>
        <source>Next segment</source>
        <translation>下一段</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Ask for it to be opened</source>
        <translation>申请调阅</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>打开声音</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>{time} 的日志</translation>
    </message>
    <message>
        <source>{time} · segment {seq} of {count}</source>
        <translation>{time} · 第 {seq} 段，共 {count} 段</translation>
    </message>
    <message>
        <source>The room has no recording of this evaluation yet.</source>
        <translation>机房尚无本次评审的录音录像。</translation>
    </message>
    <message>
        <source>Sealed: it opens when the evaluation has ended, or by two people; never during marking.</source>
        <translation>已封存：评审结束后方可调阅，提前调阅须两人同意；独立评审期间一律不得调阅。</translation>
    </message>
    <message>
        <source>The room opens the segment …</source>
        <translation>机房正在解密本段……</translation>
    </message>
    <message>
        <source>Nothing of this seat was recorded at that moment; shown is the nearest there is.</source>
        <translation>该席位当时没有录像，现显示最接近的画面。</translation>
    </message>
    <message>
        <source>Each segment looked at is an entry of the journal. Times: the seat&apos;s clock.</source>
        <translation>每调阅一段均记入日志。时间以席位时钟为准。</translation>
    </message>
    <message>
        <source>No sound was recorded here</source>
        <translation>本段没有录到声音</translation>
    </message>
    <message>
        <source>No loudspeaker found; pictures go on</source>
        <translation>未找到扬声器，画面继续播放</translation>
    </message>
    <message>
        <source>No sound while a call has the microphone</source>
        <translation>通话占用话筒期间不播放声音</translation>
    </message>
    <message>
        <source>Opening the loudspeaker …</source>
        <translation>正在打开扬声器…</translation>
    </message>
    <message>
        <source>{begin} to {end}: {why}</source>
        <translation>{begin} 至 {end}：{why}</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>This {lot} is done. Another {lot} is still at work.</source>
        <translation>本{lot}已完成，其他{lot}仍在评审。</translation>
    </message>
    <message>
        <source>The report is being fetched.</source>
        <translation>正在取评标报告……</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Back to the evaluations</source>
        <translation>返回项目</translation>
    </message>
    <message>
        <source>Fetching the report …</source>
        <translation>正在取得报告…</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Could not be saved: {why}</source>
        <translation>没有保存成功：{why}</translation>
    </message>
</context>
<context>
    <name>ResultBoard</name>
    <message>
        <source>Rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总分</translation>
    </message>
    <message>
        <source>Technical</source>
        <translation>技术</translation>
    </message>
    <message>
        <source>Commercial</source>
        <translation>商务</translation>
    </message>
    <message>
        <source>The organising staff remark: {remarks}</source>
        <translation>组织人员复核意见：{remarks}</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核验提示</translation>
    </message>
    <message>
        <source>Nothing stands out.</source>
        <translation>没有需要提示的事项。</translation>
    </message>
    <message>
        <source>What the committee says</source>
        <translation>评标委员会的说明</translation>
    </message>
    <message>
        <source>Where members differ on objective factors</source>
        <translation>客观分差异对照</translation>
    </message>
    <message>
        <source>Working of {bid}</source>
        <translation>{bid}的计算过程</translation>
    </message>
    <message>
        <source>Members&apos; totals</source>
        <translation>各评委总分</translation>
    </message>
    <message>
        <source>Sheets left out, their totals being extreme</source>
        <translation>总分最高、最低，不计入</translation>
    </message>
    <message>
        <source>Sheet left out, its totals spreading most</source>
        <translation>总分差距最大，不计入</translation>
    </message>
    <message>
        <source>{name}: {working}</source>
        <translation>{name}：{working}</translation>
    </message>
    <message>
        <source>Too few bids are left. This {lot} ends without a result.</source>
        <translation>有效投标不足，本{lot}不产生结果。</translation>
    </message>
    <message>
        <source>The bids left do not compete. This {lot} ends without a result.</source>
        <translation>剩余投标明显缺乏竞争，本{lot}不产生结果。</translation>
    </message>
    <message>
        <source>To be settled</source>
        <translation>须处理</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>请核对</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>无异常</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Back to the evaluations</source>
        <translation>返回项目</translation>
    </message>
    <message>
        <source>There is no result to be seen yet.</source>
        <translation>还没有可查看的结果。</translation>
    </message>
    <message>
        <source>The committee says: {note}</source>
        <translation>评标委员会说明：{note}</translation>
    </message>
    <message>
        <source>The arithmetic found nothing that stands out.</source>
        <translation>计算未发现需要提示的情况。</translation>
    </message>
    <message>
        <source>What members said</source>
        <translation>成员意见</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>dissent</source>
        <translation>不同意见</translation>
    </message>
</context>
<context>
    <name>ResultTable</name>
    <message>
        <source>Result</source>
        <translation>评审结果</translation>
    </message>
</context>
<context>
    <name>ReviewMatrix</name>
    <message>
        <source>Waiting</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>A reason and the page of the bid are needed.</source>
        <translation>请填写理由和投标文件中的页码。</translation>
    </message>
    <message>
        <source>{count} items are still open. 1 passes, 0 fails, Enter goes on.</source>
        <translation>还有 {count} 项没有审查。按 1 通过，按 0 不通过，按回车到下一项。</translation>
    </message>
    <message>
        <source>Everything is reviewed.</source>
        <translation>已全部审查。</translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>not yet reviewed</source>
        <translation>未审查</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Once sealed, verdicts cannot be changed. They are opened when every member has ended.</source>
        <translation>封存后不能再改；全部评委结束后统一开启。</translation>
    </message>
    <message>
        <source>{documents}: {clause}</source>
        <translation>{documents}：{clause}</translation>
    </message>
    <message>
        <source>{failed}: then reason, Enter, page</source>
        <translation>{failed}：写理由，回车，写页码</translation>
    </message>
    <message>
        <source>next cell</source>
        <translation>下一格</translation>
    </message>
    <message>
        <source>move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>open again</source>
        <translation>恢复未审</translation>
    </message>
    <message>
        <source>the verdict rests on the page in view</source>
        <translation>当前页作为该结论的依据</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未评审</translation>
    </message>
    <message>
        <source>reason and page are needed</source>
        <translation>缺理由或页码</translation>
    </message>
    <message>
        <source>the page it rests on is missing (F6)</source>
        <translation>缺依据页（F6）</translation>
    </message>
</context>
<context>
    <name>ReviewTable</name>
    <message>
        <source>Review</source>
        <translation>审查表</translation>
    </message>
    <message>
        <source>p. {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>reason?</source>
        <translation>缺理由</translation>
    </message>
</context>
<context>
    <name>RoomPage</name>
    <message>
        <source>Tell every seat</source>
        <translation>广播</translation>
    </message>
    <message>
        <source>Terms of recordings</source>
        <translation>录音录像保存期限</translation>
    </message>
    <message>
        <source>{used} of {all} seats in use</source>
        <translation>在用 {used} 席，共 {all} 席</translation>
    </message>
    <message>
        <source>Lines lost: {count}</source>
        <translation>断线 {count} 处</translation>
    </message>
    <message>
        <source>All lines good</source>
        <translation>线路全部正常</translation>
    </message>
    <message>
        <source>The room&apos;s disk lasts {hours} h of recording all seats</source>
        <translation>机房磁盘可录全部席位 {hours} 小时</translation>
    </message>
</context>
<context>
    <name>RoomPlan</name>
    <message>
        <source>Seats of the room</source>
        <translation>评标室座位</translation>
    </message>
</context>
<context>
    <name>ScaleSwitch</name>
    <message>
        <source>Normal type</source>
        <translation>标准字号</translation>
    </message>
    <message>
        <source>Large type</source>
        <translation>大字号</translation>
    </message>
    <message>
        <source>Largest type</source>
        <translation>特大字号</translation>
    </message>
    <message>
        <source>Next size of type</source>
        <translation>下一种字号</translation>
    </message>
</context>
<context>
    <name>ScanPage</name>
    <message>
        <source>Back to the matter (Esc)</source>
        <translation>返回事项（Esc）</translation>
    </message>
    <message>
        <source>Fetching the scan …</source>
        <translation>正在取扫描件……</translation>
    </message>
    <message>
        <source>Checked by its hash: SHA-256 {sha256}</source>
        <translation>已按散列值核对：SHA-256 {sha256}</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描件</translation>
    </message>
    <message>
        <source>This scan cannot be shown; ask for the paper itself.</source>
        <translation>这份扫描件无法显示，请查看原件。</translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <source>The line to the room is interrupted; it comes back by itself.</source>
        <translation>与机房的连接中断，正在自动恢复。</translation>
    </message>
    <message>
        <source>Put your phone into this box</source>
        <translation>请把手机放进这个柜子</translation>
    </message>
    <message>
        <source>Also watches and anything that stores, takes pictures or records. Close the box, then press Enter.</source>
        <translation>手表等能存储、拍照、录音、录像的物品也要放入。关好柜门后按回车键。</translation>
    </message>
    <message>
        <source>My things are in, the box is closed (Enter)</source>
        <translation>已放好并关好柜门（回车）</translation>
    </message>
    <message>
        <source>This box does not open: another one</source>
        <translation>这个柜门打不开，换一个</translation>
    </message>
    <message>
        <source>Take your phone out of this box</source>
        <translation>请从这个柜子取回手机</translation>
    </message>
    <message>
        <source>Take everything that is yours, close the box, then press Enter.</source>
        <translation>请取走全部物品，关好柜门后按回车键。</translation>
    </message>
    <message>
        <source>I have my things (Enter)</source>
        <translation>物品已取回（回车）</translation>
    </message>
    <message>
        <source>Back to the start (Enter)</source>
        <translation>返回首页（回车）</translation>
    </message>
    <message>
        <source>Entrance</source>
        <translation>评标区入口</translation>
    </message>
</context>
<context>
    <name>SeatBroadcast</name>
    <message>
        <source>The centre speaks</source>
        <translation>中心广播</translation>
    </message>
    <message>
        <source>No loudspeaker was found here: you cannot hear it. Press F1 to ask.</source>
        <translation>未找到扬声器，本席听不到广播。请按 F1 询问。</translation>
    </message>
    <message>
        <source>Connecting; you will hear it by itself.</source>
        <translation>正在接通，接通后自动播放。</translation>
    </message>
    <message>
        <source>Nothing is heard just now; it is tried again by itself.</source>
        <translation>暂时听不到，系统自动重试。</translation>
    </message>
    <message>
        <source>You hear it; nothing of this seat is heard by anybody.</source>
        <translation>您正在收听；本席的声音不会传出。</translation>
    </message>
</context>
<context>
    <name>SeatHelp</name>
    <message>
        <source>With the centre</source>
        <translation>与中心通话中</translation>
    </message>
    <message>
        <source>The centre calls</source>
        <translation>中心来电</translation>
    </message>
    <message>
        <source>Nothing is heard from the centre just now; it is tried again by itself. Press {key} to write instead.</source>
        <translation>暂时听不到中心，系统正在自动重试。按 {key} 改用文字。</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>The centre calls this seat. Nobody else hears this call.</source>
        <translation>中心来电。通话内容其他人听不到。</translation>
    </message>
    <message>
        <source>Waiting for the centre to answer.</source>
        <translation>等待中心接听。</translation>
    </message>
    <message>
        <source>The centre lets this call wait a moment: neither side hears the other.</source>
        <translation>通话保持中，请稍候：双方互相听不到。</translation>
    </message>
    <message>
        <source>Connecting with the centre.</source>
        <translation>正在接通中心。</translation>
    </message>
    <message>
        <source>No microphone was found: you hear the centre, it does not hear you.</source>
        <translation>未找到麦克风：您能听到中心，中心听不到您。</translation>
    </message>
    <message>
        <source>The centre hears you with your own voice; nobody else does.</source>
        <translation>中心能听到您的原声，其他人听不到。</translation>
    </message>
    <message>
        <source>You hear the centre; press {key} to speak.</source>
        <translation>您能听到中心，按 {key} 发言。</translation>
    </message>
</context>
<context>
    <name>SeatNumberView</name>
    <message>
        <source>Your seat</source>
        <translation>您的席位</translation>
    </message>
    <message>
        <source>Drawn by lot in front of the parties; nobody has chosen it.</source>
        <translation>由各方见证随机抽取，任何人不能指定。</translation>
    </message>
    <message>
        <source>Scan the code to check the draw later.</source>
        <translation>扫码可事后核验本次抽取。</translation>
    </message>
    <message>
        <source>Code of the draw: {code}</source>
        <translation>抽取码：{code}</translation>
    </message>
    <message>
        <source>QR code of the draw</source>
        <translation>抽取记录二维码</translation>
    </message>
</context>
<context>
    <name>SeatPage</name>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation>已发送，等待机房确认。</translation>
    </message>
    <message>
        <source>I know my seat (Enter)</source>
        <translation>我知道了，去入座（回车）</translation>
    </message>
    <message>
        <source>The door is shut before me: call staff</source>
        <translation>门没有打开，呼叫工作人员</translation>
    </message>
    <message>
        <source>Back to the room</source>
        <translation>返回评标室</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>One sentence; it appears at the seat.</source>
        <translation>一句话，将显示在该席位上。</translation>
    </message>
    <message>
        <source>Send the answer</source>
        <translation>发送应答</translation>
    </message>
    <message>
        <source>Decide on opening this seat</source>
        <translation>处理本席位的开启申请</translation>
    </message>
    <message>
        <source>The machine is broken or suspect</source>
        <translation>终端损坏或可疑</translation>
    </message>
    <message>
        <source>Shut it out with a reason; then enrol another one for this seat.</source>
        <translation>写明理由后停用，再为本席位登记新的终端。</translation>
    </message>
    <message>
        <source>Shut this machine out</source>
        <translation>停用这台终端</translation>
    </message>
    <message>
        <source>The member goes on at a spare seat</source>
        <translation>成员换到备用席位继续</translation>
    </message>
    <message>
        <source>With a reason; this machine is shut out, and the member shows the face at the other seat.</source>
        <translation>请写明理由；本机随即停用，成员到新席位刷脸。</translation>
    </message>
    <message>
        <source>Called at {time}: “{text}”</source>
        <translation>{time} 呼叫：“{text}”</translation>
    </message>
    <message>
        <source>Take over the call</source>
        <translation>接过通话</translation>
    </message>
    <message>
        <source>Call this seat</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Admitted by</source>
        <translation>核验方式</translation>
    </message>
    <message>
        <source>{why}, since {time}</source>
        <translation>{why}，{time} 起</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线路</translation>
    </message>
    <message>
        <source>{line}, since {time}</source>
        <translation>{line}，{time} 起</translation>
    </message>
    <message>
        <source>Move to {seat}</source>
        <translation>换到{seat}</translation>
    </message>
</context>
<context>
    <name>SeatTile</name>
    <message>
        <source>Seat {number}</source>
        <translation>{number} 号座</translation>
    </message>
</context>
<context>
    <name>SeatWindow</name>
    <message>
        <source>Seat</source>
        <translation>专家席位</translation>
    </message>
    <message>
        <source>next control</source>
        <translation>下一个控件</translation>
    </message>
    <message>
        <source>call for help, answer the centre</source>
        <translation>呼叫中心，接听中心来电</translation>
    </message>
    <message>
        <source>show or hide these keys</source>
        <translation>显示或收起本卡</translation>
    </message>
    <message>
        <source>high contrast, or the usual colours</source>
        <translation>高对比度与平常颜色切换</translation>
    </message>
    <message>
        <source>what may be done beside the next step</source>
        <translation>办理事项</translation>
    </message>
    <message>
        <source>devices of this seat</source>
        <translation>本席设备</translation>
    </message>
    <message>
        <source>Keys on this page</source>
        <translation>本页按键</translation>
    </message>
</context>
<context>
    <name>SeatWords</name>
    <message>
        <source>Member {number}</source>
        <translation>{number}号评委</translation>
    </message>
    <message>
        <source>Seat {number}</source>
        <translation>{number} 号座</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Taking the seat</source>
        <translation>入座</translation>
    </message>
    <message>
        <source>Platform check</source>
        <translation>平台核验</translation>
    </message>
    <message>
        <source>Leaving</source>
        <translation>离席</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 处</translation>
    </message>
    <message>
        <source>the centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>the witness</source>
        <translation>见证人员</translation>
    </message>
    <message>
        <source>the regulator</source>
        <translation>行政监督人员</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Seen by {who}</source>
        <translation>{who}正在看本席</translation>
    </message>
    <message>
        <source>second envelope not opened</source>
        <translation>第二信封未开启</translation>
    </message>
    <message>
        <source>takes part no more</source>
        <translation>不再参加</translation>
    </message>
</context>
<context>
    <name>Seeking</name>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>This is not possible now</source>
        <translation>现在无法进行</translation>
    </message>
</context>
<context>
    <name>SetupWindow</name>
    <message>
        <source>Set this machine up</source>
        <translation>设置本机</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>What is this machine?</source>
        <translation>这台机器是什么？</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Setting up and testing</source>
        <translation>正在设置并自检</translation>
    </message>
    <message>
        <source>This takes about ten seconds.</source>
        <translation>大约需要十秒钟。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>This machine is ready.</source>
        <translation>本机已就绪。</translation>
    </message>
    <message>
        <source>Set up, but not all is in order: see above what to do.</source>
        <translation>已设置，但有项目不正常：请按上面的提示处理。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Last look and seal</source>
        <translation>检查并封存</translation>
    </message>
    <message>
        <source>Seal and end</source>
        <translation>封存并结束</translation>
    </message>
    <message>
        <source>What you filled in before is being fetched.</source>
        <translation>正在取回您之前填写的内容……</translation>
    </message>
    <message>
        <source>The room is not ready to take sealed sheets; try again in a moment.</source>
        <translation>机房尚未准备好接收封存内容，请稍后再试。</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>{count} to handle</source>
        <translation>{count} 项</translation>
    </message>
</context>
<context>
    <name>SignPage</name>
    <message>
        <source>Sign the report</source>
        <translation>在报告上签名</translation>
    </message>
    <message>
        <source>Your signature by hand</source>
        <translation>手写签名</translation>
    </message>
    <message>
        <source>Write your name here, with pen or mouse. It may stay empty: then a tick stands in your cell.</source>
        <translation>请用手写笔或鼠标在此书写姓名。也可以不写，签名栏内以“√”表示。</translation>
    </message>
    <message>
        <source>Clear the pad</source>
        <translation>清除重写</translation>
    </message>
    <message>
        <source>PIN of your token</source>
        <translation>证书口令（PIN）</translation>
    </message>
    <message>
        <source>Used once and kept nowhere; it never leaves this seat.</source>
        <translation>只用一次，不保存，也不离开本席位。</translation>
    </message>
    <message>
        <source>Sign with the token</source>
        <translation>用证书签名</translation>
    </message>
    <message>
        <source>No token? Ask the staff for the printed report and sign that; two people enter it.</source>
        <translation>没有证书？请向工作人员索取打印的报告手写签字，由两人核对录入。</translation>
    </message>
    <message>
        <source>This seat is not set up for tokens. Ask the staff for the printed report and sign that.</source>
        <translation>本席位没有配置证书驱动，请向工作人员索取打印的报告手写签字。</translation>
    </message>
    <message>
        <source>Signed so far: {who}</source>
        <translation>已签名：{who}</translation>
    </message>
    <message>
        <source>Nobody has signed yet.</source>
        <translation>还没有人签名。</translation>
    </message>
    <message>
        <source>Type the PIN of your token.</source>
        <translation>请输入证书口令（PIN）。</translation>
    </message>
    <message>
        <source>Signing; leave the token plugged in.</source>
        <translation>正在签名，请勿拔出证书。</translation>
    </message>
</context>
<context>
    <name>Signing</name>
    <message>
        <source>The PIN is wrong; {count} more tries before the token locks.</source>
        <translation>口令不正确，再错 {count} 次证书将被锁定。</translation>
    </message>
    <message>
        <source>The PIN is wrong. Type it again; too many wrong ones lock the token.</source>
        <translation>口令不正确，请重新输入；多次输错会锁定证书。</translation>
    </message>
    <message>
        <source>No token is plugged in. Plug in your own and sign again.</source>
        <translation>没有插入证书，请插入本人的证书后再签。</translation>
    </message>
    <message>
        <source>This token holds no certificate to sign with. Use another, or paper.</source>
        <translation>这个证书介质里没有可用的签名证书，请换一个，或改用纸质签字。</translation>
    </message>
    <message>
        <source>The token is locked. Only its issuer can open it; sign the printed report instead.</source>
        <translation>证书已锁定，只能由发证机构解锁；请在打印的报告上签字。</translation>
    </message>
    <message>
        <source>The token was pulled out; nothing was signed. Plug it in and sign again.</source>
        <translation>签名时证书被拔出，没有签成；请插好后再签。</translation>
    </message>
    <message>
        <source>This kind of certificate is not signed with here. Sign the printed report instead.</source>
        <translation>本系统不支持这种证书，请在打印的报告上签字。</translation>
    </message>
    <message>
        <source>The token cannot be read. Plug it in again, or call the staff and sign the printed report.</source>
        <translation>读不出证书，请重新插入；仍不行请呼叫工作人员，在打印的报告上签字。</translation>
    </message>
</context>
<context>
    <name>StageRail</name>
    <message>
        <source>Stage {number} of {count}: {name}</source>
        <translation>第 {number} 步，共 {count} 步：{name}</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>评审步骤</translation>
    </message>
    <message>
        <source>of {count}</source>
        <translation>共 {count} 步</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>{text}, since {time}</source>
        <translation>{text}，自 {time} 起</translation>
    </message>
    <message>
        <source>{text}; late by {span}</source>
        <translation>{text}；已超时 {span}</translation>
    </message>
    <message>
        <source>{text}; {span} left</source>
        <translation>{text}；还剩 {span}</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>Rehearsal of a whole evaluation</source>
        <translation>完整评审演练</translation>
    </message>
    <message>
        <source>Tick what you want to play yourself; the script plays the rest.</source>
        <translation>勾选要亲自操作的终端，其余由脚本扮演。</translation>
    </message>
    <message>
        <source>Begin the rehearsal</source>
        <translation>开始演练</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Documents for the kiosk, in order of arrival</source>
        <translation>自助签到机所用证件号（按到场顺序）</translation>
    </message>
    <message>
        <source>The rehearsal is running; its windows open one after another.</source>
        <translation>演练正在进行，各窗口将依次打开。</translation>
    </message>
    <message>
        <source>The rehearsal is over; close this window to collect its files.</source>
        <translation>演练已结束，关闭本窗口后即可取得文件。</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>{seat} 号座</translation>
    </message>
    <message>
        <source>Check-in kiosk</source>
        <translation>自助签到机</translation>
    </message>
    <message>
        <source>Console of the centre</source>
        <translation>交易中心管理台</translation>
    </message>
    <message>
        <source>Console of the witness</source>
        <translation>见证管理台</translation>
    </message>
    <message>
        <source>Console of the organising staff</source>
        <translation>组织工作人员管理台</translation>
    </message>
</context>
<context>
    <name>StatementRow</name>
    <message>
        <source>No interest</source>
        <translation>无利害关系</translation>
    </message>
    <message>
        <source>I have an interest</source>
        <translation>有利害关系</translation>
    </message>
</context>
<context>
    <name>TablesPage</name>
    <message>
        <source>Remarks</source>
        <translation>复核意见</translation>
    </message>
    <message>
        <source>Needed where something is not in order: which bid, which factor, which member.</source>
        <translation>有问题时必填：哪家投标、哪项因素、哪个编号。</translation>
    </message>
    <message>
        <source>The tables are in order</source>
        <translation>复核无误</translation>
    </message>
    <message>
        <source>Back to the committee, with remarks</source>
        <translation>退回评标委员会（须填写意见）</translation>
    </message>
    <message>
        <source>All bids</source>
        <translation>全部投标</translation>
    </message>
    <message>
        <source>Points of the marks</source>
        <translation>评分得分</translation>
    </message>
    <message>
        <source>Price points</source>
        <translation>价格得分</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总分</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Tables by alias</source>
        <translation>按评委编号的评分表</translation>
    </message>
    <message>
        <source>The arithmetic found nothing that stands out.</source>
        <translation>计算未发现需要提示的情况。</translation>
    </message>
    <message>
        <source>{count} findings. {first}</source>
        <translation>共 {count} 项提示。{first}</translation>
    </message>
</context>
<context>
    <name>TakePage</name>
    <message>
        <source>Press Enter to take your seat</source>
        <translation>按回车键，领取您的席位</translation>
    </message>
    <message>
        <source>The seats were drawn by lot and sealed before anyone came. You take the next one; nobody knows which.</source>
        <translation>席位已在各位到场前随机抽取并封存。您将领取下一个席位，事先没有人知道是哪一个。</translation>
    </message>
    <message>
        <source>Take my seat (Enter)</source>
        <translation>领取席位（回车）</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Pages in small</source>
        <translation>页面缩略图</translation>
    </message>
</context>
<context>
    <name>TurnPage</name>
    <message>
        <source>Please do what you are asked to do</source>
        <translation>请按提示做动作</translation>
    </message>
    <message>
        <source>It shows that you are here yourself, and not a picture of you.</source>
        <translation>用于确认是您本人在现场，而不是照片或视频。</translation>
    </message>
    <message>
        <source>Call staff instead</source>
        <translation>改由工作人员核验</translation>
    </message>
    <message>
        <source>Done: {count} of {total}</source>
        <translation>已完成 {count} 项，共 {total} 项</translation>
    </message>
    <message>
        <source>Look straight into the camera</source>
        <translation>请正对摄像头</translation>
    </message>
    <message>
        <source>Turn your head to your left</source>
        <translation>请向您的左侧转头</translation>
    </message>
    <message>
        <source>Turn your head to your right</source>
        <translation>请向您的右侧转头</translation>
    </message>
    <message>
        <source>Open your mouth wide, then close it</source>
        <translation>请张大嘴，再闭上</translation>
    </message>
    <message>
        <source>Blink with both eyes</source>
        <translation>请眨一眨眼</translation>
    </message>
</context>
<context>
    <name>VerdictBoard</name>
    <message>
        <source>opened</source>
        <translation>已开启</translation>
    </message>
    <message>
        <source>Members differ on &apos;{item}&apos; of {bid}. This has to be reviewed again.</source>
        <translation>{bid}的“{item}”一项意见不一致，须重新评审。</translation>
    </message>
    <message>
        <source>All bids: {passed}.</source>
        <translation>全部投标：{passed}。</translation>
    </message>
    <message>
        <source>{bid}: {failed}</source>
        <translation>{bid}：{failed}</translation>
    </message>
    <message>
        <source>{member}: {failed}, p. {page}: {reason}</source>
        <translation>{member}：{failed}，第 {page} 页，{reason}</translation>
    </message>
</context>
<context>
    <name>WaitPage</name>
    <message>
        <source>Sealed for the night: {size} entries. Root, the same at every seat:</source>
        <translation>隔夜封存：留痕 {size} 条，默克尔根如下，各席位相同：</translation>
    </message>
    <message>
        <source>Nothing is asked of you now. This page moves on by itself.</source>
        <translation>现在不需要您操作，页面会自动进入下一步。</translation>
    </message>
    <message>
        <source>What you typed is kept. Before it goes on, this seat looks for your face again.</source>
        <translation>您填写的内容都已保存。恢复前，本席位会再次核验您的面容，请等候通知。</translation>
    </message>
    <message>
        <source>The evaluation is paused</source>
        <translation>评审已暂停</translation>
    </message>
    <message>
        <source>Thank you. The committee is being formed</source>
        <translation>已完成，等待评标委员会成立</translation>
    </message>
    <message>
        <source>You have agreed; the others are being asked</source>
        <translation>您已同意，等待其他成员表态</translation>
    </message>
    <message>
        <source>Your vote is sealed</source>
        <translation>选票已封存</translation>
    </message>
    <message>
        <source>It is counted when all have voted.</source>
        <translation>全部投完后统一计票。</translation>
    </message>
    <message>
        <source>A tie: the {chair} is drawn by lot</source>
        <translation>票数相同，{chair}由抽签产生</translation>
    </message>
    <message>
        <source>Sealed: {stage}</source>
        <translation>{stage}已封存</translation>
    </message>
    <message>
        <source>All verdicts are opened together when every member has ended.</source>
        <translation>全部评委结束后，评审意见统一开启。</translation>
    </message>
    <message>
        <source>All marks are opened together when every member has ended.</source>
        <translation>全部评委结束后，评分统一开启。</translation>
    </message>
    <message>
        <source>Sealed and opened: this part of {stage} is over</source>
        <translation>{stage}的这一阶段已封存并开启</translation>
    </message>
    <message>
        <source>What is to be done next is under Matters (F3).</source>
        <translation>下一步在“办理事项”（F3）中进行。</translation>
    </message>
    <message>
        <source>What comes next is being opened before witnesses.</source>
        <translation>下一步所需内容正在见证下开启。</translation>
    </message>
    <message>
        <source>This is done on the platform; its figures are checked here</source>
        <translation>本环节在平台进行，数据在此核验</translation>
    </message>
    <message>
        <source>When they are checked, your part is under Matters (F3).</source>
        <translation>核验之后，请在“办理事项”（F3）中处理。</translation>
    </message>
    <message>
        <source>Look at what the check finds; the {chair} notes what the committee says to it.</source>
        <translation>请查看核验结果；由{chair}记录委员会的说明。</translation>
    </message>
    <message>
        <source>The {chair} states the committee&apos;s decision</source>
        <translation>等待{chair}宣布结论</translation>
    </message>
    <message>
        <source>{talk}: the whole group together</source>
        <translation>{talk}：全体成员集中进行</translation>
    </message>
    <message>
        <source>You lead. Minutes, changes and offers are under Matters (F3).</source>
        <translation>由您主持。记录、变动和报价都在“办理事项”（F3）中。</translation>
    </message>
    <message>
        <source>The {chair} leads. Minutes that you are to confirm come up by themselves.</source>
        <translation>由{chair}主持。需要您确认的记录会自动出现。</translation>
    </message>
    <message>
        <source>Look at the result and the findings together</source>
        <translation>请一起核对评审结果和核验提示</translation>
    </message>
    <message>
        <source>The {chair} notes what the committee says to them.</source>
        <translation>由{chair}记录评标委员会的说明。</translation>
    </message>
    <message>
        <source>The organising staff check the tables</source>
        <translation>组织人员正在复核评分汇总表</translation>
    </message>
    <message>
        <source>Your opinion is recorded; the others are being asked</source>
        <translation>您的意见已记录，等待其他成员</translation>
    </message>
    <message>
        <source>The report is being made</source>
        <translation>正在生成评标报告</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>This seat is waiting for its expert</source>
        <translation>等待专家入座</translation>
    </message>
    <message>
        <source>Draw your seat at the door first; this screen then looks for your face by itself.</source>
        <translation>请先在门口签到抽取席位；抽到本席位后，屏幕会自动进行人脸核验。</translation>
    </message>
</context>
<context>
    <name>WipePage</name>
    <message>
        <source>You have withdrawn</source>
        <translation>您已回避</translation>
    </message>
    <message>
        <source>The evaluation is done</source>
        <translation>评审已完成</translation>
    </message>
    <message>
        <source>Leave drafts and papers here. Wiping makes this seat forget marks, drafts and documents.</source>
        <translation>草稿和纸质资料请留在席位上。清空后，本席位不再保留评分、草稿和文件。</translation>
    </message>
    <message>
        <source>What was sealed and the report stay in the room&apos;s record.</source>
        <translation>已封存的内容和评标报告保留在机房的记录中。</translation>
    </message>
    <message>
        <source>Wipe this seat and leave</source>
        <translation>清空席位并离席</translation>
    </message>
    <message>
        <source>Being wiped</source>
        <translation>正在清空</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Log out</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>评标室</translation>
    </message>
    <message>
        <source>Evaluations</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Matters</source>
        <translation>办理事项</translation>
    </message>
    <message>
        <source>Check-in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>见证台账</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸登记</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>监看</translation>
    </message>
</context>
<context>
    <name>WriteRow</name>
    <message>
        <source>Write one sentence; Enter sends it</source>
        <translation>写一句话，按回车发送</translation>
    </message>
    <message>
        <source>What to write</source>
        <translation>要写的内容</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>WrittenAnswer</name>
    <message>
        <source>I have read it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>{text} (answered at {time})</source>
        <translation>{text}（{time} 答复）</translation>
    </message>
    <message>
        <source>The centre</source>
        <translation>场内管理</translation>
    </message>
</context>
<context>
    <name>_ChoosingPage</name>
    <message>
        <source>another member</source>
        <translation>换一位</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>选定</translation>
    </message>
    <message>
        <source>{member} (yourself)</source>
        <translation>{member}（本人）</translation>
    </message>
    <message>
        <source>Choose a member first.</source>
        <translation>请先选择一名成员。</translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation>已发送，等待机房确认。</translation>
    </message>
</context>
<context>
    <name>_Half</name>
    <message>
        <source>Document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>No documents here</source>
        <translation>这里没有文件</translation>
    </message>
    <message>
        <source>The document is being fetched.</source>
        <translation>正在取文件……</translation>
    </message>
</context>
<context>
    <name>_Hits</name>
    <message>
        <source>Places found</source>
        <translation>查到的位置</translation>
    </message>
</context>
<context>
    <name>_One</name>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
</context>
<context>
    <name>_Small</name>
    <message>
        <source>{page} · damaged</source>
        <translation>{page} · 损坏</translation>
    </message>
    <message>
        <source>{page} · note</source>
        <translation>{page} · 笔记</translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>_Urgent</name>
    <message>
        <source>Answer now</source>
        <translation>现在办理</translation>
    </message>
    <message>
        <source>{title} (and {count} more)</source>
        <translation>{title}（另有 {count} 项）</translation>
    </message>
    <message>
        <source>Someone waits for you</source>
        <translation>等您办理</translation>
    </message>
</context>
</TS>
