<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name></name>
    <message>
        <source>Rehearsal of a whole evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick what you want to play yourself; the script plays the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the rehearsal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Machines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents for the kiosk, in order of arrival</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rehearsal is running; its windows open one after another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rehearsal is over; close this window to collect its files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check-in kiosk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Console of the centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Console of the witness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Console of the organising staff</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnswerPage</name>
    <message>
        <source>Put forward as {chair}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object: let a secret ballot decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {member}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BallotPage</name>
    <message>
        <source>Secret ballot, round {round}: {chair}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your vote is sealed here. Only the sums are told, when all have voted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cast the vote (sealed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ballot before ended in a tie: {votes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed and sent; waiting for the room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room is not ready to take sealed votes; press once more.</source>
        <translation type="unfinished"></translation>
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
    <name>ConcludePage</name>
    <message>
        <source>Decision of the committee: {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State this decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No bid is rejected. All go on to the next stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members differ on &apos;{item}&apos; of {bid}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have the review done again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First the members have to agree.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} bids are left, fewer than {least}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{few} With this decision the lot ends: {word}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is still competition, because</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One sentence; the evaluation then goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plainly no competition: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why there is still competition, or end the lot below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Do you agree with the result?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I agree with the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons of your dissent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are printed in the report under your member number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record my dissent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refusing to answer without written reasons counts as agreement; so nothing else is asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write your reasons, or agree.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DisciplinePage</name>
    <message>
        <source>Please read to the end. The project is disclosed after it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have read it and will keep to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentDesk</name>
    <message>
        <source>Two side by side</source>
        <translation type="unfinished"></translation>
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
    <message>
        <source>Please step before the camera</source>
        <translation>请站到摄像头前</translation>
    </message>
    <message>
        <source>One person only, please</source>
        <translation>请只留一个人在镜头前</translation>
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
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>Look at the result with the committee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have marks given again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open marking again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the committee says to the findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks must be given again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks on &apos;{factor}&apos; of {bid} differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objective marks differ: they have to be given again first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write what the committee says first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line to the room is away; reconnecting by itself. Nothing is lost, go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{told} {count} kept at this seat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room has ended this seat&apos;s session. Call staff; what you filled in is kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help is coming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call for help</source>
        <translation type="unfinished">呼叫协助</translation>
    </message>
</context>
<context>
    <name>GoodbyePage</name>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>This seat has forgotten everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please take your phone out of the locker, then leave through the door.</source>
        <translation type="unfinished"></translation>
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
</context>
<context>
    <name>IncidentList</name>
    <message>
        <source>Nothing waits for you.</source>
        <translation>没有需要处理的事项。</translation>
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
        <source>You are expected on another day or at another time</source>
        <translation>您的评审不在今天</translation>
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
        <translation type="unfinished">您已申请回避</translation>
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
</context>
<context>
    <name>KioskWindow</name>
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
        <source>Back to the start (Enter)</source>
        <translation>返回首页（回车）</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>Staff are coming, please wait here</source>
        <translation>工作人员正在赶来，请在此等候</translation>
    </message>
    <message>
        <source>Have your document ready. This page goes on by itself.</source>
        <translation>请准备好证件。确认后本页会自动继续。</translation>
    </message>
    <message>
        <source>No phone box is free</source>
        <translation>没有空的储物柜</translation>
    </message>
    <message>
        <source>The box did not open: staff will open it for you.</source>
        <translation>柜门没有打开，工作人员会为您打开。</translation>
    </message>
    <message>
        <source>This box did not open: press Enter for another one.</source>
        <translation>这个柜门没有打开：按回车键换一个。</translation>
    </message>
    <message>
        <source>The box seems to be open: please close it, then press Enter again.</source>
        <translation>柜门似乎没有关好：请关好后再按一次回车键。</translation>
    </message>
    <message>
        <source>You are checked in already; this is your seat.</source>
        <translation>您已签到，这是您的席位。</translation>
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
    <name>LastLook</name>
    <message>
        <source>Last look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} places still need you. Choose one to go there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything must be filled in first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is empty and nothing is impossible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being sealed</source>
        <translation type="unfinished"></translation>
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
    <name>MarkingMatrix</name>
    <message>
        <source>Subtotal</source>
        <translation>小计</translation>
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
        <source>Marks are typed in digits, with a point where needed.</source>
        <translation>请用数字填写分值，需要时加小数点。</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grounds of this mark (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grounds of this mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ page in view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room computes it when all marks are opened; nobody types it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 = {passed}, 0 = {failed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{span} to be taken off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{span} points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rule} (Objective: all members must find the same.)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type 1 or 0 here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type a mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next factor, then next bid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty the cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the page in view becomes a ground</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished">未填</translation>
    </message>
    <message>
        <source>p. {page}</source>
        <translation type="unfinished">第 {page} 页</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call staff to open the seat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is compared at this seat and not kept. You may have staff open the seat instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your face was not recognised with certainty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into the camera, please. The seat opens by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no portrait to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The comparison of faces is not possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognised. The seat opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good. Stay as you are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Come into the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person only, please</source>
        <translation>请只留一个人在镜头前</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move back a little</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look straight ahead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More light on your face, please</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn away from the bright light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This seat&apos;s camera gives no picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no matter: two people will open the seat for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please call staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The expert asks staff to open the seat.</source>
        <translation type="unfinished"></translation>
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
    <name>Pages</name>
    <message>
        <source>Text to read</source>
        <translation>请阅读的文字</translation>
    </message>
</context>
<context>
    <name>PledgePage</name>
    <message>
        <source>State for each one whether you have an interest, then sign.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I give this pledge (sign)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the interest is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One sentence; it is entered in the record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw from this evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pressed the wrong one? Choose &apos;No interest&apos; again at the left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no interest, next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the other statement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You stated an interest in {bidder}. You then do not judge this tender.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} statements are still open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write in one sentence what the interest is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProposePage</name>
    <message>
        <source>Put a member forward as {chair}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first proposal counts; the others are then asked whether they agree.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put forward</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two people of different duties check your identity and open this seat. Please stay seated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call has arrived at the consoles.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RepeatPanel</name>
    <message>
        <source>Ground</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished">理由</translation>
    </message>
    <message>
        <source>One sentence; it is entered in the record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write in one sentence why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>This lot is done. Another lot is still at work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is being fetched.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultBoard</name>
    <message>
        <source>The organising staff remark: {remarks}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stands out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the committee says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where members differ on objective factors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working of {bid}</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{documents}: {clause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{failed}: then reason, Enter, page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reason and page are needed</source>
        <translation type="unfinished"></translation>
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
        <source>Entrance</source>
        <translation>评标区入口</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I know my seat (Enter)</source>
        <translation>我知道了，去入座（回车）</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next control</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>call for help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show or hide these keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys on this page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeatWords</name>
    <message>
        <source>Member {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {number}</source>
        <translation>{number} 号座</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking the seat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Last look and seal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal and end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you filled in before is being fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room is not ready to take sealed sheets; try again in a moment.</source>
        <translation type="unfinished"></translation>
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
</context>
<context>
    <name>StatementRow</name>
    <message>
        <source>No interest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have an interest</source>
        <translation type="unfinished"></translation>
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
    <name>VerdictBoard</name>
    <message>
        <source>opened</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>This seat is waiting for its expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw your seat at the door first; this screen then looks for your face by itself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WipePage</name>
    <message>
        <source>You have withdrawn</source>
        <translation>您已申请回避</translation>
    </message>
    <message>
        <source>The evaluation is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave drafts and papers here. Wiping makes this seat forget marks, drafts and documents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sealed and the report stay in the room&apos;s record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wipe this seat and leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being wiped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_ChoosingPage</name>
    <message>
        <source>another member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{member} (yourself)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a member first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent; waiting for the room.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Contents</name>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>_FailEditor</name>
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
    <name>_Half</name>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is being fetched.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Number</name>
    <message>
        <source>Page number</source>
        <translation>页码</translation>
    </message>
</context>
</TS>
