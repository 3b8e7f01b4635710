#include "api/words.h"

#include <algorithm>

namespace guanhu::api {

namespace {

struct Text {
  std::string_view code, zh_title, zh_detail, en_title, en_detail;
};

constexpr Text kTexts[] = {
    {"session.none", "请先登录", "没有登录，或者登录已经过期", "Please log in",
     "There is no session, or it has expired"},
    {"session.must_change", "请先修改密码", "现在的密码是一次性密码，修改后才能使用其他功能",
     "Change your password first",
     "The present password is a one-time password; everything else opens once it is changed"},
    {"session.csrf", "请求未通过校验", "请求头 x-csrf-token 缺少或不符，请刷新页面后再试",
     "The request could not be verified",
     "The header x-csrf-token is missing or does not fit; reload the page and try again"},
    {"login.failed", "登录名或密码不正确", "忘记密码请联系系统管理员重置", "Wrong login or password",
     "The administrator can reset a forgotten password"},
    {"login.wait", "尝试次数过多", "请稍后再试", "Too many attempts", "Please wait and try again"},
    {"login.taken", "登录名已存在", "请换一个登录名", "The login exists already", "Choose another one"},
    {"login.person", "这个人已有登录", "", "This person has a login already",
     "One person, one login: give that one the role, or disable it first"},
    {"login.unknown", "没有这个登录名", "", "There is no such login", ""},
    {"login.name", "登录名不合规", "登录名为 2 至 40 个字母、数字或 . _ -", "That is no login",
     "2 to 40 letters a-z, digits, . _ -"},
    {"login.roles", "角色搭配不允许", "至少一个角色；审计不能兼任其他角色；系统管理员不能兼任能看业绩的角色",
     "These roles may not be held together",
     "At least one role; an auditor holds no other; an administrator holds none that sees figures"},
    {"login.staff", "没有这位员工", "工号不在员工表中", "There is no such member of staff",
     "The staff number is not in the staff table"},
    {"login.self", "不能对自己的登录名这样做", "请由另一位系统管理员操作", "Not on your own login",
     "Ask another administrator"},
    {"password.wrong", "原密码不正确", "", "The old password is wrong", ""},
    {"password.short", "新密码太短", "至少 10 个字符", "The new password is too short", "At least 10 characters"},
    {"password.same", "新密码与原密码相同", "", "The new password is the old one", ""},
    {"password.simple", "新密码太容易猜到", "不要含登录名、单一字符或连续字符",
     "The new password is too easy to guess", "It must not hold the login, one character repeated or a run"},
    {"access.forbidden", "没有权限", "您的角色不能使用这项功能", "Not allowed", "Your role does not include this"},
    {"request.parameters", "请求参数有误", "", "Wrong parameters", ""},
    {"request.body", "提交的内容有误", "", "The submitted content is wrong", ""},
    {"request.json", "提交的内容不是 JSON", "", "The body is no JSON", ""},
    {"request.media_type", "提交的格式不对", "请求头 content-type 与接口要求不符", "Unsupported media type",
     "The header content-type is not what this operation takes"},
    {"request.precondition", "内容已被他人修改", "请刷新后再改", "Changed by somebody else",
     "Reload before you change it"},
    {"not_found", "找不到", "不存在，或者不在您可以看到的范围内", "Not found",
     "It is not there, or not yours to see"},
    {"data.none", "还没有数据", "还没有导入任何业务日期", "No data yet", "No business date has been imported"},
    {"data.period", "这个期间没有数据", "", "No data for this period", ""},
    {"scheme.unknown", "没有这个考核方案", "", "There is no such scheme", ""},
    {"policy.unknown", "没有这个制度包", "", "There is no such pack", ""},
    {"mail.to", "还没有收件人", "从通讯录里选", "Nobody it goes to", "Choose from the address book"},
    {"mail.subject", "主题不对", "写一行，最多 200 字", "The subject is not right",
     "One line, 200 characters at most"},
    {"mail.text", "正文不对", "不能空，最多约两万字", "The text is not right", "Not empty, 64 KB at most"},
    {"mail.address", "有收件人找不到", "", "An address leads to nobody", ""},
    {"mail.people", "收件人太多", "", "Too many people", ""},
    {"mail.size", "附件太大", "", "The files are too large", ""},
    {"mail.recalled", "这封邮件已经撤回过", "", "It was recalled before", ""},
    {"notice.same", "自己拟的通知要由别人复核", "", "Somebody else must agree to it", ""},
    {"notice.role", "您的角色不能复核这份通知", "", "Not for your role", ""},
    {"notice.state", "这份通知现在不能这样做", "刷新后再看", "Not as it stands now", "Reload the page"},
    {"notice.known", "您已经阅知过", "", "You have said so before", ""},
    {"notice.audience", "发送范围不对", "", "For whom it is not right", ""},
    {"outbox.consent", "这位客户没有同意接收", "先登记客户的同意", "The customer has not consented",
     "Record the consent first"},
    {"outbox.state", "这一条已经不是原来的状态", "刷新后再看", "Its state has changed", "Reload the page"},
    {"outbox.changed", "别人在这中间改过", "刷新后再改", "Changed by somebody else",
     "Reload before you change it"},
    {"outbox.consent.same", "没有变化", "", "That is so already", ""},
    {"preference.demanded", "制度要求的消息不能关", "可以另加邮件或外发",
     "What a rule demands cannot be switched off", "Mail or a channel may be added"},
    {"todo.state", "这件事已经了结", "看它的经过；办错了的可以重新打开", "It is closed already",
     "Its history says how; what was done by mistake can be reopened"},
    {"todo.open", "这件事还没有办", "", "It is still open", ""},
    {"todo.note", "没有写办理情况", "用一两句话写明怎样办的", "No note", "Say in a sentence how it was done"},
    {"todo.reason", "没有写理由", "用一两句话写明", "No reason", "Say why in a sentence"},
    {"todo.snooze.day", "推迟的日子不对", "在今天以后，最多三个月", "Not a day to put it off to",
     "After today, three months at most"},
    {"todo.title", "没有写要办什么", "一句话，最多 300 个字", "No title", "One sentence, 300 characters at most"},
    {"todo.due", "期限已经过去", "写今天或以后的日子", "The day has passed", "Today or later"},
    {"todo.same", "这件事已经在他名下", "换一个人", "It is theirs already", "Choose somebody else"},
    {"todo.assignee", "不能交给这个人", "写您管辖的在职员工的工号", "Not to this person",
     "Somebody in post in your reach"},
    {"todo.customer", "没有这个客户", "写您管辖的客户号", "There is no such customer", "One in your reach"},
    {"todo.source", "这件事不在这里办", "打开它，在它来的地方办；办完就不在列表里了", "It is not done here",
     "Open it and do it where it came from"},
    {"todo.day", "不能为这一天做待办事项", "", "Not for this day", ""},
    {"todo.pack.on", "这个制度包的待办规则已经启用", "", "The duties of this pack count already", ""},
    {"todo.pack.off", "这个制度包的待办规则没有启用", "", "The duties of this pack do not count", ""},
    {"absence.staff", "不能为这个人登记", "写本人或下属的工号", "Not for this person",
     "Yourself or somebody in your reach"},
    {"absence.substitute", "不能由这个人代办", "写另一位在职员工的工号", "Not by this person",
     "Somebody else in post"},
    {"absence.days", "起止日期不对", "止日不早于起日，最多一年", "Not such days",
     "The last not before the first, a year at most"},
    {"absence.overlap", "这些日子里已经登记过", "先收回那一次，或改日期", "Away already on a day of these",
     "Take the other one back, or change the days"},
    {"absence.both", "代办的人自己也不在", "另选一个人或改日期", "The substitute is away too",
     "Choose somebody else, or other days"},
    {"absence.kind", "没有这一种", "", "There is no such kind", ""},
    {"absence.ended", "已经收回了", "", "It was taken back already", ""},
    {"calendar.empty", "文件里没有一天", "一行一天：2026-10-01,holiday", "No day in the file",
     "A line a day: 2026-10-01,holiday"},
    {"calendar.line", "看不懂这一行", "一行一天：2026-10-01,holiday；2026-10-10,workday",
     "A line that cannot be read", "A line a day: 2026-10-01,holiday; 2026-10-10,workday"},
    {"calendar.twice", "有一天又放假又上班", "留下一行", "A day both off and worked", "Keep one line"},
    {"policy.life.same", "内容没有变", "这个内容已经存过一版", "Nothing has changed",
     "A version with this very content is kept already"},
    {"policy.life.state", "这一步现在不能做", "", "Not at this stage", ""},
    {"policy.life.unsound", "这一版还有问题", "检查没有问题、案例全部相符的才能批准", "This version is not sound",
     "Only a version without problems and failing cases can be approved"},
    {"policy.life.self", "不能批准自己起草的版本", "由另一位有权的人批准", "Not your own draft",
     "Somebody else must approve it"},
    {"policy.life.past", "启用日已经过去", "用过的版本不能改", "That day has passed",
     "What was in force does not change"},
    {"policy.life.taken", "这一天已有另一版启用", "", "Another version comes into force on that day", ""},
    {"policy.life.large", "制度包太大", "", "The pack is too large", ""},
    {"policy.draft.revision", "草稿已被他人修改", "", "Somebody else has changed the draft", ""},
    {"policy.draft.state", "草稿不能再改", "", "This draft is closed", ""},
    {"policy.draft.path", "文件名不能用", "", "That cannot be a file of a pack", ""},
    {"policy.draft.pack", "制度包的名称不能用", "", "That cannot be the name of the pack", ""},
    {"policy.draft.compose", "不能这样合成", "", "The pack cannot be made from these", ""},
    {"policy.edit.block", "文档里没有这一块", "", "There is no such block", ""},
    {"policy.edit.layout", "不能这样改", "", "It cannot be changed this way", ""},
    {"policy.edit.dates", "日期接不上", "", "The dates do not fit together", ""},
    {"policy.edit.value", "不能写这样的内容", "", "That cannot stand here", ""},
    {"policy.replay.dates", "止日早于起日", "", "The last day is before the first", ""},
    {"sheet.format", "表格读不了", "", "The sheet cannot be read", ""},
    {"sheet.large", "表格太大", "", "The sheet is too large", ""},
    {"sheet.empty", "表格里没有数据", "", "There is nothing in the sheet", ""},
    {"sheet.column", "表头不对", "", "The columns are not those of the decision", ""},
    {"decide.unknown", "没有这个决策", "", "There is no such decision", ""},
    {"decide.refused", "这些情况不能同时成立", "", "These facts cannot go together", ""},
    {"assess.plan", "考核计划填写有误", "", "The plan is not right", ""},
    {"assess.mark", "打分有误", "", "These marks cannot be kept", ""},
    {"assess.state", "现在不能这样做", "", "Not at this stage", ""},
    {"assess.self", "要由另一个人来做", "制定人不能批准、公布自己的计划", "Somebody else must do that",
     "Who made a plan neither approves nor reports it"},
    {"assess.past", "截止时间已经过去", "", "Its deadline has passed", ""},
    {"assess.open", "还有考核表没有提交", "", "Forms are still missing",
     "Wait until all are in, or for the deadline"},
    {"assess.none", "没有要提醒的", "", "There is nothing to remind of", ""},
    {"assess.soon", "刚刚提醒过", "一小时以内只提醒一次", "Reminded a moment ago", "Wait an hour"},
    {"assess.over", "考核已经结束", "", "The time is over", ""},
    {"assess.late", "截止时间已过", "", "The deadline has passed", ""},
    {"assess.relative", "要回避亲属", "", "Relatives do not judge one another", "Step aside"},
    {"assess.delegate", "不能这样委托", "", "It cannot be handed on so", ""},
    {"assess.size", "考核表太多", "", "Too many forms", "Limit the groups, or make several plans"},
    {"assess.kin", "亲属关系填写有误", "", "The relation is not right", ""},
    {"assess.kin.self", "不能和自己申报", "", "Not with oneself", ""},
    {"assess.kin.known", "已经申报过", "", "It is declared already", ""},
    {"assess.kin.party", "不能终止和自己有关的亲属关系", "由另一位负责的人确认以后终止",
     "One's own relation is ended by another person", "somebody else who keeps them confirms that it is over"},
    {"assess.kin.ended", "这条关系已经终止", "", "It has ended already", ""},
    {"fact.of", "登记的对象有误", "", "About whom is not right", ""},
    {"fact.kind", "没有这一类登记", "", "There is no such kind of fact", ""},
    {"fact.name", "登记的名字有误", "", "The name is not right", ""},
    {"fact.name.unknown", "没有决策要用它", "", "No decision asks for it", ""},
    {"fact.value", "登记的内容不合要求", "", "The value does not fit", ""},
    {"fact.dates", "起止日期有误", "", "The dates are not right", ""},
    {"fact.document", "没有写依据", "", "The document is missing", ""},
    {"fact.subject", "没有这位员工或机构", "", "There is no such member of staff or unit", ""},
    {"fact.withdrawn", "已经撤回", "", "It has been withdrawn", ""},
    {"fact.reason", "没有写理由", "", "The reason is missing", ""},
    {"grade.plan", "制度包没有写好职级方案", "", "The pack says nothing of this", ""},
    {"grade.nobody", "没有要评定的人", "", "There is nobody to grade", ""},
    {"grade.unknown.grade", "没有这个职级", "", "There is no such grade", ""},
    {"grade.same", "职级没有变", "", "The grade is the same", ""},
    {"grade.reason", "没有写理由", "", "The reason is missing", ""},
    {"grade.document", "没有写正式文件", "", "The document is missing", ""},
    {"grade.authority", "不归您决定", "", "Another body decides that", ""},
    {"grade.self", "要由另一个人决定", "", "Somebody else must decide", ""},
    {"grade.state", "现在不能这样做", "", "Not at this stage", ""},
    {"grade.from", "日期和履历对不上", "", "The day does not fit the history", ""},
    {"grade.corrects", "没有要更正的这一条", "", "There is no such step to correct", ""},
    {"grade.appeal.none", "这项制度没有写申诉", "", "There is no appeal", ""},
    {"grade.appeal.late", "申诉期已过", "", "The time to appeal is over", ""},
    {"grade.appeal.twice", "已经申诉过", "", "It has been appealed against", ""},
    {"pay.plan", "工资方案有误", "", "The pay plan is not right", ""},
    {"pay.run.state", "这次考核还不能发工资", "", "Nobody can be paid by this appraisal yet", ""},
    {"pay.run.superseded", "这次考核已被代替", "", "Another appraisal has taken its place", ""},
    {"pay.date", "发放日期有误", "", "The day of payment is not right", ""},
    {"pay.nobody", "没有要发工资的人", "", "There is nobody to pay", ""},
    {"pay.taken", "这个期间已经批准或发放过", "", "It is approved or paid already", ""},
    {"pay.state", "现在不能这样做", "", "Not at this stage", ""},
    {"pay.open", "还有没算出来的", "", "Something is still open", ""},
    {"pay.self", "不能批准自己算的", "由另一位有权的人批准", "Not your own", "Somebody else must approve it"},
    {"pay.reason", "没有写理由", "", "The reason is missing", ""},
    {"pay.document", "没有写付款凭据", "", "The payment order is missing", ""},
    {"joint.line", "没有这一行", "", "There is no such line", ""},
    {"joint.shares", "份额有误", "", "The shares are not right", ""},
    {"joint.input", "内容有误", "", "The content is not right", ""},
    {"joint.text", "没有写清是哪一笔", "", "Say which work it is", ""},
    {"risk.unknown", "没有这条线索", "", "There is no such finding", ""},
    {"risk.state", "不能这样决定", "", "It cannot be decided so", ""},
    {"risk.reason", "理由太短", "写清凭什么这样定，至少四个字", "The reason is too short",
     "Say what it rests on, in four characters at least"},
    {"risk.self", "要由另一个人决定", "线索涉及本人的业绩", "Somebody else must decide",
     "The finding touches your own figures"},
    {"risk.gone", "再查时已经没有这条线索", "数据改过了，不用再决定", "It is no longer found",
     "The facts have changed: nothing is left to decide"},
    {"risk.data", "这个期间还没有数据", "先导入", "There are no facts of this period", "Import them first"},
    {"risk.kind", "没有这一类线索", "", "There is no such kind of finding", ""},
    {"risk.parameter", "查找的参数有误", "", "A parameter of the search is not right", ""},
    {"deposit.short", "余额不够", "", "The balance does not reach", ""},
    {"deposit.date", "日期早于上一笔", "", "Before the last booking", ""},
    {"deposit.reverse.twice", "已经冲正过", "", "It has been reversed", ""},
    {"deposit.reverse.reversal", "冲正不能再冲正", "", "A reversal is not reversed", ""},
    {"order.plan", "制度包没有写这一项", "", "The pack says nothing of this", ""},
    {"order.nothing", "没有要办的金额", "", "Nothing is due", ""},
    {"order.reason", "没有写理由", "", "The reason is missing", ""},
    {"order.document", "没有写依据", "", "The document is missing", ""},
    {"order.shares", "责任人有误", "", "Who is liable is not right", ""},
    {"order.amount", "金额有误", "", "The amount is not right", ""},
    {"order.return", "还不能退还", "", "Not to be returned yet", ""},
    {"order.state", "已经决定", "", "It has been decided", ""},
    {"order.self", "要由另一个人决定", "", "Somebody else must decide", ""},
    {"import.folder", "没有这个数据文件夹", "只能选择配置的接收目录下的业务日期", "There is no such folder",
     "Only dates below the configured feed folder can be chosen"},
    {"import.no_feed", "没有配置接收目录", "启动服务时用 --feed 指定，或直接上传", "No feed folder is configured",
     "Start the server with --feed, or upload"},
    {"import.zip", "压缩包不能使用", "", "The archive cannot be used", ""},
    {"job.ended", "任务已经结束", "", "The job has ended already", ""},
    {"job.full", "等待的任务太多", "请等前面的任务完成", "Too many jobs wait", "Wait until some are done"},
    {"busy.passwords", "登录人数较多", "请几秒后再试", "Many people are logging in", "Try again in a few seconds"},
    {"server.stopping", "服务正在停止", "", "The server is stopping", ""},
    {"http.not_found", "找不到", "没有这个地址", "Not found", "Nothing is at this address"},
    {"http.method", "不支持这种请求方法", "", "Method not allowed", ""},
    {"http.deadline", "处理超时", "请缩小范围后再试", "It took too long", "Ask for less and try again"},
    {"http.busy", "服务繁忙", "请稍后再试", "The server is busy", "Try again shortly"},
    {"http.internal", "服务出错", "错误已记录，请把请求编号告诉系统管理员", "Something went wrong",
     "It was recorded; tell the administrator the request's number"},
    {"http.body", "提交的内容太大", "", "The content is too large", ""},
};

struct Title {
  int status;
  std::string_view zh, en;
};
constexpr Title kTitles[] = {{400, "请求有误", "Bad request"},
                             {401, "请先登录", "Please log in"},
                             {403, "没有权限", "Not allowed"},
                             {404, "找不到", "Not found"},
                             {405, "不支持这种请求方法", "Method not allowed"},
                             {409, "与现状冲突", "Conflict"},
                             {412, "内容已被他人修改", "Changed by somebody else"},
                             {413, "提交的内容太大", "Content too large"},
                             {415, "提交的格式不对", "Unsupported media type"},
                             {422, "不符合规则", "Refused by a rule"},
                             {429, "请稍后再试", "Please wait"},
                             {500, "服务出错", "Something went wrong"},
                             {503, "服务繁忙", "The server is busy"},
                             {504, "处理超时", "It took too long"}};

// The q of one entry, in thousandths.
int weight(std::string_view entry) {
  size_t at = entry.find(";q=");
  if (at == entry.npos) return 1000;
  int value = 0, scale = 1000;
  bool point = false;
  for (char c : entry.substr(at + 3)) {
    if (c == '.') {
      point = true;
    } else if (c >= '0' && c <= '9' && scale > 0) {
      if (point) scale /= 10;
      value += (c - '0') * scale;
    } else {
      break;
    }
  }
  return std::min(value, 1000);
}

}  // namespace

Language language_of(std::optional<std::string_view> accept) {
  Language best = Language::zh;
  int best_weight = 0;
  for (std::string_view rest = accept.value_or(""); !rest.empty();) {
    size_t comma = rest.find(',');
    std::string_view entry = rest.substr(0, comma);
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    while (!entry.empty() && entry.front() == ' ') entry.remove_prefix(1);
    bool en = entry.starts_with("en"), zh = entry.starts_with("zh");
    if ((en || zh) && weight(entry) > best_weight) {
      best = en ? Language::en : Language::zh;
      best_weight = weight(entry);
    }
  }
  return best;
}

Words words_for(std::string_view code, int status, Language language) {
  bool zh = language == Language::zh;
  for (const Text& t : kTexts)
    if (t.code == code)
      return zh ? Words{std::string(t.zh_title), std::string(t.zh_detail)}
                : Words{std::string(t.en_title), std::string(t.en_detail)};
  for (const Title& t : kTitles)
    if (t.status == status) return {std::string(zh ? t.zh : t.en), ""};
  return {zh ? "请求未完成" : "Not done", ""};
}

}  // namespace guanhu::api
