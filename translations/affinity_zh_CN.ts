<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AdjustmentNote</name>
    <message>
        <source>lost event</source>
        <translation>事件丢失</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>goodwill</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>correction</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>AdjustmentWords</name>
    <message>
        <source>Lost event</source>
        <translation>事件丢失</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Goodwill</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>The device sent an event, and it never arrived.</source>
        <translation>设备发过一个事件，但一直没有到达。</translation>
    </message>
    <message>
        <source>One event counted twice; the second is taken back.</source>
        <translation>同一事件计了两次；收回第二次。</translation>
    </message>
    <message>
        <source>A gift to the user after trouble; nothing was wrong with the value.</source>
        <translation>出问题后给用户的心意；好感度本身没有错。</translation>
    </message>
    <message>
        <source>The value was wrong, for instance after a faulty rule.</source>
        <translation>好感度有误，例如由于规则出错。</translation>
    </message>
    <message>
        <source>A test device or a rehearsal.</source>
        <translation>测试设备或演练。</translation>
    </message>
    <message>
        <source>None of the above; the reason below says what.</source>
        <translation>以上都不是；具体见下面的原因。</translation>
    </message>
    <message>
        <source>%1 point</source>
        <translation>%1 点</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 点</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>等级 %1</translation>
    </message>
    <message>
        <source>level %1, %2</source>
        <translation>等级 %1「%2」</translation>
    </message>
    <message>
        <source>levels %1</source>
        <comment>a list of levels</comment>
        <translation>等级 %1</translation>
    </message>
    <message>
        <source>The device</source>
        <translation>该设备</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>ConnectionState</name>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Writing, %1 left</source>
        <translation>可写，剩余 %1</translation>
    </message>
    <message>
        <source>Read and write</source>
        <translation>可读写</translation>
    </message>
    <message>
        <source>Read-only for your role</source>
        <translation>此角色只读</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Link lost</source>
        <translation>连接中断</translation>
    </message>
</context>
<context>
    <name>Consequences</name>
    <message>
        <source>The value rises by %1, from %2 to %3.</source>
        <translation>好感度上升 %1，由 %2 到 %3。</translation>
    </message>
    <message>
        <source>The value falls by %1, from %2 to %3.</source>
        <translation>好感度下降 %1，由 %2 到 %3。</translation>
    </message>
    <message>
        <source>Clamped at the ceiling of %1: %2 of the %3 asked for have no effect.</source>
        <translation>在封顶值 %1 处截断：申请的 %3 点中，%2不起作用。</translation>
    </message>
    <message>
        <source>Clamped at the floor of 0: %1 of the %2 asked for have no effect.</source>
        <translation>在下限 0 处截断：申请的 %2 点中，%1不起作用。</translation>
    </message>
    <message>
        <source>Nothing is clamped: it stands exactly at the ceiling of %1.</source>
        <translation>没有截断：正好到封顶值 %1。</translation>
    </message>
    <message>
        <source>Nothing is clamped: %1 below the ceiling of %2.</source>
        <translation>没有截断：距封顶值 %2 还差 %1。</translation>
    </message>
    <message>
        <source>Nothing is clamped: the floor is 0.</source>
        <translation>没有截断：下限是 0。</translation>
    </message>
    <message>
        <source>%1 rises from level %2 to %3.</source>
        <translation>%1 从等级 %2 升到%3。</translation>
    </message>
    <message>
        <source>It passes %1 on the way.</source>
        <translation>途中经过%1。</translation>
    </message>
    <message>
        <source>%1 reaches %2.</source>
        <translation>%1 升到%2。</translation>
    </message>
    <message>
        <source>Exactly at its threshold of %1.</source>
        <translation>正好在门槛 %1 上。</translation>
    </message>
    <message>
        <source>%1 above its threshold of %2.</source>
        <translation>比门槛 %2 高 %1。</translation>
    </message>
    <message>
        <source>%1 falls back from level %2 to %3.</source>
        <translation>%1 从等级 %2 降到%3。</translation>
    </message>
    <message>
        <source>Rewards that were granted stay granted.</source>
        <translation>已发放的奖励保留。</translation>
    </message>
    <message>
        <source>%1 short of level %2. %3</source>
        <translation>距等级 %2 还差 %1。%3</translation>
    </message>
    <message>
        <source>The level stays the same: %1.</source>
        <translation>等级不变：%1。</translation>
    </message>
    <message>
        <source>%1 to %2.</source>
        <translation>到%2还差 %1。</translation>
    </message>
    <message>
        <source>It is the highest level.</source>
        <translation>这是最高等级。</translation>
    </message>
    <message>
        <source>The stored level %1 lags behind: the value has meant level %2.</source>
        <translation>存储的等级 %1 滞后：按好感度应为等级 %2。</translation>
    </message>
    <message>
        <source>It cannot be taken back by reversing this adjustment.</source>
        <translation>冲正这次调整也不能收回。</translation>
    </message>
    <message>
        <source>The reward of level %1 is granted, once: %2.</source>
        <translation>发放等级 %1 的奖励，仅一次：%2。</translation>
    </message>
    <message>
        <source>The rewards of %1 are granted, once each.</source>
        <translation>发放%1的奖励，各一次。</translation>
    </message>
    <message>
        <source>%1. They cannot be taken back.</source>
        <translation>%1。不能收回。</translation>
    </message>
    <message>
        <source>The reward of %1 was granted before and is not granted again.</source>
        <translation>%1的奖励以前发过，不再发放。</translation>
    </message>
    <message>
        <source>The rewards of %1 were granted before and are not granted again.</source>
        <translation>%1的奖励以前发过，不再发放。</translation>
    </message>
    <message>
        <source>A level&apos;s reward is granted once for each device, for ever.</source>
        <translation>每台设备的每个等级奖励只发一次，永久有效。</translation>
    </message>
    <message>
        <source>No reward comes with %1.</source>
        <translation>%1没有奖励。</translation>
    </message>
    <message>
        <source>No rewards come with %1.</source>
        <translation>%1没有奖励。</translation>
    </message>
    <message>
        <source>The grant is noted, so nothing is granted for it later.</source>
        <translation>发放会记录在案，以后不再补发。</translation>
    </message>
    <message>
        <source>The app is not told.</source>
        <translation>不通知应用。</translation>
    </message>
    <message>
        <source>Notifications are switched off in the setting.</source>
        <translation>设置中关闭了通知。</translation>
    </message>
    <message>
        <source>The app would be told: %1; this connection has no push.</source>
        <translation>本应通知应用：%1；此连接没有推送。</translation>
    </message>
    <message>
        <source>, then </source>
        <comment>between the names of two pushes</comment>
        <translation>，再到 </translation>
    </message>
    <message>
        <source>Only rows are written; the app sees the new value when it asks the next time.</source>
        <translation>只写入数据行；应用下次查询时才看到新的好感度。</translation>
    </message>
    <message>
        <source>Nothing will happen.</source>
        <translation>什么都不会发生。</translation>
    </message>
    <message>
        <source>No row is written.</source>
        <translation>不写入任何行。</translation>
    </message>
    <message>
        <source>Nothing changes: the value is %1 already.</source>
        <translation>没有变化：好感度已经是 %1。</translation>
    </message>
    <message>
        <source>Nothing changes: the value stands at its ceiling of %1.</source>
        <translation>没有变化：好感度已在封顶值 %1。</translation>
    </message>
    <message>
        <source>Nothing changes: the value is 0 and cannot fall.</source>
        <translation>没有变化：好感度为 0，不能再降。</translation>
    </message>
    <message>
        <source>This adjustment was carried out before, as log row %1.</source>
        <translation>这次调整以前执行过，流水 %1。</translation>
    </message>
    <message>
        <source>Sending it again writes nothing.</source>
        <translation>再次发送不会写入任何内容。</translation>
    </message>
    <message>
        <source>Rewards of %1 stay with the user.</source>
        <translation>%1的奖励留给用户。</translation>
    </message>
    <message>
        <source>The row that is reversed granted them; a reversal cannot take them back.</source>
        <translation>它们由被冲正的流水发放；冲正不能收回。</translation>
    </message>
    <message>
        <source>It was carried out before.</source>
        <translation>以前执行过。</translation>
    </message>
    <message>
        <source>It would change nothing.</source>
        <translation>不会改变什么。</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>To the next level</source>
        <translation>距下一等级</translation>
    </message>
    <message>
        <source>Refused:</source>
        <translation>已拒绝：</translation>
    </message>
    <message>
        <source>Within your limits:</source>
        <translation>在限额内：</translation>
    </message>
    <message>
        <source>single %1 of %2 · this device today %3 of %4 · you today %5 of %6</source>
        <translation>单次 %1 / %2 · 此设备今日 %3 / %4 · 本人今日 %5 / %6</translation>
    </message>
    <message>
        <source>L%1 from %2</source>
        <translation>L%1：%2 起</translation>
    </message>
    <message>
        <source>ceiling %1</source>
        <translation>封顶 %1</translation>
    </message>
    <message>
        <source>%1 in L%2</source>
        <translation>L%2 内 %1</translation>
    </message>
    <message>
        <source>The device was unbound.</source>
        <translation>设备已解绑。</translation>
    </message>
    <message>
        <source>The value was %1 and is %2 now.</source>
        <translation>好感度原为 %1，现为 %2。</translation>
    </message>
    <message>
        <source>The stored level was %1 and is %2 now.</source>
        <translation>存储的等级原为 %1，现为 %2。</translation>
    </message>
    <message>
        <source>The ceiling was %1 and is %2 now.</source>
        <translation>封顶值原为 %1，现为 %2。</translation>
    </message>
    <message>
        <source>Notifications were switched on or off.</source>
        <translation>通知被打开或关闭。</translation>
    </message>
    <message>
        <source>The level table was edited.</source>
        <translation>等级表被编辑。</translation>
    </message>
    <message>
        <source>A level&apos;s reward was granted meanwhile.</source>
        <translation>其间发放了一个等级的奖励。</translation>
    </message>
    <message>
        <source>The app is told: %1.</source>
        <translation>会通知应用：%1。</translation>
    </message>
    <message>
        <source>The push is written with the change and sent from the outbox, once.</source>
        <translation>推送与改动一起写入，由发件箱发送，只发一次。</translation>
    </message>
</context>
<context>
    <name>DeviceFilter</name>
    <message>
        <source>User %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>Level %1 and up</source>
        <translation>等级 %1 及以上</translation>
    </message>
    <message>
        <source>Active in 7 days</source>
        <translation>7 天内活跃</translation>
    </message>
    <message>
        <source>Idle for 7 days</source>
        <translation>7 天未活跃</translation>
    </message>
    <message>
        <source>Value %1 to %2</source>
        <translation>好感度 %1 至 %2</translation>
    </message>
    <message>
        <source>Value from %1</source>
        <translation>好感度 %1 起</translation>
    </message>
    <message>
        <source>Value to %1</source>
        <translation>好感度至 %1</translation>
    </message>
    <message>
        <source>With unbound</source>
        <translation>含已解绑</translation>
    </message>
</context>
<context>
    <name>DeviceText</name>
    <message>
        <source>All rules: %1 of %2 points gained today</source>
        <translation>所有规则：今日已增 %1 / %2 点</translation>
    </message>
    <message>
        <source>%1: %2 of %3 points, %4 events today</source>
        <translation>%1：今日 %2 / %3 点，%4 个事件</translation>
    </message>
    <message>
        <source>, cooldown %1 left</source>
        <translation>，冷却剩余 %1</translation>
    </message>
    <message>
        <source>Not reconciled</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>Reconciled: %1 log rows, nothing differs</source>
        <translation>已核对：%1 条流水，没有差异</translation>
    </message>
    <message>
        <source>Does not reconcile:</source>
        <translation>对账不符：</translation>
    </message>
    <message>
        <source>no nickname</source>
        <translation>无昵称</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Device %1, at %2, %3</source>
        <translation>设备 %1，%2，%3</translation>
    </message>
    <message>
        <source>Binding %1, serial %2, user %3 (%4)</source>
        <translation>绑定号 %1，序列号 %2，用户 %3（%4）</translation>
    </message>
    <message>
        <source>Bound %1</source>
        <translation>绑定于 %1</translation>
    </message>
    <message>
        <source>Unbound %1</source>
        <translation>解绑于 %1</translation>
    </message>
    <message>
        <source>Last active %1</source>
        <translation>最近活跃 %1</translation>
    </message>
    <message>
        <source>Never active</source>
        <translation>从未活跃</translation>
    </message>
    <message>
        <source>Value %1 of %2, level %3 %4</source>
        <translation>好感度 %1 / %2，等级 %3 %4</translation>
    </message>
    <message>
        <source>%1 points to level %2 %3</source>
        <translation>距等级 %2 %3 还差 %1 点</translation>
    </message>
    <message>
        <source>Next decay %1, if idle</source>
        <translation>下次衰减 %1，若不活跃</translation>
    </message>
    <message>
        <source>No decay ahead</source>
        <translation>近期没有衰减</translation>
    </message>
</context>
<context>
    <name>DraftChanges</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>等级 %1</translation>
    </message>
    <message>
        <source>Persona “%1”</source>
        <translation>画像「%1」</translation>
    </message>
    <message>
        <source>Calendar from %1</source>
        <translation>日历，自 %1</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Personas</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>another</source>
        <translation>已改</translation>
    </message>
    <message>
        <source>Start values</source>
        <translation>初始好感度</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>%1, others</source>
        <translation>%1，内容不同</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Number of rewards</source>
        <translation>奖励个数</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>Notices to clients</source>
        <translation>通知客户端</translation>
    </message>
    <message>
        <source>Enabled, %1</source>
        <translation>启用，%1</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Details that have no field</source>
        <translation>没有对应字段的细节</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>新增%1</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>删除%1</translation>
    </message>
    <message>
        <source>%1, %2: %3 → %4</source>
        <translation>%1，%2：%3 → %4</translation>
    </message>
</context>
<context>
    <name>DraftFile</name>
    <message>
        <source>it is no draft of this program, or was cut</source>
        <translation>它不是本程序的草稿，或不完整</translation>
    </message>
    <message>
        <source>its checksum is wrong</source>
        <translation>校验和不符</translation>
    </message>
    <message>
        <source>a member is missing or has another type</source>
        <translation>缺少成员或成员类型不同</translation>
    </message>
</context>
<context>
    <name>EngineText</name>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>用户名或密码不对。</translation>
    </message>
    <message>
        <source>The account &quot;%1&quot; has no password. Set one in Django&apos;s admin.</source>
        <translation>账号「%1」没有密码。在 Django 后台设一个。</translation>
    </message>
    <message>
        <source>The password of &quot;%1&quot; is stored in a form this program does not check. Sign in on the web once, or have it set again.</source>
        <translation>「%1」的密码的存储格式本程序无法核对。在网页上登录一次，或让人重设密码。</translation>
    </message>
    <message>
        <source>The account &quot;%1&quot; is switched off.</source>
        <translation>账号「%1」已停用。</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>一个对象</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>一个列表</translation>
    </message>
    <message>
        <source>%1 to %2 characters</source>
        <translation>%1 至 %2 个字符</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1 个字符</translation>
    </message>
    <message>
        <source>1 character</source>
        <translation>1 个字符</translation>
    </message>
    <message>
        <source>%1 to %2 items</source>
        <translation>%1 至 %2 项</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>%1 项</translation>
    </message>
    <message>
        <source>is missing. Add it.</source>
        <translation>缺失。补上它。</translation>
    </message>
    <message>
        <source>must be %1, not %2.</source>
        <translation>必须是 %1，而不是 %2。</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 至 %2 的整数</translation>
    </message>
    <message>
        <source>a whole number from 0 to 18446744073709551615</source>
        <translation>0 至 18446744073709551615 的整数</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 至 %2 的数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a text of %1</source>
        <translation>长 %1的文本</translation>
    </message>
    <message>
        <source>holds a line break or another control character. Remove it.</source>
        <translation>含有换行或其他控制字符。去掉它。</translation>
    </message>
    <message>
        <source>a date from &quot;1970-01-01&quot; to &quot;2199-12-31&quot;</source>
        <translation>「1970-01-01」至「2199-12-31」的日期</translation>
    </message>
    <message>
        <source>a list of %1</source>
        <translation>%1的列表</translation>
    </message>
    <message>
        <source>must have %1, not %2.</source>
        <translation>必须有 %1，而不是 %2。</translation>
    </message>
    <message>
        <source>an object in braces</source>
        <translation>花括号中的对象</translation>
    </message>
    <message>
        <source>is not a member that this format has here. Correct its name or remove it; known are %1.</source>
        <translation>不是此格式在这里的成员。改正名称或删除；已知的有 %1。</translation>
    </message>
    <message>
        <source>is missing. If this is the right file, add &quot;format&quot;: &quot;%1&quot;.</source>
        <translation>缺失。如果文件没有选错，加上 &quot;format&quot;: &quot;%1&quot;。</translation>
    </message>
    <message>
        <source>must be &quot;%1&quot;, not &quot;%2&quot;. This is another kind of file.</source>
        <translation>必须是「%1」，而不是「%2」。这是另一种文件。</translation>
    </message>
    <message>
        <source>is %1, but this program reads only versions up to %2. Update the program.</source>
        <translation>为 %1，但本程序只能读到版本 %2。更新程序。</translation>
    </message>
    <message>
        <source>the file is empty. It must hold one JSON object.</source>
        <translation>文件是空的。其中必须有一个 JSON 对象。</translation>
    </message>
    <message>
        <source>there is more text after the end of the document, beginning with %1. Remove it.</source>
        <translation>文档结束后还有文本，以 %1 开头。删除它。</translation>
    </message>
    <message>
        <source>the end of the file</source>
        <translation>文件末尾</translation>
    </message>
    <message>
        <source>the byte 0x%1</source>
        <translation>字节 0x%1</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <source>a colon after the member name</source>
        <translation>成员名后的冒号</translation>
    </message>
    <message>
        <source>a comma or } after the member</source>
        <translation>成员后的逗号或 }</translation>
    </message>
    <message>
        <source>a comma or ] after the list&apos;s item</source>
        <translation>列表项后的逗号或 ]</translation>
    </message>
    <message>
        <source>%1 was expected, but %2 was found.</source>
        <translation>应为 %1，却是 %2。</translation>
    </message>
    <message>
        <source>nested more than %1 levels deep.</source>
        <translation>嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>is given twice in the same object. Remove one of the two.</source>
        <translation>在同一对象中出现两次。删除其中一个。</translation>
    </message>
    <message>
        <source>is one member too many: an object may have at most %1.</source>
        <translation>多出一个成员：一个对象最多 %1 个。</translation>
    </message>
    <message>
        <source>a text holds a line break or control character. Write it as an escape such as \n, or close the text with a double quote.</source>
        <translation>文本中有换行或控制字符。写成 \n 这样的转义，或用双引号结束文本。</translation>
    </message>
    <message>
        <source>a text is not valid UTF-8. Save the file with the encoding UTF-8.</source>
        <translation>文本不是有效的 UTF-8。用 UTF-8 编码保存文件。</translation>
    </message>
    <message>
        <source>the text %1 holds a NUL character, which no database stores. Remove it.</source>
        <translation>文本 %1 含有 NUL 字符，数据库无法存储。去掉它。</translation>
    </message>
    <message>
        <source>there is a comma before }. Remove it.</source>
        <translation>} 前有逗号。删除它。</translation>
    </message>
    <message>
        <source>there is a comma before ]. Remove it.</source>
        <translation>] 前有逗号。删除它。</translation>
    </message>
    <message>
        <source>a number begins with a zero. Remove the zero.</source>
        <translation>数以零开头。去掉零。</translation>
    </message>
    <message>
        <source>%1: the file has %2 bytes; at most %3 are read. Check that it is the right file.</source>
        <translation>%1：文件有 %2 字节；最多读取 %3 字节。检查文件是否选对。</translation>
    </message>
    <message>
        <source>%1: the file cannot be read as JSON.</source>
        <translation>%1：文件不能按 JSON 读取。</translation>
    </message>
    <message>
        <source>%1, line %2, %3</source>
        <translation>%1，第 %2 行，%3</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>The queue &quot;%1&quot; is full (%2 requests wait). Try again when it has caught up.</source>
        <translation>队列「%1」已满（%2 个请求在等）。等它处理完再试。</translation>
    </message>
    <message>
        <source>There is no file &quot;%1&quot;.</source>
        <translation>没有文件「%1」。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be read: %2</source>
        <translation>无法读取「%1」：%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is larger than 16 MiB.</source>
        <translation>「%1」大于 16 MiB。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be written: %2</source>
        <translation>无法写入「%1」：%2</translation>
    </message>
    <message>
        <source>The store is not open.</source>
        <translation>存储没有打开。</translation>
    </message>
    <message>
        <source>must not hold a colon: counters in Redis part their names with it. Choose another key.</source>
        <translation>不能含冒号：Redis 计数器用它分隔名称。换一个键。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is reserved by the engine. Choose another key.</source>
        <translation>「%1」由引擎保留。换一个键。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time zone that this machine knows. Use an IANA name such as &quot;Asia/Shanghai&quot;.</source>
        <translation>「%1」不是本机认识的时区。用 IANA 名称，例如「Asia/Shanghai」。</translation>
    </message>
    <message>
        <source>must not be above max_change, but %1 is above %2.</source>
        <translation>不能大于 max_change，但 %1 大于 %2。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is the key of rules[%2] too. Give each rule a key of its own.</source>
        <translation>「%1」也是 rules[%2] 的键。每条规则要有自己的键。</translation>
    </message>
    <message>
        <source>%1 is the number of another level too. Give each level a number of its own.</source>
        <translation>%1 也是另一等级的编号。每个等级要有自己的编号。</translation>
    </message>
    <message>
        <source>must be above the %1 of level %3, not %2.</source>
        <translation>必须高于等级 %3 的 %1，而不是 %2。</translation>
    </message>
    <message>
        <source>must be above the %1 of level %2, not %3.</source>
        <translation>必须高于等级 %2 的 %1，而不是 %3。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the key of a rule. Decay is on and needs one: add the rule or turn decay_enabled off.</source>
        <translation>「%1」不是规则的键。衰减已开，需要一条：添加规则或关闭 decay_enabled。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not staff and may only look.</source>
        <translation>「%1」不是员工，只能查看。</translation>
    </message>
    <message>
        <source>Unknown reason code &quot;%1&quot;. Known codes: %2.</source>
        <translation>未知原因代码「%1」。已知代码：%2。</translation>
    </message>
    <message>
        <source>The reason is empty. Write why this adjustment is made.</source>
        <translation>原因为空。写明为什么做这次调整。</translation>
    </message>
    <message>
        <source>The ticket number is longer than %1 characters.</source>
        <translation>工单号超过 %1 个字符。</translation>
    </message>
    <message>
        <source>The operation id must have 1 to %1 characters.</source>
        <translation>操作号必须有 1 至 %1 个字符。</translation>
    </message>
    <message>
        <source>%1 is more than a value can hold.</source>
        <translation>%1 超出了好感度的范围。</translation>
    </message>
    <message>
        <source>%1 points are over your limit of %2 for one adjustment.</source>
        <translation>%1 点超出你的单次调整限额 %2。</translation>
    </message>
    <message>
        <source>You adjusted this device by %1 points today; with %2 more it would be over your limit of %3 a device and day.</source>
        <translation>你今天已调整此设备 %1 点；再加 %2 点会超出每台设备每日限额 %3。</translation>
    </message>
    <message>
        <source>You adjusted %1 points today; with %2 more it would be over your limit of %3 a day.</source>
        <translation>你今天已调整 %1 点；再加 %2 点会超出每日限额 %3。</translation>
    </message>
    <message>
        <source>There is no log row %1 in this store.</source>
        <translation>此存储中没有流水 %1。</translation>
    </message>
    <message>
        <source>The operation id %1 was used for another adjustment (log row %2).</source>
        <translation>操作号 %1 已用于另一次调整（流水 %2）。</translation>
    </message>
    <message>
        <source>Log row %1 was reversed before, by log row %2.</source>
        <translation>流水 %1 以前已由流水 %2 冲正。</translation>
    </message>
    <message>
        <source>The device or its levels changed since the preview. Nothing was written; look at the new preview.</source>
        <translation>预览之后设备或其等级发生了变化。没有写入任何内容；查看新的预览。</translation>
    </message>
    <message>
        <source>%1 is %2 characters long; production&apos;s column takes %3.</source>
        <translation>%1 长 %2 个字符；生产库的列最多 %3 个。</translation>
    </message>
    <message>
        <source>UserDevice not found or unbound</source>
        <translation>设备不存在或已解绑</translation>
    </message>
    <message>
        <source>Unknown source &quot;%1&quot;. Known sources: %2.</source>
        <translation>未知来源「%1」。已知来源：%2。</translation>
    </message>
    <message>
        <source>The setting&apos;s time zone &quot;%1&quot; is not in this machine&apos;s time-zone data. Correct the setting, or install tzdata.</source>
        <translation>设置中的时区「%1」不在本机的时区数据中。改正设置，或安装 tzdata。</translation>
    </message>
    <message>
        <source>The connection broke during the commit, and the change is not in the store: nothing was written. It can be sent again.</source>
        <translation>提交时连接中断，变动不在存储中：没有写入任何内容。可以再次发送。</translation>
    </message>
    <message>
        <source>Log row %1 is committed, but the counters were not updated: %2</source>
        <translation>流水 %1 已提交，但计数没有更新：%2</translation>
    </message>
    <message>
        <source>Courses are asked for 1 to %1 days of at most %2 devices.</source>
        <translation>走势可查询 1 至 %1 天，最多 %2 台设备。</translation>
    </message>
    <message>
        <source>This store&apos;s setting has no decay columns, so there is no decay.</source>
        <translation>此存储的设置没有衰减列，因此没有衰减。</translation>
    </message>
    <message>
        <source>There is no binding %1 in this store.</source>
        <translation>此存储中没有绑定 %1。</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was written.</source>
        <translation>导出已取消。没有写入文件。</translation>
    </message>
    <message>
        <source>A date of the export is not a date.</source>
        <translation>导出的某个日期不是日期。</translation>
    </message>
    <message>
        <source>The export&apos;s last date is before its first. Exchange them.</source>
        <translation>导出的截止日期早于开始日期。对调它们。</translation>
    </message>
    <message>
        <source>The list of devices cannot be narrowed by a device or by dates. Use its own filters.</source>
        <translation>设备列表不能按设备或日期缩小。用它自己的筛选。</translation>
    </message>
    <message>
        <source>The export cannot be written: %1</source>
        <translation>无法写入导出：%1</translation>
    </message>
    <message>
        <source>An overview shows 1 to %1 days, not %2.</source>
        <translation>概览可显示 1 至 %1 天，而不是 %2 天。</translation>
    </message>
    <message>
        <source>A histogram has 1 to %1 bins, not %2.</source>
        <translation>直方图可有 1 至 %1 格，而不是 %2 格。</translation>
    </message>
    <message>
        <source>The date of the overview is not a date.</source>
        <translation>概览的日期不是日期。</translation>
    </message>
    <message>
        <source>Log row %1 says %2 %3 %4 = %5.</source>
        <translation>流水 %1 写的是 %2 %3 %4 = %5。</translation>
    </message>
    <message>
        <source>Log row %1 starts at %2, but row %3 before it ended at %4.</source>
        <translation>流水 %1 从 %2 开始，但前一条流水 %3 止于 %4。</translation>
    </message>
    <message>
        <source>The value is %1, but the last log row (%2) left it at %3.</source>
        <translation>好感度为 %1，但最后一条流水（%2）留下的是 %3。</translation>
    </message>
    <message>
        <source>The stored level is %1, but a value of %2 is level %3.</source>
        <translation>存储的等级为 %1，但好感度 %2 应为等级 %3。</translation>
    </message>
    <message>
        <source>Log row %1 reached level %2, but its rewards were never granted.</source>
        <translation>流水 %1 到达等级 %2，但奖励从未发放。</translation>
    </message>
    <message>
        <source>The daily counter of rule %1 on %2 is %3, but the log&apos;s changes add up to %4.</source>
        <translation>规则 %1 在 %2 的每日计数为 %3，但流水变动合计 %4。</translation>
    </message>
    <message>
        <source>%1: both scenarios must have the same, but A has %2 and B has %3</source>
        <translation>%1：两个场景必须相同，但 A 为 %2，B 为 %3</translation>
    </message>
    <message>
        <source>scenario %1: %2</source>
        <translation>场景 %1：%2</translation>
    </message>
    <message>
        <source>calendar[%1]: there is no rule of the key %2</source>
        <translation>calendar[%1]：没有键为 %2 的规则</translation>
    </message>
    <message>
        <source>calendar[%1]: with this entry in force, %2</source>
        <translation>calendar[%1]：此条目生效时，%2</translation>
    </message>
    <message>
        <source>rule_set.setting.decay_rule_key: decay is on, but there is no rule of the key %1</source>
        <translation>rule_set.setting.decay_rule_key：衰减已开，但没有键为 %1 的规则</translation>
    </message>
    <message>
        <source>there is no rule of the key %1</source>
        <translation>没有键为 %1 的规则</translation>
    </message>
    <message>
        <source>with this entry in force, %1</source>
        <translation>此条目生效时，%1</translation>
    </message>
    <message>
        <source>decay is on, but there is no rule of the key %1</source>
        <translation>衰减已开，但没有键为 %1 的规则</translation>
    </message>
    <message>
        <source>the time zone turned its clocks back over midnight around %1; choose other dates or another time zone</source>
        <translation>该时区在 %1 前后把时钟拨回，跨过了零点；换日期或时区</translation>
    </message>
    <message>
        <source>the time zone skipped this date; choose the day after</source>
        <translation>该时区跳过了这一天；选后一天</translation>
    </message>
    <message>
        <source>must be from %1 to %2</source>
        <translation>必须在 %1 至 %2 之间</translation>
    </message>
    <message>
        <source>must be from %1 to %2, not %3</source>
        <translation>必须在 %1 至 %2 之间，而不是 %3</translation>
    </message>
    <message>
        <source>two rules have the key %1</source>
        <translation>两条规则有相同的键 %1</translation>
    </message>
    <message>
        <source>must be above 0</source>
        <translation>必须大于 0</translation>
    </message>
    <message>
        <source>must not be below 0</source>
        <translation>不能小于 0</translation>
    </message>
    <message>
        <source>there is no rule</source>
        <translation>没有规则</translation>
    </message>
    <message>
        <source>levels must be sorted, and no two may have the same number</source>
        <translation>等级必须有序，且编号不能相同</translation>
    </message>
    <message>
        <source>%1 is not a time zone this machine knows</source>
        <translation>%1 不是本机认识的时区</translation>
    </message>
    <message>
        <source>the snapshot file %1 has not been loaded</source>
        <translation>快照文件 %1 没有加载</translation>
    </message>
    <message>
        <source>there is no start value</source>
        <translation>没有初始值</translation>
    </message>
    <message>
        <source>a weight must not be below 0</source>
        <translation>权重不能小于 0</translation>
    </message>
    <message>
        <source>at least one weight must be above 0</source>
        <translation>至少一个权重要大于 0</translation>
    </message>
    <message>
        <source>the weights are too large to add up</source>
        <translation>权重太大，无法相加</translation>
    </message>
    <message>
        <source>there is no rule of this key</source>
        <translation>没有此键的规则</translation>
    </message>
    <message>
        <source>at least one hour must have a weight above 0</source>
        <translation>至少一个时段的权重要大于 0</translation>
    </message>
    <message>
        <source>the shares add up to %1; they must add up to 1</source>
        <translation>占比合计 %1；必须合计 1</translation>
    </message>
    <message>
        <source>is not a date</source>
        <translation>不是日期</translation>
    </message>
    <message>
        <source>must have a date in `from` and the same or a later one in `to`</source>
        <translation>`from` 要有日期，`to` 要有相同或更晚的日期</translation>
    </message>
    <message>
        <source>is not the key of a rule in rule_set.rules. Correct it or add the rule.</source>
        <translation>不是 rule_set.rules 中规则的键。改正它或添加规则。</translation>
    </message>
    <message>
        <source>must have at least one hour above 0, or no event could ever have a time.</source>
        <translation>至少一个时段要大于 0，否则事件无处可落。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is the name of another persona too. Give each a name of its own.</source>
        <translation>「%1」也是另一画像的名称。每个画像要有自己的名称。</translation>
    </message>
    <message>
        <source>the shares add up to %1; they must add up to 1.</source>
        <translation>占比合计 %1；必须合计 1。</translation>
    </message>
    <message>
        <source>must have at least one weight above 0.</source>
        <translation>至少一个权重要大于 0。</translation>
    </message>
    <message>
        <source>must have exactly one of value, histogram and snapshot.</source>
        <translation>value、histogram、snapshot 必须恰有其一。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the key of a rule in rule_set.rules. Correct it or add the rule.</source>
        <translation>「%1」不是 rule_set.rules 中规则的键。改正它或添加规则。</translation>
    </message>
    <message>
        <source>must not be before from, but %1 is before %2.</source>
        <translation>不能早于 from，但 %1 早于 %2。</translation>
    </message>
    <message>
        <source>on %1 min_change would be %2, above max_change %3. Set both, or change the dates.</source>
        <translation>在 %1，min_change 会是 %2，大于 max_change %3。两个都设，或改日期。</translation>
    </message>
    <message>
        <source>on %1 decay would be on, but its rule &quot;%2&quot; is not in rule_set.rules. Add the rule or set decay_rule_key.</source>
        <translation>在 %1 衰减会打开，但其规则「%2」不在 rule_set.rules 中。添加规则或设 decay_rule_key。</translation>
    </message>
    <message>
        <source>The storyline was cancelled.</source>
        <translation>轨迹已取消。</translation>
    </message>
    <message>
        <source>end values are kept for at most %1 devices; simulate fewer</source>
        <translation>最多保留 %1 台设备的终值；减少模拟的设备</translation>
    </message>
    <message>
        <source>The simulation was cancelled.</source>
        <translation>模拟已取消。</translation>
    </message>
    <message>
        <source>The memory database is in use. Nothing was copied; try again.</source>
        <translation>内存数据库正在使用。没有复制任何内容；重试。</translation>
    </message>
    <message>
        <source>Writing the store was cancelled. Its file is of no use.</source>
        <translation>存储的写入已取消。其文件没有用处。</translation>
    </message>
    <message>
        <source>There is no binding %1 to write a change of.</source>
        <translation>没有绑定 %1，无法写入其变动。</translation>
    </message>
    <message>
        <source>A page of devices has 1 to 1,000 rows, not %1.</source>
        <translation>一页设备有 1 至 1,000 行，而不是 %1 行。</translation>
    </message>
    <message>
        <source>Level %1 of binding %2 was granted before.</source>
        <translation>绑定 %2 的等级 %1 以前发放过。</translation>
    </message>
    <message>
        <source>The memory store is in use and was not free in time. Nothing was written; try again.</source>
        <translation>内存存储正在使用，没有及时空出。没有写入任何内容；重试。</translation>
    </message>
    <message>
        <source>The memory store refuses the row: %1.</source>
        <translation>内存存储拒绝该行：%1。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; names no file. Write sqlite:FILE, relative or absolute.</source>
        <translation>存储「%1」没有给出文件。写成 sqlite:FILE，相对或绝对路径都行。</translation>
    </message>
    <message>
        <source>The store &quot;%1&quot; cannot be opened: postgresql and mysql come with the production stores; this build opens sqlite and memory.</source>
        <translation>无法打开存储「%1」：postgresql 和 mysql 随生产存储提供；此版本只打开 sqlite 和 memory。</translation>
    </message>
    <message>
        <source>%1 cannot be created (%2). Check that its folder exists and is writable.</source>
        <translation>无法创建 %1（%2）。检查其文件夹是否存在、可写。</translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name, or open it.</source>
        <translation>%1 已存在。换个名称，或打开它。</translation>
    </message>
    <message>
        <source>%1 cannot be given its name; %2 was made instead and removed. Check the folder&apos;s rights.</source>
        <translation>%1 无法得到它的名称；改成了 %2 并已删除。检查文件夹的权限。</translation>
    </message>
    <message>
        <source>%1 is not a store of the affinity service: %2 is missing. Check that this is the right file.</source>
        <translation>%1 不是好感度服务的存储：缺少 %2。检查文件是否选对。</translation>
    </message>
    <message>
        <source>table %1</source>
        <translation>表 %1</translation>
    </message>
    <message>
        <source>column %1 of table %2</source>
        <translation>表 %2 的列 %1</translation>
    </message>
    <message>
        <source>%1 is damaged: it has %2 bytes and should have %3. Keep the file and restore a backup.</source>
        <translation>%1 已损坏：有 %2 字节，应有 %3 字节。留着文件，恢复备份。</translation>
    </message>
    <message>
        <source>%1 has the console&apos;s tables in version %2; this program knows versions up to %3. Update Affinity Console to open it.</source>
        <translation>%1 中控制台的表为版本 %2；本程序最高认识版本 %3。更新好感度控制台再打开。</translation>
    </message>
    <message>
        <source>%1 does not exist. Check the name, or create a new store.</source>
        <translation>%1 不存在。检查名称，或新建存储。</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 不是文件。</translation>
    </message>
    <message>
        <source>%1 cannot be read. Give this account the right to read it.</source>
        <translation>无法读取 %1。给此账号读取权限。</translation>
    </message>
    <message>
        <source>%1 or its folder is read-only. Make both writable, or open the store for reading only.</source>
        <translation>%1 或其文件夹是只读的。把两者设为可写，或以只读方式打开存储。</translation>
    </message>
    <message>
        <source>%1 cannot be opened: Qt&apos;s SQLite driver is missing. Install it (Debian: libqt6sql6-sqlite).</source>
        <translation>无法打开 %1：缺少 Qt 的 SQLite 驱动。安装它（Debian：libqt6sql6-sqlite）。</translation>
    </message>
    <message>
        <source>%1 is locked by another program and was not free in time (%2). Nothing was written; try again.</source>
        <translation>%1 被另一程序锁住，没有及时空出（%2）。没有写入任何内容；重试。</translation>
    </message>
    <message>
        <source>%1 cannot be written (%2). Make the file and its folder writable, or open the store for reading only.</source>
        <translation>无法写入 %1（%2）。把文件及其文件夹设为可写，或以只读方式打开存储。</translation>
    </message>
    <message>
        <source>%1 cannot grow: the disk or the database is full (%2). Nothing was written; free some space and try again.</source>
        <translation>%1 无法增大：磁盘或数据库已满（%2）。没有写入任何内容；腾出空间再试。</translation>
    </message>
    <message>
        <source>%1 is damaged or is not an SQLite database (%2). Keep the file and restore a backup.</source>
        <translation>%1 已损坏或不是 SQLite 数据库（%2）。留着文件，恢复备份。</translation>
    </message>
    <message>
        <source>%1 cannot be opened, read or written (%2). The file and its folder must be readable, and writable too unless the store is opened for reading only without unfinished changes beside it.</source>
        <translation>无法打开、读取或写入 %1（%2）。文件及其文件夹必须可读；除非以只读方式打开且旁边没有未完成的变动，还必须可写。</translation>
    </message>
    <message>
        <source>%1 refuses the row: %2. Nothing was written.</source>
        <translation>%1 拒绝该行：%2。没有写入任何内容。</translation>
    </message>
    <message>
        <source>%1 gave an answer that nobody expects: %2.</source>
        <translation>%1 给出了意料之外的应答：%2。</translation>
    </message>
    <message>
        <source>%1 has no decay columns in its setting, so decay cannot be set there. Migrate the service first.</source>
        <translation>%1 的设置没有衰减列，无法在那里设衰减。先迁移服务。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>place in a file and what is wrong there</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>A Redis command has no name.</source>
        <translation>一条 Redis 命令没有名称。</translation>
    </message>
    <message>
        <source>A request to Redis is larger than %1 MiB; send it in parts.</source>
        <translation>给 Redis 的一次请求大于 %1 MiB；分几次发送。</translation>
    </message>
    <message>
        <source>A Redis command could not be formatted: out of memory.</source>
        <translation>无法生成 Redis 命令：内存不足。</translation>
    </message>
    <message>
        <source>Redis at %1 is tried again in %2 ms, after %3 failures. Last: %4</source>
        <translation>Redis（%1）在 %2 ms 后再试，已失败 %3 次。上次：%4</translation>
    </message>
    <message>
        <source>Whether the server has done it is not known.</source>
        <translation>不知道服务器是否已执行。</translation>
    </message>
    <message>
        <source>Of %1 commands %2 were answered; whether the server has done the others is not known.</source>
        <translation>%1 条命令中有 %2 条得到应答；不知道服务器是否已执行其余的。</translation>
    </message>
    <message>
        <source>%1 Whether the server has done it is not known.</source>
        <translation>%1不知道服务器是否已执行。</translation>
    </message>
    <message>
        <source>%1 Of %2 commands %3 were answered; whether the server has done the others is not known.</source>
        <translation>%1%2 条命令中有 %3 条得到应答；不知道服务器是否已执行其余的。</translation>
    </message>
    <message>
        <source>%1 Redis at %2 was cancelled.</source>
        <translation>Redis（%2）：%1已取消。</translation>
    </message>
    <message>
        <source>%1 Redis at %2 took longer than it may; the server or the network does not answer.</source>
        <translation>Redis（%2）：%1超时；服务器或网络没有应答。</translation>
    </message>
    <message>
        <source>%1 Redis at %2 failed: the connection was cut (%3).</source>
        <translation>Redis（%2）：%1失败，连接中断（%3）。</translation>
    </message>
    <message>
        <source>Redis at %1 cannot be reached (%2). Check host, port and that the server runs.</source>
        <translation>无法连到 Redis（%1）：%2。检查主机和端口，并确认服务器在运行。</translation>
    </message>
    <message>
        <source>Redis at %1 sent a reply that nobody asked for. The connection is closed.</source>
        <translation>Redis（%1）发来没有请求过的应答。连接已关闭。</translation>
    </message>
    <message>
        <source>Redis at %1 wants a password. Enter user and password in the connection.</source>
        <translation>Redis（%1）要求密码。在连接中填写用户名和密码。</translation>
    </message>
    <message>
        <source>Redis at %1 does not accept this user and password, or the user is switched off. Check both in the connection.</source>
        <translation>Redis（%1）不接受此用户名和密码，或该用户已停用。检查连接中的用户名和密码。</translation>
    </message>
    <message>
        <source>Redis at %1 refused to sign in. The server may have no password set, or no users (before Redis 6): check user and password in the connection.</source>
        <translation>Redis（%1）拒绝登录。服务器可能没有设密码，或没有用户（早于 Redis 6）：检查连接中的用户名和密码。</translation>
    </message>
    <message>
        <source>Redis at %1: this user may not select a database. Give it the command SELECT, or use database 0.</source>
        <translation>Redis（%1）：此用户无权选择数据库。给它 SELECT 命令的权限，或用数据库 0。</translation>
    </message>
    <message>
        <source>Redis at %1: there is no database of that number.</source>
        <translation>Redis（%1）：没有这个编号的数据库。在连接中换一个编号。</translation>
    </message>
    <message>
        <source>Redis refused %1 (%2): %3</source>
        <translation>Redis 拒绝「%1」（%2）：%3</translation>
    </message>
    <message>
        <source>Redis refused %1: &quot;%2&quot;.</source>
        <translation>Redis 拒绝「%1」：「%2」。</translation>
    </message>
    <message>
        <source>The Redis server sent %1. The connection is closed; ask for less at once.</source>
        <translation>Redis 服务器发来%1。连接已关闭；一次少取一些。</translation>
    </message>
    <message>
        <source>What answers is not a Redis server or its answer is damaged (%1). The connection is closed; check host and port.</source>
        <translation>应答的不是 Redis 服务器，或应答已损坏（%1）。连接已关闭；检查主机和端口。</translation>
    </message>
    <message>
        <source>Looking up the host &quot;%1&quot; was cancelled.</source>
        <translation>查找主机「%1」已取消。</translation>
    </message>
    <message>
        <source>The name server did not answer for the host &quot;%1&quot; in time.</source>
        <translation>查找主机「%1」时域名服务器没有及时应答。检查网络后再试。</translation>
    </message>
    <message>
        <source>There is no host &quot;%1&quot;; check its spelling and the network.</source>
        <translation>没有主机「%1」；检查拼写和网络。</translation>
    </message>
    <message>
        <source>Listening to Redis at %1 ended: the connection was cut (%2).</source>
        <translation>对 Redis（%1）的监听已结束：连接中断（%2）。</translation>
    </message>
    <message>
        <source>Redis at %1 did not let us listen within %2 ms; the server or the network does not answer.</source>
        <translation>Redis（%1）在 %2 ms 内没有准许监听；服务器或网络没有应答。</translation>
    </message>
    <message>
        <source>Redis at %1 has been silent for %2 ms; the server or the network is down.</source>
        <translation>Redis（%1）已有 %2 ms 没有消息；服务器或网络已中断。</translation>
    </message>
    <message>
        <source>The Redis address %1. It is written redis://user:password@host:6379/0, or rediss:// for TLS.</source>
        <translation>Redis 地址%1。写法为 redis://user:password@host:6379/0，用 TLS 时为 rediss://。</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; holds no %2 that can be read (PEM). Name another file in the connection.</source>
        <translation>文件「%1」中没有可读的%2（PEM）。在连接中换一个文件。</translation>
    </message>
    <message>
        <source>The certificate of Redis at %1 is signed by an authority that is not trusted here. Name the authority&apos;s file (CA) in the connection.</source>
        <translation>Redis（%1）的证书由本机不信任的机构签发。在连接中指定该机构的证书文件（CA）。</translation>
    </message>
    <message>
        <source>The certificate of Redis at %1 is not for &quot;%2&quot;. Somebody else may answer there; check the host, or name the certificate&apos;s server name in the connection.</source>
        <translation>Redis（%1）的证书不属于「%2」。应答的可能是别的服务器；检查主机，或在连接中填写证书上的服务器名称。</translation>
    </message>
    <message>
        <source>The certificate of Redis at %1 is expired or not valid yet. Have it renewed, or check this machine&apos;s clock.</source>
        <translation>Redis（%1）的证书已过期或尚未生效。让人更新证书，或检查本机的时钟。</translation>
    </message>
    <message>
        <source>Redis at %1 and this program found no TLS connection (%2). Check that the port is a TLS port.</source>
        <translation>本程序与 Redis（%1）无法建立 TLS 连接（%2）。检查该端口是否为 TLS 端口。</translation>
    </message>
    <message>
        <source>the key holds another type of value. Another program writes under this name: check the key prefix, or delete the key.</source>
        <translation>键的值是另一种类型。有别的程序在用这个名称写入：检查键前缀，或删除该键。</translation>
    </message>
    <message>
        <source>the server wants a password. Enter user and password in the connection.</source>
        <translation>服务器要求密码。在连接中填写用户名和密码。</translation>
    </message>
    <message>
        <source>user or password is wrong, or the user is switched off. Check both in the connection.</source>
        <translation>用户名或密码不对，或该用户已停用。检查连接中的用户名和密码。</translation>
    </message>
    <message>
        <source>this Redis user has no right to the command or the key. Ask for the right (ACL SETUSER), or use another user.</source>
        <translation>此 Redis 用户无权使用该命令或该键。让人授权（ACL SETUSER），或换一个用户。</translation>
    </message>
    <message>
        <source>this server is a read-only replica; after a failover the master is another one. The connection is opened anew; name the master&apos;s address if this stays.</source>
        <translation>此服务器是只读副本；故障切换后主服务器已换。连接会重新打开；如果仍然如此，改填主服务器的地址。</translation>
    </message>
    <message>
        <source>the server is still loading its data. Try again in a moment.</source>
        <translation>服务器还在载入数据。稍后再试。</translation>
    </message>
    <message>
        <source>the server is held up by a script. Try again; if it stays, an administrator ends it with SCRIPT KILL.</source>
        <translation>服务器被一个脚本占住。再试一次；如果仍然如此，由管理员用 SCRIPT KILL 结束脚本。</translation>
    </message>
    <message>
        <source>the server&apos;s memory is full (maxmemory). Raise maxmemory or free keys; nothing was written.</source>
        <translation>服务器的内存已满（maxmemory）。调高 maxmemory 或删除一些键；没有写入任何内容。</translation>
    </message>
    <message>
        <source>the server cannot save its data to disk and takes no writes. Free its disk and check its log.</source>
        <translation>服务器无法把数据存盘，不接受写入。清理它的磁盘，并查看它的日志。</translation>
    </message>
    <message>
        <source>the server has fewer replicas than min-replicas-to-write and takes no writes. Bring the replicas back.</source>
        <translation>服务器的副本少于 min-replicas-to-write，不接受写入。恢复副本。</translation>
    </message>
    <message>
        <source>this is a node of a Redis Cluster and the key is on another one. Name a server that is not a cluster.</source>
        <translation>这是 Redis Cluster 的一个节点，该键在另一节点上。改用非集群的服务器。</translation>
    </message>
    <message>
        <source>this is a node of a Redis Cluster and the key is moving to another one. Name a server that is not a cluster.</source>
        <translation>这是 Redis Cluster 的一个节点，该键正在迁往另一节点。改用非集群的服务器。</translation>
    </message>
    <message>
        <source>this is a Redis Cluster and the keys are on different nodes. Name a server that is not a cluster.</source>
        <translation>这是 Redis Cluster，这些键在不同的节点上。改用非集群的服务器。</translation>
    </message>
    <message>
        <source>this is a Redis Cluster and it is down. Name a server that is not a cluster.</source>
        <translation>这是 Redis Cluster，且已停止服务。改用非集群的服务器。</translation>
    </message>
    <message>
        <source>this is a Redis Cluster and its keys are moving. Name a server that is not a cluster.</source>
        <translation>这是 Redis Cluster，它的键正在迁移。改用非集群的服务器。</translation>
    </message>
    <message>
        <source>this replica has lost its master and gives no old data. Try again, or name the master&apos;s address.</source>
        <translation>此副本与主服务器失去联系，不提供旧数据。再试一次，或改填主服务器的地址。</translation>
    </message>
    <message>
        <source>the server has as many connections as it takes. Try again; if it stays, raise maxclients.</source>
        <translation>服务器的连接数已到上限。再试一次；如果仍然如此，调高 maxclients。</translation>
    </message>
    <message>
        <source>the server runs in protected mode and takes connections of its own machine only. Set a password there.</source>
        <translation>服务器处于保护模式，只接受它本机的连接。在服务器上设一个密码。</translation>
    </message>
    <message>
        <source>the server does not hold this script (it was restarted). It is sent whole with EVAL.</source>
        <translation>服务器没有这个脚本（它重启过）。脚本会用 EVAL 整段发送。</translation>
    </message>
    <message>
        <source>%1:%2, database %3</source>
        <translation>%1:%2，数据库 %3</translation>
    </message>
    <message>
        <source>Connecting to</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Starting TLS with</source>
        <translation>建立 TLS 连接</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>the connection at %1</source>
        <translation>连接 %1</translation>
    </message>
    <message>
        <source>to listen at %1</source>
        <translation>监听 %1</translation>
    </message>
    <message>
        <source>a reply of more than %1 bytes</source>
        <translation>超过 %1 字节的应答</translation>
    </message>
    <message>
        <source>a reply of more than %1 elements</source>
        <translation>超过 %1 个元素的应答</translation>
    </message>
    <message>
        <source>a reply of arrays nested deeper than %1</source>
        <translation>数组嵌套超过 %1 层的应答</translation>
    </message>
    <message>
        <source>a line of more than %1 bytes</source>
        <translation>超过 %1 字节的一行</translation>
    </message>
    <message>
        <source>certificate of an authority</source>
        <translation>颁发机构的证书</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>cannot be read; characters such as @ / # % in a password are percent-encoded</source>
        <translation>无法读取；密码中的 @、/、#、% 等字符要写成百分号编码</translation>
    </message>
    <message>
        <source>does not start with redis:// or rediss://</source>
        <translation>不以 redis:// 或 rediss:// 开头</translation>
    </message>
    <message>
        <source>names no host</source>
        <translation>没有主机</translation>
    </message>
    <message>
        <source>has a ? or # part, which is not known</source>
        <translation>含有 ? 或 # 部分，本程序不认识</translation>
    </message>
    <message>
        <source>has a port that is not 1 to 65535</source>
        <translation>的端口不在 1 至 65535 之间</translation>
    </message>
    <message>
        <source>has a user without a password</source>
        <translation>有用户名而没有密码</translation>
    </message>
    <message>
        <source>has a database that is not a number from 0</source>
        <translation>的数据库不是从 0 起的整数</translation>
    </message>
    <message>
        <source>The Redis server&apos;s maxmemory-policy is &quot;%1&quot;, which this program does not know. Set it to noeviction, so that no counter is dropped.</source>
        <translation>Redis 服务器的 maxmemory-policy 为「%1」，本程序不认识。将其设为 noeviction，以免计数被淘汰。</translation>
    </message>
    <message>
        <source>Set maxmemory-policy to noeviction, or give the counters a Redis of their own; the limits hold through SQL meanwhile, but a Django service beside this one sees only Redis.</source>
        <translation>将 maxmemory-policy 设为 noeviction，或为计数单独使用一个 Redis；在此期间上限由 SQL 保证，但旁边的 Django 服务只看 Redis。</translation>
    </message>
    <message>
        <source>The Redis server is a replica of %1:%2 and takes no writes. Name the master&apos;s address.</source>
        <translation>此 Redis 服务器是 %1:%2 的副本，不接受写入。改填主服务器的地址。</translation>
    </message>
    <message>
        <source>The Redis server is a node of a cluster, where the counters of one device lie on different nodes and cannot be written together. Name a server that is not a cluster.</source>
        <translation>此 Redis 服务器是集群节点，同一设备的计数分布在不同节点上，无法一起写入。改填非集群的服务器。</translation>
    </message>
    <message>
        <source>The Redis server was restarted or replaced since its counters were last rebuilt, and may have lost its last writes. The counters are rebuilt from the log.</source>
        <translation>上次重建计数之后，Redis 服务器曾重启或被替换，可能丢失了最后的写入。计数将由流水重建。</translation>
    </message>
    <message>
        <source>The Redis server&apos;s clock is %1 s %2 the store&apos;s. No limit depends on it, but one of the two is wrong: check the time service on both machines.</source>
        <translation>Redis 服务器的时钟与存储相差 %1 秒（%2）。上限不依赖它，但两者之一有误：检查两台机器的时间服务。</translation>
    </message>
    <message>
        <source>The counter %1 in Redis holds &quot;%2&quot;, which is no whole number; a Django service fails on it too. Find out what wrote it, then delete the key: the log still has the sum.</source>
        <translation>Redis 中的计数 %1 为「%2」，不是整数；Django 服务也会因此出错。查明是谁写入的，再删除该键：流水中仍有总和。</translation>
    </message>
    <message>
        <source>Another program keeps writing the counters of this device in a form that cannot be added to. Nothing was counted; try again.</source>
        <translation>另一个程序不断以无法累加的形式写入此设备的计数。本次没有计数；再试一次。</translation>
    </message>
    <message>
        <source>ahead of</source>
        <translation>快于存储</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>慢于存储</translation>
    </message>
    <message>
        <source>%1 Above it a second person has to agree, which this version cannot ask for yet.</source>
        <translation>%1超过上限须由另一人同意，本版本尚不能发起申请。</translation>
    </message>
    <message>
        <source>Some of the user&apos;s channels were told, others may not have been: %1</source>
        <translation>用户的部分连接已收到通知，其余可能没有：%1</translation>
    </message>
    <message>
        <source>%1 asked to do the whole unit again: %2. Nothing was written.</source>
        <translation>%1 要求整个单元重做：%2。没有写入任何内容。</translation>
    </message>
    <message>
        <source>%1: somebody else holds the row and did not give it back in time (%2). Nothing was written; try again.</source>
        <translation>%1：该行被他人占用，未在时限内释放（%2）。没有写入任何内容，重试。</translation>
    </message>
    <message>
        <source>%1 took too long and the statement was ended (%2). Nothing was written; narrow the question or try again.</source>
        <translation>%1 用时过长，语句已被终止（%2）。没有写入任何内容；缩小查询范围或重试。</translation>
    </message>
    <message>
        <source>%1 takes no changes: it is a standby or was opened for reading only (%2). Connect to the primary server.</source>
        <translation>%1 不接受更改：它是备用服务器，或以只读方式打开（%2）。连接主服务器。</translation>
    </message>
    <message>
        <source>%1 does not allow this to the signed-in database user (%2). Ask for a role that may, or open the store for reading only.</source>
        <translation>%1 不允许当前数据库用户执行此操作（%2）。申请有权限的角色，或以只读方式打开。</translation>
    </message>
    <message>
        <source>%1 did not let us in: %2. Check user and password.</source>
        <translation>%1 拒绝登录：%2。检查用户名和密码。</translation>
    </message>
    <message>
        <source>%1 does not exist on that server (%2). Check the name.</source>
        <translation>该服务器上没有 %1（%2）。检查名称。</translation>
    </message>
    <message>
        <source>%1 has no room left: %2. Nothing was written; free some space on the server and try again.</source>
        <translation>%1 空间已满：%2。没有写入任何内容；在服务器上腾出空间后重试。</translation>
    </message>
    <message>
        <source>%1 ended the connection: %2. Nothing was written; try again when the server is back.</source>
        <translation>%1 断开了连接：%2。没有写入任何内容；在服务器恢复后重试。</translation>
    </message>
    <message>
        <source>%1 is damaged: %2. Ask the database&apos;s administrator.</source>
        <translation>%1 已损坏：%2。联系数据库管理员。</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2. Check address, user and password, and that the server runs.</source>
        <translation>无法连接 %1：%2。检查地址、用户名和密码，并确认服务器正在运行。</translation>
    </message>
    <message>
        <source>no answer within the time allowed</source>
        <translation>在规定时间内没有应答</translation>
    </message>
    <message>
        <source>the server offers no encryption</source>
        <translation>服务器不提供加密</translation>
    </message>
    <message>
        <source>The connection to %1 broke: %2. Nothing was written; try again when the server is back.</source>
        <translation>与 %1 的连接中断：%2。没有写入任何内容；在服务器恢复后重试。</translation>
    </message>
    <message>
        <source>The connection to %1 broke during the transaction. Nothing was written; try again.</source>
        <translation>与 %1 的连接在事务中中断。没有写入任何内容，重试。</translation>
    </message>
    <message>
        <source>The connection to %1 broke during the commit, so it is not known whether the change stands. It is looked up when the server is back.</source>
        <translation>与 %1 的连接在提交时中断，因此不知道更改是否生效。服务器恢复后会查明。</translation>
    </message>
    <message>
        <source>The question to %1 was cancelled.</source>
        <translation>对 %1 的查询已取消。</translation>
    </message>
    <message>
        <source>%1 is behind a connection pooler, where locks and transactions may reach another&apos;s session. Give the address of the server itself, or open the store for reading only.</source>
        <translation>%1 位于连接池之后，锁和事务可能落到他人的会话上。填写服务器本身的地址，或以只读方式打开。</translation>
    </message>
    <message>
        <source>%1 is a standby and takes no changes. Connect to the primary server, or open the store for reading only.</source>
        <translation>%1 是备用服务器，不接受更改。连接主服务器，或以只读方式打开。</translation>
    </message>
    <message>
        <source>There is no memory for a connection to %1.</source>
        <translation>内存不足，无法建立与 %1 的连接。</translation>
    </message>
    <message>
        <source>%1 answered rows that nobody asked for.</source>
        <translation>%1 返回了未求的行。</translation>
    </message>
    <message>
        <source>A statement for %1 has %2 values instead of %3.</source>
        <translation>发往 %1 的语句有 %2 个值，应为 %3 个。</translation>
    </message>
    <message>
        <source>%1 rolled the transaction back instead of committing it.</source>
        <translation>%1 回滚了事务，而没有提交。</translation>
    </message>
    <message>
        <source>%1 refuses the row: the serial of binding %2 is bound already. Nothing was written.</source>
        <translation>%1 拒绝该行：绑定 %2 的序列号已被绑定。没有写入任何内容。</translation>
    </message>
    <message>
        <source>The store&apos;s URL is not understood: %1. Write postgresql://USER@HOST:PORT/DATABASE or mysql://USER@HOST:PORT/DATABASE.</source>
        <translation>无法理解存储的 URL：%1。写成 postgresql://USER@HOST:PORT/DATABASE 或 mysql://USER@HOST:PORT/DATABASE。</translation>
    </message>
    <message>
        <source>it is no URL of a database server</source>
        <translation>它不是数据库服务器的 URL</translation>
    </message>
    <message>
        <source>sslmode is prefer, require, verify-ca or verify-full</source>
        <translation>sslmode 只能是 prefer、require、verify-ca 或 verify-full</translation>
    </message>
    <message>
        <source>the option &quot;%1&quot; is not known</source>
        <translation>未知选项「%1」</translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation>缺少主机</translation>
    </message>
    <message>
        <source>the user is missing</source>
        <translation>缺少用户</translation>
    </message>
    <message>
        <source>the database is missing</source>
        <translation>缺少数据库</translation>
    </message>
    <message>
        <source>Event &quot;%1&quot; is being applied by somebody else and was not finished in time. Nothing was written; try again.</source>
        <translation>事件「%1」正由他人应用，未在时限内完成。没有写入任何内容，重试。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the URL of a store. Write sqlite:FILE, postgresql://USER@HOST:PORT/DATABASE, mysql://USER@HOST:PORT/DATABASE or memory:.</source>
        <translation>「%1」不是存储的 URL。写成 sqlite:FILE、postgresql://USER@HOST:PORT/DATABASE、mysql://USER@HOST:PORT/DATABASE 或 memory:。</translation>
    </message>
    <message>
        <source>The event&apos;s lists and objects lie more than %1 deep in one another.</source>
        <translation>事件中的列表和对象嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>The event holds a value that JSON does not have.</source>
        <translation>事件中含有 JSON 不支持的值。</translation>
    </message>
    <message>
        <source>The pushed event&apos;s member &quot;%1&quot; is missing or has a wrong value.</source>
        <translation>推送事件的成员「%1」缺失或值有误。</translation>
    </message>
    <message>
        <source>The event is too large to be pushed: it has %1 bytes of at most %2. Shorten the rewards of its levels.</source>
        <translation>事件过大，无法推送：共 %1 字节，最多 %2 字节。缩短等级奖励的内容。</translation>
    </message>
    <message>
        <source>%1 is no user&apos;s id.</source>
        <translation>%1 不是用户号。</translation>
    </message>
    <message>
        <source>The push group &quot;%1&quot; lacks {user_id}: every user would be told of everybody&apos;s devices. Write for example affinity_user_{user_id}.</source>
        <translation>推送组「%1」缺少 {user_id}：每个用户都会收到所有人设备的消息。可写成 affinity_user_{user_id}。</translation>
    </message>
    <message>
        <source>The push group &quot;%1&quot; makes a name that Django&apos;s channels refuse: use ASCII letters, digits, &quot;-&quot;, &quot;_&quot; and &quot;.&quot;, fewer than 100 in all.</source>
        <translation>推送组「%1」得到的名称会被 Django Channels 拒绝：只用 ASCII 字母、数字、「-」「_」「.」，总数少于 100 个。</translation>
    </message>
    <message>
        <source>A setting of the push is out of range: prefix up to 200 bytes, capacity 1 to 1000000, expiry 1 to 86400 s, group expiry 1 to 31536000 s, time limit above 0 ms.</source>
        <translation>推送设置超出范围：前缀最多 200 字节，容量 1 到 1000000，有效期 1 到 86400 秒，组有效期 1 到 31536000 秒，时限大于 0 毫秒。</translation>
    </message>
    <message>
        <source>%1 events are too many for one push; send at most %2.</source>
        <translation>一次推送 %1 个事件过多，最多 %2 个。</translation>
    </message>
    <message>
        <source>A counter that this event needs cannot be read; nothing was written. %1</source>
        <translation>无法读取此事件所需的计数器，没有写入任何内容。%1</translation>
    </message>
    <message>
        <source>The counter store cannot be asked, and another writer goes by it; nothing was written. Send the event again when it answers. (%1)</source>
        <translation>无法查询计数器，而另一写入方以它为准；没有写入任何内容。等它恢复应答后再发送该事件。（%1）</translation>
    </message>
    <message>
        <source>Nobody knows yet whether log row %1 was written: the answer to its commit was lost, and the store could not be asked. Look for the row, or send the same event id or operation id again. (%2)</source>
        <translation>尚不知道流水 %1 是否已写入：提交的应答丢失，且无法查询存储。查找该行，或用相同的事件号或操作号 重新发送。（%2）</translation>
    </message>
    <message>
        <source>The version of the counters&apos; keys is a number from 0 on, Django&apos;s VERSION.</source>
        <translation>计数器键的版本是从 0 起的整数，即 Django 的 VERSION。</translation>
    </message>
    <message>
        <source>Redis has no counter %1, but the log&apos;s changes of today add up to %2.</source>
        <translation>Redis 中没有计数器 %1，而流水中今天的变动合计为 %2。</translation>
    </message>
    <message>
        <source>The counter %1 in Redis holds &quot;%2&quot;, which is no whole number; the log&apos;s changes of today add up to %3.</source>
        <translation>Redis 中的计数器 %1 为「%2」，不是整数；流水中今天的变动合计为 %3。</translation>
    </message>
    <message>
        <source>The counter %1 in Redis is %2, but the log&apos;s changes of today add up to %3.</source>
        <translation>Redis 中的计数器 %1 为 %2，而流水中今天的变动合计为 %3。</translation>
    </message>
    <message>
        <source>Redis has no cooldown %1, but by the log it runs for another %2 s.</source>
        <translation>Redis 中没有冷却 %1，而按流水它还要持续 %2 秒。</translation>
    </message>
    <message>
        <source>The cooldown %1 in Redis runs for another %2 s, but by the log for %3 s.</source>
        <translation>Redis 中的冷却 %1 还要持续 %2 秒，而按流水是 %3 秒。</translation>
    </message>
    <message>
        <source>The cooldown %1 in Redis has no end: the rule never fires again for this device. Delete the key.</source>
        <translation>Redis 中的冷却 %1 没有期限：该规则对此设备再也不会触发。删除该键。</translation>
    </message>
    <message>
        <source>The counter %1 in Redis has no end and stays for ever. Delete the key once its day is over.</source>
        <translation>Redis 中的计数器 %1 没有期限，会一直存在。在当天结束后删除该键。</translation>
    </message>
    <message>
        <source>The counter %1 holds &quot;%2&quot;, which is no whole number; it will be left alone.</source>
        <translation>计数器 %1 为「%2」，不是整数；将保持原样。</translation>
    </message>
    <message>
        <source>Too many log rows wait for the counters: row %1 waits no longer. A rebuild of the counters makes up for it.</source>
        <translation>等待写入计数器的流水过多：流水 %1 不再等待。重建计数器会补上。</translation>
    </message>
    <message>
        <source>the server closed it</source>
        <translation>服务器关闭了连接</translation>
    </message>
    <message>
        <source>The webhook at %1 answered with status %2: %3</source>
        <translation>Webhook（%1）应答状态 %2：%3</translation>
    </message>
    <message>
        <source>The certificate of the webhook at %1 is not for that host. Somebody else may answer there; check the address.</source>
        <translation>Webhook（%1）的证书不属于该主机，应答的可能是别人。检查地址。</translation>
    </message>
    <message>
        <source>The certificate of the webhook at %1 is expired or not valid yet. Have it renewed, or check this machine&apos;s clock.</source>
        <translation>Webhook（%1）的证书已过期或尚未生效。更新证书，或检查本机时钟。</translation>
    </message>
    <message>
        <source>The certificate of the webhook at %1 is not trusted here (%2). Name the authority&apos;s file (CA) for the webhook.</source>
        <translation>本机不信任 Webhook（%1）的证书（%2）。为 Webhook 指定签发机构的文件（CA）。</translation>
    </message>
    <message>
        <source>The webhook at %1 and this program found no TLS connection. Check that the port is a TLS port.</source>
        <translation>Webhook（%1）与本程序无法建立 TLS 连接。确认端口是 TLS 端口。</translation>
    </message>
    <message>
        <source>Nothing listens at %1, where the webhook should be.</source>
        <translation>%1 没有程序在监听，Webhook 本应在那里。</translation>
    </message>
    <message>
        <source>The webhook&apos;s host at %1 has no address.</source>
        <translation>找不到 Webhook 主机的地址（%1）。</translation>
    </message>
    <message>
        <source>The webhook at %1 closed the connection before its answer was whole.</source>
        <translation>Webhook（%1）在应答完整之前关闭了连接。</translation>
    </message>
    <message>
        <source>The webhook at %1 gave no answer that is HTTP, or the network failed (%2).</source>
        <translation>Webhook（%1）的应答不是 HTTP，或网络出错（%2）。</translation>
    </message>
    <message>
        <source>The webhook at %1 answered with a redirect (status %2), which is not followed. Enter the address that it leads to.</source>
        <translation>Webhook（%1）应答重定向（状态 %2），程序不会跟随。填写它所指向的地址。</translation>
    </message>
    <message>
        <source>The webhook at %1 answered with status %2.</source>
        <translation>Webhook（%1）应答状态 %2。</translation>
    </message>
    <message>
        <source>The webhook at %1 took no connection within %2 ms.</source>
        <translation>Webhook（%1）在 %2 毫秒内没有接受连接。</translation>
    </message>
    <message>
        <source>The webhook at %1 gave no whole answer within %2 ms.</source>
        <translation>Webhook（%1）在 %2 毫秒内没有给出完整应答。</translation>
    </message>
    <message>
        <source>The delivery to the webhook at %1 was cancelled; it may have arrived.</source>
        <translation>发往 Webhook（%1）的发放已取消；它可能已经到达。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address cannot be read or names no host. It is written https://host/path.</source>
        <translation>Webhook 的地址无法识别，或没有主机。应写成 https://host/path。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address does not start with https://.</source>
        <translation>Webhook 的地址不以 https:// 开头。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address holds a user or password. Leave them out; the receiver knows this program by the signature.</source>
        <translation>Webhook 的地址含有用户名或密码。去掉它们；接收方凭签名识别本程序。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address is http:// on another machine, where everybody on the way can read and change what is sent. Use https://.</source>
        <translation>Webhook 的地址是另一台机器上的 http://，途中任何人都能读取和改动内容。改用 https://。</translation>
    </message>
    <message>
        <source>The webhook&apos;s key is shorter than %1 bytes. Make one of 32 random bytes, and give it to the receiver too.</source>
        <translation>Webhook 的密钥短于 %1 字节。生成 32 个随机字节作密钥，并交给接收方。</translation>
    </message>
    <message>
        <source>The file &quot;%1&quot; holds no certificate of an authority that can be read (PEM). Name another file for the webhook.</source>
        <translation>文件「%1」中没有可读取的签发机构证书（PEM）。为 Webhook 指定别的文件。</translation>
    </message>
    <message>
        <source>Row %1 of affinity_console_outbox, for log row %2, is not what this program writes. It is passed over; look at it and delete it.</source>
        <translation>affinity_console_outbox 的第 %1 行（流水 %2）不是本程序写入的内容，已跳过。查看后将它删除。</translation>
    </message>
    <message>
        <source>%1 keeps no reward deliveries. Prepare the store to have them kept and sent.</source>
        <translation>%1 不保存奖励发放。准备好存储后，才会保存并发送。</translation>
    </message>
    <message>
        <source>%1 may look only. Having a reward sent again takes a member of staff.</source>
        <translation>%1 只能查看。重新发放奖励需要员工身份。</translation>
    </message>
    <message>
        <source>%1 has lost the row of its table affinity_console_relay_lease. Insert it again: id 1, an empty holder, a time in the past.</source>
        <translation>%1 的表 affinity_console_relay_lease 丢失了唯一的一行。重新插入：id 为 1，holder 为空，时间在过去。</translation>
    </message>
    <message>
        <source>A page of reward deliveries has 1 to 1,000 rows, not %1.</source>
        <translation>奖励发放每页 1 至 1,000 行，而不是 %1 行。</translation>
    </message>
    <message>
        <source>The store has no outbox, and one was written to.</source>
        <translation>此存储没有发件箱，却有内容要写入发件箱。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment: %2. An account of that name has to be active staff in Django&apos;s admin. Nothing was written.</source>
        <translation>%1 拒绝了这次调整：%2。Django 管理后台中须有同名且启用的员工账号。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 knows you by your database user: %2. Sign in under that name. Nothing was written.</source>
        <translation>%1 按数据库用户识别你：%2。应以该名称登录。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses a row that is no adjustment: %2. Nothing was written.</source>
        <translation>%1 拒绝了不属于调整的一行：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses an adjustment without a reason: %2. Nothing was written.</source>
        <translation>%1 拒绝没有原因的调整：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment&apos;s operation id: %2. Nothing was written.</source>
        <translation>%1 拒绝了这次调整的操作号：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment&apos;s device: %2. Nothing was written.</source>
        <translation>%1 拒绝了这次调整的设备：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment&apos;s time: %2. Nothing was written; try again.</source>
        <translation>%1 拒绝了这次调整的时间：%2。未写入任何内容；可以再试一次。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment: %2. Nothing was written; look at the new preview.</source>
        <translation>%1 拒绝了这次调整：%2。未写入任何内容；应查看新的预览。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment&apos;s numbers: %2. Nothing was written.</source>
        <translation>%1 拒绝了这次调整的数值：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment, which is over a limit: %2. Nothing was written.</source>
        <translation>%1 拒绝了超出限额的调整：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1 refuses the adjustment&apos;s level: %2. Nothing was written; look at the new preview.</source>
        <translation>%1 拒绝了这次调整的等级：%2。未写入任何内容；应查看新的预览。</translation>
    </message>
    <message>
        <source>%1 takes adjustments in transactions that are read committed: %2. Nothing was written.</source>
        <translation>%1 只接受「读已提交」事务中的调整：%2。未写入任何内容。</translation>
    </message>
    <message>
        <source>%1: the signed-in database user may only read. Sign in to the database as somebody who may adjust.</source>
        <translation>%1：登录的数据库用户只能读取。应以有权调整的用户登录数据库。</translation>
    </message>
    <message>
        <source>%1: the signed-in database user may only adjust. Nothing was touched; events are applied by a user with the role affinity_engine.</source>
        <translation>%1：登录的数据库用户只能调整。没有改动任何内容；事件由具有 affinity_engine 角色的用户应用。</translation>
    </message>
    <message>
        <source>Roles are a database server&apos;s, and this store is on none: give the URL of a PostgreSQL or MariaDB database.</source>
        <translation>角色属于数据库服务器，而此存储不在服务器上：应给出 PostgreSQL 或 MariaDB 数据库的 URL。</translation>
    </message>
    <message>
        <source>%1 has not the console&apos;s own tables yet, which the roles are about. Run prepare without --roles first.</source>
        <translation>%1 还没有角色所涉及的控制台自己的表。应先运行不带 --roles 的 prepare。</translation>
    </message>
    <message>
        <source>%1: the schema &quot;%2&quot; has a name that the roles&apos; statements cannot hold. Only letters, digits, spaces, _ and - are taken.</source>
        <translation>%1：角色的语句容不下模式名「%2」，只接受字母、数字、空格、_ 和 -。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改动任何内容。</translation>
    </message>
    <message>
        <source>Part of it may have been done.</source>
        <translation>其中一部分可能已经完成。</translation>
    </message>
    <message>
        <source>The schema mapping names the schema %1, and an SQLite file has none. Name its tables without a dot.</source>
        <translation>名称映射提到模式 %1，而 SQLite 文件没有模式。其中的表名不应带点。</translation>
    </message>
    <message>
        <source>is no table that the console reads. These are: %1.</source>
        <translation>不是控制台读取的表。这些才是：%1。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name of a table. It may have letters without accents, digits, _ and $, up to 63 of them, and a schema with a dot in front.</source>
        <translation>「%1」不是表名。表名可由不带重音的字母、数字、_ 和 $ 组成，至多 63 个字符，前面可加模式名和点。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a name of the console&apos;s own tables.</source>
        <translation>「%1」是控制台自己的表名。</translation>
    </message>
    <message>
        <source>is no column of %1 that the console reads. These are: %2.</source>
        <translation>不是控制台读取的 %1 的列。这些才是：%2。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name of a column. It may have letters without accents, digits, _ and $, up to 63 of them.</source>
        <translation>「%1」不是列名。列名可由不带重音的字母、数字、_ 和 $ 组成，至多 63 个字符。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is the name of %2, too. Give each a name of its own.</source>
        <translation>「%1」也是 %2 的名称。每一个都要有自己的名称。</translation>
    </message>
</context>
<context>
    <name>Environment</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Dev</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发布</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
</context>
<context>
    <name>Formatting</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>h</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>d</source>
        <translation>天</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>Day and month in Qt&apos;s date format, e.g. &quot;22 Aug&quot;</extracomment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>Day, month and year in Qt&apos;s date format, e.g. &quot;20 Nov 2025&quot;</extracomment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>dddd d MMMM yyyy</source>
        <extracomment>A whole date with its weekday in Qt&apos;s date format, e.g. &quot;Thursday 20 November 2025&quot;</extracomment>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 mon</source>
        <translation>%1 个月</translation>
    </message>
    <message>
        <source>%1 y</source>
        <translation>%1 年</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>LoadingPage</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
</context>
<context>
    <name>PersonasEditor</name>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>no reward</source>
        <translation>无奖励</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>Log row %1 of %2 is reversed.</source>
        <translation>%2 的流水 %1 已冲正。</translation>
    </message>
    <message>
        <source>The value of %1 is set to %2.</source>
        <translation>%2 的好感度已设为 %1。</translation>
    </message>
    <message>
        <source>%1 taken from %2.</source>
        <translation>已从 %2 扣除 %1。</translation>
    </message>
    <message>
        <source>%1 added to %2.</source>
        <translation>已给 %2 增加 %1。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Log row</source>
        <translation>流水</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Reverses log row</source>
        <translation>冲正的流水</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>%1 → %2 (%3)</source>
        <translation>%1 → %2（%3）</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>not told again; see the device&apos;s grants</source>
        <translation>不重复列出；见设备的奖励发放</translation>
    </message>
    <message>
        <source>Rewards granted</source>
        <translation>已发放奖励</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Rewards failed</source>
        <translation>发放失败的奖励</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Confirmed: the row was read back.</source>
        <translation>已确认：该流水已读回。</translation>
    </message>
    <message>
        <source>Not confirmed: the row was not read back.</source>
        <translation>未确认：该流水没有读回。</translation>
    </message>
</context>
<context>
    <name>SavedFilters</name>
    <message>
        <source>it is no JSON (%1 at byte %2)</source>
        <translation>不是 JSON（%1，位于字节 %2）</translation>
    </message>
    <message>
        <source>“version” or “filters” is missing</source>
        <translation>缺少「version」或「filters」</translation>
    </message>
    <message>
        <source>“%1” of filter %2 means nothing</source>
        <translation>筛选 %2 的「%1」无法识别</translation>
    </message>
    <message>
        <source>There is no saved filter “%1”.</source>
        <translation>没有名为「%1」的筛选。</translation>
    </message>
    <message>
        <source>Idle for 7 days, highest value first</source>
        <translation>7 天未活跃，好感度从高到低</translation>
    </message>
    <message>
        <source>At the ceiling</source>
        <translation>已到封顶值</translation>
    </message>
    <message>
        <source>At the highest level</source>
        <translation>最高等级</translation>
    </message>
    <message>
        <source>This window has no file to keep filters in.</source>
        <translation>此窗口没有可存放筛选的文件。</translation>
    </message>
    <message>
        <source>The saved filters cannot be read: %1.</source>
        <translation>无法读取已存筛选：%1。</translation>
    </message>
    <message>
        <source>The file %1 stays as it is, and nothing can be saved.</source>
        <translation>文件 %1 保持原样，无法保存任何内容。</translation>
    </message>
    <message>
        <source>the file is larger than 1 MiB</source>
        <translation>文件大于 1 MiB</translation>
    </message>
    <message>
        <source>The saved filters are of a newer version of this program.</source>
        <translation>已存筛选来自本程序的较新版本。</translation>
    </message>
    <message>
        <source>They stay in %1 untouched. This version cannot show or save filters.</source>
        <translation>它们原样留在 %1。此版本无法显示或保存筛选。</translation>
    </message>
    <message>
        <source>The file is kept as %1, and a new one is begun.</source>
        <translation>文件已留存为 %1，并新建了一个。</translation>
    </message>
    <message>
        <source>The file %1 could not be moved aside and stays as it is.</source>
        <translation>文件 %1 无法移开，保持原样。</translation>
    </message>
    <message>
        <source>The filter needs a name.</source>
        <translation>筛选需要名称。</translation>
    </message>
    <message>
        <source>A name has at most %1 characters.</source>
        <translation>名称最多 %1 个字符。</translation>
    </message>
    <message>
        <source>“%1” is a built-in filter.</source>
        <translation>「%1」是内置筛选。</translation>
    </message>
    <message>
        <source>There is a filter “%1” already.</source>
        <translation>已有名为「%1」的筛选。</translation>
    </message>
    <message>
        <source>The saved filters cannot be written to %1: %2</source>
        <translation>已存筛选无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>ScenarioField</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备数</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>首日</translation>
    </message>
    <message>
        <source>Start value</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>pts</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Ceiling of a value</source>
        <translation>好感度封顶值</translation>
    </message>
    <message>
        <source>Global daily cap</source>
        <translation>全局每日上限</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Idle days before decay</source>
        <translation>衰减前不活跃天数</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Decay rule</source>
        <translation>衰减规则</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Smallest change</source>
        <translation>最小变动</translation>
    </message>
    <message>
        <source>Largest change</source>
        <translation>最大变动</translation>
    </message>
    <message>
        <source>Single cap</source>
        <translation>单次上限</translation>
    </message>
    <message>
        <source>Daily cap</source>
        <translation>每日上限</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>From</source>
        <translation>门槛</translation>
    </message>
    <message>
        <source>Reward</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Share of devices</source>
        <translation>设备占比</translation>
    </message>
    <message>
        <source>Events per active day</source>
        <translation>每活跃日事件数</translation>
    </message>
    <message>
        <source>Weight of the hour</source>
        <translation>时段权重</translation>
    </message>
    <message>
        <source>Weekday factor</source>
        <translation>星期倍数</translation>
    </message>
    <message>
        <source>A day is active</source>
        <translation>当日活跃</translation>
    </message>
    <message>
        <source>Leaves, per day</source>
        <translation>每日离开</translation>
    </message>
    <message>
        <source>Comes back, per day</source>
        <translation>每日回归</translation>
    </message>
    <message>
        <source>Dispersion</source>
        <translation>离散度</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>频率</translation>
    </message>
    <message>
        <source>Write a whole number.</source>
        <translation>写一个整数。</translation>
    </message>
    <message>
        <source>Write a whole number from 0 to 18446744073709551615.</source>
        <translation>写 0 至 18446744073709551615 的整数。</translation>
    </message>
    <message>
        <source>Write a date as 2026-03-01.</source>
        <translation>日期写成 2026-03-01 这样。</translation>
    </message>
    <message>
        <source>Write a number.</source>
        <translation>写一个数。</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
</context>
<context>
    <name>SimulationResults</name>
    <message>
        <source>%1 pp</source>
        <comment>percentage points</comment>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>Median value, day %1</source>
        <translation>好感度中位数，第 %1 天</translation>
    </message>
    <message>
        <source>pts</source>
        <translation>点</translation>
    </message>
    <message>
        <source>10 to 90%: %1 to %2</source>
        <translation>10 至 90%：%1 至 %2</translation>
    </message>
    <message>
        <source>baseline %1 · mean %2 ±%3</source>
        <translation>基线 %1 · 平均 %2 ±%3</translation>
    </message>
    <message>
        <source>Level %1 by day %2</source>
        <translation>第 %2 天前到等级 %1</translation>
    </message>
    <message>
        <source>of devices · mean level %1</source>
        <translation>占设备 · 平均等级 %1</translation>
    </message>
    <message>
        <source>of devices · baseline %1</source>
        <translation>占设备 · 基线 %1</translation>
    </message>
    <message>
        <source>the baseline has no such level</source>
        <translation>基线没有这个等级</translation>
    </message>
    <message>
        <source>Reward cost, day 1 to %1</source>
        <translation>奖励成本，第 1 至 %1 天</translation>
    </message>
    <message>
        <source>%1 for each device</source>
        <translation>每台设备 %1</translation>
    </message>
    <message>
        <source>baseline %1</source>
        <translation>基线 %1</translation>
    </message>
    <message>
        <source>Rewards, day 1 to %1</source>
        <translation>奖励，第 1 至 %1 天</translation>
    </message>
    <message>
        <source>no level has rewards that were granted</source>
        <translation>没有等级发放过奖励</translation>
    </message>
    <message>
        <source>no reward type has a price</source>
        <translation>没有奖励类型有价格</translation>
    </message>
    <message>
        <source>single cap</source>
        <translation>单次上限</translation>
    </message>
    <message>
        <source>daily cap</source>
        <translation>每日上限</translation>
    </message>
    <message>
        <source>global cap</source>
        <translation>全局上限</translation>
    </message>
    <message>
        <source>ceiling or 0</source>
        <translation>封顶或 0</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无价格</translation>
    </message>
    <message>
        <source>Draft median</source>
        <translation>草稿中位数</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Baseline median</source>
        <translation>基线中位数</translation>
    </message>
    <message>
        <source>Draft minus baseline</source>
        <translation>草稿减基线</translation>
    </message>
    <message>
        <source>95% band</source>
        <translation>95% 区间</translation>
    </message>
    <message>
        <source>%1 baseline</source>
        <translation>%1 基线</translation>
    </message>
    <message>
        <source>all rules</source>
        <translation>所有规则</translation>
    </message>
    <message>
        <source>start</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>day %1</source>
        <translation>第 %1 天</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>cost up to the day</source>
        <translation>截至当日的成本</translation>
    </message>
    <message>
        <source>cost a day</source>
        <translation>每日成本</translation>
    </message>
    <message>
        <source>%1, up to the day</source>
        <translation>%1，截至当日</translation>
    </message>
    <message>
        <source>%1, each day</source>
        <translation>%1，每日</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>Idle, decay due</source>
        <translation>不活跃，待衰减</translation>
    </message>
    <message>
        <source>Lost points to decay</source>
        <translation>因衰减失去点数</translation>
    </message>
    <message>
        <source>All rules</source>
        <translation>所有规则</translation>
    </message>
    <message>
        <source>no type</source>
        <translation>无类型</translation>
    </message>
    <message>
        <source>from L%1</source>
        <translation>L%1 起</translation>
    </message>
</context>
<context>
    <name>SimulationStory</name>
    <message>
        <source>no live rule</source>
        <translation>没有线上规则</translation>
    </message>
    <message>
        <source>cooldown</source>
        <translation>冷却中</translation>
    </message>
    <message>
        <source>daily cap used up</source>
        <translation>每日上限已用完</translation>
    </message>
    <message>
        <source>global cap used up</source>
        <translation>全局上限已用完</translation>
    </message>
    <message>
        <source>sent before</source>
        <translation>已发送过</translation>
    </message>
    <message>
        <source>value at its limit</source>
        <translation>好感度已在边界</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>已绑定</translation>
    </message>
</context>
<context>
    <name>Ticks</name>
    <message>
        <source>day %1</source>
        <translation>第 %1 天</translation>
    </message>
    <message>
        <source>Day %1</source>
        <translation>第 %1 天</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>1 point</source>
        <translation>1 点</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 点</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Event id</source>
        <translation>事件号</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>seen before</source>
        <translation>已见过</translation>
    </message>
    <message>
        <source>first seen</source>
        <translation>首次出现</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>not in this store</source>
        <translation>不在此存储中</translation>
    </message>
    <message>
        <source>not live</source>
        <translation>未上线</translation>
    </message>
    <message>
        <source>%1, edited %2</source>
        <translation>%1，编辑于 %2</translation>
    </message>
    <message>
        <source>edited since</source>
        <translation>之后被编辑</translation>
    </message>
    <message>
        <source>known</source>
        <translation>已知</translation>
    </message>
    <message>
        <source>live</source>
        <translation>线上</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>the rule has none</source>
        <translation>规则没有冷却</translation>
    </message>
    <message>
        <source>, started %1</source>
        <translation>，始于 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已过</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>%1, user %2</source>
        <translation>%1，用户 %2</translation>
    </message>
    <message>
        <source>active</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>not bound</source>
        <translation>未绑定</translation>
    </message>
    <message>
        <source>always %1</source>
        <translation>固定 %1</translation>
    </message>
    <message>
        <source>uniform %1 to %2</source>
        <translation>均匀取 %1 至 %2</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>%1, at most %2 at once</source>
        <translation>%1，单次最多 %2</translation>
    </message>
    <message>
        <source>%1 cut to %2</source>
        <translation>%1 截为 %2</translation>
    </message>
    <message>
        <source>no room</source>
        <translation>没有余量</translation>
    </message>
    <message>
        <source>%1 fits</source>
        <translation>%1 可容纳</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>已用 %1 / %2</translation>
    </message>
    <message>
        <source>a loss uses no global room</source>
        <translation>扣除不占全局余量</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>value %1 of 0 to %2</source>
        <translation>好感度 %1，范围 0 至 %2</translation>
    </message>
    <message>
        <source>level stays L%1</source>
        <translation>等级仍为 L%1</translation>
    </message>
    <message>
        <source>level L%1 to L%2</source>
        <translation>等级 L%1 至 L%2</translation>
    </message>
    <message>
        <source>Rule daily cap</source>
        <translation>规则每日上限</translation>
    </message>
    <message>
        <source>Global daily cap</source>
        <translation>全局每日上限</translation>
    </message>
    <message>
        <source>operator %1</source>
        <translation>操作员 %1</translation>
    </message>
    <message>
        <source>an operator not recorded</source>
        <translation>未记录的操作员</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>in a batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>single</source>
        <translation>单次</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>申请值</translation>
    </message>
    <message>
        <source>no cap applies</source>
        <translation>不受上限约束</translation>
    </message>
    <message>
        <source>Reverses</source>
        <translation>冲正</translation>
    </message>
    <message>
        <source>log row %1</source>
        <translation>流水 %1</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已收回</translation>
    </message>
    <message>
        <source>The row at %1 used the most of it.</source>
        <translation>其中 %1 的流水用得最多。</translation>
    </message>
    <message>
        <source>%1 had %2 of its %3 points for the day.</source>
        <translation>%1 当日 %3 点已用 %2 点。</translation>
    </message>
    <message>
        <source>all rules together had %1 of %2 points for the day.</source>
        <translation>所有规则当日 %2 点已用 %1 点。</translation>
    </message>
    <message>
        <source>the value cannot go below 0.</source>
        <translation>好感度不能低于 0。</translation>
    </message>
    <message>
        <source>the value cannot go above its ceiling of %1.</source>
        <translation>好感度不能超过封顶值 %1。</translation>
    </message>
    <message>
        <source>one event of %1 may move the value by at most %2.</source>
        <translation>%1 的一个事件最多改变好感度 %2 点。</translation>
    </message>
    <message>
        <source>Only %1 of %2 points were taken:</source>
        <translation>%2 点只扣除了 %1 点：</translation>
    </message>
    <message>
        <source>Only %1 of %2 points counted:</source>
        <translation>%2 点只计入了 %1 点：</translation>
    </message>
    <message>
        <source>%1 went because the device was idle.</source>
        <translation>因设备不活跃，失去 %1。</translation>
    </message>
    <message>
        <source>%1 taken in full: nothing stood in the way.</source>
        <translation>全部扣除 %1：没有阻碍。</translation>
    </message>
    <message>
        <source>%1 counted in full: nothing stood in the way.</source>
        <translation>全部计入 %1：没有阻碍。</translation>
    </message>
    <message>
        <source>%1 came under rule %2, which is no longer in this store: its steps cannot be followed.</source>
        <translation>%1 来自规则 %2，它已不在此存储中：无法重走其步骤。</translation>
    </message>
    <message>
        <source>%1 counted. What was drawn is not recorded in this store, so a cut cannot be told.</source>
        <translation>计入 %1。此存储没有记录抽取的值，无法判断是否截断。</translation>
    </message>
    <message>
        <source>%1 of %2 drawn counted; with today&apos;s rules and log the same event would end otherwise.</source>
        <translation>抽取 %2，计入 %1；按今天的规则和流水，同一事件会有别的结果。</translation>
    </message>
    <message>
        <source>Log row %1 was taken back by %2: %3.</source>
        <translation>流水 %1 被%2收回：%3。</translation>
    </message>
    <message>
        <source>Adjusted by %1: %2.</source>
        <translation>由%1调整：%2。</translation>
    </message>
    <message>
        <source>%1 was asked for, but</source>
        <translation>申请的是 %1，但</translation>
    </message>
    <message>
        <source>What was asked for is not recorded in this store.</source>
        <translation>此存储没有记录申请的值。</translation>
    </message>
    <message>
        <source>The rule was edited %1, after this: its numbers may have been others then.</source>
        <translation>规则在此之后于 %1 被编辑：当时的数可能不同。</translation>
    </message>
    <message>
        <source>Log row %1 took it back %2.</source>
        <translation>流水 %1 于 %2 将其收回。</translation>
    </message>
    <message>
        <source>the rule&apos;s change is 0, so there was nothing to write.</source>
        <translation>规则的变动为 0，没有可写入的。</translation>
    </message>
    <message>
        <source>the value was 0 already and cannot go lower.</source>
        <translation>好感度已经是 0，不能再降。</translation>
    </message>
    <message>
        <source>the value was at its ceiling of %1 already.</source>
        <translation>好感度已在封顶值 %1。</translation>
    </message>
    <message>
        <source>the cooldown of %1 had %2 left.</source>
        <translation>%1 的冷却还剩 %2。</translation>
    </message>
    <message>
        <source>The row at %1 started it.</source>
        <translation>冷却由 %1 的流水开始。</translation>
    </message>
    <message>
        <source>event %1 had its effect already, and one id counts once.</source>
        <translation>事件 %1 已经生效过，同一事件号只计一次。</translation>
    </message>
    <message>
        <source>there is no live rule %1. It is unknown, switched off or deleted.</source>
        <translation>没有线上规则 %1。它未知、已关闭或已删除。</translation>
    </message>
    <message>
        <source>the device was not bound at %1.</source>
        <translation>设备在 %1 时没有绑定。</translation>
    </message>
    <message>
        <source>Nothing stood in the way at %1: an event of %2 would have counted up to %3. If no row came, the event did not reach this store.</source>
        <translation>%1 时没有阻碍：%2 的一个事件最多可计入 %3。如果没有流水，说明事件没有到达此存储。</translation>
    </message>
    <message>
        <source>At %1 an event of %2 would have counted at most %3:</source>
        <translation>%1 时 %2 的一个事件最多只能计入 %3：</translation>
    </message>
    <message>
        <source>Nothing came:</source>
        <translation>没有到账：</translation>
    </message>
    <message>
        <source>by the rule&apos;s single cap</source>
        <translation>因规则的单次上限</translation>
    </message>
    <message>
        <source>by the rule&apos;s daily cap</source>
        <translation>因规则的每日上限</translation>
    </message>
    <message>
        <source>by the global daily cap</source>
        <translation>因全局每日上限</translation>
    </message>
    <message>
        <source>by the value&apos;s limits</source>
        <translation>因好感度的边界</translation>
    </message>
</context>
<context>
    <name>affinity::app::Console</name>
    <message>
        <source>Making the demo store</source>
        <translation>正在生成演示存储</translation>
    </message>
    <message>
        <source>A population lives through 90 days, decided event by event by the engine. Only once.</source>
        <translation>一群设备经历 90 天，由引擎逐个事件判定。只做一次。</translation>
    </message>
    <message>
        <source>Opening the store</source>
        <translation>正在打开存储</translation>
    </message>
    <message>
        <source>designer: tunes rules, adjusts</source>
        <translation>设计者：调规则，可调整</translation>
    </message>
    <message>
        <source>support: adjusts within limits</source>
        <translation>客服：在限额内调整</translation>
    </message>
    <message>
        <source>viewer: looks, writes nothing</source>
        <translation>观察者：只看不写</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Log row %1 is written.</source>
        <translation>流水 %1 已写入。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open the same store once more</source>
        <translation>重新打开同一存储</translation>
    </message>
    <message>
        <source>Open the demo store</source>
        <translation>打开演示存储</translation>
    </message>
    <message>
        <source>Embedded, needs no server</source>
        <translation>内嵌，不需要服务器</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>The store did not open</source>
        <translation>存储没有打开</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>theme, language, perspectives, columns, keys, recent items</source>
        <translation>主题、语言、视角、列、快捷键、最近项目</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>已保存的筛选</translation>
    </message>
    <message>
        <source>of the device list</source>
        <translation>设备列表的</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>scenarios that are being edited, until they are saved</source>
        <translation>正在编辑、尚未保存的场景</translation>
    </message>
    <message>
        <source>Demo store</source>
        <translation>演示存储</translation>
    </message>
    <message>
        <source>delete it, and the next start makes it again</source>
        <translation>删除后，下次启动会重新生成</translation>
    </message>
    <message>
        <source>The draft has no rule “%1”.</source>
        <translation>草稿中没有规则「%1」。</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>没有打开存储。</translation>
    </message>
    <message>
        <source>This store keeps no reward deliveries. Prepare it to have them kept and sent.</source>
        <translation>此存储不保存奖励发放。准备好存储后，才会保存并发送。</translation>
    </message>
    <message>
        <source>Show reward deliveries</source>
        <translation>显示奖励发放情况</translation>
    </message>
</context>
<context>
    <name>affinity::app::Report</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>Median value on the last day</source>
        <translation>最后一天好感度中位数</translation>
    </message>
    <message>
        <source>Mean value on the last day</source>
        <translation>最后一天好感度平均值</translation>
    </message>
    <message>
        <source>Mean level on the last day</source>
        <translation>最后一天平均等级</translation>
    </message>
    <message>
        <source>Cost of rewards</source>
        <translation>奖励成本</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要码</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Value, percentiles</source>
        <translation>好感度，百分位</translation>
    </message>
    <message>
        <source>devices that reached it</source>
        <translation>到达的设备</translation>
    </message>
    <message>
        <source>Time to level</source>
        <translation>到级用时</translation>
    </message>
    <message>
        <source>share of devices</source>
        <translation>设备占比</translation>
    </message>
    <message>
        <source>Level occupancy</source>
        <translation>等级分布</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Outcomes per rule</source>
        <translation>各规则的结果</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>Cap</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>扣除</translation>
    </message>
    <message>
        <source>Days to each level</source>
        <translation>到各等级的天数</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Reached it</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>10% by day</source>
        <translation>10% 的日子</translation>
    </message>
    <message>
        <source>Half by day</source>
        <translation>一半的日子</translation>
    </message>
    <message>
        <source>90% by day</source>
        <translation>90% 的日子</translation>
    </message>
    <message>
        <source>Rewards granted</source>
        <translation>已发放奖励</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>result.json has every figure, scenario.json what was simulated.</source>
        <translation>result.json 有全部数据，scenario.json 是模拟的内容。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::AboutDialog</name>
    <message>
        <source>About Affinity Console</source>
        <translation>关于好感度控制台</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Licence text</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Facts about this program and machine and the last messages, as text without secrets.</source>
        <translation>关于本程序和本机的情况，以及最近的消息，为不含机密的文本。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Icon of the program</source>
        <translation>程序图标</translation>
    </message>
    <message>
        <source>Affinity Console</source>
        <translation>好感度控制台</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later: the program is linked with Qt Charts, which is under that licence too. There is no warranty.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更新版本：程序链接了 Qt Charts，后者也采用该许可证。不附带任何担保。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>of this system</source>
        <translation>取自本系统</translation>
    </message>
    <message>
        <source>Icons</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>part of the program</source>
        <translation>程序的一部分</translation>
    </message>
</context>
<context>
    <name>affinity::ui::AdjustDialog</name>
    <message>
        <source>Adjust %1</source>
        <translation>调整 %1</translation>
    </message>
    <message>
        <source>Set to %1</source>
        <translation>设为 %1</translation>
    </message>
    <message>
        <source>Take %1</source>
        <translation>扣除 %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>增加 %1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::AdjustmentFlow</name>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The waiting was stopped; the adjustment may still be written.</source>
        <translation>已停止等待；这次调整仍有可能写入。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Working out what would happen…</source>
        <translation>正在推算会发生什么…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Looking for operation %1…</source>
        <translation>正在查找操作 %1…</translation>
    </message>
    <message>
        <source>The preview is being worked out.</source>
        <translation>正在推算预览。</translation>
    </message>
    <message>
        <source>The store has not answered yet.</source>
        <translation>存储还没有应答。</translation>
    </message>
    <message>
        <source>It is not known yet whether it was written. Check first.</source>
        <translation>还不知道是否已写入。先查询。</translation>
    </message>
    <message>
        <source>There is no preview.</source>
        <translation>没有预览。</translation>
    </message>
    <message>
        <source>To write %1 rows to production, type</source>
        <translation>要向生产环境写入 %1 行，输入</translation>
    </message>
    <message>
        <source>Preview of %1. If the device moves, it is refused and shown anew.</source>
        <translation>%1 的预览。设备若有变化，写入会被拒绝并重新预览。</translation>
    </message>
    <message>
        <source>It would change nothing now: the value stands at its bound.</source>
        <translation>现在不会有任何变化：好感度已在边界上。</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写入任何内容。</translation>
    </message>
    <message>
        <source>The device changed since the preview. Nothing was written.</source>
        <translation>预览之后设备发生了变化。没有写入任何内容。</translation>
    </message>
    <message>
        <source>Look at the new preview.</source>
        <translation>查看新的预览。</translation>
    </message>
    <message>
        <source>It is not known whether the adjustment was written.</source>
        <translation>不知道这次调整是否已写入。</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再次查询</translation>
    </message>
    <message>
        <source>The store could not be asked: %1</source>
        <translation>无法询问存储：%1</translation>
    </message>
    <message>
        <source>The adjustment is not in the store.</source>
        <translation>这次调整不在存储中。</translation>
    </message>
    <message>
        <source>It can be sent again: under the same operation it cannot take effect twice.</source>
        <translation>可以再次发送：同一操作不会生效两次。</translation>
    </message>
    <message>
        <source>the store named no log row.</source>
        <translation>存储没有给出流水号。</translation>
    </message>
    <message>
        <source>log row %1 is another one.</source>
        <translation>流水 %1 是另一条。</translation>
    </message>
    <message>
        <source>It was reversed by log row %1.</source>
        <translation>它已被流水 %1 冲正。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy receipt</source>
        <translation>复制回执</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>affinity::ui::BannerStack</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>affinity::ui::BarChart</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>affinity::ui::BetterTile</name>
    <message>
        <source>Show who gains and who loses</source>
        <translation>查看谁受益、谁受损</translation>
    </message>
    <message>
        <source>Better off %1, worse off %2, day %3</source>
        <translation>受益 %1，受损 %2，第 %3 天</translation>
    </message>
    <message>
        <source>Who is better off: not known before the draft differs</source>
        <translation>谁受益：草稿改动后才知道</translation>
    </message>
    <message>
        <source>Who is better off, day %1</source>
        <translation>谁受益，第 %1 天</translation>
    </message>
    <message>
        <source>Who is better off</source>
        <translation>谁受益</translation>
    </message>
    <message>
        <source>Change a number: the draft is then run against its baseline.</source>
        <translation>改一个数，草稿就会与基线对比运行。</translation>
    </message>
    <message>
        <source>better %1</source>
        <translation>受益 %1</translation>
    </message>
    <message>
        <source>worse %1</source>
        <translation>受损 %1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::BindingModel</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1 起</translation>
    </message>
    <message>
        <source>Bound</source>
        <translation>已绑定</translation>
    </message>
    <message>
        <source>Unbound</source>
        <translation>已解绑</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Bound %1, unbound %2</source>
        <translation>绑定于 %1，解绑于 %2</translation>
    </message>
    <message>
        <source>Bound %1</source>
        <translation>绑定于 %1</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>绑定号</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>最近活跃</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>affinity::ui::CalendarEditor</name>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>later entries win</source>
        <translation>后面的条目优先</translation>
    </message>
    <message>
        <source>Add an entry</source>
        <translation>添加条目</translation>
    </message>
    <message>
        <source>Duplicate the entry</source>
        <translation>复制条目</translation>
    </message>
    <message>
        <source>Remove the entry</source>
        <translation>删除条目</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Local date, inclusive.</source>
        <translation>本地日期，含当日。</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>rate × and what is set while it lasts; empty: unchanged</source>
        <translation>频率倍数，以及期间的设定；空表示不变</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>empty: unchanged</source>
        <translation>空表示不变</translation>
    </message>
    <message>
        <source>rates: %1</source>
        <translation>频率：%1</translation>
    </message>
    <message>
        <source>rules: %1</source>
        <translation>规则：%1</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>Rate ×</source>
        <translation>频率 ×</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Single cap</source>
        <translation>单次上限</translation>
    </message>
    <message>
        <source>Daily cap</source>
        <translation>每日上限</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
</context>
<context>
    <name>affinity::ui::CapBars</name>
    <message>
        <source>used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1, no cap</source>
        <translation>%1，无上限</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>Caps today</source>
        <translation>今日上限</translation>
    </message>
</context>
<context>
    <name>affinity::ui::CapsPanel</name>
    <message>
        <source>All rules, points gained</source>
        <translation>所有规则，增加的点数</translation>
    </message>
    <message>
        <source>Caps today</source>
        <translation>今日上限</translation>
    </message>
    <message>
        <source>resets %1</source>
        <translation>%1 重置</translation>
    </message>
    <message>
        <source>%1 cooldown</source>
        <translation>%1 冷却</translation>
    </message>
    <message>
        <source>Cooldowns</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>none running</source>
        <translation>没有进行中的</translation>
    </message>
    <message>
        <source>%1, if idle</source>
        <translation>%1，若不活跃</translation>
    </message>
    <message>
        <source>none ahead</source>
        <translation>近期没有</translation>
    </message>
    <message>
        <source>Next decay</source>
        <translation>下次衰减</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ChangeForm</name>
    <message>
        <source>Add or take points</source>
        <translation>增减点数</translation>
    </message>
    <message>
        <source>Set to a value</source>
        <translation>设为某值</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>变动方式</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Write the new value.</source>
        <translation>写下新的好感度。</translation>
    </message>
    <message>
        <source>Write how many points; a minus takes them away.</source>
        <translation>写下点数；负号表示扣除。</translation>
    </message>
    <message>
        <source>Write a whole number such as 540 or −20.</source>
        <translation>写一个整数，如 540 或 −20。</translation>
    </message>
    <message>
        <source>The number is larger than a value can hold.</source>
        <translation>这个数超出了好感度的范围。</translation>
    </message>
    <message>
        <source>A value is never below 0.</source>
        <translation>好感度不会低于 0。</translation>
    </message>
    <message>
        <source>0 points change nothing.</source>
        <translation>0 点不会改变什么。</translation>
    </message>
    <message>
        <source>The value is %1 already.</source>
        <translation>好感度已经是 %1。</translation>
    </message>
    <message>
        <source>From 0 to the ceiling of %1.</source>
        <translation>从 0 到封顶值 %1。</translation>
    </message>
    <message>
        <source>For example 540, or −20 to take points away.</source>
        <translation>例如 540；扣除写 −20。</translation>
    </message>
    <message>
        <source>%1 → %2 · %3</source>
        <translation>%1 → %2 · %3</translation>
    </message>
    <message>
        <source>stops at the ceiling</source>
        <translation>到封顶值为止</translation>
    </message>
    <message>
        <source>stops at the floor</source>
        <translation>到下限为止</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ChartFrame</name>
    <message>
        <source>Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Values (*.csv)</source>
        <translation>图片 (*.png);;矢量图 (*.svg);;文档 (*.pdf);;数据 (*.csv)</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Copy picture and values</source>
        <translation>复制图片和数据</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy values</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Copy values (too many, save them as CSV)</source>
        <translation>复制数据（太多，存为 CSV）</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>还原缩放</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Chip</name>
    <message>
        <source>Filter: %1</source>
        <translation>筛选：%1</translation>
    </message>
    <message>
        <source>Filter in force: %1</source>
        <translation>生效中的筛选：%1</translation>
    </message>
    <message>
        <source>Press Delete to remove this filter.</source>
        <translation>按 Delete 移除此筛选。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::CommandList</name>
    <message>
        <source>This cannot be done here.</source>
        <translation>这里无法执行此操作。</translation>
    </message>
    <message>
        <source>These keys belong to the control that has the focus.</source>
        <translation>这些按键属于当前获得焦点的控件。</translation>
    </message>
    <message>
        <source>Its screen cannot be shown now.</source>
        <translation>现在无法显示它所在的页面。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::CounterModel</name>
    <message>
        <source>rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Deck</name>
    <message>
        <source>What this panel shows</source>
        <translation>此面板显示什么</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeliveriesDialog</name>
    <message>
        <source>Reward deliveries</source>
        <translation>奖励发放情况</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>加载更多</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发放</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Deliveries shown</source>
        <translation>显示哪些发放</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>This connection only reads; others hand the rewards out.</source>
        <translation>此连接只读；奖励由别处发放。</translation>
    </message>
    <message>
        <source>The store&apos;s own rows are the rewards: they count as delivered when they are granted.</source>
        <translation>存储中的行本身就是奖励：授予时即算已发放。</translation>
    </message>
    <message>
        <source>Sent to %1.</source>
        <translation>发往 %1。</translation>
    </message>
    <message>
        <source>Nobody hands them out yet: they wait until the program is started with --rewards.</source>
        <translation>还没有发放者：在用 --rewards 启动程序之前一直等待。</translation>
    </message>
    <message>
        <source>The deliveries cannot be read</source>
        <translation>无法读取奖励发放</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Show all deliveries</source>
        <translation>显示全部发放</translation>
    </message>
    <message>
        <source>No reward waits</source>
        <translation>没有等待发放的奖励</translation>
    </message>
    <message>
        <source>All that were granted are delivered or given up.</source>
        <translation>授予的奖励都已发放或已放弃。</translation>
    </message>
    <message>
        <source>No reward was delivered yet</source>
        <translation>还没有发放过奖励</translation>
    </message>
    <message>
        <source>One appears here when whoever hands them out has taken it.</source>
        <translation>发放者收下后，会出现在这里。</translation>
    </message>
    <message>
        <source>No reward was given up</source>
        <translation>没有放弃的奖励</translation>
    </message>
    <message>
        <source>One appears here when it is refused, or was tried too often.</source>
        <translation>被拒绝或尝试次数过多的奖励会出现在这里。</translation>
    </message>
    <message>
        <source>Showing the newest %1</source>
        <translation>显示最新的 %1 条</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>The deliveries cannot be read again.</source>
        <translation>无法重新读取奖励发放。</translation>
    </message>
    <message>
        <source>Choose a delivery that was given up.</source>
        <translation>选择一条已放弃的发放。</translation>
    </message>
    <message>
        <source>The delivery is being sent again.</source>
        <translation>正在重新发放。</translation>
    </message>
    <message>
        <source>To change 1 row in production, type</source>
        <translation>要在生产环境改动 1 行，输入</translation>
    </message>
    <message>
        <source>The delivery is being sent again…</source>
        <translation>正在重新发放…</translation>
    </message>
    <message>
        <source>The reward is not sent again.</source>
        <translation>奖励没有重新发放。</translation>
    </message>
    <message>
        <source>The reward of level %1 waits to be sent again.</source>
        <translation>等级 %1 的奖励已在等待重新发放。</translation>
    </message>
    <message>
        <source>The delivery had been sent again already.</source>
        <translation>这条发放此前已经重新发放。</translation>
    </message>
    <message>
        <source>No delivery yet</source>
        <translation>还没有发放</translation>
    </message>
    <message>
        <source>One appears here when a device reaches a level that has rewards. Earlier grants stand on the device&apos;s page.</source>
        <translation>设备到达有奖励的等级时，会出现在这里。更早授予的奖励见设备的页面。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeliveryDetail</name>
    <message>
        <source>the store&apos;s own row</source>
        <translation>存储自己的行</translation>
    </message>
    <message>
        <source>webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>Delivery %1 · user %2 · granted %3 by log row %4 · handed out by: %5</source>
        <translation>发放 %1 · 用户 %2 · %3 由流水 %4 授予 · 发放者：%5</translation>
    </message>
    <message>
        <source>No attempt has failed.</source>
        <translation>没有失败的尝试。</translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation>打开设备</translation>
    </message>
    <message>
        <source>Choose a delivery to read about it.</source>
        <translation>选择一条发放以查看详情。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeliveryModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已发放</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>due since %1</source>
        <translation>%1 起待发</translation>
    </message>
    <message>
        <source>next %1</source>
        <translation>下次 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Next or delivered</source>
        <translation>下次或发放于</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近的错误</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeviceDetailView</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Grants</source>
        <translation>奖励发放</translation>
    </message>
    <message>
        <source>Daily counters</source>
        <translation>每日计数</translation>
    </message>
    <message>
        <source>Device records</source>
        <translation>设备记录</translation>
    </message>
    <message>
        <source>No device is chosen</source>
        <translation>没有选中设备</translation>
    </message>
    <message>
        <source>Choose one in the list, or search by binding, serial, user, event id or nickname.</source>
        <translation>在列表中选一台，或按绑定号、序列号、用户、事件号、昵称搜索。</translation>
    </message>
    <message>
        <source>Loading the device</source>
        <translation>正在加载设备</translation>
    </message>
    <message>
        <source>Why did nothing come?</source>
        <translation>为什么没有到账？</translation>
    </message>
    <message>
        <source>Explains what an event would have met at a time you choose.</source>
        <translation>说明某一时刻的事件会遇到什么。</translation>
    </message>
    <message>
        <source>The device cannot be read</source>
        <translation>无法读取设备</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The snapshot of %1 is on the clipboard.</source>
        <translation>%1 的快照已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeviceHeader</name>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Unbound</source>
        <translation>已解绑</translation>
    </message>
    <message>
        <source>Copy snapshot</source>
        <translation>复制快照</translation>
    </message>
    <message>
        <source>Adjust…</source>
        <translation>调整…</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Binding %1</source>
        <translation>绑定号 %1</translation>
    </message>
    <message>
        <source>Serial %1</source>
        <translation>序列号 %1</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>User %1, open the page</source>
        <translation>用户 %1，打开页面</translation>
    </message>
    <message>
        <source>Bound %1</source>
        <translation>绑定于 %1</translation>
    </message>
    <message>
        <source>Unbound %1</source>
        <translation>解绑于 %1</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>Reconciled</source>
        <translation>已核对</translation>
    </message>
    <message>
        <source>%1 log rows were folded: value, level, grants and counters agree.</source>
        <translation>已核算 %1 条流水：好感度、等级、发放和计数一致。</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 个问题</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Copies this device as plain text</source>
        <translation>以纯文本复制此设备</translation>
    </message>
    <message>
        <source>Opens the page of this user</source>
        <translation>打开此用户的页面</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>返回%1</translation>
    </message>
    <message>
        <source>Previews and makes an adjustment</source>
        <translation>预览并执行调整</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeviceList</name>
    <message>
        <source>Binding, serial, user, event id or nickname</source>
        <translation>绑定号、序列号、用户、事件号或昵称</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>搜索设备</translation>
    </message>
    <message>
        <source>Device list</source>
        <translation>设备列表</translation>
    </message>
    <message>
        <source>Binding id, serial, user id, user name or event id exactly, or a part of a nickname.</source>
        <translation>绑定号、序列号、用户号、用户名、事件号要完整，昵称可以只写一部分。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Showing %1 to %2</source>
        <translation>第 %1 至 %2 台</translation>
    </message>
    <message>
        <source>The list cannot be read</source>
        <translation>无法读取列表</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>No device fits the search and the filters.</source>
        <translation>没有设备符合搜索和筛选。</translation>
    </message>
    <message>
        <source>Clear search and filters</source>
        <translation>清除搜索和筛选</translation>
    </message>
    <message>
        <source>No device yet</source>
        <translation>还没有设备</translation>
    </message>
    <message>
        <source>A device appears here once it is bound to a user.</source>
        <translation>设备绑定用户后会出现在这里。</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>The list is loading.</source>
        <translation>列表正在加载。</translation>
    </message>
    <message>
        <source>There is no page after this one.</source>
        <translation>后面没有更多页。</translation>
    </message>
    <message>
        <source>There is no page before this one.</source>
        <translation>前面没有更多页。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeviceModel</name>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Serial %1, user %2 (%3)</source>
        <translation>序列号 %1，用户 %2（%3）</translation>
    </message>
    <message>
        <source>%1, unbound</source>
        <translation>%1，已解绑</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>绑定号</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>The course of the value could not be read. Refresh to ask again.</source>
        <translation>无法读取好感度走势。刷新可再试。</translation>
    </message>
    <message>
        <source>Bound today: there is no course yet.</source>
        <translation>今天绑定：还没有走势。</translation>
    </message>
    <message>
        <source>%1 at the first day&apos;s end, %2 now; lowest %3, highest %4. Each line has its own scale.</source>
        <translation>首日终 %1，现在 %2；最低 %3，最高 %4。每条线各有刻度。</translation>
    </message>
    <message>
        <source>%1 ↓</source>
        <translation>%1 ↓</translation>
    </message>
    <message>
        <source>%1 ↑</source>
        <translation>%1 ↑</translation>
    </message>
    <message>
        <source>Value at the end of each of the last 30 local days, and now. Each line has its own scale.</source>
        <translation>最近 30 个本地日每日终值和现值。每条线各有刻度。</translation>
    </message>
    <message>
        <source>Sorts the whole result, not only the rows shown.</source>
        <translation>对全部结果排序，不只是显示的行。</translation>
    </message>
    <message>
        <source>The store has no order by this column.</source>
        <translation>存储不支持按此列排序。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DeviceSource</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>user %1 · %2</source>
        <translation>用户 %1 · %2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DevicesScreen</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Export devices…</source>
        <translation>导出设备…</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>device %1</source>
        <translation>设备 %1</translation>
    </message>
    <message>
        <source>No device is chosen.</source>
        <translation>没有选中设备。</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>搜索设备</translation>
    </message>
    <message>
        <source>Clear search and filters</source>
        <translation>清除搜索和筛选</translation>
    </message>
    <message>
        <source>Nothing is searched or filtered.</source>
        <translation>没有搜索或筛选条件。</translation>
    </message>
    <message>
        <source>Choose a saved filter…</source>
        <translation>选择已存筛选…</translation>
    </message>
    <message>
        <source>Save the current filter…</source>
        <translation>保存当前筛选…</translation>
    </message>
    <message>
        <source>Show the page before</source>
        <translation>显示上一页</translation>
    </message>
    <message>
        <source>Show the page after</source>
        <translation>显示下一页</translation>
    </message>
    <message>
        <source>Adjust the device…</source>
        <translation>调整设备…</translation>
    </message>
    <message>
        <source>Copy the snapshot of the device</source>
        <translation>复制设备快照</translation>
    </message>
    <message>
        <source>Copy the binding id</source>
        <translation>复制绑定号</translation>
    </message>
    <message>
        <source>%1 is on the clipboard.</source>
        <translation>%1 已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Open the page of the user</source>
        <translation>打开用户页面</translation>
    </message>
    <message>
        <source>The page of the user is shown already.</source>
        <translation>用户页面已经打开。</translation>
    </message>
    <message>
        <source>List the bindings of the user</source>
        <translation>在列表中显示此用户的绑定</translation>
    </message>
    <message>
        <source>No page of a user is shown.</source>
        <translation>没有打开用户页面。</translation>
    </message>
    <message>
        <source>Go back to the page before</source>
        <translation>返回前一个页面</translation>
    </message>
    <message>
        <source>There is no page to go back to.</source>
        <translation>没有可以返回的页面。</translation>
    </message>
    <message>
        <source>Reverse the log row…</source>
        <translation>冲正日志行…</translation>
    </message>
    <message>
        <source>Export the timeline…</source>
        <translation>导出时间线…</translation>
    </message>
    <message>
        <source>Explain why an event left no row</source>
        <translation>解释某个事件为什么没有记录</translation>
    </message>
    <message>
        <source>Show the timeline</source>
        <translation>显示时间线</translation>
    </message>
    <message>
        <source>Show the grants</source>
        <translation>显示奖励发放</translation>
    </message>
    <message>
        <source>Show the daily counters</source>
        <translation>显示每日计数</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Writes all devices that fit search and filters, in their order, into a file</source>
        <translation>把符合搜索和筛选的全部设备按顺序写入文件</translation>
    </message>
    <message>
        <source>Width of the device list (arrow keys)</source>
        <translation>设备列表的宽度（方向键）</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DialogFrame</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Type %1 to enable this button.</source>
        <translation>输入 %1 才能使用此按钮。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DifferenceChart</name>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1（%2 至 %3）</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DiscardDialog</name>
    <message>
        <source>Unsaved edits</source>
        <translation>未保存的编辑</translation>
    </message>
    <message>
        <source>“%1” has edits that are in no file.</source>
        <translation>「%1」有编辑还没有存入文件。</translation>
    </message>
    <message>
        <source>Save them first, or discard them: discarded edits cannot be brought back.</source>
        <translation>先保存，或放弃：放弃的编辑无法找回。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Draft</name>
    <message>
        <source>Edits of the draft that was kept</source>
        <translation>保留下来的草稿的修改</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DraftDialog</name>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Edits that are in no file</source>
        <translation>未存入文件的修改</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>编辑时间</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>“%1” was edited until %2 and never saved.</source>
        <translation>「%1」编辑到 %2，一直没有保存。</translation>
    </message>
    <message>
        <source>Changes against the file: %1</source>
        <translation>与文件相比的变化：%1</translation>
    </message>
    <message>
        <source>%1 is as it was when it was edited.</source>
        <translation>%1 与编辑时相同。</translation>
    </message>
    <message>
        <source>%1 has changed since: the changes below are against what it held before, and saving the draft there would overwrite what it holds now.</source>
        <translation>%1 此后有改动：下面的变化是与它原来的内容相比，把草稿存到那里会覆盖它现在的内容。</translation>
    </message>
    <message>
        <source>%1 is not there any more; saving the draft would make it anew.</source>
        <translation>%1 已不存在，保存草稿会重新创建它。</translation>
    </message>
    <message>
        <source>The scenario comes with the program; saving the draft asks for a file of your own.</source>
        <translation>场景是程序自带的，保存草稿时会要求选择自己的文件。</translation>
    </message>
    <message>
        <source>The scenario was in no file yet.</source>
        <translation>场景还没有存入文件。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DraftField</name>
    <message>
        <source>Write a key of 1 to %1 characters.</source>
        <translation>写 1 至 %1 个字符的键。</translation>
    </message>
    <message>
        <source>Another rule has this key.</source>
        <translation>另一条规则已用此键。</translation>
    </message>
    <message>
        <source>baseline %1</source>
        <translation>基线 %1</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Set %1 back to the baseline</source>
        <translation>把%1恢复为基线</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DraftKeeper</name>
    <message>
        <source>Edits are not kept while you work.</source>
        <translation>编辑时的修改没有自动保留。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. Save your work; edits that are in no file are lost if the program ends.</source>
        <translation>%1 不能写入：%2。及时保存；程序结束时，未存入文件的修改会丢失。</translation>
    </message>
    <message>
        <source>A draft that is not needed any more could not be deleted.</source>
        <translation>一份不再需要的草稿没能删除。</translation>
    </message>
    <message>
        <source>%1 will be offered at the next start: %2.</source>
        <translation>下次启动时会再次提供 %1：%2。</translation>
    </message>
    <message>
        <source>the folder cannot be made</source>
        <translation>无法创建文件夹</translation>
    </message>
    <message>
        <source>no file can be made in it</source>
        <translation>无法在其中创建文件</translation>
    </message>
    <message>
        <source>Drafts of an earlier run cannot be offered.</source>
        <translation>无法提供以前运行留下的草稿。</translation>
    </message>
    <message>
        <source>Nothing can be written in %1. The drafts stay there untouched.</source>
        <translation>%1 中不能写入。草稿原样留在那里。</translation>
    </message>
    <message>
        <source>A draft of an earlier run cannot be read: %1.</source>
        <translation>以前运行留下的一份草稿无法读取：%1。</translation>
    </message>
    <message>
        <source>It stays in %1.</source>
        <translation>它留在 %1。</translation>
    </message>
    <message>
        <source>it is larger than 512 MiB</source>
        <translation>大于 512 MiB</translation>
    </message>
    <message>
        <source>A draft is of a newer version of this program.</source>
        <translation>一份草稿来自本程序的更新版本。</translation>
    </message>
    <message>
        <source>It stays in %1 untouched; that version can go on with it.</source>
        <translation>它原样留在 %1，那个版本可以继续编辑。</translation>
    </message>
    <message>
        <source>The file is kept as %1.</source>
        <translation>文件保留为 %1。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::DraftOffer</name>
    <message>
        <source>A draft of “%1” from %2 was found.</source>
        <translation>找到 %2 的「%1」草稿。</translation>
    </message>
    <message>
        <source>Drafts that were not saved were found: %1.</source>
        <translation>找到未保存的草稿：%1 份。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>A draft of “%1” from %2 was not saved.</source>
        <translation>%2 的「%1」草稿没有保存。</translation>
    </message>
    <message>
        <source>Drafts that were not saved: %1.</source>
        <translation>未保存的草稿：%1 份。</translation>
    </message>
    <message>
        <source>The program ended while it had edits that are in no file.</source>
        <translation>程序结束时，它有未存入文件的修改。</translation>
    </message>
    <message>
        <source>Look at the changes…</source>
        <translation>查看变化…</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>The draft is discarded.</source>
        <translation>草稿已放弃。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>affinity::ui::EnvironmentStrip</name>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Unlock writing…</source>
        <translation>解锁写入…</translation>
    </message>
    <message>
        <source>Link lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>Find a device, rule or action</source>
        <translation>查找设备、规则或操作</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Exporter</name>
    <message>
        <source>Exporting devices</source>
        <translation>正在导出设备</translation>
    </message>
    <message>
        <source>Exporting the timeline</source>
        <translation>正在导出时间线</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Values (*.csv)</source>
        <translation>数据 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>1 row is in %1.</source>
        <translation>1 行已写入 %1。</translation>
    </message>
    <message>
        <source>%1 rows are in %2.</source>
        <translation>%1 行已写入 %2。</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was written.</source>
        <translation>导出已取消。没有写入文件。</translation>
    </message>
    <message>
        <source>The export failed. No file was written.</source>
        <translation>导出失败。没有写入文件。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::FanChart</name>
    <message>
        <source>Draft median</source>
        <translation>草稿中位数</translation>
    </message>
    <message>
        <source>Live median</source>
        <translation>线上中位数</translation>
    </message>
    <message>
        <source>10 to 90%</source>
        <translation>10 至 90%</translation>
    </message>
    <message>
        <source>25 to 75%</source>
        <translation>25 至 75%</translation>
    </message>
</context>
<context>
    <name>affinity::ui::FilterChips</name>
    <message>
        <source>Smallest value</source>
        <translation>最小好感度</translation>
    </message>
    <message>
        <source>Largest value</source>
        <translation>最大好感度</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>Unbound</source>
        <translation>已解绑</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Level %1 and up: %2</source>
        <translation>等级 %1 及以上：%2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::FormArea</name>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
</context>
<context>
    <name>affinity::ui::GainsPage</name>
    <message>
        <source>Persona</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Of the baseline.</source>
        <translation>属于基线。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Better off</source>
        <translation>受益</translation>
    </message>
    <message>
        <source>A higher value on the last day under the draft.</source>
        <translation>草稿下最后一天的好感度更高。</translation>
    </message>
    <message>
        <source>Worse off</source>
        <translation>受损</translation>
    </message>
    <message>
        <source>A lower value on the last day under the draft.</source>
        <translation>草稿下最后一天的好感度更低。</translation>
    </message>
    <message>
        <source>Mean change</source>
        <translation>平均变化</translation>
    </message>
    <message>
        <source>Points, draft minus baseline.</source>
        <translation>点数，草稿减基线。</translation>
    </message>
    <message>
        <source>Personas</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>by their value on the last day</source>
        <translation>按最后一天的好感度</translation>
    </message>
    <message>
        <source>Gain most</source>
        <translation>受益最多</translation>
    </message>
    <message>
        <source>Enter opens the storyline</source>
        <translation>按回车打开轨迹</translation>
    </message>
    <message>
        <source>Lose most</source>
        <translation>受损最多</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Number of the simulated device.</source>
        <translation>模拟设备的编号。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>On the last day, baseline then draft.</source>
        <translation>最后一天，先基线后草稿。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Under the draft.</source>
        <translation>草稿下的等级。</translation>
    </message>
    <message>
        <source>%1 of %2 devices end higher, %3 lower, %4 alike. %5 end on a higher level, %6 on a lower one.</source>
        <translation>%2 台设备中，%1 台最终更高，%3 台更低，%4 台相同。%5 台最终等级更高，%6 台更低。</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可比较的</translation>
    </message>
    <message>
        <source>The draft is its baseline. Change a number, and both are run on the same devices.</source>
        <translation>草稿就是基线。改一个数，两者就会在同一批设备上运行。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::GrantModel</name>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Granted</source>
        <translation>已发放</translation>
    </message>
</context>
<context>
    <name>affinity::ui::HealthPanel</name>
    <message>
        <source>Health</source>
        <translation>运行状况</translation>
    </message>
    <message>
        <source>Counters</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>in this process, checked against the log</source>
        <translation>在本进程内，与流水核对</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>this connection has none</source>
        <translation>此连接没有</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>This page was answered in %1.</source>
        <translation>此页在 %1内应答。</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>in Redis, beside the service</source>
        <translation>在 Redis 中，与服务共用</translation>
    </message>
    <message>
        <source>to the service&apos;s channels</source>
        <translation>发往服务的 channel layer</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Check its set-up</source>
        <translation>检查其配置</translation>
    </message>
    <message>
        <source>Redis lost them; they are raised to the log</source>
        <translation>Redis 已丢失，正按流水恢复</translation>
    </message>
    <message>
        <source>Rebuilding</source>
        <translation>重建中</translation>
    </message>
    <message>
        <source>Redis lost them; the log holds the limits</source>
        <translation>Redis 已丢失，上限由流水保证</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>已丢失</translation>
    </message>
    <message>
        <source>Redis is away; the log holds the limits</source>
        <translation>Redis 无应答，上限由流水保证</translation>
    </message>
    <message>
        <source>Redis is away; events are refused</source>
        <translation>Redis 无应答，事件被拒绝</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>发件箱</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Show reward deliveries</source>
        <translation>显示奖励发放情况</translation>
    </message>
    <message>
        <source>none: pushes are sent once and may be lost</source>
        <translation>没有：推送只发一次，可能丢失</translation>
    </message>
    <message>
        <source>Not prepared</source>
        <translation>未准备</translation>
    </message>
    <message>
        <source>This store has no tables of the console. What is to be sent for a change (pushes, and the counters&apos; confirms) is sent once after its commit and forgotten: it is lost when the program or the network fails then. Rewards are not delivered. Prepare the store to have all of it kept until it is sent.</source>
        <translation>此存储没有控制台的表。一次改动要发送的内容（推送，以及给计数器的确认）在提交后只发一次，不再保留：那时程序或网络出错，它就丢失了。奖励也不会发放。准备好存储后，这些内容都会保留到发出为止。</translation>
    </message>
    <message>
        <source>this connection only reads</source>
        <translation>此连接只读</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>nothing waits to be sent</source>
        <translation>没有待发送的内容</translation>
    </message>
    <message>
        <source>%1 to send, the oldest of %2</source>
        <translation>%1 项待发送，最早 %2</translation>
    </message>
    <message>
        <source>%1 to send</source>
        <translation>%1 项待发送</translation>
    </message>
    <message>
        <source>Confirms for the counters: %1. Pushes: %2. Rewards: %3.</source>
        <translation>给计数器的确认：%1。推送：%2。奖励：%3。</translation>
    </message>
    <message>
        <source>Held up</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 项等待</translation>
    </message>
    <message>
        <source>%1 given up</source>
        <translation>%1 项已放弃</translation>
    </message>
    <message>
        <source>They were refused, or tried too often. The list says why, and sends them again.</source>
        <translation>它们被拒绝，或尝试次数过多。列表写明原因，并可重新发放。</translation>
    </message>
    <message>
        <source>None waiting</source>
        <translation>无等待</translation>
    </message>
    <message>
        <source>others hand them out</source>
        <translation>由别处发放</translation>
    </message>
    <message>
        <source>kept in this store</source>
        <translation>保存在此存储中</translation>
    </message>
    <message>
        <source>sent to %1</source>
        <translation>发往 %1</translation>
    </message>
    <message>
        <source>nobody hands them out yet; they wait</source>
        <translation>还没有发放者，等待中</translation>
    </message>
    <message>
        <source>Nobody sends them. Start the program with --rewards and an address.</source>
        <translation>没有发送者。用 --rewards 和一个地址启动程序。</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>Designers who are no superusers</source>
        <translation>非超级用户的设计者</translation>
    </message>
    <message>
        <source>Nicknames of users</source>
        <translation>用户昵称</translation>
    </message>
    <message>
        <source>Nicknames of devices</source>
        <translation>设备昵称</translation>
    </message>
    <message>
        <source>the store has no %1</source>
        <translation>存储中没有 %1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::HeatMap</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::HelpDesk</name>
    <message>
        <source>The diagnostics are on the clipboard. Passwords are masked.</source>
        <translation>诊断信息已复制到剪贴板。密码已遮盖。</translation>
    </message>
    <message>
        <source>Show help for this screen</source>
        <translation>显示当前界面的帮助</translation>
    </message>
    <message>
        <source>Show the help contents</source>
        <translation>显示帮助目录</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>About Affinity Console</source>
        <translation>关于好感度控制台</translation>
    </message>
</context>
<context>
    <name>affinity::ui::HelpWindow</name>
    <message>
        <source>Help – Affinity Console</source>
        <translation>帮助 – 好感度控制台</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>帮助页面</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>返回（Alt+←）</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>前进（Alt+→）</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>No page holds all of these words.</source>
        <translation>没有同时包含这些词的页面。</translation>
    </message>
    <message>
        <source>%1 is outside this program and is not opened from here.</source>
        <translation>%1 在本程序之外，不从这里打开。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::HistogramChart</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::HourBars</name>
    <message>
        <source>Hour profile</source>
        <translation>时段分布</translation>
    </message>
    <message>
        <source>%1:00, weight %2</source>
        <translation>%1:00，权重 %2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::KeysInForce</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Knob</name>
    <message>
        <source>live %1</source>
        <translation>线上 %1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::KnobPanel</name>
    <message>
        <source>baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Level %1 from</source>
        <translation>等级 %1 门槛</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Set everything back to the baseline</source>
        <translation>全部恢复为基线</translation>
    </message>
    <message>
        <source>Which numbers are shown</source>
        <translation>显示哪些数</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>复制摘要码</translation>
    </message>
    <message>
        <source>Choose a scenario</source>
        <translation>选择场景</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>End the run (Esc)</source>
        <translation>结束运行（Esc）</translation>
    </message>
    <message>
        <source>Common numbers</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>All numbers</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Changed numbers</source>
        <translation>已改</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>改动 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>No number differs from the baseline.</source>
        <translation>没有数与基线不同。</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Devices and days</source>
        <translation>设备与天数</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>%1 s, threads: %2</source>
        <translation>%1 秒，线程 %2</translation>
    </message>
    <message>
        <source>Result digest</source>
        <translation>结果摘要码</translation>
    </message>
    <message>
        <source>Numbers of the scenario</source>
        <translation>场景的数值</translation>
    </message>
</context>
<context>
    <name>affinity::ui::KpiTile</name>
    <message>
        <source>not known yet</source>
        <translation>尚不知道</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LegendBar</name>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Click a name to hide or show it.</source>
        <translation>点击名称可隐藏或显示。</translation>
    </message>
    <message>
        <source>%1: click to hide or show it.</source>
        <translation>%1：点击可隐藏或显示。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LevelBlock</name>
    <message>
        <source>Value %1 of %2, level %3</source>
        <translation>好感度 %1 / %2，等级 %3</translation>
    </message>
    <message>
        <source>Value not known</source>
        <translation>好感度未知</translation>
    </message>
    <message>
        <source>of %1 points</source>
        <translation>/ %1 点</translation>
    </message>
    <message>
        <source>%1 points to %2</source>
        <translation>距 %2 还差 %1 点</translation>
    </message>
    <message>
        <source>Highest level</source>
        <translation>最高等级</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LevelMoveBar</name>
    <message>
        <source>From %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Levels</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>fewer than 10% so far</source>
        <translation>至今不到 10%</translation>
    </message>
    <message>
        <source>10% by day %1, half not yet</source>
        <translation>第 %1 天达 10%，尚未过半</translation>
    </message>
    <message>
        <source>half by day %1, 10% by day %2</source>
        <translation>第 %1 天过半，第 %2 天达 10%</translation>
    </message>
    <message>
        <source>half by day %1 (10 to 90%: day %2 to %3)</source>
        <translation>第 %1 天过半（10 至 90%：第 %2 至 %3 天）</translation>
    </message>
    <message>
        <source>where devices start</source>
        <translation>设备的起点</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LevelsEditor</name>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>sorted by number</source>
        <translation>按编号排序</translation>
    </message>
    <message>
        <source>Add a level</source>
        <translation>添加等级</translation>
    </message>
    <message>
        <source>Duplicate the level</source>
        <translation>复制等级</translation>
    </message>
    <message>
        <source>Remove the level</source>
        <translation>删除等级</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>From, points</source>
        <translation>门槛，点</translation>
    </message>
    <message>
        <source>Reached when the value is at least this.</source>
        <translation>好感度达到此值即到该等级。</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>跨度</translation>
    </message>
    <message>
        <source>Points to the next level.</source>
        <translation>到下一等级的点数。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>This level gives nothing.</source>
        <translation>此等级没有奖励。</translation>
    </message>
    <message>
        <source>granted once, when the level is reached</source>
        <translation>到达该等级时发放一次</translation>
    </message>
    <message>
        <source>Add a reward</source>
        <translation>添加奖励</translation>
    </message>
    <message>
        <source>the last</source>
        <translation>末级</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>等级 %1</translation>
    </message>
    <message>
        <source>Remove the reward</source>
        <translation>删除奖励</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LevelsScreen</name>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>From</source>
        <translation>门槛</translation>
    </message>
    <message>
        <source>The value, in points, from which a device has the level.</source>
        <translation>设备到达该等级所需的好感度，单位为点。</translation>
    </message>
    <message>
        <source>To next</source>
        <translation>距下一级</translation>
    </message>
    <message>
        <source>Points between this level and the next.</source>
        <translation>此等级与下一等级之间的点数。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Bound devices at this level now.</source>
        <translation>现在处于此等级的绑定设备。</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Of all bound devices.</source>
        <translation>占全部绑定设备。</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Of the devices that were bound below the level, how many got there.</source>
        <translation>绑定时低于此等级的设备中，有多少到达。</translation>
    </message>
    <message>
        <source>Days after binding</source>
        <translation>绑定后天数</translation>
    </message>
    <message>
        <source>From the log; devices that are not there yet count as followed until now.</source>
        <translation>取自流水；尚未到达的设备按观察至今计算。</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Level table</source>
        <translation>等级表</translation>
    </message>
    <message>
        <source>Enter shows a level&apos;s devices</source>
        <translation>按回车查看该等级的设备</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>devices that reached it</source>
        <translation>到达的设备</translation>
    </message>
    <message>
        <source>Time to level</source>
        <translation>到级用时</translation>
    </message>
    <message>
        <source>days after binding, from the log</source>
        <translation>绑定后天数，取自流水</translation>
    </message>
    <message>
        <source>Level curve</source>
        <translation>等级曲线</translation>
    </message>
    <message>
        <source>which value gives which level</source>
        <translation>多少好感度对应哪个等级</translation>
    </message>
    <message>
        <source>The store did not answer.</source>
        <translation>存储没有应答。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
    <message>
        <source>%1 bound devices, values up to %2 points</source>
        <translation>%1 台绑定设备，好感度最高 %2 点</translation>
    </message>
    <message>
        <source>There is no level table.</source>
        <translation>没有等级表。</translation>
    </message>
    <message>
        <source>No device was followed from below a level yet.</source>
        <translation>还没有从某等级以下开始观察的设备。</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>The level table is loading.</source>
        <translation>等级表正在加载。</translation>
    </message>
    <message>
        <source>List the devices of the level</source>
        <translation>列出此等级的设备</translation>
    </message>
    <message>
        <source>No level is chosen.</source>
        <translation>没有选中等级。</translation>
    </message>
    <message>
        <source>Save the level table as…</source>
        <translation>将等级表另存为…</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LineChart</name>
    <message>
        <source>%1, upper</source>
        <translation>%1，上界</translation>
    </message>
    <message>
        <source>%1, lower</source>
        <translation>%1，下界</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ListEditor</name>
    <message>
        <source>Nothing here yet. %1 with the plus.</source>
        <translation>这里还没有内容。用加号%1。</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LiveRun</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Simulating %1 devices × %2 days</source>
        <translation>正在模拟 %1 台设备 × %2 天</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LogModel</name>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>affinity::ui::LogView</name>
    <message>
        <source>Log – Affinity Console</source>
        <translation>日志 – 好感度控制台</translation>
    </message>
    <message>
        <source>Save as text…</source>
        <translation>另存为文本…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Messages shown</source>
        <translation>显示的消息</translation>
    </message>
    <message>
        <source>Words in the message</source>
        <translation>消息中的词</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随最新</translation>
    </message>
    <message>
        <source>Stay at the newest message; scrolling up stops it.</source>
        <translation>停在最新的消息；向上滚动则不再跟随。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Nothing was logged yet</source>
        <translation>还没有日志</translation>
    </message>
    <message>
        <source>The program notes here what it opens, who signs in, what is adjusted and what fails. Secrets are masked.</source>
        <translation>程序在这里记下打开了什么、谁登录、调整了什么、什么失败了。机密已遮盖。</translation>
    </message>
    <message>
        <source>No message fits</source>
        <translation>没有符合的消息</translation>
    </message>
    <message>
        <source>No message has this level and all of these words.</source>
        <translation>没有消息属于此级别并包含全部这些词。</translation>
    </message>
    <message>
        <source>Show all messages</source>
        <translation>显示全部消息</translation>
    </message>
    <message>
        <source>Messages: %1. Times in %2. Only the last 5,000 are kept, in memory.</source>
        <translation>消息 %1 条。时区 %2。只在内存中保留最近 5,000 条。</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Text (*.log *.txt)</source>
        <translation>文本 (*.log *.txt)</translation>
    </message>
    <message>
        <source>The log was not saved.</source>
        <translation>日志没有保存。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 无法写入：%2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::MainWindow</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Affinity Console</source>
        <translation>好感度控制台</translation>
    </message>
    <message>
        <source>%1 – Affinity Console</source>
        <translation>%1 – 好感度控制台</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Columns and panels are as they came.</source>
        <translation>列和面板已恢复默认。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>视角</translation>
    </message>
    <message>
        <source>Perspective: %1</source>
        <translation>视角：%1</translation>
    </message>
    <message>
        <source>Language: as the system</source>
        <translation>语言：跟随系统</translation>
    </message>
    <message>
        <source>Language: Chinese</source>
        <translation>语言：中文</translation>
    </message>
    <message>
        <source>Language: English</source>
        <translation>语言：英文</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>主题：浅色</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>主题：深色</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>主题：跟随系统</translation>
    </message>
    <message>
        <source>In tables</source>
        <translation>表格中</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>复制选中的行</translation>
    </message>
    <message>
        <source>Open the row, or show why</source>
        <translation>打开该行，或显示原因</translation>
    </message>
    <message>
        <source>Open the menu of the row</source>
        <translation>打开该行的菜单</translation>
    </message>
    <message>
        <source>Choose and move the columns</source>
        <translation>选择和移动列</translation>
    </message>
    <message>
        <source>In lists of the scenario</source>
        <translation>场景的列表中</translation>
    </message>
    <message>
        <source>Move the row up</source>
        <translation>上移该行</translation>
    </message>
    <message>
        <source>Move the row down</source>
        <translation>下移该行</translation>
    </message>
    <message>
        <source>In fields</source>
        <translation>输入框中</translation>
    </message>
    <message>
        <source>Undo typing</source>
        <translation>撤销输入</translation>
    </message>
    <message>
        <source>Type a number into a knob</source>
        <translation>在旋钮中键入数值</translation>
    </message>
    <message>
        <source>In charts</source>
        <translation>图表中</translation>
    </message>
    <message>
        <source>Read the values, with Ctrl in larger steps</source>
        <translation>逐点读数，按住 Ctrl 步幅更大</translation>
    </message>
    <message>
        <source>Move a zoomed chart</source>
        <translation>移动放大后的图表</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Copy picture and values</source>
        <translation>复制图片和数据</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the values</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Save the chart as a file</source>
        <translation>将图表存为文件</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>前往「%1」</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>没有打开数据库。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>没有人登录。</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>查找任何内容</translation>
    </message>
    <message>
        <source>Show and change the shortcuts</source>
        <translation>查看和修改快捷键</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>There is nothing to refresh on this screen.</source>
        <translation>此页面没有可刷新的内容。</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Switch the theme</source>
        <translation>切换主题</translation>
    </message>
    <message>
        <source>Switch between English and Chinese</source>
        <translation>在中英文之间切换</translation>
    </message>
    <message>
        <source>This perspective is in force already.</source>
        <translation>已经在使用此视角。</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>重置布局</translation>
    </message>
</context>
<context>
    <name>affinity::ui::MessageDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>affinity::ui::MissingPanel</name>
    <message>
        <source>Why did nothing come?</source>
        <translation>为什么没有到账？</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm:ss</source>
        <extracomment>Date and time in Qt&apos;s format for a field that is typed into</extracomment>
        <translation>yyyy年M月d日 HH:mm:ss</translation>
    </message>
    <message>
        <source>Choose the rule and the time of the event that left no row. The rules and the log of that day are looked at again as an event would have met them.</source>
        <translation>选择没有留下流水的事件的规则和时间。系统会按当日的规则和流水，重走该事件会经过的步骤。</translation>
    </message>
    <message>
        <source>The explanation is on the clipboard.</source>
        <translation>说明已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Event id, if known</source>
        <translation>事件号，若知道</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Choose the rule and the time of the event that left no row.</source>
        <translation>选择没有留下流水的事件的规则和时间。</translation>
    </message>
    <message>
        <source>Choose a rule first.</source>
        <translation>先选择规则。</translation>
    </message>
    <message>
        <source>Looking at the steps again…</source>
        <translation>正在重走各步骤…</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Overview</name>
    <message>
        <source>nothing earlier to compare with</source>
        <translation>没有更早的可比</translation>
    </message>
    <message>
        <source>none %1</source>
        <translation>%1为 0</translation>
    </message>
    <message>
        <source>as %1</source>
        <translation>与%1相同</translation>
    </message>
    <message>
        <source>%1 above %2</source>
        <translation>比%2高 %1</translation>
    </message>
    <message>
        <source>%1 below %2</source>
        <translation>比%2低 %1</translation>
    </message>
    <message>
        <source>last %1</source>
        <comment>weekday</comment>
        <translation>上%1</translation>
    </message>
    <message>
        <source>the %1 days before</source>
        <translation>前 %1 天</translation>
    </message>
    <message>
        <source>Devices at the daily cap</source>
        <translation>到每日上限的设备</translation>
    </message>
    <message>
        <source>refused events are not recorded</source>
        <translation>被拒绝的事件没有记录</translation>
    </message>
    <message>
        <source>used all %1 points of that day</source>
        <translation>用完了当日全部 %1 点</translation>
    </message>
    <message>
        <source>Applied events</source>
        <translation>已生效事件</translation>
    </message>
    <message>
        <source>Points issued</source>
        <translation>发放点数</translation>
    </message>
    <message>
        <source>Last %1</source>
        <comment>weekday, in a legend</comment>
        <translation>上%1</translation>
    </message>
    <message>
        <source>Active devices</source>
        <translation>活跃设备</translation>
    </message>
    <message>
        <source>Active devices a day</source>
        <translation>每日活跃设备</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>/ %1</translation>
    </message>
    <message>
        <source>pts</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Levels reached</source>
        <translation>升级次数</translation>
    </message>
    <message>
        <source>Adjustments</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>%1, up to %2</source>
        <translation>%1，截至 %2</translation>
    </message>
    <message>
        <source>%1, the last day with events</source>
        <translation>%1，最后有事件的一天</translation>
    </message>
</context>
<context>
    <name>affinity::ui::OverviewScreen</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>当天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>Days summed up</source>
        <translation>汇总天数</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>What the chart counts</source>
        <translation>图表统计什么</translation>
    </message>
    <message>
        <source>Open Devices, the active ones</source>
        <translation>打开「设备」，只看活跃的</translation>
    </message>
    <message>
        <source>Open Devices</source>
        <translation>打开「设备」</translation>
    </message>
    <message>
        <source>Open Simulation, where caps can be tried</source>
        <translation>打开「模拟」，可在那里试上限</translation>
    </message>
    <message>
        <source>Open Levels</source>
        <translation>打开「等级」</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Value distribution</source>
        <translation>好感度分布</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Devices by level</source>
        <translation>各等级设备</translation>
    </message>
    <message>
        <source>Top rules</source>
        <translation>规则排行</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Sum of the changes of the shown day.</source>
        <translation>所示日期的变动合计。</translation>
    </message>
    <message>
        <source>Applied events; refused ones are not recorded.</source>
        <translation>已生效的事件；被拒绝的没有记录。</translation>
    </message>
    <message>
        <source>At cap</source>
        <translation>到上限</translation>
    </message>
    <message>
        <source>Devices whose day&apos;s points reached the rule&apos;s daily cap.</source>
        <translation>当日点数达到该规则每日上限的设备。</translation>
    </message>
    <message>
        <source>The store did not answer.</source>
        <translation>存储没有应答。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
    <message>
        <source>devices at each value</source>
        <translation>每个好感度的设备数</translation>
    </message>
    <message>
        <source>devices per %1 points</source>
        <translation>每 %1 点的设备数</translation>
    </message>
    <message>
        <source>No device is bound yet.</source>
        <translation>还没有绑定的设备。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>%1 bound now</source>
        <translation>现有 %1 台已绑定</translation>
    </message>
    <message>
        <source>%1 days up to %2</source>
        <translation>%1 天，截至 %2</translation>
    </message>
    <message>
        <source>events per hour</source>
        <translation>每小时事件数</translation>
    </message>
    <message>
        <source>events per day</source>
        <translation>每天事件数</translation>
    </message>
    <message>
        <source>points per hour</source>
        <translation>每小时点数</translation>
    </message>
    <message>
        <source>points per day</source>
        <translation>每天点数</translation>
    </message>
    <message>
        <source>Nothing was applied in this time.</source>
        <translation>这段时间没有已生效的事件。</translation>
    </message>
    <message>
        <source>refreshes every minute</source>
        <translation>每分钟刷新</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Show the day before</source>
        <translation>显示前一天</translation>
    </message>
    <message>
        <source>Show the day after</source>
        <translation>显示后一天</translation>
    </message>
    <message>
        <source>Show today</source>
        <translation>显示今天</translation>
    </message>
    <message>
        <source>Sum up one day</source>
        <translation>汇总 1 天</translation>
    </message>
    <message>
        <source>Sum up 7 days</source>
        <translation>汇总 7 天</translation>
    </message>
    <message>
        <source>Sum up 30 days</source>
        <translation>汇总 30 天</translation>
    </message>
    <message>
        <source>Sum up 90 days</source>
        <translation>汇总 90 天</translation>
    </message>
    <message>
        <source>Count events in the chart</source>
        <translation>图表统计事件</translation>
    </message>
    <message>
        <source>Count points in the chart</source>
        <translation>图表统计点数</translation>
    </message>
    <message>
        <source>List the active devices</source>
        <translation>列出活跃设备</translation>
    </message>
    <message>
        <source>The overview is loading.</source>
        <translation>概览正在加载。</translation>
    </message>
    <message>
        <source>The day after today is not here yet.</source>
        <translation>今天之后的日子还没有到。</translation>
    </message>
    <message>
        <source>There is nothing before this day.</source>
        <translation>这一天之前没有记录。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Palette</name>
    <message>
        <source>Palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Search actions, screens, devices and rules</source>
        <translation>搜索操作、页面、设备和规则</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found. Fewer letters find more.</source>
        <translation>没有找到。少输入几个字会找到更多。</translation>
    </message>
    <message>
        <source>A verb, a screen, a device by id, serial, nickname or user, or a rule. Enter opens it, Esc closes.</source>
        <translation>操作、页面、规则，或设备的绑定号、序列号、昵称、用户。Enter 打开，Esc 关闭。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::PaletteModel</name>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
</context>
<context>
    <name>affinity::ui::PersonasEditor</name>
    <message>
        <source>Personas</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Add a persona</source>
        <translation>添加画像</translation>
    </message>
    <message>
        <source>Duplicate the persona</source>
        <translation>复制画像</translation>
    </message>
    <message>
        <source>Remove the persona</source>
        <translation>删除画像</translation>
    </message>
    <message>
        <source>Persona</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Share, %</source>
        <translation>占比，%</translation>
    </message>
    <message>
        <source>Percent of the devices; all shares add up to 100.</source>
        <translation>占设备的百分比；全部占比合计 100。</translation>
    </message>
    <message>
        <source>Active, %</source>
        <translation>活跃，%</translation>
    </message>
    <message>
        <source>Percent of the days that are active.</source>
        <translation>活跃日的百分比。</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Mean number on an active day, all rules.</source>
        <translation>活跃日的平均次数，所有规则。</translation>
    </message>
    <message>
        <source>Events per active day</source>
        <translation>每活跃日事件数</translation>
    </message>
    <message>
        <source>mean number by rule</source>
        <translation>按规则的平均次数</translation>
    </message>
    <message>
        <source>Weekdays</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>factor on all rates</source>
        <translation>所有频率的倍数</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Irregularity</source>
        <translation>不规则度</translation>
    </message>
    <message>
        <source>dispersion 0 is Poisson</source>
        <translation>离散度 0 即泊松分布</translation>
    </message>
    <message>
        <source>Hours of the day</source>
        <translation>一天各时段</translation>
    </message>
    <message>
        <source>weights from local midnight; drag, or use the arrow keys</source>
        <translation>自本地零点起的权重；拖动或用方向键</translation>
    </message>
    <message>
        <source>Weight at %1:00</source>
        <translation>%1:00 的权重</translation>
    </message>
    <message>
        <source>new persona</source>
        <translation>新画像</translation>
    </message>
    <message>
        <source>new persona %1</source>
        <translation>新画像 %1</translation>
    </message>
    <message>
        <source>%1, events per active day</source>
        <translation>%1，每活跃日事件数</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Perspectives</name>
    <message>
        <source>Design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>客服</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>值守</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Tune rules by simulation. Begins on Simulation.</source>
        <translation>通过模拟调整规则，从「模拟」开始。</translation>
    </message>
    <message>
        <source>Answer questions about one device. Begins on Devices, ready to search.</source>
        <translation>解答某台设备的问题，从「设备」开始，可直接搜索。</translation>
    </message>
    <message>
        <source>Keep an eye on the service. Overview refreshes by itself, devices by last activity.</source>
        <translation>关注服务状况，「概览」自动刷新，设备按最近活动排序。</translation>
    </message>
    <message>
        <source>All screens alike. Begins on Overview.</source>
        <translation>所有页面同等对待，从「概览」开始。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::PreviewView</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>会发生什么</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将发生什么</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Rail</name>
    <message>
        <source>Screens</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ReasonFields</name>
    <message>
        <source>Choose a reason</source>
        <translation>选择原因</translation>
    </message>
    <message>
        <source>Reason code</source>
        <translation>原因代码</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Optional; kept with the adjustment.</source>
        <translation>可不填；与调整一同保存。</translation>
    </message>
    <message>
        <source>Choose a reason code.</source>
        <translation>选择原因代码。</translation>
    </message>
    <message>
        <source>Write why this adjustment is made.</source>
        <translation>写明为什么做这次调整。</translation>
    </message>
    <message>
        <source>%1 characters are too many; at most %2 fit.</source>
        <translation>多出 %1 个字符；最多 %2 个。</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 / %2 个字符</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ReceiptView</name>
    <message>
        <source>Reading the row back</source>
        <translation>正在读回流水</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看一次</translation>
    </message>
    <message>
        <source>Copy receipt</source>
        <translation>复制回执</translation>
    </message>
    <message>
        <source>Reverse…</source>
        <translation>冲正…</translation>
    </message>
    <message>
        <source>Reading the row back…</source>
        <translation>正在读回流水…</translation>
    </message>
    <message>
        <source>Confirmed: log row %1 was read back from the store.</source>
        <translation>已确认：从存储读回了流水 %1。</translation>
    </message>
    <message>
        <source>Written, but not seen: %1</source>
        <translation>已写入，但没有看到：%1</translation>
    </message>
    <message>
        <source>The row has to be seen before it is reversed.</source>
        <translation>先要看到该流水，才能冲正。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ReverseDialog</name>
    <message>
        <source>It took %1. Reversing writes a new row that adds them; the old row stays.</source>
        <translation>它扣除了 %1。冲正会写入一条新流水加回来；旧流水保留。</translation>
    </message>
    <message>
        <source>It added %1. Reversing writes a new row that takes them; the old row stays.</source>
        <translation>它增加了 %1。冲正会写入一条新流水扣回来；旧流水保留。</translation>
    </message>
    <message>
        <source>Reverse log row %1</source>
        <translation>冲正流水 %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>The row moved the value from %1 to %2. What happened since then stays.</source>
        <translation>该流水把好感度从 %1 变为 %2。之后发生的保持不变。</translation>
    </message>
    <message>
        <source>Rewards that the row granted stay with the user.</source>
        <translation>该流水发放的奖励留给用户。</translation>
    </message>
    <message>
        <source>Cooldowns, caps and counters are not set back; the preview names what stays.</source>
        <translation>冷却、上限和计数不会回退；预览会列出保留的内容。</translation>
    </message>
    <message>
        <source>Reverse: add %1</source>
        <translation>冲正：增加 %1</translation>
    </message>
    <message>
        <source>Reverse: take %1</source>
        <translation>冲正：扣除 %1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Rewards</name>
    <message>
        <source>%1 “%2”</source>
        <comment>type and name of a reward</comment>
        <translation>%1「%2」</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>amount and type of a reward</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>the last two of a list</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>affinity::ui::RewardsPage</name>
    <message>
        <source>Reward</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Of one unit, from the scenario.</source>
        <translation>每单位的价格，取自场景。</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>cost a day</source>
        <translation>每日成本</translation>
    </message>
    <message>
        <source>cost up to the day</source>
        <translation>截至当日的成本</translation>
    </message>
    <message>
        <source>share of devices</source>
        <translation>设备占比</translation>
    </message>
    <message>
        <source>points a day</source>
        <translation>每日点数</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Value and day</source>
        <translation>好感度与日期</translation>
    </message>
    <message>
        <source>draft, devices</source>
        <translation>草稿，设备数</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>points taken from idle devices</source>
        <translation>从不活跃设备扣除的点数</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Reward cost</source>
        <translation>奖励成本</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>每日</translation>
    </message>
    <message>
        <source>Cumulated</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>granted in the whole run</source>
        <translation>整次运行中发放</translation>
    </message>
</context>
<context>
    <name>affinity::ui::RuleSource</name>
    <message>
        <source>%1 · off</source>
        <translation>%1 · 已停用</translation>
    </message>
</context>
<context>
    <name>affinity::ui::RulesEditor</name>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>changed cells read baseline → draft</source>
        <translation>改过的单元格为「基线 → 草稿」</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Duplicate the rule</source>
        <translation>复制规则</translation>
    </message>
    <message>
        <source>Remove the rule</source>
        <translation>删除规则</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Points of one event, at least.</source>
        <translation>一个事件最少的点数。</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Points of one event, at most.</source>
        <translation>一个事件最多的点数。</translation>
    </message>
    <message>
        <source>Single cap</source>
        <translation>单次上限</translation>
    </message>
    <message>
        <source>One event moves the value by at most this much.</source>
        <translation>一个事件最多改变好感度的点数。</translation>
    </message>
    <message>
        <source>Daily cap</source>
        <translation>每日上限</translation>
    </message>
    <message>
        <source>Points of one device and local day.</source>
        <translation>每台设备每个本地日的点数。</translation>
    </message>
    <message>
        <source>Cooldown, s</source>
        <translation>冷却，秒</translation>
    </message>
    <message>
        <source>Seconds between two events that count.</source>
        <translation>两个有效事件之间的秒数。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>The rule is on</source>
        <translation>规则已启用</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>drawn evenly between the two</source>
        <translation>在两者之间均匀取值</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新规则</translation>
    </message>
</context>
<context>
    <name>affinity::ui::RulesPage</name>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>The rule&apos;s key.</source>
        <translation>规则的键。</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>All events of the rule, whatever became of them.</source>
        <translation>该规则的全部事件，不论结果。</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>Events that moved a value.</source>
        <translation>改变了好感度的事件。</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>Applied events that a cap or a bound made smaller.</source>
        <translation>被上限或边界削减的已生效事件。</translation>
    </message>
    <message>
        <source>Cap</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Events refused because a daily cap was used up.</source>
        <translation>因每日上限用完而被拒绝的事件。</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>Events refused during the rule&apos;s cooldown.</source>
        <translation>在规则冷却期间被拒绝的事件。</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Duplicates, values at their bound, rules that were switched off.</source>
        <translation>重复、好感度已在边界、规则已关闭。</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>Points: the sum of the positive changes.</source>
        <translation>点数：正变动之和。</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>扣除</translation>
    </message>
    <message>
        <source>Points: the sum of the negative changes.</source>
        <translation>点数：负变动之和。</translation>
    </message>
    <message>
        <source>Kept back</source>
        <translation>截留</translation>
    </message>
    <message>
        <source>Points that caps and bounds took off drawn changes.</source>
        <translation>上限和边界从抽取的变动中去掉的点数。</translation>
    </message>
    <message>
        <source>Outcomes per rule</source>
        <translation>各规则的结果</translation>
    </message>
    <message>
        <source>draft; events, then points. Cap, Cooldown and Other were refused</source>
        <translation>草稿；先事件后点数。上限、冷却和其他为被拒绝</translation>
    </message>
    <message>
        <source>Points kept back</source>
        <translation>截留的点数</translation>
    </message>
    <message>
        <source>points, mean of all devices</source>
        <translation>点，全部设备平均</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>by rule and main reason</source>
        <translation>按规则和主要原因</translation>
    </message>
    <message>
        <source>Contribution</source>
        <translation>贡献</translation>
    </message>
    <message>
        <source>start to last day</source>
        <translation>起始至最后一天</translation>
    </message>
    <message>
        <source>Hour and rule</source>
        <translation>时段与规则</translation>
    </message>
    <message>
        <source>local hours, draft</source>
        <translation>本地时段，草稿</translation>
    </message>
</context>
<context>
    <name>affinity::ui::RunEditor</name>
    <message>
        <source>No level gives a reward with a type.</source>
        <translation>没有等级给出带类型的奖励。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>the same for baseline and draft, name aside</source>
        <translation>基线与草稿相同，名称除外</translation>
    </message>
    <message>
        <source>1 to 100,000,000.</source>
        <translation>1 至 100,000,000。</translation>
    </message>
    <message>
        <source>1 to 730.</source>
        <translation>1 至 730。</translation>
    </message>
    <message>
        <source>Local date in the setting&apos;s zone.</source>
        <translation>设置所用时区的本地日期。</translation>
    </message>
    <message>
        <source>Same seed, same result.</source>
        <translation>种子相同，结果相同。</translation>
    </message>
    <message>
        <source>Start values</source>
        <translation>初始好感度</translation>
    </message>
    <message>
        <source>each device draws one by weight</source>
        <translation>每台设备按权重取一个</translation>
    </message>
    <message>
        <source>Add a start value</source>
        <translation>添加初始值</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>of one unit of a reward; empty: shown as units</source>
        <translation>每单位奖励的价格；空表示按数量显示</translation>
    </message>
    <message>
        <source>Value, points</source>
        <translation>好感度，点</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Remove the start value</source>
        <translation>删除初始值</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Price of one %1</source>
        <translation>每单位 %1 的价格</translation>
    </message>
    <message>
        <source>From the snapshot file %1.</source>
        <translation>取自快照文件 %1。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::SavedFilterBar</name>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation>筛选名称</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消（Esc）</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1，已改</translation>
    </message>
    <message>
        <source>Saves search, filters and order as they are now under this name.</source>
        <translation>以此名称保存当前的搜索、筛选和排序。</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>已存筛选</translation>
    </message>
    <message>
        <source>None yet. Search or set chips, then save them here.</source>
        <translation>还没有。先搜索或设筛选，再存到这里。</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Save current filter…</source>
        <translation>保存当前筛选…</translation>
    </message>
    <message>
        <source>Search or set a chip first.</source>
        <translation>先搜索或设筛选。</translation>
    </message>
    <message>
        <source>Update “%1”</source>
        <translation>更新「%1」</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Undo delete of “%1”</source>
        <translation>撤销删除「%1」</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>The filter is now called “%1”.</source>
        <translation>筛选已改名为「%1」。</translation>
    </message>
    <message>
        <source>The filter “%1” is saved.</source>
        <translation>筛选「%1」已保存。</translation>
    </message>
    <message>
        <source>The saved filters are as they were.</source>
        <translation>已存筛选恢复原样。</translation>
    </message>
    <message>
        <source>The filter “%1” is deleted.</source>
        <translation>筛选「%1」已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The filter “%1” is back.</source>
        <translation>筛选「%1」已恢复。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ScenarioPage</name>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Personas</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>the scenario cannot be run or saved like this; Enter leads there</source>
        <translation>这样的场景不能运行，也不能保存；按回车前往</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What differs from the baseline is blue.</source>
        <translation>与基线不同的为蓝色。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::SettingEditor</name>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>the service&apos;s one row of settings</source>
        <translation>服务唯一的一行设置</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>No value goes above it.</source>
        <translation>好感度不会超过它。</translation>
    </message>
    <message>
        <source>Points gained by all rules of one device and local day.</source>
        <translation>每台设备每个本地日所有规则增加的点数。</translation>
    </message>
    <message>
        <source>IANA name; it decides what a day is.</source>
        <translation>IANA 名称；决定一天的起止。</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>runs at the start of each local day, for devices that were idle</source>
        <translation>每个本地日开始时对不活跃的设备执行</translation>
    </message>
    <message>
        <source>Decay is on</source>
        <translation>衰减已开</translation>
    </message>
    <message>
        <source>The rule that decay applies.</source>
        <translation>衰减所用的规则。</translation>
    </message>
    <message>
        <source>Local days without activity.</source>
        <translation>不活跃的本地天数。</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Level changes are pushed to clients</source>
        <translation>等级变化推送给客户端</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>affinity::ui::SettingsNotice</name>
    <message>
        <source>The settings of the version before were taken over.</source>
        <translation>已沿用上一版本的设置。</translation>
    </message>
    <message>
        <source>The old file stays as %1.</source>
        <translation>旧文件保留在 %1。</translation>
    </message>
    <message>
        <source>The settings could not be read: the file is damaged.</source>
        <translation>无法读取设置：文件已损坏。</translation>
    </message>
    <message>
        <source>The window begins with its defaults. %1 could not be put aside, so nothing is saved.</source>
        <translation>窗口使用默认设置。无法将 %1 移开，因此不会保存任何内容。</translation>
    </message>
    <message>
        <source>The window begins with its defaults. The damaged file is kept as %1.</source>
        <translation>窗口使用默认设置。损坏的文件保留为 %1。</translation>
    </message>
    <message>
        <source>The settings were written by a newer version of this program.</source>
        <translation>设置由本程序的更新版本写入。</translation>
    </message>
    <message>
        <source>%1 stays as it is. What you change here holds until the window closes.</source>
        <translation>%1 保持原样。在此所做的更改在窗口关闭前有效。</translation>
    </message>
    <message>
        <source>The settings cannot be opened.</source>
        <translation>无法打开设置文件。</translation>
    </message>
    <message>
        <source>The settings could not be saved: %1</source>
        <translation>无法保存设置：%1</translation>
    </message>
    <message>
        <source>What you changed holds until the window closes. The file is %1.</source>
        <translation>所做的更改在窗口关闭前有效。文件为 %1。</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>重新保存</translation>
    </message>
</context>
<context>
    <name>affinity::ui::SettingsScreen</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Every choice holds at once and is kept for the next start.</source>
        <translation>每项选择立即生效，下次启动时保留。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>视角</translation>
    </message>
    <message>
        <source>start screen, columns, filters</source>
        <translation>起始页面、列、筛选</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>重置布局</translation>
    </message>
    <message>
        <source>Widths, order and choice of columns and the borders between panels are kept for each perspective. Columns are chosen in the menu of a table&apos;s heading, or with Ctrl+Shift+H in the table.</source>
        <translation>每个视角分别保留各列的宽度、顺序、显示与否，以及面板之间的边界。在表头的菜单中选择要显示的列，或在表格中按 Ctrl+Shift+H。</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Clear recent items</source>
        <translation>清除最近项目</translation>
    </message>
    <message>
        <source>The recent items are forgotten.</source>
        <translation>最近项目已清除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>There is nothing to forget.</source>
        <translation>没有可清除的内容。</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>every command and its keys</source>
        <translation>所有命令及其快捷键</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>在本机上</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy the path of: %1</source>
        <translation>复制路径：%1</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open the folder of: %1</source>
        <translation>打开文件夹：%1</translation>
    </message>
    <message>
        <source>The path is on the clipboard.</source>
        <translation>路径已复制到剪贴板。</translation>
    </message>
    <message>
        <source>%1 · not there yet</source>
        <translation>%1 · 尚未创建</translation>
    </message>
    <message>
        <source>The folder is not there yet.</source>
        <translation>文件夹尚未创建。</translation>
    </message>
    <message>
        <source>No device or scenario is remembered.</source>
        <translation>没有记住任何设备或场景。</translation>
    </message>
    <message>
        <source>Devices and scenarios remembered for Ctrl+K and the file menu: %1</source>
        <translation>为 Ctrl+K 和文件菜单记住的设备和场景：%1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ShortcutsModel</name>
    <message>
        <source>Everywhere</source>
        <translation>所有页面</translation>
    </message>
    <message>
        <source>Press the new keys…</source>
        <translation>按下新的按键…</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ShortcutsView</name>
    <message>
        <source>Command, screen or keys</source>
        <translation>命令、页面或按键</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>These keys are as they come.</source>
        <translation>这些按键就是默认的。</translation>
    </message>
    <message>
        <source>All keys are as they come.</source>
        <translation>所有按键都是默认的。</translation>
    </message>
    <message>
        <source>Enter or a click on the keys changes them. Keys of charts, tables and lists work while those have the focus; they are fixed.</source>
        <translation>按 Enter 或点击按键即可修改。图表、表格和列表的按键在它们获得焦点时有效，固定不变。</translation>
    </message>
    <message>
        <source>The keys of “%1” are fixed: they belong to a control while it has the focus.</source>
        <translation>「%1」的按键是固定的：它们属于获得焦点的控件。</translation>
    </message>
    <message>
        <source>Press the new keys for “%1”. Esc leaves them as they are, Backspace removes them.</source>
        <translation>按下「%1」的新按键。Esc 保持不变，Backspace 移除按键。</translation>
    </message>
    <message>
        <source>%1 alone is typed or moves in fields and tables. Take it with Ctrl or Alt, or take a function key.</source>
        <translation>单独的 %1 在输入框和表格中用于输入或移动。与 Ctrl 或 Alt 一起按，或使用功能键。</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”. Press other keys, or Esc.</source>
        <translation>%1 已属于「%2」。按下其他按键，或按 Esc。</translation>
    </message>
    <message>
        <source>%1 belongs to “%2” now. Change that first.</source>
        <translation>%1 现在属于「%2」。先修改那一个。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Checking the password</source>
        <translation>正在核对密码</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>With the account of the Django admin. It is written beside every adjustment you make.</source>
        <translation>用 Django 后台的账号。它会记在你的每次调整旁。</translation>
    </message>
    <message>
        <source>Accounts of this demo store</source>
        <translation>此演示存储的账号</translation>
    </message>
    <message>
        <source>Checking the password…</source>
        <translation>正在核对密码…</translation>
    </message>
    <message>
        <source>The password is being checked.</source>
        <translation>密码正在核对中。</translation>
    </message>
    <message>
        <source>Write your user name.</source>
        <translation>填写用户名。</translation>
    </message>
    <message>
        <source>Write your password.</source>
        <translation>填写密码。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::SimulationScreen</name>
    <message>
        <source>%1, shipped</source>
        <translation>%1，内置</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation>奖励</translation>
    </message>
    <message>
        <source>Who gains</source>
        <translation>谁受益</translation>
    </message>
    <message>
        <source>Storyline</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The run ended with an error.</source>
        <translation>运行出错而结束。</translation>
    </message>
    <message>
        <source>The digest is on the clipboard.</source>
        <translation>摘要码已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Back to the baseline</source>
        <translation>恢复为基线</translation>
    </message>
    <message>
        <source>Nothing was run yet</source>
        <translation>还没有运行过</translation>
    </message>
    <message>
        <source>A run plays every device of the scenario through every day. Change a number, and the draft is run against its baseline on the same devices.</source>
        <translation>一次运行让场景中的每台设备经历每一天。改一个数，草稿就会与基线在同一批设备上对比运行。</translation>
    </message>
    <message>
        <source>Run the scenario</source>
        <translation>运行场景</translation>
    </message>
    <message>
        <source>as it is, to see where it leads</source>
        <translation>不作改动，看看结果如何</translation>
    </message>
    <message>
        <source>Edit the scenario</source>
        <translation>编辑场景</translation>
    </message>
    <message>
        <source>rules, levels, setting, personas, calendar</source>
        <translation>规则、等级、设置、画像、日历</translation>
    </message>
    <message>
        <source>Open a scenario file</source>
        <translation>打开场景文件</translation>
    </message>
    <message>
        <source>JSON, the format the command line uses too</source>
        <translation>JSON，与命令行所用格式相同</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation>场景 (*.json)</translation>
    </message>
    <message>
        <source>%1 is not a scenario that can be run.</source>
        <translation>%1 不是可以运行的场景。</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>保存场景</translation>
    </message>
    <message>
        <source>The scenario was not saved.</source>
        <translation>场景没有保存。</translation>
    </message>
    <message>
        <source>%1 is saved.</source>
        <translation>%1 已保存。</translation>
    </message>
    <message>
        <source>The run was cancelled.</source>
        <translation>运行已取消。</translation>
    </message>
    <message>
        <source>The result below is the one before it.</source>
        <translation>下面是上一次的结果。</translation>
    </message>
    <message>
        <source>Nothing of it is shown.</source>
        <translation>不显示其任何内容。</translation>
    </message>
    <message>
        <source>Choose a scenario first.</source>
        <translation>先选择场景。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>A whole population under the production rules, day by day</source>
        <translation>线上规则下的一整群设备，逐日推演</translation>
    </message>
    <message>
        <source>“%1”, as it was opened</source>
        <translation>「%1」，与打开时相同</translation>
    </message>
    <message>
        <source>Draft of “%1” against its baseline, on the same devices</source>
        <translation>「%1」的草稿与其基线，同一批设备</translation>
    </message>
    <message>
        <source>There is nothing to save.</source>
        <translation>没有要保存的。</translation>
    </message>
    <message>
        <source>Save *</source>
        <translation>保存 *</translation>
    </message>
    <message>
        <source>Findings: %1</source>
        <translation>问题：%1</translation>
    </message>
    <message>
        <source>Older than the draft</source>
        <translation>早于草稿</translation>
    </message>
    <message>
        <source>First %1 devices</source>
        <translation>前 %1 台设备</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Make the draft the new baseline</source>
        <translation>以草稿为新基线</translation>
    </message>
    <message>
        <source>There is no edit to undo.</source>
        <translation>没有可撤销的修改。</translation>
    </message>
    <message>
        <source>There is no edit to redo.</source>
        <translation>没有可重做的修改。</translation>
    </message>
    <message>
        <source>The draft is the baseline already.</source>
        <translation>草稿与基线相同。</translation>
    </message>
    <message>
        <source>The storyline is not shown.</source>
        <translation>没有显示轨迹。</translation>
    </message>
    <message>
        <source>This is the first device.</source>
        <translation>这是第一台设备。</translation>
    </message>
    <message>
        <source>This is the last device.</source>
        <translation>这是最后一台设备。</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>取消运行</translation>
    </message>
    <message>
        <source>No run is going on.</source>
        <translation>没有正在进行的运行。</translation>
    </message>
    <message>
        <source>Undo the edit</source>
        <translation>撤销修改</translation>
    </message>
    <message>
        <source>Redo the edit</source>
        <translation>重做修改</translation>
    </message>
    <message>
        <source>Set the draft back to the baseline</source>
        <translation>将草稿恢复为基线</translation>
    </message>
    <message>
        <source>Open a scenario…</source>
        <translation>打开场景…</translation>
    </message>
    <message>
        <source>Save the scenario as…</source>
        <translation>将场景另存为…</translation>
    </message>
    <message>
        <source>Show the drafts that were not saved…</source>
        <translation>显示未保存的草稿…</translation>
    </message>
    <message>
        <source>No draft waits for an answer.</source>
        <translation>没有待处理的草稿。</translation>
    </message>
    <message>
        <source>Bring the discarded draft back</source>
        <translation>找回已放弃的草稿</translation>
    </message>
    <message>
        <source>No draft was discarded.</source>
        <translation>没有放弃过草稿。</translation>
    </message>
    <message>
        <source>Show the values</source>
        <translation>显示好感度</translation>
    </message>
    <message>
        <source>Show the rules</source>
        <translation>显示规则</translation>
    </message>
    <message>
        <source>Show the rewards</source>
        <translation>显示奖励</translation>
    </message>
    <message>
        <source>Show who gains</source>
        <translation>显示谁受益</translation>
    </message>
    <message>
        <source>Show the storyline</source>
        <translation>显示轨迹</translation>
    </message>
    <message>
        <source>Show the device before</source>
        <translation>显示上一台设备</translation>
    </message>
    <message>
        <source>Show the device after</source>
        <translation>显示下一台设备</translation>
    </message>
    <message>
        <source>Save to %1</source>
        <translation>保存到 %1</translation>
    </message>
    <message>
        <source>Save as a file of your own</source>
        <translation>存为自己的文件</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Recent scenarios</source>
        <translation>最近的场景</translation>
    </message>
    <message>
        <source>Drafts that were not saved…</source>
        <translation>未保存的草稿…</translation>
    </message>
</context>
<context>
    <name>affinity::ui::StatusBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in as somebody else</source>
        <translation>换人登录</translation>
    </message>
    <message>
        <source>Times in %1</source>
        <translation>时区 %1</translation>
    </message>
    <message>
        <source>Cancelling: %1</source>
        <translation>正在取消：%1</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消%1</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>取消：%1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::StepMarks</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>affinity::ui::StoreNotice</name>
    <message>
        <source>Redis does not answer.</source>
        <translation>Redis 没有应答。</translation>
    </message>
    <message>
        <source>Values, levels and the log come from the store and stay right.</source>
        <translation>好感度、等级和流水来自存储，仍然正确。</translation>
    </message>
    <message>
        <source>Events go on: the log alone holds the limits until it answers.</source>
        <translation>事件照常进行：在它应答之前，由流水保证上限。</translation>
    </message>
    <message>
        <source>Events are refused until it answers, since another writer goes by its counters. Adjustments still work.</source>
        <translation>另有程序依据这些计数器写入，因此在它应答之前拒绝事件。调整不受影响。</translation>
    </message>
    <message>
        <source>Redis lost its counters.</source>
        <translation>Redis 丢失了计数器。</translation>
    </message>
    <message>
        <source>The log holds the limits here. A service beside this program allows too much until the counters are raised to the log.</source>
        <translation>本程序由流水保证上限。在计数器提升到流水所示数值之前，并存的服务会放行过多。</translation>
    </message>
    <message>
        <source>The counters are being rebuilt.</source>
        <translation>正在重建计数器。</translation>
    </message>
    <message>
        <source>Redis had lost them, and they are raised to the log. The log holds the limits meanwhile.</source>
        <translation>Redis 丢失过计数器，正把它们提升到流水所示的数值。其间由流水保证上限。</translation>
    </message>
    <message>
        <source>Show health</source>
        <translation>显示运行状况</translation>
    </message>
    <message numerus="yes">
        <source>%n reward(s) were not delivered.</source>
        <translation>
            <numerusform>%n 项奖励没有发放。</numerusform>
        </translation>
    </message>
    <message>
        <source>They are not tried again by themselves. The list says why.</source>
        <translation>它们不会自动重试。列表写明原因。</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>affinity::ui::StoryModel</name>
    <message>
        <source>Applied</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>affinity::ui::StorylinePage</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Whose storyline</source>
        <translation>谁的轨迹</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Events shown</source>
        <translation>显示的事件</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Value over time</source>
        <translation>好感度走势</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Events of the device</source>
        <translation>设备的事件</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Number of the device</source>
        <translation>设备编号</translation>
    </message>
    <message>
        <source>of 0 to %1</source>
        <translation>0 至 %1</translation>
    </message>
    <message>
        <source>The draft cannot be simulated as it is. The Scenario view lists what to set right.</source>
        <translation>草稿现在不能模拟。「场景」视图列出要改正的内容。</translation>
    </message>
    <message>
        <source>Choose a scenario first.</source>
        <translation>先选择场景。</translation>
    </message>
    <message>
        <source>Persona %1 · %2 to %3 points · level %4 to %5 · events: %6</source>
        <translation>画像 %1 · %2 至 %3 点 · 等级 %4 至 %5 · 事件 %6</translation>
    </message>
    <message>
        <source>times in %1</source>
        <translation>时区 %1</translation>
    </message>
    <message>
        <source>No event of this kind.</source>
        <translation>没有此类事件。</translation>
    </message>
    <message>
        <source>Previous device</source>
        <translation>上一台设备</translation>
    </message>
    <message>
        <source>Next device</source>
        <translation>下一台设备</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TableColumns</name>
    <message>
        <source>Move “%1” to the left</source>
        <translation>将「%1」左移</translation>
    </message>
    <message>
        <source>Move “%1” to the right</source>
        <translation>将「%1」右移</translation>
    </message>
    <message>
        <source>Reset the columns</source>
        <translation>重置各列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TableExport</name>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Values (*.csv);;JSON (*.json)</source>
        <translation>数据 (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>The table was not saved.</source>
        <translation>表格没有保存。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 无法写入：%2</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TableSetup</name>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Save table as…</source>
        <translation>表格另存为…</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TimelineModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已生效</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>已截断</translation>
    </message>
    <message>
        <source>Adjusted</source>
        <translation>已调整</translation>
    </message>
    <message>
        <source>Reversed</source>
        <translation>已冲正</translation>
    </message>
    <message>
        <source>Reversal</source>
        <translation>冲正</translation>
    </message>
    <message>
        <source>cut from %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>cut from %1 %2</source>
        <translation>原为 %1，%2</translation>
    </message>
    <message>
        <source>takes back row %1</source>
        <translation>收回流水 %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Hide why</source>
        <translation>隐藏原因</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>显示原因</translation>
    </message>
    <message>
        <source>Log row %1, %2</source>
        <translation>流水 %1，%2</translation>
    </message>
    <message>
        <source>Log row %1, %2, event %3</source>
        <translation>流水 %1，%2，事件 %3</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TimelineTable</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TimelineView</name>
    <message>
        <source>Looking at the steps again…</source>
        <translation>正在重走各步骤…</translation>
    </message>
    <message>
        <source>The explanation is on the clipboard.</source>
        <translation>说明已复制到剪贴板。</translation>
    </message>
    <message>
        <source>No log row is chosen.</source>
        <translation>没有选中流水。</translation>
    </message>
    <message>
        <source>Rows are reversed on the page of their device.</source>
        <translation>流水在其设备的页面上冲正。</translation>
    </message>
    <message>
        <source>Log row %1 was reversed before.</source>
        <translation>流水 %1 以前已被冲正。</translation>
    </message>
    <message>
        <source>Hide why</source>
        <translation>隐藏原因</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>显示原因</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation>打开设备</translation>
    </message>
    <message>
        <source>Reverse…</source>
        <translation>冲正…</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>The timeline cannot be read</source>
        <translation>无法读取时间线</translation>
    </message>
    <message>
        <source>No log row yet</source>
        <translation>还没有流水</translation>
    </message>
    <message>
        <source>Every change of this user&apos;s devices is listed here. Refused events leave no row.</source>
        <translation>这里列出此用户各设备的每次变动。被拒绝的事件不留流水。</translation>
    </message>
    <message>
        <source>Every change of this device&apos;s value is listed here. Refused events leave no row.</source>
        <translation>这里列出此设备好感度的每次变动。被拒绝的事件不留流水。</translation>
    </message>
    <message>
        <source>Export timeline…</source>
        <translation>导出时间线…</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ToastHost</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>affinity::ui::TwoTables</name>
    <message>
        <source>%1: now %2, after %3.</source>
        <translation>%1：现为 %2，之后 %3。</translation>
    </message>
    <message>
        <source>Rows of %1: %2.</source>
        <translation>%1 的行：%2。</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Rows written</source>
        <translation>写入的行</translation>
    </message>
    <message>
        <source>insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
</context>
<context>
    <name>affinity::ui::UserOffer</name>
    <message>
        <source>User %1, %2</source>
        <translation>用户 %1，%2</translation>
    </message>
    <message>
        <source>Open user</source>
        <translation>打开用户</translation>
    </message>
    <message>
        <source>Open user %1</source>
        <translation>打开用户 %1</translation>
    </message>
    <message>
        <source>Opens the page of this user</source>
        <translation>打开此用户的页面</translation>
    </message>
</context>
<context>
    <name>affinity::ui::UserPage</name>
    <message>
        <source>Inactive account</source>
        <translation>账号已停用</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Loading the user</source>
        <translation>正在加载用户</translation>
    </message>
    <message>
        <source>Show in list</source>
        <translation>在列表中显示</translation>
    </message>
    <message>
        <source>Filters the list to the bindings of this user, unbound ones too.</source>
        <translation>把列表筛选为此用户的绑定，含已解绑的。</translation>
    </message>
    <message>
        <source>Enter or a double click opens the device&apos;s page.</source>
        <translation>回车或双击打开设备页面。</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>all devices of this user, newest first</source>
        <translation>此用户的全部设备，最新在前</translation>
    </message>
    <message>
        <source>There is no user %1 in this store.</source>
        <translation>此存储中没有用户 %1。</translation>
    </message>
    <message>
        <source>User %1     Name %2     Since %3</source>
        <translation>用户 %1     名称 %2     自 %3</translation>
    </message>
    <message>
        <source>%1 bound, %2 unbound</source>
        <translation>已绑定 %1，已解绑 %2</translation>
    </message>
    <message>
        <source>%1, the first %2 only</source>
        <translation>%1，只列前 %2 个</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>The user cannot be read</source>
        <translation>无法读取用户</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>返回%1</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ValuePanel</name>
    <message>
        <source>Value over time</source>
        <translation>好感度走势</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>1 y</source>
        <translation>1 年</translation>
    </message>
    <message>
        <source>Days shown</source>
        <translation>显示天数</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>points, end of day, 1 year</source>
        <translation>点，每日终值，1 年</translation>
    </message>
    <message>
        <source>points, end of day, %1 days</source>
        <translation>点，每日终值，%1 天</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>好感度</translation>
    </message>
    <message>
        <source>No value is known for these days.</source>
        <translation>这些天没有已知的好感度。</translation>
    </message>
</context>
<context>
    <name>affinity::ui::ValuesPage</name>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Share of all devices by the last day.</source>
        <translation>截至最后一天的全部设备占比。</translation>
    </message>
    <message>
        <source>10%</source>
        <translation>10%</translation>
    </message>
    <message>
        <source>Day by which a tenth of the devices had reached it.</source>
        <translation>十分之一的设备到达的日子。</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Day by which half of the devices had reached it.</source>
        <translation>一半的设备到达的日子。</translation>
    </message>
    <message>
        <source>90%</source>
        <translation>90%</translation>
    </message>
    <message>
        <source>Day by which nine tenths of the devices had reached it.</source>
        <translation>十分之九的设备到达的日子。</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>points, mean of all devices</source>
        <translation>点，全部设备平均</translation>
    </message>
    <message>
        <source>Change a number to compare.</source>
        <translation>改一个数即可比较。</translation>
    </message>
    <message>
        <source>devices that reached it</source>
        <translation>到达的设备</translation>
    </message>
    <message>
        <source>share of devices</source>
        <translation>设备占比</translation>
    </message>
    <message>
        <source>Cap saturation</source>
        <translation>上限饱和度</translation>
    </message>
    <message>
        <source>Time to level</source>
        <translation>到级用时</translation>
    </message>
    <message>
        <source>Value, percentiles</source>
        <translation>好感度，百分位</translation>
    </message>
    <message>
        <source>Draft minus baseline</source>
        <translation>草稿减基线</translation>
    </message>
    <message>
        <source>mean, 95% band</source>
        <translation>平均值，95% 区间</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Level occupancy</source>
        <translation>等级分布</translation>
    </message>
    <message>
        <source>device-days at the cap</source>
        <translation>到上限的设备日</translation>
    </message>
    <message>
        <source>Caps</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>百分位</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>devices that reached it, baseline dashed</source>
        <translation>到达的设备，基线为虚线</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>device-days, tick: baseline</source>
        <translation>设备日，刻度为基线</translation>
    </message>
</context>
<context>
    <name>affinity::ui::WaterfallChart</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增加</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>减少</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Sum so far</source>
        <translation>累计</translation>
    </message>
</context>
<context>
    <name>affinity::ui::WhyPanel</name>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>affinity::ui::Workspace</name>
    <message>
        <source>This store is open read-only.</source>
        <translation>此存储以只读方式打开。</translation>
    </message>
    <message>
        <source>Nobody is signed in. Sign in first.</source>
        <translation>没有人登录。先登录。</translation>
    </message>
    <message>
        <source>%1 is not staff and may only look.</source>
        <translation>%1 不是员工，只能查看。</translation>
    </message>
</context>
</TS>
